"""What tells the tramites apart among which the citizen is asked: their names, and what each is for in its own words."""

import re
from collections import Counter
from collections.abc import Sequence

from cms.tramites.models import Tramite
from cms.tramites.queries import ficha_of
from cms.tramites.schema import Ficha

LONGEST_PURPOSE = 160  # characters: a question is read at a glance
_SENTENCE = re.compile(r"(.+?[.?!])(?:\s|$)", re.DOTALL)


def titles(offered: Sequence[Tramite], locale: str) -> list[str]:
    """A name for each; with its entity behind it where two would read the same."""
    names = [(one.nombre_qu if locale == "qu" else "") or one.nombre for one in offered]
    count = Counter(names)
    return [
        f"{name} ({one.entidad.corto})" if count[name] > 1 else name
        for name, one in zip(names, offered, strict=True)
    ]


def purposes(offered: Sequence[Tramite], locale: str) -> list[str]:
    """What each is for, in the first sentence of its description; empty where it is not told without a figure."""
    return [_purpose(ficha_of(one.version), locale) if one.version else "" for one in offered]


def question(text: str, offered: Sequence[Tramite], locale: str) -> str:
    """`text`, and under it a line for each of `offered` that says what it is for."""
    if len(offered) < 2:
        return text
    told = zip(titles(offered, locale), purposes(offered, locale), strict=True)
    lines = [f"• {title}: {purpose}" for title, purpose in told if purpose]
    return "\n".join([text, *lines])


def _purpose(ficha: Ficha, locale: str) -> str:
    words = ficha.quechua("descripcion") if locale == "qu" else ficha.es.get("descripcion", "")
    found = _SENTENCE.match(words.strip())
    first = found[1] if found else words.strip()
    # A figure is a fact, and a fact is told with its source.
    fits = len(first) <= LONGEST_PURPOSE and not re.search(r"[\d{]", first)
    return first if fits else ""
