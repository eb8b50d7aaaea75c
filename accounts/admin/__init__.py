"""The administrators' pages of accounts: users, failed sign-ins and locks, the audit trail."""

from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.admin.audit import AuditEntryAdmin
from accounts.admin.locks import FailedSignInAdmin
from accounts.admin.users import UserAdmin

# What the libraries bring shows secrets, lets permissions be picked one by one, and scans the whole trail for a filter.
admin.site.unregister([Group, LogEntry, StaticDevice, TOTPDevice])

__all__ = ["AuditEntryAdmin", "FailedSignInAdmin", "UserAdmin"]
