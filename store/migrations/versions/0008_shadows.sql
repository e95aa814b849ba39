CREATE TABLE shadow_run (
  shadow_id TEXT NOT NULL,
  product TEXT NOT NULL,
  version INTEGER NOT NULL,
  draft_id TEXT NOT NULL,
  text TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  began_on DATE NOT NULL,
  state TEXT NOT NULL,
  why TEXT DEFAULT '' NOT NULL,
  actor TEXT NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT shadow_run_pkey PRIMARY KEY (shadow_id)
);

CREATE INDEX shadow_run_running_idx ON shadow_run (product) WHERE state = 'running';

CREATE TABLE shadow_loan (
  shadow_id TEXT NOT NULL,
  loan_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  next_boundary DATE,
  known TEXT[] NOT NULL,
  moved BIGINT NOT NULL,
  fault TEXT DEFAULT '' NOT NULL,
  CONSTRAINT shadow_loan_pkey PRIMARY KEY (shadow_id, loan_id),
  CONSTRAINT shadow_loan_shadow_id_fkey FOREIGN KEY(shadow_id) REFERENCES shadow_run (shadow_id)
);

CREATE TABLE shadow_divergence (
  shadow_id TEXT NOT NULL,
  loan_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  found_on DATE NOT NULL,
  divergence BYTEA NOT NULL,
  CONSTRAINT shadow_divergence_pkey PRIMARY KEY (shadow_id, loan_id, number),
  CONSTRAINT shadow_divergence_shadow_id_fkey FOREIGN KEY(shadow_id) REFERENCES shadow_run (shadow_id)
);

CREATE INDEX shadow_divergence_shadow_id_found_on_idx ON shadow_divergence (shadow_id, found_on);

CREATE TABLE shadow_day (
  shadow_id TEXT NOT NULL,
  day DATE NOT NULL,
  loans INTEGER NOT NULL,
  divergences INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  CONSTRAINT shadow_day_pkey PRIMARY KEY (shadow_id, day),
  CONSTRAINT shadow_day_shadow_id_fkey FOREIGN KEY(shadow_id) REFERENCES shadow_run (shadow_id)
);

GRANT SELECT, INSERT, UPDATE ON shadow_run, shadow_loan, shadow_day TO loanwright_app;
GRANT SELECT, INSERT ON shadow_divergence TO loanwright_app;
