"""Replies that are ready to send, in the citizen's language; those about a trámite are made of its ficha and quote it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.conversations.operations.agents import public_name
from cms.desk.quoting import Card, name_in
from cms.directory.hours import LIMA
from cms.tramites.queries import Published

# Titles are for the agent, in Spanish; what is sent goes through the catalogue.
PHRASES: dict[str, tuple[str, Callable[[], str]]] = {
    "momento": ("Un momento", lambda: _("Un momento, por favor: lo reviso y te escribo aquí mismo.")),
    "mas": ("Pedir que explique", lambda: _("¿Me cuentas un poco más? ¿Qué trámite quieres hacer y para quién?")),
    "privado": (
        "No hace falta su DNI",
        lambda: _("No hace falta que escribas aquí tu número de DNI ni otros datos personales."),
    ),
    "sin_dato": (
        "No lo sabemos aquí",
        lambda: _("Ese dato no lo tenemos confirmado aquí y no quiero darte uno equivocado. Pregúntalo a la entidad."),
    ),
    "sigues": ("¿Sigues ahí?", lambda: _("¿Sigues ahí? Si ya no necesitas nada más, cierro la conversación.")),
    "despedida": (
        "Despedida",
        lambda: _("Me alegra haberte ayudado. Si necesitas algo más, escríbenos aquí o llama al 1800. Hasta luego."),
    ),
}  # fmt: skip
# The aspects citizens ask for most: each has a key of its own at the desk.
ASPECT_KEYS = {"requisitos": "q", "costo": "c", "plazo": "p", "donde": "d", "horario": "h"}
PHRASE_KEYS = {"saludo": "s", "enlace": "e"}


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` is what is put into the box. `key`: the letter that does it with Alt, where there is one."""

    name: str
    title: str
    text: str
    key: str = ""


def replies(agent: User, locale: str, published: Published | None, cards: list[Card]) -> list[Reply]:
    """The greeting first, then what the ficha gives, then the rest; all in `locale`."""
    with translation.override(locale):
        found = [Reply("saludo", "Saludo", greeting(agent, timezone.now()), PHRASE_KEYS["saludo"])]
        if published is not None:
            found += _of_ficha(published, locale, cards)
        found += [Reply(name, title, text()) for name, (title, text) in PHRASES.items()]
    return found


def greeting(agent: User, at: datetime) -> str:
    """By Lima's clock, with the agent's public name; in the language in force."""
    hour = at.astimezone(LIMA).hour
    if hour < 12:
        words = _("Buenos días, soy {name}, de Aló MAC. ¿En qué te ayudo?")
    elif hour < 19:
        words = _("Buenas tardes, soy {name}, de Aló MAC. ¿En qué te ayudo?")
    else:
        words = _("Buenas noches, soy {name}, de Aló MAC. ¿En qué te ayudo?")
    return words.format(name=public_name(agent))


def _of_ficha(published: Published, locale: str, cards: list[Card]) -> list[Reply]:
    link = f"{settings.PUBLIC_URL}/{locale}/tramites/{published.codigo}/"
    words = _("Aquí está todo sobre «{nombre}»: {url}").format(nombre=name_in(published, locale), url=link)
    by_aspect = {card.respuesta.aspecto: card for card in cards}
    told = [
        Reply(aspecto, by_aspect[aspecto].titulo, by_aspect[aspecto].cita, key)
        for aspecto, key in ASPECT_KEYS.items()
        if aspecto in by_aspect and by_aspect[aspecto].known
    ]
    return [*told, Reply("enlace", "Enlace a la ficha", words, PHRASE_KEYS["enlace"])]
