"""The remark this browser has just sent or looked up, in a cookie that no script and no other site can use.

It goes when the browser is closed, and holds for an hour at most.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from cms.remarks.models import Remark

NAME = "mac_reclamo"
SALT = "mac.remark"
# On a shared computer nobody closes anything: long enough to write the number down.
KEPT_SECONDS = 3600


def hold(response: HttpResponse, remark: Remark) -> None:
    response.set_cookie(
        NAME,
        signing.dumps(remark.pk, salt=SALT),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def let_go(response: HttpResponse) -> None:
    response.delete_cookie(NAME, samesite="Lax")


def held(request: HttpRequest) -> Remark | None:
    """None when there is none, it was held too long ago, or it is deleted."""
    try:
        pk: Any = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return Remark.objects.filter(pk=pk).first()
