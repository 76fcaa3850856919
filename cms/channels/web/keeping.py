"""The conversation as a text for the citizen to keep: every line, who said it, when, and where a fact can be read."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.channels.web.cookie import current_conversation
from cms.channels.web.showing import Line, page_of
from cms.directory.hours import LIMA


@never_cache
@require_safe
def keep(request: HttpRequest) -> HttpResponse:
    """Only what this browser's own chat shows: what was covered stays covered, and notes of agents are no lines."""
    locale = "qu" if get_language() == "qu" else "es"
    conversation = current_conversation(request)
    if conversation is None:
        return HttpResponseRedirect(f"/{locale}/chat/")
    now = timezone.now().astimezone(LIMA)
    title = _("Conversación con MAC, guardada el {fecha} a las {hora}.")
    said = [_told(line, request) for line in page_of(conversation, locale).lines]
    text = "\n\n".join([title.format(fecha=f"{now:%d/%m/%Y}", hora=f"{now:%H:%M}"), *said])
    # Windows' Notepad, in a centre's computer, takes a text without the mark for another alphabet's.
    response = HttpResponse(f"\ufeff{text}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="conversacion-mac-{now:%Y-%m-%d}.txt"'
    return response


def _told(line: Line, request: HttpRequest) -> str:
    rows = [f"{line.clock} {line.who}:"]
    for part in line.parts:
        rows += [f"- {item}" for item in part.items] or [part.text]
    if line.source:
        doubt = f" ({line.source.doubt})" if line.source.doubt else ""
        rows.append(f"{line.source.title}{doubt}: {request.build_absolute_uri(line.source.url)}")
    return "\n".join(rows)
