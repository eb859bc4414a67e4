-- +goose Up
-- What several replicas share. people: what Slack last said of who somebody
-- is, without names; changed: when that was last something else.
CREATE TABLE people (
  id       TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  zone     TEXT COLLATE "C" NOT NULL,
  standing TEXT COLLATE "C" NOT NULL,
  changed  BIGINT NOT NULL
);
CREATE INDEX people_by_change ON people (changed);

-- The processes that are up: until is renewed while they live. This table and
-- the next are worth nothing after a crash of the server, so they need not
-- wait for its disk.
CREATE UNLOGGED TABLE replicas (
  name    TEXT COLLATE "C" PRIMARY KEY CHECK (name <> ''),
  sockets BIGINT NOT NULL,
  until   BIGINT NOT NULL
);

-- Slack's budgets: the earliest even moment of the next call, and how long
-- Slack asked to wait.
CREATE UNLOGGED TABLE paces (
  name TEXT COLLATE "C" PRIMARY KEY CHECK (name <> ''),
  next BIGINT NOT NULL,
  held BIGINT NOT NULL
);
