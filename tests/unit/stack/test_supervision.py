import os
from dataclasses import replace
from pathlib import Path

import pytest
from supervisor.options import ServerOptions

from stack.configuration import ROOT, Configuration
from stack.programs import Program
from stack.supervision import SupervisionError, render, socket_path


@pytest.mark.parametrize("folder", ["plain", "with space", "100%", "quote's", 'double"quote'])
def test_supervisord_reads_back_what_was_meant(config: Configuration, tmp_path: Path, folder: str) -> None:
    data_dir = tmp_path / folder
    (data_dir / "logs").mkdir(parents=True)
    (data_dir / "stack").mkdir()
    config = replace(config, data_dir=data_dir)
    program = Program("web", ("/usr/bin/env", "%h", "it's", 'a "b"', "a b"))
    text = render(
        [program], configuration=config, socket=data_dir / "s.sock", log=data_dir / "logs" / "x.log"
    )
    (data_dir / "c.conf").write_text(text, encoding="utf-8")

    options = ServerOptions()
    options.realize(args=["-c", str(data_dir / "c.conf")])

    read = options.process_group_configs[0].process_configs[0]
    assert read.stdout_logfile == str(data_dir / "logs" / "web.log")
    assert options.logfile == str(data_dir / "logs" / "x.log")
    assert options.server_configs[0]["file"] == str(data_dir / "s.sock")
    assert options.directory == str(ROOT)
    assert (read.stopasgroup, read.killasgroup, read.autorestart is not False) == (True, True, True)


def test_the_socket_lies_in_the_folder_where_there_is_room(tmp_path: Path) -> None:
    assert socket_path(Path("/srv/mac/stack"), "0" * 16) == Path("/srv/mac/stack/supervisor.sock")


def test_a_deep_folder_gets_a_private_place_for_its_socket(tmp_path: Path) -> None:
    stack_id = f"test-{os.getpid()}"
    path = socket_path(tmp_path / ("deep" * 30), stack_id)
    try:
        assert len(os.fsencode(path)) < 90
        assert path.parent.stat().st_mode & 0o777 == 0o700
    finally:
        path.parent.rmdir()


def test_a_private_place_that_is_a_link_is_refused(tmp_path: Path) -> None:
    stack_id = f"link-{os.getpid()}"
    link = Path(f"/tmp/mac-{os.getuid()}-{stack_id}")  # noqa: S108 - the very place under test
    link.symlink_to(tmp_path)
    try:
        with pytest.raises(SupervisionError, match="MAC_DATA_DIR"):
            socket_path(tmp_path / ("deep" * 30), stack_id)
    finally:
        link.unlink()
