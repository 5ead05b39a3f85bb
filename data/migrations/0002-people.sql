-- Clients and their people, vendors, and the office's own staff.  GPL-3.0-or-later.
-- Empty text is '', everything else empty is NULL. Names sort without case.

-- A medical practice that the organization serves, or hopes to.
CREATE TABLE client (
	id           INTEGER PRIMARY KEY,
	key          TEXT NOT NULL UNIQUE,
	version      INTEGER NOT NULL DEFAULT 1,
	name         TEXT NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 120),
	kind         TEXT NOT NULL DEFAULT 'PC'
	             CHECK (kind = 'PC' OR kind = 'PLLC' OR kind = 'solo' OR kind = 'group' OR kind = 'other'),
	specialty    TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
	status       TEXT NOT NULL DEFAULT 'prospect'
	             CHECK (status = 'active' OR status = 'prospect' OR status = 'former' OR status = 'declined'),
	physicians   INTEGER CHECK (physicians >= 0),
	phone        TEXT NOT NULL DEFAULT '',
	fax          TEXT NOT NULL DEFAULT '',
	email        TEXT NOT NULL DEFAULT '',
	web          TEXT NOT NULL DEFAULT '',
	address      TEXT NOT NULL DEFAULT '',
	city         TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
	state        TEXT NOT NULL DEFAULT '',
	zip          TEXT NOT NULL DEFAULT '',
	ein          TEXT NOT NULL DEFAULT '',
	npi          TEXT NOT NULL DEFAULT '',
	since        TEXT CHECK (since IS date(since, '+0 days')),
	left_on      TEXT CHECK (left_on IS date(left_on, '+0 days')),
	manager      TEXT REFERENCES staff (key),
	notes        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX client_name ON client (name);
CREATE INDEX client_manager ON client (manager) WHERE manager IS NOT NULL;

-- A person at a client practice.
CREATE TABLE contact (
	id           INTEGER PRIMARY KEY,
	key          TEXT NOT NULL UNIQUE,
	version      INTEGER NOT NULL DEFAULT 1,
	client       TEXT NOT NULL REFERENCES client (key),
	name         TEXT NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 120),
	credential   TEXT NOT NULL DEFAULT '',
	role         TEXT NOT NULL DEFAULT '',
	phone        TEXT NOT NULL DEFAULT '',
	email        TEXT NOT NULL DEFAULT '',
	is_primary   INTEGER NOT NULL DEFAULT 0 CHECK (is_primary = 0 OR is_primary = 1)
) STRICT;
CREATE INDEX contact_client ON contact (client);
CREATE INDEX contact_name ON contact (name);

-- A position and its job description, approved through Council and Board.
CREATE TABLE position (
	id             INTEGER PRIMARY KEY,
	key            TEXT NOT NULL UNIQUE,
	version        INTEGER NOT NULL DEFAULT 1,
	title          TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(title) BETWEEN 1 AND 120),
	description    TEXT NOT NULL DEFAULT '',
	status         TEXT NOT NULL DEFAULT 'draft'
	               CHECK (status = 'draft' OR status = 'approved' OR status = 'closed'),
	council_motion TEXT REFERENCES motion (key),
	board_motion   TEXT REFERENCES motion (key)
) STRICT;

-- Somebody who works or worked for the organization.
CREATE TABLE staff (
	id              INTEGER PRIMARY KEY,
	key             TEXT NOT NULL UNIQUE,
	version         INTEGER NOT NULL DEFAULT 1,
	first_name      TEXT NOT NULL COLLATE NOCASE CHECK (length(first_name) BETWEEN 1 AND 60),
	last_name       TEXT NOT NULL COLLATE NOCASE CHECK (length(last_name) BETWEEN 1 AND 60),
	name            TEXT GENERATED ALWAYS AS (first_name || ' ' || last_name) VIRTUAL,
	position        TEXT REFERENCES position (key),
	status          TEXT NOT NULL DEFAULT 'active'
	                CHECK (status = 'active' OR status = 'away' OR status = 'left'),
	hired_on        TEXT CHECK (hired_on IS date(hired_on, '+0 days')),
	left_on         TEXT CHECK (left_on IS date(left_on, '+0 days')),
	reports_to      TEXT REFERENCES staff (key) CHECK (reports_to <> key),
	email           TEXT NOT NULL DEFAULT '',
	phone           TEXT NOT NULL DEFAULT '',
	emergency_name  TEXT NOT NULL DEFAULT '',
	emergency_phone TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX staff_last_name ON staff (last_name);

-- Pay: the director's alone.
CREATE TABLE staff_pay (
	staff     TEXT PRIMARY KEY REFERENCES staff (key),
	pay_basis TEXT NOT NULL DEFAULT ''
	          CHECK (pay_basis = '' OR pay_basis = 'hour' OR pay_basis = 'month' OR pay_basis = 'year'),
	pay_rate  INTEGER CHECK (pay_rate >= 0) -- cents
) STRICT, WITHOUT ROWID;

-- A company or person that the office buys from.
CREATE TABLE vendor (
	id           INTEGER PRIMARY KEY,
	key          TEXT NOT NULL UNIQUE,
	version      INTEGER NOT NULL DEFAULT 1,
	name         TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
	status       TEXT NOT NULL DEFAULT 'active' CHECK (status = 'active' OR status = 'closed'),
	account_no   TEXT NOT NULL DEFAULT '',
	terms        TEXT NOT NULL DEFAULT 'net 30'
	             CHECK (terms = 'on receipt' OR terms = 'net 10' OR terms = 'net 30' OR terms = 'net 60'
	                    OR terms = 'prepaid'),
	phone        TEXT NOT NULL DEFAULT '',
	email        TEXT NOT NULL DEFAULT '',
	web          TEXT NOT NULL DEFAULT '',
	address      TEXT NOT NULL DEFAULT '',
	city         TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
	state        TEXT NOT NULL DEFAULT '',
	zip          TEXT NOT NULL DEFAULT '',
	ein          TEXT NOT NULL DEFAULT '',
	notes        TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO office_table (name, type, number, key_column, private) VALUES
	('client', 'client', 2, 'key', ''),
	('contact', 'contact', 3, 'key', ''),
	('position', 'position', 4, 'key', ''),
	('staff', 'staff', 5, 'key', ''),
	('staff_pay', 'staff', 6, 'staff', '1'),
	('vendor', 'vendor', 7, 'key', '');

INSERT INTO may_write (name, role) VALUES
	('client', 'director'), ('client', 'staff'),
	('contact', 'director'), ('contact', 'staff'),
	('position', 'director'),
	('staff', 'director'),
	('staff_pay', 'director'),
	('vendor', 'director'), ('vendor', 'staff');
