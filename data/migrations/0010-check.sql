-- What `mso check` asks again of every record: rules that were kept when something was decided can
-- still be read off what the decision left behind.  GPL-3.0-or-later.

-- What a motion gave authority for on the day it was used: carried and attested, whether or not it
-- expired, was rescinded or overtaken since (see "binding" for what holds today).
CREATE VIEW authority_given AS
	SELECT s.motion, b.kind AS body_kind, g.body, s.type, s.subject, s.amount, g.held_on,
	       m.attested_on, m.expires_on
	FROM motion_subject s
	JOIN motion m ON m.key = s.motion
	JOIN meeting g ON g.key = m.meeting
	JOIN body b ON b.code = g.body
	WHERE m.outcome = 'carried' AND m.attested_on IS NOT NULL;

-- The most that the director could ever have approved on a day: the limit in force since before
-- then, else the highest there was. (Instants are UTC and days are those of the place.)
CREATE VIEW request_limit_then AS
	SELECT r.key AS request,
	       CASE WHEN p.changed_on IS NULL OR p.changed_on < date(r.decided_at, '-1 day') THEN p.amount
	            ELSE max(100000, p.amount,
	                     coalesce((SELECT max(a.amount) FROM authority_given a
	                               WHERE a.type = 'policy' AND a.subject = 'approval-limit'), 0))
	       END AS amount
	FROM request r JOIN policy p ON p.name = 'approval-limit'
	WHERE r.status = 'approved';

-- When the minutes of each meeting were approved: the row of the history.
CREATE VIEW minutes_approval AS
	SELECT g.key AS meeting, max(a.id) AS audit
	FROM meeting g JOIN audit a ON a.type = 'meeting' AND a.key = g.key
	WHERE g.status = 'approved' AND a.operation = 'update'
	  AND instr(char(10) || a.after || char(10), char(10) || 'status=''approved''' || char(10))
	GROUP BY g.key;

