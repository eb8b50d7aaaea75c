"""Signing in: name and password, then a code where a second step is set up, and the lock after too many failures.

A user is signed in only after both steps: a password alone gives no session, and does not end the count of failures.
"""

from __future__ import annotations

from math import ceil
from time import time
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.views.generic import FormView

from accounts import two_step
from accounts.addresses import client_address

WAITING = "waiting_for_code"
SECONDS_FOR_A_CODE = 300


class PasswordView(LoginView):
    """The first step."""

    template_name = "admin/login.html"
    next_page = "admin:index"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, or ask for the code first where a second step is set up."""
        user = form.get_user()
        if not two_step.is_set_up(user):
            return super().form_valid(form)
        self.request.session[WAITING] = {
            "user": user.pk,
            "backend": user.backend,
            "password": user.get_session_auth_hash(),
            "since": time(),
        }
        return redirect(f"{reverse('admin:login_code')}?{urlencode({'next': self.get_success_url()})}")


class CodeForm(forms.Form):
    """The code, from the telephone or from paper."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}),
    )

    def __init__(self, user: User, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user, self.request = user, request

    def clean_code(self) -> str:
        """Take the right code, and count a wrong one as a failure to sign in."""
        verdict = two_step.check(self.user, self.cleaned_data["code"])
        if verdict.wait:
            seconds = "1 second" if verdict.wait == 1 else f"{verdict.wait} seconds"
            raise forms.ValidationError(f"The last code was wrong. The next is taken in {seconds}.")
        if verdict.device is None:
            credentials = {"username": self.user.get_username()}
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
            raise forms.ValidationError("This is not the code, or it was used before.")
        self.user.otp_device = verdict.device  # type: ignore[attr-defined]
        return self.cleaned_data["code"]


class CodeView(RedirectURLMixin, FormView):
    """The second step."""

    template_name = "admin/login_code.html"
    form_class = CodeForm
    next_page = "admin:index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to the first step who has not taken it just now, and let nobody on whose name is locked."""
        user = waiting_user(request)
        if user is None:
            return redirect("admin:login")
        credentials = {"username": user.get_username()}
        if not AxesProxyHandler.is_allowed(request, credentials):
            return locked(request, None, credentials)
        self.user = user
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what the form is made of: who signs in, too."""
        return {**super().get_form_kwargs(), "user": self.user, "request": self.request}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Sign in."""
        backend = self.request.session.pop(WAITING)["backend"]
        login(self.request, self.user, backend=backend)
        return super().form_valid(form)


def waiting_user(request: HttpRequest) -> User | None:
    """Return who gave name and password in this session a few minutes ago; None when nobody did, or may any longer."""
    waiting = request.session.get(WAITING)
    if waiting is None or time() - waiting["since"] > SECONDS_FOR_A_CODE:
        return None
    user = get_user_model().objects.filter(pk=waiting["user"], is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), waiting["password"]):
        return None
    user.backend = waiting["backend"]
    return user


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Return the page that says for how long no more passwords and codes are taken, in place of `response`."""
    request.session.pop(WAITING, None)
    last = AccessAttempt.objects.filter(
        username=(credentials or {}).get("username"), ip_address=client_address(request)
    ).first()  # the newest
    until = (last.attempt_time if last else timezone.now()) + settings.AXES_COOLOFF_TIME
    seconds = max(1, ceil((until - timezone.now()).total_seconds()))
    context = {**site.each_context(request), "title": "Sign-in is locked", "minutes": ceil(seconds / 60)}
    page = render(request, "admin/locked.html", context, status=429)
    page["Retry-After"] = str(seconds)
    return page
