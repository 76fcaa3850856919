"""Lists and one visit, read aloud: the words that stand on the page, as many as one listens to."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.narration.told import Line, lines_of
from cms.portal.queries import Entry, spanish_ones
from cms.portal.visit import Visit
from voice.pieces import Language

MOST_NAMES = 12


def address(request: HttpRequest, page: str, **more: str) -> str:
    """Where this very page is heard: under the question that is asked of it."""
    asked = request.GET.copy()
    for name, value in more.items():
        asked[name] = value
    query = asked.urlencode()
    return f"/{own()}/escuchar-pagina/{page}.mp3{f'?{query}' if query else ''}"


def own() -> Language:
    return "qu" if get_language() == "qu" else "es"


def said(text: str) -> Line:
    """A sentence of the page; a title ends like one."""
    return text if text[-1:] in ".?!:" else f"{text}.", own()


def names(entries: Sequence[Entry], most: int = MOST_NAMES) -> list[Line]:
    """The names, after what is to be known of all of them: that some are told in Spanish."""
    shown = entries[:most]
    notice = spanish_notice(spanish_ones(shown))
    told: list[Line] = [(f"{row.nombre}.", "es" if row.idioma == "es" else own()) for row in shown]
    return [said(notice), *told] if notice else told


def spanish_notice(which: str) -> str:
    """What is said once above a list in Quechua of which some, or all, lead to Spanish."""
    if which == "all":
        return _(
            "Estos trámites todavía están solo en castellano. Si prefieres el quechua, llama al 1800: una persona te los explica."
        )
    if which == "some":
        return _(
            "Donde dice «en castellano», el trámite todavía no está en quechua. Si prefieres el quechua, llama al 1800: una persona te lo explica."
        )
    return ""


def listing(title: str, entries: Sequence[Entry], total: int) -> list[Line]:
    counted = ngettext("%(n)s trámite", "%(n)s trámites", total) % {"n": total}
    return [*([said(title)] if title else []), said(counted), *names(entries)]


def found(entries: Sequence[Entry]) -> list[Line]:
    """What a search found. The words that were searched for are not said: nobody need hear them."""
    ask = said(_("¿No es lo que buscabas? Pregunta a una persona."))
    if entries:
        counted = ngettext("%(n)s trámite", "%(n)s trámites", len(entries)) % {"n": len(entries)}
        return [said(counted), *names(entries), ask]
    nothing = _(
        "No encontramos un trámite con esas palabras. Prueba con otras, más cortas, o pregunta a una persona."
    )
    return [said(nothing), ask]


def no_longer(entries: Sequence[Entry]) -> list[Line]:
    """What a list that was shared names and that is no longer public."""
    told = said(_("Este trámite ya no está publicado"))
    return [line for row in entries for line in (told, (f"{row.nombre}.", _language(row.idioma)))]


def visit_lines(entries: Sequence[Entry], visit: Visit, places: Sequence[dict[str, Any]]) -> list[Line]:
    """One visit from top to bottom: what to do, what to have ready, what to pay, where to go."""
    lines = [said(_("Una sola visita"))]
    if not entries:
        return [
            *lines,
            said(_("Elige tus trámites. Te damos una sola lista de lo que necesitas y lo que pagas.")),
        ]
    lines += [said(_("Lo que vas a hacer")), *names(entries)]
    lines.append(said(_("Primero: lo que necesitas")))
    if visit.doubtful:
        lines.append(said(_("Hay datos por confirmar con la entidad. Pregunta antes de ir o de pagar.")))
        lines += [(f"{name}.", _language(idioma)) for name, idioma in visit.doubtful]
    for group in visit.groups:
        lines.append(said(group.titulo))
        lines += [(line.need.texto, "es" if line.need.idioma == "es" else own()) for line in group.lines]
    if visit.without_list:
        lines.append(said(_("De estos todavía no sabemos qué piden. Pregunta al 1800:")))
        lines += [(f"{name}.", _language(idioma)) for name, idioma in visit.without_list]
    return [*lines, *_payments(visit), *_places(visit, places)]


def _payments(visit: Visit) -> Iterable[Line]:
    yield said(_("Después: lo que pagas"))
    for payment in visit.payments:
        yield f"{payment.nombre}.", _language(payment.idioma)
        if payment.por_confirmar:
            yield said(_("por confirmar"))
        for line in payment.lines:
            yield line.texto, "es" if line.idioma == "es" else own()
            if line.codigo_pago and line.codigo_pago not in line.texto:
                yield said(f"{_('Código de pago:')} {line.codigo_pago}")
        if not payment.lines:
            yield said(_("No sabemos cuánto cuesta. Pregunta antes de ir."))
        yield from lines_of(payment.notas, own())


def _places(visit: Visit, places: Sequence[dict[str, Any]]) -> Iterable[Line]:
    yield said(_("Al final: el lugar"))
    if visit.sedes is None:
        yield said(_("No sabemos en qué centro se hacen todos. Antes de salir, llama al 1800 y pregunta."))
    elif not places:
        yield said(_("Ningún centro que conocemos los hace todos. Llama al 1800 y pregunta."))
    for place in places:
        yield f"{place['sede'].nombre}.", "es"
        if place["sentence"]:
            yield said(place["sentence"])


def _language(idioma: str) -> Language:
    return "es" if idioma == "es" else own()
