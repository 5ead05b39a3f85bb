/*
 * office_matrix.c - the office's rules as one table: who does what, and whether the office file
 * allows it or which rule refuses. Every row is plain SQL on the program's own connection, so
 * that no screen or command stands between the rule and the one who tries it.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/fatal.h"
#include "office/record.h"
#include "office/rules.h"
#include "store/store.h"

struct step {
	const char *who;  /* login; roles in setup below */
	const char *what; /* one statement */
	const char *code; /* the rule that refuses; NULL: allowed */
};

#define BUMP "version = version + 1"
#define REQUEST(key, by)                                                                                  \
	"INSERT INTO request (key, requested_by, vendor, purpose, needed_by, tax, freight) VALUES ('" key \
	"', '" by "', 'V-0001', 'Toner', '2026-11-30', 0, 'included')"
#define LINE(key, request, account, price)                                                           \
	"INSERT INTO request_line (key, request, item, account, quantity, unit_price) VALUES ('" key \
	"', '" request "', 'Thing', '" account "', 1000, " #price ")"
#define SUBMIT(key)                                                            \
	"UPDATE request SET status = 'submitted', submitted_at = now(), " BUMP \
	" WHERE key = '" key "'"
#define APPROVE(key, by)                                                                       \
	"UPDATE request SET status = 'approved', authority = '" by "', decided_by = actor(), " \
	"decided_at = now(), " BUMP " WHERE key = '" key "'"
#define APPROVE_PAPER(key)                                                                        \
	"UPDATE request SET status = 'approved', authority = 'chair on paper', decided_by = "     \
	"actor(), decided_at = now(), signed_by = 'BD/1', signed_on = today(), sheet = 'Drawer'," \
	" " BUMP " WHERE key = '" key "'"
#define BY_MOTION(key, which)                                                                 \
	"UPDATE request SET status = 'approved', authority = 'Board', motion = '" which "', " \
	"decided_by = actor(), decided_at = now(), " BUMP " WHERE key = '" key "'"
#define MOTION(key, meeting)                                                                               \
	"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for, votes_against) VALUES ('" key \
	"', '" meeting "', 'To approve.', 'BD/1', 'BD/2', 2, 1)"
#define SUBJECT(key, motion, type, subject, amount)                                     \
	"INSERT INTO motion_subject (key, motion, type, subject, amount) VALUES ('" key \
	"', '" motion "', '" type "', '" subject "', " #amount ")"
#define ATTEST(key)                                                                                   \
	"UPDATE motion SET outcome = (SELECT outcome FROM motion_result WHERE motion = motion.key), " \
	"attested_by = actor(), attested_on = today(), attested_how = 'at the terminal', " BUMP       \
	" WHERE key = '" key "'"
#define ATTEST_SHEET(key, signer, on, sheet)                                                                \
	"UPDATE motion SET outcome = (SELECT r.outcome FROM motion_result r WHERE r.motion = motion.key), " \
	"attested_by = actor(), attested_on = today(), attested_how = 'signed sheet', signed_by = " signer  \
	", signed_on = " on ", sheet = " sheet ", " BUMP " WHERE key = '" key "'"

#define MEET(key, body, held_on) \
	"INSERT INTO meeting (key, body, held_on) VALUES ('" key "', '" body "', '" held_on "')"
#define OPEN(key) "UPDATE meeting SET status = 'draft', " BUMP " WHERE key = '" key "'"
#define ATTEND(key, meeting, member, presence)                                                 \
	"INSERT INTO attendance (key, meeting, member, presence) VALUES ('" key "', '" meeting \
	"', '" member "', '" presence "')"
#define SET(table, changes, where) "UPDATE " table " SET " changes ", " BUMP " WHERE " where
#define RETURN(key) \
	SET("request", "status = 'returned', decision_note = 'Too dear'", "key = '" key "'")

/* director, clerk and other (staff), boss (chair of the Board), coco (Council chair), guest
 * (viewer). */
