"""How attentions ended: the fields that closing a conversation and logging a call have in common, and the calls."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cms.desk import naming, operations
from cms.desk.models import Topic
from cms.desk.reading import LONGEST_NOTE, line_of
from cms.desk.rights import back_to, desk_view, signed_in
from cms.directory.models import Entidad

LONGEST_NAME = 400


def ending_context(topic: Topic = Topic.INFORMATION) -> dict[str, Any]:
    """What the form offers; `topic` is chosen beforehand."""
    return {
        "topics": Topic.choices,
        "topic": topic,
        # Called by the template that lists them: most pages do not.
        "entidades": naming.entities,
    }


def ending_of(request: HttpRequest) -> operations.Ending:
    """What the form says. The name of a ficha that nobody knows is kept in the note: nothing typed is lost."""
    said, note = line_of(request, "ficha", LONGEST_NAME), line_of(request, "note")
    codigo = naming.code_of(said) if said else ""
    if said and not codigo:
        note = f"Trámite: {said}. {note}".strip()[:LONGEST_NOTE]
    topic = request.POST.get("topic", "")
    entidad = line_of(request, "entidad", 100)
    known = bool(entidad) and Entidad.objects.filter(codigo=entidad).exists()
    return operations.Ending(
        solved=request.POST.get("solved") == "1",
        codigo=codigo,
        note=note,
        topic=Topic(topic) if topic in Topic.values else Topic.INFORMATION,
        entidad=entidad if known else naming.entity_of(codigo) if codigo else "",
    )


@require_POST
@desk_view
def log_call(request: HttpRequest) -> HttpResponse:
    """A call on the phone, kept with the same words as a conversation; then back to where the agent was."""
    locale = "qu" if request.POST.get("locale") == "qu" else "es"
    if request.POST.get("solved") not in ("0", "1"):
        return HttpResponse("Di si se resolvió. Vuelve atrás: lo que escribiste sigue ahí.", status=422)
    operations.log_call(
        by=signed_in(request),
        locale=locale,
        ending=ending_of(request),
        client_id=line_of(request, "call_id", 32),
    )
    return redirect(back_to(request))


@require_POST
@desk_view
def undo_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a call back that was logged a moment ago, by mistake or twice."""
    operations.undo_call(pk=pk, by=signed_in(request))
    return redirect(back_to(request))
