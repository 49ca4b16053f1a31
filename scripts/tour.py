"""The way of a new user without a window: demo file, list, papers, signature, verification, undo, pictures.

``python scripts/tour.py --out out`` leaves everything it made in that folder and says each command it gives.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.operations.trial_key import PASSWORD, SIGNER, throw_away_certificate
from app.selfcheck import write_book

RULE, YEAR = "rosobrnadzor-2022", "2026"
SCHOOL, LISTED = "edu971224", "edu971209"
BOOK = [
    ("Школа", "Код", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5"),
    ("СОШ с. Журавлиха", SCHOOL, 2026, "ВПР", "История", 6, 14, 5, 5, 3, 1),
]


class Tour:
    """Gives commands one after another and stops at the first that does not end as it must."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.db = out / "пример.opora"

    def say(self, text: str) -> None:
        sys.stdout.write(f"\n{text}\n")
        sys.stdout.flush()

    def command(self, *words: str | Path, may: tuple[int, ...] = (0,), show: int = 6) -> str:
        """Run ``opora`` with these words and return what it printed; at most ``show`` lines are shown."""
        given = [str(word) for word in words]
        sys.stdout.write(f"$ opora {shlex.join(given)}\n")
        sys.stdout.flush()
        done = subprocess.run(
            [sys.executable, "-m", "app", *given],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
            env=os.environ | {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        lines = (done.stdout + done.stderr).splitlines()
        for line in lines[:show]:
            sys.stdout.write(f"  {line[:160]}\n")
        if len(lines) > show:
            sys.stdout.write(f"  …и ещё строк: {len(lines) - show}\n")
        if done.returncode not in may:
            sys.stdout.flush()
            sys.stderr.write("\n".join(lines[-40:]) + f"\nКоманда закончилась с кодом {done.returncode}.\n")
            raise SystemExit(1)
        return done.stdout

    def start(self) -> None:
        self.say("Вымышленный район: 24 школы, три года результатов.")
        self.out.mkdir(parents=True, exist_ok=True)
        self.db.unlink(missing_ok=True)
        shutil.rmtree(self.out / "пример.backups", ignore_errors=True)
        self.command("new", self.db, "--name", "Лесогорский муниципальный округ", "--demo")

    def load(self) -> None:
        self.say("Загружается ещё один файл с результатами.")
        book = self.out / "история, 6 класс.xlsx"
        write_book(book, BOOK)
        self.command("import", book, "--db", self.db, "--as", "Методист")

    def identify(self) -> None:
        self.say("Какие школы в списке и почему.")
        self.command("identify", "--db", self.db, "--rule", RULE, "--year", YEAR, show=40)
        self.command("identify", "--db", self.db, "--rule", RULE, "--year", YEAR, "--school", LISTED)

    def papers(self) -> None:
        self.say("Список школ с основаниями: PDF, Word, Excel.")
        common = ("--db", self.db, "--rule", RULE, "--year", YEAR, "--as", "Методист")
        for suffix in ("docx", "xlsx"):
            self.command("report", "school-list", *common, "--out", self.out / f"список школ.{suffix}")
        self.command("report", "school-list", *common, "--out", self.out / "список школ.pdf", "--register")

    def sign(self) -> None:
        self.say(f"Подпись проверочным сертификатом «{SIGNER}».")
        p12, password = self.out / "проверочный сертификат.p12", self.out / "пароль проверочного сертификата.txt"
        p12.write_bytes(throw_away_certificate())
        password.write_text(PASSWORD + "\n", "utf-8")
        signed = self.out / "список школ (подписан).pdf"
        self.command(
            "sign", self.out / "список школ.pdf", "--p12", p12, "--password-file", password, "--out", signed,
            "--position", "Методист", "--db", self.db, "--as", "Методист",
        )  # fmt: skip
        self.say("Проверка подписи. Издатель проверочного сертификата никому не известен, код ответа 3.")
        self.command("verify", signed, "--db", self.db, may=(3,))

    def package(self) -> None:
        self.say("Проект приказа о рабочей группе: имена, основания и приложения — из файла.")
        self.command("order", "make", "group", "--db", self.db, "--as", "Методист")
        order = self.out / "приказ о рабочей группе.docx"
        self.command("paper", "make", "order_group", "--db", self.db, "--out", order, "--as", "Методист")
        self.say("Пакет наверх и его проверка. Сертификат проверочный, поэтому код ответа 3.")
        target = self.out / "пакет.zip"
        target.unlink(missing_ok=True)
        region = "Министерство образования"
        self.command("package", "make", "--db", self.db, "--to", region, "--out", target, "--as", "Методист")
        self.command("package", "check", target, may=(3,))

    def undo(self) -> None:
        self.say("Правка карточки школы и её отмена.")
        note = ("--note", "Позвонить директору", "--as", "Методист")
        self.command("school", "edit", "--db", self.db, SCHOOL, *note)
        self.command("undo", "--db", self.db, "--as", "Методист")
        self.command("history", "--db", self.db, "--limit", "5")

    def screens(self) -> None:
        self.say("Снимки окна.")
        self.command("screens", "--db", self.db, "--out", self.out / "screens", show=60)


def main() -> int:
    """Go the whole way, or a part of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--only-screens", action="store_true")
    parser.add_argument("--no-screens", action="store_true")
    chosen = parser.parse_args()
    tour = Tour(chosen.out)
    tour.start()
    if not chosen.only_screens:
        for step in (tour.load, tour.identify, tour.papers, tour.sign, tour.package, tour.undo):
            step()
    if not chosen.no_screens:
        tour.screens()
    tour.say(f"Готово. Всё лежит в папке {chosen.out}/; файл примера — {tour.db}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
