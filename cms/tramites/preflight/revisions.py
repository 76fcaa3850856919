"""Whether a saved revision may be put before the public as it is."""

from wagtail.models import Revision

from cms.tramites.models.pages import FichaPage
from cms.tramites.preflight.drafts import report_of


def problems_of_revision(revision: Revision) -> list[str]:
    """What stops this revision from being published, a sentence each; empty when nothing does."""
    page = revision.as_object()
    return problems_of_page(page) if isinstance(page, FichaPage) else []


def problems_of_page(page: FichaPage) -> list[str]:
    """The errors of `page` as it is in memory, and its warnings that nobody has accepted."""
    report = report_of(page)
    return [
        *(finding.sentence for finding in report.errors),
        *(f"{finding.sentence} (Aviso sin aceptar.)" for finding in report.pending),
    ]
