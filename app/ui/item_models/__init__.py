"""Models of tables: rows in, text, order and filters out."""
