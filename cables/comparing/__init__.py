"""Two forms of a cable, and what differs between them: fields, and words of the text."""
