"""What a question names beyond the ficha that is found."""

import pytest

from cms.search.analysis import units
from cms.search.coverage import cover
from cms.search.ranking import Question, Scored, Slot


def _covered(text: str, name: str, told: str = "", *, known: str = ""):
    """Of a ficha called `name`; `known` are words of other names."""
    stored = {"labels": [units(name)], "offices": [], "text": units(told)}
    slots = []
    for word, unit in zip(text.split(), map(units, text.split()), strict=True):
        alternatives = tuple(frozenset({term}) for pair in unit for term in pair)
        is_known = word in f"{name} {told} {known}".split()
        slots += [Slot(word, 1.0, alternatives, is_known)] if alternatives else []
    return cover(text, Question(tuple(slots)), Scored("x", 0.8, 0.8, 1.0, stored))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pasaporte dorado", "pasaporte"),
        ("licencia de maternidad", "licencia"),
        ("antecedentes penales de venezuela", "antecedentes penales"),
    ],
)
def test_a_strange_word_that_goes_with_the_name_is_seen(text, name):
    found = _covered(text, name)
    assert found.foreign
    assert found.share < 1


def test_words_of_names_and_of_the_description_are_not_strange():
    found = _covered("pasaporte electronico biometrico", "pasaporte electronico", "biometrico")
    assert not found.foreign
    assert found.share == 1


@pytest.mark.parametrize("text", ["bodega pasaporte", "pasaporte cartera"])
def test_a_word_of_the_story_that_other_names_have_does_not_go_with_the_name(text):
    assert not _covered(text, "pasaporte", known="bodega cartera").foreign


def test_a_word_behind_a_stop_is_of_another_sentence():
    text = "pasaporte, gryfon"
    stored = {"labels": [units("pasaporte")], "offices": [], "text": []}
    slots = tuple(
        Slot(word, 1.0, (frozenset(units(word)[0]),), word == "pasaporte") for word in ("pasaporte", "gryfon")
    )
    assert not cover(text, Question(slots), Scored("x", 0.8, 0.8, 1.0, stored)).foreign
