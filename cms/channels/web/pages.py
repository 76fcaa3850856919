"""The citizen's chat page. Plain forms: script only sends them without leaving the page (see chat.js)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.channels.web import cookie, limits
from cms.channels.web.asking import Asked, Told, begin, read_form, tell
from cms.channels.web.cookie import Credentials, current_conversation, is_link_of_ours, remember
from cms.channels.web.problems import Refusal
from cms.channels.web.showing import ERASED, FORGOTTEN, Page, new_page, page_of, reading_of, told_of
from cms.conversations import operations
from cms.conversations.contacts import read_best_time, read_contact
from cms.conversations.errors import InvalidContact, OnHold
from cms.conversations.models import Conversation, Message, Owner, Reason, Sender
from cms.conversations.operations import Wish
from cms.conversations.payloads import of_locale
from cms.conversations.phrases import say
from cms.conversations.queries import messages_after
from lenguas.normalise import clean

FRAGMENT = "X-MAC-Chat"
MOST_COMMENT = 1000
LONGEST_QUESTION = 500


View = Callable[..., HttpResponse]


def _locale() -> str:
    return "qu" if get_language() == "qu" else "es"


def _tells_refusals(view: View) -> View:
    """A view whose Refusals become the page that says why, with what was written."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return _refused(request, refusal)

    return told


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
@_tells_refusals
def chat(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _write(request)
    if request.GET.get("idioma") == _locale():
        return _change_language(request)
    page = _page(request, _codigo(request))
    page.draft = clean(request.GET.get("q", ""))[:LONGEST_QUESTION].strip()
    return _shown(request, page, "channels/web/chat.html")


@never_cache
@ensure_csrf_cookie
@require_GET
def panel(request: HttpRequest) -> HttpResponse:
    """The same conversation without the page around it, for the panel beside any other page."""
    return _shown(request, _page(request, _codigo(request)), "channels/web/conversation.html")


def _shown(request: HttpRequest, page: Page, template: str) -> HttpResponse:
    done = cookie.done_before(request)
    page.told = told_of(done)
    response = render(request, template, {"page": page, "section": "chat"})
    if done and request.method == "GET":
        cookie.said_so(response)
    return response


@never_cache
@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Leads to the newest line. By this way round, because a link to a place on the page it is on loads nothing."""
    conversation = current_conversation(request)
    newest = f"#m{conversation.last_seq}" if conversation else ""
    return HttpResponseRedirect(f"/{_locale()}/chat/{newest}")


@never_cache
@require_GET
@_tells_refusals
def tail(request: HttpRequest) -> HttpResponse:
    """What was said after `after`, and how the conversation stands."""
    conversation = current_conversation(request)
    if conversation is None:
        raise Refusal(404, "no_conversation")
    return _fragment(request, conversation, request.GET)


@never_cache
@require_POST
@_tells_refusals
def contact(request: HttpRequest) -> HttpResponse:
    """Asks for a person (or says again that one was asked for) and leaves a phone number or a mail address."""
    try:
        best_time = read_best_time(request.POST.get("best_time", ""))
        wish = Wish(Reason.BUTTON, contact=read_contact(_contact_of(request)), best_time=best_time)
    except InvalidContact as error:
        raise Refusal(422, "contact") from error
    limits.count_message(request)
    conversation, credentials = _conversation(request)
    limits.count_request(request, conversation)
    if request.POST.get("quechua") == "1" and conversation.locale != "qu":
        operations.want_in(conversation=conversation, locale="qu")
    message = operations.ask_for_person(conversation=conversation, wish=wish)
    return _done(request, conversation, message, credentials)


@never_cache
@require_POST
@_tells_refusals
def close(request: HttpRequest) -> HttpResponse:
    conversation = current_conversation(request)
    if conversation is None:
        return HttpResponseRedirect(f"/{_locale()}/chat/")
    limits.count_message(request)
    message = operations.close_by_citizen(conversation=conversation)
    return _done(request, conversation, message, None)


@never_cache
@require_POST
@_tells_refusals
def forget(request: HttpRequest) -> HttpResponse:
    """Ends the conversation and takes it off this computer. The forms of the page before work no more."""
    conversation = current_conversation(request)
    if conversation is not None and conversation.owner != Owner.CLOSED:
        limits.count_message(request)
        operations.close_by_citizen(conversation=conversation)
    return _forgotten(request, FORGOTTEN)


def _forgotten(request: HttpRequest, done: str) -> HttpResponse:
    # 205 tells the script to load the page anew.
    response = (
        HttpResponse(status=205) if _wants_fragment(request) else HttpResponseRedirect(f"/{_locale()}/chat/")
    )
    cookie.forget(response, done)
    rotate_token(request)
    return response


@never_cache
@require_POST
@_tells_refusals
def erase(request: HttpRequest) -> HttpResponse:
    """Deletes what was kept of this conversation, here and with us; one kept by order stays, and that is said."""
    conversation = current_conversation(request)
    if conversation is None:
        return HttpResponseRedirect(f"/{_locale()}/chat/")
    limits.count_message(request)
    try:
        operations.erase_for_citizen(conversation=conversation)
    except OnHold as error:
        raise Refusal(409, "on_hold") from error
    return _forgotten(request, ERASED)


@never_cache
@require_POST
@_tells_refusals
def rate(request: HttpRequest) -> HttpResponse:
    conversation = current_conversation(request)
    score = request.POST.get("score", "")
    if conversation is None or score not in ("1", "2", "3", "4", "5"):
        raise Refusal(422, "invalid")
    limits.count_message(request)
    comment = clean(request.POST.get("comment", "")).strip()[:MOST_COMMENT]
    message = operations.rate(conversation=conversation, score=int(score), comment=comment)
    return _done(request, conversation, message, None)


def _write(request: HttpRequest) -> HttpResponse:
    told = tell(request, read_form(request), _locale())
    conversation = told.posted.message.conversation
    return _done(request, conversation, _first_reply(told), told.credentials)


def _first_reply(told: Told) -> Message:
    """Where reading goes on: the first line after the citizen's that is somebody else's."""
    message = told.posted.message
    later = messages_after(message.conversation, message.seq).exclude(sender=Sender.CITIZEN)
    return later.first() or message


def _change_language(request: HttpRequest) -> HttpResponse:
    """The switch of language is a link, as on every page; here it also tells the conversation, once.

    Only a link of ours: from another site, or a bookmark, the page is shown in that language and no more.
    """
    conversation = current_conversation(request)
    codigo = _codigo(request)
    if conversation is not None and conversation.locale != _locale() and is_link_of_ours(request):
        asked = Asked(uuid4().hex, payload=of_locale(_locale()))
        tell(request, asked, _locale())
    return HttpResponseRedirect(f"/{_locale()}/chat/{f'?codigo={codigo}' if codigo else ''}")


def _codigo(request: HttpRequest) -> str:
    codigo = clean(request.GET.get("codigo", "") or request.POST.get("codigo", ""))[:200]
    return codigo if reading_of(codigo, _locale()) else ""


def _page(request: HttpRequest, codigo: str) -> Page:
    conversation = current_conversation(request)
    if conversation is None:
        return new_page(_locale(), codigo)
    operations.mark_read(conversation=conversation, side=Sender.CITIZEN, seq=conversation.last_seq)
    page = page_of(conversation, _locale())
    page.codigo, page.reading = codigo, reading_of(codigo, _locale())
    return page


def _conversation(request: HttpRequest) -> tuple[Conversation, Credentials | None]:
    known = current_conversation(request)
    if known is not None:
        return known, None
    return begin(request, _locale(), _codigo(request), request.POST.get("client_id", "")[:64])


def _wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get(FRAGMENT) == "fragment"


def _done(
    request: HttpRequest, conversation: Conversation, newest: Message, credentials: Credentials | None
) -> HttpResponse:
    if _wants_fragment(request):
        response = _fragment(request, conversation, request.POST)
    else:
        response = HttpResponseRedirect(f"/{_locale()}/chat/#m{newest.seq}")
    if credentials is not None:
        remember(response, credentials)
    return response


def _fragment(request: HttpRequest, conversation: Conversation, shown: QueryDict) -> HttpResponse:
    """What is new to a page that shows the lines of `conversation` up to `after`: all of it, when it shows another."""
    conversation.refresh_from_db()
    # A page of no conversation yet shows the greeting that each one begins with.
    is_same = shown.get("conversation", "") in ("", str(conversation.pk))
    after = shown.get("after", "") if is_same else ""
    operations.mark_read(conversation=conversation, side=Sender.CITIZEN, seq=conversation.last_seq)
    seq = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    page = page_of(conversation, _locale(), seq)
    return render(request, "channels/web/tail.html", {"page": page})


def _contact_of(request: HttpRequest) -> str:
    return request.POST.get("contact", "")[:254]


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Says why, in the reader's language, and gives back what was written."""
    seconds = refusal.retry_after_seconds
    text = say(refusal.key, _locale(), **({"seconds": seconds} if seconds else {}))
    if _wants_fragment(request) or refusal.status == 404:
        response = HttpResponse(text, status=refusal.status, content_type="text/plain; charset=utf-8")
    else:
        page = _page(request, _codigo(request))
        page.draft = request.POST.get("text", "")
        page.contact_draft = _contact_of(request)
        about_contact = page.contact_draft and page.asks_contact
        page.problem, page.contact_problem = ("", text) if about_contact else (text, "")
        context = {"page": page, "section": "chat"}
        response = render(request, "channels/web/chat.html", context, status=refusal.status)
    if seconds:
        response["Retry-After"] = str(seconds)
    return response
