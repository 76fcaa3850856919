"""What a browser does with the editor's form of a ficha."""

from collections.abc import Mapping
from typing import Any, cast
from unittest.mock import patch

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data

from cms.accounts.models import User
from cms.tramites.models import FichaPage

CODIGO = "osce-rnp"
NOTED = {"nota_cambio": "Cambia el nombre", "norma_cambio": "Resolución 1-2026"}


def page_of(codigo: str = CODIGO) -> FichaPage:
    return FichaPage.objects.get(codigo=codigo)


def edit_url(codigo: str = CODIGO) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_of(codigo).pk])


def _opened(client: Client, url: str) -> Mapping[str, Any]:
    """What the edit page is made of. Its HTML is made in the embedded profile only: no database changes a template."""
    if settings.PROFILE == "embedded":
        return cast(Mapping[str, Any], client.get(url).context)
    made: dict[str, Any] = {}

    def note(response: TemplateResponse) -> str:
        made.update(response.context_data or {})
        return ""

    with patch.object(TemplateResponse, "rendered_content", property(note)):
        client.get(url)
    return made


def form_of(client: Client, codigo: str = CODIGO) -> dict[str, Any]:
    """What the browser would send back of the edit page, unchanged."""
    shown = _opened(client, edit_url(codigo))
    form = shown["form"]
    data: dict[str, Any] = {
        "loaded_revision_id": shown["page"].latest_revision_id,
        "loaded_revision_created_at": shown["loaded_revision_created_at"],
    }
    chosen: dict[str, list[Any]] = {}
    for part in [form, *(f for fs in form.formsets.values() for f in fs.forms)]:
        for field in part:
            value = field.value()
            if isinstance(value, list):
                chosen[field.html_name] = [getattr(one, "pk", one) for one in value]
            elif value not in (None, False):
                data[field.html_name] = value
    for formset in form.formsets.values():
        for field in formset.management_form:
            data[field.html_name] = field.value()
        for order, part in enumerate(formset.forms):
            data[f"{part.prefix}-ORDER"] = order + 1
    data["alias_es"] = form["alias_es"].value()
    data["comments-TOTAL_FORMS"] = data["comments-INITIAL_FORMS"] = 0
    return nested_form_data(data) | chosen


def send(client: Client, by: User, codigo: str = CODIGO, **changes: Any) -> HttpResponse:
    """Saves the form with `changes` as `by`; `action="submit"` sends it to review."""
    client.force_login(by)
    action = {f"action-{changes.pop('action')}": "1"} if "action" in changes else {}
    answer = client.post(edit_url(codigo), form_of(client, codigo) | changes | action)
    client.cookies.pop("messages", None)  # what was said to this person is not shown to the next
    return answer


def waiting(codigo: str = CODIGO) -> TaskState:
    task = page_of(codigo).current_workflow_task_state
    assert task is not None, "nothing waits for approval"
    return task


def decide(client: Client, by: User, codigo: str = CODIGO, *, answer: str = "approve") -> HttpResponse:
    """Presses the button of the step that waits, as `by`."""
    client.force_login(by)
    state = waiting(codigo)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page_of(codigo).pk, answer, state.pk])
    return client.post(url, {"comment": ""}, follow=True)
