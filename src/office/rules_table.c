/*
 * rules_table.c - every rule code that a trigger raises, with the sentence a person reads.
 * GPL-3.0-or-later.
 */
#include "office/rules.h"

#include <stddef.h>

#define ME                                                                                        \
	"SELECT actor() AS login, coalesce((SELECT CASE WHEN active THEN role ELSE 'nobody' END " \
	"FROM user WHERE login = actor()), 'nobody') AS role"

const struct rule rules[] = {
	/* Standing guards of every table (src/store/guards.c) and of 0001-foundation.sql. */
	{.code = "no-actor",
		.sentence =
			"\"{login}\" has no active account in this office, so nothing can be changed. "
			"Ask the director for one.",
		.figures = ME},
	{.code = "not-your-role",
		.sentence =
			"You are signed in as {login} ({role}), who may read this but not change it. Ask "
			"somebody whose role allows it, or the director.",
		.figures = ME},
	{.code = "key-taken",
		.sentence =
			"There is a record with this key already, and a key is never used twice. Open "
			"that one, or choose another key."},
	{.code = "key-plain",
		.sentence =
			"A key is letters, digits and signs without blanks or accents, so that it can be said, "
			"typed and printed anywhere. Choose another key."},
	{.code = "stale",
		.sentence =
			"{key} was changed by somebody else after you opened it. Read it anew and make "
			"your change once more; what you typed is still here."},
	{.code = "fixed-key",
		.sentence =
			"The key of {key} never changes: other records, papers and people know it by "
			"that. Make a new record instead."},
	{.code = "audit-kept",
		.sentence =
			"The history is kept as it is: nobody adds to it, changes it or takes from it. "
			"Correct the record itself, and that is written down, too."},
	{.code = "sequence-falls",
		.sentence =
			"Numbers already given are never given again, so a count can only rise. Take the "
			"next number."},
	{.code = "sequence-jumps",
		.sentence =
			"Numbers follow each other without gaps, so a count goes on by one. Take the next "
			"number."},
	{.code = "standing-kept",
		.sentence =
			"Since when a login or a seat speaks as it does is written down by the office file "
			"and not by hand. Change the user or the member instead."},
	{.code = "own-pay",
		.field = "pay_rate",
		.sentence =
			"This is your own pay, and nobody sets their own: the director's belongs to the "
			"chair. Keep it with the chair's papers."},
	{.code = "last-director",
		.sentence =
			"\"{key}\" is the only active director, and an office always has one. Make "
			"somebody else director first."},
	{.code = "user-referred",
		.sentence =
			"{key} has signed in here, and the office keeps who did, so the account is not "
			"deleted. Close it instead: set Active to no."},
	{.code = "not-yours",
		.sentence =
			"This belongs to another person's account; everybody keeps only their own. You "
			"are signed in as {login}; ask the person whose it is.",
		.figures = ME},

	/* Constraints of the tables; the checks before a save name most of them better. */
	{.code = "unique",
		.sentence =
			"Another record has this already, and no two may have the same. Open that one, "
			"or choose another."},
	{.code = "check",
		.sentence =
			"A value is not one that the office keeps. Look at the marked field and its help."},
	{.code = "required",
		.sentence = "A field that must be filled is empty. Fill it and save again."},
	{.code = "dates-turned",
		.sentence =
			"The last day lies before the first. Look which of the two is mistyped."},
	{.code = "second-own",
		.field = "seconder",
		.sentence =
			"Who moved a motion does not second it, too. Enter the member who did, or leave the "
			"seconder empty until one is found."},
	{.code = "report-own",
		.field = "reports_to",
		.sentence = "Nobody reports to themselves. Enter who it is, or leave it empty."},
	{.code = "foreign-key",
		.sentence =
			"Another record refers to this one, or this one to a record that is not there. "
			"End or cancel it instead of deleting it; look up what it refers to."},

	/* ---- states and actions ---- */
	{.code = "status-by-action",
		.field = "status",
		.sentence =
			"{key}: the state and what a decision leaves behind are set by actions, not by hand. "
			"Use the action (mso do), such as submit, approve or attest.",
		.figures = "SELECT :key AS key"},
	{.code = "wrong-state",
		.field = "status",
		.sentence =
			"{key} cannot go to that state from where it stands. Its page shows the actions that "
			"are open to it now.",
		.figures = "SELECT :key AS key"},
	{.code = "fixed-parent",
		.sentence =
			"{key} stays with the record it belongs to. Enter it anew where it should stand.",
		.figures = "SELECT :key AS key"},
	{.code = "needs-reason",
		.field = "decision_note",
		.sentence = "A reason is needed: one sentence that the requester can read."},

	/* ---- purchase requests ---- */
	{.code = "over-limit",
		.field = "total",
		.sentence =
			"Request {key} is {total}; the director may approve up to {limit}, and it is {over} above. "
			"Only the Board may approve it: put it on the Board's agenda (^B), and approve it by the "
			"carried and attested motion.",
		.figures =
			"SELECT request AS key, money(total) AS total, money(\"limit\") AS \"limit\", "
			"money(total - \"limit\") AS over FROM request_test WHERE request = :key"},
	{.code = "no-budget",
		.field = "account",
		.sentence =
			"Request {key} charges account {account}, which stands in no adopted budget of {year}. "
			"Charge another account, or ask the Board by a motion.",
		.figures =
			"SELECT s.request AS key, s.account, s.fiscal_year AS year FROM request_share s "
			"WHERE s.request = :key AND NOT EXISTS (SELECT 1 FROM budget b JOIN budget_line_seen l "
			"ON l.budget = b.key WHERE b.status = 'adopted' AND b.fiscal_year = s.fiscal_year "
			"AND l.account = s.account) LIMIT 1"},
	{.code = "over-budget",
		.field = "account",
		.sentence =
			"Request {key} asks {share} of account {account}, which has {available} available in "
			"{year}: {short} too little. Only the Board may approve it: put it on the Board's agenda "
			"(^B), or charge another account.",
		.figures =
			"SELECT s.request AS key, s.account, s.fiscal_year AS year, money(s.share) AS share, "
			"money(f.available) AS available, money(s.share - f.available) AS short FROM request_share s "
			"JOIN account_room f ON f.account = s.account AND f.fiscal_year = s.fiscal_year "
			"WHERE s.request = :key AND f.available < s.share LIMIT 1"},
	{.code = "own-request",
		.field = "requested_by",
		.sentence = "Request {key} is your own, and nobody decides their own. {who}",
		.figures =
			"SELECT key, CASE WHEN (SELECT role FROM user WHERE login = requested_by) = 'director' "
			"THEN 'The chair of the Board decides it, or the Board by a motion.' "
			"ELSE 'The director decides it.' END AS who FROM request WHERE key = :key"},
	{.code = "no-motion",
		.field = "motion",
		.sentence =
			"No binding Board motion about request {key} is named. It must be carried, attested, "
			"neither expired nor rescinded, and about the request as it is now.{last}",
		.figures =
			"SELECT :key AS key, coalesce((SELECT ' The last about it, ' || m.key || ': ' || "
			"CASE WHEN m.rescinded_by IS NOT NULL THEN 'rescinded' "
			"WHEN EXISTS (SELECT 1 FROM overtaken v WHERE v.motion = m.key AND v.type = 'request' "
			"AND v.subject = :key) THEN 'the request was changed since the vote' "
			"WHEN m.outcome = 'carried' AND m.expires_on < today() THEN 'expired' "
			"WHEN m.outcome = 'pending' THEN s.standing || '; not attested' "
			"ELSE s.standing END || '.' "
			"FROM motion_subject o JOIN motion m ON m.key = o.motion "
			"JOIN motion_standing s ON s.motion = m.key "
			"JOIN meeting g ON g.key = m.meeting JOIN body b ON b.code = g.body "
			"WHERE o.type = 'request' AND o.subject = :key AND b.kind = 'board' "
			"ORDER BY g.held_on DESC, m.id DESC LIMIT 1), '') AS last"},
	{.code = "motion-too-small",
		.field = "motion",
		.sentence =
			"Request {key} is {total}, and the Board's motion allows {allowed}. Ask the Board for a "
			"motion up to {total}, or return the request to be made smaller.",
		.figures =
			"SELECT r.key, money(r.total) AS total, money(max(b.amount)) AS allowed FROM request r "
			"JOIN binding b ON b.type = 'request' AND b.subject = r.key AND b.body_kind = 'board' "
			"WHERE r.key = :key GROUP BY r.key"},
	{.code = "chair-only-directors",
		.field = "requested_by",
		.sentence =
			"The chair decides only the director's own requests; {key} was written by {by}. The "
			"director decides it.",
		.figures = "SELECT key, requested_by AS \"by\" FROM request WHERE key = :key"},
	{.code = "directors-own",
		.field = "requested_by",
		.sentence =
			"{key} was written by {by}, a director, and no director decides it. The chair of the "
			"Board does, or the Board by a motion.",
		.figures = "SELECT key, requested_by AS \"by\" FROM request WHERE key = :key"},
	{.code = "former-directors-own",
		.field = "requested_by",
		.sentence =
			"{key} was submitted by {by} as director, and no other director decides it. Ask the Board "
			"by a motion, or cancel it and let somebody else ask.",
		.figures = "SELECT key, requested_by AS \"by\" FROM request WHERE key = :key"},
	{.code = "chair-new",
		.sentence =
			"{key} was submitted on {date:date}, and whoever decides it as chair was known to the office "
			"as chair before that day. Return it and submit it again tomorrow, or ask the Board by a "
			"motion.",
		.figures =
			"SELECT key, substr(submitted_at, 1, 10) AS date FROM request WHERE key = :key"},
	{.code = "needed-in-past-year",
		.field = "needed_by",
		.sentence =
			"{key} is needed by {date:date}, in a year that is over, and would be charged to that "
			"year's budget. Enter the day from now on when it is needed.",
		.figures = "SELECT key, needed_by AS date FROM request WHERE key = :key"},
	{.code = "chair-of-board",
		.sentence =
			"Only the chair of the Board decides the director's requests; your login speaks for "
			"another seat. The director can correct that under Users."},
	{.code = "paper-needs-sheet",
		.field = "signed_by",
		.sentence =
			"An approval on paper names the chair of the Board who signed, the date of the signature "
			"(not before the request was submitted, not in the future) and where the sheet lies."},
	{.code = "request-locked",
		.sentence = "Request {key} is {status}: what it asks for stands. {way}",
		.figures =
			"SELECT key, status, CASE status WHEN 'submitted' THEN 'It can be changed after it was "
			"returned (r).' WHEN 'approved' THEN 'It can only be cancelled, with a reason.' "
			"ELSE 'Write a new one.' END AS way FROM request "
			"WHERE key = CASE WHEN instr(:key, '/') THEN substr(:key, 1, instr(:key, '/') - 1) "
			"ELSE :key END"},
	{.code = "fixed-requester",
		.field = "requested_by",
		.sentence =
			"The requester of {key} is whoever wrote it, for good. Somebody else who wants it writes a "
			"request of their own.",
		.figures = "SELECT :key AS key"},
	{.code = "total-kept",
		.field = "total",
		.sentence =
			"The total of {key} is kept by the office file; change the lines, tax, freight or fees.",
		.figures = "SELECT :key AS key"},
	{.code = "no-vendor",
		.field = "vendor",
		.sentence =
			"Request {key} names no vendor yet. Choose one (F4 looks it up), then submit.",
		.figures = "SELECT :key AS key"},
	{.code = "no-lines",
		.sentence =
			"Request {key} has no lines yet. Add what is to be bought (^N), then submit.",
		.figures = "SELECT :key AS key"},
	{.code = "no-amount",
		.field = "total",
		.sentence =
			"Request {key} comes to {total}; there is nothing to approve. Check quantities and prices.",
		.figures = "SELECT key, money(total) AS total FROM request WHERE key = :key"},
	{.code = "request-kept",
		.sentence =
			"Request {key} was submitted once and is kept. Cancel it with a reason instead (x).",
		.figures = "SELECT :key AS key"},
	{.code = "account-not-spending",
		.field = "account",
		.sentence =
			"A purchase is charged to an expense or capital account in use. F4 shows them."},
	{.code = "private-account",
		.field = "account",
		.sentence =
			"That account is private; only the director works with it. F4 shows the accounts "
			"open to you."},
	{.code = "private-purchase",
		.field = "account",
		.sentence =
			"Purchases are not charged to a private account such as payroll. F4 shows the accounts "
			"that take them."},
	{.code = "commitment-kept",
		.sentence =
			"What is committed follows from approved requests and is not changed by hand. Cancel the "
			"request, and it is free again."},

	/* ---- meetings, minutes and motions ---- */
	{.code = "one-of-kind",
		.field = "kind",
		.sentence =
			"There is one Council and one Board, and this office has that one already. Other bodies "
			"are committees."},
	{.code = "fixed-kind",
		.field = "kind",
		.sentence =
			"{key} has met, and its motions are those of what it is. Make another body instead.",
		.figures = "SELECT :key AS key"},
	{.code = "votes-wait",
		.sentence =
			"A motion of that body is not attested yet ({motion}); its vote is counted by the settings and "
			"seats of its day. Have it attested first, or mark it withdrawn or tabled, then change them. "
			"A new seat that begins later waits for nothing: enter its first day.",
		.figures =
			"SELECT coalesce(min(w.motion), '?') AS motion FROM motion_waiting w "
			"WHERE w.body = CASE WHEN instr(:key, '/') THEN substr(:key, 1, instr(:key, '/') - 1) "
			"ELSE :key END"},
	{.code = "seat-taken",
		.field = "person",
		.sentence =
			"This person has a seat on that body at that time already, and one person has one seat and "
			"one vote. If the term of the other seat is over, enter its last day there first; somebody "
			"else of the same name is written so that both can be told apart."},
	{.code = "vote-needs-time",
		.field = "voted_at",
		.sentence =
			"Somebody came late to {meeting} or left early, so who was there at the vote on {key} "
			"depends on when it was. Enter the time of the vote first.",
		.figures = "SELECT key, meeting FROM motion WHERE key = :key"},
	{.code = "vote-missing",
		.field = "votes_for",
		.sentence =
			"No vote on {key} is noted, so there is nothing to attest. Enter the votes first; a motion "
			"that did not come to a vote is marked withdrawn or tabled.",
		.figures = "SELECT :key AS key"},
	{.code = "motion-voted",
		.field = "outcome",
		.sentence =
			"{key} was voted on: {votes}. What was voted on is attested, carried or failed, and stays in "
			"the minutes. If the votes were entered by mistake, set them to 0 first.",
		.figures =
			"SELECT key, votes_for || ' for, ' || votes_against || ' against, ' || votes_abstained || "
			"' abstained, ' || votes_recused || ' recused' AS votes FROM motion WHERE key = :key"},
	{.code = "meeting-voted",
		.field = "status",
		.sentence =
			"Votes are noted in {key} ({motion}), so it took place and is not cancelled: write its "
			"minutes. If they were entered by mistake, set them to 0 first.",
		.figures =
			"SELECT :key AS key, coalesce((SELECT min(m.key) FROM motion m WHERE m.meeting = :key AND "
			"m.votes_for + m.votes_against + m.votes_abstained + m.votes_recused > 0), '?') AS motion"},
	{.code = "minutes-changed",
		.field = "corrected",
		.sentence =
			"The minutes of {key} were changed after they had gone out for the vote on them, so the "
			"body did not approve them as they are. Answer \"As corrected\" with yes if its motion says "
			"so; otherwise have them approved anew.",
		.figures = "SELECT :key AS key"},
	{.code = "minutes-locked",
		.sentence = "{what}",
		/* Of the meeting itself, of what has its key before a slash, or of an action item.
		 */
		.figures =
			"SELECT CASE g.status WHEN 'cancelled' THEN g.key || ' was cancelled, so nothing is "
			"added to it. Enter it at the meeting that took its place.' ELSE 'The minutes of ' || "
			"coalesce(g.key || ' are approved (' || g.approved_by || ')', 'that meeting are "
			"approved') || ' and locked, with agenda, attendance, motions and action items. To put "
			"something right, add an amendment by motion to a later meeting.' END AS what "
			"FROM (SELECT coalesce((SELECT i.meeting FROM action_item i WHERE i.key = :key), "
			"CASE WHEN instr(:key, '/') THEN substr(:key, 1, instr(:key, '/') - 1) ELSE :key END) "
			"AS of) LEFT JOIN meeting g ON g.key = of"},
	{.code = "minutes-kept",
		.sentence =
			"What approved minutes say is kept as it was approved. To put something right, add an "
			"amendment by motion to a later meeting."},
	{.code = "count-kept",
		.sentence =
			"What a vote came to when it was attested is kept as it was counted. Only another motion "
			"changes what was decided."},
	{.code = "recorded-by-other",
		.sentence =
			"{name} has been recording {meeting} since {since:moment}, so nobody else changes its "
			"agenda, attendance, motions and minutes now. Ask them to leave its page, or open the "
			"meeting and take over (k), with a reason.",
		.figures =
			"SELECT r.meeting, r.since, coalesce(substr(s.first_name, 1, 1) || '. ' || s.last_name, "
			"r.login) AS name FROM recording r JOIN user u ON u.login = r.login "
			"LEFT JOIN staff s ON s.key = u.staff WHERE r.login <> actor() "
			"ORDER BY r.meeting = :key OR substr(:key, 1, length(r.meeting) + 1) = r.meeting || '/' "
			"DESC, r.since DESC LIMIT 1"},
	{.code = "meeting-referred",
		.sentence = "{who} recording {key} now, so it is not deleted. {way}",
		.figures =
			"SELECT r.meeting AS key, CASE WHEN r.login = actor() THEN 'You are' ELSE "
			"coalesce(substr(s.first_name, 1, 1) || '. ' || s.last_name, r.login) || ' is' END AS who, "
			"CASE WHEN r.login = actor() THEN 'Leave its page first.' ELSE 'Ask them to leave its page, "
			"or open it, take over (k), and leave it yourself.' END AS way "
			"FROM recording r JOIN user u ON u.login = r.login "
			"LEFT JOIN staff s ON s.key = u.staff WHERE r.meeting = :key"},
	{.code = "recording-own",
		.sentence =
			"Who records a meeting is written down in their own name and from now on. Open the "
			"meeting's page to record it yourself."},
	{.code = "recording-reason",
		.sentence =
			"Somebody else records this meeting. Taking over needs a reason, which is kept in the "
			"history."},
	{.code = "minutes-need-motion",
		.field = "approved_by",
		.sentence =
			"Minutes of {key} are approved by a carried and attested motion of a later meeting of the "
			"same body that has this meeting as its subject. Add that motion there first.",
		.figures = "SELECT :key AS key"},
	{.code = "meeting-kept",
		.sentence =
			"{key} is past planning and is kept. A meeting that will not take place is cancelled (x) "
			"while planned.",
		.figures = "SELECT :key AS key"},
	{.code = "meeting-not-held",
		.field = "outcome",
		.sentence =
			"The meeting of {key} has not taken place: its day has not come, or it is only planned, or "
			"was cancelled. Once it has met, open its minutes (w).",
		.figures = "SELECT :key AS key"},
	{.code = "attendance-frozen",
		.sentence =
			"A motion of that meeting is attested, and the attendance it was counted on stands. Only "
			"a motion of a later meeting changes what was decided."},
	{.code = "absent-times",
		.field = "presence",
		.sentence =
			"Who was absent or excused neither arrived nor left. Mark the member as present, or leave "
			"both times empty."},
	{.code = "not-a-member",
		.field = "member",
		.sentence =
			"That person does not sit on the body that meets. F4 shows its members."},
	{.code = "motion-attested",
		.sentence =
			"{key} is attested: text, votes, subjects and outcome stand. Only another motion can change "
			"what was decided.",
		.figures = "SELECT :key AS key"},
	{.code = "attest-director",
		.sentence =
			"The director does not attest motions. The chair or secretary of the body does, or staff "
			"from the signed sheet."},
	{.code = "attest-requester",
		.sentence = "{key} is about a request of your own; somebody else must attest it.",
		.figures = "SELECT :key AS key"},
	{.code = "attest-not-chair",
		.sentence =
			"Only the chair or secretary of the body that voted attests {key}, within the term of "
			"office. Ask one of them, or staff to enter the signed sheet.",
		.figures = "SELECT :key AS key"},
	{.code = "attest-new-login",
		.sentence =
			"Your login speaks as it does since {since:date}, after the meeting of {held:date}, and "
			"attests what is decided from then on. Somebody known by that day attests {key}: chair or "
			"secretary, or staff from the signed sheet.",
		.figures =
			"SELECT m.key, g.held_on AS held, s.since FROM motion m JOIN meeting g ON g.key = m.meeting "
			"JOIN login_standing s ON s.login = actor() WHERE m.key = :key"},
	{.code = "attest-new-seat",
		.field = "signed_by",
		.sentence =
			"{key} was voted on {held:date}, before the office knew that member as chair or secretary. "
			"It is attested by who was that by the day of the meeting, or put to the body again.",
		.figures =
			"SELECT m.key, g.held_on AS held FROM motion m JOIN meeting g ON g.key = m.meeting "
			"WHERE m.key = :key"},
	{.code = "meeting-day-stands",
		.field = "held_on",
		.sentence =
			"{key} took place on {held:date}, and since then logins or officers were named who would be "
			"counted as known by a later day. Leave the day; a meeting of another day is another "
			"meeting.",
		.figures = "SELECT key, held_on AS held FROM meeting WHERE key = :key"},
	{.code = "attest-needs-sheet",
		.field = "signed_by",
		.sentence =
			"From paper it is attested with who signed (chair or secretary of the body), the date of "
			"the signature (not before the meeting, not in the future) and where the sheet lies."},
	{.code = "attest-as-it-stands",
		.sentence =
			"Attesting {key} confirms what is written and counted and changes nothing of it. Correct "
			"the motion first, then attest it.",
		.figures = "SELECT :key AS key"},
	{.code = "motion-not-voted",
		.field = "outcome",
		.sentence =
			"{key} is not pending any more and cannot be attested. What was withdrawn or put off is "
			"moved anew, as another motion.",
		.figures = "SELECT :key AS key"},
	{.code = "motion-needs-mover",
		.field = "mover",
		.sentence = "{key} has no mover. Enter who proposed it, then attest.",
		.figures = "SELECT :key AS key"},
	{.code = "mover-not-there",
		.field = "mover",
		.sentence =
			"{key} was moved by somebody who is not marked as present with a vote. Correct the mover or "
			"the attendance, then attest.",
		.figures = "SELECT :key AS key"},
	{.code = "item-elsewhere",
		.field = "agenda_item",
		.sentence =
			"That item is on another meeting's agenda. F4 shows the items; choose one of this meeting."},
	{.code = "votes-exceed-present",
		.field = "votes_for",
		.sentence =
			"{voted} votes are recorded for {key}, but {present} voting members were present. Correct "
			"the votes or the attendance.",
		.figures =
			"SELECT motion AS key, voted, present FROM motion_result WHERE motion = :key"},
	{.code = "outcome-by-count",
		.field = "outcome",
		.sentence =
			"The count decides: {key} has {outcome} ({present} present, quorum {quorum}). It is recorded "
			"by attesting.",
		.figures =
			"SELECT motion AS key, present, quorum, outcome || CASE lacks WHEN '' THEN '' "
			"ELSE ': ' || lacks END AS outcome FROM motion_result WHERE motion = :key"},
	{.code = "rescind-needs-motion",
		.field = "rescinded_by",
		.sentence =
			"{key} is rescinded, once, by a carried and attested motion of the same body, not of an "
			"earlier meeting, that has it as its subject.",
		.figures = "SELECT :key AS key"},
	{.code = "policy-in-force",
		.field = "rescinded_by",
		.sentence =
			"{key} set {policy} to {amount:money}, which is in force, and a policy is never without a "
			"value. Have the Board set it by a motion (the rescinding one may have the policy as its "
			"subject, too), put that value into force (Policies, c), then record the rescission.",
		.figures =
			"SELECT motion AS key, title AS policy, amount FROM policy WHERE motion = :key"},
	{.code = "subject-own",
		.field = "subject",
		.sentence =
			"No motion is about its own meeting or about itself. The minutes of a meeting are approved "
			"by a motion of a later meeting of the same body: add it there."},
	{.code = "subject-unknown",
		.field = "subject",
		.sentence =
			"There is no such record to be the subject of a motion. Give its number, such as "
			"PR-2026-0001."},
	{.code = "subject-kept",
		.sentence =
			"{key} is what motion {motion} is about, so it is kept. While that motion is not attested, "
			"take the subject off it first.",
		.figures = "SELECT subject AS key, motion FROM motion_subject WHERE subject = :key "
			   "ORDER BY id LIMIT 1"},
	{.code = "overtaken-kept",
		.sentence =
			"Which motions are overtaken follows from changes of drafts and is not changed by hand. Put "
			"a new motion about the draft as it is now."},
	{.code = "subject-needs-amount",
		.field = "amount",
		.sentence =
			"A motion about a request or a policy names an amount: the most it may cost, or the new "
			"value."},
	{.code = "action-item-kept",
		.sentence = "Action items are never deleted. Close {key} with a note instead (d).",
		.figures = "SELECT :key AS key"},
	{.code = "action-item-note",
		.field = "done_note",
		.sentence =
			"{key} is closed with a note of what came of it, and opened again without one.",
		.figures = "SELECT :key AS key"},
	{.code = "policy-fixed",
		.sentence =
			"Policies are a fixed list; only their value changes, by a Board motion (c)."},
	{.code = "policy-needs-motion",
		.field = "motion",
		.sentence =
			"Policy {key} changes only by a carried and attested Board motion that has it as its "
			"subject with the new value; each motion changes it once, and none older than the one in "
			"force.",
		.figures = "SELECT :key AS key"},

	/* ---- positions and budgets ---- */
	{.code = "needs-council-motion",
		.field = "council_motion",
		.sentence =
			"{key} needs a carried and attested motion of the Council that has it as a subject and was "
			"voted on after its last change. Put it on the agenda of the next meeting.",
		.figures = "SELECT :key AS key"},
	{.code = "needs-board-motion",
		.field = "board_motion",
		.sentence =
			"{key} needs a carried and attested motion of the Board that has it as a subject and was "
			"voted on after its last change. Put it on the agenda of the next meeting.",
		.figures = "SELECT :key AS key"},
	{.code = "position-approved",
		.sentence =
			"{key} is approved by Council and Board. Revise it first (r); it then needs both again.",
		.figures = "SELECT :key AS key"},
	{.code = "budget-locked",
		.sentence = "Budget {key} is {status} and locked. {way}",
		.figures =
			"SELECT key, status, CASE status WHEN 'recommended' THEN 'Take it back to draft (b) to change "
			"it; it then needs the Council again.' ELSE 'Changes need the Board.' END AS way "
			"FROM budget WHERE key = CASE WHEN instr(:key, '/') "
			"THEN substr(:key, 1, instr(:key, '/') - 1) ELSE :key END"},
	{.code = "budget-not-as-moved",
		.sentence =
			"The motion named about {key} speaks of {moved}, and the budget spends {total} in all. Bring "
			"the lines to the figure of the motion, or put the budget to a vote again.",
		.figures =
			"SELECT b.key, money((SELECT amount FROM budget_spending WHERE budget = b.key)) AS total, "
			"(SELECT group_concat(money(s.amount), ' or ') FROM binding s WHERE s.type = 'budget' "
			"AND s.subject = b.key AND s.body_kind = CASE b.status WHEN 'draft' THEN 'council' "
			"ELSE 'board' END AND s.amount IS NOT NULL) AS moved FROM budget b WHERE b.key = :key"},
	{.code = "account-budgeted",
		.field = "kind",
		.sentence =
			"Account {key} stands in a budget that the Council or the Board decided on, and stays what "
			"it is there. Make another account for another kind.",
		.figures = "SELECT :key AS key"},
	{.code = "fixed-year",
		.field = "fiscal_year",
		.sentence = "{key} keeps its fiscal year. Make another budget for another year.",
		.figures = "SELECT :key AS key"},
	{0},
};
