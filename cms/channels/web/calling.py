"""One page for who wants to be called: a large box for a telephone number, and nothing else to read or write."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from cms.channels.web import limits
from cms.channels.web.asking import Asked, begin, tell
from cms.channels.web.cookie import Credentials, current_conversation, remember
from cms.channels.web.problems import Refusal
from cms.channels.web.showing import when_called
from cms.conversations import operations
from cms.conversations.contacts import read_contact
from cms.conversations.errors import InvalidContact
from cms.conversations.models import Conversation, Reason
from cms.conversations.operations import Wish
from cms.conversations.payloads import of_locale
from cms.conversations.phrases import say


def _locale() -> str:
    return "qu" if get_language() == "qu" else "es"


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def call_me(request: HttpRequest) -> HttpResponse:
    """Asks for a person who speaks the language of this page, and leaves where to find the citizen."""
    if request.method != "POST":
        return _page(request)
    contact = request.POST.get("contact", "")[:254]
    try:
        wish = Wish(Reason.BUTTON, contact=read_contact(contact))
        limits.count_message(request)
        conversation, credentials = _conversation(request)
        limits.count_request(request, conversation)
    except InvalidContact:
        return _page(request, problem=say("contact", _locale()), contact=contact, status=422)
    except Refusal as refusal:
        problem = say(refusal.key, _locale(), seconds=refusal.retry_after_seconds or 0)
        return _page(request, problem=problem, contact=contact, status=refusal.status)
    message = operations.ask_for_person(conversation=conversation, wish=wish)
    response = HttpResponseRedirect(f"/{_locale()}/chat/#m{message.seq}")
    if credentials is not None:
        remember(response, credentials)
    return response


def _conversation(request: HttpRequest) -> tuple[Conversation, Credentials | None]:
    """The one of this browser, in the language of the page: the person who calls must speak it."""
    known = current_conversation(request)
    if known is None:
        return begin(request, _locale(), "", request.POST.get("client_id", "")[:64])
    if known.locale != _locale():
        tell(request, Asked(uuid4().hex, payload=of_locale(_locale())), _locale())
        known.refresh_from_db()
    return known, None


def _page(request: HttpRequest, *, problem: str = "", contact: str = "", status: int = 200) -> HttpResponse:
    context = {"section": "chat", "problem": problem, "contact": contact, "client_id": uuid4().hex}
    context["when"] = when_called(_locale())
    return render(request, "channels/web/call_me.html", context, status=status)
