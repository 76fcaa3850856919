"""The editor's form of a ficha: a draft may be incomplete, what is sent to review or published may not."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from cms.accounts.models import User

if TYPE_CHECKING:
    from cms.tramites.models.pages import EntidadPage, FichaPage
    from cms.tramites.preflight.drafts import Report
    from cms.tramites.preflight.findings import Finding

SENDING = ("action-publish", "action-submit", "action-restart-workflow")
ACCEPTED, SHOWN = "acepta", "acepta-vistos"
UNACCEPTED = "Hay avisos sin aceptar. Léelos en «Comprobación», arriba: corrígelos, o marca que los aceptas."


class FichaForm(WagtailAdminPageForm):
    """Checks a ficha with the rules of the preflight. What they find is shown while drafting, and stops a sending."""

    refused = False

    def is_valid(self) -> bool:
        if not super().is_valid():
            self.refused = self._is_sent()
            if self.refused:
                self._ask_for_note()
            return False
        if self._is_sent():
            self._check_whole()
        return not (self.errors or self.refused)

    def refused_fields(self) -> Iterator[tuple[str, str, str]]:
        """(id of the field, its label, what is wrong) of what the form itself refuses, beside the rules' findings."""
        told = {finding.mensaje for finding in self.report.errors}
        rows = [row for formset in self.formsets.values() for row in formset.forms]
        for form in (self, *rows):
            for field in form:
                yield from ((field.id_for_label, str(field.label), e) for e in field.errors if e not in told)

    def save(self, commit: bool = True) -> "FichaPage":  # noqa: FBT001, FBT002  as Wagtail calls it
        """Keeps with the draft which warnings have been accepted."""
        if SHOWN in self.data:
            self._keep_acceptances(super().save(commit=False))
        page: FichaPage = super().save(commit=commit)
        return page

    @cached_property
    def report(self) -> "Report":
        """What the rules say of the page as it stands in memory: as it was read or, once saved, as it was sent."""
        from cms.tramites.preflight.drafts import report_of  # the page's module names this form

        return report_of(self.instance, self._new_under())

    def _new_under(self) -> "EntidadPage | None":
        return self.parent_page.specific if self.instance.pk is None else None

    def _is_sent(self) -> bool:
        approved = (
            "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"
        )
        return approved or any(name in self.data for name in SENDING)

    def _keep_acceptances(self, page: "FichaPage") -> None:
        from cms.tramites.preflight.acceptance import accept

        self.forget()
        if isinstance(self.for_user, User):
            accept(
                page, self.report, shown=self._posted(SHOWN), ticked=self._posted(ACCEPTED), by=self.for_user
            )
        self.forget()

    def _posted(self, name: str) -> set[str]:
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data[name]]
        return {str(value) for value in values}

    def forget(self) -> None:
        """The page has changed since: the next who asks for the report gets a new one."""
        self.__dict__.pop("report", None)

    def _check_whole(self) -> None:
        # The rows are in the page's memory only after this; nothing is written.
        page = self.save(commit=False)
        self.forget()
        for finding in self.report.errors:
            self._mark(finding)
        if self.report.pending:
            self.refused = True
            self.add_error(None, UNACCEPTED)
        self._ask_for_note(page)

    def _ask_for_note(self, page: "FichaPage | None" = None) -> None:
        """Told with all the rest, so that nobody is sent back twice. Of a form that does not hold together it is not known
        what it changes: then the note is asked for where the form was touched.
        """
        from cms.tramites.workflow import NEEDS_NORM, NEEDS_NOTE, missing_note

        try:
            missing = missing_note(page) if page else None
        except ValidationError:
            missing = None
        if missing is None:
            asked = {"nota_cambio": NEEDS_NOTE, "norma_cambio": NEEDS_NORM}
            public = bool(self.instance.pk and self.instance.live)
            touched = self.has_changed() or self.instance.has_unpublished_changes
            told = public and touched and not self.data.get("correccion_menor")
            missing = {n: m for n, m in asked.items() if told and not str(self.data.get(n, "")).strip()}
        for field, message in missing.items():
            if field not in self.errors:
                self.add_error(field, message)

    def _mark(self, finding: "Finding") -> None:
        """Puts an error at its field, where the form has one for it, and at the top where not."""
        from cms.tramites.preflight.places import place_of

        self.refused = True
        place = place_of(finding)
        form: Any = self._row(place.lista, place.clave) if place.lista else self
        if form is not None and place.campo in form.fields:
            form.add_error(place.campo, finding.mensaje)
        else:
            self.add_error(None, finding.mensaje)

    def _row(self, lista: str, clave: str) -> Any:
        """The row's form: by its key, by its aspect, or by its place among those that stay."""
        formset = self.formsets.get(lista)
        forms = [form for form in formset.forms if form not in formset.deleted_forms] if formset else []
        for place, form in enumerate(forms, 1):
            names = {str(form.cleaned_data.get(name, "")) for name in ("clave", "aspecto")} | {str(place)}
            if clave in names:
                return form
        return None
