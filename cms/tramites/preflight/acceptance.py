"""Who accepted which warnings: part of the draft, so that every revision carries its own.

An acceptance is of a finding and its fact: the id of a finding changes with the fact, and then it is asked again.
"""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.tramites.models.pages import FichaPage
from cms.tramites.preflight.drafts import Report
from cms.tramites.preflight.findings import Finding


def accept(
    page: FichaPage, report: Report, *, shown: Collection[str], ticked: Collection[str], by: User
) -> None:
    """Keeps on `page` (not saved here) what `by` has accepted of the warnings that were shown; drops what is moot."""
    before = {entry["id"]: entry for entry in page.avisos_aceptados}
    kept = []
    for finding in (*report.asked, *report.known):
        if finding.id in shown and finding.id not in ticked:
            continue
        if finding.id in before:
            kept.append(before[finding.id])
        elif finding.id in ticked:
            kept.append(_entry(finding, by))
            record("tramite.warning_accepted", page.codigo, by=by, why=finding.mensaje, finding=finding.id)
    page.avisos_aceptados = kept


def _entry(finding: Finding, by: User) -> dict[str, Any]:
    return {
        "id": finding.id,
        "mensaje": finding.mensaje,
        "by": by.pk,
        "user": by.get_username(),
        "at": timezone.now().isoformat(timespec="seconds"),
    }
