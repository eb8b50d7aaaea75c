"""The form on which cables are corrected, and the list of corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import Permission
from hypothesis import given
from hypothesis import strategies as st

from cables.admin.line_fields import AddresseesField
from cables.ingest.layers import shown_of
from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.models import Cable, Correction, Post, Reference
from tests.admin.forms import errors, fields, fields_of, sent, told
from tests.correcting import corrected
from tests.invented import BODY, body, csv_file, seed_page

pytestmark = pytest.mark.django_db

HELD = "05VALDMARK538"
LIST = "/admin/cables/correction/"


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of the form of the first of two cables."""
    load_reference_tables()
    Post.objects.create(name="Consulate Sundhavn", slug="consulate-sundhavn")
    (tmp_path / "page.txt").write_text(seed_page())
    header = (
        "R 100716Z FEB 05\nFM AMEMBASSY VALDMARK\nTO RUEHC/SECSTATE WASHDC PRIORITY 1234\nINFO RUXX/SUNDHAVN COLLECTIVE"
    )
    other = {"05VALDMARK347": body("VALDMARK 000347")}
    import_paths([tmp_path / "page.txt", csv_file(tmp_path / "cables.csv", other)])
    Cable.objects.filter(identifier=HELD).update(header=header)
    return form_of(HELD)


def form_of(identifier: str) -> str:
    return f"/admin/cables/cable/{Cable.objects.get(identifier=identifier).pk}/change/"


def held() -> Cable:
    return Cable.objects.select_related("origin").get(form="seed-text")


