-- Bodies, meetings, minutes and motions: the root of authority (DOMAIN.md, "Motions" and
-- "Meetings").  GPL-3.0-or-later.

-- The Council, the Board, and committees.
CREATE TABLE body (
	id         INTEGER PRIMARY KEY,
	code       TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 8),
	version    INTEGER NOT NULL DEFAULT 1,
	name       TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
	kind       TEXT NOT NULL CHECK (kind = 'council' OR kind = 'board' OR kind = 'committee'),
	quorum     INTEGER NOT NULL CHECK (quorum >= 1),
	vote_basis TEXT NOT NULL DEFAULT 'cast'
	           CHECK (vote_basis = 'cast' OR vote_basis = 'present' OR vote_basis = 'all seats'),
	majority   TEXT NOT NULL DEFAULT 'simple'
	           CHECK (majority = 'simple' OR majority = 'two thirds' OR majority = 'unanimous'),
	seconds    INTEGER NOT NULL DEFAULT 1 CHECK (seconds = 0 OR seconds = 1),
	draft_days INTEGER NOT NULL DEFAULT 7 CHECK (draft_days BETWEEN 1 AND 365)
) STRICT;

-- A seat on a body.
CREATE TABLE member (
	id        INTEGER PRIMARY KEY,
	key       TEXT NOT NULL UNIQUE,
	version   INTEGER NOT NULL DEFAULT 1,
	body      TEXT NOT NULL REFERENCES body (code),
	person    TEXT NOT NULL COLLATE NOCASE CHECK (length(person) BETWEEN 1 AND 120),
	role      TEXT NOT NULL DEFAULT 'member'
	          CHECK (role = 'chair' OR role = 'vice chair' OR role = 'secretary' OR role = 'treasurer'
	                 OR role = 'member'),
	voting    INTEGER NOT NULL DEFAULT 1 CHECK (voting = 0 OR voting = 1),
	term_from TEXT CHECK (term_from IS date(term_from, '+0 days')),
	term_until TEXT CHECK (term_until IS date(term_until, '+0 days')),
	email     TEXT NOT NULL DEFAULT '',
	phone     TEXT NOT NULL DEFAULT '',
	CHECK (term_until >= term_from)
) STRICT;
CREATE INDEX member_body ON member (body);

-- A meeting and its minutes: planned, then minutes in draft, circulated, approved.
CREATE TABLE meeting (
	id            INTEGER PRIMARY KEY,
	key           TEXT NOT NULL UNIQUE,
	version       INTEGER NOT NULL DEFAULT 1,
	body          TEXT NOT NULL REFERENCES body (code),
	kind          TEXT NOT NULL DEFAULT 'regular'
	              CHECK (kind = 'regular' OR kind = 'special' OR kind = 'annual' OR kind = 'written consent'),
	held_on       TEXT NOT NULL CHECK (held_on IS date(held_on, '+0 days')),
	title         TEXT GENERATED ALWAYS AS (kind || ' meeting of ' || held_on) VIRTUAL,
	starts_at     TEXT NOT NULL DEFAULT '',
	place         TEXT NOT NULL DEFAULT '',
	status        TEXT NOT NULL DEFAULT 'planned'
	              CHECK (status = 'planned' OR status = 'draft' OR status = 'circulated'
	                     OR status = 'approved' OR status = 'cancelled'),
	notice_on     TEXT CHECK (notice_on IS date(notice_on, '+0 days')),
	called_at     TEXT NOT NULL DEFAULT '',
	adjourned_at  TEXT NOT NULL DEFAULT '',
	guests        TEXT NOT NULL DEFAULT '',
	secretary     TEXT NOT NULL DEFAULT '',
	circulated_on TEXT CHECK (circulated_on IS date(circulated_on, '+0 days')),
	approved_by   TEXT REFERENCES motion (key),
	corrected     INTEGER NOT NULL DEFAULT 0 CHECK (corrected = 0 OR corrected = 1)
) STRICT;
CREATE INDEX meeting_body ON meeting (body, held_on);
CREATE INDEX meeting_held ON meeting (held_on);

