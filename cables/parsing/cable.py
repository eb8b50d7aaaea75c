"""One cable, every field: the source's own values first, the text's where the source has none."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from cables.parsing.body import read_body
from cables.parsing.classification import canonical_classification, locate_captions, locate_classification
from cables.parsing.classified_by import locate_classified_by
from cables.parsing.comment import find_comment
from cables.parsing.dates import date_time_group_to_datetime, parse_created, whole_year
from cables.parsing.declassification import locate_declassify_condition, locate_declassify_on
from cables.parsing.field_record import FieldRecord
from cables.parsing.header import locate_date_time_group, locate_origin, locate_precedence, locate_sections
from cables.parsing.header_split import locate_message_name, split_header
from cables.parsing.identifiers import canonical_identifier, split_identifier
from cables.parsing.portion_marks import LEVELS
from cables.parsing.posts import canonical_origin
from cables.parsing.reasons import locate_classification_reasons
from cables.parsing.recipients import locate_info_recipients, locate_recipients
from cables.parsing.records import ParsedCable, ParsedReference, RawCable, ReleaseSource
from cables.parsing.references import list_references, locate_references
from cables.parsing.subject import locate_subject
from cables.parsing.summary import find_summary
from cables.parsing.tag_list import tag_list
from cables.parsing.tags import locate_tags

DATES_DIFFER = timedelta(days=2)
"""A cable may be filed on one day and sent on the next; more between file and header is an error in one of them."""

_NOTICE = re.compile(
    r"This record is a partial extract of the original cable\b|The full text of the original cable is not available"
)
_CROSSED_OUT = ("XXXXXX", "xxxxxx")
_NOT_REDACTED = re.compile(r"\bnot redacted\b", re.IGNORECASE)
_WAS_REDACTED = re.compile(r"\bredacted\b", re.IGNORECASE)
_NO_TEXT = re.compile(r"ERROR READING TEXT INDEX FILE[^\n]{0,120}|EXPAND ERROR ENCOUNTERED[^\n]{0,120}")
_NEXT_ROW = re.compile(
    r"^\"?\d{1,7}\"?[\t,]\"?(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}) \d{1,2}:\d{2}[^\n]{0,80}", re.MULTILINE
)
_NO_LETTERS = re.compile(r"[\W_]+")
_TIME_OF_DAY = re.compile(r"\b(?!0?0:00\b|12:00:00 am)\d{1,2}:\d{2}", re.IGNORECASE)
_ARCHIVES_PAGE = re.compile(r"^\s*PAGE 0?1\b", re.MULTILINE)


def parse_cable(raw: RawCable) -> ParsedCable:
    """Return the cable with every field read, where each was read from, and what was not understood.

    Never raises, whatever the text. header + body hold every character of the raw cable's header and body.
    """
    header, body = split_header(raw.header, raw.body)
    record = FieldRecord(raw.line, raw.problems)
    date_time_group = record.located("date_time_group", "header", header, locate_date_time_group(header))
    identifier = _identifier(raw, header, body, date_time_group, record)
    sent_at = _sent_at(raw, date_time_group, record)
    classification = _classification(raw, body, record)
    pieces, signers = read_body(body)
    summary = find_summary(pieces)
    record.from_pieces("summary", pieces, summary.first, summary.end)
    comment = find_comment(pieces)
    record.from_pieces("comment", pieces, comment.first, comment.end)
    released = _date(raw.released, "released_on", record)
    _note_text(body, record)
    declassify_on = record.located("declassify_on", "body", body, locate_declassify_on(body))
    if declassify_on and sent_at and declassify_on < sent_at.date():
        line = record.spans["declassify_on"].first
        record.problem("declassify_on", "earlier than the cable", declassify_on.isoformat(), line)
    return ParsedCable(
        identifier=identifier,
        printed_identifier=raw.identifier.strip(),
        subject=_subject(raw, body, record),
        origin=_origin(raw, header, record),
        classification=classification,
        captions=record.located("captions", "body", body, locate_captions(body)),
        sent_at=sent_at,
        released_on=released,
        precedence=record.located("precedence", "header", header, locate_precedence(header)),
        date_time_group=date_time_group,
        sections=record.located("sections", "body", body, locate_sections(body)),
        tags=_tags(raw, body, record),
        references=_references(raw, body, identifier, sent_at, record),
        classified_by=record.located("classified_by", "body", body, locate_classified_by(body)),
        classification_reasons=tuple(
            record.located(
                "classification_reasons", "body", body, locate_classification_reasons(body, sent_at and sent_at.date())
            )
        ),
        declassify_on=declassify_on,
        declassify_condition=record.located("declassify_condition", "body", body, locate_declassify_condition(body)),
        summary=summary.text,
        comment=comment.text,
        signers=tuple(record.located("signers", "body", body, signers)),
        recipients=tuple(record.located("recipients", "header", header, locate_recipients(header))),
        info_recipients=tuple(record.located("info_recipients", "header", header, locate_info_recipients(header))),
        is_partial=bool(raw.notice.strip() or _NOTICE.search(header) or _NOTICE.search(body, 0, 2_000)),
        redaction=_redaction(raw.redaction, body),
        source=ReleaseSource(raw.form, raw.file, raw.line, raw.release_name, _date(raw.release_date, "source", record)),
        header=header,
        body=body,
        paragraphs=tuple(pieces),
        attributes=raw.attributes,
        spans=record.spans,
        problems=tuple(record.problems),
    )


def _identifier(raw: RawCable, header: str, body: str, date_time_group: str, record: FieldRecord) -> str:
    """Return the canonical identifier; a telegram without one is named by its date-time group and message line."""
    if raw.identifier.strip():
        identifier = record.from_source("identifier", canonical_identifier(raw.identifier))
        if not identifier:
            record.source_problem("identifier", "not the identifier of a cable", raw.identifier)
        return identifier
    sent = date_time_group_to_datetime(date_time_group)
    message = record.located("identifier", "body", body, locate_message_name(body))
    if sent is None or not message:
        record.source_problem(
            "identifier", "the source gives none, and the text has no date-time group or message line", ""
        )
        return ""
    of_archives = 1973 <= sent.year <= 1979 and _ARCHIVES_PAGE.search(header)
    year = str(sent.year) if of_archives else f"{sent.year % 100:02}"
    return canonical_identifier(" ".join((year, *message)))


def _sent_at(raw: RawCable, date_time_group: str, record: FieldRecord) -> datetime | None:
    """Return the source's date, checked against the date-time group of the header.

    The date-time group stands in where the source has no date, or one of about the same day without a time: archives
    print 00:00 then.
    """
    created = parse_created(raw.created)
    sent = date_time_group_to_datetime(date_time_group)
    if raw.created.strip() and created is None:
        record.source_problem("sent_at", "not a possible date", raw.created)
    agree = created is not None and sent is not None and abs(created - sent) <= DATES_DIFFER
    if created is None or (agree and not _TIME_OF_DAY.search(raw.created)):
        if sent and (span := record.spans.get("date_time_group")):
            record.spans["sent_at"] = span
        return sent
    record.from_source("sent_at", created)
    if sent and not agree:
        line = record.spans["date_time_group"].first
        record.problem(
            "sent_at",
            f"the header's date-time group is not of the source's date, {created:%Y-%m-%d}",
            date_time_group,
            line,
        )
    return created


def _subject(raw: RawCable, body: str, record: FieldRecord) -> str:
    """Return the source's subject, or the text's where the source cut it after the first line, as mirrors do."""
    of_source = " ".join(raw.subject.split())
    of_text = locate_subject(body)
    if of_text.value.startswith(of_source) or _letters(of_text.value).startswith(_letters(of_source)):
        return record.located("subject", "body", body, of_text)
    return record.from_source("subject", of_source)


def _origin(raw: RawCable, header: str, record: FieldRecord) -> str:
    """Return the source's origin, or the header's where the source gives only its station, as archives do."""
    of_source = canonical_origin(raw.origin)
    of_header = locate_origin(header)
    if of_header.value.endswith(of_source) or _letters(of_header.value).endswith(_letters(of_source)):
        return record.located("origin", "header", header, of_header)
    return record.from_source("origin", of_source)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def _date(text: str, field: str, record: FieldRecord) -> date | None:
    """Return the day of one of the source's own dates."""
    if not text.strip():
        return None
    found = parse_created(text)
    if found is None:
        record.source_problem(field, "not a possible date", text)
        return None
    record.from_source(field, found)
    return found.date()


