"""eSpeak NG for Spanish and Quechua, without a network; see `espeak_process` for the other end of the pipe."""

import contextlib
import fcntl
import json
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from typing import IO
from xml.sax.saxutils import escape

from voice.engines.interface import EngineFailed, EngineTimeout, EngineUnavailable, Pcm
from voice.pieces import Language, Segment

VOICES: dict[Language, str] = {"es": "es-419", "qu": "qu"}
WORDS_A_MINUTE = 140  # of eSpeak's 80 to 450; its own 175 is too fast for whom these pages are for
TIMEOUT_SECONDS = 20.0

# The other end of these is in espeak_process, which must not be imported here: it loads the library.
_REQUEST_HEADER = Struct(">I")
_REPLY_HEADER = Struct(">BII")
_SPEECH = 0
_MAX_REPLY_BYTES = 1 << 27
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "voice.engines.espeak_process")
# The process gets no secret of ours; the last one is how a stack finds its own processes.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "MAC_STACK_ID")
_TRIES = 2
_PIPE_BYTES = 1 << 20


def _printable(text: str) -> str:
    """Return text that XML can hold: letters, marks, signs and spaces."""
    return "".join(character if character.isprintable() else " " for character in text)


def ssml(segments: Sequence[Segment]) -> tuple[str, str]:
    """Return the voice of a sentence and the sentence as SSML, with other languages inside switched to.

    The text is escaped: what looks like a tag in it is text.
    """
    main: Language = "qu" if any(segment.language == "qu" for segment in segments) else "es"
    said = []
    for text, language in segments:
        words = escape(_printable(text))
        said.append(words if language == main else f'<voice xml:lang="{VOICES[language]}">{words}</voice>')
    return VOICES[main], " ".join(said)


class _Process:
    """One running process and its pipes; every wait ends at a deadline on the monotonic clock."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        try:
            self._process = subprocess.Popen(
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env=environment,
                bufsize=0,
            )
        except OSError as error:
            raise EngineUnavailable("eSpeak NG's process cannot be started: see the cause") from error
        self.owner = os.getpid()
        os.set_blocking(self._stream("stdin").fileno(), False)
        with contextlib.suppress(
            OSError
        ):  # a whole sentence at once: fewer changes of process on a busy machine
            fcntl.fcntl(self._stream("stdout").fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    @property
    def pid(self) -> int:
        return self._process.pid

    def _stream(self, name: str) -> IO[bytes]:
        stream: IO[bytes] = getattr(self._process, name)
        return stream

    def _wait(self, deadline: float, *, to_write: bool) -> None:
        stream = self._stream("stdin" if to_write else "stdout")
        left = max(0.0, deadline - time.monotonic())
        ready = select.select([], [stream], [], left) if to_write else select.select([stream], [], [], left)
        if not any(ready):
            raise EngineTimeout("eSpeak NG took too long and was stopped: shorten the text or try again")

    def write(self, data: bytes, deadline: float) -> None:
        left = memoryview(data)
        while left:
            self._wait(deadline, to_write=True)
            with contextlib.suppress(BlockingIOError):
                left = left[os.write(self._stream("stdin").fileno(), left) :]

    def read(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(deadline, to_write=False)
            part = os.read(self._stream("stdout").fileno(), size - len(data))
            if not part:
                raise BrokenPipeError("eSpeak NG's process has ended")
            data += part
        return bytes(data)

    def end(self) -> None:
        """Stop the process and wait for it; in a child that has inherited it, only the pipes are closed."""
        for name in ("stdin", "stdout"):
            with contextlib.suppress(OSError):
                self._stream(name).close()
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()
        else:
            self._process.returncode = 0  # not ours to wait for


class EspeakEngine:
    """Speaks through one process, started at the first sentence, one sentence at a time, safe among threads.

    A process that has died is started anew, once a sentence. `close` ends it; so does the end of the program.
    """

    name = f"espeak-ng:{WORDS_A_MINUTE}"
    languages: frozenset[Language] = frozenset(VOICES)
    sends_text_away = False

    def __init__(self, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._finalizer: weakref.finalize[..., EspeakEngine] | None = None

    @property
    def pid(self) -> int | None:
        """The process in use, or None before the first sentence."""
        return self._process.pid if self._process else None

    def speak(self, segments: Sequence[Segment], speed: float) -> Pcm:
        """Return one sentence spoken; see `Engine.speak`.

        Raises EngineUnavailable, EngineTimeout and EngineFailed.
        """
        voice, text = ssml(segments)
        rate = max(80, min(450, round(WORDS_A_MINUTE * speed)))
        body = json.dumps({"voice": voice, "rate": rate, "ssml": text}).encode()
        with self._lock:
            for _try in range(_TRIES):
                try:
                    return self._exchange(_REQUEST_HEADER.pack(len(body)) + body)
                except OSError:
                    self._end()
                except EngineTimeout:
                    self._end()
                    raise
        raise EngineUnavailable("eSpeak NG's process ends at once: run it by hand to see why")

    def _exchange(self, request: bytes) -> Pcm:
        process = self._running()
        deadline = time.monotonic() + self._timeout_seconds
        process.write(request, deadline)
        status, rate, size = _REPLY_HEADER.unpack(process.read(_REPLY_HEADER.size, deadline))
        if size > _MAX_REPLY_BYTES:
            raise BrokenPipeError("eSpeak NG's process does not keep the protocol")
        body = process.read(size, deadline)
        if status != _SPEECH:
            raise EngineFailed(body.decode("utf-8", "replace"))
        return Pcm(body, rate)

    def _running(self) -> _Process:
        if self._process and self._process.owner != os.getpid():
            self._end()  # a fork has copied the pipes; two who write to one process would mix their sentences
        if self._process is None:
            self._process = _Process()
            self._finalizer = weakref.finalize(self, self._process.end)
        return self._process

    def _end(self) -> None:
        if self._finalizer:
            self._finalizer()
        self._process = self._finalizer = None

    def close(self) -> None:
        """End the process; the next sentence starts another."""
        with self._lock:
            self._end()
