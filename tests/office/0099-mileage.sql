-- A record type that the program does not have: the test that one file and one migration are
-- enough.  GPL-3.0-or-later.

-- A drive that somebody wants to be paid for.
CREATE TABLE mileage (
	id        INTEGER PRIMARY KEY,
	key       TEXT NOT NULL UNIQUE,
	version   INTEGER NOT NULL DEFAULT 1,
	driven_on TEXT NOT NULL CHECK (driven_on IS date(driven_on, '+0 days')),
	place     TEXT NOT NULL COLLATE NOCASE CHECK (length(place) BETWEEN 1 AND 80),
	miles     INTEGER NOT NULL CHECK (miles > 0),
	client    TEXT REFERENCES client (key),
	status    TEXT NOT NULL DEFAULT 'open' CHECK (status = 'open' OR status = 'paid')
) STRICT;

INSERT INTO office_table (name, type, number, key_column) VALUES ('mileage', 'mileage', 99, 'key');
INSERT INTO may_write (name, role) VALUES ('mileage', 'director'), ('mileage', 'staff');
