"""Links are asked politely, and never inside a network of our own. A double on this machine is the other side."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from httpcore import ConnectError, NetworkStream, SyncBackend

from cms.editing.health import links
from cms.editing.health.links import Found, ask, check_next, record
from cms.editing.health.measuring import refresh
from cms.editing.health.models import Clase, Enlace, Hallazgo, Uso


class Site(BaseHTTPRequestHandler):
    """`/ok`, `/gone`, `/no-head` (knows only GET), `/shy` (refuses programs), `/inside` and `/round` (redirects)."""

    asked: list[tuple[str, str, str]]

    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/no-head" else None)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        type(self).asked.append((self.command, self.path, self.headers["User-Agent"]))
        known = {"/ok": 200, "/no-head": 200, "/gone": 404, "/shy": 403, "/inside": 302, "/round": 302}
        self.send_response(status or known.get(self.path, 500))
        if self.path == "/inside":
            self.send_header("LOCATION", "http://10.0.0.7/secret")
        if self.path == "/round":
            self.send_header("Location", "/round")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def this_machine_is_outside(settings: Any) -> None:
    """The guard lets the double through, so that the rest can be seen at work."""
    settings.WEBHOOKS_ALLOW_LOOPBACK = True


@pytest.mark.usefixtures("this_machine_is_outside")
def test_a_page_that_opens_is_asked_once_by_name_and_without_its_content(site: str) -> None:
    assert ask(f"{site}/ok#parte").opens
    assert [(method, path) for method, path, _agent in Site.asked] == [("HEAD", "/ok")]
    assert "MAC-enlaces" in Site.asked[0][2]


@pytest.mark.usefixtures("this_machine_is_outside")
def test_a_server_that_knows_no_head_is_asked_with_get(site: str) -> None:
    assert ask(f"{site}/no-head").opens
    assert [method for method, *_rest in Site.asked] == ["HEAD", "GET"]


@pytest.mark.usefixtures("this_machine_is_outside")
def test_what_is_gone_does_not_open_and_who_refuses_programs_tells_nothing(site: str) -> None:
    gone, shy = ask(f"{site}/gone"), ask(f"{site}/shy")
    assert (gone.status, gone.opens, gone.unclear) == (404, False, False)
    assert (shy.status, shy.unclear) == (403, True)
    assert not ask(f"{site}/round").opens


@pytest.mark.usefixtures("this_machine_is_outside")
def test_a_page_outside_cannot_send_us_inside(site: str) -> None:
    found = ask(f"{site}/inside")
    assert found.unknowable
    assert "no se pregunta" in found.error


def test_this_machine_is_never_asked_by_any_of_its_names(site: str) -> None:
    port = site.rpartition(":")[2]
    for host in (
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",  # noqa: S104 - asked for, not listened on
        "2130706433",
        "[::ffff:127.0.0.1]",
        "usuario@127.0.0.1",
    ):
        assert not ask(f"http://{host}:{port}/ok").opens, host
    assert Site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fd00::1]",
        "[fe80::1]",
        "224.0.0.1",
    ],
)
def test_private_and_local_networks_are_never_asked(address: str) -> None:
    assert ask(f"http://{address}/").unknowable


def test_a_name_that_changes_its_address_in_between_gains_nothing(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First a public address, then ours: the one that was looked at is the one that is connected to."""
    port = int(site.rpartition(":")[2])
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    connected: list[str] = []

    def resolve(*args: Any, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(self: SyncBackend, host: str, *args: Any) -> NetworkStream:
        connected.append(host)
        raise ConnectError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(SyncBackend, "connect_tcp", connect)
    assert not ask(f"http://cambia.example:{port}/ok").opens
    assert connected == ["93.184.215.14"]
    assert ask(f"http://cambia.example:{port}/ok").unknowable
    assert connected == ["93.184.215.14"]


@pytest.mark.parametrize(
    "url", ["http://", "ftp://gob.pe/", "http://[::1", "http://a b/", "javascript:1", "http://x:99999/"]
)
def test_what_is_no_address_does_no_harm(url: str) -> None:
    assert not ask(url).opens


@pytest.mark.usefixtures("this_machine_is_outside")
def test_who_answers_nothing_is_left_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "WHOLE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = ask(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert found.status is None
    assert "No respondió" in found.error


@pytest.fixture
def link(seeded: None) -> Enlace:
    Enlace.objects.all().update(siguiente_at=timezone.now() + timedelta(days=1))
    link = Enlace.objects.create(url="https://reniec.example/x", host="reniec.example")
    Uso.objects.create(enlace=link, codigo="osce-rnp", aspecto="canales")
    return link


GONE = Found(404, "Respondió 404.")


def test_one_bad_night_is_not_a_dead_link_and_three_are(
    link: Enlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.editing.health.measuring._note_addresses", lambda codigos, fichas: None)
    for expected in ("sin_revisar", "sin_revisar", "no_abre"):
        record(link, GONE)
        assert link.estado == expected
    assert link.siguiente_at > timezone.now() + timedelta(days=6)
    row = Hallazgo.objects.get(codigo="osce-rnp", clase=Clase.ENLACE)
    assert (row.aspectos, row.cuantos) == (["canales"], 1)
    assert "https://reniec.example/x" in row.detalle
    record(link, Found(200))
    assert not Hallazgo.objects.filter(codigo="osce-rnp", clase=Clase.ENLACE).exists()


def test_one_host_is_not_asked_again_at_once(link: Enlace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(url: str) -> Found:
        asked.append(url)
        return Found(200)

    monkeypatch.setattr(links, "ask", answer)
    link.usos.all().delete()
    Enlace.objects.create(url="https://reniec.example/y", host="reniec.example")
    Enlace.objects.create(url="https://sunarp.example/", host="sunarp.example")
    assert check_next()
    assert check_next()
    assert not check_next()
    assert asked == ["https://reniec.example/x", "https://sunarp.example/"]


def test_addresses_are_learnt_from_fichas_and_forgotten_with_them(seeded: None) -> None:
    refresh(["reniec-dni-duplicado"])
    assert Uso.objects.filter(codigo="reniec-dni-duplicado", enlace__host="elcomercio.pe").exists()
    refresh(["no-existe"])
    assert not Uso.objects.filter(codigo="no-existe").exists()
