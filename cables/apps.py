"""The one app of the archive."""

from django.apps import AppConfig


class CablesConfig(AppConfig):
    """Cables: what is stored, how it comes in and how it is read."""

    name = "cables"
    verbose_name = "Cables"