-- One item of a meeting's agenda, with the director's advice and the minutes of it.
CREATE TABLE agenda_item (
	id       INTEGER PRIMARY KEY,
	key      TEXT NOT NULL UNIQUE,
	version  INTEGER NOT NULL DEFAULT 1,
	meeting  TEXT NOT NULL REFERENCES meeting (key),
	place    INTEGER NOT NULL DEFAULT 1 CHECK (place BETWEEN 1 AND 999),
	title    TEXT NOT NULL COLLATE NOCASE CHECK (length(title) BETWEEN 1 AND 160),
	advice   TEXT NOT NULL DEFAULT '',
	minutes  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX agenda_item_meeting ON agenda_item (meeting);

-- Who was there: one row per member and meeting.
CREATE TABLE attendance (
	id         INTEGER PRIMARY KEY,
	key        TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL DEFAULT 1,
	meeting    TEXT NOT NULL REFERENCES meeting (key),
	member     TEXT NOT NULL REFERENCES member (key),
	presence   TEXT NOT NULL DEFAULT 'present'
	           CHECK (presence = 'present' OR presence = 'absent' OR presence = 'excused'),
	arrived_at TEXT NOT NULL DEFAULT '',
	left_at    TEXT NOT NULL DEFAULT '',
	UNIQUE (meeting, member)
) STRICT;

-- A proposal put to a body, with its vote. It binds when carried and attested.
CREATE TABLE motion (
	id           INTEGER PRIMARY KEY,
	key          TEXT NOT NULL UNIQUE,
	version      INTEGER NOT NULL DEFAULT 1,
	meeting      TEXT NOT NULL REFERENCES meeting (key),
	agenda_item  TEXT REFERENCES agenda_item (key),
	text         TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
	mover        TEXT REFERENCES member (key),
	seconder     TEXT REFERENCES member (key) CHECK (seconder <> mover),
	voted_at     TEXT NOT NULL DEFAULT '',
	votes_for       INTEGER NOT NULL DEFAULT 0 CHECK (votes_for BETWEEN 0 AND 999),
	votes_against   INTEGER NOT NULL DEFAULT 0 CHECK (votes_against BETWEEN 0 AND 999),
	votes_abstained INTEGER NOT NULL DEFAULT 0 CHECK (votes_abstained BETWEEN 0 AND 999),
	votes_recused   INTEGER NOT NULL DEFAULT 0 CHECK (votes_recused BETWEEN 0 AND 999),
	outcome      TEXT NOT NULL DEFAULT 'pending'
	             CHECK (outcome = 'pending' OR outcome = 'carried' OR outcome = 'failed'
	                    OR outcome = 'withdrawn' OR outcome = 'tabled'),
	expires_on   TEXT CHECK (expires_on IS date(expires_on, '+0 days')),
	rescinded_by TEXT REFERENCES motion (key) CHECK (rescinded_by <> key),
	attested_by  TEXT REFERENCES user (login),
	attested_on  TEXT CHECK (attested_on IS date(attested_on, '+0 days')),
	attested_how TEXT NOT NULL DEFAULT ''
	             CHECK (attested_how = '' OR attested_how = 'at the terminal' OR attested_how = 'signed sheet'),
	signed_by    TEXT REFERENCES member (key),
	signed_on    TEXT CHECK (signed_on IS date(signed_on, '+0 days')),
	sheet        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX motion_meeting ON motion (meeting);

-- What a motion is about: the one place where authority is tied to a record. The amount is the
-- ceiling of a request, or the new value of a policy.
CREATE TABLE motion_subject (
	id      INTEGER PRIMARY KEY,
	key     TEXT NOT NULL UNIQUE,
	version INTEGER NOT NULL DEFAULT 1,
	motion  TEXT NOT NULL REFERENCES motion (key),
	type    TEXT NOT NULL
	        CHECK (type = 'request' OR type = 'budget' OR type = 'position' OR type = 'policy'
	               OR type = 'meeting' OR type = 'motion'),
	subject TEXT NOT NULL,
	amount  INTEGER CHECK (amount >= 0),
	UNIQUE (motion, type, subject)
) STRICT;
CREATE INDEX motion_subject_subject ON motion_subject (type, subject);

-- A follow-up with an owner and a due date; never deleted.
CREATE TABLE action_item (
	id        INTEGER PRIMARY KEY,
	key       TEXT NOT NULL UNIQUE,
	version   INTEGER NOT NULL DEFAULT 1,
	meeting   TEXT REFERENCES meeting (key),
	motion    TEXT REFERENCES motion (key),
	what      TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 400),
	owner     TEXT REFERENCES staff (key),
	due_on    TEXT CHECK (due_on IS date(due_on, '+0 days')),
	status    TEXT NOT NULL DEFAULT 'open' CHECK (status = 'open' OR status = 'done'),
	done_on   TEXT CHECK (done_on IS date(done_on, '+0 days')),
	done_note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX action_item_open ON action_item (due_on) WHERE status = 'open';
CREATE INDEX action_item_meeting ON action_item (meeting);

-- A value that the Board sets: changed only by a binding Board motion.
CREATE TABLE policy (
	id         INTEGER PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE,
	version    INTEGER NOT NULL DEFAULT 1,
	title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
	amount     INTEGER NOT NULL CHECK (amount >= 0), -- cents
	motion     TEXT REFERENCES motion (key),
	changed_on TEXT CHECK (changed_on IS date(changed_on, '+0 days')),
	text       TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO policy (name, title, amount, text) VALUES
	('approval-limit', 'Director''s approval limit', 100000,
	 'The most that the executive director may approve in one purchase request, inclusive, and only '
	 || 'within an adopted budget.');

INSERT INTO office_table (name, type, number, key_column) VALUES
	('body', 'body', 10, 'code'),
	('member', 'member', 11, 'key'),
	('meeting', 'meeting', 12, 'key'),
	('agenda_item', 'agenda-item', 13, 'key'),
	('attendance', 'attendance', 14, 'key'),
	('motion', 'motion', 15, 'key'),
	('motion_subject', 'motion-subject', 16, 'key'),
	('action_item', 'action-item', 17, 'key'),
	('policy', 'policy', 18, 'name');

INSERT INTO may_write (name, role) VALUES
	('body', 'director'),
	('member', 'director'),
	('meeting', 'director'), ('meeting', 'staff'),
	('agenda_item', 'director'), ('agenda_item', 'staff'),
	('attendance', 'director'), ('attendance', 'staff'),
	('motion', 'director'), ('motion', 'staff'), ('motion', 'chair'),
	('motion_subject', 'director'), ('motion_subject', 'staff'),
	('action_item', 'director'), ('action_item', 'staff'),
	('policy', 'director');

-- ---- what a vote comes to ------------------------------------------------------------------

-- Who can vote at each meeting: present, with a voting seat on the body that meets, in the term.
CREATE VIEW voter_present AS
	SELECT a.meeting, a.member, a.arrived_at, a.left_at
	FROM attendance a JOIN meeting g ON g.key = a.meeting
	JOIN member p ON p.key = a.member AND p.body = g.body
	WHERE a.presence = 'present' AND p.voting = 1
	  AND (p.term_from IS NULL OR p.term_from <= g.held_on)
	  AND (p.term_until IS NULL OR p.term_until >= g.held_on);

-- The vote of each motion as it stands: who was there when it was taken, whether that was a
-- quorum (without the recused), what it is counted on, and the outcome that follows.
-- Sources: DOMAIN.md "Meetings": quorum at each vote; basis, majority and seconds of the body.
CREATE VIEW motion_count AS
	SELECT m.key AS motion, b.code AS body, b.kind AS body_kind, b.quorum, b.vote_basis, b.majority,
	       b.seconds,
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

CREATE VIEW motion_result AS
	SELECT motion, body, body_kind, present, seats, quorum,
	       present - votes_recused >= quorum AS quorate,
	       votes_for + votes_against + votes_abstained + votes_recused AS voted,
	       CASE vote_basis WHEN 'cast' THEN votes_for + votes_against
	                       WHEN 'present' THEN present - votes_recused
	                       ELSE seats END AS counted_on,
	       CASE WHEN present - votes_recused < quorum THEN 'failed'
	            WHEN seconds = 1 AND NOT seconded THEN 'failed'
	            WHEN votes_for = 0 THEN 'failed'
	            WHEN majority = 'simple' AND votes_for * 2 >
	                 (CASE vote_basis WHEN 'cast' THEN votes_for + votes_against
	                                  WHEN 'present' THEN present - votes_recused ELSE seats END)
	                 THEN 'carried'
	            WHEN majority = 'two thirds' AND votes_for * 3 >= 2 *
	                 (CASE vote_basis WHEN 'cast' THEN votes_for + votes_against
	                                  WHEN 'present' THEN present - votes_recused ELSE seats END)
	                 THEN 'carried'
	            WHEN majority = 'unanimous' AND votes_for =
	                 (CASE vote_basis WHEN 'cast' THEN votes_for + votes_against
	                                  WHEN 'present' THEN present - votes_recused ELSE seats END)
	                 THEN 'carried'
	            ELSE 'failed' END AS outcome
	FROM motion_count;

-- A motion decides on a job description or a budget as it stood then. Once the draft changes, its
-- attested motions are overtaken and give no authority for what it has become.
CREATE TABLE overtaken (
	motion  TEXT NOT NULL REFERENCES motion (key),
	type    TEXT NOT NULL CHECK (type = 'budget' OR type = 'position'),
	subject TEXT NOT NULL,
	PRIMARY KEY (motion, type, subject)
) STRICT, WITHOUT ROWID;

-- Binding authority: every subject of every motion that is carried, attested, not expired, not
-- rescinded and not overtaken. Whatever needs the Council or the Board looks here and nowhere else.
CREATE VIEW binding AS
	SELECT s.motion, b.kind AS body_kind, b.code AS body, s.type, s.subject, s.amount, g.key AS meeting,
	       g.held_on
	FROM motion_subject s
	JOIN motion m ON m.key = s.motion
	JOIN meeting g ON g.key = m.meeting
	JOIN body b ON b.code = g.body
	WHERE m.outcome = 'carried' AND m.attested_on IS NOT NULL AND m.rescinded_by IS NULL
	  AND (m.expires_on IS NULL OR m.expires_on >= today())
	  AND NOT EXISTS (SELECT 1 FROM overtaken o
	                  WHERE o.motion = s.motion AND o.type = s.type AND o.subject = s.subject);

-- Motions that were voted on and wait for the attestation, which counts by the body's settings
-- and seats.
CREATE VIEW motion_waiting AS
	SELECT m.key AS motion, g.body, g.held_on
	FROM motion m JOIN meeting g ON g.key = m.meeting
	WHERE m.outcome = 'pending' AND g.status <> 'cancelled'
	  AND m.votes_for + m.votes_against + m.votes_abstained + m.votes_recused > 0;

-- ---- rules -----------------------------------------------------------------------------------

-- There is one Council and one Board (DOMAIN.md, "Words"); only committees are many. What a body
-- is stays once it has met, or a committee's motion could become the Board's.
CREATE TRIGGER body_one_council_one_board BEFORE INSERT ON body WHEN NEW.kind <> 'committee' BEGIN
	SELECT RAISE (ABORT, 'one-of-kind') WHERE EXISTS (SELECT 1 FROM body WHERE kind = NEW.kind);
END;
CREATE TRIGGER body_kind_stands BEFORE UPDATE OF kind ON body WHEN NEW.kind <> OLD.kind BEGIN
	SELECT RAISE (ABORT, 'fixed-kind') WHERE EXISTS (SELECT 1 FROM meeting WHERE body = OLD.code);
	SELECT RAISE (ABORT, 'one-of-kind')
	WHERE NEW.kind <> 'committee' AND EXISTS (SELECT 1 FROM body WHERE kind = NEW.kind);
END;
-- A vote is counted by the settings and the seats of its day, not by those of the day on which it
-- is attested (DOMAIN.md, "Meetings": quorum at each vote).
CREATE TRIGGER body_settings_wait_for_votes BEFORE UPDATE OF quorum, vote_basis, majority, seconds ON body
WHEN NEW.quorum <> OLD.quorum OR NEW.vote_basis <> OLD.vote_basis OR NEW.majority <> OLD.majority
  OR NEW.seconds <> OLD.seconds BEGIN
	SELECT RAISE (ABORT, 'votes-wait') WHERE EXISTS (SELECT 1 FROM motion_waiting WHERE body = OLD.code);
END;
CREATE TRIGGER member_seat_waits_for_votes BEFORE UPDATE OF voting, term_from, term_until ON member BEGIN
	SELECT RAISE (ABORT, 'votes-wait')
	WHERE EXISTS (SELECT 1 FROM motion_waiting w
	              WHERE w.body = OLD.body
	                AND (OLD.voting = 1 AND (OLD.term_from IS NULL OR OLD.term_from <= w.held_on)
	                     AND (OLD.term_until IS NULL OR OLD.term_until >= w.held_on))
	                 <> (NEW.voting = 1 AND (NEW.term_from IS NULL OR NEW.term_from <= w.held_on)
	                     AND (NEW.term_until IS NULL OR NEW.term_until >= w.held_on)));
END;

-- Only actions move a meeting: planned -> draft -> circulated -> approved, or cancelled.
CREATE TRIGGER meeting_starts_planned BEFORE INSERT ON meeting BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.status <> 'planned' OR NEW.approved_by IS NOT NULL OR NEW.circulated_on IS NOT NULL
	   OR NEW.corrected <> 0;
END;
CREATE TRIGGER meeting_moves_in_order BEFORE UPDATE OF status ON meeting
WHEN NEW.status <> OLD.status BEGIN
	SELECT RAISE (ABORT, 'wrong-state')
	WHERE NOT (OLD.status = 'planned' AND NEW.status IN ('draft', 'cancelled')
	           OR OLD.status = 'draft' AND NEW.status = 'circulated'
	           OR OLD.status = 'circulated' AND NEW.status IN ('draft', 'approved'));
END;
-- Minutes are approved by a motion of a later meeting of the same body, about this meeting; of two
-- on one day the one that starts later.
CREATE TRIGGER minutes_approved_by_later_motion BEFORE UPDATE OF status ON meeting
WHEN NEW.status = 'approved' AND OLD.status = 'circulated' BEGIN
	SELECT RAISE (ABORT, 'minutes-need-motion')
	WHERE NOT EXISTS (SELECT 1 FROM binding b JOIN meeting later ON later.key = b.meeting
	                  WHERE b.motion = NEW.approved_by AND b.type = 'meeting' AND b.subject = NEW.key
	                    AND b.body = NEW.body
	                    AND (later.held_on, later.starts_at) > (NEW.held_on, NEW.starts_at));
END;
CREATE TRIGGER minutes_state_only_by_action BEFORE UPDATE ON meeting
WHEN NEW.status = OLD.status BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.approved_by IS NOT OLD.approved_by OR NEW.circulated_on IS NOT OLD.circulated_on
	   OR NEW.corrected IS NOT OLD.corrected;
END;
CREATE TRIGGER minutes_state_true BEFORE UPDATE OF status ON meeting
WHEN NEW.status <> OLD.status BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE (NEW.status <> 'approved' AND (NEW.approved_by IS NOT NULL OR NEW.corrected <> 0))
	   OR (NEW.status = 'circulated' AND NEW.circulated_on IS NOT today())
	   OR (NEW.status = 'draft' AND NEW.circulated_on IS NOT NULL);
END;
-- Approved minutes are locked, with everything in them.
CREATE TRIGGER minutes_locked BEFORE UPDATE ON meeting WHEN OLD.status = 'approved' BEGIN
	SELECT RAISE (ABORT, 'minutes-locked');
END;
CREATE TRIGGER meeting_kept BEFORE DELETE ON meeting BEGIN
	SELECT RAISE (ABORT, 'meeting-kept') WHERE OLD.status <> 'planned';
	SELECT RAISE (ABORT, 'subject-kept')
	WHERE EXISTS (SELECT 1 FROM motion_subject WHERE type = 'meeting' AND subject = OLD.key);
END;
-- A meeting is of its body for good: its number, its attendance and its motions are.
CREATE TRIGGER meeting_stays_with_body BEFORE UPDATE OF body ON meeting WHEN NEW.body <> OLD.body BEGIN
	SELECT RAISE (ABORT, 'fixed-parent');
END;
-- A meeting's kind and date stand still once a motion of it is attested.
CREATE TRIGGER meeting_frozen_by_attested BEFORE UPDATE OF held_on, kind ON meeting
WHEN NEW.held_on <> OLD.held_on OR NEW.kind <> OLD.kind BEGIN
	SELECT RAISE (ABORT, 'motion-attested')
	WHERE EXISTS (SELECT 1 FROM motion WHERE meeting = OLD.key AND attested_on IS NOT NULL);
END;

CREATE TRIGGER agenda_item_locked_insert BEFORE INSERT ON agenda_item BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) IN ('approved', 'cancelled');
END;
CREATE TRIGGER agenda_item_locked_update BEFORE UPDATE ON agenda_item BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = OLD.meeting) = 'approved';
	SELECT RAISE (ABORT, 'fixed-parent') WHERE NEW.meeting <> OLD.meeting;
END;
CREATE TRIGGER agenda_item_locked_delete BEFORE DELETE ON agenda_item BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = OLD.meeting) = 'approved';
END;

