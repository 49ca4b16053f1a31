"""«Протокол проверки подписи»: what the check of a file said, in words a head of a department takes in at once.

The words of the verdicts stand here, so that the window, the command and the paper say the same. Our own wording;
the kinds of signatures and what they are worth: Federal law 63-ФЗ of 06.04.2011, articles 5 and 6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.reports.document import Block, Document, Executor, Fact, Facts, Heading, Meta, Note, Run
from app.reports.document import Paragraph as Words
from app.texts import NBSP, glue, ru_date, ru_moment

Tone = Literal["ok", "warn", "bad", "none"]


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """A verdict for a person: tone, the word on a chip, the big line, the sentence under it, what to do."""

    tone: Tone
    chip: str
    title: str
    sentence: str
    advice: str


REFUSE = "Не принимайте документ. Попросите прислать подписанный файл ещё раз."

VERDICTS: Mapping[str, VerdictWords] = {
    "valid": VerdictWords(
        "ok", "подпись верна", "Подпись верна",
        "Документ не менялся после подписания, подписавший подтверждён.", "Документ можно принимать.",
    ),
    "valid_unknown_issuer": VerdictWords(
        "warn", "подпись цела", "Документ цел, подписавший не подтверждён",
        "Документ не менялся после подписания, но кто выдал сертификат, здесь не подтвердить.",
        "Проверьте подписавшего на Госуслугах или добавьте его удостоверяющий центр в доверенные.",
    ),
    "unsupported_algorithm": VerdictWords(
        "warn", "не проверить здесь", "Здесь не проверяется",
        "Верна подпись или нет, эта программа на этом компьютере сказать не может.",
        "Проверьте документ там, где его подписывали, или на Госуслугах. До этого подписанным его не считайте.",
    ),
    "not_whole_file": VerdictWords(
        "bad", "подписан не весь файл", "Подписан не весь файл",
        "В файле есть то, чего подписавший не видел. Доверять нельзя.", REFUSE,
    ),
    "changed_after_signing": VerdictWords(
        "bad", "изменён", "Документ изменён после подписания",
        "То, что видно сейчас, подписавший не подписывал. Доверять нельзя.", REFUSE,
    ),
    "broken": VerdictWords(
        "bad", "подпись неверна", "Подпись неверна",
        "Подпись не от этого документа или документ изменён. Доверять нельзя.", REFUSE,
    ),
    "encrypted": VerdictWords(
        "bad", "зашифрован", "Файл зашифрован",
        "Файл закрыт паролем, поэтому подпись не прочитать.", "Снимите пароль и проверьте снова.",
    ),
    "damaged_file": VerdictWords(
        "bad", "файл не читается", "Проверить не удалось",
        "Файл не читается или в нём не хватает нужного.", "Попросите прислать файл ещё раз.",
    ),
    "not_signed": VerdictWords(
        "none", "не подписан", "Электронной подписи нет",
        "Кто подписал и не правили ли файл потом, по нему не узнать.",
        "Если подпись лежит рядом отдельным файлом .sig, выберите и его. Иначе попросите подписанный файл.",
    ),
}  # fmt: skip

ALONE = VerdictWords(
    "warn", "нужен документ", "Нужен сам документ",
    "Это отсоединённая подпись: самого документа в ней нет, поэтому сверять её не с чем. Подпись не повреждена.",
    "Положите рядом с подписью сам документ или выберите его кнопкой «Выбрать файл…».",
)  # fmt: skip
"""Of a detached signature without its document: its verdict is «damaged_file» (decision 31), but nothing is damaged."""

CERTIFICATES: Mapping[str, str] = {
    "ok": "действовал в день подписания",
    "expired_now": "действовал в день подписания, сейчас срок истёк",
    "expired_then": "не действовал в день подписания",
    "wrong_usage": "выдан не для подписи документов",
}

ROLES: Mapping[str, str] = {"signer": "Подпись", "time": "Метка времени", "counter": "Заверяющая подпись"}

QUALIFIED = (
    "По сертификату подпись квалифицированная. Такая равна собственноручной, если центр, который выдал сертификат, "
    "аккредитован и сертификат не отозван."
)
PLAIN = (
    "Усиленная неквалифицированная подпись. Она заменяет собственноручную, только если так решили закон или стороны."
)
UNCONFIRMED = "Пока подписавший не подтверждён, подпись показывает одно: документ не менялся."
NOTHING = "Ничего: такая подпись документ не заверяет."
UNKNOWN = "Неизвестно, пока подпись не проверят."


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature as it is told; empty where nothing is known.

    Attributes:
        verdict: key of ``VERDICTS``.
        facts: (name, value) in the order they are shown.
        notes: small print.
    """

    verdict: str
    role: str
    signer: str
    reason: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckData:
    """What a check gave.

    Attributes:
        file: name of the document.
        size: bytes.
        sha256: of the document.
        sig: name of the file of the signature; empty where it stands inside.
        verdict: key of ``VERDICTS``.
        reason: the sentence of the check itself.
        brief: (name, value): who, when, what is covered, what it is worth, what to do.
        signatures: each of them.
        uncovered: parts of an Office file that nobody signed.
        register: what the register of outgoing papers knows of this very file.
        checked_at: ISO moment of the check.
        checked_by: who had it checked.
        organisation: for the properties of the file.
        centres: how many certification centres are trusted here.
        alone: a detached signature came without its document.
    """

    file: str
    size: int
    sha256: str
    sig: str
    verdict: str
    reason: str
    brief: tuple[tuple[str, str], ...]
    signatures: tuple[SignatureLine, ...] = ()
    uncovered: tuple[str, ...] = ()
    register: str = ""
    checked_at: str = ""
    checked_by: str = ""
    organisation: str = ""
    centres: int = 0
    alone: bool = False


