-- Purchase requests and who may approve them (DOMAIN.md, "Purchasing" 1 to 5 and 12).
-- GPL-3.0-or-later.  Amounts in cents, quantities in thousandths.

CREATE TABLE request (
	id            INTEGER PRIMARY KEY,
	key           TEXT NOT NULL UNIQUE,
	version       INTEGER NOT NULL DEFAULT 1,
	requested_by  TEXT NOT NULL REFERENCES user (login),
	vendor        TEXT REFERENCES vendor (key),
	purpose       TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
	needed_by     TEXT NOT NULL CHECK (needed_by IS date(needed_by, '+0 days')),
	client        TEXT REFERENCES client (key),
	need_mark     TEXT NOT NULL DEFAULT '',
	payments      INTEGER NOT NULL DEFAULT 1 CHECK (payments BETWEEN 1 AND 600),
	tax           ANY NOT NULL
	              CHECK ((typeof(tax) = 'integer' AND tax BETWEEN 0 AND 99999999999)
	                     OR tax = 'included' OR tax = 'exempt'),
	freight       ANY NOT NULL
	              CHECK ((typeof(freight) = 'integer' AND freight BETWEEN 0 AND 99999999999)
	                     OR freight = 'included' OR freight = 'exempt'),
	fees          INTEGER NOT NULL DEFAULT 0 CHECK (fees BETWEEN 0 AND 99999999999),
	total         INTEGER NOT NULL DEFAULT 0, -- the landed total, kept by the triggers below
	status        TEXT NOT NULL DEFAULT 'draft'
	              CHECK (status = 'draft' OR status = 'submitted' OR status = 'returned'
	                     OR status = 'approved' OR status = 'rejected' OR status = 'cancelled'),
	submitted_at  TEXT,
	decided_by    TEXT REFERENCES user (login),
	decided_at    TEXT,
	authority     TEXT NOT NULL DEFAULT ''
	              CHECK (authority = '' OR authority = 'director' OR authority = 'chair'
	                     OR authority = 'chair on paper' OR authority = 'Board'),
	motion        TEXT REFERENCES motion (key),
	signed_by     TEXT REFERENCES member (key),
	signed_on     TEXT CHECK (signed_on IS date(signed_on, '+0 days')),
	sheet         TEXT NOT NULL DEFAULT '',
	decision_note TEXT NOT NULL DEFAULT '',
	CHECK (status <> 'approved' OR (decided_by IS NOT NULL AND authority <> '')),
	CHECK (authority <> 'Board' OR motion IS NOT NULL)
) STRICT;
CREATE INDEX request_status ON request (status);
CREATE INDEX request_vendor ON request (vendor);

-- One line of a request. amount is what counts for the total: the quantity times the unit price,
-- rounded half up; discounts lower it, credits, deposits and trade-ins never do (Purchasing 1).
CREATE TABLE request_line (
	id         INTEGER PRIMARY KEY,
	key        TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL DEFAULT 1,
	request    TEXT NOT NULL REFERENCES request (key),
	item       TEXT NOT NULL COLLATE NOCASE CHECK (length(item) BETWEEN 1 AND 160),
	kind       TEXT NOT NULL DEFAULT 'item' CHECK (kind = 'item' OR kind = 'discount' OR kind = 'credit'),
	account    TEXT NOT NULL REFERENCES account (code),
	quantity   INTEGER NOT NULL DEFAULT 1000 CHECK (quantity BETWEEN 1 AND 100000000),
	unit_price INTEGER NOT NULL CHECK (unit_price BETWEEN 0 AND 10000000000),
	amount     INTEGER GENERATED ALWAYS AS
	           (CASE kind WHEN 'item' THEN (quantity * unit_price + 500) / 1000
	                      WHEN 'discount' THEN -((quantity * unit_price + 500) / 1000)
	                      ELSE 0 END) VIRTUAL
) STRICT;
CREATE INDEX request_line_request ON request_line (request);

