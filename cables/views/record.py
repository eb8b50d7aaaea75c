"""A cable as a record that programs read."""

from __future__ import annotations

from typing import Any

from cables.models import Cable, Classification, Correction, Paragraph, Post, Redaction

_OF_PARAGRAPHS = ("position", "kind", "number", "marking", "level", "heading", "text", "raw")


def as_record(cable: Cable) -> dict[str, Any]:
    """Return every field of a cable as plain values: dates as ISO text (UTC), lists in printed order."""
    return {
        "identifier": cable.identifier,
        "subject": cable.subject,
        "origin": cable.origin.name if cable.origin else "",
        "classification": Classification(cable.classification).label,
        "captions": cable.captions,
        "sent_at": cable.sent_at.isoformat() if cable.sent_at else None,
        "released_on": cable.released_on.isoformat() if cable.released_on else None,
        "tags": list(cable.tags.order_by("cabletag__position").values_list("code", flat=True)),
        "references": [
            {
                "label": reference.label,
                "kind": reference.kind,
                "target": reference.target_identifier,
                "text": reference.text,
                "held": reference.target_id is not None,
            }
            for reference in cable.references.all()
        ],
        "classified_by": cable.classified_by,
        "classification_reasons": cable.classification_reasons,
        "declassify_on": cable.declassify_on.isoformat() if cable.declassify_on else None,
        "declassify_condition": cable.declassify_condition,
        "summary": cable.summary,
        "comment": cable.comment,
        "signers": cable.signers,
        "recipients": cable.recipients,
        "info_recipients": cable.info_recipients,
        "is_partial": cable.is_partial,
        "redaction": Redaction(cable.redaction).name.lower().replace("_", " "),
        "corrections": _corrections(cable),
        "release": {
            "name": cable.release_name,
            "form": cable.form,
            "file": cable.source_file,
            "line": cable.source_line,
        },
        "attributes": cable.attributes,
        "header": cable.header,
        "body": cable.body,
        "paragraphs": [
            {name: getattr(piece, name) for name in _OF_PARAGRAPHS} for piece in Paragraph.objects.of(cable)
        ],
    }


def _corrections(cable: Cable) -> list[dict[str, Any]]:
    """Return which fields the archive has corrected, what the file says of each (null: not known), when and why."""
    made = list(cable.corrections.order_by("made_at", "pk"))
    origins = [each.received for each in made if each.field == Correction.Field.ORIGIN]
    posts = dict(Post.objects.filter(slug__in=origins).values_list("slug", "name")) if any(origins) else {}
    return [
        {
            "field": each.field,
            "received": posts.get(str(each.received), each.received) if each.field == "origin" else each.received,
            "corrected_on": each.made_at.date().isoformat(),
            "note": each.note,
        }
        for each in made
    ]
