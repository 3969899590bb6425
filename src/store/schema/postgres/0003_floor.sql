ALTER TABLE chain ADD COLUMN latest_at BIGINT;

CREATE TABLE request_count (
  key BYTEA PRIMARY KEY,
  times BIGINT NOT NULL,
  since_at BIGINT NOT NULL
);

CREATE TABLE request_tally (
  key BYTEA PRIMARY KEY,
  hour_at BIGINT NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  panel TEXT COLLATE "C" NOT NULL,
  account_id BIGINT REFERENCES account (id) ON DELETE CASCADE,
  ip TEXT COLLATE "C" NOT NULL,
  detail TEXT COLLATE "C" NOT NULL,
  times BIGINT NOT NULL
);

CREATE INDEX request_tally_hour ON request_tally (hour_at);

CREATE INDEX request_tally_account ON request_tally (account_id) WHERE account_id IS NOT NULL;

CREATE OR REPLACE FUNCTION audit_is_pruned_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF OLD.seq > (SELECT pruned_seq FROM admit.chain) THEN RAISE EXCEPTION ''the audit is append-only''; END IF; RETURN OLD; END';

ALTER TABLE stranger ADD COLUMN open_tries BIGINT;

ALTER TABLE stranger ADD COLUMN last_try_at BIGINT;

CREATE INDEX account_hash_cost ON account (substr(password_hash, 1, 35));

ALTER TABLE account ADD COLUMN set_up_clock_steps BIGINT;

ALTER TABLE account ADD COLUMN set_up_clock_at BIGINT;

CREATE TABLE revoked_link (
  token_hash BYTEA PRIMARY KEY,
  revoked_at BIGINT NOT NULL
);

CREATE INDEX revoked_link_at ON revoked_link (revoked_at);

ALTER TABLE link ADD COLUMN operator_at BIGINT;

ALTER TABLE account ADD COLUMN factor_reset_at BIGINT;

ALTER TABLE access ADD COLUMN renewed_at BIGINT;

ALTER TABLE store ADD COLUMN backed_up_at BIGINT;

ALTER TABLE ticket ADD COLUMN panel_id BIGINT REFERENCES panel (id) ON DELETE CASCADE;

CREATE INDEX ticket_panel ON ticket (panel_id) WHERE panel_id IS NOT NULL;

ALTER TABLE session ADD COLUMN passed TEXT COLLATE "C";

CREATE TABLE kept_answer (
  key BYTEA PRIMARY KEY,
  request BYTEA NOT NULL,
  answer BYTEA NOT NULL,
  account_id BIGINT REFERENCES account (id) ON DELETE CASCADE,
  kept_at BIGINT NOT NULL
);

CREATE INDEX kept_answer_at ON kept_answer (kept_at);

CREATE INDEX kept_answer_account ON kept_answer (account_id) WHERE account_id IS NOT NULL;
