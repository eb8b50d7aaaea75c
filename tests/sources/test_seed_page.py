from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.invented_files import BODY, HEADER, NOTICE, read_cable

LABELS = {
    "Identifier": "05VALDMARK538",
    "Wikileaks": "View 05VALDMARK538 at Wikileaks.org",
    "Origin": "Embassy Valdmark",
    "Created": "2005-02-10 07:16:00",
    "Classification": "CONFIDENTIAL",
    "Tags": "OR PGOV POLITICAL",
    "Redacted": "This cable was redacted by Wikileaks.",
}
TITLE = "US embassy cable - 05VALDMARK538\n\nDisclaimer: This site is invented.\n"
SOURCE = "Latest source of this page is invented-2, released 2011-10-04"


def page(
    *, title: str = TITLE, subject: str = "THE FERRYMEN WIN\n", notice: str = "", body: str = BODY, source: str = SOURCE
) -> str:
    labels = "".join(f"{label}: {value}\n" for label, value in LABELS.items())
    return f"{title}\n{subject}\n{labels}{notice}\n{body}\n\n{source}"


def html_page(labels: str, body: str, subject: str = "<h2>THE FERRYMEN WIN</h2>") -> str:
    return (
        "<!DOCTYPE html><html><head><title>US embassy cable</title><style>p { x: y }</style></head><body>"
        f"<h1>US embassy cable - 05VALDMARK538</h1>\n<p>Disclaimer: This site is invented.</p>"
        f"{subject}\n{labels}\n{body}"
        "\n<p>Latest source of this page is <a href='/releases'>invented-2</a>, released 2011-10-04</p></body></html>"
    )


def assert_all_fields(cable: object) -> None:
    expected = {
        "identifier": "05VALDMARK538",
        "subject": "THE FERRYMEN WIN",
        "origin": "Embassy Valdmark",
        "created": "2005-02-10 07:16:00",
        "classification": "CONFIDENTIAL",
        "tags": "OR PGOV POLITICAL",
        "redaction": "This cable was redacted by Wikileaks.",
        "header": "",
        "body": BODY,
        "release_name": "invented-2",
        "release_date": "2011-10-04",
        "attributes": {"wikileaks": "View 05VALDMARK538 at Wikileaks.org"},
        "problems": (),
    }
    assert {name: getattr(cable, name) for name in expected} == expected


def test_page_as_text_gives_every_field(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, page())

    assert (cable.form, cable.notice) == ("seed-text", "")
    assert_all_fields(cable)


@pytest.mark.parametrize(
    ("parts", "field", "value"),
    [
        ({"notice": f"{NOTICE}\n"}, "notice", NOTICE),
        ({"notice": f"{NOTICE}\n"}, "body", BODY),
        ({"subject": ""}, "subject", ""),
        ({"title": "", "subject": ""}, "subject", ""),
        ({"source": ""}, "release_name", ""),
        ({"source": ""}, "body", BODY),
        ({"source": "Latest source of this page is invented-3"}, "release_name", "invented-3"),
        ({"source": "Latest source of this page is invented-3"}, "release_date", ""),
        ({"body": f"{HEADER}\n{BODY}"}, "body", f"{HEADER}\n{BODY}"),
        ({"body": "  Tags: not a label any more\n  Created: nor this\n"}, "created", "2005-02-10 07:16:00"),
        ({"body": f"He said: {SOURCE}. {SOURCE}"}, "body", f"He said: {SOURCE}. {SOURCE}"),
    ],
)
def test_parts_that_a_page_may_lack_or_repeat(tmp_path: Path, parts: dict[str, str], field: str, value: str) -> None:
    assert getattr(read_cable(tmp_path, page(**parts)), field) == value


_TABLE = "".join(f"<tr><td><b>{label}:</b></td><td>{value}</td></tr>" for label, value in LABELS.items())
_TERMS = "".join(f"<dt>{label}:</dt>\n  <dd>{value}</dd>\n" for label, value in LABELS.items())
_BELOW = "".join(f"<div>{label}:</div><div>{value}</div>" for label, value in LABELS.items())
_LINES = "".join(f"<strong>{label}:</strong> {value}<br/>\n" for label, value in LABELS.items())
_ITEMS = "".join(f"<li>{label}: {value}</li>" for label, value in LABELS.items())


@pytest.mark.parametrize(
    "labels", [f"<table>{_TABLE}</table>", f"<dl>{_TERMS}</dl>", _BELOW, f"<p>{_LINES}</p>", f"<ul>{_ITEMS}</ul>"]
)
@pytest.mark.parametrize("body", [f"<pre>{BODY}</pre>", f"<p>\n{BODY.replace(chr(10), '<br>')}</p>"])
def test_page_as_html_gives_every_field_whatever_sets_its_labels(tmp_path: Path, labels: str, body: str) -> None:
    cable = read_cable(tmp_path, html_page(labels, body))

    assert cable.form == "seed-html"
    if body.startswith("<pre>"):
        assert_all_fields(cable)
    else:
        assert [line.strip() for line in cable.body.split("\n")] == [line.strip() for line in BODY.split("\n")]


def test_notice_of_an_html_page(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, html_page(f"<p>{_LINES}{NOTICE}</p>", f"<pre>{BODY}</pre>"))

    assert (cable.notice, cable.body) == (NOTICE, BODY)
