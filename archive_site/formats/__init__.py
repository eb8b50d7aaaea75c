"""How days and moments are written where a page names no other form: the lists of the admin."""
