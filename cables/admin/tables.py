"""TAGS, posts and aliases, looked up and corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cables.admin.lists import ListAdmin
from cables.ingest.finding_anew import cables_of_post, cables_of_tag, find_anew_if_few
from cables.ingest.preparing import is_identifier
from cables.models import Alias, Cable, Post, Reference, Tag
from cables.parsing.identifiers import canonical_identifier
from cables.reference_data import tables
from cables.tasks import find_post_anew, find_tag_anew

_LATER = "Its cables are many: search finds all of them by this in a few minutes."


@admin.register(Tag)
class TagAdmin(ListAdmin):
    """TAGS with their meanings, by which their cables are found too."""

    list_display = ["code", "kind", "title", "category"]
    about = "The codes of the TAGS lines with their meanings, as pages show them and search knows them."
    empty = "No TAGS are known yet: manage.py load_reference_data brings those of the handbooks."
    list_filter = ["kind"]
    search_fields = ["code", "title", "category"]
    search_help_text = "A code, or words of its meaning"
    sortable_by = ["code"]

    def get_readonly_fields(self, request: HttpRequest, obj: Tag | None = None) -> list[str]:
        """Return the code of a TAG that is there: another code is another TAG, and is corrected in its cables."""
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:
        """Save, and let its cables be found by its meaning."""
        super().save_model(request, obj, form, change)
        if change and "title" in form.changed_data and not find_anew_if_few(cables_of_tag(obj.pk)):
            transaction.on_commit(lambda: find_tag_anew.enqueue(obj.pk) and None)
            self.message_user(request, _LATER, messages.INFO)


class PostForm(forms.ModelForm):
    """A post: where it is must be somewhere on earth."""

    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, help_text="Degrees north, -90 to 90.")
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, help_text="Degrees east, -180 to 180.")

    class Meta:
        model = Post
        fields = ["name", "kind", "city", "country", "latitude", "longitude"]

    def clean_country(self) -> str:
        """Return the country; a code of two letters must be that of one."""
        country: str = self.cleaned_data["country"].strip()
        if len(country) == 2 and country.upper() not in {entry.code for entry in tables.countries()}:
            raise ValidationError(f"“{country}” is no code of a country (ISO 3166).")
        return country.upper() if len(country) == 2 else country

    def clean(self) -> dict[str, Any]:
        """Return the values; a place has both coordinates or none."""
        cleaned = super().clean() or {}
        degrees = [cleaned.get(name) for name in ("latitude", "longitude") if name not in self.errors]
        if len(degrees) == 2 and (degrees[0] is None) != (degrees[1] is None):
            raise ValidationError("A place has a latitude and a longitude: give both or none.")
        return cleaned


@admin.register(Post)
class PostAdmin(ListAdmin):
    """Posts with their places. The address of a post stays, whatever it is called."""

    form = PostForm
    list_display = ["name", "kind", "city", "country", "latitude", "longitude"]
    list_filter = ["kind"]
    about = "The origins of cables: embassies, consulates, missions and departments, and where they are."
    empty = "No posts are known yet: they come with the first import."
    search_fields = ["name", "city"]
    search_help_text = "A name or city"
    sortable_by = ["name"]

    def get_fields(self, request: HttpRequest, obj: Post | None = None) -> Any:
        """Return the fields; the slug of a post that is there can only be read."""
        return ["name", "slug", "kind", "city", "country", "latitude", "longitude"]

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> list[str]:
        """Return the slug of a post that is there: files and addresses know it by that."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Post | None = None) -> dict[str, Any]:
        """Let the slug of a new post follow its name."""
        return {} if obj else {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Post, form: forms.ModelForm, change: bool) -> None:
        """Save, and let its cables be found by its name and country."""
        super().save_model(request, obj, form, change)
        if change and {"name", "country"} & set(form.changed_data) and not find_anew_if_few(cables_of_post(obj.pk)):
            transaction.on_commit(lambda: find_post_anew.enqueue(obj.pk) and None)
            self.message_user(request, _LATER, messages.INFO)


class AliasForm(forms.ModelForm):
    """An alias: no cable's own identifier, and it leads to a cable, not to another alias."""

    class Meta:
        model = Alias
        fields = ["identifier", "target"]
        help_texts = {
            "target": "The identifier of the cable. Leave it empty where the alias is to lead nowhere, though a table "
            "or a file says otherwise: one that is deleted comes back with the next that has it.",
        }

    def clean_identifier(self) -> str:
        """Return the identifier as it is used, without spaces."""
        identifier = "".join(self.cleaned_data["identifier"].split()).upper()
        if not is_identifier(identifier):
            raise ValidationError(f"“{identifier}” is no identifier that an address can have.")
        if Cable.everything.filter(identifier=identifier).exists():
            raise ValidationError(f"{identifier} is a cable of its own: an alias would hide it.")
        return identifier

    def clean_target(self) -> str:
        """Return the canonical identifier of the cable, and not that of another alias."""
        entered: str = self.cleaned_data["target"].strip()
        target = canonical_identifier(entered) or entered
        if target and not is_identifier(target):
            raise ValidationError(f"“{entered}” is no identifier of a cable, such as 05ALMATY538.")
        held = Cable.everything.filter(identifier=target).exists()
        further = None if held else Alias.objects.filter(identifier=target).exclude(pk=self.instance.pk).first()
        if further and further.target:
            raise ValidationError(f"{target} is itself an alias: enter {further.target}.")
        return target

    def clean(self) -> dict[str, Any]:
        """Return the values; nothing is an alias of itself."""
        cleaned = super().clean() or {}
        if cleaned.get("target") and cleaned["target"] == cleaned.get("identifier"):
            raise ValidationError("It would lead to itself.")
        return cleaned


@admin.register(Alias)
class AliasAdmin(ListAdmin):
    """Other spellings of identifiers. What cites a cable by one follows at once."""

    form = AliasForm
    list_display = ["identifier", "target"]
    about = "Other spellings under which a cable is asked for and cited; each leads to the cable of its target."
    empty = "No aliases are known yet: manage.py load_reference_data brings the known ones, and imports add theirs."
    search_fields = ["identifier"]  # shows the box; get_search_results says what is looked for
    search_help_text = "The beginning of an identifier, or of its target's"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Alias], search_term: str
    ) -> tuple[QuerySet[Alias], bool]:
        """Return the aliases that begin so, or whose target does."""
        begun = "".join(search_term.split()).upper()
        return queryset.filter(Q(identifier__startswith=begun) | Q(target__startswith=begun)), False

    def save_model(self, request: HttpRequest, obj: Alias, form: forms.ModelForm, change: bool) -> None:
        """Save; what led to it leads on, and references lead to what they mean now.

        What somebody entered does not go with the run that brought the name.
        """
        obj.run = None
        super().save_model(request, obj, form, change)
        if obj.target:
            Alias.objects.filter(target=obj.identifier).update(target=obj.target)
        _settle({obj.target, form.initial.get("target", "")})

    def delete_model(self, request: HttpRequest, obj: Alias) -> None:
        """Delete it; what cited a cable by it leads there no more."""
        target = obj.target
        super().delete_model(request, obj)
        _settle({target})

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Alias]) -> None:
        """Delete the aliases that were selected, likewise."""
        targets = set(queryset.values_list("target", flat=True))
        super().delete_queryset(request, queryset)
        _settle(targets)


def _settle(identifiers: set[str]) -> None:
    """Let the references to these cables, and open ones that mean them, lead to what they mean now."""
    cables = list(Cable.everything.filter(identifier__in=identifiers).values_list("pk", flat=True))
    Reference.objects.settle_anew(cables)
