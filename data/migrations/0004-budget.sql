-- Accounts, budgets and actuals.  GPL-3.0-or-later.  All amounts are integer cents.

-- A line of the chart of accounts.
CREATE TABLE account (
	id         INTEGER PRIMARY KEY,
	code       TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 12),
	version    INTEGER NOT NULL DEFAULT 1,
	name       TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
	kind       TEXT NOT NULL CHECK (kind = 'revenue' OR kind = 'expense' OR kind = 'capital'),
	group_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
	private    INTEGER NOT NULL DEFAULT 0 CHECK (private = 0 OR private = 1),
	active     INTEGER NOT NULL DEFAULT 1 CHECK (active = 0 OR active = 1)
) STRICT;

-- A budget of one fiscal year (the calendar year): draft, recommended by the Council, adopted by
-- the Board, superseded by another adopted one.
CREATE TABLE budget (
	id             INTEGER PRIMARY KEY,
	key            TEXT NOT NULL UNIQUE,
	version        INTEGER NOT NULL DEFAULT 1,
	fiscal_year    INTEGER NOT NULL CHECK (fiscal_year BETWEEN 1990 AND 2199),
	title          TEXT NOT NULL COLLATE NOCASE CHECK (length(title) BETWEEN 1 AND 80),
	status         TEXT NOT NULL DEFAULT 'draft'
	               CHECK (status = 'draft' OR status = 'recommended' OR status = 'adopted'
	                      OR status = 'superseded'),
	council_motion TEXT REFERENCES motion (key),
	board_motion   TEXT REFERENCES motion (key),
	notes          TEXT NOT NULL DEFAULT ''
) STRICT;
-- Only one budget of a year controls.
CREATE UNIQUE INDEX budget_adopted ON budget (fiscal_year) WHERE status = 'adopted';

-- What a budget plans for one account: twelve months, and the year that follows from them.
CREATE TABLE budget_line (
	id      INTEGER PRIMARY KEY,
	key     TEXT NOT NULL UNIQUE,
	version INTEGER NOT NULL DEFAULT 1,
	budget  TEXT NOT NULL REFERENCES budget (key),
	account TEXT NOT NULL REFERENCES account (code),
	jan     INTEGER NOT NULL DEFAULT 0,
	feb     INTEGER NOT NULL DEFAULT 0,
	mar     INTEGER NOT NULL DEFAULT 0,
	apr     INTEGER NOT NULL DEFAULT 0,
	may     INTEGER NOT NULL DEFAULT 0,
	jun     INTEGER NOT NULL DEFAULT 0,
	jul     INTEGER NOT NULL DEFAULT 0,
	aug     INTEGER NOT NULL DEFAULT 0,
	sep     INTEGER NOT NULL DEFAULT 0,
	oct     INTEGER NOT NULL DEFAULT 0,
	nov     INTEGER NOT NULL DEFAULT 0,
	"dec"   INTEGER NOT NULL DEFAULT 0,
	annual  INTEGER GENERATED ALWAYS AS
	        (jan + feb + mar + apr + may + jun + jul + aug + sep + oct + nov + "dec") VIRTUAL,
	UNIQUE (budget, account),
	CHECK (jan BETWEEN -99999999999999 AND 99999999999999),
	CHECK (feb BETWEEN -99999999999999 AND 99999999999999),
	CHECK (mar BETWEEN -99999999999999 AND 99999999999999),
	CHECK (apr BETWEEN -99999999999999 AND 99999999999999),
	CHECK (may BETWEEN -99999999999999 AND 99999999999999),
	CHECK (jun BETWEEN -99999999999999 AND 99999999999999),
	CHECK (jul BETWEEN -99999999999999 AND 99999999999999),
	CHECK (aug BETWEEN -99999999999999 AND 99999999999999),
	CHECK (sep BETWEEN -99999999999999 AND 99999999999999),
	CHECK (oct BETWEEN -99999999999999 AND 99999999999999),
	CHECK (nov BETWEEN -99999999999999 AND 99999999999999),
	CHECK ("dec" BETWEEN -99999999999999 AND 99999999999999)
) STRICT;
CREATE INDEX budget_line_account ON budget_line (account);

