"""The one door out to subscribers: one signed POST, no redirect followed, within a fixed time in all."""

import ssl
import time
from functools import lru_cache

import httpcore
import httpx

from cms.integrations.webhooks.addresses import OutsideBackend
from cms.integrations.webhooks.errors import DeliveryError

WHOLE_SECONDS = 10.0


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of an answer that takes it (2xx); raises DeliveryError for all else. What it says is not read."""
    backend = OutsideBackend(deadline=time.monotonic() + WHOLE_SECONDS)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=backend) as pool,
            pool.stream("POST", url, headers=list(headers.items()), content=body) as response,
        ):
            status = response.status
    except httpcore.TimeoutException as error:
        raise DeliveryError(f"No respondió en {WHOLE_SECONDS:.0f} segundos.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
        raise DeliveryError(
            f"No se pudo conectar, o la conexión se cortó ({type(error).__name__})."
        ) from error
    if 300 <= status < 400:
        raise DeliveryError("Manda a otra dirección, y no se sigue: escribe aquí la definitiva.", status)
    if not 200 <= status < 300:
        raise DeliveryError(f"Respondió {status} en vez de aceptar el aviso.", status)
    return status
