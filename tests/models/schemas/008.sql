BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'opora','m001_first_schema','2026-11-23 16:15:26.777204+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'opora','m002_everything_gets_in','2026-11-23 16:15:26.804652+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'opora','m003_who_needs_help','2026-11-23 16:15:26.840113+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'opora','m004_forms','2026-11-23 16:15:26.872198+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'opora','m005_programme','2026-11-23 16:15:26.893760+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'opora','m006_monitoring','2026-11-23 16:15:26.929929+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'opora','m007_papers_out','2026-11-23 16:15:27.049998+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'opora','m008_own_work','2026-11-23 16:15:27.154597+00:00');
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
INSERT INTO "agenda_item" VALUES(2624989531201712630,3699794560238578400,9223372036854775807,'текстб','текстxa','текст',9223372036854775807,NULL,NULL);
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
INSERT INTO "agreement_meeting" VALUES(3675963670930669268,'текстbб',0,'текстog','текст','текстo','текстOzsBb','текстo');
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
INSERT INTO "agreement_party" VALUES(3367232824667701578,'текстггyг',-9223372036854775808,'council','текст','текстMFmг',NULL,'текстMTL',NULL,NULL,'текст',NULL,NULL);
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    role TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "appointment" VALUES(4331703353517805839,3430366303007922625,1500391995378973558,'текстX',NULL,'текст',NULL);
CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('country', 'region', 'municipality')),
    name TEXT NOT NULL,
    code TEXT,
    parent_id INTEGER REFERENCES area(id),
    own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1))
) STRICT;
INSERT INTO "area" VALUES(240500680541083324,'municipality','Тестовый район',NULL,NULL,1);
INSERT INTO "area" VALUES(1753502480026357196,'country','текстt',NULL,240500680541083324,1);
CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    procedure TEXT NOT NULL CHECK (procedure IN ('ВПР', 'ОГЭ', 'ЕГЭ', 'РПР', 'НИКО')),
    subject TEXT NOT NULL,
    level TEXT CHECK (level IN ('base', 'profile')),
    grade INTEGER CHECK (grade BETWEEN 1 AND 12)
) STRICT;
INSERT INTO "assessment" VALUES(4107942929483009164,'ЕГЭ','текстEgZg','base',1);
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
INSERT INTO "attachment" VALUES(1907090978762165142,'текст',2026,'текстxgjn','текстTEU','4ecc273d26d89460effbf587d4ab5e1033dc20c4908d72e9613217f2c852d01b',NULL,'текстca');
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
INSERT INTO "blob" VALUES('4ecc273d26d89460effbf587d4ab5e1033dc20c4908d72e9613217f2c852d01b',8,X'016F80505C10A219','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('df79836966c642f93bc4f8591450fe848721f44b4de658fee9f8d43c349f33a1',8,X'2BB0A4CCAD1E8DA3','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('37a299dc4f8dd51c5b1d6bbd14b866fcef9387ec1d5abff56618d43114d233b7',8,X'A33E47B339120881','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('0413403dc8dd78c9b2727a11fedfefae31e58c73c54bcbf52a91befd744064b5',8,X'97B596B51736D024','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('dd9f08dbf1dcd030dc00179b82a18d2badfddb8a193fcaf469bfa406383646e6',8,X'F7C7DC9B1804555E','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('852b10d2080134ce2485150ac59d3be48e834b7777139f568bb76119ddf672e8',8,X'DF3A1F3C21AEE835','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('f8531e2a0551564b17f6604b4ce818f4e8520d7f3cc604653df32b3b3550e1e0',8,X'814FF4562C4C00ED','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('f48bd654b653c4f74b3adfe0abc9e70d9d29131180a06e80801749d09550787b',8,X'4115DA3A19978216','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('a5ec54555ec096a6d82e9c07f7c00b797ec0f12bc27773694456bdef79043edf',8,X'61387353F678B587','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('a3bc4c3e5d3e3c70d1524f70633cde1b3a2c22bdc2fddbc3f8c047ea606c5de5',8,X'B63FAFF0BCF9489D','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('375bdcd7dad2b9c078f30c03472e6d3fef8d97c6852e521daaae6b9679caaaa7',8,X'5E854761F1B7B149','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('37dc0ea34f650d6be230c6813c5b672f6f9c6c5f63a55566b88427afb74cbbeb',8,X'B663CEAB12B7DE4A','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('5c93e389908bad7c7a4ccb6e8e40372a23f04888fe4245a88296ac6ff476647b',8,X'E827C69B38501938','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('270dbf04b9a38c20c9d6e0f4e1b32122652fa08aaf82ca1c83d332957e15c07d',8,X'2FE3AEA08C6DC7FF','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('5e9adfd75f367dc126f54f2dfacf05df7164f17f5f6368ce6a775e40f8b4d493',8,X'03151E2E1B009635','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('fed5580dc6cb86687f6a519fdafd36b9627fe2e8258a0fe6e7e55890664da388',8,X'0FAF3E426DBEF27C','2026-11-23T16:15:27+00:00');
INSERT INTO "blob" VALUES('94ccac9d8231a3298102bf545e46d892b3fb635920b88550526629e8fc851a5c',8,X'B8068E92805861B4','2026-11-23T16:15:28+00:00');
INSERT INTO "blob" VALUES('b844be4651a900370d985694f1f164817b6bccc3051f670ea896d82f4be2f8b9',8,X'4E6A1B7490EDF364','2026-11-23T16:15:28+00:00');
INSERT INTO "blob" VALUES('e5614b5ba6c775f5610deea70bc0866d49c948fa5a9c046bd074307035a75541',8,X'E615F434DF284CF1','2026-11-23T16:15:28+00:00');
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
, subject TEXT, topic TEXT, organisation_id INTEGER REFERENCES organisation(id), link TEXT, note TEXT) STRICT;
INSERT INTO "body" VALUES(2737704972139474341,'текстZpdK','текстд','текстcgN',NULL,'текстpaiS','текстeI','текстihhN',NULL,NULL,'текст');
INSERT INTO "body" VALUES(2751196516377613951,'текстzr','текст','текстgmJ','текстkl',NULL,NULL,NULL,1500391995378973558,'текстгck',NULL);
INSERT INTO "body" VALUES(3933279196353163864,'текстzWGq','текстSгvбб','текстdW',NULL,'текстyzYVm','текстr','текстyoP',NULL,'текстGk',NULL);
INSERT INTO "body" VALUES(4359291649341641922,'текст','текст',NULL,'текстNгP','текстFtM','текст','текстаfJP',NULL,'текстгCгCZ','текстгCбw');
CREATE TABLE body_member (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    person_id INTEGER NOT NULL REFERENCES person(id),
    role TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT
, organisation_id INTEGER REFERENCES organisation(id), note TEXT) STRICT;
INSERT INTO "body_member" VALUES(2509796725768041476,2751196516377613951,3430366303007922625,'текстw','текст',NULL,NULL,'текстCX');
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
INSERT INTO "body_plan" VALUES(2312435793036498748,4359291649341641922,-1,-1,'текстrO',NULL,NULL,146466879047610188,'текстг','текстwZy');
CREATE TABLE body_school (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    organisation_id INTEGER REFERENCES organisation(id),
    role TEXT,
    date_from TEXT,
    date_to TEXT,
    note TEXT
) STRICT;
INSERT INTO "body_school" VALUES(977747221700989185,4359291649341641922,1500391995378973558,NULL,'текст','текстbJIV',NULL);
CREATE TABLE calendar_day (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('work', 'off', 'short')),
    title TEXT
) STRICT;
INSERT INTO "calendar_day" VALUES(2501099168089389593,'текстp','short','текстF');
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    note TEXT
) STRICT;
INSERT INTO "contact" VALUES(3946209120075574621,1500391995378973558,'текстYlUZ','текст','текстRгhCG');
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
INSERT INTO "course_record" VALUES(2319827901348467147,1500391995378973558,1,'текстOtE','текстMCKvl','upgrading',9223372036854775807,'текстVDдAV',2026,'текстJEu',1963976285093890140,NULL);
CREATE TABLE custom_column (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'number', 'date', 'flag')),
    position INTEGER
) STRICT;
INSERT INTO "custom_column" VALUES(1245106734985789997,'текст','date',NULL);
CREATE TABLE custom_value (
    id INTEGER PRIMARY KEY,
    column_id INTEGER NOT NULL REFERENCES custom_column(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    raw TEXT NOT NULL,
    UNIQUE (column_id, organisation_id)
) STRICT;
INSERT INTO "custom_value" VALUES(3964643255492076707,1245106734985789997,1500391995378973558,'текстTT');
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
INSERT INTO "cycle_document" VALUES(1959184220493723427,2026,'текстFstS','текст',668,'текстPVNE','текстv',NULL,'текстdrTE',NULL,'текстQD');
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
INSERT INTO "data_explanation" VALUES(561998452921227741,'текстs','текстGz','текстzuQ','текст','текстc','текстWonG');
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
INSERT INTO "decision_document" VALUES(3481938654408086304,9223372036854775807,'letter',NULL,'текстMezаM','текст',NULL,NULL,'текстwGmi','текстZBfXE','текстfr','текстzQqq','текстAiHа','текстbX','текстUPOLв','текстw');
INSERT INTO "decision_document" VALUES(3699794560238578400,1,'decision',NULL,'текстLSf','текстyRa',NULL,4359291649341641922,'текстTxjFO',NULL,'текст','текстvPA','текстHwjC','текстаFxt','текстLI','текстDhSlв');
INSERT INTO "decision_document" VALUES(4568355903112240163,9223372036854775807,'letter','текстгEji','текст','текстJUгMO',NULL,2751196516377613951,'текстK','текстbuW',NULL,NULL,'текстy','текстT','текстxa','текстeJD');
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
INSERT INTO "decision_point" VALUES(1622512282368294541,4568355903112240163,NULL,9007199254740993,'текстagrYQ','текстбаDI','текстC',3430366303007922625,NULL,NULL,'текстGuwбZ','open','текст',NULL,NULL);
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
INSERT INTO "deficit" VALUES(1718466532164697816,651,1500391995378973558,'teachers','текст','psychology','текстSвxб',2026,9007199254740993,NULL,'текстOfh');
CREATE TABLE donor_capacity (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    capacity INTEGER CHECK (capacity >= 0),
    consent TEXT CHECK (consent IN ('yes', 'no')),
    note TEXT,
    UNIQUE (organisation_id, school_year)
) STRICT;
INSERT INTO "donor_capacity" VALUES(3367293887632553454,718098655870141837,118,NULL,'yes',NULL);
CREATE TABLE draft_cell (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    raw TEXT NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (table_name, row_key, column_name)
) STRICT;
INSERT INTO "draft_cell" VALUES(1921246994113934068,'текстYдqCZ',9223372036854775807,'текстfRP','текстpEzRW','текстpOxh');
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
INSERT INTO "event_guest" VALUES(2586460922656600761,146466879047610188,-1,3430366303007922625,'текстCC',NULL,NULL,'other','no','текстd','текстK');
CREATE TABLE event_item (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES work_event(id),
    position INTEGER NOT NULL,
    starts TEXT,
    topic TEXT,
    speaker TEXT,
    organisation_id INTEGER REFERENCES organisation(id)
) STRICT;
INSERT INTO "event_item" VALUES(2870994379541830065,146466879047610188,-1,'текстofEOG',NULL,NULL,1500391995378973558);
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
INSERT INTO "event_people" VALUES(19538078219650861,146466879047610188,718098655870141837,NULL,2026,NULL,0,NULL);
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
INSERT INTO "execution" VALUES(643058946182382529,9007199254740993,-1,'cancelled','текстeP',NULL,NULL,'текстbh','текстKnMpD',2026,'текстPhаpf','текстбrmr',NULL,1,NULL);
CREATE TABLE execution_school (
    id INTEGER PRIMARY KEY,
    execution_id INTEGER NOT NULL REFERENCES execution(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (execution_id, organisation_id)
) STRICT;
INSERT INTO "execution_school" VALUES(1265879580149989367,643058946182382529,1500391995378973558);
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
INSERT INTO "external_entry" VALUES(581410210223349344,3269098656682072380,1500391995378973558,'текстRg','текстv','текстOft','текстAACSP',1,9007199254740993,'текстa');
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
INSERT INTO "external_list" VALUES(3269098656682072380,'federal_list',9223372036854775807,'текст',3709920486789248679,1273114873413926365,'текстyvqU','текстnIitg');
INSERT INTO "external_list" VALUES(3684779299860487993,'federal_list',1,'текстA',3709920486789248679,1273114873413926365,'текстbw','текстNдFo');
CREATE TABLE file_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "file_meta" VALUES('created_at','2026-11-23T16:15:27+00:00');
INSERT INTO "file_meta" VALUES('created_by','Тестов');
INSERT INTO "file_meta" VALUES('written_by','0.1.0');
INSERT INTO "file_meta" VALUES('uid','e0b837ca59b3ca29601505aa099cfba5');
CREATE TABLE foreign_form (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    region TEXT,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob(sha256),
    added_at TEXT NOT NULL,
    note TEXT
) STRICT;
INSERT INTO "foreign_form" VALUES(732819470107626894,'текстkLeEF',NULL,'текстbmnc','37a299dc4f8dd51c5b1d6bbd14b866fcef9387ec1d5abff56618d43114d233b7','текстIдewA','текстfUcD');
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
INSERT INTO "foreign_link" VALUES(4405349879742103285,732819470107626894,'текстPj','текстOsEz','text','текстN','текстUui','текстJPtio');
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
INSERT INTO "form_answer" VALUES(1287277317455807777,1963976285093890140,'текств','текстl','текстXGFwl',NULL,'текст',1,'текстH',0,1760137194222408603,'текстU',NULL);
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
INSERT INTO "form_case" VALUES(1963976285093890140,1868895331566381250,1948888430103752598,'expert',3430366303007922625,'текстsH','текст',NULL,NULL,'текстWql','текстiаaiL','текстhA','текст','текстc','текстfbK','текстL','текстгK',NULL,'текстjyNK','текстxlYy','текстIгekf','текстWdf','текст',NULL,'текстLZR');
INSERT INTO "form_case" VALUES(2921171628277584988,1868895331566381250,1948888430103752598,'self',3430366303007922625,'текстLDU','текстaglRv','текстp','текстCWгR','текстfVh','текст',NULL,'текстUtne','текстkjC','текстn','текст',NULL,'текстW','текстCдVw','текстKwZA','текстarQ','текстWpXS','текстTGgG',NULL,'текстQb');
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
INSERT INTO "form_evidence" VALUES(342015511072971256,1963976285093890140,'текстtаF','текстui','текстsCU','dd9f08dbf1dcd030dc00179b82a18d2badfddb8a193fcaf469bfa406383646e6',NULL,'текст');
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
INSERT INTO "form_file" VALUES(1071561144194898273,NULL,2921171628277584988,'reply','текстMvr','b844be4651a900370d985694f1f164817b6bccc3051f670ea896d82f4be2f8b9','текстsGlSf','with_errors','текстO','текстдx','e5614b5ba6c775f5610deea70bc0866d49c948fa5a9c046bd074307035a75541');
INSERT INTO "form_file" VALUES(1760137194222408603,NULL,NULL,'reply','текстQk','0413403dc8dd78c9b2727a11fedfefae31e58c73c54bcbf52a91befd744064b5','текстCq','with_errors','текст','текстHJRo',NULL);
INSERT INTO "form_file" VALUES(3645205933809979036,NULL,1963976285093890140,'workbook','текстjбpeq','852b10d2080134ce2485150ac59d3be48e834b7777139f568bb76119ddf672e8','текст','same',NULL,'текстU','f8531e2a0551564b17f6604b4ce818f4e8520d7f3cc604653df32b3b3550e1e0');
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
INSERT INTO "form_metric" VALUES(3963211005282594772,1963976285093890140,'текстUTc',718098655870141837,0,'текстHLXyг',NULL);
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
INSERT INTO "form_protocol" VALUES(599729027915355546,1868895331566381250,1948888430103752598,NULL,NULL,'текстаJ',NULL,'текст','текст');
CREATE TABLE form_protocol_member (
    id INTEGER PRIMARY KEY,
    protocol_id INTEGER NOT NULL REFERENCES form_protocol(id),
    person_id INTEGER REFERENCES person(id),
    name TEXT NOT NULL,
    post TEXT,
    role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('chair', 'deputy', 'secretary', 'member', 'invited')),
    position INTEGER
) STRICT;
INSERT INTO "form_protocol_member" VALUES(4144453806036952238,599729027915355546,NULL,'текст',NULL,'invited',NULL);
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
INSERT INTO "form_round" VALUES(1331689242348734394,'текстB','текстwL','текстkNqб',628,'текстbb','текстLвyO','текстxNTвV','текстMGWz',NULL,NULL);
INSERT INTO "form_round" VALUES(1868895331566381250,'текстXH','текстдoг','текстbPiSw',-1,'текст','текстTx',NULL,'текстBA',NULL,NULL);
CREATE TABLE form_subject (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    organisation_id INTEGER REFERENCES organisation(id),
    body_id INTEGER REFERENCES body(id),
    person_id INTEGER REFERENCES person(id),
    name TEXT,
    note TEXT, programme_id INTEGER REFERENCES programme(id),
    CHECK (organisation_id IS NOT NULL OR body_id IS NOT NULL OR person_id IS NOT NULL OR name <> '')
) STRICT;
INSERT INTO "form_subject" VALUES(1948888430103752598,'текст',NULL,2751196516377613951,3430366303007922625,'текстE','текстdN',3397547569956664854);
INSERT INTO "form_subject" VALUES(2418603333230281219,'текстGT',NULL,NULL,3430366303007922625,'текстC','текстNJ',1643235418272501456);
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
INSERT INTO "help_entry" VALUES(3101066103981330586,'visit','текстWdaEs',1500391995378973558,NULL,NULL,'online','текстm',NULL,1718466532164697816,'текст','текстKRmk',NULL,'текстiVicq',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "help_template" VALUES(534656490120018657,2026,'текстoyobo','lesson','other','letter',9007199254740993,NULL,'текстYZI',NULL,'текстYEа',9007199254740993);
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
INSERT INTO "import_file" VALUES(1273114873413926365,'текстxI','текст',0,'текстOacgh','текстpдZL',0,2026,9223372036854775807,-1,'текст','текстrYtLд');
INSERT INTO "import_file" VALUES(1680351878586749787,'текстsв','текстhj',-1,'текстA','текстj',0,9223372036854775807,9007199254740993,876,'текстei','текстаWN');
INSERT INTO "import_file" VALUES(2237559671348177135,'текстuFlE','текстJHi',409,'текстVд','текстZбдJe',0,9223372036854775807,-9223372036854775808,1,'текст','текстW');
INSERT INTO "import_file" VALUES(2536820423028494596,'текстz','текстtQw',-9223372036854775808,'текстsfw','текстQBii',0,2026,908,-1,'текст','текстciv');
INSERT INTO "import_file" VALUES(4591462169490879053,'текстGyI','текст',9007199254740993,'текстw','текстcd',0,-1,2026,144,'текстrRY','текстPS');
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
INSERT INTO "import_problem" VALUES(861414251739427692,1273114873413926365,'error','текствLPuб','текстJLtg',NULL,NULL,'open',NULL);
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
INSERT INTO "import_profile" VALUES(3910285229427148253,'текстsw','текст','текстNa','текстm','текстj','текстGD','текстHBD');
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
INSERT INTO "indicator_rule" VALUES(2811719285781306534,2026,NULL,2026,'текстG',NULL,'текстccuF','текстsQGд');
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
INSERT INTO "indicator_stored" VALUES(3614213540299209170,413200230275144568,39,583,'текстTGCa',0,'текстcP','текстKFWzX',NULL,'up','текстtUGB','no_data',NULL,2026,'текстhoд','текстk','текстF');
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
INSERT INTO "indicator_value" VALUES(2112082648361038621,9007199254740993,9007199254740993,413200230275144568,'текстiaгgv','текстzEu',NULL,'текст',NULL);
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
INSERT INTO "journal" VALUES(1,1,'area',240500680541083324,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(2,1,'setting',7831887073976092621,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(3,2,'body',4359291649341641922,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(4,2,'decision_document',3699794560238578400,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(5,2,'agenda_item',2624989531201712630,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(6,2,'agreement_meeting',3675963670930669268,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(7,2,'agreement_party',3367232824667701578,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(8,2,'person',3430366303007922625,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(9,2,'organisation',1500391995378973558,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(10,2,'appointment',4331703353517805839,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(11,2,'area',1753502480026357196,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(12,2,'assessment',4107942929483009164,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(13,2,'attachment',1907090978762165142,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(14,2,'body',2751196516377613951,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(15,2,'body_member',2509796725768041476,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(16,2,'network_platform',287407774031632777,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(17,2,'work_event',146466879047610188,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(18,2,'body_plan',2312435793036498748,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(19,2,'body_school',977747221700989185,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(20,2,'calendar_day',2501099168089389593,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(21,2,'contact',3946209120075574621,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(22,2,'form_round',1868895331566381250,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(23,2,'programme',3397547569956664854,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(24,2,'form_subject',1948888430103752598,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(25,2,'form_case',1963976285093890140,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(26,2,'course_record',2319827901348467147,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(27,2,'custom_column',1245106734985789997,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(28,2,'custom_value',3964643255492076707,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(29,2,'cycle_document',1959184220493723427,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(30,2,'data_explanation',561998452921227741,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(31,2,'decision_document',4568355903112240163,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(32,2,'decision_point',1622512282368294541,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(33,2,'deficit',1718466532164697816,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(34,2,'organisation',718098655870141837,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(35,2,'donor_capacity',3367293887632553454,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(36,2,'draft_cell',1921246994113934068,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(37,2,'event_guest',2586460922656600761,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(38,2,'event_item',2870994379541830065,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(39,2,'event_people',19538078219650861,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(40,2,'execution',643058946182382529,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(41,2,'execution_school',1265879580149989367,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(42,2,'source_document',3709920486789248679,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(43,2,'import_file',1273114873413926365,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(44,2,'external_list',3269098656682072380,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(45,2,'external_entry',581410210223349344,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(46,2,'external_list',3684779299860487993,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(47,2,'foreign_form',732819470107626894,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(48,2,'foreign_link',4405349879742103285,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(49,2,'form_file',1760137194222408603,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(50,2,'form_answer',1287277317455807777,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(51,2,'form_case',2921171628277584988,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(52,2,'form_evidence',342015511072971256,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(53,2,'form_file',3645205933809979036,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(54,2,'form_metric',3963211005282594772,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(55,2,'form_protocol',599729027915355546,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(56,2,'form_protocol_member',4144453806036952238,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(57,2,'form_round',1331689242348734394,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(58,2,'programme',1643235418272501456,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(59,2,'form_subject',2418603333230281219,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(60,2,'help_entry',3101066103981330586,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(61,2,'help_template',534656490120018657,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(62,2,'import_file',1680351878586749787,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(63,2,'import_problem',861414251739427692,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(64,2,'import_profile',3910285229427148253,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(65,2,'indicator_rule',2811719285781306534,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(66,2,'measuring_point',413200230275144568,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(67,2,'indicator_stored',3614213540299209170,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(68,2,'indicator_value',2112082648361038621,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(69,2,'import_file',2536820423028494596,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(70,2,'journal_count',839267354720109609,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(71,2,'legal_act',1469227027713251332,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(72,2,'list_approval',4018155715503646480,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(73,2,'list_correction',2393349780229514058,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(74,2,'list_protocol',667889130163075958,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(75,2,'list_protocol',3459732908975055063,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(76,2,'list_protocol_member',2941700592859146500,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(77,2,'mark_count',291307471184669170,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(78,2,'measuring_point',2459459636306264097,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(79,2,'mentor_pair',2058907003582887420,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(80,2,'mentor_meeting',309014012229829146,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(81,2,'mentor_pair',390472131916785374,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(82,2,'metric_value',1114542368220533668,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(83,2,'network_platform',4032830753261883551,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(84,2,'note',1048728379252676973,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(85,2,'outgoing_paper',2510130145319033203,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(86,2,'legal_act',2122767991387649855,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(87,2,'order_draft',1863251172894130678,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(88,2,'organisation',3909155478651729049,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(89,2,'organisation_alias',2791112560796233495,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(90,2,'organisation_code',4568869593680381739,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(91,2,'organisation',4042761081347708278,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(92,2,'organisation',3657510412843189187,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(93,2,'organisation_distance',3909250486248914026,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(94,2,'organisation_group',895776827334760599,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(95,2,'organisation_group_member',1822960487704481467,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(96,2,'organisation_link',3163095409508249073,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(97,2,'organisation_tie',4336162090587900449,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(98,2,'organisation_year',499364792603405618,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(99,2,'outgoing_paper',3759177492322306477,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(100,2,'package_expected',3873624036571309409,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(101,2,'package_in',3561330770209358898,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(102,2,'package_out',4063993686242140127,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(103,2,'package_paper',2881919848312377735,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(104,2,'paper_event',746849205619687971,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(105,2,'paper_file',1008065173132046040,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(106,2,'paper_setup',333188552175752752,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(107,2,'paper_signature',2806502278558192952,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(108,2,'paper_text',2909048996940959934,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(109,2,'partnership',740938443742228308,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(110,2,'partnership_event',2808661965042470393,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(111,2,'person',4439931364558636240,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(112,2,'plan_count',911618550818546803,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(113,2,'platform_measure',3325827160281055448,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(114,2,'body',2737704972139474341,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(115,2,'practice',4454279511749432818,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(116,2,'practice_use',3960084518449262970,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(117,2,'programme',1603192726497637054,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(118,2,'programme_node',174423421337321782,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(119,2,'programme_direction',4583522446473347908,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(120,2,'programme_activity',3104967183480627185,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(121,2,'programme_block',3331981707470150265,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(122,2,'programme_direction',3282486456430094058,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(123,2,'programme_estimate',1251700889722857227,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(124,2,'programme_indicator',3674235815226841506,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(125,2,'programme_node',1526807858506853770,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(126,2,'programme_link',3682719524050487600,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(127,2,'body',3933279196353163864,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(128,2,'programme_mechanism',2264925207295494359,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(129,2,'programme_money',2154233970947025147,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(130,2,'programme_monitor',1457152172472014446,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(131,2,'programme',2944272332877151869,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(132,2,'programme_node',3503696367551058506,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(133,2,'programme_party',2049499092556835310,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(134,2,'programme_remark',2513980257056343935,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(135,2,'programme_resource',3823632048445442982,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(136,2,'programme_responsible',4508867852572697520,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(137,2,'programme_result',4034852531538161019,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(138,2,'programme_school',2610684371392909281,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(139,2,'programme_silence',1092730237720236943,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(140,2,'programme_stakeholder',1747868825701569786,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(141,2,'programme_target',1613424070029811216,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(142,2,'programme_term',3540879721875996257,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(143,2,'programme_text',1155607883569425441,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(144,2,'recommendation',3473786000977858173,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(145,2,'reference_text',1222610421689024434,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(146,2,'request',1660283771405597829,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(147,2,'risk_measure',3044899549304036166,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(148,2,'road_map_item',674745656915125005,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(149,2,'route_step',866804691509270962,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(150,2,'saved_view',1528336877053936924,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(151,2,'school_break',2452543021947003519,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(152,2,'school_project',2569676559913947190,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(153,2,'school_sheet',2279028708665476944,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(154,2,'import_file',2237559671348177135,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(155,2,'score_count',3612008332054556440,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(156,2,'setting',1155548979356754852,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(157,2,'signer',603661583046470953,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(158,2,'source_document',264700741848914763,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(159,2,'support_line',3746618497246649339,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(160,2,'form_file',1071561144194898273,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(161,2,'survey_sheet',1355629391426400294,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(162,2,'survey_respondent',3126523023405961159,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(163,2,'survey_answer',2932988964251584415,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(164,2,'survey_remark',1769629276601764122,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(165,2,'survey_sheet',2353813349861886637,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(166,2,'survey_respondent',2987017100800377677,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(167,2,'survey_sheet',4475742058579395694,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(168,2,'survey_tally',2507419142154302186,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(169,2,'task',2585524675096946690,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(170,2,'import_file',4591462169490879053,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(171,2,'task_count',304657111163677035,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(172,2,'decision_document',3481938654408086304,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(173,2,'work_event',4536038400029344877,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(174,2,'young_count',1084373353119581504,NULL,'I',NULL,NULL);
CREATE TABLE journal_count (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    area_id INTEGER REFERENCES area(id),
    assessment_id INTEGER NOT NULL REFERENCES assessment(id),
    result_year INTEGER NOT NULL,
    total INTEGER NOT NULL CHECK (total >= 0),
    lowered INTEGER NOT NULL, confirmed INTEGER NOT NULL, raised INTEGER NOT NULL,
    import_file_id INTEGER REFERENCES import_file(id),
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT, autumn INTEGER NOT NULL DEFAULT 0 CHECK (autumn IN (0, 1)),
    CHECK ((organisation_id IS NULL) <> (area_id IS NULL))
) STRICT;
INSERT INTO "journal_count" VALUES(839267354720109609,718098655870141837,NULL,4107942929483009164,9223372036854775807,1,9007199254740993,0,0,2536820423028494596,'текстaBz',9223372036854775807,-1,NULL,0);
CREATE TABLE journal_redo (
    id INTEGER PRIMARY KEY,
    journal_id INTEGER NOT NULL REFERENCES journal(id),
    row TEXT NOT NULL
) STRICT;
CREATE TABLE journal_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    operation_id INTEGER,
    recording INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "journal_state" VALUES(1,NULL,1);
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
INSERT INTO "legal_act" VALUES(1469227027713251332,'school','текстбtHG','текстwEmnl',NULL,'текстRsбt','текстXlZдZ','текстvSaLг','текстVmdI',NULL,'текст',NULL,'текствgT','текстv');
INSERT INTO "legal_act" VALUES(2122767991387649855,'regional','текстftcW',NULL,NULL,'текстznQbC',NULL,NULL,NULL,718098655870141837,NULL,NULL,'текстKSz','текст');
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
INSERT INTO "list_approval" VALUES(4018155715503646480,'текстбDpбl',-1,'текстg','текстhtT','текстhujn',2253838431046765893,'approved','текстfEGiu','текстYt','текст','текстnNTPr');
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
INSERT INTO "list_correction" VALUES(2393349780229514058,'текстe',1,1500391995378973558,'listed','текстOдD','текстpyKбv','текстга');
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
INSERT INTO "list_protocol" VALUES(667889130163075958,'текстn',-9223372036854775808,2751196516377613951,NULL,'текстaySx','текстvxtQC',2026,0,251,'текствTu',NULL);
INSERT INTO "list_protocol" VALUES(3459732908975055063,'текстyAIf',-9223372036854775808,NULL,'текстBPy',NULL,'текстvfgZg',NULL,1,NULL,'текст','текстJMb');
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
INSERT INTO "list_protocol_member" VALUES(2941700592859146500,3459732908975055063,3430366303007922625,'текстzdD','текстHsгw','invited','absent',9007199254740993);
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
INSERT INTO "mark_count" VALUES(291307471184669170,NULL,240500680541083324,4107942929483009164,1,0,0,9223372036854775807,0,9007199254740993,66,NULL,'текствNGgN',0,2536820423028494596,'текст',NULL,0,NULL);
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
INSERT INTO "measuring_point" VALUES(413200230275144568,9223372036854775807,1,1,'текстKsдZm','output','текстxaj',NULL,'текстmuLG','текстjifuQ','текстiBN','текстe');
INSERT INTO "measuring_point" VALUES(2459459636306264097,2026,2026,9223372036854775807,'текстVyJqU','output',NULL,'текстIqB','текст',NULL,'текстгRвxб','текстn');
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
INSERT INTO "mentor_meeting" VALUES(309014012229829146,2058907003582887420,-9223372036854775808,'текстI','текстCR','текстF','текстbLZRz',NULL);
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
INSERT INTO "mentor_pair" VALUES(390472131916785374,'subject',3430366303007922625,1500391995378973558,3430366303007922625,718098655870141837,'текст','текстeIt',NULL,'текстrrEJ','текстY','текстs','active','текстmвrEO','текстXS');
INSERT INTO "mentor_pair" VALUES(2058907003582887420,'innovator',3430366303007922625,1500391995378973558,NULL,718098655870141837,'текстSN','текстKLSvE',NULL,'текстfqJlt',NULL,'текстC','broken','текстVbw','текст');
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
    sheet TEXT, row_from INTEGER, row_to INTEGER, cells TEXT, form_case_id INTEGER REFERENCES form_case(id), form_file_id INTEGER REFERENCES form_file(id),
    UNIQUE (organisation_id, school_year, metric)
) STRICT;
INSERT INTO "metric_value" VALUES(1114542368220533668,718098655870141837,-9223372036854775808,'текстh',2026,NULL,'текстTNr','текстKDTze',1680351878586749787,'текстAIjy',NULL,NULL,NULL,2921171628277584988,1760137194222408603);
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
INSERT INTO "network_platform" VALUES(287407774031632777,9223372036854775807,'текстhoVw',NULL,NULL,'текстE','текстPnCBm','текстZаpK');
INSERT INTO "network_platform" VALUES(4032830753261883551,10,NULL,NULL,'текстgM',NULL,NULL,'текстHYгz');
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    text TEXT NOT NULL,
    remind_on TEXT,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "note" VALUES(1048728379252676973,718098655870141837,'текстh','текстаe',0,'текстapo');
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
INSERT INTO "operation" VALUES(1,'2026-11-23T16:15:27+00:00','Тестов','file.new','Создан файл',0,'done',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(2,'2026-11-23T16:15:27+00:00','Тестов','test.fill','Записано по одной строке всюду',1,'done',NULL,NULL,NULL);
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
INSERT INTO "order_draft" VALUES(1863251172894130678,'текстEAfR',2026,'decree',NULL,NULL,'текстs','текстVBCST',NULL,2510130145319033203,2122767991387649855,'текстeMdp','текстBOtz');
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
INSERT INTO "organisation" VALUES(718098655870141837,'service','текст','текстV','текст',240500680541083324,'текстxMgpp','village','текстM','suspended',0,1500391995378973558,-9223372036854775808);
INSERT INTO "organisation" VALUES(1500391995378973558,'partner','текстZbl','текстStmM','текстаV',240500680541083324,'текст',NULL,'текстp','reorganised',1,NULL,NULL);
INSERT INTO "organisation" VALUES(3657510412843189187,'extra','текстZkRа','текстбnJ','текстjQ',240500680541083324,'текст',NULL,NULL,'suspended',1,718098655870141837,9223372036854775807);
INSERT INTO "organisation" VALUES(3909155478651729049,'kindergarten','текстPа',NULL,'текстike',NULL,NULL,'village','текст','closed',1,1500391995378973558,NULL);
INSERT INTO "organisation" VALUES(4042761081347708278,'service','текстp','текстU',NULL,NULL,NULL,NULL,'текстLSdcA','reorganised',1,NULL,-9223372036854775808);
CREATE TABLE organisation_alias (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    spelling TEXT NOT NULL,
    normal TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    UNIQUE (normal, scope)
) STRICT;
INSERT INTO "organisation_alias" VALUES(2791112560796233495,718098655870141837,'текстwyz','текст','текстQjyVD');
CREATE TABLE organisation_code (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    system TEXT NOT NULL CHECK (system IN ('fisoko', 'msu', 'oo', 'inn', 'ogrn', 'own')),
    value TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) STRICT;
INSERT INTO "organisation_code" VALUES(4568869593680381739,718098655870141837,'oo','текстбA','текстnE',NULL);
CREATE TABLE organisation_distance (
    id INTEGER PRIMARY KEY,
    first_id INTEGER NOT NULL REFERENCES organisation(id),
    second_id INTEGER NOT NULL REFERENCES organisation(id),
    km INTEGER CHECK (km >= 0),
    minutes INTEGER CHECK (minutes >= 0),
    CHECK (first_id < second_id),
    UNIQUE (first_id, second_id)
) STRICT;
INSERT INTO "organisation_distance" VALUES(3909250486248914026,1500391995378973558,3909155478651729049,NULL,NULL);
CREATE TABLE organisation_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER
) STRICT;
INSERT INTO "organisation_group" VALUES(895776827334760599,'текстAODNX',1);
CREATE TABLE organisation_group_member (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES organisation_group(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (group_id, organisation_id)
) STRICT;
INSERT INTO "organisation_group_member" VALUES(1822960487704481467,895776827334760599,718098655870141837);
CREATE TABLE organisation_link (
    id INTEGER PRIMARY KEY,
    predecessor_id INTEGER NOT NULL REFERENCES organisation(id),
    successor_id INTEGER NOT NULL REFERENCES organisation(id),
    on_date TEXT,
    act TEXT,
    CHECK (predecessor_id <> successor_id)
) STRICT;
INSERT INTO "organisation_link" VALUES(3163095409508249073,1500391995378973558,718098655870141837,'текстXZNzH','текстSNRcU');
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
INSERT INTO "organisation_tie" VALUES(4336162090587900449,4042761081347708278,1500391995378973558,-1,'текстeHJoB',12,'agreed',NULL,'текстwh','текстаVAin',NULL);
CREATE TABLE organisation_year (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    pupils INTEGER CHECK (pupils >= 0),
    teachers INTEGER CHECK (teachers >= 0),
    UNIQUE (organisation_id, school_year)
) STRICT;
INSERT INTO "organisation_year" VALUES(499364792603405618,3909155478651729049,0,0,NULL);
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
, out_number TEXT, dated TEXT, period TEXT, addressee TEXT, recipe TEXT, content_sha256 TEXT REFERENCES blob(sha256), replaces INTEGER REFERENCES outgoing_paper(id)) STRICT;
INSERT INTO "outgoing_paper" VALUES(2510130145319033203,0,'текстl','текстZb','текстE','f48bd654b653c4f74b3adfe0abc9e70d9d29131180a06e80801749d09550787b',NULL,'registered','текст','текстaT','текстBjU','текст','текст','текстCLy','текстoxw','текстXkXJ',NULL,NULL);
INSERT INTO "outgoing_paper" VALUES(3759177492322306477,1,'текст','текстJmEB','текстVw','a5ec54555ec096a6d82e9c07f7c00b797ec0f12bc27773694456bdef79043edf',2900593668996400204,'registered','текст','текст',NULL,'текст','текстббSA','текстmKSDY','текстzдUig','текстs','a3bc4c3e5d3e3c70d1524f70633cde1b3a2c22bdc2fddbc3f8c047ea606c5de5',NULL);
CREATE TABLE package_expected (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    municipality TEXT,
    oktmo TEXT,
    contact TEXT,
    due_on TEXT,
    note TEXT
) STRICT;
INSERT INTO "package_expected" VALUES(3873624036571309409,9223372036854775807,'текстMyJ',NULL,'текстDllVn',NULL,NULL);
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
INSERT INTO "package_in" VALUES(3561330770209358898,'текстiRfT',NULL,'текст','текстiMU','текстm','текстsQGim',0,'текстaб','текстlKnyv','текстg','текстtsT','текстSowJ','текстeTWm','текстSO',NULL,'текстJ');
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
INSERT INTO "package_out" VALUES(4063993686242140127,548,'текстyJ','текстHWBбC','текстаZLmr','текстqh','текстhts',9007199254740993,'текстаGCp',1,'текстгo','текстVCjYc','текстcQ','текст',NULL,NULL);
CREATE TABLE package_paper (
    id INTEGER PRIMARY KEY,
    package_id INTEGER NOT NULL REFERENCES package_out(id),
    paper_id INTEGER NOT NULL REFERENCES outgoing_paper(id),
    UNIQUE (package_id, paper_id)
) STRICT;
INSERT INTO "package_paper" VALUES(2881919848312377735,4063993686242140127,2510130145319033203);
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
INSERT INTO "paper_event" VALUES(746849205619687971,2510130145319033203,'sent','текстS','текстbаMME',NULL,'текстLkm','текстWL',NULL,NULL,'37dc0ea34f650d6be230c6813c5b672f6f9c6c5f63a55566b88427afb74cbbeb','текстoгiK','текстPCmX');
CREATE TABLE "paper_file" (
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
INSERT INTO "paper_file" VALUES(1008065173132046040,3759177492322306477,'signed','текстL','5c93e389908bad7c7a4ccb6e8e40372a23f04888fe4245a88296ac6ff476647b','текстmo','текстP','текствu','текстаT','текстS',NULL);
CREATE TABLE paper_setup (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, key)
) STRICT;
INSERT INTO "paper_setup" VALUES(333188552175752752,'текстeC','текстct','текстMCyXy');
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
INSERT INTO "paper_signature" VALUES(2806502278558192952,2510130145319033203,-9223372036854775808,'текстYe','текстtuyvV','waiting',1008065173132046040,'текстvNm','текстCU');
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
INSERT INTO "paper_text" VALUES(2909048996940959934,'текстGkC','текстg','текст','текстVm','текстMhOHp',NULL,NULL);
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
INSERT INTO "partnership" VALUES(740938443742228308,-9223372036854775808,NULL,'текстjdC',NULL,NULL,'текстIвFг','текстEk','текстаOmh','текстQuz','текстдcад','active',4336162090587900449,'текстlBq');
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
INSERT INTO "partnership_event" VALUES(2808661965042470393,740938443742228308,1,'текстDMr','текстNrrma','текстK',9007199254740993,'текст','текстFy');
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    full_name TEXT NOT NULL,
    position TEXT,
    phone TEXT,
    email TEXT,
    name_cases TEXT,
    note TEXT
) STRICT;
INSERT INTO "person" VALUES(3430366303007922625,'текстx',NULL,'текст','текстAVXS','текстfG','текстfLq');
INSERT INTO "person" VALUES(4439931364558636240,'текстD','текст','текстcW','текстkioCN',NULL,'текстucx');
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
INSERT INTO "plan_count" VALUES(911618550818546803,2026,NULL,'pupil','текстаV',1,NULL,0,'текстrTLz');
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
INSERT INTO "platform_measure" VALUES(3325827160281055448,287407774031632777,'текстZsMQz','текстATW',NULL,NULL,'текстazVxN');
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
INSERT INTO "practice" VALUES(4454279511749432818,'practice','текстmc',718098655870141837,2737704972139474341,'текстppai',NULL,'текстywNwR','communication',NULL,NULL,'текстWCSeд','текстnOTPв','archived','текстpPjY','текст','текстnsFz','текстбj');
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
INSERT INTO "practice_use" VALUES(3960084518449262970,4454279511749432818,1500391995378973558,'trying',NULL,3,'текстHy',NULL);
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
INSERT INTO "programme" VALUES(1603192726497637054,'school',718098655870141837,'programme','текств',-1,9007199254740993,'текстcWrд',NULL,'текстO','tasks',954,-9223372036854775808,NULL,3397547569956664854,'текстqvfy','текст','текстd',NULL,'текстO','текстS',NULL,'текст','текст',NULL,NULL,'текстhoгuX');
INSERT INTO "programme" VALUES(1643235418272501456,'municipal',NULL,'programme','текстvs',0,1,'текстдKhNв',NULL,'текстNRRQK','directions',388,430,3397547569956664854,3397547569956664854,'текстI','текстO',NULL,NULL,'текстOuONz','текст',4032357792806753962,'текстsIH','текстpareC','текстKгаyS',NULL,'текстjqcY');
INSERT INTO "programme" VALUES(2944272332877151869,'school',718098655870141837,'plan','текстwys',-1,717,NULL,'текстyG',NULL,'directions',353,-1,1603192726497637054,1643235418272501456,'текстs','текстHuTJ',NULL,'текстBeoPA','текстEsl',NULL,1481992999196389340,NULL,'текстXDб','текстO','fed5580dc6cb86687f6a519fdafd36b9627fe2e8258a0fe6e7e55890664da388',NULL);
INSERT INTO "programme" VALUES(3397547569956664854,'municipal',NULL,'plan','текстIn',176,9007199254740993,'текстOo','текст','текстбop','tasks',892,996,NULL,NULL,'текстI','текстh','текстuQn','текстdm','текст',NULL,4099217568810002204,'текстbOUвI','текстgN',NULL,NULL,'текстг');
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
INSERT INTO "programme_activity" VALUES(3104967183480627185,174423421337321782,'текстZ','текстNGD','текстbгPJl',4583522446473347908,NULL,NULL,'chosen',1,0);
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
INSERT INTO "programme_block" VALUES(3331981707470150265,1643235418272501456,219,'accepted','текстy','текстMyDTZ','текст','текстEPLr',NULL,4439931364558636240);
CREATE TABLE programme_direction (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL
) STRICT;
INSERT INTO "programme_direction" VALUES(3282486456430094058,1643235418272501456,9007199254740993,'текстM');
INSERT INTO "programme_direction" VALUES(4583522446473347908,1603192726497637054,-9223372036854775808,'текстWPm');
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
INSERT INTO "programme_estimate" VALUES(1251700889722857227,174423421337321782,9007199254740993,888,'текст','текстzM','текстдYmZ',NULL,NULL,'текстx','текстmej');
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
INSERT INTO "programme_indicator" VALUES(3674235815226841506,174423421337321782,'текстaд','down',-9223372036854775808,'текстQiZjB',NULL,NULL,'текстcд',NULL,NULL,'текствp','текстFf',NULL,NULL,'текстjbг');
CREATE TABLE programme_link (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    kind TEXT NOT NULL CHECK (kind IN ('serves', 'solves', 'after')),
    source_id INTEGER NOT NULL REFERENCES programme_node(id),
    target_id INTEGER NOT NULL REFERENCES programme_node(id),
    UNIQUE (kind, source_id, target_id),
    CHECK (source_id <> target_id)
) STRICT;
INSERT INTO "programme_link" VALUES(3682719524050487600,1643235418272501456,'serves',174423421337321782,1526807858506853770);
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
INSERT INTO "programme_mechanism" VALUES(2264925207295494359,1603192726497637054,1,'текстI','текст','текстl',4439931364558636240,3933279196353163864,1500391995378973558);
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
INSERT INTO "programme_money" VALUES(2154233970947025147,1526807858506853770,0,'текстgUq','текст',0,'текстdoдb');
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
INSERT INTO "programme_monitor" VALUES(1457152172472014446,1643235418272501456,-9223372036854775808,'текстSiгC','текстuJi','текстIMC','текстhKYг','текстDRj');
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
INSERT INTO "programme_node" VALUES(174423421337321782,3397547569956664854,NULL,'measure',-9223372036854775808,'текстTB',0,'management',NULL,NULL,NULL,'текст');
INSERT INTO "programme_node" VALUES(1526807858506853770,3397547569956664854,174423421337321782,'risk',0,'текстд',1,'management','текстfa',NULL,'текстlдr','текстд');
INSERT INTO "programme_node" VALUES(3503696367551058506,2944272332877151869,174423421337321782,'problem',9223372036854775807,'текстUoV',885,'conditions',NULL,'текстlP','текстooвgZ','текстid');
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
INSERT INTO "programme_party" VALUES(2049499092556835310,1643235418272501456,912,'текстnrlXZ',NULL,'текстYJdzp','текстyd','текст',NULL);
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
INSERT INTO "programme_remark" VALUES(2513980257056343935,2944272332877151869,2049499092556835310,NULL,'текстCB','текстECp','текстGUYfi',NULL,'taken','текстa');
CREATE TABLE programme_resource (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('works', 'develop', 'absent')),
    text TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    effect TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "programme_resource" VALUES(3823632048445442982,1603192726497637054,9223372036854775807,'develop','текстwxUWz','текстwFh','текстXsJ');
CREATE TABLE programme_responsible (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    person_id INTEGER REFERENCES person(id),
    body_id INTEGER REFERENCES body(id),
    organisation_id INTEGER REFERENCES organisation(id)
) STRICT;
INSERT INTO "programme_responsible" VALUES(4508867852572697520,3503696367551058506,-1,'текстLascy',3430366303007922625,2737704972139474341,NULL);
CREATE TABLE programme_result (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "programme_result" VALUES(4034852531538161019,1526807858506853770,9223372036854775807,'текстq');
CREATE TABLE programme_school (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (node_id, organisation_id)
) STRICT;
INSERT INTO "programme_school" VALUES(2610684371392909281,1526807858506853770,4042761081347708278);
CREATE TABLE programme_silence (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    rule TEXT NOT NULL,
    node_id INTEGER REFERENCES programme_node(id),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "programme_silence" VALUES(1092730237720236943,3397547569956664854,'текст',174423421337321782,'текстKEг');
CREATE TABLE programme_stakeholder (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    interest TEXT NOT NULL DEFAULT '',
    part TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "programme_stakeholder" VALUES(1747868825701569786,1603192726497637054,0,'текстWgDU','текстoYA','текстZX');
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
INSERT INTO "programme_target" VALUES(1613424070029811216,174423421337321782,431,'текстbcBs',NULL,'текстkBnAQ',NULL,NULL,'текстдkcKE');
CREATE TABLE programme_term (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    date_from TEXT NOT NULL,
    date_to TEXT NOT NULL,
    typed INTEGER NOT NULL DEFAULT 0 CHECK (typed IN (0, 1)),
    CHECK (date_from <= date_to)
) STRICT;
INSERT INTO "programme_term" VALUES(3540879721875996257,174423421337321782,1,'текстIn','текстJба',1);
CREATE TABLE programme_text (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('typed', 'derived')),
    figures TEXT,
    UNIQUE (programme_id, key)
) STRICT;
INSERT INTO "programme_text" VALUES(1155607883569425441,3397547569956664854,'текстo','текст','derived',NULL);
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
INSERT INTO "recommendation" VALUES(3473786000977858173,1,'other',NULL,NULL,-1,'текст',NULL,'текстcJ','текстhEYJ',NULL,'текстnsg','yes',NULL);
CREATE TABLE "reference_text" (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    ref_id TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (kind, ref_id, version)
) STRICT;
INSERT INTO "reference_text" VALUES(1222610421689024434,'текст','текст','текстkscb','текст','текстPIK','текстfjOf');
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
INSERT INTO "request" VALUES(1660283771405597829,NULL,'текстtHe',NULL,NULL,'текстeH','текстqYJU','текстxAhle','текстnrIд','текст','текстzL',2510130145319033203,'текствl');
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
INSERT INTO "risk_measure" VALUES(3044899549304036166,9007199254740993,4042761081347708278,NULL,'текстscOhC','текстoi','текстt','planned','текстx','текстfwvw');
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
INSERT INTO "road_map_item" VALUES(674745656915125005,'текстLRNnв',-9223372036854775808,3657510412843189187,'текст',NULL,'текстwjox','текст',NULL,'текст','текстILW','текстnx',0);
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
INSERT INTO "route_step" VALUES(866804691509270962,-1,4042761081347708278,'текст','текстsEOt','текстаv','текстhJv','текстvoA',NULL,'текст','текстW');
CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    title TEXT NOT NULL,
    spec TEXT NOT NULL,
    UNIQUE (place, title)
) STRICT;
INSERT INTO "saved_view" VALUES(1528336877053936924,'текстDaT','текстfpmGв','текстVc');
CREATE TABLE school_break (
    id INTEGER PRIMARY KEY,
    school_year INTEGER NOT NULL,
    title TEXT,
    date_from TEXT,
    date_to TEXT,
    position INTEGER
) STRICT;
INSERT INTO "school_break" VALUES(2452543021947003519,9223372036854775807,'текстбxDA',NULL,NULL,2026);
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
INSERT INTO "school_project" VALUES(2569676559913947190,4042761081347708278,9007199254740993,'текст','текстMWq','municipal','текстlgгWG',NULL,'текстfYz','текст');
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
INSERT INTO "school_sheet" VALUES(2279028708665476944,1500391995378973558,446,NULL,'текстKIfJ',NULL,'текстFWдаc','текстTeSr','текстdдR');
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
INSERT INTO "score_count" VALUES(3612008332054556440,NULL,240500680541083324,4107942929483009164,-9223372036854775808,0,'test',77,'текстfnxW',1,2237559671348177135,NULL,-1,-1,NULL);
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
INSERT INTO "setting" VALUES(1155548979356754852,'текстYMXt','текстa');
INSERT INTO "setting" VALUES(7831887073976092621,'municipality','Тестовый район');
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
INSERT INTO "signer" VALUES(603661583046470953,-9223372036854775808,NULL,NULL,'текстx','текстx','approve',NULL,'текст');
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "snapshot" VALUES(229982587640907903,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T16:15:27+00:00');
INSERT INTO "snapshot" VALUES(1481992999196389340,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T16:15:27+00:00');
INSERT INTO "snapshot" VALUES(2253838431046765893,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T16:15:27+00:00');
INSERT INTO "snapshot" VALUES(2900593668996400204,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T16:15:27+00:00');
INSERT INTO "snapshot" VALUES(3446757402913533936,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T16:15:27+00:00');
INSERT INTO "snapshot" VALUES(4032357792806753962,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T16:15:27+00:00');
INSERT INTO "snapshot" VALUES(4099217568810002204,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T16:15:27+00:00');
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
INSERT INTO "source_document" VALUES(264700741848914763,'текстiw',NULL,'текстjYввC','текстS',NULL,'94ccac9d8231a3298102bf545e46d892b3fb635920b88550526629e8fc851a5c',NULL,'текстL');
INSERT INTO "source_document" VALUES(3709920486789248679,'текстCHJzh','текстM','текстuq','текстVxг',NULL,'df79836966c642f93bc4f8591450fe848721f44b4de658fee9f8d43c349f33a1','текст','текстhQбfb');
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
, practice_id INTEGER REFERENCES practice(id)) STRICT;
INSERT INTO "support_line" VALUES(3746618497246649339,-9223372036854775808,718098655870141837,1718466532164697816,'текстA',NULL,NULL,NULL,NULL,NULL,'текстDIf',NULL,'running','текстy',4454279511749432818);
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
INSERT INTO "survey_answer" VALUES(2932988964251584415,3126523023405961159,'текстg','текст','текстPTWU','текстeQZв',NULL);
CREATE TABLE survey_remark (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    item_id TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER
) STRICT;
INSERT INTO "survey_remark" VALUES(1769629276601764122,1355629391426400294,'текстdlpk','текстQEаi',1);
CREATE TABLE survey_respondent (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    position INTEGER NOT NULL
) STRICT;
INSERT INTO "survey_respondent" VALUES(2987017100800377677,2353813349861886637,-9223372036854775808);
INSERT INTO "survey_respondent" VALUES(3126523023405961159,1355629391426400294,693);
CREATE TABLE survey_sheet (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES form_round(id),
    subject_id INTEGER NOT NULL REFERENCES form_subject(id),
    held_on TEXT,
    given_out INTEGER CHECK (given_out >= 0),
    note TEXT,
    import_file_id INTEGER REFERENCES form_file(id)
, event_id INTEGER REFERENCES work_event(id)) STRICT;
INSERT INTO "survey_sheet" VALUES(1355629391426400294,1868895331566381250,1948888430103752598,'текстLEв',2026,'текстmKXбt',1071561144194898273,146466879047610188);
INSERT INTO "survey_sheet" VALUES(2353813349861886637,1868895331566381250,2418603333230281219,'текстT',9223372036854775807,NULL,NULL,NULL);
INSERT INTO "survey_sheet" VALUES(4475742058579395694,1868895331566381250,2418603333230281219,NULL,2026,NULL,1760137194222408603,146466879047610188);
CREATE TABLE survey_tally (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    item_id TEXT NOT NULL,
    choice TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    UNIQUE (sheet_id, item_id, choice)
) STRICT;
INSERT INTO "survey_tally" VALUES(2507419142154302186,1355629391426400294,'текстdnбEA','текстггCBh',1);
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
INSERT INTO "task" VALUES(2585524675096946690,'visit',NULL,'текстTNn','month',1,'текст',NULL,NULL,'текстаOVa','текстRnk',NULL,NULL,NULL);
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
INSERT INTO "task_count" VALUES(304657111163677035,4042761081347708278,NULL,4107942929483009164,2026,1,'текстаkala',3,-1,NULL,'текстd',2026,-1,1,1,4591462169490879053,NULL,-1,NULL,'текстch');
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
INSERT INTO "work_event" VALUES(146466879047610188,'hearing','текстTZVQ',NULL,'текстc',NULL,NULL,'cancelled','текстozEa',NULL,4359291649341641922,287407774031632777,1500391995378973558,NULL,'текстr','текстjN','текст',NULL,NULL,NULL,0,'текстOtD',3699794560238578400,'текстfQeгг');
INSERT INTO "work_event" VALUES(4536038400029344877,'master','текстlvr','текстkбgQ','текстRdeв','текстAzKJe',NULL,'moved',NULL,NULL,NULL,4032830753261883551,4042761081347708278,4042761081347708278,'текстHKNQR','текстbIBBd',NULL,'текст',NULL,'текстUдWhб',9223372036854775807,'текстj',3481938654408086304,'текстo');
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
INSERT INTO "young_count" VALUES(1084373353119581504,1,4042761081347708278,NULL,9007199254740993,9223372036854775807,9007199254740993,NULL,'текстRJRhW',NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX journal_by_operation ON journal(operation_id);
CREATE INDEX journal_by_row ON journal(table_name, row_key);
CREATE INDEX journal_redo_by_entry ON journal_redo(journal_id);
CREATE UNIQUE INDEX area_by_code ON area(code) WHERE code IS NOT NULL;
CREATE INDEX organisation_by_area ON organisation(area_id);
CREATE INDEX organisation_by_duplicate ON organisation(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE UNIQUE INDEX organisation_code_unique ON organisation_code(system, value)
    WHERE system IN ('fisoko', 'oo', 'own');
CREATE INDEX organisation_code_by_value ON organisation_code(value);
CREATE INDEX organisation_code_by_organisation ON organisation_code(organisation_id);
CREATE INDEX organisation_alias_by_organisation ON organisation_alias(organisation_id);
CREATE INDEX appointment_by_organisation ON appointment(organisation_id);
CREATE INDEX contact_by_organisation ON contact(organisation_id);
CREATE UNIQUE INDEX assessment_unique
    ON assessment(procedure, subject, coalesce(level, ''), coalesce(grade, 0));
CREATE INDEX import_problem_by_file ON import_problem(import_file_id);
CREATE UNIQUE INDEX mark_count_of_school
    ON mark_count(organisation_id, result_year, assessment_id, autumn) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX mark_count_of_area
    ON mark_count(area_id, result_year, assessment_id, autumn) WHERE area_id IS NOT NULL;
CREATE UNIQUE INDEX list_approval_in_force
    ON list_approval(rule_id, result_year) WHERE state = 'approved';
CREATE UNIQUE INDEX task_count_of_school
    ON task_count(organisation_id, result_year, assessment_id, autumn, task, group_mark)
    WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX task_count_of_area
    ON task_count(area_id, result_year, assessment_id, autumn, task, group_mark) WHERE area_id IS NOT NULL;
CREATE UNIQUE INDEX score_count_of_school
    ON score_count(organisation_id, result_year, assessment_id, autumn, measure) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX score_count_of_area
    ON score_count(area_id, result_year, assessment_id, autumn, measure) WHERE area_id IS NOT NULL;
CREATE INDEX import_profile_by_signature ON import_profile(signature);
CREATE INDEX metric_value_by_year ON metric_value(school_year, metric);
CREATE INDEX school_project_by_organisation ON school_project(organisation_id, school_year);
CREATE INDEX external_list_by_kind ON external_list(kind, year);
CREATE INDEX external_entry_by_organisation ON external_entry(organisation_id);
CREATE UNIQUE INDEX journal_count_of_school
    ON journal_count(organisation_id, result_year, assessment_id, autumn) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX journal_count_of_area
    ON journal_count(area_id, result_year, assessment_id, autumn) WHERE area_id IS NOT NULL;
CREATE INDEX agreement_party_by_list ON agreement_party(rule_id, result_year);
CREATE INDEX agreement_meeting_by_list ON agreement_meeting(rule_id, result_year);
CREATE INDEX list_protocol_member_by_protocol ON list_protocol_member(protocol_id);
CREATE INDEX road_map_item_by_list ON road_map_item(rule_id, result_year);
CREATE INDEX organisation_tie_by_donor ON organisation_tie(donor_id, school_year);
CREATE INDEX organisation_tie_by_receiver ON organisation_tie(receiver_id, school_year);
CREATE INDEX organisation_distance_by_second ON organisation_distance(second_id);
CREATE INDEX form_subject_by_organisation ON form_subject(organisation_id, kind);
CREATE INDEX form_round_by_form ON form_round(form_id, school_year);
CREATE INDEX form_case_by_round ON form_case(round_id, subject_id);
CREATE INDEX form_case_by_subject ON form_case(subject_id);
CREATE INDEX form_file_by_case ON form_file(case_id);
CREATE INDEX form_file_by_round ON form_file(round_id);
CREATE INDEX form_evidence_by_case ON form_evidence(case_id);
CREATE INDEX survey_sheet_by_round ON survey_sheet(round_id);
CREATE INDEX survey_respondent_by_sheet ON survey_respondent(sheet_id);
CREATE INDEX survey_remark_by_sheet ON survey_remark(sheet_id);
CREATE INDEX form_protocol_member_by_protocol ON form_protocol_member(protocol_id);
CREATE INDEX course_record_by_year ON course_record(school_year, organisation_id);
CREATE INDEX course_record_by_case ON course_record(case_id) WHERE case_id IS NOT NULL;
CREATE INDEX programme_by_organisation ON programme(organisation_id);
CREATE INDEX programme_by_lineage ON programme(lineage, edition);
CREATE INDEX programme_direction_by_programme ON programme_direction(programme_id);
CREATE INDEX programme_node_by_programme ON programme_node(programme_id);
CREATE INDEX programme_node_by_parent ON programme_node(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX programme_term_by_node ON programme_term(node_id);
CREATE INDEX programme_responsible_by_node ON programme_responsible(node_id);
CREATE INDEX programme_result_by_node ON programme_result(node_id);
CREATE INDEX programme_school_by_organisation ON programme_school(organisation_id);
CREATE INDEX programme_link_by_programme ON programme_link(programme_id);
CREATE INDEX programme_link_by_target ON programme_link(target_id);
CREATE INDEX programme_estimate_by_node ON programme_estimate(node_id);
CREATE INDEX programme_stakeholder_by_programme ON programme_stakeholder(programme_id);
CREATE INDEX programme_mechanism_by_programme ON programme_mechanism(programme_id);
CREATE INDEX programme_monitor_by_programme ON programme_monitor(programme_id);
CREATE INDEX programme_resource_by_programme ON programme_resource(programme_id);
CREATE INDEX programme_party_by_programme ON programme_party(programme_id);
CREATE INDEX programme_remark_by_programme ON programme_remark(programme_id);
CREATE INDEX programme_block_by_programme ON programme_block(programme_id);
CREATE INDEX programme_silence_by_programme ON programme_silence(programme_id);
CREATE INDEX execution_school_by_organisation ON execution_school(organisation_id);
CREATE INDEX measuring_point_by_lineage ON measuring_point(lineage, plan_year);
CREATE UNIQUE INDEX indicator_value_once ON indicator_value(lineage, plan_year, coalesce(point_id, 0));
CREATE INDEX indicator_stored_by_lineage ON indicator_stored(lineage, plan_year);
CREATE INDEX attachment_by_row ON attachment(table_name, row_key);
CREATE INDEX decision_document_by_year ON decision_document(school_year);
CREATE INDEX agenda_item_by_document ON agenda_item(document_id);
CREATE INDEX decision_point_by_document ON decision_point(document_id);
CREATE INDEX task_by_due ON task(due_on) WHERE done_on IS NULL;
CREATE INDEX partnership_by_year ON partnership(school_year);
CREATE INDEX partnership_event_by_partnership ON partnership_event(partnership_id);
CREATE INDEX deficit_by_year ON deficit(school_year);
CREATE INDEX plan_count_by_year ON plan_count(school_year);
CREATE INDEX support_line_by_year ON support_line(school_year);
CREATE INDEX risk_measure_by_year ON risk_measure(school_year);
CREATE INDEX cycle_document_by_year ON cycle_document(school_year);
CREATE INDEX route_step_by_year ON route_step(school_year, organisation_id);
CREATE INDEX recommendation_by_year ON recommendation(school_year);
CREATE INDEX paper_file_by_paper ON paper_file(paper_id);
CREATE INDEX paper_event_by_paper ON paper_event(paper_id);
CREATE INDEX package_in_by_period ON package_in(period, municipality);
CREATE INDEX body_member_by_body ON body_member(body_id);
CREATE INDEX work_event_by_day ON work_event(date_from);
CREATE INDEX work_event_by_lineage ON work_event(lineage);
CREATE INDEX work_event_by_body ON work_event(body_id);
CREATE INDEX event_item_by_event ON event_item(event_id);
CREATE INDEX event_people_by_event ON event_people(event_id);
CREATE INDEX event_people_by_organisation ON event_people(organisation_id);
CREATE INDEX event_guest_by_event ON event_guest(event_id);
CREATE INDEX survey_sheet_by_event ON survey_sheet(event_id);
CREATE INDEX help_entry_by_day ON help_entry(held_on);
CREATE INDEX help_entry_by_organisation ON help_entry(organisation_id);
CREATE INDEX help_entry_by_lineage ON help_entry(lineage);
CREATE INDEX help_entry_by_next ON help_entry(next_on);
CREATE INDEX body_school_by_body ON body_school(body_id);
CREATE INDEX body_plan_by_body ON body_plan(body_id, school_year);
CREATE INDEX practice_by_organisation ON practice(organisation_id);
CREATE INDEX practice_by_body ON practice(body_id);
CREATE INDEX practice_use_by_practice ON practice_use(practice_id);
CREATE INDEX practice_use_by_organisation ON practice_use(organisation_id);
CREATE INDEX support_line_by_practice ON support_line(practice_id);
CREATE INDEX mentor_pair_by_organisation ON mentor_pair(organisation_id);
CREATE INDEX mentor_meeting_by_pair ON mentor_meeting(pair_id);
CREATE INDEX young_count_by_year ON young_count(school_year);
CREATE TRIGGER opora_agenda_item_i AFTER INSERT ON "agenda_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agenda_item', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_agenda_item_u AFTER UPDATE ON "agenda_item" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."document_id" IS NOT NEW."document_id" OR OLD."position" IS NOT NEW."position" OR OLD."topic" IS NOT NEW."topic" OR OLD."speaker" IS NOT NEW."speaker" OR OLD."heard" IS NOT NEW."heard" OR OLD."votes_for" IS NOT NEW."votes_for" OR OLD."votes_against" IS NOT NEW."votes_against" OR OLD."votes_abstained" IS NOT NEW."votes_abstained") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agenda_item', OLD.id, 'U', json_object('id', OLD."id", 'document_id', OLD."document_id", 'position', OLD."position", 'topic', OLD."topic", 'speaker', OLD."speaker", 'heard', OLD."heard", 'votes_for', OLD."votes_for", 'votes_against', OLD."votes_against", 'votes_abstained', OLD."votes_abstained")); END;
CREATE TRIGGER opora_agenda_item_d AFTER DELETE ON "agenda_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agenda_item', OLD.id, 'D', json_object('id', OLD."id", 'document_id', OLD."document_id", 'position', OLD."position", 'topic', OLD."topic", 'speaker', OLD."speaker", 'heard', OLD."heard", 'votes_for', OLD."votes_for", 'votes_against', OLD."votes_against", 'votes_abstained', OLD."votes_abstained")); END;
CREATE TRIGGER opora_agenda_item_key BEFORE UPDATE OF id ON "agenda_item" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_agreement_meeting_i AFTER INSERT ON "agreement_meeting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agreement_meeting', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_agreement_meeting_u AFTER UPDATE ON "agreement_meeting" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."held_on" IS NOT NEW."held_on" OR OLD."place" IS NOT NEW."place" OR OLD."topic" IS NOT NEW."topic" OR OLD."present" IS NOT NEW."present" OR OLD."outcome" IS NOT NEW."outcome") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agreement_meeting', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'held_on', OLD."held_on", 'place', OLD."place", 'topic', OLD."topic", 'present', OLD."present", 'outcome', OLD."outcome")); END;
CREATE TRIGGER opora_agreement_meeting_d AFTER DELETE ON "agreement_meeting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agreement_meeting', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'held_on', OLD."held_on", 'place', OLD."place", 'topic', OLD."topic", 'present', OLD."present", 'outcome', OLD."outcome")); END;
CREATE TRIGGER opora_agreement_meeting_key BEFORE UPDATE OF id ON "agreement_meeting" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_agreement_party_i AFTER INSERT ON "agreement_party" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agreement_party', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_agreement_party_u AFTER UPDATE ON "agreement_party" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."kind" IS NOT NEW."kind" OR OLD."name" IS NOT NEW."name" OR OLD."person" IS NOT NEW."person" OR OLD."sent_on" IS NOT NEW."sent_on" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."answered_on" IS NOT NEW."answered_on" OR OLD."answer" IS NOT NEW."answer" OR OLD."remark" IS NOT NEW."remark" OR OLD."reply" IS NOT NEW."reply" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agreement_party', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'kind', OLD."kind", 'name', OLD."name", 'person', OLD."person", 'sent_on', OLD."sent_on", 'due_on', OLD."due_on", 'answered_on', OLD."answered_on", 'answer', OLD."answer", 'remark', OLD."remark", 'reply', OLD."reply", 'position', OLD."position")); END;
CREATE TRIGGER opora_agreement_party_d AFTER DELETE ON "agreement_party" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'agreement_party', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'kind', OLD."kind", 'name', OLD."name", 'person', OLD."person", 'sent_on', OLD."sent_on", 'due_on', OLD."due_on", 'answered_on', OLD."answered_on", 'answer', OLD."answer", 'remark', OLD."remark", 'reply', OLD."reply", 'position', OLD."position")); END;
CREATE TRIGGER opora_agreement_party_key BEFORE UPDATE OF id ON "agreement_party" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_appointment_i AFTER INSERT ON "appointment" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'appointment', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_appointment_u AFTER UPDATE ON "appointment" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."role" IS NOT NEW."role" OR OLD."act" IS NOT NEW."act" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'appointment', OLD.id, 'U', json_object('id', OLD."id", 'person_id', OLD."person_id", 'organisation_id', OLD."organisation_id", 'role', OLD."role", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to")); END;
CREATE TRIGGER opora_appointment_d AFTER DELETE ON "appointment" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'appointment', OLD.id, 'D', json_object('id', OLD."id", 'person_id', OLD."person_id", 'organisation_id', OLD."organisation_id", 'role', OLD."role", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to")); END;
CREATE TRIGGER opora_appointment_key BEFORE UPDATE OF id ON "appointment" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_area_i AFTER INSERT ON "area" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'area', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_area_u AFTER UPDATE ON "area" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."name" IS NOT NEW."name" OR OLD."code" IS NOT NEW."code" OR OLD."parent_id" IS NOT NEW."parent_id" OR OLD."own" IS NOT NEW."own") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'area', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'name', OLD."name", 'code', OLD."code", 'parent_id', OLD."parent_id", 'own', OLD."own")); END;
CREATE TRIGGER opora_area_d AFTER DELETE ON "area" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'area', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'name', OLD."name", 'code', OLD."code", 'parent_id', OLD."parent_id", 'own', OLD."own")); END;
CREATE TRIGGER opora_area_key BEFORE UPDATE OF id ON "area" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_assessment_i AFTER INSERT ON "assessment" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'assessment', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_assessment_u AFTER UPDATE ON "assessment" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."procedure" IS NOT NEW."procedure" OR OLD."subject" IS NOT NEW."subject" OR OLD."level" IS NOT NEW."level" OR OLD."grade" IS NOT NEW."grade") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'assessment', OLD.id, 'U', json_object('id', OLD."id", 'procedure', OLD."procedure", 'subject', OLD."subject", 'level', OLD."level", 'grade', OLD."grade")); END;
CREATE TRIGGER opora_assessment_d AFTER DELETE ON "assessment" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'assessment', OLD.id, 'D', json_object('id', OLD."id", 'procedure', OLD."procedure", 'subject', OLD."subject", 'level', OLD."level", 'grade', OLD."grade")); END;
CREATE TRIGGER opora_assessment_key BEFORE UPDATE OF id ON "assessment" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_attachment_i AFTER INSERT ON "attachment" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'attachment', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_attachment_u AFTER UPDATE ON "attachment" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."table_name" IS NOT NEW."table_name" OR OLD."row_key" IS NOT NEW."row_key" OR OLD."title" IS NOT NEW."title" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."link" IS NOT NEW."link" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'attachment', OLD.id, 'U', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'link', OLD."link", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_attachment_d AFTER DELETE ON "attachment" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'attachment', OLD.id, 'D', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'link', OLD."link", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_attachment_key BEFORE UPDATE OF id ON "attachment" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_body_i AFTER INSERT ON "body" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_body_u AFTER UPDATE ON "body" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."kind" IS NOT NEW."kind" OR OLD."act" IS NOT NEW."act" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."subject" IS NOT NEW."subject" OR OLD."topic" IS NOT NEW."topic" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."link" IS NOT NEW."link" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'kind', OLD."kind", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'subject', OLD."subject", 'topic', OLD."topic", 'organisation_id', OLD."organisation_id", 'link', OLD."link", 'note', OLD."note")); END;
CREATE TRIGGER opora_body_d AFTER DELETE ON "body" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body', OLD.id, 'D', json_object('id', OLD."id", 'name', OLD."name", 'kind', OLD."kind", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'subject', OLD."subject", 'topic', OLD."topic", 'organisation_id', OLD."organisation_id", 'link', OLD."link", 'note', OLD."note")); END;
CREATE TRIGGER opora_body_key BEFORE UPDATE OF id ON "body" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_body_member_i AFTER INSERT ON "body_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_member', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_body_member_u AFTER UPDATE ON "body_member" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."role" IS NOT NEW."role" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_member', OLD.id, 'U', json_object('id', OLD."id", 'body_id', OLD."body_id", 'person_id', OLD."person_id", 'role', OLD."role", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'organisation_id', OLD."organisation_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_body_member_d AFTER DELETE ON "body_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_member', OLD.id, 'D', json_object('id', OLD."id", 'body_id', OLD."body_id", 'person_id', OLD."person_id", 'role', OLD."role", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'organisation_id', OLD."organisation_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_body_member_key BEFORE UPDATE OF id ON "body_member" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_body_plan_i AFTER INSERT ON "body_plan" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_plan', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_body_plan_u AFTER UPDATE ON "body_plan" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."position" IS NOT NEW."position" OR OLD."text" IS NOT NEW."text" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."event_id" IS NOT NEW."event_id" OR OLD."done_on" IS NOT NEW."done_on" OR OLD."result" IS NOT NEW."result") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_plan', OLD.id, 'U', json_object('id', OLD."id", 'body_id', OLD."body_id", 'school_year', OLD."school_year", 'position', OLD."position", 'text', OLD."text", 'due_on', OLD."due_on", 'responsible', OLD."responsible", 'event_id', OLD."event_id", 'done_on', OLD."done_on", 'result', OLD."result")); END;
CREATE TRIGGER opora_body_plan_d AFTER DELETE ON "body_plan" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_plan', OLD.id, 'D', json_object('id', OLD."id", 'body_id', OLD."body_id", 'school_year', OLD."school_year", 'position', OLD."position", 'text', OLD."text", 'due_on', OLD."due_on", 'responsible', OLD."responsible", 'event_id', OLD."event_id", 'done_on', OLD."done_on", 'result', OLD."result")); END;
CREATE TRIGGER opora_body_plan_key BEFORE UPDATE OF id ON "body_plan" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_body_school_i AFTER INSERT ON "body_school" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_school', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_body_school_u AFTER UPDATE ON "body_school" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."role" IS NOT NEW."role" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_school', OLD.id, 'U', json_object('id', OLD."id", 'body_id', OLD."body_id", 'organisation_id', OLD."organisation_id", 'role', OLD."role", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'note', OLD."note")); END;
CREATE TRIGGER opora_body_school_d AFTER DELETE ON "body_school" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_school', OLD.id, 'D', json_object('id', OLD."id", 'body_id', OLD."body_id", 'organisation_id', OLD."organisation_id", 'role', OLD."role", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'note', OLD."note")); END;
CREATE TRIGGER opora_body_school_key BEFORE UPDATE OF id ON "body_school" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_calendar_day_i AFTER INSERT ON "calendar_day" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'calendar_day', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_calendar_day_u AFTER UPDATE ON "calendar_day" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."day" IS NOT NEW."day" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'calendar_day', OLD.id, 'U', json_object('id', OLD."id", 'day', OLD."day", 'kind', OLD."kind", 'title', OLD."title")); END;
CREATE TRIGGER opora_calendar_day_d AFTER DELETE ON "calendar_day" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'calendar_day', OLD.id, 'D', json_object('id', OLD."id", 'day', OLD."day", 'kind', OLD."kind", 'title', OLD."title")); END;
CREATE TRIGGER opora_calendar_day_key BEFORE UPDATE OF id ON "calendar_day" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_contact_i AFTER INSERT ON "contact" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'contact', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_contact_u AFTER UPDATE ON "contact" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."value" IS NOT NEW."value" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'contact', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'kind', OLD."kind", 'value', OLD."value", 'note', OLD."note")); END;
CREATE TRIGGER opora_contact_d AFTER DELETE ON "contact" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'contact', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'kind', OLD."kind", 'value', OLD."value", 'note', OLD."note")); END;
CREATE TRIGGER opora_contact_key BEFORE UPDATE OF id ON "contact" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_course_record_i AFTER INSERT ON "course_record" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'course_record', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_course_record_u AFTER UPDATE ON "course_record" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."category" IS NOT NEW."category" OR OLD."provider" IS NOT NEW."provider" OR OLD."kind" IS NOT NEW."kind" OR OLD."people" IS NOT NEW."people" OR OLD."title" IS NOT NEW."title" OR OLD."hours" IS NOT NEW."hours" OR OLD."ended_on" IS NOT NEW."ended_on" OR OLD."case_id" IS NOT NEW."case_id" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'course_record', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'category', OLD."category", 'provider', OLD."provider", 'kind', OLD."kind", 'people', OLD."people", 'title', OLD."title", 'hours', OLD."hours", 'ended_on', OLD."ended_on", 'case_id', OLD."case_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_course_record_d AFTER DELETE ON "course_record" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'course_record', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'category', OLD."category", 'provider', OLD."provider", 'kind', OLD."kind", 'people', OLD."people", 'title', OLD."title", 'hours', OLD."hours", 'ended_on', OLD."ended_on", 'case_id', OLD."case_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_course_record_key BEFORE UPDATE OF id ON "course_record" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_custom_column_i AFTER INSERT ON "custom_column" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_column', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_custom_column_u AFTER UPDATE ON "custom_column" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."kind" IS NOT NEW."kind" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_column', OLD.id, 'U', json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'position', OLD."position")); END;
CREATE TRIGGER opora_custom_column_d AFTER DELETE ON "custom_column" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_column', OLD.id, 'D', json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'position', OLD."position")); END;
CREATE TRIGGER opora_custom_column_key BEFORE UPDATE OF id ON "custom_column" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_custom_value_i AFTER INSERT ON "custom_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_value', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_custom_value_u AFTER UPDATE ON "custom_value" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."column_id" IS NOT NEW."column_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."raw" IS NOT NEW."raw") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_value', OLD.id, 'U', json_object('id', OLD."id", 'column_id', OLD."column_id", 'organisation_id', OLD."organisation_id", 'raw', OLD."raw")); END;
CREATE TRIGGER opora_custom_value_d AFTER DELETE ON "custom_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_value', OLD.id, 'D', json_object('id', OLD."id", 'column_id', OLD."column_id", 'organisation_id', OLD."organisation_id", 'raw', OLD."raw")); END;
CREATE TRIGGER opora_custom_value_key BEFORE UPDATE OF id ON "custom_value" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_cycle_document_i AFTER INSERT ON "cycle_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'cycle_document', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_cycle_document_u AFTER UPDATE ON "cycle_document" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."direction" IS NOT NEW."direction" OR OLD."component" IS NOT NEW."component" OR OLD."position" IS NOT NEW."position" OR OLD."title" IS NOT NEW."title" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."link" IS NOT NEW."link" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'cycle_document', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'direction', OLD."direction", 'component', OLD."component", 'position', OLD."position", 'title', OLD."title", 'number', OLD."number", 'dated', OLD."dated", 'link', OLD."link", 'paper_id', OLD."paper_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_cycle_document_d AFTER DELETE ON "cycle_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'cycle_document', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'direction', OLD."direction", 'component', OLD."component", 'position', OLD."position", 'title', OLD."title", 'number', OLD."number", 'dated', OLD."dated", 'link', OLD."link", 'paper_id', OLD."paper_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_cycle_document_key BEFORE UPDATE OF id ON "cycle_document" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_data_explanation_i AFTER INSERT ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_data_explanation_u AFTER UPDATE ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."code" IS NOT NEW."code" OR OLD."subject" IS NOT NEW."subject" OR OLD."figures" IS NOT NEW."figures" OR OLD."text" IS NOT NEW."text" OR OLD."actor" IS NOT NEW."actor" OR OLD."created_at" IS NOT NEW."created_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', OLD.id, 'U', json_object('id', OLD."id", 'code', OLD."code", 'subject', OLD."subject", 'figures', OLD."figures", 'text', OLD."text", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_data_explanation_d AFTER DELETE ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', OLD.id, 'D', json_object('id', OLD."id", 'code', OLD."code", 'subject', OLD."subject", 'figures', OLD."figures", 'text', OLD."text", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_data_explanation_key BEFORE UPDATE OF id ON "data_explanation" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_decision_document_i AFTER INSERT ON "decision_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'decision_document', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_decision_document_u AFTER UPDATE ON "decision_document" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."kind" IS NOT NEW."kind" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."title" IS NOT NEW."title" OR OLD."body" IS NOT NEW."body" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."place" IS NOT NEW."place" OR OLD."data_on" IS NOT NEW."data_on" OR OLD."ground" IS NOT NEW."ground" OR OLD."chair" IS NOT NEW."chair" OR OLD."secretary" IS NOT NEW."secretary" OR OLD."present" IS NOT NEW."present" OR OLD."next_on" IS NOT NEW."next_on" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'decision_document', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'kind', OLD."kind", 'number', OLD."number", 'dated', OLD."dated", 'title', OLD."title", 'body', OLD."body", 'body_id', OLD."body_id", 'place', OLD."place", 'data_on', OLD."data_on", 'ground', OLD."ground", 'chair', OLD."chair", 'secretary', OLD."secretary", 'present', OLD."present", 'next_on', OLD."next_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_decision_document_d AFTER DELETE ON "decision_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'decision_document', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'kind', OLD."kind", 'number', OLD."number", 'dated', OLD."dated", 'title', OLD."title", 'body', OLD."body", 'body_id', OLD."body_id", 'place', OLD."place", 'data_on', OLD."data_on", 'ground', OLD."ground", 'chair', OLD."chair", 'secretary', OLD."secretary", 'present', OLD."present", 'next_on', OLD."next_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_decision_document_key BEFORE UPDATE OF id ON "decision_document" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_decision_point_i AFTER INSERT ON "decision_point" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'decision_point', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_decision_point_u AFTER UPDATE ON "decision_point" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."document_id" IS NOT NEW."document_id" OR OLD."agenda_id" IS NOT NEW."agenda_id" OR OLD."position" IS NOT NEW."position" OR OLD."label" IS NOT NEW."label" OR OLD."text" IS NOT NEW."text" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."activity_lineage" IS NOT NEW."activity_lineage" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."state" IS NOT NEW."state" OR OLD."done_on" IS NOT NEW."done_on" OR OLD."result" IS NOT NEW."result" OR OLD."reason" IS NOT NEW."reason") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'decision_point', OLD.id, 'U', json_object('id', OLD."id", 'document_id', OLD."document_id", 'agenda_id', OLD."agenda_id", 'position', OLD."position", 'label', OLD."label", 'text', OLD."text", 'responsible', OLD."responsible", 'person_id', OLD."person_id", 'organisation_id', OLD."organisation_id", 'activity_lineage', OLD."activity_lineage", 'due_on', OLD."due_on", 'state', OLD."state", 'done_on', OLD."done_on", 'result', OLD."result", 'reason', OLD."reason")); END;
CREATE TRIGGER opora_decision_point_d AFTER DELETE ON "decision_point" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'decision_point', OLD.id, 'D', json_object('id', OLD."id", 'document_id', OLD."document_id", 'agenda_id', OLD."agenda_id", 'position', OLD."position", 'label', OLD."label", 'text', OLD."text", 'responsible', OLD."responsible", 'person_id', OLD."person_id", 'organisation_id', OLD."organisation_id", 'activity_lineage', OLD."activity_lineage", 'due_on', OLD."due_on", 'state', OLD."state", 'done_on', OLD."done_on", 'result', OLD."result", 'reason', OLD."reason")); END;
CREATE TRIGGER opora_decision_point_key BEFORE UPDATE OF id ON "decision_point" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_deficit_i AFTER INSERT ON "deficit" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'deficit', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_deficit_u AFTER UPDATE ON "deficit" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."audience" IS NOT NEW."audience" OR OLD."subject" IS NOT NEW."subject" OR OLD."kind" IS NOT NEW."kind" OR OLD."text" IS NOT NEW."text" OR OLD."people" IS NOT NEW."people" OR OLD."of_people" IS NOT NEW."of_people" OR OLD."source" IS NOT NEW."source" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'deficit', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'audience', OLD."audience", 'subject', OLD."subject", 'kind', OLD."kind", 'text', OLD."text", 'people', OLD."people", 'of_people', OLD."of_people", 'source', OLD."source", 'note', OLD."note")); END;
CREATE TRIGGER opora_deficit_d AFTER DELETE ON "deficit" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'deficit', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'audience', OLD."audience", 'subject', OLD."subject", 'kind', OLD."kind", 'text', OLD."text", 'people', OLD."people", 'of_people', OLD."of_people", 'source', OLD."source", 'note', OLD."note")); END;
CREATE TRIGGER opora_deficit_key BEFORE UPDATE OF id ON "deficit" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_donor_capacity_i AFTER INSERT ON "donor_capacity" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'donor_capacity', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_donor_capacity_u AFTER UPDATE ON "donor_capacity" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."capacity" IS NOT NEW."capacity" OR OLD."consent" IS NOT NEW."consent" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'donor_capacity', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'capacity', OLD."capacity", 'consent', OLD."consent", 'note', OLD."note")); END;
CREATE TRIGGER opora_donor_capacity_d AFTER DELETE ON "donor_capacity" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'donor_capacity', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'capacity', OLD."capacity", 'consent', OLD."consent", 'note', OLD."note")); END;
CREATE TRIGGER opora_donor_capacity_key BEFORE UPDATE OF id ON "donor_capacity" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_draft_cell_i AFTER INSERT ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_draft_cell_u AFTER UPDATE ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."table_name" IS NOT NEW."table_name" OR OLD."row_key" IS NOT NEW."row_key" OR OLD."column_name" IS NOT NEW."column_name" OR OLD."raw" IS NOT NEW."raw" OR OLD."code" IS NOT NEW."code") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', OLD.id, 'U', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'column_name', OLD."column_name", 'raw', OLD."raw", 'code', OLD."code")); END;
CREATE TRIGGER opora_draft_cell_d AFTER DELETE ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', OLD.id, 'D', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'column_name', OLD."column_name", 'raw', OLD."raw", 'code', OLD."code")); END;
CREATE TRIGGER opora_draft_cell_key BEFORE UPDATE OF id ON "draft_cell" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_event_guest_i AFTER INSERT ON "event_guest" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_guest', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_event_guest_u AFTER UPDATE ON "event_guest" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."event_id" IS NOT NEW."event_id" OR OLD."position" IS NOT NEW."position" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."name" IS NOT NEW."name" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."post" IS NOT NEW."post" OR OLD."audience" IS NOT NEW."audience" OR OLD."came" IS NOT NEW."came" OR OLD."certificate" IS NOT NEW."certificate" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_guest', OLD.id, 'U', json_object('id', OLD."id", 'event_id', OLD."event_id", 'position', OLD."position", 'person_id', OLD."person_id", 'name', OLD."name", 'organisation_id', OLD."organisation_id", 'post', OLD."post", 'audience', OLD."audience", 'came', OLD."came", 'certificate', OLD."certificate", 'note', OLD."note")); END;
CREATE TRIGGER opora_event_guest_d AFTER DELETE ON "event_guest" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_guest', OLD.id, 'D', json_object('id', OLD."id", 'event_id', OLD."event_id", 'position', OLD."position", 'person_id', OLD."person_id", 'name', OLD."name", 'organisation_id', OLD."organisation_id", 'post', OLD."post", 'audience', OLD."audience", 'came', OLD."came", 'certificate', OLD."certificate", 'note', OLD."note")); END;
CREATE TRIGGER opora_event_guest_key BEFORE UPDATE OF id ON "event_guest" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_event_item_i AFTER INSERT ON "event_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_item', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_event_item_u AFTER UPDATE ON "event_item" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."event_id" IS NOT NEW."event_id" OR OLD."position" IS NOT NEW."position" OR OLD."starts" IS NOT NEW."starts" OR OLD."topic" IS NOT NEW."topic" OR OLD."speaker" IS NOT NEW."speaker" OR OLD."organisation_id" IS NOT NEW."organisation_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_item', OLD.id, 'U', json_object('id', OLD."id", 'event_id', OLD."event_id", 'position', OLD."position", 'starts', OLD."starts", 'topic', OLD."topic", 'speaker', OLD."speaker", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_event_item_d AFTER DELETE ON "event_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_item', OLD.id, 'D', json_object('id', OLD."id", 'event_id', OLD."event_id", 'position', OLD."position", 'starts', OLD."starts", 'topic', OLD."topic", 'speaker', OLD."speaker", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_event_item_key BEFORE UPDATE OF id ON "event_item" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_event_people_i AFTER INSERT ON "event_people" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_people', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_event_people_u AFTER UPDATE ON "event_people" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."event_id" IS NOT NEW."event_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."audience" IS NOT NEW."audience" OR OLD."invited" IS NOT NEW."invited" OR OLD."came" IS NOT NEW."came" OR OLD."connections" IS NOT NEW."connections" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_people', OLD.id, 'U', json_object('id', OLD."id", 'event_id', OLD."event_id", 'organisation_id', OLD."organisation_id", 'audience', OLD."audience", 'invited', OLD."invited", 'came', OLD."came", 'connections', OLD."connections", 'note', OLD."note")); END;
CREATE TRIGGER opora_event_people_d AFTER DELETE ON "event_people" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'event_people', OLD.id, 'D', json_object('id', OLD."id", 'event_id', OLD."event_id", 'organisation_id', OLD."organisation_id", 'audience', OLD."audience", 'invited', OLD."invited", 'came', OLD."came", 'connections', OLD."connections", 'note', OLD."note")); END;
CREATE TRIGGER opora_event_people_key BEFORE UPDATE OF id ON "event_people" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_execution_i AFTER INSERT ON "execution" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'execution', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_execution_u AFTER UPDATE ON "execution" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."plan_year" IS NOT NEW."plan_year" OR OLD."state" IS NOT NEW."state" OR OLD."done_raw" IS NOT NEW."done_raw" OR OLD."done_on" IS NOT NEW."done_on" OR OLD."done_code" IS NOT NEW."done_code" OR OLD."moved_to" IS NOT NEW."moved_to" OR OLD."product" IS NOT NEW."product" OR OLD."participants" IS NOT NEW."participants" OR OLD."reason" IS NOT NEW."reason" OR OLD."remark" IS NOT NEW."remark" OR OLD."spent_raw" IS NOT NEW."spent_raw" OR OLD."spent_kopecks" IS NOT NEW."spent_kopecks" OR OLD."spent_code" IS NOT NEW."spent_code") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'execution', OLD.id, 'U', json_object('id', OLD."id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'state', OLD."state", 'done_raw', OLD."done_raw", 'done_on', OLD."done_on", 'done_code', OLD."done_code", 'moved_to', OLD."moved_to", 'product', OLD."product", 'participants', OLD."participants", 'reason', OLD."reason", 'remark', OLD."remark", 'spent_raw', OLD."spent_raw", 'spent_kopecks', OLD."spent_kopecks", 'spent_code', OLD."spent_code")); END;
CREATE TRIGGER opora_execution_d AFTER DELETE ON "execution" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'execution', OLD.id, 'D', json_object('id', OLD."id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'state', OLD."state", 'done_raw', OLD."done_raw", 'done_on', OLD."done_on", 'done_code', OLD."done_code", 'moved_to', OLD."moved_to", 'product', OLD."product", 'participants', OLD."participants", 'reason', OLD."reason", 'remark', OLD."remark", 'spent_raw', OLD."spent_raw", 'spent_kopecks', OLD."spent_kopecks", 'spent_code', OLD."spent_code")); END;
CREATE TRIGGER opora_execution_key BEFORE UPDATE OF id ON "execution" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_execution_school_i AFTER INSERT ON "execution_school" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'execution_school', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_execution_school_u AFTER UPDATE ON "execution_school" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."execution_id" IS NOT NEW."execution_id" OR OLD."organisation_id" IS NOT NEW."organisation_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'execution_school', OLD.id, 'U', json_object('id', OLD."id", 'execution_id', OLD."execution_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_execution_school_d AFTER DELETE ON "execution_school" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'execution_school', OLD.id, 'D', json_object('id', OLD."id", 'execution_id', OLD."execution_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_execution_school_key BEFORE UPDATE OF id ON "execution_school" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_external_entry_i AFTER INSERT ON "external_entry" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_entry', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_external_entry_u AFTER UPDATE ON "external_entry" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."list_id" IS NOT NEW."list_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."item" IS NOT NEW."item" OR OLD."value" IS NOT NEW."value" OR OLD."raw" IS NOT NEW."raw" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_entry', OLD.id, 'U', json_object('id', OLD."id", 'list_id', OLD."list_id", 'organisation_id', OLD."organisation_id", 'item', OLD."item", 'value', OLD."value", 'raw', OLD."raw", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_external_entry_d AFTER DELETE ON "external_entry" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_entry', OLD.id, 'D', json_object('id', OLD."id", 'list_id', OLD."list_id", 'organisation_id', OLD."organisation_id", 'item', OLD."item", 'value', OLD."value", 'raw', OLD."raw", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_external_entry_key BEFORE UPDATE OF id ON "external_entry" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_external_list_i AFTER INSERT ON "external_list" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_list', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_external_list_u AFTER UPDATE ON "external_list" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."year" IS NOT NEW."year" OR OLD."title" IS NOT NEW."title" OR OLD."source_document_id" IS NOT NEW."source_document_id" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."actor" IS NOT NEW."actor") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_list', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'year', OLD."year", 'title', OLD."title", 'source_document_id', OLD."source_document_id", 'import_file_id', OLD."import_file_id", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_external_list_d AFTER DELETE ON "external_list" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_list', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'year', OLD."year", 'title', OLD."title", 'source_document_id', OLD."source_document_id", 'import_file_id', OLD."import_file_id", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_external_list_key BEFORE UPDATE OF id ON "external_list" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_foreign_form_i AFTER INSERT ON "foreign_form" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'foreign_form', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_foreign_form_u AFTER UPDATE ON "foreign_form" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."region" IS NOT NEW."region" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'foreign_form', OLD.id, 'U', json_object('id', OLD."id", 'title', OLD."title", 'region', OLD."region", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'added_at', OLD."added_at", 'note', OLD."note")); END;
CREATE TRIGGER opora_foreign_form_d AFTER DELETE ON "foreign_form" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'foreign_form', OLD.id, 'D', json_object('id', OLD."id", 'title', OLD."title", 'region', OLD."region", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'added_at', OLD."added_at", 'note', OLD."note")); END;
CREATE TRIGGER opora_foreign_form_key BEFORE UPDATE OF id ON "foreign_form" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_foreign_link_i AFTER INSERT ON "foreign_link" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'foreign_link', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_foreign_link_u AFTER UPDATE ON "foreign_link" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."form_id" IS NOT NEW."form_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."cell" IS NOT NEW."cell" OR OLD."kind" IS NOT NEW."kind" OR OLD."source" IS NOT NEW."source" OR OLD."options" IS NOT NEW."options" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'foreign_link', OLD.id, 'U', json_object('id', OLD."id", 'form_id', OLD."form_id", 'sheet', OLD."sheet", 'cell', OLD."cell", 'kind', OLD."kind", 'source', OLD."source", 'options', OLD."options", 'note', OLD."note")); END;
CREATE TRIGGER opora_foreign_link_d AFTER DELETE ON "foreign_link" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'foreign_link', OLD.id, 'D', json_object('id', OLD."id", 'form_id', OLD."form_id", 'sheet', OLD."sheet", 'cell', OLD."cell", 'kind', OLD."kind", 'source', OLD."source", 'options', OLD."options", 'note', OLD."note")); END;
CREATE TRIGGER opora_foreign_link_key BEFORE UPDATE OF id ON "foreign_link" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_answer_i AFTER INSERT ON "form_answer" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_answer', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_answer_u AFTER UPDATE ON "form_answer" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."case_id" IS NOT NEW."case_id" OR OLD."item_id" IS NOT NEW."item_id" OR OLD."raw" IS NOT NEW."raw" OR OLD."value" IS NOT NEW."value" OR OLD."code" IS NOT NEW."code" OR OLD."other" IS NOT NEW."other" OR OLD."not_applicable" IS NOT NEW."not_applicable" OR OLD."comment" IS NOT NEW."comment" OR OLD."confirmed" IS NOT NEW."confirmed" OR OLD."file_id" IS NOT NEW."file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."cell" IS NOT NEW."cell") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_answer', OLD.id, 'U', json_object('id', OLD."id", 'case_id', OLD."case_id", 'item_id', OLD."item_id", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'other', OLD."other", 'not_applicable', OLD."not_applicable", 'comment', OLD."comment", 'confirmed', OLD."confirmed", 'file_id', OLD."file_id", 'sheet', OLD."sheet", 'cell', OLD."cell")); END;
CREATE TRIGGER opora_form_answer_d AFTER DELETE ON "form_answer" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_answer', OLD.id, 'D', json_object('id', OLD."id", 'case_id', OLD."case_id", 'item_id', OLD."item_id", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'other', OLD."other", 'not_applicable', OLD."not_applicable", 'comment', OLD."comment", 'confirmed', OLD."confirmed", 'file_id', OLD."file_id", 'sheet', OLD."sheet", 'cell', OLD."cell")); END;
CREATE TRIGGER opora_form_answer_key BEFORE UPDATE OF id ON "form_answer" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_case_i AFTER INSERT ON "form_case" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_case', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_case_u AFTER UPDATE ON "form_case" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."round_id" IS NOT NEW."round_id" OR OLD."subject_id" IS NOT NEW."subject_id" OR OLD."role" IS NOT NEW."role" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."author" IS NOT NEW."author" OR OLD."version" IS NOT NEW."version" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."sent_on" IS NOT NEW."sent_on" OR OLD."sent_to" IS NOT NEW."sent_to" OR OLD."received_on" IS NOT NEW."received_on" OR OLD."returned_on" IS NOT NEW."returned_on" OR OLD."return_remark" IS NOT NEW."return_remark" OR OLD."accepted_on" IS NOT NEW."accepted_on" OR OLD."accepted_by" IS NOT NEW."accepted_by" OR OLD."approved_on" IS NOT NEW."approved_on" OR OLD."approved_act" IS NOT NEW."approved_act" OR OLD."reopened_on" IS NOT NEW."reopened_on" OR OLD."reopen_reason" IS NOT NEW."reopen_reason" OR OLD."level" IS NOT NEW."level" OR OLD."level_reason" IS NOT NEW."level_reason" OR OLD."conclusion" IS NOT NEW."conclusion" OR OLD."exempt" IS NOT NEW."exempt" OR OLD."recommendation" IS NOT NEW."recommendation" OR OLD."decision" IS NOT NEW."decision") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_case', OLD.id, 'U', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'role', OLD."role", 'person_id', OLD."person_id", 'author', OLD."author", 'version', OLD."version", 'due_on', OLD."due_on", 'sent_on', OLD."sent_on", 'sent_to', OLD."sent_to", 'received_on', OLD."received_on", 'returned_on', OLD."returned_on", 'return_remark', OLD."return_remark", 'accepted_on', OLD."accepted_on", 'accepted_by', OLD."accepted_by", 'approved_on', OLD."approved_on", 'approved_act', OLD."approved_act", 'reopened_on', OLD."reopened_on", 'reopen_reason', OLD."reopen_reason", 'level', OLD."level", 'level_reason', OLD."level_reason", 'conclusion', OLD."conclusion", 'exempt', OLD."exempt", 'recommendation', OLD."recommendation", 'decision', OLD."decision")); END;
CREATE TRIGGER opora_form_case_d AFTER DELETE ON "form_case" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_case', OLD.id, 'D', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'role', OLD."role", 'person_id', OLD."person_id", 'author', OLD."author", 'version', OLD."version", 'due_on', OLD."due_on", 'sent_on', OLD."sent_on", 'sent_to', OLD."sent_to", 'received_on', OLD."received_on", 'returned_on', OLD."returned_on", 'return_remark', OLD."return_remark", 'accepted_on', OLD."accepted_on", 'accepted_by', OLD."accepted_by", 'approved_on', OLD."approved_on", 'approved_act', OLD."approved_act", 'reopened_on', OLD."reopened_on", 'reopen_reason', OLD."reopen_reason", 'level', OLD."level", 'level_reason', OLD."level_reason", 'conclusion', OLD."conclusion", 'exempt', OLD."exempt", 'recommendation', OLD."recommendation", 'decision', OLD."decision")); END;
CREATE TRIGGER opora_form_case_key BEFORE UPDATE OF id ON "form_case" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_evidence_i AFTER INSERT ON "form_evidence" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_evidence', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_evidence_u AFTER UPDATE ON "form_evidence" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."case_id" IS NOT NEW."case_id" OR OLD."item_id" IS NOT NEW."item_id" OR OLD."title" IS NOT NEW."title" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."link" IS NOT NEW."link" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_evidence', OLD.id, 'U', json_object('id', OLD."id", 'case_id', OLD."case_id", 'item_id', OLD."item_id", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'link', OLD."link", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_form_evidence_d AFTER DELETE ON "form_evidence" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_evidence', OLD.id, 'D', json_object('id', OLD."id", 'case_id', OLD."case_id", 'item_id', OLD."item_id", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'link', OLD."link", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_form_evidence_key BEFORE UPDATE OF id ON "form_evidence" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_file_i AFTER INSERT ON "form_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_file', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_file_u AFTER UPDATE ON "form_file" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."round_id" IS NOT NEW."round_id" OR OLD."case_id" IS NOT NEW."case_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."received_at" IS NOT NEW."received_at" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."author" IS NOT NEW."author" OR OLD."problems" IS NOT NEW."problems" OR OLD."marked_sha256" IS NOT NEW."marked_sha256") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_file', OLD.id, 'U', json_object('id', OLD."id", 'round_id', OLD."round_id", 'case_id', OLD."case_id", 'kind', OLD."kind", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'received_at', OLD."received_at", 'outcome', OLD."outcome", 'author', OLD."author", 'problems', OLD."problems", 'marked_sha256', OLD."marked_sha256")); END;
CREATE TRIGGER opora_form_file_d AFTER DELETE ON "form_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_file', OLD.id, 'D', json_object('id', OLD."id", 'round_id', OLD."round_id", 'case_id', OLD."case_id", 'kind', OLD."kind", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'received_at', OLD."received_at", 'outcome', OLD."outcome", 'author', OLD."author", 'problems', OLD."problems", 'marked_sha256', OLD."marked_sha256")); END;
CREATE TRIGGER opora_form_file_key BEFORE UPDATE OF id ON "form_file" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_metric_i AFTER INSERT ON "form_metric" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_metric', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_metric_u AFTER UPDATE ON "form_metric" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."case_id" IS NOT NEW."case_id" OR OLD."item_id" IS NOT NEW."item_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."metric" IS NOT NEW."metric" OR OLD."before" IS NOT NEW."before") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_metric', OLD.id, 'U', json_object('id', OLD."id", 'case_id', OLD."case_id", 'item_id', OLD."item_id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'before', OLD."before")); END;
CREATE TRIGGER opora_form_metric_d AFTER DELETE ON "form_metric" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_metric', OLD.id, 'D', json_object('id', OLD."id", 'case_id', OLD."case_id", 'item_id', OLD."item_id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'before', OLD."before")); END;
CREATE TRIGGER opora_form_metric_key BEFORE UPDATE OF id ON "form_metric" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_protocol_i AFTER INSERT ON "form_protocol" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_protocol', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_protocol_u AFTER UPDATE ON "form_protocol" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."round_id" IS NOT NEW."round_id" OR OLD."subject_id" IS NOT NEW."subject_id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."place" IS NOT NEW."place" OR OLD."decision" IS NOT NEW."decision" OR OLD."opinion" IS NOT NEW."opinion") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_protocol', OLD.id, 'U', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'body_id', OLD."body_id", 'number', OLD."number", 'dated', OLD."dated", 'place', OLD."place", 'decision', OLD."decision", 'opinion', OLD."opinion")); END;
CREATE TRIGGER opora_form_protocol_d AFTER DELETE ON "form_protocol" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_protocol', OLD.id, 'D', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'body_id', OLD."body_id", 'number', OLD."number", 'dated', OLD."dated", 'place', OLD."place", 'decision', OLD."decision", 'opinion', OLD."opinion")); END;
CREATE TRIGGER opora_form_protocol_key BEFORE UPDATE OF id ON "form_protocol" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_protocol_member_i AFTER INSERT ON "form_protocol_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_protocol_member', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_protocol_member_u AFTER UPDATE ON "form_protocol_member" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."protocol_id" IS NOT NEW."protocol_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."name" IS NOT NEW."name" OR OLD."post" IS NOT NEW."post" OR OLD."role" IS NOT NEW."role" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_protocol_member', OLD.id, 'U', json_object('id', OLD."id", 'protocol_id', OLD."protocol_id", 'person_id', OLD."person_id", 'name', OLD."name", 'post', OLD."post", 'role', OLD."role", 'position', OLD."position")); END;
CREATE TRIGGER opora_form_protocol_member_d AFTER DELETE ON "form_protocol_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_protocol_member', OLD.id, 'D', json_object('id', OLD."id", 'protocol_id', OLD."protocol_id", 'person_id', OLD."person_id", 'name', OLD."name", 'post', OLD."post", 'role', OLD."role", 'position', OLD."position")); END;
CREATE TRIGGER opora_form_protocol_member_key BEFORE UPDATE OF id ON "form_protocol_member" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_round_i AFTER INSERT ON "form_round" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_round', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_round_u AFTER UPDATE ON "form_round" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."form_id" IS NOT NEW."form_id" OR OLD."version" IS NOT NEW."version" OR OLD."digest" IS NOT NEW."digest" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."title" IS NOT NEW."title" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."letter" IS NOT NEW."letter" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."closed_on" IS NOT NEW."closed_on" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_round', OLD.id, 'U', json_object('id', OLD."id", 'form_id', OLD."form_id", 'version', OLD."version", 'digest', OLD."digest", 'school_year', OLD."school_year", 'title', OLD."title", 'due_on', OLD."due_on", 'letter', OLD."letter", 'created_at', OLD."created_at", 'closed_on', OLD."closed_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_form_round_d AFTER DELETE ON "form_round" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_round', OLD.id, 'D', json_object('id', OLD."id", 'form_id', OLD."form_id", 'version', OLD."version", 'digest', OLD."digest", 'school_year', OLD."school_year", 'title', OLD."title", 'due_on', OLD."due_on", 'letter', OLD."letter", 'created_at', OLD."created_at", 'closed_on', OLD."closed_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_form_round_key BEFORE UPDATE OF id ON "form_round" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_form_subject_i AFTER INSERT ON "form_subject" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_subject', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_form_subject_u AFTER UPDATE ON "form_subject" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."name" IS NOT NEW."name" OR OLD."note" IS NOT NEW."note" OR OLD."programme_id" IS NOT NEW."programme_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_subject', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'organisation_id', OLD."organisation_id", 'body_id', OLD."body_id", 'person_id', OLD."person_id", 'name', OLD."name", 'note', OLD."note", 'programme_id', OLD."programme_id")); END;
CREATE TRIGGER opora_form_subject_d AFTER DELETE ON "form_subject" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'form_subject', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'organisation_id', OLD."organisation_id", 'body_id', OLD."body_id", 'person_id', OLD."person_id", 'name', OLD."name", 'note', OLD."note", 'programme_id', OLD."programme_id")); END;
CREATE TRIGGER opora_form_subject_key BEFORE UPDATE OF id ON "form_subject" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_help_entry_i AFTER INSERT ON "help_entry" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'help_entry', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_help_entry_u AFTER UPDATE ON "help_entry" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."held_on" IS NOT NEW."held_on" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."people" IS NOT NEW."people" OR OLD."audience" IS NOT NEW."audience" OR OLD."way" IS NOT NEW."way" OR OLD."topic" IS NOT NEW."topic" OR OLD."subject" IS NOT NEW."subject" OR OLD."deficit_id" IS NOT NEW."deficit_id" OR OLD."deficit" IS NOT NEW."deficit" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."next_step" IS NOT NEW."next_step" OR OLD."next_on" IS NOT NEW."next_on" OR OLD."next_done_on" IS NOT NEW."next_done_on" OR OLD."methodist" IS NOT NEW."methodist" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."platform_id" IS NOT NEW."platform_id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."task_id" IS NOT NEW."task_id" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'help_entry', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'held_on', OLD."held_on", 'organisation_id', OLD."organisation_id", 'people', OLD."people", 'audience', OLD."audience", 'way', OLD."way", 'topic', OLD."topic", 'subject', OLD."subject", 'deficit_id', OLD."deficit_id", 'deficit', OLD."deficit", 'outcome', OLD."outcome", 'next_step', OLD."next_step", 'next_on', OLD."next_on", 'next_done_on', OLD."next_done_on", 'methodist', OLD."methodist", 'lineage', OLD."lineage", 'platform_id', OLD."platform_id", 'body_id', OLD."body_id", 'task_id', OLD."task_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_help_entry_d AFTER DELETE ON "help_entry" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'help_entry', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'held_on', OLD."held_on", 'organisation_id', OLD."organisation_id", 'people', OLD."people", 'audience', OLD."audience", 'way', OLD."way", 'topic', OLD."topic", 'subject', OLD."subject", 'deficit_id', OLD."deficit_id", 'deficit', OLD."deficit", 'outcome', OLD."outcome", 'next_step', OLD."next_step", 'next_on', OLD."next_on", 'next_done_on', OLD."next_done_on", 'methodist', OLD."methodist", 'lineage', OLD."lineage", 'platform_id', OLD."platform_id", 'body_id', OLD."body_id", 'task_id', OLD."task_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_help_entry_key BEFORE UPDATE OF id ON "help_entry" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_help_template_i AFTER INSERT ON "help_template" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'help_template', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_help_template_u AFTER UPDATE ON "help_template" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."position" IS NOT NEW."position" OR OLD."title" IS NOT NEW."title" OR OLD."kind" IS NOT NEW."kind" OR OLD."audience" IS NOT NEW."audience" OR OLD."way" IS NOT NEW."way" OR OLD."people" IS NOT NEW."people" OR OLD."topic" IS NOT NEW."topic" OR OLD."deficit" IS NOT NEW."deficit" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."next_step" IS NOT NEW."next_step" OR OLD."next_days" IS NOT NEW."next_days") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'help_template', OLD.id, 'U', json_object('id', OLD."id", 'position', OLD."position", 'title', OLD."title", 'kind', OLD."kind", 'audience', OLD."audience", 'way', OLD."way", 'people', OLD."people", 'topic', OLD."topic", 'deficit', OLD."deficit", 'outcome', OLD."outcome", 'next_step', OLD."next_step", 'next_days', OLD."next_days")); END;
CREATE TRIGGER opora_help_template_d AFTER DELETE ON "help_template" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'help_template', OLD.id, 'D', json_object('id', OLD."id", 'position', OLD."position", 'title', OLD."title", 'kind', OLD."kind", 'audience', OLD."audience", 'way', OLD."way", 'people', OLD."people", 'topic', OLD."topic", 'deficit', OLD."deficit", 'outcome', OLD."outcome", 'next_step', OLD."next_step", 'next_days', OLD."next_days")); END;
CREATE TRIGGER opora_help_template_key BEFORE UPDATE OF id ON "help_template" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_import_file_i AFTER INSERT ON "import_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_file', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_import_file_u AFTER UPDATE ON "import_file" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."size" IS NOT NEW."size" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."kept" IS NOT NEW."kept" OR OLD."rows_new" IS NOT NEW."rows_new" OR OLD."rows_changed" IS NOT NEW."rows_changed" OR OLD."rows_same" IS NOT NEW."rows_same" OR OLD."imported_at" IS NOT NEW."imported_at" OR OLD."actor" IS NOT NEW."actor") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_file', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'sha256', OLD."sha256", 'size', OLD."size", 'kind', OLD."kind", 'title', OLD."title", 'kept', OLD."kept", 'rows_new', OLD."rows_new", 'rows_changed', OLD."rows_changed", 'rows_same', OLD."rows_same", 'imported_at', OLD."imported_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_import_file_d AFTER DELETE ON "import_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_file', OLD.id, 'D', json_object('id', OLD."id", 'name', OLD."name", 'sha256', OLD."sha256", 'size', OLD."size", 'kind', OLD."kind", 'title', OLD."title", 'kept', OLD."kept", 'rows_new', OLD."rows_new", 'rows_changed', OLD."rows_changed", 'rows_same', OLD."rows_same", 'imported_at', OLD."imported_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_import_file_key BEFORE UPDATE OF id ON "import_file" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_import_problem_i AFTER INSERT ON "import_problem" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_problem', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_import_problem_u AFTER UPDATE ON "import_problem" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."level" IS NOT NEW."level" OR OLD."code" IS NOT NEW."code" OR OLD."message" IS NOT NEW."message" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."cell" IS NOT NEW."cell" OR OLD."state" IS NOT NEW."state" OR OLD."explanation" IS NOT NEW."explanation") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_problem', OLD.id, 'U', json_object('id', OLD."id", 'import_file_id', OLD."import_file_id", 'level', OLD."level", 'code', OLD."code", 'message', OLD."message", 'sheet', OLD."sheet", 'cell', OLD."cell", 'state', OLD."state", 'explanation', OLD."explanation")); END;
CREATE TRIGGER opora_import_problem_d AFTER DELETE ON "import_problem" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_problem', OLD.id, 'D', json_object('id', OLD."id", 'import_file_id', OLD."import_file_id", 'level', OLD."level", 'code', OLD."code", 'message', OLD."message", 'sheet', OLD."sheet", 'cell', OLD."cell", 'state', OLD."state", 'explanation', OLD."explanation")); END;
CREATE TRIGGER opora_import_problem_key BEFORE UPDATE OF id ON "import_problem" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_import_profile_i AFTER INSERT ON "import_profile" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_profile', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_import_profile_u AFTER UPDATE ON "import_profile" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."target" IS NOT NEW."target" OR OLD."signature" IS NOT NEW."signature" OR OLD."text" IS NOT NEW."text" OR OLD."digest" IS NOT NEW."digest" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."actor" IS NOT NEW."actor") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_profile', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'target', OLD."target", 'signature', OLD."signature", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_import_profile_d AFTER DELETE ON "import_profile" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_profile', OLD.id, 'D', json_object('id', OLD."id", 'name', OLD."name", 'target', OLD."target", 'signature', OLD."signature", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_import_profile_key BEFORE UPDATE OF id ON "import_profile" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_indicator_rule_i AFTER INSERT ON "indicator_rule" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_rule', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_indicator_rule_u AFTER UPDATE ON "indicator_rule" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."formula" IS NOT NEW."formula" OR OLD."version" IS NOT NEW."version" OR OLD."tolerance_raw" IS NOT NEW."tolerance_raw" OR OLD."tolerance" IS NOT NEW."tolerance" OR OLD."tolerance_code" IS NOT NEW."tolerance_code" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_rule', OLD.id, 'U', json_object('id', OLD."id", 'lineage', OLD."lineage", 'formula', OLD."formula", 'version', OLD."version", 'tolerance_raw', OLD."tolerance_raw", 'tolerance', OLD."tolerance", 'tolerance_code', OLD."tolerance_code", 'note', OLD."note")); END;
CREATE TRIGGER opora_indicator_rule_d AFTER DELETE ON "indicator_rule" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_rule', OLD.id, 'D', json_object('id', OLD."id", 'lineage', OLD."lineage", 'formula', OLD."formula", 'version', OLD."version", 'tolerance_raw', OLD."tolerance_raw", 'tolerance', OLD."tolerance", 'tolerance_code', OLD."tolerance_code", 'note', OLD."note")); END;
CREATE TRIGGER opora_indicator_rule_key BEFORE UPDATE OF id ON "indicator_rule" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_indicator_stored_i AFTER INSERT ON "indicator_stored" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_stored', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_indicator_stored_u AFTER UPDATE ON "indicator_stored" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."point_id" IS NOT NEW."point_id" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."plan_year" IS NOT NEW."plan_year" OR OLD."value" IS NOT NEW."value" OR OLD."typed" IS NOT NEW."typed" OR OLD."target" IS NOT NEW."target" OR OLD."required" IS NOT NEW."required" OR OLD."baseline" IS NOT NEW."baseline" OR OLD."direction" IS NOT NEW."direction" OR OLD."tolerance" IS NOT NEW."tolerance" OR OLD."light" IS NOT NEW."light" OR OLD."formula" IS NOT NEW."formula" OR OLD."version" IS NOT NEW."version" OR OLD."inputs" IS NOT NEW."inputs" OR OLD."stored_at" IS NOT NEW."stored_at" OR OLD."actor" IS NOT NEW."actor") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_stored', OLD.id, 'U', json_object('id', OLD."id", 'point_id', OLD."point_id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'value', OLD."value", 'typed', OLD."typed", 'target', OLD."target", 'required', OLD."required", 'baseline', OLD."baseline", 'direction', OLD."direction", 'tolerance', OLD."tolerance", 'light', OLD."light", 'formula', OLD."formula", 'version', OLD."version", 'inputs', OLD."inputs", 'stored_at', OLD."stored_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_indicator_stored_d AFTER DELETE ON "indicator_stored" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_stored', OLD.id, 'D', json_object('id', OLD."id", 'point_id', OLD."point_id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'value', OLD."value", 'typed', OLD."typed", 'target', OLD."target", 'required', OLD."required", 'baseline', OLD."baseline", 'direction', OLD."direction", 'tolerance', OLD."tolerance", 'light', OLD."light", 'formula', OLD."formula", 'version', OLD."version", 'inputs', OLD."inputs", 'stored_at', OLD."stored_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_indicator_stored_key BEFORE UPDATE OF id ON "indicator_stored" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_indicator_value_i AFTER INSERT ON "indicator_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_value', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_indicator_value_u AFTER UPDATE ON "indicator_value" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."plan_year" IS NOT NEW."plan_year" OR OLD."point_id" IS NOT NEW."point_id" OR OLD."raw" IS NOT NEW."raw" OR OLD."value" IS NOT NEW."value" OR OLD."code" IS NOT NEW."code" OR OLD."source" IS NOT NEW."source" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_value', OLD.id, 'U', json_object('id', OLD."id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'point_id', OLD."point_id", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'source', OLD."source", 'note', OLD."note")); END;
CREATE TRIGGER opora_indicator_value_d AFTER DELETE ON "indicator_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'indicator_value', OLD.id, 'D', json_object('id', OLD."id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'point_id', OLD."point_id", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'source', OLD."source", 'note', OLD."note")); END;
CREATE TRIGGER opora_indicator_value_key BEFORE UPDATE OF id ON "indicator_value" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_journal_count_i AFTER INSERT ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_journal_count_u AFTER UPDATE ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."total" IS NOT NEW."total" OR OLD."lowered" IS NOT NEW."lowered" OR OLD."confirmed" IS NOT NEW."confirmed" OR OLD."raised" IS NOT NEW."raised" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells" OR OLD."autumn" IS NOT NEW."autumn") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'total', OLD."total", 'lowered', OLD."lowered", 'confirmed', OLD."confirmed", 'raised', OLD."raised", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'autumn', OLD."autumn")); END;
CREATE TRIGGER opora_journal_count_d AFTER DELETE ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'total', OLD."total", 'lowered', OLD."lowered", 'confirmed', OLD."confirmed", 'raised', OLD."raised", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'autumn', OLD."autumn")); END;
CREATE TRIGGER opora_journal_count_key BEFORE UPDATE OF id ON "journal_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_legal_act_i AFTER INSERT ON "legal_act" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'legal_act', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_legal_act_u AFTER UPDATE ON "legal_act" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."level" IS NOT NEW."level" OR OLD."kind" IS NOT NEW."kind" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."title" IS NOT NEW."title" OR OLD."issuer" IS NOT NEW."issuer" OR OLD."topic" IS NOT NEW."topic" OR OLD."regulates" IS NOT NEW."regulates" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."link" IS NOT NEW."link" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'legal_act', OLD.id, 'U', json_object('id', OLD."id", 'level', OLD."level", 'kind', OLD."kind", 'number', OLD."number", 'dated', OLD."dated", 'title', OLD."title", 'issuer', OLD."issuer", 'topic', OLD."topic", 'regulates', OLD."regulates", 'organisation_id', OLD."organisation_id", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'link', OLD."link", 'note', OLD."note")); END;
CREATE TRIGGER opora_legal_act_d AFTER DELETE ON "legal_act" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'legal_act', OLD.id, 'D', json_object('id', OLD."id", 'level', OLD."level", 'kind', OLD."kind", 'number', OLD."number", 'dated', OLD."dated", 'title', OLD."title", 'issuer', OLD."issuer", 'topic', OLD."topic", 'regulates', OLD."regulates", 'organisation_id', OLD."organisation_id", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'link', OLD."link", 'note', OLD."note")); END;
CREATE TRIGGER opora_legal_act_key BEFORE UPDATE OF id ON "legal_act" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_list_approval_i AFTER INSERT ON "list_approval" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_approval', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_list_approval_u AFTER UPDATE ON "list_approval" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."order_number" IS NOT NEW."order_number" OR OLD."order_date" IS NOT NEW."order_date" OR OLD."issuer" IS NOT NEW."issuer" OR OLD."snapshot_id" IS NOT NEW."snapshot_id" OR OLD."state" IS NOT NEW."state" OR OLD."approved_at" IS NOT NEW."approved_at" OR OLD."actor" IS NOT NEW."actor" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."cancel_reason" IS NOT NEW."cancel_reason") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_approval', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'order_number', OLD."order_number", 'order_date', OLD."order_date", 'issuer', OLD."issuer", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'approved_at', OLD."approved_at", 'actor', OLD."actor", 'cancelled_at', OLD."cancelled_at", 'cancel_reason', OLD."cancel_reason")); END;
CREATE TRIGGER opora_list_approval_d AFTER DELETE ON "list_approval" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_approval', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'order_number', OLD."order_number", 'order_date', OLD."order_date", 'issuer', OLD."issuer", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'approved_at', OLD."approved_at", 'actor', OLD."actor", 'cancelled_at', OLD."cancelled_at", 'cancel_reason', OLD."cancel_reason")); END;
CREATE TRIGGER opora_list_approval_key BEFORE UPDATE OF id ON "list_approval" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_list_correction_i AFTER INSERT ON "list_correction" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_correction', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_list_correction_u AFTER UPDATE ON "list_correction" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."verdict" IS NOT NEW."verdict" OR OLD."reason" IS NOT NEW."reason" OR OLD."actor" IS NOT NEW."actor" OR OLD."created_at" IS NOT NEW."created_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_correction', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'verdict', OLD."verdict", 'reason', OLD."reason", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_list_correction_d AFTER DELETE ON "list_correction" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_correction', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'verdict', OLD."verdict", 'reason', OLD."reason", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_list_correction_key BEFORE UPDATE OF id ON "list_correction" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_list_protocol_i AFTER INSERT ON "list_protocol" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_protocol', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_list_protocol_u AFTER UPDATE ON "list_protocol" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."place" IS NOT NEW."place" OR OLD."votes_for" IS NOT NEW."votes_for" OR OLD."votes_against" IS NOT NEW."votes_against" OR OLD."votes_abstained" IS NOT NEW."votes_abstained" OR OLD."decision" IS NOT NEW."decision" OR OLD."opinion" IS NOT NEW."opinion") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_protocol', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'body_id', OLD."body_id", 'number', OLD."number", 'dated', OLD."dated", 'place', OLD."place", 'votes_for', OLD."votes_for", 'votes_against', OLD."votes_against", 'votes_abstained', OLD."votes_abstained", 'decision', OLD."decision", 'opinion', OLD."opinion")); END;
CREATE TRIGGER opora_list_protocol_d AFTER DELETE ON "list_protocol" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_protocol', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'body_id', OLD."body_id", 'number', OLD."number", 'dated', OLD."dated", 'place', OLD."place", 'votes_for', OLD."votes_for", 'votes_against', OLD."votes_against", 'votes_abstained', OLD."votes_abstained", 'decision', OLD."decision", 'opinion', OLD."opinion")); END;
CREATE TRIGGER opora_list_protocol_key BEFORE UPDATE OF id ON "list_protocol" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_list_protocol_member_i AFTER INSERT ON "list_protocol_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_protocol_member', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_list_protocol_member_u AFTER UPDATE ON "list_protocol_member" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."protocol_id" IS NOT NEW."protocol_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."name" IS NOT NEW."name" OR OLD."post" IS NOT NEW."post" OR OLD."role" IS NOT NEW."role" OR OLD."vote" IS NOT NEW."vote" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_protocol_member', OLD.id, 'U', json_object('id', OLD."id", 'protocol_id', OLD."protocol_id", 'person_id', OLD."person_id", 'name', OLD."name", 'post', OLD."post", 'role', OLD."role", 'vote', OLD."vote", 'position', OLD."position")); END;
CREATE TRIGGER opora_list_protocol_member_d AFTER DELETE ON "list_protocol_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_protocol_member', OLD.id, 'D', json_object('id', OLD."id", 'protocol_id', OLD."protocol_id", 'person_id', OLD."person_id", 'name', OLD."name", 'post', OLD."post", 'role', OLD."role", 'vote', OLD."vote", 'position', OLD."position")); END;
CREATE TRIGGER opora_list_protocol_member_key BEFORE UPDATE OF id ON "list_protocol_member" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_mark_count_i AFTER INSERT ON "mark_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mark_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_mark_count_u AFTER UPDATE ON "mark_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."autumn" IS NOT NEW."autumn" OR OLD."participants" IS NOT NEW."participants" OR OLD."m2" IS NOT NEW."m2" OR OLD."m3" IS NOT NEW."m3" OR OLD."m4" IS NOT NEW."m4" OR OLD."m5" IS NOT NEW."m5" OR OLD."below_min" IS NOT NEW."below_min" OR OLD."mean" IS NOT NEW."mean" OR OLD."restored" IS NOT NEW."restored" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mark_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'participants', OLD."participants", 'm2', OLD."m2", 'm3', OLD."m3", 'm4', OLD."m4", 'm5', OLD."m5", 'below_min', OLD."below_min", 'mean', OLD."mean", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_mark_count_d AFTER DELETE ON "mark_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mark_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'participants', OLD."participants", 'm2', OLD."m2", 'm3', OLD."m3", 'm4', OLD."m4", 'm5', OLD."m5", 'below_min', OLD."below_min", 'mean', OLD."mean", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_mark_count_key BEFORE UPDATE OF id ON "mark_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_measuring_point_i AFTER INSERT ON "measuring_point" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'measuring_point', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_measuring_point_u AFTER UPDATE ON "measuring_point" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."plan_year" IS NOT NEW."plan_year" OR OLD."position" IS NOT NEW."position" OR OLD."title" IS NOT NEW."title" OR OLD."stage" IS NOT NEW."stage" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."closed_at" IS NOT NEW."closed_at" OR OLD."closed_by" IS NOT NEW."closed_by" OR OLD."reopened_at" IS NOT NEW."reopened_at" OR OLD."reopen_reason" IS NOT NEW."reopen_reason" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'measuring_point', OLD.id, 'U', json_object('id', OLD."id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'position', OLD."position", 'title', OLD."title", 'stage', OLD."stage", 'due_on', OLD."due_on", 'closed_at', OLD."closed_at", 'closed_by', OLD."closed_by", 'reopened_at', OLD."reopened_at", 'reopen_reason', OLD."reopen_reason", 'note', OLD."note")); END;
CREATE TRIGGER opora_measuring_point_d AFTER DELETE ON "measuring_point" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'measuring_point', OLD.id, 'D', json_object('id', OLD."id", 'lineage', OLD."lineage", 'plan_year', OLD."plan_year", 'position', OLD."position", 'title', OLD."title", 'stage', OLD."stage", 'due_on', OLD."due_on", 'closed_at', OLD."closed_at", 'closed_by', OLD."closed_by", 'reopened_at', OLD."reopened_at", 'reopen_reason', OLD."reopen_reason", 'note', OLD."note")); END;
CREATE TRIGGER opora_measuring_point_key BEFORE UPDATE OF id ON "measuring_point" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_mentor_meeting_i AFTER INSERT ON "mentor_meeting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mentor_meeting', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_mentor_meeting_u AFTER UPDATE ON "mentor_meeting" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."pair_id" IS NOT NEW."pair_id" OR OLD."position" IS NOT NEW."position" OR OLD."planned_on" IS NOT NEW."planned_on" OR OLD."held_on" IS NOT NEW."held_on" OR OLD."topic" IS NOT NEW."topic" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mentor_meeting', OLD.id, 'U', json_object('id', OLD."id", 'pair_id', OLD."pair_id", 'position', OLD."position", 'planned_on', OLD."planned_on", 'held_on', OLD."held_on", 'topic', OLD."topic", 'outcome', OLD."outcome", 'note', OLD."note")); END;
CREATE TRIGGER opora_mentor_meeting_d AFTER DELETE ON "mentor_meeting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mentor_meeting', OLD.id, 'D', json_object('id', OLD."id", 'pair_id', OLD."pair_id", 'position', OLD."position", 'planned_on', OLD."planned_on", 'held_on', OLD."held_on", 'topic', OLD."topic", 'outcome', OLD."outcome", 'note', OLD."note")); END;
CREATE TRIGGER opora_mentor_meeting_key BEFORE UPDATE OF id ON "mentor_meeting" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_mentor_pair_i AFTER INSERT ON "mentor_pair" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mentor_pair', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_mentor_pair_u AFTER UPDATE ON "mentor_pair" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."form" IS NOT NEW."form" OR OLD."mentor_id" IS NOT NEW."mentor_id" OR OLD."mentor_school_id" IS NOT NEW."mentor_school_id" OR OLD."mentee_id" IS NOT NEW."mentee_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."subject" IS NOT NEW."subject" OR OLD."topic" IS NOT NEW."topic" OR OLD."works_since" IS NOT NEW."works_since" OR OLD."act" IS NOT NEW."act" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."state" IS NOT NEW."state" OR OLD."result" IS NOT NEW."result" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mentor_pair', OLD.id, 'U', json_object('id', OLD."id", 'form', OLD."form", 'mentor_id', OLD."mentor_id", 'mentor_school_id', OLD."mentor_school_id", 'mentee_id', OLD."mentee_id", 'organisation_id', OLD."organisation_id", 'subject', OLD."subject", 'topic', OLD."topic", 'works_since', OLD."works_since", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'state', OLD."state", 'result', OLD."result", 'note', OLD."note")); END;
CREATE TRIGGER opora_mentor_pair_d AFTER DELETE ON "mentor_pair" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mentor_pair', OLD.id, 'D', json_object('id', OLD."id", 'form', OLD."form", 'mentor_id', OLD."mentor_id", 'mentor_school_id', OLD."mentor_school_id", 'mentee_id', OLD."mentee_id", 'organisation_id', OLD."organisation_id", 'subject', OLD."subject", 'topic', OLD."topic", 'works_since', OLD."works_since", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'state', OLD."state", 'result', OLD."result", 'note', OLD."note")); END;
CREATE TRIGGER opora_mentor_pair_key BEFORE UPDATE OF id ON "mentor_pair" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_metric_value_i AFTER INSERT ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_metric_value_u AFTER UPDATE ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."metric" IS NOT NEW."metric" OR OLD."part" IS NOT NEW."part" OR OLD."whole" IS NOT NEW."whole" OR OLD."exact" IS NOT NEW."exact" OR OLD."raw" IS NOT NEW."raw" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells" OR OLD."form_case_id" IS NOT NEW."form_case_id" OR OLD."form_file_id" IS NOT NEW."form_file_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'part', OLD."part", 'whole', OLD."whole", 'exact', OLD."exact", 'raw', OLD."raw", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'form_case_id', OLD."form_case_id", 'form_file_id', OLD."form_file_id")); END;
CREATE TRIGGER opora_metric_value_d AFTER DELETE ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'part', OLD."part", 'whole', OLD."whole", 'exact', OLD."exact", 'raw', OLD."raw", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'form_case_id', OLD."form_case_id", 'form_file_id', OLD."form_file_id")); END;
CREATE TRIGGER opora_metric_value_key BEFORE UPDATE OF id ON "metric_value" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_network_platform_i AFTER INSERT ON "network_platform" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'network_platform', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_network_platform_u AFTER UPDATE ON "network_platform" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."title" IS NOT NEW."title" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."topic" IS NOT NEW."topic" OR OLD."head" IS NOT NEW."head" OR OLD."act" IS NOT NEW."act" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'network_platform', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'title', OLD."title", 'organisation_id', OLD."organisation_id", 'topic', OLD."topic", 'head', OLD."head", 'act', OLD."act", 'note', OLD."note")); END;
CREATE TRIGGER opora_network_platform_d AFTER DELETE ON "network_platform" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'network_platform', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'title', OLD."title", 'organisation_id', OLD."organisation_id", 'topic', OLD."topic", 'head', OLD."head", 'act', OLD."act", 'note', OLD."note")); END;
CREATE TRIGGER opora_network_platform_key BEFORE UPDATE OF id ON "network_platform" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_note_i AFTER INSERT ON "note" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'note', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_note_u AFTER UPDATE ON "note" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."text" IS NOT NEW."text" OR OLD."remind_on" IS NOT NEW."remind_on" OR OLD."done" IS NOT NEW."done" OR OLD."created_at" IS NOT NEW."created_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'note', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'text', OLD."text", 'remind_on', OLD."remind_on", 'done', OLD."done", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_note_d AFTER DELETE ON "note" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'note', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'text', OLD."text", 'remind_on', OLD."remind_on", 'done', OLD."done", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_note_key BEFORE UPDATE OF id ON "note" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_order_draft_i AFTER INSERT ON "order_draft" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'order_draft', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_order_draft_u AFTER UPDATE ON "order_draft" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."act" IS NOT NEW."act" OR OLD."title" IS NOT NEW."title" OR OLD."details" IS NOT NEW."details" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."signer_id" IS NOT NEW."signer_id" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."legal_act_id" IS NOT NEW."legal_act_id" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'order_draft', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'school_year', OLD."school_year", 'act', OLD."act", 'title', OLD."title", 'details', OLD."details", 'number', OLD."number", 'dated', OLD."dated", 'signer_id', OLD."signer_id", 'paper_id', OLD."paper_id", 'legal_act_id', OLD."legal_act_id", 'created_at', OLD."created_at", 'note', OLD."note")); END;
CREATE TRIGGER opora_order_draft_d AFTER DELETE ON "order_draft" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'order_draft', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'school_year', OLD."school_year", 'act', OLD."act", 'title', OLD."title", 'details', OLD."details", 'number', OLD."number", 'dated', OLD."dated", 'signer_id', OLD."signer_id", 'paper_id', OLD."paper_id", 'legal_act_id', OLD."legal_act_id", 'created_at', OLD."created_at", 'note', OLD."note")); END;
CREATE TRIGGER opora_order_draft_key BEFORE UPDATE OF id ON "order_draft" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_i AFTER INSERT ON "organisation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_u AFTER UPDATE ON "organisation" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."name" IS NOT NEW."name" OR OLD."short_name" IS NOT NEW."short_name" OR OLD."school_type" IS NOT NEW."school_type" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."settlement" IS NOT NEW."settlement" OR OLD."settlement_kind" IS NOT NEW."settlement_kind" OR OLD."address" IS NOT NEW."address" OR OLD."status" IS NOT NEW."status" OR OLD."own" IS NOT NEW."own" OR OLD."duplicate_of" IS NOT NEW."duplicate_of" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'name', OLD."name", 'short_name', OLD."short_name", 'school_type', OLD."school_type", 'area_id', OLD."area_id", 'settlement', OLD."settlement", 'settlement_kind', OLD."settlement_kind", 'address', OLD."address", 'status', OLD."status", 'own', OLD."own", 'duplicate_of', OLD."duplicate_of", 'position', OLD."position")); END;
CREATE TRIGGER opora_organisation_d AFTER DELETE ON "organisation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'name', OLD."name", 'short_name', OLD."short_name", 'school_type', OLD."school_type", 'area_id', OLD."area_id", 'settlement', OLD."settlement", 'settlement_kind', OLD."settlement_kind", 'address', OLD."address", 'status', OLD."status", 'own', OLD."own", 'duplicate_of', OLD."duplicate_of", 'position', OLD."position")); END;
CREATE TRIGGER opora_organisation_key BEFORE UPDATE OF id ON "organisation" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_alias_i AFTER INSERT ON "organisation_alias" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_alias', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_alias_u AFTER UPDATE ON "organisation_alias" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."spelling" IS NOT NEW."spelling" OR OLD."normal" IS NOT NEW."normal" OR OLD."scope" IS NOT NEW."scope") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_alias', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'spelling', OLD."spelling", 'normal', OLD."normal", 'scope', OLD."scope")); END;
CREATE TRIGGER opora_organisation_alias_d AFTER DELETE ON "organisation_alias" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_alias', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'spelling', OLD."spelling", 'normal', OLD."normal", 'scope', OLD."scope")); END;
CREATE TRIGGER opora_organisation_alias_key BEFORE UPDATE OF id ON "organisation_alias" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_code_i AFTER INSERT ON "organisation_code" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_code', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_code_u AFTER UPDATE ON "organisation_code" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."system" IS NOT NEW."system" OR OLD."value" IS NOT NEW."value" OR OLD."valid_from" IS NOT NEW."valid_from" OR OLD."valid_to" IS NOT NEW."valid_to") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_code', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'system', OLD."system", 'value', OLD."value", 'valid_from', OLD."valid_from", 'valid_to', OLD."valid_to")); END;
CREATE TRIGGER opora_organisation_code_d AFTER DELETE ON "organisation_code" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_code', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'system', OLD."system", 'value', OLD."value", 'valid_from', OLD."valid_from", 'valid_to', OLD."valid_to")); END;
CREATE TRIGGER opora_organisation_code_key BEFORE UPDATE OF id ON "organisation_code" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_distance_i AFTER INSERT ON "organisation_distance" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_distance', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_distance_u AFTER UPDATE ON "organisation_distance" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."first_id" IS NOT NEW."first_id" OR OLD."second_id" IS NOT NEW."second_id" OR OLD."km" IS NOT NEW."km" OR OLD."minutes" IS NOT NEW."minutes") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_distance', OLD.id, 'U', json_object('id', OLD."id", 'first_id', OLD."first_id", 'second_id', OLD."second_id", 'km', OLD."km", 'minutes', OLD."minutes")); END;
CREATE TRIGGER opora_organisation_distance_d AFTER DELETE ON "organisation_distance" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_distance', OLD.id, 'D', json_object('id', OLD."id", 'first_id', OLD."first_id", 'second_id', OLD."second_id", 'km', OLD."km", 'minutes', OLD."minutes")); END;
CREATE TRIGGER opora_organisation_distance_key BEFORE UPDATE OF id ON "organisation_distance" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_group_i AFTER INSERT ON "organisation_group" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_group', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_group_u AFTER UPDATE ON "organisation_group" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_group', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'position', OLD."position")); END;
CREATE TRIGGER opora_organisation_group_d AFTER DELETE ON "organisation_group" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_group', OLD.id, 'D', json_object('id', OLD."id", 'name', OLD."name", 'position', OLD."position")); END;
CREATE TRIGGER opora_organisation_group_key BEFORE UPDATE OF id ON "organisation_group" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_group_member_i AFTER INSERT ON "organisation_group_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_group_member', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_group_member_u AFTER UPDATE ON "organisation_group_member" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."group_id" IS NOT NEW."group_id" OR OLD."organisation_id" IS NOT NEW."organisation_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_group_member', OLD.id, 'U', json_object('id', OLD."id", 'group_id', OLD."group_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_organisation_group_member_d AFTER DELETE ON "organisation_group_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_group_member', OLD.id, 'D', json_object('id', OLD."id", 'group_id', OLD."group_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_organisation_group_member_key BEFORE UPDATE OF id ON "organisation_group_member" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_link_i AFTER INSERT ON "organisation_link" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_link', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_link_u AFTER UPDATE ON "organisation_link" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."predecessor_id" IS NOT NEW."predecessor_id" OR OLD."successor_id" IS NOT NEW."successor_id" OR OLD."on_date" IS NOT NEW."on_date" OR OLD."act" IS NOT NEW."act") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_link', OLD.id, 'U', json_object('id', OLD."id", 'predecessor_id', OLD."predecessor_id", 'successor_id', OLD."successor_id", 'on_date', OLD."on_date", 'act', OLD."act")); END;
CREATE TRIGGER opora_organisation_link_d AFTER DELETE ON "organisation_link" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_link', OLD.id, 'D', json_object('id', OLD."id", 'predecessor_id', OLD."predecessor_id", 'successor_id', OLD."successor_id", 'on_date', OLD."on_date", 'act', OLD."act")); END;
CREATE TRIGGER opora_organisation_link_key BEFORE UPDATE OF id ON "organisation_link" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_tie_i AFTER INSERT ON "organisation_tie" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_tie', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_tie_u AFTER UPDATE ON "organisation_tie" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."donor_id" IS NOT NEW."donor_id" OR OLD."receiver_id" IS NOT NEW."receiver_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."subject" IS NOT NEW."subject" OR OLD."grade" IS NOT NEW."grade" OR OLD."state" IS NOT NEW."state" OR OLD."act_number" IS NOT NEW."act_number" OR OLD."act_date" IS NOT NEW."act_date" OR OLD."reasons" IS NOT NEW."reasons" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_tie', OLD.id, 'U', json_object('id', OLD."id", 'donor_id', OLD."donor_id", 'receiver_id', OLD."receiver_id", 'school_year', OLD."school_year", 'subject', OLD."subject", 'grade', OLD."grade", 'state', OLD."state", 'act_number', OLD."act_number", 'act_date', OLD."act_date", 'reasons', OLD."reasons", 'note', OLD."note")); END;
CREATE TRIGGER opora_organisation_tie_d AFTER DELETE ON "organisation_tie" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_tie', OLD.id, 'D', json_object('id', OLD."id", 'donor_id', OLD."donor_id", 'receiver_id', OLD."receiver_id", 'school_year', OLD."school_year", 'subject', OLD."subject", 'grade', OLD."grade", 'state', OLD."state", 'act_number', OLD."act_number", 'act_date', OLD."act_date", 'reasons', OLD."reasons", 'note', OLD."note")); END;
CREATE TRIGGER opora_organisation_tie_key BEFORE UPDATE OF id ON "organisation_tie" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_organisation_year_i AFTER INSERT ON "organisation_year" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_year', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_year_u AFTER UPDATE ON "organisation_year" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."pupils" IS NOT NEW."pupils" OR OLD."teachers" IS NOT NEW."teachers") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_year', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'pupils', OLD."pupils", 'teachers', OLD."teachers")); END;
CREATE TRIGGER opora_organisation_year_d AFTER DELETE ON "organisation_year" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_year', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'pupils', OLD."pupils", 'teachers', OLD."teachers")); END;
CREATE TRIGGER opora_organisation_year_key BEFORE UPDATE OF id ON "organisation_year" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_outgoing_paper_i AFTER INSERT ON "outgoing_paper" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'outgoing_paper', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_outgoing_paper_u AFTER UPDATE ON "outgoing_paper" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."snapshot_id" IS NOT NEW."snapshot_id" OR OLD."state" IS NOT NEW."state" OR OLD."registered_at" IS NOT NEW."registered_at" OR OLD."actor" IS NOT NEW."actor" OR OLD."note" IS NOT NEW."note" OR OLD."out_number" IS NOT NEW."out_number" OR OLD."dated" IS NOT NEW."dated" OR OLD."period" IS NOT NEW."period" OR OLD."addressee" IS NOT NEW."addressee" OR OLD."recipe" IS NOT NEW."recipe" OR OLD."content_sha256" IS NOT NEW."content_sha256" OR OLD."replaces" IS NOT NEW."replaces") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'outgoing_paper', OLD.id, 'U', json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'registered_at', OLD."registered_at", 'actor', OLD."actor", 'note', OLD."note", 'out_number', OLD."out_number", 'dated', OLD."dated", 'period', OLD."period", 'addressee', OLD."addressee", 'recipe', OLD."recipe", 'content_sha256', OLD."content_sha256", 'replaces', OLD."replaces")); END;
CREATE TRIGGER opora_outgoing_paper_d AFTER DELETE ON "outgoing_paper" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'outgoing_paper', OLD.id, 'D', json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'registered_at', OLD."registered_at", 'actor', OLD."actor", 'note', OLD."note", 'out_number', OLD."out_number", 'dated', OLD."dated", 'period', OLD."period", 'addressee', OLD."addressee", 'recipe', OLD."recipe", 'content_sha256', OLD."content_sha256", 'replaces', OLD."replaces")); END;
CREATE TRIGGER opora_outgoing_paper_key BEFORE UPDATE OF id ON "outgoing_paper" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_package_expected_i AFTER INSERT ON "package_expected" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_expected', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_package_expected_u AFTER UPDATE ON "package_expected" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."position" IS NOT NEW."position" OR OLD."municipality" IS NOT NEW."municipality" OR OLD."oktmo" IS NOT NEW."oktmo" OR OLD."contact" IS NOT NEW."contact" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_expected', OLD.id, 'U', json_object('id', OLD."id", 'position', OLD."position", 'municipality', OLD."municipality", 'oktmo', OLD."oktmo", 'contact', OLD."contact", 'due_on', OLD."due_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_package_expected_d AFTER DELETE ON "package_expected" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_expected', OLD.id, 'D', json_object('id', OLD."id", 'position', OLD."position", 'municipality', OLD."municipality", 'oktmo', OLD."oktmo", 'contact', OLD."contact", 'due_on', OLD."due_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_package_expected_key BEFORE UPDATE OF id ON "package_expected" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_package_in_i AFTER INSERT ON "package_in" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_in', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_package_in_u AFTER UPDATE ON "package_in" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."municipality" IS NOT NEW."municipality" OR OLD."oktmo" IS NOT NEW."oktmo" OR OLD."period" IS NOT NEW."period" OR OLD."title" IS NOT NEW."title" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."size" IS NOT NEW."size" OR OLD."manifest" IS NOT NEW."manifest" OR OLD."data" IS NOT NEW."data" OR OLD."verdict" IS NOT NEW."verdict" OR OLD."problems" IS NOT NEW."problems" OR OLD."made_at" IS NOT NEW."made_at" OR OLD."taken_at" IS NOT NEW."taken_at" OR OLD."actor" IS NOT NEW."actor" OR OLD."replaced_by" IS NOT NEW."replaced_by" OR OLD."remark" IS NOT NEW."remark") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_in', OLD.id, 'U', json_object('id', OLD."id", 'municipality', OLD."municipality", 'oktmo', OLD."oktmo", 'period', OLD."period", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'size', OLD."size", 'manifest', OLD."manifest", 'data', OLD."data", 'verdict', OLD."verdict", 'problems', OLD."problems", 'made_at', OLD."made_at", 'taken_at', OLD."taken_at", 'actor', OLD."actor", 'replaced_by', OLD."replaced_by", 'remark', OLD."remark")); END;
CREATE TRIGGER opora_package_in_d AFTER DELETE ON "package_in" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_in', OLD.id, 'D', json_object('id', OLD."id", 'municipality', OLD."municipality", 'oktmo', OLD."oktmo", 'period', OLD."period", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'size', OLD."size", 'manifest', OLD."manifest", 'data', OLD."data", 'verdict', OLD."verdict", 'problems', OLD."problems", 'made_at', OLD."made_at", 'taken_at', OLD."taken_at", 'actor', OLD."actor", 'replaced_by', OLD."replaced_by", 'remark', OLD."remark")); END;
CREATE TRIGGER opora_package_in_key BEFORE UPDATE OF id ON "package_in" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_package_out_i AFTER INSERT ON "package_out" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_out', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_package_out_u AFTER UPDATE ON "package_out" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."title" IS NOT NEW."title" OR OLD."addressee" IS NOT NEW."addressee" OR OLD."period" IS NOT NEW."period" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."size" IS NOT NEW."size" OR OLD."manifest" IS NOT NEW."manifest" OR OLD."impersonal" IS NOT NEW."impersonal" OR OLD."made_at" IS NOT NEW."made_at" OR OLD."actor" IS NOT NEW."actor" OR OLD."sent_on" IS NOT NEW."sent_on" OR OLD."answered_on" IS NOT NEW."answered_on" OR OLD."answer" IS NOT NEW."answer" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_out', OLD.id, 'U', json_object('id', OLD."id", 'number', OLD."number", 'title', OLD."title", 'addressee', OLD."addressee", 'period', OLD."period", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'size', OLD."size", 'manifest', OLD."manifest", 'impersonal', OLD."impersonal", 'made_at', OLD."made_at", 'actor', OLD."actor", 'sent_on', OLD."sent_on", 'answered_on', OLD."answered_on", 'answer', OLD."answer", 'note', OLD."note")); END;
CREATE TRIGGER opora_package_out_d AFTER DELETE ON "package_out" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_out', OLD.id, 'D', json_object('id', OLD."id", 'number', OLD."number", 'title', OLD."title", 'addressee', OLD."addressee", 'period', OLD."period", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'size', OLD."size", 'manifest', OLD."manifest", 'impersonal', OLD."impersonal", 'made_at', OLD."made_at", 'actor', OLD."actor", 'sent_on', OLD."sent_on", 'answered_on', OLD."answered_on", 'answer', OLD."answer", 'note', OLD."note")); END;
CREATE TRIGGER opora_package_out_key BEFORE UPDATE OF id ON "package_out" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_package_paper_i AFTER INSERT ON "package_paper" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_paper', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_package_paper_u AFTER UPDATE ON "package_paper" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."package_id" IS NOT NEW."package_id" OR OLD."paper_id" IS NOT NEW."paper_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_paper', OLD.id, 'U', json_object('id', OLD."id", 'package_id', OLD."package_id", 'paper_id', OLD."paper_id")); END;
CREATE TRIGGER opora_package_paper_d AFTER DELETE ON "package_paper" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'package_paper', OLD.id, 'D', json_object('id', OLD."id", 'package_id', OLD."package_id", 'paper_id', OLD."paper_id")); END;
CREATE TRIGGER opora_package_paper_key BEFORE UPDATE OF id ON "package_paper" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_paper_event_i AFTER INSERT ON "paper_event" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_event', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_paper_event_u AFTER UPDATE ON "paper_event" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."happened_on" IS NOT NEW."happened_on" OR OLD."number" IS NOT NEW."number" OR OLD."person" IS NOT NEW."person" OR OLD."text" IS NOT NEW."text" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."answers" IS NOT NEW."answers" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."actor" IS NOT NEW."actor") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_event', OLD.id, 'U', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'kind', OLD."kind", 'happened_on', OLD."happened_on", 'number', OLD."number", 'person', OLD."person", 'text', OLD."text", 'due_on', OLD."due_on", 'answers', OLD."answers", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_paper_event_d AFTER DELETE ON "paper_event" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_event', OLD.id, 'D', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'kind', OLD."kind", 'happened_on', OLD."happened_on", 'number', OLD."number", 'person', OLD."person", 'text', OLD."text", 'due_on', OLD."due_on", 'answers', OLD."answers", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_paper_event_key BEFORE UPDATE OF id ON "paper_event" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_paper_file_i AFTER INSERT ON "paper_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_file', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_paper_file_u AFTER UPDATE ON "paper_file" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."role" IS NOT NEW."role" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."signer" IS NOT NEW."signer" OR OLD."certificate" IS NOT NEW."certificate" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."note" IS NOT NEW."note" OR OLD."of_sha256" IS NOT NEW."of_sha256" OR OLD."way" IS NOT NEW."way") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_file', OLD.id, 'U', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'role', OLD."role", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'signer', OLD."signer", 'certificate', OLD."certificate", 'added_at', OLD."added_at", 'note', OLD."note", 'of_sha256', OLD."of_sha256", 'way', OLD."way")); END;
CREATE TRIGGER opora_paper_file_d AFTER DELETE ON "paper_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_file', OLD.id, 'D', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'role', OLD."role", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'signer', OLD."signer", 'certificate', OLD."certificate", 'added_at', OLD."added_at", 'note', OLD."note", 'of_sha256', OLD."of_sha256", 'way', OLD."way")); END;
CREATE TRIGGER opora_paper_file_key BEFORE UPDATE OF id ON "paper_file" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_paper_setup_i AFTER INSERT ON "paper_setup" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_setup', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_paper_setup_u AFTER UPDATE ON "paper_setup" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."key" IS NOT NEW."key" OR OLD."value" IS NOT NEW."value") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_setup', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_paper_setup_d AFTER DELETE ON "paper_setup" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_setup', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_paper_setup_key BEFORE UPDATE OF id ON "paper_setup" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_paper_signature_i AFTER INSERT ON "paper_signature" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_signature', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_paper_signature_u AFTER UPDATE ON "paper_signature" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."position" IS NOT NEW."position" OR OLD."post" IS NOT NEW."post" OR OLD."name" IS NOT NEW."name" OR OLD."state" IS NOT NEW."state" OR OLD."file_id" IS NOT NEW."file_id" OR OLD."happened_on" IS NOT NEW."happened_on" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_signature', OLD.id, 'U', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'position', OLD."position", 'post', OLD."post", 'name', OLD."name", 'state', OLD."state", 'file_id', OLD."file_id", 'happened_on', OLD."happened_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_paper_signature_d AFTER DELETE ON "paper_signature" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_signature', OLD.id, 'D', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'position', OLD."position", 'post', OLD."post", 'name', OLD."name", 'state', OLD."state", 'file_id', OLD."file_id", 'happened_on', OLD."happened_on", 'note', OLD."note")); END;
CREATE TRIGGER opora_paper_signature_key BEFORE UPDATE OF id ON "paper_signature" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_paper_text_i AFTER INSERT ON "paper_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_text', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_paper_text_u AFTER UPDATE ON "paper_text" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."paper" IS NOT NEW."paper" OR OLD."subject" IS NOT NEW."subject" OR OLD."period" IS NOT NEW."period" OR OLD."key" IS NOT NEW."key" OR OLD."text" IS NOT NEW."text" OR OLD."derived" IS NOT NEW."derived" OR OLD."figures" IS NOT NEW."figures") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_text', OLD.id, 'U', json_object('id', OLD."id", 'paper', OLD."paper", 'subject', OLD."subject", 'period', OLD."period", 'key', OLD."key", 'text', OLD."text", 'derived', OLD."derived", 'figures', OLD."figures")); END;
CREATE TRIGGER opora_paper_text_d AFTER DELETE ON "paper_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_text', OLD.id, 'D', json_object('id', OLD."id", 'paper', OLD."paper", 'subject', OLD."subject", 'period', OLD."period", 'key', OLD."key", 'text', OLD."text", 'derived', OLD."derived", 'figures', OLD."figures")); END;
CREATE TRIGGER opora_paper_text_key BEFORE UPDATE OF id ON "paper_text" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_partnership_i AFTER INSERT ON "partnership" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'partnership', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_partnership_u AFTER UPDATE ON "partnership" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."donor_kind" IS NOT NEW."donor_kind" OR OLD."donor" IS NOT NEW."donor" OR OLD."donor_id" IS NOT NEW."donor_id" OR OLD."receiver_id" IS NOT NEW."receiver_id" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."topic" IS NOT NEW."topic" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."state" IS NOT NEW."state" OR OLD."tie_id" IS NOT NEW."tie_id" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'partnership', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'donor_kind', OLD."donor_kind", 'donor', OLD."donor", 'donor_id', OLD."donor_id", 'receiver_id', OLD."receiver_id", 'number', OLD."number", 'dated', OLD."dated", 'topic', OLD."topic", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'state', OLD."state", 'tie_id', OLD."tie_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_partnership_d AFTER DELETE ON "partnership" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'partnership', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'donor_kind', OLD."donor_kind", 'donor', OLD."donor", 'donor_id', OLD."donor_id", 'receiver_id', OLD."receiver_id", 'number', OLD."number", 'dated', OLD."dated", 'topic', OLD."topic", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'state', OLD."state", 'tie_id', OLD."tie_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_partnership_key BEFORE UPDATE OF id ON "partnership" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_partnership_event_i AFTER INSERT ON "partnership_event" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'partnership_event', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_partnership_event_u AFTER UPDATE ON "partnership_event" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."partnership_id" IS NOT NEW."partnership_id" OR OLD."position" IS NOT NEW."position" OR OLD."title" IS NOT NEW."title" OR OLD."planned_on" IS NOT NEW."planned_on" OR OLD."held_on" IS NOT NEW."held_on" OR OLD."participants" IS NOT NEW."participants" OR OLD."product" IS NOT NEW."product" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'partnership_event', OLD.id, 'U', json_object('id', OLD."id", 'partnership_id', OLD."partnership_id", 'position', OLD."position", 'title', OLD."title", 'planned_on', OLD."planned_on", 'held_on', OLD."held_on", 'participants', OLD."participants", 'product', OLD."product", 'note', OLD."note")); END;
CREATE TRIGGER opora_partnership_event_d AFTER DELETE ON "partnership_event" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'partnership_event', OLD.id, 'D', json_object('id', OLD."id", 'partnership_id', OLD."partnership_id", 'position', OLD."position", 'title', OLD."title", 'planned_on', OLD."planned_on", 'held_on', OLD."held_on", 'participants', OLD."participants", 'product', OLD."product", 'note', OLD."note")); END;
CREATE TRIGGER opora_partnership_event_key BEFORE UPDATE OF id ON "partnership_event" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_person_i AFTER INSERT ON "person" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'person', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_person_u AFTER UPDATE ON "person" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."full_name" IS NOT NEW."full_name" OR OLD."position" IS NOT NEW."position" OR OLD."phone" IS NOT NEW."phone" OR OLD."email" IS NOT NEW."email" OR OLD."name_cases" IS NOT NEW."name_cases" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'person', OLD.id, 'U', json_object('id', OLD."id", 'full_name', OLD."full_name", 'position', OLD."position", 'phone', OLD."phone", 'email', OLD."email", 'name_cases', OLD."name_cases", 'note', OLD."note")); END;
CREATE TRIGGER opora_person_d AFTER DELETE ON "person" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'person', OLD.id, 'D', json_object('id', OLD."id", 'full_name', OLD."full_name", 'position', OLD."position", 'phone', OLD."phone", 'email', OLD."email", 'name_cases', OLD."name_cases", 'note', OLD."note")); END;
CREATE TRIGGER opora_person_key BEFORE UPDATE OF id ON "person" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_plan_count_i AFTER INSERT ON "plan_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'plan_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_plan_count_u AFTER UPDATE ON "plan_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."subject" IS NOT NEW."subject" OR OLD."need" IS NOT NEW."need" OR OLD."planned" IS NOT NEW."planned" OR OLD."done" IS NOT NEW."done" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'plan_count', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'kind', OLD."kind", 'subject', OLD."subject", 'need', OLD."need", 'planned', OLD."planned", 'done', OLD."done", 'note', OLD."note")); END;
CREATE TRIGGER opora_plan_count_d AFTER DELETE ON "plan_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'plan_count', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'kind', OLD."kind", 'subject', OLD."subject", 'need', OLD."need", 'planned', OLD."planned", 'done', OLD."done", 'note', OLD."note")); END;
CREATE TRIGGER opora_plan_count_key BEFORE UPDATE OF id ON "plan_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_platform_measure_i AFTER INSERT ON "platform_measure" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'platform_measure', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_platform_measure_u AFTER UPDATE ON "platform_measure" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."platform_id" IS NOT NEW."platform_id" OR OLD."measure" IS NOT NEW."measure" OR OLD."raw" IS NOT NEW."raw" OR OLD."value" IS NOT NEW."value" OR OLD."code" IS NOT NEW."code" OR OLD."source" IS NOT NEW."source") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'platform_measure', OLD.id, 'U', json_object('id', OLD."id", 'platform_id', OLD."platform_id", 'measure', OLD."measure", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'source', OLD."source")); END;
CREATE TRIGGER opora_platform_measure_d AFTER DELETE ON "platform_measure" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'platform_measure', OLD.id, 'D', json_object('id', OLD."id", 'platform_id', OLD."platform_id", 'measure', OLD."measure", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'source', OLD."source")); END;
CREATE TRIGGER opora_platform_measure_key BEFORE UPDATE OF id ON "platform_measure" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_practice_i AFTER INSERT ON "practice" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'practice', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_practice_u AFTER UPDATE ON "practice" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."author" IS NOT NEW."author" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."subject" IS NOT NEW."subject" OR OLD."deficit_kind" IS NOT NEW."deficit_kind" OR OLD."problem" IS NOT NEW."problem" OR OLD."idea" IS NOT NEW."idea" OR OLD."evidence" IS NOT NEW."evidence" OR OLD."audience" IS NOT NEW."audience" OR OLD."state" IS NOT NEW."state" OR OLD."act" IS NOT NEW."act" OR OLD."accepted_on" IS NOT NEW."accepted_on" OR OLD."link" IS NOT NEW."link" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'practice', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'title', OLD."title", 'organisation_id', OLD."organisation_id", 'body_id', OLD."body_id", 'author', OLD."author", 'school_year', OLD."school_year", 'subject', OLD."subject", 'deficit_kind', OLD."deficit_kind", 'problem', OLD."problem", 'idea', OLD."idea", 'evidence', OLD."evidence", 'audience', OLD."audience", 'state', OLD."state", 'act', OLD."act", 'accepted_on', OLD."accepted_on", 'link', OLD."link", 'note', OLD."note")); END;
CREATE TRIGGER opora_practice_d AFTER DELETE ON "practice" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'practice', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'title', OLD."title", 'organisation_id', OLD."organisation_id", 'body_id', OLD."body_id", 'author', OLD."author", 'school_year', OLD."school_year", 'subject', OLD."subject", 'deficit_kind', OLD."deficit_kind", 'problem', OLD."problem", 'idea', OLD."idea", 'evidence', OLD."evidence", 'audience', OLD."audience", 'state', OLD."state", 'act', OLD."act", 'accepted_on', OLD."accepted_on", 'link', OLD."link", 'note', OLD."note")); END;
CREATE TRIGGER opora_practice_key BEFORE UPDATE OF id ON "practice" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_practice_use_i AFTER INSERT ON "practice_use" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'practice_use', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_practice_use_u AFTER UPDATE ON "practice_use" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."practice_id" IS NOT NEW."practice_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."state" IS NOT NEW."state" OR OLD."since" IS NOT NEW."since" OR OLD."rating" IS NOT NEW."rating" OR OLD."opinion" IS NOT NEW."opinion" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'practice_use', OLD.id, 'U', json_object('id', OLD."id", 'practice_id', OLD."practice_id", 'organisation_id', OLD."organisation_id", 'state', OLD."state", 'since', OLD."since", 'rating', OLD."rating", 'opinion', OLD."opinion", 'note', OLD."note")); END;
CREATE TRIGGER opora_practice_use_d AFTER DELETE ON "practice_use" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'practice_use', OLD.id, 'D', json_object('id', OLD."id", 'practice_id', OLD."practice_id", 'organisation_id', OLD."organisation_id", 'state', OLD."state", 'since', OLD."since", 'rating', OLD."rating", 'opinion', OLD."opinion", 'note', OLD."note")); END;
CREATE TRIGGER opora_practice_use_key BEFORE UPDATE OF id ON "practice_use" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_i AFTER INSERT ON "programme" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_u AFTER UPDATE ON "programme" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."document" IS NOT NEW."document" OR OLD."title" IS NOT NEW."title" OR OLD."year_from" IS NOT NEW."year_from" OR OLD."year_to" IS NOT NEW."year_to" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."period_text" IS NOT NEW."period_text" OR OLD."building" IS NOT NEW."building" OR OLD."edition" IS NOT NEW."edition" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."previous_id" IS NOT NEW."previous_id" OR OLD."copied_from" IS NOT NEW."copied_from" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."agreement_from" IS NOT NEW."agreement_from" OR OLD."approved_on" IS NOT NEW."approved_on" OR OLD."act_kind" IS NOT NEW."act_kind" OR OLD."act_number" IS NOT NEW."act_number" OR OLD."act_date" IS NOT NEW."act_date" OR OLD."snapshot_id" IS NOT NEW."snapshot_id" OR OLD."cancelled_on" IS NOT NEW."cancelled_on" OR OLD."cancel_reason" IS NOT NEW."cancel_reason" OR OLD."source_name" IS NOT NEW."source_name" OR OLD."source_sha256" IS NOT NEW."source_sha256" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'organisation_id', OLD."organisation_id", 'document', OLD."document", 'title', OLD."title", 'year_from', OLD."year_from", 'year_to', OLD."year_to", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'period_text', OLD."period_text", 'building', OLD."building", 'edition', OLD."edition", 'lineage', OLD."lineage", 'previous_id', OLD."previous_id", 'copied_from', OLD."copied_from", 'created_at', OLD."created_at", 'agreement_from', OLD."agreement_from", 'approved_on', OLD."approved_on", 'act_kind', OLD."act_kind", 'act_number', OLD."act_number", 'act_date', OLD."act_date", 'snapshot_id', OLD."snapshot_id", 'cancelled_on', OLD."cancelled_on", 'cancel_reason', OLD."cancel_reason", 'source_name', OLD."source_name", 'source_sha256', OLD."source_sha256", 'note', OLD."note")); END;
CREATE TRIGGER opora_programme_d AFTER DELETE ON "programme" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'organisation_id', OLD."organisation_id", 'document', OLD."document", 'title', OLD."title", 'year_from', OLD."year_from", 'year_to', OLD."year_to", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'period_text', OLD."period_text", 'building', OLD."building", 'edition', OLD."edition", 'lineage', OLD."lineage", 'previous_id', OLD."previous_id", 'copied_from', OLD."copied_from", 'created_at', OLD."created_at", 'agreement_from', OLD."agreement_from", 'approved_on', OLD."approved_on", 'act_kind', OLD."act_kind", 'act_number', OLD."act_number", 'act_date', OLD."act_date", 'snapshot_id', OLD."snapshot_id", 'cancelled_on', OLD."cancelled_on", 'cancel_reason', OLD."cancel_reason", 'source_name', OLD."source_name", 'source_sha256', OLD."source_sha256", 'note', OLD."note")); END;
CREATE TRIGGER opora_programme_key BEFORE UPDATE OF id ON "programme" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_activity_i AFTER INSERT ON "programme_activity" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_activity', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_activity_u AFTER UPDATE ON "programme_activity" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."label" IS NOT NEW."label" OR OLD."term_text" IS NOT NEW."term_text" OR OLD."term_code" IS NOT NEW."term_code" OR OLD."direction_id" IS NOT NEW."direction_id" OR OLD."reason" IS NOT NEW."reason" OR OLD."conditions" IS NOT NEW."conditions" OR OLD."coverage" IS NOT NEW."coverage" OR OLD."own" IS NOT NEW."own" OR OLD."free" IS NOT NEW."free") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_activity', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'label', OLD."label", 'term_text', OLD."term_text", 'term_code', OLD."term_code", 'direction_id', OLD."direction_id", 'reason', OLD."reason", 'conditions', OLD."conditions", 'coverage', OLD."coverage", 'own', OLD."own", 'free', OLD."free")); END;
CREATE TRIGGER opora_programme_activity_d AFTER DELETE ON "programme_activity" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_activity', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'label', OLD."label", 'term_text', OLD."term_text", 'term_code', OLD."term_code", 'direction_id', OLD."direction_id", 'reason', OLD."reason", 'conditions', OLD."conditions", 'coverage', OLD."coverage", 'own', OLD."own", 'free', OLD."free")); END;
CREATE TRIGGER opora_programme_activity_key BEFORE UPDATE OF id ON "programme_activity" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_block_i AFTER INSERT ON "programme_block" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_block', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_block_u AFTER UPDATE ON "programme_block" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."position" IS NOT NEW."position" OR OLD."word" IS NOT NEW."word" OR OLD."post" IS NOT NEW."post" OR OLD."name" IS NOT NEW."name" OR OLD."act" IS NOT NEW."act" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."person_id" IS NOT NEW."person_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_block', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'word', OLD."word", 'post', OLD."post", 'name', OLD."name", 'act', OLD."act", 'number', OLD."number", 'dated', OLD."dated", 'person_id', OLD."person_id")); END;
CREATE TRIGGER opora_programme_block_d AFTER DELETE ON "programme_block" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_block', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'word', OLD."word", 'post', OLD."post", 'name', OLD."name", 'act', OLD."act", 'number', OLD."number", 'dated', OLD."dated", 'person_id', OLD."person_id")); END;
CREATE TRIGGER opora_programme_block_key BEFORE UPDATE OF id ON "programme_block" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_direction_i AFTER INSERT ON "programme_direction" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_direction', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_direction_u AFTER UPDATE ON "programme_direction" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."position" IS NOT NEW."position" OR OLD."title" IS NOT NEW."title") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_direction', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'title', OLD."title")); END;
CREATE TRIGGER opora_programme_direction_d AFTER DELETE ON "programme_direction" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_direction', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'title', OLD."title")); END;
CREATE TRIGGER opora_programme_direction_key BEFORE UPDATE OF id ON "programme_direction" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_estimate_i AFTER INSERT ON "programme_estimate" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_estimate', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_estimate_u AFTER UPDATE ON "programme_estimate" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."plan_year" IS NOT NEW."plan_year" OR OLD."position" IS NOT NEW."position" OR OLD."text" IS NOT NEW."text" OR OLD."source" IS NOT NEW."source" OR OLD."raw" IS NOT NEW."raw" OR OLD."kopecks" IS NOT NEW."kopecks" OR OLD."code" IS NOT NEW."code" OR OLD."comes_raw" IS NOT NEW."comes_raw" OR OLD."comes_on" IS NOT NEW."comes_on") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_estimate', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'plan_year', OLD."plan_year", 'position', OLD."position", 'text', OLD."text", 'source', OLD."source", 'raw', OLD."raw", 'kopecks', OLD."kopecks", 'code', OLD."code", 'comes_raw', OLD."comes_raw", 'comes_on', OLD."comes_on")); END;
CREATE TRIGGER opora_programme_estimate_d AFTER DELETE ON "programme_estimate" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_estimate', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'plan_year', OLD."plan_year", 'position', OLD."position", 'text', OLD."text", 'source', OLD."source", 'raw', OLD."raw", 'kopecks', OLD."kopecks", 'code', OLD."code", 'comes_raw', OLD."comes_raw", 'comes_on', OLD."comes_on")); END;
CREATE TRIGGER opora_programme_estimate_key BEFORE UPDATE OF id ON "programme_estimate" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_indicator_i AFTER INSERT ON "programme_indicator" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_indicator', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_indicator_u AFTER UPDATE ON "programme_indicator" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."unit" IS NOT NEW."unit" OR OLD."direction" IS NOT NEW."direction" OR OLD."baseline_year" IS NOT NEW."baseline_year" OR OLD."baseline_raw" IS NOT NEW."baseline_raw" OR OLD."baseline" IS NOT NEW."baseline" OR OLD."baseline_code" IS NOT NEW."baseline_code" OR OLD."requirement" IS NOT NEW."requirement" OR OLD."source" IS NOT NEW."source" OR OLD."method" IS NOT NEW."method" OR OLD."period" IS NOT NEW."period" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."formula" IS NOT NEW."formula" OR OLD."tolerance" IS NOT NEW."tolerance") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_indicator', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'unit', OLD."unit", 'direction', OLD."direction", 'baseline_year', OLD."baseline_year", 'baseline_raw', OLD."baseline_raw", 'baseline', OLD."baseline", 'baseline_code', OLD."baseline_code", 'requirement', OLD."requirement", 'source', OLD."source", 'method', OLD."method", 'period', OLD."period", 'responsible', OLD."responsible", 'person_id', OLD."person_id", 'formula', OLD."formula", 'tolerance', OLD."tolerance")); END;
CREATE TRIGGER opora_programme_indicator_d AFTER DELETE ON "programme_indicator" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_indicator', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'unit', OLD."unit", 'direction', OLD."direction", 'baseline_year', OLD."baseline_year", 'baseline_raw', OLD."baseline_raw", 'baseline', OLD."baseline", 'baseline_code', OLD."baseline_code", 'requirement', OLD."requirement", 'source', OLD."source", 'method', OLD."method", 'period', OLD."period", 'responsible', OLD."responsible", 'person_id', OLD."person_id", 'formula', OLD."formula", 'tolerance', OLD."tolerance")); END;
CREATE TRIGGER opora_programme_indicator_key BEFORE UPDATE OF id ON "programme_indicator" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_link_i AFTER INSERT ON "programme_link" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_link', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_link_u AFTER UPDATE ON "programme_link" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."source_id" IS NOT NEW."source_id" OR OLD."target_id" IS NOT NEW."target_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_link', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'kind', OLD."kind", 'source_id', OLD."source_id", 'target_id', OLD."target_id")); END;
CREATE TRIGGER opora_programme_link_d AFTER DELETE ON "programme_link" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_link', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'kind', OLD."kind", 'source_id', OLD."source_id", 'target_id', OLD."target_id")); END;
CREATE TRIGGER opora_programme_link_key BEFORE UPDATE OF id ON "programme_link" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_mechanism_i AFTER INSERT ON "programme_mechanism" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_mechanism', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_mechanism_u AFTER UPDATE ON "programme_mechanism" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."position" IS NOT NEW."position" OR OLD."participant" IS NOT NEW."participant" OR OLD."powers" IS NOT NEW."powers" OR OLD."result" IS NOT NEW."result" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."organisation_id" IS NOT NEW."organisation_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_mechanism', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'participant', OLD."participant", 'powers', OLD."powers", 'result', OLD."result", 'person_id', OLD."person_id", 'body_id', OLD."body_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_programme_mechanism_d AFTER DELETE ON "programme_mechanism" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_mechanism', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'participant', OLD."participant", 'powers', OLD."powers", 'result', OLD."result", 'person_id', OLD."person_id", 'body_id', OLD."body_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_programme_mechanism_key BEFORE UPDATE OF id ON "programme_mechanism" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_money_i AFTER INSERT ON "programme_money" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_money', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_money_u AFTER UPDATE ON "programme_money" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."plan_year" IS NOT NEW."plan_year" OR OLD."source" IS NOT NEW."source" OR OLD."raw" IS NOT NEW."raw" OR OLD."kopecks" IS NOT NEW."kopecks" OR OLD."code" IS NOT NEW."code") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_money', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'plan_year', OLD."plan_year", 'source', OLD."source", 'raw', OLD."raw", 'kopecks', OLD."kopecks", 'code', OLD."code")); END;
CREATE TRIGGER opora_programme_money_d AFTER DELETE ON "programme_money" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_money', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'plan_year', OLD."plan_year", 'source', OLD."source", 'raw', OLD."raw", 'kopecks', OLD."kopecks", 'code', OLD."code")); END;
CREATE TRIGGER opora_programme_money_key BEFORE UPDATE OF id ON "programme_money" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_monitor_i AFTER INSERT ON "programme_monitor" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_monitor', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_monitor_u AFTER UPDATE ON "programme_monitor" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."position" IS NOT NEW."position" OR OLD."subject" IS NOT NEW."subject" OR OLD."measures" IS NOT NEW."measures" OR OLD."source" IS NOT NEW."source" OR OLD."period" IS NOT NEW."period" OR OLD."responsible" IS NOT NEW."responsible") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_monitor', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'subject', OLD."subject", 'measures', OLD."measures", 'source', OLD."source", 'period', OLD."period", 'responsible', OLD."responsible")); END;
CREATE TRIGGER opora_programme_monitor_d AFTER DELETE ON "programme_monitor" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_monitor', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'subject', OLD."subject", 'measures', OLD."measures", 'source', OLD."source", 'period', OLD."period", 'responsible', OLD."responsible")); END;
CREATE TRIGGER opora_programme_monitor_key BEFORE UPDATE OF id ON "programme_monitor" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_node_i AFTER INSERT ON "programme_node" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_node', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_node_u AFTER UPDATE ON "programme_node" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."parent_id" IS NOT NEW."parent_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."position" IS NOT NEW."position" OR OLD."text" IS NOT NEW."text" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."cause_kind" IS NOT NEW."cause_kind" OR OLD."answer" IS NOT NEW."answer" OR OLD."wording" IS NOT NEW."wording" OR OLD."origin" IS NOT NEW."origin" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_node', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'parent_id', OLD."parent_id", 'kind', OLD."kind", 'position', OLD."position", 'text', OLD."text", 'lineage', OLD."lineage", 'cause_kind', OLD."cause_kind", 'answer', OLD."answer", 'wording', OLD."wording", 'origin', OLD."origin", 'note', OLD."note")); END;
CREATE TRIGGER opora_programme_node_d AFTER DELETE ON "programme_node" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_node', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'parent_id', OLD."parent_id", 'kind', OLD."kind", 'position', OLD."position", 'text', OLD."text", 'lineage', OLD."lineage", 'cause_kind', OLD."cause_kind", 'answer', OLD."answer", 'wording', OLD."wording", 'origin', OLD."origin", 'note', OLD."note")); END;
CREATE TRIGGER opora_programme_node_key BEFORE UPDATE OF id ON "programme_node" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_party_i AFTER INSERT ON "programme_party" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_party', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_party_u AFTER UPDATE ON "programme_party" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."position" IS NOT NEW."position" OR OLD."name" IS NOT NEW."name" OR OLD."person" IS NOT NEW."person" OR OLD."sent_on" IS NOT NEW."sent_on" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."answered_on" IS NOT NEW."answered_on" OR OLD."answer" IS NOT NEW."answer") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_party', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'name', OLD."name", 'person', OLD."person", 'sent_on', OLD."sent_on", 'due_on', OLD."due_on", 'answered_on', OLD."answered_on", 'answer', OLD."answer")); END;
CREATE TRIGGER opora_programme_party_d AFTER DELETE ON "programme_party" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_party', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'name', OLD."name", 'person', OLD."person", 'sent_on', OLD."sent_on", 'due_on', OLD."due_on", 'answered_on', OLD."answered_on", 'answer', OLD."answer")); END;
CREATE TRIGGER opora_programme_party_key BEFORE UPDATE OF id ON "programme_party" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_remark_i AFTER INSERT ON "programme_remark" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_remark', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_remark_u AFTER UPDATE ON "programme_remark" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."party_id" IS NOT NEW."party_id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."place" IS NOT NEW."place" OR OLD."author" IS NOT NEW."author" OR OLD."text" IS NOT NEW."text" OR OLD."made_on" IS NOT NEW."made_on" OR OLD."state" IS NOT NEW."state" OR OLD."answer" IS NOT NEW."answer") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_remark', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'party_id', OLD."party_id", 'node_id', OLD."node_id", 'place', OLD."place", 'author', OLD."author", 'text', OLD."text", 'made_on', OLD."made_on", 'state', OLD."state", 'answer', OLD."answer")); END;
CREATE TRIGGER opora_programme_remark_d AFTER DELETE ON "programme_remark" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_remark', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'party_id', OLD."party_id", 'node_id', OLD."node_id", 'place', OLD."place", 'author', OLD."author", 'text', OLD."text", 'made_on', OLD."made_on", 'state', OLD."state", 'answer', OLD."answer")); END;
CREATE TRIGGER opora_programme_remark_key BEFORE UPDATE OF id ON "programme_remark" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_resource_i AFTER INSERT ON "programme_resource" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_resource', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_resource_u AFTER UPDATE ON "programme_resource" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."position" IS NOT NEW."position" OR OLD."state" IS NOT NEW."state" OR OLD."text" IS NOT NEW."text" OR OLD."detail" IS NOT NEW."detail" OR OLD."effect" IS NOT NEW."effect") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_resource', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'state', OLD."state", 'text', OLD."text", 'detail', OLD."detail", 'effect', OLD."effect")); END;
CREATE TRIGGER opora_programme_resource_d AFTER DELETE ON "programme_resource" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_resource', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'state', OLD."state", 'text', OLD."text", 'detail', OLD."detail", 'effect', OLD."effect")); END;
CREATE TRIGGER opora_programme_resource_key BEFORE UPDATE OF id ON "programme_resource" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_responsible_i AFTER INSERT ON "programme_responsible" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_responsible', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_responsible_u AFTER UPDATE ON "programme_responsible" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."position" IS NOT NEW."position" OR OLD."text" IS NOT NEW."text" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."organisation_id" IS NOT NEW."organisation_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_responsible', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'position', OLD."position", 'text', OLD."text", 'person_id', OLD."person_id", 'body_id', OLD."body_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_programme_responsible_d AFTER DELETE ON "programme_responsible" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_responsible', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'position', OLD."position", 'text', OLD."text", 'person_id', OLD."person_id", 'body_id', OLD."body_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_programme_responsible_key BEFORE UPDATE OF id ON "programme_responsible" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_result_i AFTER INSERT ON "programme_result" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_result', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_result_u AFTER UPDATE ON "programme_result" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."position" IS NOT NEW."position" OR OLD."text" IS NOT NEW."text") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_result', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'position', OLD."position", 'text', OLD."text")); END;
CREATE TRIGGER opora_programme_result_d AFTER DELETE ON "programme_result" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_result', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'position', OLD."position", 'text', OLD."text")); END;
CREATE TRIGGER opora_programme_result_key BEFORE UPDATE OF id ON "programme_result" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_school_i AFTER INSERT ON "programme_school" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_school', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_school_u AFTER UPDATE ON "programme_school" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."organisation_id" IS NOT NEW."organisation_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_school', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_programme_school_d AFTER DELETE ON "programme_school" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_school', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'organisation_id', OLD."organisation_id")); END;
CREATE TRIGGER opora_programme_school_key BEFORE UPDATE OF id ON "programme_school" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_silence_i AFTER INSERT ON "programme_silence" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_silence', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_silence_u AFTER UPDATE ON "programme_silence" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."rule" IS NOT NEW."rule" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."reason" IS NOT NEW."reason") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_silence', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'rule', OLD."rule", 'node_id', OLD."node_id", 'reason', OLD."reason")); END;
CREATE TRIGGER opora_programme_silence_d AFTER DELETE ON "programme_silence" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_silence', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'rule', OLD."rule", 'node_id', OLD."node_id", 'reason', OLD."reason")); END;
CREATE TRIGGER opora_programme_silence_key BEFORE UPDATE OF id ON "programme_silence" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_stakeholder_i AFTER INSERT ON "programme_stakeholder" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_stakeholder', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_stakeholder_u AFTER UPDATE ON "programme_stakeholder" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."position" IS NOT NEW."position" OR OLD."name" IS NOT NEW."name" OR OLD."interest" IS NOT NEW."interest" OR OLD."part" IS NOT NEW."part") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_stakeholder', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'name', OLD."name", 'interest', OLD."interest", 'part', OLD."part")); END;
CREATE TRIGGER opora_programme_stakeholder_d AFTER DELETE ON "programme_stakeholder" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_stakeholder', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'position', OLD."position", 'name', OLD."name", 'interest', OLD."interest", 'part', OLD."part")); END;
CREATE TRIGGER opora_programme_stakeholder_key BEFORE UPDATE OF id ON "programme_stakeholder" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_target_i AFTER INSERT ON "programme_target" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_target', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_target_u AFTER UPDATE ON "programme_target" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."plan_year" IS NOT NEW."plan_year" OR OLD."raw" IS NOT NEW."raw" OR OLD."value" IS NOT NEW."value" OR OLD."code" IS NOT NEW."code" OR OLD."required_raw" IS NOT NEW."required_raw" OR OLD."required" IS NOT NEW."required" OR OLD."required_code" IS NOT NEW."required_code") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_target', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'plan_year', OLD."plan_year", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'required_raw', OLD."required_raw", 'required', OLD."required", 'required_code', OLD."required_code")); END;
CREATE TRIGGER opora_programme_target_d AFTER DELETE ON "programme_target" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_target', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'plan_year', OLD."plan_year", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'required_raw', OLD."required_raw", 'required', OLD."required", 'required_code', OLD."required_code")); END;
CREATE TRIGGER opora_programme_target_key BEFORE UPDATE OF id ON "programme_target" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_term_i AFTER INSERT ON "programme_term" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_term', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_term_u AFTER UPDATE ON "programme_term" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."node_id" IS NOT NEW."node_id" OR OLD."position" IS NOT NEW."position" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."typed" IS NOT NEW."typed") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_term', OLD.id, 'U', json_object('id', OLD."id", 'node_id', OLD."node_id", 'position', OLD."position", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'typed', OLD."typed")); END;
CREATE TRIGGER opora_programme_term_d AFTER DELETE ON "programme_term" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_term', OLD.id, 'D', json_object('id', OLD."id", 'node_id', OLD."node_id", 'position', OLD."position", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'typed', OLD."typed")); END;
CREATE TRIGGER opora_programme_term_key BEFORE UPDATE OF id ON "programme_term" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_programme_text_i AFTER INSERT ON "programme_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_text', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_programme_text_u AFTER UPDATE ON "programme_text" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."programme_id" IS NOT NEW."programme_id" OR OLD."key" IS NOT NEW."key" OR OLD."text" IS NOT NEW."text" OR OLD."origin" IS NOT NEW."origin" OR OLD."figures" IS NOT NEW."figures") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_text', OLD.id, 'U', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'key', OLD."key", 'text', OLD."text", 'origin', OLD."origin", 'figures', OLD."figures")); END;
CREATE TRIGGER opora_programme_text_d AFTER DELETE ON "programme_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'programme_text', OLD.id, 'D', json_object('id', OLD."id", 'programme_id', OLD."programme_id", 'key', OLD."key", 'text', OLD."text", 'origin', OLD."origin", 'figures', OLD."figures")); END;
CREATE TRIGGER opora_programme_text_key BEFORE UPDATE OF id ON "programme_text" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_recommendation_i AFTER INSERT ON "recommendation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'recommendation', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_recommendation_u AFTER UPDATE ON "recommendation" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."addressee" IS NOT NEW."addressee" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."name" IS NOT NEW."name" OR OLD."position" IS NOT NEW."position" OR OLD."text" IS NOT NEW."text" OR OLD."derived" IS NOT NEW."derived" OR OLD."figures" IS NOT NEW."figures" OR OLD."ground" IS NOT NEW."ground" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."sent_on" IS NOT NEW."sent_on" OR OLD."used" IS NOT NEW."used" OR OLD."used_note" IS NOT NEW."used_note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'recommendation', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'addressee', OLD."addressee", 'organisation_id', OLD."organisation_id", 'name', OLD."name", 'position', OLD."position", 'text', OLD."text", 'derived', OLD."derived", 'figures', OLD."figures", 'ground', OLD."ground", 'due_on', OLD."due_on", 'sent_on', OLD."sent_on", 'used', OLD."used", 'used_note', OLD."used_note")); END;
CREATE TRIGGER opora_recommendation_d AFTER DELETE ON "recommendation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'recommendation', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'addressee', OLD."addressee", 'organisation_id', OLD."organisation_id", 'name', OLD."name", 'position', OLD."position", 'text', OLD."text", 'derived', OLD."derived", 'figures', OLD."figures", 'ground', OLD."ground", 'due_on', OLD."due_on", 'sent_on', OLD."sent_on", 'used', OLD."used", 'used_note', OLD."used_note")); END;
CREATE TRIGGER opora_recommendation_key BEFORE UPDATE OF id ON "recommendation" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_reference_text_i AFTER INSERT ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_reference_text_u AFTER UPDATE ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."ref_id" IS NOT NEW."ref_id" OR OLD."version" IS NOT NEW."version" OR OLD."text" IS NOT NEW."text" OR OLD."digest" IS NOT NEW."digest" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'ref_id', OLD."ref_id", 'version', OLD."version", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_reference_text_d AFTER DELETE ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'ref_id', OLD."ref_id", 'version', OLD."version", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_reference_text_key BEFORE UPDATE OF id ON "reference_text" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_request_i AFTER INSERT ON "request" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'request', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_request_u AFTER UPDATE ON "request" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."received_on" IS NOT NEW."received_on" OR OLD."sender" IS NOT NEW."sender" OR OLD."subject" IS NOT NEW."subject" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."answered_on" IS NOT NEW."answered_on" OR OLD."answer_number" IS NOT NEW."answer_number" OR OLD."answer" IS NOT NEW."answer" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'request', OLD.id, 'U', json_object('id', OLD."id", 'number', OLD."number", 'dated', OLD."dated", 'received_on', OLD."received_on", 'sender', OLD."sender", 'subject', OLD."subject", 'due_on', OLD."due_on", 'responsible', OLD."responsible", 'answered_on', OLD."answered_on", 'answer_number', OLD."answer_number", 'answer', OLD."answer", 'paper_id', OLD."paper_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_request_d AFTER DELETE ON "request" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'request', OLD.id, 'D', json_object('id', OLD."id", 'number', OLD."number", 'dated', OLD."dated", 'received_on', OLD."received_on", 'sender', OLD."sender", 'subject', OLD."subject", 'due_on', OLD."due_on", 'responsible', OLD."responsible", 'answered_on', OLD."answered_on", 'answer_number', OLD."answer_number", 'answer', OLD."answer", 'paper_id', OLD."paper_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_request_key BEFORE UPDATE OF id ON "request" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_risk_measure_i AFTER INSERT ON "risk_measure" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'risk_measure', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_risk_measure_u AFTER UPDATE ON "risk_measure" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."factor" IS NOT NEW."factor" OR OLD."text" IS NOT NEW."text" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."state" IS NOT NEW."state" OR OLD."done_on" IS NOT NEW."done_on" OR OLD."result" IS NOT NEW."result") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'risk_measure', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'factor', OLD."factor", 'text', OLD."text", 'responsible', OLD."responsible", 'due_on', OLD."due_on", 'state', OLD."state", 'done_on', OLD."done_on", 'result', OLD."result")); END;
CREATE TRIGGER opora_risk_measure_d AFTER DELETE ON "risk_measure" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'risk_measure', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'factor', OLD."factor", 'text', OLD."text", 'responsible', OLD."responsible", 'due_on', OLD."due_on", 'state', OLD."state", 'done_on', OLD."done_on", 'result', OLD."result")); END;
CREATE TRIGGER opora_risk_measure_key BEFORE UPDATE OF id ON "risk_measure" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_road_map_item_i AFTER INSERT ON "road_map_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'road_map_item', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_road_map_item_u AFTER UPDATE ON "road_map_item" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."activity" IS NOT NEW."activity" OR OLD."reason" IS NOT NEW."reason" OR OLD."conditions" IS NOT NEW."conditions" OR OLD."term" IS NOT NEW."term" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."result" IS NOT NEW."result" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'road_map_item', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'activity', OLD."activity", 'reason', OLD."reason", 'conditions', OLD."conditions", 'term', OLD."term", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'responsible', OLD."responsible", 'result', OLD."result", 'position', OLD."position")); END;
CREATE TRIGGER opora_road_map_item_d AFTER DELETE ON "road_map_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'road_map_item', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'activity', OLD."activity", 'reason', OLD."reason", 'conditions', OLD."conditions", 'term', OLD."term", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'responsible', OLD."responsible", 'result', OLD."result", 'position', OLD."position")); END;
CREATE TRIGGER opora_road_map_item_key BEFORE UPDATE OF id ON "road_map_item" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_route_step_i AFTER INSERT ON "route_step" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'route_step', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_route_step_u AFTER UPDATE ON "route_step" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."step" IS NOT NEW."step" OR OLD."planned_on" IS NOT NEW."planned_on" OR OLD."held_on" IS NOT NEW."held_on" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."decision" IS NOT NEW."decision" OR OLD."next_on" IS NOT NEW."next_on" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'route_step', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'step', OLD."step", 'planned_on', OLD."planned_on", 'held_on', OLD."held_on", 'outcome', OLD."outcome", 'decision', OLD."decision", 'next_on', OLD."next_on", 'responsible', OLD."responsible", 'note', OLD."note")); END;
CREATE TRIGGER opora_route_step_d AFTER DELETE ON "route_step" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'route_step', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'step', OLD."step", 'planned_on', OLD."planned_on", 'held_on', OLD."held_on", 'outcome', OLD."outcome", 'decision', OLD."decision", 'next_on', OLD."next_on", 'responsible', OLD."responsible", 'note', OLD."note")); END;
CREATE TRIGGER opora_route_step_key BEFORE UPDATE OF id ON "route_step" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_saved_view_i AFTER INSERT ON "saved_view" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'saved_view', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_saved_view_u AFTER UPDATE ON "saved_view" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."place" IS NOT NEW."place" OR OLD."title" IS NOT NEW."title" OR OLD."spec" IS NOT NEW."spec") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'saved_view', OLD.id, 'U', json_object('id', OLD."id", 'place', OLD."place", 'title', OLD."title", 'spec', OLD."spec")); END;
CREATE TRIGGER opora_saved_view_d AFTER DELETE ON "saved_view" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'saved_view', OLD.id, 'D', json_object('id', OLD."id", 'place', OLD."place", 'title', OLD."title", 'spec', OLD."spec")); END;
CREATE TRIGGER opora_saved_view_key BEFORE UPDATE OF id ON "saved_view" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_school_break_i AFTER INSERT ON "school_break" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_break', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_school_break_u AFTER UPDATE ON "school_break" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."title" IS NOT NEW."title" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_break', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'title', OLD."title", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'position', OLD."position")); END;
CREATE TRIGGER opora_school_break_d AFTER DELETE ON "school_break" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_break', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'title', OLD."title", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'position', OLD."position")); END;
CREATE TRIGGER opora_school_break_key BEFORE UPDATE OF id ON "school_break" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_school_project_i AFTER INSERT ON "school_project" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_project', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_school_project_u AFTER UPDATE ON "school_project" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."kind" IS NOT NEW."kind" OR OLD."name" IS NOT NEW."name" OR OLD."level" IS NOT NEW."level" OR OLD."topic" IS NOT NEW."topic" OR OLD."supervisor" IS NOT NEW."supervisor" OR OLD."act" IS NOT NEW."act" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_project', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'kind', OLD."kind", 'name', OLD."name", 'level', OLD."level", 'topic', OLD."topic", 'supervisor', OLD."supervisor", 'act', OLD."act", 'note', OLD."note")); END;
CREATE TRIGGER opora_school_project_d AFTER DELETE ON "school_project" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_project', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'kind', OLD."kind", 'name', OLD."name", 'level', OLD."level", 'topic', OLD."topic", 'supervisor', OLD."supervisor", 'act', OLD."act", 'note', OLD."note")); END;
CREATE TRIGGER opora_school_project_key BEFORE UPDATE OF id ON "school_project" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_school_sheet_i AFTER INSERT ON "school_sheet" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_sheet', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_school_sheet_u AFTER UPDATE ON "school_sheet" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."sent_on" IS NOT NEW."sent_on" OR OLD."sent_to" IS NOT NEW."sent_to" OR OLD."acknowledged_on" IS NOT NEW."acknowledged_on" OR OLD."acknowledged_by" IS NOT NEW."acknowledged_by" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_sheet', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'result_year', OLD."result_year", 'paper_id', OLD."paper_id", 'sent_on', OLD."sent_on", 'sent_to', OLD."sent_to", 'acknowledged_on', OLD."acknowledged_on", 'acknowledged_by', OLD."acknowledged_by", 'note', OLD."note")); END;
CREATE TRIGGER opora_school_sheet_d AFTER DELETE ON "school_sheet" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_sheet', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'result_year', OLD."result_year", 'paper_id', OLD."paper_id", 'sent_on', OLD."sent_on", 'sent_to', OLD."sent_to", 'acknowledged_on', OLD."acknowledged_on", 'acknowledged_by', OLD."acknowledged_by", 'note', OLD."note")); END;
CREATE TRIGGER opora_school_sheet_key BEFORE UPDATE OF id ON "school_sheet" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_score_count_i AFTER INSERT ON "score_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'score_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_score_count_u AFTER UPDATE ON "score_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."autumn" IS NOT NEW."autumn" OR OLD."measure" IS NOT NEW."measure" OR OLD."participants" IS NOT NEW."participants" OR OLD."counts" IS NOT NEW."counts" OR OLD."restored" IS NOT NEW."restored" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'score_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'measure', OLD."measure", 'participants', OLD."participants", 'counts', OLD."counts", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_score_count_d AFTER DELETE ON "score_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'score_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'measure', OLD."measure", 'participants', OLD."participants", 'counts', OLD."counts", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_score_count_key BEFORE UPDATE OF id ON "score_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_setting_i AFTER INSERT ON "setting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_setting_u AFTER UPDATE ON "setting" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."key" IS NOT NEW."key" OR OLD."value" IS NOT NEW."value") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', OLD.id, 'U', json_object('id', OLD."id", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_setting_d AFTER DELETE ON "setting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', OLD.id, 'D', json_object('id', OLD."id", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_setting_key BEFORE UPDATE OF id ON "setting" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_signer_i AFTER INSERT ON "signer" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'signer', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_signer_u AFTER UPDATE ON "signer" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."position" IS NOT NEW."position" OR OLD."post" IS NOT NEW."post" OR OLD."name" IS NOT NEW."name" OR OLD."full_name" IS NOT NEW."full_name" OR OLD."organisation" IS NOT NEW."organisation" OR OLD."role" IS NOT NEW."role" OR OLD."own_cases" IS NOT NEW."own_cases" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'signer', OLD.id, 'U', json_object('id', OLD."id", 'position', OLD."position", 'post', OLD."post", 'name', OLD."name", 'full_name', OLD."full_name", 'organisation', OLD."organisation", 'role', OLD."role", 'own_cases', OLD."own_cases", 'note', OLD."note")); END;
CREATE TRIGGER opora_signer_d AFTER DELETE ON "signer" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'signer', OLD.id, 'D', json_object('id', OLD."id", 'position', OLD."position", 'post', OLD."post", 'name', OLD."name", 'full_name', OLD."full_name", 'organisation', OLD."organisation", 'role', OLD."role", 'own_cases', OLD."own_cases", 'note', OLD."note")); END;
CREATE TRIGGER opora_signer_key BEFORE UPDATE OF id ON "signer" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_source_document_i AFTER INSERT ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_source_document_u AFTER UPDATE ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."issuer" IS NOT NEW."issuer" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."note" IS NOT NEW."note" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', OLD.id, 'U', json_object('id', OLD."id", 'title', OLD."title", 'issuer', OLD."issuer", 'number', OLD."number", 'dated', OLD."dated", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'note', OLD."note", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_source_document_d AFTER DELETE ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', OLD.id, 'D', json_object('id', OLD."id", 'title', OLD."title", 'issuer', OLD."issuer", 'number', OLD."number", 'dated', OLD."dated", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'note', OLD."note", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_source_document_key BEFORE UPDATE OF id ON "source_document" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_support_line_i AFTER INSERT ON "support_line" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'support_line', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_support_line_u AFTER UPDATE ON "support_line" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."deficit_id" IS NOT NEW."deficit_id" OR OLD."deficit" IS NOT NEW."deficit" OR OLD."offer" IS NOT NEW."offer" OR OLD."provider" IS NOT NEW."provider" OR OLD."platform_id" IS NOT NEW."platform_id" OR OLD."form" IS NOT NEW."form" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."state" IS NOT NEW."state" OR OLD."result" IS NOT NEW."result" OR OLD."practice_id" IS NOT NEW."practice_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'support_line', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'deficit_id', OLD."deficit_id", 'deficit', OLD."deficit", 'offer', OLD."offer", 'provider', OLD."provider", 'platform_id', OLD."platform_id", 'form', OLD."form", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'responsible', OLD."responsible", 'state', OLD."state", 'result', OLD."result", 'practice_id', OLD."practice_id")); END;
CREATE TRIGGER opora_support_line_d AFTER DELETE ON "support_line" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'support_line', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'deficit_id', OLD."deficit_id", 'deficit', OLD."deficit", 'offer', OLD."offer", 'provider', OLD."provider", 'platform_id', OLD."platform_id", 'form', OLD."form", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'responsible', OLD."responsible", 'state', OLD."state", 'result', OLD."result", 'practice_id', OLD."practice_id")); END;
CREATE TRIGGER opora_support_line_key BEFORE UPDATE OF id ON "support_line" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_survey_answer_i AFTER INSERT ON "survey_answer" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_answer', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_survey_answer_u AFTER UPDATE ON "survey_answer" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."respondent_id" IS NOT NEW."respondent_id" OR OLD."item_id" IS NOT NEW."item_id" OR OLD."raw" IS NOT NEW."raw" OR OLD."value" IS NOT NEW."value" OR OLD."code" IS NOT NEW."code" OR OLD."other" IS NOT NEW."other") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_answer', OLD.id, 'U', json_object('id', OLD."id", 'respondent_id', OLD."respondent_id", 'item_id', OLD."item_id", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'other', OLD."other")); END;
CREATE TRIGGER opora_survey_answer_d AFTER DELETE ON "survey_answer" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_answer', OLD.id, 'D', json_object('id', OLD."id", 'respondent_id', OLD."respondent_id", 'item_id', OLD."item_id", 'raw', OLD."raw", 'value', OLD."value", 'code', OLD."code", 'other', OLD."other")); END;
CREATE TRIGGER opora_survey_answer_key BEFORE UPDATE OF id ON "survey_answer" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_survey_remark_i AFTER INSERT ON "survey_remark" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_remark', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_survey_remark_u AFTER UPDATE ON "survey_remark" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."sheet_id" IS NOT NEW."sheet_id" OR OLD."item_id" IS NOT NEW."item_id" OR OLD."text" IS NOT NEW."text" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_remark', OLD.id, 'U', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'item_id', OLD."item_id", 'text', OLD."text", 'position', OLD."position")); END;
CREATE TRIGGER opora_survey_remark_d AFTER DELETE ON "survey_remark" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_remark', OLD.id, 'D', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'item_id', OLD."item_id", 'text', OLD."text", 'position', OLD."position")); END;
CREATE TRIGGER opora_survey_remark_key BEFORE UPDATE OF id ON "survey_remark" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_survey_respondent_i AFTER INSERT ON "survey_respondent" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_respondent', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_survey_respondent_u AFTER UPDATE ON "survey_respondent" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."sheet_id" IS NOT NEW."sheet_id" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_respondent', OLD.id, 'U', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'position', OLD."position")); END;
CREATE TRIGGER opora_survey_respondent_d AFTER DELETE ON "survey_respondent" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_respondent', OLD.id, 'D', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'position', OLD."position")); END;
CREATE TRIGGER opora_survey_respondent_key BEFORE UPDATE OF id ON "survey_respondent" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_survey_sheet_i AFTER INSERT ON "survey_sheet" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_sheet', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_survey_sheet_u AFTER UPDATE ON "survey_sheet" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."round_id" IS NOT NEW."round_id" OR OLD."subject_id" IS NOT NEW."subject_id" OR OLD."held_on" IS NOT NEW."held_on" OR OLD."given_out" IS NOT NEW."given_out" OR OLD."note" IS NOT NEW."note" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."event_id" IS NOT NEW."event_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_sheet', OLD.id, 'U', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'held_on', OLD."held_on", 'given_out', OLD."given_out", 'note', OLD."note", 'import_file_id', OLD."import_file_id", 'event_id', OLD."event_id")); END;
CREATE TRIGGER opora_survey_sheet_d AFTER DELETE ON "survey_sheet" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_sheet', OLD.id, 'D', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'held_on', OLD."held_on", 'given_out', OLD."given_out", 'note', OLD."note", 'import_file_id', OLD."import_file_id", 'event_id', OLD."event_id")); END;
CREATE TRIGGER opora_survey_sheet_key BEFORE UPDATE OF id ON "survey_sheet" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_survey_tally_i AFTER INSERT ON "survey_tally" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_tally', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_survey_tally_u AFTER UPDATE ON "survey_tally" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."sheet_id" IS NOT NEW."sheet_id" OR OLD."item_id" IS NOT NEW."item_id" OR OLD."choice" IS NOT NEW."choice" OR OLD."number" IS NOT NEW."number") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_tally', OLD.id, 'U', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'item_id', OLD."item_id", 'choice', OLD."choice", 'number', OLD."number")); END;
CREATE TRIGGER opora_survey_tally_d AFTER DELETE ON "survey_tally" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_tally', OLD.id, 'D', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'item_id', OLD."item_id", 'choice', OLD."choice", 'number', OLD."number")); END;
CREATE TRIGGER opora_survey_tally_key BEFORE UPDATE OF id ON "survey_tally" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_task_i AFTER INSERT ON "task" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_task_u AFTER UPDATE ON "task" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."text" IS NOT NEW."text" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."repeat" IS NOT NEW."repeat" OR OLD."series" IS NOT NEW."series" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."place" IS NOT NEW."place" OR OLD."place_key" IS NOT NEW."place_key" OR OLD."done_on" IS NOT NEW."done_on" OR OLD."result" IS NOT NEW."result" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'text', OLD."text", 'due_on', OLD."due_on", 'repeat', OLD."repeat", 'series', OLD."series", 'responsible', OLD."responsible", 'person_id', OLD."person_id", 'organisation_id', OLD."organisation_id", 'place', OLD."place", 'place_key', OLD."place_key", 'done_on', OLD."done_on", 'result', OLD."result", 'note', OLD."note")); END;
CREATE TRIGGER opora_task_d AFTER DELETE ON "task" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'text', OLD."text", 'due_on', OLD."due_on", 'repeat', OLD."repeat", 'series', OLD."series", 'responsible', OLD."responsible", 'person_id', OLD."person_id", 'organisation_id', OLD."organisation_id", 'place', OLD."place", 'place_key', OLD."place_key", 'done_on', OLD."done_on", 'result', OLD."result", 'note', OLD."note")); END;
CREATE TRIGGER opora_task_key BEFORE UPDATE OF id ON "task" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_task_count_i AFTER INSERT ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_task_count_u AFTER UPDATE ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."autumn" IS NOT NEW."autumn" OR OLD."task" IS NOT NEW."task" OR OLD."group_mark" IS NOT NEW."group_mark" OR OLD."max_points" IS NOT NEW."max_points" OR OLD."difficulty" IS NOT NEW."difficulty" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."participants" IS NOT NEW."participants" OR OLD."points" IS NOT NEW."points" OR OLD."skipped" IS NOT NEW."skipped" OR OLD."restored" IS NOT NEW."restored" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'task', OLD."task", 'group_mark', OLD."group_mark", 'max_points', OLD."max_points", 'difficulty', OLD."difficulty", 'outcome', OLD."outcome", 'participants', OLD."participants", 'points', OLD."points", 'skipped', OLD."skipped", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_task_count_d AFTER DELETE ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'task', OLD."task", 'group_mark', OLD."group_mark", 'max_points', OLD."max_points", 'difficulty', OLD."difficulty", 'outcome', OLD."outcome", 'participants', OLD."participants", 'points', OLD."points", 'skipped', OLD."skipped", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_task_count_key BEFORE UPDATE OF id ON "task_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_work_event_i AFTER INSERT ON "work_event" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'work_event', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_work_event_u AFTER UPDATE ON "work_event" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."time_from" IS NOT NEW."time_from" OR OLD."time_to" IS NOT NEW."time_to" OR OLD."state" IS NOT NEW."state" OR OLD."reason" IS NOT NEW."reason" OR OLD."lineage" IS NOT NEW."lineage" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."platform_id" IS NOT NEW."platform_id" OR OLD."owner_id" IS NOT NEW."owner_id" OR OLD."host_id" IS NOT NEW."host_id" OR OLD."place" IS NOT NEW."place" OR OLD."link" IS NOT NEW."link" OR OLD."topic" IS NOT NEW."topic" OR OLD."subject" IS NOT NEW."subject" OR OLD."deficit" IS NOT NEW."deficit" OR OLD."methodist" IS NOT NEW."methodist" OR OLD."wanted" IS NOT NEW."wanted" OR OLD."result" IS NOT NEW."result" OR OLD."document_id" IS NOT NEW."document_id" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'work_event', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'title', OLD."title", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'time_from', OLD."time_from", 'time_to', OLD."time_to", 'state', OLD."state", 'reason', OLD."reason", 'lineage', OLD."lineage", 'body_id', OLD."body_id", 'platform_id', OLD."platform_id", 'owner_id', OLD."owner_id", 'host_id', OLD."host_id", 'place', OLD."place", 'link', OLD."link", 'topic', OLD."topic", 'subject', OLD."subject", 'deficit', OLD."deficit", 'methodist', OLD."methodist", 'wanted', OLD."wanted", 'result', OLD."result", 'document_id', OLD."document_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_work_event_d AFTER DELETE ON "work_event" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'work_event', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'title', OLD."title", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'time_from', OLD."time_from", 'time_to', OLD."time_to", 'state', OLD."state", 'reason', OLD."reason", 'lineage', OLD."lineage", 'body_id', OLD."body_id", 'platform_id', OLD."platform_id", 'owner_id', OLD."owner_id", 'host_id', OLD."host_id", 'place', OLD."place", 'link', OLD."link", 'topic', OLD."topic", 'subject', OLD."subject", 'deficit', OLD."deficit", 'methodist', OLD."methodist", 'wanted', OLD."wanted", 'result', OLD."result", 'document_id', OLD."document_id", 'note', OLD."note")); END;
CREATE TRIGGER opora_work_event_key BEFORE UPDATE OF id ON "work_event" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_young_count_i AFTER INSERT ON "young_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'young_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_young_count_u AFTER UPDATE ON "young_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."young" IS NOT NEW."young" OR OLD."first_year" IS NOT NEW."first_year" OR OLD."mentored" IS NOT NEW."mentored" OR OLD."pupil_pairs" IS NOT NEW."pupil_pairs" OR OLD."left_school" IS NOT NEW."left_school" OR OLD."source" IS NOT NEW."source" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'young_count', OLD.id, 'U', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'young', OLD."young", 'first_year', OLD."first_year", 'mentored', OLD."mentored", 'pupil_pairs', OLD."pupil_pairs", 'left_school', OLD."left_school", 'source', OLD."source", 'note', OLD."note")); END;
CREATE TRIGGER opora_young_count_d AFTER DELETE ON "young_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'young_count', OLD.id, 'D', json_object('id', OLD."id", 'school_year', OLD."school_year", 'organisation_id', OLD."organisation_id", 'young', OLD."young", 'first_year', OLD."first_year", 'mentored', OLD."mentored", 'pupil_pairs', OLD."pupil_pairs", 'left_school', OLD."left_school", 'source', OLD."source", 'note', OLD."note")); END;
CREATE TRIGGER opora_young_count_key BEFORE UPDATE OF id ON "young_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_blob_frozen_u BEFORE UPDATE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_blob_frozen_d BEFORE DELETE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_u BEFORE UPDATE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_d BEFORE DELETE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
COMMIT;
