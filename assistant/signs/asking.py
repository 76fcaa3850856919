"""Whether a part of a message asks something, or only tells what happened."""

from __future__ import annotations

import re

from assistant.signs.reading import Reading, any_in, patterns
from lenguas.identify import identify

# Words beside names; fewer are a question by themselves: "requisitos", "costo del".
# Quechua says more in a word.
SHORTEST_STORY = {"es": 4, "qu": 2}

_ES = patterns(
    r"cual(?:es)?|cuant[oa]s?|kuant[oa]s?|donde|adonde|dnde|cuando|como|komo|quien(?:es)?|kien|por que|"
    r"para que|a que|en que|con que|de que|"
    r"hasta que|desde que|q|ke",
    r"pued[oe]n?|podemos|podria[ns]?|podre|se podra|hay|habra|tengo que|tiene que|hace falta|falta[n]?|"
    r"necesito|se necesita\w*|debo|"
    r"sirven?|vale|cobran?|demoran?|tardan?|atienden?|abren?|cierran?|vence|caduca|es (?:gratis|"
    r"obligatori[oa]|necesari[oa])|"
    r"me (?:dan|entregan|mandan|atienden)|le (?:dan|entregan|mandan)|dan|entregan|requisitos?|costo|"
    r"precio|plazo|pasos|horario|direccion|"
    r"telefono|dime|digame|explic\w+|saber",
)
_ES_FIRST = re.compile(r"^(?:y |pero |entonces |ahora )?(?:que|se|es|son|esta|tiene|tienen|lo|la)\b")
_QU = patterns(
    r"ima\w*|hayka\w*|may(?:pi|man|manta|qin|qan|nin|niq)?\w*|pi(?:m|n|taq|tataq|kuna\w*|man\w*|wan\w*|"
    r"paq\w*|pa|chu)?|\w+chus?|"
    r"willa\w*|yachayta|niway\w*|quway\w*|munani"
)


_MARKED = re.compile(r"¿([^?¿]+)")


def is_marked(part: str, text: str) -> bool:
    """Whether `part` stands behind a "¿" of `text`; True where the writer uses none."""
    marked = _MARKED.findall(text)
    return not marked or any(part in question for question in marked)


def asks(part: str, named: int = 0) -> bool:
    """Whether `part` has the words of a question; `named` of its words are names."""
    reading = Reading.of(part)
    words = reading.spanish.split()
    if len(words) - named < SHORTEST_STORY[identify(part).code]:
        return True
    spanish = any_in(_ES, reading.spanish) or bool(_ES_FIRST.search(reading.spanish))
    return spanish or any_in(_QU, reading.quechua)
