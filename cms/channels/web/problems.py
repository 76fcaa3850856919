"""Refusals of the conversation API as RFC 9457 problem details, in the language of the conversation."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import ValidationError

from cms.api.problems import problem_response
from cms.conversations.phrases import say, title

LOCALES = ("es", "qu")
LOCALE_KEY = "mac.problem_locale"
# Many times what the longest message takes, in UTF-8 and escaped.
MOST_BYTES = 512 * 1024

Read = TypeVar("Read", bound=Schema)


class Refusal(Exception):
    """A refusal with an HTTP status. `key` names its sentence in `cms.conversations.phrases`."""

    def __init__(self, status: int, key: str, *, retry_after_seconds: int | None = None) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.retry_after_seconds = retry_after_seconds


def use_locale(request: HttpRequest, locale: str | None) -> None:
    """Refusals of this request are told in `locale`, once it is known whose conversation it is."""
    request.META[LOCALE_KEY] = locale


def locale_of(request: HttpRequest) -> str:
    """The language asked for: the conversation's, the query's, or the browser's; Spanish otherwise."""
    browser = request.headers.get("Accept-Language", "")[:2]
    for locale in (request.META.get(LOCALE_KEY), request.GET.get("locale"), browser):
        if locale in LOCALES:
            return str(locale)
    return "es"


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The response that tells `refusal`."""
    locale = locale_of(request)
    seconds = refusal.retry_after_seconds
    detail = say(refusal.key, locale, **({} if seconds is None else {"seconds": seconds}))
    headers = {"Content-Language": locale} | ({} if seconds is None else {"Retry-After": str(seconds)})
    return problem_response(refusal.status, title(refusal.status, locale), detail, headers)


def tells_refusals(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view whose Refusals become responses, whatever API it is mounted in."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refused(request, refusal)

    return told


def read_body(request: HttpRequest, schema: type[Read]) -> Read:
    """The JSON body as `schema`; no body is an empty one. Raises Refusal 400, 413 or 422.

    Read here and not by the framework, so that who asks is checked first and the answer is in their language.
    """
    try:
        content = request.body
    except RequestDataTooBig as error:
        raise Refusal(413, "too_long") from error
    if len(content) > MOST_BYTES:
        raise Refusal(413, "too_long")
    try:
        given = json.loads(content or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "broken_json") from error
    try:
        return schema.model_validate(given)
    except ValidationError as error:
        raise Refusal(422, "invalid") from error


def body_of(schema: type[Schema], *, required: bool = True) -> dict[str, Any]:
    """The OpenAPI description of a body that `read_body` reads."""
    content = {"application/json": {"schema": schema.model_json_schema()}}
    return {"requestBody": {"content": content, "required": required}}
