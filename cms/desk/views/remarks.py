"""Reclamos, felicitaciones and sugerencias at the desk: the list, one of them, and writing one down for a citizen."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.accounts.roles import Role, has_role
from cms.conversations.errors import ConversationError
from cms.conversations.models import LOCALES, Conversation, Handoff, Message, Sender
from cms.conversations.operations import open_to_read
from cms.conversations.operations.handoffs import masked
from cms.desk.reading import line_of
from cms.desk.rights import View, desk_view, signed_in, supervisor_view
from cms.desk.views.board import shared_context
from cms.remarks import errors, letters, operations, places, queries, rights
from cms.remarks.forms import RemarkForm
from cms.remarks.models import Kind, Remark, State
from lenguas.normalise import clean

# Why something was refused, for the agent who tried.
REFUSALS: dict[type[errors.RemarkError], str] = {
    errors.AlreadyTaken: "Ya lo tiene otra persona, o ya está respondido.",
    errors.MayNotTake: "No puede llevarlo esa cuenta: está en una lengua que no habla, o trata de su propia atención.",
    errors.NotYours: "Ya no está a tu cargo.",
    errors.NothingCovered: "Ese texto ya no se guarda.",
}
NEEDS_REASON = "Escribe el motivo: queda registrado."
SOMEBODY_ELSES = "Lo tiene otra persona. Si lo necesitas, pídelo a supervisión."


def remark_view(view: View) -> View:
    """A page of one remark, or a step with it: gone and refused are said in words."""

    @wraps(view)
    def told(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, pk, *args, **kwargs)
        except errors.RemarkNotFound as error:
            raise Http404("No existe, o la persona lo borró.") from error
        except errors.RemarkError as error:
            return _show(request, pk, notice=REFUSALS.get(type(error), "No se pudo hacer."), status=409)
        except ValueError:
            return _show(request, pk, notice=NEEDS_REASON, status=422)

    return desk_view(told)


@require_GET
@desk_view
def remarks(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, notice: str = "", status: int = 200, unsent: object = "") -> HttpResponse:
    """`unsent`: an answer of somebody who may not even read any more what it was to."""
    shown, kind = request.GET.get("mostrar", ""), request.GET.get("tipo", "")
    context = {
        **shared_context(request),
        "section": "remarks",
        "rows": queries.listed(shown=shown, kind=kind, by=signed_in(request)),
        "shown": shown,
        "shown_choices": queries.SHOWN.items(),
        "kind": kind,
        "kinds": Kind.choices,
        "recorded": Remark.objects.filter(number=request.GET.get("anotado", "")[:20]).first(),
        "notice": notice,
        "unsent": unsent,
    }
    return render(request, "desk/remarks.html", context, status=status)


@require_GET
@remark_view
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pk)


def _show(
    request: HttpRequest, pk: int, *, notice: str = "", status: int = 200, **more: object
) -> HttpResponse:
    agent = signed_in(request)
    try:
        shown = operations.open_to_read(pk=pk, by=agent)
    except errors.MayNotRead:
        return _list(request, notice or SOMEBODY_ELSES, 409, unsent=more.get("draft", ""))
    is_supervisor = has_role(agent, Role.SUPERVISOR)
    context = {
        **shared_context(request),
        "section": "remarks",
        "row": queries.rows([shown])[0],
        "remark": shown,
        "is_mine": shown.state == State.TAKEN and shown.owner_id == agent.pk,
        "may_take": rights.may_take(shown, agent),
        "sees_name": is_supervisor or shown.owner_id == agent.pk,
        "people": rights.who_may_have(shown) if is_supervisor and shown.state != State.ANSWERED else [],
        "masked": queries.masked_contact(shown),
        "story": queries.story(shown),
        "mail_is_possible": letters.is_possible(),
        "most": operations.MOST_CHARACTERS,
        "draft": shown.draft,
        "notice": notice,
        **more,
    }
    return render(request, "desk/remark.html", context, status=status)


@require_http_methods(["GET", "POST"])
@remark_view
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a new one; whoever comes second is told so. Opened again, the address of that answer takes nothing."""
    if request.method == "POST":
        operations.take(pk=pk, by=signed_in(request))
    return redirect("desk:remark", pk=pk)


