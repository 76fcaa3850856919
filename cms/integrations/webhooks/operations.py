"""Managing subscribers, and telling them. Every delivery is tried until it is taken, or given up and seen."""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.connections import release_connection
from cms.integrations.webhooks import client, sending, signing
from cms.integrations.webhooks.errors import DeliveryError
from cms.integrations.webhooks.models import Attempt, Delivery, DeliveryState, Subscriber
from cms.integrations.webhooks.registry import subject_of
from cms.publishing.models import Change

logger = logging.getLogger(__name__)

# What is waited for after each try; after the last one it is given up. A little over a day in all.
BACKOFF_SECONDS = (5, 30, 120, 600, 1800, 7200, 21_600, 57_600)
MAX_TRIES = len(BACKOFF_SECONDS) + 1
LEASE_SECONDS = 60
BOTH_SECRETS_HOURS = 24
KEPT_DAYS = 90
GONE = 410


@dataclass(frozen=True, slots=True)
class Wish:
    """What a subscriber wants to be told, and where; empty lists mean everything."""

    nombre: str
    url: str
    tipos: Sequence[str] = ()
    entidades: Sequence[str] = ()


@transaction.atomic
def subscribe(*, wish: Wish, by: User) -> tuple[Subscriber, str]:
    """The new subscriber and its secret, which is shown this once."""
    subscriber = Subscriber(sal=signing.new_salt(), creado_por=by)
    _write(subscriber, wish)
    record("webhook.subscribed", str(subscriber.pk), by=by, nombre=wish.nombre, url=wish.url)
    return subscriber, signing.secret_of(subscriber.sal)


@transaction.atomic
def change(*, subscriber: Subscriber, wish: Wish, by: User) -> None:
    before = subscriber.url
    _write(subscriber, wish)
    record("webhook.changed", str(subscriber.pk), by=by, nombre=wish.nombre, url=wish.url, before=before)


def _write(subscriber: Subscriber, wish: Wish) -> None:
    subscriber.nombre, subscriber.url = wish.nombre, wish.url
    subscriber.tipos, subscriber.entidades = list(wish.tipos), list(wish.entidades)
    subscriber.save()


@transaction.atomic
def renew_secret(*, subscriber: Subscriber, by: User) -> str:
    """Another secret, shown this once; the one before signs too for a day, and then no more."""
    subscriber.sal_anterior = subscriber.sal
    subscriber.anterior_hasta = timezone.now() + timedelta(hours=BOTH_SECRETS_HOURS)
    subscriber.sal = signing.new_salt()
    subscriber.save(update_fields=["sal", "sal_anterior", "anterior_hasta"])
    record("webhook.secret_renewed", str(subscriber.pk), by=by, nombre=subscriber.nombre)
    return signing.secret_of(subscriber.sal)


@transaction.atomic
def pause(*, subscriber: Subscriber, by: User) -> None:
    """Nothing more is written down for it; what waits goes out when it is resumed."""
    Subscriber.objects.filter(pk=subscriber.pk).update(activo=False)
    record("webhook.paused", str(subscriber.pk), by=by, nombre=subscriber.nombre)


@transaction.atomic
def resume(*, subscriber: Subscriber, by: User) -> None:
    Subscriber.objects.filter(pk=subscriber.pk).update(activo=True)
    record("webhook.resumed", str(subscriber.pk), by=by, nombre=subscriber.nombre)
    transaction.on_commit(_send, robust=True)


@transaction.atomic
def unsubscribe(*, subscriber: Subscriber, by: User) -> None:
    """Removes it with the log of its deliveries; the audit remains."""
    record("webhook.removed", str(subscriber.pk), by=by, nombre=subscriber.nombre, url=subscriber.url)
    subscriber.delete()


