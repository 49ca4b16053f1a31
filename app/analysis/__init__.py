"""Pure functions from frames to results with reasons."""
