"""Closed word lists of both languages, folded (lower case, no accents): what is neither a name nor a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lenguas.normalise import fold
from lenguas.tokens import tokens

# Skipped when the words of a name are compared: "duplicado de mi DNI" is "Duplicado del DNI".
FUNCTION_WORDS = frozenset(
    "a al con de del no e el ella en es esa ese esta este la las le les lo los me mi mis nos o para pa por que se si "
    "sin su sus te tu tus un una unas unos y ya nisqa nisqata nisqapa nisqapaq chay kay".split()
)

# A published name that is only one of these words is not masked: the word is the question itself.
QUESTION_WORDS = frozenset(
    "cita citas contacto telefono correo requisito requisitos costo costos precio tasa pago plazo plazos pasos "
    "horario horarios direccion oficina sede lugar formulario formularios formato formatos ley norma recurso "
    "recursos resultado vigencia persona asesor tramite tramites documento documentos consulta ayuda "
    "reclamo informacion estado otros otro mac".split()
)

# Said before or after a question; dropped when something else is left.
COURTESY = frozenset(
    "hola ola buenas buenos buen dia dias tardes noches senorita senora senor sr srta sra joven amigo amiga "
    "disculpe disculpa disculpen por favor porfavor porfa xfa please oye oiga mira mire gracias saludos estimados "
    "estimado estimada allin punchaw p'unchaw tuta chisi rimaykullayki napaykullayki tayta taytay tayta mama mamay "
    "mamita wawqi wawqiy turiy panay nanay amahina ama hina kaspa kaspayki kaspaykichik".split()
)
_ENYE = {"señorita": "senorita", "señora": "senora", "señor": "senor", "ñañay": "nanay"}


def folded_words(text: str) -> list[str]:
    """The words of `text` in order, folded."""
    return [fold(token) for token in tokens(text)]


def without_courtesy(words: Sequence[str]) -> tuple[int, int]:
    """The span (start, end) of `words` that is left without courtesy at both ends; all of it if nothing would be."""
    start, end = 0, len(words)
    while start < end and is_courtesy(words[start]):
        start += 1
    while end > start and is_courtesy(words[end - 1]):
        end -= 1
    return (start, end) if start < end else (0, len(words))


def is_courtesy(word: str) -> bool:
    """Whether a folded word only is polite."""
    return _ENYE.get(word, word) in COURTESY


_NOT_A_WORD = re.compile(r"^[\W\d_]+$")


def is_word(token: str) -> bool:
    """False for numbers, amounts and marks."""
    return not _NOT_A_WORD.match(token)
