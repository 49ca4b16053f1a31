"""Step 3 of the schema: who needs help, agreed with whom, helped by whom. Append-only, as every released step.

The kind of a reference text is the program's own word from here on, so that a new kind needs no new table.
"""

from __future__ import annotations

STEP_003 = """
CREATE TABLE reference_text_open (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    ref_id TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (kind, ref_id, version)
) STRICT;
INSERT INTO reference_text_open SELECT id, kind, ref_id, version, text, digest, added_at FROM reference_text;
DROP TABLE reference_text;
ALTER TABLE reference_text_open RENAME TO reference_text;

ALTER TABLE journal_count ADD COLUMN autumn INTEGER NOT NULL DEFAULT 0 CHECK (autumn IN (0, 1));
DROP INDEX journal_count_of_school;
DROP INDEX journal_count_of_area;
CREATE UNIQUE INDEX journal_count_of_school
    ON journal_count(organisation_id, result_year, assessment_id, autumn) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX journal_count_of_area
    ON journal_count(area_id, result_year, assessment_id, autumn) WHERE area_id IS NOT NULL;

CREATE TABLE agreement_party (
    id INTEGER PRIMARY KEY,
    rule_id TEXT NOT NULL,
    result_year INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('founder', 'council', 'quality_centre', 'institute', 'other')),
    name TEXT NOT NULL,
    person TEXT,
    sent_on TEXT,
    due_on TEXT,
    answered_on TEXT,
    answer TEXT CHECK (answer IN ('agreed', 'remarks', 'refused')),
    remark TEXT,
    reply TEXT,
    position INTEGER
) STRICT;
CREATE INDEX agreement_party_by_list ON agreement_party(rule_id, result_year);

CREATE TABLE agreement_meeting (
    id INTEGER PRIMARY KEY,
    rule_id TEXT NOT NULL,
    result_year INTEGER NOT NULL,
    held_on TEXT,
    place TEXT,
    topic TEXT NOT NULL,
    present TEXT,
    outcome TEXT
) STRICT;
CREATE INDEX agreement_meeting_by_list ON agreement_meeting(rule_id, result_year);

CREATE TABLE list_protocol (
    id INTEGER PRIMARY KEY,
    rule_id TEXT NOT NULL,
    result_year INTEGER NOT NULL,
    body_id INTEGER REFERENCES body(id),
    number TEXT,
    dated TEXT,
    place TEXT,
    votes_for INTEGER CHECK (votes_for >= 0),
    votes_against INTEGER CHECK (votes_against >= 0),
    votes_abstained INTEGER CHECK (votes_abstained >= 0),
    decision TEXT,
    opinion TEXT,
    UNIQUE (rule_id, result_year)
) STRICT;

CREATE TABLE list_protocol_member (
    id INTEGER PRIMARY KEY,
    protocol_id INTEGER NOT NULL REFERENCES list_protocol(id),
    person_id INTEGER REFERENCES person(id),
    name TEXT NOT NULL,
    post TEXT,
    role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('chair', 'deputy', 'secretary', 'member', 'invited')),
    vote TEXT CHECK (vote IN ('for', 'against', 'abstained', 'absent')),
    position INTEGER
) STRICT;
CREATE INDEX list_protocol_member_by_protocol ON list_protocol_member(protocol_id);

CREATE TABLE road_map_item (
    id INTEGER PRIMARY KEY,
    rule_id TEXT NOT NULL,
    result_year INTEGER NOT NULL,
    organisation_id INTEGER REFERENCES organisation(id),
    activity TEXT NOT NULL,
    reason TEXT,
    conditions TEXT,
    term TEXT,
    date_from TEXT,
    date_to TEXT,
    responsible TEXT,
    result TEXT,
    position INTEGER
) STRICT;
CREATE INDEX road_map_item_by_list ON road_map_item(rule_id, result_year);

CREATE TABLE organisation_tie (
    id INTEGER PRIMARY KEY,
    donor_id INTEGER NOT NULL REFERENCES organisation(id),
    receiver_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    subject TEXT,
    grade INTEGER CHECK (grade BETWEEN 1 AND 12),
    state TEXT NOT NULL CHECK (state IN ('existing', 'planned', 'agreed', 'declined', 'ended')),
    act_number TEXT,
    act_date TEXT,
    reasons TEXT,
    note TEXT,
    CHECK (donor_id <> receiver_id)
) STRICT;
CREATE INDEX organisation_tie_by_donor ON organisation_tie(donor_id, school_year);
CREATE INDEX organisation_tie_by_receiver ON organisation_tie(receiver_id, school_year);

CREATE TABLE organisation_distance (
    id INTEGER PRIMARY KEY,
    first_id INTEGER NOT NULL REFERENCES organisation(id),
    second_id INTEGER NOT NULL REFERENCES organisation(id),
    km INTEGER CHECK (km >= 0),
    minutes INTEGER CHECK (minutes >= 0),
    CHECK (first_id < second_id),
    UNIQUE (first_id, second_id)
) STRICT;
CREATE INDEX organisation_distance_by_second ON organisation_distance(second_id);

CREATE TABLE donor_capacity (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    capacity INTEGER CHECK (capacity >= 0),
    consent TEXT CHECK (consent IN ('yes', 'no')),
    note TEXT,
    UNIQUE (organisation_id, school_year)
) STRICT;

CREATE TABLE school_sheet (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    result_year INTEGER NOT NULL,
    paper_id INTEGER REFERENCES outgoing_paper(id),
    sent_on TEXT,
    sent_to TEXT,
    acknowledged_on TEXT,
    acknowledged_by TEXT,
    note TEXT,
    UNIQUE (organisation_id, result_year)
) STRICT;
"""
