"""A package takes force, and is undone: all its fichas in one transaction, or none.

What can be worked out is worked out before the transaction: SQLite has one writer, and citizens' messages wait for it.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.hours import LIMA
from cms.editing.packages import actas
from cms.editing.packages.bases import Base, author_of, bases_of, spanish_digest, stale
from cms.editing.packages.checking import OF_THE_PAGE, checks, finding_ids
from cms.editing.packages.errors import NotAllowed, PackageError
from cms.editing.packages.models import Estado, Origen, Paquete, Partida
from cms.editing.packages.operations.stopping import halt
from cms.editing.packages.results import Result, digest, results
from cms.editing.packages.rights import must_approve, must_have_no_hand
from cms.editing.proposals import Accion
from cms.publishing.models import Change
from cms.tramites import applying
from cms.tramites.locking import hold_fichas
from cms.tramites.models import Estado as EstadoTramite
from cms.tramites.models import FichaPage, Tramite, Version
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import TOPIC, ficha_of
from cms.tramites.schema import Ficha

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """Found inside the transaction: nothing of it may stay."""


@dataclass(slots=True)
class Plan:
    """All that is to be written. `note` is what the public history of each ficha says of it."""

    writings: list[applying.Writing]
    leaving: list[Partida]
    note: str
    norm: str
    # By ficha, the day its change takes force, or the version that is taken back.
    since: dict[str, date] = field(default_factory=dict)
    undoes: dict[str, Version] = field(default_factory=dict)
    taken_down: list[FichaPage] = field(default_factory=list)

    @property
    def pages(self) -> list[FichaPage]:
        """Those that were written, once they are."""
        return [*(writing.page for writing in self.writings), *self.taken_down]


def take_force_due() -> int:
    """Puts every approved package whose time has come in force; one does not hold up another."""
    waiting = Paquete.objects.filter(estado=Estado.APROBADO).order_by("en_vigor_at", "id")
    now = timezone.now()
    due = [package for package in waiting if package.en_vigor_at is None or package.en_vigor_at <= now]
    return sum(take_force(package) for package in due)


def take_force(package: Paquete) -> bool:
    """Puts an approved package in force; whether it was this call that did. Safe to repeat and to be killed in.

    A ficha that was edited after the approval stops the package: nothing of it is published.
    """
    package = Paquete.objects.select_related("entidad", "aprobado_por").get(pk=package.pk)
    if package.estado != Estado.APROBADO:
        return False
    try:
        found = results(package)
        plan = _plan(package, found)
        told = actas.changes(found)
        done = _in_force(package, [result.item for result in found if result.touches], plan, told)
    except Stopped as stopped:
        _stop(package, str(stopped))
        return False
    except OperationalError:
        logger.warning("A package waits for the database.", extra={"event": "package_delayed"}, exc_info=True)
        return False
    except (
        Exception
    ) as error:  # whatever it is: an editor must see it, and a package must not be tried for ever
        logger.exception("A package failed.", extra={"event": "package_failed", "package": package.pk})
        _stop(
            package,
            f"No pudo entrar en vigor por un fallo del sistema ({type(error).__name__}): avisa a soporte.",
        )
        return False
    if done:
        applying.refresh(plan.pages)
    return done


@transaction.atomic
def _stop(package: Paquete, why: str) -> None:
    locked = Paquete.objects.select_for_update().get(pk=package.pk)
    if locked.estado == Estado.APROBADO:
        halt(locked, by=None, why=why)


def _plan(package: Paquete, found: Sequence[Result]) -> Plan:
    if digest(package, found) != package.sello:
        raise Stopped("Lo que hay en el paquete no es lo que se aprobó.")
    arriving = [result.after for result in found if result.touches and result.after]
    leaving = [result.item for result in found if result.touches and result.after is None]
    writings = applying.prepare(arriving, _accepted(package, found))
    return Plan(writings, leaving, package.nota, package.publica, _since(package, found))


def _since(package: Paquete, found: Sequence[Result]) -> dict[str, date]:
    """The day each change takes force. What an entity confirms was so before it was asked: it has no such day."""
    day = (package.rige_at or timezone.now()).astimezone(LIMA).date()
    return {result.item.codigo: day for result in found if result.item.origen != Origen.CONFIRMACION}


def _accepted(package: Paquete, found: Sequence[Result]) -> applying.Accepted:
    """The warnings a page carries on: those accepted now or before that still stand."""
    told = checks(package, found)

    def carried(codigo: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        now = [
            {
                "id": c.id,
                "mensaje": c.mensaje,
                "by": c.aceptado["by"],
                "user": c.aceptado["por"],
                "at": c.aceptado["at"],
            }
            for c in told.get(codigo, [])
            if c.aceptado and not c.id.startswith(OF_THE_PAGE)
        ]
        ids = {check.id for check in told.get(codigo, [])} - {entry["id"] for entry in now}
        return [*(entry for entry in before if entry["id"] in ids), *now]

    return carried


def _still(fichas: Sequence[Ficha]) -> applying.Accepted:
    """Of what a page carries, what still stands in the ficha it goes back to."""
    by_code = {ficha.codigo: ficha for ficha in fichas}

    def carried(codigo: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ids = finding_ids(by_code[codigo]) if before else set()
        return [entry for entry in before if entry["id"] in ids]

    return carried


@transaction.atomic
def _in_force(package: Paquete, items: Sequence[Partida], plan: Plan, told: list[actas.Told]) -> bool:
    # Compare-and-set: of two processes that come at once, one finds it done.
    mine = Paquete.objects.filter(pk=package.pk, estado=Estado.APROBADO, sello=package.sello).update(
        vigente_at=timezone.now()
    )
    if not mine:
        return False
    _lock(package, items)
    newer = stale(items)
    if newer:
        raise Stopped("\n".join(newer))
    _write(plan, items, by=package.aprobado_por)
    Paquete.objects.filter(pk=package.pk).update(estado=Estado.VIGENTE)
    package.refresh_from_db()
    # By nobody: it is the clock that puts it in force. Who sent it and who approved it have steps of their own.
    record(
        "package.in_force",
        package.subject,
        why=package.nota,
        sello=package.sello,
        fichas=len(items),
    )
    actas.write(package, items, told)
    return True


def _lock(package: Paquete, items: Sequence[Partida]) -> None:
    """From here on nobody saves a draft of these fichas, or publishes one, until all of them are written."""
    new = any(item.accion == Accion.NUEVA for item in items)
    hold_fichas([item.codigo for item in items], adding_to=package.entidad.codigo if new else "")


def _write(plan: Plan, items: Sequence[Partida], *, by: User | None) -> None:
    """Pages, versions, withdrawals, outbox and audit; and what each item was before and is after."""
    codes = [item.codigo for item in items]
    before, gone = _versions(codes), _withdrawals(codes)
    replacing = {item.codigo: item for item in plan.leaving}
    revisions = applying.write(plan.writings, by=by)
    plan.taken_down = applying.take_down(replacing, by=by)
    revised = {page.codigo: page.latest_revision_id or 0 for page in plan.taken_down}
    revised |= {codigo: revision.pk for codigo, revision in revisions.items()}
    after = {
        w.ficha.codigo: publish_ficha(
            w.ficha, by=by, note=plan.note, norm=plan.norm, since=plan.since.get(w.ficha.codigo)
        )
        for w in plan.writings
    }
    for codigo, item in replacing.items():
        withdraw(codigo, by=by, why=_why(item, plan), replaced_by=item.reemplazo)
    changes = _last_changes(codes)
    for item in items:
        item.retiro_antes = gone.get(item.codigo, {})
        item.antes, item.despues = before.get(item.codigo), after.get(item.codigo)
        item.revision_despues, item.cambio = revised.get(item.codigo, 0), changes.get(item.codigo, 0)
    Partida.objects.bulk_update(items, ["antes", "despues", "revision_despues", "cambio", "retiro_antes"])


def _why(item: Partida, plan: Plan) -> str:
    """What the old address says: the reason, and the norm behind it."""
    reason = item.motivo.strip() or f"La reemplaza {item.reemplazo}"
    return f"{reason} ({plan.norm})" if plan.norm else reason


def _versions(codes: list[str]) -> dict[str, Version]:
    public = Tramite.objects.public().select_related("version").filter(codigo__in=codes)
    return {tramite.codigo: tramite.version for tramite in public if tramite.version}


def _withdrawals(codes: list[str]) -> dict[str, dict[str, str]]:
    """What the addresses of those that are withdrawn say now: an undo says it again."""
    rows = Tramite.objects.select_related("reemplazo").filter(codigo__in=codes, estado=EstadoTramite.RETIRADO)
    return {
        row.codigo: {"motivo": row.motivo_retiro, "reemplazo": row.reemplazo.codigo if row.reemplazo else ""}
        for row in rows
    }


def _last_changes(codes: list[str]) -> dict[str, int]:
    rows = Change.objects.filter(topic=TOPIC, key__in=codes).order_by("id").values_list("key", "id")
    return dict(rows)


def undo(package: Paquete, *, by: User, why: str) -> Paquete:
    """Puts every ficha back as it was before the package, as new versions that say so; raises PackageError if one changed since.

    At once and by one person, since what is wrong may be public: but by none who had a hand in the package, and somebody
    else looks at it afterwards (`look_again`).
    """
    must_approve(by, package.entidad.codigo)
    must_have_no_hand(by, package)
    if not why.strip():
        raise PackageError("Di por qué se deshace: queda en el historial público de cada ficha.")
    items = list(
        package.partidas.exclude(accion=Accion.IGUAL).select_related("antes", "despues").order_by("id")
    )
    note = f"Se deshace el cambio «{_short(package.nota)}»: {why.strip()}"[:1000]
    back = _befores(items)
    undoes = {item.codigo: item.despues for item in items if item.despues}
    plan = Plan(applying.prepare(back, _still(back)), _arrived(items), note, norm="", undoes=undoes)
    with transaction.atomic():
        locked = Paquete.objects.select_for_update(of=("self",)).select_related("entidad").get(pk=package.pk)
        if locked.estado != Estado.VIGENTE:
            raise PackageError(f"El paquete está «{locked.get_estado_display()}»: no hay qué deshacer.")
        _lock(locked, items)
        _refuse_if_changed(items)
        _put_back(plan, by=by)
        locked.estado, locked.porque = Estado.DESHECHO, why.strip()[:1000]
        locked.deshecho_por, locked.deshecho_at = by, timezone.now()
        locked.save(update_fields=["estado", "porque", "deshecho_por", "deshecho_at"])
        record("package.undone", locked.subject, by=by, why=locked.porque, sello=locked.sello)
        actas.write_undone(locked)
    applying.refresh(plan.pages)
    return locked


def _short(text: str, most: int = 300) -> str:
    """The reason of the undo comes after it, and must not be cut off."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@transaction.atomic
