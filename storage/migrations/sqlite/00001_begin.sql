-- +goose Up
-- Instants are Unix milliseconds (0 = none), days are YYYY-MM-DD ('' = none).
-- AUTOINCREMENT: an id, once given, is never given again.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY CHECK (key <> ''),
  value TEXT NOT NULL
) STRICT;

CREATE TABLE reps (
  id            TEXT PRIMARY KEY CHECK (id <> '' AND id < '~'),
  handle        TEXT NOT NULL,
  name          TEXT NOT NULL,
  company       TEXT NOT NULL,
  zone          TEXT NOT NULL,
  country       TEXT NOT NULL,
  working_days  INTEGER NOT NULL,
  from_minute   INTEGER NOT NULL,
  to_minute     INTEGER NOT NULL,
  days_off      TEXT NOT NULL CHECK (json_valid(days_off)),
  nudge_at      INTEGER NOT NULL,
  daily         INTEGER NOT NULL,
  paused        INTEGER NOT NULL CHECK (paused IN (0, 1)),
  paused_until  TEXT NOT NULL,
  why           TEXT NOT NULL,
  gone          INTEGER NOT NULL CHECK (gone IN (0, 1)),
  dm            TEXT NOT NULL,
  welcomed      INTEGER NOT NULL CHECK (welcomed IN (0, 1)),
  next_nudge    INTEGER NOT NULL,
  last_why      INTEGER NOT NULL,
  home_seen     INTEGER NOT NULL,
  last_change   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX reps_by_next_nudge ON reps (next_nudge, id) WHERE next_nudge > 0;

-- owner: '' once forgotten, '~change~rep' while an import is not finished.
-- due: a day, or 'never', which sorts behind all days.
CREATE TABLE prospects (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  owner         TEXT NOT NULL,
  added         INTEGER NOT NULL,
  name          TEXT NOT NULL,
  company       TEXT NOT NULL,
  title         TEXT NOT NULL,
  email         TEXT NOT NULL,
  phone         TEXT NOT NULL,
  linkedin      TEXT NOT NULL,
  line          TEXT NOT NULL CHECK (line IN ('', 'switchboard', 'mobile', 'direct')),
  email_bad     INTEGER NOT NULL CHECK (email_bad IN (0, 1)),
  phone_bad     INTEGER NOT NULL CHECK (phone_bad IN (0, 1)),
  industry      TEXT NOT NULL,
  zone          TEXT NOT NULL,
  level         TEXT NOT NULL CHECK (level IN ('', 'ic', 'manager', 'director', 'vp', 'c_suite')),
  purchase      TEXT NOT NULL CHECK (purchase IN ('', 'commodity', 'standard', 'capital')),
  urgency       TEXT NOT NULL CHECK (urgency IN ('', 'high', 'normal', 'low')),
  state         TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'snoozed', 'engaged', 'moved_on', 'won', 'stopped')),
  snoozed_until TEXT NOT NULL,
  away_until    TEXT NOT NULL,
  come_back     TEXT NOT NULL,
  next_ask      TEXT NOT NULL,
  asked         INTEGER NOT NULL,
  last_talk     TEXT NOT NULL,
  met_on        TEXT NOT NULL,
  next_meeting  TEXT NOT NULL,
  never_contact INTEGER NOT NULL CHECK (never_contact IN (0, 1)),
  stop_reason   TEXT NOT NULL,
  keeper_name   TEXT NOT NULL,
  keeper_said   TEXT NOT NULL,
  keeper_time   TEXT NOT NULL,
  keeper_shut   INTEGER NOT NULL CHECK (keeper_shut IN (0, 1)),
  keeper_since  TEXT NOT NULL,
  keeper_best   TEXT NOT NULL,
  warned        INTEGER NOT NULL,
  due           TEXT NOT NULL CHECK (due = 'never' OR due GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- Below: rewritten from the above and the children with every save.
  situation     TEXT NOT NULL,
  attempts      INTEGER NOT NULL,
  last_touch    TEXT NOT NULL,
  name_key      TEXT NOT NULL,
  company_key   TEXT NOT NULL,
  search_key    TEXT NOT NULL,
  email_key     TEXT NOT NULL,
  phone_key     TEXT NOT NULL,
  last_change   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX prospects_by_name    ON prospects (owner, name_key, id, state);
CREATE INDEX prospects_by_due     ON prospects (owner, due, id, state);
CREATE INDEX prospects_by_company ON prospects (company_key, name_key);
CREATE INDEX prospects_by_email   ON prospects (email_key) WHERE email_key <> '';
CREATE INDEX prospects_by_phone   ON prospects (phone_key) WHERE phone_key <> '';

CREATE TABLE facts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  prospect_id INTEGER NOT NULL REFERENCES prospects (id) ON DELETE CASCADE,
  pos         INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('research', 'said', 'introduction', 'trigger')),
  text        TEXT NOT NULL,
  on_day      TEXT NOT NULL
) STRICT;
CREATE INDEX facts_by_prospect ON facts (prospect_id, pos);

