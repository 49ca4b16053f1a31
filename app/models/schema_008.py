"""Step 8 of the schema: the methodist's own work. Append-only, as every released step.

Help given, events, professional associations, practices, mentoring. People are counted by school and category; names
stand only in lists of an event, in members of a body and in pairs, and stay inside the file. A meeting of a body is an
event whose protocol is a ``decision_document``; an activity of the programme is named by ``lineage``, which outlives
its editions (docs/adr/005).
"""

from __future__ import annotations

STEP_008 = """
ALTER TABLE body ADD COLUMN subject TEXT;
ALTER TABLE body ADD COLUMN topic TEXT;
ALTER TABLE body ADD COLUMN organisation_id INTEGER REFERENCES organisation(id);
ALTER TABLE body ADD COLUMN link TEXT;
ALTER TABLE body ADD COLUMN note TEXT;
ALTER TABLE body_member ADD COLUMN organisation_id INTEGER REFERENCES organisation(id);
ALTER TABLE body_member ADD COLUMN note TEXT;
CREATE INDEX body_member_by_body ON body_member(body_id);

CREATE TABLE work_event (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'seminar' CHECK (kind IN (
        'seminar', 'webinar', 'workshop', 'master', 'internship', 'council', 'conference', 'round_table', 'open_lesson',
        'training', 'contest', 'meeting', 'hearing', 'day', 'other')),
    title TEXT,
    date_from TEXT,
    date_to TEXT,
    time_from TEXT,
    time_to TEXT,
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'held', 'moved', 'cancelled')),
    reason TEXT,
    lineage INTEGER,
    body_id INTEGER REFERENCES body(id),
    platform_id INTEGER REFERENCES network_platform(id),
    owner_id INTEGER REFERENCES organisation(id),
    host_id INTEGER REFERENCES organisation(id),
    place TEXT,
    link TEXT,
    topic TEXT,
    subject TEXT,
    deficit TEXT,
    methodist TEXT,
    wanted INTEGER CHECK (wanted >= 0),
    result TEXT,
    document_id INTEGER REFERENCES decision_document(id),
    note TEXT
) STRICT;
CREATE INDEX work_event_by_day ON work_event(date_from);
CREATE INDEX work_event_by_lineage ON work_event(lineage);
CREATE INDEX work_event_by_body ON work_event(body_id);

CREATE TABLE event_item (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES work_event(id),
    position INTEGER NOT NULL,
    starts TEXT,
    topic TEXT,
    speaker TEXT,
    organisation_id INTEGER REFERENCES organisation(id)
) STRICT;
CREATE INDEX event_item_by_event ON event_item(event_id);

CREATE TABLE event_people (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES work_event(id),
    organisation_id INTEGER REFERENCES organisation(id),
    audience TEXT CHECK (audience IN ('teachers', 'heads', 'specialists', 'young', 'team', 'parents', 'pupils',
                                      'other')),
    invited INTEGER CHECK (invited >= 0),
    came INTEGER CHECK (came >= 0),
    connections INTEGER CHECK (connections >= 0),
    note TEXT
) STRICT;
CREATE INDEX event_people_by_event ON event_people(event_id);
CREATE INDEX event_people_by_organisation ON event_people(organisation_id);

CREATE TABLE event_guest (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES work_event(id),
    position INTEGER NOT NULL,
    person_id INTEGER REFERENCES person(id),
    name TEXT,
    organisation_id INTEGER REFERENCES organisation(id),
    post TEXT,
    audience TEXT CHECK (audience IN ('teachers', 'heads', 'specialists', 'young', 'team', 'other')),
    came TEXT CHECK (came IN ('yes', 'online', 'no')),
    certificate TEXT,
    note TEXT
) STRICT;
CREATE INDEX event_guest_by_event ON event_guest(event_id);

ALTER TABLE survey_sheet ADD COLUMN event_id INTEGER REFERENCES work_event(id);
CREATE INDEX survey_sheet_by_event ON survey_sheet(event_id);

CREATE TABLE help_entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'consultation' CHECK (kind IN ('visit', 'consultation', 'lesson', 'tutoring')),
    held_on TEXT,
    organisation_id INTEGER REFERENCES organisation(id),
    people INTEGER CHECK (people >= 0),
    audience TEXT CHECK (audience IN ('teachers', 'heads', 'specialists', 'young', 'team', 'parents', 'other')),
    way TEXT CHECK (way IN ('school', 'office', 'online', 'phone', 'letter')),
    topic TEXT,
    subject TEXT,
    deficit_id INTEGER REFERENCES deficit(id),
    deficit TEXT,
    outcome TEXT,
    next_step TEXT,
    next_on TEXT,
    next_done_on TEXT,
    methodist TEXT,
    lineage INTEGER,
    platform_id INTEGER REFERENCES network_platform(id),
    body_id INTEGER REFERENCES body(id),
    task_id INTEGER REFERENCES task(id),
    note TEXT
) STRICT;
CREATE INDEX help_entry_by_day ON help_entry(held_on);
CREATE INDEX help_entry_by_organisation ON help_entry(organisation_id);
CREATE INDEX help_entry_by_lineage ON help_entry(lineage);
CREATE INDEX help_entry_by_next ON help_entry(next_on);

CREATE TABLE help_template (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    title TEXT,
    kind TEXT CHECK (kind IN ('visit', 'consultation', 'lesson', 'tutoring')),
    audience TEXT CHECK (audience IN ('teachers', 'heads', 'specialists', 'young', 'team', 'parents', 'other')),
    way TEXT CHECK (way IN ('school', 'office', 'online', 'phone', 'letter')),
    people INTEGER CHECK (people >= 0),
    topic TEXT,
    deficit TEXT,
    outcome TEXT,
    next_step TEXT,
    next_days INTEGER CHECK (next_days >= 0)
) STRICT;

CREATE TABLE body_school (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    organisation_id INTEGER REFERENCES organisation(id),
    role TEXT,
    date_from TEXT,
    date_to TEXT,
    note TEXT
) STRICT;
CREATE INDEX body_school_by_body ON body_school(body_id);

CREATE TABLE body_plan (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    school_year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text TEXT,
    due_on TEXT,
    responsible TEXT,
    event_id INTEGER REFERENCES work_event(id),
    done_on TEXT,
    result TEXT
) STRICT;
CREATE INDEX body_plan_by_body ON body_plan(body_id, school_year);

CREATE TABLE practice (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'practice' CHECK (kind IN ('practice', 'product')),
    title TEXT,
    organisation_id INTEGER REFERENCES organisation(id),
    body_id INTEGER REFERENCES body(id),
    author TEXT,
    school_year INTEGER,
    subject TEXT,
    deficit_kind TEXT CHECK (deficit_kind IN ('subject', 'method', 'psychology', 'communication', 'digital',
                                              'management', 'other')),
    problem TEXT,
    idea TEXT,
    evidence TEXT,
    audience TEXT,
    state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'accepted', 'archived')),
    act TEXT,
    accepted_on TEXT,
    link TEXT,
    note TEXT
) STRICT;
CREATE INDEX practice_by_organisation ON practice(organisation_id);
CREATE INDEX practice_by_body ON practice(body_id);

CREATE TABLE practice_use (
    id INTEGER PRIMARY KEY,
    practice_id INTEGER NOT NULL REFERENCES practice(id),
    organisation_id INTEGER REFERENCES organisation(id),
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'trying', 'adopted', 'refused')),
    since TEXT,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    opinion TEXT,
    note TEXT
) STRICT;
CREATE INDEX practice_use_by_practice ON practice_use(practice_id);
CREATE INDEX practice_use_by_organisation ON practice_use(organisation_id);
ALTER TABLE support_line ADD COLUMN practice_id INTEGER REFERENCES practice(id);
CREATE INDEX support_line_by_practice ON support_line(practice_id);

CREATE TABLE mentor_pair (
    id INTEGER PRIMARY KEY,
    form TEXT NOT NULL DEFAULT 'teacher' CHECK (form IN ('teacher', 'leader', 'innovator', 'subject', 'head')),
    mentor_id INTEGER REFERENCES person(id),
    mentor_school_id INTEGER REFERENCES organisation(id),
    mentee_id INTEGER REFERENCES person(id),
    organisation_id INTEGER REFERENCES organisation(id),
    subject TEXT,
    topic TEXT,
    works_since TEXT,
    act TEXT,
    date_from TEXT,
    date_to TEXT,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('planned', 'active', 'ended', 'broken')),
    result TEXT,
    note TEXT
) STRICT;
CREATE INDEX mentor_pair_by_organisation ON mentor_pair(organisation_id);

CREATE TABLE mentor_meeting (
    id INTEGER PRIMARY KEY,
    pair_id INTEGER NOT NULL REFERENCES mentor_pair(id),
    position INTEGER NOT NULL,
    planned_on TEXT,
    held_on TEXT,
    topic TEXT,
    outcome TEXT,
    note TEXT
) STRICT;
CREATE INDEX mentor_meeting_by_pair ON mentor_meeting(pair_id);

CREATE TABLE young_count (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    organisation_id INTEGER REFERENCES organisation(id),
    young INTEGER CHECK (young >= 0),
    first_year INTEGER CHECK (first_year >= 0),
    mentored INTEGER CHECK (mentored >= 0),
    pupil_pairs INTEGER CHECK (pupil_pairs >= 0),
    left_school INTEGER CHECK (left_school >= 0),
    source TEXT,
    note TEXT
) STRICT;
CREATE INDEX young_count_by_year ON young_count(school_year);
"""
