"""The supervisor's pages: the live board, the assistant's switch, bad ratings, and looking for transcripts."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.audit.operations import record
from cms.conversations import errors
from cms.conversations.models import LOCALES
from cms.conversations.operations import hold as keep_by_order
from cms.conversations.operations import lift_hold, supervising
from cms.desk import naming, operations, pausing, queries, supervision, targets
from cms.desk.reading import line_of
from cms.desk.rights import signed_in, supervisor_view
from cms.desk.views.board import shared_context
from cms.desk.views.conversation import show_refused
from cms.desk.views.gone import tells_erased
from cms.directory.metas import metas
from cms.remarks import queries as remarks

NEEDS_REASON = "Escribe el motivo: queda registrado."


@require_GET
@supervisor_view
def overview(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, notice: str = "", status: int = 200) -> HttpResponse:
    context = {
        **shared_context(request),
        **live(request),
        "section": "supervision",
        "paused": pausing.current_pause(),
        "bad": supervision.bad_ratings()[: supervision.MOST_FOUND],
        "notice": notice,
    }
    return render(request, "desk/supervision.html", context, status=status)


@require_GET
@supervisor_view
def live_board(request: HttpRequest) -> HttpResponse:
    """The part of the page that is looked at again every few seconds; it holds nothing to fill in."""
    return render(request, "desk/live.html", live(request))


def live(request: HttpRequest) -> dict[str, Any]:
    return {
        "agent": signed_in(request),
        "lines": supervision.lines(),
        "agents": supervision.at_desk(),
        "waiting": queries.queue(signed_in(request)),
        "in_hands": queries.held_by_others(signed_in(request)),
        "hours": supervision.hours(),
        "remarks": remarks.figures(),
        "remark_hours": remarks.hours(),
        "today": supervision.today(),
        "to_call": queries.to_call_count(),
        "alarm_after": queries.clock(metas().alarma),
        "against": targets.today(),
    }


@require_POST
@supervisor_view
def switch(request: HttpRequest) -> HttpResponse:
    """Turns the assistant off or on, with a reason."""
    turn = pausing.pause if request.POST.get("to") == "off" else pausing.resume
    try:
        turn(by=signed_in(request), why=line_of(request, "why"))
    except ValueError:
        return _show(request, NEEDS_REASON, 422)
    return redirect("desk:supervision")


@require_POST
@supervisor_view
def reassign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a conversation to the agent chosen, or takes it over."""
    supervisor = signed_in(request)
    chosen = request.POST.get("to", "")
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else 0
    to = supervisor if chosen == "me" else queries.colleagues(supervisor).filter(pk=number).first()
    try:
        if to is None:
            raise errors.NotAnAgent("choose an agent who is present")
        supervising.reassign(conversation_id=pk, by=supervisor, to=to, why=line_of(request, "why"))
    except ValueError:
        return show_refused(request, pk, NEEDS_REASON, 422)
    except errors.NoSeats:
        return show_refused(request, pk, "Esa persona ya tiene todas las que puede atender a la vez.")
    except errors.ConversationError:
        return show_refused(request, pk, "No se pudo pasar: ya terminó, o esa persona no está en su mesa.")
    return redirect("desk:conversation", pk=pk)


@require_POST
@supervisor_view
@tells_erased
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keeps a conversation by order, whatever its age and whoever asks for its deletion, or lets it go again."""
    change = lift_hold if request.POST.get("to") == "off" else keep_by_order
    try:
        change(conversation_id=pk, by=signed_in(request), why=line_of(request, "why"))
    except ValueError:
        return show_refused(request, pk, NEEDS_REASON, 422)
    except errors.ConversationNotFound as error:
        raise Http404("No existe esa conversación.") from error
    return redirect("desk:conversation", pk=pk)


@require_POST
@supervisor_view
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        operations.finish_review(conversation_id=pk, by=signed_in(request), done=line_of(request, "done"))
    except ValueError:
        return _show(request, "Escribe en una línea qué se hizo.", 422)
    except errors.AlreadyClaimed:
        return _show(request, "Esa calificación ya fue revisada.", 409)
    return redirect("/desk/supervision/#calificaciones")


class WantedForm(forms.Form):
    text = forms.CharField(max_length=200, required=False)
    agent = forms.CharField(max_length=150, required=False)
    locale = forms.ChoiceField(choices=[("", "Todos"), *LOCALES], required=False)
    ficha = forms.CharField(max_length=400, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)


@require_GET
@supervisor_view
def transcripts(request: HttpRequest) -> HttpResponse:
    """Looking for conversations; that somebody looked, and for what, is kept. Reading one asks for a reason there."""
    form = WantedForm(request.GET or None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = supervision.Wanted(
        text=said.get("text", ""),
        agent=said.get("agent", ""),
        locale=said.get("locale", ""),
        codigo=naming.code_of(said["ficha"]) if said.get("ficha") else "",
        since=said.get("since"),
        until=said.get("until"),
    )
    found = _looked_for(request, wanted) if any(said.values()) else []
    context = {
        **shared_context(request),
        "section": "supervision",
        "form": form,
        "found": found,
        "asked": any(said.values()),
        "languages": LOCALES,
        "most": supervision.MOST_FOUND,
    }
    return render(request, "desk/transcripts.html", context, status=422 if form.errors else 200)


def _looked_for(request: HttpRequest, wanted: supervision.Wanted) -> list[Any]:
    rows = list(supervision.transcripts(wanted))
    names = queries.ficha_names({row.codigo for row in rows})
    record(
        "conversation.searched",
        "",
        by=signed_in(request),
        # What is looked for may itself be somebody's data: how it was limited is enough to ask the person.
        by_text=bool(wanted.text),
        agent=wanted.agent,
        locale=wanted.locale,
        codigo=wanted.codigo,
        since=str(wanted.since or ""),
        until=str(wanted.until or ""),
        found=len(rows),
    )
    return [(row, names.get(row.codigo, "")) for row in rows]
