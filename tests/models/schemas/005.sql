BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'opora','m001_first_schema','2026-11-23 05:02:10.007727+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'opora','m002_everything_gets_in','2026-11-23 05:02:10.019437+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'opora','m003_who_needs_help','2026-11-23 05:02:10.034525+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'opora','m004_forms','2026-11-23 05:02:10.046705+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'opora','m005_programme','2026-11-23 05:02:10.062368+00:00');
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
INSERT INTO "agreement_meeting" VALUES(2624989531201712630,'текст',120,'текстLSf','текстyRa','текстPn','текст',NULL);
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
INSERT INTO "agreement_party" VALUES(42450286552941087,'текстNгP',782,'institute','текстnnmA','текстVFK','текстXgsPO','текстkqгCб','текст',NULL,'текстLuY',NULL,-1);
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    role TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "appointment" VALUES(3873592794175780933,1708734211913702842,7308360786939913,'текстwx',NULL,NULL,'текстг');
CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('country', 'region', 'municipality')),
    name TEXT NOT NULL,
    code TEXT,
    parent_id INTEGER REFERENCES area(id),
    own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1))
) STRICT;
INSERT INTO "area" VALUES(76971955180953014,'region','текст',NULL,NULL,0);
INSERT INTO "area" VALUES(3919212611066734475,'municipality','Тестовый район',NULL,NULL,1);
INSERT INTO "area" VALUES(4498946124008751845,'country','текстb',NULL,3919212611066734475,1);
CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    procedure TEXT NOT NULL CHECK (procedure IN ('ВПР', 'ОГЭ', 'ЕГЭ', 'РПР', 'НИКО')),
    subject TEXT NOT NULL,
    level TEXT CHECK (level IN ('base', 'profile')),
    grade INTEGER CHECK (grade BETWEEN 1 AND 12)
) STRICT;
INSERT INTO "assessment" VALUES(3341742170641165706,'ОГЭ','текстCIдew',NULL,7);
INSERT INTO "assessment" VALUES(3838052206191417806,'ОГЭ','текстTDmKw','profile',NULL);
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
INSERT INTO "blob" VALUES('6953f1f9f0eff6a3af5fef5d43154be839b204f7a3dfc763628a715718696854',8,X'FD51AD66199C132C','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('78f3e28149fd07e861f84f2354bb1c117f701cc3670e23161e3e8f2af02006dd',8,X'22070CE9FE49F085','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('804cbe8f27afe7d569a51ca957b4c62257cd71de1559348ccf438d89c6378a45',8,X'A10E129043FF2622','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('6b2cd57c4c233c62319e1793b7f59a9bb7cb528cd2d6befbed77896227753805',8,X'EC4EABA4BC7198D6','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('2c83551b09c118613a1f85cc76123ad6c0fbefb2b90792926e7287d62e32429b',8,X'292BDAF1B0DD5630','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('87e44c615b5d7634ce9f219d06dbfc0c4f9e84d4adc3af6ed03d6f33bdf69e16',8,X'8A85C15604B9F512','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('107a65c05ac6ab7b7b05081fe17c671d5515769961eab72401056b1c87970705',8,X'9B2621751A0254E4','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('adabcd911f2499db2dc6e3a18fe677738ee9d9c744fef4d612124912146067e1',8,X'B389FFC8C801CC04','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('428a87ca4ca4a949a7fa0c150c2d87acefd70fadd51d435f7de4d65cf314d1d7',8,X'E4152CE94117BA2D','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('f7f609f90fb7936b559a6d9212510d8dd30c8178db1071fad3fd71da5e53d493',8,X'B857BF01E7780132','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('79a33f1811e8d5f392056d82a5c23443e3564c74beb064154549e3f872c479c2',8,X'8D2D616AD6E7DFD9','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('f3dc9dbd0a80114061a945b27234e2f6714cb9d66124a8dda4e1b16e5cfbfe4e',8,X'B3C34A47CCA95A6A','2026-11-23T05:02:10+00:00');
INSERT INTO "blob" VALUES('16d349de4fb6753e5ed0b29f900e6692d30cbeccf2e00c7248326f50eaae4db6',8,X'4190FA9070DE943A','2026-11-23T05:02:10+00:00');
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    act TEXT,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "body" VALUES(579611996860805270,'текстX','текст','текстQx',NULL,'текст');
INSERT INTO "body" VALUES(1463516402162077484,'текстгgmJ','текстukllu',NULL,'текст','текстгck');
CREATE TABLE body_member (
    id INTEGER PRIMARY KEY,
    body_id INTEGER NOT NULL REFERENCES body(id),
    person_id INTEGER NOT NULL REFERENCES person(id),
    role TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT
) STRICT;
INSERT INTO "body_member" VALUES(4154266688366497801,579611996860805270,1708734211913702842,'текстlfG','текстfLq',NULL);
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    note TEXT
) STRICT;
INSERT INTO "contact" VALUES(4019644725130981798,7308360786939913,'текст','текстW','текстp');
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
INSERT INTO "course_record" VALUES(1748906769518924759,7308360786939913,2026,'текст','текст','retraining',9223372036854775807,NULL,9223372036854775807,'текстtg',3594992980598888781,NULL);
CREATE TABLE custom_column (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'number', 'date', 'flag')),
    position INTEGER
) STRICT;
INSERT INTO "custom_column" VALUES(2701240126476293650,'текстVz','date',1);
CREATE TABLE custom_value (
    id INTEGER PRIMARY KEY,
    column_id INTEGER NOT NULL REFERENCES custom_column(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    raw TEXT NOT NULL,
    UNIQUE (column_id, organisation_id)
) STRICT;
INSERT INTO "custom_value" VALUES(963589776020183458,2701240126476293650,7308360786939913,'текст');
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
INSERT INTO "data_explanation" VALUES(3446152641153742060,'текст','текстRгhCG','текстCuE','текст','текстzrwSM','текст');
CREATE TABLE donor_capacity (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    capacity INTEGER CHECK (capacity >= 0),
    consent TEXT CHECK (consent IN ('yes', 'no')),
    note TEXT,
    UNIQUE (organisation_id, school_year)
) STRICT;
INSERT INTO "donor_capacity" VALUES(940387570752423591,7308360786939913,2026,9223372036854775807,'no','текстдrjJE');
CREATE TABLE draft_cell (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    raw TEXT NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (table_name, row_key, column_name)
) STRICT;
INSERT INTO "draft_cell" VALUES(16229622814633730,'текстwyxXH',2026,'текстгqbPi','текстWR','текстаT');
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
INSERT INTO "external_entry" VALUES(3159154479542741755,1400425362517901676,7308360786939913,'текстаб','текстe','текстzаPI','текстh',9223372036854775807,2026,NULL);
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
INSERT INTO "external_list" VALUES(1400425362517901676,'bias',9007199254740993,'текстjDp',321684887552614093,NULL,'текстXs','текствO');
INSERT INTO "external_list" VALUES(3313389999269400635,'risk_profile',1,'текстw',321684887552614093,NULL,'текстbQMC','текстLp');
CREATE TABLE file_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "file_meta" VALUES('created_at','2026-11-23T05:02:10+00:00');
INSERT INTO "file_meta" VALUES('created_by','Тестов');
INSERT INTO "file_meta" VALUES('written_by','0.1.0');
INSERT INTO "file_meta" VALUES('uid','9ad56f123665d485edbb8da415e7bcf4');
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
INSERT INTO "form_answer" VALUES(1024094781311093920,3594992980598888781,'текстvjn','текстFwz','текстgmea','текстYW','текстjUK',0,'текстEGoeL',0,NULL,NULL,'текст');
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
INSERT INTO "form_case" VALUES(541581283296417863,3297856488752381505,600956783186677143,'self',NULL,'текстWdf','текстvдcE','текстRZz',NULL,'текст',NULL,'текстoPovg',NULL,'текстFstS',NULL,'текстDFW','текстQl','текст','текстdrTE',NULL,'текстQD','текстs','текстdгBа','текст',NULL);
INSERT INTO "form_case" VALUES(3594992980598888781,3297856488752381505,1168647984990814372,'agreed',1708734211913702842,'текстPnCBm','текстFZ','текстc','текстYjRYr','текстjN','текст',NULL,NULL,NULL,'текст','текстKvWFд','текстfQeгг','текстг','текстwZy','текст','текстZLp','текст','текстbJIV',NULL,NULL);
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
INSERT INTO "form_evidence" VALUES(2269745129895098554,3594992980598888781,'текстGtдTv','текстItC',NULL,'804cbe8f27afe7d569a51ca957b4c62257cd71de1559348ccf438d89c6378a45','текстR','текст');
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
INSERT INTO "form_file" VALUES(493162634920841355,NULL,NULL,'workbook','текст','6b2cd57c4c233c62319e1793b7f59a9bb7cb528cd2d6befbed77896227753805','текстD','read','текстOqY','текстy','2c83551b09c118613a1f85cc76123ad6c0fbefb2b90792926e7287d62e32429b');
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
INSERT INTO "form_metric" VALUES(2223562163783746356,3594992980598888781,'текстlQR',4070721077526396403,9223372036854775807,'текстQBtAg',NULL);
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
INSERT INTO "form_protocol" VALUES(83764704860988247,3297856488752381505,1168647984990814372,1463516402162077484,NULL,'текстxptаm','текстOfh',NULL,NULL);
CREATE TABLE form_protocol_member (
    id INTEGER PRIMARY KEY,
    protocol_id INTEGER NOT NULL REFERENCES form_protocol(id),
    person_id INTEGER REFERENCES person(id),
    name TEXT NOT NULL,
    post TEXT,
    role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('chair', 'deputy', 'secretary', 'member', 'invited')),
    position INTEGER
) STRICT;
INSERT INTO "form_protocol_member" VALUES(718098655870141837,83764704860988247,1708734211913702842,'текст','текст','invited',1);
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
INSERT INTO "form_round" VALUES(2549496176358035417,'текстxMgpp','текстWSMew','текстMC',118,'текст','текстlDxYд','текстZFmRt','текст','текстLагpE',NULL);
INSERT INTO "form_round" VALUES(3297856488752381505,'текстhFf','текстeXS','текстgH',2026,'текстepYG','текстgc',NULL,'текстaxVTk',NULL,'текстnQfZv');
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
INSERT INTO "form_subject" VALUES(600956783186677143,'текстpUkzs',7308360786939913,NULL,1708734211913702842,'текстNKгZ','текстYyLOQ',NULL);
INSERT INTO "form_subject" VALUES(1168647984990814372,'текстBfLca',7308360786939913,1463516402162077484,NULL,NULL,'текстfmUw',3362699719349867312);
INSERT INTO "form_subject" VALUES(3884818221130918512,'текст',7308360786939913,579611996860805270,1708734211913702842,'текстDбpB',NULL,NULL);
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
INSERT INTO "import_file" VALUES(2762430873677631617,'текстnkR','текстiCEh',322,'текстshh','текстf',0,1,2026,9007199254740993,'текстsSU','текст');
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
INSERT INTO "import_problem" VALUES(3139131116120269749,2762430873677631617,'warning','текстOvgt','текстZi','текст',NULL,'open',NULL);
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
INSERT INTO "import_profile" VALUES(1668308947456327572,'текст','текста','текстKnMpD','текст','текстPhаpf','текстxбrm','текстhIgn');
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
INSERT INTO "journal" VALUES(1,1,'area',3919212611066734475,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(2,1,'setting',6927459105458938711,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(3,2,'agreement_meeting',2624989531201712630,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(4,2,'agreement_party',42450286552941087,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(5,2,'person',1708734211913702842,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(6,2,'area',76971955180953014,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(7,2,'organisation',7308360786939913,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(8,2,'appointment',3873592794175780933,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(9,2,'area',4498946124008751845,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(10,2,'assessment',3838052206191417806,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(11,2,'body',579611996860805270,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(12,2,'body_member',4154266688366497801,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(13,2,'contact',4019644725130981798,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(14,2,'form_round',3297856488752381505,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(15,2,'body',1463516402162077484,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(16,2,'programme',3362699719349867312,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(17,2,'form_subject',1168647984990814372,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(18,2,'form_case',3594992980598888781,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(19,2,'course_record',1748906769518924759,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(20,2,'custom_column',2701240126476293650,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(21,2,'custom_value',963589776020183458,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(22,2,'data_explanation',3446152641153742060,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(23,2,'donor_capacity',940387570752423591,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(24,2,'draft_cell',16229622814633730,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(25,2,'source_document',321684887552614093,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(26,2,'external_list',1400425362517901676,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(27,2,'external_entry',3159154479542741755,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(28,2,'external_list',3313389999269400635,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(29,2,'form_answer',1024094781311093920,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(30,2,'form_subject',600956783186677143,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(31,2,'form_case',541581283296417863,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(32,2,'form_evidence',2269745129895098554,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(33,2,'form_file',493162634920841355,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(34,2,'organisation',4070721077526396403,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(35,2,'form_metric',2223562163783746356,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(36,2,'form_protocol',83764704860988247,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(37,2,'form_protocol_member',718098655870141837,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(38,2,'form_round',2549496176358035417,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(39,2,'form_subject',3884818221130918512,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(40,2,'import_file',2762430873677631617,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(41,2,'import_problem',3139131116120269749,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(42,2,'import_profile',1668308947456327572,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(43,2,'journal_count',2517781444378835735,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(44,2,'list_approval',1244029143241728215,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(45,2,'list_correction',1649678508482639130,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(46,2,'list_protocol',1572513828715397752,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(47,2,'list_protocol_member',3809367554054187255,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(48,2,'assessment',3341742170641165706,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(49,2,'mark_count',1732533191701732067,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(50,2,'metric_value',687290304670377628,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(51,2,'note',663169913058669976,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(52,2,'organisation',3938320522257757724,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(53,2,'organisation_alias',3794940646676581183,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(54,2,'organisation',3846404558222830976,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(55,2,'organisation_code',4177618818023961994,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(56,2,'organisation_distance',3539696210644252010,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(57,2,'organisation_group',785776587812832216,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(58,2,'organisation_group_member',1278033764924827262,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(59,2,'organisation_link',4028352089176606153,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(60,2,'organisation',1925360366146230573,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(61,2,'organisation_tie',1678388169536103816,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(62,2,'organisation_year',1712678645937618273,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(63,2,'outgoing_paper',2830021951087317534,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(64,2,'paper_file',3115822315668843596,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(65,2,'person',3304673814123930932,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(66,2,'programme',1027296340300603239,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(67,2,'programme_node',2978243296399022711,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(68,2,'programme_direction',2233245157982609330,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(69,2,'programme_activity',4571248622432960896,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(70,2,'programme_block',2973978969525465159,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(71,2,'programme_direction',780795960267480393,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(72,2,'programme_estimate',2112082648361038621,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(73,2,'programme_indicator',894289107823344740,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(74,2,'programme_node',3727584837561956208,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(75,2,'programme_link',303823694011119026,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(76,2,'organisation',3459732908975055063,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(77,2,'programme_mechanism',3206061274929979696,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(78,2,'programme_money',188591595757878839,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(79,2,'programme_monitor',4489415603144958967,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(80,2,'programme_node',1712271801020562692,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(81,2,'programme_party',3991906476063573188,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(82,2,'programme_remark',2936441574878724984,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(83,2,'programme_resource',612444614507907830,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(84,2,'programme_responsible',2289553427384177001,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(85,2,'programme_result',2758776779213233389,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(86,2,'programme_school',3100049003929404555,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(87,2,'programme_silence',447610500383061097,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(88,2,'programme_stakeholder',3696654602611020581,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(89,2,'programme_target',209120028462208679,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(90,2,'programme_node',1064852203011110980,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(91,2,'programme_term',384719991882427447,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(92,2,'programme',1477208853351927655,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(93,2,'programme_text',289180453576728331,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(94,2,'reference_text',1545852668874881086,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(95,2,'organisation',1285514077192081117,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(96,2,'road_map_item',3061747132926165256,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(97,2,'organisation',4042761081347708278,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(98,2,'school_project',3031916550046796931,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(99,2,'school_sheet',4217037462555765157,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(100,2,'score_count',1442109665913486099,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(101,2,'setting',2629908250817905435,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(102,2,'source_document',785783836065745025,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(103,2,'survey_sheet',4496673474587664039,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(104,2,'survey_respondent',4197193970956184402,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(105,2,'survey_answer',3885923170813572024,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(106,2,'survey_remark',3742771800804731267,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(107,2,'survey_respondent',3265067227835396345,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(108,2,'survey_sheet',3085385828664162520,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(109,2,'survey_sheet',3839236033416608317,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(110,2,'survey_tally',2230872051948908660,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(111,2,'organisation',1701923674948554439,NULL,'I',NULL,NULL);
INSERT INTO "journal" VALUES(112,2,'task_count',2964175752078220156,NULL,'I',NULL,NULL);
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
INSERT INTO "journal_count" VALUES(2517781444378835735,NULL,4498946124008751845,3838052206191417806,1,2026,9223372036854775807,0,9007199254740993,2762430873677631617,'текстM',9223372036854775807,-1,NULL,1);
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
INSERT INTO "list_approval" VALUES(1244029143241728215,'текстMT',0,'текстhQбfb','текстMpvx','текст',3593147887846161183,'approved','текстOacgh','текстpдZL','текста',NULL);
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
INSERT INTO "list_correction" VALUES(1649678508482639130,'текстg',9223372036854775807,4070721077526396403,'not_listed','текстJZаJx','текстQt','текстIitgD');
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
INSERT INTO "list_protocol" VALUES(1572513828715397752,'текстgHBlK',2026,NULL,'текстLS','текстCS','текстEGа',NULL,0,1,'текстMTq',NULL);
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
INSERT INTO "list_protocol_member" VALUES(3809367554054187255,1572513828715397752,NULL,'текстUOT','текстдFo','deputy','abstained',-1);
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
INSERT INTO "mark_count" VALUES(1732533191701732067,4070721077526396403,NULL,3341742170641165706,1,1,9223372036854775807,NULL,NULL,319,NULL,-1,'текстVRKдT',1,2762430873677631617,'текстаo',1,-1,NULL);
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
INSERT INTO "metric_value" VALUES(687290304670377628,4070721077526396403,2026,'текст',2026,9007199254740993,'текстe','текстS',NULL,'текстMHh',-9223372036854775808,NULL,NULL,541581283296417863,NULL);
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisation(id),
    text TEXT NOT NULL,
    remind_on TEXT,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "note" VALUES(663169913058669976,7308360786939913,'текстVlAq','текстodV',0,'текств');
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
INSERT INTO "operation" VALUES(1,'2026-11-23T05:02:10+00:00','Тестов','file.new','Создан файл',0,'done',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(2,'2026-11-23T05:02:10+00:00','Тестов','test.fill','Записано по одной строке всюду',1,'done',NULL,NULL,NULL);
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
INSERT INTO "organisation" VALUES(7308360786939913,'partner','текстJIAb','текстHXTT',NULL,76971955180953014,'текст',NULL,'текстL','suspended',1,NULL,NULL);
INSERT INTO "organisation" VALUES(1285514077192081117,'school','текстrE',NULL,'текстW',4498946124008751845,NULL,'city','текстn','active',0,3846404558222830976,-1);
INSERT INTO "organisation" VALUES(1701923674948554439,'extra','текстg','текстGN','текстSowJ',3919212611066734475,NULL,'town','текстbHвjQ','reorganised',1,3459732908975055063,NULL);
INSERT INTO "organisation" VALUES(1925360366146230573,'kindergarten','текстcHLX',NULL,'текстg',4498946124008751845,NULL,NULL,NULL,'suspended',1,3846404558222830976,NULL);
INSERT INTO "organisation" VALUES(3459732908975055063,'partner','текстfFC','текстOwIвn','текстsgmIN',NULL,NULL,'city','текстeDZn','suspended',0,1925360366146230573,NULL);
INSERT INTO "organisation" VALUES(3846404558222830976,'partner','текстY','текстCдVw','текстKwZA',3919212611066734475,NULL,'village','текстH','active',1,4070721077526396403,1);
INSERT INTO "organisation" VALUES(3938320522257757724,'service','текстHQCwZ','текстLDU','текстglRvB',NULL,'текстMFnxp','town',NULL,'closed',0,4070721077526396403,2026);
INSERT INTO "organisation" VALUES(4042761081347708278,'service','текстp','текстU',NULL,NULL,NULL,NULL,'текстLSdcA','reorganised',1,NULL,-9223372036854775808);
INSERT INTO "organisation" VALUES(4070721077526396403,'partner','текстHcWA','текстNagrY','текстKдqx',3919212611066734475,'текстzhSг','town','текстcxqL','active',0,7308360786939913,NULL);
CREATE TABLE organisation_alias (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    spelling TEXT NOT NULL,
    normal TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    UNIQUE (normal, scope)
) STRICT;
INSERT INTO "organisation_alias" VALUES(3794940646676581183,7308360786939913,'текстf','текстVkj','текстvunL');
CREATE TABLE organisation_code (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    system TEXT NOT NULL CHECK (system IN ('fisoko', 'msu', 'oo', 'inn', 'ogrn', 'own')),
    value TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) STRICT;
INSERT INTO "organisation_code" VALUES(4177618818023961994,3846404558222830976,'fisoko','текстEfsб','текстeZeE','текстajsm');
CREATE TABLE organisation_distance (
    id INTEGER PRIMARY KEY,
    first_id INTEGER NOT NULL REFERENCES organisation(id),
    second_id INTEGER NOT NULL REFERENCES organisation(id),
    km INTEGER CHECK (km >= 0),
    minutes INTEGER CHECK (minutes >= 0),
    CHECK (first_id < second_id),
    UNIQUE (first_id, second_id)
) STRICT;
INSERT INTO "organisation_distance" VALUES(3539696210644252010,3846404558222830976,4070721077526396403,9223372036854775807,NULL);
CREATE TABLE organisation_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position INTEGER
) STRICT;
INSERT INTO "organisation_group" VALUES(785776587812832216,'текстxh',NULL);
CREATE TABLE organisation_group_member (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES organisation_group(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (group_id, organisation_id)
) STRICT;
INSERT INTO "organisation_group_member" VALUES(1278033764924827262,785776587812832216,3846404558222830976);
CREATE TABLE organisation_link (
    id INTEGER PRIMARY KEY,
    predecessor_id INTEGER NOT NULL REFERENCES organisation(id),
    successor_id INTEGER NOT NULL REFERENCES organisation(id),
    on_date TEXT,
    act TEXT,
    CHECK (predecessor_id <> successor_id)
) STRICT;
INSERT INTO "organisation_link" VALUES(4028352089176606153,7308360786939913,3938320522257757724,'текстаW',NULL);
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
INSERT INTO "organisation_tie" VALUES(1678388169536103816,3938320522257757724,1925360366146230573,0,NULL,3,'agreed','текст',NULL,'текстUcEl',NULL);
CREATE TABLE organisation_year (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    school_year INTEGER NOT NULL,
    pupils INTEGER CHECK (pupils >= 0),
    teachers INTEGER CHECK (teachers >= 0),
    UNIQUE (organisation_id, school_year)
) STRICT;
INSERT INTO "organisation_year" VALUES(1712678645937618273,3938320522257757724,-1,NULL,9223372036854775807);
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
INSERT INTO "outgoing_paper" VALUES(2830021951087317534,9223372036854775807,'текст','текст','текстJLвyO','87e44c615b5d7634ce9f219d06dbfc0c4f9e84d4adc3af6ed03d6f33bdf69e16',3235671097122669055,'withdrawn','текствVG','текстMGWz',NULL);
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
INSERT INTO "paper_file" VALUES(3115822315668843596,2830021951087317534,'scan','текстEoaR','107a65c05ac6ab7b7b05081fe17c671d5515769961eab72401056b1c87970705','текстzNаN','текстdgX','текстQQ','текстtH');
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    full_name TEXT NOT NULL,
    position TEXT,
    phone TEXT,
    email TEXT,
    name_cases TEXT,
    note TEXT
) STRICT;
INSERT INTO "person" VALUES(1708734211913702842,'текстPAr','текстC','текстаFxt','текстLI','текстDhSlв','текстFбxU');
INSERT INTO "person" VALUES(3304673814123930932,'текст',NULL,'текстdSqxt','текстNRRQK',NULL,'текстгUWб');
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
INSERT INTO "programme" VALUES(1027296340300603239,'school',7308360786939913,'complex','текст',-9223372036854775808,883,'текстkXl',NULL,NULL,'tasks',137,2026,NULL,3362699719349867312,'текст',NULL,NULL,'текстe','текстG',NULL,166968805918396133,'текстCt',NULL,'текстбMrsS','79a33f1811e8d5f392056d82a5c23443e3564c74beb064154549e3f872c479c2',NULL);
INSERT INTO "programme" VALUES(1477208853351927655,'municipal',3846404558222830976,'programme','текстpoEX',1,184,'текстZ','текстcsmw','текстBCST','tasks',569,-9223372036854775808,3362699719349867312,NULL,'текстOв','текстkD',NULL,NULL,NULL,'текстYaT',2190003804602773708,'текстG','текстxmhCC','текстoвox','16d349de4fb6753e5ed0b29f900e6692d30cbeccf2e00c7248326f50eaae4db6','текстXkXJ');
INSERT INTO "programme" VALUES(3362699719349867312,'municipal',NULL,'programme','текстQu',-1,9223372036854775807,NULL,'текстk','текстrO','tasks',916,-1,NULL,NULL,'текстUJ',NULL,'текстc',NULL,NULL,'текстFEW',NULL,'текстo','текстгbN','текстo','6953f1f9f0eff6a3af5fef5d43154be839b204f7a3dfc763628a715718696854','текстB');
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
INSERT INTO "programme_activity" VALUES(4571248622432960896,2978243296399022711,'текстiBN','текстe',NULL,2233245157982609330,NULL,'текст','all',1,0);
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
INSERT INTO "programme_block" VALUES(2973978969525465159,1027296340300603239,1,'accepted','текстlh','текстGг','текстBanX','текстLDд',NULL,NULL);
CREATE TABLE programme_direction (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL
) STRICT;
INSERT INTO "programme_direction" VALUES(780795960267480393,3362699719349867312,9007199254740993,'текстF');
INSERT INTO "programme_direction" VALUES(2233245157982609330,3362699719349867312,576,'текстaFG');
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
INSERT INTO "programme_estimate" VALUES(2112082648361038621,2978243296399022711,9007199254740993,2026,'текстMM','текст','текстODk',9007199254740993,'текстd',NULL,'текстwBD');
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
INSERT INTO "programme_indicator" VALUES(894289107823344740,2978243296399022711,'текстаS','down',NULL,'текстdMгF','текстtQw',NULL,'текстCj','текстQBii','текстS','текстXffci','текстww',3304673814123930932,'текстjB',NULL);
CREATE TABLE programme_link (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    kind TEXT NOT NULL CHECK (kind IN ('serves', 'solves', 'after')),
    source_id INTEGER NOT NULL REFERENCES programme_node(id),
    target_id INTEGER NOT NULL REFERENCES programme_node(id),
    UNIQUE (kind, source_id, target_id),
    CHECK (source_id <> target_id)
) STRICT;
INSERT INTO "programme_link" VALUES(303823694011119026,1027296340300603239,'solves',2978243296399022711,3727584837561956208);
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
INSERT INTO "programme_mechanism" VALUES(3206061274929979696,1027296340300603239,-9223372036854775808,'текстHc','текстN','текстdgXK',1708734211913702842,579611996860805270,3459732908975055063);
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
INSERT INTO "programme_money" VALUES(188591595757878839,3727584837561956208,283,'текстmZX','текстEpj',9223372036854775807,NULL);
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
INSERT INTO "programme_monitor" VALUES(4489415603144958967,1027296340300603239,-9223372036854775808,'текстQma','текстгYV','текстTE','текстg','текстWzP');
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
INSERT INTO "programme_node" VALUES(1064852203011110980,1027296340300603239,2978243296399022711,'risk',-1,'текстyga',9007199254740993,'conditions','текстqb','текстcez',NULL,'текст');
INSERT INTO "programme_node" VALUES(1712271801020562692,3362699719349867312,2978243296399022711,'cause',803,'текстap',-9223372036854775808,NULL,'текстJNGY','текстtXcj','текст','текстj');
INSERT INTO "programme_node" VALUES(2978243296399022711,3362699719349867312,NULL,'indicator',9223372036854775807,'текстVo',974,'result',NULL,'текст','текстmuLG','текстjifuQ');
INSERT INTO "programme_node" VALUES(3727584837561956208,1027296340300603239,2978243296399022711,'goal',9223372036854775807,'текстv',9007199254740993,'process',NULL,NULL,'текстg','текстIP');
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
INSERT INTO "programme_party" VALUES(3991906476063573188,1027296340300603239,-9223372036854775808,'текстJq',NULL,'текст','текстWy',NULL,'agreed');
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
INSERT INTO "programme_remark" VALUES(2936441574878724984,1027296340300603239,3991906476063573188,3727584837561956208,'текстn','текстdz','текстo',NULL,'open','текстrSN');
CREATE TABLE programme_resource (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('works', 'develop', 'absent')),
    text TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    effect TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "programme_resource" VALUES(612444614507907830,1027296340300603239,0,'develop','текстEbn','текстfqJlt','текстC');
CREATE TABLE programme_responsible (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    person_id INTEGER REFERENCES person(id),
    body_id INTEGER REFERENCES body(id),
    organisation_id INTEGER REFERENCES organisation(id)
) STRICT;
INSERT INTO "programme_responsible" VALUES(2289553427384177001,2978243296399022711,-9223372036854775808,'текстFyR',1708734211913702842,NULL,3459732908975055063);
CREATE TABLE programme_result (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "programme_result" VALUES(2758776779213233389,2978243296399022711,9007199254740993,'текстVgSi');
CREATE TABLE programme_school (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    organisation_id INTEGER NOT NULL REFERENCES organisation(id),
    UNIQUE (node_id, organisation_id)
) STRICT;
INSERT INTO "programme_school" VALUES(3100049003929404555,3727584837561956208,1925360366146230573);
CREATE TABLE programme_silence (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    rule TEXT NOT NULL,
    node_id INTEGER REFERENCES programme_node(id),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "programme_silence" VALUES(447610500383061097,1027296340300603239,'текстQq',3727584837561956208,'текстHhR');
CREATE TABLE programme_stakeholder (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    interest TEXT NOT NULL DEFAULT '',
    part TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "programme_stakeholder" VALUES(3696654602611020581,3362699719349867312,0,'текстTxe','текстeIt','текст');
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
INSERT INTO "programme_target" VALUES(209120028462208679,1712271801020562692,1,'текстusRY','текстs','текстSmвrE','текстBXSin',NULL,'текстj');
CREATE TABLE programme_term (
    id INTEGER PRIMARY KEY,
    node_id INTEGER NOT NULL REFERENCES programme_node(id),
    position INTEGER NOT NULL,
    date_from TEXT NOT NULL,
    date_to TEXT NOT NULL,
    typed INTEGER NOT NULL DEFAULT 0 CHECK (typed IN (0, 1)),
    CHECK (date_from <= date_to)
) STRICT;
INSERT INTO "programme_term" VALUES(384719991882427447,1064852203011110980,2026,'текстZJNMb','текстmBVв',0);
CREATE TABLE programme_text (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programme(id),
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('typed', 'derived')),
    figures TEXT,
    UNIQUE (programme_id, key)
) STRICT;
INSERT INTO "programme_text" VALUES(289180453576728331,1477208853351927655,'текст','текстXCг','typed','текстz');
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
INSERT INTO "reference_text" VALUES(1545852668874881086,'текстcWDJt','текстNOP','текстvвoqb','текстJL','текстQj','текстKSz');
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
INSERT INTO "road_map_item" VALUES(3061747132926165256,'текст',1,1285514077192081117,'текст',NULL,'текстDвkcW','текстyzGb','текстxZjES',NULL,'текстqtO','текстnE',NULL);
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
INSERT INTO "school_project" VALUES(3031916550046796931,4042761081347708278,-9223372036854775808,'текстeU','текстtyOP','municipal',NULL,NULL,'текстdHг',NULL);
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
INSERT INTO "school_sheet" VALUES(4217037462555765157,3938320522257757724,2026,2830021951087317534,'текстOSrWh','текстOb',NULL,NULL,NULL);
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
INSERT INTO "score_count" VALUES(1442109665913486099,NULL,3919212611066734475,3838052206191417806,0,1,'test',0,'текстrYSN',1,2762430873677631617,'текстhGYaб',-1,-1,'текстDI');
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
INSERT INTO "setting" VALUES(2629908250817905435,'текстPHг','текстMSwбx');
INSERT INTO "setting" VALUES(6927459105458938711,'municipality','Тестовый район');
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO "snapshot" VALUES(166968805918396133,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T05:02:10+00:00');
INSERT INTO "snapshot" VALUES(1162720909351182815,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T05:02:10+00:00');
INSERT INTO "snapshot" VALUES(2190003804602773708,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T05:02:10+00:00');
INSERT INTO "snapshot" VALUES(3235671097122669055,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T05:02:10+00:00');
INSERT INTO "snapshot" VALUES(3374510945350312028,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T05:02:10+00:00');
INSERT INTO "snapshot" VALUES(3593147887846161183,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T05:02:10+00:00');
INSERT INTO "snapshot" VALUES(4505891190131553735,'test','{}','0000000000000000000000000000000000000000000000000000000000000000','2026-11-23T05:02:10+00:00');
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
INSERT INTO "source_document" VALUES(321684887552614093,'текстdz','текстN','текстIl',NULL,'текст','78f3e28149fd07e861f84f2354bb1c117f701cc3670e23161e3e8f2af02006dd','текстDPj','текстIn');
INSERT INTO "source_document" VALUES(785783836065745025,'текстwда','текстeHJoB','текстqWбwh','текстаVAin',NULL,NULL,'текст','текстLcxU');
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
INSERT INTO "survey_answer" VALUES(3885923170813572024,4197193970956184402,'текст','текстcqrбб','текст','текстSDYбu',NULL);
CREATE TABLE survey_remark (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    item_id TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER
) STRICT;
INSERT INTO "survey_remark" VALUES(3742771800804731267,4496673474587664039,'текст','текстRm',0);
CREATE TABLE survey_respondent (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    position INTEGER NOT NULL
) STRICT;
INSERT INTO "survey_respondent" VALUES(3265067227835396345,4496673474587664039,-1);
INSERT INTO "survey_respondent" VALUES(4197193970956184402,4496673474587664039,101);
CREATE TABLE survey_sheet (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES form_round(id),
    subject_id INTEGER NOT NULL REFERENCES form_subject(id),
    held_on TEXT,
    given_out INTEGER CHECK (given_out >= 0),
    note TEXT,
    import_file_id INTEGER REFERENCES form_file(id)
) STRICT;
INSERT INTO "survey_sheet" VALUES(3085385828664162520,2549496176358035417,3884818221130918512,'текстDllVn',NULL,NULL,493162634920841355);
INSERT INTO "survey_sheet" VALUES(3839236033416608317,3297856488752381505,1168647984990814372,NULL,9223372036854775807,'текстj',493162634920841355);
INSERT INTO "survey_sheet" VALUES(4496673474587664039,3297856488752381505,600956783186677143,'текстu',9223372036854775807,'текстEe',493162634920841355);
CREATE TABLE survey_tally (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES survey_sheet(id),
    item_id TEXT NOT NULL,
    choice TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    UNIQUE (sheet_id, item_id, choice)
) STRICT;
INSERT INTO "survey_tally" VALUES(2230872051948908660,3839236033416608317,'текстoRboB','текстaб',1);
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
INSERT INTO "task_count" VALUES(2964175752078220156,1701923674948554439,NULL,3838052206191417806,-9223372036854775808,1,'текст',2,675,NULL,'текстSXqh',1,9223372036854775807,NULL,0,2762430873677631617,'текстjo',-9223372036854775808,452,'текстcHг');
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
CREATE TRIGGER opora_data_explanation_i AFTER INSERT ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_data_explanation_u AFTER UPDATE ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."code" IS NOT NEW."code" OR OLD."subject" IS NOT NEW."subject" OR OLD."figures" IS NOT NEW."figures" OR OLD."text" IS NOT NEW."text" OR OLD."actor" IS NOT NEW."actor" OR OLD."created_at" IS NOT NEW."created_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', OLD.id, 'U', json_object('id', OLD."id", 'code', OLD."code", 'subject', OLD."subject", 'figures', OLD."figures", 'text', OLD."text", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_data_explanation_d AFTER DELETE ON "data_explanation" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'data_explanation', OLD.id, 'D', json_object('id', OLD."id", 'code', OLD."code", 'subject', OLD."subject", 'figures', OLD."figures", 'text', OLD."text", 'actor', OLD."actor", 'created_at', OLD."created_at")); END;
CREATE TRIGGER opora_data_explanation_key BEFORE UPDATE OF id ON "data_explanation" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_donor_capacity_i AFTER INSERT ON "donor_capacity" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'donor_capacity', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_donor_capacity_u AFTER UPDATE ON "donor_capacity" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."capacity" IS NOT NEW."capacity" OR OLD."consent" IS NOT NEW."consent" OR OLD."note" IS NOT NEW."note") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'donor_capacity', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'capacity', OLD."capacity", 'consent', OLD."consent", 'note', OLD."note")); END;
CREATE TRIGGER opora_donor_capacity_d AFTER DELETE ON "donor_capacity" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'donor_capacity', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'capacity', OLD."capacity", 'consent', OLD."consent", 'note', OLD."note")); END;
CREATE TRIGGER opora_donor_capacity_key BEFORE UPDATE OF id ON "donor_capacity" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
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
CREATE TRIGGER opora_journal_count_u AFTER UPDATE ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."total" IS NOT NEW."total" OR OLD."lowered" IS NOT NEW."lowered" OR OLD."confirmed" IS NOT NEW."confirmed" OR OLD."raised" IS NOT NEW."raised" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells" OR OLD."autumn" IS NOT NEW."autumn") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'total', OLD."total", 'lowered', OLD."lowered", 'confirmed', OLD."confirmed", 'raised', OLD."raised", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'autumn', OLD."autumn")); END;
CREATE TRIGGER opora_journal_count_d AFTER DELETE ON "journal_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'journal_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'total', OLD."total", 'lowered', OLD."lowered", 'confirmed', OLD."confirmed", 'raised', OLD."raised", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'autumn', OLD."autumn")); END;
CREATE TRIGGER opora_journal_count_key BEFORE UPDATE OF id ON "journal_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
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
CREATE TRIGGER opora_metric_value_i AFTER INSERT ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_metric_value_u AFTER UPDATE ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."school_year" IS NOT NEW."school_year" OR OLD."metric" IS NOT NEW."metric" OR OLD."part" IS NOT NEW."part" OR OLD."whole" IS NOT NEW."whole" OR OLD."exact" IS NOT NEW."exact" OR OLD."raw" IS NOT NEW."raw" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells" OR OLD."form_case_id" IS NOT NEW."form_case_id" OR OLD."form_file_id" IS NOT NEW."form_file_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'part', OLD."part", 'whole', OLD."whole", 'exact', OLD."exact", 'raw', OLD."raw", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'form_case_id', OLD."form_case_id", 'form_file_id', OLD."form_file_id")); END;
CREATE TRIGGER opora_metric_value_d AFTER DELETE ON "metric_value" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'metric_value', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'school_year', OLD."school_year", 'metric', OLD."metric", 'part', OLD."part", 'whole', OLD."whole", 'exact', OLD."exact", 'raw', OLD."raw", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells", 'form_case_id', OLD."form_case_id", 'form_file_id', OLD."form_file_id")); END;
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
CREATE TRIGGER opora_reference_text_i AFTER INSERT ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_reference_text_u AFTER UPDATE ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."ref_id" IS NOT NEW."ref_id" OR OLD."version" IS NOT NEW."version" OR OLD."text" IS NOT NEW."text" OR OLD."digest" IS NOT NEW."digest" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'ref_id', OLD."ref_id", 'version', OLD."version", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_reference_text_d AFTER DELETE ON "reference_text" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'reference_text', OLD.id, 'D', json_object('id', OLD."id", 'kind', OLD."kind", 'ref_id', OLD."ref_id", 'version', OLD."version", 'text', OLD."text", 'digest', OLD."digest", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_reference_text_key BEFORE UPDATE OF id ON "reference_text" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_road_map_item_i AFTER INSERT ON "road_map_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'road_map_item', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_road_map_item_u AFTER UPDATE ON "road_map_item" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."rule_id" IS NOT NEW."rule_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."activity" IS NOT NEW."activity" OR OLD."reason" IS NOT NEW."reason" OR OLD."conditions" IS NOT NEW."conditions" OR OLD."term" IS NOT NEW."term" OR OLD."date_from" IS NOT NEW."date_from" OR OLD."date_to" IS NOT NEW."date_to" OR OLD."responsible" IS NOT NEW."responsible" OR OLD."result" IS NOT NEW."result" OR OLD."position" IS NOT NEW."position") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'road_map_item', OLD.id, 'U', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'activity', OLD."activity", 'reason', OLD."reason", 'conditions', OLD."conditions", 'term', OLD."term", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'responsible', OLD."responsible", 'result', OLD."result", 'position', OLD."position")); END;
CREATE TRIGGER opora_road_map_item_d AFTER DELETE ON "road_map_item" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'road_map_item', OLD.id, 'D', json_object('id', OLD."id", 'rule_id', OLD."rule_id", 'result_year', OLD."result_year", 'organisation_id', OLD."organisation_id", 'activity', OLD."activity", 'reason', OLD."reason", 'conditions', OLD."conditions", 'term', OLD."term", 'date_from', OLD."date_from", 'date_to', OLD."date_to", 'responsible', OLD."responsible", 'result', OLD."result", 'position', OLD."position")); END;
CREATE TRIGGER opora_road_map_item_key BEFORE UPDATE OF id ON "road_map_item" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
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
CREATE TRIGGER opora_source_document_i AFTER INSERT ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_source_document_u AFTER UPDATE ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."issuer" IS NOT NEW."issuer" OR OLD."number" IS NOT NEW."number" OR OLD."dated" IS NOT NEW."dated" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."note" IS NOT NEW."note" OR OLD."added_at" IS NOT NEW."added_at") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', OLD.id, 'U', json_object('id', OLD."id", 'title', OLD."title", 'issuer', OLD."issuer", 'number', OLD."number", 'dated', OLD."dated", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'note', OLD."note", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_source_document_d AFTER DELETE ON "source_document" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'source_document', OLD.id, 'D', json_object('id', OLD."id", 'title', OLD."title", 'issuer', OLD."issuer", 'number', OLD."number", 'dated', OLD."dated", 'file_name', OLD."file_name", 'sha256', OLD."sha256", 'note', OLD."note", 'added_at', OLD."added_at")); END;
CREATE TRIGGER opora_source_document_key BEFORE UPDATE OF id ON "source_document" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
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
CREATE TRIGGER opora_survey_sheet_u AFTER UPDATE ON "survey_sheet" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."round_id" IS NOT NEW."round_id" OR OLD."subject_id" IS NOT NEW."subject_id" OR OLD."held_on" IS NOT NEW."held_on" OR OLD."given_out" IS NOT NEW."given_out" OR OLD."note" IS NOT NEW."note" OR OLD."import_file_id" IS NOT NEW."import_file_id") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_sheet', OLD.id, 'U', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'held_on', OLD."held_on", 'given_out', OLD."given_out", 'note', OLD."note", 'import_file_id', OLD."import_file_id")); END;
CREATE TRIGGER opora_survey_sheet_d AFTER DELETE ON "survey_sheet" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_sheet', OLD.id, 'D', json_object('id', OLD."id", 'round_id', OLD."round_id", 'subject_id', OLD."subject_id", 'held_on', OLD."held_on", 'given_out', OLD."given_out", 'note', OLD."note", 'import_file_id', OLD."import_file_id")); END;
CREATE TRIGGER opora_survey_sheet_key BEFORE UPDATE OF id ON "survey_sheet" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_survey_tally_i AFTER INSERT ON "survey_tally" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_tally', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_survey_tally_u AFTER UPDATE ON "survey_tally" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."sheet_id" IS NOT NEW."sheet_id" OR OLD."item_id" IS NOT NEW."item_id" OR OLD."choice" IS NOT NEW."choice" OR OLD."number" IS NOT NEW."number") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_tally', OLD.id, 'U', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'item_id', OLD."item_id", 'choice', OLD."choice", 'number', OLD."number")); END;
CREATE TRIGGER opora_survey_tally_d AFTER DELETE ON "survey_tally" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'survey_tally', OLD.id, 'D', json_object('id', OLD."id", 'sheet_id', OLD."sheet_id", 'item_id', OLD."item_id", 'choice', OLD."choice", 'number', OLD."number")); END;
CREATE TRIGGER opora_survey_tally_key BEFORE UPDATE OF id ON "survey_tally" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_task_count_i AFTER INSERT ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', NEW.id, 'I', NULL); END;
CREATE TRIGGER opora_task_count_u AFTER UPDATE ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 AND (OLD."id" IS NOT NEW."id" OR OLD."organisation_id" IS NOT NEW."organisation_id" OR OLD."area_id" IS NOT NEW."area_id" OR OLD."assessment_id" IS NOT NEW."assessment_id" OR OLD."result_year" IS NOT NEW."result_year" OR OLD."autumn" IS NOT NEW."autumn" OR OLD."task" IS NOT NEW."task" OR OLD."group_mark" IS NOT NEW."group_mark" OR OLD."max_points" IS NOT NEW."max_points" OR OLD."difficulty" IS NOT NEW."difficulty" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."participants" IS NOT NEW."participants" OR OLD."points" IS NOT NEW."points" OR OLD."skipped" IS NOT NEW."skipped" OR OLD."restored" IS NOT NEW."restored" OR OLD."import_file_id" IS NOT NEW."import_file_id" OR OLD."sheet" IS NOT NEW."sheet" OR OLD."row_from" IS NOT NEW."row_from" OR OLD."row_to" IS NOT NEW."row_to" OR OLD."cells" IS NOT NEW."cells") BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', OLD.id, 'U', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'task', OLD."task", 'group_mark', OLD."group_mark", 'max_points', OLD."max_points", 'difficulty', OLD."difficulty", 'outcome', OLD."outcome", 'participants', OLD."participants", 'points', OLD."points", 'skipped', OLD."skipped", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_task_count_d AFTER DELETE ON "task_count" WHEN (SELECT recording FROM journal_state) = 1 BEGIN INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES ((SELECT operation_id FROM journal_state), 'task_count', OLD.id, 'D', json_object('id', OLD."id", 'organisation_id', OLD."organisation_id", 'area_id', OLD."area_id", 'assessment_id', OLD."assessment_id", 'result_year', OLD."result_year", 'autumn', OLD."autumn", 'task', OLD."task", 'group_mark', OLD."group_mark", 'max_points', OLD."max_points", 'difficulty', OLD."difficulty", 'outcome', OLD."outcome", 'participants', OLD."participants", 'points', OLD."points", 'skipped', OLD."skipped", 'restored', OLD."restored", 'import_file_id', OLD."import_file_id", 'sheet', OLD."sheet", 'row_from', OLD."row_from", 'row_to', OLD."row_to", 'cells', OLD."cells")); END;
CREATE TRIGGER opora_task_count_key BEFORE UPDATE OF id ON "task_count" WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER opora_blob_frozen_u BEFORE UPDATE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_blob_frozen_d BEFORE DELETE ON "blob" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_u BEFORE UPDATE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
CREATE TRIGGER opora_snapshot_frozen_d BEFORE DELETE ON "snapshot" BEGIN SELECT RAISE(ABORT, 'frozen'); END;
COMMIT;
