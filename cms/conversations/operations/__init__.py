"""Everything that changes a conversation. Keyword arguments only; `by` is the agent who does it."""

from cms.conversations.operations.agents import (
    add_note,
    claim,
    close_by_agent,
    finish_callback,
    hand_to_assistant,
    heartbeat,
    leave,
    note_attempt,
    requeue_absent,
    requeue_unanswered,
    return_to_queue,
    send_as_agent,
    set_shift,
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
    tell_fallback,
    want_in,
)
from cms.conversations.operations.originals import reveal_original
from cms.conversations.operations.reading import mark_read, may_follow, open_to_read
from cms.conversations.operations.retention import apply_retention, erase_for_citizen, hold, lift_hold
from cms.conversations.operations.turns import answer_unanswered, run_turn
from cms.conversations.operations.unattended import bring_back, turn_into_callbacks

__all__ = [
    "Posted",
    "Started",
    "Wish",
    "add_note",
    "answer_unanswered",
    "apply_retention",
    "ask_for_person",
    "bring_back",
    "cancel_request",
    "claim",
    "close_by_agent",
    "close_by_citizen",
    "erase_for_citizen",
    "finish_callback",
    "hand_to_assistant",
    "heartbeat",
    "hold",
    "leave",
    "leave_contact",
    "lift_hold",
    "mark_read",
    "may_follow",
    "note_attempt",
    "open_to_read",
    "post_message",
    "rate",
    "read_along",
    "requeue_absent",
    "requeue_unanswered",
    "return_to_queue",
    "reveal_original",
    "run_turn",
    "send_as_agent",
    "set_shift",
    "start",
    "tell_fallback",
    "transfer",
    "turn_into_callbacks",
    "want_in",
]
