"""What LibreOffice thinks of signatures inside office files. Run by the system's Python, which has ``uno``.

Usage: ``python3 office_judge.py PIPE FILE…``; prints one line a signature: file, valid, status, signer.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path


def main(pipe: str, files: list[str]) -> None:
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:  # noqa: BLE001 - not up yet; its exceptions are made at run time
            time.sleep(0.5)
    manager = context.ServiceManager
    factory = manager.createInstanceWithContext("com.sun.star.embed.StorageFactory", context)
    for path in files:
        asked = PropertyValue()
        asked.Name, asked.Value = "StorageFormat", "ZipFormat"
        url = uno.systemPathToFileUrl(str(Path(path).resolve()))
        storage = uno.invoke(
            factory, "createInstanceWithArguments",
            ((url, 1, uno.Any("[]com.sun.star.beans.PropertyValue", (asked,))),),
        )  # fmt: skip
        judge = manager.createInstanceWithArgumentsAndContext(
            "com.sun.star.security.DocumentDigitalSignatures", ("1.2", True), context
        )
        for one in judge.verifyDocumentContentSignatures(storage, None):
            who = one.Signer.SubjectName if one.Signer else ""
            print(Path(path).name, one.SignatureIsValid, one.CertificateStatus, who, sep="\t")
        print(Path(path).name, "end", sep="\t")
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    desktop.terminate()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
