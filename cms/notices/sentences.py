"""The notices in force as plain sentences, for where there is no page: the greeting of a conversation, and who listens."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cms.notices import queries
from cms.notices.queries import Told, Touched

# A greeting must stay one: the rest is on the pages and is told when asked.
MOST = 2


def sentences(codigo: str, locale: str) -> list[str]:
    """The most severe that concern the tramite, or everybody where there is none."""
    found = queries.concerning(queries.touched_by(codigo=codigo) if codigo else None)
    with translation.override(locale):
        return [
            _("Aviso: {titulo}. {texto}").format(titulo=told.titulo.rstrip("."), texto=told.texto)
            for told in queries.told(found[:MOST], locale)
        ]


def spoken(touched: Touched | None, locale: str, at: datetime | None = None) -> list[tuple[str, str]]:
    """Those that stand on a page about `touched`, to be heard: each line with the language it is written in."""
    found = queries.told(queries.concerning(touched, at), locale)
    return [line for one in found for line in spoken_lines(one, locale)]


def spoken_lines(told: Told, locale: str) -> list[tuple[str, str]]:
    """One notice; where its words are in Spanish only, that is said first."""
    with translation.override(locale):
        before = [_("Aviso.")]
        if told.idioma:
            before.append(
                _("Este aviso todavía está solo en castellano. Si prefieres el quechua, llama al 1800.")
            )
    title = told.titulo if told.titulo[-1:] in ".?!:" else f"{told.titulo}."
    said = [title, *(line for line in told.texto.splitlines() if line.strip())]
    return [(line, locale) for line in before] + [(line, told.idioma or locale) for line in said]
