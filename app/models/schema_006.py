"""Step 6 of the schema: monitoring. Append-only, as every released step.

What happened to a programme stands beside it, never in it: an approved edition stays as it was. Execution and values
are kept by ``lineage``, which names the same activity and the same индикатор through all editions. A measuring point
that is closed keeps value, target, direction, formula and inputs of that day, so that a later target recolours nothing.
"""

from __future__ import annotations

STEP_006 = """
CREATE TABLE execution (
    id INTEGER PRIMARY KEY,
    lineage INTEGER NOT NULL,
    plan_year INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned'
        CHECK (state IN ('planned', 'running', 'done', 'part', 'moved', 'cancelled')),
    done_raw TEXT,
    done_on TEXT,
    done_code TEXT,
    moved_to TEXT,
    product TEXT,
    participants INTEGER CHECK (participants >= 0),
    reason TEXT,
    remark TEXT,
    spent_raw TEXT,
    spent_kopecks INTEGER CHECK (spent_kopecks >= 0),
    spent_code TEXT,
    UNIQUE (lineage, plan_year)
) STRICT;

CREATE TABLE execution_school (
    id INTEGER PRIMARY KEY,
    execution_id INTEGER NOT NULL REFERENCES execution(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (execution_id, organisation_id)
) STRICT;
CREATE INDEX execution_school_by_organisation ON execution_school(organisation_id);

CREATE TABLE measuring_point (
    id INTEGER PRIMARY KEY,
    lineage INTEGER NOT NULL,
    plan_year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    stage TEXT NOT NULL DEFAULT 'other' CHECK (stage IN ('input', 'process', 'output', 'other')),
    due_on TEXT,
    closed_at TEXT,
    closed_by TEXT,
    reopened_at TEXT,
    reopen_reason TEXT,
    note TEXT
) STRICT;
CREATE INDEX measuring_point_by_lineage ON measuring_point(lineage, plan_year);

CREATE TABLE indicator_value (
    id INTEGER PRIMARY KEY,
    lineage INTEGER NOT NULL,
    plan_year INTEGER NOT NULL,
    point_id INTEGER REFERENCES measuring_point(id),
    raw TEXT NOT NULL,
    value TEXT,
    code TEXT,
    source TEXT,
    note TEXT
) STRICT;
CREATE UNIQUE INDEX indicator_value_once ON indicator_value(lineage, plan_year, coalesce(point_id, 0));

CREATE TABLE indicator_rule (
    id INTEGER PRIMARY KEY,
    lineage INTEGER NOT NULL UNIQUE,
    formula TEXT,
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    tolerance_raw TEXT,
    tolerance TEXT,
    tolerance_code TEXT,
    note TEXT
) STRICT;

CREATE TABLE indicator_stored (
    id INTEGER PRIMARY KEY,
    point_id INTEGER NOT NULL REFERENCES measuring_point(id),
    lineage INTEGER NOT NULL,
    plan_year INTEGER NOT NULL,
    value TEXT,
    typed INTEGER NOT NULL DEFAULT 0 CHECK (typed IN (0, 1)),
    target TEXT,
    required TEXT,
    baseline TEXT,
    direction TEXT CHECK (direction IN ('up', 'down', 'hold')),
    tolerance TEXT,
    light TEXT NOT NULL CHECK (light IN ('reached', 'near', 'behind', 'no_target', 'no_data')),
    formula TEXT,
    version INTEGER,
    inputs TEXT,
    stored_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    UNIQUE (point_id, lineage)
) STRICT;
CREATE INDEX indicator_stored_by_lineage ON indicator_stored(lineage, plan_year);

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT,
    sha256 TEXT REFERENCES blob(sha256),
    link TEXT,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_by_row ON attachment(table_name, row_key);

CREATE TABLE decision_document (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'protocol' CHECK (kind IN ('protocol', 'order', 'decision', 'letter', 'other')),
    number TEXT,
    dated TEXT,
    title TEXT,
    body TEXT,
    body_id INTEGER REFERENCES body(id),
    place TEXT,
    data_on TEXT,
    ground TEXT,
    chair TEXT,
    secretary TEXT,
    present TEXT,
    next_on TEXT,
    note TEXT
) STRICT;
CREATE INDEX decision_document_by_year ON decision_document(school_year);

CREATE TABLE agenda_item (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES decision_document(id),
    position INTEGER NOT NULL,
    topic TEXT,
    speaker TEXT,
    heard TEXT,
    votes_for INTEGER CHECK (votes_for >= 0),
    votes_against INTEGER CHECK (votes_against >= 0),
    votes_abstained INTEGER CHECK (votes_abstained >= 0)
) STRICT;
CREATE INDEX agenda_item_by_document ON agenda_item(document_id);

CREATE TABLE decision_point (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES decision_document(id),
    agenda_id INTEGER REFERENCES agenda_item(id),
    position INTEGER NOT NULL,
    label TEXT,
    text TEXT,
    responsible TEXT,
    person_id INTEGER REFERENCES person(id),
    organisation_id INTEGER REFERENCES organisation(id),
    activity_lineage INTEGER,
    due_on TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'running', 'done', 'part', 'not_done', 'withdrawn')),
    done_on TEXT,
    result TEXT,
    reason TEXT
) STRICT;
CREATE INDEX decision_point_by_document ON decision_point(document_id);

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'task' CHECK (kind IN ('task', 'commission', 'report', 'visit', 'call')),
    text TEXT,
    due_on TEXT,
    repeat TEXT NOT NULL DEFAULT 'once' CHECK (repeat IN ('once', 'week', 'month', 'quarter', 'year')),
    series INTEGER,
    responsible TEXT,
    person_id INTEGER REFERENCES person(id),
    organisation_id INTEGER REFERENCES organisation(id),
    place TEXT,
    place_key TEXT,
    done_on TEXT,
    result TEXT,
    note TEXT
) STRICT;
CREATE INDEX task_by_due ON task(due_on) WHERE done_on IS NULL;

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    number TEXT,
    dated TEXT,
    received_on TEXT,
    sender TEXT,
    subject TEXT,
    due_on TEXT,
    responsible TEXT,
    answered_on TEXT,
    answer_number TEXT,
    answer TEXT,
    paper_id INTEGER REFERENCES outgoing_paper(id),
    note TEXT
) STRICT;

CREATE TABLE calendar_day (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('work', 'off', 'short')),
    title TEXT
) STRICT;

CREATE TABLE school_break (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    title TEXT,
    date_from TEXT,
    date_to TEXT,
    position INTEGER
) STRICT;

CREATE TABLE legal_act (
    id INTEGER PRIMARY KEY,
    level TEXT CHECK (level IN ('federal', 'regional', 'municipal', 'school')),
    kind TEXT,
    number TEXT,
    dated TEXT,
    title TEXT,
    issuer TEXT,
    topic TEXT,
    regulates TEXT,
    organisation_id INTEGER REFERENCES organisation(id),
    date_from TEXT,
    date_to TEXT,
    link TEXT,
    note TEXT
) STRICT;

CREATE TABLE partnership (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    donor_kind TEXT CHECK (donor_kind IN ('school', 'mms', 'institute', 'university', 'college', 'extra', 'business',
                                          'other')),
    donor TEXT,
    donor_id INTEGER REFERENCES organisation(id),
    receiver_id INTEGER REFERENCES organisation(id),
    number TEXT,
    dated TEXT,
    topic TEXT,
    date_from TEXT,
    date_to TEXT,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('planned', 'active', 'ended', 'broken')),
    tie_id INTEGER REFERENCES organisation_tie(id),
    note TEXT
) STRICT;
CREATE INDEX partnership_by_year ON partnership(school_year);

CREATE TABLE partnership_event (
    id INTEGER PRIMARY KEY,
    partnership_id INTEGER NOT NULL REFERENCES partnership(id),
    position INTEGER NOT NULL,
    title TEXT,
    planned_on TEXT,
    held_on TEXT,
    participants INTEGER CHECK (participants >= 0),
    product TEXT,
    note TEXT
) STRICT;
CREATE INDEX partnership_event_by_partnership ON partnership_event(partnership_id);

CREATE TABLE network_platform (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    title TEXT,
    organisation_id INTEGER REFERENCES organisation(id),
    topic TEXT,
    head TEXT,
    act TEXT,
    note TEXT
) STRICT;

CREATE TABLE platform_measure (
    id INTEGER PRIMARY KEY,
    platform_id INTEGER NOT NULL REFERENCES network_platform(id),
    measure TEXT NOT NULL,
    raw TEXT NOT NULL,
    value TEXT,
    code TEXT,
    source TEXT,
    UNIQUE (platform_id, measure)
) STRICT;

CREATE TABLE deficit (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    organisation_id INTEGER REFERENCES organisation(id),
    audience TEXT CHECK (audience IN ('teachers', 'heads', 'specialists')),
    subject TEXT,
    kind TEXT CHECK (kind IN ('subject', 'method', 'psychology', 'communication', 'digital', 'management', 'other')),
    text TEXT,
    people INTEGER CHECK (people >= 0),
    of_people INTEGER CHECK (of_people >= 0),
    source TEXT,
    note TEXT
) STRICT;
CREATE INDEX deficit_by_year ON deficit(school_year);

CREATE TABLE plan_count (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    organisation_id INTEGER REFERENCES organisation(id),
    kind TEXT CHECK (kind IN ('teacher', 'pupil')),
    subject TEXT,
    need INTEGER CHECK (need >= 0),
    planned INTEGER CHECK (planned >= 0),
    done INTEGER CHECK (done >= 0),
    note TEXT
) STRICT;
CREATE INDEX plan_count_by_year ON plan_count(school_year);

CREATE TABLE support_line (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    organisation_id INTEGER REFERENCES organisation(id),
    deficit_id INTEGER REFERENCES deficit(id),
    deficit TEXT,
    offer TEXT,
    provider TEXT,
    platform_id INTEGER REFERENCES network_platform(id),
    form TEXT,
    date_from TEXT,
    date_to TEXT,
    responsible TEXT,
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'done', 'refused')),
    result TEXT
) STRICT;
CREATE INDEX support_line_by_year ON support_line(school_year);

CREATE TABLE risk_measure (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    organisation_id INTEGER REFERENCES organisation(id),
    factor TEXT,
    text TEXT,
    responsible TEXT,
    due_on TEXT,
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'done', 'not_done')),
    done_on TEXT,
    result TEXT
) STRICT;
CREATE INDEX risk_measure_by_year ON risk_measure(school_year);

CREATE TABLE cycle_document (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    direction TEXT NOT NULL,
    component TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT,
    number TEXT,
    dated TEXT,
    link TEXT,
    paper_id INTEGER REFERENCES outgoing_paper(id),
    note TEXT
) STRICT;
CREATE INDEX cycle_document_by_year ON cycle_document(school_year);

CREATE TABLE route_step (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    step TEXT NOT NULL,
    planned_on TEXT,
    held_on TEXT,
    outcome TEXT,
    decision TEXT,
    next_on TEXT,
    responsible TEXT,
    note TEXT
) STRICT;
CREATE INDEX route_step_by_year ON route_step(school_year, organisation_id);

CREATE TABLE paper_text (
    id INTEGER PRIMARY KEY,
    paper TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    period TEXT NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    derived TEXT,
    figures TEXT,
    UNIQUE (paper, subject, period, key)
) STRICT;

CREATE TABLE recommendation (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    addressee TEXT NOT NULL CHECK (addressee IN ('school', 'rmo', 'tutor', 'mms', 'institute', 'other')),
    organisation_id INTEGER REFERENCES organisation(id),
    name TEXT,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    derived TEXT,
    figures TEXT,
    ground TEXT,
    due_on TEXT,
    sent_on TEXT,
    used TEXT CHECK (used IN ('yes', 'part', 'no')),
    used_note TEXT
) STRICT;
CREATE INDEX recommendation_by_year ON recommendation(school_year);

CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    title TEXT NOT NULL,
    spec TEXT NOT NULL,
    UNIQUE (place, title)
) STRICT;
"""
