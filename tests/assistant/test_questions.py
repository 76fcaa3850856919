import asyncio

import pytest

from assistant.channels.questions import pieces, questions

WORDS = {
    "necesito": "requisitos", "cuesta": "costo", "demora": "plazo", "donde": "donde", "hora": "horario",
    "persona": "persona", "pega": "peligro", "haykataq": "costo", "imakunata": "requisitos",
}  # fmt: skip
NAMES = {"dni": "a-dni", "pasaporte": "b-pasaporte", "penales": "c-penales", "policiales": "d-policiales"}


async def parse(text):
    words = text.lower().split()
    intent = next((WORDS[word] for word in words if word in WORDS), None)
    entities = [{"entity": "tramite", "ids": [NAMES[word]]} for word in words if word in NAMES]
    name = intent or ("nombrar_tramite" if entities else "saludo")
    return {"intent": {"name": name, "confidence": 0.9 if intent or entities else 0.2}, "entities": entities}


def asked(text):
    found = asyncio.run(questions(text, parse))
    return [(question.parsed["intent"]["name"], question.text, question.naming) for question in found]


def test_two_questions_in_the_order_asked_with_the_name_wherever_it_stands():
    text = "cuánto cuesta y qué necesito para el dni"
    assert asked(text) == [
        ("costo", "cuánto cuesta", text),
        ("requisitos", "qué necesito para el dni", "qué necesito para el dni"),
    ]


def test_at_most_three():
    found = asked("qué necesito, cuánto cuesta, cuánto demora y donde es")
    assert [intent for intent, _text, _naming in found] == ["requisitos", "costo", "plazo"]


def test_quechua_joints():
    found = asked("imakunata apasaq hinaspa haykataq chanin")
    assert [intent for intent, _text, _naming in found] == ["requisitos", "costo"]


def test_the_same_question_of_two_things_is_two_questions():
    found = asked("cuánto cuesta el dni y el pasaporte")
    assert [(intent, naming) for intent, _text, naming in found] == [
        ("costo", "cuánto cuesta el dni"), ("costo", "el pasaporte"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "quiero antecedentes penales y policiales",
        "hola, buenas tardes, quisiera saber cuánto cuesta",
        "qué necesito y qué más necesito",
        "necesito",
        "y y y y",
    ],
)
def test_what_is_one_question_stays_whole(text):
    assert [found for _intent, found, _naming in asked(text)] == [text]


async def parse_story(text):
    """The whole is unsure; the statement sounds like a question of its own."""
    sounds = {
        "me piden antecedentes para el lunes": "requisitos",
        "en cuánto rato": "plazo",
        "mi solicitud": "elegir",
    }
    name = sounds.get(text, "caso_propio" if "solicitud" in text else "donde")
    return {"intent": {"name": name, "confidence": 0.9 if text in sounds else 0.4}, "entities": []}


def test_what_is_only_told_is_no_question_but_says_what_it_is_about():
    text = "me piden antecedentes para el lunes, ¿en cuánto rato?"
    (found,) = asyncio.run(questions(text, parse_story))
    assert (found.parsed["intent"]["name"], found.text, found.naming) == ("plazo", "en cuánto rato", text)


def test_the_state_of_ones_own_file_is_never_cut_away():
    (found,) = asyncio.run(questions("mi expediente sigue en trámite, ¿en cuánto rato?", parse_story))
    assert found.text.startswith("mi expediente")


def test_a_second_question_must_be_plainer_than_the_first():
    async def unsure(text):
        parsed = await parse(text)
        parsed["intent"]["confidence"] = 0.58
        return parsed

    found = asyncio.run(questions("cuánto cuesta y qué necesito para el dni", unsure))
    assert len(found) == 1


def test_danger_and_the_wish_for_a_person_come_before_any_question():
    assert [intent for intent, *_ in asked("mi esposo me pega, qué necesito y cuánto cuesta")] == ["peligro"]
    assert [intent for intent, *_ in asked("cuánto cuesta, mejor una persona")] == ["persona"]


def test_the_work_is_bounded():
    assert len(pieces("a, " * 500)) == 8


def test_who_does_not_read_is_told_so_and_answered():
    found = [(intent, text) for intent, text, _naming in asked("no sé leer, cuánto cuesta el dni")]
    assert [text for _intent, text in found] == ["no sé leer", "cuánto cuesta el dni"]
