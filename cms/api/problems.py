"""Errors of the API as RFC 9457 problem documents, in the language that was asked for."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from cms.api.operations import DraftNotFound
from cms.directory.hours import LIMA
from cms.directory.queries import EntidadNotFound, SedeNotFound
from cms.tramites.models import Tramite
from cms.tramites.queries import TramiteNotFound, TramiteWithdrawn, Withdrawal
from cms.ui.middleware import LOCALES

CONTENT_TYPE = "application/problem+json"


class RevisionNotFound(LookupError):
    """The tramite is public, and never had this revision."""


class UnknownFilter(ValueError):
    """The address takes no such parameter: its name."""


class UnknownTopic(LookupError):
    """No tramite can have this topic."""


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


def as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """`response` as it is, or as a problem where it is an error told in another way (a page, a line of text)."""
    if response.status_code < 400 or response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    locale = locale_of(request)
    with translation.override(locale):
        problem = problem_response(response.status_code, _title(response.status_code))
    problem["Content-Language"] = locale
    if "Allow" in response.headers:
        problem["Allow"] = response.headers["Allow"]
    return problem


def register_problems(api: NinjaAPI) -> None:
    """Makes every error that a view of `api` raises a problem document."""

    def said(title: Callable[[], str], status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
        def handler(request: HttpRequest, error: Any) -> HttpResponse:
            with translation.override(locale_of(request)):
                return problem_response(status, title())

        return handler

    for kind, title in (
        (TramiteNotFound, lambda: _("No hay ningún trámite publicado con ese código.")),
        (RevisionNotFound, lambda: _("Este trámite no tiene esa revisión.")),
        (EntidadNotFound, lambda: _("No hay ninguna entidad con ese código.")),
        (SedeNotFound, lambda: _("No hay ninguna sede con ese código.")),
    ):
        api.add_exception_handler(kind, said(title, 404))
    api.add_exception_handler(UnknownTopic, said(lambda: _("No hay ningún tema con ese código."), 404))
    api.add_exception_handler(UnknownFilter, _unknown_filter)
    api.add_exception_handler(TramiteWithdrawn, _withdrawn)
    api.add_exception_handler(DraftNotFound, _no_draft)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http_error)


def _no_draft(request: HttpRequest, error: Any) -> HttpResponse:
    with translation.override(locale_of(request)):
        title = _("Este borrador no existe, o su enlace venció o fue retirado.")
        return problem_response(404, title, headers={"Cache-Control": "no-store"})


def _unknown_filter(request: HttpRequest, error: Any) -> HttpResponse:
    with translation.override(locale_of(request)):
        wrong = [{"where": f"query.{error}", "what": _("Aquí no se filtra: el archivo va siempre entero.")}]
        return problem_response(422, _("La consulta no es válida."), errors=wrong)


def _withdrawn(request: HttpRequest, error: Any) -> HttpResponse:
    """404 as for what never was, and what became of it: since when, why, and what stands in its place."""
    gone: Withdrawal = error.withdrawal
    locale = locale_of(request)
    told: dict[str, Any] = {
        "retirado": True,
        "codigo": gone.codigo,
        "nombre": gone.nombre,
        "retirado_at": gone.at.astimezone(LIMA).isoformat() if gone.at else None,
        "motivo": gone.motivo or None,
        "reemplazo": instead(gone.reemplazo, locale) if gone.reemplazo else None,
    }
    with translation.override(locale):
        return problem_response(404, _("Este trámite fue retirado."), **told)


def instead(tramite: Tramite, locale: str) -> dict[str, str]:
    name = tramite.nombre_qu if locale == "qu" and tramite.nombre_qu else tramite.nombre
    return {"codigo": tramite.codigo, "nombre": name, "url": f"/{locale}/tramites/{tramite.codigo}/"}


def _title(status: int) -> str:
    titles = {
        400: _("La consulta no se puede leer."),
        404: _("No hay nada en esta dirección."),
        405: _("En esta dirección no se puede hacer eso."),
    }
    return titles.get(status) or (
        _("Algo falló de nuestro lado. Prueba otra vez en un momento.")
        if status >= 500
        else _("La consulta no es válida.")
    )


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    with translation.override(locale_of(request)):
        wrong = [{"where": ".".join(map(str, e["loc"])), "what": _what(e)} for e in error.errors]
        return problem_response(422, _("La consulta no es válida."), errors=wrong)


def _what(error: Mapping[str, Any]) -> str:
    """What pydantic found wrong (https://docs.pydantic.dev/latest/errors/validation_errors/), in our words."""
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind in ("enum", "literal_error"):
        values = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return _("Tiene que ser uno de estos: {valores}.").format(valores=", ".join(values))
    if kind == "greater_than_equal":
        return _("Tiene que ser {numero} o más.").format(numero=context["ge"])
    if kind == "less_than_equal":
        return _("Tiene que ser {numero} o menos.").format(numero=context["le"])
    if kind == "string_too_long":
        most = context["max_length"]
        return _("Es demasiado largo: puede tener hasta {numero} caracteres.").format(numero=most)
    if kind.startswith("int_"):
        return _("Tiene que ser un número entero.")
    if kind.startswith("bool_"):
        return _("Tiene que ser true o false.")
    if kind.startswith("date_"):
        return _("Tiene que ser una fecha, así: {ejemplo}.").format(ejemplo="2026-11-20")
    return _("No es válido.")


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    with translation.override(locale_of(request)):
        return problem_response(error.status_code, _title(error.status_code))
