BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'opora','m001_first_schema','2026-11-22 17:29:08.124541+00:00');
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    role TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "appointment" VALUES(2624989531201712630,3699794560238578400,4063973882861458507,'текстHY','текст',NULL,'текстLuY');
CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('country', 'region', 'municipality')),
    name TEXT NOT NULL,
    code TEXT,
    parent_id INTEGER REFERENCES area(id),
    own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1))
) STRICT;
INSERT INTO "area" VALUES(2024353210942274938,'municipality','текстgjVv','текстOд',7615014393865570742,0);
INSERT INTO "area" VALUES(7615014393865570742,'municipality','Тестовый район',NULL,NULL,1);
CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    procedure TEXT NOT NULL CHECK (procedure IN ('ВПР', 'ОГЭ', 'ЕГЭ', 'РПР', 'НИКО')),
    subject TEXT NOT NULL,
    level TEXT CHECK (level IN ('base', 'profile')),
    grade INTEGER CHECK (grade BETWEEN 1 AND 12)
) STRICT;
INSERT INTO "assessment" VALUES(920106844221931838,'НИКО','текстnDвG','base',12);
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
INSERT INTO "blob" VALUES('fc79a96eaf13aac9cc3c7ef38ef7b4f2e5138c56bf20eaef41f0b2611d76a148',8,X'B9E1E09AAA5FED4D','2026-11-22T17:29:08+00:00');
INSERT INTO "blob" VALUES('f67a6b820c300590675ab2d3e86b73c5283f69c494ec424b17cdc37dedb72452',8,X'D838E1DD2347439C','2026-11-22T17:29:08+00:00');
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "body" VALUES(3731499174155465241,'текстD','текствBu','текстBut','текст','текстHXTT');
CREATE TABLE body_member (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    person_id INTEGER NOT NULL REFERENCES person(id),
    role TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "body_member" VALUES(3881862841800539607,3731499174155465241,2089088186088543831,'текстtTo','текстггyг',NULL);
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    note TEXT
) STRICT;
INSERT INTO "contact" VALUES(162912637061858389,4063973882861458507,'текстOMF','текстTDmKw','текстdrг');
CREATE TABLE custom_column (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'number', 'date', 'flag')),
    position INTEGER
) STRICT;
INSERT INTO "custom_column" VALUES(326170125695670933,'текст','date',9007199254740993);
CREATE TABLE custom_value (
    id INTEGER PRIMARY KEY,
    column_id INTEGER NOT NULL REFERENCES custom_column(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    raw TEXT NOT NULL,
    UNIQUE (column_id, organisation_id)
) STRICT;
INSERT INTO "custom_value" VALUES(39108289130221603,326170125695670933,4063973882861458507,'текстAVXS');
CREATE TABLE draft_cell (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    raw TEXT NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (table_name, row_key, column_name)
) STRICT;
INSERT INTO "draft_cell" VALUES(924216280129638609,'текстfG',2026,'текстfLq','текст','текстXZbl');
CREATE TABLE file_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "file_meta" VALUES('created_at','2026-11-22T17:29:08+00:00');
INSERT INTO "file_meta" VALUES('created_by','Тестов');
INSERT INTO "file_meta" VALUES('written_by','0.1.0');
INSERT INTO "file_meta" VALUES('uid','8d026b2bf6963f514523ae5c28309f5e');
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
INSERT INTO "import_file" VALUES(4551963393558761279,'текстStmM','текстtYNB',0,'текст','текстj',1,9223372036854775807,9007199254740993,9223372036854775807,'текстgn','текстH');
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
INSERT INTO "import_problem" VALUES(180491234578208938,4551963393558761279,'error','текстt','текст','текстuq','текстgc','open','текст');
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
INSERT INTO "journal" VALUES(1,1,'area',7615014393865570742,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(2,1,'setting',7169966654892518644,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(3,2,'person',3699794560238578400,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(4,2,'organisation',4063973882861458507,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(5,2,'appointment',2624989531201712630,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(6,2,'area',2024353210942274938,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(7,2,'assessment',920106844221931838,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(8,2,'body',3731499174155465241,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(9,2,'person',2089088186088543831,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(10,2,'body_member',3881862841800539607,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(11,2,'contact',162912637061858389,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(12,2,'custom_column',326170125695670933,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(13,2,'custom_value',39108289130221603,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(14,2,'draft_cell',924216280129638609,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(15,2,'import_file',4551963393558761279,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(16,2,'import_problem',180491234578208938,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(17,2,'journal_count',530816586141754516,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(18,2,'list_approval',1153211226399063455,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(19,2,'list_correction',1015287715291119167,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(20,2,'mark_count',2348593464741808271,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(21,2,'note',2601322673394289519,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(22,2,'organisation',4250146013938362670,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(23,2,'organisation_alias',3924408252735905403,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(24,2,'organisation_code',1144695964822768255,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(25,2,'organisation_group',924399796198228421,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(26,2,'organisation_group_member',1646166340179710933,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(27,2,'organisation_link',3591845190605490984,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(28,2,'organisation_year',1196044723593010783,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(29,2,'outgoing_paper',1948888430103752598,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(30,2,'paper_file',3389987852399896065,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(31,2,'person',4487400302961317489,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(32,2,'reference_text',2755544990732644312,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(33,2,'setting',3782274280635055744,NULL,'I',NULL,NULL);
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
INSERT INTO "journal_count" VALUES(530816586141754516,4063973882861458507,NULL,920106844221931838,1,1,2026,1,-9223372036854775808,4551963393558761279,'текстBfLca',327,1,NULL);
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
INSERT INTO "list_approval" VALUES(1153211226399063455,'текстS',9223372036854775807,'текстkl','текстu','текст',3006867846533365779,'cancelled','текстw','текст',NULL,'текстYrtF');
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
INSERT INTO "list_correction" VALUES(1015287715291119167,'текст',1,4063973882861458507,'listed','текст','текстQu','текстf');
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
INSERT INTO "mark_count" VALUES(2348593464741808271,NULL,7615014393865570742,920106844221931838,2026,0,558,NULL,2026,NULL,0,2026,NULL,0,4551963393558761279,'текстzEaV',NULL,NULL,'текстгbN');
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    text TEXT NOT NULL,
    remind_on TEXT,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "note" VALUES(2601322673394289519,4063973882861458507,'текстaEC','текстPnCBm',1,'текстIPLг');
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
INSERT INTO "operation" VALUES(1,'2026-11-22T17:29:08+00:00','Тестов','file.new','Создан файл',0,'done',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(2,'2026-11-22T17:29:08+00:00','Тестов','test.fill','Записано по одной строке всюду',1,'done',NULL,NULL,NULL);
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
INSERT INTO "organisation" VALUES(4063973882861458507,'service','текстmybmy','текстnm','текст',7615014393865570742,NULL,'town',NULL,'reorganised',1,NULL,9007199254740993);
INSERT INTO "organisation" VALUES(4250146013938362670,'school','текстKvDT','текстrFjNA','текствGko',2024353210942274938,'текстOtD','city','текст','active',1,4063973882861458507,1);
CREATE TABLE organisation_alias (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    spelling TEXT NOT NULL,
    normal TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    UNIQUE (normal, scope)
) STRICT;
INSERT INTO "organisation_alias" VALUES(3924408252735905403,4063973882861458507,'текстwZy','текстg','текст');
CREATE TABLE organisation_code (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    system TEXT NOT NULL CHECK (system IN ('fisoko', 'msu', 'oo', 'inn', 'ogrn', 'own')),
    value TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) STRICT;
INSERT INTO "organisation_code" VALUES(1144695964822768255,4250146013938362670,'msu','текстzbJI',NULL,NULL);
CREATE TABLE organisation_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER
) STRICT;
INSERT INTO "organisation_group" VALUES(924399796198228421,'текстrR',-1);
CREATE TABLE organisation_group_member (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES organisation_group(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (group_id, organisation_id)
) STRICT;
INSERT INTO "organisation_group_member" VALUES(1646166340179710933,924399796198228421,4063973882861458507);
CREATE TABLE organisation_link (
    id INTEGER PRIMARY KEY,
    predecessor_id INTEGER NOT NULL REFERENCES organisation(id),
    successor_id INTEGER NOT NULL REFERENCES organisation(id),
    on_date TEXT,
    act TEXT,
    CHECK (predecessor_id <> successor_id)
) STRICT;
INSERT INTO "organisation_link" VALUES(3591845190605490984,4063973882861458507,4250146013938362670,'текстaаTx',NULL);
CREATE TABLE organisation_year (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    pupils INTEGER CHECK (pupils >= 0),
    teachers INTEGER CHECK (teachers >= 0),
    UNIQUE (organisation_id, school_year)
) STRICT;
INSERT INTO "organisation_year" VALUES(1196044723593010783,4063973882861458507,0,NULL,NULL);
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
INSERT INTO "outgoing_paper" VALUES(1948888430103752598,9223372036854775807,'текст','текст','текстOjfK','fc79a96eaf13aac9cc3c7ef38ef7b4f2e5138c56bf20eaef41f0b2611d76a148',NULL,'registered','текстY','текст','текстLAFc');
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
INSERT INTO "paper_file" VALUES(3389987852399896065,1948888430103752598,'detached','текстQwwB','f67a6b820c300590675ab2d3e86b73c5283f69c494ec424b17cdc37dedb72452','текстo','текст','текстаб','текстe');
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    full_name TEXT NOT NULL,
    position TEXT,
    phone TEXT,
    email TEXT,
    name_cases TEXT,
    note TEXT
) STRICT;
INSERT INTO "person" VALUES(2089088186088543831,'текст',NULL,NULL,'текстqj','текстL','текстCg');
INSERT INTO "person" VALUES(3699794560238578400,'текст',NULL,'текстLSf','текстyRa',NULL,'текстбZbb');
INSERT INTO "person" VALUES(4487400302961317489,'текстzаPI','текстh','текстuQn','текстdm','текст',NULL);
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
INSERT INTO "reference_text" VALUES(2755544990732644312,'rule','текстM','текстEPYzL','текст','текст','текстnzQ');
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
INSERT INTO "setting" VALUES(3782274280635055744,'текстAH','текстOsH');
INSERT INTO "setting" VALUES(7169966654892518644,'municipality','Тестовый район');
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "snapshot" VALUES(3006867846533365779,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-22T17:29:08+00:00');
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
CREATE UNIQUE INDEX journal_count_of_school
    ON journal_count(organisation_id, result_year, assessment_id) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX journal_count_of_area
    ON journal_count(area_id, result_year, assessment_id) WHERE area_id IS NOT NULL;
CREATE UNIQUE INDEX list_approval_in_force
    ON list_approval(rule_id, result_year) WHERE state = 'approved';
CREATE INDEX paper_file_by_paper ON paper_file(paper_id);
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
CREATE TRIGGER opora_body_i AFTER INSERT ON "body" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_body_u AFTER UPDATE ON "body" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."kind" IS NOT NEW."kind" OR OLD."act" IS NOT NEW."act" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'kind', OLD."kind", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to")); END;
CREATE TRIGGER opora_body_d AFTER DELETE ON "body" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body', OLD.id, 'D', json_object('id', OLD."id", 'name', OLD."name", 'kind', OLD."kind", 'act', OLD."act", 'date_from', OLD."date_from", 'date_to', OLD."date_to")); END;
CREATE TRIGGER opora_body_key BEFORE UPDATE OF id ON "body" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_body_member_i AFTER INSERT ON "body_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_member', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_body_member_u AFTER UPDATE ON "body_member" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."body_id" IS NOT NEW."body_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."role" IS NOT NEW."role" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_member', OLD.id, 'U', json_object('id', OLD."id", 'body_id', OLD."body_id", 'person_id', OLD."person_id", 'role', OLD."role", 'date_from', OLD."date_from", 'date_to', OLD."date_to")); END;
CREATE TRIGGER opora_body_member_d AFTER DELETE ON "body_member" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'body_member', OLD.id, 'D', json_object('id', OLD."id", 'body_id', OLD."body_id", 'person_id', OLD."person_id", 'role', OLD."role", 'date_from', OLD."date_from", 'date_to', OLD."date_to")); END;
CREATE TRIGGER opora_body_member_key BEFORE UPDATE OF id ON "body_member" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_contact_i AFTER INSERT ON "contact" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'contact', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_contact_u AFTER UPDATE ON "contact" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."value" IS NOT NEW."value" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'contact', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'kind', OLD."kind", 'value', OLD."value", 'note', OLD."note")); END;
CREATE TRIGGER opora_contact_d AFTER DELETE ON "contact" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'contact', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'kind', OLD."kind", 'value', OLD."value", 'note', OLD."note")); END;
CREATE TRIGGER opora_contact_key BEFORE UPDATE OF id ON "contact" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_custom_column_i AFTER INSERT ON "custom_column" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_column', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_custom_column_u AFTER UPDATE ON "custom_column" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."kind" IS NOT NEW."kind" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_column', OLD.id, 'U', json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'position', OLD."position")); END;
CREATE TRIGGER opora_custom_column_d AFTER DELETE ON "custom_column" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_column', OLD.id, 'D', json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'position', OLD."position")); END;
CREATE TRIGGER opora_custom_column_key BEFORE UPDATE OF id ON "custom_column" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_custom_value_i AFTER INSERT ON "custom_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_value', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_custom_value_u AFTER UPDATE ON "custom_value" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."column_id" IS NOT NEW."column_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."raw" IS NOT NEW."raw") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_value', OLD.id, 'U', json_object('id', OLD."id", 'column_id', OLD."column_id", 'organisation_id', OLD."organisation_id", 'raw', OLD."raw")); END;
CREATE TRIGGER opora_custom_value_d AFTER DELETE ON "custom_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'custom_value', OLD.id, 'D', json_object('id', OLD."id", 'column_id', OLD."column_id", 'organisation_id', OLD."organisation_id", 'raw', OLD."raw")); END;
CREATE TRIGGER opora_custom_value_key BEFORE UPDATE OF id ON "custom_value" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_draft_cell_i AFTER INSERT ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_draft_cell_u AFTER UPDATE ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."table_name" IS NOT NEW."table_name" OR OLD."row_key" IS NOT NEW."row_key" OR OLD."column_name" IS NOT NEW."column_name" OR OLD."raw" IS NOT NEW."raw" OR OLD."code" IS NOT NEW."code") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', OLD.id, 'U', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'column_name', OLD."column_name", 'raw', OLD."raw", 'code', OLD."code")); END;
CREATE TRIGGER opora_draft_cell_d AFTER DELETE ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', OLD.id, 'D', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'column_name', OLD."column_name", 'raw', OLD."raw", 'code', OLD."code")); END;
CREATE TRIGGER opora_draft_cell_key BEFORE UPDATE OF id ON "draft_cell" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_import_file_i AFTER INSERT ON "import_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_file', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_import_file_u AFTER UPDATE ON "import_file" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."size" IS NOT NEW."size" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."kept" IS NOT NEW."kept" OR OLD."rows_new" IS NOT NEW."rows_new" OR OLD."rows_changed" IS NOT NEW."rows_changed" OR OLD."rows_same" IS NOT NEW."rows_same" OR OLD."imported_at" IS NOT NEW."imported_at" OR OLD."actor" IS NOT NEW."actor") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_file', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'sha256', OLD."sha256", 'size', OLD."size", 'kind', OLD."kind", 'title', OLD."title", 'kept', OLD."kept", 'rows_new', OLD."rows_new", 'rows_changed', OLD."rows_changed", 'rows_same', OLD."rows_same", 'imported_at', OLD."imported_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_import_file_d AFTER DELETE ON "import_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_file', OLD.id, 'D', json_object('id', OLD."id", 'name', OLD."name", 'sha256', OLD."sha256", 'size', OLD."size", 'kind', OLD."kind", 'title', OLD."title", 'kept', OLD."kept", 'rows_new', OLD."rows_new", 'rows_changed', OLD."rows_changed", 'rows_same', OLD."rows_same", 'imported_at', OLD."imported_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_import_file_key BEFORE UPDATE OF id ON "import_file" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_import_problem_i AFTER INSERT ON "import_problem" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_problem', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_import_problem_u AFTER UPDATE ON "import_problem" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."level" IS NOT NEW."level" OR OLD."code" IS NOT NEW."code" OR OLD."message" IS NOT NEW."message" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."cell" IS NOT NEW."cell" OR OLD."state" IS NOT NEW."state" OR OLD."explanation" IS NOT NEW."explanation") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_problem', OLD.id, 'U', json_object('id', OLD."id", 'import_file_id', OLD."import_file_id", 'level', OLD."level", 'code', OLD."code", 'message', OLD."message", 'sheet', OLD."sheet", 'cell', OLD."cell", 'state', OLD."state", 'explanation', OLD."explanation")); END;
CREATE TRIGGER opora_import_problem_d AFTER DELETE ON "import_problem" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'import_problem', OLD.id, 'D', json_object('id', OLD."id", 'import_file_id', OLD."import_file_id", 'level', OLD."level", 'code', OLD."code", 'message', OLD."message", 'sheet', OLD."sheet", 'cell', OLD."cell", 'state', OLD."state", 'explanation', OLD."explanation")); END;
CREATE TRIGGER opora_import_problem_key BEFORE UPDATE OF id ON "import_problem" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_journal_count_i AFTER INSERT ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_journal_count_u AFTER UPDATE ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."total" IS NOT NEW."total" OR OLD."lowered" IS NOT NEW."lowered" OR OLD."confirmed" IS NOT NEW."confirmed" OR OLD."raised" IS NOT NEW."raised" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'total', OLD."total", 'lowered', OLD."lowered", 'confirmed', OLD."confirmed", 'raised', OLD."raised", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_journal_count_d AFTER DELETE ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'total', OLD."total", 'lowered', OLD."lowered", 'confirmed', OLD."confirmed", 'raised', OLD."raised", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_journal_count_key BEFORE UPDATE OF id ON "journal_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_list_approval_i AFTER INSERT ON "list_approval" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_approval', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_list_approval_u AFTER UPDATE ON "list_approval" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."order_number" IS NOT NEW."order_number" OR OLD."order_date" IS NOT NEW."order_date" OR OLD."issuer" IS NOT NEW."issuer" OR OLD."snapshot_id" IS NOT NEW."snapshot_id" OR OLD."state" IS NOT NEW."state" OR OLD."approved_at" IS NOT NEW."approved_at" OR OLD."actor" IS NOT NEW."actor" OR OLD."cancelled_at" IS NOT NEW."cancelled_at" OR OLD."cancel_reason" IS NOT NEW."cancel_reason") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_approval', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'order_number', OLD."order_number", 'order_date', OLD."order_date", 'issuer', OLD."issuer", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'approved_at', OLD."approved_at", 'actor', OLD."actor", 'cancelled_at', OLD."cancelled_at", 'cancel_reason', OLD."cancel_reason")); END;
CREATE TRIGGER opora_list_approval_d AFTER DELETE ON "list_approval" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_approval', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'order_number', OLD."order_number", 'order_date', OLD."order_date", 'issuer', OLD."issuer", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'approved_at', OLD."approved_at", 'actor', OLD."actor", 'cancelled_at', OLD."cancelled_at", 'cancel_reason', OLD."cancel_reason")); END;
CREATE TRIGGER opora_list_approval_key BEFORE UPDATE OF id ON "list_approval" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_list_correction_i AFTER INSERT ON "list_correction" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_correction', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_list_correction_u AFTER UPDATE ON "list_correction" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."verdict" IS NOT NEW."verdict" OR OLD."reason" IS NOT NEW."reason" OR OLD."actor" IS NOT NEW."actor" OR OLD."created_at" IS NOT NEW."created_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_correction', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'verdict', OLD."verdict", 'reason', OLD."reason", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_list_correction_d AFTER DELETE ON "list_correction" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'list_correction', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'verdict', OLD."verdict", 'reason', OLD."reason", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_list_correction_key BEFORE UPDATE OF id ON "list_correction" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_mark_count_i AFTER INSERT ON "mark_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mark_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_mark_count_u AFTER UPDATE ON "mark_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."autumn" IS NOT NEW."autumn" OR OLD."participants" IS NOT NEW."participants" OR OLD."m2" IS NOT NEW."m2" OR OLD."m3" IS NOT NEW."m3" OR OLD."m4" IS NOT NEW."m4" OR OLD."m5" IS NOT NEW."m5" OR OLD."below_min" IS NOT NEW."below_min" OR OLD."mean" IS NOT NEW."mean" OR OLD."restored" IS NOT NEW."restored" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mark_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'participants', OLD."participants", 'm2', OLD."m2", 'm3', OLD."m3", 'm4', OLD."m4", 'm5', OLD."m5", 'below_min', OLD."below_min", 'mean', OLD."mean", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_mark_count_d AFTER DELETE ON "mark_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'mark_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'participants', OLD."participants", 'm2', OLD."m2", 'm3', OLD."m3", 'm4', OLD."m4", 'm5', OLD."m5", 'below_min', OLD."below_min", 'mean', OLD."mean", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_mark_count_key BEFORE UPDATE OF id ON "mark_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_note_i AFTER INSERT ON "note" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'note', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_note_u AFTER UPDATE ON "note" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."text" IS NOT NEW."text" OR OLD."remind_on" IS NOT NEW."remind_on" OR OLD."done" IS NOT NEW."done" OR OLD."created_at" IS NOT NEW."created_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'note', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'text', OLD."text", 'remind_on', OLD."remind_on", 'done', OLD."done", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_note_d AFTER DELETE ON "note" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'note', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'text', OLD."text", 'remind_on', OLD."remind_on", 'done', OLD."done", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_note_key BEFORE UPDATE OF id ON "note" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
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
CREATE TRIGGER opora_organisation_year_i AFTER INSERT ON "organisation_year" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_year', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_organisation_year_u AFTER UPDATE ON "organisation_year" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."pupils" IS NOT NEW."pupils" OR OLD."teachers" IS NOT NEW."teachers") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_year', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'pupils', OLD."pupils", 'teachers', OLD."teachers")); END;
CREATE TRIGGER opora_organisation_year_d AFTER DELETE ON "organisation_year" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'organisation_year', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'pupils', OLD."pupils", 'teachers', OLD."teachers")); END;
CREATE TRIGGER opora_organisation_year_key BEFORE UPDATE OF id ON "organisation_year" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_outgoing_paper_i AFTER INSERT ON "outgoing_paper" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'outgoing_paper', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_outgoing_paper_u AFTER UPDATE ON "outgoing_paper" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."snapshot_id" IS NOT NEW."snapshot_id" OR OLD."state" IS NOT NEW."state" OR OLD."registered_at" IS NOT NEW."registered_at" OR OLD."actor" IS NOT NEW."actor" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'outgoing_paper', OLD.id, 'U', json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'registered_at', OLD."registered_at", 'actor', OLD."actor", 'note', OLD."note")); END;
CREATE TRIGGER opora_outgoing_paper_d AFTER DELETE ON "outgoing_paper" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'outgoing_paper', OLD.id, 'D', json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'title', OLD."title", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'snapshot_id', OLD."snapshot_id", 'state', OLD."state", 'registered_at', OLD."registered_at", 'actor', OLD."actor", 'note', OLD."note")); END;
CREATE TRIGGER opora_outgoing_paper_key BEFORE UPDATE OF id ON "outgoing_paper" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_paper_file_i AFTER INSERT ON "paper_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_file', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_paper_file_u AFTER UPDATE ON "paper_file" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."paper_id" IS NOT NEW."paper_id" OR OLD."role" IS NOT NEW."role" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."signer" IS NOT NEW."signer" OR OLD."certificate" IS NOT NEW."certificate" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_file', OLD.id, 'U', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'role', OLD."role", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'signer', OLD."signer", 'certificate', OLD."certificate", 'added_at', OLD."added_at", 'note', OLD."note")); END;
CREATE TRIGGER opora_paper_file_d AFTER DELETE ON "paper_file" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'paper_file', OLD.id, 'D', json_object('id', OLD."id", 'paper_id', OLD."paper_id", 'role', OLD."role", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'signer', OLD."signer", 'certificate', OLD."certificate", 'added_at', OLD."added_at", 'note', OLD."note")); END;
CREATE TRIGGER opora_paper_file_key BEFORE UPDATE OF id ON "paper_file" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_person_i AFTER INSERT ON "person" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'person', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_person_u AFTER UPDATE ON "person" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."full_name" IS NOT NEW."full_name" OR OLD."position" IS NOT NEW."position" OR OLD."phone" IS NOT NEW."phone" OR OLD."email" IS NOT NEW."email" OR OLD."name_cases" IS NOT NEW."name_cases" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'person', OLD.id, 'U', json_object('id', OLD."id", 'full_name', OLD."full_name", 'position', OLD."position", 'phone', OLD."phone", 'email', OLD."email", 'name_cases', OLD."name_cases", 'note', OLD."note")); END;
CREATE TRIGGER opora_person_d AFTER DELETE ON "person" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'person', OLD.id, 'D', json_object('id', OLD."id", 'full_name', OLD."full_name", 'position', OLD."position", 'phone', OLD."phone", 'email', OLD."email", 'name_cases', OLD."name_cases", 'note', OLD."note")); END;
CREATE TRIGGER opora_person_key BEFORE UPDATE OF id ON "person" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_reference_text_i AFTER INSERT ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_reference_text_u AFTER UPDATE ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."ref_id" IS NOT NEW."ref_id" OR OLD."version" IS NOT NEW."version" OR OLD."text" IS NOT NEW."text" OR OLD."digest" IS NOT NEW."digest" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'ref_id', OLD."ref_id", 'version', OLD."version", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_reference_text_d AFTER DELETE ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'ref_id', OLD."ref_id", 'version', OLD."version", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_reference_text_key BEFORE UPDATE OF id ON "reference_text" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_setting_i AFTER INSERT ON "setting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_setting_u AFTER UPDATE ON "setting" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."key" IS NOT NEW."key" OR OLD."value" IS NOT NEW."value") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', OLD.id, 'U', json_object('id', OLD."id", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_setting_d AFTER DELETE ON "setting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', OLD.id, 'D', json_object('id', OLD."id", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_setting_key BEFORE UPDATE OF id ON "setting" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_blob_frozen_u BEFORE UPDATE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_blob_frozen_d BEFORE DELETE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_u BEFORE UPDATE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_d BEFORE DELETE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
COMMIT;
