import json
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from cms.config import broker


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    folder = tmp_path / "queue"
    folder.mkdir()
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(tmp_path / "control"),
    }
    return Connection(f"{broker.SCHEME}://localhost", transport_options=options)


def test_a_message_comes_out_as_it_went_in_and_once(connection: Connection) -> None:
    with connection.SimpleQueue("work") as queue:
        queue.put({"task": "x"})
        message = queue.get(timeout=2)
        message.ack()
        assert message.payload == {"task": "x"}
        with pytest.raises(queue.Empty):
            queue.get(block=False)


def test_a_reader_never_sees_half_a_message(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    write = Path.write_bytes

    def looking(path: Path, data: bytes) -> int:
        result = write(path, data[: len(data) // 2])
        seen.append(len(list((tmp_path / "queue").glob("*.msg"))))
        write(path, data)
        return result

    monkeypatch.setattr(Path, "write_bytes", looking)
    with connection.SimpleQueue("other") as queue:
        queue.put({"task": "x"})
    whole: list[Any] = [json.loads(path.read_text()) for path in (tmp_path / "queue").glob("*.msg")]
    assert (seen, len(whole)) == ([0], 1)
