"""The editor's form of a ficha: a draft may be incomplete, a publication may not."""

from typing import Any

from django.core.exceptions import ValidationError
from pydantic import ValidationError as FichaInvalid
from wagtail.admin.forms import WagtailAdminPageForm

PUBLISHING = ("action-publish", "action-submit")


class FichaForm(WagtailAdminPageForm):
    """Refuses to publish, or to submit for review, a ficha whose facts and words do not hold together."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if any(name in self.data for name in PUBLISHING):
            self._check_whole()
        return not self.errors

    def _check_whole(self) -> None:
        from cms.tramites.conversion import ficha_of_page  # the page's module names this form

        # The rows are in the page's memory only after this; nothing is written.
        page = self.save(commit=False)
        try:
            ficha_of_page(page, self.parent_page.specific if page.pk is None else None)
        except FichaInvalid as error:
            self.add_error(None, ValidationError([_sentence(detail) for detail in error.errors()]))


def _sentence(detail: Any) -> str:
    """Where, in the words of the panels, and what: `costos 2: un costo es un monto mayor que 0, o …`."""
    place = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in detail["loc"][1:])
    what = str(detail["msg"]).removeprefix("Value error, ")
    return f"{place}: {what}" if place else what
