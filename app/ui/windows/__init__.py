"""Wizards and dialogs."""
