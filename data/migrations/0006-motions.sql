-- Motions to their last detail: why one fails, what one may be about, and what attested motions
-- and approved minutes keep of things that live on elsewhere (DOMAIN.md, "Motions" and
-- "Meetings").  GPL-3.0-or-later.

-- ---- what a vote comes to, and why -----------------------------------------------------------

DROP VIEW motion_result;
DROP VIEW motion_count;

-- The facts of each vote as they stand: who was there when it was taken, what the body asks for,
-- and whether mover and seconder could vote.
CREATE VIEW motion_count AS
	SELECT m.key AS motion, b.code AS body, b.kind AS body_kind, b.quorum, b.vote_basis, b.majority,
	       b.seconds, m.mover, m.seconder,
	       EXISTS (SELECT 1 FROM voter_present v
	               WHERE v.meeting = m.meeting AND v.member = m.mover) AS moved,
	       EXISTS (SELECT 1 FROM voter_present v
	               WHERE v.meeting = m.meeting AND v.member = m.seconder) AS seconded,
	       m.votes_for, m.votes_against, m.votes_abstained, m.votes_recused,
	       (SELECT count(*) FROM voter_present v
	        WHERE v.meeting = m.meeting
	          AND (m.voted_at = '' OR v.arrived_at = '' OR v.arrived_at <= m.voted_at)
	          AND (m.voted_at = '' OR v.left_at = '' OR v.left_at > m.voted_at)) AS present,
	       (SELECT count(*) FROM member p
	        WHERE p.body = b.code AND p.voting = 1
	          AND (p.term_from IS NULL OR p.term_from <= g.held_on)
	          AND (p.term_until IS NULL OR p.term_until >= g.held_on)) AS seats
	FROM motion m JOIN meeting g ON g.key = m.meeting JOIN body b ON b.code = g.body;

-- The same with what the majority is counted on, by the body's vote basis.
CREATE VIEW motion_basis AS
	SELECT *,
	       CASE vote_basis WHEN 'cast' THEN votes_for + votes_against
	                       WHEN 'present' THEN present - votes_recused
	                       ELSE seats END AS counted_on,
	       CASE vote_basis WHEN 'cast' THEN 'votes' WHEN 'present' THEN 'present' ELSE 'seats' END
	       AS counted_word
	FROM motion_count;

-- What each motion lacks to carry, in words; '' when it carries. Quorum goes without the recused.
CREATE VIEW motion_lack AS
	SELECT *, substr(
	       CASE WHEN mover IS NULL THEN ', no mover'
	            WHEN NOT moved THEN ', the mover was not there to vote' ELSE '' END
	       || CASE WHEN seconds = 0 THEN ''
	               WHEN seconder IS NULL THEN ', no seconder'
	               WHEN NOT seconded THEN ', the seconder was not there to vote' ELSE '' END
	       || CASE WHEN present < quorum THEN ', no quorum'
	               WHEN present - votes_recused < quorum THEN ', no quorum without the recused'
	               WHEN votes_for = 0 THEN ', no vote in favour'
	               WHEN majority = 'simple' AND votes_for * 2 <= counted_on
	               THEN ', ' || votes_for || ' of ' || counted_on || ' ' || counted_word
	                    || ' in favour, not more than half'
	               WHEN majority = 'two thirds' AND votes_for * 3 < counted_on * 2
	               THEN ', ' || votes_for || ' of ' || counted_on || ' ' || counted_word
	                    || ' in favour, not two thirds'
	               WHEN majority = 'unanimous' AND votes_for <> counted_on
	               THEN ', ' || votes_for || ' of ' || counted_on || ' ' || counted_word
	                    || ' in favour, not all'
	               ELSE '' END, 3) AS lacks
	FROM motion_basis;

