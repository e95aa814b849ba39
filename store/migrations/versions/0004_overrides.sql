CREATE TABLE override (
  override_id TEXT NOT NULL,
  loan_id TEXT NOT NULL,
  command BYTEA NOT NULL,
  refused BYTEA NOT NULL,
  reason TEXT NOT NULL,
  expires_on DATE NOT NULL,
  requested_by TEXT NOT NULL,
  requested_name TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  state TEXT NOT NULL,
  decided_by TEXT DEFAULT '' NOT NULL,
  decided_name TEXT DEFAULT '' NOT NULL,
  decided_at TIMESTAMP WITH TIME ZONE,
  note TEXT DEFAULT '' NOT NULL,
  used_on TEXT DEFAULT '' NOT NULL,
  CONSTRAINT override_pkey PRIMARY KEY (override_id)
);

CREATE INDEX override_open_idx ON override (state, recorded_at);

CREATE INDEX override_loan_id_idx ON override (loan_id);

GRANT SELECT, INSERT, UPDATE ON override TO loanwright_app;
