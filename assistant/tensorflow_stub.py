"""Stand-ins for the libraries Rasa imports unconditionally for parts this project does not use.

Rasa's default recipe imports its neural components, and its channel and tracker store packages import every
messenger and cloud client, whether the configuration names them or not. TensorFlow alone costs 475 MB of memory
and 5 s of every start. `install()` must run before `rasa` is imported; from then on importing one of the listed
libraries gives a module whose names are empty classes: good for subclassing, annotations and `except` clauses,
and loud when something tries to *use* them.

* The names of `TENSORFLOW` are replaced even when installed, unless MAC_REAL_TENSORFLOW=1.
* The names of `CLIENTS` are replaced only where they are not installed.

A configuration that needs TensorFlow (DIET, TED) fails in training with `AbsentLibraryError`.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

TENSORFLOW = frozenset({"tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras"})
CLIENTS = frozenset(
    {
        "aiogram",
        "boto3",
        "botocore",
        "confluent_kafka",
        "fbmessenger",
        "google",
        "matplotlib",
        "mattermostwrapper",
        "rocketchat_API",
        "slack_sdk",
        "twilio",
        "webexteamssdk",
    }
)
REAL_TENSORFLOW = "MAC_REAL_TENSORFLOW"


class AbsentLibraryError(ImportError):
    """Something tried to use a library that is deliberately not installed."""


class _PlaceholderType(type):
    """Gives a placeholder class any attribute asked for, as another placeholder class."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _placeholder(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if "absent_name" not in cls.__dict__:
            return super().__call__(*args, **kwargs)
        raise AbsentLibraryError(
            f"{cls.absent_name} is not installed here: use a component that does not need it, or install "
            f"TensorFlow and set {REAL_TENSORFLOW}=1."
        )


def _placeholder(name: str) -> Any:
    """An empty class; an exception class where the name says so, because it may stand in an `except` clause."""
    if name.endswith(("Error", "Exception")):
        return type(name, (Exception,), {})
    return _PlaceholderType(name, (), {"absent_name": name})


def _is_tensor(_value: object) -> bool:
    """Nothing is a tensor here; matplotlib and Rasa ask this of every value they compare."""
    return False


class AbsentModule(ModuleType):
    """A module that has every name."""

    __version__ = "0"
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _is_tensor if name == "is_tensor" else _placeholder(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class AbsentFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of the given top-level libraries as `AbsentModule`."""

    def __init__(self, libraries: frozenset[str]) -> None:
        self.libraries = libraries

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in self.libraries:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def install() -> None:
    """Put the finders in place (once). Raises RuntimeError when Rasa was imported before."""
    if any(isinstance(finder, AbsentFinder) for finder in sys.meta_path):
        return
    if "rasa.core" in sys.modules:
        raise RuntimeError("Call tensorflow_stub.install() before importing rasa.")
    if os.environ.get(REAL_TENSORFLOW) != "1":
        sys.meta_path.insert(0, AbsentFinder(TENSORFLOW))
    sys.meta_path.append(AbsentFinder(CLIENTS))