@require_POST
@remark_view
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends the answer, or keeps what was begun; a text that is refused is given back."""
    agent, text = signed_in(request), clean(request.POST.get("text", ""))
    try:
        if request.POST.get("keep") == "1":
            operations.keep_draft(pk=pk, by=agent, text=text)
        else:
            operations.answer(pk=pk, by=agent, text=text)
    except errors.NotYours:
        return _show(request, pk, notice=REFUSALS[errors.NotYours], status=409, draft=text)
    except ValueError:
        problem = f"Escribe la respuesta: de 1 a {operations.MOST_CHARACTERS} caracteres."
        return _show(request, pk, notice=problem, status=422, draft=text)
    return redirect("desk:remark", pk=pk)


@require_POST
@remark_view
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    operations.give_back(pk=pk, by=signed_in(request), why=line_of(request, "why"))
    return redirect("desk:remarks")


@require_POST
@supervisor_view
@remark_view
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = request.POST.get("to", "")
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else 0
    to = rights.those_who_answer().filter(pk=number).first()
    if to is None:
        raise errors.MayNotTake("choose somebody who may have it")
    operations.reassign(pk=pk, by=signed_in(request), to=to, why=line_of(request, "why"))
    return redirect("desk:remark", pk=pk)


@require_POST
@remark_view
def reveal(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Shows the contact, or the text before it was covered, on this page and this once."""
    agent, why = signed_in(request), line_of(request, "why")
    if what == "contact":
        return _show(request, pk, contact=operations.reveal_contact(pk=pk, by=agent, why=why))
    return _show(request, pk, uncovered=operations.reveal_text(pk=pk, by=agent, why=why))


@require_http_methods(["GET", "POST"])
@desk_view
def record(request: HttpRequest) -> HttpResponse:
    """Writes one down for a citizen on the phone, or from a conversation: begun with what was said there."""
    conversation = _conversation(request)
    left = _contact_left(conversation) if conversation else None
    kind = request.POST.get("kind", "") or request.GET.get("tipo", "")
    kind = kind if kind in Kind.values else Kind.RECLAMO
    if request.method != "POST":
        initial = {"text": _said(conversation), "about": places.CHAT} if conversation else {}
        return _record_page(request, RemarkForm(kind, initial=initial), conversation, left)
    form = RemarkForm(kind, _with_contact(request, left))
    if not form.is_valid():
        return _record_page(request, form, conversation, left, status=422)
    locale = "qu" if request.POST.get("locale") == "qu" else "es"
    given = form.given(locale, request.POST.get("client_id", ""), conversation)
    kept = operations.receive(given=given, by=signed_in(request))
    return redirect(f"/desk/reclamos/?{urlencode({'anotado': kept.number or ''})}")


def _record_page(
    request: HttpRequest,
    form: RemarkForm,
    conversation: Conversation | None,
    left: Handoff | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        **shared_context(request),
        "section": "remarks",
        "form": form,
        "kinds": Kind.choices,
        "groups": places.groups(),
        "languages": LOCALES,
        "locale": request.POST.get("locale", "") or (conversation.locale if conversation else "es"),
        "conversation": conversation,
        "contact_left": masked(left) if left else "",
        # Not the form's: the one left in the conversation may stand in there, and is not shown in full.
        "contact_typed": request.POST.get("contact", ""),
        "uses_contact": request.POST.get("use_contact") == "1" or request.method != "POST",
        "most": operations.MOST_CHARACTERS,
        "client_id": uuid4().hex,
    }
    return render(request, "desk/remark_new.html", context, status=status)


def _conversation(request: HttpRequest) -> Conversation | None:
    """The conversation it is written down from, for who may read it, which is recorded; any other is none."""
    try:
        pk = UUID(request.POST.get("conversation", "") or request.GET.get("conversacion", ""))
        return open_to_read(conversation_id=pk, by=signed_in(request))
    except (ValueError, ConversationError):
        return None


def _contact_left(conversation: Conversation) -> Handoff | None:
    asked = Handoff.objects.filter(conversation=conversation).exclude(contact="")
    return asked.order_by("-requested_at").first()


def _said(conversation: Conversation) -> str:
    """What the citizen wrote, as it is kept: covered."""
    lines = Message.objects.filter(conversation=conversation, sender=Sender.CITIZEN, payload="").order_by(
        "seq"
    )
    return "\n".join(lines.values_list("text", flat=True))[-operations.MOST_CHARACTERS :]


def _with_contact(request: HttpRequest, left: Handoff | None) -> QueryDict:
    """The form's fields; the contact left in the conversation stands in where it was chosen and no other written."""
    given = request.POST.copy()
    if left and given.get("use_contact") == "1" and not given.get("contact", "").strip():
        given["contact"] = left.contact
    return given
