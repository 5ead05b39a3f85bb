/*
 * test_pages.c - what Home, the budget and the pages of records show at their sizes, and how few
 * bytes a key may cost there. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "office.h"

enum {
	DOWN_BYTES = 160, /* a key that moves the focus by a row */
	PRESSES = 9,
};

/* ---- what a key costs ---- */

/* The middle of what so many presses of a key make the program write. */
static size_t median_bytes(struct pty *pty, const char *key)
{
	size_t bytes[PRESSES];

	return pty_measure(pty, key, bytes, PRESSES);
}

static void a_row_of_the_budget_costs_little(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2026-0001");
	assert_in_range(median_bytes(pty, "<Down>"), 1, DOWN_BYTES);
	pty_type(pty, "m");
	assert_in_range(median_bytes(pty, "<Up>"), 1, DOWN_BYTES);
	pty_free(pty);
	pty = open_office(NULL);
	open_record(pty, "budgets: all", "B-2027-0001");
	assert_in_range(median_bytes(pty, "<Down>"), 1, DOWN_BYTES);
	pty_free(pty);
}

static void a_row_of_home_and_of_requests_costs_little(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	assert_in_range(median_bytes(pty, "<Down>"), 1, DOWN_BYTES);
	open_list(pty, "requests: all");
	assert_in_range(median_bytes(pty, "<Down>"), 1, DOWN_BYTES);
	pty_free(pty);
}

/* ---- the budget ---- */

static void every_account_has_its_bar(void **state)
{
	static const char *const plain[] = {"LC_ALL=C", NULL};
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2026-0001");
	assert_true(pty_shows(pty, "6010 Salaries an… 560,000 476,353         0    83,647 12,858 F"
				   " ■■■■□  85 %"));
	press_until(pty, "<Down>", "> 6400");
	assert_true(pty_shows(pty, "■■■■■ 109 % U")); /* above the budget: in words, too */
	pty_type(pty, "m");
	assert_shows(pty, "over by 474.94");
	leave(pty);
	pty = open_sized(NULL, 12, 40);
	open_list(pty, "budgets: all");
	pty_type(pty, "<Down><Enter>");
	assert_true(pty_shows(pty, "560,000 ■■■■□  85 %"));
	pty_free(pty);
	pty = office_open(&(struct office_options){.term = "vt100", .env = plain});
	open_record(pty, "budgets: all", "B-2026-0001");
	assert_true(pty_shows(pty, "12,858 F ####.  85 %"));
	pty_free(pty);
}

/* ---- Home ---- */

static void names_of_groups_are_abbreviated_not_cut(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	assert_true(pty_shows(pty, "Profess. fees ■"));
	pty_free(pty);
	pty = open_sized(NULL, 43, 132);
	assert_true(pty_shows(pty, "Professional fees"));
	pty_free(pty);
}

static void a_narrow_home_scrolls_to_its_last_figure(void **state)
{
	struct pty *pty = open_sized("aruiz", 12, 40);

	(void)state;
	pty_type(pty, "<End>");
	assert_false(pty_shows(pty, "above budget F"));
	pty_type(pty, "<End>");
	assert_true(pty_shows(pty, "above budget F"));
	press_until(pty, "<Up>", "NEEDS YOU");
	pty_free(pty);
}

static void a_new_office_says_what_to_do_first(void **state)
{
	struct pty *pty;

	(void)state;
	run("rm -f \"$db\"*; \"$mso\" --db \"$db\" init >/dev/null");
	pty = open_office(NULL);
	assert_shows(pty, "BEGIN HERE");
	assert_shows(pty, "Nothing is booked in 2026 yet.");
	assert_shows(pty, "n adds one, and i imports a CSV file");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "None here. n makes a new staff member, i imports a CSV file.");
	/* While words are typed a letter is one of theirs. */
	pty_type(pty, "/");
	assert_shows(pty, "None here. ^N makes a new staff member.");
	assert_not_shows(pty, "Enter Open");
	pty_type(pty, "<C-n>");
	assert_shows(pty, "New staff member");
	pty_type(pty, "<Esc><Esc>");
	assert_shows(pty, "None here. n makes a new staff member");
	pty_type(pty, "<Esc>n");
	assert_shows(pty, "New staff member");
	pty_free(pty);
}

/* ---- records ---- */

static void a_wide_page_shows_what_refers_to_it_and_its_changes(void **state)
{
	struct pty *pty = open_sized("aruiz", 43, 132);

	(void)state;
	open_record(pty, "clients: all", "C-0007");
	assert_true(pty_shows(pty, "P-0015  Dr. Ada Osei"));
	assert_true(pty_shows(pty, "R. Abernathy wrote it"));
	pty_type(pty, "<Enter>");
	fill(pty, "Fax", "(555) 010-2299");
	pty_type(pty, "<C-s>");
	assert_true(pty_shows(pty, "A. Ruiz  Fax: (555) 010-2299"));
	leave(pty);
}

static void request_and_motion_show_each_other(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_record(pty, "requests: all", "PR-2026-0107");
	assert_shows(pty, "By motion BD-2026-11/M2 To approve");
	assert_shows(pty, "At BD-2026-11 regular meeting of 2026-11-17.");
	pty_free(pty);
	pty = open_office("aruiz");
	open_record(pty, "motions: all", "BD-2026-11/M2");
	assert_shows(pty, "Approved under it: PR-2026-0107 Display and wall mount");
	pty_free(pty);
}

static void the_requester_takes_back_what_others_return(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_record(pty, "requests: all", "PR-2026-0128");
	assert_shows(pty, "r Take back");
	assert_not_shows(pty, "r Return");
	pty_type(pty, "r<Enter><Enter>");
	assert_shows(pty, "PR-2026-0128 is taken back.");
	leave(pty);
	pty = open_office(NULL);
	open_record(pty, "requests: all", "PR-2026-0122");
	assert_shows(pty, "r Return");
	assert_not_shows(pty, "Take back");
	leave(pty);
}

static void a_key_that_writes_says_who_may(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_record(pty, "positions", "J-0005");
	pty_type(pty, "e");
	assert_shows(pty, "Positions: only the director may write here; as staff you read.");
	leave(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_row_of_the_budget_costs_little, office_copy),
		cmocka_unit_test_setup(every_account_has_its_bar, office_copy),
		cmocka_unit_test_setup(names_of_groups_are_abbreviated_not_cut, office_copy),
		cmocka_unit_test_setup(a_narrow_home_scrolls_to_its_last_figure, office_copy),
		cmocka_unit_test_setup(a_new_office_says_what_to_do_first, office_copy),
		cmocka_unit_test_setup(
			a_wide_page_shows_what_refers_to_it_and_its_changes, office_copy),
		cmocka_unit_test_setup(request_and_motion_show_each_other, office_copy),
		cmocka_unit_test_setup(the_requester_takes_back_what_others_return, office_copy),
		cmocka_unit_test_setup(a_key_that_writes_says_who_may, office_copy),
		cmocka_unit_test_setup(a_row_of_home_and_of_requests_costs_little, office_copy),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