-- Attendance is locked by approved minutes and frozen by the first attested motion.
CREATE TRIGGER attendance_locked_insert BEFORE INSERT ON attendance BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) = 'approved';
	SELECT RAISE (ABORT, 'attendance-frozen')
	WHERE EXISTS (SELECT 1 FROM motion WHERE meeting = NEW.meeting AND attested_on IS NOT NULL);
	SELECT RAISE (ABORT, 'not-a-member')
	WHERE (SELECT body FROM member WHERE key = NEW.member)
	      IS NOT (SELECT body FROM meeting WHERE key = NEW.meeting);
END;
CREATE TRIGGER attendance_locked_update BEFORE UPDATE ON attendance BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = OLD.meeting) = 'approved';
	SELECT RAISE (ABORT, 'attendance-frozen')
	WHERE EXISTS (SELECT 1 FROM motion WHERE meeting = OLD.meeting AND attested_on IS NOT NULL);
	SELECT RAISE (ABORT, 'fixed-parent') WHERE NEW.meeting <> OLD.meeting;
	SELECT RAISE (ABORT, 'not-a-member')
	WHERE (SELECT body FROM member WHERE key = NEW.member)
	      IS NOT (SELECT body FROM meeting WHERE key = NEW.meeting);
END;
CREATE TRIGGER attendance_locked_delete BEFORE DELETE ON attendance BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = OLD.meeting) = 'approved';
	SELECT RAISE (ABORT, 'attendance-frozen')
	WHERE EXISTS (SELECT 1 FROM motion WHERE meeting = OLD.meeting AND attested_on IS NOT NULL);
