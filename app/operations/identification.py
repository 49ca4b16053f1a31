"""Who is on the list and why: computing, correcting, approving (domain §3, decisions 11, 12, 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from app import clock
from app.errors import UserError
from app.models import lists, organisations, references, results
from app.models.journal import now
from app.models.lists import Approval, Correction
from app.models.organisations import School
from app.models.store import Connection, Store
from app.operations import list_cache
from app.operations.list_reading import Material, Reading, answer
from app.operations.schools import iso_date

if TYPE_CHECKING:
    from app.analysis.identification import Identification
    from app.analysis.reasons import Explanation
    from app.analysis.rule_model import Rule
    from app.analysis.verdicts import SchoolVerdict
    from app.operations.checks import Gate


@dataclass(frozen=True, slots=True)
class ListRow:
    """One school of a list.

    Attributes:
        verdict: what the rule answers.
        listed: what counts in the end: the answer or its correction.
        change: against the year before: «новая», «2-й год», «вышла из списка», "" where nothing is known.
        branch_labels: the true branches in Russian.
    """

    school_id: int
    code: str
    name: str
    full_name: str
    settlement: str | None
    verdict: SchoolVerdict
    listed: bool
    correction: Correction | None
    branch_labels: tuple[str, ...]
    change: str = ""


@dataclass(frozen=True, slots=True)
class ListTotals:
    """Counts under the table and in the paper."""

    schools: int
    listed: int
    not_listed: int
    no_data: int
    edge: int
    incomplete: int
    corrected: int


@dataclass(frozen=True, slots=True)
class SchoolList:
    """A list of a rule and a year, computed now or read from the frozen snapshot."""

    rule: Rule
    year: int
    rows: tuple[ListRow, ...]
    totals: ListTotals
    computed_at: str
    approval: Approval | None


def rules(connection: Connection | None = None) -> dict[str, Rule]:
    """Return the shipped rules with the file's own copies over them, by id."""
    from app.analysis.rules import load_shipped, parse_rule

    known = load_shipped()
    if connection is not None:
        newest: dict[str, tuple[int, ...]] = {}
        for ref_id, version, text in references.texts(connection, "rule"):
            number = tuple(int(part) for part in version.split("."))
            if number >= newest.get(ref_id, ()):
                newest[ref_id] = number
                known[ref_id] = parse_rule(text, ref_id)
    return known


def rule(connection: Connection | None, rule_id: str) -> Rule:
    """Return one rule.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    from app.analysis.rules import find_rule

    return find_rule(rule_id, rules(connection))


def compute(
    connection: Connection, rule_id: str, year: int, *, everyone: bool = False
) -> tuple[Rule, list[School], Identification]:
    """Answer a rule for a result year from the stored counts.

    Args:
        connection: reading connection.
        rule_id: id of a rule.
        year: result year.
        everyone: reference schools too (``--all``).

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    chosen = rule(connection, rule_id)
    schools, answers = compute_rule(connection, chosen, year, everyone=everyone)
    return chosen, schools, answers


def compute_rule(
    connection: Connection, chosen: Rule, year: int, *, everyone: bool = False, reading: Reading | None = None
) -> tuple[list[School], Identification]:
    """Answer a rule that need not stand in the file (a draft) for a result year.

    Args:
        connection: reading connection.
        chosen: the rule.
        year: result year.
        everyone: reference schools too.
        reading: what has been read for several years of this rule, own schools and others as in ``everyone``.
    """
    read = reading or Reading(connection, chosen, (year,), everyone=everyone)
    return list_cache.kept(
        connection, ("answers", chosen.digest, year, everyone),
        lambda: _answers(read.material(year), chosen, year),
        lambda made: len(made[0]),
    )  # fmt: skip


def _answers(read: Material, chosen: Rule, year: int) -> tuple[list[School], Identification]:
    return list(read.schools), answer(read, chosen, year)


