"""Sending a package to somebody else, and what that person decides about exactly what they were shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.hours import LIMA
from cms.editing.packages.bases import stale
from cms.editing.packages.checking import Check, checks
from cms.editing.packages.counting import warnings
from cms.editing.packages.errors import NotAllowed, PackageError
from cms.editing.packages.models import Estado, Paquete, Partida
from cms.editing.packages.operations.drafting import draft_of, still_draft, unchanged
from cms.editing.packages.operations.force import take_force
from cms.editing.packages.operations.stopping import halt
from cms.editing.packages.results import Result, as_kept, digest, results
from cms.editing.packages.rights import had_a_hand, must_approve, must_be_somebody_else, must_edit
from cms.editing.packages.sheet_checks import pending
from cms.tramites.preflight import Level

CHANGED_SINCE_SHOWN = "El paquete cambió desde que lo abriste: no se aprobó nada. Vuelve a leer el informe y decide sobre lo que dice ahora."
PAST = "Su fecha y hora de vigencia ya pasó: no se aprobó nada. Marca que rija ya, ponle otra fecha, o recházalo."
CHOSEN_PAST = "La fecha y hora que pusiste ya pasó: no se aprobó nada. Pon otra, o elige que rija ya."


def submit(package: Paquete, *, by: User) -> Paquete:
    """Sends a draft for approval; raises PackageError with everything that is missing.

    What would be public is kept as it is now: neither a later day nor a later release of ours says it differently.
    """
    seen = still_draft(package, by)
    # The day the norm was read is part of what is shown and approved: from here on it stands still.
    seen.enviado_at, seen.enviado_por = timezone.now(), by
    found = results(seen)
    missing = [*_missing(seen, found), *_standing_against(checks(seen, found)), *_outdated(found)]
    if missing:
        raise PackageError("Todavía no se puede enviar.", tuple(missing))
    for result in found:
        result.item.resultado = as_kept(result)
    return _sent_as_seen(seen, found, digest(seen, found), by)


@transaction.atomic
def _sent_as_seen(seen: Paquete, found: list[Result], seal: str, by: User) -> Paquete:
    package = unchanged(draft_of(seen, by), seen)
    Partida.objects.bulk_update([result.item for result in found if result.after], ["resultado"])
    package.enviado_at, package.enviado_por = seen.enviado_at, by
    package.estado, package.porque = Estado.ENVIADO, ""
    package.save(update_fields=["estado", "porque", "enviado_at", "enviado_por"])
    package.manos.add(by)
    record("package.submitted", package.subject, by=by, sello=seal)
    return package


def _missing(package: Paquete, found: list[Result]) -> list[str]:
    said = (
        (package.norma.strip(), "Falta la norma que lo dispone."),
        (package.norma_fecha, "Falta la fecha de publicación de la norma."),
        (package.nota.strip(), "Falta la nota pública que dice qué cambia."),
        (any(result.touches for result in found), "El paquete no cambia ninguna ficha."),
        (not sheet_errors(package), "La hoja tiene errores: corrígela y vuelve a subirla."),
        (not pending(package), f"Avisos de la hoja sin aceptar: {pending(package)}."),
    )
    return [sentence for is_there, sentence in said if not is_there]


def sheet_errors(package: Paquete) -> list[dict[str, object]]:
    """The rows of the sheet that could not be read: leaving them out unseen would publish half a resolution."""
    return [problem for problem in package.problemas if problem["level"] == Level.ERROR]


def _standing_against(told: dict[str, list[Check]]) -> list[str]:
    lines = []
    for codigo, found in told.items():
        lines += [f"{codigo}: {check.mensaje}" for check in found if check.level == Level.ERROR]
        waiting = sum(check.pending for check in found)
        if waiting:
            lines.append(f"{codigo}: {warnings(waiting)} sin aceptar.")
    return lines


def _outdated(found: list[Result]) -> list[str]:
    lines = stale(result.item for result in found)
    return [f"{line} Pulsa «Comparar de nuevo»." for line in lines]


@dataclass(frozen=True, slots=True)
class OtherDate:
    """What the approver says instead of the date that was proposed; None: as soon as it is approved."""

    at: datetime | None


def approve(package: Paquete, *, as_shown: str, by: User, other_date: OtherDate | None = None) -> Paquete:
    """Approves what `as_shown` is the digest of; where its time has come it takes force as soon as this is committed.

    `other_date`: it is to take force at another moment than the proposed one, which acta and audit then say.
    Raises PackageError when the package is not what was shown, and when the moment it is to take force has gone by.
    When a ficha was edited since, the package stops (its `estado` says so, `porque` which and who) and nothing is published.
    """
    seen = _sent(package, by)
    found = results(seen)
    must_be_somebody_else(by, seen, found)
    if digest(seen, found) != as_shown:
        raise PackageError(CHANGED_SINCE_SHOWN)
    proposed = seen.en_vigor_at
    if other_date is not None:
        seen.en_vigor_at = other_date.at
    if is_past(seen, timezone.now()):
        raise PackageError(CHOSEN_PAST if other_date else PAST)
    newer = stale(result.item for result in found)
    against = [] if newer else _standing_against(checks(seen, found))
    if against:
        raise PackageError("No se puede aprobar.", tuple(against))
    # Of what is to be in force then, date and all: what the clock finds at that minute must be just this.
    seen.sello = digest(seen, found)
    package = _approved(seen, proposed, newer, by)
    package.refresh_from_db()
    return package


@transaction.atomic
def _approved(seen: Paquete, proposed: datetime | None, newer: list[str], by: User) -> Paquete:
    package = unchanged(_sent(seen, by, locking=True), seen, CHANGED_SINCE_SHOWN)
    if newer:
        return halt(package, by=by, why="\n".join(newer))
    package.estado, package.sello, package.en_vigor_at = Estado.APROBADO, seen.sello, seen.en_vigor_at
    package.aprobado_por, package.aprobado_at = by, timezone.now()
    package.save(update_fields=["estado", "sello", "en_vigor_at", "aprobado_por", "aprobado_at"])
    record(
        "package.approved", package.subject, by=by, why=_redated(proposed, seen.en_vigor_at), sello=seen.sello,
        en_vigor_propuesto=_iso(proposed), en_vigor=_iso(seen.en_vigor_at),
    )  # fmt: skip
    if due(package, timezone.now()):
        # After the commit: what is approved stays approved whatever happens next, and the lock is taken anew and late.
        transaction.on_commit(lambda: take_force(package), robust=True)
    return package


def _redated(proposed: datetime | None, at: datetime | None) -> str:
    """What the acta says of a date that the approver changed; empty where it stands as proposed."""
    if at == proposed:
        return ""
    return f"Cambió cuándo entra en vigor: {_when(at)}, y no {_when(proposed)}, como se propuso."


def _when(at: datetime | None) -> str:
    return f"el {at.astimezone(LIMA):%d/%m/%Y a las %H:%M}" if at else "al aprobarse"


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(LIMA).isoformat(timespec="seconds") if at else None


def due(package: Paquete, now: datetime) -> bool:
    return package.en_vigor_at is None or package.en_vigor_at <= now


def is_past(package: Paquete, now: datetime) -> bool:
    """Whether it names a moment that has gone by: what was to begin then would begin later than the norm says."""
    return package.en_vigor_at is not None and package.en_vigor_at <= now


@transaction.atomic
def reject(package: Paquete, *, by: User, why: str) -> Paquete:
    """Gives it back with a reason; any approver may, also one who has a hand in it: nothing is published by that."""
    package = _sent(package, by, locking=True)
    package.estado, package.porque = Estado.RECHAZADO, _reason(why)
    package.save(update_fields=["estado", "porque"])
    record("package.rejected", package.subject, by=by, why=package.porque)
    return package


@transaction.atomic
def stop(package: Paquete, *, by: User, why: str) -> Paquete:
    """Holds back an approved package that has not taken force yet."""
    must_approve(by, package.entidad.codigo)
    locked = Paquete.objects.select_for_update(of=("self",)).select_related("entidad").get(pk=package.pk)
    if locked.estado != Estado.APROBADO:
        raise PackageError(f"El paquete está «{locked.get_estado_display()}»: no hay qué detener.")
    return halt(locked, by=by, why=_reason(why))


def _sent(package: Paquete, by: User, *, locking: bool = False) -> Paquete:
    must_approve(by, package.entidad.codigo)
    rows = Paquete.objects.select_related("entidad")
    now = (rows.select_for_update(of=("self",)) if locking else rows).get(pk=package.pk)
    if now.estado != Estado.ENVIADO:
        raise PackageError(f"El paquete está «{now.get_estado_display()}»: no espera aprobación.")
    return now


def _reason(why: str) -> str:
    if not why.strip():
        raise PackageError("Di el motivo: quien preparó el paquete lo leerá.")
    return why.strip()[:1000]


REOPENED = frozenset({Estado.ENVIADO, Estado.RECHAZADO, Estado.DETENIDO})


@transaction.atomic
def reopen(package: Paquete, *, by: User) -> Paquete:
    """Makes a draft of it again: to mend what was refused, to take back what was sent, to compare anew what was stopped."""
    must_edit(by, package.entidad.codigo)
    locked = Paquete.objects.select_for_update(of=("self",)).select_related("entidad").get(pk=package.pk)
    if locked.estado not in REOPENED:
        raise NotAllowed(f"El paquete está «{locked.get_estado_display()}»: no se vuelve a abrir.")
    if locked.estado == Estado.ENVIADO and not had_a_hand(by, locked):
        raise NotAllowed("Lo recupera quien lo preparó. Si hay que corregirlo, recházalo con el motivo.")
    locked.estado, locked.sello = Estado.BORRADOR, ""
    locked.enviado_at = locked.enviado_por = locked.aprobado_at = locked.aprobado_por = None
    locked.save(update_fields=["estado", "sello", "enviado_at", "enviado_por", "aprobado_at", "aprobado_por"])
    locked.partidas.update(resultado=None)
    locked.manos.add(by)
    record("package.reopened", locked.subject, by=by, why=locked.porque)
    return locked
