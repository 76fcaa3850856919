"""What is spoken for what is written, in both languages, case by case."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from voice.pieces import Language
from voice.speakable import prepare

CONTENT = Path(__file__).resolve().parents[3] / "content"

Spoken = Callable[[str, Language], str]


def cases(language: Language) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / f"speakable_{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" => ", 1) for line in lines if line and not line.startswith("#")]
    return [(written, said) for written, said in pairs]


@pytest.mark.parametrize(("written", "said"), cases("es"), ids=[written for written, _ in cases("es")])
def test_spanish_is_read_as_people_say_it(written: str, said: str, spoken: Spoken) -> None:
    assert spoken(written, "es") == said


@pytest.mark.parametrize(("written", "said"), cases("qu"), ids=[written for written, _ in cases("qu")])
def test_quechua_is_read_as_people_say_it(written: str, said: str, spoken: Spoken) -> None:
    assert spoken(written, "qu") == said


@pytest.mark.parametrize("language", ["es", "qu"])
def test_the_tables_hold_at_least_eighty_cases(language: Language) -> None:
    assert len(dict(cases(language))) >= 80


@pytest.mark.parametrize("language", ["es", "qu"])
def test_no_figure_and_no_sign_is_left_to_the_voice(language: Language) -> None:
    for written, _said in cases(language):
        for sentence in prepare(written, language):
            for segment in sentence.segments:
                assert not re.search(r"[\d/@%&<>()\[\]+=]", segment.text), written


def words_of_fichas(language: Language) -> Iterator[str]:
    """The sentences citizens hear, with facts in their places."""
    facts = {
        "{monto}": "S/ 1,033.50",
        "{codigo_pago}": "00522",
        "{plazo}": "48 ura" if language == "qu" else "48 horas",
    }
    for path in sorted((CONTENT / "fichas" / language).rglob("*.yaml")):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        for text in words.get("palabras", {}).values() if isinstance(words, dict) else ():
            for name, fact in facts.items():
                text = text.replace(name, fact)
            yield text


@pytest.mark.parametrize("language", ["es", "qu"])
def test_every_sentence_of_the_fichas_is_in_words_only(language: Language) -> None:
    texts = list(words_of_fichas(language))
    assert len(texts) > 250
    for text in texts:
        for sentence in prepare(text, language):
            for said, voice in sentence.segments:
                assert re.fullmatch(r"[^\W\d_]['\w\s.,;:?!¿¡…]*", said.lstrip("¿¡")), text
                assert not re.search(r"\d|[A-ZÁÉÍÓÚÑ]{2}", said), text
                if voice == "qu":
                    assert not re.search(r"[cC](?!h)|[jvxz]|q[iu]|[iu]q", said), text


def test_a_list_is_read_item_by_item(spoken: Spoken) -> None:
    text = "Requisitos:\n- DNI vigente\n- Recibo de S/ 33.00\n• Foto"
    assert spoken(text, "es") == "Requisitos: / de ene i vigente / Recibo de treinta y tres soles / Foto"


def test_a_spanish_sentence_inside_a_quechua_text_keeps_spanish_figures(spoken: Spoken) -> None:
    text = "Kayqa 48 ura ukupim. El trámite demora 48 horas y cuesta S/ 20.00 en el banco."
    assert spoken(text, "qu") == (
        "kayqa tawa chunka pusaqniyoq ura ukupim. / "
        "{El trámite demora cuarenta y ocho horas y cuesta veinte soles en el banco.}"
    )


def test_tags_in_the_text_are_no_tags(spoken: Spoken) -> None:
    assert spoken('Hola <break time="10s"/> amigo', "es") == "Hola break time igual a diez ese amigo"


def test_control_characters_and_emoji_are_not_read(spoken: Spoken) -> None:
    assert spoken("Hola\x00\x1b \u202eamigo\u202c 😀\ufeff.", "es") == "Hola amigo."


@pytest.mark.parametrize("nothing", ["", "   \n\t", "…", "-----", "😀 😀", "\x00\x01", "¿?"])
def test_what_has_no_word_gives_no_sentence(nothing: str) -> None:
    assert prepare(nothing, "es") == prepare(nothing, "qu") == []


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="use one of es, qu"):
        prepare("Hello", "en")  # type: ignore[arg-type]


HOSTILE = [
    "a" * 4000, "1" * 4000, "(" * 4000, "-" * 4000, "A." * 2000, "x@" * 2000, "1/" * 2000, "S/" * 2000, "1," * 2000,
    "www." * 1000, "a." * 2000, "9 " * 2000, "1:30" * 1000, "DNI-" * 1000, "DNI" + "kuna" * 999, "ni" * 2000,
    "1." * 2000, "%" * 4000, "é" * 4000, "\u0301" * 4000, "http://" + "a" * 3993, "' " * 2000, "1-" * 2000,
    "<voice>" * 571, "q" * 4000, "I" * 4000, "0 " * 2000, "+51 " * 1000, "12/" * 1333, "S/ 1,111" * 500, "ª" * 4000,
    "1 000 " * 666, "1 200 soles, " * 307, "1.234,50" * 500, "100 200 y " * 400, "el anexo 1, " * 333,
    "01 copia " * 444, "códigos 1, 2 y " * 285, "5 (cinco " * 444, "EE. " * 1000, "1-2024-" * 571, "a/" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("language", ["es", "qu"])
@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_hostile_text_takes_no_longer_than_its_length(text: str, language: Language) -> None:
    def seconds() -> float:
        began = time.process_time()
        prepare(text, language)
        return time.process_time() - began

    # The best of three: whatever else the process does in between (a collection of garbage) is no part of it.
    assert min(seconds() for _ in range(3)) < 0.5
