CREATE TABLE api_key (
  key_id TEXT NOT NULL,
  secret_hash BYTEA NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT[] NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE,
  last_used_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT api_key_pkey PRIMARY KEY (key_id)
);

CREATE TABLE audit_log (
  entry BIGINT GENERATED ALWAYS AS IDENTITY,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail JSONB DEFAULT '{}' NOT NULL,
  CONSTRAINT audit_log_pkey PRIMARY KEY (entry)
);

CREATE TABLE boarding (
  boarding_id TEXT NOT NULL,
  content_hash BYTEA NOT NULL,
  product TEXT NOT NULL,
  state TEXT NOT NULL,
  rows INTEGER NOT NULL,
  actor TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  report BYTEA,
  CONSTRAINT boarding_pkey PRIMARY KEY (boarding_id)
);

CREATE TABLE borrower (
  borrower_id TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  search TEXT[] NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT borrower_pkey PRIMARY KEY (borrower_id)
);

CREATE INDEX borrower_search_idx ON borrower USING gin (search);

CREATE TABLE day_root (
  posted_on DATE NOT NULL,
  events BIGINT NOT NULL,
  root BYTEA NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT day_root_pkey PRIMARY KEY (posted_on)
);

CREATE TABLE definition (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  file TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  text TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT definition_pkey PRIMARY KEY (kind, name, version)
);

CREATE TABLE loan (
  loan_id TEXT NOT NULL,
  borrower_id TEXT NOT NULL,
  legal_entity_id TEXT NOT NULL,
  product TEXT NOT NULL,
  product_version INTEGER NOT NULL,
  currency TEXT NOT NULL,
  contract_date DATE NOT NULL,
  governing_state TEXT NOT NULL,
  external_id TEXT DEFAULT '' NOT NULL,
  metadata JSONB DEFAULT '{}' NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT loan_pkey PRIMARY KEY (loan_id)
);

CREATE INDEX loan_borrower_id_idx ON loan (borrower_id);

CREATE INDEX loan_external_id_idx ON loan (external_id) WHERE external_id <> '';

CREATE TABLE outbox (
  message BIGINT GENERATED ALWAYS AS IDENTITY,
  written_by xid8 DEFAULT pg_current_xact_id() NOT NULL,
  loan_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  topic TEXT NOT NULL,
  body JSONB NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  delivered_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT outbox_pkey PRIMARY KEY (message)
);

CREATE INDEX outbox_undelivered_idx ON outbox (message) WHERE delivered_at IS NULL;

CREATE TABLE quote (
  quote_id TEXT NOT NULL,
  product TEXT NOT NULL,
  product_version INTEGER NOT NULL,
  requested BYTEA NOT NULL,
  view BYTEA NOT NULL,
  expires_on DATE NOT NULL,
  actor TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT quote_pkey PRIMARY KEY (quote_id)
);

CREATE TABLE receipt (
  client TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash BYTEA NOT NULL,
  loan_id TEXT NOT NULL,
  body BYTEA NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT receipt_pkey PRIMARY KEY (client, key)
);

CREATE TABLE setting (
  name TEXT NOT NULL,
  value JSONB NOT NULL,
  CONSTRAINT setting_pkey PRIMARY KEY (name)
);

CREATE TABLE staff_user (
  user_id TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  roles TEXT[] NOT NULL,
  active BOOLEAN DEFAULT 'true' NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT staff_user_pkey PRIMARY KEY (user_id),
  CONSTRAINT staff_user_email_key UNIQUE (email)
);

CREATE TABLE boarding_row (
  boarding_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  loan_id TEXT NOT NULL,
  CONSTRAINT boarding_row_pkey PRIMARY KEY (boarding_id, line),
  CONSTRAINT boarding_row_boarding_id_fkey FOREIGN KEY(boarding_id) REFERENCES boarding (boarding_id)
);

CREATE INDEX boarding_row_external_id_idx ON boarding_row (external_id);

