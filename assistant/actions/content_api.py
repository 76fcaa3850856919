"""The content service as the actions see it: which trámite or sede a text means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import aiohttp

TIMEOUT_SECONDS = 2.0
MOST_CONNECTIONS = 50
Decision = Literal["sure", "context", "which", "none"]
MOST_TOLD = 5  # fichas, of those answered about before
DECISIONS = ("sure", "context", "which", "none")


class ContentApiError(Exception):
    """The content service gave no usable answer. The message never holds what the citizen wrote."""


@dataclass(frozen=True)
class Resolution:
    """What a text means. `candidates` are codigos, best first, with their `scores`; `sedes` are ids.

    `confidence`: how likely the first ficha is the one meant.
    """

    decision: Decision
    codigo: str | None
    candidates: tuple[str, ...]
    sede: str | None
    sedes: tuple[str, ...]
    scores: tuple[float, ...] = ()
    confidence: float = 0.0


class ContentApi:
    """Pooled client of one content service."""

    def __init__(self, web_url: str) -> None:
        self._base = f"{web_url}/api/v1"
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS),
            connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS),
        )

    async def close(self) -> None:
        await self._session.close()

    async def resolve(
        self,
        text: str,
        locale: str,
        codigo: str | None,
        aspecto: str | None,
        told: tuple[str, ...] = (),
    ) -> Resolution:
        """Ask which ficha or sede `text` means, `codigo` being the one in context and `told` those answered about before.

        Raises ContentApiError when there is no answer within two seconds or it has another shape.
        """
        query = {"q": text, "locale": locale, "codigo": codigo or "", "aspecto": aspecto or ""}
        if told:
            query["told"] = ",".join(told[:MOST_TOLD])
        return _resolution(await self._get("resolve", query))

    async def picked(self, text: str, locale: str, offered: tuple[str, ...], before: str) -> Resolution:
        """Ask which of those `offered` for the message `before` is picked by `text`, or what else it means.

        Raises ContentApiError as `resolve` does.
        """
        query = {"q": text, "locale": locale, "offered": ",".join(offered), "before": before}
        return _resolution(await self._get("resolve", query))

    async def notices(self, locale: str, codigo: str | None, sede: str | None, region: str | None) -> int:
        """How many notices are in force that concern one of these, or at all. Raises ContentApiError."""
        query = {"locale": locale, "codigo": codigo or "", "sede": sede or "", "region": region or ""}
        try:
            return int((await self._get("notices", query))["count"])
        except (KeyError, TypeError, ValueError):
            raise ContentApiError("notices answered in another shape") from None

    async def _get(self, path: str, query: dict[str, str]) -> Any:
        try:
            async with self._session.get(f"{self._base}/{path}", params=query) as response:
                if response.status != 200:
                    raise ContentApiError(f"{path} answered {response.status}")
                return await response.json()
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            # not chained: an error of aiohttp quotes the address, and with it what the citizen wrote
            raise ContentApiError(f"{path} could not be read: {type(error).__name__}") from None


def _resolution(data: Any) -> Resolution:
    try:
        if data["decision"] not in DECISIONS:
            raise ValueError("unknown decision")
        return Resolution(
            decision=data["decision"],
            codigo=data["codigo"],
            candidates=tuple(candidate["codigo"] for candidate in data["candidates"]),
            sede=data["sede"],
            sedes=tuple(sede["id"] for sede in data["sedes"]),
            scores=tuple(float(candidate.get("score") or 0.0) for candidate in data["candidates"]),
            confidence=float(data.get("confidence") or 0.0),
        )
    except (KeyError, TypeError, ValueError):
        raise ContentApiError("resolve answered in another shape") from None


_client: ContentApi | None = None


def open_client(web_url: str) -> None:
    """Make the client of this process; call it inside the event loop that will use it."""
    global _client
    _client = ContentApi(web_url)


async def close_client() -> None:
    """Close the client of this process."""
    if _client:
        await _client.close()


def client() -> ContentApi:
    """The client of this process. Raises ContentApiError before `open_client`."""
    if _client is None:
        raise ContentApiError("the client was not opened")
    return _client
