"""The audit, to be read: for reviewers and administrators; what concerns citizens for supervisors only. Nothing here changes it."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.export import csv_lines
from cms.audit.labels import label
from cms.audit.models import Entry
from cms.audit.operations import record
from cms.audit.queries import Wanted, entries, kinds

PER_PAGE = 50
LONGEST = 200
MOST_EXPORTED = 100_000


class WantedForm(forms.Form):
    who = forms.CharField(label="Persona", max_length=LONGEST, required=False)
    subject = forms.CharField(label="Ficha o cosa", max_length=LONGEST, required=False)
    what = forms.ChoiceField(label="Qué pasó", required=False)
    since = forms.DateField(label="Desde", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="Hasta", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, of_citizens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Todo"), *((kind, label(kind)) for kind in kinds(of_citizens=of_citizens))]

    def clean(self) -> None:
        said = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "Este día es anterior al primero.")


def may_read(user: Any) -> bool:
    return has_role(user, Role.REVIEWER)


def _may_read_of_citizens(user: Any) -> bool:
    return has_role(user, Role.SUPERVISOR)


def listing(request: HttpRequest) -> HttpResponse:
    form, wanted = _wanted(request)
    page = Paginator(_entries(request, wanted), PER_PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    rows = [(row, label(row.what)) for row in page.object_list]
    return render(
        request, "audit/listing.html", {"form": form, "page": page, "rows": rows, "query": query.urlencode()}
    )


def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the filters show, at most the newest MOST_EXPORTED; recorded."""
    _form, wanted = _wanted(request)
    filters = {name: str(value) for name, value in asdict(wanted).items() if value}
    assert isinstance(request.user, User)
    record("audit.exported", "audit", by=request.user, filters=filters)
    rows = _entries(request, wanted)[:MOST_EXPORTED].iterator(chunk_size=1000)
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="auditoria.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _entries(request: HttpRequest, wanted: Wanted) -> QuerySet[Entry]:
    return entries(wanted, of_citizens=_may_read_of_citizens(request.user))


def _wanted(request: HttpRequest) -> tuple[WantedForm, Wanted]:
    """A filter that cannot be read filters nothing away, and is said at its field."""
    if not may_read(request.user):
        raise PermissionDenied
    form = WantedForm(request.GET or None, of_citizens=_may_read_of_citizens(request.user))
    form.is_valid()
    said = form.cleaned_data if form.is_bound else {}
    return form, Wanted(**{name: value for name, value in said.items() if value})
