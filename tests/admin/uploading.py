"""Uploads as an administrator makes them."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

ADD = "/admin/cables/upload/add/"


def upload(client, *files, release="", end="end", **options):
    """Send these files, each a name and its bytes, by the form, and return the answer."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(ADD, {"release": release, "cable_files": sent, "end": end}, **options)
