"""The mail to those who sent and approved a package that stopped: it was to take force, and did not."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from cms.accounts.models import User
from cms.editing.packages.models import Paquete
from cms.mailing import ServerGone, check_reachable

# A mail that says so days later helps nobody: the package's screen has said it all along.
LONGEST = timedelta(days=2)
logger = logging.getLogger(__name__)


def send_due() -> int:
    """Writes to whom it is still to be told; how many mails went out. A mail that fails is tried at the next call.

    Ends where the mail server is gone.
    """
    waiting = Paquete.objects.exclude(por_avisar={}).select_related("entidad").order_by("pk")
    sent = 0
    for package in waiting[:50]:
        told, gone = _tell(package)
        sent += told
        if gone:
            break
    return sent


def _tell(package: Paquete) -> tuple[int, bool]:
    """How many were told, and whether the mail server was found gone on the way."""
    told: list[User] = []
    gone = False
    people = _concerned(package)
    for user in people:
        try:
            if _written(package, user):
                told.append(user)
        except ServerGone:
            gone = True
            break
    left = [user.pk for user in people if user not in told and _in_time(package)]
    # What another stop has written since is another letter.
    row = Paquete.objects.filter(pk=package.pk, por_avisar=package.por_avisar)
    row.update(por_avisar={**package.por_avisar, "a": left} if left else {})
    return len(told), gone


def _in_time(package: Paquete) -> bool:
    return timezone.now() - datetime.fromisoformat(package.por_avisar["at"]) < LONGEST


def _concerned(package: Paquete) -> list[User]:
    people = User.objects.filter(pk__in=package.por_avisar.get("a", []), is_active=True)
    return list(people.exclude(email="").order_by("pk"))


def _written(package: Paquete, user: User) -> bool:
    address = f"{settings.PUBLIC_URL}{reverse('packages:detail', args=[package.pk])}"
    context = {"package": package, "porque": package.por_avisar.get("porque", ""), "address": address}
    with translation.override("es"):
        text = render_to_string("packages/mail/stopped.txt", context)
    try:
        send_mail(f"Se detuvo el paquete «{package.titulo}»", text, None, [user.email])
    except Exception as error:  # the edge of the worker: whatever the mail server says, it is tried again
        logger.warning(
            "A mail was not sent (%s).",
            type(error).__name__,
            extra={"event": "mail_failed", "package": package.pk},
        )
        check_reachable(error)
        return False
    return True
