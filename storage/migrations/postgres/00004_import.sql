-- +goose Up
-- An import shows by one row. prospects.batch: the change that brought it by
-- steps, 0 for none; while that change is open, the prospect is hidden. (Until
-- now an owner of '~change~rep' hid it.) changes.staged: it came by steps, and
-- its undo goes by steps.
DELETE FROM prospects WHERE owner >= '~';
DELETE FROM changes WHERE open = TRUE;
ALTER TABLE prospects ADD COLUMN batch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN staged BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX prospects_by_batch ON prospects (batch, id) WHERE batch > 0;
CREATE INDEX changes_open ON changes (id) WHERE open = TRUE;
-- With batch in them, counts and pages still need the index only.
DROP INDEX prospects_by_name;
DROP INDEX prospects_by_due;
CREATE INDEX prospects_by_name ON prospects (owner, name_key, id, state, batch);
CREATE INDEX prospects_by_due ON prospects (owner, due, id, state, batch);
