"""What is covered in what people write, measured on labelled lines; and what must be left alone."""

import re
import time
from pathlib import Path

import pytest

from cms.conversations.personal import Kind, mask, mask_of_agent, personal_values

LINES = Path(__file__).parent / "personal_data.txt"
LEAST_RECALL = 0.98
MOST_FALSE_ALARMS = 0.02
LABEL = re.compile(r"\[\[(.+?)\]\]")


def labelled() -> list[tuple[str, list[str]]]:
    """(line as written, what is personal in it)."""
    found = []
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            marked = line.rsplit("|", 1)[-1]
            found.append((LABEL.sub(r"\1", marked), LABEL.findall(marked)))
    return found


def shown(value: str, text: str) -> bool:
    """Whether half of the value, or a number of it, can still be read."""
    digits = re.findall(r"\d{4,}", value)
    return value in text or any(part in text for part in digits)


def test_recall_and_false_alarms_on_the_labelled_lines() -> None:
    lines = labelled()
    values = [(text, value) for text, wanted in lines for value in wanted]
    missed = [(text, value) for text, value in values if shown(value, mask(text).text)]
    plain = [text for text, wanted in lines if not wanted]
    alarms = [(text, mask(text).text) for text in plain if mask(text).text != text]
    assert len(lines) >= 120
    assert len(values) >= 60
    assert len(plain) >= 60
    assert 1 - len(missed) / len(values) >= LEAST_RECALL, missed
    assert len(alarms) / len(plain) <= MOST_FALSE_ALARMS, alarms


def test_around_what_is_covered_nothing_changes() -> None:
    wrong = []
    for text, wanted in labelled():
        covered = mask(text).text
        for value in wanted:
            text = text.replace(value, "", 1)
        if re.sub(r"[\W_]", "", covered) != re.sub(r"[\W_]", "", text):
            wrong.append((text, covered))
    assert len(wrong) <= 2, wrong


def test_a_sentence_still_reads_and_its_other_numbers_stay() -> None:
    covered = mask("Mi DNI es 45678912 y pagué S/ 41.00 con el código 02148; llámame al 987 654 321.")
    assert covered.text == "Mi DNI es ******** y pagué S/ 41.00 con el código 02148; llámame al *** *** ***."
    assert covered.kinds == (Kind.IDENTITY, Kind.PHONE)


def test_nothing_is_left_to_cover_in_what_was_covered() -> None:
    for text, _wanted in labelled():
        once = mask(text).text
        assert mask(once).text == once


def test_an_agents_answer_keeps_the_entities_numbers_and_loses_the_citizens() -> None:
    text = (
        "Escriba a citas@clinica.pe o llame al 999 888 777. Su DNI 45678912 y su celular 987654321 constan."
    )
    covered = mask_of_agent(text, known=["987654321"]).text
    assert covered == (
        "Escriba a citas@clinica.pe o llame al 999 888 777. Su DNI ******** y su celular ********* constan."
    )


def test_values_are_found_again_however_they_are_written() -> None:
    values = personal_values("mi celular es +51 987 654 321 y mi correo Ana@Gmail.com")
    assert mask_of_agent("le escribo a ana@gmail.com y al 987-654-321", values).text == (
        "le escribo a ***@*** y al ***-***-***"
    )


@pytest.mark.parametrize(
    "text", ["9" * 4000, "45678912 " * 440, "a@" * 2000, "uno " * 1000, "-" * 4000, "1 " * 2000]
)
def test_no_text_takes_long(text: str) -> None:
    tries = []
    for _try in range(3):
        began = time.process_time()
        mask(text)
        tries.append(time.process_time() - began)
    assert min(tries) < 0.5
