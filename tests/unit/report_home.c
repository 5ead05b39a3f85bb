/*
 * report_home.c - Home's figures for each role, what counts as changed since the last visit, and
 * how it is said. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include "report/home.h"

static void load(struct store *store, struct home *home)
{
	struct error err;

	memset(home, 0, sizeof *home);
	if (!home_load(store, home, &err))
		fail_msg("%s", err.text);
	home_load_more(store, home);
}

static const struct home_need *find_need(const struct home *home, const char *words)
{
	for (int i = 0; i < home->need_count; i++)
		if (strcmp(home->needs[i].words, words) == 0)
			return &home->needs[i];
	return NULL;
}

/* Every row opens the list that it counted. */
static void assert_need(
	const struct home *home, const char *words, const char *type, const char *view, int64_t sum)
{
	const struct home_need *need = find_need(home, words);

	if (need == NULL)
		fail_msg("Home does not say \"%s\"", words);
	assert_string_equal(need->type->name, type);
	assert_string_equal(need->view, view);
	assert_int_equal(need->has_sum ? need->sum : 0, sum);
}

static void run(struct store *store, const char *sql)
{
	struct error err;

	if (!store_run(store, sql, &err))
		fail_msg("%s: %s", sql, err.text);
}

static bool says(const struct home *home, const char *words)
{
	for (int i = 0; i < home->change_count; i++)
		if (strcmp(home->changes[i].words, words) == 0)
			return true;
	return false;
}

/* ---- what waits ---- */

static void test_the_director_sees_what_waits_for_a_decision(void **state)
{
	struct store *store = sample_open(NULL);
	struct home home;

	(void)state;
	load(store, &home);
	assert_need(&home, "1 request to decide", "request", "decide", 41210);
	assert_need(&home, "1 request for the Board", "request", "board", 134000);
	assert_need(&home, "1 action item overdue", "action-item", "overdue", 0);
	assert_non_null(find_need(&home, "Board minutes due in 3 days"));
	assert_string_equal(find_need(&home, "Board minutes due in 3 days")->key, "BD-2026-01");
	assert_null(find_need(&home, "0 motions voted, not attested"));
	assert_need(&home, "Add the clients", "client", "all", 0); /* there are none yet */
	assert_false(home.beginning);
	assert_int_equal(home.need_count, 5);
	office_close(store);
}

static void test_a_clerk_sees_own_drafts_and_what_to_write(void **state)
{
	struct store *store = sample_open("clerk");
	struct home home;

	(void)state;
	load(store, &home);
	assert_need(&home, "1 draft of mine", "request", "drafts", 0);
	assert_need(&home, "2 requests of mine wait", "request", "waiting", 175210);
	assert_need(&home, "1 action item of mine due soon", "action-item", "soon", 0);
	assert_non_null(find_need(&home, "Board minutes due in 3 days"));
	assert_null(find_need(&home, "1 request to decide"));
	office_close(store);
}

static void test_chair_and_viewer_see_the_next_meeting(void **state)
{
	struct store *store = sample_open("guest");
	struct home home;

	(void)state;
	load(store, &home);
	assert_int_equal(home.need_count, 1);
	assert_need(&home, "Board meets on 8 Dec", "meeting", "coming", 0);
	store_close(store);
	store = office_reopen("clerk");
	run(store, "INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES "
		   "('BD-2026-01/M1', 'BD-2026-01', 'To thank.', 'BD/1', 'BD/2', 2)");
	store_close(store);
	store = office_reopen("boss");
	load(store, &home);
	assert_need(&home, "1 motion for me to attest", "motion", "mine", 0);
	store_close(store);
	store = office_reopen("coco");
	load(store, &home);
	assert_null(find_need(&home, "1 motion for me to attest"));
	office_close(store);
}

/* ---- figures ---- */

