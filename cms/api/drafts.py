"""A draft for a program of somebody else's, by a token an editor has made (see the screen in `views`)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from cms.api import schemas
from cms.api.content import Day, whole
from cms.api.description import problems
from cms.api.operations import read_draft
from cms.tramites.schema import Locale

router = Router(tags=["drafts"])


@router.get(
    "/drafts/{token}", response=schemas.DraftOut, summary="A draft, by its token", openapi_extra=problems(404)
)
def get_draft(
    request: HttpRequest, response: HttpResponse, token: str, locale: Locale = "es", en: Day = None
) -> dict[str, Any]:
    """In the shape of a public ficha, of one revision, while the token lasts. `revision` is 0: it is none yet.

    Nobody may keep it: what is not public must not be found in a cache.
    """
    found, link = read_draft(token)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return {**whole(found, locale, en), "borrador": True, "expira_at": link.expira_at}
