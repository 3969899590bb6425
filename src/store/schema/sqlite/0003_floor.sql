ALTER TABLE chain ADD COLUMN latest_at INTEGER;

CREATE TABLE request_count (
  key BLOB PRIMARY KEY,
  times INTEGER NOT NULL,
  since_at INTEGER NOT NULL
) STRICT;

CREATE TABLE request_tally (
  key BLOB PRIMARY KEY,
  hour_at INTEGER NOT NULL,
  action TEXT NOT NULL,
  panel TEXT NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE CASCADE,
  ip TEXT NOT NULL,
  detail TEXT NOT NULL,
  times INTEGER NOT NULL
) STRICT;

CREATE INDEX request_tally_hour ON request_tally (hour_at);

CREATE INDEX request_tally_account ON request_tally (account_id) WHERE account_id IS NOT NULL;

ALTER TABLE stranger ADD COLUMN open_tries INTEGER;

ALTER TABLE stranger ADD COLUMN last_try_at INTEGER;

CREATE INDEX account_hash_cost ON account (substr(password_hash, 1, 35));

ALTER TABLE account ADD COLUMN set_up_clock_steps INTEGER;

ALTER TABLE account ADD COLUMN set_up_clock_at INTEGER;

CREATE TABLE revoked_link (
  token_hash BLOB PRIMARY KEY,
  revoked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX revoked_link_at ON revoked_link (revoked_at);

ALTER TABLE link ADD COLUMN operator_at INTEGER;

ALTER TABLE account ADD COLUMN factor_reset_at INTEGER;

ALTER TABLE access ADD COLUMN renewed_at INTEGER;

ALTER TABLE store ADD COLUMN backed_up_at INTEGER;

ALTER TABLE ticket ADD COLUMN panel_id INTEGER REFERENCES panel (id) ON DELETE CASCADE;

CREATE INDEX ticket_panel ON ticket (panel_id) WHERE panel_id IS NOT NULL;

ALTER TABLE session ADD COLUMN passed TEXT;

CREATE TABLE kept_answer (
  key BLOB PRIMARY KEY,
  request BLOB NOT NULL,
  answer BLOB NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE CASCADE,
  kept_at INTEGER NOT NULL
) STRICT;

CREATE INDEX kept_answer_at ON kept_answer (kept_at);

CREATE INDEX kept_answer_account ON kept_answer (account_id) WHERE account_id IS NOT NULL;
