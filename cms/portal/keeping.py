"""Pages of fichas kept ready to send: made once, sent many times, never beyond what they hang on.

A page holds while nothing was published or changed that stands on it (`generation`, looked at twice a second), and until the moment its view
named: midnight, when what is in force may change, or the next minute at which a notice or a place's hours turn.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from cms.directory.hours import LIMA
from cms.notices.queries import next_change
from cms.portal.generation import Look, Stamp

KEPT = re.compile(r"/(?:es|qu)/tramites/[a-z0-9-]+/")
GZIP = re.compile(r"\bgzip\b")
UNTIL = "kept_until"
Handler = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, as it left the house, and what it hangs on."""

    stamp: Stamp
    until: datetime
    content: bytes
    headers: dict[str, str]


class Shelf:
    """The kept pages of this process; the one nobody asked for longest goes first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Kept, most: int) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > most:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()

    def __len__(self) -> int:
        return len(self._pages)


shelf = Shelf()
look = Look()


def keep_until(response: HttpResponse, until: datetime) -> None:
    """Says that this answer is the same for everybody until then, if nothing it hangs on changes before."""
    setattr(response, UNTIL, until)


def holds_until(now: datetime, *, tells_hours: bool) -> datetime:
    """When what stands on a page may be otherwise without anybody having changed anything."""
    tomorrow = now.astimezone(LIMA).date() + timedelta(days=1)
    ends = [datetime.combine(tomorrow, time(), tzinfo=LIMA)]
    if notice := next_change(now):
        ends.append(notice)
    if tells_hours:
        ends.append(now.replace(second=0, microsecond=0) + timedelta(minutes=1))
    return min(ends)


def kept_pages(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return get_response(request)
        # Read before the page is made: a change in between makes the kept page old, never the new state unseen.
        at = look.stamp(settings.KEPT_LOOK_SECONDS)
        found = shelf.get(key)
        if found is not None and found.stamp == at and timezone.now() < found.until:
            return _answer(request, found)
        response = get_response(request)
        _keep(key, at, response)
        return response

    return middleware


def _key(request: HttpRequest) -> Key | None:
    most: int = settings.KEPT_PAGES
    if (
        not most
        or request.method != "GET"
        or request.META.get("QUERY_STRING")
        or not KEPT.fullmatch(request.path)
    ):
        return None
    return request.path, bool(GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    response = HttpResponse(page.content, headers=page.headers)
    return get_conditional_response(request, etag=page.headers.get("ETag"), response=response) or response


def _keep(key: Key, at: Stamp, response: HttpResponse) -> None:
    until = getattr(response, UNTIL, None)
    if until is None or response.status_code != 200 or response.cookies or response.streaming:
        return
    page = Kept(at, until, response.content, dict(response.items()))
    shelf.put(key, page, settings.KEPT_PAGES)
