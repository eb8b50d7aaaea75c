"""Each public page is answered from one view of the database, and can write nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from archive_site.edition import edition

SECONDS_A_QUERY = 20
"""No query of a reader keeps the database busy for longer; the page then says so (views/search.py)."""

# Two transactions with the same snapshot see the same; another server may count its transactions alike.
_MOMENT = "SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text"

# Asks the database whether it answers at all, and must tell itself when it does not.
_WITHOUT = {"cables:health"}


class SnapshotMiddleware:
    """Runs every view of the archive's own pages in a read-only transaction that sees one moment.

    An import may replace a cable between two queries of a page: the page shows the old cable or the new one, never
    the facts of the one beside the text of the other. The admin's pages write, and stay outside.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the layers below."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return the view's answer, made in one snapshot; None, for others to answer, where the page is not ours."""
        match = request.resolver_match
        if match is None or match.namespace != "cables" or match.view_name in _WITHOUT:
            return None
        if connection.in_atomic_block:  # a test's own transaction
            return view(request, *args, **kwargs)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS_A_QUERY}s'")
                cursor.execute(_MOMENT)
                tag = entity_tag(request, *cursor.fetchone())
            response = get_conditional_response(request, etag=tag) or view(request, *args, **kwargs)
        if response.status_code in {200, 304}:
            response["ETag"] = tag
        # Kept, but never shown without asking: what is withheld is gone at once.
        patch_cache_control(response, no_cache=True)
        return response


def entity_tag(request: HttpRequest, *moment: str) -> str:
    """Return the tag of a page at a moment, by which a copy of it is known to be as the page would be made now.

    htmx asks some addresses for a part of their page, and a browser that holds the whole sends the tag of that.
    """
    made_of = (edition(), *moment, request.headers.get("HX-Request", ""), request.get_full_path())
    return f'W/"{hashlib.sha256(" ".join(made_of).encode()).hexdigest()[:24]}"'
