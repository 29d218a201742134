-- +goose Up

-- A term that was exchanged wherever it had been written: one action over
-- documents of several projects and over memories. Its parts are changes of
-- segments and of memories that name it.
CREATE TABLE term_change (
	id       INTEGER PRIMARY KEY,
	project  INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE, -- where it was asked for
	concept  INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE,
	account  INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at       INTEGER NOT NULL,
	undone   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX term_change_project ON term_change(project);
CREATE INDEX term_change_concept ON term_change(concept);

ALTER TABLE change ADD COLUMN term_change INTEGER REFERENCES term_change(id) ON DELETE SET NULL;
CREATE INDEX change_term ON change(term_change) WHERE term_change IS NOT NULL;
ALTER TABLE memory_change ADD COLUMN term_change INTEGER REFERENCES term_change(id) ON DELETE SET NULL;
CREATE INDEX memory_change_term ON memory_change(term_change) WHERE term_change IS NOT NULL;

-- Words that are not to be offered as terms of a project again.
CREATE TABLE term_rejection (
	project INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	key     TEXT    NOT NULL, -- folded
	text    TEXT    NOT NULL,
	account INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at      INTEGER NOT NULL,
	PRIMARY KEY (project, key)
) STRICT, WITHOUT ROWID;
