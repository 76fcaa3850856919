"""What an editor is shown of a citizen's words tells nobody who wrote them."""

import pytest

from cms.editing.learning.covering import covered, digest_of, is_personal


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("me llamo rosa quispe mamani y perdi mi dni", "quispe"),
        ("Mi nombre es Juan Pérez, quiero mi partida", "Pérez"),
        ("ñuqap sutiymi Saturnina Huamán, DNIyta chinkachini", "Saturnina"),
        ("a nombre de carlos de la cruz que necesito", "cruz"),
        ("mi hijo Luis Alberto necesita pasaporte", "Alberto"),
        ("vivo en jr. los pinos 345, donde voy", "pinos"),
        ("mi dni es 45678912 y lo perdi", "45678912"),
        ("llámenme al 987654321", "987654321"),
        ("escriban a rosa.quispe@gmail.com", "rosa.quispe"),
        ("la señora María Condori no me atendió", "Condori"),
    ],
)
def test_who_somebody_is_or_lives_is_covered(text, gone):
    assert gone not in covered(text)
    assert "*" in covered(text)
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "cuanto cuesta el dni de mi hijo",
        "soy extranjero y quiero mi carnet",
        "mi mamá perdió su tarjeta, qué hace",
        "cómo saco la partida de la RENIEC",
        "wawaypaq DNI hayk'a chanin",
        "pagué 98.50 soles, código de tasa 02121",
        "qué dice la ley 27444",
    ],
)
def test_a_question_stays_as_it_was_asked(text):
    assert covered(text) == text
    assert not is_personal(text)


def test_the_same_question_is_one_however_it_is_typed():
    assert digest_of("¿Cuánto  cuesta?") == digest_of("cuanto cuesta")
    assert digest_of("cuánto cuesta") != digest_of("cuánto demora")
