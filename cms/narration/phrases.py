"""The fixed sentences that are only ever heard: what the large pictures say, and what the page is."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

PHRASES: dict[str, Callable[[], str]] = {
    "llamar": lambda: _(
        "Para hablar por teléfono con una persona, toca otra vez este dibujo. "
        "Llamarás al 1800. Te atienden en español y en quechua."
    ),
    "quechua": lambda: _(
        "¿Quieres que te busquen en quechua? Toca otra vez este dibujo y deja tu número de teléfono. "
        "Una persona te buscará."
    ),
    "lugar": lambda: _("Para saber dónde hay un Centro MAC, toca otra vez este dibujo."),
    "ayuda": lambda: _(
        "Esta es la página de Mejor Atención al Ciudadano, MAC. Aquí te explicamos los trámites del Estado. "
        "Arriba hay cuatro dibujos. El teléfono llama a una persona, al 1800. "
        "El parlante te lee la página. La cara es para que te busquen en quechua. "
        "La marca en el mapa te dice dónde hay un Centro MAC."
    ),
    "elegir": lambda: _(
        "Esta es la página de Mejor Atención al Ciudadano, MAC. "
        "Para seguir en español, toca el primer botón de abajo. "
        "Para seguir en quechua, toca el segundo botón."
    ),
    "contacto": lambda: _(
        "Escribe aquí tu número de teléfono. Después toca el botón de abajo. "
        "Una persona de Aló MAC te buscará y te hablará en quechua."
    ),
}


def phrase(key: str, locale: str) -> str:
    """Raises KeyError for a sentence there is not."""
    with translation.override(locale):
        return PHRASES[key]()
