"""Every dependency is there for a reason, and the reason stands beside it."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECTS = ["pyproject.toml", "assistant/pyproject.toml", "lenguas/pyproject.toml"]
ENTRY = re.compile(r'^\s*"(?P<entry>[^"]+)",?\s*(?P<comment>#\s*\S.*)?$')

# A list written on one line has its comment after the bracket.
ONE_LINE = re.compile(r"\]\s*#\s*\S")


def explained(text: str) -> set[str]:
    """The quoted entries with a comment after them, or in an unbroken run of entries below a comment."""
    found: set[str] = set()
    below_comment = False
    for line in text.splitlines():
        match = ENTRY.match(line)
        below_comment = line.lstrip().startswith("#") or (below_comment and match is not None)
        if match and (match["comment"] or below_comment):
            found.add(match["entry"])
        elif ONE_LINE.search(line):
            found.update(re.findall(r'"([^"]+)"', line))
    return found


def declared(project: dict[str, object]) -> set[str]:
    """Every requirement a project declares, as written."""
    lists: list[object] = []
    match project:
        case {"project": {"dependencies": list() as dependencies}}:
            lists += dependencies
    match project:
        case {"project": {"optional-dependencies": dict() as extras}}:
            lists += [entry for extra in extras.values() for entry in extra]
    match project:
        case {"dependency-groups": dict() as groups}:
            lists += [entry for group in groups.values() for entry in group]
    match project:
        case {"tool": {"uv": {"override-dependencies": list() as overrides}}}:
            lists += overrides
    return {str(entry) for entry in lists}


@pytest.mark.parametrize("name", PROJECTS)
def test_every_dependency_says_why_it_is_there(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    wanted = declared(tomllib.loads(text))
    assert wanted - explained(text) == set()
    assert name.startswith("lenguas") or wanted, "no dependency was read: the test would prove nothing"


@pytest.mark.parametrize("name", ["uv.lock", "assistant/uv.lock"])
def test_locks_hold_hashes_of_everything_downloaded(root: Path, name: str) -> None:
    lock = tomllib.loads((root / name).read_text(encoding="utf-8"))
    downloaded = [package for package in lock["package"] if "registry" in package["source"]]
    files = {
        package["name"]: [*package.get("wheels", []), package.get("sdist", {})] for package in downloaded
    }
    assert downloaded
    assert [name for name, parts in files.items() if not all("hash" in part for part in parts if part)] == []