-- The vote of each motion as it stands, and the outcome that follows.
CREATE VIEW motion_result AS
	SELECT motion, body, body_kind, present, seats, quorum,
	       votes_for + votes_against + votes_abstained + votes_recused AS voted,
	       counted_on, lacks, CASE lacks WHEN '' THEN 'carried' ELSE 'failed' END AS outcome
	FROM motion_lack;

-- What the vote came to when it was attested, and who attested it by name: body, seats and names
-- change later, the count does not.
CREATE TABLE motion_counted (
	motion   TEXT PRIMARY KEY REFERENCES motion (key),
	present  INTEGER NOT NULL,
	seats    INTEGER NOT NULL,
	quorum   INTEGER NOT NULL,
	lacks    TEXT NOT NULL,
	attester TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose word an attestation is: the one who signed the sheet, else the person behind the login.
CREATE VIEW motion_attester AS
	SELECT m.key AS motion, coalesce(signer.person, staff.name, seat.person, m.attested_by) AS attester
	FROM motion m
	LEFT JOIN member signer ON signer.key = m.signed_by
	LEFT JOIN user u ON u.login = m.attested_by
	LEFT JOIN staff ON staff.key = u.staff
	LEFT JOIN member seat ON seat.key = u.member
	WHERE m.attested_on IS NOT NULL;

INSERT INTO motion_counted (motion, present, seats, quorum, lacks, attester)
	SELECT r.motion, r.present, r.seats, r.quorum, r.lacks, a.attester
	FROM motion_result r JOIN motion_attester a ON a.motion = r.motion;

CREATE TRIGGER motion_count_is_kept_with_attestation AFTER UPDATE OF attested_on ON motion
WHEN OLD.attested_on IS NULL AND NEW.attested_on IS NOT NULL BEGIN
	INSERT INTO motion_counted (motion, present, seats, quorum, lacks, attester)
	SELECT r.motion, r.present, r.seats, r.quorum, r.lacks, a.attester
	FROM motion_result r JOIN motion_attester a ON a.motion = r.motion
	WHERE r.motion = NEW.key;
END;
-- It comes with the attestation, once, so a second row is somebody's own.
CREATE TRIGGER motion_counted_by_attestation_only BEFORE INSERT ON motion_counted BEGIN
	SELECT RAISE (ABORT, 'count-kept')
	WHERE EXISTS (SELECT 1 FROM motion_counted WHERE motion = NEW.motion)
	   OR (SELECT attested_on FROM motion WHERE key = NEW.motion) IS NULL;
END;
CREATE TRIGGER motion_counted_stands BEFORE UPDATE ON motion_counted BEGIN
	SELECT RAISE (ABORT, 'count-kept');
END;
CREATE TRIGGER motion_counted_is_never_deleted BEFORE DELETE ON motion_counted BEGIN
	SELECT RAISE (ABORT, 'count-kept');
END;

-- Where each motion stands, in words: as counted when it was attested, else as it would be counted
-- now, with the figures behind it.
CREATE VIEW motion_standing AS
	SELECT m.key AS motion, coalesce(c.present, r.present) AS present,
	       coalesce(c.quorum, r.quorum) AS quorum, coalesce(c.attester, '') AS attester,
	       CASE WHEN m.outcome = 'failed' THEN 'failed: ' || coalesce(c.lacks, r.lacks)
	            WHEN m.outcome <> 'pending' THEN m.outcome
	            ELSE CASE WHEN r.voted = 0 THEN 'not voted'
	                      WHEN r.outcome = 'carried' THEN 'carries as it stands'
	                      ELSE 'fails as it stands: ' || r.lacks END
	                 || '; ' || r.present || ' present, quorum ' || r.quorum END AS standing
	FROM motion m JOIN motion_result r ON r.motion = m.key
	LEFT JOIN motion_counted c ON c.motion = m.key;

-- ---- what a motion may be about --------------------------------------------------------------

-- Every record that a motion may be about, and whether the motion then names an amount: the most
-- that a request may cost, or the new value of a policy.
CREATE VIEW possible_subject AS
	SELECT 'request' AS type, key AS subject, 1 AS needs_amount FROM request
	UNION ALL SELECT 'budget', key, 0 FROM budget
	UNION ALL SELECT 'position', key, 0 FROM position
	UNION ALL SELECT 'policy', name, 1 FROM policy
	UNION ALL SELECT 'meeting', key, 0 FROM meeting
	UNION ALL SELECT 'motion', key, 0 FROM motion;

-- Subjects exist, and are frozen with their motion. Minutes are approved by a later meeting, so no
-- motion is about its own (DOMAIN.md, "Meetings"), and none is about itself.
DROP TRIGGER motion_subject_insert;
CREATE TRIGGER motion_subject_insert BEFORE INSERT ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'motion-attested')
	WHERE (SELECT attested_on FROM motion WHERE key = NEW.motion) IS NOT NULL;
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT g.status FROM motion m JOIN meeting g ON g.key = m.meeting
	       WHERE m.key = NEW.motion) = 'approved';
	SELECT RAISE (ABORT, 'subject-unknown')
	WHERE NOT EXISTS (SELECT 1 FROM possible_subject WHERE type = NEW.type AND subject = NEW.subject);
	SELECT RAISE (ABORT, 'subject-needs-amount')
	WHERE NEW.amount IS NULL
	  AND (SELECT needs_amount FROM possible_subject WHERE type = NEW.type AND subject = NEW.subject);
	SELECT RAISE (ABORT, 'subject-own')
	WHERE (NEW.type = 'meeting' AND NEW.subject = (SELECT meeting FROM motion WHERE key = NEW.motion))
	   OR (NEW.type = 'motion' AND NEW.subject = NEW.motion);
