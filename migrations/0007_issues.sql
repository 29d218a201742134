-- +goose Up

-- How often the rules of a document's issues have changed since its segments
-- were counted by them; 0 when the counts are up to date. An upgrade may bring
-- new rules.
ALTER TABLE document ADD COLUMN outdated INTEGER NOT NULL DEFAULT 0;
UPDATE document SET outdated = 1;
CREATE INDEX document_outdated ON document(outdated) WHERE outdated > 0;
