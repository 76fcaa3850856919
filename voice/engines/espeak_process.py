"""eSpeak NG behind a pipe: the one module that loads the library, always in a process of its own.

Started with `python -m voice.engines.espeak_process`. It reads frames from its input and writes one to its
output for each: a length (4 bytes, big endian) and a JSON object `{"voice", "rate", "ssml"}` with words a minute
and SSML come in; a status (0 speech, 1 error), a sample rate and a length (1, 4 and 4 bytes, big endian) go out
before 16 bit samples or an error in UTF-8. It ends when its input does.

The library is GPL-3.0-or-later; the project talks to it by these frames and does not link it.
"""

import ctypes
import json
import os
import resource
import struct
from typing import Any, BinaryIO

import espeakng_loader

SPEECH, ERROR = 0, 1
REQUEST_HEADER = struct.Struct(">I")
REPLY_HEADER = struct.Struct(">BII")
MAX_REQUEST_BYTES = 1 << 20
MAX_SECONDS = 1200

_SYNCHRONOUS = (
    2  # AUDIO_OUTPUT_SYNCHRONOUS: samples through the callback, no thread; Synth returns when all are there
)
_RATE_PARAMETER = 1  # espeakRATE, in words a minute
_UTF8, _SSML = 0x01, 0x10
_GO_ON, _STOP = 0, 1
_MEMORY_BYTES = 1 << 30

_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class _Library:
    """The loaded library. It keeps global state, so there is one in a process."""

    def __init__(self) -> None:
        self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        self._samples = bytearray()
        self._callback = _CALLBACK(self._collect)  # kept: the library holds a bare pointer to it
        # Option 0x8000: return an error instead of ending the process.
        path = os.fsencode(espeakng_loader.get_data_path())
        self.rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, path, 0x8000)
        if self.rate <= 0:
            raise RuntimeError("eSpeak NG did not start: reinstall the package espeakng-loader")
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, wave: Any, count: int, _events: Any) -> int:
        if wave and count > 0:
            self._samples += ctypes.string_at(wave, 2 * count)
        return _STOP if len(self._samples) > 2 * self.rate * MAX_SECONDS else _GO_ON

    def speak(self, voice: str, rate: int, ssml: str) -> bytes:
        """Return the samples of one piece of SSML. Raises RuntimeError when the library refuses."""
        self._samples.clear()
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"eSpeak NG has no voice {voice!r}: reinstall the package espeakng-loader")
        self._library.espeak_SetParameter(_RATE_PARAMETER, rate, 0)
        text = ssml.encode("utf-8", "replace")
        size = ctypes.c_size_t(len(text) + 1)
        flags = _UTF8 | _SSML
        if self._library.espeak_Synth(text, size, 0, 1, 0, flags, None, None) != 0:
            raise RuntimeError("eSpeak NG refused the text: shorten it")
        self._library.espeak_Synchronize()
        if len(self._samples) > 2 * self.rate * MAX_SECONDS:
            raise RuntimeError(f"the text takes more than {MAX_SECONDS} s to say: shorten it")
        return bytes(self._samples)


def _read(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _next_request(stream: BinaryIO) -> dict[str, Any]:
    (size,) = REQUEST_HEADER.unpack(_read(stream, REQUEST_HEADER.size))
    if size > MAX_REQUEST_BYTES:
        raise EOFError  # whoever writes this does not speak the protocol
    request: dict[str, Any] = json.loads(_read(stream, size))
    return request


def _answer(library: _Library | None, request: dict[str, Any]) -> tuple[_Library | None, int, bytes]:
    try:
        library = library or _Library()
        return library, SPEECH, library.speak(request["voice"], int(request["rate"]), request["ssml"])
    except (RuntimeError, OSError) as error:
        return library, ERROR, str(error).encode()


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until there are no more."""
    library: _Library | None = None
    while True:
        try:
            request = _next_request(requests)
        except EOFError:
            return
        library, status, body = _answer(library, request)
        replies.write(REPLY_HEADER.pack(status, library.rate if library else 0, len(body)) + body)
        replies.flush()


def _bounded() -> None:
    """Take from this process what it never needs: writing files, core dumps, much memory."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def main() -> None:
    """Serve on standard input and output; what the library itself prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bounded()
    with os.fdopen(0, "rb") as requests, replies:
        serve(requests, replies)


if __name__ == "__main__":
    main()
