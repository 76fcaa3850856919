"""Listening: an address people and pages know, which leads to the recording, and the recording itself.

The first is asked anew each time and leads to the version in force; the second carries the recording's name and
may be kept for ever. Both ask first whether the ficha is public.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from cms.directory.hours import LIMA
from cms.directory.queries import SedeNotFound, sede
from cms.narration.hearing import for_player, heard
from cms.narration.keeping import Audio
from cms.narration.making import Busy, ready
from cms.narration.phrases import phrase
from cms.narration.serving import sound
from cms.narration.told import Line, UnknownPart, script_for, told, told_place
from cms.tramites.queries import Published, TramiteNotFound, TramiteWithdrawn, published
from cms.ui.middleware import path_locale
from voice.engines.interface import SpeechError
from voice.speaking import NothingToSay

View = Callable[..., HttpResponse]
AGAIN_SECONDS = 5
DAY = "public, max-age=86400"
LARGEST_REVISION = 2**31 - 1


def _locale() -> str:
    return "qu" if get_language() == "qu" else "es"


def tells_why(view: View) -> View:
    """A view whose failures become a short sentence: what is not there, what is gone, who is busy."""

    @wraps(view)
    def told_why(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except TramiteWithdrawn:
            return _plain(_("Este trámite ya no está publicado."), 410)
        except (TramiteNotFound, SedeNotFound, UnknownPart, NothingToSay, KeyError) as error:
            raise Http404("no such recording") from error
        except (Busy, SpeechError):
            response = _plain(_("Ahora no se puede escuchar. Vuelve a intentar en unos segundos."), 503)
            response["Retry-After"] = str(AGAIN_SECONDS)
            return response

    return told_why


def _plain(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@tells_why
def listen(request: HttpRequest, codigo: str, part: str) -> HttpResponse:
    """Leads to the recording of what is in force, or of the version `revision`."""
    current = _published(request, codigo)
    response = HttpResponseRedirect(_address(current, part, _recorded(current, part)))
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
@gzip_page
@tells_why
def times(request: HttpRequest, codigo: str, part: str) -> HttpResponse:
    """The same for a player: where the recording is, how long it takes, and when each sentence is said."""
    current = _published(request, codigo)
    audio = _recorded(current, part)
    response = JsonResponse(
        {"url": _address(current, part, audio), "revision": current.revision, **for_player(audio)}
    )
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
@tells_why
def recording(request: HttpRequest, codigo: str, revision: int, part: str, digest: str) -> HttpResponse:
    """The recording by its name. A name that no longer is this text's leads to the one that is."""
    if revision > LARGEST_REVISION:
        raise Http404("no such revision")
    current = published(codigo, revision=revision)
    audio = _recorded(current, part)
    if audio.digest != digest:
        response: HttpResponse = HttpResponseRedirect(_address(current, part, audio))
        patch_cache_control(response, no_cache=True)
        return response
    return sound(request, audio)


@require_safe
@tells_why
def fixed(request: HttpRequest, key: str) -> HttpResponse:
    """One of our own sentences."""
    locale = path_locale(request.path)
    line: Line = (phrase(key, locale), "qu" if locale == "qu" else "es")
    return sound(request, ready(script_for((line,))), DAY)


@require_safe
@tells_why
def in_both(request: HttpRequest, key: str) -> HttpResponse:
    """The same sentence in Spanish and in Quechua, for the page where no language is chosen yet."""
    lines: tuple[Line, ...] = ((phrase(key, "es"), "es"), (phrase(key, "qu"), "qu"))
    return sound(request, ready(script_for(lines)), DAY)


@require_safe
@tells_why
def place(request: HttpRequest, codigo: str) -> HttpResponse:
    """A place as it is now: whether it is open changes with the hour."""
    return sound(request, _of_place(codigo), "public, no-cache")


@require_safe
@gzip_page
@tells_why
def place_times(request: HttpRequest, codigo: str) -> HttpResponse:
    response = JsonResponse(for_player(_of_place(codigo)))
    patch_cache_control(response, no_cache=True)
    return response


def _of_place(codigo: str) -> Audio:
    return ready(script_for(told_place(sede(codigo), _locale(), datetime.now(LIMA))))


def _published(request: HttpRequest, codigo: str) -> Published:
    asked = request.GET.get("revision", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    return published(codigo, revision=wanted)


def _recorded(current: Published, part: str) -> Audio:
    return heard(current.codigo, part, _locale(), told(current, part, _locale()))


def _address(current: Published, part: str, audio: Audio) -> str:
    return f"/{_locale()}/escuchar/{current.codigo}/{current.revision}/{part}/{audio.digest}.mp3"
