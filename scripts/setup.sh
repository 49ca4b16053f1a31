#!/bin/sh
# Makes .venv from the locked list: by uv where it can be had, else by pip from the same list; then puts the
# project itself in, needing nothing beyond that list. Usage: scripts/setup.sh PYTHON
set -eu

python=${1:?какой Python}
venv=.venv

if [ -x "$venv/bin/python" ] && ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
then
    echo "Прежняя среда $venv не работает; делаю её заново."
    rm -rf "$venv"
fi
if [ ! -x "$venv/bin/python" ]; then
    scripts/system-packages.sh venv "$python"
    echo "Делаю среду $venv ($("$python" --version))"
    "$python" -m venv "$venv"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
    "$@" >"$log" 2>&1 || { tail -n 40 "$log" >&2; return 1; }
}
pip="$venv/bin/python -m pip install -q --disable-pip-version-check --no-input"

if [ "${OPORA_INSTALLER:-uv}" = uv ] && $pip --require-hashes -r requirements/installer.lock >/dev/null 2>&1; then
    echo "Ставлю закреплённые пакеты (uv)"
    VIRTUAL_ENV="$PWD/$venv" quietly "$venv/bin/uv" pip sync -q --require-hashes requirements/dev.lock
else
    echo "Ставлю закреплённые пакеты (pip): это займёт минуту-другую"
    quietly $pip --require-hashes -r requirements/dev.lock
fi
quietly $pip --no-index --no-deps --no-build-isolation -e .
echo "Среда готова: $venv"
