#!/bin/sh
# System libraries from Debian's or Ubuntu's packages. Installs only what is really missing: first it tries the
# thing itself, then asks apt; without the right to install it prints the exact command and fails.
#
# Usage: scripts/system-packages.sh venv|offscreen|window|checks [PYTHON]
#   venv       what «python -m venv» needs; PYTHON is the interpreter
#   offscreen  what Qt needs without a display; PYTHON is the one of .venv
#   window     what Qt needs for a real window, too; PYTHON is the one of .venv
#   checks     the programs that check our papers in tests: with them the list «здесь не проверено» is empty
set -eu

OFFSCREEN="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfreetype6 libfontconfig1 libdbus-1-3"
WINDOW="$OFFSCREEN libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libxkbcommon-x11-0"
CHECKS="xvfb xauth poppler-utils openssl libengine-gost-openssl libreoffice-writer-nogui libreoffice-calc-nogui
 default-jre-headless libpdfbox2-java libcommons-io-java libjaxb-api-java libactivation-java libbcprov-java
 libbcmail-java libbcpkix-java xmlsec1 softhsm2 python3-uno libnss3-tools
 unzip libreoffice-impress-nogui"

set_name=${1:?venv, offscreen, window или checks}
python=${2:-python3}

offscreen_works() {
    QT_QPA_PLATFORM=offscreen "$python" - >/dev/null 2>&1 <<'CODE'
from PySide6.QtWidgets import QApplication
QApplication([])
CODE
}

window_works() {
    # the plugin is loaded by name, as Qt does it, but without asking for a display
    offscreen_works && "$python" - >/dev/null 2>&1 <<'CODE'
import ctypes
from pathlib import Path

import PySide6.QtGui

ctypes.CDLL(str(Path(PySide6.QtGui.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
CODE
}

works() {
    case $set_name in
        venv) "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ;;
        offscreen) offscreen_works ;;
        window) window_works ;;
        checks) missing_of $CHECKS; [ -z "$missing" ] ;;
    esac
}

missing_of() {
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true) in
            *"ok installed"*) ;;
            *) missing="$missing $package" ;;
        esac
    done
}

packages() {
    case $set_name in
        venv)
            release='import sys; print("%d.%d" % sys.version_info[:2])'
            version=$("$python" -c "$release")
            # the system's own Python has python3-venv; another one beside it has a package of its own
            if [ "$version" = "$(/usr/bin/python3 -c "$release" 2>/dev/null || true)" ]; then
                echo python3-venv
            else
                echo "python$version-venv"
            fi
            ;;
        offscreen) echo $OFFSCREEN ;;
        window) echo $WINDOW ;;
        checks) echo $CHECKS ;;
        *) echo "неизвестный набор: $set_name" >&2; exit 2 ;;
    esac
}

if works; then
    exit 0
fi
list=$(packages)

if ! command -v apt-get >/dev/null 2>&1; then
    cat >&2 <<MESSAGE
Не хватает системных библиотек, а пакеты Debian и Ubuntu (apt-get) здесь не ставятся.
Поставьте средствами своей системы то же, что в Debian зовётся так:
    $list
MESSAGE
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    cat >&2 <<MESSAGE
Не хватает системных пакетов, а ставить их может только администратор. Выполните и повторите:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $list
MESSAGE
    exit 1
fi

echo "Ставлю системные пакеты ($set_name): $list"
# a package source that doesn't answer is no reason to stop: the package may be known already
$as_root apt-get update -qq || echo "Список пакетов не обновлён; пробую с прежним." >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $list >"$log" 2>&1
then
    tail -n 20 "$log" >&2
    echo "Пакеты не поставлены. Выполните сами: apt-get install --no-install-recommends $list" >&2
    exit 1
fi

if ! works; then
    echo "Пакеты поставлены, но набор «$set_name» всё ещё не работает." >&2
    case $set_name in
        offscreen | window) QT_QPA_PLATFORM=offscreen "$python" -c 'from PySide6.QtWidgets import QApplication' >&2 || true ;;
    esac
    exit 1
fi
