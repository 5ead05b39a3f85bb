-- The views that people keep of a list for themselves, and indexes for orders of the clients' list.
-- GPL-3.0-or-later.

-- What a person wants to see of a list again: one of its declared views, words and an order.
CREATE TABLE saved_view (
	login TEXT NOT NULL REFERENCES user (login),
	type  TEXT NOT NULL CHECK (length(type) > 0),
	name  TEXT NOT NULL COLLATE NOCASE CHECK (length(trim(name)) BETWEEN 1 AND 40),
	base  TEXT NOT NULL, -- name of the declared view; '' all
	words TEXT NOT NULL, -- as typed into the filter; '' none
	sort  TEXT NOT NULL, -- key of a field, '-' before it: downward; '' the list's own order
	PRIMARY KEY (login, type, name)
) STRICT, WITHOUT ROWID;

-- Everyone keeps only their own views, as with the mark of the last visit; readers, too, have some.
CREATE TRIGGER saved_view_is_own_insert BEFORE INSERT ON saved_view BEGIN
	SELECT RAISE (ABORT, 'no-actor') WHERE NOT EXISTS (SELECT 1 FROM me);
	SELECT RAISE (ABORT, 'not-yours') WHERE NEW.login IS NOT actor();
	SELECT RAISE (ABORT, 'key-taken')
	WHERE EXISTS (SELECT 1 FROM saved_view
	              WHERE login = NEW.login AND type = NEW.type AND name = NEW.name);
END;
CREATE TRIGGER saved_view_is_own_update BEFORE UPDATE ON saved_view BEGIN
	SELECT RAISE (ABORT, 'no-actor') WHERE NOT EXISTS (SELECT 1 FROM me);
	SELECT RAISE (ABORT, 'not-yours') WHERE OLD.login IS NOT actor() OR NEW.login IS NOT actor();
	SELECT RAISE (ABORT, 'key-taken')
	WHERE (NEW.type IS NOT OLD.type OR NEW.name IS NOT OLD.name)
	  AND EXISTS (SELECT 1 FROM saved_view
	              WHERE login = NEW.login AND type = NEW.type AND name = NEW.name);
END;
CREATE TRIGGER saved_view_is_own_delete BEFORE DELETE ON saved_view BEGIN
	SELECT RAISE (ABORT, 'no-actor') WHERE NOT EXISTS (SELECT 1 FROM me);
	SELECT RAISE (ABORT, 'not-yours') WHERE OLD.login IS NOT actor();
END;

-- Orders of the clients' list that do not wait.
CREATE INDEX client_specialty ON client (specialty);
CREATE INDEX client_status ON client (status);
CREATE INDEX client_city ON client (city);
CREATE INDEX client_phone ON client (phone);
