"""Two hundred conversations open at once: half with the assistant, half between people, each with its streams.

What is acknowledged is remembered; at the end every conversation is read from the beginning and compared: stored once, in
order, and delivered on the stream of the other side.
"""

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import httpx

ROOT = "/api/v1/conversations"
TURNS_A_SECOND = 20
LINES_A_SECOND = 20
QUESTIONS = (
    "¿cuánto cuesta el duplicado del DNI?",
    "¿qué necesito para el duplicado del DNI?",
    "¿cuánto demora el pasaporte?",
    "¿dónde saco antecedentes policiales?",
    "¿Haykataq DNI duplicadopa chanin?",
)
CSRF = "x" * 32
RETRY_SECONDS = 0.5
REQUEST_SECONDS = 20.0
MOST_TRIES = 40


@dataclass
class Room:
    """One conversation of the load. `agent`: the session of the agent who has it, "" where the assistant has."""

    id: str
    token: str
    agent: str = ""
    # By the text, which is made once: when it was sent, acknowledged, and seen by the other side.
    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)
    seen: dict[str, list[float]] = field(default_factory=dict)
    turns: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class Outcome:
    """What came of a load, in seconds and counts."""

    turns: list[float]
    deliveries: list[float]
    acknowledged: int
    lost: int
    doubled: int
    disordered: int
    undelivered: int
    refused: Counter[str]
    # When each line between people was acknowledged, by the clock of `time.monotonic`.
    people_at: list[float] = field(default_factory=list)


class Load:
    def __init__(self, web_url: str, sessions: list[str], rooms: int) -> None:
        self._url, self._sessions, self._count = web_url, sessions, rooms
        self.rooms: list[Room] = []
        self._ends_at = 0.0

    async def run(
        self, seconds: float, drain_seconds: float = 6.0, when_open: Callable[[], None] = lambda: None
    ) -> Outcome:
        """`when_open` is called once all conversations are open, before anything is said."""
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
        async with httpx.AsyncClient(base_url=self._url, timeout=REQUEST_SECONDS, limits=limits) as client:
            await self._open(client)
            when_open()
            self._ends_at = time.monotonic() + seconds
            listening = [
                asyncio.create_task(self._listen(client, room, of_agent=side))
                for room in self.rooms
                for side in ([False, True] if room.agent else [False])
            ]
            await asyncio.gather(
                self._talk(client, TURNS_A_SECOND, [room for room in self.rooms if not room.agent]),
                self._talk(client, LINES_A_SECOND, [room for room in self.rooms if room.agent]),
                *(self._heartbeats(client, session) for session in self._sessions),
            )
            await asyncio.sleep(drain_seconds)
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, return_exceptions=True)
            return await self._outcome(client)

    async def _open(self, client: httpx.AsyncClient) -> None:
        for session in self._sessions:
            await self._of_desk(client, session, "/desk/presencia/", {})
        for place in range(self._count):
            started = (await client.post(ROOT, json={"locale": "es"})).raise_for_status().json()
            room = Room(started["id"], started["token"])
            if place % 2:
                room.agent = self._sessions[place % len(self._sessions)]
                asked = await client.post(f"{ROOT}/{room.id}/handoff", json={}, headers=room.headers)
                asked.raise_for_status()
                taken = await self._of_desk(client, room.agent, f"/desk/conversaciones/{room.id}/tomar/", {})
                if taken.status_code != 302:
                    raise RuntimeError(f"an agent could not take a conversation: {taken.status_code}")
            self.rooms.append(room)
            # One address may start so many a minute.
            await asyncio.sleep(0.1)

    async def _of_desk(
        self, client: httpx.AsyncClient, session: str, path: str, data: dict[str, str]
    ) -> httpx.Response:
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "HX-Request": "true",
        }
        return await client.post(path, data=data, headers=headers)

    async def _heartbeats(self, client: httpx.AsyncClient, session: str) -> None:
        while time.monotonic() < self._ends_at:
            with contextlib.suppress(httpx.HTTPError):
                await self._of_desk(client, session, "/desk/presencia/", {})
            await asyncio.sleep(15)

    async def _talk(self, client: httpx.AsyncClient, a_second: int, rooms: list[Room]) -> None:
        """`a_second` messages, each in a conversation that waits for no other of ours."""
        free = list(rooms)
        random.Random(5).shuffle(free)
        going: set[asyncio.Task[None]] = set()
        began, number = time.monotonic(), 0
        while time.monotonic() < self._ends_at:
            if free:
                room = free.pop(0)
                task = asyncio.create_task(self._say(client, room, number))
                going.add(task)
                task.add_done_callback(partial(_is_free, room, free, going))
            number += 1
            await asyncio.sleep(max(0.0, began + number / a_second - time.monotonic()))
        await asyncio.gather(*going)

    async def _say(self, client: httpx.AsyncClient, room: Room, number: int) -> None:
        text = f"{QUESTIONS[number % len(QUESTIONS)]} ref {_word()}"
        of_agent = bool(room.agent) and number % 2 == 1
        name = uuid4().hex
        room.sent[text] = began = time.monotonic()
        for _try in range(MOST_TRIES):
            if await self._sent(client, room, text, name, of_agent):
                room.acknowledged[text] = time.monotonic()
                if not room.agent:
                    room.turns.append(time.monotonic() - began)
                return
            await asyncio.sleep(RETRY_SECONDS)

    async def _sent(
        self, client: httpx.AsyncClient, room: Room, text: str, name: str, of_agent: bool
    ) -> bool:
        """Whether it was acknowledged; with the same name it may be sent again and again."""
        try:
            if of_agent:
                address = f"/desk/conversaciones/{room.id}/responder/"
                said = await self._of_desk(client, room.agent, address, {"text": text, "client_id": name})
            else:
                body = {"client_id": name, "text": text}
                said = await client.post(f"{ROOT}/{room.id}/messages", json=body, headers=room.headers)
        except httpx.HTTPError as error:
            room.refused[type(error).__name__] += 1
            return False
        if said.status_code not in (200, 204):
            room.refused[str(said.status_code)] += 1
        return said.status_code in (200, 204)

    async def _listen(self, client: httpx.AsyncClient, room: Room, *, of_agent: bool) -> None:
        """What this side is told, taken up again after every break where it broke off."""
        last = 0
        while True:
            try:
                async for seq, text in self._lines(client, room, last, of_agent):
                    last = max(last, seq)
                    room.seen.setdefault(f"{'agent' if of_agent else 'citizen'}:{text}", []).append(
                        time.monotonic()
                    )
            except httpx.HTTPError:
                await asyncio.sleep(RETRY_SECONDS)

    async def _lines(
        self, client: httpx.AsyncClient, room: Room, after: int, of_agent: bool
    ) -> AsyncIterator[tuple[int, str]]:
        if of_agent:
            address = f"/desk/conversaciones/{room.id}/eventos/?after={after}"
            headers = {"Cookie": f"sessionid={room.agent}"}
        else:
            address, headers = f"{ROOT}/{room.id}/events?after={after}", room.headers
        async with client.stream(
            "GET", address, headers=headers, timeout=httpx.Timeout(20, read=60)
        ) as stream:
            event = ""
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: ") and event == "message":
                    message = json.loads(line.removeprefix("data: "))
                    yield message["seq"], message["text"]
        await asyncio.sleep(RETRY_SECONDS)

    async def _outcome(self, client: httpx.AsyncClient) -> Outcome:
        found = Outcome([], [], 0, 0, 0, 0, 0, Counter())
        for room in self.rooms:
            _compare(room, await self._kept(client, room), found)
        return found

    async def _kept(self, client: httpx.AsyncClient, room: Room) -> list[dict[str, Any]]:
        """The conversation from the beginning; asked again while what was killed last is still coming up."""
        address = f"{ROOT}/{room.id}/messages"
        for _try in range(MOST_TRIES):
            with contextlib.suppress(httpx.HTTPError):
                answered = await client.get(address, headers=room.headers)
                kept: list[dict[str, Any]] = answered.raise_for_status().json()["messages"]
                return kept
            await asyncio.sleep(RETRY_SECONDS)
        raise RuntimeError(f"a conversation could not be read back in {MOST_TRIES} tries")


