"""The text of a cable as its page shows it."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cables.parsing.mentions import Mentions
from cables.parsing.portion_marks import mark_in_words

register = template.Library()


@register.simple_tag
def portion_mark(marking: str, level: str) -> SafeString:
    """Return a portion mark as a badge that tells its level in words to whoever hears it; "" where there is none."""
    if not marking:
        return SafeString("")
    return format_html(
        '<span class="marking" title="{}"><span aria-hidden="true">({})</span><span class="hidden">{}.</span></span> ',
        told := mark_in_words(marking, level),
        marking,
        told,
    )


@register.filter
def linked(text: str, mentions: Mentions) -> SafeString:
    """Return a text, escaped, in which the mentions of references lead to the cables they mean."""
    parts: list[str | SafeString] = []
    done = 0
    for start, end, identifier in mentions.find(text):
        address = reverse("cables:cable", args=[identifier])
        parts += text[done:start], format_html('<a href="{}">{}</a>', address, text[start:end])
        done = end
    return format_html_join("", "{}", ((part,) for part in (*parts, text[done:])))