def _classification(raw: RawCable, body: str, record: FieldRecord) -> str:
    """Return the source's classification, one that is not known as printed; else that of the classification line."""
    if of_source := record.from_source("classification", canonical_classification(raw.classification)):
        if of_source.partition("//")[0] not in LEVELS.values():
            record.source_problem("classification", "not a classification", raw.classification)
        return of_source
    return record.located("classification", "body", body, locate_classification(body))


def _tags(raw: RawCable, body: str, record: FieldRecord) -> tuple[str, ...]:
    """Return the tags of the text's TAGS line, then those that only the source has."""
    of_text = record.located("tags", "body", body, locate_tags(body))
    of_source = tag_list(raw.tags)
    if not of_text:
        record.from_source("tags", of_source)
    return tuple(dict.fromkeys([*of_text, *of_source]))


def _references(
    raw: RawCable, body: str, identifier: str, sent_at: datetime | None, record: FieldRecord
) -> tuple[ParsedReference, ...]:
    """Return the text's REF list; the source's list, which is not always right, only where the text names no cable."""
    parts = split_identifier(identifier)
    if parts:
        year = whole_year(parts[0])
    elif sent_at:
        year = sent_at.year
    else:
        return ()
    found = record.located(
        "references", "body", body, locate_references(body, year=year, identifier=identifier or None)
    )
    if any(reference.target for reference in found) or not raw.references.strip():
        return tuple(found)
    listed = list_references(raw.references.replace("|", "; "), year=year, identifier=identifier or None)
    return tuple(record.from_source("references", listed) or found)


def _redaction(notice: str, body: str) -> str:
    if _NOT_REDACTED.search(notice):
        return "not redacted"
    if _WAS_REDACTED.search(notice) or any(run in body for run in _CROSSED_OUT):
        return "redacted"
    return "unknown"


def _note_text(body: str, record: FieldRecord) -> None:
    """Note what is wrong with the body as a whole."""
    if not body or body.isspace():
        record.source_problem("body", "no text", "")
    elif "ERROR" in body and (no_text := _NO_TEXT.search(body)):
        line = body.count("\n", 0, no_text.start()) + 1
        record.problem("body", "no text: the archive's own system could not read it", no_text[0], line)
    if ("\t" in body or '","' in body) and (rows := _NEXT_ROW.search(body)):
        line = body.count("\n", 0, rows.start()) + 1
        record.problem("body", "further rows of the table follow in the same body", rows[0], line)
