"""What ten thousand fichas in both languages cost those who read, search, edit and follow."""

import json
import random
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, product

from stack import keys, processes
from stack.configuration import ROOT, Configuration
from stack.programs import CMS_PYTHON, MANAGE
from tests.bench import asking, everywhere, footprint
from tests.bench.sheet import Asked, Peer, Sheet, Taken
from tests.evaluation.figures import Need, percentile

COUNT = 10_000
LANGUAGES = ("es", "qu")
_SAMPLE = 100
_PAGES = 40
_EDITORS_LOOKS = 6
_CHANGES = 20
_SHORT = (
    "licencia de funcionamiento",
    "brevete",
    "antesedentes penales",
    "pago de impuesto predial",
    "DNIyta chinkachini",
)


class LoadingError(Exception):
    """A program that was to prepare the measurement failed; the message is the last it said."""


@dataclass(frozen=True)
class Loaded:
    """What tests.bench.bulk says it loaded."""

    codes: Sequence[str]
    names: Sequence[str]
    complete: Sequence[str]
    largest: str
    largest_page: int
    session: str
    generated_seconds: float
    written_seconds: float


def measure(sheet: Sheet, configuration: Configuration, environ: Mapping[str, str], healthz: Peer) -> None:
    """Adds the figures; everything else that is measured of this stack comes before, with the seed alone."""
    run = partial(_run, _environment(configuration, environ))
    found: list[Loaded] = []

    def load() -> Taken:
        found.append(Loaded(**json.loads(run(CMS_PYTHON, "-m", "tests.bench.bulk", str(COUNT)).stdout)))
        loaded = found[0]
        return Taken(
            loaded.written_seconds, f"{len(loaded.codes)} fichas, made up in {loaded.generated_seconds:.1f} s"
        )

    if sheet.take(Asked("many_written", "s"), load) is None:
        return
    reindex = Asked("many_full_reindex", "s", Need(at_most=60))
    sheet.take(reindex, lambda: _timed(run, "rebuild_index", "--anew"))
    sheet.take(Asked("many_editors_reindex", "s", Need(at_most=60)), lambda: _timed(run, "update_index"))
    _readers(sheet, configuration, found[0], healthz)
    _editors(sheet, configuration, found[0], healthz)
    told(sheet, configuration, "many_published_to_told_p95")
    web = partial(_web_megabytes, configuration)
    sheet.take(
        Asked("many_web_memory", "MB", Need(at_most=500)), lambda: Taken(web(), f"with {COUNT} fichas")
    )


def told(sheet: Sheet, configuration: Configuration, name: str) -> None:
    """From a publication until page, API, search and chat tell the new fee in both languages, and none the old."""

    def publish() -> Taken:
        seconds = everywhere.measure(configuration, _CHANGES)
        last = [max(times) for times in zip(*seconds.values(), strict=True)]
        slowest = max(seconds, key=lambda place: percentile(seconds[place], 95))
        return Taken(
            percentile(last, 95), f"{len(last)} fees, p50 {percentile(last, 50):.2f} s, last: {slowest}"
        )

    sheet.take(Asked(name, "s", Need(at_most=2)), publish)


def _environment(configuration: Configuration, environ: Mapping[str, str]) -> dict[str, str]:
    return configuration.environment(environ, keys.load_or_make(configuration.data_dir, environ))


def _run(environment: dict[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LoadingError(done.stderr.strip().splitlines()[-1])
    return done


def _timed(run: Callable[..., object], *command: str) -> Taken:
    started = time.monotonic()
    run(*MANAGE, *command)
    return Taken(time.monotonic() - started, f"{COUNT} fichas and the seed, the interpreter's start included")


def _readers(sheet: Sheet, configuration: Configuration, loaded: Loaded, healthz: Peer) -> None:
    visitor = asking.Visitor(configuration.web_url)
    dice = random.Random(COUNT)
    shown = dice.sample(list(loaded.complete), _SAMPLE)
    asked = [*dice.sample(list(loaded.names), _SAMPLE // 2), *_pairs(dice, loaded.names), *_SHORT * 3]
    starts = [dice.randrange(COUNT - 50) for _ in range(_PAGES)]
    figures: dict[str, tuple[list[str], Need | None]] = {
        "api_list": ([f"/api/v1/tramites?offset={n}&locale={loc}" for n, loc in zip(starts, cycle(LANGUAGES))], Need(at_most=50)),
        "api_list_of_entity": ([f"/api/v1/tramites?entidad={loaded.largest}&offset={n // 5}" for n in starts], Need(at_most=50)),
        "api_ficha": ([f"/api/v1/tramites/{code}?locale={loc}" for code, loc in product(shown, LANGUAGES)], Need(at_most=50)),
        "api_search": ([f"/api/v1/search?q={q}&locale={loc}" for q, loc in zip(asked, cycle(LANGUAGES))], Need(at_most=30)),
        "tramite_page": ([f"/{loc}/tramites/{code}/" for code, loc in product(shown, LANGUAGES)], Need(at_most=100)),
        "list_page": ([f"/es/tramites/?pagina={n // 30 + 1}" for n in starts], None),
        "lexicon": (["/api/v1/lexicon"] * 10, None),
    }  # fmt: skip
    for name, (paths, need) in figures.items():
        times = partial(visitor.milliseconds, paths)
        sheet.take(Asked(f"many_{name}_p95", "ms", need, healthz), partial(_p95, times))
    visitor.close()


def _p95(times: Callable[[], list[float]]) -> Taken:
    return asking.p95(times(), "requests")


def _pairs(dice: random.Random, names: Sequence[str]) -> Iterator[str]:
    """Two words of some names, as people search."""
    words = [word for name in names for word in name.split() if len(word) > 4]
    return (" ".join(dice.sample(words, 2)) for _ in range(_SAMPLE // 2))


def _editors(sheet: Sheet, configuration: Configuration, loaded: Loaded, healthz: Peer) -> None:
    page = f"/admin/pages/{loaded.largest_page}/"
    looks = {
        "explorer": [page, f"{page}?p=20", f"{page}?ordering=title"],
        "explorer_search": [f"{page}?q=licencia", f"{page}?q=certificado"],
        "search": ["/admin/pages/search/?q=licencia", "/admin/pages/search/?q=certificado+de+estudios"],
    }
    visitor = asking.Visitor(configuration.web_url, {"sessionid": loaded.session})
    for name, paths in looks.items():
        times = partial(visitor.milliseconds, paths * _EDITORS_LOOKS)
        sheet.take(Asked(f"many_editors_{name}_p95", "ms", Need(at_most=1000), healthz), partial(_p95, times))
    visitor.close()


def _web_megabytes(configuration: Configuration) -> float:
    return footprint.resident_megabytes(processes.marked(configuration.stack_id), "web")
