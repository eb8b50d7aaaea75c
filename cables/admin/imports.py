"""The form by which a file is uploaded and imported."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html

from cables.ingest.report import ImportReport
from cables.ingest.run import import_paths


class UploadForm(forms.Form):
    """The file and the release it belongs to."""

    file = forms.FileField(
        label="File or archive",
        help_text="A page, a text, a CSV, JSON, or a .zip or .tar(.gz) of such files.",
    )
    release = forms.CharField(
        required=False, max_length=200, help_text="The release's name, where the files name none."
    )


def upload(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Show the upload form; import what is uploaded and lead to the run."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        report = _import_upload(form.cleaned_data["file"], form.cleaned_data["release"], request)
        _tell(request, report)
        return redirect("admin:cables_importrun_change", report.run.pk)  # type: ignore[union-attr]
    return render(request, "admin/cables/importrun/upload.html", context | {"form": form, "title": "Import cables"})


def _import_upload(upload: UploadedFile, release: str, request: HttpRequest) -> ImportReport:
    """Import an uploaded file under the name that it had on the administrator's machine."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / Path(upload.name or "upload").name
        with path.open("wb") as file:
            shutil.copyfileobj(upload, file)
        return import_paths([path], below=Path(folder), release=release, user=request.user)  # type: ignore[arg-type]


def _tell(request: HttpRequest, report: ImportReport) -> None:
    counts = format_html(
        "{} cables read: {} created, {} updated, {} unchanged. {} problems.",
        report.read, report.created, report.updated, report.unchanged, report.problems,
    )  # fmt: skip
    level = messages.SUCCESS if not report.problems else messages.WARNING if report.read else messages.ERROR
    messages.add_message(request, level, counts)
