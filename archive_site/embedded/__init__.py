"""The archive's own PostgreSQL: the first process that needs it starts it, the last one stops it.

Three files in the data folder are locked. The kernel frees a lock however its holder ends, kill -9 included:

- `postgres.users`: each process that needs the server holds it, shared (joining.py).
- `postgres.guardian`: held by the process that starts the server and stops it once `postgres.users` is free
  (guardian.py).
- `postgres.server`: held by every process of the server itself, so that a server whose guardian was killed is
  known to live, and one whose lock is free to be gone, whatever its `postmaster.pid` says (server.py).
"""

from archive_site.embedded.joining import join, running
from archive_site.embedded.place import Place, ServerError, address

__all__ = ["Place", "ServerError", "address", "join", "running"]
