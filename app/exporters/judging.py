"""From what was read about a signature to the verdict on it: the worst of its three examinations speaks.

Whether the signature lay in a PDF, beside a file or in an Excel book makes no difference here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.exporters import verdicts
from app.exporters.certificates import FOREIGN_ASN1_ERRORS, chain_words, has_qualified_marks
from app.exporters.cms_check import CmsFinding, is_russian, issuer_is_trusted
from app.exporters.gost_check import look
from app.exporters.pdf_coverage import Coverage
from app.exporters.verdicts import REVOCATION_NOTE, TIME_NOTE, Role, SignatureVerdict, Verdict

NOTHING = Coverage(False, "ничего", None, "", None)


@dataclass(frozen=True, slots=True)
class Judge:
    """What every signature of one run is judged with."""

    trust: tuple[Any, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read about one signature, before it is judged.

    Attributes:
        field: name of the signature field of a PDF.
        end: end of the signed region; signatures are told in this order.
        finding: the cryptography.
        coverage: the structure.
        time: claimed time of signing.
        others: certificates out of the container.
        role: the signer, a time service, or one who signed over another's signature.
        confirms: whose signature that was.
    """

    field: str | None
    end: int
    finding: CmsFinding
    coverage: Coverage
    time: datetime | None = None
    others: tuple[Any, ...] = ()
    role: Role = "signer"
    confirms: str | None = None


def verdict_on(evidence: Evidence, judge: Judge) -> SignatureVerdict:
    """Put the three examinations together: the worst one speaks."""
    finding, coverage, time = evidence.finding, evidence.coverage, evidence.time
    if finding.state == "empty":
        return SignatureVerdict("not_signed", finding.reason, field=evidence.field, scope=coverage.scope)
    facts = finding.facts
    candidates: list[tuple[Verdict, str]] = []
    if finding.state == "broken":
        candidates.append(("broken", finding.reason))
    if coverage.problem is not None:
        candidates.append((coverage.problem, coverage.reason))
    if finding.state == "unsupported":
        candidates.append(("unsupported_algorithm", finding.reason))
    if not candidates:
        candidates.append(_trust_verdict(evidence, judge))
    verdict, reason = min(candidates, key=lambda pair: verdicts.WORST_FIRST.index(pair[0]))
    state = facts.state_at(time, judge.now) if facts else None
    return SignatureVerdict(
        verdict=verdict,
        reason=reason,
        signer=facts.owner if facts else None,
        time=time.isoformat() if time else None,
        covers_whole_file=coverage.whole,
        changed_after=coverage.changed_after,
        scope=coverage.scope,
        certificate=state,
        serial=facts.serial if facts else None,
        issuer=facts.issuer if facts else None,
        valid_from=facts.valid_from.date().isoformat() if facts else None,
        valid_to=facts.valid_to.date().isoformat() if facts else None,
        position=facts.position if facts else None,
        organisation=facts.organisation if facts else None,
        field=evidence.field,
        notes=(*coverage.notes, *_notes(time, state, verdict, judge.now)),
        role=evidence.role,
        confirms=evidence.confirms,
        algorithm=finding.algorithm,
        checked_by=finding.checked_by,
        chain=chain_words(finding.certificate, evidence.others, judge.trust),
        qualified=has_qualified_marks(finding.certificate),
    )


def _trust_verdict(evidence: Evidence, judge: Judge) -> tuple[Verdict, str]:
    """Judge the person behind an intact signature."""
    facts, time = evidence.finding.facts, evidence.time
    if facts is None:
        return "valid_unknown_issuer", "Подпись цела, но сертификат подписавшего не читается."
    state = facts.state_at(time, judge.now)
    if state == "wrong_usage":
        return "valid_unknown_issuer", "Подпись цела, но сертификат не предназначен для подписи документов."
    if state == "expired_then":
        return "valid_unknown_issuer", "Подпись цела, но на время подписания сертификат не действовал."
    same = "после неё сделано только разрешённое" if evidence.coverage.changed_after else "документ не менялся"
    certificate = evidence.finding.certificate
    if issuer_is_trusted(certificate, evidence.others, judge.trust, time or judge.now, facts):
        return "valid", f"Подпись верна: {same}, издатель сертификата входит в доверенные."
    if is_russian(certificate) and judge.trust and look()[0] is None:
        return "valid_unknown_issuer", f"Подпись цела, {same}, но цепочку сертификатов ГОСТ здесь не проверить."
    unknown = f"Подпись цела, {same}, но издатель «{facts.issuer}» не входит в доверенные"
    return "valid_unknown_issuer", f"{unknown}: кто подписал, программа подтвердить не может."


def _notes(time: datetime | None, state: str | None, verdict: Verdict, now: datetime) -> tuple[str, ...]:
    notes = [TIME_NOTE if time else "Время подписания в подписи не указано."]
    if time and time > now:
        notes.append("Указанное время ещё не наступило: проверьте часы этого компьютера.")
    if state == "expired_now":
        notes.append("Срок сертификата уже закончился, но на время подписания он действовал.")
    if state == "expired_then":
        notes.append("На указанное время сертификат не действовал.")
    if verdict in {"valid", "valid_unknown_issuer"}:
        notes.append(REVOCATION_NOTE)
    return tuple(notes)


def signing_time(signer: Any) -> datetime | None:
    """Return when a signer of a container says to have signed, None where they say nothing readable."""
    try:
        for attribute in signer["signed_attrs"] or ():
            if attribute["type"].native == "signing_time":
                moment: datetime = attribute["values"][0].native
                return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except FOREIGN_ASN1_ERRORS:
        return None
    return None


def digest_of(name: str, data: bytes) -> bytes:
    """Return the digest of some bytes; ``name`` is one of ``cms_check.DIGESTS``."""
    from cryptography.hazmat.primitives import hashes
    from pyhanko_certvalidator.util import get_pyca_cryptography_hash

    hasher = hashes.Hash(get_pyca_cryptography_hash(name))
    hasher.update(data)
    return hasher.finalize()
