"""Writing to a round: starting it, answering it, ending it. No name, address or answer is audited or logged."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.hours import LIMA
from cms.directory.models import Entidad
from cms.editing.confirmation.forms import AnswerForm
from cms.editing.confirmation.links import revoke_links
from cms.editing.confirmation.models import (
    OPEN_STATES,
    Carta,
    Estado,
    FichaDeRonda,
    Respuesta,
    Ronda,
    Veredicto,
)
from cms.tramites.models import Tramite

logger = logging.getLogger(__name__)

DEFAULT_DAYS = 30
LONGEST_DAYS = 180
MOST_FICHAS = 50
RESENT = "confirmation.resent"
REMIND_BEFORE = timedelta(days=7)


class RoundRefused(Exception):
    """The round cannot be started or changed so; the message says why, in Spanish."""


class RoundOver(Exception):
    """The round takes no answers any more."""


@dataclass(frozen=True, slots=True)
class Contact:
    nombre: str
    correo: str


@transaction.atomic
def start(
    *, entidad: Entidad, codigos: Iterable[str], contact: Contact, mensaje: str, vence: date, by: User
) -> Ronda:
    """A new round, whose mail goes out by itself; raises RoundRefused."""
    tramites = list(
        Tramite.objects.public().select_related("version").filter(codigo__in=set(codigos), entidad=entidad)
    )
    if not tramites or len(tramites) != len(set(codigos)):
        raise RoundRefused("Elige fichas públicas de esta entidad.")
    if len(tramites) > MOST_FICHAS:
        raise RoundRefused(f"Son demasiadas fichas para una persona: elige hasta {MOST_FICHAS}.")
    ronda = Ronda.objects.create(
        entidad=entidad,
        contacto=contact.nombre,
        correo=contact.correo,
        mensaje=mensaje,
        vence_at=end_of(vence),
        by=by,
    )
    FichaDeRonda.objects.bulk_create(
        FichaDeRonda(ronda=ronda, codigo=t.codigo, version=t.version.numero) for t in tramites if t.version
    )
    record("confirmation.started", subject_of(ronda), by=by, codigos=sorted(t.codigo for t in tramites))
    _write(ronda, Carta.Tipo.INVITACION, ronda.correo)
    return ronda


def end_of(day: date) -> datetime:
    """The last moment of a day in Lima; raises RoundRefused for a day nobody could answer by."""
    days = (day - datetime.now(LIMA).date()).days
    if not 1 <= days <= LONGEST_DAYS:
        raise RoundRefused(f"El plazo va desde mañana hasta dentro de {LONGEST_DAYS} días.")
    return datetime.combine(day, time(23, 59, 59), LIMA)


def subject_of(ronda: Ronda) -> str:
    return f"ronda:{ronda.pk}"


def _write(ronda: Ronda, tipo: Carta.Tipo, para: str) -> None:
    from cms.editing.confirmation.tasks import send_letters  # the task imports this module

    Carta.objects.create(ronda=ronda, tipo=tipo, para=para)
    transaction.on_commit(lambda: send_letters.delay(), robust=True)


@transaction.atomic
def resend(*, ronda: Ronda, correo: str, vence: date, by: User) -> None:
    """Sends a new link, to a corrected address if need be; the ones before lead nowhere from now on."""
    locked = Ronda.objects.select_for_update().get(pk=ronda.pk)
    if locked.estado not in OPEN_STATES:
        raise RoundRefused("Esta ronda ya terminó: empieza otra.")
    revoke_links(locked)
    locked.cartas.filter(estado=Carta.Estado.PENDIENTE).delete()
    locked.correo, locked.vence_at, locked.rebote, locked.recordada_at = correo, end_of(vence), "", None
    locked.save(update_fields=["correo", "vence_at", "rebote", "recordada_at"])
    record(RESENT, subject_of(locked), by=by)
    _write(locked, Carta.Tipo.INVITACION, correo)


@transaction.atomic
def revoke(*, ronda: Ronda, why: str, by: User) -> None:
    """Ends a round nobody should answer any more; its links lead nowhere."""
    changed = Ronda.objects.filter(pk=ronda.pk, estado__in=OPEN_STATES).update(
        estado=Estado.ANULADA, anulada_por_que=why
    )
    if not changed:
        raise RoundRefused("Esta ronda ya terminó.")
    revoke_links(ronda)
    ronda.cartas.filter(estado=Carta.Estado.PENDIENTE).delete()
    record("confirmation.revoked", subject_of(ronda), by=by, why=why)


@transaction.atomic
def note_bounce(*, ronda: Ronda, texto: str, by: User) -> None:
    """Keeps what a notice of a mail that did not arrive says: mail servers tell it to a mailbox, not to us."""
    Ronda.objects.filter(pk=ronda.pk).update(rebote=texto[:2000])
    record("confirmation.bounced", subject_of(ronda), by=by)


def opened(*, ronda: Ronda) -> None:
    """The contact (or a filter that follows links in mails) has opened the page; only the first time is written."""
    states = (Estado.CREADA, Estado.ENVIADA)
    if ronda.estado not in states:
        return
    Ronda.objects.filter(pk=ronda.pk, estado__in=states).update(
        estado=Estado.ABIERTA, abierta_at=timezone.now()
    )


@transaction.atomic
def save_answers(*, ronda: Ronda, codigo: str, forms: Iterable[AnswerForm]) -> int:
    """Keeps what valid forms say, in place of what was said before of the same facts; raises RoundOver."""
    if not Ronda.objects.select_for_update().get(pk=ronda.pk).abierta_a_respuestas:
        raise RoundOver
    saved = 0
    for form in forms:
        verdict = form.cleaned_data.get("veredicto")
        if verdict:
            Respuesta.objects.update_or_create(
                ronda=ronda, codigo=codigo, hecho=form.fact.id, defaults=_columns(form, verdict)
            )
            saved += 1
    if saved:
        opened(ronda=ronda)
    return saved


def _columns(form: AnswerForm, verdict: str) -> dict[str, object]:
    said, correcting = form.cleaned_data, verdict == Veredicto.CORREGIR
    return {
        "sello": form.fact.sello,
        "mostrado": form.fact.texto,
        "veredicto": verdict,
        "valor": form.value(),
        "fuente": said.get("fuente", "") if correcting else "",
        "fuente_url": said.get("fuente_url", "") if correcting else "",
        "comentario": said.get("comentario", ""),
        "at": timezone.now(),
    }


@transaction.atomic
def finish(*, ronda: Ronda, nombre: str, cargo: str) -> bool:
    """Takes the answers as given, once: a second call changes nothing and returns False."""
    locked = Ronda.objects.select_for_update().get(pk=ronda.pk)
    if not locked.abierta_a_respuestas or not locked.respuestas.exists():
        return False
    locked.estado, locked.respondida_at = Estado.RESPONDIDA, timezone.now()
    locked.respondida_por, locked.cargo = nombre, cargo
    locked.save(update_fields=["estado", "respondida_at", "respondida_por", "cargo"])
    locked.cartas.filter(estado=Carta.Estado.PENDIENTE).delete()
    record("confirmation.answered", subject_of(locked), answers=locked.respuestas.count())
    from cms.editing.confirmation.tasks import make_packages  # the task imports what imports this module

    transaction.on_commit(lambda: make_packages.delay(), robust=True)
    if locked.by.email:
        _write(locked, Carta.Tipo.AVISO, locked.by.email)
    return True


def remind_due() -> int:
    """Writes to those whose deadline is near and who have not answered; once per link that was sent."""
    now = timezone.now()
    due = Ronda.objects.filter(
        estado__in=(Estado.ENVIADA, Estado.ABIERTA),
        recordada_at=None,
        rebote="",
        vence_at__gt=now + timedelta(hours=12),
        vence_at__lte=now + REMIND_BEFORE,
        enviada_at__lte=now - timedelta(days=2),
    )
    reminded = 0
    for ronda in due[:200]:
        with transaction.atomic():
            if Ronda.objects.filter(pk=ronda.pk, recordada_at=None).update(recordada_at=now):
                _write(ronda, Carta.Tipo.RECORDATORIO, ronda.correo)
                reminded += 1
    return reminded
