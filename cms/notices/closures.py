"""Places that a notice in force says are closed: their hours stay written, and nobody calls them open."""

from dataclasses import replace
from datetime import datetime

from django.utils import translation

from cms.directory.answers import answer_sede, open_sentence
from cms.directory.hours import is_open, next_opening
from cms.directory.models import Sede
from cms.notices.queries import closed_sentence, closures, is_closed, said_to_be_closed
from cms.ui.blocks import Bloque, Respuesta, plain


def answer_place(sede: Sede, aspecto: str, locale: str, at: datetime) -> Respuesta:
    """As `answer_sede`; of a place said to be closed, now or soon, that stands where its hours would tell otherwise."""
    found = answer_sede(sede, aspecto, locale, at)
    shut = closures(at).get(sede.codigo, []) if aspecto == "horario" else []
    if not shut:
        return found
    with translation.override(locale):
        by_its_hours = open_sentence(sede, at)
        told = closed_sentence() if is_closed(shut, at) else open_sentence(sede, at, shut=shut)
    blocks = tuple(
        replace(block, texto=told) if by_its_hours and block.texto == by_its_hours else block
        for block in found.bloques
    )
    if told and not by_its_hours:
        blocks = (Bloque("aviso", told), *blocks)
    return replace(found, bloques=blocks, texto=plain(blocks))


def attends(sede: Sede, at: datetime) -> bool | None:
    """Whether it is open by its hours and no notice says otherwise; None when its hours are not known."""
    return False if sede.codigo in said_to_be_closed(at) else is_open(sede, at)


def attends_next(sede: Sede, at: datetime) -> datetime | None:
    """The next opening after `at` that no closure reaches; None when none is known."""
    shut_by_notice = attends(sede, at) is False and is_open(sede, at)
    found = at if shut_by_notice else next_opening(sede, at)
    for begins, ends in closures(at).get(sede.codigo, []):
        if found is not None and begins <= found < ends:
            found = ends if is_open(sede, ends) else next_opening(sede, ends)
    return found