END;

-- The settings a vote was counted by, and the seats it was counted on, stand once attested.
CREATE TRIGGER member_frozen_by_attested BEFORE UPDATE OF body ON member
WHEN NEW.body <> OLD.body BEGIN
	SELECT RAISE (ABORT, 'fixed-parent');
END;

-- A new motion is pending and unattested, in minutes that are open.
CREATE TRIGGER motion_starts_pending BEFORE INSERT ON motion BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.outcome <> 'pending' OR NEW.attested_on IS NOT NULL OR NEW.attested_by IS NOT NULL
	   OR NEW.attested_how <> '' OR NEW.rescinded_by IS NOT NULL OR NEW.signed_by IS NOT NULL
	   OR NEW.signed_on IS NOT NULL OR NEW.sheet <> '';
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) IN ('approved', 'cancelled');
	SELECT RAISE (ABORT, 'not-your-role') WHERE (SELECT role FROM me) = 'chair';
END;
-- Mover and seconder are members of the body that meets, and the item is on its agenda.
CREATE TRIGGER motion_by_members_insert BEFORE INSERT ON motion BEGIN
	SELECT RAISE (ABORT, 'not-a-member')
	WHERE EXISTS (SELECT 1 FROM member p WHERE p.key IN (NEW.mover, NEW.seconder)
	              AND p.body <> (SELECT body FROM meeting WHERE key = NEW.meeting));
