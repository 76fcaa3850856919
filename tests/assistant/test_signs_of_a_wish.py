"""A wish for a person, in the many ways people say it; and what only sounds like one."""

import pytest

from assistant.signs.near import Spelling
from assistant.signs.person import wants_person


@pytest.mark.parametrize(
    "text",
    [
        "¿me comunica con alguien de la oficina?", "quisiera tratar esto con un ser humano", "póngame con una operadora",
        "necesito a alguien que me oriente", "que venga un encargado a responderme", "deme con un trabajador, por favor",
        "transfiérame", "atención humana por favor", "prefiero que sea una persona la que me explique",
        "no entiendo a las máquinas, quiero gente", "no confío en robots", "¿hay alguien ahí?", "persona",
        "¿me pueden timbrar al celular?", "comuníquense conmigo", "espero una llamada", "háblame por teléfono",
        "¿cuánto cuesta el DNI? mejor páseme con un asesor", "a un asesor quiero", "alguien de carne y hueso",
        "¿tienen asesores en línea?", "¿a quién le puedo preguntar en persona?", "¿me podrían comunicar?",
        "¿me pueden ayudar por teléfono con esto?",
        # slips, spelling by ear, no accents
        "kiero ablar con una presona", "qiero hablr con un acesor", "nesesito un asesr", "comunikeme con un umano",
        "yamenme porfabor", "con un operdor xfa", "alguin que me atienda porfavor", "ablame porfa",
    ],
)  # fmt: skip
def test_a_person_is_wanted(text):
    assert wants_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "asesorwanmi tapukuyta munani", "runaman pasaykachiway", "huk yanapakuqwan parlaykusaq", "pipas rimapayawachun",
        "funcionariowan tinkuchiway", "makinawanqa manam rimayta munanichu", "telefononta qayaykuwaychik",
        "waqyariway", "runallawan rimayta munashani", "kanchu huk runa yanapawananpaq", "agentewan rimachiway",
        "umanuwan rimayta atiymanchu", "llamkaqwan parlayta munani ama hina kaspa",
    ],
)  # fmt: skip
def test_a_person_is_wanted_in_quechua(text):
    assert wants_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "¿cómo se llama ese papel?", "me llamo Rosa y quiero mi DNI", "mi tienda no tiene licencia, ¿qué necesito?",
        "¿lo puede recoger otra persona?", "carné para mi trabajador extranjero", "¿a qué número llamo para la cita?",
        "la señorita me dijo que falta un papel, ¿cuál es?", "asesoría legal gratuita, requisitos",
        "¿el trámite es en persona o por internet?", "soy agente de aduanas, qué necesito", "RUC para persona natural",
        "¿tienen oficinas en Puno?", "¿se puede hacer por teléfono?", "¿a quién le puedo dar un poder?",
        "me atendieron mal en ventanilla, ¿dónde me quejo?", "¿puedo pagar en un agente?",
        "huk runata kachayman", "runakunapaq tramite", "pimantaq qullqita quni", "ima sutiyuqtaq chay papel",
    ],
)  # fmt: skip
def test_these_ask_something_else(text):
    assert not wants_person(text)


def test_a_slip_is_read_as_the_word_it_stands_for():
    words = Spelling(["persona", "hablar", "atienda"], others=["tienda"])
    assert words.of("hblar con una perosna") == "hablar con una persona"
    assert words.of("ablar con una perzona") == "hablar con una persona"
    assert words.of("la tienda") == "la tienda"
    assert words.of("sol y pan") == "sol y pan"
