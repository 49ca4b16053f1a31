"""What each paper says: data becomes a Document."""
