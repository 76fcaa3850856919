"""The one channel of the assistant: `POST /webhooks/mac/webhook`, and `GET /webhooks/mac/` for its health.

It answers with decisions, never with sentences. Whatever goes wrong is a 500 within the time of one turn, so that
the content service can fall back to its search; an empty answer does not exist.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Request, json
from sanic.response import HTTPResponse

from assistant.channels import body
from assistant.channels.body import BodyError, Incoming
from assistant.channels.questions import Question, questions

logger = logging.getLogger(__name__)
TURN_SECONDS = 5.0
NOT_UNDERSTOOD = {"type": "say", "key": "not_understood"}


class TurnError(Exception):
    """A turn gave no result."""


class MacChannel(InputChannel):
    """Typed turns behind a shared secret."""

    def __init__(self, token: str) -> None:
        self._expected = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        return "mac"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; the agent is reached through the application, because a turn needs more than one call."""
        routes = Blueprint("mac_channel")
        routes.add_route(self._health, "/", methods=["GET"], name="health")
        routes.add_route(self._webhook, "/webhook", methods=["POST"], name="webhook")
        routes.add_route(self._parse, "/parse", methods=["POST"], name="parse")
        return routes

    async def _health(self, request: Request) -> HTTPResponse:
        if _agent(request).is_ready():
            return json({"status": "ok"})
        return json({"status": "no model"}, status=503)

    async def _webhook(self, request: Request) -> HTTPResponse:
        return await self._guarded(request, answer)

    async def _parse(self, request: Request) -> HTTPResponse:
        """What Rasa makes of a text, for measuring: no action is run."""
        return await self._guarded(request, parse_only)

    async def _guarded(
        self, request: Request, work: Callable[[Agent, Incoming], Awaitable[dict[str, Any]]]
    ) -> HTTPResponse:
        """Run `work` for a caller with the secret and a good body; otherwise 400, 401, 413 or 500 in JSON."""
        given = str(request.headers.get("authorization") or "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._expected):
            return _refused(401, "Send Authorization: Bearer with the shared secret.")
        try:
            incoming = body.read(request.body)
            return json(await asyncio.wait_for(work(_agent(request), incoming), TURN_SECONDS))
        except BodyError as error:
            return _refused(error.status, str(error))
        except Exception as error:
            logger.error("A turn failed: %s", type(error).__name__)
            return _refused(500, "The turn failed; answer without the assistant.")


def _agent(request: Request) -> Agent:
    agent: Agent = request.app.ctx.agent
    return agent


def _refused(status: int, message: str) -> HTTPResponse:
    return json({"message": message}, status=status)


async def answer(agent: Agent, incoming: Incoming) -> dict[str, Any]:
    """The results of one turn. Raises TurnError when there are none."""
    if not incoming.text:
        return {
            "locale": incoming.metadata["locale"] or "es",
            "locale_score": 0.0,
            "results": [NOT_UNDERSTOOD],
        }
    asked = await questions(incoming.text, lambda text: _parsed(agent, incoming, text))
    language = (
        asked[0].parsed["language"] if len(asked) == 1 else (await _parsed(agent, incoming))["language"]
    )
    results: list[dict[str, Any]] = []
    context = {**incoming.metadata, "several": len(asked) > 1}
    for question in asked:
        found = await _results(agent, incoming.sender, question, context)
        context = _after(context, found)
        results += [result for result in found if not _said(result, results)]
    return {"locale": language["locale"], "locale_score": language["score"], "results": results}


async def parse_only(agent: Agent, incoming: Incoming) -> dict[str, Any]:
    """The questions of a text with intent, confidence and ranking."""
    asked = await questions(incoming.text, lambda text: _parsed(agent, incoming, text))
    kept = ("intent", "intent_ranking", "language", "entities", "unknown_words")
    return {
        "questions": [
            {"text": question.text, **{name: question.parsed.get(name) for name in kept}}
            for question in asked
        ]
    }


async def _parsed(agent: Agent, incoming: Incoming, text: str | None = None) -> dict[str, Any]:
    message = UserMessage(
        incoming.text if text is None else text, sender_id=incoming.sender, metadata=incoming.metadata
    )
    parsed: dict[str, Any] = await agent.processor.parse_message(message)
    return parsed


async def _results(
    agent: Agent, sender: str, question: Question, context: dict[str, Any]
) -> list[dict[str, Any]]:
    """What the actions decided for one question. Raises TurnError when they decided nothing."""
    output = CollectingOutputChannel()
    message = UserMessage(
        question.text, output, sender, parse_data=question.parsed, input_channel="mac",
        metadata={**context, "naming": question.naming, "aspecto": question.aspecto or context.get("aspecto")},
    )  # fmt: skip
    await agent.handle_message(message)
    results = [sent["custom"] for sent in output.messages if "custom" in sent]
    if not results or any(result["type"] == "failed" for result in results):
        raise TurnError("no action answered")
    return results


def _after(context: dict[str, Any], results: list[dict[str, Any]]) -> dict[str, Any]:
    """The context for the next question of the same message."""
    answers = [result for result in results if result["type"] == "answer" and result.get("codigo")]
    if not answers:
        return context
    return {**context, "codigo": answers[-1]["codigo"], "aspecto": answers[-1]["aspecto"], "options": []}


def _said(result: dict[str, Any], results: list[dict[str, Any]]) -> bool:
    """A message asks back and offers a person once, however many questions it has."""
    once = ("choices", "offer_person", "handoff", "say")
    return result in results or any(
        result["type"] == other["type"]
        and result["type"] in once
        and result.get("key", "") == other.get("key", "")
        for other in results
    )
