"""What the chat page shows: the lines of the conversation and how it stands, in words, ready for a template."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from cms.channels.web.listening import may_be_heard
from cms.conversations.models import Conversation, Handoff, HandoffState, Message, Owner, Sender
from cms.conversations.operations.handoffs import (
    asks_contact,
    day_and_hour,
    masked,
    open_handoff,
    takes_contact,
)
from cms.conversations.payloads import HANDOFF, UNDO_HANDOFF
from cms.conversations.phrases import LANGUAGE_CHOICES, say
from cms.conversations.queries import is_being_answered, messages_after
from cms.conversations.rendering import Rendering
from cms.conversations.serving import Served, handoff_offer, served
from cms.directory.hours import LIMA
from cms.directory.models import Sede
from cms.tramites.labels import aspect_title
from cms.tramites.models import Tramite
from cms.tramites.queries import TramiteNotFound, published
from cms.tramites.schema import Aspecto

ITEM = "- "
ERASED, FORGOTTEN = "erased", "forgotten"


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or a list when there are items."""

    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer can be read in full; `doubt` names how sure it is, where it is not."""

    url: str
    title: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The person offered with a line; `button` is False where a person is there or the line's choices ask already."""

    label: str
    button: bool


@dataclass(frozen=True, slots=True)
class Line:
    seq: int
    sender: str
    who: str
    iso: str
    clock: str
    lang: str
    parts: tuple[Part, ...]
    choices: list[dict[str, Any]]
    source: Source | None
    offer: Offer | None
    # Where it can be listened to; empty for what may not be.
    sound: str = ""

    @property
    def is_citizen(self) -> bool:
        return self.sender == Sender.CITIZEN


@dataclass(frozen=True, slots=True)
class Reading:
    """The ficha that was being read."""

    nombre: str
    url: str
    lang: str


@dataclass(slots=True)
class Page:
    """Everything the templates of the chat need."""

    lines: list[Line]
    owner: str = str(Owner.ASSISTANT)
    conversation_id: str = ""
    # Whether something may come without the citizen doing anything.
    live: bool = False
    standing: list[str] = field(default_factory=list)
    # The label of the button that takes the request back; empty where there is nothing to take back.
    undo: str = ""
    asks_contact: bool = False
    # A contact may be left while waiting, for the case that the line breaks.
    may_leave_contact: bool = False
    rates: bool = False
    may_close: bool = False
    other_language: str = ""
    reading: Reading | None = None
    codigo: str = ""
    client_id: str = field(default_factory=lambda: uuid4().hex)
    draft: str = ""
    problem: str = ""
    contact_draft: str = ""
    contact_problem: str = ""
    # What became of the conversation before this one, which says nothing any more.
    told: str = ""

    @property
    def best_times(self) -> list[tuple[str, str]]:
        return [
            ("any", _("A cualquier hora")),
            ("morning", _("En la mañana, de 8 a 12")),
            ("afternoon", _("En la tarde, de 12 a 18")),
            ("evening", _("En la noche, de 18 a 20")),
        ]

    @property
    def scores(self) -> list[tuple[int, str]]:
        return [(1, _("Nada")), (2, _("Poco")), (3, _("Regular")), (4, _("Bastante")), (5, _("Mucho"))]


def new_page(locale: str, codigo: str) -> Page:
    """Before anything was said: the greeting the conversation will begin with. Nothing is stored for a look."""
    reading = reading_of(codigo, locale)
    unsaved = Conversation(locale=locale, codigo=codigo if reading else "")
    greeting = Rendering(unsaved, None).greeting()
    message = Message(
        seq=1, sender=greeting.sender, locale=locale, text=greeting.text, choices=greeting.choices
    )
    return Page(
        lines=_lines(served(unsaved, [message]), locale),
        reading=reading,
        codigo=codigo if reading else "",
        standing=_before_asking(handoff_offer(unsaved), locale),
    )


