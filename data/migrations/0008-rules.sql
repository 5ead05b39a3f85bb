-- Rules that close ways around the first ones: who speaks for whom since when, drafts that change
-- after the vote on them, credits, numbers, and one's own pay.  GPL-3.0-or-later.

-- ---- since when somebody speaks for whom -----------------------------------------------------

-- The director names logins and seats, and must not make somebody attester of what is decided
-- already (DOMAIN.md, "Motions": by somebody other than the director). So the office keeps since
-- when each login speaks as it does; '' is from the beginning, before its body attested anything.
CREATE TABLE login_standing (
	login          TEXT PRIMARY KEY,
	since          TEXT NOT NULL,
	director_until TEXT -- the last day on which it was the director's
) STRICT, WITHOUT ROWID;

-- The same for the seats of chairs and secretaries: since when they are known as that.
CREATE TABLE seat_standing (
	member TEXT PRIMARY KEY,
	since  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO login_standing (login, since) SELECT login, '' FROM user;
INSERT INTO seat_standing (member, since)
	SELECT key, '' FROM member WHERE role = 'chair' OR role = 'secretary';

CREATE VIEW body_attested AS
	SELECT DISTINCT g.body FROM motion m JOIN meeting g ON g.key = m.meeting
	WHERE m.attested_on IS NOT NULL;

CREATE TRIGGER login_standing_is_kept BEFORE DELETE ON login_standing BEGIN
	SELECT RAISE (ABORT, 'standing-kept');
END;
CREATE TRIGGER seat_standing_is_kept BEFORE DELETE ON seat_standing BEGIN
	SELECT RAISE (ABORT, 'standing-kept');
END;
-- A bare shell does not know today(), and so cannot date anything back.
CREATE TRIGGER login_standing_begins BEFORE INSERT ON login_standing BEGIN
	SELECT RAISE (ABORT, 'standing-kept') WHERE NEW.since NOT IN ('', today());
END;
CREATE TRIGGER login_standing_goes_on BEFORE UPDATE ON login_standing BEGIN
	SELECT RAISE (ABORT, 'standing-kept') WHERE NEW.since NOT IN ('', OLD.since, today());
END;
CREATE TRIGGER seat_standing_begins BEFORE INSERT ON seat_standing BEGIN
	SELECT RAISE (ABORT, 'standing-kept') WHERE NEW.since NOT IN ('', today());
END;
CREATE TRIGGER seat_standing_goes_on BEFORE UPDATE ON seat_standing BEGIN
	SELECT RAISE (ABORT, 'standing-kept') WHERE NEW.since NOT IN ('', OLD.since, today());
END;

-- A login without a seat speaks for the whole office.
CREATE TRIGGER user_speaks_since AFTER INSERT ON user BEGIN
	INSERT INTO login_standing (login, since)
	SELECT NEW.login, coalesce(max(today()), '') FROM body_attested
	WHERE NEW.member IS NULL OR body = (SELECT body FROM member WHERE key = NEW.member)
	ON CONFLICT (login) DO UPDATE SET since = excluded.since;
END;
-- Another role, seat or person, and coming back, is a new beginning.
CREATE TRIGGER user_speaks_anew AFTER UPDATE OF role, staff, member, active ON user
WHEN NEW.role <> OLD.role OR NEW.active > OLD.active OR NEW.member IS NOT OLD.member
  OR (NEW.staff IS NOT OLD.staff AND OLD.staff IS NOT NULL) BEGIN
	INSERT INTO login_standing (login, since)
	SELECT NEW.login, coalesce(max(today()), '') FROM body_attested
	WHERE NEW.member IS NULL OR body = (SELECT body FROM member WHERE key = NEW.member)
	ON CONFLICT (login) DO UPDATE SET since = excluded.since;
END;
CREATE TRIGGER user_was_director AFTER UPDATE OF role, active ON user
WHEN OLD.role = 'director' AND OLD.active = 1 AND (NEW.role <> 'director' OR NEW.active = 0) BEGIN
	UPDATE login_standing SET director_until = today() WHERE login = NEW.login;
END;
CREATE TRIGGER member_signs_since AFTER INSERT ON member WHEN NEW.role IN ('chair', 'secretary') BEGIN
	INSERT INTO seat_standing (member, since)
	SELECT NEW.key, coalesce(max(today()), '') FROM body_attested WHERE body = NEW.body
	ON CONFLICT (member) DO UPDATE SET since = excluded.since;
END;
CREATE TRIGGER member_signs_anew AFTER UPDATE OF role ON member
WHEN NEW.role <> OLD.role AND NEW.role IN ('chair', 'secretary') BEGIN
	INSERT INTO seat_standing (member, since)
	SELECT NEW.key, coalesce(max(today()), '') FROM body_attested WHERE body = NEW.body
	ON CONFLICT (member) DO UPDATE SET since = excluded.since;
END;

-- Whoever attests, and whoever signed, was known for it by the day of the meeting, and was not the
-- director then.
CREATE TRIGGER motion_attested_by_those_known BEFORE UPDATE OF attested_on ON motion
WHEN OLD.attested_on IS NULL AND NEW.attested_on IS NOT NULL BEGIN
	SELECT RAISE (ABORT, 'attest-director')
	FROM login_standing s JOIN meeting g ON g.key = NEW.meeting
	WHERE s.director_until >= g.held_on
	  AND (s.login IN (SELECT login FROM own_login)
	       OR s.login IN (SELECT login FROM user WHERE member = NEW.signed_by));
	SELECT RAISE (ABORT, 'attest-new-login')
	FROM login_standing s JOIN meeting g ON g.key = NEW.meeting
	WHERE s.login = actor() AND s.since > g.held_on;
	SELECT RAISE (ABORT, 'attest-new-seat')
	FROM seat_standing s JOIN meeting g ON g.key = NEW.meeting
	WHERE s.member = coalesce(NEW.signed_by, (SELECT member FROM me)) AND s.since > g.held_on;
END;
-- The chair who decides the director's own was known as chair before it was submitted; and what
-- was submitted by a director is not decided by the next one (Purchasing 5).
CREATE TRIGGER request_approved_by_those_known BEFORE UPDATE OF status ON request
WHEN NEW.status = 'approved' AND OLD.status = 'submitted' BEGIN
	SELECT RAISE (ABORT, 'chair-new')
	WHERE NEW.authority IN ('chair', 'chair on paper')
	  AND (EXISTS (SELECT 1 FROM seat_standing
	               WHERE member = coalesce(NEW.signed_by, (SELECT member FROM me))
	                 AND since >= substr(OLD.submitted_at, 1, 10))
	       OR NEW.authority = 'chair'
	          AND EXISTS (SELECT 1 FROM login_standing
	                      WHERE login = actor() AND since >= substr(OLD.submitted_at, 1, 10)));
	SELECT RAISE (ABORT, 'former-directors-own')
	WHERE NEW.authority = 'director'
	  AND EXISTS (SELECT 1 FROM login_standing
	              WHERE login = OLD.requested_by AND director_until >= date(OLD.submitted_at, '-1 day'));
END;

-- The day of a meeting that has taken place does not move past the naming of somebody, who would
-- have been known by that day then.
CREATE TRIGGER meeting_day_stands BEFORE UPDATE OF held_on ON meeting
WHEN NEW.held_on > OLD.held_on AND OLD.status <> 'planned' BEGIN
	SELECT RAISE (ABORT, 'meeting-day-stands')
	WHERE EXISTS (SELECT 1 FROM login_standing WHERE since > OLD.held_on AND since <= NEW.held_on)
	   OR EXISTS (SELECT 1 FROM seat_standing WHERE since > OLD.held_on AND since <= NEW.held_on);
END;
-- The seats that a vote is counted on stand until it is attested, new and removed ones as well.
CREATE TRIGGER member_new_seat_waits_for_votes BEFORE INSERT ON member BEGIN
	SELECT RAISE (ABORT, 'votes-wait')
	FROM motion_waiting w
	WHERE w.body = NEW.body AND NEW.voting = 1
	  AND (NEW.term_from IS NULL OR NEW.term_from <= w.held_on)
	  AND (NEW.term_until IS NULL OR NEW.term_until >= w.held_on);
END;
CREATE TRIGGER member_removal_waits_for_votes BEFORE DELETE ON member BEGIN
	SELECT RAISE (ABORT, 'votes-wait')
	FROM motion_waiting w
	WHERE w.body = OLD.body AND OLD.voting = 1
	  AND (OLD.term_from IS NULL OR OLD.term_from <= w.held_on)
	  AND (OLD.term_until IS NULL OR OLD.term_until >= w.held_on);
END;

-- ---- drafts that change after the vote -------------------------------------------------------

-- A body votes on the draft that lies before it. From the vote on, recorded or past, a change
-- leaves the motion behind also where nobody has attested it yet.
CREATE VIEW voted_subject AS
	SELECT s.motion, s.type, s.subject
	FROM motion_subject s JOIN motion m ON m.key = s.motion JOIN meeting g ON g.key = m.meeting
	WHERE m.outcome = 'pending' AND g.status NOT IN ('planned', 'cancelled')
	  AND (m.votes_for + m.votes_against + m.votes_abstained + m.votes_recused > 0
	       OR g.held_on < today())
	  AND NOT EXISTS (SELECT 1 FROM overtaken o
	                  WHERE o.motion = s.motion AND o.type = s.type AND o.subject = s.subject);

CREATE TRIGGER position_change_overtakes_vote AFTER UPDATE OF title, description ON position
WHEN NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM voted_subject WHERE type = 'position' AND subject = NEW.key;
END;
CREATE TRIGGER budget_change_overtakes_vote AFTER UPDATE OF title, notes ON budget
WHEN NEW.title IS NOT OLD.title OR NEW.notes IS NOT OLD.notes BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM voted_subject WHERE type = 'budget' AND subject = NEW.key;
END;
CREATE TRIGGER budget_line_insert_overtakes_vote AFTER INSERT ON budget_line BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM voted_subject WHERE type = 'budget' AND subject = NEW.budget;
END;
CREATE TRIGGER budget_line_update_overtakes_vote AFTER UPDATE ON budget_line BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM voted_subject WHERE type = 'budget' AND subject = NEW.budget;
END;
CREATE TRIGGER budget_line_delete_overtakes_vote AFTER DELETE ON budget_line BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM voted_subject WHERE type = 'budget' AND subject = OLD.budget;
END;

-- What each budget spends in all: the figure that a motion may name. It tells of private accounts,
-- so it is the director's, who alone takes budgets further.
CREATE VIEW budget_spending AS
	SELECT b.key AS budget,
	       coalesce((SELECT sum(l.annual) FROM budget_line l JOIN account c ON c.code = l.account
	                 WHERE l.budget = b.key AND c.kind <> 'revenue'), 0) AS amount
	FROM budget b WHERE (SELECT role FROM me) = 'director';

-- A motion that names the figure of a budget adopts that figure and no other.
CREATE TRIGGER budget_as_moved BEFORE UPDATE OF status ON budget
WHEN NEW.status IN ('recommended', 'adopted') AND NEW.status <> OLD.status BEGIN
	SELECT RAISE (ABORT, 'budget-not-as-moved')
	FROM motion_subject s
	WHERE s.motion = CASE NEW.status WHEN 'adopted' THEN NEW.board_motion ELSE NEW.council_motion END
	  AND s.type = 'budget' AND s.subject = NEW.key
	  AND s.amount IS NOT NULL
	  AND s.amount IS NOT (SELECT amount FROM budget_spending WHERE budget = NEW.key);
END;

-- ---- credits ---------------------------------------------------------------------------------

-- What is still open of each commitment: what was not yet booked, never below zero and never above
-- what was approved. A vendor's credit restores what is available and not the commitment, which its
-- invoice has met (Purchasing 15); any other negative entry takes an earlier one back.
DROP VIEW commitment_open;
CREATE VIEW commitment_open AS
	SELECT c.request, c.account, c.fiscal_year, c.share,
	       max(0, min(c.share,
	                  c.share - coalesce((SELECT sum(a.amount) FROM actual a
	                                      WHERE a.request = c.request AND a.account = c.account
	                                        AND NOT (a.source = 'credit' AND a.amount < 0)), 0))) AS open
	FROM commitment c;

-- The room that authority counts on. Credits restore it up to what the Board adopted, no further.
CREATE VIEW account_room AS
	SELECT fiscal_year, account, budget - max(0, actual) - committed AS available
	FROM account_figures;

DROP VIEW request_test;
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
	          AND NOT EXISTS (SELECT 1 FROM account_room f
	                          WHERE f.account = s.account AND f.fiscal_year = s.fiscal_year
	                            AND f.available >= s.share)) AS short
	FROM request r;

