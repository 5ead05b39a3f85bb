-- The ground every record stands on: who may write what, who is asking, the audit, sequences,
-- visits and the search index.  GPL-3.0-or-later.
--
-- Standing guards, audit triggers and "_seen" views are not written here: the program generates
-- them for every row of office_table each time migrations run (src/store/guards.c).

-- One row per table the office writes: what the standing guards, the audit and the search need.
CREATE TABLE office_table (
	name       TEXT PRIMARY KEY,        -- the SQL table
	type       TEXT NOT NULL,           -- the command line's word for a record
	number     INTEGER NOT NULL UNIQUE, -- part of the record's row number in the search index
	key_column TEXT NOT NULL,
	private    TEXT NOT NULL DEFAULT '' -- condition over a row called "row": only the director sees it
) STRICT;

-- Who may write what at all (DOMAIN.md, "Who may do what"); finer rules stand on each table.
CREATE TABLE may_write (
	name TEXT NOT NULL REFERENCES office_table (name),
	role TEXT NOT NULL CHECK (role = 'director' OR role = 'staff' OR role = 'chair' OR role = 'viewer'),
	PRIMARY KEY (name, role)
) STRICT, WITHOUT ROWID;

-- A person who may sign in, by the login of the system.
CREATE TABLE user (
	id      INTEGER PRIMARY KEY,
	login   TEXT NOT NULL UNIQUE CHECK (length(login) BETWEEN 1 AND 32),
	version INTEGER NOT NULL DEFAULT 1,
	role    TEXT NOT NULL CHECK (role = 'director' OR role = 'staff' OR role = 'chair' OR role = 'viewer'),
	staff   TEXT REFERENCES staff (key),
	member  TEXT REFERENCES member (key),
	active  INTEGER NOT NULL DEFAULT 1 CHECK (active = 0 OR active = 1)
) STRICT;

-- Whoever is asking: one row, or none when the login has no active account. actor() is the
-- program's; a bare sqlite3 shell does not know it, so whatever asks for it fails closed there.
CREATE VIEW me AS
	SELECT login, role, staff, member FROM user WHERE login = actor() AND active = 1;

-- The logins of whoever is asking: a person with two logins is one person still, so that nobody
-- decides their own through another (DOMAIN.md, "Own" and Purchasing 5).
CREATE VIEW own_login AS
	SELECT u.login, u.role, u.active
	FROM me JOIN user u ON u.login = me.login OR u.staff = me.staff OR u.member = me.member;

-- The last number given out for each kind of key; a number is never given twice.
CREATE TABLE sequence (
	name TEXT PRIMARY KEY,
	last INTEGER NOT NULL CHECK (last >= 0)
) STRICT, WITHOUT ROWID;

-- Only those take numbers who make records.
CREATE TRIGGER sequence_never_falls BEFORE UPDATE ON sequence BEGIN
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE coalesce((SELECT role FROM me), '') NOT IN ('director', 'staff');
	SELECT RAISE (ABORT, 'sequence-falls') WHERE NEW.last < OLD.last OR NEW.name <> OLD.name;
END;
CREATE TRIGGER sequence_never_ends BEFORE DELETE ON sequence BEGIN
	SELECT RAISE (ABORT, 'sequence-falls');
END;
CREATE TRIGGER sequence_starts_once BEFORE INSERT ON sequence BEGIN
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE coalesce((SELECT role FROM me), '') NOT IN ('director', 'staff');
	SELECT RAISE (ABORT, 'sequence-falls')
	WHERE EXISTS (SELECT 1 FROM sequence WHERE name = NEW.name AND last > NEW.last);
END;

-- Every change of every business table: who, when, which record, before and after. before and
-- after hold one line "column=SQL literal" per column: all that are not empty for a new or
-- deleted row, only the changed ones otherwise.
CREATE TABLE audit (
	id        INTEGER PRIMARY KEY,
	at        TEXT NOT NULL,                -- UTC
	who       TEXT NOT NULL,                -- the login acting
	real_who  TEXT NOT NULL,                -- the login of the process
	type      TEXT NOT NULL,
	key       TEXT NOT NULL,
	operation TEXT NOT NULL CHECK (operation = 'insert' OR operation = 'update' OR operation = 'delete'),
	before    TEXT NOT NULL,
	after     TEXT NOT NULL
) STRICT;
CREATE INDEX audit_record ON audit (type, key);

