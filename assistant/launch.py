"""Trains and starts the assistant: `python -m assistant.launch train|server|actions`, from any folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from assistant import fingerprint, settings, tensorflow_stub

# Read by Rasa and its libraries when they are imported: no usage report leaves this machine.
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "LOG_LEVEL": "WARNING",  # also turns Rasa's progress bars off
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def say(message: str) -> None:
    """One progress line."""
    print(f"assistant: {message}", flush=True)


def prepare_rasa() -> None:
    """Everything that must be in place before Rasa is imported."""
    import warnings

    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    warnings.simplefilter("ignore")
    tensorflow_stub.install()


def train(config: settings.Settings) -> int:
    """Train the model unless nothing it depends on has changed."""
    if fingerprint.is_trained(config):
        say(f"the model is up to date ({config.model})")
        return 0
    started = time.monotonic()
    say("training from nlu_data")
    prepare_rasa()
    from assistant import training

    training.train(config, say)
    say(f"trained in {time.monotonic() - started:.1f} s ({config.model})")
    return 0


def server(config: settings.Settings) -> int:
    """Serve the model over HTTP until stopped."""
    if not config.model.exists():
        say(f"there is no model at {config.model}: run `python -m assistant.launch train` first")
        return 1
    prepare_rasa()
    from assistant import serving

    return serving.serve(config, say)


def actions(config: settings.Settings) -> int:
    """Serve the actions over HTTP until stopped."""
    prepare_rasa()
    from assistant import action_server

    return action_server.serve(config, say)


COMMANDS: dict[str, Callable[[settings.Settings], int]] = {
    "train": train,
    "server": server,
    "actions": actions,
}


def main(arguments: list[str]) -> int:
    """Run one command; 0 when it ended well, 1 when it failed, 2 when it was not understood."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: python -m assistant.launch {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](settings.load())
    except settings.SettingsError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
