#!/bin/sh
# The window on the demo municipality; where there is no display, the same path without a window.
# Usage: scripts/run.sh OUT
set -eu

out=${1:-out}
bin=.venv/bin

if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo "Экрана здесь нет (DISPLAY и WAYLAND_DISPLAY не заданы), окно открыть негде."
    echo "Прохожу тот же путь без окна; бумаги и снимки окна останутся в папке $out/."
    exec "$bin/python" scripts/tour.py --out "$out"
fi

scripts/system-packages.sh window "$bin/python"
demo=$out/demo.opora
mkdir -p "$out"
if [ ! -e "$demo" ]; then
    "$bin/opora" new "$demo" --name "Лесогорский муниципальный округ" --demo
fi
exec "$bin/opora" "$demo"
