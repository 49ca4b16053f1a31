"""The tables of one ``*.opora`` file, step by step. Append-only: a released step is never edited.

Every journaled table has ``id INTEGER PRIMARY KEY`` and holds whole numbers or exact text, never REAL, so that
the journal can bring a row back bit for bit (decision 14).
"""

from __future__ import annotations

APPLICATION_ID = 0x4F505241  # «OPRA»

STEP_001 = """
CREATE TABLE file_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    reversible INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'discarded')),
    merge_key TEXT,
    undone_at TEXT,
    undone_order INTEGER
) STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation(id),
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    row_last INTEGER,
    action TEXT NOT NULL CHECK (action IN ('I', 'U', 'D', 'B')),
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX journal_by_operation ON journal(operation_id);
CREATE INDEX journal_by_row ON journal(table_name, row_key);

CREATE TABLE journal_redo (
    id INTEGER PRIMARY KEY,
    journal_id INTEGER NOT NULL REFERENCES journal(id),
    row TEXT NOT NULL
) STRICT;
CREATE INDEX journal_redo_by_entry ON journal_redo(journal_id);

CREATE TABLE journal_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    operation_id INTEGER,
    recording INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO journal_state(id, operation_id, recording) VALUES (1, NULL, 1);

CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('country', 'region', 'municipality')),
    name TEXT NOT NULL,
    code TEXT,
    parent_id INTEGER REFERENCES area(id),
    own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX area_by_code ON area(code) WHERE code IS NOT NULL;

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'school' CHECK (kind IN ('school', 'kindergarten', 'extra', 'service', 'partner')),
    name TEXT NOT NULL,
    short_name TEXT,
    school_type TEXT,
    area_id INTEGER REFERENCES area(id),
    settlement TEXT,
    settlement_kind TEXT CHECK (settlement_kind IN ('city', 'town', 'village')),
    address TEXT,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed', 'reorganised', 'suspended')),
    own INTEGER NOT NULL DEFAULT 1 CHECK (own IN (0, 1)),
    duplicate_of INTEGER REFERENCES organisation(id),
    position INTEGER
) STRICT;
CREATE INDEX organisation_by_area ON organisation(area_id);
CREATE INDEX organisation_by_duplicate ON organisation(duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE organisation_code (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    system TEXT NOT NULL CHECK (system IN ('fisoko', 'msu', 'oo', 'inn', 'ogrn', 'own')),
    value TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) STRICT;
CREATE UNIQUE INDEX organisation_code_unique ON organisation_code(system, value)
    WHERE system IN ('fisoko', 'oo', 'own');
CREATE INDEX organisation_code_by_value ON organisation_code(value);
CREATE INDEX organisation_code_by_organisation ON organisation_code(organisation_id);

CREATE TABLE organisation_alias (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    spelling TEXT NOT NULL,
    normal TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    UNIQUE (normal, scope)
) STRICT;
CREATE INDEX organisation_alias_by_organisation ON organisation_alias(organisation_id);

CREATE TABLE organisation_link (
    id INTEGER PRIMARY KEY,
    predecessor_id INTEGER NOT NULL REFERENCES organisation(id),
    successor_id INTEGER NOT NULL REFERENCES organisation(id),
    on_date TEXT,
    act TEXT,
    CHECK (predecessor_id <> successor_id)
) STRICT;

CREATE TABLE organisation_year (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    pupils INTEGER CHECK (pupils >= 0),
    teachers INTEGER CHECK (teachers >= 0),
    UNIQUE (organisation_id, school_year)
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    full_name TEXT NOT NULL,
    position TEXT,
    phone TEXT,
    email TEXT,
    name_cases TEXT,
    note TEXT
) STRICT;

CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    role TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;
CREATE INDEX appointment_by_organisation ON appointment(organisation_id);

CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;

CREATE TABLE body_member (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    person_id INTEGER NOT NULL REFERENCES person(id),
    role TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT
) STRICT;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    note TEXT
) STRICT;
CREATE INDEX contact_by_organisation ON contact(organisation_id);

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    text TEXT NOT NULL,
    remind_on TEXT,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE organisation_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER
) STRICT;

CREATE TABLE organisation_group_member (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES organisation_group(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (group_id, organisation_id)
) STRICT;

CREATE TABLE custom_column (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'number', 'date', 'flag')),
    position INTEGER
) STRICT;

CREATE TABLE custom_value (
    id INTEGER PRIMARY KEY,
    column_id INTEGER NOT NULL REFERENCES custom_column(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    raw TEXT NOT NULL,
    UNIQUE (column_id, organisation_id)
) STRICT;

CREATE TABLE draft_cell (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    raw TEXT NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (table_name, row_key, column_name)
) STRICT;

CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    procedure TEXT NOT NULL CHECK (procedure IN ('ВПР', 'ОГЭ', 'ЕГЭ', 'РПР', 'НИКО')),
    subject TEXT NOT NULL,
    level TEXT CHECK (level IN ('base', 'profile')),
    grade INTEGER CHECK (grade BETWEEN 1 AND 12)
) STRICT;
CREATE UNIQUE INDEX assessment_unique
    ON assessment(procedure, subject, coalesce(level, ''), coalesce(grade, 0));

CREATE TABLE import_file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1)),
    rows_new INTEGER NOT NULL,
    rows_changed INTEGER NOT NULL,
    rows_same INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    actor TEXT NOT NULL
) STRICT;

CREATE TABLE import_problem (
    id INTEGER PRIMARY KEY,
    import_file_id INTEGER NOT NULL REFERENCES import_file(id),
    level TEXT NOT NULL CHECK (level IN ('error', 'warning', 'hint')),
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    sheet TEXT,
    cell TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'explained')),
    explanation TEXT
) STRICT;
CREATE INDEX import_problem_by_file ON import_problem(import_file_id);

CREATE TABLE mark_count (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    area_id INTEGER REFERENCES area(id),
    assessment_id INTEGER NOT NULL REFERENCES assessment(id),
    result_year INTEGER NOT NULL,
    autumn INTEGER NOT NULL DEFAULT 0 CHECK (autumn IN (0, 1)),
    participants INTEGER NOT NULL CHECK (participants >= 0),
    m2 INTEGER, m3 INTEGER, m4 INTEGER, m5 INTEGER,
    below_min INTEGER,
    mean TEXT,
    restored INTEGER NOT NULL DEFAULT 0 CHECK (restored IN (0, 1)),
    import_file_id INTEGER REFERENCES import_file(id),
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT,
    CHECK ((organisation_id IS NULL) <> (area_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX mark_count_of_school
    ON mark_count(organisation_id, result_year, assessment_id, autumn) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX mark_count_of_area
    ON mark_count(area_id, result_year, assessment_id, autumn) WHERE area_id IS NOT NULL;

CREATE TABLE journal_count (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    area_id INTEGER REFERENCES area(id),
    assessment_id INTEGER NOT NULL REFERENCES assessment(id),
    result_year INTEGER NOT NULL,
    total INTEGER NOT NULL CHECK (total >= 0),
    lowered INTEGER NOT NULL, confirmed INTEGER NOT NULL, raised INTEGER NOT NULL,
    import_file_id INTEGER REFERENCES import_file(id),
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT,
    CHECK ((organisation_id IS NULL) <> (area_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX journal_count_of_school
    ON journal_count(organisation_id, result_year, assessment_id) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX journal_count_of_area
    ON journal_count(area_id, result_year, assessment_id) WHERE area_id IS NOT NULL;

CREATE TABLE reference_text (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('rule', 'scale', 'threshold')),
    ref_id TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (kind, ref_id, version)
) STRICT;

CREATE TABLE list_correction (
    id INTEGER PRIMARY KEY,
    rule_id TEXT NOT NULL,
    result_year INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    verdict TEXT NOT NULL CHECK (verdict IN ('listed', 'not_listed')),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (rule_id, result_year, organisation_id)
) STRICT;

CREATE TABLE list_approval (
    id INTEGER PRIMARY KEY,
    rule_id TEXT NOT NULL,
    result_year INTEGER NOT NULL,
    order_number TEXT NOT NULL,
    order_date TEXT NOT NULL,
    issuer TEXT NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES snapshot(id),
    state TEXT NOT NULL DEFAULT 'approved' CHECK (state IN ('approved', 'cancelled')),
    approved_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    cancelled_at TEXT,
    cancel_reason TEXT
) STRICT;
CREATE UNIQUE INDEX list_approval_in_force
    ON list_approval(rule_id, result_year) WHERE state = 'approved';

CREATE TABLE outgoing_paper (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob(sha256),
    snapshot_id INTEGER REFERENCES snapshot(id),
    state TEXT NOT NULL DEFAULT 'registered' CHECK (state IN ('registered', 'signed', 'withdrawn')),
    registered_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT
) STRICT;

CREATE TABLE paper_file (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES outgoing_paper(id),
    role TEXT NOT NULL CHECK (role IN ('original', 'signed', 'detached', 'scan')),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob(sha256),
    signer TEXT,
    certificate TEXT,
    added_at TEXT NOT NULL,
    note TEXT
) STRICT;
CREATE INDEX paper_file_by_paper ON paper_file(paper_id);
"""

