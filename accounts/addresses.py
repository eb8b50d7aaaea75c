"""Where a request comes from."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address that the request came from; None where the server does not know, as behind a Unix socket.

    What X-Forwarded-For says is believed only behind a proxy, and only its last address: that one our proxy wrote,
    those before it the client may have sent.
    """
    own = _address(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return own
    return _address(request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]) or own


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None