-- Money that came in or went out: a fact, never refused for a rule, flagged instead.
-- A vendor credit is negative.
CREATE TABLE actual (
	id        INTEGER PRIMARY KEY,
	key       TEXT NOT NULL UNIQUE,
	version   INTEGER NOT NULL DEFAULT 1,
	account   TEXT NOT NULL REFERENCES account (code),
	booked_on TEXT NOT NULL CHECK (booked_on IS date(booked_on, '+0 days')),
	amount    INTEGER NOT NULL CHECK (amount BETWEEN -99999999999999 AND 99999999999999),
	text      TEXT NOT NULL DEFAULT '',
	source    TEXT NOT NULL DEFAULT 'ledger'
	          CHECK (source = 'ledger' OR source = 'invoice' OR source = 'payroll' OR source = 'bank'
	                 OR source = 'credit' OR source = 'other'),
	request   TEXT REFERENCES request (key)
) STRICT;
CREATE INDEX actual_account ON actual (account, booked_on);
CREATE INDEX actual_booked ON actual (booked_on);
CREATE INDEX actual_request ON actual (request) WHERE request IS NOT NULL;

INSERT INTO office_table (name, type, number, key_column, private) VALUES
	('account', 'account', 20, 'code', 'row.private = 1'),
	('budget', 'budget', 21, 'key', ''),
	('budget_line', 'budget-line', 22, 'key',
	 'EXISTS (SELECT 1 FROM account a WHERE a.code = row.account AND a.private = 1)'),
	('actual', 'actual', 23, 'key',
	 'EXISTS (SELECT 1 FROM account a WHERE a.code = row.account AND a.private = 1)');

INSERT INTO may_write (name, role) VALUES
	('account', 'director'),
	('budget', 'director'), ('budget', 'staff'),
	('budget_line', 'director'), ('budget_line', 'staff'),
	('actual', 'director'), ('actual', 'staff');

-- An account in a budget that Council or Board decided on stays what it was there: revenue planned
-- is no room to spend.
CREATE TRIGGER account_kind_stands BEFORE UPDATE OF kind ON account WHEN NEW.kind <> OLD.kind BEGIN
	SELECT RAISE (ABORT, 'account-budgeted')
	WHERE EXISTS (SELECT 1 FROM budget_line l JOIN budget b ON b.key = l.budget
	              WHERE l.account = OLD.code AND b.status <> 'draft');
END;

-- A new budget is a draft; only motions take it further.
CREATE TRIGGER budget_starts_draft BEFORE INSERT ON budget BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.status <> 'draft' OR NEW.council_motion IS NOT NULL OR NEW.board_motion IS NOT NULL;
END;
CREATE TRIGGER budget_moves_in_order BEFORE UPDATE OF status ON budget
WHEN NEW.status <> OLD.status BEGIN
	SELECT RAISE (ABORT, 'wrong-state')
	WHERE NOT (OLD.status = 'draft' AND NEW.status = 'recommended'
	           OR OLD.status = 'recommended' AND NEW.status IN ('adopted', 'draft')
	           OR OLD.status = 'adopted' AND NEW.status = 'superseded');
	SELECT RAISE (ABORT, 'not-your-role') WHERE (SELECT role FROM me) IS NOT 'director';
END;
-- Recommended by a binding Council motion about this budget.
CREATE TRIGGER budget_recommended_by_council BEFORE UPDATE ON budget
WHEN NEW.status = 'recommended' AND OLD.status = 'draft' BEGIN
	SELECT RAISE (ABORT, 'needs-council-motion')
	WHERE NOT EXISTS (SELECT 1 FROM binding WHERE motion = NEW.council_motion AND body_kind = 'council'
	                  AND type = 'budget' AND subject = NEW.key);
END;
-- Adopted by a binding Board motion about this budget, the Council's still standing.
CREATE TRIGGER budget_adopted_by_board BEFORE UPDATE ON budget
WHEN NEW.status = 'adopted' AND OLD.status = 'recommended' BEGIN
	SELECT RAISE (ABORT, 'needs-council-motion')
	WHERE NOT EXISTS (SELECT 1 FROM binding WHERE motion = NEW.council_motion AND body_kind = 'council'
	                  AND type = 'budget' AND subject = NEW.key);
	SELECT RAISE (ABORT, 'needs-board-motion')
	WHERE NOT EXISTS (SELECT 1 FROM binding WHERE motion = NEW.board_motion AND body_kind = 'board'
	                  AND type = 'budget' AND subject = NEW.key);
	UPDATE budget SET status = 'superseded', version = version + 1
	WHERE fiscal_year = NEW.fiscal_year AND status = 'adopted' AND key <> NEW.key;
END;
-- A budget in force steps aside only for one that the Board has moved to adopt.
CREATE TRIGGER budget_superseded_by_another BEFORE UPDATE ON budget
WHEN NEW.status = 'superseded' AND OLD.status = 'adopted' BEGIN
	SELECT RAISE (ABORT, 'needs-board-motion')
	WHERE NOT EXISTS (SELECT 1 FROM budget other JOIN binding b ON b.type = 'budget' AND b.subject = other.key
	                  WHERE other.fiscal_year = OLD.fiscal_year AND other.key <> OLD.key
	                    AND other.status = 'recommended' AND b.body_kind = 'board');
