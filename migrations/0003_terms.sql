-- +goose Up

-- The whole model of concepts and terms, their history, proposals, what was
-- let pass in spite of the glossary, and the day of a document.

ALTER TABLE concept ADD COLUMN key      TEXT    NOT NULL DEFAULT '';
ALTER TABLE concept ADD COLUMN domain   TEXT    NOT NULL DEFAULT '';
ALTER TABLE concept ADD COLUMN keep     INTEGER NOT NULL DEFAULT 0;  -- do not translate
ALTER TABLE concept ADD COLUMN see      TEXT    NOT NULL DEFAULT ''; -- JSON list of keys
ALTER TABLE concept ADD COLUMN props    TEXT    NOT NULL DEFAULT ''; -- JSON object
ALTER TABLE concept ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE concept ADD COLUMN pending  INTEGER; -- the glossary_change that added it; it shows only while that is ready
-- All texts of the concept, folded, one a line, to search in and to sort by.
-- '' means that the program has still to write it.
ALTER TABLE concept ADD COLUMN search   TEXT    NOT NULL DEFAULT '';
CREATE INDEX concept_search ON concept(glossary, deleted, search);
CREATE INDEX concept_unsearched ON concept(id) WHERE search = '';

-- A CHECK can only be changed by making the table anew.
CREATE TABLE term_new (
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
INSERT INTO term_new (concept, position, lang, text, status, case_rule, pos)
SELECT concept, position, lang, text, status, case_rule, pos FROM term;
DROP TABLE term;
ALTER TABLE term_new RENAME TO term;
CREATE INDEX term_text ON term(text);

-- One action that touched many concepts, to take it back in one step. What is
-- not ready is an import on its way in, or a change on its way back.
CREATE TABLE glossary_change (
	id       INTEGER PRIMARY KEY,
	glossary INTEGER NOT NULL REFERENCES glossary(id) ON DELETE CASCADE,
	kind     TEXT    NOT NULL, -- import, merge, undo
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at       INTEGER NOT NULL,
	ready    INTEGER NOT NULL DEFAULT 1,
	undone   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX glossary_change_glossary ON glossary_change(glossary);

-- Every revision a concept ever had, the current one included.
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
CREATE INDEX concept_version_change ON concept_version(change) WHERE change IS NOT NULL;
INSERT INTO concept_version (concept, revision, at, account, action, data)
SELECT c.id, 1, c.changed, c.account, 'add', json_object('type', c.type, 'note', c.note, 'terms', json((
	SELECT json_group_array(json_object('lang', t.lang, 'text', t.text, 'status', t.status, 'case', t.case_rule, 'pos', t.pos)
		ORDER BY t.position)
	FROM term t WHERE t.concept = c.id)))
FROM concept c;

-- What somebody who may not edit terms would like them to be.
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
CREATE INDEX proposal_glossary ON proposal(glossary, state);
CREATE INDEX proposal_concept ON proposal(concept) WHERE concept IS NOT NULL;

-- The glossary errors an approval passed over, and which term each was about.
CREATE TABLE override (
	segment  INTEGER NOT NULL REFERENCES segment(id) ON DELETE CASCADE,
	revision INTEGER NOT NULL, -- of the segment, that was approved
	position INTEGER NOT NULL,
	code     TEXT    NOT NULL,
	term     TEXT    NOT NULL, -- as it stands in the text
	expected TEXT    NOT NULL,
	PRIMARY KEY (segment, revision, position)
) STRICT, WITHOUT ROWID;

-- The day a document is of: it chooses between terms that hold for a time.
ALTER TABLE document ADD COLUMN date INTEGER NOT NULL DEFAULT 0;
UPDATE document SET date = created - created % 86400000000;
