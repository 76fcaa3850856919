"""What a person says once of what a sheet leaves open: it is asked, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Others(StrEnum):
    """What becomes of the fees (or terms) of a ficha that its sheet does not say."""

    ASK = ""
    STAY = "quedan"
    END = "terminan"


@dataclass(frozen=True, slots=True)
class Answers:
    """`nombres` are of new fichas, by code, where the sheet has none."""

    pagos: Others = Others.ASK
    plazos: Others = Others.ASK
    nombres: Mapping[str, str] = field(default_factory=dict)


NONE = Answers()