END;
CREATE TRIGGER motion_by_members_update BEFORE UPDATE ON motion BEGIN
	SELECT RAISE (ABORT, 'not-a-member')
	WHERE EXISTS (SELECT 1 FROM member p WHERE p.key IN (NEW.mover, NEW.seconder)
	              AND p.body <> (SELECT body FROM meeting WHERE key = NEW.meeting));
	SELECT RAISE (ABORT, 'fixed-parent') WHERE NEW.meeting <> OLD.meeting;
END;
CREATE TRIGGER motion_of_its_agenda_insert BEFORE INSERT ON motion WHEN NEW.agenda_item IS NOT NULL BEGIN
	SELECT RAISE (ABORT, 'item-elsewhere')
	WHERE (SELECT meeting FROM agenda_item WHERE key = NEW.agenda_item) <> NEW.meeting;
END;
CREATE TRIGGER motion_of_its_agenda_update BEFORE UPDATE OF agenda_item ON motion BEGIN
	SELECT RAISE (ABORT, 'item-elsewhere')
	WHERE (SELECT meeting FROM agenda_item WHERE key = NEW.agenda_item) <> NEW.meeting;
END;
-- What was attested stands: text, people, votes, outcome, expiry and the attestation itself.
CREATE TRIGGER motion_attested_stands BEFORE UPDATE ON motion WHEN OLD.attested_on IS NOT NULL BEGIN
	SELECT RAISE (ABORT, 'motion-attested')
	WHERE NEW.text IS NOT OLD.text OR NEW.mover IS NOT OLD.mover OR NEW.seconder IS NOT OLD.seconder
	   OR NEW.agenda_item IS NOT OLD.agenda_item OR NEW.voted_at IS NOT OLD.voted_at
	   OR NEW.votes_for IS NOT OLD.votes_for OR NEW.votes_against IS NOT OLD.votes_against
	   OR NEW.votes_abstained IS NOT OLD.votes_abstained OR NEW.votes_recused IS NOT OLD.votes_recused
	   OR NEW.outcome IS NOT OLD.outcome OR NEW.expires_on IS NOT OLD.expires_on
	   OR NEW.attested_by IS NOT OLD.attested_by OR NEW.attested_on IS NOT OLD.attested_on
	   OR NEW.attested_how IS NOT OLD.attested_how OR NEW.signed_by IS NOT OLD.signed_by
	   OR NEW.signed_on IS NOT OLD.signed_on OR NEW.sheet IS NOT OLD.sheet;
END;
-- In approved minutes only an attestation or a rescission may still be added.
CREATE TRIGGER motion_locked_by_minutes BEFORE UPDATE ON motion
WHEN OLD.attested_on IS NULL AND (SELECT status FROM meeting WHERE key = OLD.meeting) = 'approved' BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE NEW.text IS NOT OLD.text OR NEW.mover IS NOT OLD.mover OR NEW.seconder IS NOT OLD.seconder
	   OR NEW.agenda_item IS NOT OLD.agenda_item OR NEW.voted_at IS NOT OLD.voted_at
	   OR NEW.votes_for IS NOT OLD.votes_for OR NEW.votes_against IS NOT OLD.votes_against
	   OR NEW.votes_abstained IS NOT OLD.votes_abstained OR NEW.votes_recused IS NOT OLD.votes_recused
	   OR NEW.expires_on IS NOT OLD.expires_on
	   OR (NEW.outcome IS NOT OLD.outcome AND NEW.attested_on IS NULL);
END;
-- A chair's or secretary's account attests and does nothing else to a motion.
CREATE TRIGGER motion_chair_only_attests BEFORE UPDATE ON motion
WHEN (SELECT role FROM me) = 'chair' BEGIN
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE NEW.text IS NOT OLD.text OR NEW.mover IS NOT OLD.mover OR NEW.seconder IS NOT OLD.seconder
	   OR NEW.agenda_item IS NOT OLD.agenda_item OR NEW.voted_at IS NOT OLD.voted_at
	   OR NEW.votes_for IS NOT OLD.votes_for OR NEW.votes_against IS NOT OLD.votes_against
	   OR NEW.votes_abstained IS NOT OLD.votes_abstained OR NEW.votes_recused IS NOT OLD.votes_recused
	   OR NEW.expires_on IS NOT OLD.expires_on OR NEW.rescinded_by IS NOT OLD.rescinded_by
	   OR NEW.attested_on IS NULL;
