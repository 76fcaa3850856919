"""Runs one action of the assistant on a turn, with a content service that answers as told."""

import asyncio

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from assistant.actions import content_api
from assistant.actions.content_api import Resolution
from assistant.settings import PROJECT

NOTHING = Resolution("none", None, (), None, ())


class FakeApi:
    def __init__(self, resolution):
        self.resolution = resolution
        self.asked = []
        self.notices_in_force = 0

    async def notices(self, locale, codigo, sede, region):
        self.asked.append((locale, codigo, sede, region))
        return self.notices_in_force

    async def resolve(self, text, locale, codigo, aspecto, told=()):
        self.asked.append((text, locale, codigo, aspecto))
        if isinstance(self.resolution, Exception):
            raise self.resolution
        return self.resolution

    async def picked(self, text, locale, offered, before):
        return await self.resolve(text, locale, None, None)


@pytest.fixture(scope="session")
def actions():
    executor = ActionExecutor()
    executor.register_package("assistant.actions")
    return executor.actions


@pytest.fixture
def act(monkeypatch, actions):
    rules = yaml.safe_load((PROJECT.parent / "nlu_data" / "rules.yml").read_text())["rules"]
    action_of = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules}

    def run(intent, text="cuánto cuesta", resolution=NOTHING, confidence=0.9, parsed=None, **context):
        api = FakeApi(resolution)
        monkeypatch.setattr(content_api, "_client", api)
        message = {
            "text": text, "intent": {"name": intent, "confidence": confidence}, "entities": [],
            "language": {"locale": "es"}, "unknown_words": [], "metadata": context, **(parsed or {}),
        }  # fmt: skip
        tracker = Tracker("x", {}, message, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        asyncio.run(actions[action_of[intent]](dispatcher, tracker, {}))
        run.asked = api.asked
        return [sent["custom"] for sent in dispatcher.messages]

    return run


class Answering:
    """A content service that answers some texts in their own way."""

    def __init__(self, otherwise, **by_words):
        self.otherwise = otherwise
        self.by_words = by_words
        self.asked = []

    async def resolve(self, text, locale, codigo, aspecto, told=()):
        self.asked.append((text, codigo))
        return next(
            (found for words, found in self.by_words.items() if words.replace("_", " ") in text),
            self.otherwise,
        )

    async def picked(self, text, locale, offered, before):
        return await self.resolve(f"{before} {text}", locale, None, None)


@pytest.fixture
def hear(act, monkeypatch):
    def run(intent, text, api, **context):
        monkeypatch.setattr("tests.assistant.acting.FakeApi", lambda _resolution: api)
        return act(intent, text, **context)

    return run
