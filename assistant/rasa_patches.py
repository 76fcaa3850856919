"""Small changes to Rasa 3.6 made at run time; each says what it cures. Imports Rasa."""

from __future__ import annotations

import logging
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from rasa.core.actions.action import RemoteAction
from rasa.engine.training.hooks import TrainingHook
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.log_utils import configure_structlog


def install() -> None:
    """Put all of them in place."""
    log_warnings_only()
    build_validator_once()


def log_warnings_only() -> None:
    """Rasa's debug messages quote what citizens write; nothing below a warning may reach a log."""
    logging.getLogger().setLevel(logging.WARNING)
    for name in ("rasa", "rasa_sdk", "sanic", "sanic.root", "asyncio", "matplotlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
    configure_structlog(logging.WARNING)


def build_validator_once() -> None:
    """Validate what actions answer with one validator.

    `jsonschema.validate` checks the schema itself again on every message: about 10 of the 15 ms of a turn.
    The answers are validated as strictly as before.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate


def fingerprint_nothing() -> None:
    """Train without the fingerprints of Rasa's cache, which we do not keep: a third of the time of a training.

    Of each message, at each step, a JSON text of all its tokens was made. To tell equal examples apart their text and
    intent are enough to begin with: Rasa still compares the whole of those that agree in both.
    """

    def told_by(message: Message) -> int:
        return hash((message.get(TEXT), message.get(INTENT)))

    def nothing_before(*_args: Any, **_details: Any) -> dict[str, Any]:
        return {}

    def nothing_after(*_args: Any, **_details: Any) -> None:
        return None

    Message.__hash__ = told_by
    TrainingHook.on_before_node = nothing_before
    TrainingHook.on_after_node = nothing_after
