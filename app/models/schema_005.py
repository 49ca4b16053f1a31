"""Step 5 of the schema: the programme as one linked tree. Append-only, as every released step.

A node is anything that has a place in the tree: problem, cause, goal, task, показатель («measure»), индикатор
(«indicator»), activity, risk. What only one kind has lies in a table of its own by ``node_id``. What a person typed
stands in ``raw`` or in a text beside what was understood of it. An edition is a programme row with a tree of its own;
``lineage`` names the same thing through all editions.
"""

from __future__ import annotations

STEP_005 = """
CREATE TABLE programme (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('municipal', 'school')),
    organisation_id INTEGER REFERENCES organisation(id),
    document TEXT NOT NULL DEFAULT 'programme' CHECK (document IN ('programme', 'complex', 'plan', 'road_map')),
    title TEXT NOT NULL,
    year_from INTEGER NOT NULL,
    year_to INTEGER NOT NULL,
    date_from TEXT,
    date_to TEXT,
    period_text TEXT,
    building TEXT NOT NULL DEFAULT 'tasks' CHECK (building IN ('tasks', 'directions')),
    edition INTEGER NOT NULL DEFAULT 1 CHECK (edition BETWEEN 1 AND 999),
    lineage INTEGER NOT NULL,
    previous_id INTEGER REFERENCES programme(id),
    copied_from INTEGER REFERENCES programme(id),
    created_at TEXT NOT NULL,
    agreement_from TEXT,
    approved_on TEXT,
    act_kind TEXT,
    act_number TEXT,
    act_date TEXT,
    snapshot_id INTEGER REFERENCES snapshot(id),
    cancelled_on TEXT,
    cancel_reason TEXT,
    source_name TEXT,
    source_sha256 TEXT REFERENCES blob(sha256),
    note TEXT,
    CHECK (year_from <= year_to)
) STRICT;
CREATE INDEX programme_by_organisation ON programme(organisation_id);
CREATE INDEX programme_by_lineage ON programme(lineage, edition);

CREATE TABLE programme_direction (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL
) STRICT;
CREATE INDEX programme_direction_by_programme ON programme_direction(programme_id);

CREATE TABLE programme_node (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    parent_id INTEGER REFERENCES programme_node(id),
    kind TEXT NOT NULL
        CHECK (kind IN ('problem', 'cause', 'goal', 'task', 'measure', 'indicator', 'activity', 'risk')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    lineage INTEGER NOT NULL,
    cause_kind TEXT CHECK (cause_kind IN ('result', 'process', 'conditions', 'management')),
    answer TEXT,
    wording TEXT,
    origin TEXT,
    note TEXT
) STRICT;
CREATE INDEX programme_node_by_programme ON programme_node(programme_id);
CREATE INDEX programme_node_by_parent ON programme_node(parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE programme_indicator (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL UNIQUE REFERENCES programme_node(id),
    unit TEXT,
    direction TEXT CHECK (direction IN ('up', 'down', 'hold')),
    baseline_year INTEGER,
    baseline_raw TEXT,
    baseline TEXT,
    baseline_code TEXT,
    requirement TEXT,
    source TEXT,
    method TEXT,
    period TEXT,
    responsible TEXT,
    person_id INTEGER REFERENCES person(id),
    formula TEXT,
    tolerance TEXT
) STRICT;

CREATE TABLE programme_target (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    plan_year INTEGER NOT NULL,
    raw TEXT,
    value TEXT,
    code TEXT,
    required_raw TEXT,
    required TEXT,
    required_code TEXT,
    UNIQUE (node_id, plan_year)
) STRICT;

CREATE TABLE programme_activity (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL UNIQUE REFERENCES programme_node(id),
    label TEXT,
    term_text TEXT,
    term_code TEXT,
    direction_id INTEGER REFERENCES programme_direction(id),
    reason TEXT,
    conditions TEXT,
    coverage TEXT NOT NULL DEFAULT 'none' CHECK (coverage IN ('none', 'listed', 'all', 'chosen')),
    own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1)),
    free INTEGER NOT NULL DEFAULT 0 CHECK (free IN (0, 1))
) STRICT;

CREATE TABLE programme_term (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    date_from TEXT NOT NULL,
    date_to TEXT NOT NULL,
    typed INTEGER NOT NULL DEFAULT 0 CHECK (typed IN (0, 1)),
    CHECK (date_from <= date_to)
) STRICT;
CREATE INDEX programme_term_by_node ON programme_term(node_id);

CREATE TABLE programme_responsible (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    person_id INTEGER REFERENCES person(id),
    body_id INTEGER REFERENCES body(id),
    organisation_id INTEGER REFERENCES organisation(id)
) STRICT;
CREATE INDEX programme_responsible_by_node ON programme_responsible(node_id);

CREATE TABLE programme_result (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX programme_result_by_node ON programme_result(node_id);

CREATE TABLE programme_school (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (node_id, organisation_id)
) STRICT;
CREATE INDEX programme_school_by_organisation ON programme_school(organisation_id);

CREATE TABLE programme_link (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    kind TEXT NOT NULL CHECK (kind IN ('serves', 'solves', 'after')),
    source_id INTEGER NOT NULL REFERENCES programme_node(id),
    target_id INTEGER NOT NULL REFERENCES programme_node(id),
    UNIQUE (kind, source_id, target_id),
    CHECK (source_id <> target_id)
) STRICT;
CREATE INDEX programme_link_by_programme ON programme_link(programme_id);
CREATE INDEX programme_link_by_target ON programme_link(target_id);

CREATE TABLE programme_money (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    plan_year INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source <> ''),
    raw TEXT NOT NULL,
    kopecks INTEGER CHECK (kopecks >= 0),
    code TEXT,
    UNIQUE (node_id, plan_year, source)
) STRICT;

CREATE TABLE programme_estimate (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    plan_year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    raw TEXT NOT NULL DEFAULT '',
    kopecks INTEGER CHECK (kopecks >= 0),
    code TEXT,
    comes_raw TEXT,
    comes_on TEXT
) STRICT;
CREATE INDEX programme_estimate_by_node ON programme_estimate(node_id);

CREATE TABLE programme_text (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('typed', 'derived')),
    figures TEXT,
    UNIQUE (programme_id, key)
) STRICT;

CREATE TABLE programme_stakeholder (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    interest TEXT NOT NULL DEFAULT '',
    part TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX programme_stakeholder_by_programme ON programme_stakeholder(programme_id);

CREATE TABLE programme_mechanism (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    participant TEXT NOT NULL,
    powers TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '',
    person_id INTEGER REFERENCES person(id),
    body_id INTEGER REFERENCES body(id),
    organisation_id INTEGER REFERENCES organisation(id)
) STRICT;
CREATE INDEX programme_mechanism_by_programme ON programme_mechanism(programme_id);

CREATE TABLE programme_monitor (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    subject TEXT NOT NULL,
    measures TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    period TEXT NOT NULL DEFAULT '',
    responsible TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX programme_monitor_by_programme ON programme_monitor(programme_id);

CREATE TABLE programme_resource (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('works', 'develop', 'absent')),
    text TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    effect TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX programme_resource_by_programme ON programme_resource(programme_id);

CREATE TABLE programme_party (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    person TEXT,
    sent_on TEXT,
    due_on TEXT,
    answered_on TEXT,
    answer TEXT CHECK (answer IN ('agreed', 'remarks', 'refused'))
) STRICT;
CREATE INDEX programme_party_by_programme ON programme_party(programme_id);

CREATE TABLE programme_remark (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    party_id INTEGER REFERENCES programme_party(id),
    node_id INTEGER REFERENCES programme_node(id),
    place TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    made_on TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'part', 'declined')),
    answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX programme_remark_by_programme ON programme_remark(programme_id);

CREATE TABLE programme_block (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    word TEXT NOT NULL CHECK (word IN ('approve', 'approved', 'agreed', 'accepted')),
    post TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    act TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    dated TEXT,
    person_id INTEGER REFERENCES person(id)
) STRICT;
CREATE INDEX programme_block_by_programme ON programme_block(programme_id);

CREATE TABLE programme_silence (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    rule TEXT NOT NULL,
    node_id INTEGER REFERENCES programme_node(id),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX programme_silence_by_programme ON programme_silence(programme_id);

ALTER TABLE form_subject ADD COLUMN programme_id INTEGER REFERENCES programme(id);
"""
