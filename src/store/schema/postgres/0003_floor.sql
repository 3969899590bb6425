ALTER TABLE chain ADD COLUMN latest_at BIGINT;

ALTER TABLE stranger ADD COLUMN open_tries BIGINT;

ALTER TABLE stranger ADD COLUMN last_try_at BIGINT;

CREATE INDEX account_hash_cost ON account (substr(password_hash, 1, 35));
