"""The pages on which one sets up, renews and removes one's own second step."""

from __future__ import annotations

from base64 import b32encode
from io import BytesIO
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_otp import login as remember_device

from accounts import two_step


class PasswordForm(forms.Form):
    """The own password, once more: an open session alone changes nothing about how one signs in."""

    password = forms.CharField(
        label="Your password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        self.request = request

    def clean_password(self) -> str:
        """Take the right password; a wrong one counts as a failure to sign in."""
        password = self.cleaned_data["password"]
        if authenticate(self.request, username=_user(self.request).get_username(), password=password) is None:
            raise forms.ValidationError("This is not your password.")
        return password


class ConfirmForm(PasswordForm):
    """The first code of a telephone; the password too, where it takes the place of another."""

    code = forms.CharField(
        label="Code of the telephone",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        if not two_step.is_set_up(_user(request)):
            del self.fields["password"]

    def clean(self) -> None:
        """Take the right code, unless the password was wrong."""
        self.device = None if self.errors else two_step.confirm(_user(self.request), self.cleaned_data["code"])
        if self.device is None and not self.errors:
            self.add_error("code", "This is not the code that the telephone should show now. Is its clock right?")


def overview(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Tell whether the second step is set up; with the password, renew the codes for paper or remove it all."""
    user, form = _user(request), PasswordForm(request)
    is_set_up = two_step.is_set_up(user)
    if request.method == "POST" and is_set_up and form.is_valid():
        if "renew" in request.POST:
            return _show_paper_codes(request, context)
        if "remove" in request.POST and not settings.TWO_STEP_REQUIRED:
            two_step.remove(user)
            messages.success(request, "Two-step sign-in is removed: name and password are enough.")
        return redirect("admin:two_step")
    context |= {
        "title": "Two-step sign-in",
        "form": form,
        "is_set_up": is_set_up,
        "left": two_step.paper_codes_left(user),
        "required": settings.TWO_STEP_REQUIRED,
    }
    return render(request, "admin/two_step/overview.html", context)


def set_up(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Show what the telephone scans; take its first code, then show the codes for paper."""
    form = ConfirmForm(request)
    if request.method == "POST" and form.is_valid():
        remember_device(request, form.device)
        return _show_paper_codes(request, context)
    user = _user(request)
    secret = b32encode(two_step.proposed(user).bin_key).decode()
    context |= {
        "title": "Set up two-step sign-in",
        "form": form,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "required": settings.TWO_STEP_REQUIRED and not two_step.is_set_up(user),
    }
    return render(request, "admin/two_step/set_up.html", context)


def square(request: HttpRequest, _context: dict[str, Any]) -> HttpResponse:
    """Return the square that the telephone scans, black on white by night too: cameras need it so."""
    picture = BytesIO()
    code = segno.make(two_step.proposed(_user(request)).config_url, micro=False)
    code.save(picture, kind="svg", scale=5, light="white")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _show_paper_codes(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    codes = two_step.new_paper_codes(_user(request))
    # has_permission is asked anew: who was led here to set up the second step is past it now.
    context |= {"title": "Codes for paper", "codes": codes, "has_permission": True}
    return render(request, "admin/two_step/paper_codes.html", context)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the site lets only staff come here
    return request.user


PAGES = [
    ("", overview, "two_step"),
    ("set-up/", set_up, "two_step_set_up"),
    ("set-up/square.svg", square, "two_step_square"),
]
"""The end of each page's address, its view and its name."""
