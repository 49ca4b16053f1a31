"""Records and the one local file: SQL lives only here."""
