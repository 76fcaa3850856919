"""Whether each part works, by name, and the figures for Prometheus."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from cms.connections import waiting
from cms.conversations.models import Conversation, Owner
from cms.publishing.models import OutboxRow, Pulse
from cms.publishing.tasks import WORKER
from cms.search.index import INDEX_ERRORS, this_node

logger = logging.getLogger(__name__)

PROBE_SECONDS = 1.5
SILENT_SECONDS = 30
# The desk outlives the assistant: without these two nothing can be served at all.
VITAL = ("database", "search")

_probes = ThreadPoolExecutor(max_workers=4, thread_name_prefix="probe")
_http = httpx.Client(timeout=PROBE_SECONDS, trust_env=False)

OUTBOX = Gauge("mac_outbox_unfinished", "Rows of the outbox that are not done")
CONVERSATIONS = Gauge("mac_conversations", "Conversations by owner", ["owner"])


def readyz(request: HttpRequest) -> JsonResponse:
    """Each part with its state; 503 only while database or search is down."""
    remote = {
        "assistant": _probes.submit(_answers, f"{settings.RASA_URL}/webhooks/mac/"),
        "actions": _probes.submit(_answers, f"{settings.ACTIONS_URL}/health"),
    }
    states = {"database": _state(_database), "search": _state(_search)}
    with waiting():
        states |= {name: "up" if probe.result() else "down" for name, probe in remote.items()}
    states["worker"] = _state(_worker)
    status = 200 if all(states[name] == "up" for name in VITAL) else 503
    return JsonResponse({name: {"state": state} for name, state in states.items()}, status=status)


def _state(probe: Callable[[], bool]) -> str:
    try:
        return "up" if probe() else "down"
    except (DatabaseError, OSError, *INDEX_ERRORS):
        logger.exception("A part is down: %s.", probe.__name__.strip("_"))
        return "down"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _search() -> bool:
    with this_node.reading() as searcher:
        return int(searcher.doc_count()) > 0


def _worker() -> bool:
    alive_since = timezone.now() - timedelta(seconds=SILENT_SECONDS)
    return Pulse.objects.filter(name=WORKER, at__gte=alive_since).exists()


def _answers(url: str) -> bool:
    try:
        return _http.get(url).is_success
    except httpx.HTTPError:
        return False


def metrics(request: HttpRequest) -> HttpResponse:
    """Not public: in production the proxy keeps it inside, and it is refused to whoever came through one."""
    if request.headers.get("X-Forwarded-For"):
        raise Http404
    OUTBOX.set(OutboxRow.objects.unfinished().count())
    for owner in Owner.values:
        CONVERSATIONS.labels(owner=owner).set(Conversation.objects.filter(owner=owner).count())
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
