#!/bin/sh
# The built programs check themselves: both must pass and say nothing on stderr. Usage: scripts/check-build.sh DIST
set -eu

dist=${1:?папка собранной программы}
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

for name in opora opora-cli; do
    program=$dist/$name
    echo "Проверяю $program"
    if ! QT_QPA_PLATFORM=offscreen "$program" --self-check 2>"$errors" </dev/null; then
        cat "$errors" >&2
        echo "$program: проверка не пройдена" >&2
        exit 1
    fi
    if [ -s "$errors" ]; then
        echo "$program пишет в stderr неожиданное:" >&2
        cat "$errors" >&2
        exit 1
    fi
done
"$dist/opora-cli" rules >/dev/null
du -sh "$dist"
