-- +goose Up
-- What several replicas share. people: what Slack last said of who somebody
-- is, without names; changed: when that was last something else.
CREATE TABLE people (
  id       TEXT PRIMARY KEY CHECK (id <> ''),
  zone     TEXT NOT NULL,
  standing TEXT NOT NULL,
  changed  INTEGER NOT NULL
) STRICT;
CREATE INDEX people_by_change ON people (changed);

-- The processes that are up: until is renewed while they live.
CREATE TABLE replicas (
  name    TEXT PRIMARY KEY CHECK (name <> ''),
  sockets INTEGER NOT NULL,
  until   INTEGER NOT NULL
) STRICT;

-- Slack's budgets: the earliest even moment of the next call, and how long
-- Slack asked to wait.
CREATE TABLE paces (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  next INTEGER NOT NULL,
  held INTEGER NOT NULL
) STRICT;