-- rep: whose touch it was then; a hand-over does not change it.
CREATE TABLE touches (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  prospect_id INTEGER NOT NULL REFERENCES prospects (id) ON DELETE CASCADE,
  pos         INTEGER NOT NULL,
  rep         TEXT NOT NULL,
  campaign    INTEGER NOT NULL,
  on_day      TEXT NOT NULL,
  at          INTEGER NOT NULL,
  channel     TEXT NOT NULL CHECK (channel IN ('call', 'voicemail', 'email', 'linkedin', 'text', 'in_person')),
  angle       TEXT NOT NULL,
  outcome     TEXT NOT NULL,
  subject     TEXT NOT NULL,
  text        TEXT NOT NULL,
  uses        TEXT NOT NULL CHECK (json_valid(uses)),
  variant     TEXT NOT NULL,
  attempt     INTEGER NOT NULL,
  due         TEXT NOT NULL,
  findings    TEXT NOT NULL CHECK (json_valid(findings)),
  -- Below: rewritten from the life with every save, for week and evidence.
  situation   TEXT NOT NULL,
  leads       INTEGER NOT NULL CHECK (leads IN (0, 1)),
  tried       INTEGER NOT NULL CHECK (tried IN (0, 1))
) STRICT;
CREATE INDEX touches_by_prospect ON touches (prospect_id, pos);
CREATE INDEX touches_by_day      ON touches (on_day, rep);
CREATE INDEX touches_tried       ON touches (situation, angle, on_day) WHERE tried = TRUE;

CREATE TABLE skips (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  prospect_id INTEGER NOT NULL REFERENCES prospects (id) ON DELETE CASCADE,
  pos         INTEGER NOT NULL,
  campaign    INTEGER NOT NULL,
  on_day      TEXT NOT NULL,
  reason      TEXT NOT NULL
) STRICT;
CREATE INDEX skips_by_prospect ON skips (prospect_id, pos);