def words_of(verdict: str, *, alone: bool) -> VerdictWords:
    """Return how a verdict on a whole file is told.

    Args:
        verdict: key of ``VERDICTS``.
        alone: a detached signature came without its document.
    """
    return ALONE if alone else VERDICTS[verdict]


def worth(verdict: str, *, qualified: bool) -> str:
    """Return what a signature is worth."""
    if verdict == "valid":
        return QUALIFIED if qualified else PLAIN
    if verdict == "valid_unknown_issuer":
        return UNCONFIRMED
    return UNKNOWN if verdict == "unsupported_algorithm" else NOTHING


def without_field_names(text: str) -> str:
    """Return a sentence without the names of fields in brackets: «(clerk)» tells a person nothing."""
    return re.sub(r" \([\w ,.\-]*[A-Za-z][\w ,.\-]*\)", "", text)


def protocol(data: CheckData) -> Document:
    """Return «Протокол проверки электронной подписи»."""
    words = words_of(data.verdict, alone=data.alone)
    size = f"{data.size:,}".replace(",", NBSP)
    file = [Fact("Файл", data.file, bold=True), Fact("Размер", f"{size}{NBSP}байт"), Fact("SHA-256", data.sha256)]
    if data.sig:
        file.insert(1, Fact("Файл подписи", data.sig))
    if data.register:
        file.append(Fact("Журнал исходящих", data.register))
    blocks: list[Block] = [
        Words((Run(f"{words.title}. ", bold=True), Run(glue(words.sentence))), justified=False, indent=False),
    ]
    if data.reason and not data.signatures and data.verdict != "not_signed" and not data.alone:
        blocks.append(Words((Run(glue(data.reason)),), justified=False, indent=False))
    blocks += [Facts((tuple(Fact(name, glue(text)) for name, text in data.brief),)), Heading("Что проверено", 2),
               Facts((tuple(file),))]  # fmt: skip
    for number, one in enumerate(data.signatures, start=1):
        blocks += _signature(number, one)
    if data.uncovered:
        shown = ", ".join(data.uncovered[:12])
        blocks += [Heading("Подписью не покрыто", 2), Words((Run(shown),), justified=False, indent=False)]
    blocks.append(Note(_how(data)))
    if data.checked_by:
        blocks.append(Executor(f"Проверку сделал: {data.checked_by}"))
    return Document(
        title=("Протокол проверки электронной подписи",),
        meta=Meta(data.organisation, data.checked_at[:10], "Протокол проверки подписи"),
        blocks=tuple(blocks),
        provenance=glue(f"Проверено {ru_moment(data.checked_at)}. Файл «{data.file}»"),
    )


def _signature(number: int, one: SignatureLine) -> list[Block]:
    words = VERDICTS[one.verdict]
    title = f"{ROLES[one.role]} {number}: {one.signer or 'подписавший неизвестен'}"
    facts = (("Ответ", words.chip), *one.facts)
    blocks: list[Block] = [
        Heading(title, 2),
        Words((Run(glue(one.reason)),), justified=False, indent=False),
        Facts((tuple(Fact(name, glue(text)) for name, text in facts),)),
    ]
    return [*blocks, *(Note(glue(note)) for note in one.notes)]


def _how(data: CheckData) -> str:
    known = f"Доверенных удостоверяющих центров здесь: {data.centres}." if data.centres else (
        "Доверенных удостоверяющих центров здесь не задано."
    )  # fmt: skip
    return (
        f"Проверка сделана {ru_moment(data.checked_at)} без выхода в сеть: отзыв сертификатов не проверялся. {known} "
        "Протокол относится к файлу с указанной контрольной суммой SHA-256; любое изменение файла меняет её."
    )


def signature_facts(found: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return the facts of a signature, those that are known, in the order a person asks for them.

    Args:
        found: attributes of ``SignatureVerdict`` by name.
    """

    def text(key: str) -> str:
        value = found.get(key)
        return str(value) if value else ""

    time = f"{ru_moment(text('time'))} (по часам подписавшего)" if text("time") else ""
    start, end = text("valid_from"), text("valid_to")
    term = f"с {ru_date(start)} по {ru_date(end)}" if start and end else ""
    chain = found.get("chain") or ()
    links = " → ".join(str(one) for one in chain) if isinstance(chain, list | tuple) else ""
    pairs = [
        ("Когда", time),
        ("Должность", text("position")),
        ("Организация", text("organisation")),
        ("Что подписано", text("scope")),
        ("Что изменилось после", without_field_names(text("changed_after"))),
        ("Сертификат", CERTIFICATES.get(text("certificate"), "")),
        ("Срок сертификата", term),
        ("Кто за кого ручается", links or text("issuer")),
        ("Способ", text("algorithm")),
        ("Чем проверено", text("checked_by")),
        ("Номер сертификата", text("serial")),
    ]
    return tuple((name, value) for name, value in pairs if value)
