CREATE TABLE finding (
  finding BIGINT GENERATED ALWAYS AS IDENTITY,
  loan_id TEXT NOT NULL,
  posted_on DATE NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  actor TEXT NOT NULL,
  effective_on DATE NOT NULL,
  seq INTEGER NOT NULL,
  command TEXT NOT NULL,
  rule TEXT NOT NULL,
  outcome TEXT NOT NULL,
  message TEXT NOT NULL,
  citation TEXT NOT NULL,
  detail JSONB NOT NULL,
  CONSTRAINT finding_pkey PRIMARY KEY (finding)
);

CREATE INDEX finding_posted_on_finding_idx ON finding (posted_on, finding);

CREATE INDEX finding_loan_id_posted_on_finding_idx ON finding (loan_id, posted_on, finding);

CREATE INDEX finding_rule_posted_on_finding_idx ON finding (rule, posted_on, finding);

CREATE INDEX finding_outcome_posted_on_finding_idx ON finding (outcome, posted_on, finding);

CREATE INDEX finding_rule_outcome_posted_on_finding_idx
  ON finding (rule, outcome, posted_on, finding);

INSERT INTO finding (loan_id, posted_on, recorded_at, actor, effective_on, seq, command, rule,
                     outcome, message, citation, detail)
SELECT e.loan_id, e.posted_on, e.recorded_at, e.actor, e.effective_on, e.seq, '', used->>'rule',
       CASE used->>'outcome' WHEN 'warn' THEN 'warned' ELSE 'adjusted' END, '',
       coalesce(used->>'citation', ''),
       jsonb_build_object('figures', coalesce(used->'values', '{}'::jsonb))
FROM event AS e
CROSS JOIN LATERAL jsonb_array_elements(
  CASE WHEN position('"outcome"'::bytea IN e.body) > 0
       THEN convert_from(e.body, 'UTF8')::jsonb #> '{because,rules}' END) AS used
WHERE e.kind IN ('loan_booked', 'fee_assessed', 'fee_forgone', 'rate_reset')
  AND coalesce(used->>'outcome', 'pass') <> 'pass'
ORDER BY e.recorded_at, e.loan_id, e.seq;

GRANT SELECT, INSERT ON finding TO loanwright_app;
