"""The answer by mail, in the citizen's language, where a mail address was left and there is a server to send by."""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.audit.operations import record
from cms.mailing import check_reachable, send_each
from cms.remarks.models import Letter, Remark

logger = logging.getLogger(__name__)

MAX_TRIES = 6
REFUSED_FOR_GOOD = 500  # of the codes of SMTP
# So long a mail that is being sent is left alone by others.
CLAIMED_MINUTES = 5
MOST_WAIT_MINUTES = 120


class NoMailServer(Exception):
    """The server that was there when the answer was given is named no more: set MAC_MAIL_URL."""


def is_possible() -> bool:
    """Whether a mail server is named. Without one mails are files that reach nobody, and agents are told so."""
    return bool(settings.EMAIL_HOST)


def send_due(*, limit: int = 20) -> int:
    """Sends what is due, one after another; a mail that fails is tried again later. Returns how many went out.

    Ends where the mail server is gone.
    """
    due = Remark.objects.filter(letter=Letter.DUE, letter_next_at__lte=timezone.now()).order_by("pk")
    return send_each(_try, list(due.values_list("pk", flat=True)[:limit]))


def _try(pk: int) -> bool:
    """The claim moves the next try away first, so that two workers do not send the same mail."""
    now = timezone.now()
    later = now + timedelta(minutes=CLAIMED_MINUTES)
    if not Remark.objects.filter(pk=pk, letter=Letter.DUE, letter_next_at__lte=now).update(
        letter_next_at=later
    ):
        return False
    remark = Remark.objects.get(pk=pk)
    try:
        _send(remark)
    except Exception as error:  # the edge of the worker: whatever the mail server says, others' mails go on
        # The address stands in what servers say: only the kind of failure is logged.
        logger.warning(
            "An answer was not sent (%s).",
            type(error).__name__,
            extra={"event": "mail_failed", "remark": remark.number},
        )
        _record_failure(remark, error)
        check_reachable(error)
        return False
    Remark.objects.filter(pk=pk).update(letter=Letter.SENT, letter_next_at=None)
    record("remark.mailed", remark.number or "")
    return True


def _send(remark: Remark) -> None:
    if not is_possible():
        raise NoMailServer("set MAC_MAIL_URL")
    compose(remark).send()


def compose(remark: Remark) -> EmailMessage:
    """What the citizen is sent: the number, the answer, and where both can be read again."""
    with translation.override(remark.locale):
        subject = _("MAC: respuesta a {number}").format(number=remark.number)
        context = {"remark": remark, "address": f"{settings.PUBLIC_URL}/{remark.locale}/reclamos/estado/"}
        text = render_to_string("remarks/answer.txt", context)
    return EmailMessage(subject, text, to=[remark.contact])


def _is_refused_for_good(error: Exception) -> bool:
    """A server that asks to come back later refuses with 450 or 451, and takes it the next time."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= REFUSED_FOR_GOOD for code, _words in error.recipients.values()
    )


def _record_failure(remark: Remark, error: Exception) -> None:
    tries = remark.letter_tries + 1
    final = _is_refused_for_good(error) or tries >= MAX_TRIES
    wait = timedelta(minutes=min(2**tries, MOST_WAIT_MINUTES))
    Remark.objects.filter(pk=remark.pk).update(
        letter=Letter.FAILED if final else Letter.DUE,
        letter_tries=tries,
        letter_next_at=None if final else timezone.now() + wait,
    )
    if final:
        record("remark.mail_failed", remark.number or "")
