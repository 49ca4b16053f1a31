"""Papers: from the list to a document, to PDF, Word and Excel, to the register of outgoing papers."""

from __future__ import annotations
