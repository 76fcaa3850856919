"""The live gallery: every token and component of the citizens' pages, as they are, for whoever builds or changes one."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.ui.blocks import Bloque
from cms.ui.packing import packed
from cms.ui.tokens import contrasts, tokens

ICONS = ("phone", "chat", "place", "link")


@require_safe
@packed
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
        "chat": _chat(listed),
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


def _chat(listed: tuple[str, ...]) -> SimpleNamespace:
    """A line of each who writes, and how a conversation stands with all that may be asked there."""
    sentence = _("Aló MAC: una persona te atiende por teléfono, en español y en quechua.")
    said = (SimpleNamespace(text=sentence, items=()), SimpleNamespace(text="", items=listed))
    answer = {
        "parts": said,
        "source": {"url": "#contenido", "title": listed[0], "doubt": _("por confirmar")},
        "choices": [{"title": one, "payload": "none"} for one in listed],
        "offer": {"label": _("Hablar con una persona de Aló MAC"), "button": True},
    }
    return SimpleNamespace(
        lines=[
            _line(1, "citizen", _("Tú"), parts=said[:1], is_citizen=True),
            _line(2, "assistant", _("Asistente virtual"), **answer),
            _line(3, "agent", _("Persona de Aló MAC"), parts=said[:1]),
            _line(4, "system", _("Aviso"), parts=said[:1]),
        ],
        standing=[sentence],
        undo=_("Ya no, sigo con el asistente"),
        asks_contact=True,
        best_times=[(one, one) for one in listed],
        contact_problem=sentence,
        live=True,
        rates=True,
        scores=list(enumerate(listed, 1)),
        conversation_id="none",
        may_close=True,
    )


def _line(seq: int, sender: str, who: str, **more: Any) -> dict[str, Any]:
    return {"seq": seq, "sender": sender, "who": who, "clock": "10:30", "iso": "10:30", **more}


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
