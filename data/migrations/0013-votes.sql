-- What a vote was about stays what it was about, and is counted by who was there: further ways
-- around the rules of meetings, motions and requests, closed.  GPL-3.0-or-later.

-- ---- what changes after the vote -------------------------------------------------------------

-- A motion decides on a job description, a budget or a request as it stood then. Once that changes,
-- the motion is overtaken and gives no authority for what it has become.
CREATE TABLE overtaken_before AS SELECT motion, type, subject FROM overtaken;
DROP TABLE overtaken;
CREATE TABLE overtaken (
	motion  TEXT NOT NULL REFERENCES motion (key),
	type    TEXT NOT NULL CHECK (type = 'budget' OR type = 'position' OR type = 'request'),
	subject TEXT NOT NULL,
	PRIMARY KEY (motion, type, subject)
) STRICT, WITHOUT ROWID;
INSERT INTO overtaken (motion, type, subject) SELECT motion, type, subject FROM overtaken_before;
DROP TABLE overtaken_before;

-- Requests that were changed so before this rule was there.
INSERT INTO overtaken (motion, type, subject)
	SELECT DISTINCT b.motion, b.type, b.subject
	FROM binding b JOIN request r ON r.key = b.subject AND r.status IN ('draft', 'returned', 'submitted')
	JOIN audit v ON v.type = 'motion' AND v.key = b.motion
	                AND instr(char(10) || v.after, char(10) || 'attested_on=''')
	WHERE b.type = 'request'
	  AND (EXISTS (SELECT 1 FROM audit a
	               WHERE a.type = 'request' AND a.key = b.subject AND a.operation = 'update'
	                 AND a.id > v.id
	                 AND (instr(char(10) || a.after, char(10) || 'vendor=')
	                      OR instr(char(10) || a.after, char(10) || 'purpose=')))
	       OR EXISTS (SELECT 1 FROM audit a
	                  WHERE a.type = 'request-line' AND a.key > b.subject || '/'
	                    AND a.key < b.subject || '0' AND a.id > v.id AND a.operation <> 'delete'
	                    AND (instr(char(10) || a.after, char(10) || 'item=')
	                         OR instr(char(10) || a.after, char(10) || 'kind=')
	                         OR instr(char(10) || a.after, char(10) || 'account='))));

CREATE TRIGGER overtaken_by_change_only BEFORE INSERT ON overtaken BEGIN
	SELECT RAISE (ABORT, 'overtaken-kept')
	WHERE coalesce((SELECT role FROM me), '') NOT IN ('director', 'staff')
	   OR NOT EXISTS (SELECT 1 FROM budget
	                  WHERE NEW.type = 'budget' AND key = NEW.subject AND status = 'draft'
	                  UNION ALL SELECT 1 FROM position
	                  WHERE NEW.type = 'position' AND key = NEW.subject AND status <> 'approved'
	                  UNION ALL SELECT 1 FROM request
	                  WHERE NEW.type = 'request' AND key = NEW.subject
	                    AND status IN ('draft', 'returned'));
END;
CREATE TRIGGER overtaken_is_kept BEFORE UPDATE ON overtaken BEGIN
	SELECT RAISE (ABORT, 'overtaken-kept');
END;
CREATE TRIGGER overtaken_is_never_deleted BEFORE DELETE ON overtaken BEGIN
	SELECT RAISE (ABORT, 'overtaken-kept');
END;

DROP VIEW voted_subject;
-- A body votes on what lies before it. From the vote on, recorded or past, a change leaves the motion
-- behind also where nobody has attested it yet, nor opened the minutes.
CREATE VIEW voted_subject AS
	SELECT s.motion, s.type, s.subject
	FROM motion_subject s JOIN motion m ON m.key = s.motion JOIN meeting g ON g.key = m.meeting
	WHERE m.outcome = 'pending' AND g.status <> 'cancelled'
	  AND (m.votes_for + m.votes_against + m.votes_abstained + m.votes_recused > 0
	       OR g.held_on < today())
	  AND NOT EXISTS (SELECT 1 FROM overtaken o
	                  WHERE o.motion = s.motion AND o.type = s.type AND o.subject = s.subject);

-- The motions that a change leaves behind: attested ones, and those whose vote is recorded or past.
CREATE VIEW decided_subject AS
	SELECT motion, type, subject FROM binding
	UNION SELECT motion, type, subject FROM voted_subject;

