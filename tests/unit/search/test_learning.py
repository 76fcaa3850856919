"""What is learnt of what people asked: kept in a file, of the fichas there are, and readable or said not to be."""

import logging
from pathlib import Path

import pytest

from cms.search import learning
from cms.search.asked import Change, Learnt
from cms.search.index import this_node
from cms.search.learning import current, learn, learn_change, load, save, taught
from cms.search.ranking import names_of

SAID = {"brevete": ["para manejar mi mototaxi"], "gone": ["lo que ya no hay"]}
NAMES = {"brevete": ["licencia de conducir"], "dni": ["documento de identidad"]}


def learnt(texts: dict[str, list[str]]) -> Learnt:
    return Learnt(learn(texts), Change({"otro": 1.5}, -2.0))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "asked.npz"
    monkeypatch.setattr(learning, "_read", None)
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
    before = learnt(taught(SAID, NAMES))
    save(before, tmp_path / "a" / "asked.npz")
    kept = load(tmp_path / "a" / "asked.npz")
    assert kept.asked.hear("quiero manejar") == before.asked.hear("quiero manejar")
    assert kept.change == before.change
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["asked.npz"]


def test_without_a_file_it_is_learnt_at_once(file: Path) -> None:
    heard = current(lambda: NAMES).asked.hear("documento")
    assert max(heard.likely, key=lambda codigo: heard.likely[codigo]) == "dni"
    assert not file.exists()


def test_a_file_made_anew_is_read_anew(file: Path) -> None:
    save(learnt({"a": ["manejar"], "b": ["documento"]}), file)
    assert set(current(lambda: NAMES).asked.codigos) == {"a", "b"}
    save(learnt({"c": ["manejar"], "d": ["documento", "otro"]}), file)
    assert set(current(lambda: NAMES).asked.codigos) == {"c", "d"}


def test_whoever_searches_hears_what_was_learnt_since(file: Path, db: None) -> None:
    """By night, while nothing is published."""
    save(learnt({"a": ["manejar"], "b": ["documento"]}), file)
    with this_node.reading() as searcher:
        before = names_of(searcher)
        assert names_of(searcher) is before
        save(learnt({"c": ["manejar"], "d": ["documento", "otro"]}), file)
        assert set(names_of(searcher).asked.codigos) == {"c", "d"}


def test_a_file_damaged_since_leaves_what_was_read_before(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    save(learnt({"a": ["manejar"] * 50, "b": ["documento"]}), file)
    assert set(current(lambda: NAMES).asked.codigos) == {"a", "b"}
    whole = file.read_bytes()
    for at in range(40, len(whole), 64):  # somewhere in the packed data, the directory of the archive whole
        file.write_bytes(whole[:at] + bytes(8) + whole[at + 8 :] + b" " * (at % 7))
        with caplog.at_level(logging.CRITICAL):
            assert set(current(lambda: NAMES).asked.codigos) <= {"a", "b", "dni", "brevete"}


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_told_and_leaves_nobody_without_search(
    file: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert "dni" in current(lambda: NAMES).asked.codigos
    assert "learn_asked" in caplog.text


def test_what_no_ficha_covers_is_taught_beside_the_fichas() -> None:
    uncovered = ["libreta militar"]
    assert taught({**SAID, "-": uncovered}, NAMES)["-"] == uncovered


def test_who_turns_to_another_is_told_from_who_goes_on() -> None:
    change = learn_change(
        ["y cuánto cuesta", "y dónde es", "cuánto demora", "dónde pago"],
        ["no, el otro", "el otro cuánto cuesta", "no, ese no", "mejor el otro"],
    )
    assert change.points("y el otro") > 0 > change.points("y cuánto demora")


def test_words_never_heard_leave_the_odds_as_they_are() -> None:
    change = learn_change(["y cuánto", "cuánto es"], ["el otro", "otro más"])
    assert change.points("zzz") == change.base
