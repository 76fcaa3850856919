"""`make bench`: speed and memory of the embedded profile, each beside a named peer measured in the same run."""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from stack import console, keys, ports, processes
from stack.configuration import ROOT, Configuration
from stack.failures import StackError
from stack.lifecycle import Stack
from stack.programs import CMS_PYTHON
from tests.bench import asking, desk, footprint, kept, many, starting
from tests.bench.sheet import Asked, Peer, Sheet, Taken
from tests.evaluation import figures
from tests.evaluation.citizen import Citizen
from tests.evaluation.figures import Need
from tests.evaluation.system import ended_by_signals, own_configuration

FOLDER = "bench-stack"
_ENVIRONMENTS = (ROOT / ".venv", ROOT / "assistant" / ".venv")
_REST_SECONDS = 5
_PEER_REQUESTS = 200
_QUERIES = (
    "brevete",
    "partida de nacimiento",
    "duplicado dni",
    "antecedentes",
    "licensia",
    "DNIyta chinkachini",
)


@dataclass(frozen=True)
class Peers:
    """What the figures stand beside; of the bare Django server also how it started and what it takes."""

    interpreter: Peer
    bare_start: Peer
    bare_view: Peer
    bare_memory: Peer
    standard_library: Peer


def main(arguments: list[str]) -> int:
    """0 when the run came to its end, whatever the figures; 1 when the system did not start; 130 interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench.json")
    output: Path = parser.parse_args(arguments).output
    sheet = Sheet()
    started = time.monotonic()
    try:
        with ended_by_signals():
            status = _bench(sheet)
    except KeyboardInterrupt:
        return 130
    sheet.take(
        Asked("bench", "s", Need(at_most=480 + 3 * _desk_seconds())),
        lambda: Taken(time.monotonic() - started),
    )
    figures.write(output, sheet.figures)
    console.say(f"Written: {output}")
    return status


def _bench(sheet: Sheet) -> int:
    configuration = own_configuration(FOLDER, os.environ)
    console.say(f"Measuring on {figures.machine()}")
    # What an interrupted run left: a first start must find nothing.
    Stack(configuration).down()
    shutil.rmtree(configuration.data_dir, ignore_errors=True)
    try:
        return _measure(sheet, configuration)
    finally:
        Stack(configuration).down()


def _measure(sheet: Sheet, configuration: Configuration) -> int:
    try:
        first = starting.start(configuration)
        visitor = asking.Visitor(configuration.web_url)
        fichas = asking.complete_fichas(visitor)
        page = configuration.data_dir / "peer-body"
        page.write_bytes(visitor.get(f"/es/tramites/{next(iter(fichas))}/").content)
        visitor.close()
        peers = _peers(sheet, page)
        Stack(configuration).down()
        second = starting.start(configuration)
    except (StackError, asking.WrongReplyError) as error:
        console.complain(f"Error: {error}")
        sheet.take(Asked("first_start", "s", Need(at_most=180)), partial(_fail, error))
        return 1
    _starts(sheet, first, second, peers)
    healthz = _speed(sheet, configuration, fichas, peers)
    _footprint(sheet, configuration, peers)
    many.told(sheet, configuration, "published_to_told_p95")
    desk.measure(sheet, configuration, os.environ, seconds=_desk_seconds())
    many.measure(sheet, configuration, os.environ, healthz)
    return 0


def _desk_seconds() -> float:
    """How long the desk is under load, each of the two times: a minute unless MAC_BENCH_DESK_SECONDS says more."""
    return float(os.environ.get("MAC_BENCH_DESK_SECONDS", "") or desk.SECONDS)


def _fail(error: Exception) -> Taken:
    raise error


def _peers(sheet: Sheet, page: Path) -> Peers:
    port = next(port for port in range(8700, ports.HIGHEST) if ports.is_free(port))
    interpreter = sheet.peer("python_c_pass", "s", starting.interpreter)
    with starting.bare_server(port, page) as server:
        visitor = asking.Visitor(server.url)
        times = partial(visitor.milliseconds, ["/"] * _PEER_REQUESTS)
        peers = Peers(
            interpreter,
            sheet.peer("bare_django_start", "s", lambda: Taken(server.seconds)),
            sheet.peer(
                "bare_django_view_p95", "ms", lambda: asking.p95(times(), "requests for the same bytes")
            ),
            sheet.peer("bare_django_memory", "MB", lambda: _proportional([server.pid])),
            sheet.peer("standard_library_disk", "MB", _standard_library),
        )
        visitor.close()
    return peers


def _starts(sheet: Sheet, first: starting.Start, second: starting.Start, peers: Peers) -> None:
    def take(asked: Asked, seconds: float | None, detail: str) -> None:
        sheet.take(asked, lambda: starting.seen(seconds, detail))

    fresh = "fresh data folder; the environments are there already"
    take(Asked("first_start", "s", Need(at_most=180), peers.bare_start), first.seconds, fresh)
    again = f"steps of the preparation done again: {', '.join(second.done) or 'none'}"
    take(Asked("second_start", "s", Need(at_most=20), peers.bare_start), second.seconds, again)
    beside = "while the content is loaded beside it, as in any first start"
    take(Asked("training", "s", Need(at_most=60), peers.interpreter), first.training, beside)
    alone = "second start, from its process to its first answer, the others starting beside it"
    take(Asked("rasa_start", "s", Need(at_most=12), peers.bare_start), second.rasa, alone)


def _speed(sheet: Sheet, configuration: Configuration, fichas: dict[str, str], peers: Peers) -> Peer:
    """The peer of what the web answers, measured in this run."""
    visitor = asking.Visitor(configuration.web_url)
    pings = partial(visitor.milliseconds, ["/healthz"] * _PEER_REQUESTS)
    healthz = sheet.peer("healthz_p95", "ms", lambda: asking.p95(pings(), "requests"))
    pages = [f"/{locale}/tramites/{codigo}/" for codigo in fichas for locale in ("es", "qu")]
    paths = {
        "tramite_page_p95": (pages, "pages in both languages", Need(at_most=100), peers.bare_view),
        "api_ficha_p95": ([f"/api/v1/tramites/{codigo}" for codigo in fichas], "fichas", None, healthz),
        "api_search_p95": (
            [f"/api/v1/search?q={query}" for query in _QUERIES] * 10,
            "searches",
            None,
            healthz,
        ),
    }
    for name, (wanted, what, need, peer) in paths.items():
        sheet.take(Asked(name, "ms", need, peer), partial(_timed, visitor, wanted, what))
    often = Asked("tramite_page_kept_over_made_anew", "x", Need(at_least=10))
    sheet.take(often, lambda: kept.kept_over_made_anew(configuration.web_url))
    _messages(sheet, configuration, fichas, healthz)
    visitor.close()
    return healthz


def _timed(visitor: asking.Visitor, paths: list[str], what: str) -> Taken:
    return asking.p95(visitor.milliseconds(paths), what)


def _messages(sheet: Sheet, configuration: Configuration, fichas: dict[str, str], healthz: Peer) -> None:
    times: list[float] = []

    def all_times() -> Taken:
        heard = asking.questions_heard(configuration.web_url, list(fichas.values()))
        times.extend(1000 * one.seconds for one in heard)
        facts = sum(bool(one.reply.answers) for one in heard)
        return asking.p95(times, f"messages of one citizen ({facts} answered with a fact)")

    sheet.take(Asked("message_to_stored_answer_p95", "ms", Need(at_most=150), healthz), all_times)
    turn = Asked("message_to_stored_answer_p50", "ms", peer=healthz)
    p50 = sheet.take(
        turn, lambda: Taken(figures.percentile(times, 50), f"{len(times)} messages of one citizen")
    )
    _publication(sheet, configuration, Peer("message_to_stored_answer_p50", p50 / 1000 if p50 else None))


def _publication(sheet: Sheet, configuration: Configuration, turn: Peer) -> None:
    citizen, visitor = Citizen(configuration.web_url), asking.Visitor(configuration.web_url)
    published: list[float] = []

    def searchable() -> Taken:
        published.append(_publish(configuration))
        return Taken(asking.seconds_until(lambda: asking.is_found(visitor), published[0]))

    def answerable() -> Taken:
        if not published:
            raise asking.WrongReplyError("nothing was published")
        return Taken(asking.seconds_until(lambda: asking.is_answered(citizen), published[0]))

    # "A ficha published a second ago can be asked about."
    sheet.take(Asked("published_to_searchable", "s", Need(at_most=1), turn), searchable)
    sheet.take(Asked("published_to_answerable", "s", Need(at_most=1), turn), answerable)
    citizen.close()
    visitor.close()


def _publish(configuration: Configuration) -> float:
    """The Unix time at which the new ficha was public."""
    secrets = keys.load_or_make(configuration.data_dir, os.environ)
    # Not marked as one of the stack's own processes: it is none.
    environment = configuration.environment(os.environ, secrets)
    command = [CMS_PYTHON, "-m", "tests.bench.publishing", asking.PATTERN, asking.NEW_CODIGO, asking.NEW_NAME]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise asking.WrongReplyError(done.stderr.strip().splitlines()[-1])
    return float(done.stdout)


def _footprint(sheet: Sheet, configuration: Configuration, peers: Peers) -> None:
    time.sleep(_REST_SECONDS)
    ours = partial(processes.marked, configuration.stack_id)
    sheet.take(
        Asked("memory_idle", "MB", Need(at_most=1200), peers.bare_memory), lambda: _proportional(ours())
    )
    rasa = Asked("rasa_resident_memory", "MB", Need(at_most=350), peers.bare_memory)
    sheet.take(rasa, lambda: Taken(footprint.resident_megabytes(ours(), "rasa")))
    disk = Asked("environments_on_disk", "MB", Need(at_most=1500), peers.standard_library)
    sheet.take(disk, _environments)


def _environments() -> Taken:
    sizes = {str(folder.relative_to(ROOT)): footprint.disk_megabytes([folder]) for folder in _ENVIRONMENTS}
    detail = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    return Taken(footprint.disk_megabytes(_ENVIRONMENTS), detail)


def _standard_library() -> Taken:
    folder = Path(sysconfig.get_path("stdlib"))
    return Taken(
        footprint.disk_megabytes([folder], leave_out="site-packages"),
        f"of Python {sys.version_info[0]}.{sys.version_info[1]}",
    )


def _proportional(pids: list[int]) -> Taken:
    sizes = footprint.proportional_megabytes(pids)
    if not sizes:
        raise footprint.NoSuchProcessError("no process of the stack was found")
    detail = ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items()))
    return Taken(sum(sizes.values()), f"proportional set size; {detail}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
