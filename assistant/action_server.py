"""Runs rasa_sdk's action server with our actions, in one process, behind the shared secret."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable

from rasa_sdk.endpoint import create_app
from sanic import Request, Sanic, json
from sanic.response import HTTPResponse

from assistant import settings as settings_module
from assistant.actions import content_api
from assistant.settings import Settings


def serve(settings: Settings, say: Callable[[str], None]) -> int:
    """Serve until stopped."""
    app = build(settings, settings_module.token(settings), say)
    app.run(host=settings.bind, port=settings.actions_port, single_process=True, access_log=False, motd=False)
    return 0


def build(settings: Settings, token: str, say: Callable[[str], None]) -> Sanic:
    """The Sanic application: every call but /health needs the secret."""
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    app = create_app("assistant.actions", cors_origins="")
    expected = f"Bearer {token}".encode()

    async def only_with_the_secret(request: Request) -> HTTPResponse | None:
        if request.path == "/health" or hmac.compare_digest(_credentials(request), expected):
            return None
        return json({"error": "Send Authorization: Bearer with the shared secret."}, status=401)

    async def without_the_request(request: Request, response: HTTPResponse) -> HTTPResponse | None:
        """rasa_sdk answers an error with the whole request, which Rasa would write into its log."""
        return json({"error": "The action failed."}, status=500) if response.status == 500 else None

    async def open_client(app: Sanic) -> None:
        content_api.open_client(settings.web_url)
        say(f"actions ready on {settings.bind}:{settings.actions_port}")

    async def close_client(app: Sanic) -> None:
        await content_api.close_client()

    app.register_middleware(only_with_the_secret, "request")
    app.register_middleware(without_the_request, "response")
    app.register_listener(open_client, "before_server_start")
    app.register_listener(close_client, "after_server_stop")
    return app


def _credentials(request: Request) -> bytes:
    return str(request.headers.get("authorization") or "").encode(errors="surrogateescape")
