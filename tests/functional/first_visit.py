"""What a first visit costs: bytes on the line, and how long until the first text on a slow line with a slow telephone.

Run as `python -m tests.functional.first_visit` for the table of docs/first-visit.md, with the times this machine measures.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests import small_seed
from tests.functional.conftest import PHONE, running, start_browser
from tests.functional.line import Line
from tests.functional.portal_pages import DNI, FICHA, GALLERY

PACKED = "tests.functional.packed_settings"
# 400 kbit/s, 400 ms there and back, a processor four times slower than this one.
BYTES_PER_SECOND = 400_000 / 8
ROUND_TRIP_MS = 400
SLOWER = 4
TIMES = 5
# Nothing comes for so long: the visit is over, also what is kept for when there is no line.
QUIET_MS = 1500
FIRST_TEXT = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null"""
BLOCKING = """() => performance.getEntriesByType("resource").filter(e => e.renderBlockingStatus === "blocking").length"""


@dataclass(frozen=True)
class Budget:
    """For one page: kB a browser needs to show it, kB in all with what is kept for later."""

    name: str
    path: str
    shown_kb: int
    all_kb: int


BUDGETS = (
    Budget("first page", "/", 18, 45),
    Budget("home", "/es/", 28, 55),
    Budget("home in Quechua", "/qu/", 28, 55),
    Budget("ficha", f"/es{FICHA}", 30, 58),
    Budget("centres", "/es/sedes/", 30, 50),
    Budget("chat", "/es/chat/", 35, 64),
)

# The other kinds of page, measured for the document alone: they are made of the same style sheets and scripts.
OTHERS = (
    ("ficha in Quechua", f"/qu{FICHA}"),
    ("ficha of which little is known", "/es/tramites/osce-rnp/"),
    ("search", "/es/buscar/?q=antecedentes"),
    ("search without a result", "/es/buscar/?q=zzkkww"),
    ("list of trámites", "/es/tramites/"),
    ("entities", "/es/entidades/"),
    ("entity", "/es/entidades/reniec/"),
    ("centres of a region", "/es/sedes/?region=Cusco"),
    ("one centre", "/es/sedes/centro-mac-piura/"),
    ("event of life", "/es/momentos/busco-trabajo/"),
    ("one visit", f"/es/visita/?t={DNI}&t=migraciones-pasaporte"),
    ("being called", "/es/chat/llamada/"),
    ("what is kept", "/es/guardado/"),
    ("no internet", "/es/sin-linea/"),
    ("not found", "/es/nada/"),
    ("ficha on another site", f"/es/insertar/{DNI}/"),
    ("gallery", f"/es{GALLERY}"),
)


@dataclass(frozen=True)
class Visit:
    """`shown` and `all` in bytes as they came over the line, headers included."""

    shown: int
    all: int
    blocking: int
    first_text_ms: float


def visit(browser: Browser, line: Line, path: str, *, slow: bool) -> Visit:
    """A telephone that was never here opens one page; and another, which keeps things for when there is no line."""
    shown, blocking, first = _opened(browser, line, path, keeps=False, slow=slow)
    everything, _blocking, _first = _opened(browser, line, path, keeps=True, slow=slow)
    return Visit(shown, everything, blocking, first)


def _opened(browser: Browser, line: Line, path: str, *, keeps: bool, slow: bool) -> tuple[int, int, float]:
    """The bytes that came until nothing more did, what held up the first text, and when that was there."""
    context = browser.new_context(
        base_url=line.url,
        viewport=PHONE,  # type: ignore[arg-type]
        service_workers="allow" if keeps else "block",
    )
    try:
        page = context.new_page()
        if slow:
            _slow(page)
        before = line.received
        page.goto(path, wait_until="load")
        page.wait_for_function(f"() => ({FIRST_TEXT})() !== null")
        first, blocking = page.evaluate(FIRST_TEXT), page.evaluate(BLOCKING)
        _until_quiet(page, line)
        return line.received - before, blocking, first
    finally:
        context.close()


def _slow(page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _until_quiet(page: Page, line: Line) -> None:
    seen = -1
    while seen != line.received:
        seen = line.received
        page.wait_for_timeout(QUIET_MS)


@contextmanager
def line_to_a_packed_site(folder: Path, content: Path) -> Iterator[Line]:
    with running(folder, content, PACKED) as site:
        line = Line(site.url)
        yield line
        line.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        content = small_seed.lay(Path(folder) / "content")
        browser = start_browser(playwright)
        with line_to_a_packed_site(Path(folder) / "site", content) as line:
            for budget in BUDGETS:
                row = _row(budget, [visit(browser, line, budget.path, slow=True) for _ in range(TIMES)])
                sys.stdout.write(f"{row}\n")
            for name, path in OTHERS:
                sys.stdout.write(f"{_other(browser, line, name, path)}\n")
        browser.close()


def _other(browser: Browser, line: Line, name: str, path: str) -> str:
    taken = [_opened(browser, line, path, keeps=False, slow=True) for _ in range(TIMES)]
    shown = max(bytes_ for bytes_, _blocking, _first in taken) / 1000
    seconds = statistics.median(first for _bytes, _blocking, first in taken) / 1000
    return f"| {name} `{path}` | {shown:.1f} | {seconds:.1f} |"


def _row(budget: Budget, visits: list[Visit]) -> str:
    shown, everything = max(v.shown for v in visits) / 1000, max(v.all for v in visits) / 1000
    seconds = statistics.median(v.first_text_ms for v in visits) / 1000
    return (
        f"| {budget.name} `{budget.path}` | {shown:.1f} | {budget.shown_kb} "
        f"| {everything:.1f} | {budget.all_kb} | {seconds:.1f} |"
    )


if __name__ == "__main__":
    main()
