"""Writes what eSpeak NG would say, in the phonetic alphabet: a JSON list of (text, voice) in, of words out.

Run as a process of its own, like the engine: the library is loaded nowhere else.
"""

import ctypes
import json
import os
import sys
from typing import Any

import espeakng_loader

IPA = 0x02
UTF8 = 1


def transcript(library: Any, text: str, voice: str) -> str:
    assert library.espeak_SetVoiceByName(voice.encode()) == 0
    buffer = ctypes.create_string_buffer(text.encode())
    place = ctypes.c_void_p(ctypes.addressof(buffer))
    said = []
    while place.value:
        said.append(library.espeak_TextToPhonemes(ctypes.byref(place), UTF8, IPA) or b"")
    return b" ".join(said).decode()


def main() -> None:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
    assert library.espeak_Initialize(2, 0, os.fsencode(espeakng_loader.get_data_path()), 0) > 0
    json.dump([transcript(library, text, voice) for text, voice in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
