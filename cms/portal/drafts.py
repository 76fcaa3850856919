"""Showing an editor the page a draft would become."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from pydantic import ValidationError

from cms.portal.views import tramite_page
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import FichaPage
from cms.tramites.operations import translations
from cms.tramites.queries import draft


def render_draft(page: FichaPage, request: HttpRequest, locale: str) -> HttpResponse:
    """The draft in `locale`, with the Quechua there is for it; a sentence where it does not hold together yet."""
    try:
        ficha = ficha_of_page(page)
    except ValidationError as error:
        said = "\n".join(str(detail["msg"]) for detail in error.errors())
        text = f"Este borrador todavía no se puede mostrar. Falta o sobra algo:\n\n{said}"
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    ficha = ficha.model_copy(update={"qu": translations(ficha.codigo, ficha.es)})
    with translation.override(locale):
        return tramite_page(request, draft(ficha, page.get_parent().specific.entidad))
