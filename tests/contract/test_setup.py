"""Setting up: what the scripts do on machines that lack something, tried with stand-ins for the system's commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.source import ROOT

TOOLS = ("sh", "bash", "cat", "dirname", "env", "mktemp", "rm", "tail", "mkdir", "touch")


class Machine:
    """A machine whose commands are what the test puts there, working in a copy of the scripts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commands = folder / "commands"
        self.commands.mkdir()
        self.log = folder / "log"
        self.log.write_text("", "utf-8")
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found
            (self.commands / tool).symlink_to(found)

    def put(self, name: str, body: str) -> Path:
        """Put a command there; it also writes down how it was called."""
        path = self.commands / name if "/" not in name else self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "{path.name} $*" >> "{self.log}"\n{body}\n', "utf-8")
        path.chmod(0o755)
        return path

    def run(self, script: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.folder / "scripts" / script), *words],
            cwd=self.folder,
            env={"PATH": str(self.commands), "LC_ALL": "C.UTF-8", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def called(self) -> str:
        return self.log.read_text("utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("answer", ["exit 1", "exit 127"])
def test_an_old_or_missing_python_is_named(machine: Machine, answer: str) -> None:
    machine.put("python3", f'[ "$1" = --version ] && echo "Python 3.9.2" || {answer}')
    done = machine.run("find-python.sh")
    assert done.returncode == 1
    assert "Нужен Python 3.11 или новее, а здесь: Python 3.9.2." in done.stderr
    assert "apt-get install python3" in done.stderr
    assert done.stdout == ""


def test_the_first_python_that_fits_is_taken(machine: Machine) -> None:
    machine.put("python3", "exit 1")
    machine.put("python3.12", "exit 0")
    assert machine.run("find-python.sh").stdout.strip() == str(machine.commands / "python3.12")
    chosen = machine.put("own/python", "exit 0")
    assert machine.run("find-python.sh", str(chosen)).stdout.strip() == str(chosen)


def _qt(machine: Machine) -> Path:
    """A Python whose Qt works once the packages are there."""
    return machine.put("venv/python", f'[ -e "{machine.folder}/installed" ]')


def test_nothing_is_installed_where_everything_is_there(machine: Machine) -> None:
    (machine.folder / "installed").touch()
    machine.put("apt-get", "exit 1")
    done = machine.run("system-packages.sh", "window", str(_qt(machine)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "apt-get" not in machine.called()


def test_root_installs_what_is_missing(machine: Machine) -> None:
    machine.put("id", "echo 0")
    machine.put("apt-get", f'[ "$1" = update ] || touch "{machine.folder}/installed"')
    done = machine.run("system-packages.sh", "offscreen", str(_qt(machine)))
    assert done.returncode == 0, done.stderr
    assert "apt-get update -qq" in machine.called()
    install = next(line for line in machine.called().splitlines() if line.startswith("apt-get install"))
    assert "--no-install-recommends" in install
    assert "libegl1" in install
    assert "libxcb-cursor0" not in install


def test_sudo_without_a_password_is_used(machine: Machine) -> None:
    machine.put("id", "echo 1000")
    machine.put("sudo", 'shift; [ "$1" = true ] || exec "$@"')
    machine.put("apt-get", f'[ "$1" = update ] || touch "{machine.folder}/installed"')
    done = machine.run("system-packages.sh", "window", str(_qt(machine)))
    assert done.returncode == 0, done.stderr
    assert "sudo -n apt-get update" in machine.called()
    assert "libxcb-cursor0" in machine.called()


@pytest.mark.parametrize("sudo", [None, "exit 1"])
def test_without_the_right_to_install_the_exact_command_is_printed(machine: Machine, sudo: str | None) -> None:
    machine.put("id", "echo 1000")
    machine.put("apt-get", "exit 0")
    if sudo:
        machine.put("sudo", sudo)
    done = machine.run("system-packages.sh", "offscreen", str(_qt(machine)))
    assert done.returncode == 1
    assert "\napt-get" not in machine.called()
    command = done.stderr.splitlines()[-1].strip()
    assert command == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfreetype6 libfontconfig1 libdbus-1-3"
    )


def test_a_system_without_apt_is_told_the_names(machine: Machine) -> None:
    done = machine.run("system-packages.sh", "offscreen", str(_qt(machine)))
    assert done.returncode == 1
    assert "libegl1" in done.stderr


def test_packages_that_do_not_help_are_not_called_a_success(machine: Machine) -> None:
    machine.put("id", "echo 0")
    machine.put("apt-get", "exit 0")
    done = machine.run("system-packages.sh", "offscreen", str(_qt(machine)))
    assert done.returncode == 1
    assert "всё ещё не работает" in done.stderr


def test_without_a_display_the_way_is_gone_without_a_window(machine: Machine) -> None:
    machine.put(".venv/bin/python", "exit 0")
    machine.put(".venv/bin/opora", "exit 0")
    done = machine.run("run.sh", "out")
    assert done.returncode == 0, done.stderr
    assert "Экрана здесь нет" in done.stdout
    assert machine.called() == "python scripts/tour.py --out out\n"


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_display_the_window_opens_on_the_example(machine: Machine, display: str) -> None:
    machine.put(".venv/bin/python", "exit 0")
    machine.put(".venv/bin/opora", '[ "$1" != new ] || touch "$2"')
    for _ in range(2):
        assert machine.run("run.sh", "out", **{display: ":0"}).returncode == 0
    opora = [line for line in machine.called().splitlines() if line.startswith("opora")]
    # the example is made once; the second time it is opened as the person left it
    assert [line.split()[1] for line in opora] == ["new", "out/demo.opora", "out/demo.opora"]


def test_the_makefile_explains_itself() -> None:
    make = shutil.which("make")
    assert make
    done = subprocess.run(
        [make, "--no-print-directory"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for word in ("run", "test", "bench", "build", "screens", "help"):
        assert any(line.split()[:1] == [word] for line in done.stdout.splitlines()), word
