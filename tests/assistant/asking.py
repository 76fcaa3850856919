"""Talks to the real channel as the content service does."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from typing import Any

from tests.assistant.conftest import TOKEN, Processes


def post(url: str, body: bytes, token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(
        url, body, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=15) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def ask(stack: Processes, text: str, **context: Any) -> tuple[int, dict[str, Any]]:
    body = {"sender": str(uuid.uuid4()), "message": text, "metadata": {"locale": "es", **context}}
    return post(f"{stack.url}/webhook", json.dumps(body).encode())


def results(stack: Processes, text: str, **context: Any) -> list[dict[str, Any]]:
    status, answer = ask(stack, text, **context)
    assert status == 200, (status, answer, stack.log()[-3000:])
    found: list[dict[str, Any]] = answer["results"]
    return found
