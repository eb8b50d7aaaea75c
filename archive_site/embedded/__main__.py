"""`python -m archive_site.embedded FOLDER`: the guardian of the server in that data folder."""

import sys
from pathlib import Path

from archive_site.embedded.guardian import main

sys.exit(main(Path(sys.argv[1])))
