"""A small content API with the shapes and decisions of the real one, on a port of its own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from lenguas import spanish
from lenguas.normalise import fold, key
from lenguas.tokens import tokens

CATALOGUE = {
    "reniec-dni-duplicado": ["duplicado del DNI"],
    "reniec-dni-renovacion": ["renovación del DNI"],
    "reniec-dni-primera-vez": ["primer DNI"],
    "migraciones-pasaporte": ["pasaporte electrónico", "pasaporte"],
    "mtc-brevete-revalidacion": ["revalidación de brevete", "brevete"],
    "poder-judicial-antecedentes-penales": ["antecedentes penales"],
    "pnp-antecedentes-policiales": ["antecedentes policiales"],
    "mtpe-certificado-unico-laboral": ["certificado único laboral", "CUL"],
}
FAMILIES = {"dni": "reniec-dni-", "antecedentes": "-antecedentes-"}
SEDES = {"centro-mac-piura": ["MAC Piura", "Centro MAC Piura"], "centro-mac-callao": ["MAC Callao"]}
STRANGE = {"ovnis", "unicornio", "platano"}


def word_keys(text: str) -> set[str]:
    return {form for token in tokens(text) for form in (key(token), key(spanish.stem(fold(token))))}


def is_in(word: str, keys: set[str]) -> bool:
    """The word itself or with something after it, as Quechua suffixes are."""
    wanted = key(spanish.stem(fold(word)))
    return any(found == wanted or (len(wanted) >= 3 and found.startswith(wanted)) for found in keys)


def names_it(name: str, keys: set[str]) -> bool:
    words = [word for word in tokens(name) if fold(word) not in {"de", "del", "la"}]
    return all(is_in(word, keys) for word in words)


@dataclass
class ContentDouble:
    """Start it, change `catalogue`, read `asked`; `delay` seconds slow every answer, `status` replaces it."""

    catalogue: dict[str, list[str]] = field(default_factory=lambda: dict(CATALOGUE))
    delay: float = 0.0
    status: int = 200
    notices: int = 0
    port: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    lexicon_statuses: list[int] = field(default_factory=list)

    def start(self) -> None:
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        assert ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def publish(self, codigo: str, *names: str) -> None:
        self.catalogue = {**self.catalogue, codigo: list(names)}

    def wait_for_poll(self, seconds: float = 5.0) -> None:
        """Until whoever follows the lexicon has asked twice more: what was published before is then known."""
        before, deadline = len(self.lexicon_statuses), time.monotonic() + seconds
        while len(self.lexicon_statuses) < before + 2:
            assert time.monotonic() < deadline, "nobody asks for the lexicon"
            time.sleep(0.05)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        ready.set()
        self._loop.run_forever()

    async def _open(self) -> None:
        app = web.Application()
        app.router.add_get("/api/v1/lexicon", self._lexicon)
        app.router.add_get("/api/v1/resolve", self._resolve)
        app.router.add_get("/api/v1/notices", self._notices)
        runner = web.AppRunner(app, max_line_size=65536)  # as the web takes: 4,000 emoji are 48 kB of address
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]

    async def _lexicon(self, request: web.Request) -> web.Response:
        body = json.dumps(lexicon(self.catalogue))
        etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
        status = 304 if request.headers.get("If-None-Match") == etag else 200
        self.lexicon_statuses.append(status)
        if status == 304:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(text=body, content_type="application/json", headers={"ETag": etag})

    async def _notices(self, request: web.Request) -> web.Response:
        return web.json_response({"count": self.notices, "results": []}, status=self.status)

    async def _resolve(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        await asyncio.sleep(self.delay)
        if self.status != 200:
            return web.json_response({"title": "down"}, status=self.status)
        query = request.query
        return web.json_response(resolve(self.catalogue, query["q"], query.get("codigo") or None))


def lexicon(catalogue: dict[str, list[str]]) -> dict[str, Any]:
    entries = [{"codigo": codigo, "names": {"es": names, "qu": []}} for codigo, names in catalogue.items()]
    entries += [{"codigo": "reniec-dni-renovacion", "names": {"es": ["DNI"], "qu": ["DNI mañakuy"]}}]
    entries += [{"codigo": "pnp-antecedentes-policiales", "names": {"es": ["antecedentes"], "qu": []}}]
    return {
        "revision": len(catalogue),
        "entries": entries,
        "sedes": [{"id": id_, "names": names} for id_, names in SEDES.items()],
        "entidades": [{"id": "reniec", "names": ["RENIEC"]}],
    }


def resolve(catalogue: dict[str, list[str]], text: str, codigo: str | None) -> dict[str, Any]:
    keys = word_keys(text)
    sede = next((id_ for id_, names in SEDES.items() if any(names_it(name, keys) for name in names)), None)
    found = [
        (max(len(name.split()) for name in names if names_it(name, keys)), found_codigo)
        for found_codigo, names in catalogue.items()
        if any(names_it(name, keys) for name in names)
    ]
    best = [found_codigo for length, found_codigo in found if length == max(found)[0]]
    if not best:
        families = [part for word, part in FAMILIES.items() if is_in(word, keys)]
        best = [found_codigo for found_codigo in catalogue for part in families if part in found_codigo]
    decision = "sure" if len(best) == 1 else "which" if best else _unnamed(keys, codigo, sede)
    chosen = best[0] if decision == "sure" else codigo if decision == "context" else None
    candidates = [{"codigo": one, "nombre": catalogue[one][0], "score": 1.0} for one in best[:4]]
    sedes = [{"id": sede, "nombre": SEDES[sede][0]}] if sede else []
    return {
        "decision": decision,
        "codigo": chosen,
        "candidates": candidates if decision == "which" else [],
        "sede": sede,
        "sedes": sedes,
    }


def _unnamed(keys: set[str], codigo: str | None, sede: str | None) -> str:
    strange = any(key(word) in keys for word in STRANGE)
    return "context" if codigo and not strange and not sede else "none"
