"""Errors of the API as RFC 9457 problem documents, in the language that was asked for."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from cms.directory.queries import EntidadNotFound, SedeNotFound
from cms.tramites.queries import TramiteNotFound
from cms.ui.middleware import LOCALES

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """Raised by a view to answer `status` with a title and a detail, both said in the reader's language."""

    def __init__(self, status: int, title: str, detail: str = "", **extra: Any) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.extra = status, title, detail, extra


def locale_of(request: HttpRequest) -> str:
    """What the caller asks for (`?locale=`); Spanish where it asks for nothing that exists."""
    asked = request.GET.get("locale", "")
    return asked if asked in LOCALES else "es"


def problem_response(
    status: int, title: str, detail: str = "", headers: dict[str, str] | None = None, **extra: Any
) -> HttpResponse:
    body = {"type": "about:blank", "status": status, "title": title, **extra}
    if detail:
        body["detail"] = detail
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE, headers=headers
    )


def register_problems(api: NinjaAPI) -> None:
    """Makes every error of `api` a problem document."""

    def said(title: Callable[[], str], status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
        def handler(request: HttpRequest, error: Any) -> HttpResponse:
            with translation.override(locale_of(request)):
                return problem_response(status, title())

        return handler

    for kind, title in (
        (TramiteNotFound, lambda: _("No hay ningún trámite publicado con ese código.")),
        (EntidadNotFound, lambda: _("No hay ninguna entidad con ese código.")),
        (SedeNotFound, lambda: _("No hay ninguna sede con ese código.")),
    ):
        api.add_exception_handler(kind, said(title, 404))
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http_error)


def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(error.status, error.title, error.detail, **error.extra)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    with translation.override(locale_of(request)):
        title = _("La consulta no es válida.")
    wrong = [{"where": ".".join(map(str, e["loc"])), "what": str(e["msg"])} for e in error.errors]
    return problem_response(422, title, errors=wrong)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(error.status_code, str(error))
