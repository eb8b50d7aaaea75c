"""Those that answer the same questions over the same cables: ours, and what is measured beside it."""
