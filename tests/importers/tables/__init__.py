"""Tables nobody knows beforehand."""
