"""Which models are in the audit trail: every change to one of their rows is recorded, before and after.

Rows that an import writes by COPY are not recorded one by one: the run is.
"""

from __future__ import annotations

from typing import Any

from auditlog.registry import auditlog
from django.apps import apps

HIDDEN = "(not shown)"

# Kept by django-otp for itself, at each code.
_COUNTERS = ["drift", "last_t", "last_used_at", "throttling_failure_count", "throttling_failure_timestamp"]

RECORDED: dict[str, dict[str, Any]] = {
    "auth.Group": {"m2m_fields": {"permissions"}},
    "auth.User": {"exclude_fields": ["last_login"], "mask_fields": ["password"], "m2m_fields": {"groups"}},
    "cables.Alias": {},
    "cables.Cable": {"exclude_fields": ["content_hash", "received"], "m2m_fields": {"tags"}},
    "cables.Correction": {},
    "cables.ImportProblem": {"exclude_fields": ["received"]},
    "cables.ImportRun": {"include_fields": ["status", "started_by", "files", "release_name"]},
    "cables.Post": {},
    "cables.Tag": {},
    "cables.Upload": {"include_fields": ["uploaded_by", "release_name", "files"]},
    "cables.Withholding": {},
    "otp_static.StaticDevice": {"exclude_fields": _COUNTERS},
    "otp_totp.TOTPDevice": {"exclude_fields": _COUNTERS, "mask_fields": ["key"]},
}


def register() -> None:
    """Begin to record the models of the table."""
    for label, options in RECORDED.items():
        model = apps.get_model(label)
        # A relation that starts elsewhere is no field of the row, though the library takes it for one.
        theirs = [field.name for field in model._meta.get_fields() if field.auto_created and not field.concrete]
        auditlog.register(model, **options | {"exclude_fields": [*options.get("exclude_fields", []), *theirs]})


def masked(_value: str) -> str:
    """Return what stands in the trail for a secret: nothing of it."""
    return HIDDEN
