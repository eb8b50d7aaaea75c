"""What a page of a search answers where the database gives it up."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import QueryCanceled

from cables.filters import CableFilter

Given = ParamSpec("Given")


def told_if_too_long(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """Return the view, which says so, with status 503, where a query of its search takes too long."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
            return render(request, "cables/search_too_long.html", {"chosen": CableFilter(request.GET)}, status=503)

    return answer
