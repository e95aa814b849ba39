CREATE TABLE bulk_run (
  run_id TEXT NOT NULL,
  command BYTEA NOT NULL,
  command_name TEXT NOT NULL,
  narrowed JSONB NOT NULL,
  state TEXT NOT NULL,
  total INTEGER NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  beat_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT bulk_run_pkey PRIMARY KEY (run_id)
);

CREATE TABLE bulk_loan (
  run_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  loan_id TEXT NOT NULL,
  state TEXT NOT NULL,
  message TEXT DEFAULT '' NOT NULL,
  owed_before TEXT DEFAULT '' NOT NULL,
  owed_after TEXT DEFAULT '' NOT NULL,
  seq INTEGER DEFAULT 0 NOT NULL,
  CONSTRAINT bulk_loan_pkey PRIMARY KEY (run_id, place),
  CONSTRAINT bulk_loan_run_id_fkey FOREIGN KEY(run_id) REFERENCES bulk_run (run_id)
);

CREATE INDEX bulk_loan_run_id_state_place_idx ON bulk_loan (run_id, state, place);

GRANT SELECT, INSERT, UPDATE ON bulk_run, bulk_loan TO loanwright_app;