END;
DROP TRIGGER motion_subject_update;
CREATE TRIGGER motion_subject_update BEFORE UPDATE ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'motion-attested')
	WHERE (SELECT attested_on FROM motion WHERE key = OLD.motion) IS NOT NULL;
	SELECT RAISE (ABORT, 'fixed-parent') WHERE NEW.motion <> OLD.motion;
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT g.status FROM motion m JOIN meeting g ON g.key = m.meeting
	       WHERE m.key = OLD.motion) = 'approved';
	SELECT RAISE (ABORT, 'subject-unknown')
	WHERE NOT EXISTS (SELECT 1 FROM possible_subject WHERE type = NEW.type AND subject = NEW.subject);
	SELECT RAISE (ABORT, 'subject-needs-amount')
	WHERE NEW.amount IS NULL
	  AND (SELECT needs_amount FROM possible_subject WHERE type = NEW.type AND subject = NEW.subject);
	SELECT RAISE (ABORT, 'subject-own')
	WHERE (NEW.type = 'meeting' AND NEW.subject = (SELECT meeting FROM motion WHERE key = NEW.motion))
	   OR (NEW.type = 'motion' AND NEW.subject = NEW.motion);
END;

-- ---- rescinding ------------------------------------------------------------------------------

-- A policy always has a value, and only a binding Board motion sets it (DOMAIN.md, Purchasing 4).
-- So the motion that set the one in force is rescinded only after another motion, perhaps the
-- rescinding one itself, has set what holds instead.
CREATE TRIGGER motion_in_force_is_not_rescinded BEFORE UPDATE OF rescinded_by ON motion
WHEN NEW.rescinded_by IS NOT NULL AND OLD.rescinded_by IS NULL BEGIN
	SELECT RAISE (ABORT, 'policy-in-force') WHERE EXISTS (SELECT 1 FROM policy WHERE motion = OLD.key);
END;

-- ---- attendance ------------------------------------------------------------------------------

-- Who was not there neither came late nor left early.
CREATE TRIGGER attendance_absent_has_no_times_insert BEFORE INSERT ON attendance
WHEN NEW.presence <> 'present' BEGIN
	SELECT RAISE (ABORT, 'absent-times') WHERE NEW.arrived_at <> '' OR NEW.left_at <> '';
