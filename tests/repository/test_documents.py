"""Whoever follows README and CONTRIBUTING finds what they name."""

import re
from pathlib import Path

import pytest

SUFFIXES = (".py", ".md", ".ini", ".toml", ".lock", ".yml", ".yaml", ".json")
# Not in the repository: environments, and what is made at run time.
MADE = re.compile(r"(?:assistant/)?\.venv(?:/.*)?|(?:var|build)/.*")
# CONTRIBUTING forbids modules of these names.
FORBIDDEN = {"utils.py", "helpers.py", "common.py"}


@pytest.fixture(scope="module")
def places(root: Path, files: tuple[Path, ...]) -> set[str]:
    """Every file and folder of the repository."""
    relative = [path.relative_to(root) for path in files]
    return {str(place) for path in relative for place in (path, *path.parents)}


def named_in(text: str) -> list[str]:
    """What stands between backquotes and looks like a file or a folder; addresses begin with a slash."""
    spans = re.findall(r"`([^`\n]+)`", text)
    words = [word for span in spans for word in span.split()]
    return [
        word
        for word in words
        if re.fullmatch(r"[\w.<-][\w.<>/-]*", word) and ("/" in word or word.endswith(SUFFIXES))
    ]


def exists(name: str, places: set[str]) -> bool:
    """Somewhere in the repository; `<noun>` stands for any one name."""
    pattern = re.escape(name.rstrip("/")).replace("<noun>", "[^/]+")
    return any(re.fullmatch(rf"(?:.*/)?{pattern}", place) for place in places)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_path_a_document_names_exists(root: Path, places: set[str], document: str) -> None:
    named = named_in((root / document).read_text(encoding="utf-8"))
    assert len(named) > 10, "too few were read: the test would prove nothing"
    wanted = [name for name in named if not MADE.fullmatch(name) and name not in FORBIDDEN]
    assert [name for name in wanted if not exists(name, places)] == []


def test_names_that_do_not_exist_are_noticed(places: set[str]) -> None:
    text = "`tests/<noun>/fake.py`, `cms/<noun>/queries.py`, `/readyz`, `make run`, `cms/nowhere/`"
    named = named_in(text)
    assert named == ["tests/<noun>/fake.py", "cms/<noun>/queries.py", "cms/nowhere/"]
    assert [exists(name, places) for name in named] == [False, True, False]
