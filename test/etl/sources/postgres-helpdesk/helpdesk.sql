-- The tables that this source reads, and a role that may read them and nothing else.
CREATE SCHEMA helpdesk;

CREATE TABLE helpdesk.tickets (
  id bigint PRIMARY KEY,
  requester text,
  topic text NOT NULL,
  channel text NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  answered_by text NOT NULL,
  confidence numeric,
  tags text[] NOT NULL DEFAULT '{}',
  details jsonb,
  is_test boolean NOT NULL DEFAULT false,
  updated_at timestamptz NOT NULL
);
CREATE INDEX ON helpdesk.tickets (updated_at);

CREATE TABLE helpdesk.ratings (
  id bigint PRIMARY KEY,
  ticket_id bigint NOT NULL REFERENCES helpdesk.tickets,
  asked_at timestamptz NOT NULL,
  answered_at timestamptz,
  stars smallint
);

CREATE ROLE oversight_reader LOGIN PASSWORD 'reader-s3cret';
GRANT USAGE ON SCHEMA helpdesk TO oversight_reader;
GRANT SELECT ON helpdesk.tickets, helpdesk.ratings TO oversight_reader;
