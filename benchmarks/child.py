"""The process in which one side of a figure runs; its last line is JSON with seconds and facts."""

from __future__ import annotations

import importlib
import json
import sys

from benchmarks.measure import NotBuiltError


def main() -> None:
    """Run ``benchmarks.MODULE.FUNCTION`` with JSON arguments."""
    module, function, arguments = sys.argv[1:4]
    try:
        seconds, facts = getattr(importlib.import_module(f"benchmarks.{module}"), function)(*json.loads(arguments))
    except NotBuiltError as error:
        print(json.dumps({"missing": str(error)}))
        return
    print(json.dumps({"seconds": seconds, "facts": facts}))


if __name__ == "__main__":
    main()
