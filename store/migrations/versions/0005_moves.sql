CREATE TABLE move_plan (
  plan_id TEXT NOT NULL,
  product TEXT NOT NULL,
  to_version INTEGER NOT NULL,
  moved_on DATE NOT NULL,
  condition TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  author TEXT NOT NULL,
  approved_by TEXT DEFAULT '' NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT move_plan_pkey PRIMARY KEY (plan_id)
);

CREATE TABLE move_plan_loan (
  plan_id TEXT NOT NULL,
  loan_id TEXT NOT NULL,
  from_version INTEGER NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  consent TEXT DEFAULT '' NOT NULL,
  owed_before BIGINT NOT NULL,
  owed_after BIGINT NOT NULL,
  CONSTRAINT move_plan_loan_pkey PRIMARY KEY (plan_id, loan_id),
  CONSTRAINT move_plan_loan_plan_id_fkey FOREIGN KEY(plan_id) REFERENCES move_plan (plan_id)
);

GRANT SELECT, INSERT, UPDATE ON move_plan, move_plan_loan TO loanwright_app;
