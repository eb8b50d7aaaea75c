"""Withholding cables in the admin: from the list, from a cable, by identifiers; giving back; who may do which."""

from __future__ import annotations

import lxml.html
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from cables.ingest.run import import_paths
from cables.ingest.withholding import withhold
from cables.models import Cable, Withholding, Word
from tests.admin.forms import sent
from tests.ingest.files import many_cables

LIST = "/admin/cables/withholding/"
ADD = f"{LIST}add/"
CABLES = "/admin/cables/cable/"
WHY = {"reason": "A <b>court</b> has ordered it.", "note": "File 7"}


@pytest.fixture
def three(db, tmp_path) -> list[Cable]:
    """Three cables."""
    import_paths([many_cables(tmp_path / "cables.csv", 3)])
    return list(Cable.objects.order_by("identifier"))


def user(client, django_user_model, *permissions: str):
    """Sign in somebody who has these permissions."""
    made = django_user_model.objects.create_user("clerk", password="x", is_staff=True)  # noqa: S106
    made.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(made)
    return made


def text(response) -> str:
    return " ".join(lxml.html.fromstring(response.content).text_content().split())


def withheld() -> list[str]:
    return sorted(Withholding.objects.values_list("cable__identifier", flat=True))


def test_cables_are_withheld_by_any_spelling_of_their_identifiers(admin_client, admin_user, three):
    response = admin_client.post(
        ADD, {"cables": "05valdmark0001\r\n\r\n 05VALDMARK2 \r\n05VALDMARK1", **WHY}, follow=True
    )

    assert response.redirect_chain == [(LIST, 302)]
    assert "2 cables withheld from the public." in text(response)
    made = Withholding.objects.get(cable=three[0])
    assert (made.reason, made.note, made.withheld_by) == (*WHY.values(), admin_user)
    assert withheld() == ["05VALDMARK1", "05VALDMARK2"]
    assert sorted(LogEntry.objects.values_list("object_repr", "action_flag")) == [
        ("05VALDMARK1", 1),
        ("05VALDMARK2", 1),
    ]
    assert admin_client.get("/cable/05VALDMARK1/").status_code == 410


def test_action_leads_to_the_form_with_the_selected_cables_in_it(admin_client, three):
    data = {"action": "withhold", "_selected_action": [three[0].pk, three[2].pk]}
    page = admin_client.post(CABLES, data, follow=True)
    form = lxml.html.fromstring(page.content).forms[-1]
    assert form.fields["cables"].strip() == "05VALDMARK1\n05VALDMARK3"

    admin_client.post(ADD, {"cables": form.fields["cables"], **WHY})
    assert withheld() == ["05VALDMARK1", "05VALDMARK3"]


