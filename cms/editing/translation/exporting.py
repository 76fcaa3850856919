"""Fichas as a PO file, for translators who work in a program of their own.

One entry per sentence: context `codigo/key`, the Spanish, the Quechua. Fuzzy is what citizens do not see yet: a
machine's draft, or the translation of an earlier Spanish, which then stands as the previous message.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import polib
from django.utils import timezone

from cms.editing.translation import sources
from cms.editing.translation.models import BY_DEMAND, Avance
from cms.editing.translation.states import LABELS, Situacion, by_key, standing
from cms.tramites.models import Palabra
from cms.tramites.schema import seal

BATCH = 200
SEPARATOR = "/"


def export(codigos: Sequence[str]) -> str:
    """The text of the file, fichas in the order given."""
    parts = [str(_header())]
    for some in _batches(codigos):
        parts.extend(entry.__unicode__(wrapwidth=0) for entry in _entries(some))
    return "\n".join(parts)


def codes(entidad: str = "") -> list[str]:
    """The codes of all fichas that can be translated, or of one entity's, by demand."""
    rows = Avance.objects.order_by(*BY_DEMAND)
    return list((rows.filter(entidad__codigo=entidad) if entidad else rows).values_list("codigo", flat=True))


def _batches(codigos: Iterable[str]) -> Iterator[list[str]]:
    left = iter(codigos)
    while some := list(islice(left, BATCH)):
        yield some


def _header() -> polib.POFile:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "MAC",
        "PO-Revision-Date": timezone.localtime().strftime("%Y-%m-%d %H:%M%z"),
        "Language": "qu",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return file


def _entries(codigos: list[str]) -> Iterator[polib.POEntry]:
    public, coming = sources.public_sources(codigos), sources.coming_sources(codigos)
    rows: dict[str, list[Palabra]] = {}
    for row in Palabra.objects.filter(codigo__in=codigos, locale="qu").order_by("at", "pk"):
        rows.setdefault(row.codigo, []).append(row)
    for codigo in codigos:
        keys = by_key(rows.get(codigo, []))
        for clave, spanish, de in sources.sentences(public.get(codigo, {}), coming.get(codigo, [])):
            yield _entry(codigo, clave, spanish, keys.get(clave, []), de=de)


def _entry(codigo: str, clave: str, spanish: str, rows: list[Palabra], *, de: str) -> polib.POEntry:
    found = standing(spanish, rows)
    row = found.row or found.before
    notes = [LABELS[found.situacion]]
    if de:
        notes.append(f"{de}.")
    stale = found.situacion is Situacion.DESACTUALIZADO
    return polib.POEntry(
        msgctxt=f"{codigo}{SEPARATOR}{clave}",
        msgid=spanish,
        msgstr=row.texto if row else "",
        comment="\n".join(notes),
        flags=["fuzzy"] if stale or found.situacion is Situacion.BORRADOR else [],
        previous_msgid=row.castellano if stale and row and seal(row.castellano) == row.sello else None,
    )