def page_of(conversation: Conversation, locale: str, after: int = 0) -> Page:
    """The conversation from the message after `after` on, seen from a page in `locale`."""
    handoff = open_handoff(conversation)
    answering = is_being_answered(conversation)
    closed = conversation.owner == Owner.CLOSED
    return Page(
        lines=_lines(served(conversation, messages_after(conversation, after)), locale),
        owner=str(conversation.owner),
        conversation_id=str(conversation.pk),
        live=answering or handoff is not None or conversation.owner == Owner.AGENT,
        standing=_standing(conversation, handoff, locale, answering=answering),
        undo=say("undo_handoff", locale) if handoff and handoff.state != HandoffState.ACTIVE else "",
        asks_contact=asks_contact(conversation, handoff),
        may_leave_contact=takes_contact(conversation, handoff),
        rates=closed and conversation.rating is None,
        may_close=not closed,
        other_language=LANGUAGE_CHOICES[locale] if conversation.locale != locale else "",
    )


def told_of(done: str) -> str:
    """What somebody has just done with a conversation, that it was done and what it means; empty for anything else."""
    if done == ERASED:
        return _(
            "Se borró toda la conversación. MAC ya no guarda lo que escribiste ni tu pedido de que te busquen."
        )
    return _("La conversación terminó y ya no se ve en este equipo.") if done == FORGOTTEN else ""


def reading_of(codigo: str, locale: str) -> Reading | None:
    try:
        found = published(codigo).tramite if codigo else None
    except TramiteNotFound:
        return None
    if found is None:
        return None
    own = found.nombre_qu if locale == "qu" else found.nombre
    return Reading(own or found.nombre, f"/{locale}/tramites/{codigo}/", "" if own else "es")


def _standing(
    conversation: Conversation, handoff: Handoff | None, locale: str, *, answering: bool
) -> list[str]:
    offer = handoff_offer(conversation)
    if conversation.owner == Owner.AGENT:
        return [_("Te atiende una persona de Aló MAC. Escríbele aquí mismo.")]
    if handoff is not None and offer["state"] == "queue":
        return [_waiting(offer), *_wait(offer)]
    if handoff is not None:
        return _callback(handoff, offer, locale)
    if conversation.owner == Owner.CLOSED:
        return [_("Esta conversación terminó. Si escribes de nuevo, te responde el asistente.")]
    if answering:
        return [_("El asistente sigue buscando tu respuesta.")]
    return _before_asking(offer, locale)


def _waiting(offer: Served) -> str:
    return _("Esperas a una persona de Aló MAC. Tu lugar en la cola: {lugar}.").format(
        lugar=offer["position"]
    )


def _wait(offer: Served) -> list[str]:
    """The range learnt from measured waits; nothing where too few were measured."""
    if offer["wait_seconds"] is None or offer["wait_seconds_max"] is None:
        return []
    shortest, longest = (max(round(offer[name] / 60), 1) for name in ("wait_seconds", "wait_seconds_max"))
    if shortest == longest:
        return [_("La espera suele ser de {minutos} min.").format(minutos=shortest)]
    return [_("La espera suele ser de {desde} a {hasta} min.").format(desde=shortest, hasta=longest)]


def _callback(handoff: Handoff, offer: Served, locale: str) -> list[str]:
    said = []
    if offer["case_number"]:
        said.append(_("Tu número de caso es {caso}.").format(caso=offer["case_number"]))
    if handoff.contact:
        said.append(_("Te buscaremos en {contacto}.").format(contacto=masked(handoff)))
    return said + _opening(offer, locale)


def _opening(offer: Served, locale: str) -> list[str]:
    if offer["opens_at"] is None:
        return []
    opens = day_and_hour(datetime.fromisoformat(offer["opens_at"]), locale)
    return [_("Las personas de Aló MAC atienden de nuevo: {cuando}.").format(cuando=opens)]


def when_called(locale: str) -> str:
    """When somebody will call who asks for it now, as far as it is known; empty where it is not."""
    offer = handoff_offer(Conversation(locale=locale))
    if offer["state"] in ("now", "queue"):
        return _("Aló MAC está atendiendo ahora.")
    if offer["opens_at"] is None:
        return ""
    opens = day_and_hour(datetime.fromisoformat(offer["opens_at"]), locale)
    return _("Ahora Aló MAC no atiende. Te buscará cuando abra: {cuando}.").format(cuando=opens)


