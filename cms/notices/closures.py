"""Places that a notice in force says are closed: their hours stay written, and nobody calls them open."""

from dataclasses import replace
from datetime import datetime

from django.utils import translation

from cms.directory.answers import answer_sede, open_sentence
from cms.directory.hours import is_open, next_opening
from cms.directory.models import Sede
from cms.notices.queries import closed_sentence, closing, said_to_be_closed
from cms.ui.blocks import Bloque, Respuesta, plain


def answer_place(sede: Sede, aspecto: str, locale: str, at: datetime) -> Respuesta:
    """As `answer_sede`; of a place said to be closed, that stands where its hours would tell whether it is open."""
    found = answer_sede(sede, aspecto, locale, at)
    if aspecto != "horario" or sede.codigo not in said_to_be_closed(at):
        return found
    with translation.override(locale):
        by_its_hours, closed = open_sentence(sede, at), closed_sentence()
    blocks = tuple(
        replace(block, texto=closed) if by_its_hours and block.texto == by_its_hours else block
        for block in found.bloques
    )
    if not by_its_hours:
        blocks = (Bloque("aviso", closed), *blocks)
    return replace(found, bloques=blocks, texto=plain(blocks))


def attends(sede: Sede, at: datetime) -> bool | None:
    """Whether it is open by its hours and no notice says otherwise; None when its hours are not known."""
    return False if sede.codigo in said_to_be_closed(at) else is_open(sede, at)


def attends_next(sede: Sede, at: datetime) -> datetime | None:
    """The next opening after `at` that no notice in force reaches; None when none is known."""
    ends = max((aviso.hasta for aviso in closing(at) if sede in aviso.sedes.all()), default=None)
    if ends is None:
        return next_opening(sede, at)
    return ends if is_open(sede, ends) else next_opening(sede, ends)
