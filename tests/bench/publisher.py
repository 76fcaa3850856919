"""An editor's changes of fees, each published as the worker publishes what was scheduled; run with its stack's environment.

    python -m tests.bench.publisher

Reads a JSON object a line, `{"codigo", "clave", "monto", "alias", "no_alias"}`, and answers each with a line: the Unix time, in
seconds, at which it was public.
"""

import json
import sys
import time
from decimal import Decimal

import django


def main() -> int:
    django.setup()
    # Models can be imported only now.
    from django.db import transaction

    from cms.tramites.models import FichaPage

    def publish(codigo: str, clave: str, monto: str, alias: str, no_alias: str) -> None:
        page = FichaPage.objects.get(codigo=codigo).get_latest_revision_as_object()
        rows = list(page.costos.all())
        for row in rows:
            row.monto = Decimal(monto) if row.clave == clave else row.monto
        page.costos = rows
        names = [name for name in page.alias_es.split("\n") if name != no_alias]
        page.alias_es = "\n".join([*names, alias])
        page.nota_cambio = "Cambia el derecho de tramitación"
        page.norma_cambio = "Resolución de prueba"
        with transaction.atomic():
            page.save_revision().publish()

    for line in sys.stdin:
        publish(**json.loads(line))
        sys.stdout.write(f"{time.time()}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
