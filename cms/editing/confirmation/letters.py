"""The mails of a round, in Spanish: plain text and simple HTML that say the same."""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from cms.editing.confirmation.links import make_link
from cms.editing.confirmation.models import OPEN_STATES, Carta, Estado, Ronda
from cms.mailing import check_reachable, send_each
from cms.tramites.models import Tramite

logger = logging.getLogger(__name__)

MAX_TRIES = 6
SUBJECTS = {
    Carta.Tipo.INVITACION: "{entidad}: ¿está bien lo que el portal MAC dice de sus trámites?",
    Carta.Tipo.RECORDATORIO: "Recordatorio: {entidad}, falta confirmar los datos de sus trámites",
    Carta.Tipo.AVISO: "{entidad} respondió la ronda de confirmación",
}


def send_due(*, limit: int = 20) -> int:
    """Sends what is due, one after another; a mail that fails is tried again later. Returns how many went out.

    Ends where the mail server is gone.
    """
    now = timezone.now()
    due = Carta.objects.filter(estado=Carta.Estado.PENDIENTE, siguiente_at__lte=now)
    return send_each(_try, list(due.order_by("id").values_list("pk", flat=True)[:limit]))


def _try(pk: int) -> bool:
    """The claim moves the next try away first, so that two workers do not send the same mail."""
    now = timezone.now()
    claimed = Carta.objects.filter(pk=pk, estado=Carta.Estado.PENDIENTE, siguiente_at__lte=now).update(
        siguiente_at=now + timedelta(minutes=5)
    )
    if not claimed:
        return False
    letter = Carta.objects.select_related("ronda__entidad", "ronda__by").get(pk=pk)
    try:
        _send(letter)
    except Exception as error:  # the edge of the worker: whatever the mail server says is kept for the editor
        # The address stands in what servers say: it is kept with the round and not logged.
        logger.warning(
            "A mail was not sent (%s).",
            type(error).__name__,
            extra={"event": "mail_failed", "carta": pk},
        )
        _record_failure(letter, error)
        check_reachable(error)
        return False
    return True


def _send(letter: Carta) -> None:
    """The link is stored before it is mailed, and the mail noted after: killed in between, it is sent again."""
    compose(letter, _way_in(letter)).send()
    _record_sent(letter)


def _way_in(letter: Carta) -> str:
    if letter.tipo == Carta.Tipo.AVISO:
        return f"{settings.PUBLIC_URL}{reverse('confirmation:round', args=[letter.ronda_id])}"
    return make_link(letter.ronda)


def compose(letter: Carta, link: str) -> EmailMultiAlternatives:
    ronda = letter.ronda
    codes = [row.codigo for row in ronda.fichas.all()]
    context = {
        "ronda": ronda,
        "enlace": link,
        "fichas": list(Tramite.objects.filter(codigo__in=codes).values_list("nombre", flat=True)),
        "vence": ronda.ultimo_dia,
        "portal": settings.PUBLIC_URL,
        # The sender's address is read by nobody: answers go to who started the round.
        "responde": ronda.by.email,
    }
    with translation.override("es"):
        text, html = (
            render_to_string(f"confirmation/mail/{letter.tipo}.{kind}", context) for kind in ("txt", "html")
        )
    subject = SUBJECTS[Carta.Tipo(letter.tipo)].format(entidad=ronda.entidad.corto)
    reply_to = [ronda.by.email] if ronda.by.email and letter.tipo != Carta.Tipo.AVISO else []
    message = EmailMultiAlternatives(subject, text, to=[letter.para], reply_to=reply_to)
    message.attach_alternative(html, "text/html")
    return message


@transaction.atomic
def _record_sent(letter: Carta) -> None:
    now = timezone.now()
    Carta.objects.filter(pk=letter.pk).update(
        estado=Carta.Estado.ENVIADA, enviada_at=now, intentos=letter.intentos + 1, error=""
    )
    if letter.tipo == Carta.Tipo.INVITACION:
        Ronda.objects.filter(pk=letter.ronda_id).update(enviada_at=now)
        Ronda.objects.filter(pk=letter.ronda_id, estado=Estado.CREADA).update(estado=Estado.ENVIADA)


def _record_failure(letter: Carta, error: Exception) -> None:
    tries = letter.intentos + 1
    bounced = isinstance(error, smtplib.SMTPRecipientsRefused)
    final = bounced or tries >= MAX_TRIES
    said = _words(error)
    Carta.objects.filter(pk=letter.pk).update(
        estado=Carta.Estado.FALLO if final else Carta.Estado.PENDIENTE,
        enviada_at=None,
        intentos=tries,
        error=said,
        siguiente_at=timezone.now() + timedelta(minutes=min(2**tries, 120)),
    )
    if letter.tipo == Carta.Tipo.INVITACION and final:
        Ronda.objects.filter(pk=letter.ronda_id, estado__in=OPEN_STATES).update(rebote=said)


def _words(error: Exception) -> str:
    """What the mail server said of the address, or of what failed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = [f"{code} {text!r}" for code, text in error.recipients.values()]
        return "; ".join(said)[:2000]
    return f"{type(error).__name__}: {error}"[:2000]
