"""Sentences and where they stand in the text that is on the screen."""

import pytest

from voice.sentences import sentences
from voice.speakable import prepare


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paga la tasa. Luego recoge tu DNI.", ["Paga la tasa.", "Luego recoge tu DNI."]),
        ("¿Cuánto cuesta? ¡Es gratis! Pregunta.", ["¿Cuánto cuesta?", "¡Es gratis!", "Pregunta."]),
        ("El Sr. Pérez pagó S/ 1,234.50. Fin.", ["El Sr. Pérez pagó S/ 1,234.50.", "Fin."]),
        ("Según el art. 5 y el inc. B. Otra.", ["Según el art. 5 y el inc. B. Otra."]),
        ("Según el Art. 5. Otra.", ["Según el Art. 5.", "Otra."]),
        ("Vive en EE. UU. Otra.", ["Vive en EE. UU.", "Otra."]),
        ("Las FF. AA. Peruanas.", ["Las FF. AA.", "Peruanas."]),
        ("Atiende a las 8 a. m. Luego cierra.", ["Atiende a las 8 a. m.", "Luego cierra."]),
        ("De 8 a. m. a 5 p. m. sin cita", ["De 8 a. m. a 5 p. m. sin cita"]),
        ("Entra a gob.pe. Ahí pagas.", ["Entra a gob.pe.", "Ahí pagas."]),
        ("La ley N.º 27444. Sí.", ["La ley N.º 27444.", "Sí."]),
        ("Empresa S.A. Otra frase.", ["Empresa S.A.", "Otra frase."]),
        ("J. C. Mariátegui escribió.", ["J. C. Mariátegui escribió."]),
        ("Cuesta S/. 10. Nada más.", ["Cuesta S/. 10.", "Nada más."]),
        ("1. Entra. 2. Paga.", ["1. Entra.", "2. Paga."]),
        ("- uno\n- dos\r\n• tres", ["uno", "dos", "tres"]),
        ("Espera… Ya está.", ["Espera…", "Ya está."]),
        ("DNIykita qaway. Chaypim kachkan.", ["DNIykita qaway.", "Chaypim kachkan."]),
        ("Dijo «basta.» Y salió.", ["Dijo «basta.»", "Y salió."]),
        ("\n\n \n", []),
    ],
)
def test_sentences_end_where_a_reader_pauses(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_every_word_of_a_text_is_in_a_sentence() -> None:
    text = "Uno, dos.\n- Tres: S/ 4.50\n5) Seis (siete). ¿Ocho?\u2028Nueve"
    kept = "".join(cut(text))
    assert [c for c in text if c.isalpha()] == [c for c in kept if c.isalpha()]


def test_spans_hold_although_the_text_is_cleaned_and_replaced() -> None:
    text = "- El DNI\x00 cuesta  S/ 33.00. Pa\u0301galo \U0001f600 hoy."
    first, second = prepare(text, "es")
    assert text[first.start : first.end] == "El DNI\x00 cuesta  S/ 33.00."
    assert text[second.start : second.end] == "Pa\u0301galo \U0001f600 hoy."
    assert second.segments[0].text == "Págalo hoy."
