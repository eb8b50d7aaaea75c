"""The trend of a search over time, as pictures and as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.filters import CableFilter
from cables.search.trend import Period
from cables.search.trend import trend as find_trend
from cables.views.bars import Bar, bars
from cables.views.too_long import told_if_too_long


@told_if_too_long
def trend(request: HttpRequest) -> HttpResponse:
    """Answer with the number and the share of a search's cables by year or month."""
    chosen = CableFilter(request.GET)
    periods = find_trend(chosen.qs)
    context = {
        "chosen": chosen,
        "pictures": [
            ("Number of cables", _picture(periods, [period.count for period in periods])),
            ("Share of all cables held", _picture(periods, [round(1000 * period.share) for period in periods])),
        ],
        "rows": [(period, chosen.query_string(since=period.name, until=period.name)) for period in periods],
        "by_month": bool(periods and periods[0].month),
    }
    return render(request, "cables/trend.html", context)


def _picture(periods: list[Period], amounts: list[int]) -> list[tuple[Bar, Period]]:
    """Return each period with its column."""
    return list(zip(bars(enumerate(amounts)), periods, strict=True))
