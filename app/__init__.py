"""«Опора»: the desktop workplace of a municipal methodist. Importing this package has no effects."""

__version__ = "0.1.0"
