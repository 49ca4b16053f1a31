"""Files in: foreign tables become plain rows with their origin."""
