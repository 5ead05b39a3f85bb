/*
 * office_sample.h - a small office with a past, for tests that need figures and meetings: an
 * adopted budget, actuals, requests in several states, a Council and a Board that met. All of it
 * is written by those who may, on the way the rules ask for. GPL-3.0-or-later.
 */
#ifndef OFFICE_SAMPLE_H
#define OFFICE_SAMPLE_H

#include "office_file.h"

struct sample_step {
	const char *
		who; /* "director", "clerk" (staff), "boss" (chair of the Board), "coco", "guest" */
	const char *at; /* the clock, or NULL: as before */
	const char *sql;
};

#define SAMPLE_ATTEST(key)                                                                     \
	"UPDATE motion SET outcome = (SELECT r.outcome FROM motion_result r WHERE r.motion = " \
	"motion.key), attested_by = actor(), attested_on = today(), "                          \
	"attested_how = 'at the terminal', version = version + 1 WHERE key = '" key "'"
#define SAMPLE_OPEN(key) \
	"UPDATE meeting SET status = 'draft', version = version + 1 WHERE key = '" key "'"
#define SAMPLE_SUBMIT(key)                                                                      \
	"UPDATE request SET status = 'submitted', submitted_at = now(), version = version + 1 " \
	"WHERE key = '" key "'"

static const struct sample_step sample_steps[] = {
	{"director", "2025-11-03T09:00:00Z",
		"INSERT INTO staff (key, first_name, last_name) VALUES ('S-0001', 'Ada', 'Ruiz'), "
		"('S-0002', 'Mei', 'Chen')"},
	{"director", NULL,
		"INSERT INTO body (code, name, kind, quorum, seconds) VALUES "
		"('BD', 'Board', 'board', 2, 1), ('CC', 'Coordinating Council', 'council', 1, 0)"},
	{"director", NULL,
		"INSERT INTO member (key, body, person, role) VALUES ('BD/1', 'BD', 'Dr. Ada Osei', 'chair'), "
		"('BD/2', 'BD', 'Dr. Jan Novak', 'secretary'), ('BD/3', 'BD', 'Dr. Lin Park', 'member'), "
		"('CC/1', 'CC', 'Dr. Eva Brandt', 'chair')"},
	{"director", NULL,
		"INSERT INTO user (login, role, staff, member) VALUES ('clerk', 'staff', 'S-0001', NULL), "
		"('other', 'staff', 'S-0002', NULL), ('boss', 'chair', NULL, 'BD/1'), "
		"('coco', 'chair', NULL, 'CC/1'), ('guest', 'viewer', NULL, NULL)"},
	{"director", NULL,
		"INSERT INTO account (code, name, kind, group_name, private) VALUES "
		"('4000', 'Management fees', 'revenue', 'Fees', 0), "
		"('6010', 'Payroll', 'expense', 'Payroll', 1), "
		"('6120', 'Supplies', 'expense', 'Supplies', 0), "
		"('6130', 'Printing', 'expense', 'Supplies', 0), "
		"('6200', 'Rent', 'expense', 'Rent', 0), "
		"('6900', 'Unplanned', 'expense', '', 0), "
		"('7100', 'Equipment', 'capital', 'Equipment', 0)"},
	{"clerk", NULL,
		"INSERT INTO vendor (key, name) VALUES ('V-0001', 'Acme Office Supply'), ('V-0002', 'Dell')"},
	{"clerk", NULL,
		"INSERT INTO budget (key, fiscal_year, title) VALUES ('B-2026-0001', 2026, 'Operating 2026')"},
	{"director", NULL,
		"INSERT INTO budget_line (key, budget, account, jan, feb, oct, nov) VALUES "
		"('B-2026-0001/1', 'B-2026-0001', '4000', 4000000, 4000000, 4000000, 4000000), "
		"('B-2026-0001/2', 'B-2026-0001', '6010', 2000000, 2000000, 2000000, 2000000), "
		"('B-2026-0001/3', 'B-2026-0001', '6120', 100000, 100000, 100000, 100000), "
		"('B-2026-0001/4', 'B-2026-0001', '6130', 50000, 0, 0, 0), "
		"('B-2026-0001/5', 'B-2026-0001', '6200', 250000, 250000, 250000, 250000), "
		"('B-2026-0001/6', 'B-2026-0001', '7100', 500000, 0, 0, 0)"},
	{"clerk", NULL,
		"INSERT INTO meeting (key, body, held_on) VALUES ('CC-2025-01', 'CC', '2025-11-10'), "
		"('BD-2025-01', 'BD', '2025-12-09')"},
	{"clerk", NULL,
		"INSERT INTO attendance (key, meeting, member) VALUES ('CC-2025-01/P1', 'CC-2025-01', 'CC/1'), "
		"('BD-2025-01/P1', 'BD-2025-01', 'BD/1'), ('BD-2025-01/P2', 'BD-2025-01', 'BD/2')"},
	{"clerk", NULL,
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES "
		"('CC-2025-01/M1', 'CC-2025-01', 'To recommend the budget.', 'CC/1', NULL, 1), "
		"('BD-2025-01/M1', 'BD-2025-01', 'To adopt the budget.', 'BD/1', 'BD/2', 2)"},
	{"clerk", NULL,
		"INSERT INTO motion_subject (key, motion, type, subject) VALUES "
		"('CC-2025-01/M1/1', 'CC-2025-01/M1', 'budget', 'B-2026-0001'), "
		"('BD-2025-01/M1/1', 'BD-2025-01/M1', 'budget', 'B-2026-0001')"},
	{"clerk", "2025-12-10T09:00:00Z", SAMPLE_OPEN("CC-2025-01")},
	{"clerk", NULL, SAMPLE_OPEN("BD-2025-01")},
	{"coco", NULL, SAMPLE_ATTEST("CC-2025-01/M1")},
	{"boss", NULL, SAMPLE_ATTEST("BD-2025-01/M1")},
	{"director", NULL,
		"UPDATE budget SET status = 'recommended', council_motion = 'CC-2025-01/M1', "
		"version = version + 1 WHERE key = 'B-2026-0001'"},
	{"director", NULL,
		"UPDATE budget SET status = 'adopted', board_motion = 'BD-2025-01/M1', "
		"version = version + 1 WHERE key = 'B-2026-0001'"},
	{"clerk", NULL,
		"UPDATE meeting SET status = 'circulated', circulated_on = today(), version = version + 1 "
		"WHERE status = 'draft'"},
	{"director", "2026-10-31T09:00:00Z",
		"INSERT INTO actual (key, account, booked_on, amount) VALUES "
		"('A-0001', '4000', '2026-01-15', 4100000), ('A-0002', '4000', '2026-10-15', 4084000), "
		"('A-0003', '6010', '2026-10-31', 1900000), ('A-0004', '6120', '2026-01-20', 180000), "
		"('A-0005', '6120', '2026-10-20', 100000), ('A-0006', '6130', '2026-02-02', 60000), "
		"('A-0007', '6200', '2026-10-01', 900000)"},
	{"clerk", "2026-11-10T16:00:00Z",
		"INSERT INTO request (key, requested_by, vendor, purpose, needed_by, tax, freight) VALUES "
		"('PR-2026-0001', 'clerk', 'V-0001', 'Toner', '2026-11-30', 2270, 'included')"},
	{"clerk", NULL,
		"INSERT INTO request (key, requested_by, vendor, purpose, needed_by, tax, freight) VALUES "
		"('PR-2026-0002', 'clerk', 'V-0002', 'Server memory', '2026-12-04', 0, 'included')"},
	{"clerk", NULL,
		"INSERT INTO request (key, requested_by, vendor, purpose, needed_by, tax, freight) VALUES "
		"('PR-2026-0003', 'clerk', NULL, 'Chairs', '2026-12-04', 0, 'included')"},
	{"clerk", NULL,
		"INSERT INTO request_line (key, request, item, account, quantity, unit_price) VALUES "
		"('PR-2026-0001/1', 'PR-2026-0001', 'Toner, black', '6120', 4000, 7235), "
		"('PR-2026-0001/2', 'PR-2026-0001', 'Toner, colour', '6120', 2000, 5000), "
		"('PR-2026-0002/1', 'PR-2026-0002', 'Memory', '7100', 1000, 134000)"},
	{"clerk", NULL, SAMPLE_SUBMIT("PR-2026-0001")},
	{"clerk", NULL, SAMPLE_SUBMIT("PR-2026-0002")},
	{"clerk", NULL,
		"INSERT INTO meeting (key, body, held_on, starts_at, place) VALUES "
		"('BD-2026-01', 'BD', '2026-11-17', '18:00', 'Conference room'), "
		"('BD-2026-02', 'BD', '2026-12-08', '18:00', 'Conference room')"},
	{"clerk", "2026-11-18T09:00:00Z", SAMPLE_OPEN("BD-2026-01")},
	{"clerk", NULL,
		"INSERT INTO action_item (key, what, owner, due_on, meeting) VALUES "
		"('AI-0001', 'Get a second quote', 'S-0001', '2026-11-15', 'BD-2025-01'), "
		"('AI-0002', 'Renew the lease', 'S-0002', '2026-12-20', 'BD-2025-01')"},
};

