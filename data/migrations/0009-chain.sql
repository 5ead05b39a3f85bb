-- The audit as a chain: every row carries the SHA-256 of the row before it and of all of its own
-- columns, so that a row that is changed, taken out, put in or moved shows.  GPL-3.0-or-later.
--
-- A cut tail leaves a chain that is whole: reports print the last row's number and hash, and
-- `mso check --head` compares them. algorithm tells how the hash was made: 1 is SHA-256 over the
-- hash before, then each column in the order of audit_entry, each as its kind, length and bytes.
--
-- The private audit's rows are salted: its last hash is for all to see, and without a salt it
-- would tell whoever tries all salaries which one is in it.

DROP TRIGGER audit_is_kept;
DROP TRIGGER audit_private_is_kept;
DROP TRIGGER audit_tells_the_truth;
DROP TRIGGER audit_private_tells_the_truth;

ALTER TABLE audit ADD COLUMN algorithm INTEGER NOT NULL DEFAULT 1;
ALTER TABLE audit ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
ALTER TABLE audit_private ADD COLUMN algorithm INTEGER NOT NULL DEFAULT 1;
ALTER TABLE audit_private ADD COLUMN salt BLOB NOT NULL DEFAULT x'';
ALTER TABLE audit_private ADD COLUMN hash BLOB NOT NULL DEFAULT x'';

-- The rows that are there become the beginning of the chain.
UPDATE audit_private SET salt = randomblob (16);

WITH RECURSIVE chain (id, hash) AS (
	SELECT id, audit_hash (NULL, id, at, who, real_who, type, key, operation, before, after, algorithm)
	FROM audit WHERE id = (SELECT min(id) FROM audit)
	UNION ALL
	SELECT a.id, audit_hash (c.hash, a.id, a.at, a.who, a.real_who, a.type, a.key, a.operation,
	                         a.before, a.after, a.algorithm)
	FROM chain c JOIN audit a ON a.id = (SELECT min(n.id) FROM audit n WHERE n.id > c.id)
)
UPDATE audit SET hash = chain.hash FROM chain WHERE chain.id = audit.id;

WITH RECURSIVE chain (id, hash) AS (
	SELECT id, audit_hash (NULL, id, at, who, real_who, type, key, operation, before, after, algorithm,
	                       salt)
	FROM audit_private WHERE id = (SELECT min(id) FROM audit_private)
	UNION ALL
	SELECT a.id, audit_hash (c.hash, a.id, a.at, a.who, a.real_who, a.type, a.key, a.operation,
	                         a.before, a.after, a.algorithm, a.salt)
	FROM chain c JOIN audit_private a ON a.id = (SELECT min(n.id) FROM audit_private n WHERE n.id > c.id)
)
UPDATE audit_private SET hash = chain.hash FROM chain WHERE chain.id = audit_private.id;

CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END;
CREATE TRIGGER audit_private_is_kept BEFORE UPDATE ON audit_private BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END;

-- The next row is the one after the last, about whoever does it now, and carries the chain on.
CREATE TRIGGER audit_tells_the_truth BEFORE INSERT ON audit BEGIN
	SELECT RAISE (ABORT, 'audit-kept')
	WHERE NEW.who IS NOT actor() OR NEW.real_who IS NOT real_login() OR NEW.at IS NOT now()
	   OR NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
	   OR NEW.algorithm IS NOT 1
	   OR NEW.hash IS NOT audit_hash ((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), NEW.id, NEW.at,
	                                  NEW.who, NEW.real_who, NEW.type, NEW.key, NEW.operation, NEW.before,
	                                  NEW.after, NEW.algorithm);
END;
CREATE TRIGGER audit_private_tells_the_truth BEFORE INSERT ON audit_private BEGIN
	SELECT RAISE (ABORT, 'audit-kept')
	WHERE NEW.who IS NOT actor() OR NEW.real_who IS NOT real_login() OR NEW.at IS NOT now()
	   OR NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit_private)
	   OR NEW.algorithm IS NOT 1 OR length(NEW.salt) IS NOT 16
	   OR NEW.hash IS NOT audit_hash ((SELECT hash FROM audit_private ORDER BY id DESC LIMIT 1), NEW.id,
	                                  NEW.at, NEW.who, NEW.real_who, NEW.type, NEW.key, NEW.operation,
	                                  NEW.before, NEW.after, NEW.algorithm, NEW.salt);
END;

-- What the audit triggers of every table write to: number and hash follow by themselves. (No
-- subquery in a FROM: SQLite's authorizer would not be told within which trigger it reads.)
CREATE VIEW audit_entry AS
	SELECT id, at, who, real_who, type, key, operation, before, after, algorithm FROM audit;
CREATE TRIGGER audit_entry_carries_on INSTEAD OF INSERT ON audit_entry BEGIN
	INSERT INTO audit (id, at, who, real_who, type, key, operation, before, after, algorithm, hash)
	VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), NEW.at, NEW.who, NEW.real_who, NEW.type,
	        NEW.key, NEW.operation, NEW.before, NEW.after, 1,
	        audit_hash ((SELECT hash FROM audit ORDER BY id DESC LIMIT 1),
	                    (SELECT coalesce(max(id), 0) + 1 FROM audit), NEW.at, NEW.who, NEW.real_who,
	                    NEW.type, NEW.key, NEW.operation, NEW.before, NEW.after, 1));
END;
CREATE VIEW audit_private_entry AS
	SELECT id, at, who, real_who, type, key, operation, before, after, algorithm, salt FROM audit_private;
CREATE TRIGGER audit_private_entry_carries_on INSTEAD OF INSERT ON audit_private_entry BEGIN
	INSERT INTO audit_private (id, at, who, real_who, type, key, operation, before, after, algorithm,
	                           salt, hash)
	VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit_private), NEW.at, NEW.who, NEW.real_who,
	        NEW.type, NEW.key, NEW.operation, NEW.before, NEW.after, 1, NEW.salt,
	        audit_hash ((SELECT hash FROM audit_private ORDER BY id DESC LIMIT 1),
	                    (SELECT coalesce(max(id), 0) + 1 FROM audit_private), NEW.at, NEW.who,
	                    NEW.real_who, NEW.type, NEW.key, NEW.operation, NEW.before, NEW.after, 1,
	                    NEW.salt));
END;

-- How far each chain has come: number and hash of its last row, for all to see and to keep.
CREATE VIEW audit_private_head AS
	SELECT 'audit_private' AS name, id, hash FROM audit_private ORDER BY id DESC LIMIT 1;
CREATE VIEW audit_head AS
	SELECT * FROM (SELECT 'audit' AS name, id, hash FROM audit ORDER BY id DESC LIMIT 1)
	UNION ALL SELECT name, id, hash FROM audit_private_head;
