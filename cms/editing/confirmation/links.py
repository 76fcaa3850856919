"""The contact's way in: a signed text that only the mail carries. The table keeps its digest."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone

from cms.accounts.tokens import digest
from cms.editing.confirmation.models import Enlace, Estado, Ronda

SALT = "mac.confirmacion"
# The row says when a link ends; the signature is refused after this even if the row is lost sight of.
LONGEST_LIFE = timedelta(days=366)


class LinkRefused(Exception):
    """The link leads nowhere (any more): `reason` is `unknown`, `expired` or `revoked`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def make_link(ronda: Ronda) -> str:
    """The address for the contact of `ronda`; told once, here."""
    token = signing.dumps({"r": ronda.pk, "n": secrets.token_urlsafe(18)}, salt=SALT)
    Enlace.objects.create(ronda=ronda, digest=digest(token), vence_at=ronda.vence_at)
    return f"{settings.PUBLIC_URL}/confirmar/{token}/"


def round_of(token: str) -> Ronda:
    """The round a link is of, open or answered; raises LinkRefused."""
    try:
        signing.loads(token, salt=SALT, max_age=LONGEST_LIFE)
    except signing.SignatureExpired as error:
        raise LinkRefused("expired") from error
    except signing.BadSignature as error:
        raise LinkRefused("unknown") from error
    link = Enlace.objects.select_related("ronda__entidad").filter(digest=digest(token)).first()
    if link is None:
        raise LinkRefused("unknown")
    ronda: Ronda = link.ronda
    if link.revocado_at or ronda.estado == Estado.ANULADA:
        raise LinkRefused("revoked")
    # What was answered stays readable for a while after the deadline.
    if ronda.estado != Estado.RESPONDIDA and min(link.vence_at, ronda.vence_at) <= timezone.now():
        raise LinkRefused("expired")
    return ronda


def revoke_links(ronda: Ronda) -> int:
    return ronda.enlaces.filter(revocado_at=None).update(revocado_at=timezone.now())
