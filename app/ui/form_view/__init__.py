"""A form on the screen, made from its definition; it knows no page and no store."""
