"""The board: who waits, whom the agent has, who is to be called back; and the agent's own state."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from cms.accounts.roles import Role, has_role
from cms.conversations.operations.agents import heartbeat
from cms.desk import queries
from cms.desk.rights import desk_view, signed_in


@require_GET
@desk_view
def board(request: HttpRequest) -> HttpResponse:
    return show_board(request)


def show_board(request: HttpRequest, notice: str = "", status: int = 200) -> HttpResponse:
    """The whole board; `notice` says what could not be done, and why."""
    context = {
        **shared_context(request),
        "others": queries.held_by_others(signed_in(request)),
        "notice": notice,
    }
    return render(request, "desk/board.html", context, status=status)


@require_GET
@desk_view
def side(request: HttpRequest) -> HttpResponse:
    """The lists beside everything, as the desk asks for them every few seconds."""
    return render(request, "desk/side.html", shared_context(request))


def shared_context(request: HttpRequest) -> dict[str, Any]:
    agent = signed_in(request)
    presence = queries.presence(agent)
    return {
        "agent": agent,
        "is_agent": has_role(agent, Role.AGENT),
        "available": presence.available if presence else True,
        "queue": queries.queue(agent),
        "mine": queries.held_by(agent),
        "to_call": len(queries.to_call_back()),
        "open_id": request.GET.get("abierta", ""),
    }


@require_POST
@desk_view
def beat(request: HttpRequest) -> HttpResponse:
    """A sign of life of the open desk, every 20 seconds; a supervisor who looks on is not counted as present."""
    agent = signed_in(request)
    if has_role(agent, Role.AGENT):
        known = queries.presence(agent)
        heartbeat(by=agent, available=known.available if known else True)
    return HttpResponse(status=204)


@require_POST
@desk_view
def availability(request: HttpRequest) -> HttpResponse:
    """The switch: available or on a break. Conversations the agent has stay with the agent."""
    agent = signed_in(request)
    if has_role(agent, Role.AGENT):
        heartbeat(by=agent, available=request.POST.get("available") == "1")
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) and target.startswith(
        "/desk/"
    )
    return target if safe else "/desk/"
