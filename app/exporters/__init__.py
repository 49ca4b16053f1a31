"""Files out: PDF, Word, Excel, signatures."""
