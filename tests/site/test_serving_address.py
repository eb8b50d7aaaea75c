"""The address that quickstart serves at: what HOST and PORT may be, and what is printed."""

from __future__ import annotations

import socket

import pytest
from django.core.management.base import CommandError

from cables.management.commands.quickstart import reserve, url_of


@pytest.mark.parametrize(
    ("host", "printed"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", None), ("0.0.0.0", "localhost"), ("::", "localhost"), ("::1", "[::1]")],  # noqa: S104
)
def test_printed_address_opens_on_this_machine(host: str, printed: str | None) -> None:
    if ":" in host and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with reserve(host, "0") as listener:
        port = listener.getsockname()[1]
        loopback = {f"http://127.0.0.1:{port}/", f"http://[::1]:{port}/"}
        assert url_of(listener) in ({f"http://{printed}:{port}/"} if printed else loopback)


def test_a_reserved_port_refuses_visitors_until_it_is_served() -> None:
    with reserve("127.0.0.1", "0") as listener, pytest.raises(ConnectionRefusedError):
        socket.create_connection(listener.getsockname(), timeout=5)


@pytest.mark.parametrize("host", ["203.0.113.1", "not a host"])
def test_a_host_that_is_not_this_machine_is_told_in_one_line(host: str) -> None:
    with pytest.raises(CommandError, match=rf"^Cannot serve at {host}, port 8000: [^\n]+\. Set HOST and PORT [^\n]+$"):
        reserve(host, "8000")


@pytest.mark.parametrize("port", ["http", "70000", "-1", "80.0", "9" * 5000])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(CommandError, match=rf"^PORT is '{port}', and not a number up to 65535\.$"):
        reserve("127.0.0.1", port)
