"""What a code of a ficha looks like, ours and the official system's; and how a ficha is found where a sheet has no code."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from cms.tramites.schema import Ficha
from lenguas.normalise import fold

MAX_CODE_CHARS = 200
# Codes of the official system; ours are words joined by hyphens.
OFFICIAL = re.compile(r"^(?=[A-Z0-9]*\d{3})[A-Z]{1,4}\d[A-Z0-9]{3,}$")
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def is_code(text: str) -> bool:
    """Whether it can be nothing but a code: one word alone may be a name too."""
    bare = re.sub(r"\s+", "", text)
    return bool(
        OFFICIAL.match(bare.upper()) or ("-" in bare and bare == text.strip() and SLUG.match(fold(bare)))
    )


def name_key(entidad: str, name: str) -> str:
    """Of a ficha's name, capitals, accents and spaces apart; no code is like it, for it has a space."""
    return f"{entidad} {' '.join(fold(name).split()).strip(' .')}"


def finder(fichas: Iterable[Ficha]) -> Callable[[str], Ficha | None]:
    """What is public of a code, ours or the official one, or of a `name_key` that one ficha alone has."""
    named: defaultdict[str, list[Ficha]] = defaultdict(list)
    codes: dict[str, Ficha] = {}
    for ficha in fichas:
        named[name_key(ficha.hechos.entidad, ficha.es["nombre"])].append(ficha)
        if ficha.hechos.codigo_tupa:
            codes[ficha.hechos.codigo_tupa] = ficha
    codes |= {ficha.codigo: ficha for same in named.values() for ficha in same}
    return (codes | {key: same[0] for key, same in named.items() if len(same) == 1}).get
