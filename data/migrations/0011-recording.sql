-- One recording secretary per meeting at a time (DOMAIN.md, "Meetings"): whoever writes down what
-- happens in a meeting does so alone, until the page is left or somebody takes over with a reason.
-- GPL-3.0-or-later.

-- Who records which meeting now. The session is that of the program, so that what a crash left
-- behind is told from what goes on.
CREATE TABLE recording (
	meeting TEXT PRIMARY KEY REFERENCES meeting (key),
	login   TEXT NOT NULL REFERENCES user (login),
	since   TEXT NOT NULL,            -- UTC
	session TEXT NOT NULL CHECK (length(session) BETWEEN 1 AND 120),
	reason  TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 400) -- of whoever took over
) STRICT, WITHOUT ROWID;

INSERT INTO office_table (name, type, number, key_column) VALUES ('recording', 'recording', 40, 'meeting');
INSERT INTO may_write (name, role) VALUES ('recording', 'director'), ('recording', 'staff');

-- Everybody records in their own name and from now.
CREATE TRIGGER recording_begins BEFORE INSERT ON recording BEGIN
	SELECT RAISE (ABORT, 'recording-own') WHERE NEW.login IS NOT actor() OR NEW.since IS NOT now();
	SELECT RAISE (ABORT, 'minutes-locked')
	WHERE (SELECT status FROM meeting WHERE key = NEW.meeting) = 'approved';
END;
-- Another's recording is taken over with a reason; one's own goes on in another session without.
CREATE TRIGGER recording_is_taken_over BEFORE UPDATE ON recording BEGIN
	SELECT RAISE (ABORT, 'recording-own') WHERE NEW.login IS NOT actor() OR NEW.since IS NOT now();
	SELECT RAISE (ABORT, 'recording-reason')
	WHERE OLD.login <> NEW.login AND trim(NEW.reason) = '';
END;
CREATE TRIGGER recording_ends BEFORE DELETE ON recording BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other') WHERE OLD.login IS NOT actor();
END;

-- ---- what waits for the one who records ------------------------------------------------------

CREATE TRIGGER agenda_item_recorded_insert BEFORE INSERT ON agenda_item BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = NEW.meeting) <> actor();
END;
CREATE TRIGGER agenda_item_recorded_update BEFORE UPDATE ON agenda_item BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = OLD.meeting) <> actor();
END;
CREATE TRIGGER agenda_item_recorded_delete BEFORE DELETE ON agenda_item BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = OLD.meeting) <> actor();
END;

CREATE TRIGGER attendance_recorded_insert BEFORE INSERT ON attendance BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = NEW.meeting) <> actor();
END;
CREATE TRIGGER attendance_recorded_update BEFORE UPDATE ON attendance BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = OLD.meeting) <> actor();
END;
CREATE TRIGGER attendance_recorded_delete BEFORE DELETE ON attendance BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = OLD.meeting) <> actor();
END;

CREATE TRIGGER motion_recorded_insert BEFORE INSERT ON motion BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = NEW.meeting) <> actor();
END;
-- The chair attests what was voted, whoever records; that changes neither text nor votes.
CREATE TRIGGER motion_recorded_update BEFORE UPDATE ON motion
WHEN NOT ((SELECT role FROM me) = 'chair' AND OLD.attested_on IS NULL AND NEW.attested_on IS NOT NULL
          AND NEW.text IS OLD.text AND NEW.mover IS OLD.mover AND NEW.seconder IS OLD.seconder
          AND NEW.agenda_item IS OLD.agenda_item AND NEW.voted_at IS OLD.voted_at
          AND NEW.votes_for IS OLD.votes_for AND NEW.votes_against IS OLD.votes_against
          AND NEW.votes_abstained IS OLD.votes_abstained AND NEW.votes_recused IS OLD.votes_recused
          AND NEW.expires_on IS OLD.expires_on) BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = OLD.meeting) <> actor();
END;
CREATE TRIGGER motion_recorded_delete BEFORE DELETE ON motion BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = OLD.meeting) <> actor();
END;

CREATE TRIGGER motion_subject_recorded_insert BEFORE INSERT ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT r.login FROM motion m JOIN recording r ON r.meeting = m.meeting
	       WHERE m.key = NEW.motion) <> actor();
END;
CREATE TRIGGER motion_subject_recorded_update BEFORE UPDATE ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT r.login FROM motion m JOIN recording r ON r.meeting = m.meeting
	       WHERE m.key = OLD.motion) <> actor();
END;
CREATE TRIGGER motion_subject_recorded_delete BEFORE DELETE ON motion_subject BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT r.login FROM motion m JOIN recording r ON r.meeting = m.meeting
	       WHERE m.key = OLD.motion) <> actor();
END;

-- The meeting's own texts and the state of its minutes.
CREATE TRIGGER meeting_recorded_update BEFORE UPDATE ON meeting BEGIN
	SELECT RAISE (ABORT, 'recorded-by-other')
	WHERE (SELECT login FROM recording WHERE meeting = OLD.key) <> actor();
END;