def look_again(package: Paquete, *, by: User, note: str = "") -> Paquete:
    """The second look at what one person undid; raises PackageError for that same person."""
    must_approve(by, package.entidad.codigo)
    locked = Paquete.objects.select_for_update(of=("self",)).select_related("entidad").get(pk=package.pk)
    if not waits_for_a_look(locked):
        raise PackageError("No hay nada que mirar otra vez en este paquete.")
    if locked.deshecho_por_id == by.pk:
        raise NotAllowed("La segunda mirada es de otra persona: este paquete lo deshiciste tú.")
    locked.mirado_por, locked.mirado_at = by, timezone.now()
    locked.save(update_fields=["mirado_por", "mirado_at"])
    record("package.looked_again", locked.subject, by=by, why=note.strip()[:1000])
    return locked


def waits_for_a_look(package: Paquete) -> bool:
    return package.estado == Estado.DESHECHO and package.mirado_at is None


def _befores(items: Iterable[Partida]) -> list[Ficha]:
    return [ficha_of(item.antes) for item in items if item.antes]


def _arrived(items: Iterable[Partida]) -> list[Partida]:
    return [item for item in items if item.antes is None]


def _put_back(plan: Plan, *, by: User) -> None:
    applying.write(plan.writings, by=by)
    plan.taken_down = applying.take_down([item.codigo for item in plan.leaving], by=by)
    for writing in plan.writings:
        publish_ficha(
            writing.ficha, by=by, note=plan.note, norm=plan.norm, undoes=plan.undoes.get(writing.ficha.codigo)
        )
    for item in plan.leaving:
        # Its address says again what it said before; of one that was never public, that it was undone.
        why = item.retiro_antes.get("motivo") or plan.note
        withdraw(item.codigo, by=by, why=why, replaced_by=item.retiro_antes.get("reemplazo", ""))


def _refuse_if_changed(items: Sequence[Partida]) -> None:
    """What was changed since is somebody's work: it is named, and nothing is undone."""
    now = bases_of(item.codigo for item in items)
    lines = [
        f"{item.codigo}: la cambió {author_of(now[item.codigo])}."
        for item in items
        if not _as_left(item, now[item.codigo])
    ]
    if lines:
        raise PackageError("No se deshizo nada: hay fichas que cambiaron después.", tuple(lines))


def _as_left(item: Partida, base: Base) -> bool:
    """Whether ficha and page stand as the package left them; Quechua that was added since is no matter."""
    public = spanish_digest(item.despues.payload) if item.despues else ""
    taken_down = item.accion == Accion.RETIRA
    drafted = base.has_draft and not taken_down
    return base.sello == public and base.revision_id == item.revision_despues and not drafted
