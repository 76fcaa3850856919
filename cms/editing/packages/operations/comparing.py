"""Comparing a draft package anew with what is public now, when somebody has published or saved since."""

from django.db import transaction
from pydantic import ValidationError as FichaInvalid

from cms.accounts.models import User
from cms.audit.operations import record
from cms.editing.packages.bases import Base, bases_of, columns, stale
from cms.editing.packages.errors import PackageError
from cms.editing.packages.merging import carried
from cms.editing.packages.models import Origen, Paquete, Partida
from cms.editing.packages.operations.drafting import add_draft, draft_of
from cms.editing.proposals import Accion
from cms.tramites.models import FichaPage
from cms.tramites.queries import ficha_of
from cms.tramites.schema import Ficha


@transaction.atomic
def compare_again(package: Paquete, *, by: User) -> list[str]:
    """Carries every proposal over to the present state of its ficha; the codes that had changed.

    What an editor took in by hand is read again from the ficha's draft. What no longer fits is to be put again: it raises
    PackageError with which ones, and then nothing is carried over.
    """
    package = draft_of(package, by)
    items = [item for item in package.partidas.select_related("base") if stale([item])]
    now = bases_of(item.codigo for item in items)
    lines = [line for item in items if (line := _brought_up(package, item, now[item.codigo], by))]
    if lines:
        raise PackageError("No se pudo comparar de nuevo.", tuple(lines))
    if items:
        package.manos.add(by)
        codes = [item.codigo for item in items]
        record("package.compared", package.subject, by=by, fichas=codes)
    return [item.codigo for item in items]


def _brought_up(package: Paquete, item: Partida, base: Base, by: User) -> str:
    # With no draft left on the page, what was taken in is all there is of that work: it is carried over as a sheet's is.
    if item.origen == Origen.MANUAL and base.page and base.has_draft:
        return _taken_again(package, item, base.page, by)
    return _carry(item, base)


def _taken_again(package: Paquete, item: Partida, page: FichaPage, by: User) -> str:
    try:
        add_draft(package, page, by=by)
    except PackageError as refused:
        return f"{item.codigo}: {' '.join([refused.message, *refused.lines])}"
    return ""


def _carry(item: Partida, base: Base) -> str:
    if bool(base.ficha) != bool(item.base):
        return f"{item.codigo}: {'ya es pública' if base.ficha else 'ya no es pública'}; quítala del paquete."
    if item.base and base.ficha and item.accion == Accion.CAMBIA:
        try:
            merged = carried(ficha_of(item.base), Ficha.model_validate(item.payload), base.ficha)
        except FichaInvalid:
            return f"{item.codigo}: los dos cambios no encajan; vuelve a subir la hoja."
        item.payload = merged.model_dump(mode="json", exclude={"qu"})
    for name, value in columns(base).items():
        setattr(item, name, value)
    item.save()
    return ""
