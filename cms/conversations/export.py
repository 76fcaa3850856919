"""Conversations as JSON lines, one a line, written as they are read: a month of them takes no more memory than one."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch

from cms.conversations.models import Conversation, Handoff, Message
from cms.directory.hours import LIMA

AT_ONCE = 50


def exported(since: date, until: date) -> Iterator[str]:
    """Those begun between two days, both counted whole in Lima: covered texts, no contacts, no names of citizens."""
    first = datetime.combine(since, time.min, tzinfo=LIMA)
    last = datetime.combine(until + timedelta(days=1), time.min, tzinfo=LIMA)
    begun = Conversation.objects.filter(created_at__gte=first, created_at__lt=last).order_by(
        "created_at", "pk"
    )
    whole = begun.prefetch_related(
        Prefetch("messages", Message.objects.order_by("seq")),
        Prefetch("handoffs", Handoff.objects.order_by("requested_at", "pk")),
    )
    for row in whole.iterator(chunk_size=AT_ONCE):
        yield json.dumps(_row(row), ensure_ascii=False)


def _row(row: Any) -> dict[str, Any]:
    """`row` is a Conversation with its messages and requests read along."""
    return {
        "id": str(row.pk),
        "canal": row.channel,
        "locale": row.locale,
        "begun_at": _local(row.created_at),
        "closed_at": _local(row.closed_at),
        "rating": row.rating,
        "rating_comment": row.rating_comment,
        "messages": [_message(message) for message in row.messages.all()],
        "requests": [_request(handoff) for handoff in row.handoffs.all()],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "seq": message.seq,
        "in_reply_to": message.in_reply_to,
        "sender": message.sender,
        "locale": message.locale,
        "at": _local(message.at),
        "text": message.text,
        "answer": message.answer,
        "fault": message.fault,
    }


def _request(handoff: Handoff) -> dict[str, Any]:
    return {
        "reason": handoff.reason,
        "state": handoff.state,
        "locale": handoff.locale,
        "codigo": handoff.codigo,
        "requested_at": _local(handoff.requested_at),
        "picked_up_seconds": handoff.picked_up_seconds,
        "ended_at": _local(handoff.ended_at),
    }


def _local(at: datetime | None) -> str | None:
    return at.astimezone(LIMA).isoformat() if at else None
