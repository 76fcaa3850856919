"""One conversation: reading it, answering, and the ways it leaves the agent's hands."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.accounts.models import User
from cms.conversations import client_ids, errors
from cms.conversations.lines import MOST_CHARACTERS
from cms.conversations.models import Conversation, Handoff, Hold, Note, Owner, Sender
from cms.conversations.operations import agents
from cms.conversations.operations.reading import is_in_charge, mark_read
from cms.conversations.typing_signs import is_typing, show_typing
from cms.desk import beside, ended, operations, queries
from cms.desk.looking import look
from cms.desk.losing import loss_of
from cms.desk.reading import line_of
from cms.desk.rights import signed_in
from cms.desk.views.board import CLOSED, shared_context, show_board
from cms.desk.views.endings import ending_context, ending_of
from cms.desk.views.fichas import ficha_context
from cms.desk.views.gone import conversation_view
from cms.desk.views.reading import refusal_to_follow, refusal_to_read

# Why something was refused, for the agent who tried.
REFUSALS: dict[type[errors.ConversationError], str] = {
    errors.NotAnAgent: "No se pudo: tu cuenta no es de agente, o la persona elegida ya no está en su mesa.",
    errors.NoSeats: "Ya tienes todas las conversaciones que puedes atender a la vez. Cierra o devuelve una.",
    errors.OtherLanguage: "Por unos minutos esta persona espera a quien habla quechua o conoce esa entidad. Si nadie la "
    "atiende, podrás tomarla.",
    errors.NotAvailable: "Estás terminando el turno: vuelve a estar disponible para tomar otra.",
    errors.NotYours: "Esta conversación ya no está a tu cargo. Lo que escribiste sigue en el cuadro.",
}
THEY_HAVE_NO_SEATS = (
    "{name} ya tiene todas las conversaciones que puede atender a la vez. Elige a otra persona."
)


class ColleagueHasNoSeats(errors.NoSeats):
    """The one it was passed to, by public name, has no place left."""


def _conversation(pk: UUID) -> Conversation:
    found = Conversation.objects.select_related("agent").filter(pk=pk).first()
    if found is None:
        raise Http404("No existe esa conversación.")
    return found


@require_GET
@conversation_view
def conversation(request: HttpRequest, pk: UUID) -> HttpResponse:
    return show_conversation(request, _conversation(pk))


def show_conversation(
    request: HttpRequest,
    shown: Conversation,
    *,
    notice: str = "",
    draft: str = "",
    contact: str = "",
    leaving_note: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one conversation, with what was refused and the text or the note that was not taken.

    `contact` is the citizen's in full, for this once.
    """
    if closed := refusal_to_read(request, shown, notice=notice, draft=draft, status=status):
        return closed
    agent = signed_in(request)
    handoff = Handoff.objects.filter(conversation=shown).order_by("-requested_at").first()
    thread = thread_context(request, shown, 0)
    notes = list(Note.objects.filter(conversation=shown).select_related("by"))
    context = {
        **shared_context(request),
        **thread,
        **ficha_context(request, shown),
        **ending_context(ended.topic_of(handoff)),
        "open_id": str(shown.pk),
        "is_mine": shown.owner == Owner.AGENT and shown.agent_id == agent.pk,
        "handoff": handoff,
        "contact": queries.Callback(handoff, "").masked if handoff else "",
        "contact_in_full": contact,
        "answered": beside.answered(thread["lines"]),
        "notes": notes,
        # With one more the note that was being written has been kept, and the browser lets its words go.
        "own_notes": sum(note.by_id == agent.pk for note in notes),
        **_whom(agent),
        "waited": queries.clock(handoff.picked_up_seconds) if handoff and handoff.picked_up_seconds else "",
        "loss": loss_of(shown, agent),
        "hold": Hold.objects.filter(conversation=shown).select_related("by").first(),
        "notice": notice,
        "draft": draft,
        "leaving_note": leaving_note,
        "client_id": uuid4().hex,
    }
    return render(request, "desk/conversation.html", context, status=status)


def show_refused(request: HttpRequest, pk: UUID, notice: str, status: int = 409) -> HttpResponse:
    return show_conversation(request, _conversation(pk), notice=notice, status=status)


def thread_context(request: HttpRequest, shown: Conversation, after: int) -> dict[str, Any]:
    found = list(queries.lines_after(shown, after))
    if found and is_in_charge(shown, signed_in(request)):
        mark_read(conversation=shown, side=Sender.AGENT, seq=found[-1].seq)
    return {"conversation": shown, "lines": found}


