"""Rows written by COPY: which foreign keys are looked up, and which are known to be right."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from cables.ingest.copying import as_array, copy_rows, keys_known_right
from cables.ingest.digest import archive_digest
from cables.ingest.run import import_paths
from cables.models import CableTag, Reference, Tag
from tests.ingest.files import many_cables

EMPTY = "TRUNCATE cables_cable, cables_post, cables_tag, cables_alias, cables_importrun CASCADE"


def hang_on_no_cable(tag: int):
    """Copy a reference and a TAG of a cable that is not there, and let the database check what it has put off."""
    with transaction.atomic(), connection.cursor() as cursor:
        copy_rows(Reference, ["cable_id", "position", "label", "kind", "text", "target_identifier"], [(404, *"0abcd")])
        copy_rows(CableTag, ["cable_id", "tag_id", "position"], [(404, tag, 0)])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def tag(db) -> int:
    """The number of a TAG."""
    return Tag.objects.create(code="PGOV").pk


def test_keys_known_right_are_not_looked_up(tag):
    with transaction.atomic(), keys_known_right([tag]):
        hang_on_no_cable(tag)

    assert Reference.objects.get().cable_id == CableTag.objects.get().cable_id == 404
    Reference.objects.all().delete()
    CableTag.objects.all().delete()


def test_keys_are_looked_up_again_afterwards(tag):
    with transaction.atomic(), keys_known_right([tag]):
        pass

    with pytest.raises(IntegrityError):
        hang_on_no_cable(tag)


def test_keys_are_looked_up_again_after_a_failure(tag):
    with pytest.raises(ZeroDivisionError), transaction.atomic(), keys_known_right([tag]):
        raise ZeroDivisionError

    with pytest.raises(IntegrityError):
        hang_on_no_cable(tag)


def test_keys_are_looked_up_where_a_tag_is_gone(tag):
    with pytest.raises(IntegrityError), transaction.atomic(), keys_known_right([tag, tag + 1]):
        hang_on_no_cable(tag)


@pytest.mark.django_db
def test_role_that_may_not_pass_over_keys_imports_the_same(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 5)
    import_paths([path])
    expected = archive_digest()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(EMPTY)
        cursor.execute("CREATE ROLE plain; GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO plain; SET LOCAL ROLE plain")
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        assert cursor.fetchone()[0] is False

    report = import_paths([path])

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert report.created == 5
    assert archive_digest() == expected


@pytest.mark.django_db
@pytest.mark.parametrize("values", [[], [""], ["Rehn", "a,b"], ['"quoted"', "back\\slash"], ["{x}", "NULL", "end\n"]])
def test_text_of_an_array_is_read_as_its_values(values):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [as_array(values)])
        assert cursor.fetchone()[0] == values