CREATE TABLE event (
  loan_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  effective_on DATE NOT NULL,
  posted_on DATE NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  actor TEXT NOT NULL,
  command_id TEXT NOT NULL,
  body BYTEA NOT NULL,
  recipe SMALLINT NOT NULL,
  hash BYTEA NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (loan_id, seq),
  CONSTRAINT event_loan_id_fkey FOREIGN KEY(loan_id) REFERENCES loan (loan_id)
);

CREATE INDEX event_posted_on_idx ON event (posted_on);

CREATE TABLE journal_entry (
  loan_id TEXT NOT NULL,
  entry INTEGER NOT NULL,
  event_seq INTEGER NOT NULL,
  effective_on DATE NOT NULL,
  posted_on DATE NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  title TEXT NOT NULL,
  CONSTRAINT journal_entry_pkey PRIMARY KEY (loan_id, entry),
  CONSTRAINT journal_entry_loan_id_fkey FOREIGN KEY(loan_id) REFERENCES loan (loan_id)
);

CREATE TABLE loan_state (
  loan_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state BYTEA NOT NULL,
  fingerprint TEXT NOT NULL,
  last_hash BYTEA NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  entries INTEGER NOT NULL,
  interest_booked BIGINT NOT NULL,
  booked_through DATE,
  CONSTRAINT loan_state_pkey PRIMARY KEY (loan_id),
  CONSTRAINT loan_state_loan_id_fkey FOREIGN KEY(loan_id) REFERENCES loan (loan_id)
);

CREATE TABLE position (
  loan_id TEXT NOT NULL,
  known_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_from DATE NOT NULL,
  known_until TIMESTAMP WITH TIME ZONE DEFAULT 'infinity' NOT NULL,
  valid_until DATE DEFAULT 'infinity' NOT NULL,
  next_boundary DATE,
  product TEXT NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL,
  principal BIGINT NOT NULL,
  carry_numerator NUMERIC NOT NULL,
  carry_denominator NUMERIC NOT NULL,
  anchor DATE NOT NULL,
  day_count TEXT NOT NULL,
  rounding TEXT NOT NULL,
  rate_numerator BIGINT NOT NULL,
  rate_denominator BIGINT NOT NULL,
  fees_owed BIGINT NOT NULL,
  unapplied_funds BIGINT NOT NULL,
  recovery_balance BIGINT NOT NULL,
  past_due_first_day BIGINT NOT NULL,
  past_due_after BIGINT NOT NULL,
  past_due_fees_first_day BIGINT NOT NULL,
  past_due_fees_after BIGINT NOT NULL,
  all_past_due_after DATE,
  oldest_unpaid_due_date DATE,
  next_due_date DATE,
  next_due_amount BIGINT NOT NULL,
  stage TEXT NOT NULL,
  CONSTRAINT position_pkey PRIMARY KEY (loan_id, known_from, valid_from),
  CONSTRAINT position_loan_id_fkey FOREIGN KEY(loan_id) REFERENCES loan (loan_id)
);

CREATE INDEX position_boundary_idx ON position (next_boundary) WHERE known_until = 'infinity' AND valid_until = 'infinity';

CREATE TABLE session (
  token_hash BYTEA NOT NULL,
  user_id TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT session_pkey PRIMARY KEY (token_hash),
  CONSTRAINT session_user_id_fkey FOREIGN KEY(user_id) REFERENCES staff_user (user_id)
);

CREATE TABLE posting (
  loan_id TEXT NOT NULL,
  entry INTEGER NOT NULL,
  line SMALLINT NOT NULL,
  role TEXT NOT NULL,
  account TEXT NOT NULL,
  amount BIGINT NOT NULL,
  CONSTRAINT posting_pkey PRIMARY KEY (loan_id, entry, line),
  CONSTRAINT posting_entry_fkey FOREIGN KEY(loan_id, entry) REFERENCES journal_entry (loan_id, entry)
);
