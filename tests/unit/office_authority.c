/*
 * office_authority.c - who may approve a request, in words and in figures: the shares agree with
 * the database's, and the sentences say the two tests of Purchasing 2. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include <stdlib.h>
#include <time.h>

#include "core/buffer.h"
#include "core/money.h"
#include "office/authority.h"
#include "office/figures.h"

/* ---- shares ---- */

static int64_t random_below(unsigned *seed, int64_t most)
{
	int64_t value = (int64_t)rand_r(seed) * RAND_MAX + rand_r(seed);

	return value % most;
}

/* A draft with a few lines on a few accounts, one of them a discount now and then. */
static void write_random(struct store *store, unsigned *seed, int number)
{
	static const char *const accounts[] = {"6120", "6130", "6200", "7100", "6900"};
	char key[24], sql[512];
	struct error err;
	int lines = 1 + (int)random_below(seed, 6);

	snprintf(key, sizeof key, "PR-2026-%d", 1000 + number);
	snprintf(sql, sizeof sql,
		"INSERT INTO request (key, requested_by, purpose, needed_by, payments, tax, freight, fees) "
		"VALUES ('%s', actor(), 'Random', '2026-11-30', %d, %lld, %s, %lld)",
		key, 1 + (int)random_below(seed, 13), (long long)random_below(seed, 100000),
		random_below(seed, 2) ? "'exempt'" : "4321", (long long)random_below(seed, 3000));
	if (!store_run(store, sql, &err))
		fail_msg("%s", err.text);
	for (int line = 1; line <= lines; line++) {
		snprintf(sql, sizeof sql,
			"INSERT INTO request_line (key, request, item, kind, account, quantity, unit_price) "
			"VALUES ('%s/%d', '%s', 'Thing', '%s', '%s', %lld, %lld)",
			key, line, key, random_below(seed, 8) == 0 ? "discount" : "item",
			accounts[random_below(seed, 5)], (long long)(1 + random_below(seed, 9999)),
			(long long)random_below(seed, 50000));
		if (!store_run(store, sql, &err))
			fail_msg("%s", err.text);
	}
}

static void compare_with_view(struct store *store, const char *key)
{
	struct authority_request request;
	struct authority_share shares[AUTHORITY_LINES];
	struct statement *row;
	int64_t total;
	int count, seen = 0;

	assert_true(authority_read(store, key, &request));
	count = authority_shares(&request, shares, &total);
	assert_int_equal(
		total, store_integer(store, "SELECT total FROM request WHERE key = :key", key, -1));
	row = store_prepare(store,
		"SELECT account, amount, share FROM request_share WHERE request = :key "
		"ORDER BY amount DESC, account",
		NULL);
	statement_bind_text(row, ":key", key);
	for (; statement_step(row); seen++) {
		assert_true(seen < count);
		assert_string_equal(shares[seen].account, statement_text(row, 0));
		assert_int_equal(shares[seen].amount, statement_integer(row, 1));
		assert_int_equal(shares[seen].share, statement_integer(row, 2));
	}
	statement_end(row);
	assert_int_equal(seen, count);
}

static void test_shares_agree_with_the_database(void **state)
{
	struct store *store = sample_open(NULL);
	unsigned seed = (unsigned)time(NULL);
	char key[24];

	(void)state;
	print_message("seed %u\n", seed);
	for (int i = 0; i < 150; i++) {
		write_random(store, &seed, i);
		snprintf(key, sizeof key, "PR-2026-%d", 1000 + i);
		compare_with_view(store, key);
	}
	office_close(store);
}

static void test_shares_without_lines_come_to_nothing(void **state)
{
	struct authority_request request = {.payments = 12, .extra = 5000};
	struct authority_share shares[AUTHORITY_LINES];
	int64_t total = 1;

	(void)state;
	assert_int_equal(authority_shares(&request, shares, &total), 0);
	assert_int_equal(total, 0);
}

static void test_sums_beyond_meaning_do_not_wrap(void **state)
{
	struct authority_request request = {.payments = 600, .count = 2};
	struct authority_share shares[AUTHORITY_LINES];
	int64_t total = 0;

	(void)state;
	for (int i = 0; i < 2; i++) {
		snprintf(request.lines[i].account, sizeof request.lines[i].account, "61%d", i);
		request.lines[i].amount = INT64_MAX / 3;
	}
	authority_shares(&request, shares, &total);
	assert_true(total > 0);
}

/* ---- sentences ---- */

static const struct authority_request typed = {
	.requested_by = "clerk",
	.needed_by = "2026-11-30",
	.vendor = "V-0001",
	.payments = 1,
	.charges_known = true,
	.count = 1,
	.lines = {{"6120", 41210}},
};

