"""What `make bench` counts and how it tells what it could not measure."""

import os
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.bench import footprint, kept, starting
from tests.bench.asking import WrongReplyError, p95
from tests.bench.sheet import Asked, Peer, Sheet, Taken
from tests.evaluation.figures import Figure, Need

PEER = Peer("healthz_p95", 4.0)


def broken() -> Taken:
    raise RuntimeError("no such\nserver")


def taken(asked: Asked, value: float | None = None) -> list[Figure]:
    sheet = Sheet()
    sheet.take(asked, broken if value is None else lambda: Taken(value))
    return sheet.figures


def test_a_figure_stands_beside_its_peer() -> None:
    figure, ratio = taken(Asked("page", "ms", Need(at_most=100), PEER), 10)
    assert (figure.value, figure.need, figure.ok) == (10, "<= 100", True)
    assert (ratio.name, ratio.value, ratio.unit, ratio.detail) == (
        "page_ratio",
        2.5,
        "x",
        "times healthz_p95",
    )


def test_a_figure_above_its_limit_is_not_ok() -> None:
    assert not taken(Asked("page", "ms", Need(at_most=100)), 100.1)[0].ok


def test_what_cannot_be_measured_is_missing_with_its_reason_and_its_ratio_too() -> None:
    figure, ratio = taken(Asked("page", "ms", Need(at_most=100), PEER))
    assert (figure.value, figure.ok) == (None, False)
    assert "RuntimeError: no such server" in figure.detail
    assert (ratio.value, ratio.ok) == (None, False)
    assert "page is missing" in ratio.detail


def test_without_its_peer_only_the_ratio_is_missing() -> None:
    figure, ratio = taken(Asked("page", "ms", peer=Peer("healthz_p95", None)), 10)
    assert figure.ok
    assert (ratio.value, ratio.ok) == (None, False)
    assert "peer healthz_p95 is missing" in ratio.detail


def test_the_95th_of_a_hundred_is_taken_with_the_middle_beside_it() -> None:
    found = p95([float(number) for number in range(1, 101)], "pages")
    assert found.value == 95
    assert "100 pages, p50 50.0 ms" in found.detail


def test_a_file_with_two_names_takes_its_disk_once(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    with (tmp_path / "lib" / "one").open("wb") as file:
        file.write(os.urandom(400_000))
        # Some file systems give blocks only when they must.
        os.fsync(file)
    alone = footprint.disk_megabytes([tmp_path])
    os.link(tmp_path / "lib" / "one", tmp_path / "two")
    assert footprint.disk_megabytes([tmp_path]) == alone >= 0.4
    assert footprint.disk_megabytes([tmp_path], leave_out="lib") == pytest.approx(
        alone - _folder(tmp_path / "lib")
    )


def _folder(path: Path) -> float:
    return path.lstat().st_blocks * 512 / 1_000_000


def test_a_folder_that_is_not_there_is_an_error_and_not_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="gone"):
        footprint.disk_megabytes([tmp_path / "gone"])


def test_memory_is_counted_by_process() -> None:
    sizes = footprint.proportional_megabytes([os.getpid()])
    assert sum(sizes.values()) > 5
    with pytest.raises(footprint.NoSuchProcessError, match="no process is rasa"):
        footprint.resident_megabytes([os.getpid()], "rasa")


def test_what_was_not_seen_is_no_time() -> None:
    assert starting.seen(1.5, "alone") == Taken(1.5, "alone")
    with pytest.raises(starting.NotSeenError, match="did not show it"):
        starting.seen(None, "alone")


def test_an_interpreter_that_does_nothing_takes_some_time() -> None:
    assert 0 < starting.interpreter().value < 10


class _Server(BaseHTTPRequestHandler):
    """A page that is sent at once as it is kept, and takes its time when it is made anew."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if "?" in self.path:
            time.sleep(0.02)
        body = b"x" * 70_000
        self.send_response(404 if "no-hay" in self.path else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the test tells what is asked."""


@pytest.fixture
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_kept_page_is_set_against_the_same_page_made_anew(
    served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_SECONDS", 0.2)
    taken = kept.kept_over_made_anew(served)
    assert taken.value > 2
    assert "requests a second" in taken.detail


def test_a_page_that_is_not_there_gives_no_figure(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PAGE", "/no-hay/")
    with pytest.raises(WrongReplyError):
        kept.kept_over_made_anew(served)
