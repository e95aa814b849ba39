ALTER TABLE definition
  ADD COLUMN published_by TEXT DEFAULT '' NOT NULL,
  ADD COLUMN approved_by TEXT DEFAULT '' NOT NULL;

CREATE TABLE draft (
  draft_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  began_from TEXT NOT NULL,
  began_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  author TEXT NOT NULL,
  approved_by TEXT DEFAULT '' NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT draft_pkey PRIMARY KEY (draft_id)
);

CREATE INDEX draft_open_idx ON draft (kind, name) WHERE state <> 'published';

CREATE TABLE draft_entry (
  draft_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  comment TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT draft_entry_pkey PRIMARY KEY (draft_id, revision),
  CONSTRAINT draft_entry_draft_id_fkey FOREIGN KEY(draft_id) REFERENCES draft (draft_id)
);

CREATE TABLE definition_past (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  replaced_at TIMESTAMP WITH TIME ZONE NOT NULL,
  content_hash TEXT NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT definition_past_pkey PRIMARY KEY (kind, name, version, recorded_at)
);

CREATE TABLE retirement (
  product TEXT NOT NULL,
  version INTEGER NOT NULL,
  last_day DATE NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT retirement_pkey PRIMARY KEY (product, version)
);

CREATE TABLE effect_run (
  run_id TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  state TEXT NOT NULL,
  view BYTEA NOT NULL,
  beat_at TIMESTAMP WITH TIME ZONE NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT effect_run_pkey PRIMARY KEY (run_id)
);

CREATE INDEX effect_run_draft_id_idx ON effect_run (draft_id);

CREATE TABLE effect_loan (
  run_id TEXT NOT NULL,
  loan_id TEXT NOT NULL,
  moved BIGINT NOT NULL,
  effect BYTEA NOT NULL,
  CONSTRAINT effect_loan_pkey PRIMARY KEY (run_id, loan_id),
  CONSTRAINT effect_loan_run_id_fkey FOREIGN KEY(run_id) REFERENCES effect_run (run_id)
);

GRANT SELECT, INSERT ON effect_run, effect_loan TO loanwright_app;

GRANT UPDATE ON effect_run TO loanwright_app;

GRANT SELECT, INSERT ON draft, draft_entry, definition_past, retirement TO loanwright_app;

GRANT UPDATE ON draft TO loanwright_app;
