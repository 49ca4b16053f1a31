"""The pictures of signing and of its check: a signed paper, every kind of answer, the protocol, whom we trust."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour

WAY, FORM = "p12", "beside"


def signed(tour: Tour, wizard: Any) -> None:
    """Sign the chosen paper with a key made for the picture, and show what came of it and its check."""
    from app.operations.trial_key import PASSWORD, throw_away_certificate

    key = tour.folder / "ключ.p12"
    key.write_bytes(throw_away_certificate())
    wizard.radios[WAY].setChecked(True)
    wizard.go_on()
    panel = wizard.act_pages[WAY]
    panel.path = key
    panel.name.setText(key.name)
    panel.password.setText(PASSWORD)
    panel.look()
    _shoot(tour, f"sign-{WAY}-certificate", wizard)
    panel.form.choose(FORM)
    document = wizard.document
    wizard.go_on()
    _shoot(tour, "sign-result", wizard)
    if wizard.signed_file is None or document is None:
        return
    name, signature = wizard.signed_file
    paths = tour.folder / document.name, tour.folder / name
    for path, data in zip(paths, (document.data, signature), strict=True):
        path.write_bytes(data)
    _answers(tour, *paths)


def _answers(tour: Tour, paper: Path, signature: Path) -> None:
    """Check it as it is, changed, and with nobody trusted; then the protocol and the trusted centres."""
    tour.window.go("verify", None)
    tour.wait()
    window: Any = tour.window.workspace.windows[-1]
    window.check(paper, signature)
    _shoot(tour, "verify-detached", window)
    window.printing.click()
    tour.wait()
    protocol = _child(window, "CheckPaperWindow")
    if protocol is not None:
        _shoot(tour, "verify-protocol", protocol)
        protocol.close()
    changed = tour.folder / f"Правленый {paper.name}"
    changed.write_bytes(paper.read_bytes() + b"\n%")
    window.check(changed, signature)
    _shoot(tour, "verify-bad", window)
    window.check(signature)
    _shoot(tour, "verify-alone", window)
    window.centres.click()
    tour.wait()
    centres = _child(window, "TrustedWindow")
    if centres is not None:
        _shoot(tour, "verify-centres", centres)
        centres.close()
    window.close()


def programs(tour: Tour, wizard: Any) -> None:
    """Show the commands of the outside programs."""
    wizard.show_programs("cryptcp")
    tour.wait()
    found = _child(wizard, "ProgramsWindow")
    if found is not None:
        _shoot(tour, "sign-programs", found)
        found.close()


def _child(window: Any, name: str) -> Any:
    """Return the visible window that another one has opened."""
    from PySide6.QtWidgets import QDialog

    return next((one for one in window.findChildren(QDialog) if type(one).__name__ == name and one.isVisible()), None)


def _shoot(tour: Tour, name: str, widget: Any) -> None:
    tour.wait()
    tour.shoot(name, widget)
