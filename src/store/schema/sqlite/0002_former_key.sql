ALTER TABLE store ADD COLUMN former_key_id INTEGER;
