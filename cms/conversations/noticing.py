"""What is told of the notices an editor has published: while they are in force, with their source, and never after."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from cms.notices import queries
from cms.notices.models import Aviso
from cms.ui.formats import partial_date
from lenguas.normalise import fold
from lenguas.tokens import tokens

MOST = 3
SHORTEST = 4  # letters of a word that tells one notice from another


def asked_for(text: str, *, codigo: str = "", sede: str = "", region: str = "", locale: str) -> list[str]:
    """The notices in force that concern what is asked; those that share a word with `text` where there are any."""
    touched = (
        queries.touched_by(codigo=codigo, sede_id=sede, region=region) if codigo or sede or region else None
    )
    found = queries.concerning(touched)
    words = _words([text])
    named = [
        aviso
        for aviso in found
        if words & _words([aviso.titulo, aviso.texto, aviso.titulo_qu, aviso.texto_qu])
    ]
    return _told(named or found, locale)


def beside(*, codigo: str = "", sede: str = "", locale: str) -> list[str]:
    """What is to be known beside an answer: the notices on just this place or ficha. Those for all stand in the greeting."""
    found = queries.concerning(queries.touched_by(codigo=codigo, sede_id=sede))
    return _told([aviso for aviso in found if _is_particular(aviso)], locale)


def _is_particular(aviso: Aviso) -> bool:
    return bool(aviso.regiones) or any(
        named.all() for named in (aviso.entidades, aviso.sedes, aviso.tramites)
    )


def _told(avisos: list[Aviso], locale: str) -> list[str]:
    with translation.override(locale):
        return [
            _("Aviso: {titulo}. {texto} Fuente: {fuente}, {fecha}.").format(
                titulo=told.titulo.rstrip("."),
                texto=told.texto,
                fuente=told.aviso.fuente,
                fecha=partial_date(told.aviso.fuente_fecha.isoformat(), locale),
            )
            for told in queries.told(avisos[:MOST], locale)
        ]


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for token in tokens(text or "") if len(word := fold(token)) >= SHORTEST}
