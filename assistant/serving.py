"""Runs Rasa's HTTP server with our one channel, in one process. Imports Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import rasa.core.run
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from assistant import lexicon, rasa_patches
from assistant import settings as settings_module
from assistant.channels.mac import MacChannel
from assistant.endpoints import endpoints
from assistant.settings import Settings

Say = Callable[[str], None]


def serve(settings: Settings, say: Say) -> int:
    """Serve until stopped; 1 when the model could not be loaded."""
    token = settings_module.token(settings)
    app = build(settings, endpoints(settings, token), token, say)
    lexicon.current.follow(f"{settings.web_url}/api/v1/lexicon")
    app.run(host=settings.bind, port=settings.server_port, single_process=True, access_log=False, motd=False)
    return 0 if getattr(app.ctx, "loaded", False) else 1


def build(settings: Settings, connections: AvailableEndpoints, token: str, say: Say) -> Sanic:
    """The Sanic application; it loads the model before it starts to listen, and stops when it cannot.

    Rasa's own API stays off: our channel is all there is.
    """
    rasa_patches.install()
    app = rasa.core.run.configure_app([MacChannel(token)], enable_api=False)

    async def load(app: Sanic) -> None:
        agent = await rasa.core.run.load_agent_on_start(
            str(settings.model), connections, None, app, asyncio.get_running_loop()
        )
        if not agent.is_ready():
            raise RuntimeError(f"{settings.model} could not be loaded: train again.")
        app.ctx.loaded = True

    async def ready(app: Sanic) -> None:
        say(f"server ready on {settings.bind}:{settings.server_port}")

    app.register_listener(load, "before_server_start")
    app.register_listener(ready, "after_server_start")
    return app
