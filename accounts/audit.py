"""The audit trail's who and where, and its sign-ins; which changes it holds is said in accounts/recorded.py."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse

from accounts.addresses import client_address

_answering: ContextVar[HttpRequest | None] = ContextVar("answering", default=None)


class AuditMiddleware:
    """Remembers the request while it is answered: what is recorded meanwhile is recorded as its user's doing.

    The user is asked for only when an entry is written, so that a reader's page asks for no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the layers below."""
        token = _answering.set(request)
        try:
            return self.get_response(request)
        finally:
            _answering.reset(token)


def connect() -> None:
    """Begin to record who and where, and sign-ins."""
    pre_save.connect(fill_in, sender=LogEntry)
    user_logged_in.connect(record_sign_in)
    user_logged_out.connect(record_sign_out)
    user_login_failed.connect(record_failure)


def record(event: str, of: Model, **fields: Any) -> None:
    """Add an entry that is no change of a row: `event` in a word or two, and what it happened to."""
    LogEntry.objects.log_create(
        of, force_log=True, action=LogEntry.Action.ACCESS, additional_data={"event": event}, **fields
    )


def fill_in(instance: LogEntry, **_signal: Any) -> None:
    """Put into a new entry whose request it comes from, and from where."""
    request = _answering.get()
    if request is None:
        return
    if instance.actor_id is None and request.user.is_authenticated:
        instance.actor = request.user
    instance.remote_addr = client_address(request)


def record_sign_in(user: AbstractBaseUser, **_signal: Any) -> None:
    """Add that an account was signed in to, and by which second step."""
    device = getattr(user, "otp_device", None)
    record(f"signed in, {device.name}" if device else "signed in", user, actor=user)


def record_sign_out(user: AbstractBaseUser | None, **_signal: Any) -> None:
    """Add that an account was signed out of."""
    if user is not None:
        record("signed out", user, actor=user)


def record_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_signal: Any) -> None:
    """Add that an account could not be signed in to, and whether that locked it.

    What was typed where no account has that name is not kept: it may be a password. Tries while an account is locked
    are not added either: nobody can fill the trail from outside.
    """
    if request is None or getattr(request, "axes_failures_since_start", None) is None:
        return
    user = get_user_model().objects.filter(username=credentials.get("username")).first()
    if user is not None:
        record("sign-in failed and locked" if request.axes_locked_out else "sign-in failed", user)  # type: ignore[attr-defined]
