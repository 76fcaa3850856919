"""Signs that somebody does not read: was never taught, sees badly, or asks to hear it."""

from __future__ import annotations

from assistant.signs.reading import Reading, any_in, patterns

_SIGHT = r"bien|casi|de cerca|la letra|las letras|la pantalla|letra chica|letras chiquitas"
_ES = patterns(
    r"no (?:se|puedo|aprendi a|aprendi|sabemos|alcanzo a|logro|entiendo)(?: (?:ni|muy|bien|a))* (?:leer|escribir|la letra|las letras|lo escrito)",
    r"(?:leer|escribir)(?: bien)? no (?:se|puedo)|me cuesta (?:mucho )?(?:leer|escribir)",
    r"analfabet\w+|iletrad[oa]|(?:soy|estoy|quede) (?:cieg|invident)\w*",
    rf"no (?:veo|leo|distingo)(?: (?:{_SIGHT}))+|(?:veo|leo) (?:mal|poco|poquito|borroso)|no leo(?: \w+)?$|no fui a la escuela|no tengo mis lentes",
    r"(?:lee|lea|lean)(?:me|mel[oa]|nos)|que me l[oae]s? lean|(?:en|por|con|un|mand\w+) (?:voz alta|audios?|nota de voz|mensajes? de voz)",
)
_QU = patterns(
    r"mana\w* (?:\w+ )?(?:liiy|liy|lii|ñawincha|ñawi|ñawiri|qilqa|qilla|iskribi)\w*(?: \w+){0,2}? (?:yacha|ati)\w*",
    r"(?:liiy|liy|ñawincha|ñawi|ñawiri|qilqa|iskribi)\w*ta (?:mana\w*) (?:yacha|ati)\w*|mana\w* (?:ñawincha|lii|liyi)\w*chu",
    r"ñawsa\w* ka\w+|mana\w* (?:allinta )?(?:qawa|riku)(?:ni|yta atini)chu|ñawiy\w* mana\w* (?:allinta )?(?:qawa|riku)\w+|"
    r"(?:uyarina|uyarinay)\w*paq (?:willa|qu|apachi|churapu)\w*|ñawinchapu\w*way\w*|audyu\w* (?:apachi|qu|kacha)\w*",
)


def cannot_read(text: str) -> bool:
    """Whether `text` says that its writer does not read, or wants to hear."""
    reading = Reading.of(text)
    return any_in(_ES, reading.spanish) or any_in(_QU, reading.quechua)