END;
CREATE TRIGGER attendance_absent_has_no_times_update BEFORE UPDATE ON attendance
WHEN NEW.presence <> 'present' BEGIN
	SELECT RAISE (ABORT, 'absent-times') WHERE NEW.arrived_at <> '' OR NEW.left_at <> '';
END;

-- ---- what approved minutes keep --------------------------------------------------------------

-- Minutes name people, seats and action items that live on after the approval. What they said then
-- is kept here, once, when they are approved, and they are printed from it ever after.
CREATE TABLE minutes_kept (
	meeting   TEXT PRIMARY KEY REFERENCES meeting (key),
	body_name TEXT NOT NULL,
	quorum    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes_kept_seat (
	meeting TEXT NOT NULL REFERENCES meeting (key),
	member  TEXT NOT NULL REFERENCES member (key),
	place   INTEGER NOT NULL,
	person  TEXT NOT NULL,
	role    TEXT NOT NULL,
	voting  INTEGER NOT NULL,
	PRIMARY KEY (meeting, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes_kept_action (
	meeting     TEXT NOT NULL REFERENCES meeting (key),
	action_item TEXT NOT NULL REFERENCES action_item (key),
	place       INTEGER NOT NULL,
	what        TEXT NOT NULL,
	owner       TEXT NOT NULL,
	due_on      TEXT,
	done        INTEGER NOT NULL,
	done_note   TEXT NOT NULL,
	born        TEXT NOT NULL,
	PRIMARY KEY (meeting, action_item)
) STRICT, WITHOUT ROWID;

-- The seats of a meeting as they are known now: whoever had one that day, or has a row all the same.
CREATE VIEW meeting_seat AS
	SELECT g.key AS meeting, p.key AS member, p.id AS place, p.person, p.role, p.voting
	FROM meeting g JOIN member p ON p.body = g.body
	WHERE EXISTS (SELECT 1 FROM attendance a WHERE a.meeting = g.key AND a.member = p.key)
	   OR ((p.term_from IS NULL OR p.term_from <= g.held_on)
	       AND (p.term_until IS NULL OR p.term_until >= g.held_on));

-- The action items of a meeting as they stood that day, as far as is known now: those born in it
-- and those of earlier meetings of the body that were open.
CREATE VIEW meeting_action AS
	SELECT g.key AS meeting, i.key AS action_item, i.id AS place, i.what,
	       coalesce(s.name, '') AS owner, i.due_on, coalesce(i.done_on <= g.held_on, 0) AS done,
	       CASE WHEN i.done_on <= g.held_on THEN i.done_note ELSE '' END AS done_note,
	       i.meeting AS born
	FROM meeting g JOIN action_item i ON i.meeting = g.key
	     OR (i.meeting IN (SELECT e.key FROM meeting e WHERE e.body = g.body AND e.held_on < g.held_on)
	         AND (i.done_on IS NULL OR i.done_on >= g.held_on))
	LEFT JOIN staff s ON s.key = i.owner;

INSERT INTO minutes_kept_seat (meeting, member, place, person, role, voting)
	SELECT s.meeting, s.member, s.place, s.person, s.role, s.voting
	FROM meeting_seat s JOIN meeting g ON g.key = s.meeting WHERE g.status = 'approved';
INSERT INTO minutes_kept_action (meeting, action_item, place, what, owner, due_on, done, done_note, born)
	SELECT a.meeting, a.action_item, a.place, a.what, a.owner, a.due_on, a.done, a.done_note, a.born
	FROM meeting_action a JOIN meeting g ON g.key = a.meeting WHERE g.status = 'approved';
INSERT INTO minutes_kept (meeting, body_name, quorum)
	SELECT g.key, b.name, b.quorum
	FROM meeting g JOIN body b ON b.code = g.body WHERE g.status = 'approved';

-- The row of the meeting comes last and closes the others.
CREATE TRIGGER minutes_are_kept_with_approval AFTER UPDATE OF status ON meeting
WHEN NEW.status = 'approved' AND OLD.status <> 'approved' BEGIN
	INSERT INTO minutes_kept_seat (meeting, member, place, person, role, voting)
	SELECT meeting, member, place, person, role, voting FROM meeting_seat WHERE meeting = NEW.key;
	INSERT INTO minutes_kept_action (meeting, action_item, place, what, owner, due_on, done, done_note,
	                                 born)
	SELECT meeting, action_item, place, what, owner, due_on, done, done_note, born
	FROM meeting_action WHERE meeting = NEW.key;
	INSERT INTO minutes_kept (meeting, body_name, quorum)
	SELECT NEW.key, name, quorum FROM body WHERE code = NEW.body;
END;
CREATE TRIGGER minutes_kept_by_approval_only BEFORE INSERT ON minutes_kept BEGIN
	SELECT RAISE (ABORT, 'minutes-kept')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) IS NOT 'approved'
	   OR EXISTS (SELECT 1 FROM minutes_kept WHERE meeting = NEW.meeting);
END;
CREATE TRIGGER minutes_kept_stand BEFORE UPDATE ON minutes_kept BEGIN
	SELECT RAISE (ABORT, 'minutes-kept');
END;
CREATE TRIGGER minutes_kept_are_never_deleted BEFORE DELETE ON minutes_kept BEGIN
	SELECT RAISE (ABORT, 'minutes-kept');
END;
CREATE TRIGGER minutes_kept_seat_by_approval_only BEFORE INSERT ON minutes_kept_seat BEGIN
	SELECT RAISE (ABORT, 'minutes-kept')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) IS NOT 'approved'
	   OR EXISTS (SELECT 1 FROM minutes_kept WHERE meeting = NEW.meeting);
END;
CREATE TRIGGER minutes_kept_seat_stands BEFORE UPDATE ON minutes_kept_seat BEGIN
	SELECT RAISE (ABORT, 'minutes-kept');
END;
CREATE TRIGGER minutes_kept_seat_is_never_deleted BEFORE DELETE ON minutes_kept_seat BEGIN
	SELECT RAISE (ABORT, 'minutes-kept');
END;
CREATE TRIGGER minutes_kept_action_by_approval_only BEFORE INSERT ON minutes_kept_action BEGIN
	SELECT RAISE (ABORT, 'minutes-kept')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) IS NOT 'approved'
	   OR EXISTS (SELECT 1 FROM minutes_kept WHERE meeting = NEW.meeting);
END;
CREATE TRIGGER minutes_kept_action_stands BEFORE UPDATE ON minutes_kept_action BEGIN
	SELECT RAISE (ABORT, 'minutes-kept');
END;
CREATE TRIGGER minutes_kept_action_is_never_deleted BEFORE DELETE ON minutes_kept_action BEGIN
	SELECT RAISE (ABORT, 'minutes-kept');
END;

-- What the minutes of a meeting say: as kept, once they are approved; until then as known now.
CREATE VIEW minutes_seat AS
	SELECT meeting, member, place, person, role, voting FROM minutes_kept_seat
	UNION ALL SELECT meeting, member, place, person, role, voting FROM meeting_seat s
	WHERE NOT EXISTS (SELECT 1 FROM minutes_kept k WHERE k.meeting = s.meeting);
CREATE VIEW minutes_action AS
	SELECT meeting, action_item, place, what, owner, due_on, done, done_note, born
	FROM minutes_kept_action
	UNION ALL SELECT meeting, action_item, place, what, owner, due_on, done, done_note, born
	FROM meeting_action a WHERE NOT EXISTS (SELECT 1 FROM minutes_kept k WHERE k.meeting = a.meeting);
