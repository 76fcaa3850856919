"""Our own Spanish is easy: Fernández Huerta of 70 and above for every app, and no long sentence that is hard."""

import re
from pathlib import Path

import polib
import pytest

from cms.notices.plantillas import PLANTILLAS
from cms.ui.catalogues import CATALOGUE, CMS
from lenguas.readability import fernandez_huerta

EASY, NOT_HARD = 70, 55
# Fewer words than these are a label or a name: the scale says nothing of them.
SENTENCE_WORDS, LONG_WORDS = 8, 12
# What a caller's program is told is read by programmers.
NOT_FOR_CITIZENS = {"api"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")


def sentences(catalogue: Path) -> list[str]:
    entries = polib.pofile(str(catalogue))
    texts = [PLACEHOLDER.sub("", entry.msgid_plural or entry.msgid) for entry in entries]
    return [text for text in texts if len(text.split()) >= SENTENCE_WORDS]


def apps() -> list[Path]:
    found = [
        path for path in sorted(CMS.glob(f"*/{CATALOGUE}")) if path.parents[3].name not in NOT_FOR_CITIZENS
    ]
    return [path for path in found if sentences(path)]


def test_there_is_something_to_judge() -> None:
    assert {"portal", "ui", "conversations", "tramites"} <= {path.parents[3].name for path in apps()}


@pytest.mark.parametrize("catalogue", apps(), ids=lambda path: path.parents[3].name)
def test_an_app_speaks_easily(catalogue: Path) -> None:
    assert fernandez_huerta("\n".join(sentences(catalogue))) >= EASY


@pytest.mark.parametrize("catalogue", apps(), ids=lambda path: path.parents[3].name)
def test_no_long_sentence_is_hard(catalogue: Path) -> None:
    long = [text for text in sentences(catalogue) if len(text.split()) >= LONG_WORDS]
    assert [text for text in long if fernandez_huerta(text) < NOT_HARD] == []


@pytest.mark.parametrize("tipo", list(PLANTILLAS))
def test_the_words_of_a_crisis_are_easy(tipo: str) -> None:
    template = PLANTILLAS[tipo]  # type: ignore[index]
    assert fernandez_huerta(f"{template.titulo}.\n{template.texto}") >= EASY