@pytest.mark.parametrize("numbers", ["", "x", "-1", "99999999999999", "1;DROP", "²"])
def test_form_passes_over_what_is_no_number_of_a_cable(admin_client, three, numbers):
    page = lxml.html.fromstring(admin_client.get(ADD, {"cables": numbers}).content)
    assert (page.forms[-1].fields["cables"] or "").strip() == ""


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"cables": "05VALDMARK1\n05<b>NOWHERE1"}, "Not held: 05<b>NOWHERE1."),
        ({"cables": ""}, "This field is required."),
        ({"reason": " "}, "This field is required."),
        ({"cables": "\n".join(f"05VALDMARK{n}" for n in range(101))}, "These are 101 identifiers, more than 100."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_withheld(admin_client, three, sent, told):
    response = admin_client.post(ADD, {"cables": "05VALDMARK1", **WHY, **sent})
    assert lxml.html.fromstring(response.content).xpath("//ul[contains(@class, 'errorlist')]/li/text()") == [told]
    assert withheld() == []


def test_withheld_cable_stays_in_the_admin_with_what_is_known_of_it(admin_client, admin_user, three):
    withhold([three[0]], **WHY, user=admin_user)

    page = admin_client.get(f"{CABLES}{three[0].pk}/change/")
    (told,) = lxml.html.fromstring(page.content.decode()).xpath("//section[@class='withheld']")
    assert "Readers are told: “A <b>court</b> has ordered it.”" in " ".join(told.text_content().split())
    assert [link.rpartition("cables/")[2] for link in told.xpath(".//a/@href")] == [
        f"withholding/{three[0].pk}/change/",
        f"withholding/{three[0].pk}/delete/",
    ]

    def listed(query: str) -> list[str]:
        page = lxml.html.fromstring(admin_client.get(f"{CABLES}{query}").content)
        return sorted(page.xpath("//th[@class='field-identifier']/a/text()"))

    assert listed("") == ["05VALDMARK1", "05VALDMARK2", "05VALDMARK3"]
    assert listed("?withheld=yes") == ["05VALDMARK1"]
    assert listed("?withheld=no") == ["05VALDMARK2", "05VALDMARK3"]


def test_cable_that_is_shown_leads_to_the_form(admin_client, three):
    page = lxml.html.fromstring(admin_client.get(f"{CABLES}{three[0].pk}/change/").content)
    assert page.xpath("//section[@class='withheld']") == []
    (link,) = page.xpath("//a[text()='Withhold from the public']/@href")
    assert lxml.html.fromstring(admin_client.get(link).content).forms[-1].fields["cables"].strip() == "05VALDMARK1"


def test_correction_of_a_withheld_cable_does_not_show_it(admin_client, three):
    withhold(three[:1], **WHY)
    response = sent(admin_client, f"{CABLES}{three[0].pk}/change/", subject="QUAGGA")

    assert response.status_code == 302
    assert Cable.everything.get(pk=three[0].pk).subject == "QUAGGA"
    for words in ("harbour", "quagga"):
        assert "05VALDMARK1" not in admin_client.get(f"/search/?q={words}").content.decode()


def test_reason_and_note_can_be_changed_and_nothing_else(admin_client, three):
    withhold(three[:1], **WHY)
    address = f"{LIST}{three[0].pk}/change/"
    admin_client.post(address, {"reason": "Another.", "note": "File 8", "cable": three[1].pk})

    made = Withholding.objects.get()
    assert (made.cable, made.reason, made.note) == (three[0], "Another.", "File 8")
    page = admin_client.get(address)
    assert "Delete" not in lxml.html.fromstring(page.content).xpath("//div[@class='submit-row']//text()")
    assert "Another." in admin_client.get("/cable/05VALDMARK1/").content.decode()


def test_cable_is_given_back_after_a_question(admin_client, three):
    withhold(three[:1], **WHY)
    address = f"{LIST}{three[0].pk}/delete/"

    asked = admin_client.get(address)
    assert "Give 1 cable back to the public" in text(asked)
    assert withheld() == ["05VALDMARK1"]

    given = admin_client.post(address, {"confirmed": "yes"}, follow=True)
    assert "1 cable given back to the public." in text(given)
    assert (withheld(), admin_client.get("/cable/05VALDMARK1/").status_code) == ([], 200)
    assert list(LogEntry.objects.values_list("object_repr", "action_flag")) == [("05VALDMARK1", 3)]


def test_several_cables_are_given_back_after_a_question(admin_client, three):
    withhold(three, **WHY)
    chosen = {"action": "give_back", "_selected_action": [three[0].pk, three[1].pk]}

    asked = admin_client.post(LIST, chosen)
    form = lxml.html.fromstring(asked.content).forms[-1]
    sent = [(name, value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"]
    assert withheld() == ["05VALDMARK1", "05VALDMARK2", "05VALDMARK3"]

    data: dict[str, list[str]] = {"confirmed": ["yes"]}
    for name, value in sent:
        data.setdefault(name, []).append(value)
    assert "2 cables given back to the public." in text(admin_client.post(LIST, data, follow=True))
    assert withheld() == ["05VALDMARK3"]


def test_audit_trail_tells_who_withheld_what_and_gave_it_back(admin_client, admin_user, three):
    admin_client.post(ADD, {"cables": "05VALDMARK1", **WHY})
    admin_client.post(f"{LIST}{three[0].pk}/change/", {"reason": "Another.", "note": "File 7"})
    admin_client.post(f"{LIST}{three[0].pk}/delete/", {"confirmed": "yes"})

    trail = AuditEntry.objects.filter(content_type__model="withholding").order_by("pk")
    actions = (AuditEntry.Action.CREATE, AuditEntry.Action.UPDATE, AuditEntry.Action.DELETE)
    assert [(entry.action, entry.object_repr, entry.actor) for entry in trail] == [
        (action, "05VALDMARK1", admin_user) for action in actions
    ]
    assert trail[1].changes_dict == {"reason": [WHY["reason"], "Another."]}
    assert (trail[2].changes_dict["reason"][0], trail[2].changes_dict["note"][0]) == ("Another.", "File 7")


def test_correction_of_a_withheld_cable_is_recorded_as_what_it_changes(three):
    withhold(three[:1], **WHY)
    cable = Cable.everything.get(pk=three[0].pk)
    cable.subject = "QUAGGA"
    cable.save()
    entry = AuditEntry.objects.filter(content_type__model="cable").latest("pk")
    assert entry.changes_dict == {"subject": ["HARBOUR", "QUAGGA"]}


@pytest.mark.django_db(transaction=True)
def test_words_are_gathered_by_the_worker(admin_client, three, work_off):
    Word.objects.gather()
    words = Word.objects.count()
    admin_client.post(ADD, {"cables": "\n".join(cable.identifier for cable in three), **WHY})
    assert Word.objects.count() == 0
    work_off()
    admin_client.post(f"{LIST}{three[0].pk}/delete/", {"confirmed": "yes"})
    work_off()
    assert Word.objects.count() == words


@pytest.mark.parametrize(
    ("permissions", "statuses"),
    [
        ([], [403, 403, 403, 403]),
        (["view_cable", "change_cable"], [403, 403, 403, 403]),
        (["view_withholding"], [200, 403, 403, 403]),
        (["view_withholding", "add_withholding"], [200, 302, 403, 403]),
        (["view_withholding", "change_withholding"], [200, 403, 302, 403]),
        (["view_withholding", "delete_withholding"], [200, 403, 403, 302]),
    ],
)
def test_each_part_has_its_permission(client, django_user_model, three, permissions, statuses):
    withhold(three[:1], **WHY)
    user(client, django_user_model, *permissions)
    answers = [
        client.get(LIST),
        client.post(ADD, {"cables": "05VALDMARK2", **WHY}),
        client.post(f"{LIST}{three[0].pk}/change/", WHY),
        client.post(f"{LIST}{three[0].pk}/delete/", {"confirmed": "yes"}),
    ]
    assert [answer.status_code for answer in answers] == statuses
    assert withheld() == sorted(["05VALDMARK1"] * (statuses[3] == 403) + ["05VALDMARK2"] * (statuses[1] == 302))


@pytest.mark.parametrize(("permissions", "may"), [([], False), (["add_withholding"], True)])
def test_list_of_cables_offers_withholding_to_who_may(client, django_user_model, three, permissions, may):
    user(client, django_user_model, "view_cable", "change_cable", *permissions)
    page = lxml.html.fromstring(client.get(CABLES).content)
    assert ("withhold" in page.xpath("//select[@name='action']/option/@value")) is may
    data = {"action": "withhold", "_selected_action": [three[0].pk]}
    assert (client.post(CABLES, data).headers.get("Location", "").startswith(ADD)) is may


def test_note_is_for_who_may_see_it(client, django_user_model, three):
    withhold(three[:1], **WHY)
    user(client, django_user_model, "view_cable", "change_cable")
    page = client.get(f"{CABLES}{three[0].pk}/change/").content.decode()
    assert "court" in page
    assert "File 7" not in page


@pytest.mark.parametrize("address", [LIST, CABLES])
def test_list_asks_as_much_for_three_as_for_one(admin_client, three, address):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(address)
        return len(captured)

    withhold(three[:1], **WHY)
    with_one = asked()
    withhold(three[1:], **WHY)
    assert asked() == with_one


def test_view_on_site_leads_to_what_the_public_sees(admin_client, three):
    withhold(three[:1], **WHY)
    page = lxml.html.fromstring(admin_client.get(f"{CABLES}{three[0].pk}/change/").content)
    (link,) = page.xpath("//a[@class='viewsitelink']/@href")
    assert admin_client.get(link, follow=True).status_code == 410
