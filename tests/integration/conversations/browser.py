"""A citizen's client of the conversation API."""

import json
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

ROOT = "/api/v1/conversations"


class Citizen:
    """Ana: she starts a conversation when made, and keeps its token."""

    def __init__(self, client: Client, **body: Any) -> None:
        self.client = client
        self._numbers = count(1)
        started = client.post(ROOT, json.dumps(body), content_type="application/json")
        assert started.status_code == 201, started.content
        data = started.json()
        self.id, self.token, self.greeting = data["id"], data["token"], data["messages"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        content = body if isinstance(body, (str, bytes)) else json.dumps({} if body is None else body)
        return self.client.post(
            f"{ROOT}/{self.id}/{path}",
            content,
            content_type="application/json",
            headers={**self.headers, **headers},
        )

    def write(self, text: str, client_id: str | None = None) -> HttpResponse:
        return self.post("messages", {"client_id": client_id or f"n{next(self._numbers)}", "text": text})

    def press(self, payload: str) -> HttpResponse:
        return self.post("messages", {"client_id": f"n{next(self._numbers)}", "payload": payload})

    def says(self, text: str) -> list[dict[str, Any]]:
        """The replies to `text`."""
        response = self.write(text)
        assert response.status_code == 200, response.content
        replies: list[dict[str, Any]] = response.json()["messages"]
        return replies

    def presses(self, payload: str) -> list[dict[str, Any]]:
        response = self.press(payload)
        assert response.status_code == 200, response.content
        replies: list[dict[str, Any]] = response.json()["messages"]
        return replies

    def read(self, after: int = 0) -> dict[str, Any]:
        response = self.client.get(f"{ROOT}/{self.id}/messages?after={after}", headers=self.headers)
        assert response.status_code == 200, response.content
        data: dict[str, Any] = response.json()
        return data

    def last(self) -> dict[str, Any]:
        found: dict[str, Any] = self.read()["messages"][-1]
        return found
