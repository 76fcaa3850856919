"""Preflight: the law and good sense as small rules a ficha is checked with, while it is drafted and before it is public.

`check` is pure: a ficha, a day and the table of the UIT in, findings out. What asks the database stands in
`current` (the findings of a ficha as things are today), `drafts` (a page that does not hold together yet) and
`revisions` (whether a revision may be published).
"""

from cms.tramites.preflight.findings import Finding, Level
from cms.tramites.preflight.registry import check

__all__ = ["Finding", "Level", "check"]
