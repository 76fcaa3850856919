"""Asking whether an address still opens: politely, one at a time, and never one of a network of our own."""

import logging
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from cms.editing.health.measuring import refresh
from cms.editing.health.models import Enlace
from cms.integrations.webhooks.addresses import OutsideBackend
from cms.integrations.webhooks.errors import ForbiddenAddress

logger = logging.getLogger(__name__)

WHOLE_SECONDS = 8.0
MOST_REDIRECTS = 5
WEEK = timedelta(days=7)
# One failure may be a bad night of their server; it is asked again before anybody is bothered.
TRY_AGAIN = (timedelta(days=1), timedelta(days=2))
DEAD_AFTER = len(TRY_AGAIN) + 1
# While one process asks, no other does; after this it is taken for gone.
LEASE = timedelta(minutes=10)
# Between two questions to one host.
HOST_REST = timedelta(seconds=60)
NO_HEAD = {400, 403, 404, 405, 406, 500, 501, 503}
# These refuse programs, or have had enough of us: they say nothing about whether a person can read the page.
REFUSES_PROGRAMS = {401, 403, 407, 429, 451, 999}

_asking = threading.Lock()


@dataclass(frozen=True, slots=True)
class Found:
    """`status` None: nobody answered. `unknowable`: a person's browser may well open it, or it was not asked at all."""

    status: int | None = None
    error: str = ""
    unknowable: bool = False

    @property
    def opens(self) -> bool:
        return self.status is not None and 200 <= self.status < 400

    @property
    def unclear(self) -> bool:
        return self.unknowable or self.status in REFUSES_PROGRAMS


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def ask(url: str) -> Found:
    """What the address answers: HEAD, and GET where a server knows no HEAD. Nothing of the page is read."""
    backend = OutsideBackend(deadline=time.monotonic() + WHOLE_SECONDS)
    try:
        with httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=backend) as pool:
            found = _followed(pool, "HEAD", url)
            return _followed(pool, "GET", url) if found.status in NO_HEAD else found
    except ForbiddenAddress:
        return Found(error="No es una dirección pública: no se pregunta.", unknowable=True)
    except httpcore.TimeoutException:
        return Found(error=f"No respondió en {WHOLE_SECONDS:.0f} segundos.")
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        if "CERTIFICATE" in str(error):
            # Browsers complete a chain a server sends in part; programs do not.
            return Found(error="Su certificado no se puede comprobar.", unknowable=True)
        return Found(error=f"No se pudo conectar ({type(error).__name__}).")
    except (ValueError, httpx.InvalidURL, httpcore.UnsupportedProtocol):
        return Found(error="La dirección no se puede leer.")


def _followed(pool: httpcore.ConnectionPool, method: str, url: str) -> Found:
    """Each hop is a new connection, looked at as the first one was."""
    for _hop in range(MOST_REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Found(error="Manda a una dirección que no es de la web.")
        target = str(httpx.URL(parts._replace(fragment="", netloc=parts.netloc.rpartition("@")[2]).geturl()))
        with pool.stream(method, target, headers=_headers()) as response:
            status = response.status
            onward = next((value for name, value in response.headers if name.lower() == b"location"), b"")
        if status not in (301, 302, 303, 307, 308) or not onward:
            return Found(status, "" if status < 400 else f"Respondió {status}.")
        url = urljoin(target, onward.decode("latin-1"))
    return Found(error="Manda de una dirección a otra sin fin.")


def _headers() -> Mapping[bytes | str, bytes | str]:
    return {
        "User-Agent": f"MAC-enlaces/1.0 (+{settings.PUBLIC_URL}; revisa cada semana si los enlaces abren)",
        "Accept": "*/*",
    }


def check_next() -> bool:
    """Asks the address that is most due, unless its host was asked a moment ago; whether there was one."""
    now = timezone.now()
    resting = Enlace.objects.filter(revisado_at__gt=now - HOST_REST).values("host")
    due = (
        Enlace.objects.filter(siguiente_at__lte=now).exclude(host__in=resting).order_by("siguiente_at", "pk")
    )
    link = due.first()
    if link is None:
        return False
    claimed = Enlace.objects.filter(pk=link.pk, siguiente_at=link.siguiente_at).update(
        siguiente_at=now + LEASE, revisado_at=now
    )
    if claimed:
        record(link, ask(link.url))
    return True


def record(link: Enlace, found: Found) -> None:
    """Keeps what was found, and when to ask again; fichas that lead there learn it when it changes."""
    before = link.estado
    if found.opens or found.unclear:
        link.estado = Enlace.Estado.ABRE if found.opens else Enlace.Estado.NO_SE_SABE
        link.fallas, wait = 0, WEEK
    else:
        link.fallas = min(link.fallas + 1, 100)
        wait = TRY_AGAIN[link.fallas - 1] if link.fallas < DEAD_AFTER else WEEK
        if link.fallas >= DEAD_AFTER:
            link.estado = Enlace.Estado.NO_ABRE
    link.codigo_http, link.error = found.status, found.error
    link.revisado_at = timezone.now()
    link.siguiente_at = link.revisado_at + wait
    link.save(update_fields=["estado", "fallas", "codigo_http", "error", "revisado_at", "siguiente_at"])
    if link.estado != before:
        refresh(sorted(set(link.usos.values_list("codigo", flat=True))))


def check_beside() -> bool:
    """Asks in a thread: the worker has publications to follow and does not wait for other people's servers."""
    if not _asking.acquire(blocking=False):
        return False
    threading.Thread(target=_check_and_release, name="links", daemon=True).start()
    return True


def _check_and_release() -> None:
    try:
        close_old_connections()
        check_next()
    except Exception:  # the edge of the thread: it is logged and tried again at the next tick
        logger.exception("A link could not be checked.", extra={"event": "link_check_failed"})
    finally:
        close_old_connections()
        _asking.release()
