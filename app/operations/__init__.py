"""What a person can do: one file a subject; the window and the commands both call these."""
