"""Conversations as they are stored, and a person who may teach the assistant."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations.models import Conversation, Message, Sender, TurnState
from cms.conversations.phrases import say


class Talk:
    """One conversation: what a citizen wrote, and what was said to it."""

    def __init__(self, locale: str = "es") -> None:
        self.row = Conversation.objects.create(token_digest="x", locale=locale)
        self.locale = locale
        self.seq = 0

    def wrote(self, text: str, payload: str = "") -> "Talk":
        self._add(Sender.CITIZEN, text, payload=payload, turn=TurnState.DONE)
        self.asked = self.seq
        return self

    def failed(self, key: str = "not_understood") -> "Talk":
        return self._add(Sender.ASSISTANT, say(key, self.locale), in_reply_to=self.asked)

    def offered(self, *codigos: str) -> "Talk":
        choices = [{"title": c, "codigo": c, "aspecto": "costo", "payload": "x"} for c in codigos]
        return self._add(Sender.ASSISTANT, "¿De qué trámite?", in_reply_to=self.asked, choices=choices)

    def answered(self, codigo: str, aspecto: str) -> "Talk":
        answer = {"codigo": codigo, "aspecto": aspecto, "confianza": "alta"}
        return self._add(Sender.ASSISTANT, "Cuesta…", in_reply_to=self.asked, answer=answer)

    def _add(self, sender: Sender, text: str, **more: Any) -> "Talk":
        self.seq += 1
        Message.objects.create(
            conversation=self.row, seq=self.seq, sender=sender, text=text, locale=self.locale, **more
        )
        return self


@pytest.fixture
def rosa(berta: User) -> User:
    """A reviewer who speaks Quechua."""
    berta.speaks_quechua = True
    berta.save()
    berta.groups.set([Group.objects.get(name=str(Role.REVIEWER))])
    return berta


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
