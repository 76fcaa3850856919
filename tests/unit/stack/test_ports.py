import socket

import pytest

from stack import ports


def test_it_gives_the_same_ports_for_the_same_web_port() -> None:
    assert ports.derived(8000, free=lambda _: True) == (18000, 28000)


def test_it_takes_the_next_port_when_one_is_busy() -> None:
    assert ports.derived(8000, free=lambda port: port != 18000) == (18001, 28000)


def test_it_never_takes_the_port_of_the_web() -> None:
    assert ports.derived(18000, free=lambda _: True) == (18001, 28000)
    assert ports.derived(28000, free=lambda _: True) == (18000, 28001)


def test_a_busy_port_is_named_with_the_variable_that_changes_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ports.PortBusyError, match=rf"Port {port} \(for web\).*MAC_PORT={port + 100}"):
            ports.require_free({"web": port}, "127.0.0.1")


def test_a_port_is_free_again_once_its_server_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    ports.require_free({"web": port}, "127.0.0.1")