-- Every record that stands as the rule with this code would never have let it. key is never that of
-- something private.
CREATE VIEW broken_rule AS
	-- Purchasing
	SELECT 'over-limit' AS code, 'request' AS type, r.key AS key
	FROM request r JOIN request_limit_then t ON t.request = r.key
	WHERE r.status = 'approved' AND r.authority <> 'Board' AND r.total > t.amount
	UNION ALL
	SELECT 'own-request', 'request', r.key FROM request r
	WHERE r.status IN ('approved', 'rejected')
	  AND (r.decided_by = r.requested_by
	       OR r.requested_by IN (SELECT login FROM user WHERE member = r.signed_by))
	UNION ALL
	SELECT 'no-motion', 'request', r.key FROM request r
	WHERE r.status = 'approved'
	  AND (r.authority = 'Board'
	       AND NOT EXISTS (SELECT 1 FROM authority_given a
	                       WHERE a.motion = r.motion AND a.body_kind = 'board' AND a.type = 'request'
	                         AND a.subject = r.key AND a.attested_on <= date(r.decided_at, '+1 day')
	                         AND (a.expires_on IS NULL OR a.expires_on >= date(r.decided_at, '-1 day')))
	       OR r.authority <> 'Board' AND r.motion IS NOT NULL)
	UNION ALL
	SELECT 'motion-too-small', 'request', r.key FROM request r
	WHERE r.status = 'approved' AND r.authority = 'Board'
	  AND NOT EXISTS (SELECT 1 FROM authority_given a
	                  WHERE a.motion = r.motion AND a.type = 'request' AND a.subject = r.key
	                    AND a.amount >= r.total)
	UNION ALL
	SELECT 'status-by-action', 'request', r.key FROM request r
	WHERE (r.status IN ('approved', 'rejected') AND (r.decided_by IS NULL OR r.decided_at IS NULL))
	   OR (r.status = 'approved' AND r.authority = '')
	   OR (r.status IN ('submitted', 'approved', 'rejected') AND r.submitted_at IS NULL)
	   OR (r.status = 'draft' AND (r.submitted_at IS NOT NULL OR r.decided_by IS NOT NULL
	                               OR r.authority <> ''))
	UNION ALL
	SELECT 'paper-needs-sheet', 'request', r.key FROM request r
	WHERE r.status = 'approved' AND r.authority = 'chair on paper'
	  AND (r.signed_by IS NULL OR r.signed_on IS NULL OR trim(r.sheet) = '')
	UNION ALL
	SELECT 'no-vendor', 'request', r.key FROM request r
	WHERE r.status IN ('submitted', 'approved') AND r.vendor IS NULL
	UNION ALL
	SELECT 'no-lines', 'request', r.key FROM request r
	WHERE r.status IN ('submitted', 'approved')
	  AND NOT EXISTS (SELECT 1 FROM request_line l WHERE l.request = r.key)
	UNION ALL
	SELECT 'total-kept', 'request', r.key FROM request r
	WHERE r.total IS NOT coalesce((SELECT sum(s.share) FROM request_share s WHERE s.request = r.key), 0)
	UNION ALL
	SELECT 'commitment-kept', 'request', c.request FROM commitment c
	WHERE (SELECT status FROM request WHERE key = c.request) IS NOT 'approved'
	   OR NOT EXISTS (SELECT 1 FROM request_share s
	                  WHERE s.request = c.request AND s.account = c.account
	                    AND s.fiscal_year = c.fiscal_year AND s.share = c.share)
	UNION ALL
	SELECT 'commitment-kept', 'request', s.request FROM request_share s
	WHERE s.status = 'approved'
	  AND NOT EXISTS (SELECT 1 FROM commitment c WHERE c.request = s.request AND c.account = s.account)
	-- Budgets, positions and policies
	UNION ALL
	SELECT 'needs-council-motion', 'budget', b.key FROM budget b
	WHERE b.status <> 'draft'
	  AND NOT EXISTS (SELECT 1 FROM authority_given a
	                  WHERE a.motion = b.council_motion AND a.body_kind = 'council' AND a.type = 'budget'
	                    AND a.subject = b.key)
	UNION ALL
	SELECT 'needs-board-motion', 'budget', b.key FROM budget b
	WHERE b.status IN ('adopted', 'superseded')
	  AND NOT EXISTS (SELECT 1 FROM authority_given a
	                  WHERE a.motion = b.board_motion AND a.body_kind = 'board' AND a.type = 'budget'
	                    AND a.subject = b.key)
	UNION ALL
	SELECT 'status-by-action', 'budget', b.key FROM budget b
	WHERE b.status = 'draft' AND (b.council_motion IS NOT NULL OR b.board_motion IS NOT NULL)
	UNION ALL
	SELECT 'needs-council-motion', 'position', p.key FROM position p
	WHERE p.status = 'approved'
	  AND NOT EXISTS (SELECT 1 FROM authority_given a
	                  WHERE a.motion = p.council_motion AND a.body_kind = 'council'
	                    AND a.type = 'position' AND a.subject = p.key)
	UNION ALL
	SELECT 'needs-board-motion', 'position', p.key FROM position p
	WHERE p.status = 'approved'
	  AND NOT EXISTS (SELECT 1 FROM authority_given a
	                  WHERE a.motion = p.board_motion AND a.body_kind = 'board' AND a.type = 'position'
	                    AND a.subject = p.key)
	UNION ALL
	SELECT 'policy-needs-motion', 'policy', p.name FROM policy p
	WHERE (p.motion IS NULL) <> (p.changed_on IS NULL)
	   OR p.motion IS NOT NULL
	      AND NOT EXISTS (SELECT 1 FROM authority_given a
	                      WHERE a.motion = p.motion AND a.body_kind = 'board' AND a.type = 'policy'
	                        AND a.subject = p.name AND a.amount = p.amount)
	UNION ALL
	SELECT 'policy-needs-motion', 'policy', p.name FROM policy p
	WHERE p.name = 'approval-limit' AND p.motion IS NULL AND p.amount <> 100000
	-- Meetings and motions
	UNION ALL
	SELECT 'minutes-need-motion', 'meeting', g.key FROM meeting g
	WHERE g.status = 'approved'
	  AND NOT EXISTS (SELECT 1 FROM authority_given a
	                  WHERE a.motion = g.approved_by AND a.type = 'meeting' AND a.subject = g.key
	                    AND a.body = g.body AND a.held_on >= g.held_on)
	UNION ALL
	SELECT 'minutes-kept', 'meeting', g.key FROM meeting g
	WHERE (g.status = 'approved') <> EXISTS (SELECT 1 FROM minutes_kept k WHERE k.meeting = g.key)
	UNION ALL
	SELECT 'minutes-locked', 'meeting', p.meeting FROM minutes_approval p
	WHERE EXISTS (SELECT 1 FROM audit a
	              WHERE a.type = 'meeting' AND a.key = p.meeting AND a.id > p.audit)
	   OR EXISTS (SELECT 1 FROM audit a
	              WHERE a.type IN ('agenda-item', 'attendance') AND a.key > p.meeting || '/'
	                AND a.key < p.meeting || '0' AND a.id > p.audit)
	UNION ALL
	SELECT 'status-by-action', 'meeting', g.key FROM meeting g
	WHERE g.status <> 'approved' AND (g.approved_by IS NOT NULL OR g.corrected <> 0)
	   OR g.status = 'circulated' AND g.circulated_on IS NULL
	UNION ALL
	SELECT 'absent-times', 'attendance', a.key FROM attendance a
	WHERE a.presence <> 'present' AND (a.arrived_at <> '' OR a.left_at <> '')
	UNION ALL
	SELECT 'not-a-member', 'attendance', a.key
	FROM attendance a JOIN meeting g ON g.key = a.meeting JOIN member p ON p.key = a.member
	WHERE p.body <> g.body
	UNION ALL
	SELECT 'attest-director', 'motion', m.key
	FROM motion m JOIN meeting g ON g.key = m.meeting JOIN login_standing s ON s.login = m.attested_by
	JOIN user u ON u.login = s.login
	WHERE s.director_until >= g.held_on OR (u.role = 'director' AND s.since <= m.attested_on)
	UNION ALL
	SELECT 'attest-requester', 'motion', m.key
	FROM motion m JOIN motion_subject s ON s.motion = m.key AND s.type = 'request'
	JOIN request r ON r.key = s.subject
	WHERE r.requested_by = m.attested_by
	UNION ALL
	SELECT 'attest-needs-sheet', 'motion', m.key FROM motion m
	WHERE m.attested_on IS NOT NULL
	  AND (m.attested_how = ''
	       OR m.attested_how = 'signed sheet'
	          AND (m.signed_by IS NULL OR m.signed_on IS NULL OR trim(m.sheet) = ''))
	UNION ALL
	SELECT 'status-by-action', 'motion', m.key FROM motion m
	WHERE (m.attested_on IS NULL) <> (m.attested_by IS NULL)
	   OR (m.attested_on IS NULL) <> (m.outcome NOT IN ('carried', 'failed'))
	UNION ALL
	SELECT 'count-kept', 'motion', m.key FROM motion m LEFT JOIN motion_counted c ON c.motion = m.key
	WHERE m.attested_on IS NOT NULL
	  AND (c.motion IS NULL OR (m.outcome = 'carried') <> (c.lacks = ''))
	UNION ALL
	SELECT 'motion-needs-mover', 'motion', m.key FROM motion m
	WHERE m.attested_on IS NOT NULL AND m.mover IS NULL
	UNION ALL
	SELECT 'rescind-needs-motion', 'motion', m.key FROM motion m JOIN meeting g ON g.key = m.meeting
	WHERE m.rescinded_by IS NOT NULL
	  AND NOT EXISTS (SELECT 1 FROM authority_given a
	                  WHERE a.motion = m.rescinded_by AND a.type = 'motion' AND a.subject = m.key
	                    AND a.body = g.body)
	UNION ALL
	SELECT 'action-item-note', 'action-item', i.key FROM action_item i
	WHERE (i.status = 'done') <> (i.done_on IS NOT NULL) OR (i.status = 'done' AND i.done_note = '')
	UNION ALL
	SELECT 'one-of-kind', 'body', b.code FROM body b
	WHERE b.kind <> 'committee' AND EXISTS (SELECT 1 FROM body o WHERE o.kind = b.kind AND o.id < b.id)
	-- People
	UNION ALL
	SELECT 'last-director', 'user', (SELECT min(login) FROM user)
	WHERE NOT EXISTS (SELECT 1 FROM user WHERE role = 'director' AND active = 1);

-- Policies and the first director came with the file and not by a save: now find knows them, too.
INSERT INTO search (rowid, key, title, body, type)
	SELECT (t.number << 40) + p.id, p.name, p.title, p.text, 'policy'
	FROM policy p JOIN office_table t ON t.name = 'policy'
	WHERE NOT EXISTS (SELECT 1 FROM search s WHERE s.rowid = (t.number << 40) + p.id);
INSERT INTO search (rowid, key, title, body, type)
	SELECT (t.number << 40) + u.id, u.login, u.login, '', 'user'
	FROM user u JOIN office_table t ON t.name = 'user'
	WHERE NOT EXISTS (SELECT 1 FROM search s WHERE s.rowid = (t.number << 40) + u.id);
