"""A real server, a real browser. Nothing here touches the database: what is seen is what the server sends.

Playwright keeps an event loop in this thread while it runs, so it never outlives a module: Django refuses
database calls of other tests next to a running loop.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.functional.deciding import decide
from tests.integration.conversations.rasa_double import RasaDouble

ROOT = Path(__file__).resolve().parents[2]
# The worker is blocked on purpose; a page that is left gives up what it was just asking (a request that fails is told
# with htmx:sendError, and that is heard).
NO_COMPLAINT = ("Service Worker registration blocked", "htmx:afterRequest,", "htmx:sendAbort,")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STARTS_WITHIN_SECONDS = 60
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 720}
# A shared machine is sometimes slow; what is waited for comes by itself or not at all.
PATIENCE_MS = 40_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Site:
    """The server under test, the assistant it asks, and the environment its other processes need."""

    url: str
    assistant: RasaDouble
    environment: dict[str, str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, small_content: Path) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("site"), small_content) as site:
        yield site


@contextmanager
def running(folder: Path, content: Path, settings: str = "tests.functional.settings") -> Iterator[Site]:
    """A site of its own, with all it writes in `folder` and the fichas of `content`."""
    assistant = RasaDouble("only-for-tests")
    assistant.results = decide
    assistant.start()
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "MAC_PROFILE": "embedded",
        "MAC_DATA_DIR": str(folder),
        "MAC_PORT": str(port),
        "MAC_RASA_URL": assistant.url,
    }
    prepare = (sys.executable, "-m", "tests.functional.prepare", str(content))
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True)
    serve = ("-m", "uvicorn", "cms.config.asgi:application", "--port", str(port), "--log-level", "warning")
    server = subprocess.Popen(
        (sys.executable, *serve, "--timeout-graceful-shutdown", "1"), cwd=ROOT, env=environment
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield Site(f"http://127.0.0.1:{port}", assistant, environment)
    finally:
        server.terminate()
        server.wait(timeout=20)
        assistant.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    ends_at = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < ends_at:
        assert server.poll() is None, "the server ended while it was starting"
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer within {STARTS_WITHIN_SECONDS} s")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if _chromium() is None:
        pytest.skip("no Chromium found (Debian's package is called chromium)")
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        yield browser
        browser.close()


def _chromium() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def start_browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=_chromium(), args=list(ARGUMENTS))


@dataclass
class Windows:
    """Opens windows, each with cookies of its own, and hears what they complain about."""

    browser: Browser
    site: Site
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str, *, script: bool = True, size: dict[str, int] | None = None) -> Page:
        context = self.browser.new_context(
            base_url=self.site.url,
            java_script_enabled=script,
            viewport=size or PHONE,  # type: ignore[arg-type]
            reduced_motion="reduce",
            # What the worker keeps has tests of its own; here every request is to be seen.
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self._hear("error", str(error)))
        page.goto(path)
        return page

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(told in text for told in NO_COMPLAINT):
            self.complaints.append(text)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def windows(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Any complaint in a console fails the test, unless it is marked as one that cuts the line."""
    opened = Windows(chromium, site)
    yield opened
    for context in opened.contexts:
        context.close()
    if request.node.stash.get(FAILED, False):
        # The site is one for all: whoever still waits or holds a conversation here would fail the next test too.
        settle = (sys.executable, "-m", "tests.functional.desk.settle")
        subprocess.run(settle, cwd=ROOT, env=site.environment, check=True)
        return
    if "cut_line" not in request.fixturenames:
        assert opened.complaints == []


@pytest.fixture
def cut_line() -> None:
    """Names tests that cut the line: a browser complains about requests that fail."""


@pytest.fixture
def sign_in(windows: Windows) -> Callable[..., Page]:
    def enter(name: str, size: dict[str, int] | None = None) -> Page:
        desk = windows.open("/desk/", size=size or LAPTOP)
        desk.get_by_label("Cuenta").fill(name)
        desk.get_by_label("Contraseña").fill("una clave de prueba")
        with desk.expect_response("**/desk/presencia/"):
            desk.get_by_role("button", name="Entrar").click()
        return desk

    return enter