static void assert_explains(struct store *store, const struct authority_request *request,
	enum authority who, const char *words)
{
	struct buffer text = {0};
	enum authority said = authority_explain(store, request, &text);
	const char *line = buffer_text(&text);

	assert_string_equal(buffer_text(&text), words);
	assert_int_equal(said, who);
	for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
		assert_true(end - line <= 78);
	buffer_free(&text);
}

static void test_within_limit_and_budget_the_director_may(void **state)
{
	struct store *store = sample_open("clerk");

	(void)state;
	assert_explains(store, &typed, AUTHORITY_DIRECTOR,
		"The director may approve this.\n"
		"412.10 is within the limit of 1,000.00.\n"
		"6120 Supplies: 1,200.00 available, 787.90 after this.\n");
	office_close(store);
}

static void test_the_limit_is_inclusive_to_the_cent(void **state)
{
	struct store *store = sample_open(NULL);
	struct authority_request request = typed;

	(void)state;
	strcpy(request.lines[0].account, "6120");
	request.lines[0].amount = 99999;
	assert_explains(store, &request, AUTHORITY_DIRECTOR,
		"The director may approve this.\n"
		"999.99 is within the limit of 1,000.00.\n"
		"6120 Supplies: 1,200.00 available, 200.01 after this.\n");
	request.lines[0].amount = 100000;
	assert_explains(store, &request, AUTHORITY_DIRECTOR,
		"The director may approve this.\n"
		"1,000.00 is within the limit of 1,000.00.\n"
		"6120 Supplies: 1,200.00 available, 200.00 after this.\n");
	request.lines[0].amount = 100001;
	assert_explains(store, &request, AUTHORITY_BOARD,
		"Only the Board may approve this.\n"
		"1,000.01 is above the limit of 1,000.00 by 0.01.\n"
		"6120 Supplies: 1,200.00 available, 199.99 after this.\n"
		"No motion covers it yet. Once submitted, ^B puts it on the agenda of 8 Dec.\n");
	office_close(store);
}

static void test_without_room_only_the_board_may(void **state)
{
	struct store *store = sample_open("clerk");
	struct authority_request request = typed;

	(void)state;
	strcpy(request.lines[0].account, "6130");
	assert_explains(store, &request, AUTHORITY_BOARD,
		"Only the Board may approve this.\n"
		"412.10 is within the limit of 1,000.00.\n"
		"6130 Printing: -100.00 available, 512.10 too little.\n"
		"No motion covers it yet. Once submitted, ^B puts it on the agenda of 8 Dec.\n");
	strcpy(request.lines[0].account, "6900");
	assert_explains(store, &request, AUTHORITY_BOARD,
		"Only the Board may approve this.\n"
		"412.10 is within the limit of 1,000.00.\n"
		"6900 Unplanned is not in the adopted budget of 2026: the Board decides.\n"
		"No motion covers it yet. Once submitted, ^B puts it on the agenda of 8 Dec.\n");
	strcpy(request.needed_by, "2027-01-10");
	assert_explains(store, &request, AUTHORITY_BOARD,
		"Only the Board may approve this.\n"
		"412.10 is within the limit of 1,000.00.\n"
		"6900 Unplanned: no budget of 2027 is adopted, so the Board decides.\n"
		"No motion covers it yet. Once submitted, ^B puts it on the agenda of 8 Dec.\n");
	office_close(store);
}

static void test_the_directors_own_goes_to_the_chair(void **state)
{
	struct store *store = sample_open(NULL);
	struct authority_request request = typed;

	(void)state;
	snprintf(request.requested_by, sizeof request.requested_by, "%s", store_real_login());
	assert_explains(store, &request, AUTHORITY_CHAIR,
		"The chair of the Board may approve this: it is the director's own.\n"
		"412.10 is within the limit of 1,000.00.\n"
		"6120 Supplies: 1,200.00 available, 787.90 after this.\n");
	office_close(store);
}

static void test_what_is_missing_is_named(void **state)
{
	struct store *store = sample_open("clerk");
	struct authority_request request = typed;

	(void)state;
	request.vendor[0] = '\0';
	request.charges_known = false;
	assert_explains(store, &request, AUTHORITY_DIRECTOR,
		"The director may approve this.\n"
		"412.10 is within the limit of 1,000.00.\n"
		"6120 Supplies: 1,200.00 available, 787.90 after this.\n"
		"Before it can be submitted: the vendor, tax and freight.\n");
	request.count = 0;
	assert_explains(store, &request, AUTHORITY_NOBODY_YET,
		"Nobody can approve this yet.\n"
		"Missing: a line with item, account and price, the vendor, tax and freight.\n");
	office_close(store);
}

