CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  identity BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  key_id INTEGER NOT NULL
) STRICT;

CREATE TABLE chain (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  pruned_seq INTEGER NOT NULL,
  pruned_hash BLOB NOT NULL
) STRICT;

CREATE TABLE store_setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE panel (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  trial_ends_at INTEGER
) STRICT;

CREATE TABLE panel_setting (
  panel_id INTEGER NOT NULL REFERENCES panel (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (panel_id, key)
) STRICT;

CREATE TABLE role (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE role_right (
  role_id INTEGER NOT NULL REFERENCES role (id) ON DELETE CASCADE,
  section TEXT NOT NULL,
  action TEXT NOT NULL,
  PRIMARY KEY (role_id, section, action)
) STRICT;

CREATE TABLE operator (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  panel_id INTEGER REFERENCES panel (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  reference BLOB NOT NULL UNIQUE,
  audit_key BLOB NOT NULL,
  address TEXT NOT NULL,
  address_key TEXT NOT NULL UNIQUE,
  name TEXT,
  name_key TEXT,
  phone TEXT,
  lang TEXT,
  created_at INTEGER NOT NULL,
  password_hash TEXT,
  password_set_at INTEGER,
  password_met_length INTEGER,
  password_voided_at INTEGER,
  wrong INTEGER NOT NULL,
  open_tries INTEGER NOT NULL,
  last_try_at INTEGER,
  round INTEGER NOT NULL,
  first_wrong_at INTEGER,
  last_wrong_at INTEGER,
  wrong_from TEXT,
  streak INTEGER NOT NULL,
  locked_at INTEGER,
  permanent_at INTEGER,
  locked_for TEXT,
  wrong_codes INTEGER NOT NULL,
  first_wrong_code_at INTEGER,
  last_wrong_code_at INTEGER,
  mail_barred_at INTEGER,
  disabled_at INTEGER,
  disabled_until INTEGER,
  disabled_reason TEXT,
  last_sign_in_at INTEGER
) STRICT;

CREATE INDEX account_locked ON account (address_key) WHERE locked_at IS NOT NULL;

CREATE INDEX account_disabled ON account (address_key) WHERE disabled_at IS NOT NULL;

CREATE TABLE access (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  panel_id INTEGER NOT NULL REFERENCES panel (id),
  role TEXT NOT NULL,
  granted_at INTEGER NOT NULL,
  until_at INTEGER,
  removed_at INTEGER,
  UNIQUE (account_id, panel_id)
) STRICT;

CREATE INDEX access_until ON access (until_at) WHERE until_at IS NOT NULL;

CREATE INDEX access_removed ON access (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  purpose TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  panel_id INTEGER NOT NULL REFERENCES panel (id),
  token_hash BLOB NOT NULL UNIQUE,
  key_id INTEGER NOT NULL,
  nonce BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER,
  superseded_at INTEGER
) STRICT;

CREATE INDEX link_account ON link (account_id);

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  purpose TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE INDEX ticket_account ON ticket (account_id);

CREATE INDEX ticket_over ON ticket (expires_at);

CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  panel_id INTEGER NOT NULL REFERENCES panel (id),
  token_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_why TEXT,
  ip TEXT
) STRICT;

CREATE INDEX session_account ON session (account_id);

CREATE TABLE sent_code (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  panel_id INTEGER NOT NULL REFERENCES panel (id) ON DELETE CASCADE,
  method TEXT NOT NULL,
  ticket_hash BLOB NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  code BLOB,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  used_at INTEGER,
  superseded_at INTEGER
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  panel_id INTEGER NOT NULL REFERENCES panel (id),
  link_id INTEGER REFERENCES link (id) ON DELETE SET NULL,
  code_id INTEGER REFERENCES sent_code (id) ON DELETE SET NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  message_id TEXT NOT NULL,
  state TEXT NOT NULL,
  queued_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  lease_until INTEGER,
  done_at INTEGER,
  detail TEXT,
  with_id INTEGER
) STRICT;

CREATE INDEX outbox_account ON outbox (account_id);

CREATE INDEX outbox_code ON outbox (code_id) WHERE code_id IS NOT NULL;

CREATE INDEX outbox_queued ON outbox (next_at) WHERE state = 'queued';

CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';

CREATE TABLE address_change (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  link_id INTEGER NOT NULL REFERENCES link (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  address_key TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX address_change_link ON address_change (link_id);

CREATE TABLE former_address (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  address_key TEXT NOT NULL,
  until_at INTEGER NOT NULL,
  UNIQUE (account_id, address_key)
) STRICT;

CREATE TABLE stranger (
  key BLOB PRIMARY KEY,
  tries INTEGER NOT NULL,
  since_at INTEGER NOT NULL
) STRICT;

CREATE TABLE stranger_tally (
  ip TEXT NOT NULL,
  panel TEXT NOT NULL,
  hour_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (ip, panel, hour_at)
) STRICT;

CREATE TABLE wrong_ip (
  id INTEGER PRIMARY KEY,
  panel_id INTEGER NOT NULL REFERENCES panel (id) ON DELETE CASCADE,
  ip BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX wrong_ip_ip ON wrong_ip (panel_id, ip, at);

CREATE INDEX wrong_ip_at ON wrong_ip (at);

CREATE TABLE second_factor (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  secret BLOB NOT NULL,
  last_step INTEGER NOT NULL,
  set_at INTEGER NOT NULL,
  used_at INTEGER,
  clock_steps INTEGER,
  clock_at INTEGER
) STRICT;

CREATE TABLE factor_offer (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  secret BLOB NOT NULL,
  holder BLOB NOT NULL,
  offered_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE backup_code (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  hash BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  UNIQUE (account_id, hash)
) STRICT;

CREATE INDEX sent_code_account ON sent_code (account_id, created_at);

CREATE INDEX sent_code_over ON sent_code (expires_at);

CREATE TABLE wrong_code (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX wrong_code_account ON wrong_code (account_id, at);

CREATE INDEX wrong_code_at ON wrong_code (at);

CREATE TABLE trusted_ip (
  id INTEGER PRIMARY KEY,
  panel_id INTEGER NOT NULL REFERENCES panel (id) ON DELETE CASCADE,
  account_id INTEGER REFERENCES account (id) ON DELETE CASCADE,
  network TEXT NOT NULL,
  note TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  code_entered_at INTEGER,
  last_used_at INTEGER,
  until_at INTEGER
) STRICT;

CREATE INDEX trusted_ip_network ON trusted_ip (panel_id, network);

CREATE INDEX trusted_ip_account ON trusted_ip (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  operator TEXT NOT NULL,
  action TEXT NOT NULL,
  panel TEXT,
  account BLOB,
  personal BLOB,
  detail TEXT,
  hash BLOB NOT NULL
) STRICT;

CREATE INDEX audit_account ON audit (account, seq) WHERE account IS NOT NULL;

CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit WHEN OLD.seq > (SELECT pruned_seq FROM chain) BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
