"""Reads texts as the assistant does, without its server; runs in assistant/.venv.

On stdin JSON of `{model, lexicon, texts}`; on stdout the questions of each text with their rankings, and the
processor time each took.
"""

import asyncio
import json
import sys
import time
from typing import Any

from assistant import launch

launch.prepare_rasa()

from rasa.core.agent import Agent  # noqa: E402 - after the preparation
from rasa.core.channels.channel import UserMessage  # noqa: E402

from assistant import lexicon, rasa_patches  # noqa: E402
from assistant.channels.body import plain_text  # noqa: E402
from assistant.channels.questions import questions  # noqa: E402


async def read(given: dict[str, Any]) -> list[dict[str, Any]]:
    agent = Agent.load(given["model"])
    lexicon.current.replace(given["lexicon"])

    async def parse(text: str) -> dict[str, Any]:
        found: dict[str, Any] = await agent.processor.parse_message(UserMessage(text, metadata={}))
        return found

    await parse("hola")
    return [await _read(parse, plain_text(text)) for text in given["texts"]]


async def _read(parse: Any, text: str) -> dict[str, Any]:
    started = time.process_time()
    whole = await parse(text)
    seconds = time.process_time() - started
    asked = await questions(text, parse)
    return {
        "seconds": seconds,
        "whole": _ranking(whole),
        "questions": [{"text": one.text, "ranking": _ranking(one.parsed)} for one in asked],
        "named": [entity["value"] for entity in whole.get("entities", ())],
        "unknown": whole.get("unknown_words"),
    }


def _ranking(parsed: dict[str, Any]) -> list[tuple[str, float]]:
    first = parsed["intent"]["name"]
    ranked = [(one["name"], round(one["confidence"], 4)) for one in parsed["intent_ranking"]]
    # A fallback stands before the ranking it doubts.
    return [(first, 0.0), *ranked] if first == "nlu_fallback" and ranked[0][0] != first else ranked


if __name__ == "__main__":
    rasa_patches.log_warnings_only()
    json.dump(asyncio.run(read(json.load(sys.stdin))), sys.stdout)
