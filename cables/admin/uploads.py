"""Uploads: files come in, are looked through by the worker, and are imported or discarded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from django_tasks.base import Task

from cables import tasks
from cables.admin import receiving
from cables.admin.lists import ListAdmin
from cables.admin.receiving import FolderUploadHandler, ReceivedFile
from cables.ingest import at_work
from cables.ingest.uploads import discard, stop
from cables.models import Upload
from cables.sources import FORMS
from cables.views.preview import as_it_will_look

State = Upload.State
FILES_NAMED = 20
"""Files that the page of an upload names."""


class ManyFilesInput(forms.ClearableFileInput):
    """A field of a page in which many files can be chosen."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files, one or many; an empty one is a file too: looking it through tells that it is empty."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[ReceivedFile]:
        """Return the files. Raises ValidationError where there is none."""
        return [super(ManyFilesField, self).clean(file, initial) for file in data or [None]]


class UploadForm(forms.Form):
    """The release and the files. The last field is sent after them: where it is there, they came whole."""

    release = forms.CharField(
        required=False, max_length=200, help_text="The release's name, where the files name none themselves."
    )
    cable_files = ManyFilesField(
        label="Files or archives",
        allow_empty_file=True,
        max_length=500,
        help_text="Pages, texts, CSV or JSON; or .zip and .tar(.gz, .bz2, .xz) of such files.",
    )
    end = forms.CharField(
        initial="end",
        widget=forms.HiddenInput,
        error_messages={"required": "The upload broke off before its end, and nothing of it was kept. Try again."},
    )