static const struct step steps[] = {
	/* ---- who may write what ---- */
	{"director", "INSERT INTO user (login, role) VALUES ('clerk', 'staff')", NULL},
	{"director", "INSERT INTO user (login, role) VALUES ('other', 'staff')", NULL},
	{"director", "INSERT INTO user (login, role) VALUES ('guest', 'viewer')", NULL},
	{"director", "INSERT INTO user (login, role, active) VALUES ('gone', 'staff', 0)", NULL},
	{"clerk", "INSERT INTO user (login, role) VALUES ('me2', 'director')", "not-your-role"},
	{"clerk", "UPDATE user SET role = 'director', " BUMP " WHERE login = 'clerk'",
		"not-your-role"},
	{"director", "UPDATE user SET role = 'staff', " BUMP " WHERE role = 'director'",
		"last-director"},
	{"director", "UPDATE user SET active = 0, " BUMP " WHERE role = 'director'",
		"last-director"},
	{"gone", "INSERT INTO client (key, name) VALUES ('C-1', 'X')", "no-actor"},
	{"stranger", "INSERT INTO client (key, name) VALUES ('C-1', 'X')", "no-actor"},
	{"guest", "INSERT INTO client (key, name) VALUES ('C-1', 'X')", "not-your-role"},
	{"clerk", "INSERT INTO client (key, name) VALUES ('C-0001', 'Lakeside')", NULL},
	{"clerk", "INSERT OR REPLACE INTO client (key, name) VALUES ('C-0001', 'Other')",
		"key-taken"},
	{"clerk", "INSERT OR REPLACE INTO client (id, key, name) VALUES (1, 'C-0009', 'Other')",
		"key-taken"},
	{"clerk", "UPDATE client SET name = 'Stale' WHERE key = 'C-0001'", "stale"},
	{"clerk", "UPDATE client SET key = 'C-0002', " BUMP " WHERE key = 'C-0001'", "fixed-key"},
	{"clerk", "UPDATE client SET phone = '(555) 010-2233', " BUMP " WHERE key = 'C-0001'",
		NULL},
	{"guest", "DELETE FROM client WHERE key = 'C-0001'", "not-your-role"},
	{"clerk", "INSERT INTO staff (key, first_name, last_name) VALUES ('S-0001', 'Ada', 'Ruiz')",
		"not-your-role"},
	{"director",
		"INSERT INTO staff (key, first_name, last_name) VALUES ('S-0001', 'Ada', 'Ruiz')",
		NULL},
	{"director",
		"INSERT INTO staff_pay (staff, pay_basis, pay_rate) VALUES ('S-0001', 'hour', 2500)",
		NULL},
	{"clerk", "UPDATE staff_pay SET pay_rate = 9900 WHERE staff = 'S-0001'", "denied"},
	{"clerk", "INSERT INTO position (key, title) VALUES ('J-0001', 'Clerk')", "not-your-role"},
	{"clerk", "INSERT INTO account (code, name, kind) VALUES ('6120', 'Supplies', 'expense')",
		"not-your-role"},
	{"director",
		"INSERT INTO account (code, name, kind) VALUES ('6120', 'Supplies', 'expense')",
		NULL},
	{"director", "INSERT INTO account (code, name, kind) VALUES ('6200', 'Rent', 'expense')",
		NULL},
	{"director",
		"INSERT INTO account (code, name, kind) VALUES ('6300', 'Unplanned', 'expense')",
		NULL},
	{"director", "INSERT INTO account (code, name, kind) VALUES ('4000', 'Fees', 'revenue')",
		NULL},
	{"director",
		"INSERT INTO account (code, name, kind, private) VALUES ('6010', 'Payroll', 'expense', 1)",
		NULL},
	{"clerk", "INSERT INTO vendor (key, name) VALUES ('V-0001', 'Acme')", NULL},
	{"clerk", "INSERT OR REPLACE INTO vendor (key, name) VALUES ('V-0002', 'Acme')", NULL},
	{"clerk", "INSERT INTO vendor (key, name) VALUES ('V-0001', 'Acme Office')", NULL},
	{"clerk", "INSERT INTO body (code, name, kind, quorum) VALUES ('XX', 'Mine', 'board', 1)",
		"not-your-role"},

	/* ---- bodies, members and their logins ---- */
	{"director",
		"INSERT INTO body (code, name, kind, quorum) VALUES ('BD', 'Board', 'board', 2)",
		NULL},
	{"director",
		"INSERT INTO body (code, name, kind, quorum) VALUES ('CC', 'Council', 'council', 1)",
		NULL},
	{"director",
		"INSERT INTO member (key, body, person, role) VALUES ('BD/1', 'BD', 'Dr. A', 'chair')",
		NULL},
	{"director", "INSERT INTO member (key, body, person) VALUES ('BD/2', 'BD', 'Dr. B')", NULL},
	{"director",
		"INSERT INTO member (key, body, person, role) VALUES ('BD/3', 'BD', 'Dr. C', 'secretary')",
		NULL},
	{"director",
		"INSERT INTO member (key, body, person, role) VALUES ('CC/1', 'CC', 'Dr. D', 'chair')",
		NULL},
	{"director", "INSERT INTO user (login, role, member) VALUES ('boss', 'chair', 'BD/1')",
		NULL},
	{"director", "INSERT INTO user (login, role, member) VALUES ('coco', 'chair', 'CC/1')",
		NULL},
	{"director",
		"INSERT INTO member (key, body, person, role, term_from, term_until) VALUES "
		"('BD/5', 'BD', 'Dr. F', 'secretary', '2026-11-21', NULL), "
		"('BD/6', 'BD', 'Dr. G', 'chair', NULL, '2026-11-20')",
		NULL},
	{"director", "INSERT INTO user (login, role, member) VALUES ('former', 'chair', 'BD/6')",
		NULL},
	{"director",
		"INSERT INTO staff (key, first_name, last_name) VALUES ('S-0002', 'Ruth', 'A.')",
		NULL},
	{"director",
		"INSERT INTO user (login, role, staff) VALUES ('clerk2', 'staff', 'S-0001'), "
		"('shadow', 'staff', 'S-0002')",
		NULL},
	{"boss", "INSERT INTO client (key, name) VALUES ('C-0005', 'X')", "not-your-role"},

	/* ---- a budget controls only when adopted by two motions ---- */
	{"clerk",
		"INSERT INTO budget (key, fiscal_year, title, status) VALUES ('B-9', 2026, 'X', 'adopted')",
		"status-by-action"},
	{"clerk", "INSERT INTO budget (key, fiscal_year, title) VALUES ('B-1', 2026, 'Operating')",
		NULL},
	{"clerk",
		"INSERT INTO budget_line (key, budget, account, jan) VALUES ('B-1/1', 'B-1', '6120', 200000)",
		NULL},
	{"clerk",
		"INSERT INTO budget_line (key, budget, account, jan) VALUES ('B-1/2', 'B-1', '6200', 10000000)",
		NULL},
	{"clerk",
		"INSERT INTO budget_line (key, budget, account, jan) VALUES ('B-1/3', 'B-1', '6010', 1)",
		"private-account"},
	{"director",
		"INSERT INTO budget_line (key, budget, account, jan) VALUES ('B-1/3', 'B-1', '6010', 900)",
		NULL},
	{"clerk", "SELECT jan FROM budget_line", "denied"},
	{"clerk", "SELECT account FROM actual", "denied"},
	{"clerk", "SELECT name FROM account", "denied"},
	{"clerk", "SELECT * FROM staff_pay", "denied"},
	{"clerk", "SELECT * FROM audit_private", "denied"},
	{"clerk", "SELECT after FROM audit", "denied"},
	{"clerk", "SELECT after FROM audit_entry", "denied"},
	{"clerk", "SELECT after FROM audit_private_entry", "denied"},
	{"boss", "SELECT count(*) FROM audit_private_entry", "denied"},
	{"clerk", "SELECT after FROM audit_seen", NULL},
	{"director", "UPDATE budget SET status = 'adopted', " BUMP " WHERE key = 'B-1'",
		"wrong-state"},
	{"director", "UPDATE budget SET status = 'recommended', " BUMP " WHERE key = 'B-1'",
		"needs-council-motion"},

	/* A Council meeting recommends it. */
	{"clerk",
		"INSERT INTO meeting (key, body, held_on, status) VALUES ('CC-1', 'CC', '2026-11-01', 'draft')",
		"status-by-action"},
	{"clerk", "INSERT INTO meeting (key, body, held_on) VALUES ('CC-1', 'CC', '2026-11-01')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('CC-1/P1', 'CC-1', 'BD/1')",
		"not-a-member"},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('CC-1/P1', 'CC-1', 'CC/1')",
		NULL},
	{"clerk", "UPDATE body SET seconds = 0, " BUMP " WHERE code = 'CC'", "not-your-role"},
	{"director", "UPDATE body SET seconds = 0, " BUMP " WHERE code = 'CC'", NULL},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, votes_for, outcome) "
		"VALUES ('CC-1/M1', 'CC-1', 'To recommend.', 'CC/1', 1, 'carried')",
		"status-by-action"},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, votes_for) "
		"VALUES ('CC-1/M1', 'CC-1', 'To recommend.', 'CC/1', 1)",
		NULL},
	{"clerk", "UPDATE motion SET outcome = 'carried', " BUMP " WHERE key = 'CC-1/M1'",
		"outcome-by-count"},
	{"clerk", SUBJECT("CC-1/M1/1", "CC-1/M1", "budget", "B-77", NULL), "subject-unknown"},
	{"clerk", SUBJECT("CC-1/M1/1", "CC-1/M1", "budget", "B-1", NULL), NULL},
	{"coco", ATTEST("CC-1/M1"), "meeting-not-held"},
	{"clerk", "UPDATE meeting SET status = 'draft', " BUMP " WHERE key = 'CC-1'", NULL},
	{"director", ATTEST("CC-1/M1"), "attest-director"},
	{"boss", ATTEST("CC-1/M1"), "attest-not-chair"},
	{"clerk", ATTEST("CC-1/M1"), "attest-needs-sheet"},
	{"director",
		"UPDATE budget SET status = 'recommended', council_motion = 'CC-1/M1', " BUMP
		" WHERE key = 'B-1'",
		"needs-council-motion"},
	{"coco", "UPDATE motion SET text = 'Other', " BUMP " WHERE key = 'CC-1/M1'",
		"not-your-role"},
	{"coco", ATTEST("CC-1/M1"), NULL},
	{"clerk", "UPDATE motion SET text = 'Other', " BUMP " WHERE key = 'CC-1/M1'",
		"motion-attested"},
	{"clerk", "UPDATE motion SET votes_for = 3, " BUMP " WHERE key = 'CC-1/M1'",
		"motion-attested"},
	{"clerk", "DELETE FROM motion_subject WHERE key = 'CC-1/M1/1'", "motion-attested"},
	{"clerk", SUBJECT("CC-1/M1/2", "CC-1/M1", "policy", "approval-limit", 9900000),
		"motion-attested"},
	{"clerk", "UPDATE attendance SET presence = 'absent', " BUMP " WHERE key = 'CC-1/P1'",
		"attendance-frozen"},
	{"clerk",
		"UPDATE budget SET status = 'recommended', council_motion = 'CC-1/M1', " BUMP
		" WHERE key = 'B-1'",
		"not-your-role"},
	{"director",
		"UPDATE budget SET status = 'recommended', council_motion = 'CC-1/M1', " BUMP
		" WHERE key = 'B-1'",
		NULL},
	{"clerk", "UPDATE budget_line SET jan = 1, " BUMP " WHERE key = 'B-1/1'", "budget-locked"},
	{"director",
		"UPDATE budget SET status = 'adopted', board_motion = 'CC-1/M1', " BUMP
		" WHERE key = 'B-1'",
		"needs-board-motion"},

	/* A Board meeting adopts it. */
	{"clerk", "INSERT INTO meeting (key, body, held_on) VALUES ('BD-1', 'BD', '2026-11-10')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-1/P1', 'BD-1', 'BD/1')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-1/P2', 'BD-1', 'BD/2')",
		NULL},
	{"clerk",
		"INSERT INTO action_item (key, what, meeting) VALUES ('AI-9', 'Write to the bank', 'BD-1')",
		NULL},
	{"clerk", MOTION("BD-1/M1", "BD-1"), NULL},
	{"clerk", SUBJECT("BD-1/M1/1", "BD-1/M1", "budget", "B-1", NULL), NULL},
	{"clerk", "UPDATE meeting SET status = 'draft', " BUMP " WHERE key = 'BD-1'", NULL},
	{"boss", ATTEST("BD-1/M1"), "votes-exceed-present"},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-1/P3', 'BD-1', 'BD/3')",
		NULL},
	{"boss",
		"UPDATE motion SET outcome = 'failed', attested_by = actor(), attested_on = today(), "
		"attested_how = 'at the terminal', " BUMP " WHERE key = 'BD-1/M1'",
		"outcome-by-count"},
	{"boss",
		"UPDATE motion SET outcome = 'carried', attested_by = 'clerk', attested_on = today(), "
		"attested_how = 'at the terminal', " BUMP " WHERE key = 'BD-1/M1'",
		"status-by-action"},
	{"boss", ATTEST("BD-1/M1"), NULL},
	{"director",
		"UPDATE budget SET status = 'adopted', board_motion = 'BD-1/M1', " BUMP
		" WHERE key = 'B-1'",
		NULL},
	{"director", "UPDATE budget_line SET jan = 1, " BUMP " WHERE key = 'B-1/1'",
		"budget-locked"},
	{"director", "DELETE FROM budget_line WHERE key = 'B-1/1'", "budget-locked"},
	{"director", "UPDATE budget SET title = 'Other', " BUMP " WHERE key = 'B-1'",
		"budget-locked"},
	{"director", "DELETE FROM budget WHERE key = 'B-1'", "budget-locked"},

	/* ---- requests: who writes, who submits ---- */
	{"guest", REQUEST("PR-0", "guest"), "not-your-role"},
	{"boss", REQUEST("PR-0", "boss"), "not-your-role"},
	{"clerk", REQUEST("PR-0", "other"), "not-yours"},
	{"clerk", REQUEST("PR-1", "clerk"), NULL},
	{"clerk", "UPDATE request SET tax = 'no idea', " BUMP " WHERE key = 'PR-1'", "check"},
	{"clerk", SUBMIT("PR-1"), "no-lines"},
	{"other", LINE("PR-1/1", "PR-1", "6120", 100000), "not-yours"},
	{"director", LINE("PR-1/1", "PR-1", "6120", 100000), "not-yours"},
	{"clerk", LINE("PR-1/1", "PR-1", "4000", 100000), "account-not-spending"},
	{"clerk", LINE("PR-1/1", "PR-1", "6010", 100000), "private-purchase"},
	{"clerk", LINE("PR-1/1", "PR-1", "6120", 100001), NULL},
	{"clerk", "UPDATE request SET total = 5, " BUMP " WHERE key = 'PR-1'", "total-kept"},
	{"clerk", "UPDATE request SET status = 'approved', " BUMP " WHERE key = 'PR-1'",
		"wrong-state"},
	{"director", SUBMIT("PR-1"), "not-yours"},
	{"clerk", SUBMIT("PR-1"), NULL},
	{"clerk", "UPDATE request SET purpose = 'More', " BUMP " WHERE key = 'PR-1'",
		"request-locked"},
	{"clerk", "UPDATE request_line SET unit_price = 1, " BUMP " WHERE key = 'PR-1/1'",
		"request-locked"},
	{"clerk", "DELETE FROM request_line WHERE key = 'PR-1/1'", "request-locked"},
	{"clerk", LINE("PR-1/2", "PR-1", "6120", 1), "request-locked"},

	/* ---- 1,000.01 by no door; 1,000.00 passes ---- */
	{"director", APPROVE("PR-1", "director"), "over-limit"},
	{"director", APPROVE("PR-1", "chair"), "not-your-role"},
	{"director", APPROVE("PR-1", "chair on paper"), "not-your-role"},
	{"director", APPROVE("PR-1", "Board"), "no-motion"},
	{"director", APPROVE("PR-1", ""), "not-your-role"},
	{"director",
		"UPDATE OR IGNORE request SET status = 'approved', authority = 'director', decided_by = "
		"actor(), decided_at = now(), " BUMP " WHERE key = 'PR-1'",
		"over-limit"},
	{"director",
		"INSERT OR REPLACE INTO request (id, key, requested_by, purpose, needed_by, tax, freight, "
		"status, authority, decided_by) SELECT id, key, requested_by, purpose, needed_by, tax, freight, "
		"'approved', 'director', actor() FROM request WHERE key = 'PR-1'",
		"key-taken"},
	{"clerk", APPROVE("PR-1", "director"), "own-request"},
	{"other", APPROVE("PR-1", "director"), "not-your-role"},
	{"guest", APPROVE("PR-1", "director"), "not-your-role"},
	{"boss", APPROVE("PR-1", "chair"), "chair-only-directors"},
	{"director", "UPDATE policy SET amount = 500000, " BUMP " WHERE name = 'approval-limit'",
		"policy-needs-motion"},
	{"director", "DELETE FROM policy", "policy-fixed"},
	{"director",
		"INSERT OR REPLACE INTO policy (name, title, amount) VALUES ('approval-limit', 'X', 9)",
		"key-taken"},
	{"director", "UPDATE request SET status = 'returned', " BUMP " WHERE key = 'PR-1'",
		"needs-reason"},
	{"other",
		"UPDATE request SET status = 'returned', decision_note = 'x', " BUMP
		" WHERE key = 'PR-1'",
		"not-your-role"},
	{"director",
		"UPDATE request SET status = 'returned', decision_note = 'Too dear', " BUMP
		" WHERE key = 'PR-1'",
		NULL},
	{"clerk", "UPDATE request_line SET unit_price = 100000, " BUMP " WHERE key = 'PR-1/1'",
		NULL},
	{"clerk", SUBMIT("PR-1"), NULL},
	{"director",
		"UPDATE request SET status = 'approved', authority = 'director', decided_by = 'other', "
		"decided_at = now(), " BUMP " WHERE key = 'PR-1'",
		"status-by-action"},
	{"director", APPROVE("PR-1", "director"), NULL},
	{"director", APPROVE("PR-1", "director"), NULL}, /* again: nothing left to decide */
	{"clerk", "DELETE FROM request WHERE key = 'PR-1'", "request-kept"},
	{"clerk", "UPDATE request SET status = 'draft', " BUMP " WHERE key = 'PR-1'",
		"wrong-state"},
	{"clerk", "UPDATE request_line SET unit_price = 5, " BUMP " WHERE key = 'PR-1/1'",
		"request-locked"},
	{"other",
		"UPDATE request SET status = 'cancelled', decision_note = 'x', " BUMP
		" WHERE key = 'PR-1'",
		"not-yours"},
	{"director", "DELETE FROM commitment", "commitment-kept"},
	{"director", "UPDATE commitment SET share = 0", "commitment-kept"},
	{"director", "INSERT INTO commitment VALUES ('PR-1', '6200', 2026, 1)", "commitment-kept"},

	/* Freight counts; so does the whole term; a credit never lowers the total. */
	{"clerk", REQUEST("PR-2", "clerk"), NULL},
	{"clerk", LINE("PR-2/1", "PR-2", "6120", 99000), NULL},
	{"clerk", "UPDATE request SET freight = 2500, " BUMP " WHERE key = 'PR-2'", NULL},
	{"clerk",
		"INSERT INTO request_line (key, request, item, kind, account, unit_price) "
		"VALUES ('PR-2/2', 'PR-2', 'Trade-in', 'credit', '6120', 50000)",
		NULL},
	{"clerk", SUBMIT("PR-2"), NULL},
	{"director", APPROVE("PR-2", "director"), "over-limit"},
	{"clerk", REQUEST("PR-3", "clerk"), NULL},
	{"clerk", LINE("PR-3/1", "PR-3", "6200", 10000), NULL},
	{"clerk", "UPDATE request SET payments = 12, " BUMP " WHERE key = 'PR-3'", NULL},
	{"clerk", SUBMIT("PR-3"), NULL},
	{"director", APPROVE("PR-3", "director"), "over-limit"},

	/* Within the limit, but no budget line, no adopted budget of the year, or no room. */
	{"clerk", REQUEST("PR-4", "clerk"), NULL},
	{"clerk", LINE("PR-4/1", "PR-4", "6300", 100), NULL},
	{"clerk", SUBMIT("PR-4"), NULL},
	{"director", APPROVE("PR-4", "director"), "no-budget"},
	{"clerk", REQUEST("PR-5", "clerk"), NULL},
	{"clerk", LINE("PR-5/1", "PR-5", "6120", 100), NULL},
	{"clerk", "UPDATE request SET needed_by = '2027-01-02', " BUMP " WHERE key = 'PR-5'", NULL},
	{"clerk", SUBMIT("PR-5"), NULL},
	{"director", APPROVE("PR-5", "director"), "no-budget"},
	{"director",
		"INSERT INTO actual (key, account, booked_on, amount) VALUES ('A-1', '6120', '2026-03-01', "
		"90000)",
		NULL},
	{"clerk", REQUEST("PR-6", "clerk"), NULL},
	{"clerk", LINE("PR-6/1", "PR-6", "6120", 10001), NULL},
	{"clerk", SUBMIT("PR-6"), NULL},
	{"director", APPROVE("PR-6", "director"), "over-budget"},
	{"clerk",
		"INSERT INTO actual (key, account, booked_on, amount) VALUES ('A-2', '6010', '2026-03-01', 1)",
		"private-account"},

	/* ---- the director's own ---- */
	{"director", REQUEST("PR-7", "director"), NULL},
	{"director", LINE("PR-7/1", "PR-7", "6200", 5000), NULL},
	{"director", SUBMIT("PR-7"), NULL},
	{"director", APPROVE("PR-7", "director"), "own-request"},
	{"director", BY_MOTION("PR-7", "BD-1/M1"), "own-request"},
	{"director", "UPDATE request SET requested_by = 'clerk', " BUMP " WHERE key = 'PR-7'",
		"fixed-requester"},
	{"coco", APPROVE("PR-7", "chair"), "chair-of-board"},
	{"clerk", APPROVE("PR-7", "chair"), "not-your-role"},
	{"clerk", APPROVE("PR-7", "chair on paper"), "paper-needs-sheet"},
	{"clerk",
		"UPDATE request SET status = 'approved', authority = 'chair on paper', decided_by = actor(), "
		"decided_at = now(), signed_by = 'BD/1', signed_on = '2026-12-31', sheet = 'drawer', " BUMP
		" WHERE key = 'PR-7'",
		"paper-needs-sheet"},
	{"clerk",
		"UPDATE request SET status = 'approved', authority = 'chair on paper', decided_by = actor(), "
		"decided_at = now(), signed_by = 'BD/3', signed_on = '2026-11-20', sheet = 'drawer', " BUMP
		" WHERE key = 'PR-7'",
		"paper-needs-sheet"},
	{"boss", APPROVE("PR-7", "chair"), NULL},
	{"director", REQUEST("PR-8", "director"), NULL},
	{"director", LINE("PR-8/1", "PR-8", "6200", 100001), NULL},
	{"director", SUBMIT("PR-8"), NULL},
	{"boss", APPROVE("PR-8", "chair"), "over-limit"},

	/* ---- the Board, by motion ---- */
	{"clerk", REQUEST("PR-9", "clerk"), NULL},
	{"clerk", LINE("PR-9/1", "PR-9", "6200", 134000), NULL},
	{"clerk", SUBMIT("PR-9"), NULL},
	{"director", BY_MOTION("PR-9", "BD-1/M1"), "no-motion"},
	{"clerk", "INSERT INTO meeting (key, body, held_on) VALUES ('BD-2', 'BD', '2026-11-17')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-2/P1', 'BD-2', 'BD/1')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-2/P2', 'BD-2', 'BD/2')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-2/P3', 'BD-2', 'BD/3')",
		NULL},
	{"clerk", "UPDATE meeting SET status = 'draft', " BUMP " WHERE key = 'BD-2'", NULL},
	{"clerk", MOTION("BD-2/M1", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M1/1", "BD-2/M1", "request", "PR-9", NULL), "subject-needs-amount"},
	{"clerk", SUBJECT("BD-2/M1/1", "BD-2/M1", "request", "PR-9", 133999), NULL},
	{"director", BY_MOTION("PR-9", "BD-2/M1"), "no-motion"},
	{"clerk", ATTEST_SHEET("BD-2/M1", "'BD/1'", "'2026-11-18'", "'Drawer 2'"),
		"attest-requester"},
	{"other", ATTEST_SHEET("BD-2/M1", "'BD/2'", "'2026-11-18'", "'Drawer 2'"),
		"attest-needs-sheet"},
	{"other", ATTEST_SHEET("BD-2/M1", "'BD/1'", "NULL", "'Drawer 2'"), "attest-needs-sheet"},
	{"other", ATTEST_SHEET("BD-2/M1", "'BD/1'", "'2026-11-18'", "'Drawer 2'"), NULL},
	{"director", BY_MOTION("PR-9", "BD-2/M1"), "motion-too-small"},
	{"clerk", MOTION("BD-2/M2", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M2/1", "BD-2/M2", "request", "PR-9", 134000), NULL},
	{"clerk", "UPDATE motion SET expires_on = '2026-11-20', " BUMP " WHERE key = 'BD-2/M2'",
		NULL},
	{"boss", ATTEST("BD-2/M2"), NULL},
	{"director", BY_MOTION("PR-9", "BD-2/M2"), "no-motion"}, /* expired yesterday */
	{"clerk", MOTION("BD-2/M3", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M3/1", "BD-2/M3", "request", "PR-9", 134000), NULL},
	{"clerk",
		"UPDATE motion SET votes_for = 1, votes_against = 2, " BUMP
		" WHERE key = 'BD-2/M3'",
		NULL},
	{"boss", ATTEST("BD-2/M3"), NULL},
	{"director", BY_MOTION("PR-9", "BD-2/M3"), "no-motion"}, /* lost */
	{"clerk", MOTION("BD-2/M4", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M4/1", "BD-2/M4", "request", "PR-9", 134000), NULL},
	{"boss", ATTEST("BD-2/M4"), NULL},
	{"clerk", BY_MOTION("PR-9", "BD-2/M4"), "own-request"},
	{"guest", BY_MOTION("PR-9", "BD-2/M4"), "not-your-role"},
	{"director", "UPDATE motion SET rescinded_by = 'BD-1/M1', " BUMP " WHERE key = 'BD-2/M4'",
		"rescind-needs-motion"},
	{"director", BY_MOTION("PR-9", "BD-2/M4"), NULL},
	/* A motion without a second, and one without quorum, cannot carry. */
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, votes_for) VALUES ('BD-2/M5', 'BD-2', 'To "
		"act.', 'BD/1', 3)",
		NULL},
	{"clerk", SUBJECT("BD-2/M5/1", "BD-2/M5", "request", "PR-8", 200000), NULL},
	{"boss", ATTEST("BD-2/M5"), NULL},
	{"clerk", BY_MOTION("PR-8", "BD-2/M5"), "no-motion"},
	{"clerk", "INSERT INTO meeting (key, body, held_on) VALUES ('BD-3', 'BD', '2026-11-19')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-3/P1', 'BD-3', 'BD/1')",
		NULL},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member, presence) VALUES ('BD-3/P2', 'BD-3', 'BD/2', "
		"'absent')",
		NULL},
	{"clerk", "UPDATE meeting SET status = 'draft', " BUMP " WHERE key = 'BD-3'", NULL},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES ('BD-3/M1', "
		"'BD-3', 'To act.', 'BD/1', 'BD/2', 1)",
		NULL},
	{"clerk", SUBJECT("BD-3/M1/1", "BD-3/M1", "request", "PR-8", 200000), NULL},
	{"clerk", "UPDATE motion SET mover = 'CC/1', " BUMP " WHERE key = 'BD-3/M1'",
		"not-a-member"},
	{"boss", ATTEST("BD-3/M1"), NULL},
	{"clerk", BY_MOTION("PR-8", "BD-3/M1"), "no-motion"},

	/* ---- the limit moves by Board motion only ---- */
	{"clerk", MOTION("BD-2/M6", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M6/1", "BD-2/M6", "policy", "approval-limit", 150000), NULL},
	{"boss", ATTEST("BD-2/M6"), NULL},
	{"director",
		"UPDATE policy SET amount = 999999, motion = 'BD-2/M6', changed_on = today(), " BUMP,
		"policy-needs-motion"},
	{"clerk",
		"UPDATE policy SET amount = 150000, motion = 'BD-2/M6', changed_on = today(), " BUMP,
		"not-your-role"},
	{"director",
		"UPDATE policy SET amount = 150000, motion = 'BD-2/M6', changed_on = today(), " BUMP,
		NULL},
	{"boss", APPROVE("PR-8", "chair"), NULL}, /* 1,000.01 within the new limit */

	/* ---- minutes are approved by a later motion and locked ---- */
	{"clerk", "UPDATE meeting SET status = 'approved', " BUMP " WHERE key = 'BD-1'",
		"wrong-state"},
	{"clerk",
		"UPDATE meeting SET status = 'circulated', circulated_on = today(), " BUMP
		" WHERE key = 'BD-1'",
		NULL},
	{"clerk",
		"UPDATE meeting SET status = 'approved', approved_by = 'BD-1/M1', " BUMP
		" WHERE key = 'BD-1'",
		"minutes-need-motion"},
	{"clerk", MOTION("BD-2/M7", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M7/1", "BD-2/M7", "meeting", "BD-1", NULL), NULL},
	{"clerk",
		"UPDATE meeting SET status = 'approved', approved_by = 'BD-2/M7', " BUMP
		" WHERE key = 'BD-1'",
		"minutes-need-motion"},
	{"boss", ATTEST("BD-2/M7"), NULL},
	{"clerk",
		"UPDATE meeting SET status = 'approved', approved_by = 'BD-2/M7', " BUMP
		" WHERE key = 'BD-1'",
		NULL},
	{"clerk", "UPDATE meeting SET place = 'Elsewhere', " BUMP " WHERE key = 'BD-1'",
		"minutes-locked"},
	{"director", "UPDATE meeting SET status = 'draft', " BUMP " WHERE key = 'BD-1'",
		"minutes-locked"},
	{"clerk", "INSERT INTO agenda_item (key, meeting, title) VALUES ('BD-1/9', 'BD-1', 'Late')",
		"minutes-locked"},
	{"clerk", MOTION("BD-1/M9", "BD-1"), "minutes-locked"},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-1/P9', 'BD-1', 'BD/2')",
		"minutes-locked"},
	{"clerk", "DELETE FROM meeting WHERE key = 'BD-1'", "meeting-kept"},

	/* ---- cancelling frees what was committed; rescinding ends authority ---- */
	{"director", "UPDATE request SET status = 'cancelled', " BUMP " WHERE key = 'PR-9'",
		"needs-reason"},
	{"clerk",
		"UPDATE request SET status = 'cancelled', decision_note = 'Not needed', " BUMP
		" WHERE key = 'PR-9'",
		NULL},
	{"clerk", MOTION("BD-2/M8", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M8/1", "BD-2/M8", "motion", "BD-2/M6", NULL), NULL},
	{"clerk", SUBJECT("BD-2/M8/2", "BD-2/M8", "policy", "approval-limit", 150000), NULL},
	{"boss", ATTEST("BD-2/M8"), NULL},
	{"clerk", "UPDATE motion SET rescinded_by = 'BD-2/M8', " BUMP " WHERE key = 'BD-2/M6'",
		"policy-in-force"}, /* the limit would have no motion; first the other value */
	{"director",
		SET("policy", "amount = 150000, motion = 'BD-2/M8', changed_on = today()", "1"),
		NULL},
	{"clerk", "UPDATE motion SET rescinded_by = 'BD-2/M8', " BUMP " WHERE key = 'BD-2/M6'",
		NULL},
	{"director", "DELETE FROM motion WHERE key = 'BD-2/M8'", "motion-attested"},

	/* ---- action items, positions ---- */
	{"clerk", "INSERT INTO action_item (key, what) VALUES ('AI-1', 'Call the landlord')", NULL},
	{"clerk",
		"UPDATE action_item SET status = 'done', done_on = today(), " BUMP
		" WHERE key = 'AI-1'",
		"action-item-note"},
	{"clerk",
		"UPDATE action_item SET status = 'done', done_on = today(), done_note = 'Called', " BUMP
		" WHERE key = 'AI-1'",
		NULL},
	{"director", "DELETE FROM action_item", "action-item-kept"},
	{"director", "INSERT INTO position (key, title) VALUES ('J-0001', 'Clerk')", NULL},
	{"director", "UPDATE position SET status = 'approved', " BUMP " WHERE key = 'J-0001'",
		"needs-council-motion"},

	/* ---- a vote is attested as it stands ---- */
	{"clerk", MEET("BD-7", "BD", "2026-11-20"), NULL},
	{"clerk", ATTEND("BD-7/P1", "BD-7", "BD/1", "present"), NULL},
	{"clerk", ATTEND("BD-7/P2", "BD-7", "BD/2", "present"), NULL},
	{"clerk", ATTEND("BD-7/P3", "BD-7", "BD/3", "present"), NULL},
	{"clerk", OPEN("BD-7"), NULL},
	{"clerk", REQUEST("PR-20", "clerk"), NULL},
	{"clerk", LINE("PR-20/1", "PR-20", "6200", 160000), NULL},
	{"clerk", SUBMIT("PR-20"), NULL},
	{"clerk", MOTION("BD-7/M1", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M1/1", "BD-7/M1", "request", "PR-20", 200000), NULL},
	{"clerk",
		SET("motion", "sheet = 'Drawer', attested_how = 'signed sheet'", "key = 'BD-7/M1'"),
		"status-by-action"},
	{"other",
		SET("motion",
			"votes_for = 0, votes_against = 3, outcome = 'carried', attested_by = actor(), "
			"attested_on = today(), attested_how = 'signed sheet', signed_by = 'BD/1', "
			"signed_on = '2026-11-20', sheet = 'Drawer'",
			"key = 'BD-7/M1'"),
		"attest-as-it-stands"},
	{"other",
		SET("motion",
			"text = 'To buy a car.', outcome = 'carried', attested_by = actor(), "
			"attested_on = today(), attested_how = 'signed sheet', signed_by = 'BD/1', "
			"signed_on = '2026-11-20', sheet = 'Drawer'",
			"key = 'BD-7/M1'"),
		"attest-as-it-stands"},
	{"other", ATTEST_SHEET("BD-7/M1", "'BD/1'", "'2026-11-19'", "'Drawer'"),
		"attest-needs-sheet"}, /* signed the day before the meeting */
	{"other", ATTEST_SHEET("BD-7/M1", "'BD/1'", "'2026-11-20'", "'  '"), "attest-needs-sheet"},
	{"boss",
		SET("motion",
			"outcome = 'carried', attested_by = actor(), attested_on = today(), "
			"attested_how = 'at the terminal', sheet = 'Drawer'",
			"key = 'BD-7/M1'"),
		"status-by-action"},
	{"boss", ATTEST("BD-7/M1"), NULL},
	{"clerk", MOTION("BD-7/M2", "BD-7"), NULL},
	{"clerk", SET("motion", "outcome = 'withdrawn'", "key = 'BD-7/M2'"), "motion-voted"},
	{"clerk", SET("motion", "outcome = 'tabled'", "key = 'BD-7/M2'"), "motion-voted"},
	{"clerk",
		SET("motion", "outcome = 'withdrawn', votes_for = 0, votes_against = 0",
			"key = 'BD-7/M2'"),
		"motion-voted"},
	{"clerk", SET("motion", "votes_for = 0, votes_against = 0", "key = 'BD-7/M2'"), NULL},
	{"clerk", SET("motion", "outcome = 'withdrawn'", "key = 'BD-7/M2'"), NULL},
	{"clerk", SET("motion", "outcome = 'pending'", "key = 'BD-7/M2'"), "wrong-state"},
	{"clerk", SET("motion", "outcome = 'tabled'", "key = 'BD-7/M2'"), "wrong-state"},
	{"clerk", "INSERT INTO agenda_item (key, meeting, title) VALUES ('BD-2/1', 'BD-2', 'Rent')",
		NULL},
	{"clerk",
		"INSERT INTO motion (key, meeting, agenda_item, text) VALUES ('BD-7/M3', 'BD-7', 'BD-2/1', "
		"'To act.')",
		"item-elsewhere"},

	/* The motion's amount covers what the request became since, and no cent more. */
	{"director", RETURN("PR-20"), NULL},
	{"clerk", SET("request_line", "unit_price = 200001", "key = 'PR-20/1'"), NULL},
	{"clerk", SUBMIT("PR-20"), NULL},
	{"director", BY_MOTION("PR-20", "BD-7/M1"), "motion-too-small"},
	{"director", RETURN("PR-20"), NULL},
	{"clerk", SET("request_line", "unit_price = 200000", "key = 'PR-20/1'"), NULL},
	{"clerk", SUBMIT("PR-20"), NULL},
	{"director", BY_MOTION("PR-20", "BD-7/M1"), NULL},

	/* ---- no vote before the meeting; only those count who sit there and came ---- */
	{"clerk", MEET("BD-8", "BD", "2026-12-08"), NULL},
	{"clerk", ATTEND("BD-8/P1", "BD-8", "BD/1", "present"), NULL},
	{"clerk", ATTEND("BD-8/P2", "BD-8", "BD/2", "present"), NULL},
	{"clerk", ATTEND("BD-8/P3", "BD-8", "BD/3", "present"), NULL},
	{"clerk", OPEN("BD-8"), NULL},
	{"clerk", MOTION("BD-8/M1", "BD-8"), NULL},
	{"boss", ATTEST("BD-8/M1"), "meeting-not-held"},
	{"other", ATTEST_SHEET("BD-8/M1", "'BD/1'", "'2026-11-20'", "'Drawer'"),
		"attest-needs-sheet"},
	{"clerk", MOTION("BD-7/M20", "BD-7"), NULL},
	{"former", ATTEST("BD-7/M20"), "attest-not-chair"}, /* the term ended yesterday */
	{"other", ATTEST_SHEET("BD-7/M20", "'BD/5'", "'2026-11-20'", "'Drawer'"),
		"attest-needs-sheet"}, /* signed before the term began */
	{"other", ATTEST_SHEET("BD-7/M20", "'BD/6'", "'2026-11-21'", "'Drawer'"),
		"attest-needs-sheet"}, /* signed after the term ended */
	{"other", ATTEST_SHEET("BD-7/M20", "'BD/6'", "'2026-11-20'", "'Drawer'"), NULL},
	{"director",
		"INSERT INTO member (key, body, person, term_until) VALUES ('BD/4', 'BD', 'Dr. E', "
		"'2025-12-31')",
		NULL},
	{"clerk", MEET("BD-9", "BD", "2026-11-20"), NULL},
	{"clerk", ATTEND("BD-9/P1", "BD-9", "BD/1", "present"), NULL},
	{"clerk", ATTEND("BD-9/P4", "BD-9", "BD/4", "present"), NULL},
	{"clerk", OPEN("BD-9"), NULL},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES ('BD-9/M1', "
		"'BD-9', 'To act.', 'BD/1', 'BD/4', 2)",
		NULL},
	{"boss", ATTEST("BD-9/M1"), "votes-exceed-present"},
	{"clerk",
		SET("motion", "mover = 'BD/2', seconder = 'BD/1', votes_for = 1",
			"key = 'BD-9/M1'"),
		NULL},
	{"boss", ATTEST("BD-9/M1"), "mover-not-there"},
	{"clerk", MEET("BD-10", "BD", "2026-11-20"), NULL},
	{"clerk", ATTEND("BD-10/P1", "BD-10", "BD/1", "present"), NULL},
	{"clerk", ATTEND("BD-10/P2", "BD-10", "BD/2", "absent"), NULL},
	{"clerk", ATTEND("BD-10/P3", "BD-10", "BD/3", "present"), NULL},
	{"clerk", OPEN("BD-10"), NULL},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES ('BD-10/M1', "
		"'BD-10', 'To act.', 'BD/1', 'BD/2', 2)",
		NULL},
	{"clerk", REQUEST("PR-21", "clerk"), NULL},
	{"clerk", LINE("PR-21/1", "PR-21", "6200", 160000), NULL},
	{"clerk", SUBMIT("PR-21"), NULL},
	{"clerk", SUBJECT("BD-10/M1/1", "BD-10/M1", "request", "PR-21", 200000), NULL},
	{"boss", ATTEST("BD-10/M1"), NULL},
	{"director", BY_MOTION("PR-21", "BD-10/M1"), "no-motion"}, /* its second was absent */

	/* ---- bodies stay what they are, and their settings wait for the votes ---- */
	{"director",
		"INSERT INTO body (code, name, kind, quorum) VALUES ('B2', 'Other Board', 'board', 1)",
		"one-of-kind"},
	{"director", SET("body", "kind = 'board'", "code = 'CC'"), "fixed-kind"},
	{"director", SET("body", "quorum = 1", "code = 'BD'"), "votes-wait"},
	{"director", SET("body", "vote_basis = 'present'", "code = 'BD'"), "votes-wait"},
	{"director", SET("body", "name = 'Board of Directors'", "code = 'BD'"), NULL},
	{"director", SET("member", "voting = 0", "key = 'BD/2'"), "votes-wait"},
	{"director", SET("member", "term_until = NULL", "key = 'BD/4'"), "votes-wait"},
	{"director", SET("member", "term_until = '2027-12-31'", "key = 'BD/2'"), NULL},
	{"clerk", MEET("CC-9", "CC", "2026-11-19"), NULL},
	{"clerk", SET("meeting", "body = 'BD'", "key = 'CC-9'"), "fixed-parent"},

	/* ---- minutes: approved later, not earlier the same day; locked with their action items
	   ---- */
	{"clerk", MEET("BD-11", "BD", "2026-11-20"), NULL},
	{"clerk", SET("meeting", "starts_at = '20:00'", "key = 'BD-11'"), NULL},
	{"clerk", OPEN("BD-11"), NULL},
	{"clerk", SET("meeting", "status = 'circulated', circulated_on = today()", "key = 'BD-11'"),
		NULL},
	{"clerk", MOTION("BD-7/M4", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M4/1", "BD-7/M4", "meeting", "BD-11", NULL), NULL},
	{"boss", ATTEST("BD-7/M4"), NULL},
	{"clerk", SET("meeting", "status = 'approved', approved_by = 'BD-7/M4'", "key = 'BD-11'"),
		"minutes-need-motion"},
	{"clerk",
		"INSERT INTO action_item (key, what, meeting) VALUES ('AI-8', 'Added since', 'BD-1')",
		"minutes-locked"},
	{"clerk", SET("action_item", "what = 'Rewritten'", "key = 'AI-9'"), "minutes-locked"},
	{"clerk", SET("action_item", "meeting = 'BD-7'", "key = 'AI-9'"), "minutes-locked"},
	{"clerk", SET("action_item", "due_on = '2026-12-24'", "key = 'AI-9'"), NULL},

	/* ---- a rescission looks back, a policy forward ---- */
	{"clerk", MOTION("BD-2/M9", "BD-2"), NULL},
	{"clerk", SUBJECT("BD-2/M9/1", "BD-2/M9", "motion", "BD-7/M1", NULL), NULL},
	{"boss", ATTEST("BD-2/M9"), NULL},
	{"clerk", SET("motion", "rescinded_by = 'BD-2/M9'", "key = 'BD-7/M1'"),
		"rescind-needs-motion"},
	{"clerk", MOTION("BD-7/M5", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M5/1", "BD-7/M5", "policy", "approval-limit", 120000), NULL},
	{"boss", ATTEST("BD-7/M5"), NULL},
	{"clerk", MOTION("BD-7/M6", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M6/1", "BD-7/M6", "policy", "approval-limit", 110000), NULL},
	{"boss", ATTEST("BD-7/M6"), NULL},
	{"director",
		SET("policy", "amount = 120000, motion = 'BD-7/M5', changed_on = today()", "1"),
		NULL},
	{"director",
		SET("policy", "amount = 110000, motion = 'BD-7/M6', changed_on = today()", "1"),
		NULL},
	{"director",
		SET("policy", "amount = 120000, motion = 'BD-7/M5', changed_on = today()", "1"),
		"policy-needs-motion"},

	/* ---- Council and Board decide on a text and on figures, not on what becomes of them ----
	 */
	{"clerk", ATTEND("CC-9/P1", "CC-9", "CC/1", "present"), NULL},
	{"clerk", OPEN("CC-9"), NULL},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, votes_for) VALUES "
		"('CC-9/M1', 'CC-9', 'To recommend.', 'CC/1', 1), "
		"('CC-9/M2', 'CC-9', 'To recommend.', 'CC/1', 1), "
		"('CC-9/M3', 'CC-9', 'To recommend again.', 'CC/1', 1)",
		NULL},
	{"clerk", SUBJECT("CC-9/M1/1", "CC-9/M1", "position", "J-0001", NULL), NULL},
	{"coco", ATTEST("CC-9/M1"), NULL},
	{"clerk", MOTION("BD-7/M7", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M7/1", "BD-7/M7", "position", "J-0001", NULL), NULL},
	{"boss", ATTEST("BD-7/M7"), NULL},
	{"director",
		SET("position", "status = 'closed', council_motion = 'CC-9/M1'", "key = 'J-0001'"),
		"status-by-action"},
	{"director",
		SET("position",
			"status = 'approved', council_motion = 'CC-9/M1', board_motion = 'BD-7/M7'",
			"key = 'J-0001'"),
		NULL},
	{"director", SET("position", "status = 'closed', description = 'More'", "key = 'J-0001'"),
		"position-approved"},
	{"director",
		SET("position", "status = 'draft', council_motion = NULL, board_motion = NULL",
			"key = 'J-0001'"),
		NULL},
	{"director", SET("position", "description = 'Commands the Board'", "key = 'J-0001'"), NULL},
	{"director",
		SET("position",
			"status = 'approved', council_motion = 'CC-9/M1', board_motion = 'BD-7/M7'",
			"key = 'J-0001'"),
		"needs-council-motion"},
	{"clerk", "INSERT INTO budget (key, fiscal_year, title) VALUES ('B-2', 2027, 'Next')",
		NULL},
	{"clerk",
		"INSERT INTO budget_line (key, budget, account, jan) VALUES ('B-2/1', 'B-2', '6120', 50000)",
		NULL},
	{"clerk", SUBJECT("CC-9/M2/1", "CC-9/M2", "budget", "B-2", NULL), NULL},
	{"coco", ATTEST("CC-9/M2"), NULL},
	{"clerk", MOTION("BD-7/M8", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M8/1", "BD-7/M8", "budget", "B-2", NULL), NULL},
	{"boss", ATTEST("BD-7/M8"), NULL},
	{"director",
		SET("budget", "status = 'recommended', council_motion = 'CC-9/M2'", "key = 'B-2'"),
		NULL},
	{"director", SET("budget", "status = 'draft', council_motion = NULL", "key = 'B-2'"), NULL},
	{"clerk", SET("budget_line", "jan = 99000000", "key = 'B-2/1'"), NULL},
	{"director",
		SET("budget", "status = 'recommended', council_motion = 'CC-9/M2'", "key = 'B-2'"),
		"needs-council-motion"},
	{"clerk", SUBJECT("CC-9/M3/1", "CC-9/M3", "budget", "B-2", NULL), NULL},
	{"coco", ATTEST("CC-9/M3"), NULL},
	{"director",
		SET("budget", "status = 'recommended', council_motion = 'CC-9/M3'", "key = 'B-2'"),
		NULL},
	{"director", SET("budget", "status = 'adopted', board_motion = 'BD-7/M8'", "key = 'B-2'"),
		"needs-board-motion"},
	{"clerk", "INSERT INTO overtaken VALUES ('BD-7/M1', 'request', 'PR-20')", "overtaken-kept"},
	{"director", "DELETE FROM overtaken", "overtaken-kept"},
	{"director", "UPDATE overtaken SET subject = 'B-1'", "overtaken-kept"},

	/* ---- what a decision rests on does not move under it ---- */
	{"director", SET("account", "kind = 'revenue'", "code = '6120'"), "account-budgeted"},
	{"director", SET("account", "kind = 'capital'", "code = '6300'"), NULL},
	{"clerk", REQUEST("PR-22", "clerk"), NULL},
	{"clerk", LINE("PR-22/1", "PR-22", "6200", 5000), NULL},
	{"clerk", SUBMIT("PR-22"), NULL},
	{"director", SET("account", "private = 1", "code = '6200'"), NULL},
	{"director", APPROVE("PR-22", "director"), "private-purchase"},
	{"director", SET("account", "private = 0, active = 0", "code = '6200'"), NULL},
	{"director", APPROVE("PR-22", "director"), "account-not-spending"},
	{"director", SET("account", "active = 1", "code = '6200'"), NULL},
	{"clerk", REQUEST("PR-23", "clerk"), NULL},
	{"clerk", MOTION("BD-7/M9", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M9/1", "BD-7/M9", "request", "PR-23", 900000), NULL},
	{"boss", ATTEST("BD-7/M9"), NULL},
	{"clerk", "DELETE FROM request WHERE key = 'PR-23'", "subject-kept"},
	{"clerk", "DELETE FROM motion WHERE key = 'BD-8/M1'", "motion-voted"},
	{"clerk", SET("motion", "votes_for = 0, votes_against = 0", "key = 'BD-8/M1'"), NULL},
	{"clerk", "DELETE FROM motion WHERE key = 'BD-8/M1'", NULL},

	/* ---- one person stays one, by whatever login ---- */
	{"director", SET("user", "staff = 'S-0001'", "login = 'clerk'"), NULL},
	{"director", SET("user", "staff = 'S-0002', member = 'BD/3'", "login = 'director'"), NULL},
	{"director", "INSERT INTO user (login, role) VALUES ('deputy', 'director')", NULL},
	{"clerk", MOTION("BD-7/M10", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M10/1", "BD-7/M10", "request", "PR-22", 5000), NULL},
	{"clerk2", ATTEST_SHEET("BD-7/M10", "'BD/1'", "'2026-11-20'", "'Drawer'"),
		"attest-requester"},
	{"shadow", ATTEST_SHEET("BD-7/M10", "'BD/1'", "'2026-11-20'", "'Drawer'"),
		"attest-director"},
	{"other", ATTEST_SHEET("BD-7/M10", "'BD/3'", "'2026-11-20'", "'Drawer'"),
		"attest-director"}, /* the signature is the director's */
	{"other", ATTEST_SHEET("BD-7/M10", "'BD/1'", "'2026-11-20'", "'Drawer'"), NULL},
	{"clerk2", BY_MOTION("PR-22", "BD-7/M10"), "own-request"},
	{"director", APPROVE("PR-22", "director"), NULL},
	{"director", REQUEST("PR-24", "director"), NULL},
	{"director", LINE("PR-24/1", "PR-24", "6200", 5000), NULL},
	{"director", SUBMIT("PR-24"), NULL},
	{"shadow",
		SET("request",
			"status = 'approved', authority = 'chair on paper', decided_by = actor(), "
			"decided_at = now(), signed_by = 'BD/1', signed_on = today(), sheet = 'Drawer'",
			"key = 'PR-24'"),
		"own-request"},
	{"deputy", APPROVE("PR-24", "director"), "directors-own"},
	{"other",
		SET("request",
			"status = 'approved', authority = 'chair on paper', decided_by = actor(), "
			"decided_at = now(), signed_by = 'BD/1', signed_on = '2026-11-01', sheet = 'Drawer'",
			"key = 'PR-24'"),
		"paper-needs-sheet"}, /* signed before it was asked for */
	{"other",
		SET("request",
			"status = 'approved', authority = 'chair on paper', decided_by = actor(), "
			"decided_at = now(), signed_by = 'BD/1', signed_on = today(), sheet = ' '",
			"key = 'PR-24'"),
		"paper-needs-sheet"},
	{"other",
		SET("request",
			"status = 'approved', authority = 'chair on paper', decided_by = actor(), "
			"decided_at = now(), signed_by = 'BD/1', signed_on = today(), sheet = 'Drawer'",
			"key = 'PR-24'"),
		NULL},
	{"director", SET("user", "active = 0", "login = 'deputy'"), NULL},

	/* ---- a request's way leaves only its own traces ---- */
	{"clerk", REQUEST("PR-25", "clerk"), NULL},
	{"clerk", LINE("PR-25/1", "PR-25", "6120", 6000), NULL},
	{"clerk",
		SET("request",
			"status = 'submitted', submitted_at = now(), decided_by = 'director', "
			"decided_at = now()",
			"key = 'PR-25'"),
		"status-by-action"},
	{"clerk", SET("request", "needed_by = '2025-12-31'", "key = 'PR-25'"), NULL},
	{"clerk", SUBMIT("PR-25"), "needed-in-past-year"},
	{"clerk", SET("request", "needed_by = '2026-12-01'", "key = 'PR-25'"), NULL},
	{"clerk", SUBMIT("PR-25"), NULL},
	{"director",
		SET("request",
			"status = 'returned', decision_note = 'x', decided_by = 'other', "
			"decided_at = now()",
			"key = 'PR-25'"),
		"status-by-action"},
	{"director",
		SET("request", "status = 'rejected', decision_note = 'x', decided_by = 'other'",
			"key = 'PR-25'"),
		"status-by-action"},
	{"director", SET("request", "status = 'returned', decision_note = '  '", "key = 'PR-25'"),
		"needs-reason"},
	{"director",
		SET("request",
			"status = 'approved', authority = 'director', decided_by = actor(), "
			"decided_at = now(), signed_by = 'BD/1', signed_on = today(), sheet = 'Drawer'",
			"key = 'PR-25'"),
		"status-by-action"},
	{"director",
		SET("request",
			"status = 'approved', authority = 'director', decided_by = actor(), "
			"decided_at = now(), submitted_at = '2020-01-01T00:00:00Z'",
			"key = 'PR-25'"),
		"status-by-action"},
	/* Two at a time have room for one. */
	{"clerk", REQUEST("PR-26", "clerk"), NULL},
	{"clerk", LINE("PR-26/1", "PR-26", "6120", 6000), NULL},
	{"clerk", SUBMIT("PR-26"), NULL},
	{"director",
		SET("request",
			"status = 'approved', authority = 'director', decided_by = actor(), "
			"decided_at = now()",
			"key IN ('PR-25', 'PR-26')"),
		"over-budget"},
	/* Sums that no cent can hold are refused, also where errors were to be ignored. */
	{"clerk", REQUEST("PR-27", "clerk"), NULL},
	{"clerk", SET("request", "payments = 600", "key = 'PR-27'"), NULL},
	{"clerk", LINE("PR-27/0", "PR-27", "6120", 100), NULL},
	{"clerk",
		"INSERT OR IGNORE INTO request_line (key, request, item, account, quantity, unit_price) "
		"WITH many (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM many WHERE n < 20) "
		"SELECT 'PR-27/' || n, 'PR-27', 'Gold', '6120', 100000000, 10000000000 FROM many",
		"check"},
	{"clerk",
		"INSERT INTO request (oid, key, requested_by, purpose, needed_by, tax, freight) "
		"VALUES (1, 'PR-28', 'clerk', 'X', '2026-12-01', 0, 0)",
		"key-taken"},
	{"clerk", "INSERT INTO client (id, key, name) VALUES (-1, 'C-0006', 'Minus')", NULL},
	{"clerk", "INSERT INTO client (key, name) VALUES ('C-0007', 'After it')", NULL},
	{"clerk",
		"INSERT INTO client (key, name) VALUES ('C-0007', 'Other') "
		"ON CONFLICT (key) DO UPDATE SET name = 'Other', version = version + 1",
		"key-taken"},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member, presence) "
		"VALUES ('BD-7/P9', 'BD-7', 'BD/1', 'absent') ON CONFLICT (meeting, member) "
		"DO UPDATE SET presence = 'absent', version = version + 1",
		"attendance-frozen"},
	{"director",
		"UPDATE request SET status = 'approved', authority = 'director', decided_by = actor(), "
		"decided_at = now(), version = request.version + 1 "
		"FROM (SELECT 'PR-21' AS wanted) WHERE key = wanted",
		"over-limit"},
	{"director",
		"INSERT OR REPLACE INTO budget_line (key, budget, account, jan) "
		"VALUES ('B-1/9', 'B-1', '6120', 90000000)",
		"budget-locked"},
	{"director",
		"UPDATE OR REPLACE budget_line SET account = '6120', version = version + 1 "
		"WHERE key = 'B-1/2'",
		"budget-locked"},
	{"director", "INSERT OR REPLACE INTO commitment VALUES ('PR-22', '6200', 2026, 0)",
		"commitment-kept"},
	{"director",
		"INSERT OR REPLACE INTO account (code, name, kind) VALUES ('6121', 'Supplies', 'expense')",
		"foreign-key"},

	/* ---- a motion's subject is there, named with its amount, and not its own meeting ---- */
	{"clerk", MEET("BD-20", "BD", "2026-11-20"), NULL},
	{"clerk", OPEN("BD-20"), NULL},
	{"clerk", MOTION("BD-20/M1", "BD-20"), NULL},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "request", "PR-999", 100), "subject-unknown"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "budget", "B-999", NULL), "subject-unknown"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "position", "J-999", NULL), "subject-unknown"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "policy", "no-limit", 100), "subject-unknown"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "meeting", "BD-999", NULL), "subject-unknown"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "motion", "BD-999/M1", NULL),
		"subject-unknown"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "client", "C-0001", NULL), "subject-unknown"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "request", "PR-22", NULL),
		"subject-needs-amount"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "policy", "approval-limit", NULL),
		"subject-needs-amount"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "meeting", "BD-20", NULL), "subject-own"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "motion", "BD-20/M1", NULL), "subject-own"},
	{"clerk", SUBJECT("BD-20/M1/1", "BD-20/M1", "meeting", "BD-7", NULL), NULL},
	{"clerk", SET("motion_subject", "subject = 'BD-20'", "key = 'BD-20/M1/1'"), "subject-own"},
	{"clerk",
		SET("motion_subject", "type = 'motion', subject = 'BD-20/M1'",
			"key = 'BD-20/M1/1'"),
		"subject-own"},
	{"clerk", SET("motion_subject", "subject = 'BD-999'", "key = 'BD-20/M1/1'"),
		"subject-unknown"},
	{"clerk",
		SET("motion_subject", "type = 'request', subject = 'PR-22'", "key = 'BD-20/M1/1'"),
		"subject-needs-amount"},
	{"clerk", SET("motion_subject", "subject = 'BD-2'", "key = 'BD-20/M1/1'"), NULL},

	/* ---- who was not there neither came late nor left early ---- */
	{"clerk",
		"INSERT INTO attendance (key, meeting, member, presence, left_at) "
		"VALUES ('BD-20/P1', 'BD-20', 'BD/1', 'absent', '19:05')",
		"absent-times"},
	{"clerk",
		"INSERT INTO attendance (key, meeting, member, presence, arrived_at) "
		"VALUES ('BD-20/P1', 'BD-20', 'BD/1', 'excused', '18:05')",
		"absent-times"},
	{"clerk", ATTEND("BD-20/P1", "BD-20", "BD/1", "absent"), NULL},
	{"clerk", SET("attendance", "left_at = '19:05'", "key = 'BD-20/P1'"), "absent-times"},
	{"clerk", SET("attendance", "presence = 'present', left_at = '19:05'", "key = 'BD-20/P1'"),
		NULL},
	{"clerk", SET("attendance", "presence = 'absent'", "key = 'BD-20/P1'"), "absent-times"},
	{"clerk", SET("attendance", "left_at = ''", "key = 'BD-20/P1'"), NULL},

	/* ---- without a mover a vote comes to nothing, and nobody attests it ---- */
	{"clerk",
		"INSERT INTO motion (key, meeting, text, seconder, votes_for) "
		"VALUES ('BD-20/M2', 'BD-20', 'To buy.', 'BD/1', 1)",
		NULL},
	{"boss", ATTEST("BD-20/M2"), "motion-needs-mover"},

	/* ---- what a vote came to, and what approved minutes say, is kept ---- */
	{"director", "UPDATE motion_counted SET present = 9", "count-kept"},
	{"director", "DELETE FROM motion_counted", "count-kept"},
	{"clerk", "INSERT INTO motion_counted VALUES ('BD-20/M2', 9, 9, 1, '', 'Me')",
		"count-kept"},
	{"clerk", "INSERT OR REPLACE INTO motion_counted VALUES ('BD-2/M6', 9, 9, 1, '', 'Me')",
		"count-kept"},
	{"director", "UPDATE minutes_kept SET body_name = 'Other'", "minutes-kept"},
	{"director", "DELETE FROM minutes_kept", "minutes-kept"},
	{"clerk", "INSERT OR REPLACE INTO minutes_kept VALUES ('BD-1', 'Other', 1)",
		"minutes-kept"},
	{"clerk", "INSERT INTO minutes_kept VALUES ('BD-20', 'Other', 1)", "minutes-kept"},
	{"director", "UPDATE minutes_kept_seat SET person = 'Other'", "minutes-kept"},
	{"director", "DELETE FROM minutes_kept_seat", "minutes-kept"},
	{"clerk", "INSERT INTO minutes_kept_seat VALUES ('BD-1', 'CC/1', 1, 'Other', 'chair', 1)",
		"minutes-kept"},
	{"clerk", "INSERT INTO minutes_kept_seat VALUES ('BD-20', 'BD/1', 1, 'Other', 'chair', 1)",
		"minutes-kept"},
	{"director", "UPDATE minutes_kept_action SET done = 1", "minutes-kept"},
	{"director", "DELETE FROM minutes_kept_action", "minutes-kept"},
	{"clerk",
		"INSERT INTO minutes_kept_action VALUES ('BD-1', 'AI-1', 1, 'X', '', NULL, 0, '', 'BD-1')",
		"minutes-kept"},

	/* ---- credits restore what is available, and nothing beyond what was adopted ---- */
	{"clerk",
		"INSERT INTO actual (key, account, booked_on, amount, source, request) VALUES "
		"('A-4', '6120', '2026-11-20', 100000, 'invoice', 'PR-1')",
		NULL},
	{"clerk",
		"INSERT INTO actual (key, account, booked_on, amount, source, request) VALUES "
		"('A-5', '6120', '2026-11-20', -4000, 'credit', 'PR-1')",
		NULL},
	{"director",
		SET("request",
			"status = 'approved', authority = 'director', decided_by = actor(), "
			"decided_at = now()",
			"key IN ('PR-25', 'PR-26')"),
		NULL}, /* 120.00 in 100.00 and the credit of 40.00 */
	{"clerk",
		"INSERT INTO actual (key, account, booked_on, amount, request) VALUES "
		"('A-6', '6120', '2026-11-20', -900000, 'PR-1')",
		NULL}, /* a fact, whatever it says; room stays within the budget: 2,000.00 -
			  1,120.00 */
	{"clerk", REQUEST("PR-30", "clerk"), NULL},
	{"clerk", LINE("PR-30/1", "PR-30", "6120", 88001), NULL},
	{"clerk", SUBMIT("PR-30"), NULL},
	{"director", APPROVE("PR-30", "director"), "over-budget"},
	{"director", RETURN("PR-30"), NULL},
	{"clerk", SET("request_line", "unit_price = 88000", "key = 'PR-30/1'"), NULL},
	{"clerk", SUBMIT("PR-30"), NULL},
	{"director", APPROVE("PR-30", "director"), NULL},

	/* ---- the draft is what was voted on, also before the vote is attested ---- */
	{"clerk", "INSERT INTO budget (key, fiscal_year, title) VALUES ('B-3', 2028, 'After next')",
		NULL},
	{"clerk",
		"INSERT INTO budget_line (key, budget, account, jan) VALUES ('B-3/1', 'B-3', '6120', 50000), "
		"('B-3/2', 'B-3', '4000', 70000)",
		NULL},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, votes_for) VALUES "
		"('CC-9/M4', 'CC-9', 'To recommend.', 'CC/1', 1), "
		"('CC-9/M5', 'CC-9', 'To recommend 600.00.', 'CC/1', 1), "
		"('CC-9/M6', 'CC-9', 'To recommend 500.01.', 'CC/1', 1)",
		NULL},
	{"clerk", SUBJECT("CC-9/M4/1", "CC-9/M4", "budget", "B-3", NULL), NULL},
	{"clerk", SET("budget_line", "jan = 50001", "key = 'B-3/1'"), NULL},
	{"coco", ATTEST("CC-9/M4"), NULL},
	{"director",
		SET("budget", "status = 'recommended', council_motion = 'CC-9/M4'", "key = 'B-3'"),
		"needs-council-motion"},
	{"clerk", SUBJECT("CC-9/M5/1", "CC-9/M5", "budget", "B-3", 60000), NULL},
	{"coco", ATTEST("CC-9/M5"), NULL},
	{"director",
		SET("budget", "status = 'recommended', council_motion = 'CC-9/M5'", "key = 'B-3'"),
		"budget-not-as-moved"},
	{"clerk", SUBJECT("CC-9/M6/1", "CC-9/M6", "budget", "B-3", 50001), NULL},
	{"coco", ATTEST("CC-9/M6"), NULL},
	{"director",
		SET("budget", "status = 'recommended', council_motion = 'CC-9/M6'", "key = 'B-3'"),
		NULL},

	/* ---- nobody is named attester of what is decided already ---- */
	{"director",
		"INSERT INTO member (key, body, person, role, voting) VALUES "
		"('BD/7', 'BD', 'Dr. Friend', 'secretary', 0)",
		NULL},
	{"director",
		"INSERT INTO user (login, role, member) VALUES ('friend', 'chair', 'BD/7'), "
		"('second', 'chair', 'BD/1')",
		NULL},
	{"director", "INSERT INTO user (login, role) VALUES ('fresh', 'staff')", NULL},
	{"director", "UPDATE OR IGNORE user SET active = 1, " BUMP " WHERE login = 'gone'", NULL},
	{"director", "UPDATE OR REPLACE user SET role = 'staff', " BUMP " WHERE login = 'guest'",
		NULL},
	{"director", SET("member", "role = 'secretary'", "key = 'BD/2'"), NULL},
	{"clerk", MOTION("BD-7/M21", "BD-7"), NULL},
	{"friend", ATTEST("BD-7/M21"), "attest-new-login"},
	{"second", ATTEST("BD-7/M21"), "attest-new-login"},
	{"fresh", ATTEST_SHEET("BD-7/M21", "'BD/1'", "'2026-11-20'", "'Drawer'"),
		"attest-new-login"},
	{"gone", ATTEST_SHEET("BD-7/M21", "'BD/1'", "'2026-11-20'", "'Drawer'"),
		"attest-new-login"},
	{"guest", ATTEST_SHEET("BD-7/M21", "'BD/1'", "'2026-11-20'", "'Drawer'"),
		"attest-new-login"},
	{"other", ATTEST_SHEET("BD-7/M21", "'BD/2'", "'2026-11-20'", "'Drawer'"),
		"attest-new-seat"},
	{"other", ATTEST_SHEET("BD-7/M21", "'BD/7'", "'2026-11-20'", "'Drawer'"),
		"attest-new-seat"},
	{"director", SET("meeting", "held_on = '2026-11-21'", "key = 'BD-10'"),
		"meeting-day-stands"},
	{"director", SET("meeting", "held_on = '2026-11-19'", "key = 'BD-11'"), NULL},
	{"director", "UPDATE login_standing SET since = ''", "denied"},
	{"director", "DELETE FROM seat_standing", "denied"},
	{"director", "INSERT OR REPLACE INTO login_standing VALUES ('fresh', '', NULL)", "denied"},
	{"director", "INSERT INTO member (key, body, person) VALUES ('BD/8', 'BD', 'Dr. Extra')",
		"votes-wait"},
	{"director", "DELETE FROM member WHERE key = 'BD/5'", NULL}, /* its term began later */
	{"director", SET("user", "role = 'viewer'", "login = 'guest'"), NULL},
	{"director", SET("user", "active = 0", "login = 'gone'"), NULL},
	{"boss", ATTEST("BD-7/M21"), NULL},
	{"clerk", MEET("BD-12", "BD", "2026-11-21"), NULL},
	{"clerk", ATTEND("BD-12/P1", "BD-12", "BD/1", "present"), NULL},
	{"clerk", ATTEND("BD-12/P2", "BD-12", "BD/2", "present"), NULL},
	{"clerk", ATTEND("BD-12/P3", "BD-12", "BD/3", "present"), NULL},
	{"clerk", OPEN("BD-12"), NULL},
	{"clerk", MOTION("BD-12/M1", "BD-12"), NULL},
	{"clerk", MOTION("BD-12/M2", "BD-12"), NULL},
	{"friend", ATTEST("BD-12/M1"), NULL}, /* named by the day of the meeting */

	/* Stepping down for an hour makes nobody else of the director. */
	{"director", REQUEST("PR-31", "director"), NULL},
	{"director", LINE("PR-31/1", "PR-31", "6200", 100), NULL},
	{"director", SUBMIT("PR-31"), NULL},
	{"second", APPROVE("PR-31", "chair"), "chair-new"},
	{"director", SET("user", "active = 1", "login = 'deputy'"), NULL},
	{"deputy", SET("user", "role = 'staff', member = NULL", "login = 'director'"), NULL},
	{"deputy", APPROVE("PR-31", "director"), "former-directors-own"},
	{"director", ATTEST_SHEET("BD-12/M2", "'BD/1'", "'2026-11-21'", "'Drawer'"),
		"attest-director"},
	{"deputy", SET("user", "role = 'director'", "login = 'director'"), NULL},
	{"director", SET("user", "active = 0", "login = 'deputy'"), NULL},
	{"boss", APPROVE("PR-31", "chair"), NULL},

	/* ---- the limit is the same at every door: 1,100.00 by now, and one cent more ---- */
	{"director", REQUEST("PR-34", "director"), NULL},
	{"director", LINE("PR-34/1", "PR-34", "6200", 110001), NULL},
	{"director", SUBMIT("PR-34"), NULL},
	{"boss", APPROVE("PR-34", "chair"), "over-limit"},
	{"other", APPROVE_PAPER("PR-34"), "over-limit"},
	{"clerk", MOTION("BD-7/M22", "BD-7"), NULL},
	{"clerk", SUBJECT("BD-7/M22/1", "BD-7/M22", "request", "PR-34", 110000), NULL},
	{"clerk", SET("motion", "expires_on = '2026-11-21'", "key = 'BD-7/M22'"), NULL},
	{"boss", ATTEST("BD-7/M22"), NULL},
	{"clerk", SET("motion_subject", "amount = 110001", "key = 'BD-7/M22/1'"),
		"motion-attested"},
	{"clerk", SET("motion", "expires_on = NULL", "key = 'BD-7/M22'"), "motion-attested"},
	{"clerk", BY_MOTION("PR-34", "BD-7/M22"), "motion-too-small"},
	{"director", RETURN("PR-34"), NULL},
	{"director", SET("request_line", "unit_price = 110000", "key = 'PR-34/1'"), NULL},
	{"director", SUBMIT("PR-34"), NULL},
	{"other", BY_MOTION("PR-34", "BD-7/M22"), NULL}, /* the last day counts */
	{"director", REQUEST("PR-35", "director"), NULL},
	{"director", LINE("PR-35/1", "PR-35", "6200", 110000), NULL},
	{"director", SUBMIT("PR-35"), NULL},
	{"other", BY_MOTION("PR-35", "BD-7/M22"), "no-motion"}, /* one request, one ceiling */
	{"other", APPROVE_PAPER("PR-35"), NULL},

	/* ---- one's own pay ---- */
	{"director",
		"INSERT INTO staff_pay (staff, pay_basis, pay_rate) VALUES ('S-0002', 'year', 99900000)",
		"own-pay"},
	{"director", "UPDATE staff_pay SET pay_rate = 2600 WHERE staff = 'S-0001'", NULL},

	/* ---- days in their order ---- */
	{"clerk", SET("client", "since = '2026-02-01', left_on = '2026-01-31'", "key = 'C-0001'"),
		"dates-turned"},
	{"clerk",
		"INSERT INTO client (key, name, since, left_on) VALUES ('C-77', 'X', '2026-02-01', "
		"'2025-02-01')",
		"dates-turned"},
	{"director",
		SET("staff", "hired_on = '2026-02-01', left_on = '2001-01-31'", "key = 'S-0001'"),
		"dates-turned"},
	{"director",
		"INSERT INTO staff (key, first_name, last_name, hired_on, left_on) VALUES "
		"('S-77', 'A', 'B', '2021-01-01', '2001-01-01')",
		"dates-turned"},
	{"director",
		SET("member", "term_from = '2027-01-01', term_until = '2026-12-31'",
			"key = 'BD/2'"),
		"dates-turned"},
	{"director",
		"INSERT INTO member (key, body, person, term_from, term_until) VALUES "
		"('BD/77', 'BD', 'Dr. Turned', '2027-01-01', '2026-12-31')",
		"dates-turned"},

	/* ---- people beside themselves ---- */
	{"clerk", SET("motion", "seconder = 'BD/1', mover = 'BD/1'", "key = 'BD-12/M2'"),
		"second-own"},
	{"clerk",
		"INSERT INTO motion (key, meeting, text, mover, seconder) VALUES "
		"('BD-7/M77', 'BD-7', 'X', 'BD/1', 'BD/1')",
		"second-own"},
	{"director", SET("staff", "reports_to = 'S-0001'", "key = 'S-0001'"), "report-own"},
	{"director",
		"INSERT INTO staff (key, first_name, last_name, reports_to) VALUES "
		"('S-78', 'A', 'B', 'S-78')",
		"report-own"},

	/* ---- what a write reads is what writing takes, and no more ---- */
	{"clerk", "INSERT INTO client (key, name) SELECT 'C-' || key, account FROM actual",
		"denied"},
	{"clerk", "INSERT INTO client (key, name) SELECT 'C-' || staff, staff FROM staff_pay",
		"denied"},
	{"clerk", "DELETE FROM request WHERE key IN (SELECT request FROM actual)", "denied"},
	{"clerk",
		"UPDATE client SET notes = account, " BUMP " FROM budget_line WHERE client.id = 1",
		"denied"},
	{"clerk",
		"UPDATE client SET notes = 'x', " BUMP " WHERE id = 1 "
		"RETURNING (SELECT group_concat(account) FROM actual)",
		"denied"},
	{"clerk",
		"DELETE FROM request WHERE key = 'PR-99' "
		"RETURNING (SELECT group_concat(request) FROM actual)",
		"denied"},
	{"clerk", "DELETE FROM actual WHERE key = 'A-99' RETURNING amount", "denied"},
	{"clerk", "SELECT amount FROM budget_spending", NULL}, /* no rows */
	{"clerk", REQUEST("PR-32", "clerk"), NULL},
	{"clerk", "DELETE FROM request WHERE key = 'PR-32'", NULL},

	/* ---- values that are none ---- */
	{"clerk", "INSERT INTO vendor (key, name) VALUES ('V-' || char(27) || '[2J', 'Escape')",
		"key-plain"},
	{"clerk", "INSERT INTO vendor (key, name) VALUES ('V-0001' || char(0), 'Nul')",
		"key-plain"},
	{"clerk", "INSERT INTO vendor (key, name) VALUES ('V 0001', 'Blank')", "key-plain"},
	{"clerk", "INSERT INTO vendor (key, name) VALUES ('', 'Empty')", "key-plain"},
	{"clerk", REQUEST("PR-33", "clerk"), NULL},
	{"clerk", SET("request", "needed_by = '2026-02-30'", "key = 'PR-33'"), "check"},
	{"clerk", SET("request", "needed_by = 'now'", "key = 'PR-33'"), "refused"},
	{"clerk", SET("request", "tax = 1.5", "key = 'PR-33'"), "check"},
	{"clerk", SET("request", "tax = NULL", "key = 'PR-33'"), "required"},
	{"clerk", SET("request", "tax = X'31'", "key = 'PR-33'"), "check"},
	{"clerk", SET("request", "fees = -1", "key = 'PR-33'"), "check"},
	{"clerk", LINE("PR-33/1", "PR-33", "6120", -1), "check"},
	{"clerk", LINE("PR-33/1", "PR-33", "6120", 1.5), "check"},
	{"clerk", LINE("PR-33/1", "PR-33", "6120", 5000), NULL},
	{"clerk", SET("request_line", "quantity = -1000", "key = 'PR-33/1'"), "check"},
	{"clerk", SET("request_line", "request = 'PR-1'", "key = 'PR-33/1'"), "fixed-parent"},
	{"clerk",
		"UPDATE OR REPLACE request_line SET key = 'PR-1/1', " BUMP " WHERE key = 'PR-33/1'",
		"fixed-key"},
	{"clerk", "UPDATE request SET version = NULL WHERE key = 'PR-33'", "stale"},

	/* ---- the audit and the ground ---- */
	{"director",
		"INSERT INTO audit (at, who, real_who, type, key, operation, before, after) "
		"VALUES (now(), actor(), real_login(), 'client', 'C-0001', 'update', '', '')",
		"denied"},
	{"director", "UPDATE audit SET who = 'nobody'", "denied"},
	{"director", "DELETE FROM audit", "denied"},
	{"director", "DELETE FROM may_write", "denied"},
	{"director", "UPDATE office_table SET private = ''", "denied"},
	{"director", "DROP TRIGGER request_approved", "denied"},
	{"director", "DROP TABLE audit", "denied"},
	{"director", "CREATE TEMP TRIGGER x AFTER INSERT ON client BEGIN DELETE FROM client; END",
		"denied"},
	{"director", "ATTACH DATABASE ':memory:' AS other", "denied"},
	{"director", "PRAGMA foreign_keys = 0", "denied"},
	{"director", "PRAGMA recursive_triggers = 0", "denied"},
	{"director", "PRAGMA writable_schema = 1", "denied"},
	{"guest", "DELETE FROM search WHERE rowid > 0", "denied"},
	{"gone", "INSERT INTO search (key, title) VALUES ('X', 'X')", "denied"},
	{"clerk", "WITH actual_seen AS (SELECT amount FROM actual) SELECT * FROM actual_seen",
		"denied"},
	{"clerk",
		"WITH audit_private_is_kept AS (SELECT * FROM audit_private) "
		"SELECT * FROM audit_private_is_kept",
		"denied"},
	{"guest", "INSERT INTO sequence VALUES ('PR-2026-', 5)", "not-your-role"},
	{"clerk", "INSERT INTO sequence VALUES ('C-', 5)", "sequence-jumps"},
	{"clerk", "INSERT INTO sequence VALUES ('C-', 1)", NULL},
	{"guest", "UPDATE sequence SET last = last + 1", "not-your-role"},
	{"clerk", "UPDATE sequence SET last = last + 2", "sequence-jumps"},
	{"clerk", "UPDATE sequence SET last = 7", NULL}, /* C-0007 was given */
	{"clerk", "UPDATE sequence SET last = 8", NULL},
	{"clerk", "UPDATE sequence SET last = 0", "sequence-falls"},
	{"clerk", "INSERT OR REPLACE INTO sequence VALUES ('C-', 1)", "sequence-falls"},
	{"clerk", "INSERT INTO visit VALUES ('other', now(), 0, now(), 0)", "not-yours"},
};

/* Does one step; the result is the code it was refused with, "" when it was done. */
static void do_step(struct store *store, const struct step *step, struct error *err)
{
	struct statement *statement;

	error_clear(err);
	store_act_as(store, step->who, "2026-11-21T12:00:00Z");
	statement = store_prepare(store, step->what, err);
	if (statement == NULL) {
		snprintf(err->code, sizeof err->code, "denied");
		return;
	}
	if (!statement_run(statement, err) && err->code[0] == '\0')
		snprintf(err->code, sizeof err->code, "sql");
}

static void rules_hold_whoever_tries(void **state)
{
	char directory[] = "/tmp/mso-matrix-XXXXXX";
	struct buffer path = {0};
	struct error err = {0};
	struct store *store;
	size_t wrong = 0;

	(void)state;
	assert_non_null(mkdtemp(directory));
	buffer_format(&path, "%s/office.db", directory);
	store = store_create(&(struct store_options){.path = buffer_text(&path)}, &err);
	if (store == NULL)
		fail_msg("%s", err.text);
	store_explain(store, rules_explain);
	/* The first director goes by the name of this table. */
	assert_true(store_run(
		store, "INSERT INTO user (login, role) VALUES ('director', 'director')", &err));
	store_act_as(store, "director", "2026-11-21T12:00:00Z");
	{
		struct statement *close_first = store_prepare(store,
			"UPDATE user SET active = 0, version = version + 1 WHERE login = real_login()",
			&err);
		if (strcmp(store_real_login(), "director") != 0)
			assert_true(statement_run(close_first, &err));
	}
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		const struct step *step = &steps[i];
		const char *expected = step->code == NULL ? "" : step->code;

		do_step(store, step, &err);
		if (strcmp(err.code, expected) == 0)
			continue;
		wrong++;
		print_error("%s: %s\n  expected %s, got \"%s\" %s\n", step->who, step->what,
			step->code == NULL ? "that it is allowed" : step->code, err.code, err.text);
	}
	store_close(store);
	unlink(buffer_text(&path));
	rmdir(directory);
	buffer_free(&path);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(rules_hold_whoever_tries)};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
