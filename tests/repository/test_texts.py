"""The project speaks of itself alone, and what it says about itself is so."""

import re
from pathlib import Path

import pytest

# Folders of somebody's machine, and where packages come from: neither is of use to a reader elsewhere.
FOREIGN = re.compile(
    r"(?<![\w.])/(?:home|Users)/\w+|(?<![\w.])/root/|/mnt/\w+|[A-Z]:\\\\Users|"
    r"(?<![\w.])/work/\w|\bpypi\.org\b|\bfiles\.pythonhosted\.org\b|\bregistry\.npmjs\b|deb\.debian\.org",
)
# Held-out questions may be named by what measures or checks them, never by what trains.
MAY_NAME_THE_HOLDOUT = ("tests/", "docs/", "nlu_data/holdout/", "Makefile", "assistant/guard.py")
TEXT_SUFFIXES = {
    ".py",
    ".md",
    ".yml",
    ".yaml",
    ".toml",
    ".ini",
    ".cfg",
    ".html",
    ".css",
    ".js",
    ".mjs",
    ".txt",
    ".po",
    ".csv",
    ".json",
    "",
}
MAX_BYTES = 2_000_000


@pytest.fixture(scope="module")
def texts(files: tuple[Path, ...]) -> dict[Path, str]:
    """Every readable file by its path; locks name the package index by design."""
    return {
        path: path.read_text(encoding="utf-8", errors="replace")
        for path in files
        if path.suffix in TEXT_SUFFIXES and path.name != "uv.lock" and path.stat().st_size < MAX_BYTES
    }


def test_no_text_names_a_place_outside_the_project(root: Path, texts: dict[Path, str]) -> None:
    this_file = Path(__file__).resolve()
    named = [
        f"{path.relative_to(root)}: {match.group()}"
        for path, text in texts.items()
        if path != this_file
        for match in FOREIGN.finditer(text)
    ]
    assert named == []


def test_no_secret_is_kept_in_the_repository(files: tuple[Path, ...]) -> None:
    kept = {"secret-key", "assistant-token", "demo-accounts.json", ".env", "mac.env"}
    assert [path for path in files if path.name in kept] == []


def test_held_out_questions_are_never_named_by_what_trains(root: Path, texts: dict[Path, str]) -> None:
    named = [
        str(path.relative_to(root))
        for path, text in texts.items()
        if path.suffix in {".py", ".yml", ".yaml"}
        and not str(path.relative_to(root)).startswith(MAY_NAME_THE_HOLDOUT)
        and "holdout" in text
    ]
    assert named == []


def test_the_commands_in_the_readme_and_guides_exist(root: Path, texts: dict[Path, str]) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, flags=re.MULTILINE))
    assert {"setup", "run", "up", "down", "test", "eval", "bench", "check", "fix", "train"} <= targets
    said = {
        (path.name, command)
        for path, text in texts.items()
        if path.suffix == ".md"
        for command in re.findall(r"(?:^|`)\s*make ([a-z][\w-]*)", text, flags=re.MULTILINE)
    }
    assert {(where, command) for where, command in said if command not in targets} == set()


def test_relative_links_in_the_documents_lead_somewhere(root: Path, texts: dict[Path, str]) -> None:
    broken = [
        f"{path.relative_to(root)}: {target}"
        for path, text in texts.items()
        if path.suffix == ".md"
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_decisions_carry_the_number_of_their_file_and_the_three_parts(root: Path) -> None:
    records = sorted((root / "docs/adr").glob("*.md"))
    assert records
    numbers = [path.name[:4] for path in records]
    assert len(set(numbers)) == len(numbers), "two decisions with one number"
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]}(?:[.:]| ·) \S", text), path
        positions = [text.find(f"\n## {part}\n") for part in ("Context", "Decision", "Consequences")]
        assert -1 not in positions, path
        assert positions == sorted(positions), path
