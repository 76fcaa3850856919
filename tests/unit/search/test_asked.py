"""What people asked of a ficha finds it again in other words, and only what is learnt counts."""

import math

import yaml
from django.conf import settings

from cms.search.asked import NO_FICHA, Heard, questions
from cms.search.learning import learn

TEXTS = {
    "dni-menor": ["para que mi bebé tenga su documento", "documento de identidad de mi hijita recién nacida"],
    "brevete": ["para manejar mi mototaxi", "quiero aprender a conducir y que me den el permiso"],
    "penales": ["el papel de que no tengo juicios", "que no estuve preso, para un trabajo"],
}


def best(heard: Heard) -> str:
    return max(heard.likely, key=lambda codigo: heard.likely[codigo])


def test_other_words_for_the_same_purpose_find_it() -> None:
    asked = learn(TEXTS)
    assert best(asked.hear("mi bebe necesita documento")) == "dni-menor"
    assert best(asked.hear("permiso para manejar moto")) == "brevete"
    assert best(asked.hear("un papel que diga que no tengo juicio")) == "penales"


def test_a_slip_and_another_spelling_do_not_matter() -> None:
    asked = learn(TEXTS)
    assert best(asked.hear("mototaxista")) == "brevete"
    assert best(asked.hear("recienasida")) == "dni-menor"
    assert best(asked.hear("DOCUMENTO DE MI HIJITA")) == "dni-menor"


def test_shares_are_of_one_whole_and_words_never_heard_say_nothing() -> None:
    asked = learn(TEXTS)
    assert math.isclose(sum(asked.hear("mi bebé").likely.values()), 1.0)
    assert asked.hear("zzz xxx") == Heard({}, 0.0)
    assert asked.hear("") == Heard({}, 0.0)


def test_whether_anybody_ever_said_a_word() -> None:
    asked = learn(TEXTS)
    assert asked.knows("manejando")
    assert not asked.knows("ovni")


def test_nothing_is_known_where_nothing_was_asked() -> None:
    assert learn({}).hear("mi bebé") == Heard({}, 0.0)


def test_the_same_question_twice_counts_once() -> None:
    once, twice = (
        learn({"a": ["para manejar"] * times, "b": ["para manejar", "mi bebé"]}) for times in (1, 2)
    )
    assert once.hear("manejar").likely == twice.hear("manejar").likely


def test_what_is_learnt_is_of_fichas_there_are() -> None:
    folder = settings.CONTENT_DIR / "fichas" / "es"
    known = {path.stem for path in folder.glob("*.yaml")}
    for path in (folder / "basicas").glob("*.yaml"):
        known |= {one["hechos"]["codigo"] for one in yaml.safe_load(path.read_text(encoding="utf-8"))}
    assert set(questions()) - {NO_FICHA} <= known