def staff(django_user_model, *permissions: str):
    user = django_user_model.objects.create_user("editor", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


ENTERED: dict[str, tuple[dict[str, Any], Any]] = {
    "identifier": ({"identifier": " 05 valdmark 005380 "}, "05VALDMARK5380"),
    "origin": ({"origin": "consulate-sundhavn"}, "consulate-sundhavn"),
    "subject": ({"subject": "ZEPPELINS <b>\r\nABOVE"}, "ZEPPELINS <b>\nABOVE"),
    "sent_at": ({"sent_at_0": "2005-02-11", "sent_at_1": "08:00"}, "2005-02-11T08:00:00+00:00"),
    "released_on": ({"released_on": ""}, ""),
    "classification": ({"classification": "SECRET"}, "SECRET"),
    "captions": ({"captions": "nodis\r\n\r\nNODIS\r\nSIPDIS"}, ["NODIS", "SIPDIS"]),
    "tags": ({"tags": "ECON\r\nelab"}, ["ECON", "ELAB"]),
    "references": (
        {
            "references": "VALDMARK 347 | 05 valdmark 600 | A\r\nVALDMARK 342 | | B\r\n\r\n05VALDMARK0012\r\n"
            "REHN-HALVORSEN E-MAIL \\| 2 MARCH\r\n| 05VALDMARK13"
        },
        [
            {"label": "A", "kind": "cable", "text": "VALDMARK 347", "target": "05VALDMARK600"},
            {"label": "B", "kind": "cable", "text": "VALDMARK 342", "target": ""},
            {"label": "", "kind": "cable", "text": "05VALDMARK0012", "target": "05VALDMARK12"},
            {"label": "", "kind": "e-mail", "text": "REHN-HALVORSEN E-MAIL | 2 MARCH", "target": ""},
            {"label": "", "kind": "cable", "text": "05VALDMARK13", "target": "05VALDMARK13"},
        ],
    ),
    "recipients": (
        {"recipients": "SECSTATE WASHDC | RUEHC | PRIORITY"},
        [{"name": "SECSTATE WASHDC", "route": "RUEHC", "precedence": "PRIORITY", "number": "", "excluded": []}],
    ),
    "info_recipients": (
        {"info_recipients": "COLLECTIVE||||AMEMBASSY A|AMEMBASSY B"},
        [
            {
                "name": "COLLECTIVE",
                "route": "",
                "precedence": "",
                "number": "",
                "excluded": ["AMEMBASSY A", "AMEMBASSY B"],
            }
        ],
    ),
    "signers": ({"signers": "HALVORSEN\r\n REHN "}, ["HALVORSEN", "REHN"]),
    "classified_by": ({"classified_by": "Tavo Rehn"}, "Tavo Rehn"),
    "classification_reasons": ({"classification_reasons": "1.4(a)"}, ["1.4(a)"]),
    "declassify_on": ({"declassify_on": "2020-01-31"}, "2020-01-31"),
    "declassify_condition": ({"declassify_condition": "OADR"}, "OADR"),
    "summary": ({"summary": "The ferrymen have it."}, "The ferrymen have it."),
    "comment": ({"comment": ""}, ""),
    "precedence": ({"precedence": "FLASH"}, "FLASH"),
    "date_time_group": ({"date_time_group": "110800Z FEB 05"}, "110800Z FEB 05"),
    "sections": ({"sections": "3"}, 3),
    "redaction": ({"redaction": "redacted"}, "redacted"),
    "is_partial": ({"is_partial": "on"}, True),
}
"""What is entered for each field of the form, and what the archive then shows."""


def test_every_field_is_entered():
    assert ENTERED.keys() == set(Correction.Field.values)


@pytest.mark.parametrize("field", Correction.Field.values)
def test_what_is_entered_is_shown_and_nothing_else_changes(admin_client, admin_user, address, field):
    before = shown_of(held())
    entered, value = ENTERED[field]
    if field == "origin":
        entered = {"origin": Post.objects.get(slug=entered["origin"]).pk}

    response = sent(admin_client, address, note="Seen in the film.", **entered)

    assert (response.status_code, errors(response) if response.content else []) == (302, [])
    assert shown_of(held()) == before | {field: value}
    correction = Correction.objects.get()
    assert (correction.field, correction.value, correction.received) == (field, value, before[field])
    assert (correction.note, correction.made_by) == ("Seen in the film.", admin_user)


def test_form_that_nobody_touched_corrects_nothing(admin_client, address):
    before = shown_of(held())
    for identifier in (HELD, "05VALDMARK347"):
        assert sent(admin_client, form_of(identifier)).status_code == 302
    assert not Correction.objects.exists()
    assert shown_of(held()) == before


def test_texts_as_received_stay_whatever_is_sent(admin_client, address):
    before = held().header, held().body
    sent(admin_client, address, header="forged", body="forged", subject="FERRIES")
    assert (held().header, held().body, held().subject) == (*before, "FERRIES")


@pytest.mark.parametrize(
    ("entered", "message"),
    [
        ({"identifier": "ferry"}, "“ferry” is no identifier of a cable, such as 05ALMATY538."),
        ({"identifier": "05VALDMARK347"}, "05VALDMARK347 leads to another cable."),
        ({"sent_at_0": "yesterday"}, "Enter a valid date."),
        ({"tags": "PGOV\r\nPGVO\r\n<b>"}, "The archive knows no TAG “PGVO”. If it is one, add it to TAGS first."),
        ({"captions": "X" * 61}, f"“{'X' * 40}…” is longer than 60 characters."),
        ({"recipients": "| RUEHC"}, "“| RUEHC” has no name before the first bar."),
        ({"references": f"VALDMARK 538 | {HELD}"}, "“VALDMARK 538” means this cable itself."),
        ({"references": "VALDMARK 347 | <i>"}, "“<i>” is no identifier of a cable, such as 05ALMATY538."),
        ({"references": "| | A"}, "“| | A” has no words before the first bar."),
        ({"references": "A | B | C | D"}, "“A | B | C | D…” has more than two bars: put a \\ before one of the words."),
        ({"references": f"A | | {'B' * 21}"}, f"“{'B' * 21}” is longer than the 20 characters of a letter."),
        ({"sections": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"signers": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(admin_client, address, entered, message):
    response = sent(admin_client, address, subject="FERRIES", **entered)

    assert message in errors(response)
    assert "<i>" not in response.content.decode()
    assert fields_of(lxml.html.fromstring(response.content.decode()))["subject"] == "FERRIES"
    assert (held().subject == "FERRIES", Correction.objects.exists()) == (False, False)


def test_two_who_correct_different_fields_both_have_their_way_and_the_second_is_told(admin_client, address):
    opened = fields(admin_client, address)
    sent(admin_client, address, subject="FERRIES")

    response = admin_client.post(address, opened | {"classified_by": "Tavo Rehn"}, follow=True)

    assert (held().subject, held().classified_by) == ("FERRIES", "Tavo Rehn")
    assert "Somebody else changed meanwhile, and it stands: Subject." in told(response)


def test_second_who_corrects_the_same_field_is_told_and_decides(admin_client, address):
    opened = fields(admin_client, address) | {"subject": "BOATS"}
    sent(admin_client, address, subject="<b>FERRIES", summary="First.")

    response = admin_client.post(address, opened)

    (message,) = errors(response)
    assert message.startswith("Somebody else has changed this meanwhile. It now says: <b>FERRIES.")
    assert held().subject == "<b>FERRIES"
    again = fields_of(lxml.html.fromstring(response.content.decode()))
    assert again["subject"] == "BOATS"

    assert admin_client.post(address, again).status_code == 302
    assert (held().subject, held().summary) == ("BOATS", "First.")


def test_form_says_what_the_file_says_and_leads_to_taking_it_back(admin_client, admin_user, address):
    sent(admin_client, address, subject="FERRIES", note="<b>Why")
    correction = Correction.objects.get()

    page = lxml.html.fromstring(admin_client.get(address).content.decode())

    (said,) = page.xpath("//span[@class='corrected']")
    words = " ".join(said.text_content().split())
    assert f"by {admin_user}; the file says: ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN. Note: <b>Why" in words
    (link,) = said.xpath("a/@href")
    assert link == f"{LIST}{correction.pk}/delete/"

    response = admin_client.post(link, {"post": "yes"})
    assert (response.status_code, response["Location"]) == (302, address)
    assert (held().subject, Correction.objects.count()) == ("ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN", 0)


def test_reference_that_is_pointed_elsewhere_leads_there(admin_client, client, address):
    sent(admin_client, address, references="VALDMARK 347 || A\r\nVALDMARK 342 | 05VALDMARK347 | B")
    assert list(Reference.objects.filter(cable=held()).values_list("target__identifier", flat=True)) == [
        None,
        "05VALDMARK347",
    ]


def test_list_shows_what_files_say_since(admin_client, address, tmp_path):
    corrected(HELD, subject="FERRIES")
    corrected("05VALDMARK347", subject="BOATS")
    (tmp_path / "newer.txt").write_text(
        seed_page(released="2012-01-01", subject="<b>NEW", body=BODY.replace("ORLANIA: HARBOUR", "<b>"))
    )
    run = import_paths([tmp_path / "newer.txt"]).run

    page = admin_client.get(f"{LIST}?state=review").content.decode()
    rows = lxml.html.fromstring(page).xpath("//table[@id='result_list']/tbody/tr")
    (row,) = (" ".join(row.text_content().split()) for row in rows)
    assert f"{HELD}: Subject" in row
    assert f"The file says something else since Run {run.pk}" in row
    assert "<b>NEW" not in page

    correction = Correction.objects.get(cable=held())
    admin_client.post(f"{LIST}{correction.pk}/change/", {"note": "Still so."})
    correction.refresh_from_db()
    assert (correction.note, correction.changed_at, held().subject) == ("Still so.", None, "FERRIES")


def test_selected_corrections_stand_or_are_taken_back(admin_client, address):
    corrected(HELD, subject="FERRIES", summary="Short.")
    run = held().run
    first, second = Correction.objects.order_by("pk")
    Correction.objects.update(changed_in=run, changed_at="2026-01-01T00:00Z")

    admin_client.post(LIST, {"action": "stand", "_selected_action": [first.pk]})
    assert list(Correction.objects.filter(changed_at=None)) == [first]

    response = admin_client.post(
        LIST, {"action": "take_selected_back", "_selected_action": [first.pk, second.pk]}, follow=True
    )
    assert told(response)[-1] == "2 taken back."
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("permissions", "status"), [((), 403), (("view_cable",), 403), (("view_cable", "change_cable", "view_post"), 302)]
)
def test_only_who_may_change_cables_corrects(client, django_user_model, address, permissions, status):
    corrected(HELD, summary="Short.")
    correction = Correction.objects.get()
    client.force_login(staff(django_user_model, *permissions))

    assert client.post(address, {"subject": "FERRIES"}).status_code in {status, 200}
    assert held().subject != "FERRIES"
    assert client.get(f"{LIST}{correction.pk}/delete/").status_code == (200 if status == 302 else 403)
    assert client.post(f"{LIST}{correction.pk}/delete/", {"post": "yes"}).status_code == status
    assert Correction.objects.exists() == (status == 403)


def test_who_may_only_look_sees_every_value(client, django_user_model, address):
    client.force_login(staff(django_user_model, "view_cable"))
    page = client.get(address).content.decode()
    assert "ORLANIA: HARBOUR CONCESSION" in page
    assert "PGOV" in page
    assert "05VALDMARK342" in page
    assert "<textarea" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(admin_client, address, rows, django_assert_max_num_queries):
    corrected(HELD, **dict(list({"subject": "A", "summary": "B", "comment": "C"}.items())[:rows]))
    with django_assert_max_num_queries(9):
        admin_client.get(LIST)


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12).map(
    lambda text: " ".join(text.split())
)
ADDRESSEES = st.fixed_dictionaries(
    {
        "name": WORDS.filter(bool),
        "route": WORDS,
        "precedence": WORDS,
        "number": WORDS,
        "excluded": st.lists(WORDS.filter(bool), max_size=3),
    }
)


@given(st.lists(ADDRESSEES, max_size=3))
def test_addressees_come_back_from_their_lines_as_they_were(addressees):
    field = AddresseesField()
    assert field.to_python(field.prepare_value(addressees)) == addressees
