"""An aspect of a ficha as an agent sends it: in the citizen's language, naming the version it is taken from."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cms.tramites.answers import answers
from cms.tramites.labels import aspect_title
from cms.tramites.queries import Published
from cms.tramites.schema import Aspecto
from cms.ui.blocks import Respuesta


@dataclass(frozen=True, slots=True)
class Card:
    """One aspect beside the conversation: what it says to the agent, and what is sent when it is inserted."""

    titulo: str
    respuesta: Respuesta
    cita: str

    @property
    def doubtful(self) -> bool:
        return self.respuesta.confianza in ("media", "baja")

    @property
    def known(self) -> bool:
        return self.respuesta.confianza != "sin_dato"


def cards(published: Published, locale: str) -> list[Card]:
    """All aspects, those that are known first; titles are Spanish, for the agent, the rest is in `locale`."""
    found = [
        Card(aspect_title(Aspecto(said.aspecto), "es"), said, quotation(published, said, locale))
        for said in answers(published, locale)
    ]
    return sorted(found, key=lambda card: not card.known)


def quotation(published: Published, said: Respuesta, locale: str) -> str:
    """The text of the answer, and where it can be read again."""
    with translation.override(locale):
        origin = _("Ficha «{nombre}», versión {numero}: {url}").format(
            nombre=name_in(published, locale), numero=said.revision, url=f"{settings.PUBLIC_URL}{said.url}"
        )
    return f"{said.texto}\n{origin}"


def name_in(published: Published, locale: str) -> str:
    return (published.tramite.nombre_qu if locale == "qu" else "") or published.tramite.nombre
