ALTER TABLE chain ADD COLUMN latest_at INTEGER;

ALTER TABLE stranger ADD COLUMN open_tries INTEGER;

ALTER TABLE stranger ADD COLUMN last_try_at INTEGER;

CREATE INDEX account_hash_cost ON account (substr(password_hash, 1, 35));