static void test_private_accounts_are_the_directors(void **state)
{
	struct store *store = sample_open(NULL);
	struct home home;

	(void)state;
	load(store, &home);
	assert_int_equal(home.group_count, 4);
	assert_string_equal(home.groups[0].name, "Payroll");
	assert_int_equal(home.groups[0].actual, 1900000);
	assert_false(home.left_out);
	store_close(store);
	store = office_reopen("clerk");
	load(store, &home);
	assert_int_equal(home.group_count, 3);
	assert_true(home.left_out);
	office_close(store);
}

static void test_fees_of_the_last_whole_month_against_the_budget(void **state)
{
	struct store *store = sample_open("guest");
	struct buffer words = {0};
	struct home home;

	(void)state;
	load(store, &home);
	assert_int_equal(home.last_month, 9);
	home_revenue_words(&home, &words);
	assert_string_equal(buffer_text(&words), "40,840.00 in Oct, 2.1 % above budget F");
	home.revenue[9] = 3900000;
	buffer_clear(&words);
	home_revenue_words(&home, &words);
	assert_string_equal(buffer_text(&words), "39,000.00 in Oct, 2.5 % below budget U");
	buffer_free(&words);
	office_close(store);
}

/* ---- what changed ---- */

/* The director was here after all the sample's changes. */
static struct store *visited(const char *then)
{
	struct store *store = sample_open(NULL);
	struct error err;

	assert_true(home_visit(store, &err));
	store_close(store);
	return office_reopen(then);
}

static void test_only_what_others_did_since_the_last_visit_counts(void **state)
{
	struct store *store = visited("other");
	struct home home;

	(void)state;
	run(store, "UPDATE vendor SET phone = '(555) 010-2233', version = version + 1 "
		   "WHERE key = 'V-0002'");
	run(store, "INSERT INTO client (key, name) VALUES ('C-0001', 'Lakeside Family Medicine')");
	run(store, "UPDATE client SET city = 'Marlow', version = version + 1 WHERE key = 'C-0001'");
	store_close(store);
	store = office_reopen(NULL);
	run(store, "INSERT INTO vendor (key, name) VALUES ('V-0009', 'By myself')");
	/* The visit of a moment ago goes on: it counts from the one before, which was none. */
	load(store, &home);
	assert_string_equal(home.since, "");
	run(store, "UPDATE visit SET at = '2026-11-19T17:40:00Z' WHERE login = actor()");
	load(store, &home);
	assert_string_equal(home.since, "2026-11-19 17:40");
	assert_int_equal(home.change_count, 2);
	assert_true(says(&home, "M. Chen added C-0001 Lakeside Family Medicine"));
	assert_true(says(&home, "M. Chen changed V-0002 Dell"));
	assert_string_equal(home.changes[0].key, "C-0001");
	office_close(store);
}

/* By its login: as a person it would read as if somebody added themselves. */
static void test_a_new_login_is_said_as_one(void **state)
{
	struct store *store = sample_open("other");
	struct home home;
	struct error err;

	(void)state;
	assert_true(home_visit(store, &err));
	store_close(store);
	store = office_reopen(NULL);
	run(store, "INSERT INTO user (login, role, staff) VALUES ('aruiz2', 'staff', 'S-0001')");
	store_close(store);
	store = office_reopen("other");
	run(store, "UPDATE visit SET at = '2026-11-19T17:40:00Z' WHERE login = actor()");
	load(store, &home);
	assert_int_equal(home.change_count, 1);
	assert_non_null(strstr(home.changes[0].words, " added user aruiz2"));
	assert_string_equal(home.changes[0].key, "aruiz2");
	office_close(store);
}

