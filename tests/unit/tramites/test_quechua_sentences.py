"""The fixed Quechua sentences of answers: unified spelling, heard as Quechua, whole with the figures in them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import polib
import pytest
from django.utils import translation

from cms.directory.answers import weekday
from cms.tramites.labels import aspect_question, aspect_title
from cms.tramites.schema import Aspecto
from cms.ui.catalogues import CATALOGUE, CMS, compile_all
from lenguas import dates
from lenguas.identify import identify

# What stands in the places: Spanish names and figures are no part of what is tested.
_PLACE = re.compile(r"\{\w+\}|%\(\w+\)s")

# Stems from Spanish that keep its letters, and terms of law that stay in Spanish; Quechua suffixes may follow.
LOANS = """
    administrativo Aló anexo apelación aplicación aproba aprobación archivo atendi automática borrador castellano celular
    centro cita código demora diciembre dirección dumingu enlace entidad evalua false fecha feriado formulario
    horario huybis internet lista necesita negativo paga plazo positivo presenta publica reconsideración
    recurso requisito revisión sede servicio silencio sirvi telefonu tema true venci
""".split()
NATIVE = r"(?:ch|ll|[hklmnñpqrstwy]|[aiu](?![aiu]))*"
SPELLED_RIGHT = re.compile(
    rf"(?:{'|'.join(sorted(LOANS, key=len, reverse=True))}|MAC)?{NATIVE}", re.IGNORECASE
)
# Cusco's spoken forms, and -mi where the vowel before it asks for -m (simi is a root).
REGIONAL = re.compile(r"\w*(?:nchis|sha|sya|[aiu]qti)\w*|\w*[aiueo]mi(?<!simi)", re.IGNORECASE)


def catalogue(app: str) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(CMS / app / CATALOGUE))}


QUECHUA = {
    f"{app}: {spanish}": quechua
    for app in ("tramites", "directory", "api")
    for spanish, quechua in catalogue(app).items()
}


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    compile_all()


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", _PLACE.sub(" ", text))


def sentences(text: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.:;?!])\s+", _PLACE.sub(" ", text))


def test_words_that_are_no_loan_are_written_with_three_vowels() -> None:
    assert {w for text in QUECHUA.values() for w in words(text) if not SPELLED_RIGHT.fullmatch(w)} == set()


@pytest.mark.parametrize("word", ["qelqa", "huasi", "plasopi", "jatun"])
def test_the_spelling_rule_refuses_other_spellings(word: str) -> None:
    assert not SPELLED_RIGHT.fullmatch(word)


def test_suffixes_have_their_unified_form() -> None:
    assert {w for text in QUECHUA.values() for w in words(text) if REGIONAL.fullmatch(w)} == set()


@pytest.mark.parametrize("word", ["wasinchis", "hamushan", "kaqtin", "citami"])
def test_regional_forms_are_seen(word: str) -> None:
    assert REGIONAL.fullmatch(word)


def test_every_sentence_reads_as_quechua() -> None:
    assert [
        sentence
        for text in QUECHUA.values()
        for sentence in sentences(text)
        if len(words(sentence)) >= 4 and identify(sentence).code != "qu"
    ] == []


def test_each_aspect_has_a_short_heading_and_a_question_of_its_own() -> None:
    titles = [aspect_title(aspecto, "qu") for aspecto in Aspecto]
    questions = [aspect_question(aspecto, "qu") for aspecto in Aspecto]
    assert len(set(titles)) == len(set(questions)) == len(Aspecto)
    assert [title for title in titles if len(title.split()) > 4 or title.endswith(".")] == []
    assert [q for q in questions if not (q.startswith("¿") and q.endswith("?"))] == []


def test_the_days_are_called_as_in_dates() -> None:
    monday = date(2026, 11, 23)
    with translation.override("qu"):
        said = [weekday(number) for number in range(1, 8)]
    assert said == [dates.weekday(monday + timedelta(days=n), "qu") for n in range(7)]


def test_a_refusal_is_not_heard_as_silence() -> None:
    """*mana nisuptiyki* is "if they do not tell you"; the quoted *manam* is the "no" that was said."""
    refusals = [text for text in QUECHUA.values() if re.search(r"ni(?:su|wa)pti", text)]
    assert len(refusals) == 3
    assert all(re.search(r"«manam» ni(?:su|wa)pti", text, re.IGNORECASE) for text in refusals)
