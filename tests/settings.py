"""The archive's settings, as tests need them: a data folder that goes at the end, plain http, fast passwords."""

import atexit
import os
import shutil
import tempfile

TEST_DATA = tempfile.mkdtemp(prefix="cable-archive-tests-")
atexit.register(shutil.rmtree, TEST_DATA, ignore_errors=True)
os.environ["ARCHIVE_DATA"] = TEST_DATA
os.environ["DJANGO_SETTINGS_MODULE"] = "archive_site.settings"  # for the commands that tests start

from archive_site.settings import *  # noqa: E402, F403

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",  # quick, for all who sign in
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # what the archive has, for who is shown
]
WHITENOISE_AUTOREFRESH = True  # style sheets from where they lie: nothing is collected
WHITENOISE_USE_FINDERS = True
