"""As which user of the operating system the server runs: PostgreSQL refuses to be root."""

from __future__ import annotations

import logging
import os
import pwd
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive_site.embedded.place import ServerError

logger = logging.getLogger(__name__)

UNPRIVILEGED = "nobody"  # there on every system, with the same number in every container


@dataclass(frozen=True, slots=True)
class Account:
    """User and group of the server's processes."""

    uid: int
    gid: int


def account_for(cluster: Path) -> Account:
    """Return the caller's own account; for root the owner of `cluster`, or "nobody" before there is one.

    Raises ServerError when `cluster` belongs to someone the caller cannot be.
    """
    owner = cluster.stat().st_uid if cluster.exists() else None
    if os.geteuid() != 0:
        if owner not in {None, os.geteuid()}:
            raise ServerError(f"{cluster} belongs to user {_name(owner)}: run this as that user, or as root.")
        return Account(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise ServerError(
            f"PostgreSQL does not run as root, and there is no user {owner or UNPRIVILEGED} to run it as: "
            f"run this as an ordinary user who owns {cluster.parent}."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def open_passage(account: Account, path: Path) -> None:
    """Let `account` pass through every folder above `path` that does not let it yet; only root may do this.

    Passing through (x) neither lists nor reads a folder. A warning names those that are changed.
    """
    opened = []
    for folder in reversed(path.parents):
        info = folder.stat()
        if info.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif info.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not info.st_mode & needed:
            folder.chmod(stat.S_IMODE(info.st_mode) | needed)
            opened.append(str(folder))
    if opened:
        logger.warning("PostgreSQL does not run as root: others may now pass through %s", ", ".join(opened))


def hand_over(cluster: Path, account: Account) -> None:
    """Give a data directory that root has copied here to `account`: PostgreSQL runs as its owner and not as root."""
    if cluster.exists() and cluster.stat().st_uid == 0:
        for path in (*cluster.rglob("*"), cluster):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def make_readable(trees: Iterable[Path]) -> None:
    """Let everyone read `trees`, and run what their owner may run: pip under a strict umask allows neither."""
    for tree in trees:
        if tree.stat().st_mode & stat.S_IROTH:
            continue
        for path in (*tree.rglob("*"), tree):  # the tree itself last: it tells that the others are done
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _name(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid or 0).pw_name
    except KeyError:
        return str(uid)