-- ---- numbers ---------------------------------------------------------------------------------

-- A count goes on by one, or to the last number that was really given: nobody burns numbers. (What
-- the director imports may be private, and its numbers not in the open audit.)
DROP TRIGGER sequence_never_falls;
CREATE TRIGGER sequence_counts_on BEFORE UPDATE ON sequence BEGIN
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE coalesce((SELECT role FROM me), '') NOT IN ('director', 'staff');
	SELECT RAISE (ABORT, 'sequence-falls') WHERE NEW.last < OLD.last OR NEW.name <> OLD.name;
	SELECT RAISE (ABORT, 'sequence-jumps')
	WHERE NEW.last > OLD.last + 1 AND (SELECT role FROM me) = 'staff'
	  AND NOT EXISTS (SELECT 1 FROM office_table t JOIN audit a ON a.type = t.type
	                  WHERE a.key = NEW.name || printf('%04d', NEW.last));
END;
CREATE TRIGGER sequence_starts_at_one BEFORE INSERT ON sequence BEGIN
	SELECT RAISE (ABORT, 'sequence-jumps') WHERE NEW.last <> 1 AND (SELECT role FROM me) = 'staff';
END;

-- ---- one's own pay ---------------------------------------------------------------------------

-- The director's own pay belongs to the chair (DOMAIN.md, "Meetings"): she may read what was
-- entered before her login was tied to it, and changes nothing of it.
CREATE TRIGGER staff_pay_is_not_own_insert BEFORE INSERT ON staff_pay BEGIN
	SELECT RAISE (ABORT, 'own-pay') WHERE NEW.staff IN (SELECT staff FROM me);
END;
CREATE TRIGGER staff_pay_is_not_own_update BEFORE UPDATE ON staff_pay BEGIN
	SELECT RAISE (ABORT, 'own-pay') WHERE OLD.staff IN (SELECT staff FROM me);
END;
CREATE TRIGGER staff_pay_is_not_own_delete BEFORE DELETE ON staff_pay BEGIN
	SELECT RAISE (ABORT, 'own-pay') WHERE OLD.staff IN (SELECT staff FROM me);
END;
