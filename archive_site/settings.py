"""Settings of the archive. The environment decides what differs between machines; docs/operating.md lists it all."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from archive_site import database
from archive_site.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent


def switched_on(name: str, default: str) -> bool:
    """Return whether the environment's switch `name` is on ("on", "1", "true", "yes")."""
    return os.environ.get(name, default).strip().lower() in {"on", "1", "true", "yes"}


def listed(name: str, default: str) -> list[str]:
    """Return the comma-separated words of the environment's variable `name`."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def one_of(name: str, words: list[str]) -> str:
    """Return the word that the environment's variable `name` holds, else the first; raise where it is another."""
    word = os.environ.get(name, "").strip().lower() or words[0]
    if word not in words:
        raise ImproperlyConfigured(f"{name} is {word!r}, and not one of: {', '.join(words)}.")
    return word


def number(name: str, default: int) -> int:
    """Return the whole number, 1 or more, that the environment's variable `name` holds; raise where it is none."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isdecimal() and int(value)):
        raise ImproperlyConfigured(f"{name} is {value!r}, and not a whole number from 1.")
    return int(value)


DATA_DIR = database.data_folder(os.environ, BASE_DIR)
SECRET_KEY = secret_key(os.environ, DATA_DIR)
DEBUG = switched_on("ARCHIVE_DEBUG", "off")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS", "")

ARCHIVE_NAME = os.environ.get("ARCHIVE_NAME", "Cable Archive")

INSTALLED_APPS = [
    "cables.apps.CablesConfig",
    "archive_site.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_filters",
    "django_htmx",
    "django_tasks_db",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "auditlog",
    "accounts.apps.AccountsConfig",  # last: its roles are made of the permissions of all the others
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.sessions.SessionEndMiddleware",
    "accounts.audit.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "archive_site.snapshot.SnapshotMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "archive_site.urls"
WSGI_APPLICATION = "archive_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cables.views.context.archive",
            ],
        },
    },
]

# What takes long is not done in a web request: it waits in the database until a worker takes it up.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DATABASES = {"default": database.settings_from(os.environ, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"  # 2.3 million cables are known to exist: 32 bits are plenty

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of accounts from before; stored anew at the next sign-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True
FORMAT_MODULE_PATH = "archive_site.formats"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "archive_site.stylesheet.StyleSheetFinder",
]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", DATA_DIR / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# An administrator's files go straight into a folder of their own below this one; no other page takes any file.
UPLOAD_DIR = Path(os.environ.get("UPLOAD_DIR") or DATA_DIR / "uploads").expanduser().absolute()
UPLOAD_LIMIT = number("UPLOAD_LIMIT", 2 * 1024**3)
FILE_UPLOAD_HANDLERS = ["cables.admin.receiving.NoFiles"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000

HTTPS = switched_on("ARCHIVE_HTTPS", "on")
BEHIND_PROXY = switched_on("ARCHIVE_BEHIND_PROXY", "off")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# The prefix lets no other host of the domain set the cookie; browsers take it over https only.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_AGE = 3600  # seconds without a request; accounts/sessions.py counts anew with each
SESSION_LONGEST = timedelta(hours=8)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# One archive cannot speak for the other hosts of its domain: these two are the domain owner's to set, at the proxy.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Signing in: a name is locked for an address after so many failures, each of a password or of a code.
AXES_FAILURE_LIMIT = number("ARCHIVE_SIGN_IN_FAILURES", 5)
AXES_COOLOFF_TIME = timedelta(minutes=number("ARCHIVE_LOCK_MINUTES", 30))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.signing_in.locked"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says how long: trying again does not make it longer
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has it
AXES_ENABLE_ADMIN = False  # accounts/admin has what is needed

TWO_STEP_REQUIRED = one_of("ARCHIVE_TWO_STEP", ["off", "required"]) == "required"
OTP_TOTP_ISSUER = ARCHIVE_NAME

# Which models are in the audit trail stands in accounts/recorded.py.
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_USE_FK_STRING_REPRESENTATION = True
AUDITLOG_MASK_CALLABLE = "accounts.recorded.masked"
AUDITLOG_USE_BASE_MANAGER = True  # what readers do not see is recorded all the same

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
