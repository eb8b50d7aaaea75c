"""The second step of signing in: a code from a telephone, or one of ten from paper."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

PAPER_CODES = 10

# These names stand in the audit trail: "signed in, code of the telephone".
_TELEPHONE, _PAPER = "code of the telephone", "code from paper"


class Verdict(NamedTuple):
    """What came of a code: the device that took it; else None, and for how many seconds no other will be taken."""

    device: Device | None
    wait: int = 0


def is_set_up(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether the user is asked for a code."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def passed(user: User | AnonymousUser) -> bool:
    """Return whether the user has shown a code in this session, or needs none."""
    return user.is_verified() or not (settings.TWO_STEP_REQUIRED or is_set_up(user))  # type: ignore[union-attr]


def may_set_up(user: User | AnonymousUser) -> bool:
    """Return whether the user may see and change the own second step: past it, or before there is one."""
    return user.is_verified() or not is_set_up(user)  # type: ignore[union-attr]


def check(user: AbstractBaseUser, code: str) -> Verdict:
    """Return what comes of a code at signing in. A right one is used up; a wrong one makes the next wait longer."""
    code = code.replace(" ", "").replace("-", "").lower()
    model = TOTPDevice if code.isdecimal() and len(code) == 6 else StaticDevice
    device = model.objects.filter(user_id=user.pk, confirmed=True).first()
    if device is None:
        return Verdict(None)
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Verdict(None, max(1, round((why["locked_until"] - timezone.now()).total_seconds())))
    return Verdict(verify_token(user, device.persistent_id, code))


def proposed(user: AbstractBaseUser) -> TOTPDevice:
    """Return the telephone that is being set up: the same until it is confirmed."""
    device = TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).first()
    return device or TOTPDevice.objects.create(user_id=user.pk, confirmed=False, name=_TELEPHONE)


@transaction.atomic
def confirm(user: AbstractBaseUser, code: str) -> TOTPDevice | None:
    """Return the telephone that was being set up, now the only one; None when it is not its code."""
    device = TOTPDevice.objects.select_for_update().filter(user_id=user.pk, confirmed=False).first()
    if device is None or not device.verify_token(code.replace(" ", "")):
        return None
    for former in TOTPDevice.objects.filter(user_id=user.pk).exclude(pk=device.pk):
        former.delete()
    device.confirmed = True
    device.save()
    return device


@transaction.atomic
def new_paper_codes(user: AbstractBaseUser) -> list[str]:
    """Return ten new codes as they are written down, "abcd-efgh"; those from before are no longer taken."""
    StaticDevice.objects.filter(user_id=user.pk).delete()
    device = StaticDevice.objects.create(user_id=user.pk, name=_PAPER)
    codes = [StaticToken.random_token() for _ in range(PAPER_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def paper_codes_left(user: AbstractBaseUser) -> int:
    """Return how many codes from paper are not used up."""
    return StaticToken.objects.filter(device__user_id=user.pk).count()


@transaction.atomic
def remove(user: AbstractBaseUser) -> bool:
    """Return whether there was a second step; there is none now."""
    was_set_up = is_set_up(user)
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user_id=user.pk).delete()
    return was_set_up
