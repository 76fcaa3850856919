"""Every change reaches every subscriber that wants it, once or more, signed; or it is seen that it did not."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.integrations.webhooks import operations
from cms.integrations.webhooks.models import Attempt, Delivery, DeliveryState, Subscriber
from cms.integrations.webhooks.operations import BACKOFF_SECONDS, MAX_TRIES, Wish
from cms.publishing.models import Change, ChangeKind, OutboxRow
from cms.publishing.operations import work_due
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from tests.unit.integrations.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"


def a_change() -> Change:
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, "nombre": "Otro nombre"}}), by=None)
    return Change.objects.latest("id")


def tell_all(subscriber: Subscriber) -> int:
    told = 0
    while operations.tell_next(subscriber.pk):
        told += 1
    return told


def later(seconds: float) -> None:
    """As if `seconds` had gone by."""
    back = timedelta(seconds=seconds)
    for row in Delivery.objects.all():
        row.next_try_at -= back
        row.lease_until = row.lease_until and row.lease_until - back
        row.save()


def test_a_publication_is_told_with_what_is_needed_to_read_it(
    subscriber: Subscriber, receiver: Receiver, settings: Any
) -> None:
    OutboxRow.objects.all().delete()  # the seed's own
    change = a_change()
    work_due()
    assert tell_all(subscriber) == 1
    (got,) = receiver.received
    assert json.loads(got.body) == {
        "cursor": change.pk,
        "codigo": CODIGO,
        "revision": change.revision,
        "tipo": "changed",
        "at": timezone.localtime(change.at).isoformat(),
        "url": f"{settings.PUBLIC_URL}/api/v1/tramites/{CODIGO}",
    }
    assert json.loads(got.body)["at"].endswith("-05:00")
    assert Delivery.objects.get(change=change).state == DeliveryState.DONE


def test_a_slow_subscriber_is_waited_for_without_a_connection(
    subscriber: Subscriber, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard_before: list[int] = []
    monkeypatch.setattr(operations, "release_connection", lambda: heard_before.append(len(receiver.received)))
    a_change()
    work_due()
    assert operations.tell_next(subscriber.pk)
    assert (heard_before, len(receiver.received)) == ([0], 1)


def test_a_withdrawal_is_told_too(subscriber: Subscriber, receiver: Receiver) -> None:
    withdraw(CODIGO, by=None, why="Ya no existe.")
    operations.enqueue(Change.objects.latest("id"))
    tell_all(subscriber)
    assert json.loads(receiver.received[0].body)["tipo"] == "withdrawn"


def test_the_signature_is_that_of_standard_webhooks(administrator: User, receiver: Receiver) -> None:
    subscriber, secret = operations.subscribe(wish=Wish("X", receiver.url), by=administrator)
    operations.enqueue(a_change())
    tell_all(subscriber)
    (got,) = receiver.received
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert got.headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(got.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert secret not in str(Subscriber.objects.values().get(pk=subscriber.pk))


def test_a_secret_is_changed_for_another_without_a_gap(
    administrator: User, receiver: Receiver, subscriber: Subscriber
) -> None:
    new = operations.renew_secret(subscriber=subscriber, by=administrator)
    operations.enqueue(a_change())
    tell_all(subscriber)
    assert len(receiver.received[0].headers["webhook-signature"].split()) == 2
    Subscriber.objects.update(anterior_hasta=timezone.now() - timedelta(seconds=1))
    operations.redeliver(delivery=Delivery.objects.get(), by=administrator)
    tell_all(subscriber)
    got = receiver.received[1]
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    key = base64.b64decode(new.removeprefix("whsec_"))
    only = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert got.headers["webhook-signature"] == f"v1,{only}"


def test_only_what_is_wanted_is_told(administrator: User, receiver: Receiver) -> None:
    def made(name: str, **wanted: list[str]) -> Subscriber:
        return operations.subscribe(wish=Wish(name, receiver.url, **wanted), by=administrator)[0]

    all_of_it, reniec, sunarp = made("a"), made("b", entidades=["reniec"]), made("c", entidades=["sunarp"])
    withdrawals = made("d", tipos=["withdrawn"])
    operations.enqueue(a_change())
    told = set(Delivery.objects.values_list("subscriber_id", flat=True))
    assert told == {all_of_it.pk, reniec.pk}
    assert not {sunarp.pk, withdrawals.pk} & told


def test_a_follower_called_twice_tells_once(subscriber: Subscriber) -> None:
    change = a_change()
    operations.enqueue(change)
    operations.enqueue(change)
    assert Delivery.objects.count() == 1


def test_a_failure_is_tried_again_later_and_later_under_the_same_id(
    subscriber: Subscriber, receiver: Receiver
) -> None:
    receiver.manner = "500"
    operations.enqueue(a_change())
    for tries, wait in enumerate(BACKOFF_SECONDS, start=1):
        assert tell_all(subscriber) == 1
        row = Delivery.objects.get()
        assert (row.state, row.tries) == (DeliveryState.WAITING, tries)
        assert wait - 2 < (row.next_try_at - timezone.now()).total_seconds() <= wait
        later(wait)
    receiver.manner = "takes it"
    assert tell_all(subscriber) == 1
    assert Delivery.objects.get().state == DeliveryState.DONE
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 1
    assert len({got.body for got in receiver.received}) == 1
    log = list(Attempt.objects.order_by("id").values_list("status", flat=True))
    assert log == [500] * len(BACKOFF_SECONDS) + [204]


def test_after_the_last_try_it_is_given_up_and_can_be_sent_again(
    subscriber: Subscriber, receiver: Receiver, administrator: User
) -> None:
    receiver.manner = "500"
    operations.enqueue(a_change())
    for _try in range(MAX_TRIES):
        tell_all(subscriber)
        later(max(BACKOFF_SECONDS))
    row = Delivery.objects.get()
    assert (row.state, row.tries, len(receiver.received)) == (DeliveryState.DEAD, MAX_TRIES, MAX_TRIES)
    assert tell_all(subscriber) == 0
    receiver.manner = "takes it"
    operations.redeliver(delivery=row, by=administrator)
    assert tell_all(subscriber) == 1
    assert Delivery.objects.get().state == DeliveryState.DONE
    assert Entry.objects.filter(what="webhook.redelivered", by=administrator).exists()


def test_one_that_says_it_is_gone_is_not_asked_again(subscriber: Subscriber, receiver: Receiver) -> None:
    receiver.manner = "410"
    operations.enqueue(a_change())
    tell_all(subscriber)
    assert Delivery.objects.get().state == DeliveryState.DEAD


@pytest.mark.parametrize("manner", ["redirects", "hangs up", "talks nonsense"])
def test_whatever_the_other_side_does_is_a_failed_try_with_its_reason(
    subscriber: Subscriber, receiver: Receiver, manner: Any
) -> None:
    receiver.manner = manner
    operations.enqueue(a_change())
    tell_all(subscriber)
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert Attempt.objects.get().error


def test_a_sender_that_died_with_a_delivery_in_hand_loses_nothing(
    subscriber: Subscriber, receiver: Receiver
) -> None:
    operations.enqueue(a_change())
    assert operations._claim(Delivery.objects.get())
    assert tell_all(subscriber) == 0
    later(operations.LEASE_SECONDS + 1)
    assert tell_all(subscriber) == 1
    assert Delivery.objects.get().state == DeliveryState.DONE


def test_of_two_senders_one_sends(subscriber: Subscriber) -> None:
    operations.enqueue(a_change())
    first, second = Delivery.objects.get(), Delivery.objects.get()
    assert (operations._claim(first), operations._claim(second)) == (True, False)


def test_what_was_waiting_goes_out_when_a_pause_is_over(
    subscriber: Subscriber, receiver: Receiver, administrator: User
) -> None:
    operations.enqueue(a_change())
    operations.pause(subscriber=subscriber, by=administrator)
    assert tell_all(subscriber) == 0
    operations.resume(subscriber=subscriber, by=administrator)
    assert tell_all(subscriber) == 1


def test_they_are_told_in_the_order_it_happened(subscriber: Subscriber, receiver: Receiver) -> None:
    changes = [
        Change.objects.create(topic="tramite", key=CODIGO, revision=n, kind=ChangeKind.CHANGED)
        for n in (7, 8, 9)
    ]
    for change in reversed(changes):
        operations.enqueue(change)
    tell_all(subscriber)
    assert [json.loads(got.body)["revision"] for got in receiver.received] == [7, 8, 9]


def test_old_deliveries_are_forgotten_and_waiting_ones_kept(
    subscriber: Subscriber, receiver: Receiver
) -> None:
    operations.enqueue(a_change())
    tell_all(subscriber)
    operations.enqueue(a_change_again())
    Delivery.objects.filter(state=DeliveryState.DONE).update(done_at=timezone.now() - timedelta(days=91))
    operations.prune()
    assert [row.state for row in Delivery.objects.all()] == [DeliveryState.WAITING]


def a_change_again() -> Change:
    return Change.objects.create(topic="tramite", key=CODIGO, revision=9, kind=ChangeKind.CHANGED)


def test_changes_of_what_nobody_registered_are_told_to_nobody(subscriber: Subscriber) -> None:
    operations.enqueue(Change.objects.create(topic="otra-cosa", key="x", revision=1, kind=ChangeKind.CHANGED))
    assert not Delivery.objects.exists()
