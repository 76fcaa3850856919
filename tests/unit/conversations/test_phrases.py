"""Every sentence exists in both languages, and every decision of the assistant has one."""

import string
from typing import get_args

import pytest
from django.core.management import call_command

from cms.conversations.phrases import LABELS, NOTICES, PROBLEMS, SAY, TITLES, say, sentences, title
from cms.integrations.rasa.schemas import SayKey

TABLES = {"say": SAY, "notices": NOTICES, "labels": LABELS, "problems": PROBLEMS}
KEYS = [key for table in TABLES.values() for key in table]


@pytest.fixture(scope="module", autouse=True)
def _catalogues() -> None:
    call_command("compile_catalogues")


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_decision_of_the_assistant_has_a_sentence() -> None:
    assert set(SAY) == set(get_args(SayKey))


def test_a_key_is_in_one_table_only() -> None:
    assert len(KEYS) == len(set(KEYS))


@pytest.mark.parametrize("key", KEYS)
def test_it_exists_in_both_languages_with_the_same_places_to_fill(key: str) -> None:
    spanish, quechua = sentences().get(key) or (say(key, "es"), say(key, "qu"))
    assert quechua
    assert quechua != spanish
    assert placeholders(quechua) == placeholders(spanish)


@pytest.mark.parametrize("status", TITLES)
def test_each_refusal_has_a_title_in_both(status: int) -> None:
    assert title(status, "es") != title(status, "qu")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no such thing", "es")