-- The Board approves what is bought from whom and for what; the amount it names is a ceiling, so
-- that prices and quantities may still move below it.
CREATE TRIGGER request_change_overtakes AFTER UPDATE OF vendor, purpose ON request
WHEN NEW.vendor IS NOT OLD.vendor OR NEW.purpose IS NOT OLD.purpose BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM decided_subject WHERE type = 'request' AND subject = NEW.key;
END;
CREATE TRIGGER request_line_insert_overtakes AFTER INSERT ON request_line BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM decided_subject
	WHERE type = 'request' AND subject = NEW.request;
END;
CREATE TRIGGER request_line_update_overtakes AFTER UPDATE OF item, kind, account ON request_line
WHEN NEW.item IS NOT OLD.item OR NEW.kind IS NOT OLD.kind OR NEW.account IS NOT OLD.account BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM decided_subject
	WHERE type = 'request' AND subject = NEW.request;
END;

-- Revenue that becomes expense is another budget.
CREATE TRIGGER account_kind_overtakes AFTER UPDATE OF kind ON account WHEN NEW.kind <> OLD.kind BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM decided_subject
	WHERE type = 'budget'
	  AND subject IN (SELECT l.budget FROM budget_line l JOIN budget b ON b.key = l.budget
	                  WHERE l.account = NEW.code AND b.status = 'draft');
END;

-- ---- who was there at the vote ---------------------------------------------------------------

-- From which hour on a time is that of the meeting's own day: what is more than half a day before
-- its beginning is after midnight.
CREATE VIEW meeting_clock AS
	SELECT key AS meeting, CASE starts_at WHEN '' THEN called_at ELSE starts_at END - 12 AS from_hour
	FROM meeting;

-- Times of day on the clock of their meeting, after midnight "24:30".
DROP VIEW voter_present;
CREATE VIEW voter_present AS
	SELECT a.meeting, a.member,
	       CASE WHEN a.arrived_at <> '' AND a.arrived_at + 0 < k.from_hour
	            THEN (a.arrived_at + 24) || substr(a.arrived_at, 3) ELSE a.arrived_at END AS arrived_at,
	       CASE WHEN a.left_at <> '' AND a.left_at + 0 < k.from_hour
	            THEN (a.left_at + 24) || substr(a.left_at, 3) ELSE a.left_at END AS left_at
	FROM attendance a JOIN meeting g ON g.key = a.meeting JOIN meeting_clock k ON k.meeting = g.key
	JOIN member p ON p.key = a.member AND p.body = g.body
	WHERE a.presence = 'present' AND p.voting = 1
	  AND (p.term_from IS NULL OR p.term_from <= g.held_on)
	  AND (p.term_until IS NULL OR p.term_until >= g.held_on);
CREATE VIEW motion_clock AS
	SELECT m.key AS motion,
	       CASE WHEN m.voted_at <> '' AND m.voted_at + 0 < k.from_hour
	            THEN (m.voted_at + 24) || substr(m.voted_at, 3) ELSE m.voted_at END AS voted_at
	FROM motion m JOIN meeting_clock k ON k.meeting = m.meeting;

DROP VIEW motion_count;
-- The facts of each vote as they stand: who was there when it was taken, what the body asks for,
-- and whether mover and seconder had come by then (they may have left before the vote).
CREATE VIEW motion_count AS
	SELECT m.key AS motion, b.code AS body, b.kind AS body_kind, b.quorum, b.vote_basis, b.majority,
	       b.seconds, m.mover, m.seconder,
	       EXISTS (SELECT 1 FROM voter_present v
	               WHERE v.meeting = m.meeting AND v.member = m.mover
	                 AND (k.voted_at = '' OR v.arrived_at <= k.voted_at)) AS moved,
	       EXISTS (SELECT 1 FROM voter_present v
	               WHERE v.meeting = m.meeting AND v.member = m.seconder
	                 AND (k.voted_at = '' OR v.arrived_at <= k.voted_at)) AS seconded,
	       m.votes_for, m.votes_against, m.votes_abstained, m.votes_recused,
	       (SELECT count(*) FROM voter_present v
	        WHERE v.meeting = m.meeting
	          AND (k.voted_at = '' OR v.arrived_at = '' OR v.arrived_at <= k.voted_at)
	          AND (k.voted_at = '' OR v.left_at = '' OR v.left_at > k.voted_at)) AS present,
	       (SELECT count(*) FROM member p
	        WHERE p.body = b.code AND p.voting = 1
	          AND (p.term_from IS NULL OR p.term_from <= g.held_on)
	          AND (p.term_until IS NULL OR p.term_until >= g.held_on)) AS seats
	FROM motion m JOIN motion_clock k ON k.motion = m.key JOIN meeting g ON g.key = m.meeting
	JOIN body b ON b.code = g.body;