END;
-- From the Council's recommendation on, a budget and its motions stand.
CREATE TRIGGER budget_stands BEFORE UPDATE ON budget BEGIN
	SELECT RAISE (ABORT, 'budget-locked')
	WHERE OLD.status <> 'draft'
	  AND (NEW.title IS NOT OLD.title OR NEW.notes IS NOT OLD.notes);
	SELECT RAISE (ABORT, 'fixed-year') WHERE NEW.fiscal_year <> OLD.fiscal_year;
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE (NEW.council_motion IS NOT OLD.council_motion
	       AND NOT (OLD.status = 'draft' AND NEW.status = 'recommended'
	                OR NEW.status = 'draft' AND NEW.council_motion IS NULL))
	   OR (NEW.board_motion IS NOT OLD.board_motion
	       AND NOT (OLD.status = 'recommended' AND NEW.status = 'adopted'));
END;
CREATE TRIGGER budget_kept BEFORE DELETE ON budget BEGIN
	SELECT RAISE (ABORT, 'budget-locked') WHERE OLD.status <> 'draft';
	SELECT RAISE (ABORT, 'subject-kept')
	WHERE EXISTS (SELECT 1 FROM motion_subject WHERE type = 'budget' AND subject = OLD.key);
END;
-- A draft that changes leaves the motions about it behind: it needs Council and Board again.
CREATE TRIGGER budget_change_overtakes AFTER UPDATE OF title, notes ON budget
WHEN NEW.title IS NOT OLD.title OR NEW.notes IS NOT OLD.notes BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM binding WHERE type = 'budget' AND subject = NEW.key;
END;
CREATE TRIGGER budget_line_insert_overtakes AFTER INSERT ON budget_line BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM binding WHERE type = 'budget' AND subject = NEW.budget;
END;
CREATE TRIGGER budget_line_update_overtakes AFTER UPDATE ON budget_line BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM binding WHERE type = 'budget' AND subject = NEW.budget;
END;
CREATE TRIGGER budget_line_delete_overtakes AFTER DELETE ON budget_line BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM binding WHERE type = 'budget' AND subject = OLD.budget;
END;

-- Lines change only while their budget is a draft; private accounts are the director's.
CREATE TRIGGER budget_line_open_insert BEFORE INSERT ON budget_line BEGIN
	SELECT RAISE (ABORT, 'budget-locked')
	WHERE (SELECT status FROM budget WHERE key = NEW.budget) <> 'draft';
	SELECT RAISE (ABORT, 'private-account')
	WHERE (SELECT role FROM me) <> 'director'
	  AND EXISTS (SELECT 1 FROM account WHERE code = NEW.account AND private = 1);
END;
CREATE TRIGGER budget_line_open_update BEFORE UPDATE ON budget_line BEGIN
	SELECT RAISE (ABORT, 'budget-locked')
	WHERE (SELECT status FROM budget WHERE key = OLD.budget) <> 'draft';
	SELECT RAISE (ABORT, 'fixed-parent') WHERE NEW.budget <> OLD.budget;
	SELECT RAISE (ABORT, 'private-account')
	WHERE (SELECT role FROM me) <> 'director'
	  AND EXISTS (SELECT 1 FROM account WHERE code IN (OLD.account, NEW.account) AND private = 1);
END;
CREATE TRIGGER budget_line_open_delete BEFORE DELETE ON budget_line BEGIN
	SELECT RAISE (ABORT, 'budget-locked')
	WHERE (SELECT status FROM budget WHERE key = OLD.budget) <> 'draft';
	SELECT RAISE (ABORT, 'private-account')
	WHERE (SELECT role FROM me) <> 'director'
	  AND EXISTS (SELECT 1 FROM account WHERE code = OLD.account AND private = 1);
END;

CREATE TRIGGER actual_private_insert BEFORE INSERT ON actual BEGIN
	SELECT RAISE (ABORT, 'private-account')
	WHERE (SELECT role FROM me) <> 'director'
	  AND EXISTS (SELECT 1 FROM account WHERE code = NEW.account AND private = 1);
END;
CREATE TRIGGER actual_private_update BEFORE UPDATE ON actual BEGIN
	SELECT RAISE (ABORT, 'private-account')
	WHERE (SELECT role FROM me) <> 'director'
	  AND EXISTS (SELECT 1 FROM account WHERE code IN (OLD.account, NEW.account) AND private = 1);
END;
CREATE TRIGGER actual_private_delete BEFORE DELETE ON actual BEGIN
	SELECT RAISE (ABORT, 'private-account')
	WHERE (SELECT role FROM me) <> 'director'
	  AND EXISTS (SELECT 1 FROM account WHERE code = OLD.account AND private = 1);
END;
