"""Who does not read, and what only speaks of reading."""

import pytest

from assistant.signs.letters import cannot_read


@pytest.mark.parametrize(
    "text",
    [
        "no sé leer", "yo no se ler bien, no puedo leer", "soy analfabeta", "no veo bien la letra", "leer no sé", "soy ciego",
        "¿me lo puede mandar por audio?", "léemelo por favor", "manam ñawiyta yachanichu", "mana leeyta yachanichu",
        "manan qillqayta atinichu", "ñawsam kani", "ñawinchayta mana yachanichu",
    ],
)  # fmt: skip
def test_it_is_to_be_heard(text):
    assert cannot_read(text)


@pytest.mark.parametrize(
    "text",
    [
        "leí que cuesta 30 soles",
        "no veo nada en la página de SUNAT",
        "certificado de estudios",
        "ñawpaq kaq dni",
        "no puedo ir",
    ],
)
def test_it_may_be_read(text):
    assert not cannot_read(text)