@transaction.atomic
def redeliver(*, delivery: Delivery, by: User) -> None:
    """Sends it again, under the same id, with all its tries before it."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.WAITING, tries=0, next_try_at=timezone.now(), lease_until=None, done_at=None
    )
    record("webhook.redelivered", str(delivery.subscriber_id), by=by, delivery=str(delivery.pk))
    transaction.on_commit(_send, robust=True)


def enqueue(change: Change) -> None:
    """The follower of publications: one delivery for each subscriber that wants to know. Idempotent."""
    listening = list(Subscriber.objects.filter(activo=True))
    subject = subject_of(change) if listening else None
    if subject is None:
        return
    wanting = [one for one in listening if one.wants(change.kind, subject.entidades)]
    rows = [Delivery(subscriber=subscriber, change=change) for subscriber in wanting]
    if rows:
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        transaction.on_commit(_send, robust=True)


def _send() -> None:
    from cms.integrations.webhooks.tasks import deliver  # the task imports this module

    deliver.delay()


def send_due() -> int:
    """Gives each subscriber with something due a thread of its own, and does not wait for it."""
    waiting = Delivery.objects.due().order_by().values_list("subscriber_id", flat=True).distinct()
    return sum(sending.lanes.take(pk, tell_next) for pk in list(waiting))


def tell_next(subscriber_id: int) -> bool:
    """Tries the oldest delivery that is due for one subscriber; whether there was one."""
    due = Delivery.objects.due().filter(subscriber_id=subscriber_id).order_by("change_id")
    for delivery in due.select_related("subscriber", "change")[:5]:
        if _claim(delivery):
            attempt(delivery)
            return True
    return False


def _claim(delivery: Delivery) -> bool:
    """Compare-and-set: of several senders one gets it."""
    claimed = (
        Delivery.objects.due()
        .filter(pk=delivery.pk, tries=delivery.tries)
        .update(
            state=DeliveryState.RUNNING,
            tries=delivery.tries + 1,
            lease_until=timezone.now() + timedelta(seconds=LEASE_SECONDS),
        )
    )
    delivery.tries += claimed
    return claimed == 1


def attempt(delivery: Delivery) -> None:
    """Sends it once and writes down how that went; never raises."""
    started = time.monotonic()
    status, error = None, ""
    try:
        status = _post(delivery)
    except DeliveryError as failed:
        status, error = failed.status, str(failed)
    except Exception as fault:  # the edge of a thread: a fault of ours is a failed try, seen and tried again
        logger.exception("A delivery broke off.", extra={"event": "webhook_broke_off"})
        error = f"Falló de nuestro lado ({type(fault).__name__})."
    took_ms = int((time.monotonic() - started) * 1000)
    with transaction.atomic():
        Attempt.objects.create(delivery=delivery, status=status, error=error[:300], took_ms=took_ms)
        Delivery.objects.filter(pk=delivery.pk).update(**_outcome(delivery, status, failed=bool(error)))


def _post(delivery: Delivery) -> int:
    body = body_of(delivery)
    headers = {
        "content-type": "application/json",
        "user-agent": "MAC-avisos/1",
        **signing.headers(delivery.subscriber, str(delivery.pk), body),
    }
    url = delivery.subscriber.url
    # A slow subscriber takes seconds, and many are told at once: their connections are for others meanwhile.
    release_connection()
    return client.post(url, body, headers)


def body_of(delivery: Delivery) -> bytes:
    """The same bytes at every try."""
    told = delivery.change
    subject = subject_of(told)
    payload = {
        "cursor": told.pk,
        "codigo": told.key,
        "revision": told.revision,
        "tipo": told.kind,
        "at": timezone.localtime(told.at).isoformat(),
        "url": subject.url if subject else None,
    }
    return json.dumps(payload, ensure_ascii=False).encode()


def _outcome(delivery: Delivery, status: int | None, *, failed: bool) -> dict[str, object]:
    if not failed:
        return {"state": DeliveryState.DONE, "done_at": timezone.now(), "lease_until": None}
    if status == GONE or delivery.tries >= MAX_TRIES:
        return {"state": DeliveryState.DEAD, "done_at": timezone.now(), "lease_until": None}
    wait = BACKOFF_SECONDS[delivery.tries - 1]
    return {
        "state": DeliveryState.WAITING,
        "next_try_at": timezone.now() + timedelta(seconds=wait),
        "lease_until": None,
    }


def prune() -> int:
    """Forgets deliveries that ended longer than KEPT_DAYS ago."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    removed, _by_model = Delivery.objects.filter(done_at__lt=before).delete()
    return removed