def _before_asking(offer: Served, locale: str) -> list[str]:
    """What somebody who thinks of asking for a person should know."""
    if offer["state"] == "callback":
        later = _(
            "Ahora no hay una persona libre en el chat. Si la pides, te damos un número de caso y te buscamos."
        )
        return [later, *_opening(offer, locale)]
    if offer["state"] == "queue":
        place = _("Si pides una persona ahora, tu lugar en la cola será el {lugar}.")
        return [place.format(lugar=offer["position"]), *_wait(offer)]
    return []


def _lines(messages: Iterable[Served], locale: str) -> list[Line]:
    shown = list(messages)
    names = _names([message["answer"] for message in shown if message.get("answer")], locale)
    return [_line(message, names, locale) for message in shown]


def _names(answers: list[Served], locale: str) -> dict[str, str]:
    """What the fichas and places of these answers are called, withdrawn ones too: what was said stays said."""
    codigos = {answer["codigo"] for answer in answers if answer.get("codigo")}
    sedes = {answer["sede"] for answer in answers if answer.get("sede")}
    rows = Tramite.objects.filter(codigo__in=codigos).values_list("codigo", "nombre", "nombre_qu")
    names = {codigo: (qu if locale == "qu" else "") or es for codigo, es, qu in rows}
    return names | dict(Sede.objects.filter(codigo__in=sedes).values_list("codigo", "nombre"))


def _line(message: Served, names: dict[str, str], locale: str) -> Line:
    at = datetime.fromisoformat(message["at"]).astimezone(LIMA)
    # Taking a request back is offered once, with how the conversation stands, and not in every old line.
    choices = [choice for choice in message.get("choices") or [] if choice["payload"] != UNDO_HANDOFF]
    return Line(
        seq=message["seq"],
        sender=message["sender"],
        who=_who(message["sender"]),
        iso=message["at"],
        clock=f"{at:%H:%M}",
        lang=message["locale"] if message["locale"] != locale else "",
        parts=parts_of(message["text"]),
        choices=choices,
        source=_source(message.get("answer"), names, locale),
        offer=_offer(message.get("handoff"), choices),
        sound=_sound(message, locale),
    )


def _sound(message: Served, locale: str) -> str:
    heard = may_be_heard(message["sender"], message["text"], message["locale"])
    return f"/{locale}/chat/oir/{message['seq']}.mp3" if heard else ""


def _who(sender: str) -> str:
    return {
        Sender.CITIZEN: _("Tú"),
        Sender.ASSISTANT: _("Asistente virtual"),
        Sender.AGENT: _("Persona de Aló MAC"),
        Sender.SYSTEM: _("Aviso"),
    }[Sender(sender)]


def parts_of(text: str) -> tuple[Part, ...]:
    """Lines that begin with a dash, as the answers write their lists, together; each other line by itself."""
    found: list[Part] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if not line.startswith(ITEM):
            found.append(Part(line))
        elif found and found[-1].items:
            found[-1] = Part(items=(*found[-1].items, line.removeprefix(ITEM)))
        else:
            found.append(Part(items=(line.removeprefix(ITEM),)))
    return tuple(found)


def _source(answer: Served | None, names: dict[str, str], locale: str) -> Source | None:
    """The facts alone do not say what they are about; the link that leads to them does."""
    if answer is None:
        return None
    about = names.get(answer.get("codigo") or answer.get("sede") or "", "")
    aspect = aspect_title(Aspecto(answer["aspecto"]), locale)
    title = f"{about} · {aspect}" if about else aspect
    return Source(answer["url"], title, _doubt(answer["confianza"]))


def _doubt(confidence: str) -> str:
    if confidence == "sin_dato":
        return _("sin dato confirmado")
    return _("por confirmar") if confidence in ("media", "baja") else ""


def _offer(handoff: Served | None, choices: list[dict[str, Any]]) -> Offer | None:
    if handoff is None:
        return None
    asked = any(choice["payload"] == HANDOFF for choice in choices)
    button = not asked and not handoff["requested"] and handoff["state"] != "active"
    return Offer(handoff["label"], button)