static void test_deeds_are_said_by_their_action_and_parts_by_their_whole(void **state)
{
	struct store *store = sample_open("guest");
	struct home home;

	(void)state;
	load(store, &home);
	assert_true(says(&home, "A. Ruiz submitted PR-2026-0001 Toner"));
	assert_true(says(&home, "A. Ruiz circulated BD-2025-01 regular meeting of 2025-12-09"));
	assert_true(says(&home, "Dr. Osei attested BD-2025-01/M1 To adopt the budget."));
	/* The lines of a request are no news of their own. */
	for (int i = 0; i < home.change_count; i++)
		assert_null(strstr(home.changes[i].words, "PR-2026-0001/"));
	office_close(store);
}

static void test_an_import_is_one_line(void **state)
{
	struct store *store = visited("clerk");
	struct home home;
	char sql[160];

	(void)state;
	for (int i = 0; i < 212; i++) {
		snprintf(sql, sizeof sql,
			"INSERT INTO client (key, name) VALUES ('C-%04d', 'Practice %d')", i, i);
		run(store, sql);
	}
	store_close(store);
	store = office_reopen(NULL);
	run(store, "UPDATE visit SET at = '2026-11-19T17:40:00Z' WHERE login = actor()");
	load(store, &home);
	assert_int_equal(home.change_count, 1);
	assert_string_equal(home.changes[0].words, "A. Ruiz added 212 clients");
	assert_string_equal(home.changes[0].key, "");
	office_close(store);
}

static void test_what_goes_on_before_the_rows_read_is_over_so_many(void **state)
{
	struct store *store = visited("clerk");
	struct change changes[4];
	char sql[160];
	bool cut;

	(void)state;
	for (int i = 0; i < 1212; i++) {
		snprintf(sql, sizeof sql,
			"INSERT INTO client (key, name) VALUES ('C-%04d', 'Practice %d')", i, i);
		run(store, sql);
	}
	run(store, "INSERT INTO vendor (key, name) VALUES ('V-0901', 'Paver')");
	store_close(store);
	store = office_reopen(NULL);
	assert_int_equal(changes_since(store, 0, 1111, changes, 4, &cut), 2);
	assert_true(cut);
	assert_string_equal(changes[0].words, "A. Ruiz added V-0901 Paver");
	assert_string_equal(changes[1].words, "A. Ruiz added over 1,000 clients");
	office_close(store);
}

static void test_only_so_many_rows_of_the_audit_are_read(void **state)
{
	struct store *store = sample_open("guest");
	struct change changes[4];
	bool cut;

	(void)state;
	assert_true(changes_since(store, 0, 5, changes, 4, &cut) > 0);
	assert_true(cut);
	assert_true(changes_since(store, 0, 100000, changes, 4, &cut) > 0);
	assert_false(cut);
	/* The reader's own count: the cost does not grow with what they imported themselves. */
	store_close(store);
	store = office_reopen(NULL);
	for (int i = 0; i < 5; i++)
		run(store, "INSERT INTO vendor (key, name) SELECT 'V-9' || count(*), "
			   "'Vendor ' || count(*) FROM vendor");
	assert_int_equal(changes_since(store, 0, 5, changes, 4, &cut), 0);
	assert_true(cut);
	office_close(store);
}

static void test_private_changes_are_in_nobodys_news(void **state)
{
	struct store *store = sample_open(NULL);
	struct home home;

	(void)state;
	run(store,
		"INSERT INTO staff_pay (staff, pay_basis, pay_rate) VALUES ('S-0001', 'hour', 2500)");
	store_close(store);
	store = office_reopen("other");
	load(store, &home);
	for (int i = 0; i < home.change_count; i++) {
		assert_null(strstr(home.changes[i].words, "6010"));
		assert_null(strstr(home.changes[i].words, "Payroll"));
		assert_null(strstr(home.changes[i].words, "B-2026-0001/2"));
	}
	office_close(store);
}