-- Where some came late or left early, the time of the vote tells who was there.
CREATE VIEW vote_needs_time AS
	SELECT m.key AS motion FROM motion m
	WHERE m.voted_at = ''
	  AND EXISTS (SELECT 1 FROM voter_present v
	              WHERE v.meeting = m.meeting AND (v.arrived_at <> '' OR v.left_at <> ''));
CREATE TRIGGER motion_attested_at_a_time BEFORE UPDATE OF attested_on ON motion
WHEN OLD.attested_on IS NULL AND NEW.attested_on IS NOT NULL BEGIN
	SELECT RAISE (ABORT, 'vote-needs-time') FROM vote_needs_time WHERE motion = NEW.key;
END;
-- What nobody voted on is withdrawn or tabled.
CREATE TRIGGER motion_attested_has_votes BEFORE UPDATE OF attested_on ON motion
WHEN OLD.attested_on IS NULL AND NEW.attested_on IS NOT NULL AND OLD.outcome = 'pending' BEGIN
	SELECT RAISE (ABORT, 'vote-missing')
	WHERE OLD.votes_for + OLD.votes_against + OLD.votes_abstained = 0;
END;

DROP VIEW motion_standing;
-- Where each motion stands, in words: as counted when it was attested, else as it would be counted
-- now, with the figures behind it.
CREATE VIEW motion_standing AS
	SELECT m.key AS motion, coalesce(c.present, r.present) AS present,
	       coalesce(c.quorum, r.quorum) AS quorum, coalesce(c.attester, '') AS attester,
	       CASE WHEN m.outcome = 'failed' THEN 'failed: ' || coalesce(c.lacks, r.lacks)
	            WHEN m.outcome <> 'pending' THEN m.outcome
	            ELSE CASE WHEN r.voted = 0 THEN 'not voted'
	                      WHEN m.key IN (SELECT motion FROM vote_needs_time)
	                      THEN 'the time of the vote is missing'
	                      WHEN r.voted > r.present THEN 'more votes than present: ' || r.voted
	                      WHEN r.outcome = 'carried' THEN 'carries as it stands'
	                      ELSE 'fails as it stands: ' || r.lacks END
	                 || '; ' || r.present || ' present, quorum ' || r.quorum END AS standing
	FROM motion m JOIN motion_result r ON r.motion = m.key
	LEFT JOIN motion_counted c ON c.motion = m.key;

-- One person has one seat on a body, and one vote.
CREATE TRIGGER member_has_one_seat_insert BEFORE INSERT ON member BEGIN
	SELECT RAISE (ABORT, 'seat-taken')
	FROM member p
	WHERE p.body = NEW.body AND p.key <> NEW.key
	  AND trim(p.person) = trim(NEW.person) COLLATE NOCASE
	  AND (p.term_until IS NULL OR NEW.term_from IS NULL OR p.term_until >= NEW.term_from)
	  AND (NEW.term_until IS NULL OR p.term_from IS NULL OR NEW.term_until >= p.term_from);
END;
CREATE TRIGGER member_has_one_seat_update BEFORE UPDATE OF person, term_from, term_until ON member
WHEN NEW.person IS NOT OLD.person OR NEW.term_from IS NOT OLD.term_from
  OR NEW.term_until IS NOT OLD.term_until BEGIN
	SELECT RAISE (ABORT, 'seat-taken')
	FROM member p
	WHERE p.body = NEW.body AND p.key <> NEW.key
	  AND trim(p.person) = trim(NEW.person) COLLATE NOCASE
	  AND (p.term_until IS NULL OR NEW.term_from IS NULL OR p.term_until >= NEW.term_from)
	  AND (NEW.term_until IS NULL OR p.term_from IS NULL OR NEW.term_until >= p.term_from);
END;

DROP VIEW motion_waiting;
-- Motions that wait for the attestation, which counts by the body's settings and seats: from the
-- day of the meeting on, or from the vote.
CREATE VIEW motion_waiting AS
	SELECT m.key AS motion, g.body, g.held_on
	FROM motion m JOIN meeting g ON g.key = m.meeting
	WHERE m.outcome = 'pending' AND g.status <> 'cancelled'
	  AND (g.status <> 'planned' OR g.held_on <= today()
	       OR m.votes_for + m.votes_against + m.votes_abstained + m.votes_recused > 0);

-- What was voted on is attested, carried or failed, and does not vanish.
CREATE TRIGGER motion_voted_is_not_taken_back BEFORE UPDATE OF outcome ON motion
WHEN NEW.outcome IN ('withdrawn', 'tabled') AND OLD.outcome = 'pending' BEGIN
	SELECT RAISE (ABORT, 'motion-voted')
	WHERE OLD.votes_for + OLD.votes_against + OLD.votes_abstained + OLD.votes_recused > 0;
