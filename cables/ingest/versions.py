"""What a cable's page does not show (any more), as versions to be kept."""

from __future__ import annotations

from typing import Any

from cables.models import Cable, CableTag, ImportRun, Reference, Version


def version_of(cable: Cable, form: Cable, lists: dict[str, Any], recorded_in: ImportRun, reason: str) -> Version:
    """Return the version, not saved yet, of a cable that keeps this form of it with its TAGS and references."""
    fields = form.stored_fields() | lists
    return Version(
        cable=cable,
        content_hash=form.content_hash,
        fields=fields,
        reason=reason,
        run_id=form.run_id,
        recorded_in=recorded_in,
    )


def lists_of(cables: list[Cable]) -> dict[int, dict[str, list[str]]]:
    """Return the TAGS and the references, as printed, of cables that are held, by their numbers."""
    lists: dict[int, dict[str, list[str]]] = {cable.id: {"tags": [], "references": []} for cable in cables}
    if lists:
        tags = CableTag.objects.filter(cable__in=lists).order_by("cable_id", "position")
        for cable_id, code in tags.values_list("cable_id", "tag__code"):
            lists[cable_id]["tags"].append(code)
        references = Reference.objects.filter(cable__in=lists).order_by("cable_id", "position")
        for cable_id, text in references.values_list("cable_id", "text"):
            lists[cable_id]["references"].append(text)
    return lists
