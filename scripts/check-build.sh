#!/bin/sh
# The built programs check themselves: both must pass and say nothing on stderr; where Xvfb is, the window is painted
# on a screen, too, for Qt needs more libraries there. Usage: scripts/check-build.sh DIST
set -eu

dist=${1:?папка собранной программы}
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

check() {
    program=$1
    shift
    if ! "$@" "$program" --self-check 2>"$errors" </dev/null; then
        cat "$errors" >&2
        echo "$program: проверка не пройдена" >&2
        exit 1
    fi
    if [ -s "$errors" ]; then
        echo "$program пишет в stderr неожиданное:" >&2
        cat "$errors" >&2
        exit 1
    fi
}

for name in opora opora-cli; do
    echo "Проверяю $dist/$name"
    check "$dist/$name" env QT_QPA_PLATFORM=offscreen
done
if command -v xvfb-run >/dev/null 2>&1; then
    echo "Проверяю $dist/opora на экране (Xvfb)"
    check "$dist/opora" xvfb-run -a -s "-screen 0 1366x768x24" env QT_QPA_PLATFORM=xcb
else
    echo "На экране не проверено: нет xvfb-run (пакеты xvfb и xauth)."
fi
"$dist/opora-cli" rules >/dev/null
du -sh "$dist"
