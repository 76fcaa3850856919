"""What a sheet says once it is read: the fichas it proposes, and what is wrong with it."""

from dataclasses import dataclass, field

from cms.editing.proposals import Proposal
from cms.editing.sheets.problems import Level, Problem


@dataclass(frozen=True, slots=True)
class Report:
    """`proposals` holds no ficha with an error: a row is read whole or not at all. Nothing is to be written of a report
    that is not `ok`.

    `headers` are the sheet's own, in its order; `mapping` is the column (its id) each of them was read as; `unmapped`
    were not read. `certain` says that every header read is one of the template's, so that nobody needs to confirm.
    """

    proposals: list[Proposal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    certain: bool = True
    # For each header that has any: how many cells below it are filled, and the first few of them.
    seen: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    @property
    def lost(self) -> dict[str, int]:
        """How many filled cells of each header nobody will read, unless somebody says so."""
        return {
            name: self.seen[name][0] for name in self.headers if name in self.seen and name in self.unmapped
        }

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level is Level.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level is Level.AVISO]

    @property
    def ok(self) -> bool:
        return not self.errors
