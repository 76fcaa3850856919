"""Publishes a ficha that was not there, as the content service itself does; run with the environment of its stack.

    python -m tests.bench.publishing <codigo of the pattern> <new codigo> <its name>

Prints the Unix time, in seconds, at which it was public.
"""

import sys
import time

import django


def main(arguments: list[str]) -> int:
    pattern_codigo, codigo, name = arguments
    django.setup()
    # Models can be imported only now.
    from cms.tramites.operations import publish_ficha
    from cms.tramites.queries import published
    from cms.tramites.schema import Alias

    pattern = published(pattern_codigo).ficha
    facts = pattern.hechos.model_copy(update={"codigo": codigo, "alias": Alias(), "servicios_2023": []})
    words = {**pattern.es, "nombre": name}
    publish_ficha(pattern.model_copy(update={"hechos": facts, "es": words, "qu": {}}), by=None)
    sys.stdout.write(f"{time.time()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
