"""Accounts: made, given roles, put out of use. None is deleted: what it did keeps its name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import two_step
from accounts.roles import ROLES, role_groups


class RolesField(forms.ModelMultipleChoiceField):
    """The roles, each with what it is for."""

    def __init__(self) -> None:
        super().__init__(
            queryset=role_groups(),
            required=False,
            label="Roles",
            widget=forms.CheckboxSelectMultiple,
            help_text="Without a role an account cannot enter the administrators' side.",
        )

    def label_from_instance(self, group: Group) -> str:
        """Return a role's name and purpose."""
        return f"{group.name}: {ROLES[group.name].purpose}"


class NewUserForm(UserCreationForm):
    """An account to be made."""

    groups = RolesField()


class UserForm(UserChangeForm):
    """An account to be changed."""

    groups = RolesField()


admin.site.unregister(User)


@admin.register(User)
class UserAdmin(auth_admin.UserAdmin):
    """Accounts by name; whoever has a role is staff, and only superusers touch superusers."""

    form = UserForm
    add_form = NewUserForm
    add_form_template = "admin/change_form.html"
    list_display = ["username", "first_name", "last_name", "roles", "second_step", "last_login", "is_active"]
    list_filter = ["is_active", "is_superuser", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    readonly_fields = ["second_step", "last_login", "date_joined"]
    filter_horizontal = []
    actions = ["remove_second_step"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    about = "Who may enter the administrators' side, and in which roles; an account is put out of use, never deleted."
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "password1", "password2", "groups"]})]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Return the fields; superuser is a switch that only superusers see."""
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active", "groups", *(["is_superuser"] if request.user.is_superuser else [])]
        return [
            (None, {"fields": ["username", "password"]}),
            ("Person", {"fields": ["first_name", "last_name", "email"]}),
            ("Rights", {"fields": rights}),
            ("Signing in", {"fields": ["second_step", "last_login", "date_joined"]}),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the accounts with their roles and telephones, which lists show."""
        return super().get_queryset(request).prefetch_related("groups", "totpdevice_set")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's account, password and all, is not an administrator's to change."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.user.is_superuser or obj is None or not obj.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Say no: an account is put out of use, and the audit trail keeps its name."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Save; with the roles comes the right to enter."""
        roles = form.cleaned_data.get("groups")
        obj.is_staff = obj.is_superuser or bool(roles)
        super().save_model(request, obj, form, change)

    @admin.display(description="Roles")
    def roles(self, user: User) -> str:
        """Return the names of the roles."""
        names = [group.name for group in user.groups.all() if group.name in ROLES]
        return ", ".join([*(["Superuser"] if user.is_superuser else []), *names]) or "none"

    @admin.display(description="Two-step sign-in")
    def second_step(self, user: User) -> str:
        """Return whether a second step is set up, and since when."""
        found = [device for device in user.totpdevice_set.all() if device.confirmed]  # type: ignore[attr-defined]
        return f"since {found[0].created_at:%-d %B %Y}" if found else "not set up"

    @admin.action(description="Remove two-step sign-in (telephone and paper are lost)", permissions=["change"])
    def remove_second_step(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Remove the second step of the selected accounts, and say of which."""
        allowed = [user for user in queryset if self.has_change_permission(request, user)]
        removed = [user.get_username() for user in allowed if two_step.remove(user)]
        level = messages.SUCCESS if removed else messages.WARNING
        self.message_user(request, f"Removed: {', '.join(removed) or 'none'}.", level)
