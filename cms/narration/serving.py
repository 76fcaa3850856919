"""How a recording leaves the house: whole or in a range, kept by browsers where its address says what it is."""

import re

from django.http import HttpRequest, HttpResponse

from cms.narration.keeping import Audio

FOREVER = "public, max-age=31536000, immutable"
_RANGE = re.compile(r"bytes=(?P<first>\d{0,12})-(?P<last>\d{0,12})")


def sound(request: HttpRequest, audio: Audio, cache: str = FOREVER) -> HttpResponse:
    """MP3 with ranges and an ETag. A range nobody can read is left unheard, as the standard wants."""
    etag = f'"{audio.digest}"'
    if request.headers.get("If-None-Match", "") == etag:
        response = HttpResponse(status=304)
    else:
        response = _ranged(request, audio, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = cache
    return response


def _ranged(request: HttpRequest, audio: Audio, etag: str) -> HttpResponse:
    size = len(audio.mp3)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", etag) != etag or not any(asked.groups()):
        return _bytes(audio.mp3, 200)
    first, last = _ends(asked["first"], asked["last"], size)
    if first >= size or first > last:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = _bytes(audio.mp3[first : last + 1], 206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(size - int(last), 0), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _bytes(data: bytes, status: int) -> HttpResponse:
    response = HttpResponse(data, status=status, content_type="audio/mpeg")
    response["Content-Length"] = str(len(data))
    return response