END;
-- Carried and failed come only with the attestation; withdrawn and tabled stand by themselves, and
-- for good.
CREATE TRIGGER motion_outcome_by_count BEFORE UPDATE OF outcome ON motion
WHEN NEW.outcome <> OLD.outcome AND NEW.attested_on IS NULL BEGIN
	SELECT RAISE (ABORT, 'outcome-by-count') WHERE NEW.outcome IN ('carried', 'failed');
	SELECT RAISE (ABORT, 'wrong-state') WHERE OLD.outcome <> 'pending';
END;
-- The traces of an attestation come with it and not before.
CREATE TRIGGER motion_attestation_is_whole BEFORE UPDATE ON motion WHEN NEW.attested_on IS NULL BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.attested_by IS NOT NULL OR NEW.attested_how <> '' OR NEW.signed_by IS NOT NULL
	   OR NEW.signed_on IS NOT NULL OR NEW.sheet <> '';
END;
-- Attesting confirms what is written and counted; it changes nothing of it.
CREATE TRIGGER motion_attested_as_it_stands BEFORE UPDATE OF attested_on ON motion
WHEN OLD.attested_on IS NULL AND NEW.attested_on IS NOT NULL BEGIN
	SELECT RAISE (ABORT, 'attest-as-it-stands')
	WHERE NEW.text IS NOT OLD.text OR NEW.mover IS NOT OLD.mover OR NEW.seconder IS NOT OLD.seconder
	   OR NEW.agenda_item IS NOT OLD.agenda_item OR NEW.voted_at IS NOT OLD.voted_at
	   OR NEW.votes_for IS NOT OLD.votes_for OR NEW.votes_against IS NOT OLD.votes_against
	   OR NEW.votes_abstained IS NOT OLD.votes_abstained OR NEW.votes_recused IS NOT OLD.votes_recused
	   OR NEW.expires_on IS NOT OLD.expires_on OR NEW.rescinded_by IS NOT OLD.rescinded_by;
END;
-- Attesting: by somebody other than the director and the requester (nor on the signature of either,
-- nor through another login), after the meeting, with quorum and outcome as counted (DOMAIN.md,
-- "Motions").
CREATE TRIGGER motion_attested_by_another BEFORE UPDATE OF attested_on, attested_by ON motion
WHEN OLD.attested_on IS NULL AND (NEW.attested_on IS NOT NULL OR NEW.attested_by IS NOT NULL) BEGIN
	SELECT RAISE (ABORT, 'attest-director')
	WHERE EXISTS (SELECT 1 FROM own_login WHERE role = 'director' AND active = 1)
	   OR EXISTS (SELECT 1 FROM user WHERE member = NEW.signed_by AND role = 'director' AND active = 1);
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.attested_by IS NOT actor() OR NEW.attested_on IS NOT today()
	   OR (NEW.attested_how = 'at the terminal'
	       AND (NEW.signed_by IS NOT NULL OR NEW.signed_on IS NOT NULL OR NEW.sheet <> ''));
	SELECT RAISE (ABORT, 'attest-requester')
	WHERE EXISTS (SELECT 1 FROM motion_subject s JOIN request r ON r.key = s.subject
	              WHERE s.motion = NEW.key AND s.type = 'request'
	                AND (r.requested_by IN (SELECT login FROM own_login)
	                     OR r.requested_by IN (SELECT login FROM user WHERE member = NEW.signed_by)));
	SELECT RAISE (ABORT, 'attest-not-chair')
	WHERE (SELECT role FROM me) = 'chair'
	  AND (NEW.attested_how IS NOT 'at the terminal'
	       OR NOT EXISTS (SELECT 1 FROM me JOIN member p ON p.key = me.member
	                      JOIN meeting g ON g.key = NEW.meeting
	                      WHERE p.body = g.body AND p.role IN ('chair', 'secretary')
	                        AND (p.term_from IS NULL OR p.term_from <= today())
	                        AND (p.term_until IS NULL OR p.term_until >= today())));
	SELECT RAISE (ABORT, 'attest-needs-sheet')
	WHERE (SELECT role FROM me) = 'staff'
	  AND (NEW.attested_how IS NOT 'signed sheet' OR NEW.signed_on IS NULL OR NEW.signed_on > today()
	       OR trim(NEW.sheet) = ''
	       OR NOT EXISTS (SELECT 1 FROM member p JOIN meeting g ON g.key = NEW.meeting
	                      WHERE p.key = NEW.signed_by AND p.body = g.body
	                        AND p.role IN ('chair', 'secretary') AND NEW.signed_on >= g.held_on
	                        AND (p.term_from IS NULL OR p.term_from <= NEW.signed_on)
	                        AND (p.term_until IS NULL OR p.term_until >= NEW.signed_on)));
	SELECT RAISE (ABORT, 'not-your-role')
	WHERE coalesce((SELECT role FROM me), '') NOT IN ('chair', 'staff');
	SELECT RAISE (ABORT, 'motion-not-voted') WHERE OLD.outcome <> 'pending';
	SELECT RAISE (ABORT, 'meeting-not-held')
	WHERE EXISTS (SELECT 1 FROM meeting
	              WHERE key = NEW.meeting AND (status IN ('planned', 'cancelled') OR held_on > today()));
	SELECT RAISE (ABORT, 'motion-needs-mover') WHERE NEW.mover IS NULL;
	SELECT RAISE (ABORT, 'votes-exceed-present')
	WHERE (SELECT voted > present FROM motion_result WHERE motion = NEW.key);
	SELECT RAISE (ABORT, 'mover-not-there')
	WHERE NOT EXISTS (SELECT 1 FROM voter_present WHERE meeting = NEW.meeting AND member = NEW.mover);
	SELECT RAISE (ABORT, 'outcome-by-count')
	WHERE NEW.outcome IS NOT (SELECT outcome FROM motion_result WHERE motion = NEW.key);
