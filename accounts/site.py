"""The admin's doors: signing in, the second step, and who is let past them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts import two_step
from accounts.signing_in import CodeView, PasswordView
from accounts.two_step_pages import PAGES


class GuardedSite(AdminSite):
    """An admin that asks for the second step of those who have set one up, or of everybody where that is required."""

    login_form = AdminAuthenticationForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether who asks may see any page of the admin: staff, past the second step where one is asked."""
        return super().has_permission(request) and two_step.passed(request.user)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the admin's addresses and ours, which come first: Django's last one takes all that is left."""
        own: list[URLPattern | URLResolver] = [path("login/code/", self.code, name="login_code")]
        own += [path(f"two-step/{end}", self.own_page(view), name=name) for end, view, name in PAGES]
        return own + super().get_urls()

    @method_decorator(never_cache)
    def login(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Show the form for name and password, and take what was typed; lead on who is past it already."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        if request.method == "GET" and super().has_permission(request) and two_step.may_set_up(request.user):
            return redirect("admin:two_step_set_up")
        context = {
            **self.each_context(request),
            "title": "Sign in",
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        view = PasswordView.as_view(extra_context=context, authentication_form=self.login_form)
        return view(request)

    @method_decorator(never_cache)
    def code(self, request: HttpRequest) -> HttpResponseBase:
        """Show the form for the second step's code, and take what was typed."""
        context = {**self.each_context(request), "title": "Second step"}
        return CodeView.as_view(extra_context=context)(request)

    def own_page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Return a view of one's own second step: for staff who are past it, or have to set it up before all else."""

        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if not (super(GuardedSite, self).has_permission(request) and two_step.may_set_up(request.user)):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            return view(request, self.each_context(request))

        return guarded