-- The same for private fields and rows; only the director reads it.
CREATE TABLE audit_private (
	id        INTEGER PRIMARY KEY,
	at        TEXT NOT NULL,
	who       TEXT NOT NULL,
	real_who  TEXT NOT NULL,
	type      TEXT NOT NULL,
	key       TEXT NOT NULL,
	operation TEXT NOT NULL CHECK (operation = 'insert' OR operation = 'update' OR operation = 'delete'),
	before    TEXT NOT NULL,
	after     TEXT NOT NULL
) STRICT;
CREATE INDEX audit_private_record ON audit_private (type, key);

CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END;
CREATE TRIGGER audit_tells_the_truth BEFORE INSERT ON audit BEGIN
	SELECT RAISE (ABORT, 'audit-kept')
	WHERE NEW.who IS NOT actor() OR NEW.real_who IS NOT real_login() OR NEW.at IS NOT now()
	   OR EXISTS (SELECT 1 FROM audit WHERE id = NEW.id);
END;
CREATE TRIGGER audit_private_is_kept BEFORE UPDATE ON audit_private BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END;
CREATE TRIGGER audit_private_is_never_deleted BEFORE DELETE ON audit_private BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END;
CREATE TRIGGER audit_private_tells_the_truth BEFORE INSERT ON audit_private BEGIN
	SELECT RAISE (ABORT, 'audit-kept')
	WHERE NEW.who IS NOT actor() OR NEW.real_who IS NOT real_login() OR NEW.at IS NOT now()
	   OR EXISTS (SELECT 1 FROM audit_private WHERE id = NEW.id);
END;

-- When each person was last here, and how far the audit had come: "since your last visit".
CREATE TABLE visit (
	login      TEXT PRIMARY KEY REFERENCES user (login),
	at         TEXT NOT NULL,
	audit      INTEGER NOT NULL, -- last audit row when the visit began
	last_at    TEXT NOT NULL,    -- the same of the visit before: what Home counts from
	last_audit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Everyone keeps only their own visit mark.
CREATE TRIGGER visit_is_own_insert BEFORE INSERT ON visit BEGIN
	SELECT RAISE (ABORT, 'not-yours') WHERE NEW.login IS NOT actor()
	   OR EXISTS (SELECT 1 FROM visit WHERE login = NEW.login);
END;
CREATE TRIGGER visit_is_own_update BEFORE UPDATE ON visit BEGIN
	SELECT RAISE (ABORT, 'not-yours') WHERE OLD.login IS NOT actor() OR NEW.login IS NOT actor();
END;
CREATE TRIGGER visit_is_never_deleted BEFORE DELETE ON visit BEGIN
	SELECT RAISE (ABORT, 'not-yours');
END;

-- Find anything: one row per record, number = office_table.number * 2^40 + the record's id.
-- Private fields and private rows are never in it. Kept by the one save path.
CREATE VIRTUAL TABLE search USING fts5 (
	key, title, body, type UNINDEXED,
	tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

INSERT INTO office_table (name, type, number, key_column) VALUES ('user', 'user', 1, 'login');
INSERT INTO may_write (name, role) VALUES ('user', 'director');

-- An office always has a director: the last active one can neither be closed nor change role.
CREATE TRIGGER user_last_director_stays BEFORE UPDATE ON user BEGIN
	SELECT RAISE (ABORT, 'last-director')
	WHERE OLD.role = 'director' AND OLD.active = 1 AND (NEW.role <> 'director' OR NEW.active = 0)
	  AND NOT EXISTS (SELECT 1 FROM user WHERE role = 'director' AND active = 1 AND id <> OLD.id);
END;
CREATE TRIGGER user_last_director_is_not_deleted BEFORE DELETE ON user BEGIN
	SELECT RAISE (ABORT, 'last-director')
	WHERE OLD.role = 'director' AND OLD.active = 1
	  AND NOT EXISTS (SELECT 1 FROM user WHERE role = 'director' AND active = 1 AND id <> OLD.id);
END;
