"""The form engine; it does not know how answers are stored."""
