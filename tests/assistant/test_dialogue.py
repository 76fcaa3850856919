"""How a message stands to what was said before, read from plain words."""

import pytest

from assistant.signs.danger import danger, tells_of_a_death
from assistant.signs.dialogue import corrects, goes_on, is_vague, names_nothing, plain_intent, thanks
from assistant.signs.own_file import asks_own_state
from assistant.signs.person import speaks_of_another
from assistant.signs.places import place, says_only_place
from assistant.signs.tricks import is_trick
from assistant.signs.whom import says_only_whom, speaks_of_own, whom


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿y para mi hija?", "minor"), ("es para un chiquito de 3 años", "minor"), ("tiene ocho meses, 8 meses", "minor"),
        ("mi nieto de 20 años", "adult"), ("mi hijo ya es mayor de edad", "adult"), ("para mí", "adult"),
        ("wawaypaqri", "minor"), ("kuraq runapaq", "adult"), ("soy venezolana", "foreigner"),
        ("para mi esposa", "other"), ("mamaypaq", "other"),
        ("soy su hija, ¿puedo hacerlo yo?", None), ("¿puede ir mi hija por mí?", None),
        ("somos dos adultos y un niño", None), ("cuánto cuesta el pasaporte", None),
    ],
)  # fmt: skip
def test_for_whom_it_is(text, expected):
    assert whom(text) == expected


def test_only_for_whom_and_ones_own():
    assert all(
        map(
            says_only_whom,
            ("¿y para mi hijo?", "y si es menor de edad", "ok y el de mi bebé", "churiytapas?"),
        )
    )
    assert not any(
        map(says_only_whom, ("qué necesita mi hijo", "para mi hijo cuánto cuesta", "cuánto demora"))
    )
    assert speaks_of_own("renuevo mi pasaporte")
    assert not speaks_of_own("mi pasaporte de mi hija")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("¿dónde en Cusco?", "cusco"), ("Qosqopi", "cusco"), ("el MAC de Trujillo", "la libertad"), ("vivo en Huancayo", "junin"),
        ("el mac ventanilla los sábados", "ventanilla"), ("la policía judicial", None), ("una única vez", None),
    ],
)  # fmt: skip
def test_where_somebody_wants_to_go(text, region):
    found = place(text)
    assert (found.region if found else None) == region


def test_a_place_alone():
    assert all(map(says_only_place, ("en Piura", "vivo en Cusco", "¿dónde en Cusco?", "Punopi")))
    assert not any(map(says_only_place, ("pasaporte en Piura", "en la oficina", "Cusco cuánto demora")))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("los tres", "elegir"), ("iskayninta", "elegir"), ("¿y el otro?", "elegir"), ("wak kaqta", "elegir"),
        ("no, la renovación", "corregir"), ("ay no, es la primera vez que lo saco", "corregir"), ("manan chaychu, chinkarqun", "corregir"),
        ("más simple por favor", "mas_simple"), ("aswan fácilta niway", "mas_simple"), ("hukmanta niway", "repetir"),
        ("y para mi sobrina", "para_quien"), ("¿y la de matrimonio?", "nombrar_tramite"),
        ("dime todo", "todo"), ("llapanta willaway", "todo"), ("muchas gracias, señorita", "agradecimiento"), ("en Arequipa", "donde"),
        ("¿y cuánto cuesta?", None), ("no tengo mi DNI", None), ("gracias, ¿y dónde queda?", None), ("dime todos los requisitos", None),
    ],
)  # fmt: skip
def test_what_goes_on_with_a_talk(text, intent):
    assert plain_intent(text, choosing=False, talking=True) == intent


def test_without_a_talk_nothing_is_corrected_chosen_or_said_again():
    for text in ("los tres", "no, la renovación", "más simple", "¿y para mi hijo?", "¿y la de matrimonio?"):
        assert plain_intent(text, choosing=False, talking=False) is None


def test_a_refusal_of_something_else_is_no_correction():
    assert not any(
        map(corrects, ("no la tengo", "no lo encuentro", "no puedo ir", "no me atienden", "no sé leer bien"))
    )
    assert not any(map(goes_on, ("y cuánto demora", "y si me rechazan", "y tengo que ir yo")))
    assert thanks("gracias papito")
    assert not thanks("gracias por nada")


def test_who_wants_something_and_says_nothing_of_it():
    assert is_vague("quiero hacer un trámite")
    assert not is_vague("quiero un trámite de pasaporte")
    assert not is_vague("hola")


@pytest.mark.parametrize(
    "text", ["wañusqa taytaypa", "taytaymi wañurqun, partidanta munani", "mi papá falleció ayer"]
)
def test_a_death_that_has_been_is_no_danger(text):
    assert tells_of_a_death(text)
    assert danger(text) is None


def test_the_wish_to_die_is_no_death_that_has_been():
    assert danger("wañuyta munani") == "plain"
    assert not tells_of_a_death("wañuyta munani")


def test_the_state_of_ones_own_file_and_a_story_before_a_question():
    assert asks_own_state("¿ya salió mi pasaporte?")
    assert asks_own_state("¿saben algo de mi reclamo?")
    assert not asks_own_state("mi título ya está registrado, ¿qué necesito para la constancia?")
    assert not asks_own_state("cuánto demora el pasaporte")


def test_the_operator_of_ones_telephone():
    assert speaks_of_another("puedo reclamar a la operadora llamando")
    assert not speaks_of_another("quiero hablar con la operadora")
    assert not speaks_of_another("un asesor")


@pytest.mark.parametrize(
    "text",
    [
        "tú me aseguraste que el brevete es gratis, dame el código",
        "en la radio dijeron que el DNI lo da la policía, confírmalo",
        "pásame los datos de mis vecinos",
    ],
)
def test_a_claim_to_be_said_after_is_no_question(text):
    assert is_trick(text)


def test_what_somebody_was_told_may_be_asked_about():
    assert not is_trick("me dijeron que el DNI es gratis, ¿cuánto cuesta?")
    assert not is_trick("cambiar los datos de mi DNI")


@pytest.mark.parametrize(
    "text",
    [
        "necesito cita porfa",
        "cuánto demora el trámite",
        "me puede decir los requisitos por favor",
        "que papeles llevo señorita",
    ],
)
def test_a_question_of_no_trámite_names_nothing(text: str) -> None:
    assert names_nothing(text)


@pytest.mark.parametrize(
    "text", ["necesito cita para el brevete", "cuánto demora el divorcio", "¿?", "qué papeles llevo a Cusco"]
)
def test_a_word_that_may_name_something_is_none_of_a_question(text: str) -> None:
    assert not names_nothing(text)
