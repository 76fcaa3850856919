"""Loads many fichas into a stack's database as if they had been written and published; run with its environment.

    python -m tests.bench.bulk <how many>

Rows are written in bulk, a hundredfold faster than publishing one by one. What a page, a version and its words
consist of is the content service's own code. Prints, as JSON, what was loaded.
"""

import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from cms.tramites.schema import Ficha

BATCH = 500
LARGEST = "mtpe"


def batches(items: "list[Ficha]", size: int) -> "Iterator[list[Ficha]]":
    for start in range(0, len(items), size):
        yield items[start : start + size]


def main(arguments: list[str]) -> int:
    django.setup()
    # Models can be imported only now.
    from django.conf import settings

    from cms.tramites.seed import read_fichas
    from tests.bench.fichas import Country
    from tests.bench.writing import Shelves, editors_session, make_towns, write

    started = time.monotonic()
    seed = list(read_fichas(settings.CONTENT_DIR / "fichas"))
    offices = {ficha.hechos.entidad for ficha in seed} - {LARGEST}
    country = Country(seed, [LARGEST, *sorted(offices)])
    fichas = list(country.fichas(int(arguments[0])))
    generated = time.monotonic()
    make_towns(country.towns)
    shelves = Shelves()
    for batch in batches(fichas, BATCH):
        write(batch, shelves)
    loaded = {
        "codes": [ficha.codigo for ficha in fichas],
        "names": [ficha.es["nombre"] for ficha in fichas],
        "complete": [ficha.codigo for ficha in fichas if ficha.hechos.nivel == "completa"],
        "largest": LARGEST,
        "largest_page": shelves.of(LARGEST).pk,
        "session": editors_session(),
        "generated_seconds": generated - started,
        "written_seconds": time.monotonic() - generated,
    }
    sys.stdout.write(json.dumps(loaded) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
