-- A unit is one row: its languages, its texts, and a column for all that most
-- units do not have.
--
--   langs  BCP 47 tags divided by spaces, in the order of the texts: 'en fa'
--   texts  JSON array of strings, one per language
--   extra  '' or a JSON object of what is not empty: previous and next (source
--          texts of the neighbours), document (its name), codes (for each text
--          an array of rows [position in bytes, kind, id, type, data]), penalty
--          (points its matches lose), props (object of strings)
--
-- A unit shows when it is not in the trash and its import, if it came with one,
-- is ready.

-- +goose Up

DROP INDEX unit_memory;
DROP INDEX unit_batch;
DROP INDEX unit_segment;
ALTER TABLE unit RENAME TO unit_1;
ALTER TABLE variant RENAME TO variant_1;

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

INSERT INTO unit (id, memory, batch, segment, langs, texts, extra, author, state, kind, created, changed, deleted)
SELECT u.id, u.memory, coalesce(u.batch, 0), u.segment, v.langs, v.texts,
	CASE WHEN u.previous = '' AND u.next = '' AND u.document = '' AND u.props = '' AND v.coded = 0 THEN ''
	ELSE (SELECT json_group_object(part.key, CASE WHEN part.text THEN part.value ELSE json(part.value) END) FROM (
		SELECT 'previous' AS key, u.previous AS value, 1 AS text WHERE u.previous <> ''
		UNION ALL SELECT 'next', u.next, 1 WHERE u.next <> ''
		UNION ALL SELECT 'document', u.document, 1 WHERE u.document <> ''
		UNION ALL SELECT 'codes', v.codes, 0 WHERE v.coded = 1
		UNION ALL SELECT 'props', u.props, 0 WHERE u.props <> '') part)
	END,
	u.author, u.state, u.kind, u.created, u.changed, u.deleted
FROM unit_1 u JOIN (
	SELECT unit,
		group_concat(lang, ' ' ORDER BY lang) AS langs,
		json_group_array(text ORDER BY lang) AS texts,
		json_group_array(json(CASE codes WHEN '' THEN '[]' ELSE codes END) ORDER BY lang) AS codes,
		max(codes <> '') AS coded
	FROM variant_1 GROUP BY unit) v ON v.unit = u.id
ORDER BY u.id;

DROP TABLE variant_1;
DROP TABLE unit_1;

CREATE INDEX unit_memory ON unit(memory, deleted, id, batch);
CREATE INDEX unit_deleted ON unit(deleted) WHERE deleted > 0;
CREATE UNIQUE INDEX unit_segment ON unit(memory, segment) WHERE segment IS NOT NULL;

-- Ranges that hold the ids of an import's units; others may stand between them.
CREATE TABLE batch_part (
	batch INTEGER NOT NULL REFERENCES batch(id) ON DELETE CASCADE,
	first INTEGER NOT NULL,
	last  INTEGER NOT NULL,
	PRIMARY KEY (batch, first)
) STRICT, WITHOUT ROWID;
INSERT INTO batch_part (batch, first, last) SELECT batch, min(id), max(id) FROM unit WHERE batch > 0 GROUP BY batch;

-- How many units of a memory show.
ALTER TABLE memory ADD COLUMN units INTEGER NOT NULL DEFAULT 0;
UPDATE memory SET units = (SELECT count(*) FROM unit u WHERE u.memory = memory.id AND u.deleted = 0
	AND (u.batch = 0 OR u.batch IN (SELECT id FROM batch WHERE ready = 1)));

-- One user action over units of a memory, to take it back in one step. While it
-- is not ready it is under way; one left so by a crash is undone at the next
-- start.
CREATE TABLE memory_change (
	id      INTEGER PRIMARY KEY,
	memory  INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
	kind    TEXT    NOT NULL, -- replace, delete, deduplicate, undo …
	account INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at      INTEGER NOT NULL,
	ready   INTEGER NOT NULL DEFAULT 0,
	undone  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX memory_change_memory ON memory_change(memory, id);

-- Units as they were before a change of texts, state or deletion, with who
-- changed them then.
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
	change  INTEGER REFERENCES memory_change(id) ON DELETE SET NULL,
	PRIMARY KEY (unit, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_version_change ON unit_version(change) WHERE change IS NOT NULL;

-- How often a unit was taken into a translation, and when last.
CREATE TABLE unit_use (
	unit  INTEGER PRIMARY KEY REFERENCES unit(id) ON DELETE CASCADE,
	count INTEGER NOT NULL,
	last  INTEGER NOT NULL
) STRICT;

-- Marks that people give to units of a memory.
CREATE TABLE tag (
	id      INTEGER PRIMARY KEY,
	memory  INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
	name    TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX tag_name ON tag(memory, name);

CREATE TABLE unit_tag (
	unit INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
	tag  INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
	PRIMARY KEY (unit, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_tag_tag ON unit_tag(tag, unit);

-- Which units changed, in order of time, so that an index kept in a file can be
-- brought up to date. Trimmed once a file is on disk, but for the row the file
-- stands for: mark is random and tells that row from one of another copy of the
-- database.
CREATE TABLE unit_journal (
	seq   INTEGER PRIMARY KEY,
	first INTEGER NOT NULL, -- of the ids
	last  INTEGER NOT NULL,
	mark  INTEGER NOT NULL
) STRICT;
INSERT INTO unit_journal (seq, first, last, mark) VALUES (1, 0, 0, random() & 0x7fffffffffffffff);

-- A change of many segments may come in several transactions. While it is not
-- ready it is under way; one left so by a crash is undone at the next start.
ALTER TABLE change ADD COLUMN ready INTEGER NOT NULL DEFAULT 1;
