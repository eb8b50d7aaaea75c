"""Accounts for the tests: one of each role, and one without a role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "a-long-invented-passphrase"  # noqa: S105


@pytest.fixture
def account(db: None) -> Callable[..., User]:
    """Return what makes an account with the roles named."""

    def make(name: str, *roles: str, **fields: object) -> User:
        user = User.objects.create_user(name, password=PASSWORD, is_staff=bool(roles), **fields)
        user.groups.set([Group.objects.get(name=role) for role in roles])
        return user

    return make


@pytest.fixture
def sign_in(client: Client) -> Callable[..., object]:
    """Return what types a name and password on the sign-in page, and its answer."""

    def typed(name: str, password: str = PASSWORD, **headers: str):
        return client.post("/admin/login/", {"username": name, "password": password}, **headers)

    return typed


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """Return what the telephone shows, or showed or will show so many steps from now."""
    return f"{totp(device.bin_key, drift=steps):06}"


def with_telephone(user: User) -> TOTPDevice:
    """Return the telephone of a second step set up for the user."""
    return TOTPDevice.objects.create(user=user, name="code of the telephone", confirmed=True)
