"""A withheld cable: every address answers as if it had never come, its own say that it is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import lxml.html
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cables import urls
from cables.ingest.digest import archive_digest
from cables.ingest.withholding import give_back, withhold
from cables.models import Alias, Cable, Reference, Tag, Withholding, Word
from tests import withheld
from tests.withheld import CITED, CITING, IDENTIFIER, NOWHERE, SECRETS, TAG

pytestmark = pytest.mark.django_db

REASON = "A court has ordered it.\n\n<b>Nobody</b> is named."


def search(**asked: str) -> str:
    return f"/search/?{urlencode(asked)}"


def typing(typed: str) -> str:
    return f"/search/suggestions/?{urlencode({'q': typed})}"


def of_cable(identifier: str) -> dict[str, list[str]]:
    """Return the name of each address of a cable -> the address."""
    return {
        "cable": [f"/cable/{identifier}/"],
        "cable-text": [f"/cable/{identifier}.txt"],
        "cable-json": [f"/cable/{identifier}.json"],
        "cable-bib": [f"/cable/{identifier}.bib"],
        "cable-ris": [f"/cable/{identifier}.ris"],
        "cable-csl": [f"/cable/{identifier}.csl.json"],
        "cable-jsonld": [f"/cable/{identifier}.jsonld"],
        "cable-received": [f"/cable/{identifier}/received/"],
        "cable-cite": [f"/cable/{identifier}/cite/"],
        "cable-similar": [f"/cable/{identifier}/similar/"],
        "cable-versions": [f"/cable/{identifier}/versions/"],
        "cable-thread": [f"/cable/{identifier}/thread/"],
    }


SEARCHES = [
    {"q": "quaggas"},
    {"q": "mumblethorpe"},
    {"q": "minister"},
    {"q": "minister", "sort": "newest"},
    {"q": '"mumblethorpe minister"'},
    {"q": "para:(quaggas embassy)"},
    {"q": "quagas"},
    {"q": "quagas~"},
    {"q": "brandelhide"},
    {"q": "quagg*"},
    {"q": "mumblethorpe OR minister"},
    {"q": "-minister"},
    {"q": f"tag:{TAG}"},
    {"q": "quaggas", "tag": TAG},
    {"q": "id:05ZANTHE7"},
    {"q": "05ZANTHE8"},
    {"q": "04ORHAVEN99990"},
    {"q": "cites:05VALDMARK9001"},
    {"q": f"cites:{NOWHERE}"},
    {"q": f"cites:{IDENTIFIER}"},
    {"q": f"citedby:{IDENTIFIER}"},
    {"q": "to:SECSTATE"},
    {"q": "mark:TS"},
    {"q": "origin:zanthe"},
    {"origin": "consulate-zanthe"},
    {"country": "Zanthia"},
    {"caption": "STADIS"},
    {"classification": "top-secret"},
    {"tag": "PGOV"},
    {"since": "2010-12-31", "until": "2010-12-31"},
    {"since": "2010"},
]
TYPED = ["05ZA", "05zanthe", "quag", "brandel", "zanth", "xqz", "quagga", "tag:xq", "origin:zan"]
OTHERS = {
    "home": ["/"],
    "search": ["/search/", *(search(**asked) for asked in SEARCHES)],
    "suggestions": [typing(typed) for typed in TYPED],
    "facet": [
        f"/search/facet/{name}/{query}"
        for name in ("tag", "origin", "country", "caption")
        for query in ("", "?q=minister", "?find=z")
    ],
    "trend": ["/search/trend/", "/search/trend/?q=minister", "/search/trend/?q=quaggas"],
    "tags": ["/tags/", "/tags/?q=quagga"],
    "tag": [f"/tags/{TAG}/", "/tags/PGOV/"],
    "origins": ["/origins/"],
    "origin": ["/origins/consulate-zanthe/", "/origins/embassy-valdmark/"],
    "coverage": ["/coverage/"],
    "coverage-csv": ["/coverage.csv"],
    "coverage-post": ["/coverage/consulate-zanthe/", "/coverage/embassy-valdmark/"],
    "years": ["/dates/"],
    "months": ["/dates/2010/"],
    "month": ["/dates/2010/12/"],
    "day": ["/dates/2010/12/31/"],
    "classifications": ["/classifications/"],
    "about": ["/about/"],
    "help": ["/help/"],
    "search-help": ["/help/search/"],
    "reading-help": ["/help/reading/"],
    "glossary": ["/help/glossary/"],
    "health": ["/healthz"],
    "robots": ["/robots.txt"],
    "cable-mirror": ["/cable/2010/12/05ZANTHE8.html"],
}
for near in (CITED, CITING[0], NOWHERE, "05ZANTHE8"):
    for name, addresses in of_cable(near).items():
        OTHERS.setdefault(name, []).extend(addresses)
OTHERS["cable"].append(f"/cable/{CITED}/?{urlencode({'search': 'q=minister'})}")
OTHERS["cable"].append(f"/cable/{CITING[0]}/?{urlencode({'search': f'cites={IDENTIFIER}'})}")


@pytest.fixture(scope="module")
def archive(invented: None, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, str]]:
    """The invented archive with the cable in it in two forms; what every address answered before it came."""
    folder = tmp_path_factory.mktemp("withheld")
    with django_db_blocker.unblock(), transaction.atomic():
        withheld.bring_others(folder / "others")
        Word.objects.gather()
        before = answers()
        withheld.bring(folder / "first")
        withheld.bring(
            folder / "second", text="1. (TS) Mumblethorpe, a minister, has seen quaggas.\n\n2. (C) More of it."
        )
        Alias.objects.create(identifier="05ZANTHEA7", target=IDENTIFIER)
        Word.objects.gather()
        yield before
        transaction.set_rollback(True)


def answers() -> dict[str, str]:
    """Return every address of others -> what it answers."""
    return {address: answer(address) for addresses in OTHERS.values() for address in addresses}


def answer(address: str) -> str:
    response = Client().get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.status_code} {response.headers.get('Location', '')}\n{content.decode()}"


def as_not_held(answers: dict[str, str]) -> dict[str, str]:
    """Return the answers, what is said of a withheld cable put as it is of one that is not held."""
    return {address: text.replace("withheld from the public", "not held here") for address, text in answers.items()}


def its_own() -> Cable:
    return Cable.everything.get(identifier=IDENTIFIER)


@pytest.fixture
def withholding(archive) -> Withholding:
    (made,) = withhold([its_own()], reason=REASON, note="File 7")
    return made


def test_every_address_is_asked():
    names = {pattern.name for pattern in urls.urlpatterns}
    assert names == OTHERS.keys() | of_cable(IDENTIFIER).keys()


def test_every_address_answers_as_if_the_cable_had_never_come(archive, withholding):
    differing = {address for address, text in as_not_held(answers()).items() if text != archive[address]}
    # A withheld cable is held: it does not count among those that are cited and not held.
    assert differing == {"/coverage/", search(q="05ZANTHE8")}
    assert {address for address in differing if leaks(address, answer(address))} == set()


def leaks(address: str, text: str) -> list[str]:
    """Return the secrets that an answer has, and that its address does not ask for."""
    return [secret for secret in SECRETS if secret.lower() in text.lower() and secret.lower() not in address.lower()]


def test_the_cable_is_there_to_leak(archive):
    told = answers()
    differing = {address for address, text in told.items() if text != archive[address]}
    of_no_cable = {"about", "help", "reading-help", "health", "robots", "cable-mirror"}
    assert {name for name, addresses in OTHERS.items() if differing.isdisjoint(addresses)} == of_no_cable
    assert [asked for asked in SEARCHES if search(**asked) not in differing] == []
    assert [typed for typed in TYPED if typing(typed) not in differing] == []


def test_given_back_every_address_answers_as_before(archive):
    before, digest = answers(), archive_digest()
    (made,) = withhold([its_own()], reason=REASON)
    assert archive_digest() != digest
    give_back([made])
    Word.objects.gather()  # the worker does
    assert answers() == before
    assert archive_digest() == digest


@pytest.mark.parametrize("address", [one for some in of_cable(IDENTIFIER).values() for one in some])
def test_own_address_is_gone_and_says_why(withholding, client, address):
    response = client.get(address)
    assert response.status_code == 410
    assert leaks(address, response.content.decode()) == []
    match response["Content-Type"].partition(";")[0]:
        case "application/json":
            assert response.json() == {
                "identifier": IDENTIFIER,
                "withheld": withholding.since.isoformat(),
                "reason": REASON,
            }
        case "text/plain":
            told = f"{IDENTIFIER} is withheld from the public since {withholding.since:%Y-%m-%d}."
            assert response.content.decode() == f"{told}\n\n{REASON}\n"
        case _:
            page = lxml.html.fromstring(response.content)
            assert page.xpath("//h1/text()") == ["This cable is withheld from the public"]
            reason = page.xpath("//div[@class='reason']//p")
            assert [part.text_content() for part in reason] == ["A court has ordered it.", "<b>Nobody</b> is named."]
    assert "File 7" not in response.content.decode()


def test_forms_of_the_answers_are_those_of_the_addresses(withholding, client):
    forms = {name: client.get(some[0])["Content-Type"].partition(";")[0] for name, some in of_cable(IDENTIFIER).items()}
    json = {"cable-json", "cable-csl", "cable-jsonld"}
    text = {"cable-text", "cable-bib", "cable-ris"}
    assert {name for name, form in forms.items() if form == "application/json"} == json
    assert {name for name, form in forms.items() if form == "text/plain"} == text
    assert {name for name, form in forms.items() if form == "text/html"} == forms.keys() - json - text


@pytest.mark.parametrize(
    "address",
    [
        "/cable/05zanthe7/",
        "/cable/05ZANTHE0007/",
        "/cable/05ZANTHEA7/",
        "/cable/05ZANTHEA7.json",
        "/cable/2010/12/05ZANTHE7.html",
        "/search/?q=05zanthe+7",
        "/search/?q=05ZANTHEA7",
    ],
)
def test_other_name_leads_to_the_address_that_says_why(withholding, client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 410
    assert response.redirect_chain[-1][0] in {f"/cable/{IDENTIFIER}/", f"/cable/{IDENTIFIER}.json"}


def test_reference_to_it_says_so_and_no_more(withholding, client):
    page = lxml.html.fromstring(client.get(f"/cable/{CITING[0]}/").content)
    reference, _ = page.xpath("//ol[@class='references'][1]/li")
    assert " ".join(reference.text_content().split()) == f"A. {IDENTIFIER} withheld from the public"
    assert reference.xpath("a/@href") == [f"/cable/{IDENTIFIER}/"]
    thread = lxml.html.fromstring(client.get(f"/cable/{CITING[0]}/thread/").content)
    (row,) = thread.xpath(f"//li[@class='unheld'][@id='thread-{IDENTIFIER}']")
    told = " ".join(row.text_content().split())
    assert told == f"{IDENTIFIER} withheld from the public 2005 cited by {len(CITING)}"


def test_reference_by_another_name_says_so_too(withholding, client):
    Reference.objects.filter(cable__identifier=CITING[1]).update(target_identifier="05ZANTHEA7")
    page = lxml.html.fromstring(client.get(f"/cable/{CITING[1]}/").content)
    assert page.xpath("//ol[@class='references'][1]/li/span/text()") == ["withheld from the public"]


def test_it_is_not_offered_in_place_of_an_identifier_near_it(archive, client):
    def near() -> list[str]:
        return lxml.html.fromstring(client.get(search(q="05ZANTHE8")).content).xpath(
            "//section[@class='near']//a/text()"
        )

    assert near() == [IDENTIFIER]
    withhold([its_own()], reason=REASON)
    assert near() == []


def test_it_does_not_count_as_cited_and_not_held(archive, withholding):
    def cited(text: str) -> str:
        (row,) = lxml.html.fromstring(text).xpath("//tr[th='Station ZANTHE']")
        return row[-1].text or "0"

    assert (cited(archive["/coverage/"]), cited(answer("/coverage/"))) == ("1", "0")


@pytest.mark.parametrize("address", [f"/tags/{TAG}/", "/origins/consulate-zanthe/", "/coverage/consulate-zanthe/"])
def test_what_only_it_has_named_is_not_there(withholding, client, address):
    Tag.objects.filter(code=TAG).update(title="")  # as where no handbook knows it
    response = client.get(address)
    assert response.status_code == 404
    assert leaks(address, response.content.decode()) == []


def test_its_page_asks_for_no_more_than_others(withholding, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(f"/cable/{IDENTIFIER}/")


def test_page_of_a_cable_that_cites_it_asks_for_no_more_than_before(archive, client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/cable/{CITING[0]}/")
        return len(captured)

    settled = asked()
    withhold([its_own()], reason=REASON)
    assert asked() == settled
