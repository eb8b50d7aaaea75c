"""The roles, and what each may do: the one table to extend when a model or an action is added."""

from __future__ import annotations

from typing import Any, NamedTuple

from auditlog.context import disable_auditlog
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet


class Role(NamedTuple):
    """What a role is for, in words, and its permissions: "app.codename"."""

    purpose: str
    permissions: frozenset[str]


LOOKING = frozenset(
    {
        "cables.view_alias",
        "cables.view_cable",
        "cables.view_importproblem",
        "cables.view_importrun",
        "cables.view_post",
        "cables.view_tag",
    }
)
IMPORTING = LOOKING | {
    "cables.add_importrun",
    "cables.change_importproblem",
    "cables.undo_importrun",
}
EDITING = LOOKING | {
    "cables.add_alias",
    "cables.add_post",
    "cables.add_tag",
    "cables.add_withholding",
    "cables.change_alias",
    "cables.change_cable",
    "cables.change_post",
    "cables.change_tag",
    "cables.change_withholding",
    "cables.delete_alias",
    "cables.delete_withholding",
    "cables.view_withholding",
}
KEEPING_ACCOUNTS = frozenset(
    {
        "accounts.delete_failedsignin",
        "accounts.view_auditentry",
        "accounts.view_failedsignin",
        "auth.add_user",
        "auth.change_user",
        "auth.view_user",
    }
)

IMPORTER, EDITOR, ADMINISTRATOR = "Importer", "Editor", "Administrator"
ROLES = {
    IMPORTER: Role("imports files, mends and retries what could not be taken", IMPORTING),
    EDITOR: Role("corrects cables, TAGS, posts and aliases, and withholds cables from the public", EDITING),
    ADMINISTRATOR: Role("does both, keeps accounts, and reads the audit trail", IMPORTING | EDITING | KEEPING_ACCOUNTS),
}


def role_groups() -> QuerySet[Group]:
    """Return the groups that are roles, in the order of the table."""
    return Group.objects.filter(name__in=ROLES).order_by("pk")


def keep_roles(using: str, apps: Apps = all_apps, **_signal: Any) -> None:
    """Make each role's group hold just its permissions; a receiver of post_migrate, when all permissions are there."""
    if "auth" not in apps.app_configs:  # its tables are gone: it was migrated back to its beginning
        return
    with disable_auditlog():
        for name, role in ROLES.items():
            group, _ = Group.objects.using(using).get_or_create(name=name)
            group.permissions.set(permissions(role.permissions, using))


def permissions(names: frozenset[str], using: str = "default") -> list[Permission]:
    """Return the permissions of these names, "app.codename"; a name that no model has is passed over."""
    found = Permission.objects.using(using).select_related("content_type")
    return [each for each in found if f"{each.content_type.app_label}.{each.codename}" in names]
