"""A school answers a request file: its own store, the reply, what the methodist sees of it, every refusal."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.forms import packet
from app.forms.loader import load
from app.forms.packet_records import open_request, seal_request
from app.models import forms as stored
from app.models.store import Store
from app.operations import (
    form_answers,
    form_receiving,
    form_rounds,
    forms,
    school_mode,
    school_replies,
    school_requests,
)
from tests.helpers.form_texts import CHECK_2
from tests.helpers.school_requests import (
    FILLER,
    POST,
    case_ids,
    content,
    first_round,
    municipality,
    request_file,
    resealed,
    seat,
)
from tests.helpers.stores import opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = municipality(tmp_path / "Лесогорск.opora")
    yield store
    store.close()


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with seat(monkeypatch, tmp_path / "профиль школы") as folder:
        yield folder


def answered(request: Path, out: Path, values: dict[str, str], *, proof: Path | None = None) -> Path:
    """Answer a request in school mode and return the reply."""
    begun = school_mode.begin(request, FILLER, POST)
    with opened(begun.path, actor=FILLER) as work:
        for asked in school_mode.request_of(work.connection).cases:
            for item, raw in values.items():
                form_answers.put(work, asked.case_id, item, raw)
            if proof is not None:
                form_answers.attach(work, asked.case_id, "3", proof)
        out.mkdir(exist_ok=True)
        path = out / school_replies.make(work.connection).name
        school_replies.save(work, path)
    return path


def line_of(office: Store, *paths: Path) -> form_receiving.Line:
    return form_receiving.preview(office.connection, paths).lines[-1]


def codes(line: form_receiving.Line) -> list[str]:
    return [one.code for one in line.problems]


RIGHT = {"1": "2", "2": "частично", "3": "0"}


# --- the request -------------------------------------------------------------------------------------------------


def test_a_request_says_everything_that_the_school_needs(office: Store, tmp_path: Path) -> None:
    path = request_file(office, tmp_path / "запросы")
    assert path.name == "СОШ № 3 — запрос 2026-27.opora-запрос"
    found = school_requests.show(path)
    assert (found.municipality, found.organisation, found.school_name) == (
        "Лесогорский округ", "Методический кабинет", "СОШ № 3",
    )  # fmt: skip
    assert (found.asker, found.phone) == ("Ракитина Елена Викторовна, методист", "8 (000) 123-45-67")
    assert (found.school_year, found.due_on, found.letter) == (2026, "2026-11-30", "Просим ответить до конца ноября.")
    assert [(one.id, one.version, len(one.digest)) for one in found.forms] == [("probe", "1.0", 64)]
    assert [one.case_id for one in found.cases] == case_ids(office)[:1]


def test_the_same_round_asked_again_is_the_same_request(office: Store, tmp_path: Path) -> None:
    first = school_requests.show(request_file(office, tmp_path / "1"))
    again = school_requests.show(request_file(office, tmp_path / "2"))
    other = school_requests.show(request_file(office, tmp_path / "3", case_ids(office)[1]))
    assert first.id == again.id
    assert other.id != first.id


def test_a_request_carries_prefilled_and_last_years_answers(office: Store, tmp_path: Path) -> None:
    first = case_ids(office)[0]
    for item, raw in RIGHT.items():
        form_answers.put(office, first, item, raw, comment="было" if item == "1" else None)
    form_rounds.accept(office, [first])
    refs = [
        stored.SubjectRef("school_programme", organisation_id=stored.subjects(office.connection)[0].organisation_id)
    ]
    key = form_rounds.start(office, "probe", 2027, refs)
    [line] = form_rounds.cases(office.connection, key)
    begun = school_mode.begin(request_file(office, tmp_path / "з", line.case.id), FILLER, POST)
    with opened(begun.path) as work:
        view = school_mode.work(work.connection).views[0]
        assert {item: (one.value, one.confirmed) for item, one in view.answers.answers.items()} == {
            "1": ("2", False), "2": ("1", False), "3": ("0", False),
        }  # fmt: skip
        assert view.last_school_year == 2026
        assert view.last_year is not None
        assert view.last_year.get("1").comment == "было"
        assert (view.progress.answered, view.progress.of) == (0, 3)
        form_answers.confirm(work, view.case.id)
        assert form_answers.case(work.connection, view.case.id).progress.done


def test_accepted_cases_are_not_asked_again(office: Store, tmp_path: Path) -> None:
    keys = case_ids(office)
    form_rounds.accept(office, keys[:1], anyway=True)
    written = school_requests.write(office.connection, keys, tmp_path / "з")
    assert [made.request.school_name for _path, made in written.files] == ["СОШ № 5"]
    assert written.left_out == ("СОШ № 3",)
    form_rounds.accept(office, keys[1:], anyway=True)
    with pytest.raises(UserError) as refused:
        school_requests.make(office.connection, keys)
    assert refused.value.code == "FORM_REQUEST_NOTHING"


def test_a_stopped_issue_leaves_nothing(office: Store, tmp_path: Path) -> None:
    out = tmp_path / "з"
    written = school_requests.write(office.connection, case_ids(office), out, lambda _name, done, _of: done < 1)
    assert written.stopped
    assert list(out.iterdir()) == []


# --- the work of the school --------------------------------------------------------------------------------------


def test_opening_the_same_request_goes_on(office: Store, tmp_path: Path) -> None:
    path = request_file(office, tmp_path / "з")
    with pytest.raises(UserError) as refused:
        school_mode.begin(path, " ", "")
    assert refused.value.code == "FORM_SCHOOL_NAME"
    begun = school_mode.begin(path, FILLER, POST)
    assert begun.new
    key = case_ids(office)[0]
    with opened(begun.path) as work:
        form_answers.put(work, key, "1", "2")
    again = school_mode.begin(path, "", "")
    assert (again.path, again.new, again.told) == (begun.path, False, ())
    assert school_mode.known_filler(path) == (FILLER, POST)
    with opened(again.path) as work:
        found = school_mode.work(work.connection)
        assert (found.filler, found.post, found.answered, found.of) == (FILLER, POST, 1, 3)


def test_a_newer_request_keeps_answers_and_brings_deadline_and_remark(
    office: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = case_ids(office)[0]
    old = request_file(office, tmp_path / "1")
    begun = school_mode.begin(old, FILLER, POST)
    with opened(begun.path) as work:
        form_answers.put(work, key, "1", "нечто")
        form_answers.put_draft(work, key, "2", "да, но")
    form_rounds.give_back(office, key, "Ответьте на первый пункт.")
    form_rounds.set_due(office, first_round(office), "2026-12-15")
    form_answers.put(office, key, "2", "1")
    form_answers.put(office, key, "3", "1")
    monkeypatch.setattr("app.operations.school_requests.now", lambda: "2099-01-01T00:00:00+00:00")
    newer = school_mode.begin(request_file(office, tmp_path / "2"), "", "")
    assert [one.code for one in newer.told] == ["FORM_SCHOOL_NEWER"]
    with opened(newer.path) as work:
        view = school_mode.work(work.connection).views[0]
        # what is typed here stays as it is, wrong or half-typed; only an empty item is filled
        assert {item: one.raw for item, one in view.answers.answers.items()} == {"1": "нечто", "3": "1"}
        assert view.drafts == {"2": "да, но"}
        assert (view.due_on, view.case.return_remark) == ("2026-12-15", "Ответьте на первый пункт.")
    older = school_mode.begin(old, "", "")
    assert [one.code for one in older.told] == ["FORM_SCHOOL_OLDER"]
    with opened(older.path) as work:
        assert school_mode.work(work.connection).views[0].due_on == "2026-12-15"


def test_a_newer_version_of_the_form_takes_the_answers_over(office: Store, tmp_path: Path) -> None:
    path = request_file(office, tmp_path / "1")
    begun = school_mode.begin(path, FILLER, POST)
    key = case_ids(office)[0]
    with opened(begun.path) as work:
        for item, raw in RIGHT.items():
            form_answers.put(work, key, item, raw)
    request = open_request(path)
    new = load(CHECK_2)
    form = replace(request.forms[0], version=new.version, digest=new.digest, text=new.text)
    case = replace(request.cases[0], version=new.version)
    newer = tmp_path / "новый.opora-запрос"
    newer.write_bytes(
        seal_request(replace(request, issued_at="2099-01-01T00:00:00+00:00", forms=(form,), cases=(case,)))
    )
    school_mode.begin(newer, "", "")
    with opened(begun.path) as work:
        view = school_mode.work(work.connection).views[0]
        assert view.form.version == "2.0"
        assert {item: one.value for item, one in view.answers.answers.items()} == {"1": "2", "2": "1", "third": "0"}


def test_a_killed_beginning_leaves_no_half_store(
    office: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = request_file(office, tmp_path / "з")

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("app.operations.school_mode._add", broken)
        with pytest.raises(RuntimeError):
            school_mode.begin(path, FILLER, POST)
    assert [one.name for one in school_mode.folder().iterdir()] == []
    assert school_mode.begin(path, FILLER, POST).new


def test_a_usual_store_is_no_work_of_a_school(office: Store) -> None:
    assert not school_mode.is_work(office.connection)
    with pytest.raises(UserError) as refused:
        school_mode.work(office.connection)
    assert refused.value.code == "FORM_REQUEST_NONE"


# --- the reply ---------------------------------------------------------------------------------------------------


def test_a_reply_says_who_and_when_and_what(office: Store, tmp_path: Path) -> None:
    proof = tmp_path / "приказ.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT, proof=proof)
    assert path.name.startswith("СОШ № 3 — ответ ")
    assert path.name.endswith(".opora-ответ")
    line = line_of(office, path)
    assert (line.state, line.subject, line.round) == ("ready", "СОШ № 3", "Проба")
    assert [(one.place, one.before, one.after) for one in line.changes] == [
        ("Пункт 1", "", "Да"), ("Пункт 2", "", "Частично"), ("Пункт 3", "", "Нет"),
    ]  # fmt: skip
    told = {one.code: one.message for one in line.problems}
    assert f"{FILLER}, {POST}" in told["FORM_REPLY_FROM"]
    assert "подтверждений: 1" in told["FORM_REPLY_PROOFS"]
    form_receiving.load(office, [line])
    view = form_answers.case(office.connection, case_ids(office)[0])
    assert {item: (one.raw, one.value) for item, one in view.answers.answers.items()} == {
        "1": ("2", "2"), "2": ("частично", "1"), "3": ("0", "0"),
    }  # fmt: skip
    [kept] = view.files
    assert (kept.kind, kept.outcome, kept.author) == ("reply", "read", f"{FILLER}, {POST}")
    [evidence] = view.evidence
    assert (evidence.item_id, evidence.title, evidence.file_name) == ("3", "приказ.pdf", "приказ.pdf")
    assert form_answers.evidence_file(office.connection, evidence.id) == ("приказ.pdf", b"%PDF-1.4 proof")
    form_rounds.accept(office, [view.case.id])


def test_the_reply_in_a_folder_is_found(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)
    assert [line.path for line in form_receiving.preview(office.connection, [path.parent]).lines] == [path]


def test_answers_with_faults_and_half_typed_ones_are_told(office: Store, tmp_path: Path) -> None:
    request = request_file(office, tmp_path / "з")
    begun = school_mode.begin(request, FILLER, POST)
    key = case_ids(office)[0]
    with opened(begun.path) as work:
        form_answers.put(work, key, "1", "вроде да")
        form_answers.put_draft(work, key, "2", "почти")
        made = school_replies.make(work.connection)
        assert [one.code for one in made.problems] == [
            "FORM_SCHOOL_TYPED", "ITEM_CHOICE", "ITEM_REQUIRED", "ITEM_REQUIRED",
        ]  # fmt: skip
        path = tmp_path / made.name
        school_replies.save(work, path)
        assert school_mode.work(work.connection).fresh
        form_answers.put(work, key, "1", "2")
        assert not school_mode.work(work.connection).fresh
    line = line_of(office, path)
    assert line.state == "with_errors"
    form_receiving.load(office, [line])
    assert form_answers.case(office.connection, key).answers.get("1").raw == "вроде да"


def test_the_same_reply_twice(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)
    copy = path.with_name("копия.opora-ответ")
    copy.write_bytes(path.read_bytes())
    lines = form_receiving.preview(office.connection, [path, copy]).lines
    assert [line.state for line in lines] == ["ready", "same"]
    form_receiving.load(office, [lines[0]])
    again = line_of(office, path)
    assert (again.state, codes(again)) == ("same", ["FORM_GET_SAME_FILE"])


def test_an_accepted_form_is_locked(office: Store, tmp_path: Path) -> None:
    request = request_file(office, tmp_path / "з")
    first = answered(request, tmp_path / "ответы", RIGHT)
    form_receiving.load(office, [line_of(office, first)])
    form_rounds.accept(office, case_ids(office)[:1])
    other = answered(request, tmp_path / "ответы 2", {"1": "0"})
    line = line_of(office, other)
    assert (line.state, codes(line)[0]) == ("locked", "FORM_GET_LOCKED")
    assert "Пункт 1" in line.problems[0].message


def test_an_old_version_is_revised_and_what_is_lost_is_named(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)
    text = (
        CHECK_2.replace('renamed = {3 = "third"}', 'renamed = {3 = "third"}\ndeleted = ["2"]')
        .replace(
            '    {id = "2", number = "2", kind = "choice", scale = "full", text = "Второй", not_applicable = true},\n',
            "",
        )
        .replace("most = 6", "most = 4")
        .replace("least = 4, most = 4", "least = 4, most = 4")
    )
    new = load(text)
    forms.save(office, new)
    key = first_round(office)
    with office.operation("Новая версия", "test") as operation:
        operation.update("form_round", key, version=new.version, digest=new.digest)
    line = line_of(office, path)
    assert line.state in {"ready", "with_errors"}
    assert codes(line)[:2] == ["FORM_GET_OLD_VERSION", "FORM_GET_LOST"]
    assert "Второй" in line.problems[1].message or "Пункт 2" in line.problems[1].message
    assert line.answers is not None
    assert line.answers.answers["third"].value == "0"


def test_another_municipality_is_refused(office: Store, tmp_path: Path) -> None:
    with municipality(tmp_path / "Озёрный.opora", name="Озёрный район") as other:
        path = answered(request_file(other, tmp_path / "з"), tmp_path / "ответы", RIGHT)
    line = line_of(office, path)
    assert (line.state, codes(line)[0]) == ("refused", "FORM_GET_MUNICIPALITY")


def test_the_wrong_school_is_asked_about(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)
    renamed = path.rename(path.with_name("СОШ № 5 — ответ.opora-ответ"))
    line = line_of(office, renamed)
    assert (line.state, codes(line)[0]) == ("ask", "FORM_GET_OTHER_SCHOOL")
    assert [option.text for option in line.options] == ["СОШ № 3, 2026/27", "СОШ № 5, 2026/27"]
    decided = form_receiving.preview(
        office.connection, [renamed], decisions={line.key: form_receiving.Decision(case_id=case_ids(office)[0])}
    ).lines[0]
    assert decided.subject == "СОШ № 3"


def test_a_school_that_is_not_asked_here(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)
    form_rounds.remove_cases(office, case_ids(office)[:1])
    line = line_of(office, path)
    assert (line.state, codes(line)[0]) == ("refused", "FORM_GET_NO_CASE")


# --- files that are not as they should be ------------------------------------------------------------------------


def test_a_tampered_reply_is_refused(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace("частично".encode(), "полно ть".encode()))
    line = line_of(office, path)
    assert (line.state, codes(line)) == ("refused", ["FORM_PACKET_CHANGED"])


def test_a_tampered_proof_is_refused(office: Store, tmp_path: Path) -> None:
    proof = tmp_path / "a.pdf"
    proof.write_bytes(b"12345")
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT, proof=proof)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, b"54321" if data == b"12345" else data)
    assert codes(line_of(office, path)) == ["FORM_PACKET_CHANGED"]


def test_a_proof_may_not_point_into_the_computer(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)

    def point(value: dict[str, object]) -> None:
        value["cases"][0]["proofs"] = [  # type: ignore[index]
            {"title": "плохо", "link": "file:///etc/hosts"}, {"title": "хорошо", "link": "https://school.example/a"},
        ]  # fmt: skip

    form_receiving.load(office, [line_of(office, resealed(path, "reply", point))])
    view = form_answers.case(office.connection, case_ids(office)[0])
    assert [(one.title, one.link) for one in view.evidence] == [("хорошо", "https://school.example/a")]


def test_a_value_that_the_form_does_not_know_is_not_believed(office: Store, tmp_path: Path) -> None:
    path = answered(request_file(office, tmp_path / "з"), tmp_path / "ответы", RIGHT)

    def lie(value: dict[str, object]) -> None:
        answers = value["cases"][0]["answers"]  # type: ignore[index]
        answers[0] |= {"raw": "сто", "value": "100"}
        answers.append({"item_id": "99", "raw": "лишнее"})

    line = line_of(office, resealed(path, "reply", lie))
    assert line.answers is not None
    assert (line.answers.get("1").value, line.answers.get("1").code) == (None, "ITEM_CHOICE")
    assert "99" in next(one.message for one in line.problems if one.code == "FORM_REPLY_ITEMS")


def test_a_request_dropped_as_a_reply_is_explained(office: Store, tmp_path: Path) -> None:
    line = line_of(office, request_file(office, tmp_path / "з"))
    assert codes(line) == ["FORM_PACKET_OTHER"]
    assert "в файле" in line.problems[0].message.casefold()


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        school_mode.read(path)
    assert len(refused.value.what.split(". ")) == 1
    return refused.value.code


def test_refusals_of_a_request(office: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = request_file(office, tmp_path / "з").read_bytes()
    path = tmp_path / "a.opora-запрос"
    assert refusal(path) == "GEN_FILE_MISSING"
    path.write_bytes(b"")
    assert refusal(path) == "FORM_PACKET_DAMAGED"
    path.write_bytes(good[: len(good) // 2])
    assert refusal(path) == "FORM_PACKET_DAMAGED"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(path) == "FORM_PACKET_DAMAGED"
    for text in (b"[]", b"{", b'{"format": "opora-request"}', b"[" * 100_000):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("request.json", text)
        assert refusal(path) == "FORM_PACKET_DAMAGED"
    path.write_bytes(good)
    assert refusal(resealed(path, "request", lambda value: value.update(format_version=2))) == "FORM_PACKET_NEWER"
    path.write_bytes(good)
    assert refusal(resealed(path, "request", lambda value: value.update(school_year="2026"))) == "FORM_PACKET_DAMAGED"
    path.write_bytes(good)
    assert refusal(resealed(path, "request", lambda value: value.update(cases=[]))) == "FORM_REQUEST_NOTHING"
    path.write_bytes(good)
    spoil = lambda value: value["forms"][0].update(text="id = 'probe'")  # noqa: E731
    assert refusal(resealed(path, "request", spoil)) == "FORM_REQUEST_FORM"
    path.write_bytes(good)
    assert refusal(resealed(path, "request", lambda value: value.update(forms=[]))) == "FORM_REQUEST_FORM"
    path.write_bytes(good)
    monkeypatch.setattr(packet, "LARGEST_FILE", 100)
    assert refusal(path) == "FORM_PACKET_BOMB"


def test_a_bomb_is_not_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "a.opora-запрос"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("request.json", bytes(packet.LARGEST_PART + 1))
    assert path.stat().st_size < 200_000
    assert refusal(path) == "FORM_PACKET_BOMB"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(packet.MOST_PARTS + 1):
            archive.writestr(f"files/{number}", b"")
    assert refusal(path) == "FORM_PACKET_BOMB"


def test_large_proofs_are_refused_before_they_are_sent(
    office: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = tmp_path / "большой.pdf"
    proof.write_bytes(bytes(30_000))
    request = request_file(office, tmp_path / "з")
    monkeypatch.setattr(packet, "LARGEST_PART", 20_000)
    with pytest.raises(UserError) as refused:
        answered(request, tmp_path / "ответы", RIGHT, proof=proof)
    assert refused.value.code == "FORM_PACKET_LARGE"
    assert not list((tmp_path / "ответы").iterdir())


def test_the_same_answers_make_the_same_bytes(office: Store, tmp_path: Path) -> None:
    begun = school_mode.begin(request_file(office, tmp_path / "з"), FILLER, POST)
    with opened(begun.path) as work:
        one, other = school_replies.make(work.connection), school_replies.make(work.connection)
        assert school_mode.content(one.reply.cases) == school_mode.content(other.reply.cases)
    path = tmp_path / "a.opora-ответ"
    path.write_bytes(one.data)
    assert content(path)["filler"] == FILLER
    assert school_replies.show(path) == one.reply