INSERT INTO office_table (name, type, number, key_column) VALUES
	('request', 'request', 30, 'key'),
	('request_line', 'request-line', 31, 'key');

INSERT INTO may_write (name, role) VALUES
	('request', 'director'), ('request', 'staff'), ('request', 'chair'),
	('request_line', 'director'), ('request_line', 'staff');

-- ---- the figures that authority rests on -----------------------------------------------------

-- What each request asks of each account it charges: its lines over the whole committed term,
-- and its part of tax, freight and fees by amount, the odd cents on the largest. No grouping and no
-- window: so that a question about one request reads the lines of that request only.
CREATE VIEW request_share AS
	SELECT request, status, fiscal_year, account, amount,
	       amount
	       + CASE WHEN whole > 0 THEN CAST (extra * (1.0 * amount / whole) AS INTEGER) ELSE 0 END
	       + CASE WHEN account <> (SELECT x.account FROM request_line x WHERE x.request = base.request
	                               GROUP BY x.account ORDER BY sum(x.amount) DESC, x.account LIMIT 1)
	              THEN 0
	              WHEN whole > 0
	              THEN extra - (SELECT sum(CAST (extra * (1.0 * x.amount / whole) AS INTEGER))
	                            FROM (SELECT payments * sum(y.amount) AS amount FROM request_line y
	                                  WHERE y.request = base.request GROUP BY y.account) x)
	              ELSE extra END AS share
	FROM (
		SELECT r.key AS request, r.status, CAST (substr(r.needed_by, 1, 4) AS INTEGER) AS fiscal_year,
		       l.account, r.payments,
		       r.payments * (SELECT sum(x.amount) FROM request_line x
		                     WHERE x.request = r.key AND x.account = l.account) AS amount,
		       r.payments * (SELECT sum(x.amount) FROM request_line x WHERE x.request = r.key) AS whole,
		       CASE typeof(r.tax) WHEN 'integer' THEN r.tax ELSE 0 END
		       + CASE typeof(r.freight) WHEN 'integer' THEN r.freight ELSE 0 END + r.fees AS extra
		FROM request r JOIN request_line l ON l.request = r.key
		WHERE NOT EXISTS (SELECT 1 FROM request_line x
		                  WHERE x.request = l.request AND x.account = l.account AND x.id < l.id)
	) base;