/* Makes the office and opens it as login (NULL: the director) on 2026-11-21. */
static inline struct store *sample_open(const char *login)
{
	struct store_options options = {.path = office_path};
	const char *director = store_real_login();
	struct error err;
	struct store *store;

	snprintf(office_directory, sizeof office_directory, "/tmp/mso-office-XXXXXX");
	assert_non_null(mkdtemp(office_directory));
	snprintf(office_path, sizeof office_path, "%s/office.db", office_directory);
	error_clear(&err);
	store = store_create(&options, &err);
	if (store == NULL)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < sizeof sample_steps / sizeof *sample_steps; i++) {
		const struct sample_step *step = &sample_steps[i];

		store_act_as(
			store, strcmp(step->who, "director") == 0 ? director : step->who, step->at);
		if (!store_run(store, step->sql, &err))
			fail_msg("%s: %s %s", step->sql, err.code, err.text);
	}
	store_act_as(store, director, "2026-11-21T14:03:00Z");
	if (!store_publish(store, &err))
		fail_msg("%s", err.text);
	store_close(store);
	return office_reopen(login);
}

/* Whoever acts from now on, and on which day. */
static inline void sample_act(struct store **store, const char *who, const char *today)
{
	struct store_options options = {.path = office_path,
		.as = strcmp(who, "director") == 0 ? NULL : who,
		.today = today};
	struct error err;

	store_close(*store);
	error_clear(&err);
	*store = store_open(&options, &err);
	if (*store == NULL)
		fail_msg("%s", err.text);
	store_explain(*store, rules_explain);
}

static inline void sample_run(struct store *store, const char *sql)
{
	struct error err;

	if (!store_run(store, sql, &err))
		fail_msg("%s: %s", sql, err.text);
}

/* It is refused by the rule with this code, in a sentence that says this. */
static inline void sample_refused(
	struct store *store, const char *sql, const char *code, const char *says)
{
	struct error err;

	error_clear(&err);
	if (store_run(store, sql, &err))
		fail_msg("not refused: %s", sql);
	assert_string_equal(err.code, code);
	if (strstr(err.text, says) == NULL)
		fail_msg("not said: %s\n%s", says, err.text);
}

#endif
