"""What something says, as a short text that differs when it says something else."""

import hashlib
import json
from typing import Any


def json_digest(said: Any) -> str:
    """The same for two that say the same, in whatever order they name it."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
