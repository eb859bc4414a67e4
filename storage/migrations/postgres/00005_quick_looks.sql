-- +goose Up
-- The minute's look at the clock finds by index who has no nudge planned, and
-- the morning finds those whose best time a gatekeeper told.
CREATE INDEX reps_unplanned    ON reps (id) WHERE next_nudge = 0 AND gone = FALSE;
CREATE INDEX prospects_by_time ON prospects (owner, due) WHERE keeper_time <> '';
