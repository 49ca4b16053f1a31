BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'opora','m001_first_schema','2026-11-22 19:37:50.400319+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'opora','m002_everything_gets_in','2026-11-22 19:37:50.458014+00:00');
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
INSERT INTO "area" VALUES(2024353210942274938,'municipality','текстgjVv','текстOд',6304867949958059840,0);
INSERT INTO "area" VALUES(4450024876608172617,'municipality','текстгhCGr','текстaz',6304867949958059840,1);
INSERT INTO "area" VALUES(6304867949958059840,'municipality','Тестовый район',NULL,NULL,1);
CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    procedure TEXT NOT NULL CHECK (procedure IN ('ВПР', 'ОГЭ', 'ЕГЭ', 'РПР', 'НИКО')),
    subject TEXT NOT NULL,
    level TEXT CHECK (level IN ('base', 'profile')),
    grade INTEGER CHECK (grade BETWEEN 1 AND 12)
) STRICT;
INSERT INTO "assessment" VALUES(56731037524910076,'ОГЭ','текстаFxt','profile',10);
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
INSERT INTO "blob" VALUES('cbf4453195db587f073754aa479e8aa8e24cf01526a333f3520d579af31d142d',8,X'CBBDE30E09148CBB','2026-11-22T19:37:50+00:00');
INSERT INTO "blob" VALUES('c8e0366af550328eb4b8db607364ab10319fea7afc4b21f239dba7505b67370d',8,X'07D4CC1AE68E3521','2026-11-22T19:37:50+00:00');
INSERT INTO "blob" VALUES('fe22a58129a6516be95830b85beb6a7d398ed64be051fd717f9fa591f49e6ea3',8,X'3437B3E77711A164','2026-11-22T19:37:50+00:00');
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "body" VALUES(3363764647412208262,'текст','текстDhSlв','текстFбxU','текстESsI','текстHXTT');
CREATE TABLE body_member (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    person_id INTEGER NOT NULL REFERENCES person(id),
    role TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "body_member" VALUES(3881862841800539607,3363764647412208262,2089088186088543831,'текстtTo','текстггyг',NULL);
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
INSERT INTO "data_explanation" VALUES(924216280129638609,'текстfG','текстlfLq','текст','текстXZbl','текстStmM','текстtYNB');
CREATE TABLE draft_cell (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    raw TEXT NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (table_name, row_key, column_name)
) STRICT;
INSERT INTO "draft_cell" VALUES(3345617676611943971,'текст',-1,'текстZ','текстRI','текстtg');
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
INSERT INTO "external_entry" VALUES(4353408086498556328,3594992980598888781,4063973882861458507,'текстfL',NULL,'текстPs','текст',993,NULL,NULL);
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
INSERT INTO "external_list" VALUES(3587521060413151074,'risk_zone',9223372036854775807,'текстkl',NULL,NULL,'текстfQ','текстGtmгc');
INSERT INTO "external_list" VALUES(3594992980598888781,'risk_zone',1,'текстce',528911312567471718,NULL,'текстjnQ','текстZvг');
CREATE TABLE file_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "file_meta" VALUES('created_at','2026-11-22T19:37:50+00:00');
INSERT INTO "file_meta" VALUES('created_by','Тестов');
INSERT INTO "file_meta" VALUES('written_by','0.1.0');
INSERT INTO "file_meta" VALUES('uid','504f8b6c910cd1e1fa7223777cc7cad7');
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
INSERT INTO "import_file" VALUES(3655830173205761510,'текстYrtF','текстm',1,'текстFe','текст',1,9223372036854775807,505,-1,'текст','текст');
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
INSERT INTO "import_problem" VALUES(3579632114141237434,3655830173205761510,'warning','текстgD','текстY','текстbsZTZ',NULL,'explained','текст');
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
INSERT INTO "import_profile" VALUES(3586861175774216382,'текст','текстFEW','текст','текстjB','текстbNHH','текстдp','текстI');
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
INSERT INTO "journal" VALUES(1,1,'area',6304867949958059840,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(2,1,'setting',9139611160374981123,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(3,2,'person',3699794560238578400,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(4,2,'organisation',4063973882861458507,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(5,2,'appointment',2624989531201712630,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(6,2,'area',2024353210942274938,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(7,2,'assessment',56731037524910076,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(8,2,'body',3363764647412208262,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(9,2,'person',2089088186088543831,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(10,2,'body_member',3881862841800539607,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(11,2,'contact',162912637061858389,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(12,2,'custom_column',326170125695670933,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(13,2,'custom_value',39108289130221603,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(14,2,'data_explanation',924216280129638609,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(15,2,'draft_cell',3345617676611943971,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(16,2,'source_document',528911312567471718,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(17,2,'external_list',3594992980598888781,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(18,2,'external_entry',4353408086498556328,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(19,2,'external_list',3587521060413151074,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(20,2,'import_file',3655830173205761510,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(21,2,'import_problem',3579632114141237434,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(22,2,'import_profile',3586861175774216382,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(23,2,'journal_count',34482396131379112,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(24,2,'list_approval',2626435182006292433,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(25,2,'list_correction',1200868242459481950,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(26,2,'area',4450024876608172617,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(27,2,'mark_count',3724162856299378160,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(28,2,'metric_value',3159154479542741755,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(29,2,'note',2811589669137487566,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(30,2,'organisation',334528616884688878,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(31,2,'organisation_alias',3057202755495680738,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(32,2,'organisation_code',3297056024948795537,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(33,2,'organisation_group',738182997318154360,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(34,2,'organisation_group_member',2134699987422630457,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(35,2,'organisation',3600775310830338797,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(36,2,'organisation_link',280629183992270776,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(37,2,'organisation_year',420669131434130202,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(38,2,'outgoing_paper',2044589954150883708,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(39,2,'paper_file',1131661600494000464,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(40,2,'person',561998452921227741,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(41,2,'reference_text',1153500303626770398,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(42,2,'school_project',3974508118816070489,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(43,2,'score_count',417250845396326280,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(44,2,'setting',3367293887632553454,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(45,2,'source_document',2996029472117710985,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(46,2,'task_count',2401501513685440984,NULL,'I',NULL,NULL);
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
INSERT INTO "journal_count" VALUES(34482396131379112,4063973882861458507,NULL,56731037524910076,9223372036854775807,506,2026,-9223372036854775808,9007199254740993,3655830173205761510,'текстYjRYr',-1,754,'текст');
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
INSERT INTO "list_approval" VALUES(2626435182006292433,'текстRcMOt',0,'текстгUJp','текстг','текстWnW',759794727279232248,'cancelled','текстhZв','текстIxg',NULL,'текстakzb');
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
INSERT INTO "list_correction" VALUES(1200868242459481950,'текстj',2026,4063973882861458507,'not_listed','текстF','текстWRG','текстq');
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
INSERT INTO "mark_count" VALUES(3724162856299378160,4063973882861458507,NULL,56731037524910076,-9223372036854775808,1,9223372036854775807,NULL,NULL,2026,-9223372036854775808,9007199254740993,'текстJEu',1,3655830173205761510,'текстгNгd',9007199254740993,-1,'текстSWR');
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
INSERT INTO "metric_value" VALUES(3159154479542741755,4063973882861458507,9007199254740993,'текстjDp',1,9007199254740993,NULL,'текстOjfK',3655830173205761510,NULL,1,9223372036854775807,'текстPjLO');
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    text TEXT NOT NULL,
    remind_on TEXT,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "note" VALUES(2811589669137487566,4063973882861458507,'текстB','текстOo',0,'текстwабo');
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
INSERT INTO "operation" VALUES(1,'2026-11-22T19:37:50+00:00','Тестов','file.new','Создан файл',0,'done',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(2,'2026-11-22T19:37:50+00:00','Тестов','test.fill','Записано по одной строке всюду',1,'done',NULL,NULL,NULL);
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
INSERT INTO "organisation" VALUES(334528616884688878,'kindergarten','текстzаPI','текстh','текстuQn',2024353210942274938,NULL,'city','текст','active',0,4063973882861458507,834);
INSERT INTO "organisation" VALUES(3600775310830338797,'school','текстfbK','текстL','текстгK',NULL,'текстjyNK','village','текстO','active',1,334528616884688878,NULL);
INSERT INTO "organisation" VALUES(4063973882861458507,'service','текстmybmy','текстnm','текст',6304867949958059840,NULL,'town',NULL,'reorganised',1,NULL,9007199254740993);
CREATE TABLE organisation_alias (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    spelling TEXT NOT NULL,
    normal TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    UNIQUE (normal, scope)
) STRICT;
INSERT INTO "organisation_alias" VALUES(3057202755495680738,334528616884688878,'текстNfwC','текстг','текстAH');
CREATE TABLE organisation_code (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    system TEXT NOT NULL CHECK (system IN ('fisoko', 'msu', 'oo', 'inn', 'ogrn', 'own')),
    value TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) STRICT;
INSERT INTO "organisation_code" VALUES(3297056024948795537,4063973882861458507,'ogrn','текст','текст','текстsvH');
CREATE TABLE organisation_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER
) STRICT;
INSERT INTO "organisation_group" VALUES(738182997318154360,'текстiаaiL',-1);
CREATE TABLE organisation_group_member (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES organisation_group(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (group_id, organisation_id)
) STRICT;
INSERT INTO "organisation_group_member" VALUES(2134699987422630457,738182997318154360,334528616884688878);
CREATE TABLE organisation_link (
    id INTEGER PRIMARY KEY,
    predecessor_id INTEGER NOT NULL REFERENCES organisation(id),
    successor_id INTEGER NOT NULL REFERENCES organisation(id),
    on_date TEXT,
    act TEXT,
    CHECK (predecessor_id <> successor_id)
) STRICT;
INSERT INTO "organisation_link" VALUES(280629183992270776,334528616884688878,3600775310830338797,'текстd','текст');
CREATE TABLE organisation_year (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    pupils INTEGER CHECK (pupils >= 0),
    teachers INTEGER CHECK (teachers >= 0),
    UNIQUE (organisation_id, school_year)
) STRICT;
INSERT INTO "organisation_year" VALUES(420669131434130202,4063973882861458507,9223372036854775807,NULL,9223372036854775807);
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
INSERT INTO "outgoing_paper" VALUES(2044589954150883708,-1,'текстRZz','текст','текстeb','cbf4453195db587f073754aa479e8aa8e24cf01526a333f3520d579af31d142d',NULL,'withdrawn','текстo','текст',NULL);
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
INSERT INTO "paper_file" VALUES(1131661600494000464,2044589954150883708,'detached','текстDw','c8e0366af550328eb4b8db607364ab10319fea7afc4b21f239dba7505b67370d','текстDFW','текстQl','текстsxhd','текстExspQ');
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    full_name TEXT NOT NULL,
    position TEXT,
    phone TEXT,
    email TEXT,
    name_cases TEXT,
    note TEXT
) STRICT;
INSERT INTO "person" VALUES(561998452921227741,'текстs','текстdгBа','текст',NULL,'текстWonG','текстvrItC');
INSERT INTO "person" VALUES(2089088186088543831,'текст',NULL,NULL,'текстqj','текстL','текстCg');
INSERT INTO "person" VALUES(3699794560238578400,'текст',NULL,'текстLSf','текстyRa',NULL,'текстбZbb');
CREATE TABLE "reference_text" (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('rule', 'scale', 'threshold', 'metrics', 'factors', 'projects')),
    ref_id TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (kind, ref_id, version)
) STRICT;
INSERT INTO "reference_text" VALUES(1153500303626770398,'projects','текстG','текстR','текст','текстgoKEe','текстK');
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
INSERT INTO "school_project" VALUES(3974508118816070489,4063973882861458507,376,'текстUmlCZ','текстzuа','federal',NULL,'текстxa','текстeJD',NULL);
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
INSERT INTO "score_count" VALUES(417250845396326280,334528616884688878,NULL,56731037524910076,651,1,'test',0,'текстuxb',1,3655830173205761510,'текстoDQ',795,NULL,'текстOfh');
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
INSERT INTO "setting" VALUES(3367293887632553454,'текст','текстiS');
INSERT INTO "setting" VALUES(9139611160374981123,'municipality','Тестовый район');
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "snapshot" VALUES(759794727279232248,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-22T19:37:50+00:00');
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
INSERT INTO "source_document" VALUES(528911312567471718,'текстHаeF','текстYG','текстgc',NULL,'текст',NULL,'текст','текстS');
INSERT INTO "source_document" VALUES(2996029472117710985,'текстkayвc','текстcL','текстxMgpp','текстWSMew',NULL,'fe22a58129a6516be95830b85beb6a7d398ed64be051fd717f9fa591f49e6ea3',NULL,'текстgwZ');
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
INSERT INTO "task_count" VALUES(2401501513685440984,NULL,6304867949958059840,56731037524910076,2026,1,'текстfRP',3,NULL,'П','текст',2026,NULL,NULL,0,NULL,NULL,0,-1,'текстpN');
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
CREATE TRIGGER opora_data_explanation_i AFTER INSERT ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_data_explanation_u AFTER UPDATE ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."code" IS NOT NEW."code" OR OLD."subject" IS NOT NEW."subject" OR OLD."figures" IS NOT NEW."figures" OR OLD."text" IS NOT NEW."text" OR OLD."actor" IS NOT NEW."actor" OR OLD."created_at" IS NOT NEW."created_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', OLD.id, 'U', json_object('id', OLD."id", 'code', OLD."code", 'subject', OLD."subject", 'figures', OLD."figures", 'text', OLD."text", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_data_explanation_d AFTER DELETE ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', OLD.id, 'D', json_object('id', OLD."id", 'code', OLD."code", 'subject', OLD."subject", 'figures', OLD."figures", 'text', OLD."text", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_data_explanation_key BEFORE UPDATE OF id ON "data_explanation" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_draft_cell_i AFTER INSERT ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_draft_cell_u AFTER UPDATE ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."table_name" IS NOT NEW."table_name" OR OLD."row_key" IS NOT NEW."row_key" OR OLD."column_name" IS NOT NEW."column_name" OR OLD."raw" IS NOT NEW."raw" OR OLD."code" IS NOT NEW."code") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', OLD.id, 'U', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'column_name', OLD."column_name", 'raw', OLD."raw", 'code', OLD."code")); END;
CREATE TRIGGER opora_draft_cell_d AFTER DELETE ON "draft_cell" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'draft_cell', OLD.id, 'D', json_object('id', OLD."id", 'table_name', OLD."table_name", 'row_key', OLD."row_key", 'column_name', OLD."column_name", 'raw', OLD."raw", 'code', OLD."code")); END;
CREATE TRIGGER opora_draft_cell_key BEFORE UPDATE OF id ON "draft_cell" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_external_entry_i AFTER INSERT ON "external_entry" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_entry', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_external_entry_u AFTER UPDATE ON "external_entry" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."list_id" IS NOT NEW."list_id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."item" IS NOT NEW."item" OR OLD."value" IS NOT NEW."value" OR OLD."raw" IS NOT NEW."raw" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_entry', OLD.id, 'U', json_object('id', OLD."id", 'list_id', OLD."list_id", 'organisation_id', OLD."organisation_id", 'item', OLD."item", 'value', OLD."value", 'raw', OLD."raw", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_external_entry_d AFTER DELETE ON "external_entry" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_entry', OLD.id, 'D', json_object('id', OLD."id", 'list_id', OLD."list_id", 'organisation_id', OLD."organisation_id", 'item', OLD."item", 'value', OLD."value", 'raw', OLD."raw", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_external_entry_key BEFORE UPDATE OF id ON "external_entry" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_external_list_i AFTER INSERT ON "external_list" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_list', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_external_list_u AFTER UPDATE ON "external_list" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."year" IS NOT NEW."year" OR OLD."title" IS NOT NEW."title" OR OLD."source_document_id" IS NOT NEW."source_document_id" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."actor" IS NOT NEW."actor") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_list', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'year', OLD."year", 'title', OLD."title", 'source_document_id', OLD."source_document_id", 'import_file_id', OLD."import_file_id", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_external_list_d AFTER DELETE ON "external_list" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'external_list', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'year', OLD."year", 'title', OLD."title", 'source_document_id', OLD."source_document_id", 'import_file_id', OLD."import_file_id", 'added_at', OLD."added_at", 'actor', OLD."actor")); END;
CREATE TRIGGER opora_external_list_key BEFORE UPDATE OF id ON "external_list" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
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
CREATE TRIGGER opora_metric_value_i AFTER INSERT ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_metric_value_u AFTER UPDATE ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."metric" IS NOT NEW."metric" OR OLD."part" IS NOT NEW."part" OR OLD."whole" IS NOT NEW."whole" OR OLD."exact" IS NOT NEW."exact" OR OLD."raw" IS NOT NEW."raw" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'part', OLD."part", 'whole', OLD."whole", 'exact', OLD."exact", 'raw', OLD."raw", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_metric_value_d AFTER DELETE ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'part', OLD."part", 'whole', OLD."whole", 'exact', OLD."exact", 'raw', OLD."raw", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_metric_value_key BEFORE UPDATE OF id ON "metric_value" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
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
CREATE TRIGGER opora_school_project_i AFTER INSERT ON "school_project" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_project', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_school_project_u AFTER UPDATE ON "school_project" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."kind" IS NOT NEW."kind" OR OLD."name" IS NOT NEW."name" OR OLD."level" IS NOT NEW."level" OR OLD."topic" IS NOT NEW."topic" OR OLD."supervisor" IS NOT NEW."supervisor" OR OLD."act" IS NOT NEW."act" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_project', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'kind', OLD."kind", 'name', OLD."name", 'level', OLD."level", 'topic', OLD."topic", 'supervisor', OLD."supervisor", 'act', OLD."act", 'note', OLD."note")); END;
CREATE TRIGGER opora_school_project_d AFTER DELETE ON "school_project" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'school_project', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'kind', OLD."kind", 'name', OLD."name", 'level', OLD."level", 'topic', OLD."topic", 'supervisor', OLD."supervisor", 'act', OLD."act", 'note', OLD."note")); END;
CREATE TRIGGER opora_school_project_key BEFORE UPDATE OF id ON "school_project" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_score_count_i AFTER INSERT ON "score_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'score_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_score_count_u AFTER UPDATE ON "score_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."autumn" IS NOT NEW."autumn" OR OLD."measure" IS NOT NEW."measure" OR OLD."participants" IS NOT NEW."participants" OR OLD."counts" IS NOT NEW."counts" OR OLD."restored" IS NOT NEW."restored" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'score_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'measure', OLD."measure", 'participants', OLD."participants", 'counts', OLD."counts", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_score_count_d AFTER DELETE ON "score_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'score_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'measure', OLD."measure", 'participants', OLD."participants", 'counts', OLD."counts", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_score_count_key BEFORE UPDATE OF id ON "score_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_setting_i AFTER INSERT ON "setting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_setting_u AFTER UPDATE ON "setting" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."key" IS NOT NEW."key" OR OLD."value" IS NOT NEW."value") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', OLD.id, 'U', json_object('id', OLD."id", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_setting_d AFTER DELETE ON "setting" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'setting', OLD.id, 'D', json_object('id', OLD."id", 'key', OLD."key", 'value', OLD."value")); END;
CREATE TRIGGER opora_setting_key BEFORE UPDATE OF id ON "setting" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_source_document_i AFTER INSERT ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_source_document_u AFTER UPDATE ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."issuer" IS NOT NEW."issuer" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."note" IS NOT NEW."note" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', OLD.id, 'U', json_object('id', OLD."id", 'title', OLD."title", 'issuer', OLD."issuer", 'number', OLD."number", 'dated', OLD."dated", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'note', OLD."note", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_source_document_d AFTER DELETE ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', OLD.id, 'D', json_object('id', OLD."id", 'title', OLD."title", 'issuer', OLD."issuer", 'number', OLD."number", 'dated', OLD."dated", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'note', OLD."note", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_source_document_key BEFORE UPDATE OF id ON "source_document" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_task_count_i AFTER INSERT ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_task_count_u AFTER UPDATE ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."autumn" IS NOT NEW."autumn" OR OLD."task" IS NOT NEW."task" OR OLD."group_mark" IS NOT NEW."group_mark" OR OLD."max_points" IS NOT NEW."max_points" OR OLD."difficulty" IS NOT NEW."difficulty" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."participants" IS NOT NEW."participants" OR OLD."points" IS NOT NEW."points" OR OLD."skipped" IS NOT NEW."skipped" OR OLD."restored" IS NOT NEW."restored" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'task', OLD."task", 'group_mark', OLD."group_mark", 'max_points', OLD."max_points", 'difficulty', OLD."difficulty", 'outcome', OLD."outcome", 'participants', OLD."participants", 'points', OLD."points", 'skipped', OLD."skipped", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_task_count_d AFTER DELETE ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'task', OLD."task", 'group_mark', OLD."group_mark", 'max_points', OLD."max_points", 'difficulty', OLD."difficulty", 'outcome', OLD."outcome", 'participants', OLD."participants", 'points', OLD."points", 'skipped', OLD."skipped", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_task_count_key BEFORE UPDATE OF id ON "task_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_blob_frozen_u BEFORE UPDATE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_blob_frozen_d BEFORE DELETE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_u BEFORE UPDATE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_d BEFORE DELETE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
COMMIT;