static void test_a_return_within_minutes_is_the_same_visit(void **state)
{
	struct store *store = sample_open("clerk");
	struct error err;

	(void)state;
	assert_true(home_visit(store, &err));
	run(store, "UPDATE visit SET at = '2026-11-20T09:00:00Z' WHERE login = actor()");
	assert_true(home_visit(store, &err));
	assert_true(store_exists(store,
		"SELECT 1 FROM visit WHERE login = :key AND last_at = '2026-11-20T09:00:00Z' AND at = now()",
		"clerk"));
	assert_true(home_visit(store, &err));
	assert_true(store_exists(store,
		"SELECT 1 FROM visit WHERE login = :key AND last_at = '2026-11-20T09:00:00Z'",
		"clerk"));
	office_close(store);
}

/* ---- as text ---- */

static void test_text_fits_80_columns_and_says_how_to_open_it(void **state)
{
	struct store *store = sample_open("clerk");
	struct buffer text = {0};
	const char *line;

	(void)state;
	home_print(store, &text);
	line = buffer_text(&text);
	for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
		assert_true(end - line <= 80);
	assert_non_null(strstr(buffer_text(&text), "without private accounts"));
	assert_non_null(strstr(buffer_text(&text), "ssh -t host mso\n"));
	buffer_free(&text);
	office_close(store);
}

static void test_a_new_office_says_where_to_begin(void **state)
{
	struct store *store = office_open();
	struct buffer text = {0};
	struct home home;

	(void)state;
	load(store, &home);
	assert_true(home.beginning);
	assert_true(home.needs[0].begins);
	assert_string_equal(home.needs[0].words, "Add the staff");
	assert_string_equal(home.needs[0].type->name, "staff");
	assert_string_equal(home.needs[3].words, "Add members of Council and Board");
	assert_false(home_received(&home));
	home_print(store, &text);
	assert_non_null(strstr(buffer_text(&text), "BEGIN HERE\n  Add the staff\n"));
	assert_non_null(strstr(buffer_text(&text), "Nothing is booked in 2026 yet."));
	assert_non_null(strstr(buffer_text(&text), "No budget of 2026 is adopted."));
	buffer_free(&text);
	office_close(store);
}

static bool begins(struct store *store, const char *words)
{
	struct home home;

	load(store, &home);
	return find_need(&home, words) != NULL;
}

/* A first step stays until what it says is done. */
static void test_a_first_step_stays_until_it_is_done(void **state)
{
	static const char logins[] = "Give each of the staff a login";
	static const char bodies[] = "Add the Council and the Board";
	static const char members[] = "Add members of Council and Board";
	struct store *store = office_open();

	(void)state;
	assert_true(begins(store, logins));
	run(store,
		"INSERT INTO staff (key, first_name, last_name) VALUES ('S-0001', 'Ada', 'Ruiz'), "
		"('S-0002', 'Mei', 'Chen'), ('S-0003', 'Jo', 'Lund')");
	run(store, "INSERT INTO user (login, role, staff) VALUES ('aruiz', 'staff', 'S-0001')");
	assert_true(begins(store, logins));
	run(store, "INSERT INTO user (login, role, staff) VALUES ('mchen', 'staff', 'S-0002')");
	assert_true(begins(store, logins));
	run(store, "UPDATE staff SET status = 'left', left_on = today(), version = version + 1 "
		   "WHERE key = 'S-0003'");
	assert_false(begins(store, logins));
	run(store,
		"INSERT INTO body (code, name, kind, quorum) VALUES ('BD', 'Board', 'board', 2)");
	assert_true(begins(store, bodies));
	run(store,
		"INSERT INTO body (code, name, kind, quorum) VALUES ('CC', 'Council', 'council', 2)");
	assert_false(begins(store, bodies));
	run(store, "INSERT INTO member (key, body, person) VALUES ('BD/1', 'BD', 'Dr. Ada Osei')");
	assert_true(begins(store, members));
	run(store, "INSERT INTO member (key, body, person) VALUES ('CC/1', 'CC', 'Dr. Jan Novak')");
	assert_false(begins(store, members));
	office_close(store);
}

