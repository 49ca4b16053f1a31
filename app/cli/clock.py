"""The day of the person at the desk: the only clock of the commands, so that one test can stop it for all of them."""

from __future__ import annotations

import argparse
from datetime import date

from app import school_years


def today() -> date:
    """Return the user's own day."""
    return date.today()  # noqa: DTZ011 - the user's own calendar


def school_year_of(chosen: argparse.Namespace) -> int:
    """Return the school year that is asked for by ``--year``, else the present one."""
    return int(chosen.year) if chosen.year is not None else school_years.year_of(today())
