-- +goose Up
-- How often a message could not be made or was refused, apart from how often it
-- was claimed: one that is put back for the night has not failed.
ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
