CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
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
, batch INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE facts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  prospect_id INTEGER NOT NULL REFERENCES prospects (id) ON DELETE CASCADE,
  pos         INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('research', 'said', 'introduction', 'trigger')),
  text        TEXT NOT NULL,
  on_day      TEXT NOT NULL
) STRICT;
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
CREATE TABLE skips (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  prospect_id INTEGER NOT NULL REFERENCES prospects (id) ON DELETE CASCADE,
  pos         INTEGER NOT NULL,
  campaign    INTEGER NOT NULL,
  on_day      TEXT NOT NULL,
  reason      TEXT NOT NULL
) STRICT;
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
, staged INTEGER NOT NULL DEFAULT 0 CHECK (staged IN (0, 1))) STRICT;
CREATE TABLE change_items (
  change_id INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('prospect', 'rep', 'nugget', 'never')),
  ref       TEXT NOT NULL,
  before    TEXT CHECK (json_valid(before)),
  PRIMARY KEY (change_id, kind, ref)
) STRICT, WITHOUT ROWID;
CREATE TABLE never_contact (
  hash TEXT PRIMARY KEY CHECK (hash <> ''),
  at   INTEGER NOT NULL
) STRICT;
CREATE TABLE seen (
  key TEXT PRIMARY KEY,
  at  INTEGER NOT NULL
) STRICT;
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
  ended_at    INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
  CHECK ((worker = '') = (lease_until = 0)),
  CHECK (state <> 'sending' OR worker <> ''),
  CHECK (state NOT IN ('sent', 'dropped') OR worker = '')
) STRICT;
CREATE TABLE people (
  id       TEXT PRIMARY KEY CHECK (id <> ''),
  zone     TEXT NOT NULL,
  standing TEXT NOT NULL,
  changed  INTEGER NOT NULL
) STRICT;
CREATE TABLE replicas (
  name    TEXT PRIMARY KEY CHECK (name <> ''),
  sockets INTEGER NOT NULL,
  until   INTEGER NOT NULL
) STRICT;
CREATE TABLE paces (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  next INTEGER NOT NULL,
  held INTEGER NOT NULL
) STRICT;
CREATE INDEX reps_by_next_nudge ON reps (next_nudge, id) WHERE next_nudge > 0;
CREATE INDEX prospects_by_company ON prospects (company_key, name_key);
CREATE INDEX prospects_by_email   ON prospects (email_key) WHERE email_key <> '';
CREATE INDEX prospects_by_phone   ON prospects (phone_key) WHERE phone_key <> '';
CREATE INDEX facts_by_prospect ON facts (prospect_id, pos);
CREATE INDEX touches_by_prospect ON touches (prospect_id, pos);
CREATE INDEX touches_by_day      ON touches (on_day, rep);
CREATE INDEX touches_tried       ON touches (situation, angle, on_day) WHERE tried = TRUE;
CREATE INDEX skips_by_prospect ON skips (prospect_id, pos);
CREATE INDEX campaigns_by_end  ON campaigns (ended, rep) WHERE ended <> '';
CREATE INDEX campaigns_in_last ON campaigns (rep) WHERE last_tries = TRUE AND ended = '';
CREATE INDEX changes_by_rep ON changes (rep, id) WHERE undoable = TRUE;
CREATE INDEX changes_by_age ON changes (at);
CREATE INDEX change_items_by_ref ON change_items (kind, ref);
CREATE INDEX seen_by_age ON seen (at);
CREATE INDEX outbox_due        ON outbox (run_at, id) WHERE state = 'pending' AND worker = '';
CREATE INDEX outbox_unknown    ON outbox (run_at, id) WHERE state = 'unknown';
CREATE INDEX outbox_leased     ON outbox (lease_until) WHERE lease_until > 0;
CREATE INDEX outbox_ended      ON outbox (ended_at) WHERE ended_at > 0;
CREATE INDEX outbox_by_rep     ON outbox (rep, kind, day);
CREATE INDEX outbox_by_person  ON outbox (prospect) WHERE prospect > 0;
CREATE INDEX outbox_queued_by  ON outbox (change_id) WHERE change_id > 0;
CREATE INDEX outbox_dropped_by ON outbox (dropped_by) WHERE dropped_by > 0;
CREATE INDEX people_by_change ON people (changed);
CREATE INDEX prospects_by_batch ON prospects (batch, id) WHERE batch > 0;
CREATE INDEX changes_open ON changes (id) WHERE open = TRUE;
CREATE INDEX prospects_by_name ON prospects (owner, name_key, id, state, batch);
CREATE INDEX prospects_by_due ON prospects (owner, due, id, state, batch);
CREATE INDEX reps_unplanned    ON reps (id) WHERE next_nudge = 0 AND gone = FALSE;
CREATE INDEX prospects_by_time ON prospects (owner, due) WHERE keeper_time <> '';
INSERT INTO goose_db_version VALUES ('1', '0', '1', '2026-11-22 07:39:10 +0000 UTC');
INSERT INTO goose_db_version VALUES ('2', '1', '1', '2026-11-22 07:39:10 +0000 UTC');
INSERT INTO goose_db_version VALUES ('3', '2', '1', '2026-11-22 07:39:10 +0000 UTC');
INSERT INTO goose_db_version VALUES ('4', '4', '1', '2026-11-22 07:39:10 +0000 UTC');
INSERT INTO goose_db_version VALUES ('5', '5', '1', '2026-11-22 07:39:10 +0000 UTC');
INSERT INTO goose_db_version VALUES ('6', '6', '1', '2026-11-22 07:39:10 +0000 UTC');
INSERT INTO meta VALUES ('workspace', 'T1');
INSERT INTO meta VALUES ('hello', 'you');
INSERT INTO reps VALUES ('UADA', 'ada', 'Ada Weber', 'Northwind', 'Europe/Berlin', 'DE', '62', '480', '1080', '[{"From":"2026-03-06","To":"2026-03-08"}]', '540', '12', '0', '', 'I help', '0', 'D1', '1', '1772442000000', '0', '0', '0');
INSERT INTO reps VALUES ('UBEN', '', '', '', 'UTC', '', '0', '0', '0', '[]', '0', '0', '0', '', '', '1', '', '0', '0', '0', '0', '0');
INSERT INTO prospects VALUES ('1', 'UADA', '1772438400000', 'Jané  O''Doe', 'Ärzte & Co GmbH', 'CFO', 'Jane@Acme.test', '+49 341 1234567', 'in/jane', 'switchboard', '1', '1', 'logistics', 'Europe/Berlin', 'c_suite', 'capital', 'low', 'active', '2026-03-05', '2026-03-06', '2026-06-01', '2026-03-09', '1', '2025-05-01', '2026-02-27', '2026-03-12', '1', 'none yet', 'Ana', 'try before 9', 'before 9', '1', '2026-02-11', '2026-02-12', '2', '2026-03-03', 'proposal', '1', '2026-02-24', 'jane odoe', 'arzte', ' jane odoe arzte co gmbh cfo ', 'jane@acme.test', '411234567', '1', '0');
INSERT INTO prospects VALUES ('2', 'UBEN', '1772438400000', 'Robert Ray', 'Beta', '', 'bob@beta.test', '', '', '', '0', '0', '', '', '', '', '', 'waiting', '', '', '', '', '0', '', '', '', '0', '', '', '', '', '0', '', '', '0', '2026-03-04', 'cold', '0', '', 'robert ray', 'beta', ' robert ray beta  ', 'bob@beta.test', '', '3', '0');
INSERT INTO facts VALUES ('1', '1', '0', 'research', 'opened a hub in Leipzig', '2026-02-05');
INSERT INTO facts VALUES ('2', '1', '1', 'said', 'onboarding takes six weeks', '');
INSERT INTO touches VALUES ('1', '1', '0', 'UADA', '1', '2026-02-10', '1770710400000', 'email', 'homework', 'sent', 'hub', 'Hello', '[{"Nugget":false,"ID":1},{"Nugget":true,"ID":2}]', 'homework/email/1', '1', '2026-02-10', '["generic"]', 'cold', '1', '1');
INSERT INTO touches VALUES ('2', '1', '1', 'UADA', '2', '2026-02-24', '1771920000000', 'call', '', 'no-answer', '', '', '[]', '', '1', '', '[]', 'proposal', '1', '0');
INSERT INTO skips VALUES ('1', '1', '0', '2', '2026-02-26', 'not-now');
INSERT INTO campaigns VALUES ('1', '1', '0', 'UADA', 'cold', '2026-02-10', '2026-02-20', 'restarted', 'new role', 'later', 'homework', 'email', '1', '1', '0');
INSERT INTO campaigns VALUES ('1', '2', '1', 'UADA', 'proposal', '2026-02-24', '', '', '', '', '', '', '0', '0', '1');
INSERT INTO campaigns VALUES ('2', '1', '0', 'UBEN', 'cold', '2026-03-04', '', '', '', '', '', '', '0', '0', '0');
INSERT INTO declines VALUES ('1', '0', 'either_way', 'either_way/email/1');
INSERT INTO declines VALUES ('1', '1', 'story', '');
INSERT INTO nuggets VALUES ('1', 'outcome', 'cut errors by a third');
INSERT INTO changes VALUES ('1', NULL, 'UADA', 'Added Jané  O''Doe', '1772438400000', '0', '1', '0', '0', '0');
INSERT INTO changes VALUES ('2', NULL, 'UADA', 'Added Bob Ray', '1772438400000', '0', '1', '0', '0', '0');
INSERT INTO changes VALUES ('3', NULL, 'UADA', 'Renamed Bob', '1772438400000', '0', '1', '0', '0', '0');
INSERT INTO change_items VALUES ('1', 'prospect', '1', NULL);
INSERT INTO change_items VALUES ('2', 'prospect', '2', NULL);
INSERT INTO change_items VALUES ('3', 'never', '612068617368', NULL);
INSERT INTO change_items VALUES ('3', 'nugget', '1', NULL);
INSERT INTO change_items VALUES ('3', 'prospect', '2', '{"Before":{"ID":2,"Owner":"UBEN","Added":"2026-03-02T08:00:00Z","Name":"Bob Ray","Company":"Beta","Title":"","Email":"bob@beta.test","Phone":"","LinkedIn":"","Line":"","EmailBad":false,"PhoneBad":false,"Industry":"","Zone":"","Level":"","Purchase":"","Urgency":"","State":"waiting","SnoozedUntil":"","AwayUntil":"","ComeBack":"","NextAsk":"","Asked":0,"LastTalk":"","MetOn":"","NextMeeting":"","NeverContact":false,"StopReason":"","Gatekeeper":{"Name":"","Said":"","BestTime":"","NoChance":false,"Since":"","BestOn":""},"Facts":null,"Touches":null,"Skips":null,"Campaigns":[{"No":1,"Situation":"cold","Starts":"2026-03-04","Ended":"","End":"","Reason":"","Answer":"","Angle":"","Channel":"","Attempt":0,"Early":false,"LastTries":false}],"Declined":null,"Warned":0,"Due":"2026-03-04"},"Touches":null,"Others":null,"LastChange":2}');
INSERT INTO never_contact VALUES ('612068617368', '1772438400000');
INSERT INTO seen VALUES ('Ev1', '1772438400000');
INSERT INTO outbox VALUES ('1', 'nudge:UADA:1', 'nudge', 'UADA', '2026-03-02', '', '0', '0', 'pending', '0', '0', '1772438400000', '0', '', '', '', '', '3', '0', '0', '0');
INSERT INTO sqlite_sequence VALUES ('goose_db_version', '6');
INSERT INTO sqlite_sequence VALUES ('changes', '3');
INSERT INTO sqlite_sequence VALUES ('prospects', '2');
INSERT INTO sqlite_sequence VALUES ('facts', '2');
INSERT INTO sqlite_sequence VALUES ('touches', '2');
INSERT INTO sqlite_sequence VALUES ('skips', '1');
INSERT INTO sqlite_sequence VALUES ('outbox', '1');
INSERT INTO sqlite_sequence VALUES ('nuggets', '1');