static void test_nothing_is_bought_on_a_private_account(void **state)
{
	struct store *store = sample_open("clerk");
	struct authority_request request = typed;

	(void)state;
	strcpy(request.lines[0].account, "6010");
	assert_explains(store, &request, AUTHORITY_NOBODY_YET,
		"Nobody can approve this yet.\n"
		"Missing: another account than 6010, which is private.\n");
	office_close(store);
}

/* The words that the lists show, and those of the page, come from two sources: they agree. */
static void test_who_decides_agrees_with_the_lists(void **state)
{
	static const char *const words[] = {"", "director", "chair", "Board"};
	struct store *store = sample_open(NULL);
	const struct record_type *type = record_type_find("request");
	unsigned seed = (unsigned)time(NULL);
	char key[24], sql[200];
	struct record *request;
	struct error err;

	(void)state;
	print_message("seed %u\n", seed);
	for (int i = 0; i < 40; i++) {
		snprintf(key, sizeof key, "PR-2026-%d", 1000 + i);
		write_random(store, &seed, i);
		snprintf(sql, sizeof sql,
			"UPDATE request SET vendor = 'V-0001', version = version + 1 WHERE key = '%s'",
			key);
		assert_true(store_run(store, sql, &err));
		snprintf(sql, sizeof sql, SAMPLE_SUBMIT("%s"), key);
		if (!store_run(store, sql, &err))
			continue; /* nothing is owed for it */
		request = record_load(store, type, key, &err);
		assert_string_equal(
			record_text(request, "decides"), words[authority_of(store, key)]);
		record_free(request);
	}
	assert_int_equal(authority_of(store, "PR-2026-0001"), AUTHORITY_DIRECTOR);
	assert_int_equal(authority_of(store, "PR-2026-0002"), AUTHORITY_BOARD);
	office_close(store);
}

/* ---- to the Board ---- */

static void explain_saved(struct store *store, const char *key, struct buffer *text)
{
	struct authority_request request;

	assert_true(authority_read(store, key, &request));
	buffer_clear(text);
	authority_explain(store, &request, text);
}

static void test_a_request_goes_to_the_boards_next_agenda_once(void **state)
{
	struct store *store = sample_open("clerk");
	const struct record_type *type = record_type_find("request");
	const struct action *to_board = record_type_action(type, "to-board");
	struct buffer said = {0};
	struct error err;
	char *words;

	(void)state;
	explain_saved(store, "PR-2026-0002", &said);
	assert_non_null(strstr(buffer_text(&said), "^B puts it on the Board's agenda of 8 Dec"));
	buffer_clear(&said);
	if (!action_do(store, type, "PR-2026-0002", to_board, NULL, 0, &said, &err))
		fail_msg("%s", err.text);
	assert_string_equal(buffer_text(&said),
		"PR-2026-0002 is on the Board's agenda of 8 Dec: motion BD-2026-02/M1, with its wording "
		"ready.");
	words = store_text(store, "SELECT text FROM motion WHERE key = :key", "BD-2026-02/M1");
	assert_string_equal(
		words, "To approve PR-2026-0002, Dell, server memory, not to exceed 1,340.00.");
	free(words);
	words = store_text(store,
		"SELECT title FROM agenda_item WHERE key = (SELECT agenda_item FROM motion WHERE key = :key)",
		"BD-2026-02/M1");
	assert_string_equal(words, "Purchase request PR-2026-0002: Server memory");
	free(words);
	assert_int_equal(
		store_integer(store, "SELECT amount FROM motion_subject WHERE subject = :key",
			"PR-2026-0002", 0),
		134000);
	buffer_clear(&said);
	assert_false(action_do(store, type, "PR-2026-0002", to_board, NULL, 0, &said, &err));
	assert_non_null(strstr(err.text, "unless it is on one already"));
	assert_int_equal(
		store_integer(store, "SELECT count(*) FROM motion_subject WHERE subject = :key",
			"PR-2026-0002", 0),
		1);
	explain_saved(store, "PR-2026-0002", &said);
	assert_non_null(strstr(buffer_text(&said),
		"It is on the Board's agenda of 8 Dec: motion BD-2026-02/M1.\n"));
	buffer_free(&said);
	office_close(store);
}

