"""The guide for editors says what the screens say: its pictures are those that are made, its names those that are there."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from PIL import Image

from tests.functional.editing.pictures import FOLDER, NAMES, WIDTH

WAGTAIL = Path(wagtail.__file__).parent
MOST_PICTURES = 14
MOST_BYTES = 150_000
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\w+\}")


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs" / "guia-editores.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def screens(root: Path) -> str:
    """All that our own screens can say."""
    parts = [path for ending in ("py", "html", "js") for path in sorted((root / "cms").rglob(f"*.{ending}"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in parts)


@pytest.fixture(scope="module")
def wagtails() -> list[str]:
    """What Wagtail's own screens say in Spanish."""
    files = sorted(WAGTAIL.rglob("locale/es/LC_MESSAGES/*.po"))
    return [entry.msgstr for file in files for entry in polib.pofile(str(file)) if entry.msgstr]


def names_in(text: str) -> set[str]:
    """What the guide calls a button, a field or a screen by, and the entries of the menu."""
    return {
        *re.findall(r"«([^»«]+)»", text.replace("\n", " ")),
        *re.findall(r"^\| \*\*([^*]+)\*\* \|", text, re.MULTILINE),
    }


def said(name: str, text: str) -> bool:
    """Django writes the first letter of a field's name large."""
    begun = name[:1].lower() + name[1:]
    return any(re.search(rf"(?<!\w){re.escape(way)}(?!\w)", text) for way in (name, begun))


def is_there(name: str, screens: str, wagtails: list[str]) -> bool:
    """As it stands, or as a sentence of Wagtail's with a whole name of ours in it."""
    if said(name, screens) or name in wagtails:
        return True
    for sentence in wagtails:
        if PLACEHOLDER.search(sentence):
            pattern = "(.+)".join(re.escape(part) for part in PLACEHOLDER.split(sentence))
            found = re.fullmatch(pattern, name)
            if found and all(f'"{word}"' in screens for word in found.groups()):
                return True
    return False


def test_every_name_in_the_guide_is_on_a_screen(guide: str, screens: str, wagtails: list[str]) -> None:
    names = names_in(guide)
    assert len(names) > 50, "too few were read: the test would prove nothing"
    assert {name for name in names if not is_there(name, screens, wagtails)} == set()


def test_a_name_nobody_wrote_is_noticed(screens: str, wagtails: list[str]) -> None:
    assert names_in("Pulsa «Publicar ya\nmismo».\n| **Trámites raros** | x |") == {
        "Publicar ya mismo",
        "Trámites raros",
    }
    assert not is_there("Publicar ya mismo", screens, wagtails)
    assert is_there("Enviar a Revisión y publicación", screens, wagtails)
    assert not is_there("Enviar a Revisión y aplauso", screens, wagtails)


def test_its_pictures_are_those_the_script_makes(guide: str) -> None:
    named = re.findall(r"!\[[^\]]+\]\(guia-editores/([\w-]+)\.png\)", guide)
    assert sorted(named) == sorted(NAMES)
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(NAMES)
    assert len(NAMES) <= MOST_PICTURES


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_small_and_as_wide_as_the_others(name: str) -> None:
    path = FOLDER / f"{name}.png"
    assert path.stat().st_size <= MOST_BYTES
    with Image.open(path) as picture:
        assert picture.width == WIDTH
        # An empty screen has one colour.
        assert len(picture.convert("RGB").getcolors(maxcolors=1_000_000) or []) > 10
