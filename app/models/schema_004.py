"""Step 4 of the schema: forms. Append-only, as every released step.

A definition itself is a reference text of the kind «form». A round is one sending of a form for a period; a case is
one subject's answers inside it, by one person; the state of a case is derived from its dates and answers. A metric
value that came from an accepted answer names its case and file; ``form_metric`` keeps what stood there before, so
that reopening gives it back.
"""

from __future__ import annotations

STEP_004 = """
CREATE TABLE form_subject (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    organisation_id INTEGER REFERENCES organisation(id),
    body_id INTEGER REFERENCES body(id),
    person_id INTEGER REFERENCES person(id),
    name TEXT,
    note TEXT,
    CHECK (organisation_id IS NOT NULL OR body_id IS NOT NULL OR person_id IS NOT NULL OR name <> '')
) STRICT;
CREATE INDEX form_subject_by_organisation ON form_subject(organisation_id, kind);

CREATE TABLE form_round (
    id INTEGER PRIMARY KEY,
    form_id TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    school_year INTEGER NOT NULL,
    title TEXT NOT NULL,
    due_on TEXT,
    letter TEXT,
    created_at TEXT NOT NULL,
    closed_on TEXT,
    note TEXT
) STRICT;
CREATE INDEX form_round_by_form ON form_round(form_id, school_year);

CREATE TABLE form_case (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES form_round(id),
    subject_id INTEGER NOT NULL REFERENCES form_subject(id),
    role TEXT NOT NULL DEFAULT 'self' CHECK (role IN ('self', 'expert', 'agreed')),
    person_id INTEGER REFERENCES person(id),
    author TEXT,
    version TEXT NOT NULL,
    due_on TEXT,
    sent_on TEXT,
    sent_to TEXT,
    received_on TEXT,
    returned_on TEXT,
    return_remark TEXT,
    accepted_on TEXT,
    accepted_by TEXT,
    approved_on TEXT,
    approved_act TEXT,
    reopened_on TEXT,
    reopen_reason TEXT,
    level TEXT,
    level_reason TEXT,
    conclusion TEXT,
    exempt TEXT,
    recommendation TEXT,
    decision TEXT
) STRICT;
CREATE INDEX form_case_by_round ON form_case(round_id, subject_id);
CREATE INDEX form_case_by_subject ON form_case(subject_id);

CREATE TABLE form_file (
    id INTEGER PRIMARY KEY,
    round_id INTEGER REFERENCES form_round(id),
    case_id INTEGER REFERENCES form_case(id),
    kind TEXT NOT NULL CHECK (kind IN ('workbook', 'reply')),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob(sha256),
    received_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('read', 'with_errors', 'refused', 'same')),
    author TEXT,
    problems TEXT,
    marked_sha256 TEXT REFERENCES blob(sha256)
) STRICT;
CREATE INDEX form_file_by_case ON form_file(case_id);
CREATE INDEX form_file_by_round ON form_file(round_id);

CREATE TABLE form_answer (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES form_case(id),
    item_id TEXT NOT NULL,
    raw TEXT NOT NULL,
    value TEXT,
    code TEXT,
    other TEXT,
    not_applicable INTEGER NOT NULL DEFAULT 0 CHECK (not_applicable IN (0, 1)),
    comment TEXT,
    confirmed INTEGER NOT NULL DEFAULT 1 CHECK (confirmed IN (0, 1)),
    file_id INTEGER REFERENCES form_file(id),
    sheet TEXT,
    cell TEXT,
    UNIQUE (case_id, item_id)
) STRICT;

CREATE TABLE form_evidence (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES form_case(id),
    item_id TEXT,
    title TEXT NOT NULL,
    file_name TEXT,
    sha256 TEXT REFERENCES blob(sha256),
    link TEXT,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX form_evidence_by_case ON form_evidence(case_id);

ALTER TABLE metric_value ADD COLUMN form_case_id INTEGER REFERENCES form_case(id);
ALTER TABLE metric_value ADD COLUMN form_file_id INTEGER REFERENCES form_file(id);

CREATE TABLE form_metric (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES form_case(id),
    item_id TEXT NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    metric TEXT NOT NULL,
    before TEXT,
    UNIQUE (case_id, item_id)
) STRICT;

CREATE TABLE survey_sheet (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES form_round(id),
    subject_id INTEGER NOT NULL REFERENCES form_subject(id),
    held_on TEXT,
    given_out INTEGER CHECK (given_out >= 0),
    note TEXT,
    import_file_id INTEGER REFERENCES form_file(id)
) STRICT;
CREATE INDEX survey_sheet_by_round ON survey_sheet(round_id);

CREATE TABLE survey_respondent (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX survey_respondent_by_sheet ON survey_respondent(sheet_id);

CREATE TABLE survey_answer (
    id INTEGER PRIMARY KEY,
    respondent_id INTEGER NOT NULL REFERENCES survey_respondent(id),
    item_id TEXT NOT NULL,
    raw TEXT NOT NULL,
    value TEXT,
    code TEXT,
    other TEXT,
    UNIQUE (respondent_id, item_id)
) STRICT;

CREATE TABLE survey_tally (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    item_id TEXT NOT NULL,
    choice TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    UNIQUE (sheet_id, item_id, choice)
) STRICT;

CREATE TABLE survey_remark (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    item_id TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER
) STRICT;
CREATE INDEX survey_remark_by_sheet ON survey_remark(sheet_id);

CREATE TABLE form_protocol (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES form_round(id),
    subject_id INTEGER NOT NULL REFERENCES form_subject(id),
    body_id INTEGER REFERENCES body(id),
    number TEXT,
    dated TEXT,
    place TEXT,
    decision TEXT,
    opinion TEXT,
    UNIQUE (round_id, subject_id)
) STRICT;

CREATE TABLE form_protocol_member (
    id INTEGER PRIMARY KEY,
    protocol_id INTEGER NOT NULL REFERENCES form_protocol(id),
    person_id INTEGER REFERENCES person(id),
    name TEXT NOT NULL,
    post TEXT,
    role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('chair', 'deputy', 'secretary', 'member', 'invited')),
    position INTEGER
) STRICT;
CREATE INDEX form_protocol_member_by_protocol ON form_protocol_member(protocol_id);

CREATE TABLE course_record (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    category TEXT NOT NULL,
    provider TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('retraining', 'upgrading')),
    people INTEGER NOT NULL CHECK (people >= 0),
    title TEXT,
    hours INTEGER CHECK (hours >= 0),
    ended_on TEXT,
    case_id INTEGER REFERENCES form_case(id),
    note TEXT
) STRICT;
CREATE INDEX course_record_by_year ON course_record(school_year, organisation_id);
CREATE INDEX course_record_by_case ON course_record(case_id) WHERE case_id IS NOT NULL;
"""
