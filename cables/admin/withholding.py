"""Cables withheld from the public: withheld by identifier or from the list of cables, and given back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from cables.admin.lists import ListAdmin
from cables.ingest.turns import BusyError
from cables.ingest.withholding import give_back, withhold
from cables.models import Cable, Withholding
from cables.models.withholding import shown
from cables.search.lookup import find_cable
from cables.tasks import gather_words

MOST_AT_ONCE = 100
_NUMBER = re.compile(r"[0-9]{1,9}")
_LINES = AdminTextareaWidget(attrs={"rows": 4})
LIST = "admin:cables_withholding_changelist"


class WithholdForm(forms.ModelForm):
    """Which cables, by any spelling of their identifiers, and why."""

    required_css_class = "required"
    cables = forms.CharField(widget=_LINES, help_text=f"One identifier a line, at most {MOST_AT_ONCE}.")

    class Meta:
        model = Withholding
        fields = ["cables", "reason", "note"]
        widgets = {"reason": _LINES, "note": _LINES}

    def clean_cables(self) -> list[Cable]:
        """Return the cables; say which identifiers name none."""
        names = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["cables"].splitlines()))))
        if len(names) > MOST_AT_ONCE:
            raise forms.ValidationError(f"These are {len(names)} identifiers, more than {MOST_AT_ONCE}.")
        found = {name: find_cable(name, Cable.everything.all()) for name in names}
        if missing := [name for name, cable in found.items() if cable is None]:
            raise forms.ValidationError(f"Not held: {', '.join(missing)}.")
        return list({cable.pk: cable for cable in found.values() if cable}.values())


@admin.register(Withholding)
class WithholdingAdmin(ListAdmin):
    """What is withheld, why, by whom and since when."""

    list_display = ["identifier", "reason", "since", "withheld_by"]
    list_select_related = ["cable", "withheld_by"]
    about = "The cables that the public does not see, and why; each can be given back just as it was."
    empty = "Nothing is withheld."
    search_fields = ["cable__identifier__istartswith", "reason", "note"]
    search_help_text = "The beginning of an identifier, or words of the reason or the note"
    fields = ["identifier", "since", "withheld_by", "reason", "note"]
    readonly_fields = ["identifier", "since", "withheld_by"]
    actions = ["give_back"]
    add_form_template = "admin/cables/withholding/withhold.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Withholding]:
        """Return what is withheld, the cables by no more than their names."""
        return super().get_queryset(request).select_related("cable").only(*_OWN_COLUMNS, "cable__identifier")

    @admin.display(description="Cable", ordering="cable__identifier")
    def identifier(self, withholding: Withholding) -> str:
        """Return the identifier of the cable."""
        return withholding.cable.identifier

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the actions; giving back takes the place of deleting."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Show the form, the cables of `?cables=` (numbers) in it; withhold what is sent."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = WithholdForm(request.POST or None, initial={"cables": _named(request.GET.get("cables", ""))})
        if request.method == "POST" and form.is_valid() and self._withhold(request, form.cleaned_data):
            return redirect(LIST)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, "title": "Withhold cables"}
        return render(request, self.add_form_template, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show it without "Delete": giving back has its own words."""
        context |= {"show_delete": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def _withhold(self, request: HttpRequest, asked: dict[str, Any]) -> bool:
        """Withhold the cables and return True, or say why it cannot be done now."""
        try:
            made = withhold(asked["cables"], reason=asked["reason"], note=asked["note"], user=request.user)  # type: ignore[arg-type]
        except BusyError as error:
            self.message_user(request, str(error), messages.ERROR)
            return False
        for withholding in made:
            self.log_addition(request, withholding, [{"added": {}}])
        gather_words.enqueue()
        before = len(asked["cables"]) - len(made)
        told = f"{_cables(len(made))} withheld from the public{f', {before} withheld before' if before else ''}."
        self.message_user(request, told, messages.SUCCESS)
        return True

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask whether a cable is to be given back, and give it back."""
        withholding = self.get_object(request, unquote(object_id))
        if withholding is None:
            raise Http404("No such cable is withheld.")
        return self._give_back(request, [withholding]) or redirect(LIST)

    @admin.action(description="Give back to the public", permissions=["delete"])
    def give_back(self, request: HttpRequest, queryset: QuerySet[Withholding]) -> HttpResponse | None:
        """Ask whether the selected cables are to be given back, and give them back."""
        return self._give_back(request, queryset[:MOST_AT_ONCE])

    def _give_back(self, request: HttpRequest, withholdings: Iterable[Withholding]) -> HttpResponse | None:
        """Return the page that asks; None where it was asked, and they are given back."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        chosen = list(withholdings)
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "withholdings": chosen,
                "title": f"Give {_cables(len(chosen))} back to the public",
            }
            return render(request, "admin/cables/withholding/give_back.html", context)
        try:
            give_back(chosen)
        except BusyError as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        self.log_deletions(request, chosen)  # type: ignore[arg-type] # it takes any of them in a list
        gather_words.enqueue()
        self.message_user(request, f"{_cables(len(chosen))} given back to the public.", messages.SUCCESS)
        return None


_OWN_COLUMNS = ["reason", "note", "since", "withheld_by"]


class WithheldFilter(admin.SimpleListFilter):
    """Whether the public sees a cable."""

    title = "withheld from the public"
    parameter_name = "withheld"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Cable]) -> QuerySet[Cable]:
        """Return the cables that are withheld, or those that are not."""
        match self.value():
            case "yes":
                return queryset.filter(pk__in=Withholding.objects.values("cable"))
            case "no":
                return queryset.filter(shown("pk"))
        return queryset


class WithholdsCables(admin.ModelAdmin):
    """What the admin of cables needs, so that cables can be withheld in it, and are still there when they are."""

    actions = ["withhold"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cable]:
        """Return all cables, withheld or not."""
        ordering = self.get_ordering(request)
        return Cable.everything.order_by(*ordering) if ordering else Cable.everything.all()

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters, whether a cable is withheld among them."""
        return [WithheldFilter, *super().get_list_filter(request)]

    def has_withhold_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may withhold cables."""
        return request.user.has_perm("cables.add_withholding")

    @admin.action(description="Withhold from the public", permissions=["withhold"])
    def withhold(self, request: HttpRequest, queryset: QuerySet[Cable]) -> HttpResponse | None:
        """Lead to the form that asks why, with the selected cables in it."""
        numbers = list(queryset.order_by().values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(numbers) > MOST_AT_ONCE:
            self.message_user(request, f"Select at most {MOST_AT_ONCE} cables.", messages.ERROR)
            return None
        chosen = ",".join(map(str, numbers))
        return redirect(f"{reverse('admin:cables_withholding_add')}?{urlencode({'cables': chosen})}")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show with the cable whether it is withheld, and why."""
        context["withholding"] = Withholding.objects.filter(cable=context["original"]).first()
        return super().render_change_form(request, context, *args, **kwargs)


def _named(numbers: str) -> str:
    """Return the identifiers of the cables with these numbers, one a line; what is no number is passed over."""
    chosen = [int(number) for number in numbers.split(",")[:MOST_AT_ONCE] if _NUMBER.fullmatch(number)]
    cables = Cable.everything.filter(pk__in=chosen)
    return "\n".join(cables.order_by("identifier").values_list("identifier", flat=True))


def _cables(count: int) -> str:
    return f"{count} cable{'' if count == 1 else 's'}"
