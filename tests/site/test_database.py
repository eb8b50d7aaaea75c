"""DATABASE_URL, and what the archive does without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive_site.database import data_folder, described, settings_from
from archive_site.embedded import Place

FOLDER = Path("/srv/archive")


def parts(url: str) -> dict[str, object]:
    """Return what the address says: Django's settings but for those that are always the same."""
    settings = settings_from({"DATABASE_URL": url}, FOLDER)
    return {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS") if settings[key]}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://reader:open@db.example:5433/cables",
            {"NAME": "cables", "USER": "reader", "PASSWORD": "open", "HOST": "db.example", "PORT": "5433"},
        ),
        ("postgres://db.example/cables", {"NAME": "cables", "HOST": "db.example"}),
        ("  postgresql:///cables\n", {"NAME": "cables"}),
        (
            "postgresql://reader:p%40ss%2Fword@db.example/cables",
            {"NAME": "cables", "USER": "reader", "PASSWORD": "p@ss/word", "HOST": "db.example"},
        ),
        (
            "postgresql:///cables?host=/run/postgresql&user=reader",
            {"NAME": "cables", "USER": "reader", "HOST": "/run/postgresql"},
        ),
        (
            "postgresql://%2Frun%2Fpostgresql/cables",
            {"NAME": "cables", "HOST": "/run/postgresql"},
        ),
        ("postgresql://[2001:db8::1]:5432/cables", {"NAME": "cables", "HOST": "2001:db8::1", "PORT": "5432"}),
        (
            "postgresql://db.example/cables?sslmode=verify-full&connect_timeout=5",
            {
                "NAME": "cables",
                "HOST": "db.example",
                "OPTIONS": {"sslmode": "verify-full", "connect_timeout": "5"},
            },
        ),
        (
            "postgresql://one.example:5432,two.example:5433/cables",
            {"NAME": "cables", "HOST": "one.example,two.example", "PORT": "5432,5433"},
        ),
    ],
)
def test_database_url_is_read_as_postgresql_reads_it(url: str, expected: dict[str, object]) -> None:
    assert parts(url) == expected


NOT_AN_ADDRESS = (
    "DATABASE_URL is not the address of a PostgreSQL database. It reads like "
    "postgresql://USER:PASSWORD@HOST:5432/NAME, with letters such as @ : / % in a password "
    "written as %40 %3A %2F %25."
)
NO_NAME = "DATABASE_URL names no database: put it after the host, as in HOST:5432/NAME."


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://reader:hidden@db.example/cables", NOT_AN_ADDRESS),
        ("host=db.example password=hidden dbname=cables", NOT_AN_ADDRESS),
        ("postgresql://reader:hidden%zz@db.example/cables", NOT_AN_ADDRESS),
        ("postgresql://reader:hid/den@db.example/cables", NOT_AN_ADDRESS),
        ("postgresql://db.example/cables?pasword=hidden", NOT_AN_ADDRESS),
        ("postgresql://reader:hidden@db.example:fifty/cables", NOT_AN_ADDRESS),
        ("postgresql://reader:hidden@[2001:db8::1/cables", NOT_AN_ADDRESS),
        ("postgresql://reader:hidden@db.example", NO_NAME),
        ("postgresql://reader:hidden@db.example/", NO_NAME),
    ],
)
def test_wrong_database_url_is_told_without_its_password(url: str, message: str) -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        parts(url)
    assert str(raised.value) == message
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


@pytest.mark.parametrize("environ", [{}, {"DATABASE_URL": ""}, {"DATABASE_URL": " "}])
def test_without_database_url_the_archive_uses_its_own_socket(environ: dict[str, str]) -> None:
    assert settings_from(environ, FOLDER) == {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "NAME": "archive",
        "USER": "archive",
        "PASSWORD": "",
        "HOST": "/srv/archive/postgres",
        "PORT": "5432",
        "OPTIONS": {},
    }


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, Path("/checkout/data")),
        ({"ARCHIVE_DATA": ""}, Path("/checkout/data")),
        ({"ARCHIVE_DATA": "/srv/archive"}, Path("/srv/archive")),
        ({"ARCHIVE_DATA": "here"}, Path.cwd() / "here"),
        ({"ARCHIVE_DATA": "~/archive"}, Path.home() / "archive"),
    ],
)
def test_data_folder_is_absolute(environ: dict[str, str], expected: Path) -> None:
    assert data_folder(environ, Path("/checkout")) == expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "the archive's own PostgreSQL in /srv/archive/postgres"),
        (
            {"DATABASE_URL": "postgresql://reader:hidden@db.example/cables"},
            "database 'cables' of the server at db.example",
        ),
        ({"DATABASE_URL": "postgresql:///cables"}, "database 'cables' of the server at the local socket"),
    ],
)
def test_database_is_described_without_its_password(environ: dict[str, str], expected: str) -> None:
    assert described(environ, FOLDER) == expected


@pytest.mark.parametrize(
    ("folder", "beside_data"),
    [
        ("/srv/archive", True),
        ("/srv/" + "a" * 72, True),  # the socket's path has just 100 bytes
        ("/srv/" + "a" * 73, False),
        ("/srv/" + "é" * 37, False),
        ("/srv/cables, old", False),
    ],
)
def test_socket_is_in_the_data_directory_unless_its_path_is_too_long(folder: str, beside_data: bool) -> None:
    place = Place(Path(folder))
    assert (place.sockets == place.cluster) == beside_data
    assert len(bytes(place.sockets / ".s.PGSQL.5432")) <= 100
