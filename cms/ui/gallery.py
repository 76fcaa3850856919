"""The live gallery: every token and component of the citizens' pages, as they are, for whoever builds or changes one."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.ui.blocks import Bloque
from cms.ui.tokens import contrasts, tokens

ICONS = ("phone", "chat", "place", "link")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """No search engine lists it: it helps nobody with a tramite."""
    response = render(request, "ui/gallery.html", _shown())
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _shown() -> dict[str, Any]:
    listed = (_("Trámites"), _("Centros MAC"), _("Chat"))
    return {
        "colours": [token for token in tokens().values() if token.color],
        "sizes": [token for token in tokens().values() if not token.color],
        "contrasts": contrasts(),
        "icons": ICONS,
        "listed": listed,
        "blocks": _blocks(listed),
        "fee": {"antes": "RENIEC: ", "figura": "S/ 35.00", "around_code": (", ", "00522", ".")},
        "page": _middle_page(),
        # The crumbs of an example lead nowhere else.
        "up_url": "#contenido",
    }


def _blocks(listed: tuple[str, ...]) -> list[Bloque]:
    """One of each kind an answer is made of."""
    sentence = _("Aló MAC: una persona te atiende por teléfono, en español y en quechua.")
    return [
        Bloque("parrafo", sentence),
        Bloque("lista", items=listed),
        Bloque("monto", "RENIEC: S/ 35.00.", destacado="S/ 35.00"),
        Bloque("monto", sentence, destacado="1800"),
        Bloque("aviso", sentence),
        Bloque("enlace", "RENIEC:", url="https://www.gob.pe/reniec"),
        Bloque("nota", sentence),
    ]


def _middle_page() -> SimpleNamespace:
    """The second of three, so that both ways are shown."""
    return SimpleNamespace(
        number=2,
        has_previous=True,
        has_next=True,
        previous_page_number=1,
        next_page_number=3,
        paginator=SimpleNamespace(num_pages=3),
    )