def school_list(
    connection: Connection, rule_id: str, year: int, *, everyone: bool = False, with_change: bool = True,
    anew: bool = False,
) -> SchoolList:  # fmt: skip
    """Return the list: the frozen one where it is approved, else computed with its corrections.

    Args:
        connection: reading connection.
        rule_id: id of a rule.
        year: result year.
        everyone: reference schools too.
        with_change: say of each school what changed against the years before.
        anew: what the rule answers now, also where a list is approved.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    approval = None if anew else lists.approval_in_force(connection, rule_id, year)
    if approval is not None and not everyone:
        return _from_snapshot(connection, approval)
    chosen = rule(connection, rule_id)
    return list_cache.kept(
        connection, ("list", rule_id, chosen.digest, year, everyone, with_change),
        lambda: _computed_list(connection, chosen, year, everyone=everyone, with_change=with_change),
        lambda made: 2 * len(made.rows),
    )  # fmt: skip


def _computed_list(
    connection: Connection, chosen: Rule, year: int, *, everyone: bool, with_change: bool
) -> SchoolList:  # fmt: skip
    known = set(results.years(connection)) if with_change else set()
    looked_at = {year, *({year - 1, year - 2} & known)}
    own = Reading(connection, chosen, looked_at, everyone=False)
    schools, answers = compute_rule(connection, chosen, year, everyone=everyone, reading=None if everyone else own)
    corrected = lists.corrections(connection, chosen.id, year)
    labels = {branch.id: branch.label for branch in chosen.branches}
    rows = [
        _row(school, verdict, corrected.get(school.id), labels)
        for school, verdict in zip(schools, answers.rows(), strict=True)
    ]
    if with_change:
        rows = list(_with_change(own, year, rows))
    return SchoolList(chosen, year, tuple(rows), totals(rows), now(), None)


def _row(school: School, verdict: SchoolVerdict, correction: Correction | None, labels: dict[str, str]) -> ListRow:
    listed = (correction.verdict if correction else verdict.verdict) == "listed"
    return ListRow(
        school_id=school.id,
        code=school.code,
        name=school.shown,
        full_name=school.name,
        settlement=school.settlement,
        verdict=verdict,
        listed=listed,
        correction=correction,
        branch_labels=tuple(labels[branch] for branch in verdict.branches),
    )


def totals(rows: Iterable[ListRow]) -> ListTotals:
    """Count a list; a corrected school counts by its correction, an edge only where nothing was corrected."""
    found = list(rows)
    plain = [row for row in found if row.correction is None]
    return ListTotals(
        schools=len(found),
        listed=sum(row.listed for row in found),
        not_listed=sum(not row.listed and (row.correction is not None or row.verdict.verdict == "not_listed")
                       for row in found),
        no_data=sum(row.verdict.verdict == "no_data" for row in plain),
        edge=sum(row.verdict.edge for row in plain),
        incomplete=sum(row.verdict.incomplete for row in plain),
        corrected=len(found) - len(plain),
    )  # fmt: skip


def _listed_before(reading: Reading, year: int) -> dict[int, bool]:
    """Return school → listed of a year before; empty where that year has no results."""
    connection, rule_id = reading.connection, reading.chosen.id
    if year not in results.years(connection):
        return {}
    if lists.approval_in_force(connection, rule_id, year) is not None:
        found = school_list(connection, rule_id, year, with_change=False)
        return {row.school_id: row.listed for row in found.rows if row.verdict.verdict != "no_data" or row.correction}
    from app.analysis.verdicts import VERDICTS

    schools, answers = compute_rule(connection, reading.chosen, year, reading=reading)
    listed, no_data = VERDICTS.index("listed"), VERDICTS.index("no_data")
    known = {
        school.id: code == listed
        for school, code in zip(schools, answers.columns.verdict.tolist(), strict=True)
        if code != no_data
    }
    corrected = lists.corrections(connection, rule_id, year)
    ours = {school.id for school in schools}
    return known | {key: made.verdict == "listed" for key, made in corrected.items() if key in ours}


def _with_change(reading: Reading, year: int, rows: list[ListRow]) -> Iterator[ListRow]:
    """Say what changed against the years before, as far back as the school was listed."""
    history = []
    for back in (1, 2):
        before = _listed_before(reading, year - back)
        if not before:
            break
        history.append(before)
    for row in rows:
        change = _change(row, history)
        yield replace(row, change=change) if change else row


def _change(row: ListRow, history: list[dict[int, bool]]) -> str:
    if not history or row.school_id not in history[0]:
        return ""
    if not row.listed:
        return "вышла из списка" if history[0][row.school_id] and row.verdict.verdict != "no_data" else ""
    running = 1
    for before in history:
        if not before.get(row.school_id):
            break
        running += 1
    return "новая" if running == 1 else f"{running}-й год"


def explain(connection: Connection, rule_id: str, year: int, row: ListRow) -> Explanation:
    """Return in words why a school is on the list or not."""
    from app.analysis.reasons import explain as words

    approval = lists.approval_in_force(connection, rule_id, year)
    chosen = _frozen_rule(lists.snapshot(connection, approval.snapshot_id)) if approval else rule(connection, rule_id)
    return words(row.verdict, chosen, year)


def origin(connection: Connection, school_id: int, year: int) -> list[results.StoredMark]:
    """Return the stored counts of a school with file, sheet and rows: «Откуда это?»."""
    return [m for m in results.marks(connection, organisation_id=school_id) if year - 2 <= m.year <= year]


# --- corrections and approval ----------------------------------------------------------------------------------


def refuse_if_approved(connection: Connection, rule_id: str, year: int) -> None:
    """Refuse to touch a list that is approved.

    Raises:
        UserError: ``GEN_APPROVED`` naming the order.
    """
    approval = lists.approval_in_force(connection, rule_id, year)
    if approval is not None:
        from app.texts import ru_date

        raise UserError("GEN_APPROVED", year=year, date=ru_date(approval.order_date), number=approval.order_number)


def correct(store: Store, rule_id: str, year: int, school_id: int, verdict: str | None, reason: str) -> None:
    """Correct the answer for a school, with a reason; ``verdict=None`` takes a correction back.

    Raises:
        UserError: ``GEN_REASON_NEEDED``, ``GEN_APPROVED``, ``GEN_NO_SCHOOL``, ``RULE_NOT_FOUND``.
    """
    rule(store.connection, rule_id)
    refuse_if_approved(store.connection, rule_id, year)
    school = organisations.get(store.connection, school_id)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    if verdict is not None and not reason.strip():
        raise UserError("GEN_REASON_NEEDED")
    words = {"listed": "включена в список", "not_listed": "исключена из списка", None: "поправка снята"}[verdict]
    with store.operation(f"Поправка: «{school.shown}» {words}", "list.correct") as operation:
        if verdict is not None:
            lists.put_correction(operation, rule_id, year, school_id, verdict, reason.strip(), store.actor)
            return
        present = lists.corrections(store.connection, rule_id, year).get(school_id)
        if present is not None:
            operation.delete("list_correction", present.id)


def approve(
    store: Store, rule_id: str, year: int, *, order_number: str, order_date: str, issuer: str = "", protocol: str = ""
) -> Approval:
    """Approve a list: it is frozen as canonical JSON with its SHA-256 and never changes again (decision 17).

    Its agreement, protocol and road map are frozen with it, as far as they have come: what is missing that day is
    frozen too, the person decides whether it matters.

    Args:
        store: the open file.
        rule_id: of the list.
        year: result year of the list.
        order_number: of the order.
        order_date: of the order, as typed.
        issuer: whose order it is, in the genitive.
        protocol: how the list names the protocol; the stored protocol where nothing is given.

    Raises:
        UserError: ``GEN_APPROVED`` if it is approved already, ``GEN_BAD_DATE``, ``GEN_REASON_NEEDED`` without a
            number of the order, ``GEN_NO_YEARS`` where the year has no results, ``DATA_BLOCKS_LIST`` where figures
            that decide can't be true.
    """
    refuse_if_approved(store.connection, rule_id, year)
    if not order_number.strip():
        raise UserError("GEN_ORDER_NUMBER")
    day = iso_date(order_date)
    if year not in results.years(store.connection):
        raise UserError("GEN_NO_YEARS", year=year)
    found = school_list(store.connection, rule_id, year)
    from app.operations.checks import told

    gate = gate_of(store.connection, found)
    if not gate.free:
        raise UserError("DATA_BLOCKS_LIST", number=len(gate.blockers), first=gate.blockers[0].message)
    from app.models import agreement as stored
    from app.operations import agreement

    words = protocol.strip() or agreement.protocol_words(stored.protocol(store.connection, rule_id, year))
    order = {"number": order_number.strip(), "date": day, "issuer": issuer.strip(), "protocol": words}
    agreed = agreement.to_freeze(store.connection, rule_id, year, clock.today())
    frozen = _frozen(found, order, told(gate.explained)) | {"agreement": agreed}
    label = f"Утверждён список за {year} год, приказ № {order['number']}"
    with store.operation(label, "list.approve", reversible=False) as operation:
        snapshot_id, _digest = lists.freeze(store.connection, "school_list", frozen)
        operation.insert(
            "list_approval", rule_id=rule_id, result_year=year, order_number=order["number"], order_date=day,
            issuer=order["issuer"], snapshot_id=snapshot_id, approved_at=now(), actor=store.actor,
        )  # fmt: skip
    approval = lists.approval_in_force(store.connection, rule_id, year)
    if approval is None:
        raise RuntimeError("the approval just written is not there")
    return approval


def gate_of(connection: Connection, found: SchoolList) -> Gate:
    """Return what the checks of the data say about the figures of a list, hints left out."""
    from app.operations.checks import before_report

    return before_report(
        connection, result_years=found.rule.years(found.year), school_ids=[row.school_id for row in found.rows]
    )


def explanations(connection: Connection, found: SchoolList) -> list[str]:
    """Return what has been explained about the figures, as lines of a paper: as frozen, or as it stands now."""
    if found.approval is not None:
        return list(lists.snapshot(connection, found.approval.snapshot_id).get("explanations", ()))
    from app.operations.checks import told

    return told(gate_of(connection, found).explained)


def cancel_approval(store: Store, rule_id: str, year: int, reason: str) -> None:
    """End an approval by its reverse operation; the snapshot stays.

    Raises:
        UserError: ``GEN_REASON_NEEDED``, ``GEN_NOT_APPROVED``.
    """
    if not reason.strip():
        raise UserError("GEN_REASON_NEEDED")
    approval = lists.approval_in_force(store.connection, rule_id, year)
    if approval is None:
        raise UserError("GEN_NOT_APPROVED", year=year)
    with store.operation(f"Отменено утверждение списка за {year} год", "list.unapprove", reversible=False) as operation:
        operation.update(
            "list_approval", approval.id, state="cancelled", cancelled_at=now(), cancel_reason=reason.strip()
        )


def approvals(connection: Connection) -> list[Approval]:
    """Return all approvals, newest first, cancelled ones too."""
    return lists.approvals(connection)


def _frozen(found: SchoolList, order: dict[str, str], explanations: list[str]) -> dict[str, Any]:
    """Return what is frozen: rule, figures, corrections, explanations, order. Nothing is computed again later."""
    from app.analysis.reasons import explain as words

    return {
        "format": 2,
        "kind": "school_list",
        "rule": {name: getattr(found.rule, name) for name in ("id", "version", "digest", "text")},
        "year": found.year,
        "computed_at": found.computed_at,
        "order": order,
        "explanations": explanations,
        "totals": asdict(found.totals),
        "schools": [
            {
                "school_id": row.school_id,
                "code": row.code,
                "name": row.name,
                "full_name": row.full_name,
                "settlement": row.settlement,
                "listed": row.listed,
                "change": row.change,
                "branch_labels": list(row.branch_labels),
                "correction": asdict(row.correction) if row.correction else None,
                "verdict": asdict(row.verdict),
                "why": words(row.verdict, found.rule, found.year).paragraph,
            }
            for row in found.rows
        ],
    }  # fmt: skip


def _frozen_rule(frozen: dict[str, Any]) -> Rule:
    from app.analysis.rules import parse_rule

    return parse_rule(frozen["rule"]["text"], frozen["rule"]["id"])


def _from_snapshot(connection: Connection, approval: Approval) -> SchoolList:
    frozen = lists.snapshot(connection, approval.snapshot_id)
    rows = tuple(
        ListRow(
            school_id=item["school_id"],
            code=item["code"],
            name=item["name"],
            full_name=item["full_name"],
            settlement=item["settlement"],
            verdict=_verdict(item["verdict"]),
            listed=item["listed"],
            correction=Correction(**item["correction"]) if item["correction"] else None,
            branch_labels=tuple(item["branch_labels"]),
            change=item["change"],
        )
        for item in frozen["schools"]
    )
    return SchoolList(
        _frozen_rule(frozen), frozen["year"], rows, ListTotals(**frozen["totals"]), frozen["computed_at"], approval
    )


def _verdict(item: dict[str, Any]) -> SchoolVerdict:
    """Bring a frozen verdict back to life."""
    from app.analysis import verdicts as v

    def step(raw: dict[str, Any]) -> v.EdgeStep:
        return v.EdgeStep(v.ResultFraction(**raw["fraction"]) if raw["fraction"] else None, raw["change"])

    made: dict[str, Any] = dict(item)
    for name in ("branches", "true_branches", "unknown_branches"):
        made[name] = tuple(item[name])
    made["fractions"] = tuple(v.ResultFraction(**raw) for raw in item["fractions"])
    made["worst"] = v.ResultFraction(**item["worst"]) if item["worst"] else None
    made["to_leave"] = tuple(
        v.LeaveStep(v.ResultFraction(**raw["fraction"]), raw["fewer"], raw["allowed"]) for raw in item["to_leave"]
    )
    made["edge_steps"] = tuple(step(raw) for raw in item["edge_steps"])
    made["missing"] = tuple(v.Missing(**raw) for raw in item["missing"])
    made["quality"] = tuple(v.QualityFraction(**raw) for raw in item["quality"])
    # lists frozen before criteria looked at metrics have none
    made["metrics"] = tuple(v.MetricFraction(**raw) for raw in item.get("metrics", ()))
    made["gaps"] = tuple(v.GapFraction(**raw) for raw in item.get("gaps", ()))
    made["indices"] = tuple(v.IndexPlace(**raw) for raw in item.get("indices", ()))
    made["ranking"] = v.Ranking(**item["ranking"]) if item["ranking"] else None
    return v.SchoolVerdict(**made)


def put_rule(store: Store, text: str) -> Rule:
    """Keep the file's own rule or a newer version of a shipped one.

    Raises:
        UserError: ``RULE_FAULTS`` with every fault.
    """
    from app.operations import rules as own

    return own.put_text(store, text)