STEP_002 = """
CREATE TABLE reference_text_wider (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('rule', 'scale', 'threshold', 'metrics', 'factors', 'projects')),
    ref_id TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (kind, ref_id, version)
) STRICT;
INSERT INTO reference_text_wider SELECT id, kind, ref_id, version, text, digest, added_at FROM reference_text;
DROP TABLE reference_text;
ALTER TABLE reference_text_wider RENAME TO reference_text;

CREATE TABLE task_count (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    area_id INTEGER REFERENCES area(id),
    assessment_id INTEGER NOT NULL REFERENCES assessment(id),
    result_year INTEGER NOT NULL,
    autumn INTEGER NOT NULL DEFAULT 0 CHECK (autumn IN (0, 1)),
    task TEXT NOT NULL,
    group_mark INTEGER NOT NULL DEFAULT 0 CHECK (group_mark IN (0, 2, 3, 4, 5)),
    max_points INTEGER,
    difficulty TEXT CHECK (difficulty IN ('Б', 'П', 'В')),
    outcome TEXT,
    participants INTEGER NOT NULL CHECK (participants >= 0),
    points INTEGER,
    skipped INTEGER,
    restored INTEGER NOT NULL DEFAULT 0 CHECK (restored IN (0, 1)),
    import_file_id INTEGER REFERENCES import_file(id),
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT,
    CHECK ((organisation_id IS NULL) <> (area_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX task_count_of_school
    ON task_count(organisation_id, result_year, assessment_id, autumn, task, group_mark)
    WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX task_count_of_area
    ON task_count(area_id, result_year, assessment_id, autumn, task, group_mark) WHERE area_id IS NOT NULL;

CREATE TABLE score_count (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    area_id INTEGER REFERENCES area(id),
    assessment_id INTEGER NOT NULL REFERENCES assessment(id),
    result_year INTEGER NOT NULL,
    autumn INTEGER NOT NULL DEFAULT 0 CHECK (autumn IN (0, 1)),
    measure TEXT NOT NULL DEFAULT 'primary' CHECK (measure IN ('primary', 'test')),
    participants INTEGER NOT NULL CHECK (participants >= 0),
    counts TEXT NOT NULL,
    restored INTEGER NOT NULL DEFAULT 0 CHECK (restored IN (0, 1)),
    import_file_id INTEGER REFERENCES import_file(id),
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT,
    CHECK ((organisation_id IS NULL) <> (area_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX score_count_of_school
    ON score_count(organisation_id, result_year, assessment_id, autumn, measure) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX score_count_of_area
    ON score_count(area_id, result_year, assessment_id, autumn, measure) WHERE area_id IS NOT NULL;

CREATE TABLE import_profile (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    target TEXT NOT NULL,
    signature TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX import_profile_by_signature ON import_profile(signature);

CREATE TABLE metric_value (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    metric TEXT NOT NULL,
    part INTEGER,
    whole INTEGER CHECK (whole >= 0),
    exact TEXT,
    raw TEXT NOT NULL,
    import_file_id INTEGER REFERENCES import_file(id),
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT,
    UNIQUE (organisation_id, school_year, metric)
) STRICT;
CREATE INDEX metric_value_by_year ON metric_value(school_year, metric);

CREATE TABLE school_project (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT CHECK (level IN ('municipal', 'regional', 'federal')),
    topic TEXT,
    supervisor TEXT,
    act TEXT,
    note TEXT
) STRICT;
CREATE INDEX school_project_by_organisation ON school_project(organisation_id, school_year);

CREATE TABLE source_document (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    issuer TEXT,
    number TEXT,
    dated TEXT,
    file_name TEXT,
    sha256 TEXT REFERENCES blob(sha256),
    note TEXT,
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE external_list (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('federal_list', 'bias', 'risk_profile', 'risk_zone')),
    year INTEGER NOT NULL,
    title TEXT NOT NULL,
    source_document_id INTEGER REFERENCES source_document(id),
    import_file_id INTEGER REFERENCES import_file(id),
    added_at TEXT NOT NULL,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX external_list_by_kind ON external_list(kind, year);

CREATE TABLE external_entry (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES external_list(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    item TEXT NOT NULL DEFAULT '',
    value TEXT,
    raw TEXT NOT NULL,
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT,
    UNIQUE (list_id, organisation_id, item)
) STRICT;
CREATE INDEX external_entry_by_organisation ON external_entry(organisation_id);

CREATE TABLE data_explanation (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    figures TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (code, subject, figures)
) STRICT;
"""
