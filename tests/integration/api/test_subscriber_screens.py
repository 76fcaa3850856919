"""Administrators say who is told of publications; the secret is shown once and is never found again."""

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.integrations.webhooks import operations
from cms.integrations.webhooks.models import Attempt, Delivery, DeliveryState, Subscriber
from cms.integrations.webhooks.operations import Wish
from cms.publishing.models import Change

pytestmark = pytest.mark.django_db
SCREENS = "/admin/avisos/"
GIVEN = {"nombre": "Municipalidad de Piura", "url": "https://munipiura.example/avisos"}


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_superuser(username="ada", password="una clave de prueba")


@pytest.fixture
def desk(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def subscriber(ada: User) -> Subscriber:
    return operations.subscribe(wish=Wish(**GIVEN), by=ada)[0]


def test_the_secret_is_shown_once(desk: Client) -> None:
    told = desk.post(f"{SCREENS}nuevo/", GIVEN | {"tipos": ["withdrawn"], "entidades": ["reniec"]})
    assert told.status_code == 200
    secret = told.content.decode().partition('id="secreto">')[2].partition("<")[0]
    assert secret.startswith("whsec_")
    assert "no-store" in told["Cache-Control"]
    made = Subscriber.objects.get()
    assert (made.tipos, made.entidades) == (["withdrawn"], ["reniec"])
    for screen in ("", f"{made.pk}/", f"{made.pk}/cambiar/"):
        page = desk.get(SCREENS + screen)
        assert page.status_code == 200
        assert secret not in page.content.decode()
    assert secret not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://munipiura.example/avisos", "https://"),
        ("ftp://munipiura.example/avisos", "https://"),
        ("https://127.0.0.1/avisos", "red interna"),
        ("https://[::1]/avisos", "red interna"),
        ("https://10.1.2.3/avisos", "red interna"),
        ("https://169.254.169.254/latest/meta-data", "red interna"),
        ("https://localhost/avisos", "red interna"),
        ("https://base.internal/avisos", "red interna"),
        ("https://localhost./avisos", "red interna"),
        ("https://base/avisos", "red interna"),
        ("https://2130706433/avisos", "red interna"),
        ("https://0x7f000001/avisos", "red interna"),
        ("https://0x7f.1/avisos", "red interna"),
        ("https://0177.0.0.1/avisos", "red interna"),
        ("https://10.1/avisos", "red interna"),
        ("https://[::ffff:10.1.2.3]/avisos", "red interna"),
        ("https://[::ffff:7f00:1]/avisos", "red interna"),
        ("https://999.1.1.1/avisos", "red interna"),
        ("https://yo:clave@munipiura.example/", "sin usuario"),
        ("https://munipiura.example:99999/", "No es una dirección"),
        ("https:///avisos", "No es una dirección"),
        ("https://muni piura.example/", "No es una dirección"),
        ("https://niños.example/", "No es una dirección"),
        ("munipiura", "No es una dirección"),
    ],
)
def test_an_address_that_cannot_be_told_is_refused_with_what_to_do(desk: Client, url: str, said: str) -> None:
    page = desk.post(f"{SCREENS}nuevo/", GIVEN | {"url": url})
    assert said in page.content.decode()
    assert not Subscriber.objects.exists()


def test_the_log_tells_each_try_and_sends_again(desk: Client, subscriber: Subscriber, ada: User) -> None:
    delivery = Delivery.objects.create(
        subscriber=subscriber, change=Change.objects.latest("id"), state=DeliveryState.DEAD, tries=9
    )
    Attempt.objects.create(delivery=delivery, status=500, error="Respondió 500 en vez de aceptar el aviso.")
    page = desk.get(f"{SCREENS}{subscriber.pk}/").content.decode()
    assert "Respondió 500" in page
    assert "abandonado" in page
    assert "<strong>1</strong>" in desk.get(SCREENS).content.decode()
    again = desk.post(f"{SCREENS}{subscriber.pk}/reenviar/{delivery.pk}/", follow=True)
    assert "otra vez" in again.content.decode()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.WAITING, 0)
    assert Entry.objects.filter(what="webhook.redelivered", by=ada).exists()


def test_a_subscriber_is_changed_paused_resumed_and_removed(desk: Client, subscriber: Subscriber) -> None:
    one = f"{SCREENS}{subscriber.pk}/"
    desk.post(f"{one}cambiar/", GIVEN | {"nombre": "Piura"})
    desk.post(f"{one}pausa/")
    subscriber.refresh_from_db()
    assert (subscriber.nombre, subscriber.activo) == ("Piura", False)
    desk.post(f"{one}pausa/")
    subscriber.refresh_from_db()
    assert subscriber.activo
    told = desk.post(f"{one}secreto/").content.decode()
    assert "whsec_" in told
    assert "sigue firmando" in told
    desk.post(f"{one}quitar/")
    assert not Subscriber.objects.exists()
    written = set(Entry.objects.filter(what__startswith="webhook.").values_list("what", flat=True))
    assert written == {
        "webhook.subscribed", "webhook.changed", "webhook.paused", "webhook.resumed",
        "webhook.secret_renewed", "webhook.removed",
    }  # fmt: skip


def test_nobody_but_an_administrator_sees_or_does_any_of_it(
    client: Client, subscriber: Subscriber, diego: User, berta: User
) -> None:
    delivery = Delivery.objects.create(subscriber=subscriber, change=Change.objects.latest("id"))
    one = f"{SCREENS}{subscriber.pk}/"
    doors = [
        SCREENS, f"{SCREENS}nuevo/", one, f"{one}cambiar/", f"{one}secreto/", f"{one}pausa/", f"{one}quitar/",
        f"{one}reenviar/{delivery.pk}/",
    ]  # fmt: skip
    for user in (diego, berta, None):
        client.logout()
        if user:
            client.force_login(user)
        for door in doors:
            for answer in (client.get(door), client.post(door, GIVEN)):
                assert answer.status_code in (302, 403, 405), (user, door)
                assert "munipiura" not in answer.content.decode()
    subscriber.refresh_from_db()
    assert (subscriber.activo, Subscriber.objects.count()) == (True, 1)
