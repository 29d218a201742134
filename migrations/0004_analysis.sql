-- +goose Up

-- What the memories would give for documents, as counted at one moment.
CREATE TABLE analysis (
	id        INTEGER PRIMARY KEY,
	project   INTEGER NOT NULL REFERENCES project(id) ON DELETE CASCADE,
	account   INTEGER REFERENCES account(id) ON DELETE SET NULL,
	at        INTEGER NOT NULL,
	memories  TEXT    NOT NULL, -- JSON: names of the memories asked
	documents TEXT    NOT NULL  -- JSON: figures by document and band
) STRICT;
CREATE INDEX analysis_project ON analysis(project, id);
