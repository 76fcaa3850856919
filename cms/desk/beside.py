"""What an agent should know beside a conversation: what agents are told, what changed lately, what was answered already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cms.conversations.models import Message
from cms.desk.models import Instruction
from cms.tramites.labels import aspect_title
from cms.tramites.models import Tramite
from cms.tramites.queries import Published, aspects_of, history
from cms.tramites.schema import Aspecto

LATELY_DAYS = 90
MOST_CHANGES = 3


@dataclass(frozen=True, slots=True)
class LateChange:
    """One version of a ficha that is not old: when, what it says of itself, and which aspects it touched."""

    revision: int
    at: datetime
    nota: str
    norma: str
    aspectos: list[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """One aspect the assistant has told this citizen; `changed` where the ficha has another version since."""

    codigo: str
    ficha: str
    titulo: str
    revision: int
    now: int

    @property
    def changed(self) -> bool:
        return self.now not in (0, self.revision)


def instructions(codigo: str) -> QuerySet[Instruction]:
    """What agents are told about the ficha, those in force."""
    return Instruction.objects.filter(codigo=codigo, ended_at=None).select_related("by")


def latest_changes(shown: Published) -> list[LateChange]:
    """The changes of the last three months, the newest first; the first version is no change."""
    since = timezone.now() - timedelta(days=LATELY_DAYS)
    rows = [row for row in history(shown.tramite) if row.at > since and row.revision > 1]
    return [
        LateChange(
            row.revision,
            row.at,
            row.nota,
            row.norma,
            [aspect_title(aspecto, "es") for aspecto in aspects_of(row.cambios)],
        )
        for row in rows[:MOST_CHANGES]
    ]


def answered(lines: Iterable[Message]) -> list[Answered]:
    """What was answered of fichas so far, each aspect once, the last answer of it; in the order of the conversation."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        said = line.answer or {}
        if said.get("codigo") and said.get("aspecto") in set(Aspecto):
            found[said["codigo"], said["aspecto"]] = said.get("revision") or 0
    codes = {codigo for codigo, _aspecto in found}
    rows = Tramite.objects.filter(codigo__in=codes).values_list("codigo", "nombre", "version__numero")
    known = {codigo: (nombre, numero or 0) for codigo, nombre, numero in rows}
    return [
        Answered(
            codigo,
            known.get(codigo, (codigo, 0))[0],
            aspect_title(Aspecto(aspecto), "es"),
            revision,
            known.get(codigo, ("", 0))[1],
        )
        for (codigo, aspecto), revision in found.items()
    ]