END;
CREATE TRIGGER motion_voted_is_kept BEFORE DELETE ON motion WHEN OLD.attested_on IS NULL BEGIN
	SELECT RAISE (ABORT, 'motion-voted')
	WHERE OLD.votes_for + OLD.votes_against + OLD.votes_abstained + OLD.votes_recused > 0;
END;

CREATE TRIGGER meeting_voted_took_place BEFORE UPDATE OF status ON meeting
WHEN NEW.status = 'cancelled' AND OLD.status <> 'cancelled' BEGIN
	SELECT RAISE (ABORT, 'meeting-voted')
	FROM motion m
	WHERE m.meeting = NEW.key
	  AND m.votes_for + m.votes_against + m.votes_abstained + m.votes_recused > 0;
END;

-- ---- minutes as they were circulated ---------------------------------------------------------

-- What the members had before them at the vote on each meeting's minutes: as it went out last
-- before that was attested, else as it was then. The row of the history.
CREATE VIEW minutes_voted AS
	SELECT v.motion, v.subject AS meeting,
	       coalesce((SELECT max(c.id) FROM audit c
	                 WHERE c.type = 'meeting' AND c.key = v.subject AND c.operation = 'update'
	                   AND c.id < a.id
	                   AND instr(char(10) || c.after || char(10),
	                             char(10) || 'status=''circulated''' || char(10))), a.id) AS audit
	FROM motion_subject v JOIN audit a ON a.type = 'motion' AND a.key = v.motion
	WHERE v.type = 'meeting' AND instr(char(10) || a.after, char(10) || 'attested_on=''');

-- What the minutes say of each meeting, as changed in the history. Attesting is no change of them,
-- and who does an action item by when lives on.
CREATE VIEW minutes_change AS
	SELECT a.key AS meeting, a.id AS audit FROM audit a
	WHERE a.type = 'meeting'
	  AND (instr(char(10) || a.after, char(10) || 'held_on=')
	       OR instr(char(10) || a.after, char(10) || 'kind=')
	       OR instr(char(10) || a.after, char(10) || 'starts_at=')
	       OR instr(char(10) || a.after, char(10) || 'place=')
	       OR instr(char(10) || a.after, char(10) || 'called_at=')
	       OR instr(char(10) || a.after, char(10) || 'adjourned_at=')
	       OR instr(char(10) || a.after, char(10) || 'secretary=')
	       OR instr(char(10) || a.after, char(10) || 'guests='))
	UNION ALL
	SELECT g.key, a.id FROM meeting g JOIN audit a
	ON a.type IN ('agenda-item', 'attendance', 'motion-subject')
	   AND a.key > g.key || '/' AND a.key < g.key || '0'
	UNION ALL
	SELECT g.key, a.id FROM meeting g JOIN audit a
	ON a.type = 'motion' AND a.key > g.key || '/' AND a.key < g.key || '0'
	WHERE a.operation <> 'update'
	   OR instr(char(10) || a.after, char(10) || 'text=')
	   OR instr(char(10) || a.after, char(10) || 'agenda_item=')
	   OR instr(char(10) || a.after, char(10) || 'mover=')
	   OR instr(char(10) || a.after, char(10) || 'seconder=')
	   OR instr(char(10) || a.after, char(10) || 'voted_at=')
	   OR instr(char(10) || a.after, char(10) || 'votes_')
	   OR instr(char(10) || a.after, char(10) || 'expires_on=')
	   OR instr(char(10) || a.after, char(10) || 'outcome=''withdrawn''')
	   OR instr(char(10) || a.after, char(10) || 'outcome=''tabled''')
	UNION ALL
	SELECT i.meeting, a.id FROM action_item i JOIN audit a ON a.type = 'action-item' AND a.key = i.key
	WHERE i.meeting IS NOT NULL
	  AND (a.operation <> 'update'
	       OR instr(char(10) || a.after, char(10) || 'what=')
	       OR instr(char(10) || a.after, char(10) || 'meeting='));

-- The body approves what the members had before them. What was changed since is approved as
-- corrected or not at all (DOMAIN.md, "Meetings").
CREATE TRIGGER minutes_approved_as_circulated BEFORE UPDATE OF status ON meeting
WHEN NEW.status = 'approved' AND OLD.status = 'circulated' AND NEW.corrected = 0 BEGIN
	SELECT RAISE (ABORT, 'minutes-changed')
	FROM minutes_voted v
	JOIN binding b ON b.motion = v.motion AND b.type = 'meeting' AND b.subject = v.meeting
	JOIN minutes_change c ON c.meeting = v.meeting AND c.audit > v.audit
	WHERE v.motion = NEW.approved_by AND v.meeting = NEW.key;
