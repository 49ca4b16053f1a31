"""The whole way — import, report, sign, verify — goes without any connection beyond the machine (decision 36)."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.helpers import outside
from tests.helpers.source import ROOT

# loaded by every interpreter that starts with this folder on its path, the reading child too
GUARD = textwrap.dedent(
    """
    import ipaddress, os, sys

    LOG = os.environ["OPORA_TEST_NETWORK_LOG"]
    ASKED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
             "socket.gethostbyaddr"}

    def outside(event, arguments):
        address = arguments[1] if event in {"socket.connect", "socket.sendto", "socket.sendmsg"} else arguments[0]
        if address is None or isinstance(address, (str, bytes)) and event == "socket.connect":
            return False
        host = address[0] if isinstance(address, tuple) else address
        if isinstance(host, bytes):
            host = host.decode()
        try:
            return not ipaddress.ip_address(host.split("%")[0]).is_loopback
        except ValueError:
            return host not in {"localhost", ""}

    def watch(event, arguments):
        if event in ASKED and outside(event, arguments):
            with open(LOG, "a", encoding="utf-8") as log:
                log.write(f"{event} {arguments[1:] if event != 'socket.getaddrinfo' else arguments!r}\\n")
            raise ConnectionRefusedError("no network in this test")

    sys.addaudithook(watch)
    """
)


CONNECT = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process refuses to connect anywhere and writes down that it was asked."""
    folder = tmp_path / "guard"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD, "utf-8")
    (tmp_path / "asked.log").write_text("", "utf-8")
    return os.environ | {"PYTHONPATH": str(folder), "OPORA_TEST_NETWORK_LOG": str(tmp_path / "asked.log")}


def _asked(environment: dict[str, str]) -> str:
    return Path(environment["OPORA_TEST_NETWORK_LOG"]).read_text("utf-8")


def _run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


@pytest.mark.parametrize(
    "code",
    [
        CONNECT,
        "import socket; socket.getaddrinfo('example.invalid', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://example.invalid/')",
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CONNECT!r}])",
    ],
)
def test_the_guard_sees_a_connection(guarded: dict[str, str], code: str) -> None:
    """Without this the test below would prove nothing. The guard refuses before anything leaves the process."""
    _run(guarded, sys.executable, "-c", code)
    assert "socket." in _asked(guarded)


def test_the_guard_lets_the_machine_talk_to_itself(guarded: dict[str, str]) -> None:
    code = "import asyncio, socket; asyncio.run(asyncio.sleep(0)); socket.getaddrinfo('127.0.0.1', 80)"
    done = _run(guarded, sys.executable, "-c", code)
    assert (done.returncode, _asked(guarded)) == (0, "")


def _tour(tmp_path: Path) -> list[str]:
    return [sys.executable, str(ROOT / "scripts/tour.py"), "--out", str(tmp_path / "out"), "--no-screens"]


@pytest.mark.slow
def test_the_whole_way_asks_for_no_connection(guarded: dict[str, str], tmp_path: Path) -> None:
    done = _run(guarded, *_tour(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out" / "список школ (подписан).pdf").stat().st_size > 10_000
    assert _asked(guarded) == ""


if outside.needs("unshare"):

    @pytest.mark.slow
    def test_the_whole_way_goes_on_a_machine_without_a_network(tmp_path: Path) -> None:
        done = _run(dict(os.environ), "unshare", "-rn", *_tour(tmp_path))
        assert done.returncode == 0, done.stdout + done.stderr
