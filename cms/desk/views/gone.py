"""A conversation its citizen has deleted: who comes for it is told so, and not that there never was one."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from cms.desk.ended import erased_at
from cms.desk.rights import desk_view
from cms.desk.views.board import shared_context

GONE = "La persona borró esta conversación: ya no hay a quién escribir."


def conversation_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of the desk about one conversation, `pk`."""
    return desk_view(tells_erased(view))


def tells_erased(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def told(request: HttpRequest, pk: UUID, **more: Any) -> HttpResponseBase:
        try:
            return view(request, pk, **more)
        except Http404:
            at = erased_at(pk)
            if at is None:
                raise
            return _gone(request, pk, at)

    return told


def _gone(request: HttpRequest, pk: UUID, at: datetime) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        context = {**shared_context(request), "gone_id": pk, "at": at}
        return render(request, "desk/gone.html", context, status=410)
    if request.method == "GET":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return HttpResponse(GONE, status=410, content_type="text/plain; charset=utf-8")
