"""The notices in force as plain sentences, for where there is no page: the greeting of a conversation."""

from django.utils import translation
from django.utils.translation import gettext as _

from cms.notices import queries

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