END;
-- A motion is rescinded only by a binding motion of the same body about it, not of an earlier day.
CREATE TRIGGER motion_rescinded_by_motion BEFORE UPDATE OF rescinded_by ON motion
WHEN NEW.rescinded_by IS NOT OLD.rescinded_by BEGIN
	SELECT RAISE (ABORT, 'rescind-needs-motion')
	WHERE OLD.rescinded_by IS NOT NULL
	   OR NOT EXISTS (SELECT 1 FROM binding
	                  WHERE motion = NEW.rescinded_by AND type = 'motion' AND subject = NEW.key
	                    AND body = (SELECT body FROM meeting WHERE key = NEW.meeting)
	                    AND held_on >= (SELECT held_on FROM meeting WHERE key = NEW.meeting));
END;
CREATE TRIGGER motion_kept BEFORE DELETE ON motion BEGIN
	SELECT RAISE (ABORT, 'motion-attested') WHERE OLD.attested_on IS NOT NULL;
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = OLD.meeting) = 'approved';
	SELECT RAISE (ABORT, 'not-your-role') WHERE (SELECT role FROM me) = 'chair';
	SELECT RAISE (ABORT, 'subject-kept')
	WHERE EXISTS (SELECT 1 FROM motion_subject WHERE type = 'motion' AND subject = OLD.key);
END;

-- Subjects exist, and are frozen with their motion.
CREATE TRIGGER motion_subject_insert BEFORE INSERT ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'motion-attested')
	WHERE (SELECT attested_on FROM motion WHERE key = NEW.motion) IS NOT NULL;
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT g.status FROM motion m JOIN meeting g ON g.key = m.meeting
	       WHERE m.key = NEW.motion) = 'approved';
	SELECT RAISE (ABORT, 'subject-unknown')
	WHERE NOT EXISTS (
		SELECT 1 FROM request WHERE NEW.type = 'request' AND key = NEW.subject
		UNION ALL SELECT 1 FROM budget WHERE NEW.type = 'budget' AND key = NEW.subject
		UNION ALL SELECT 1 FROM position WHERE NEW.type = 'position' AND key = NEW.subject
		UNION ALL SELECT 1 FROM policy WHERE NEW.type = 'policy' AND name = NEW.subject
		UNION ALL SELECT 1 FROM meeting WHERE NEW.type = 'meeting' AND key = NEW.subject
		UNION ALL SELECT 1 FROM motion WHERE NEW.type = 'motion' AND key = NEW.subject);
	SELECT RAISE (ABORT, 'subject-needs-amount')
	WHERE NEW.type IN ('request', 'policy') AND NEW.amount IS NULL;
END;
CREATE TRIGGER motion_subject_update BEFORE UPDATE ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'motion-attested')
	WHERE (SELECT attested_on FROM motion WHERE key = OLD.motion) IS NOT NULL;
	SELECT RAISE (ABORT, 'fixed-parent') WHERE NEW.motion <> OLD.motion;
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT g.status FROM motion m JOIN meeting g ON g.key = m.meeting
	       WHERE m.key = OLD.motion) = 'approved';
	SELECT RAISE (ABORT, 'subject-unknown')
	WHERE NOT EXISTS (
		SELECT 1 FROM request WHERE NEW.type = 'request' AND key = NEW.subject
		UNION ALL SELECT 1 FROM budget WHERE NEW.type = 'budget' AND key = NEW.subject
		UNION ALL SELECT 1 FROM position WHERE NEW.type = 'position' AND key = NEW.subject
		UNION ALL SELECT 1 FROM policy WHERE NEW.type = 'policy' AND name = NEW.subject
		UNION ALL SELECT 1 FROM meeting WHERE NEW.type = 'meeting' AND key = NEW.subject
		UNION ALL SELECT 1 FROM motion WHERE NEW.type = 'motion' AND key = NEW.subject);
	SELECT RAISE (ABORT, 'subject-needs-amount')
	WHERE NEW.type IN ('request', 'policy') AND NEW.amount IS NULL;
END;
CREATE TRIGGER motion_subject_delete BEFORE DELETE ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'motion-attested')
	WHERE (SELECT attested_on FROM motion WHERE key = OLD.motion) IS NOT NULL;
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT g.status FROM motion m JOIN meeting g ON g.key = m.meeting
	       WHERE m.key = OLD.motion) = 'approved';
END;

-- What a motion is about is kept: its key would otherwise be free for something else.
CREATE TRIGGER position_kept_by_motion BEFORE DELETE ON position BEGIN
	SELECT RAISE (ABORT, 'subject-kept')
	WHERE EXISTS (SELECT 1 FROM motion_subject WHERE type = 'position' AND subject = OLD.key);
END;

-- Only the change of a draft overtakes its motions, and it does so for good.
CREATE TRIGGER overtaken_by_change_only BEFORE INSERT ON overtaken BEGIN
	SELECT RAISE (ABORT, 'overtaken-kept')
	WHERE coalesce((SELECT role FROM me), '') NOT IN ('director', 'staff')
	   OR NOT EXISTS (SELECT 1 FROM budget
	                  WHERE NEW.type = 'budget' AND key = NEW.subject AND status = 'draft'
	                  UNION ALL SELECT 1 FROM position
	                  WHERE NEW.type = 'position' AND key = NEW.subject AND status <> 'approved');