END;

-- ---- days in their order ---------------------------------------------------------------------

CREATE TRIGGER client_leaves_after_coming_insert BEFORE INSERT ON client BEGIN
	SELECT RAISE (ABORT, 'dates-turned') WHERE NEW.left_on < NEW.since;
END;
CREATE TRIGGER client_leaves_after_coming_update BEFORE UPDATE OF since, left_on ON client BEGIN
	SELECT RAISE (ABORT, 'dates-turned') WHERE NEW.left_on < NEW.since;
END;
CREATE TRIGGER staff_leaves_after_coming_insert BEFORE INSERT ON staff BEGIN
	SELECT RAISE (ABORT, 'dates-turned') WHERE NEW.left_on < NEW.hired_on;
END;
CREATE TRIGGER staff_leaves_after_coming_update BEFORE UPDATE OF hired_on, left_on ON staff BEGIN
	SELECT RAISE (ABORT, 'dates-turned') WHERE NEW.left_on < NEW.hired_on;
END;
CREATE TRIGGER member_term_ends_after_beginning_insert BEFORE INSERT ON member BEGIN
	SELECT RAISE (ABORT, 'dates-turned') WHERE NEW.term_until < NEW.term_from;
END;
CREATE TRIGGER member_term_ends_after_beginning_update BEFORE UPDATE OF term_from, term_until ON member BEGIN
	SELECT RAISE (ABORT, 'dates-turned') WHERE NEW.term_until < NEW.term_from;
END;

-- ---- people beside themselves ----------------------------------------------------------------

CREATE TRIGGER motion_seconded_by_another_insert BEFORE INSERT ON motion BEGIN
	SELECT RAISE (ABORT, 'second-own') WHERE NEW.seconder = NEW.mover;
END;
CREATE TRIGGER motion_seconded_by_another_update BEFORE UPDATE OF mover, seconder ON motion BEGIN
	SELECT RAISE (ABORT, 'second-own') WHERE NEW.seconder = NEW.mover;
END;
CREATE TRIGGER staff_report_to_another_insert BEFORE INSERT ON staff BEGIN
	SELECT RAISE (ABORT, 'report-own') WHERE NEW.reports_to = NEW.key;
END;
CREATE TRIGGER staff_report_to_another_update BEFORE UPDATE OF reports_to ON staff BEGIN
	SELECT RAISE (ABORT, 'report-own') WHERE NEW.reports_to = NEW.key;
END;

-- ---- one's own pay ---------------------------------------------------------------------------

-- The staff members that this login is, or was for more than a week, tied to: untying it for the
-- moment makes nobody somebody else, and a slip that was put right ties nobody.
CREATE VIEW own_staff AS
	SELECT staff FROM me WHERE staff IS NOT NULL
	UNION
	SELECT s.key FROM me JOIN audit a ON a.type = 'user' AND a.key = me.login
	JOIN staff s ON instr(char(10) || a.after || char(10), char(10) || 'staff=''' || s.key || '''' || char(10))
	WHERE NOT EXISTS (SELECT 1 FROM audit e
	                  WHERE e.type = 'user' AND e.key = me.login AND e.id > a.id
	                    AND julianday(e.at) < julianday(a.at) + 7
	                    AND instr(char(10) || e.before || char(10),
	                              char(10) || 'staff=''' || s.key || '''' || char(10)));

DROP TRIGGER staff_pay_is_not_own_insert;
CREATE TRIGGER staff_pay_is_not_own_insert BEFORE INSERT ON staff_pay BEGIN
	SELECT RAISE (ABORT, 'own-pay') WHERE NEW.staff IN (SELECT staff FROM own_staff);
END;
DROP TRIGGER staff_pay_is_not_own_update;
CREATE TRIGGER staff_pay_is_not_own_update BEFORE UPDATE ON staff_pay BEGIN
	SELECT RAISE (ABORT, 'own-pay') WHERE OLD.staff IN (SELECT staff FROM own_staff);
END;
DROP TRIGGER staff_pay_is_not_own_delete;
CREATE TRIGGER staff_pay_is_not_own_delete BEFORE DELETE ON staff_pay BEGIN
	SELECT RAISE (ABORT, 'own-pay') WHERE OLD.staff IN (SELECT staff FROM own_staff);
END;
