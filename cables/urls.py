"""The archive's addresses. They are kept for ever: add, never change."""

from django.urls import path, re_path, register_converter

from cables.views import (
    about,
    cable,
    citing,
    classifications,
    coverage,
    dates,
    facet,
    guides,
    health,
    home,
    origins,
    search,
    suggestions,
    tags,
    trend,
    versions,
)
from cables.views.cited import BIBTEX, CSL_JSON, JSON_LD, RIS

app_name = "cables"


class TwoDigits:
    """A month or a day of the month: "03" as the archive writes it, "3" too as readers may."""

    regex = "[0-9]{1,2}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the number in two digits."""
        return f"{value:02}"


register_converter(TwoDigits, "two")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", suggestions.suggestions, name="suggestions"),
    path("search/facet/<slug:name>/", facet.facet, name="facet"),
    path("search/trend/", trend.trend, name="trend"),
    path("cable/<str:identifier>.txt", cable.as_text, name="cable-text"),
    path("cable/<str:identifier>.bib", citing.as_file, {"form": BIBTEX}, name="cable-bib"),
    path("cable/<str:identifier>.ris", citing.as_file, {"form": RIS}, name="cable-ris"),
    path("cable/<str:identifier>.csl.json", citing.as_file, {"form": CSL_JSON}, name="cable-csl"),
    path("cable/<str:identifier>.jsonld", citing.as_file, {"form": JSON_LD}, name="cable-jsonld"),
    path("cable/<str:identifier>.json", cable.as_json, name="cable-json"),
    re_path(r"^cable/\d{4}/\d{2}/(?P<identifier>[^/]+)\.html$", cable.mirror_address, name="cable-mirror"),
    path("cable/<str:identifier>/", cable.cable, name="cable"),
    path("cable/<str:identifier>/received/", cable.as_received, name="cable-received"),
    path("cable/<str:identifier>/cite/", citing.cite, name="cable-cite"),
    path("cable/<str:identifier>/similar/", cable.similar, name="cable-similar"),
    path("cable/<str:identifier>/versions/", versions.versions, name="cable-versions"),
    path("cable/<str:identifier>/thread/", cable.thread, name="cable-thread"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<path:code>/", tags.tag, name="tag"),
    path("origins/", origins.origins, name="origins"),
    path("origins/<slug:slug>/", origins.origin, name="origin"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.as_csv, name="coverage-csv"),
    path("coverage/<slug:slug>/", coverage.of_post, name="coverage-post"),
    path("dates/", dates.years, name="years"),
    path("dates/<int:year>/", dates.months, name="months"),
    path("dates/<int:year>/<two:month>/", dates.month, name="month"),
    path("dates/<int:year>/<two:month>/<two:day>/", dates.day, name="day"),
    path("classifications/", classifications.classifications, name="classifications"),
    path("about/", about.about, name="about"),
    path("help/", guides.index, name="help"),
    path("help/search/", guides.searching, name="search-help"),
    path("help/reading/", guides.reading, name="reading-help"),
    path("help/glossary/", guides.glossary, name="glossary"),
    path("healthz", health.health, name="health"),
    path("robots.txt", about.robots, name="robots"),
]
