"""Hearing a line of one's own conversation: what the assistant or the service said, never what people wrote.

An answer from a ficha has the recording of that version. The rest is read by our own voice and kept nowhere.
"""

import re
from datetime import datetime
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.channels.web.cookie import current_conversation
from cms.conversations.models import Conversation, Message, Sender
from cms.conversations.phrases import NOTICES, say
from cms.conversations.queries import messages_after
from cms.conversations.rendering import Rendering
from cms.directory.hours import LIMA
from cms.narration.hearing import for_player, heard
from cms.narration.keeping import Audio
from cms.narration.making import unkept
from cms.narration.serving import sound
from cms.narration.told import PARTS, Line, script_for, text_of, told
from cms.narration.views import tells_why
from cms.tramites.queries import TramiteNotFound, published

OURS = (Sender.ASSISTANT, Sender.SYSTEM)
LONGEST = 4000
# Sentences with somebody's telephone, mail or name in them.
_PERSONAL = ("contact", "name")
_SPECIAL = re.compile(r"([.?+*()\[\]|^$\\])")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def spoken_of(text: str, locale: str) -> str:
    """What is said aloud of a line of ours: where a contact is written, that it is the one that was left."""
    for template, pattern in _with_contact(locale):
        if found := pattern.fullmatch(text):
            with translation.override(locale):
                left = _("el teléfono o el correo que dejaste")
            return template.format(**{**found.groupdict(), "contact": left})
    return text


def may_be_heard(sender: str, text: str, locale: str) -> bool:
    """Only what we said ourselves, and nothing with a person's name in it; a contact in it is not read out."""
    if sender not in OURS or not text or len(text) > LONGEST:
        return False
    if spoken_of(text, locale) != text:
        return True
    return not any(pattern.search(text) for pattern in _personal(locale))


@lru_cache(maxsize=2)
def _with_contact(locale: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences that name where to find the citizen, and nobody."""
    found = []
    for key in NOTICES:
        template = say(key, locale)
        values = set(_PLACEHOLDER.findall(template))
        if "contact" in values and "name" not in values:
            pattern = _PLACEHOLDER.sub(r"(?P<\1>.+?)", _SPECIAL.sub(r"\\\1", template))
            found.append((template, re.compile(pattern)))
    return tuple(found)


@lru_cache(maxsize=2)
def _personal(locale: str) -> tuple[re.Pattern[str], ...]:
    templates = [say(key, locale) for key in NOTICES]
    return tuple(
        re.compile(_PLACEHOLDER.sub(".+?", _SPECIAL.sub(r"\\\1", template)))
        for template in templates
        if set(_PLACEHOLDER.findall(template)) & set(_PERSONAL)
    )


@never_cache
@require_safe
@tells_why
def hear(request: HttpRequest, seq: int) -> HttpResponse:
    return sound(request, _audio(request, seq), "private, max-age=600")


@never_cache
@require_safe
@tells_why
def times(request: HttpRequest, seq: int) -> HttpResponse:
    return JsonResponse(for_player(_audio(request, seq)))


def _audio(request: HttpRequest, seq: int) -> Audio:
    message = _message(request, seq)
    if message is None or not may_be_heard(message.sender, message.text, message.locale):
        raise Http404("no line to be heard")
    return _of_ficha(message) or unkept(script_for(_lines(message)))


def _message(request: HttpRequest, seq: int) -> Message | None:
    conversation = current_conversation(request)
    if conversation is not None:
        return messages_after(conversation, seq - 1).filter(seq=seq).first() if seq else None
    return _greeting(request.GET.get("codigo", "")[:200]) if seq == 1 else None


def _greeting(codigo: str) -> Message:
    """What the page shows before anything is stored."""
    locale = "qu" if get_language() == "qu" else "es"
    said = Rendering(Conversation(locale=locale, codigo=codigo), None).greeting()
    return Message(seq=1, sender=said.sender, locale=locale, text=said.text)


def _lines(message: Message) -> tuple[Line, ...]:
    return ((spoken_of(message.text, message.locale), "qu" if message.locale == "qu" else "es"),)


def _of_ficha(message: Message) -> Audio | None:
    """The recording of the quoted version, where it says what this line says: the words may depend on the day."""
    answer = message.answer or {}
    codigo, aspecto, revision = answer.get("codigo"), answer.get("aspecto"), answer.get("revision")
    if not codigo or not revision or aspecto not in PARTS:
        return None
    day = datetime.astimezone(message.at, LIMA).date()
    try:
        lines = told(published(codigo, revision=revision), aspecto, message.locale, day)
    except TramiteNotFound:
        return None
    return heard(codigo, aspecto, message.locale, lines) if text_of(lines) == message.text else None
