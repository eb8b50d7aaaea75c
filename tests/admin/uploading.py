"""Uploads as an administrator makes them."""

from __future__ import annotations

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile

from cables.models import Upload
from tests.invented import seed_page

ADD = "/admin/cables/upload/add/"
PAGE = ("ferries.txt", seed_page().encode())
"""A file of one cable, 05VALDMARK538."""


def upload(client, *files, release="", end="end", **options):
    """Send these files, each a name and its bytes, by the form, and return the answer."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(ADD, {"release": release, "cable_files": sent, "end": end}, **options)


def text_of(response):
    """Return the words of a page's content."""
    content = lxml.html.fromstring(response.content.decode()).get_element_by_id("content")
    return " ".join(" ".join(content.itertext()).split())


def act(client, verb, number=None):
    """Press a button of an upload, the only one if no number is given, and return the page that follows."""
    number = number or Upload.objects.get().pk
    return client.post(f"/admin/cables/upload/{number}/{verb}/", follow=True)


def page_of(client, number=None):
    return client.get(f"/admin/cables/upload/{number or Upload.objects.get().pk}/change/")
