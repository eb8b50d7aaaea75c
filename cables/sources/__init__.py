"""Cable files of every form, and archives of them, to raw cables."""

from cables.sources.detect import FORMS
from cables.sources.reading import read_path

__all__ = ["FORMS", "read_path"]
