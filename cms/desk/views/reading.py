"""Opening a conversation: for who has it or may take it; a supervisor says why, and all of it is on record."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.channels.web.events import stream
from cms.conversations import errors
from cms.conversations.models import Conversation, Hold
from cms.conversations.operations import may_follow, open_to_read, reveal_original
from cms.desk.ended import unsaid
from cms.desk.losing import loss_of
from cms.desk.queries import colleagues
from cms.desk.reading import line_of
from cms.desk.rights import signed_in
from cms.desk.views.board import shared_context
from cms.desk.views.gone import conversation_view


def refusal_to_read(
    request: HttpRequest, shown: Conversation, *, notice: str = "", draft: str = "", status: int = 403
) -> HttpResponse | None:
    """None when this account may open the conversation, which is then recorded; else the page that says why not.

    `status` and `draft` are those of what was refused before.
    """
    more = {"notice": notice, "draft": draft}
    status = 403 if status == 200 else status
    try:
        open_to_read(conversation_id=shown.pk, by=signed_in(request))
    except errors.ReasonNeeded:
        return _closed(request, shown, status, asks_reason=True, **more)
    except errors.MayNotRead:
        return _closed(request, shown, status, asks_reason=False, **more)
    return None


def refusal_to_follow(request: HttpRequest, shown: Conversation) -> HttpResponse | None:
    """For what an open page asks again and again: it is told to load again, which says why it is closed now."""
    if may_follow(shown, signed_in(request)):
        return None
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def _closed(request: HttpRequest, shown: Conversation, status: int, **more: object) -> HttpResponse:
    context = {
        **shared_context(request),
        "conversation": shown,
        "colleagues": colleagues(signed_in(request)),
        "loss": loss_of(shown, signed_in(request)),
        "hold": Hold.objects.filter(conversation=shown).select_related("by").first(),
        "unsaid": unsaid(shown.pk, signed_in(request)),
        **more,
    }
    return render(request, "desk/closed.html", context, status=status)


@require_POST
@conversation_view
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A supervisor's reason; it lets in for half an hour."""
    why = line_of(request, "why")
    try:
        open_to_read(conversation_id=pk, by=signed_in(request), why=why)
    except errors.ConversationNotFound as error:
        raise Http404("No existe esa conversación.") from error
    except errors.ConversationError:
        shown = Conversation.objects.get(pk=pk)
        refused = refusal_to_read(request, shown, notice="Escribe para qué necesitas leerla.")
        return refused or redirect("desk:conversation", pk=pk)
    return redirect("desk:conversation", pk=pk)


@require_GET
@conversation_view
def events(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The conversation as it goes on, resumable with `Last-Event-ID`; it ends when it is no longer to be read."""
    shown = Conversation.objects.filter(pk=pk).first()
    if shown is None or not may_follow(shown, signed_in(request)):
        raise Http404("No existe esa conversación.")
    after = request.headers.get("Last-Event-ID", "") or request.GET.get("after", "")
    seq = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    response = StreamingHttpResponse(
        stream(shown.pk, seq, signed_in(request)), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-cache, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


@require_POST
@conversation_view
def original(request: HttpRequest, pk: UUID, message: int) -> HttpResponse:
    """What a message said before it was covered, on this page and this once; the audit keeps who looked and why."""
    from cms.desk.views.conversation import refusal, show_conversation

    shown = Conversation.objects.select_related("agent").filter(pk=pk).first()
    if shown is None:
        raise Http404("No existe esa conversación.")
    try:
        text = reveal_original(
            conversation_id=pk, message_id=message, by=signed_in(request), why=line_of(request, "why")
        )
    except errors.NothingCovered:
        return show_conversation(request, shown, notice="Ese texto ya no se guarda.", status=409)
    except errors.ConversationError as error:
        return show_conversation(request, shown, notice=refusal(error), status=409)
    except ValueError:
        return show_conversation(request, shown, notice="Di para qué necesitas ver el texto.", status=422)
    return show_conversation(request, shown, notice=f"Sin cubrir, solo en esta pantalla: «{text}»")