-- What approved requests have committed: their shares, frozen by the approval.
CREATE TABLE commitment (
	request     TEXT NOT NULL REFERENCES request (key),
	account     TEXT NOT NULL REFERENCES account (code),
	fiscal_year INTEGER NOT NULL,
	share       INTEGER NOT NULL,
	PRIMARY KEY (request, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_account ON commitment (account, fiscal_year);

CREATE TRIGGER commitment_is_the_share BEFORE INSERT ON commitment BEGIN
	SELECT RAISE (ABORT, 'commitment-kept')
	WHERE (SELECT status FROM request WHERE key = NEW.request) IS NOT 'approved'
	   OR NOT EXISTS (SELECT 1 FROM request_share s
	                  WHERE s.request = NEW.request AND s.account = NEW.account
	                    AND s.fiscal_year = NEW.fiscal_year AND s.share = NEW.share);
END;
CREATE TRIGGER commitment_stands BEFORE UPDATE ON commitment BEGIN
	SELECT RAISE (ABORT, 'commitment-kept');
END;
CREATE TRIGGER commitment_ends_with_request BEFORE DELETE ON commitment BEGIN
	SELECT RAISE (ABORT, 'commitment-kept')
	WHERE (SELECT status FROM request WHERE key = OLD.request) IS NOT 'cancelled';
END;
CREATE TRIGGER request_commits AFTER UPDATE OF status ON request
WHEN NEW.status = 'approved' AND OLD.status = 'submitted' BEGIN
	INSERT INTO commitment (request, account, fiscal_year, share)
	SELECT request, account, fiscal_year, share FROM request_share WHERE request = NEW.key;
END;
CREATE TRIGGER request_releases AFTER UPDATE OF status ON request
WHEN NEW.status = 'cancelled' AND OLD.status = 'approved' BEGIN
	DELETE FROM commitment WHERE request = NEW.key;
END;

-- What is still open of each commitment: what was not yet booked, never below zero.
CREATE VIEW commitment_open AS
	SELECT c.request, c.account, c.fiscal_year, c.share,
	       max(0, c.share - coalesce((SELECT sum(a.amount) FROM actual a
	                                  WHERE a.request = c.request AND a.account = c.account), 0)) AS open
	FROM commitment c;

-- Budget, actual, committed and available of every account in an adopted budget, in the signs of
-- the budget. available = current budget - actual - open approved commitments. Private accounts
-- show to the director alone.
CREATE VIEW account_figures AS
	SELECT b.fiscal_year, l.account, b.key AS budget_key, l.annual AS budget,
	       coalesce((SELECT sum(a.amount) FROM actual a
	                 WHERE a.account = l.account
	                   AND a.booked_on BETWEEN b.fiscal_year || '-01-01' AND b.fiscal_year || '-12-31'),
	                0) AS actual,
	       coalesce((SELECT sum(c.open) FROM commitment_open c
	                 WHERE c.account = l.account AND c.fiscal_year = b.fiscal_year), 0) AS committed
	FROM budget b JOIN budget_line l ON l.budget = b.key JOIN account c ON c.code = l.account
	WHERE b.status = 'adopted' AND (c.private = 0 OR (SELECT role FROM me) = 'director');

-- The two tests of Purchasing 2 for every request that has lines: what is over the limit, which
-- accounts stand in no adopted budget of the year of need, which lack room.
CREATE VIEW request_test AS
	SELECT r.key AS request, r.total,
	       (SELECT amount FROM policy WHERE name = 'approval-limit') AS "limit",
	       r.total > (SELECT amount FROM policy WHERE name = 'approval-limit') AS over_limit,
	       (SELECT count(*) FROM request_share s
	        WHERE s.request = r.key
	          AND NOT EXISTS (SELECT 1 FROM budget b JOIN budget_line l ON l.budget = b.key
	                          WHERE b.status = 'adopted' AND b.fiscal_year = s.fiscal_year
	                            AND l.account = s.account)) AS unbudgeted,
	       (SELECT count(*) FROM request_share s
	        WHERE s.request = r.key
	          AND NOT EXISTS (SELECT 1 FROM account_figures f
	                          WHERE f.account = s.account AND f.fiscal_year = s.fiscal_year
	                            AND f.budget - f.actual - f.committed >= s.share)) AS short
	FROM request r;

-- The logins that speak for the chair of the Board today: who decides the director's own requests.
CREATE VIEW board_chair AS
	SELECT u.login, p.key AS member
	FROM user u JOIN member p ON p.key = u.member JOIN body b ON b.code = p.body
	WHERE u.role = 'chair' AND u.active = 1 AND b.kind = 'board' AND p.role = 'chair'
	  AND (p.term_from IS NULL OR p.term_from <= today())
	  AND (p.term_until IS NULL OR p.term_until >= today());

-- ---- rules --------------------------------------------------------------------------------------

-- A new request is its creator's draft.
CREATE TRIGGER request_starts_draft BEFORE INSERT ON request BEGIN
	SELECT RAISE (ABORT, 'not-your-role') WHERE (SELECT role FROM me) NOT IN ('director', 'staff');
	SELECT RAISE (ABORT, 'not-yours') WHERE NEW.requested_by IS NOT actor();
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.status <> 'draft' OR NEW.total <> 0 OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL
	   OR NEW.authority <> '' OR NEW.motion IS NOT NULL OR NEW.submitted_at IS NOT NULL
	   OR NEW.signed_by IS NOT NULL OR NEW.signed_on IS NOT NULL OR NEW.sheet <> '';
END;
-- What is asked for changes only while the requester writes: before submitting, or after return.
CREATE TRIGGER request_content_stands BEFORE UPDATE ON request
WHEN NEW.vendor IS NOT OLD.vendor OR NEW.purpose IS NOT OLD.purpose OR NEW.needed_by IS NOT OLD.needed_by
  OR NEW.client IS NOT OLD.client OR NEW.need_mark IS NOT OLD.need_mark
  OR NEW.payments IS NOT OLD.payments OR NEW.tax IS NOT OLD.tax OR NEW.freight IS NOT OLD.freight
  OR NEW.fees IS NOT OLD.fees BEGIN
	SELECT RAISE (ABORT, 'request-locked') WHERE OLD.status NOT IN ('draft', 'returned') OR NEW.status <> OLD.status;
	SELECT RAISE (ABORT, 'not-yours') WHERE OLD.requested_by IS NOT actor();
END;
CREATE TRIGGER request_requester_stands BEFORE UPDATE OF requested_by ON request
WHEN NEW.requested_by IS NOT OLD.requested_by BEGIN
	SELECT RAISE (ABORT, 'fixed-requester');
END;
-- The landed total is the database's own.
CREATE TRIGGER request_total_true BEFORE UPDATE OF total ON request
WHEN NEW.total IS NOT OLD.total BEGIN
	SELECT RAISE (ABORT, 'total-kept')
	WHERE NEW.total IS NOT coalesce((SELECT sum(share) FROM request_share WHERE request = NEW.key), 0);
END;
CREATE TRIGGER request_total_after_charge AFTER UPDATE OF payments, tax, freight, fees ON request
WHEN NEW.payments IS NOT OLD.payments OR NEW.tax IS NOT OLD.tax OR NEW.freight IS NOT OLD.freight
  OR NEW.fees IS NOT OLD.fees BEGIN
	UPDATE request
	SET total = coalesce((SELECT sum(share) FROM request_share WHERE request = NEW.key), 0),
	    version = version + 1
	WHERE id = NEW.id
	  AND total IS NOT coalesce((SELECT sum(share) FROM request_share WHERE request = NEW.key), 0);
END;
-- Decisions are recorded only together with the state they lead to.
CREATE TRIGGER request_decision_only_by_action BEFORE UPDATE ON request
WHEN NEW.status = OLD.status BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_at IS NOT OLD.decided_at
	   OR NEW.authority IS NOT OLD.authority OR NEW.motion IS NOT OLD.motion
	   OR NEW.submitted_at IS NOT OLD.submitted_at OR NEW.signed_by IS NOT OLD.signed_by
	   OR NEW.signed_on IS NOT OLD.signed_on OR NEW.sheet IS NOT OLD.sheet
	   OR NEW.decision_note IS NOT OLD.decision_note;
END;
CREATE TRIGGER request_moves_in_order BEFORE UPDATE OF status ON request
WHEN NEW.status <> OLD.status BEGIN
	SELECT RAISE (ABORT, 'wrong-state')
	WHERE NOT (OLD.status IN ('draft', 'returned') AND NEW.status IN ('submitted', 'cancelled')
	           OR OLD.status = 'submitted' AND NEW.status IN ('approved', 'returned', 'rejected', 'cancelled')
	           OR OLD.status = 'approved' AND NEW.status = 'cancelled');
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.total IS NOT OLD.total
	   OR (NEW.status <> 'approved' AND (NEW.authority IS NOT OLD.authority OR NEW.motion IS NOT OLD.motion));
END;
-- Each step leaves its own traces and none of another: who decided and when, the chair's paper.
CREATE TRIGGER request_traces_true BEFORE UPDATE OF status ON request
WHEN NEW.status <> OLD.status BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE (NEW.status <> 'submitted' AND NEW.submitted_at IS NOT OLD.submitted_at)
	   OR (NEW.status NOT IN ('approved', 'rejected')
	       AND (NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_at IS NOT OLD.decided_at))
	   OR (NEW.status = 'rejected' AND (NEW.decided_by IS NOT actor() OR NEW.decided_at IS NOT now()))
	   OR (NEW.status IN ('submitted', 'approved') AND NEW.decision_note IS NOT OLD.decision_note
	       AND NEW.decision_note <> '')
	   OR (NOT (NEW.status = 'approved' AND NEW.authority = 'chair on paper')
	       AND (NEW.signed_by IS NOT OLD.signed_by OR NEW.signed_on IS NOT OLD.signed_on
	            OR NEW.sheet IS NOT OLD.sheet));
END;
CREATE TRIGGER request_submitted_by_requester BEFORE UPDATE OF status ON request
WHEN NEW.status = 'submitted' AND OLD.status <> 'submitted' BEGIN
	SELECT RAISE (ABORT, 'not-yours') WHERE OLD.requested_by IS NOT actor();
	SELECT RAISE (ABORT, 'no-vendor') WHERE NEW.vendor IS NULL;
	SELECT RAISE (ABORT, 'no-lines') WHERE NOT EXISTS (SELECT 1 FROM request_line WHERE request = NEW.key);
	SELECT RAISE (ABORT, 'no-amount') WHERE NEW.total <= 0;
	SELECT RAISE (ABORT, 'status-by-action') WHERE NEW.submitted_at IS NOT now();
	-- The year of need is charged: what is left of a year that is over is no room for this one.
	SELECT RAISE (ABORT, 'needed-in-past-year') WHERE substr(NEW.needed_by, 1, 4) < substr(today(), 1, 4);
END;
-- Accounts are looked at again whenever the request goes on: they may have changed since the line
-- was written.
CREATE TRIGGER request_accounts_take_purchases BEFORE UPDATE OF status ON request
WHEN NEW.status IN ('submitted', 'approved') AND NEW.status <> OLD.status BEGIN
	SELECT RAISE (ABORT, 'private-purchase')
	WHERE EXISTS (SELECT 1 FROM request_line l JOIN account a ON a.code = l.account
	              WHERE l.request = NEW.key AND a.private = 1);
	SELECT RAISE (ABORT, 'account-not-spending')
	WHERE EXISTS (SELECT 1 FROM request_line l JOIN account a ON a.code = l.account
	              WHERE l.request = NEW.key AND (a.kind = 'revenue' OR a.active = 0));
END;
-- Returning and rejecting: the director, or for the director's own the chair; the requester may
-- take a request back. A reason is owed in every case.
CREATE TRIGGER request_returned BEFORE UPDATE OF status ON request
WHEN NEW.status IN ('returned', 'rejected') AND OLD.status = 'submitted' BEGIN
	SELECT RAISE (ABORT, 'needs-reason') WHERE trim(NEW.decision_note) = '';
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE NOT ((SELECT role FROM me) = 'director'
	           OR NEW.status = 'returned' AND OLD.requested_by IS actor()
	           OR (SELECT role FROM me) = 'chair'
	              AND (SELECT role FROM user WHERE login = OLD.requested_by) = 'director'
	              AND EXISTS (SELECT 1 FROM board_chair WHERE login = actor()));
	SELECT RAISE (ABORT, 'own-request')
	WHERE NEW.status = 'rejected' AND OLD.requested_by IN (SELECT login FROM own_login);
END;
-- Nothing approved is deleted; it is cancelled, with a reason (Purchasing 12).
CREATE TRIGGER request_cancelled BEFORE UPDATE OF status ON request
WHEN NEW.status = 'cancelled' AND OLD.status <> 'cancelled' BEGIN
	SELECT RAISE (ABORT, 'needs-reason') WHERE trim(NEW.decision_note) = '';
	SELECT RAISE (ABORT, 'not-yours')
	WHERE OLD.requested_by IS NOT actor() AND (SELECT role FROM me) IS NOT 'director';
END;
CREATE TRIGGER request_kept BEFORE DELETE ON request BEGIN
	SELECT RAISE (ABORT, 'request-kept') WHERE OLD.status <> 'draft' OR OLD.submitted_at IS NOT NULL;
	SELECT RAISE (ABORT, 'not-yours') WHERE OLD.requested_by IS NOT actor();
	SELECT RAISE (ABORT, 'subject-kept')
	WHERE EXISTS (SELECT 1 FROM motion_subject WHERE type = 'request' AND subject = OLD.key);
END;

-- Approving (Purchasing 2, 3, 5). Nobody approves their own, through whatever login, nor by a paper
-- that they signed themselves.
CREATE TRIGGER request_approved BEFORE UPDATE OF status ON request
WHEN NEW.status = 'approved' AND OLD.status = 'submitted' BEGIN
	SELECT RAISE (ABORT, 'own-request')
	WHERE OLD.requested_by IN (SELECT login FROM own_login)
	   OR OLD.requested_by IN (SELECT login FROM user WHERE member = NEW.signed_by);
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.decided_by IS NOT actor() OR NEW.decided_at IS NOT now();
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE coalesce((SELECT role FROM me), '') NOT IN ('director', 'staff', 'chair');
	SELECT RAISE (ABORT, 'no-vendor') WHERE NEW.vendor IS NULL;
	SELECT RAISE (ABORT, 'no-lines') WHERE NOT EXISTS (SELECT 1 FROM request_line WHERE request = NEW.key);

	-- The director, for others; the chair at the terminal or on paper, for the director's own.
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE NEW.authority = 'director' AND (SELECT role FROM me) <> 'director'
	   OR NEW.authority = 'chair' AND (SELECT role FROM me) <> 'chair'
	   OR NEW.authority = 'chair on paper' AND (SELECT role FROM me) <> 'staff'
	   OR NEW.authority = '';
	SELECT RAISE (ABORT, 'chair-only-directors')
	WHERE NEW.authority IN ('chair', 'chair on paper')
	  AND (SELECT role FROM user WHERE login = OLD.requested_by) IS NOT 'director';
	SELECT RAISE (ABORT, 'directors-own')
	WHERE NEW.authority = 'director'
	  AND (SELECT role FROM user WHERE login = OLD.requested_by) IS 'director';
	SELECT RAISE (ABORT, 'chair-of-board')
	WHERE NEW.authority = 'chair' AND NOT EXISTS (SELECT 1 FROM board_chair WHERE login = actor());
	SELECT RAISE (ABORT, 'paper-needs-sheet')
	WHERE NEW.authority = 'chair on paper'
	  AND (NEW.signed_on IS NULL OR NEW.signed_on > today() OR trim(NEW.sheet) = ''
	       -- not before it was asked for; submitted_at is UTC, a signature has the day of its place
	       OR NEW.signed_on < date(OLD.submitted_at, '-1 day')
	       OR NOT EXISTS (SELECT 1 FROM member p JOIN body b ON b.code = p.body
	                      WHERE p.key = NEW.signed_by AND b.kind = 'board' AND p.role = 'chair'
	                        AND (p.term_from IS NULL OR p.term_from <= NEW.signed_on)
	                        AND (p.term_until IS NULL OR p.term_until >= NEW.signed_on)));
	SELECT RAISE (ABORT, 'over-limit')
	WHERE NEW.authority <> 'Board' AND (SELECT over_limit FROM request_test WHERE request = NEW.key);
	SELECT RAISE (ABORT, 'no-budget')
	WHERE NEW.authority <> 'Board' AND (SELECT unbudgeted > 0 FROM request_test WHERE request = NEW.key);
	SELECT RAISE (ABORT, 'over-budget')
	WHERE NEW.authority <> 'Board' AND (SELECT short > 0 FROM request_test WHERE request = NEW.key);

	-- The Board, by a binding motion about this request that covers it.
	SELECT RAISE (ABORT, 'no-motion')
	WHERE NEW.authority = 'Board'
	  AND NOT EXISTS (SELECT 1 FROM binding WHERE motion = NEW.motion AND body_kind = 'board'
	                  AND type = 'request' AND subject = NEW.key);
	SELECT RAISE (ABORT, 'motion-too-small')
	WHERE NEW.authority = 'Board'
	  AND NOT EXISTS (SELECT 1 FROM binding WHERE motion = NEW.motion AND body_kind = 'board'
	                  AND type = 'request' AND subject = NEW.key AND amount >= NEW.total);
	SELECT RAISE (ABORT, 'no-motion') WHERE NEW.authority <> 'Board' AND NEW.motion IS NOT NULL;
END;

-- Lines stand and fall with their request.
CREATE TRIGGER request_line_open_insert BEFORE INSERT ON request_line BEGIN
	SELECT RAISE (ABORT, 'request-locked')
	WHERE (SELECT status FROM request WHERE key = NEW.request) NOT IN ('draft', 'returned');
	SELECT RAISE (ABORT, 'not-yours')
	WHERE (SELECT requested_by FROM request WHERE key = NEW.request) IS NOT actor();
	SELECT RAISE (ABORT, 'account-not-spending')
	WHERE NOT EXISTS (SELECT 1 FROM account WHERE code = NEW.account AND kind <> 'revenue' AND active = 1);
	SELECT RAISE (ABORT, 'private-purchase')
	WHERE EXISTS (SELECT 1 FROM account WHERE code = NEW.account AND private = 1);
END;
CREATE TRIGGER request_line_open_update BEFORE UPDATE ON request_line BEGIN
	SELECT RAISE (ABORT, 'fixed-parent') WHERE NEW.request <> OLD.request;
	SELECT RAISE (ABORT, 'request-locked')
	WHERE (SELECT status FROM request WHERE key = OLD.request) NOT IN ('draft', 'returned');
	SELECT RAISE (ABORT, 'not-yours')
	WHERE (SELECT requested_by FROM request WHERE key = OLD.request) IS NOT actor();
	SELECT RAISE (ABORT, 'account-not-spending')
	WHERE NOT EXISTS (SELECT 1 FROM account WHERE code = NEW.account AND kind <> 'revenue' AND active = 1);
	SELECT RAISE (ABORT, 'private-purchase')
	WHERE EXISTS (SELECT 1 FROM account WHERE code = NEW.account AND private = 1);
END;
CREATE TRIGGER request_line_open_delete BEFORE DELETE ON request_line BEGIN
	SELECT RAISE (ABORT, 'request-locked')
	WHERE (SELECT status FROM request WHERE key = OLD.request) NOT IN ('draft', 'returned');
	SELECT RAISE (ABORT, 'not-yours')
	WHERE (SELECT requested_by FROM request WHERE key = OLD.request) IS NOT actor();
END;
-- A change of a line changes its request: total and version.
CREATE TRIGGER request_line_totals_insert AFTER INSERT ON request_line BEGIN
	UPDATE request
	SET total = coalesce((SELECT sum(share) FROM request_share WHERE request = NEW.request), 0),
	    version = version + 1
	WHERE key = NEW.request;
END;
CREATE TRIGGER request_line_totals_update AFTER UPDATE ON request_line BEGIN
	UPDATE request
	SET total = coalesce((SELECT sum(share) FROM request_share WHERE request = NEW.request), 0),
	    version = version + 1
	WHERE key = NEW.request;
END;
CREATE TRIGGER request_line_totals_delete AFTER DELETE ON request_line BEGIN
	UPDATE request
	SET total = coalesce((SELECT sum(share) FROM request_share WHERE request = OLD.request), 0),
	    version = version + 1
	WHERE key = OLD.request;
END;
