"""When a session ends: after an hour without a request, after eight hours in any case, and with the browser."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

BEGUN, SEEN = "begun", "seen"
SECONDS_BETWEEN_NOTES = 60
"""A page that asks again and again does not write the session each time."""


class SessionEndMiddleware:
    """Counts the idle time anew with the requests of the administrators' side, and ends a session that is too old.

    Other pages do not look at the session: they set no cookie and answer all alike.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.beginning = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the layers below."""
        if request.path_info.startswith(self.beginning) and BEGUN in request.session:
            now = time()
            if now - request.session[BEGUN] > settings.SESSION_LONGEST.total_seconds():
                logout(request)
            elif now - request.session[SEEN] > SECONDS_BETWEEN_NOTES:
                request.session[SEEN] = now  # whatever is written moves the session's end
        return self.get_response(request)


def connect() -> None:
    """Let each sign-in note when its session began."""
    user_logged_in.connect(note_beginning)


def note_beginning(request: HttpRequest, **_signal: Any) -> None:
    """Write into the session when it began, in seconds since 1970."""
    request.session[BEGUN] = request.session[SEEN] = time()