@admin.register(Upload)
class UploadAdmin(ListAdmin):
    """Uploads. Whoever may import sees all of them, and may act on all."""

    list_display = ["__str__", "state", "files_named", "release_name", "uploaded_by", "uploaded_at"]
    list_filter = ["state"]
    list_select_related = ["uploaded_by"]
    about = "Files that were brought here, each looked through before anything of it is written to the archive."
    empty = "Nothing has been uploaded yet: begin with “Import cables” on the first page."

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may add a run may import."""
        return request.user.has_perm("cables.add_importrun")

    def has_view_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        """Return the same: an upload is nobody's own."""
        return self.has_add_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return the same."""
        return self.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        """Say no: an upload is imported or discarded."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        """Say no: what was discarded stays on record."""
        return False

    @admin.display(description="Files")
    def files_named(self, upload: Upload) -> str:
        """Return the name of the first file, and how many there are beside it."""
        more = len(upload.files) - 1
        return f"{upload.files[0]['name']} and {more} more" if more > 0 else upload.files[0]["name"]

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of uploads: what is done with one is below its own."""
        own: list[tuple[str, Callable[..., Any], str]] = [
            ("add/", csrf_exempt(self.add_view), "add"),  # the check is made after the files came in
            ("<int:number>/state/", self.state_view, "state"),
            ("<int:number>/cables/<int:place>/", self.cable_view, "cable"),
            ("<int:number>/import/", require_POST(self.import_view), "import"),
            ("<int:number>/go-on/", require_POST(self.go_on_view), "go_on"),
            ("<int:number>/stop/", require_POST(self.stop_view), "stop"),
            ("<int:number>/discard/", require_POST(self.discard_view), "discard"),
        ]
        admitted = self.admin_site.admin_view
        return [
            *(path(route, admitted(view), name=f"cables_upload_{name}") for route, view, name in own),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Show the form; take what is uploaded into a folder, and lead to the upload's page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._form(request, UploadForm())
        try:
            with receiving.arriving() as folder:
                if refused := receiving.refusal(int(request.META.get("CONTENT_LENGTH") or 0)):
                    return self._form(request, UploadForm(), refused)
                handler = FolderUploadHandler(folder)
                request.upload_handlers = [handler]
                _ = request.POST  # the files come in here
                return self._take(request, handler)
        except TooManyFilesSent:
            return self._form(request, UploadForm(), receiving.TOO_MANY)
        except UnreadablePostError:
            return self._form(request, UploadForm(), "The upload broke off, and nothing of it was kept. Try again.")
        except OSError as error:
            return self._form(request, UploadForm(), receiving.told(error))

    @method_decorator(csrf_protect)
    def _take(self, request: HttpRequest, handler: FolderUploadHandler) -> HttpResponse:
        """Make an upload of the files that came in, if they came in whole."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():  # what comes after trouble is missing
            return self._form(request, form, handler.trouble)
        received = sorted(form.cleaned_data["cable_files"], key=lambda file: file.name)
        files = [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in received]
        with transaction.atomic():
            upload = Upload.objects.create(
                uploaded_by=request.user,  # type: ignore[misc]
                release_name=form.cleaned_data["release"],
                files=files,
            )
            handler.folder.rename(upload.folder)
            tasks.look_through.enqueue(upload.pk)
        self.log_addition(request, upload, "Uploaded.")
        return redirect("admin:cables_upload_change", upload.pk)

    def _form(self, request: HttpRequest, form: UploadForm, trouble: str = "") -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "form": form,
            "trouble": trouble,
            "limits": receiving.limits(),
            "title": "Import cables",
        }
        status = 400 if trouble or form.errors else 200
        return TemplateResponse(request, "admin/cables/upload/add.html", context, status=status)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show an upload: how far it is, what looking it through has found, and what can be done with it."""
        if not object_id.isdecimal():
            raise Http404
        upload = self._upload(request, int(object_id))
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": str(upload)}
        return TemplateResponse(request, "admin/cables/upload/page.html", context | _facts(upload))

    def state_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Answer htmx with how far an upload is; where it goes on to another state, lead there.

        After an import that is the run's page, else the upload's own, to be asked for anew.
        """
        upload = self._upload(request, number)
        if upload.state == State.IMPORTED and upload.run_id:
            return HttpResponse(headers={"HX-Redirect": reverse("admin:cables_importrun_change", args=[upload.run_id])})
        if upload.state != request.GET.get("state"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return TemplateResponse(request, "admin/cables/upload/_progress.html", _facts(upload))

    def cable_view(self, request: HttpRequest, number: int, place: int) -> HttpResponse:
        """Show one of the first cables of an upload as its page will look."""
        return as_it_will_look(request, self._upload(request, number), place)

    def import_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Have the worker import an upload that was looked through."""
        return self._hand_over(request, self._upload(request, number), State.READY, tasks.import_upload)

    def go_on_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Have the worker go on where an upload was broken off."""
        upload = self._upload(request, number)
        task = tasks.look_through if upload.preview is None else tasks.import_upload
        return self._hand_over(request, upload, State.BROKEN_OFF, task)

    def stop_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Have the worker stop what it does with an upload."""
        upload = self._upload(request, number)
        if stop(upload, request.user):  # type: ignore[arg-type] # nobody else comes here
            self.log_change(request, upload, "Stopped.")
        else:
            messages.error(request, f"{upload} is {upload.get_state_display()}: there is nothing to stop.")
        return redirect("admin:cables_upload_change", number)

    def discard_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Discard an upload and delete its files."""
        upload = self._upload(request, number)
        if discard(upload):
            self.log_change(request, upload, "Discarded.")
        else:
            messages.error(request, f"{upload} is {upload.get_state_display()}: it cannot be discarded now.")
        return redirect("admin:cables_upload_change", number)

    def _hand_over(self, request: HttpRequest, upload: Upload, ready: State, task: Task[Any, Any]) -> HttpResponse:
        importing = task is tasks.import_upload
        with transaction.atomic():
            moved = upload.move(ready, to=State.TO_IMPORT if importing else State.TO_READ, message="")
            if moved and importing:
                task.enqueue(upload.pk, request.user.pk)
            elif moved:
                task.enqueue(upload.pk)
        if moved:
            self.log_change(request, upload, "Given to the worker to be imported." if importing else "Looked through.")
        else:
            messages.error(request, f"{upload} is {upload.get_state_display()} already.")
        return redirect("admin:cables_upload_change", upload.pk)

    def _upload(self, request: HttpRequest, number: int) -> Upload:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Upload.objects.select_related("uploaded_by", "run"), pk=number)


def _facts(upload: Upload) -> dict[str, Any]:
    """Return what the templates tell of an upload."""
    preview = upload.preview or {}
    forms_found = [(FORMS.get(form, form), count) for form, count in preview.get("forms", {}).items()]
    arriving = preview.get("created", 0) + preview.get("updated", 0)
    return {
        "upload": upload,
        "files": upload.files[:FILES_NAMED],
        "forms": sorted(forms_found, key=lambda found: -found[1]),
        "nothing_new": not arriving and not preview.get("problems"),
        "worker_lives": bool(at_work.living()) if upload.is_waiting or upload.is_at_work else True,
        "minutes_left": None if upload.seconds_left is None else max(1, round(upload.seconds_left / 60)),
    }
