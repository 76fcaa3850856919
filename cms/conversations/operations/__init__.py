"""Everything that changes a conversation. Keyword arguments only; `by` is the agent who does it."""

from cms.conversations.operations.agents import (
    add_note,
    claim,
    close_by_agent,
    finish_callback,
    hand_to_assistant,
    heartbeat,
    leave,
    requeue_absent,
    return_to_queue,
    send_as_agent,
    transfer,
)
from cms.conversations.operations.citizens import (
    Posted,
    Started,
    close_by_citizen,
    post_message,
    rate,
    read_along,
    start,
)
from cms.conversations.operations.handoffs import (
    Wish,
    ask_for_person,
    cancel_request,
    leave_contact,
    turn_into_callbacks,
)
from cms.conversations.operations.turns import answer_unanswered, run_turn

__all__ = [
    "Posted",
    "Started",
    "Wish",
    "add_note",
    "answer_unanswered",
    "ask_for_person",
    "cancel_request",
    "claim",
    "close_by_agent",
    "close_by_citizen",
    "finish_callback",
    "hand_to_assistant",
    "heartbeat",
    "leave",
    "leave_contact",
    "post_message",
    "rate",
    "read_along",
    "requeue_absent",
    "return_to_queue",
    "run_turn",
    "send_as_agent",
    "start",
    "transfer",
    "turn_into_callbacks",
]
