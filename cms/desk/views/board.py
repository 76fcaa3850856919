"""The board: who waits, whom the agent has, who is to be called back; and the agent's own state."""

import json
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.accounts.roles import Role, has_role
from cms.conversations import sealing
from cms.conversations.models import Shift
from cms.conversations.operations.agents import heartbeat, set_shift
from cms.conversations.operations.supervising import show_supervisor
from cms.desk import ended, opening, queries
from cms.desk.rights import address_of, back_to, desk_view, signed_in
from cms.desk.views.endings import ending_context
from cms.directory.metas import metas
from cms.remarks.queries import pending_count

# Which conversation was closed, until the page that comes next has said so to the browser that kept what was typed.
CLOSED = "desk_closed"


@require_GET
@desk_view
def board(request: HttpRequest) -> HttpResponse:
    return show_board(request)


def show_board(request: HttpRequest, notice: str = "", status: int = 200) -> HttpResponse:
    """The whole board; `notice` says what could not be done, and why."""
    context = {
        **shared_context(request),
        "section": "board",
        "here": "/desk/",
        "closed_id": request.session.pop(CLOSED, ""),
        "others": queries.held_by_others(signed_in(request)),
        "notice": notice,
    }
    return render(request, "desk/board.html", context, status=status)


@require_GET
@desk_view
def side(request: HttpRequest) -> HttpResponse:
    """The lists beside everything, as the desk asks for them every few seconds, and the counts of the header."""
    # A page that was opened before it said which notices it shows has no place for others.
    context = {**shared_context(request), "notices_shown": request.GET.get("avisos")}
    answer = render(request, "desk/looked.html", context)
    # An event and no parts of the page by name: a page that was opened before those parts were there stays silent.
    counts = {
        "queue": len(context["queue"]),
        "mine": len(context["mine"]),
        "calls": context["to_call"],
        "remarks": context["to_answer"],
    }
    answer.headers["HX-Trigger"] = json.dumps({"mac-counts": counts})
    return answer


def shared_context(request: HttpRequest) -> dict[str, Any]:
    agent = signed_in(request)
    presence = queries.presence(agent)
    queue = queries.queue(agent)
    return {
        **ending_context(),
        "agent": agent,
        "is_agent": has_role(agent, Role.AGENT),
        "is_supervisor": has_role(agent, Role.SUPERVISOR),
        "alarm_after": queries.clock(metas().alarma),
        "shift": presence.shift if presence else Shift.AVAILABLE,
        "originals_kept": sealing.is_possible(),
        "hours": opening.hours_today(),
        "queue": queue,
        "alarmed": sum(entry.step == "very-late" for entry in queue),
        "mine": queries.held_by(agent),
        "taken_away": ended.lately(agent),
        "to_call": queries.to_call_count(),
        "to_answer": pending_count(),
        "open_id": request.GET.get("abierta", ""),
        "here": address_of(request),
        "call_id": uuid4().hex,
        # Called by the pages that show it.
        "saved_call": lambda: queries.saved_call(agent),
    }


@require_POST
@desk_view
def beat(request: HttpRequest) -> HttpResponse:
    """A sign of life of the open desk, every 20 seconds; a supervisor who looks on is not counted as present."""
    agent = signed_in(request)
    if has_role(agent, Role.AGENT):
        heartbeat(by=agent)
    else:
        show_supervisor(by=agent)
    return HttpResponse(status=204)


@require_POST
@desk_view
def shift(request: HttpRequest) -> HttpResponse:
    """Available, on a break, or ending the shift. Conversations the agent has stay with the agent."""
    agent, wanted = signed_in(request), request.POST.get("shift", "")
    if has_role(agent, Role.AGENT) and wanted in Shift.values:
        left = queries.left_waiting(agent) if wanted != Shift.AVAILABLE else 0
        if left and request.POST.get("sure") != "1":
            return ask_first(request, left, wanted=wanted)
        set_shift(by=agent, shift=Shift(wanted))
    return redirect(back_to(request))


def ask_first(request: HttpRequest, left: int, *, wanted: str = "") -> HttpResponse:
    """Says who is left behind by a break, the end of a shift (`wanted`), or leaving, before it is done."""
    context = {
        **shared_context(request),
        "left": left,
        "wanted": wanted,
        "leaving": not wanted,
        "action": request.path,
        "here": back_to(request),
        "next": back_to(request),
        "grace_minutes": settings.QUEUE_GRACE_SECONDS // 60,
    }
    return render(request, "desk/sure.html", context)
