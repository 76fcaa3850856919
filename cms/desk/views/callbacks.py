"""Citizens to be called back: with a case number, a contact that is shown on request, and what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.conversations import errors
from cms.conversations.operations.agents import finish_callback, note_attempt
from cms.desk import operations, queries
from cms.desk.reading import line_of
from cms.desk.rights import desk_view, signed_in
from cms.desk.views.board import shared_context

GONE = "Ese pedido ya no está pendiente: alguien más lo atendió o la persona lo quitó."


@require_GET
@desk_view
def callbacks(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    context = {**shared_context(request), "section": "callbacks", "callbacks": queries.to_call_back(), **more}
    return render(request, "desk/callbacks.html", context, status=status)


@require_POST
@desk_view
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the contact once, on this page only; the audit keeps who asked for it and why."""
    why = line_of(request, "why")
    try:
        contact = operations.reveal_contact(handoff_id=pk, by=signed_in(request), why=why)
    except errors.ConversationError:
        return _show(request, notice=GONE, status=409)
    except ValueError:
        return _show(request, notice="Di para qué necesitas ver el contacto.", status=422)
    return _show(request, revealed_id=pk, revealed=contact)


@require_POST
@desk_view
def tried(request: HttpRequest, pk: int) -> HttpResponse:
    """A call nobody answered: counted, and still to be done."""
    try:
        note_attempt(handoff_id=pk, by=signed_in(request), note=line_of(request, "note"))
    except errors.ConversationError:
        return _show(request, notice=GONE, status=409)
    return redirect("desk:callbacks")


@require_POST
@desk_view
def done(request: HttpRequest, pk: int) -> HttpResponse:
    note = line_of(request, "note")
    if not note:
        return _show(request, notice="Escribe en una línea qué se hizo.", status=422)
    try:
        finish_callback(handoff_id=pk, by=signed_in(request), note=note)
    except errors.ConversationError:
        return _show(request, notice=GONE, status=409)
    return redirect("desk:callbacks")
