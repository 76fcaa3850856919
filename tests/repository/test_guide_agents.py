"""The guide for agents says what the desk says: its pictures are those that are made, its names those that are there."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.functional.desk.pictures import FOLDER, NAMES, WIDTH
from tests.repository.test_guide import MOST_BYTES, names_in, said


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs" / "guia-agentes.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def desk(root: Path) -> str:
    paths = [
        path for ending in ("py", "html", "js") for path in sorted((root / "cms/desk").rglob(f"*.{ending}"))
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_name_in_the_guide_is_at_the_desk(guide: str, desk: str) -> None:
    names = names_in(guide)
    assert len(names) > 25, "too few were read: the test would prove nothing"
    assert {name for name in names if not said(name, desk)} == set()


def test_its_pictures_are_those_the_script_makes(guide: str) -> None:
    named = re.findall(r"!\[[^\]]+\]\(guia-agentes/([\w-]+)\.png\)", guide)
    assert sorted(named) == sorted(NAMES)
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_small_and_as_wide_as_the_others(name: str) -> None:
    path = FOLDER / f"{name}.png"
    assert path.stat().st_size <= MOST_BYTES
    with Image.open(path) as picture:
        assert picture.width == WIDTH
        # An empty screen has one colour.
        assert len(picture.convert("RGB").getcolors(maxcolors=1_000_000) or []) > 10