END;
CREATE TRIGGER overtaken_is_kept BEFORE UPDATE ON overtaken BEGIN
	SELECT RAISE (ABORT, 'overtaken-kept');
END;
CREATE TRIGGER overtaken_is_never_deleted BEFORE DELETE ON overtaken BEGIN
	SELECT RAISE (ABORT, 'overtaken-kept');
END;
CREATE TRIGGER position_change_overtakes AFTER UPDATE OF title, description ON position
WHEN NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description BEGIN
	INSERT INTO overtaken (motion, type, subject)
	SELECT motion, type, subject FROM binding WHERE type = 'position' AND subject = NEW.key;
END;

-- Action items are never deleted; only actions close and reopen them. Approved minutes lock which
-- ones were born in the meeting and what they ask for; who does it by when lives on.
CREATE TRIGGER action_item_locked_insert BEFORE INSERT ON action_item BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) = 'approved';
END;
CREATE TRIGGER action_item_locked_update BEFORE UPDATE OF what, meeting, motion ON action_item
WHEN NEW.what IS NOT OLD.what OR NEW.meeting IS NOT OLD.meeting OR NEW.motion IS NOT OLD.motion BEGIN
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE EXISTS (SELECT 1 FROM meeting WHERE key IN (OLD.meeting, NEW.meeting) AND status = 'approved');
END;
CREATE TRIGGER action_item_starts_open BEFORE INSERT ON action_item BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.status <> 'open' OR NEW.done_on IS NOT NULL OR NEW.done_note <> '';
END;
CREATE TRIGGER action_item_kept BEFORE DELETE ON action_item BEGIN
	SELECT RAISE (ABORT, 'action-item-kept');
END;
CREATE TRIGGER action_item_closes_with_date BEFORE UPDATE ON action_item BEGIN
	SELECT RAISE (ABORT, 'action-item-note')
	WHERE (NEW.status = 'done') <> (NEW.done_on IS NOT NULL)
	   OR (NEW.status = 'done' AND NEW.done_note = '');
END;

-- Policies are the program's list; their values are the Board's (Purchasing 4).
CREATE TRIGGER policy_list_fixed BEFORE INSERT ON policy BEGIN
	SELECT RAISE (ABORT, 'policy-fixed');
END;
CREATE TRIGGER policy_kept BEFORE DELETE ON policy BEGIN
	SELECT RAISE (ABORT, 'policy-fixed');
END;
-- Each motion changes a value once, and an older one never overrides the one in force.
CREATE TRIGGER policy_changed_by_board_motion BEFORE UPDATE ON policy BEGIN
	SELECT RAISE (ABORT, 'policy-fixed') WHERE NEW.title IS NOT OLD.title OR NEW.text IS NOT OLD.text;
	SELECT RAISE (ABORT, 'policy-needs-motion')
	WHERE (NEW.amount IS NOT OLD.amount OR NEW.motion IS NOT OLD.motion
	       OR NEW.changed_on IS NOT OLD.changed_on)
	  AND (NEW.motion IS OLD.motion OR NEW.changed_on IS NOT today()
	       OR NOT EXISTS (SELECT 1 FROM binding b JOIN motion m ON m.key = b.motion
	                      WHERE b.motion = NEW.motion AND b.body_kind = 'board' AND b.type = 'policy'
	                        AND b.subject = NEW.name AND b.amount = NEW.amount
	                        AND (OLD.motion IS NULL
	                             OR (b.held_on, m.id) > (SELECT g.held_on, o.id
	                                                     FROM motion o JOIN meeting g ON g.key = o.meeting
	                                                     WHERE o.key = OLD.motion))));
END;

-- A job description counts as approved with a binding motion of Council and of Board about it.
CREATE TRIGGER position_starts_draft BEFORE INSERT ON position BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.status <> 'draft' OR NEW.council_motion IS NOT NULL OR NEW.board_motion IS NOT NULL;
END;
CREATE TRIGGER position_approved_by_two_motions BEFORE UPDATE ON position
WHEN NEW.status = 'approved' AND OLD.status <> 'approved' BEGIN
	SELECT RAISE (ABORT, 'needs-council-motion')
	WHERE NOT EXISTS (SELECT 1 FROM binding WHERE motion = NEW.council_motion AND body_kind = 'council'
	                  AND type = 'position' AND subject = NEW.key);
	SELECT RAISE (ABORT, 'needs-board-motion')
	WHERE NOT EXISTS (SELECT 1 FROM binding WHERE motion = NEW.board_motion AND body_kind = 'board'
	                  AND type = 'position' AND subject = NEW.key);
END;
CREATE TRIGGER position_approved_stands BEFORE UPDATE ON position WHEN OLD.status = 'approved' BEGIN
	SELECT RAISE (ABORT, 'position-approved')
	WHERE NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description
	   OR (NEW.status = 'approved' AND (NEW.council_motion IS NOT OLD.council_motion
	                                    OR NEW.board_motion IS NOT OLD.board_motion));
END;
-- Its motions come with the approval and go with the revision.
CREATE TRIGGER position_motions_by_action BEFORE UPDATE OF council_motion, board_motion ON position
WHEN NEW.council_motion IS NOT OLD.council_motion OR NEW.board_motion IS NOT OLD.board_motion BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.status <> 'draft' AND NOT (NEW.status = 'approved' AND OLD.status <> 'approved');
END;
CREATE TRIGGER position_draft_has_no_motions BEFORE UPDATE ON position WHEN NEW.status = 'draft' BEGIN
	SELECT RAISE (ABORT, 'status-by-action')
	WHERE NEW.council_motion IS NOT NULL OR NEW.board_motion IS NOT NULL;
END;