CREATE TABLE campaigns (
  prospect_id INTEGER NOT NULL REFERENCES prospects (id) ON DELETE CASCADE,
  no          INTEGER NOT NULL,
  pos         INTEGER NOT NULL,
  rep         TEXT NOT NULL,
  situation   TEXT NOT NULL CHECK (situation IN ('cold', 'existing', 'dormant', 'met', 'blown_off', 'proposal')),
  starts      TEXT NOT NULL,
  ended       TEXT NOT NULL,
  ending      TEXT NOT NULL CHECK (ending IN ('', 'reply', 'moved_on', 'stopped', 'restarted')),
  reason      TEXT NOT NULL,
  answer      TEXT NOT NULL,
  angle       TEXT NOT NULL,
  channel     TEXT NOT NULL,
  attempt     INTEGER NOT NULL,
  early       INTEGER NOT NULL CHECK (early IN (0, 1)),
  last_tries  INTEGER NOT NULL CHECK (last_tries IN (0, 1)),
  PRIMARY KEY (prospect_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaigns_by_end  ON campaigns (ended, rep) WHERE ended <> '';
CREATE INDEX campaigns_in_last ON campaigns (rep) WHERE last_tries = TRUE AND ended = '';

CREATE TABLE declines (
  prospect_id INTEGER NOT NULL REFERENCES prospects (id) ON DELETE CASCADE,
  pos         INTEGER NOT NULL,
  angle       TEXT NOT NULL,
  variant     TEXT NOT NULL,
  PRIMARY KEY (prospect_id, pos)
) STRICT, WITHOUT ROWID;

CREATE TABLE nuggets (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('outcome', 'story', 'issue', 'resource')),
  text TEXT NOT NULL
) STRICT;

-- open: an import that is not finished. undoable: it has items.
CREATE TABLE changes (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  key       TEXT UNIQUE,
  rep       TEXT NOT NULL,
  label     TEXT NOT NULL,
  at        INTEGER NOT NULL,
  open      INTEGER NOT NULL CHECK (open IN (0, 1)),
  undoable  INTEGER NOT NULL CHECK (undoable IN (0, 1)),
  undone_at INTEGER NOT NULL DEFAULT 0,
  undoes    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX changes_by_rep ON changes (rep, id) WHERE undoable = TRUE;
CREATE INDEX changes_by_age ON changes (at);

-- before: the image to go back to; NULL when the change brought it into being.
CREATE TABLE change_items (
  change_id INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('prospect', 'rep', 'nugget', 'never')),
  ref       TEXT NOT NULL,
  before    TEXT CHECK (json_valid(before)),
  PRIMARY KEY (change_id, kind, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_items_by_ref ON change_items (kind, ref);

CREATE TABLE never_contact (
  hash TEXT PRIMARY KEY CHECK (hash <> ''),
  at   INTEGER NOT NULL
) STRICT;

CREATE TABLE seen (
  key TEXT PRIMARY KEY,
  at  INTEGER NOT NULL
) STRICT;
CREATE INDEX seen_by_age ON seen (at);

CREATE TABLE schedules (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  slot INTEGER NOT NULL
) STRICT;

CREATE TABLE leases (
  name   TEXT PRIMARY KEY CHECK (name <> ''),
  holder TEXT NOT NULL,
  until  INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  key         TEXT NOT NULL UNIQUE CHECK (key <> ''),
  kind        TEXT NOT NULL,
  rep         TEXT NOT NULL,
  day         TEXT NOT NULL,
  slot        TEXT NOT NULL,
  prospect    INTEGER NOT NULL,
  priority    INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'dropped')),
  attempts    INTEGER NOT NULL,
  looks       INTEGER NOT NULL,
  run_at      INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  worker      TEXT NOT NULL,
  channel     TEXT NOT NULL,
  ts          TEXT NOT NULL,
  why         TEXT NOT NULL DEFAULT '',
  change_id   INTEGER NOT NULL DEFAULT 0,
  dropped_by  INTEGER NOT NULL DEFAULT 0,
  ended_at    INTEGER NOT NULL DEFAULT 0,
  CHECK ((worker = '') = (lease_until = 0)),
  CHECK (state <> 'sending' OR worker <> ''),
  CHECK (state NOT IN ('sent', 'dropped') OR worker = '')
) STRICT;
CREATE INDEX outbox_due        ON outbox (run_at, id) WHERE state = 'pending' AND worker = '';
CREATE INDEX outbox_unknown    ON outbox (run_at, id) WHERE state = 'unknown';
CREATE INDEX outbox_leased     ON outbox (lease_until) WHERE lease_until > 0;
CREATE INDEX outbox_ended      ON outbox (ended_at) WHERE ended_at > 0;
CREATE INDEX outbox_by_rep     ON outbox (rep, kind, day);
CREATE INDEX outbox_by_person  ON outbox (prospect) WHERE prospect > 0;
CREATE INDEX outbox_queued_by  ON outbox (change_id) WHERE change_id > 0;
CREATE INDEX outbox_dropped_by ON outbox (dropped_by) WHERE dropped_by > 0;
