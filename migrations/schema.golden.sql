CREATE TABLE account (
	id        INTEGER PRIMARY KEY,
	login     TEXT    NOT NULL,
	login_key TEXT    NOT NULL UNIQUE, -- login, case folded
	name      TEXT    NOT NULL,
	password  TEXT    NOT NULL,        -- argon2id in PHC form; '' cannot log in
	admin     INTEGER NOT NULL DEFAULT 0,
	disabled  INTEGER NOT NULL DEFAULT 0,
	locale    TEXT    NOT NULL DEFAULT '',
	created   INTEGER NOT NULL,
	seen      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE analysis (
	id        INTEGER PRIMARY KEY,
	project   INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	account   INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at        INTEGER NOT NULL,
	memories  TEXT    NOT NULL, -- JSON: names of the memories asked
	documents TEXT    NOT NULL  -- JSON: figures by document and band
) STRICT;

CREATE TABLE audit (
	id      INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	account INTEGER, -- no reference: the row outlives the account
	who     TEXT    NOT NULL,
	project INTEGER,
	action  TEXT    NOT NULL,
	object  TEXT    NOT NULL DEFAULT '',
	detail  TEXT    NOT NULL DEFAULT '',
	addr    TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE batch (
	id     INTEGER PRIMARY KEY,
	memory INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
	ready  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE batch_part (
	batch INTEGER NOT NULL REFERENCES batch(id) ON DELETE CASCADE,
	first INTEGER NOT NULL,
	last  INTEGER NOT NULL,
	PRIMARY KEY (batch, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE block (
	id       INTEGER PRIMARY KEY,
	document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
	key      TEXT    NOT NULL,
	position INTEGER NOT NULL,
	note     TEXT    NOT NULL DEFAULT '',
	live     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE change (
	id       INTEGER PRIMARY KEY,
	document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
	kind     TEXT    NOT NULL, -- propagate, pretranslate, update, undo
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at       INTEGER NOT NULL,
	undone   INTEGER NOT NULL DEFAULT 0
, ready INTEGER NOT NULL DEFAULT 1, term_change INTEGER REFERENCES term_change(id) ON DELETE SET NULL) STRICT;

CREATE TABLE concept (
	id       INTEGER PRIMARY KEY,
	glossary INTEGER NOT NULL REFERENCES glossary(id) ON DELETE CASCADE,
	type     TEXT    NOT NULL,
	note     TEXT    NOT NULL DEFAULT '',
	changed  INTEGER NOT NULL,
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL, -- who changed it last
	deleted  INTEGER NOT NULL DEFAULT 0
, key      TEXT    NOT NULL DEFAULT '', domain   TEXT    NOT NULL DEFAULT '', keep     INTEGER NOT NULL DEFAULT 0, see      TEXT    NOT NULL DEFAULT '', props    TEXT    NOT NULL DEFAULT '', revision INTEGER NOT NULL DEFAULT 1, pending  INTEGER, search   TEXT    NOT NULL DEFAULT '') STRICT;

CREATE TABLE concept_version (
	concept  INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE,
	revision INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	action   TEXT    NOT NULL, -- add, change, delete, restore, revert, import, merge, approve, reject, undo
	reason   TEXT    NOT NULL DEFAULT '',
	data     TEXT    NOT NULL, -- JSON of the concept after it
	change   INTEGER REFERENCES glossary_change(id),
	PRIMARY KEY (concept, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE dismissal (
	segment INTEGER NOT NULL REFERENCES segment(id) ON DELETE CASCADE,
	target  TEXT    NOT NULL, -- the text it was decided for
	code    TEXT    NOT NULL, -- of the issue
	mark    TEXT    NOT NULL, -- side and text the issue points at
	reason  TEXT    NOT NULL,
	account INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at      INTEGER NOT NULL,
	PRIMARY KEY (segment, code, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
	id      INTEGER PRIMARY KEY,
	project INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	name    TEXT    NOT NULL,
	format  TEXT    NOT NULL,
	charset TEXT    NOT NULL DEFAULT '',
	seq     INTEGER NOT NULL DEFAULT 0,
	created INTEGER NOT NULL,
	account INTEGER REFERENCES account(id) ON DELETE SET NULL,
	deleted INTEGER NOT NULL DEFAULT 0
, date INTEGER NOT NULL DEFAULT 0, outdated INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE glossary (
	id      INTEGER PRIMARY KEY,
	name    TEXT    NOT NULL,
	home    INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	created INTEGER NOT NULL,
	deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE glossary_change (
	id       INTEGER PRIMARY KEY,
	glossary INTEGER NOT NULL REFERENCES glossary(id) ON DELETE CASCADE,
	kind     TEXT    NOT NULL, -- import, merge, undo
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at       INTEGER NOT NULL,
	ready    INTEGER NOT NULL DEFAULT 1,
	undone   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE job (
	id       INTEGER PRIMARY KEY,
	project  INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	kind     TEXT    NOT NULL,
	name     TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	done     INTEGER NOT NULL DEFAULT 0,
	total    INTEGER NOT NULL DEFAULT 0,
	result   TEXT    NOT NULL DEFAULT '', -- JSON: counts, or code and arguments of the error
	created  INTEGER NOT NULL,
	finished INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE link (
	hash    TEXT    PRIMARY KEY,
	kind    TEXT    NOT NULL, -- setup, password
	account INTEGER REFERENCES account(id) ON DELETE CASCADE,
	expires INTEGER NOT NULL
) STRICT;

CREATE TABLE login_failure (
	id      INTEGER PRIMARY KEY,
	login   TEXT    NOT NULL, -- folded, whether the account exists or not
	network TEXT    NOT NULL,
	at      INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
	project INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
	role    TEXT    NOT NULL CHECK (role IN ('manager','reviewer','translator','viewer')),
	PRIMARY KEY (project, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE memory (
	id      INTEGER PRIMARY KEY,
	name    TEXT    NOT NULL,
	home    INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	created INTEGER NOT NULL,
	deleted INTEGER NOT NULL DEFAULT 0
, units INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE memory_change (
	id      INTEGER PRIMARY KEY,
	memory  INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
	kind    TEXT    NOT NULL, -- replace, delete, deduplicate, undo …
	account INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at      INTEGER NOT NULL,
	ready   INTEGER NOT NULL DEFAULT 0,
	undone  INTEGER NOT NULL DEFAULT 0
, detail TEXT NOT NULL DEFAULT '', units INTEGER NOT NULL DEFAULT 0, other INTEGER, term_change INTEGER REFERENCES term_change(id) ON DELETE SET NULL) STRICT;

CREATE TABLE original (
	id       INTEGER PRIMARY KEY,
	document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
	sha256   TEXT    NOT NULL,
	size     INTEGER NOT NULL,
	created  INTEGER NOT NULL,
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	data     BLOB    NOT NULL
) STRICT;

CREATE TABLE override (
	segment  INTEGER NOT NULL REFERENCES segment(id) ON DELETE CASCADE,
	revision INTEGER NOT NULL, -- of the segment, that was approved
	position INTEGER NOT NULL,
	code     TEXT    NOT NULL,
	term     TEXT    NOT NULL, -- as it stands in the text
	expected TEXT    NOT NULL,
	PRIMARY KEY (segment, revision, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
	id          INTEGER PRIMARY KEY,
	name        TEXT    NOT NULL,
	source_lang TEXT    NOT NULL, -- BCP 47
	target_lang TEXT    NOT NULL,
	settings    TEXT    NOT NULL, -- JSON
	srx         TEXT    NOT NULL DEFAULT '', -- segmentation rules of its own; '' for ours
	created     INTEGER NOT NULL,
	archived    INTEGER NOT NULL DEFAULT 0,
	deleted     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE project_glossary (
	project  INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	glossary INTEGER NOT NULL REFERENCES glossary(id) ON DELETE CASCADE,
	position INTEGER NOT NULL,
	PRIMARY KEY (project, glossary)
) STRICT, WITHOUT ROWID;

CREATE TABLE project_memory (
	project   INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	memory    INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
	can_read  INTEGER NOT NULL DEFAULT 1,
	can_write INTEGER NOT NULL DEFAULT 0,
	penalty   INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (project, memory)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal (
	id       INTEGER PRIMARY KEY,
	glossary INTEGER NOT NULL REFERENCES glossary(id) ON DELETE CASCADE,
	concept  INTEGER REFERENCES concept(id) ON DELETE CASCADE, -- null for a new one, until it is approved
	revision INTEGER NOT NULL DEFAULT 0, -- of the concept, that it was written for
	data     TEXT    NOT NULL,           -- JSON of the concept as proposed
	comment  TEXT    NOT NULL DEFAULT '',
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at       INTEGER NOT NULL,
	state    TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open','approved','rejected','withdrawn')),
	reason   TEXT    NOT NULL DEFAULT '',
	decider  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	decided  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE segment (
	id           INTEGER PRIMARY KEY,
	document     INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
	block        INTEGER NOT NULL REFERENCES block(id) ON DELETE CASCADE,
	position     INTEGER NOT NULL, -- in the document, from 0
	source       TEXT    NOT NULL,
	source_codes TEXT    NOT NULL DEFAULT '',
	source_key   TEXT    NOT NULL, -- match key: equal for repetitions
	words        INTEGER NOT NULL,
	lead         TEXT    NOT NULL DEFAULT '',
	trail        TEXT    NOT NULL DEFAULT '',
	target       TEXT    NOT NULL DEFAULT '',
	target_codes TEXT    NOT NULL DEFAULT '',
	state        TEXT    NOT NULL CHECK (state IN ('new','draft','translated','rejected','approved')),
	revision     INTEGER NOT NULL DEFAULT 0,
	account      INTEGER REFERENCES account(id) ON DELETE SET NULL, -- who wrote the target
	changed      INTEGER NOT NULL DEFAULT 0,
	filled       INTEGER NOT NULL DEFAULT 0,  -- score of the match that filled it, unedited since
	filled_by    TEXT    NOT NULL DEFAULT '', -- kind of that match
	reason       TEXT    NOT NULL DEFAULT '', -- while rejected
	errors       INTEGER NOT NULL DEFAULT 0,  -- issues as last checked
	warnings     INTEGER NOT NULL DEFAULT 0,
	seq          INTEGER NOT NULL DEFAULT 0,  -- of the document at the last change
	live         INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE session (
	hash    TEXT    PRIMARY KEY,
	handle  TEXT    NOT NULL UNIQUE,   -- public name, to list and end it
	account INTEGER REFERENCES account(id) ON DELETE CASCADE, -- null before log-in
	data    BLOB    NOT NULL,
	created INTEGER NOT NULL,
	seen    INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	addr    TEXT    NOT NULL DEFAULT '',
	agent   TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE tag (
	id      INTEGER PRIMARY KEY,
	memory  INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
	name    TEXT    NOT NULL
) STRICT;

CREATE TABLE "term" (
	concept     INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE,
	position    INTEGER NOT NULL,
	lang        TEXT    NOT NULL,
	text        TEXT    NOT NULL,
	status      TEXT    NOT NULL CHECK (status IN ('preferred','admitted','forbidden','proposed')),
	case_rule   TEXT    NOT NULL,
	pos         TEXT    NOT NULL DEFAULT '',
	note        TEXT    NOT NULL DEFAULT '',
	source      TEXT    NOT NULL DEFAULT '', -- where it was found
	valid_from  INTEGER NOT NULL DEFAULT 0,  -- first day it holds; 0 for always
	valid_until INTEGER NOT NULL DEFAULT 0,  -- last day it holds; 0 for ever
	props       TEXT    NOT NULL DEFAULT '', -- JSON object
	PRIMARY KEY (concept, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE term_change (
	id       INTEGER PRIMARY KEY,
	project  INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE, -- where it was asked for
	concept  INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE,
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at       INTEGER NOT NULL,
	undone   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE term_rejection (
	project INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	key     TEXT    NOT NULL, -- folded
	text    TEXT    NOT NULL,
	account INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at      INTEGER NOT NULL,
	PRIMARY KEY (project, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
	id      INTEGER PRIMARY KEY,
	memory  INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
	batch   INTEGER NOT NULL DEFAULT 0, -- the import it came with, 0 for none
	segment INTEGER,                    -- the segment it was confirmed in; null when imported
	langs   TEXT    NOT NULL,
	texts   TEXT    NOT NULL,
	extra   TEXT    NOT NULL DEFAULT '',
	author  TEXT    NOT NULL DEFAULT '',
	state   TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	created INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1, -- counts the changes; former ones are in unit_version
	deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE unit_journal (
	seq   INTEGER PRIMARY KEY,
	first INTEGER NOT NULL, -- of the ids
	last  INTEGER NOT NULL,
	mark  INTEGER NOT NULL
) STRICT;

CREATE TABLE unit_tag (
	unit INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
	tag  INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
	PRIMARY KEY (unit, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_tag_change (
	change INTEGER NOT NULL REFERENCES memory_change(id) ON DELETE CASCADE,
	unit   INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
	tag    INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
	added  INTEGER NOT NULL,
	PRIMARY KEY (change, unit, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_use (
	unit  INTEGER PRIMARY KEY REFERENCES unit(id) ON DELETE CASCADE,
	count INTEGER NOT NULL,
	last  INTEGER NOT NULL
) STRICT;

CREATE TABLE unit_version (
	unit    INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
	version INTEGER NOT NULL,
	langs   TEXT    NOT NULL,
	texts   TEXT    NOT NULL,
	extra   TEXT    NOT NULL,
	author  TEXT    NOT NULL,
	state   TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	changed INTEGER NOT NULL,
	deleted INTEGER NOT NULL,
	action  TEXT    NOT NULL, -- what ended this version
	account INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at      INTEGER NOT NULL,
	change  INTEGER REFERENCES memory_change(id) ON DELETE SET NULL, memory INTEGER,
	PRIMARY KEY (unit, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
	segment   INTEGER NOT NULL REFERENCES segment(id) ON DELETE CASCADE,
	revision  INTEGER NOT NULL,
	target    TEXT    NOT NULL,
	codes     TEXT    NOT NULL DEFAULT '',
	state     TEXT    NOT NULL,
	account   INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at        INTEGER NOT NULL,
	action    TEXT    NOT NULL,
	reason    TEXT    NOT NULL DEFAULT '', -- of a rejection or an override
	filled    INTEGER NOT NULL DEFAULT 0,
	filled_by TEXT    NOT NULL DEFAULT '',
	change    INTEGER REFERENCES change(id),
	PRIMARY KEY (segment, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX analysis_project ON analysis(project, id);

CREATE INDEX audit_project ON audit(project, id);

CREATE INDEX batch_memory ON batch(memory);

CREATE UNIQUE INDEX block_key ON block(document, key);

CREATE INDEX change_term ON change(term_change) WHERE term_change IS NOT NULL;

CREATE INDEX concept_glossary ON concept(glossary, id);

CREATE INDEX concept_search ON concept(glossary, deleted, search);

CREATE INDEX concept_unsearched ON concept(id) WHERE search = '';

CREATE INDEX concept_version_change ON concept_version(change) WHERE change IS NOT NULL;

CREATE INDEX document_outdated ON document(outdated) WHERE outdated > 0;

CREATE INDEX document_project ON document(project);

CREATE INDEX glossary_change_glossary ON glossary_change(glossary);

CREATE INDEX glossary_home ON glossary(home);

CREATE INDEX job_project ON job(project, id);

CREATE INDEX login_failure_login ON login_failure(login, network, at);

CREATE INDEX login_failure_network ON login_failure(network, at);

CREATE INDEX member_account ON member(account);

CREATE INDEX memory_change_memory ON memory_change(memory, id);

CREATE INDEX memory_change_term ON memory_change(term_change) WHERE term_change IS NOT NULL;

CREATE INDEX memory_home ON memory(home);

CREATE INDEX original_document ON original(document, id);

CREATE INDEX project_glossary_glossary ON project_glossary(glossary);

CREATE INDEX project_memory_memory ON project_memory(memory);

CREATE INDEX proposal_concept ON proposal(concept) WHERE concept IS NOT NULL;

CREATE INDEX proposal_glossary ON proposal(glossary, state);

CREATE INDEX segment_block ON segment(block);

CREATE INDEX segment_document ON segment(document, live, position);

CREATE INDEX segment_key ON segment(source_key, document, live);

CREATE INDEX segment_progress ON segment(document, live, state, words);

CREATE INDEX session_account ON session(account);

CREATE INDEX session_expires ON session(expires);

CREATE UNIQUE INDEX tag_name ON tag(memory, name);

CREATE INDEX term_change_concept ON term_change(concept);

CREATE INDEX term_change_project ON term_change(project);

CREATE INDEX term_text ON term(text);

CREATE INDEX unit_deleted ON unit(deleted) WHERE deleted > 0;

CREATE INDEX unit_memory ON unit(memory, deleted, id, batch);

CREATE UNIQUE INDEX unit_segment ON unit(memory, segment) WHERE segment IS NOT NULL;

CREATE INDEX unit_tag_tag ON unit_tag(tag, unit);

CREATE INDEX unit_version_change ON unit_version(change) WHERE change IS NOT NULL;

CREATE INDEX version_change ON version(change) WHERE change IS NOT NULL;

