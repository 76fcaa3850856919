"""The whole way of a notice: a publication, a real worker over Redis, TLS, and a receiver that checks the signature."""

import base64
import hashlib
import hmac
import json
import os
import ssl
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import trustme
from celery import Celery
from django.db import connection
from django.utils import timezone

from cms.accounts.models import User
from cms.integrations.webhooks import operations
from cms.integrations.webhooks.models import Attempt, Delivery, DeliveryState
from cms.integrations.webhooks.operations import BACKOFF_SECONDS, Wish
from cms.publishing.models import OutboxRow
from cms.publishing.operations import work_due
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from tests.unit.integrations.webhooks.receiver import Received, Receiver, receiving

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("live_seed"),
    pytest.mark.services,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]
CODIGO = "reniec-dni-duplicado"
ROOT = Path(__file__).resolve().parents[4]
# A worker starts in some seconds, and on a loaded machine in many; what it is asked before waits in Redis.
LONGEST_SECONDS = 90.0


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def serving(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


Wake = Callable[[], None]


@pytest.fixture
def wake(authority: trustme.CA, tmp_path: Path) -> Iterator[Wake]:
    """Asks the worker, through Redis, to look for deliveries, as the system's schedule does."""
    database = urlsplit(os.environ["DATABASE_URL"])
    queue, redis = f"webhooks-{uuid.uuid4().hex}", os.environ["REDIS_URL"]
    trusted, log = tmp_path / "trusted.pem", tmp_path / "worker.log"
    authority.cert_pem.write_to_path(str(trusted))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.config.settings.test",
        "DATABASE_URL": urlunsplit(database._replace(path=f"/{connection.settings_dict['NAME']}")),
        "CELERY_BROKER_URL": redis,
        "MAC_DATA_DIR": str(tmp_path / "data"),
    }
    command = [sys.executable, "-m", "tests.unit.integrations.webhooks.worker", queue, str(trusted)]
    sender = Celery("sender", broker=redis, set_as_current=False)
    with log.open("wb") as said:
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        try:
            yield lambda: sender.send_task("webhooks.deliver", queue=queue)
        finally:
            worker.terminate()
            worker.wait(30)
            with sender.connection_for_write() as broker:
                broker.default_channel.queue_delete(queue)
            sender.close()
            sys.stderr.write(log.read_text())  # shown where the test fails


def until(holds: Callable[[], bool]) -> bool:
    ends_at = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends_at:
        if holds():
            return True
        time.sleep(0.1)
    return False


def subscribed(receiver: Receiver) -> str:
    """Its secret, after a ficha was published that it is to be told of."""
    ada = User.objects.create_user(username="ada", password="una clave de prueba", is_superuser=True)
    _subscriber, secret = operations.subscribe(wish=Wish("Municipalidad", receiver.url), by=ada)
    OutboxRow.objects.all().delete()  # the seed's own
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, "nombre": "Otro nombre"}}), by=None)
    work_due()
    return secret


def is_signed(got: Received, secret: str) -> bool:
    """By the rule in docs/api.md, worked out here from the secret the subscriber was shown."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return expected in got.headers["webhook-signature"].split(" ")


def tried() -> list[int | None]:
    return list(Attempt.objects.order_by("id").values_list("status", flat=True))


def test_it_arrives_signed_and_again_after_the_receiver_failed(authority: trustme.CA, wake: Wake) -> None:
    with receiving(serving(authority)) as receiver:
        secret = subscribed(receiver)
        receiver.manner = "500"
        wake()
        assert until(lambda: tried() == [500]), tried()
        assert until(lambda: Delivery.objects.get().state == DeliveryState.WAITING)
        delivery = Delivery.objects.get()
        assert delivery.next_try_at > timezone.now(), "it is not tried again at once"
        receiver.manner = "takes it"
        # As if the first wait had gone by.
        delivery.next_try_at -= timedelta(seconds=BACKOFF_SECONDS[0])
        delivery.save(update_fields=["next_try_at"])
        wake()
        assert until(lambda: Delivery.objects.get().state == DeliveryState.DONE), tried()
    assert tried() == [500, 204]
    first, second = receiver.received
    assert json.loads(second.body)["codigo"] == CODIGO
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert is_signed(first, secret)
    assert is_signed(second, secret)
    assert not is_signed(Received(second.path, second.headers, second.body + b" "), secret)


@pytest.mark.parametrize("wrong", ["of another authority", "of another name"])
def test_nothing_is_told_to_whom_the_certificate_does_not_vouch_for(
    authority: trustme.CA, wake: Wake, wrong: str
) -> None:
    certificate = (
        serving(trustme.CA()) if wrong == "of another authority" else serving(authority, "otra.gob.pe")
    )
    with receiving(certificate) as receiver:
        subscribed(receiver)
        wake()
        assert until(lambda: tried() == [None]), tried()
        assert until(lambda: Delivery.objects.get().state == DeliveryState.WAITING)
    assert receiver.received == []
    assert Attempt.objects.get().error.startswith("No se pudo conectar")
