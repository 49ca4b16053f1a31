"""Protocols, tables and minimums of the state examinations."""
