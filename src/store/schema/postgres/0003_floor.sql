ALTER TABLE chain ADD COLUMN latest_at BIGINT;

CREATE OR REPLACE FUNCTION audit_is_pruned_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF OLD.seq > (SELECT pruned_seq FROM admit.chain) THEN RAISE EXCEPTION ''the audit is append-only''; END IF; RETURN OLD; END';
