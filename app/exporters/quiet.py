"""Keep the libraries that read strangers' files from talking to the terminal."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

TALKERS = ("pyhanko", "pyhanko_certvalidator", "pikepdf")


@contextmanager
def quiet() -> Iterator[None]:
    """Silence loggers and warnings of the PDF libraries while a foreign file is read.

    What they say there is about the file, not about us, and our verdict says it in Russian. The loggers stay
    silenced afterwards: they have no other audience.

    Names of signed attributes are completed here too: the library fixes its list when the first signature is read,
    and a list without «signing_certificate_v2» would make every later signing fail.
    """
    import asn1crypto.tsp  # noqa: F401 - for what its import adds to the names of attributes

    for name in TALKERS:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
        logger.propagate = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
