"""Answers become one package that somebody approves: nothing is published by a stranger.

The only module that knows packages.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.directory.hours import LIMA
from cms.editing.confirmation.applying import Answer, Applied, Attestation, apply
from cms.editing.confirmation.models import Carta, Estado, Respuesta, Ronda
from cms.editing.confirmation.operations import RESENT, subject_of
from cms.editing.confirmation.queries import accounts_of
from cms.editing.packages.errors import PackageError
from cms.editing.packages.models import Origen, Paquete
from cms.editing.packages.operations import create, put
from cms.editing.proposals import Accion, Proposal
from cms.tramites.queries import TramiteNotFound, published
from cms.tramites.schema import Ficha

logger = logging.getLogger(__name__)
# Packages made in one run; what fails is no part of it, and leaves its place to the next.
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Worked:
    """What the answers about one ficha come to. `left`: for each fact that changes nothing, why."""

    rows: list[Respuesta]
    left: dict[str, str]
    proposal: Proposal | None = None


def propose_answers() -> int:
    """Makes the package of each answered round that has none yet; those that fail do not hold up the others."""
    waiting = Ronda.objects.filter(estado=Estado.RESPONDIDA, procesada_at=None).values_list("pk", flat=True)
    proposed = 0
    for pk in waiting.order_by("respondida_at", "pk"):
        proposed += _try(pk)
        if proposed == AT_ONCE:
            break
    return proposed


def _try(pk: int) -> bool:
    try:
        return propose(pk)
    except Exception as error:  # the edge of the worker: it is logged without words and tried again
        logger.error(
            "The answers of a round could not be proposed (%s).",
            type(error).__name__,
            extra={"event": "proposing_failed", "ronda": pk},
        )
        return False


def propose(pk: int) -> bool:
    """Whether this call made of the round's answers what there is to make of them; once, however often called."""
    ronda = Ronda.objects.select_related("entidad", "by").get(pk=pk)
    if ronda.estado != Estado.RESPONDIDA or ronda.procesada_at:
        return False
    # Answers do not change any more: what they come to is worked out while nobody waits for a lock.
    worked = [_proposal(ronda, codigo) for codigo in _codes(ronda)]
    return _write(pk, worked)


@transaction.atomic
def _write(pk: int, worked: list[Worked]) -> bool:
    ronda = Ronda.objects.select_for_update(of=("self",)).select_related("entidad", "by").get(pk=pk)
    if ronda.procesada_at:
        return False
    for one in worked:
        _leave_out(one.rows, one.left)
    proposals = [one.proposal for one in worked if one.proposal]
    ronda.paquete = _package(ronda, proposals) if proposals else None
    ronda.procesada_at = timezone.now()
    ronda.save(update_fields=["paquete", "procesada_at"])
    return True


def _codes(ronda: Ronda) -> Iterable[str]:
    return list(dict.fromkeys(ronda.respuestas.values_list("codigo", flat=True)))


def attestation(ronda: Ronda) -> Attestation:
    day = ronda.dia_de_respuesta or datetime.now(LIMA).date()
    return Attestation(ronda.entidad.corto, ronda.cargo, day)


def _proposal(ronda: Ronda, codigo: str) -> Worked:
    rows = list(ronda.respuestas.filter(codigo=codigo))
    try:
        current = published(codigo).ficha.model_copy(update={"qu": {}})
    except TramiteNotFound:
        return Worked(rows, dict.fromkeys((row.hecho for row in rows), "La ficha ya no es pública."))
    applied = apply(current, [_answer(row) for row in rows], attestation(ronda))
    if _same(applied.ficha, current):
        return Worked(rows, applied.sin_aplicar)
    proposal = Proposal(codigo, Accion.CAMBIA, applied.ficha, motivo=_motive(applied, rows))
    return Worked(rows, applied.sin_aplicar, proposal)


def _same(one: Ficha, other: Ficha) -> bool:
    return one.model_dump(mode="json") == other.model_dump(mode="json")


def _answer(row: Respuesta) -> Answer:
    return Answer(row.hecho, row.sello, row.veredicto, row.valor, row.fuente, row.fuente_url)


def _leave_out(rows: list[Respuesta], reasons: dict[str, str]) -> None:
    for row in rows:
        if row.hecho in reasons:
            Respuesta.objects.filter(pk=row.pk).update(sin_aplicar=reasons[row.hecho][:300])


def _motive(applied: Applied, rows: list[Respuesta]) -> str:
    """For the reviewer: how much was corrected, and what the entity said besides."""
    said = [f"«{row.comentario}»" for row in rows if row.comentario]
    counted = f"Corrige {len(applied.corregidos)} datos y confirma {len(applied.confirmados)} aspectos."
    return " ".join([counted, *(["Comenta:"] if said else []), *said])[:2000]


def _package(ronda: Ronda, proposals: list[Proposal]) -> int:
    """The package with the answers: one person submits it and another approves it, neither of whom sent the link."""
    who = attestation(ronda)
    package = create(
        titulo=f"Respuesta de {ronda.entidad.corto} a la ronda {ronda.pk}",
        entidad=ronda.entidad,
        norma=who.fuente[:200],
        norma_fecha=who.fecha,
        nota=f"{ronda.entidad.corto} confirmó o corrigió los datos de esta ficha.",
        origen=Origen.CONFIRMACION,
        by=None,
    )
    package.manos.add(*hands(ronda))
    for proposal in proposals:
        _put(ronda, package, proposal)
    return package.pk


def hands(ronda: Ronda) -> list[User]:
    """Those who may not approve what the round brought: who sent its link, and where, could have answered it alone."""
    resent = Entry.objects.filter(what=RESENT, subject=subject_of(ronda)).values("by")
    sent_by = Q(pk=ronda.by_id) | Q(pk__in=resent)
    written_to = ronda.cartas.exclude(tipo=Carta.Tipo.AVISO).values_list("para", flat=True)
    own = [pk for correo in {ronda.correo, *written_to} for pk in accounts_of(correo)]
    return list(User.objects.filter(sent_by | Q(pk__in=own)))


def _put(ronda: Ronda, package: Paquete, proposal: Proposal) -> None:
    """One ficha that cannot go in does not keep the others out; its answers say why, for an editor."""
    try:
        with transaction.atomic():
            put(package, [proposal], by=None)
    except PackageError as error:
        reason = " ".join([str(error), *error.lines])[:300]
        ronda.respuestas.filter(codigo=proposal.codigo).update(sin_aplicar=reason)
