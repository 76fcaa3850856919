"""What every command of the Makefile hands on to the processes it starts."""

import os
import subprocess
from pathlib import Path


def test_python_keeps_what_it_compiled_also_where_an_image_forbids_it(root: Path) -> None:
    """Else each process compiles all it imports: seconds of each start, and of every test that starts one."""
    say = 'say:; @echo "$${PYTHONDONTWRITEBYTECODE-kept}"'
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = ("make", "--silent", f"--eval={say}", "say")
    done = subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "kept"
