"""Signatures by the Standard Webhooks convention, so that its libraries can check them.

`webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over `{id}.{timestamp}.{body}`; two signatures, with a
blank between, while a secret is being changed for another. A secret is derived from the installation's own and a
random salt: who reads the database learns none. Changing SECRET_KEY therefore changes every secret.
"""

import base64
import hashlib
import hmac
import secrets

from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.integrations.webhooks.models import Subscriber

PREFIX = "whsec_"


def new_salt() -> str:
    return secrets.token_hex(32)


def secret_of(salt: str) -> str:
    """As it is shown, once, to who will check signatures with it."""
    return PREFIX + base64.b64encode(_key(salt)).decode()


def _key(salt: str) -> bytes:
    return salted_hmac("mac.webhooks", salt, algorithm="sha256").digest()


def headers(subscriber: Subscriber, delivery_id: str, body: bytes) -> dict[str, str]:
    """What goes with `body`: its id, the second it was signed, and the signatures."""
    stamp = str(int(timezone.now().timestamp()))
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            _signature(_key(salt), delivery_id, stamp, body) for salt in _salts(subscriber)
        ),
    }


def _salts(subscriber: Subscriber) -> list[str]:
    until = subscriber.anterior_hasta
    earlier = [subscriber.sal_anterior] if until and timezone.now() < until else []
    return [subscriber.sal, *earlier]


def _signature(key: bytes, delivery_id: str, stamp: str, body: bytes) -> str:
    signed = b".".join((delivery_id.encode(), stamp.encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
