#!/bin/sh
# Prints the Python that the environment is made with: 3.11 or newer, the one asked for first.
# Usage: scripts/find-python.sh [PYTHON]
set -eu

for candidate in "${1:-}" python3 python3.13 python3.12 python3.11 python3.14 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done

found=$(python3 --version 2>/dev/null || echo 'Python не найден')
cat >&2 <<MESSAGE
Нужен Python 3.11 или новее, а здесь: $found.
Debian 12 и новее, Ubuntu 24.04 и новее:  apt-get install python3 python3-venv
Ubuntu 22.04:                             apt-get install python3.11 python3.11-venv
Если он стоит в особом месте, назовите его:  make run PYTHON=/путь/к/python3.11
MESSAGE
exit 1
