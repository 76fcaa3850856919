"""Trains and starts the assistant: `python -m assistant.launch train|train-anyway|back|server|actions`, from any folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from assistant import fingerprint, models, settings, tensorflow_stub

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
    """Train the model unless nothing it depends on has changed; one that understands less does not go live.

    That ends well too: the live model serves on, and a system that starts is not held up by it.
    """
    if config.model.exists() and (why := models.why_refused(config, fingerprint.current(config))):
        _say_refused(why)
        return 0
    return _train(config, guarded=True)


def train_anyway(config: settings.Settings) -> int:
    """Train, and put the model in place however well it understands."""
    return _train(config, guarded=False)


def _train(config: settings.Settings, *, guarded: bool) -> int:
    if fingerprint.is_trained(config):
        say(f"the model is up to date ({config.model})")
        return 0
    started = time.monotonic()
    say("training from nlu_data")
    prepare_rasa()
    from assistant import training

    live = training.train(config, say, guarded=guarded)
    seconds = time.monotonic() - started
    if live:
        say(f"trained in {seconds:.1f} s ({config.model})")
    else:
        _say_refused(models.why_refused(config, fingerprint.current(config)))
    return 0


def _say_refused(why: str) -> None:
    say(
        f"the new model is REFUSED and the earlier one stays. {why} `assistant.launch train-anyway` puts it in place."
    )


def back(config: settings.Settings) -> int:
    """Put the model back that was live before the present one."""
    try:
        models.put_back(config)
    except models.NoEarlierModelError as error:
        say(str(error))
        return 1
    say(f"the earlier model is in place ({config.model}); start the assistant anew to use it")
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
    "train-anyway": train_anyway,
    "back": back,
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