/* Who goes to work without a login for each does not need one for each. */
static void test_an_office_that_buys_has_its_logins(void **state)
{
	struct store *store = sample_open(NULL);

	(void)state;
	run(store,
		"INSERT INTO staff (key, first_name, last_name) VALUES ('S-0003', 'Jo', 'Lund')");
	assert_false(begins(store, "Give each of the staff a login"));
	office_close(store);
}

static void test_the_login_of_who_left_waits_for_the_director(void **state)
{
	const struct record_type *staff = record_type_find("staff");
	const char *answers[] = {"t"};
	struct store *store = sample_open(NULL);
	struct buffer said = {0};
	struct home home;
	struct error err;

	(void)state;
	assert_true(action_do(store, staff, "S-0002", record_type_action(staff, "part"), answers, 0,
		&said, &err));
	assert_string_equal(buffer_text(&said),
		"Mei Chen has left. Still open: login other. Set its Active to no (Users).");
	load(store, &home);
	assert_need(&home, "1 login of somebody who left", "user", "left", 0);
	run(store, "UPDATE user SET active = 0, version = version + 1 WHERE login = 'other'");
	load(store, &home);
	assert_null(find_need(&home, "1 login of somebody who left"));
	buffer_free(&said);
	office_close(store);
}

static void test_late_minutes_fit_half_of_a_screen(void **state)
{
	struct store *store = sample_open("clerk");
	struct home home;

	(void)state;
	for (int i = 10; i < 21; i++) {
		char sql[160];

		snprintf(sql, sizeof sql,
			"INSERT INTO meeting (key, body, held_on) VALUES ('BD-2026-%d', 'BD', '2026-08-03')",
			i);
		run(store, sql);
	}
	load(store, &home);
	assert_non_null(find_need(&home, "12 minutes to write, 103 days late"));
	office_close(store);
}

/* The months after the last one with anything booked are not known yet. */
static void test_fees_are_of_the_last_month_booked(void **state)
{
	struct store *store = sample_open(NULL);
	struct buffer words = {0};
	struct home home;

	(void)state;
	run(store, "DELETE FROM actual WHERE key = 'A-0002'");
	load(store, &home);
	home_revenue_words(&home, &words);
	assert_string_equal(buffer_text(&words), "41,000.00 in Jan, 2.5 % above budget F");
	buffer_free(&words);
	office_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_director_sees_what_waits_for_a_decision),
		cmocka_unit_test(test_a_clerk_sees_own_drafts_and_what_to_write),
		cmocka_unit_test(test_chair_and_viewer_see_the_next_meeting),
		cmocka_unit_test(test_private_accounts_are_the_directors),
		cmocka_unit_test(test_fees_of_the_last_whole_month_against_the_budget),
		cmocka_unit_test(test_only_what_others_did_since_the_last_visit_counts),
		cmocka_unit_test(test_a_new_login_is_said_as_one),
		cmocka_unit_test(test_deeds_are_said_by_their_action_and_parts_by_their_whole),
		cmocka_unit_test(test_an_import_is_one_line),
		cmocka_unit_test(test_what_goes_on_before_the_rows_read_is_over_so_many),
		cmocka_unit_test(test_only_so_many_rows_of_the_audit_are_read),
		cmocka_unit_test(test_private_changes_are_in_nobodys_news),
		cmocka_unit_test(test_a_return_within_minutes_is_the_same_visit),
		cmocka_unit_test(test_text_fits_80_columns_and_says_how_to_open_it),
		cmocka_unit_test(test_a_new_office_says_where_to_begin),
		cmocka_unit_test(test_a_first_step_stays_until_it_is_done),
		cmocka_unit_test(test_an_office_that_buys_has_its_logins),
		cmocka_unit_test(test_the_login_of_who_left_waits_for_the_director),
		cmocka_unit_test(test_late_minutes_fit_half_of_a_screen),
		cmocka_unit_test(test_fees_are_of_the_last_month_booked),
	};

	/* The clock of the visit is shown in local time. */
	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
