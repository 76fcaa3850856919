"""What lists, a moment of life, a region and one visit say, read aloud: their own words, and no more than is listened to.

The notices that stand on a page are heard before the rest of it.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.directory.hours import LIMA, holidays_ahead
from cms.directory.models import Estado
from cms.directory.queries import EntidadNotFound, sedes
from cms.directory.queries import entidad as entity
from cms.narration.hearing import for_player
from cms.narration.keeping import Audio
from cms.narration.making import ready_for_now
from cms.narration.phrases import phrase
from cms.narration.serving import sound
from cms.narration.told import Line, script_for, told_notice, told_notices
from cms.narration.views import tells_why
from cms.notices.queries import (
    Touched,
    closures,
    in_force,
    tell,
    together,
    touched_by_ficha,
)
from cms.portal import queries, spoken
from cms.portal.seed import moments
from cms.portal.spoken import MOST_NAMES, own, said
from cms.portal.views import (
    PER_PAGE,
    entries_of,
    filters_of,
    found_by,
    page_locale,
    places_open_first,
    with_hours,
    words_of,
)
from cms.portal.visit import chosen, plan
from cms.ui.formats import partial_date


@require_safe
@tells_why
def moment(request: HttpRequest, moment: str, form: str) -> HttpResponse:
    return _served(request, _moment(moment), form)


@require_safe
@tells_why
def region(request: HttpRequest, form: str) -> HttpResponse:
    return _served(request, _region(request.GET.get("region", "")[:60]), form)


@require_safe
@tells_why
def page(request: HttpRequest, page: str, form: str) -> HttpResponse:
    """A list, as it stands under the question in the address."""
    lines = PAGES.get(page)
    if lines is None:
        raise Http404(page)
    return _served(request, (*told_notices(_touched(request, page), page_locale()), *lines(request)), form)


@require_safe
@tells_why
def notice(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """One notice by itself, beside its words on a page: there only while it is in force."""
    found = next((one for one in in_force() if one.pk == number), None)
    if found is None:
        raise Http404(number)
    return _served(request, told_notice(tell(found, page_locale()), page_locale()), form)


def _touched(request: HttpRequest, page: str) -> Touched | None:
    """What the page itself is about, and so whose notices stand on it."""
    if page in ("inicio", "sedes"):
        return None
    if page == "visita":
        return together(map(touched_by_ficha, chosen(request.GET.getlist("t"))[0]))
    codigo = request.GET.get("codigo", "").lower()[:100] if page == "entidad" else ""
    return Touched(entidades=frozenset({codigo} if codigo else ()))


def _inicio(request: HttpRequest) -> list[Line]:
    return [said(phrase("ayuda", page_locale()))]


def _tramites(request: HttpRequest) -> list[Line]:
    rows = Paginator(queries.filtered(filters_of(request), page_locale()), PER_PAGE)
    if not rows.count:
        return [
            said(_("No hay trámites con lo que elegiste. Quita algo de lo elegido o pregunta a una persona."))
        ]
    shown = rows.get_page(request.GET.get("pagina"))
    return spoken.listing(_("Trámites"), entries_of(list(shown.object_list)), rows.count)


def _buscar(request: HttpRequest) -> list[Line]:
    q = words_of(request)
    return spoken.found(entries_of(found_by(q)[0])) if q else [said(_("Buscar"))]


def _entidades(request: HttpRequest) -> list[Line]:
    names: list[Line] = [(f"{one.corto}.", "es") for one in queries.entidades_with_tramites()]
    return [said(_("Entidades")), *names]


def _entidad(request: HttpRequest) -> list[Line]:
    try:
        found = entity(request.GET.get("codigo", "")[:100])
    except EntidadNotFound as error:
        raise Http404("no such entity") from error
    rows = Paginator(queries.offered_by(found, page_locale()), PER_PAGE)
    if not rows.count:
        return [(f"{found.corto}.", "es"), said(_("Todavía no tenemos trámites de esta entidad."))]
    shown = entries_of(list(rows.get_page(request.GET.get("pagina")).object_list))
    return [(f"{found.nombre}.", "es"), *spoken.listing("", shown, rows.count)]


def _sedes(request: HttpRequest) -> list[Line]:
    names: list[Line] = []
    for name, count in queries.places_by_region().items():
        names += [(f"{name}.", "es"), *([] if count else [said(_("sin confirmar"))])]
    others = _(
        "De las otras regiones no tenemos centros confirmados. Llama al 1800 y pregunta cuál te queda más cerca."
    )
    return [said(_("Centros MAC y MAC Express")), said(_("¿En qué región estás?")), *names, said(others)]


def _visita(request: HttpRequest) -> list[Line]:
    fichas, gone = chosen(request.GET.getlist("t"))
    visit = plan(fichas, page_locale())
    rows = entries_of(queries.by_codes(one.codigo for one in fichas))
    told = spoken.visit_lines(rows, visit, places_open_first(sorted(visit.sedes)) if visit.sedes else [])
    return [*told[:1], *spoken.no_longer(queries.withdrawn_entries(gone, page_locale())), *told[1:]]


PAGES: dict[str, Callable[[HttpRequest], list[Line]]] = {
    "inicio": _inicio,
    "tramites": _tramites,
    "buscar": _buscar,
    "entidades": _entidades,
    "entidad": _entidad,
    "sedes": _sedes,
    "visita": _visita,
}


def _served(request: HttpRequest, lines: tuple[Line, ...], form: str) -> HttpResponse:
    if form not in ("mp3", "json"):
        raise Http404(form)
    audio: Audio = ready_for_now(script_for(lines))
    if form == "mp3":
        return sound(request, audio, "public, no-cache")
    response = JsonResponse(for_player(audio))
    patch_cache_control(response, no_cache=True)
    return response


def _moment(wanted: str) -> tuple[Line, ...]:
    found = next((row for row in moments() if row.id == wanted), None)
    entries = entries_of(queries.by_codes(found.codigos)) if found else []
    if found is None or not entries:
        raise Http404(wanted)
    often = _("Estos trámites suelen ir juntos. Empieza por el primero.")
    touched = Touched(tramites=frozenset(entry.codigo for entry in entries))
    first = told_notices(touched, page_locale())
    return (*first, (f"{found.name(page_locale())}.", own()), (often, own()), *spoken.names(entries))


def _as_of(when: str) -> str:
    """The doubt that stands beside the hours of a place whose date is known."""
    told = _("Por confirmar: estos datos son de %(when)s.") % {"when": partial_date(when, page_locale())}
    return told if when else ""


def _region(wanted: str) -> tuple[Line, ...]:
    now = datetime.now(LIMA)
    holidays = holidays_ahead(now)
    known = sedes(region=wanted) if wanted else []
    found = [one for one in known if one.estado != Estado.EN_IMPLEMENTACION]
    if not found:
        raise Http404(wanted)
    touched = Touched(sedes=frozenset(one.codigo for one in known), regiones=frozenset({wanted}))
    lines: list[Line] = list(told_notices(touched, page_locale(), now))
    lines += [(_("Centros MAC en %(region)s") % {"region": wanted} + ".", own())]
    shared, shut = queries.shared_confirmation(found), closures(now)
    lines.append((_as_of(shared), own()))
    for one in [one for one in found if one.es_centro][:MOST_NAMES]:
        lines += [(f"{one.nombre}.", "es"), (str(with_hours(one, now, holidays, shut)["sentence"]), own())]
        lines.append(("" if shared else _as_of(one.confirmado), own()))
    express = [one for one in found if not one.es_centro]
    if express:
        lines += [(f"{one.nombre}.", "es") for one in express[:MOST_NAMES]]
        unsure = _(
            "De los MAC Express no tenemos confirmado el horario ni la dirección. Antes de ir, llama al 1800."
        )
        lines.append((unsure, own()))
    return tuple(line for line in lines if line[0])
