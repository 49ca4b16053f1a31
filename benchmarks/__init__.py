"""The figures of the README: one command, each figure beside the bound it is measured against."""
