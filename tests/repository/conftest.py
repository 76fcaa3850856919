"""What the rules about the repository are asked of."""

import ast
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@cache
def _listed() -> tuple[Path, ...]:
    # New files too, unless ignored: a rule is to be heard before the commit, not after it.
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(path for name in sorted(set(names)) if name and (path := ROOT / name).is_file())


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def files() -> tuple[Path, ...]:
    """Every file of the repository."""
    return _listed()


@pytest.fixture(scope="session")
def modules(files: tuple[Path, ...]) -> list[Path]:
    """Every module that people wrote; migrations are written by Django."""
    return [path for path in files if path.suffix == ".py" and "migrations" not in path.parts]


@pytest.fixture(scope="session")
def tree_of() -> Callable[[Path], ast.Module]:
    @cache
    def parse(path: Path) -> ast.Module:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))

    return parse
