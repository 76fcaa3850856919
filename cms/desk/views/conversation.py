"""One conversation: reading it, answering, and the ways it leaves the agent's hands."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.conversations import client_ids, errors
from cms.conversations.lines import MOST_CHARACTERS
from cms.conversations.models import Conversation, Handoff, Note, Owner, Sender
from cms.conversations.operations import agents
from cms.conversations.typing_signs import show_typing
from cms.desk import operations, queries
from cms.desk.reading import line_of
from cms.desk.rights import desk_view, signed_in
from cms.desk.views.board import shared_context, show_board
from cms.desk.views.fichas import ficha_context

# Why something was refused, for the agent who tried.
REFUSALS: dict[type[errors.ConversationError], str] = {
    errors.NotAnAgent: "Tu cuenta no está en el grupo de agentes: solo puedes mirar. Pídelo a supervisión.",
    errors.NoSeats: "Ya tienes todas las conversaciones que puedes atender a la vez. Cierra o devuelve una.",
    errors.OtherLanguage: "Esta persona habla quechua y por unos minutos espera a quien lo hable. Si nadie la "
    "atiende, podrás tomarla.",
    errors.NotYours: "Esta conversación ya no está a tu cargo. Lo que escribiste sigue en el cuadro.",
}


def _conversation(pk: UUID) -> Conversation:
    found = Conversation.objects.select_related("agent").filter(pk=pk).first()
    if found is None:
        raise Http404("No existe esa conversación.")
    return found


@require_GET
@desk_view
def conversation(request: HttpRequest, pk: UUID) -> HttpResponse:
    return show_conversation(request, _conversation(pk))


def show_conversation(
    request: HttpRequest, shown: Conversation, *, notice: str = "", draft: str = "", status: int = 200
) -> HttpResponse:
    """The page of one conversation, with what was refused and the text that was not sent."""
    agent = signed_in(request)
    context = {
        **shared_context(request),
        **thread_context(shown, 0),
        **ficha_context(request, shown),
        "open_id": str(shown.pk),
        "is_mine": shown.owner == Owner.AGENT and shown.agent_id == agent.pk,
        "handoff": Handoff.objects.filter(conversation=shown).order_by("-requested_at").first(),
        "notes": Note.objects.filter(conversation=shown).select_related("by"),
        "colleagues": queries.colleagues(agent),
        "notice": notice,
        "draft": draft,
        "client_id": uuid4().hex,
    }
    return render(request, "desk/conversation.html", context, status=status)


def thread_context(shown: Conversation, after: int) -> dict[str, object]:
    return {"conversation": shown, "lines": list(queries.lines_after(shown, after))}


@require_GET
@desk_view
def lines(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was said after `after`; a page that shows somebody else in charge is told to load again."""
    shown = _conversation(pk)
    if request.GET.get("epoch") != str(shown.epoch):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = thread_context(shown, _number(request.GET.get("after", "")))
    if not context["lines"]:
        return HttpResponse(status=204)
    return render(request, "desk/lines.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_POST
@desk_view
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a waiting conversation; whoever comes second is told who was first."""
    try:
        agents.claim(conversation_id=pk, by=signed_in(request))
    except errors.ConversationNotFound as error:
        raise Http404("No existe esa conversación.") from error
    except errors.AlreadyClaimed:
        return show_board(request, _who_won(pk), status=409)
    except errors.ConversationError as error:
        return show_board(request, refusal(error), status=409)
    return redirect("desk:conversation", pk=pk)


def _who_won(pk: UUID) -> str:
    now = _conversation(pk)
    if now.owner == Owner.AGENT and now.agent is not None:
        return f"La tomó {now.agent.get_full_name() or now.agent.get_username()} antes que tú."
    return "Ya nadie espera en esa conversación: la persona quitó su pedido o la cerró."


def refusal(error: errors.ConversationError) -> str:
    return REFUSALS.get(type(error), "No se pudo hacer. Vuelve a cargar la página y mira cómo quedó.")


@require_POST
@desk_view
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sends the agent's text, once per view of the page. A text that is refused is given back."""
    text = request.POST.get("text", "")
    problem, status = _unsendable(text)
    if not problem:
        try:
            name = client_ids.of_view(request.POST.get("client_id", ""), text)
            agents.send_as_agent(conversation_id=pk, by=signed_in(request), text=text, client_id=name)
        except errors.ConversationNotFound as error:
            raise Http404("No existe esa conversación.") from error
        except errors.ConversationError as error:
            problem, status = refusal(error), 409
        except ValueError:
            problem, status = "Escribe algo antes de enviar.", 422
    if not problem:
        return _sent(request, pk)
    if request.headers.get("HX-Request"):
        return HttpResponse(problem, status=status, content_type="text/plain; charset=utf-8")
    return show_conversation(request, _conversation(pk), notice=problem, draft=text, status=status)


def _unsendable(text: str) -> tuple[str, int]:
    if not text.strip():
        return "Escribe algo antes de enviar.", 422
    if len(text) > MOST_CHARACTERS:
        return (
            f"El mensaje tiene {len(text)} caracteres y el máximo es {MOST_CHARACTERS}. Envíalo en partes.",
            413,
        )
    return "", 200


def _sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    # The new line comes with the next look at the conversation, the one way lines are added to the page.
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "mac-sent"})
    return redirect(f"/desk/conversaciones/{pk}/#responder")


@require_POST
@desk_view
def typing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agent is writing; the citizen is shown so for some seconds."""
    shown = _conversation(pk)
    if shown.owner == Owner.AGENT and shown.agent_id == signed_in(request).pk:
        show_typing(shown.pk, Sender.AGENT)
    return HttpResponse(status=204)


@require_POST
@desk_view
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = line_of(request, "note")
    if text:
        agents.add_note(conversation_id=_conversation(pk).pk, by=signed_in(request), text=text)
    return redirect("desk:conversation", pk=pk)


@require_POST
@desk_view
def leave_hands(request: HttpRequest, pk: UUID, how: str) -> HttpResponse:
    """Closes, returns to the queue, or hands to the assistant or a colleague, as `how` says."""
    try:
        _leave_hands(request, pk, how)
    except errors.ConversationNotFound as error:
        raise Http404("No existe esa conversación.") from error
    except errors.ConversationError as error:
        return show_conversation(request, _conversation(pk), notice=refusal(error), status=409)
    return redirect("desk:board")


def _leave_hands(request: HttpRequest, pk: UUID, how: str) -> None:
    agent, given = signed_in(request), request.POST
    text = line_of(request, "note")
    if how == "close":
        outcome = operations.Outcome(given.get("solved") == "1", line_of(request, "codigo", 200), text)
        operations.close(conversation_id=pk, by=agent, outcome=outcome)
    elif how == "queue":
        agents.return_to_queue(conversation_id=pk, by=agent, note=text)
    elif how == "assistant":
        agents.hand_to_assistant(conversation_id=pk, by=agent, note=text)
    else:
        to = queries.colleagues(agent).filter(pk=_number(given.get("to", ""))).first()
        if to is None:
            raise errors.NotAnAgent("choose an agent who is present")
        agents.transfer(conversation_id=pk, by=agent, to=to, note=text)
