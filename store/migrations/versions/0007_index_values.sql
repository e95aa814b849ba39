CREATE TABLE index_value (
  index_name TEXT NOT NULL,
  value_on DATE NOT NULL,
  recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
  value TEXT NOT NULL,
  known_on DATE NOT NULL,
  actor TEXT NOT NULL,
  CONSTRAINT index_value_pkey PRIMARY KEY (index_name, value_on, recorded_at)
);

CREATE INDEX event_reset_awaited_idx ON event (loan_id) WHERE kind = 'rate_reset_awaited';

ALTER TABLE position
  ALTER COLUMN rate_numerator TYPE NUMERIC,
  ALTER COLUMN rate_denominator TYPE NUMERIC;

GRANT SELECT, INSERT ON index_value TO loanwright_app;