static void test_without_a_planned_meeting_it_says_so(void **state)
{
	struct store *store = sample_open("clerk");
	struct buffer said = {0};
	struct error err;

	(void)state;
	assert_true(store_run(store,
		"UPDATE meeting SET status = 'cancelled', version = version + 1 WHERE key = 'BD-2026-02'",
		&err));
	assert_false(authority_to_board(store, "PR-2026-0002", &said, &err));
	assert_string_equal(err.text, "No Board meeting is planned; add one first (Meetings, n).");
	buffer_free(&said);
	office_close(store);
}

static void test_a_covering_motion_is_named(void **state)
{
	struct store *store = sample_open("clerk");
	struct buffer text = {0};
	struct error err;

	(void)state;
	assert_true(store_run(store,
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-2026-01/P1', 'BD-2026-01', 'BD/1'), "
		"('BD-2026-01/P2', 'BD-2026-01', 'BD/2')",
		&err));
	assert_true(store_run(store,
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES "
		"('BD-2026-01/M1', 'BD-2026-01', 'To approve.', 'BD/1', 'BD/2', 2)",
		&err));
	assert_true(store_run(store,
		"INSERT INTO motion_subject (key, motion, type, subject, amount) VALUES "
		"('BD-2026-01/M1/1', 'BD-2026-01/M1', 'request', 'PR-2026-0002', 134000)",
		&err));
	store_close(store);
	store = office_reopen("boss");
	assert_true(store_run(store, SAMPLE_ATTEST("BD-2026-01/M1"), &err));
	explain_saved(store, "PR-2026-0002", &text);
	assert_string_equal(buffer_text(&text),
		"Only the Board may approve this.\n"
		"1,340.00 is above the limit of 1,000.00 by 340.00.\n"
		"7100 Equipment: 5,000.00 available, 3,660.00 after this.\n"
		"BD-2026-01/M1 covers it up to 1,340.00.\n");
	buffer_free(&text);
	office_close(store);
}

/* ---- figures ---- */

static void test_odd_cents_go_to_the_last_month(void **state)
{
	int64_t months[FIGURES_MONTHS];

	(void)state;
	figures_spread(10000, months);
	assert_int_equal(months[0], 833);
	assert_int_equal(months[10], 833);
	assert_int_equal(months[11], 837);
	figures_spread(-10000, months);
	assert_int_equal(months[0], -833);
	assert_int_equal(months[11], -837);
}

static void test_private_accounts_stay_out_of_the_figures_of_staff(void **state)
{
	struct store *store = sample_open(NULL);
	struct figures figures = {0};
	struct figure_group groups[8];
	struct error err;

	(void)state;
	assert_true(figures_of_budget(store, "B-2026-0001", &figures, &err));
	assert_int_equal(figures.count, 6);
	assert_false(figures_left_out(store));
	assert_int_equal(figures_groups(store, 2026, groups, 8), 4);
	assert_string_equal(groups[0].name, "Payroll");
	store_close(store);
	store = office_reopen("clerk");
	assert_true(figures_of_budget(store, "B-2026-0001", &figures, &err));
	assert_int_equal(figures.count, 5);
	assert_true(figures_left_out(store));
	assert_int_equal(figures_groups(store, 2026, groups, 8), 3);
	assert_string_equal(groups[0].name, "Rent");
	assert_string_equal(groups[1].name, "Equipment");
	assert_int_equal(groups[2].budget, 450000);
	assert_string_equal(figures.rows[1].account, "6120");
	assert_int_equal(figures.rows[1].actual[0], 180000);
	assert_int_equal(figure_available(&figures.rows[1]), 120000);
	figures_free(&figures);
	office_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shares_agree_with_the_database),
		cmocka_unit_test(test_shares_without_lines_come_to_nothing),
		cmocka_unit_test(test_sums_beyond_meaning_do_not_wrap),
		cmocka_unit_test(test_within_limit_and_budget_the_director_may),
		cmocka_unit_test(test_the_limit_is_inclusive_to_the_cent),
		cmocka_unit_test(test_without_room_only_the_board_may),
		cmocka_unit_test(test_the_directors_own_goes_to_the_chair),
		cmocka_unit_test(test_what_is_missing_is_named),
		cmocka_unit_test(test_nothing_is_bought_on_a_private_account),
		cmocka_unit_test(test_who_decides_agrees_with_the_lists),
		cmocka_unit_test(test_a_request_goes_to_the_boards_next_agenda_once),
		cmocka_unit_test(test_without_a_planned_meeting_it_says_so),
		cmocka_unit_test(test_a_covering_motion_is_named),
		cmocka_unit_test(test_odd_cents_go_to_the_last_month),
		cmocka_unit_test(test_private_accounts_stay_out_of_the_figures_of_staff),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
