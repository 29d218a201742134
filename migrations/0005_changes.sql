-- What a change of many units did besides what their versions tell: for people
-- who look at the list of changes, and to take it back.

-- +goose Up

ALTER TABLE memory_change ADD COLUMN detail TEXT NOT NULL DEFAULT ''; -- JSON object of what was asked for
ALTER TABLE memory_change ADD COLUMN units INTEGER NOT NULL DEFAULT 0; -- how many were changed
ALTER TABLE memory_change ADD COLUMN other INTEGER; -- the memory that units were moved into

-- The memory a unit was in before it was moved; null when it stayed.
ALTER TABLE unit_version ADD COLUMN memory INTEGER;

-- Tags that a change gave to units or took off them.
CREATE TABLE unit_tag_change (
	change INTEGER NOT NULL REFERENCES memory_change(id) ON DELETE CASCADE,
	unit   INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
	tag    INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
	added  INTEGER NOT NULL,
	PRIMARY KEY (change, unit, tag)
) STRICT, WITHOUT ROWID;