@require_GET
@conversation_view
def lines(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was said after `after`; a page that shows somebody else in charge is told to load again."""
    shown = _conversation(pk)
    if closed := refusal_to_follow(request, shown):
        return closed
    if request.GET.get("epoch") != str(shown.epoch):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = thread_context(request, shown, _number(request.GET.get("after", "")))
    found = render(request, "desk/lines.html", context) if context["lines"] else HttpResponse(status=204)
    found.headers["HX-Trigger"] = json.dumps({"mac-signs": _signs(request, shown)})
    return found


def _signs(request: HttpRequest, shown: Conversation) -> dict[str, Any]:
    """Whether the citizen is writing, how far they have read, and which colleagues have this page open."""
    return {
        "typing": is_typing(shown.pk, Sender.CITIZEN),
        "looking": look(shown.pk, signed_in(request)),
        "read": shown.read_by_citizen,
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_GET
@conversation_view
def pass_to(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom it can be passed to, as it is now: people come and go while the page is open."""
    shown = _conversation(pk)
    if closed := refusal_to_follow(request, shown):
        return closed
    return render(request, "desk/pass_to.html", {"conversation": shown, **_whom(signed_in(request))})


def _whom(agent: User) -> dict[str, Any]:
    return {
        "colleagues": queries.colleagues(agent),
        "languages": queries.languages_there(agent),
        "experts": queries.experts(agent),
    }


@require_http_methods(["GET", "POST"])
@conversation_view
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a waiting conversation; whoever comes second is told who was first.

    That answer leaves this address in the browser; whoever opens it again finds the conversation and takes nothing.
    """
    if request.method == "GET":
        return redirect("desk:conversation", pk=pk)
    try:
        agents.claim(conversation_id=pk, by=signed_in(request))
    except errors.ConversationNotFound as error:
        raise Http404("No existe esa conversación.") from error
    except errors.AlreadyClaimed:
        won = _conversation(pk)
        # Pressed twice, the second finds what the first took.
        if won.owner == Owner.AGENT and won.agent == signed_in(request):
            return redirect("desk:conversation", pk=pk)
        return show_board(request, _who_won(won), status=409)
    except errors.ConversationError as error:
        return show_board(request, refusal(error), status=409)
    return redirect("desk:conversation", pk=pk)


def _who_won(now: Conversation) -> str:
    if now.owner == Owner.AGENT and now.agent is not None:
        return f"La tomó {agents.public_name(now.agent)} antes que tú."
    return "Ya nadie espera en esa conversación: la persona quitó su pedido o la cerró."


def refusal(error: errors.ConversationError) -> str:
    if isinstance(error, ColleagueHasNoSeats):
        return THEY_HAVE_NO_SEATS.format(name=error)
    return REFUSALS.get(type(error), "No se pudo hacer. Vuelve a cargar la página y mira cómo quedó.")


@require_POST
@conversation_view
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
@conversation_view
def typing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agent is writing; the citizen is shown so for some seconds."""
    shown = _conversation(pk)
    if shown.owner == Owner.AGENT and shown.agent_id == signed_in(request).pk:
        show_typing(shown.pk, Sender.AGENT)
    return HttpResponse(status=204)


@require_POST
@conversation_view
def reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shows the citizen's contact in full, once, to who has the conversation; the audit keeps who and why."""
    shown = _conversation(pk)
    asked = Handoff.objects.filter(conversation=shown).exclude(contact="").order_by("-requested_at").first()
    try:
        if asked is None:
            raise errors.AlreadyClaimed("no contact was left")
        contact = operations.reveal_contact(
            handoff_id=asked.pk, by=signed_in(request), why=line_of(request, "why")
        )
    except errors.ConversationError:
        return show_conversation(
            request, shown, notice="El contacto solo lo ve quien atiende la conversación.", status=409
        )
    except ValueError:
        return show_conversation(request, shown, notice="Di para qué necesitas ver el contacto.", status=422)
    return show_conversation(request, shown, contact=contact)


@require_POST
@conversation_view
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = line_of(request, "note")
    if text:
        try:
            agents.add_note(conversation_id=_conversation(pk).pk, by=signed_in(request), text=text)
        except errors.MayNotRead as error:
            return show_conversation(request, _conversation(pk), notice=refusal(error), status=409)
    return redirect("desk:conversation", pk=pk)


@require_POST
@conversation_view
def solved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of what the citizen ended the agent says afterwards whether it was solved."""
    said = request.POST.get("solved", "")
    shown = _conversation(pk)
    if said not in ("0", "1"):
        return show_conversation(request, shown, notice="Di si se resolvió.", status=422)
    try:
        ended.say_solved(conversation_id=pk, by=signed_in(request), solved=said == "1")
    except errors.NotYours:
        return show_conversation(request, shown, notice="Eso lo dice quien la atendía, una vez.", status=409)
    return redirect("desk:board")


@require_POST
@conversation_view
def leave_hands(request: HttpRequest, pk: UUID, how: str) -> HttpResponse:
    """Closes, returns to the queue, or hands to the assistant or a colleague, as `how` says."""
    try:
        _leave_hands(request, pk, how)
    except errors.ConversationNotFound as error:
        raise Http404("No existe esa conversación.") from error
    except errors.ConversationError as error:
        note = line_of(request, "note") if how != "close" else ""
        return show_conversation(
            request, _conversation(pk), notice=refusal(error), leaving_note=note, status=409
        )
    return redirect("desk:board")


def _leave_hands(request: HttpRequest, pk: UUID, how: str) -> None:
    agent, given = signed_in(request), request.POST
    text = line_of(request, "note")
    if how == "close":
        operations.close(conversation_id=pk, by=agent, ending=ending_of(request))
        request.session[CLOSED] = str(pk)
    elif how == "queue":
        agents.return_to_queue(conversation_id=pk, by=agent, note=text)
    elif how == "assistant":
        agents.hand_to_assistant(conversation_id=pk, by=agent, note=text)
    else:
        _pass_on(agent, pk, given.get("to", ""), text)


def _pass_on(agent: User, pk: UUID, to: str, note: str) -> None:
    """`to`: the number of a colleague, `idioma:qu`, or `entidad:reniec`."""
    kind, _, name = to.rpartition(":")
    if kind == "idioma" and name in dict(queries.languages_there(agent)):
        operations.pass_to_language(conversation_id=pk, by=agent, locale=name, note=note)
        return
    if kind == "entidad":
        found = queries.expert_in(name, agent)
    else:
        found = queries.colleagues(agent).filter(pk=_number(name)).first()
    if found is None:
        raise errors.NotAnAgent("choose an agent who is present")
    try:
        agents.transfer(conversation_id=pk, by=agent, to=found, note=note)
    except errors.NoSeats as error:
        raise ColleagueHasNoSeats(agents.public_name(found)) from error