def _is_free(room: Room, free: list[Room], going: set[asyncio.Task[None]], done: asyncio.Task[None]) -> None:
    going.discard(done)
    free.append(room)


def _word() -> str:
    """Letters only: a number might be taken for somebody's, and covered."""
    return "".join(random.choices("bcdfghjklm", k=10))


def _compare(room: Room, kept: list[dict[str, Any]], found: Outcome) -> None:
    texts = Counter(message["text"] for message in kept)
    found.acknowledged += len(room.acknowledged)
    found.lost += sum(texts[text] == 0 for text in room.acknowledged)
    found.doubled += sum(texts[text] > 1 for text in room.sent)
    answers = Counter(message["in_reply_to"] for message in kept if message["sender"] == "assistant")
    found.doubled += sum(
        count > 1 for reply_to, count in answers.items() if reply_to and _is_whole(kept, reply_to)
    )
    found.disordered += [message["seq"] for message in kept] != list(range(1, len(kept) + 1))
    found.turns += room.turns
    found.refused += room.refused
    if room.agent:
        found.people_at += room.acknowledged.values()
        for message in kept:
            other = "agent" if message["sender"] == "citizen" else "citizen"
            seen = room.seen.get(f"{other}:{message['text']}", [])
            if message["text"] in room.acknowledged:
                found.undelivered += not seen
                found.doubled += len(seen) > 1
                found.deliveries += [seen[0] - room.sent[message["text"]]] if seen else []


def _is_whole(kept: list[dict[str, Any]], reply_to: int) -> bool:
    """Whether the same answer was given twice: two different lines to one question are one reply."""
    said = [message["text"] for message in kept if message["in_reply_to"] == reply_to]
    return len(set(said)) < len(said)
