"""Step 7 of the schema: papers that go out. Append-only, as every released step.

A line of the register knows how its paper was made (``recipe``) and what it said (``content_sha256``), so that «что
изменилось с тех пор» makes the same paper anew and compares. What happened to a paper on its way stands in
``paper_event``; who has to sign it, and in which order, in ``paper_signature``. A package keeps its own list of files.
"""

from __future__ import annotations

STEP_007 = """
CREATE TABLE signer (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    post TEXT,
    name TEXT,
    full_name TEXT,
    organisation TEXT,
    role TEXT CHECK (role IN ('sign', 'approve', 'agree')),
    own_cases TEXT,
    note TEXT
) STRICT;
INSERT INTO signer(id, position, post, name, role)
    SELECT (random() & 9223372036854775807) | 1, 0, max(CASE key WHEN 'signer_position' THEN value END),
        max(CASE key WHEN 'signer_name' THEN value END), 'sign'
    FROM setting WHERE key IN ('signer_position', 'signer_name') AND value <> '' HAVING count(*) > 0;

CREATE TABLE paper_setup (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, key)
) STRICT;

ALTER TABLE outgoing_paper ADD COLUMN out_number TEXT;
ALTER TABLE outgoing_paper ADD COLUMN dated TEXT;
ALTER TABLE outgoing_paper ADD COLUMN period TEXT;
ALTER TABLE outgoing_paper ADD COLUMN addressee TEXT;
ALTER TABLE outgoing_paper ADD COLUMN recipe TEXT;
ALTER TABLE outgoing_paper ADD COLUMN content_sha256 TEXT REFERENCES blob(sha256);
ALTER TABLE outgoing_paper ADD COLUMN replaces INTEGER REFERENCES outgoing_paper(id);

CREATE TABLE paper_file_wider (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES outgoing_paper(id),
    role TEXT NOT NULL CHECK (role IN ('original', 'signed', 'detached', 'scan', 'data', 'editable')),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob(sha256),
    signer TEXT,
    certificate TEXT,
    added_at TEXT NOT NULL,
    note TEXT,
    of_sha256 TEXT,
    way TEXT CHECK (way IN ('pkcs12', 'pkcs11', 'outside', 'ready', 'paper'))
) STRICT;
INSERT INTO paper_file_wider(id, paper_id, role, file_name, sha256, signer, certificate, added_at, note)
    SELECT id, paper_id, role, file_name, sha256, signer, certificate, added_at, note FROM paper_file;
DROP TABLE paper_file;
ALTER TABLE paper_file_wider RENAME TO paper_file;
CREATE INDEX paper_file_by_paper ON paper_file(paper_id);

CREATE TABLE paper_signature (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES outgoing_paper(id),
    position INTEGER NOT NULL,
    post TEXT,
    name TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'signed', 'refused')),
    file_id INTEGER REFERENCES paper_file(id),
    happened_on TEXT,
    note TEXT,
    UNIQUE (paper_id, position)
) STRICT;

CREATE TABLE paper_event (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES outgoing_paper(id),
    kind TEXT NOT NULL CHECK (kind IN ('sent', 'receipt', 'remark', 'answer', 'for_signing')),
    happened_on TEXT NOT NULL,
    number TEXT,
    person TEXT,
    text TEXT,
    due_on TEXT,
    answers INTEGER REFERENCES paper_event(id),
    file_name TEXT,
    sha256 TEXT REFERENCES blob(sha256),
    added_at TEXT NOT NULL,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX paper_event_by_paper ON paper_event(paper_id);

CREATE TABLE order_draft (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    school_year INTEGER NOT NULL,
    act TEXT NOT NULL DEFAULT 'order' CHECK (act IN ('order', 'disposal', 'decree')),
    title TEXT,
    details TEXT,
    number TEXT,
    dated TEXT,
    signer_id INTEGER REFERENCES signer(id),
    paper_id INTEGER REFERENCES outgoing_paper(id),
    legal_act_id INTEGER REFERENCES legal_act(id),
    created_at TEXT NOT NULL,
    note TEXT
) STRICT;

CREATE TABLE foreign_form (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    region TEXT,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob(sha256),
    added_at TEXT NOT NULL,
    note TEXT
) STRICT;

CREATE TABLE foreign_link (
    id INTEGER PRIMARY KEY,
    form_id INTEGER NOT NULL REFERENCES foreign_form(id),
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('field', 'metric', 'indicator', 'column', 'text')),
    source TEXT NOT NULL,
    options TEXT,
    note TEXT,
    UNIQUE (form_id, sheet, cell)
) STRICT;

CREATE TABLE package_out (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    addressee TEXT,
    period TEXT,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    impersonal INTEGER NOT NULL DEFAULT 0 CHECK (impersonal IN (0, 1)),
    made_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    sent_on TEXT,
    answered_on TEXT,
    answer TEXT,
    note TEXT
) STRICT;

CREATE TABLE package_paper (
    id INTEGER PRIMARY KEY,
    package_id INTEGER NOT NULL REFERENCES package_out(id),
    paper_id INTEGER NOT NULL REFERENCES outgoing_paper(id),
    UNIQUE (package_id, paper_id)
) STRICT;

CREATE TABLE package_expected (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    municipality TEXT,
    oktmo TEXT,
    contact TEXT,
    due_on TEXT,
    note TEXT
) STRICT;

CREATE TABLE package_in (
    id INTEGER PRIMARY KEY,
    municipality TEXT NOT NULL,
    oktmo TEXT,
    period TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    data TEXT NOT NULL,
    verdict TEXT NOT NULL,
    problems TEXT NOT NULL,
    made_at TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    replaced_by INTEGER REFERENCES package_in(id),
    remark TEXT
) STRICT;
CREATE INDEX package_in_by_period ON package_in(period, municipality);
"""
