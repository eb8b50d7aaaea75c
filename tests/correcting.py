"""Corrections, made as an administrator makes them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cables.ingest.correcting import correct, hold
from cables.models import Cable


def corrected(held: str, /, note: str = "", **values: Any) -> None:
    """Correct these fields of a cable; values are as Correction holds them."""
    with transaction.atomic():
        cable = hold(Cable.objects.get(identifier=held).pk)
        assert cable is not None
        correct(cable, values, note=note)
