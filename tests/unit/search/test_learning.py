"""What is learnt of what people asked: kept in a file, of the fichas there are, and readable or said not to be."""

import logging
from pathlib import Path

import pytest

from cms.search import learning
from cms.search.learning import current, learn, load, save, taught

SAID = {"brevete": ["para manejar mi mototaxi"], "gone": ["lo que ya no hay"]}
NAMES = {"brevete": ["licencia de conducir"], "dni": ["documento de identidad"]}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "asked.npz"
    monkeypatch.setattr(learning, "path", lambda: found)
    return found


def test_it_is_taught_what_was_said_and_the_names_of_the_fichas_there_are() -> None:
    assert taught(SAID, NAMES) == {
        "brevete": ["para manejar mi mototaxi", "licencia de conducir"],
        "dni": ["documento de identidad"],
    }


def test_of_too_many_those_people_asked_about_are_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_FICHAS", 1)
    assert list(taught(SAID, {"dni": ["DNI"], **NAMES})) == ["brevete"]


def test_what_is_kept_hears_as_what_was_learnt(tmp_path: Path) -> None:
    asked = learn(taught(SAID, NAMES))
    save(asked, tmp_path / "a" / "asked.npz")
    kept = load(tmp_path / "a" / "asked.npz")
    assert kept.hear("quiero manejar") == asked.hear("quiero manejar")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["asked.npz"]


def test_without_a_file_it_is_learnt_at_once(file: Path) -> None:
    heard = current(lambda: NAMES).hear("documento")
    assert max(heard.likely, key=lambda codigo: heard.likely[codigo]) == "dni"
    assert not file.exists()


def test_a_file_made_anew_is_read_anew(file: Path) -> None:
    save(learn({"a": ["manejar"], "b": ["documento"]}), file)
    assert set(current(lambda: NAMES).codigos) == {"a", "b"}
    save(learn({"c": ["manejar"], "d": ["documento", "otro"]}), file)
    assert set(current(lambda: NAMES).codigos) == {"c", "d"}


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_told_and_leaves_nobody_without_search(
    file: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert "dni" in current(lambda: NAMES).codigos
    assert "learn_asked" in caplog.text
