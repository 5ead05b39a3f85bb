/*
 * test_lists.c - what a list shows and how: views of one's own, orders, the line of keys, and
 * finding anything; on the demo office and a terminal of its own. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "office.h"

/* ---- views of one's own ---- */

static void find_marlow(struct pty *pty)
{
	open_list(pty, "clients: all");
	pty_type(pty, "/marl<Tab>");
	assert_shows(pty, "Clients > All clients");
	assert_not_shows(pty, "Port Selby");
}

static void keep_as(struct pty *pty, const char *name)
{
	pty_type(pty, "<C-p>keep this filter<Enter>");
	assert_shows(pty, "Keep this view for yourself");
	pty_type(pty, "<C-u>");
	pty_type(pty, name);
	pty_type(pty, "<C-s>");
}

static void a_filter_is_kept_and_shown_again(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	find_marlow(pty);
	pty_type(pty, "scity<Enter>v");
	assert_shows(pty, "7 Keep this filter...");
	assert_not_shows(pty, "Drop one of yours");
	pty_type(pty, "7");
	assert_shows(pty, "All clients, with the words \"marl\", sorted by city.");
	pty_type(pty, "Near us<C-s>");
	assert_shows(pty, "Clients > Near us");
	assert_shows(pty, "Kept as \"Near us\"");
	/* Another view puts its words and order away with it. */
	pty_type(pty, "v6");
	assert_shows(pty, "Clients > All clients");
	assert_shows(pty, "Port Selby");
	assert_not_shows(pty, "sorted by");
	pty_type(pty, "v");
	assert_shows(pty, "7 Near us yours");
	pty_type(pty, "7");
	assert_shows(pty, "Clients > Near us");
	assert_shows(pty, "Find: marl sorted by city");
	assert_not_shows(pty, "Port Selby");
	/* Once the order is another, it is not that view any more. */
	pty_type(pty, "s<Enter>");
	assert_shows(pty, "sorted by city, downward");
	assert_shows(pty, "Clients > All clients");
	leave(pty);
}

static void a_kept_view_is_a_command_and_the_persons_own(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	find_marlow(pty);
	keep_as(pty, "Near us");
	leave(pty);
	pty = open_office("aruiz");
	open_list(pty, "clients: near us");
	assert_shows(pty, "Clients > Near us");
	assert_shows(pty, "C-0007");
	leave(pty);
	run("\"$mso\" --db \"$db\" --as aruiz list client --view 'near US' | grep -q C-0007");
	run("! \"$mso\" --db \"$db\" --as aruiz list client --view 'Near us' | grep -q C-0008");
	run("\"$mso\" --db \"$db\" --as aruiz export client --view 'Near us' | grep -q C-0007");
	run("! \"$mso\" --db \"$db\" --as aruiz export client --view 'Near us' | grep -q C-0008");
	run("\"$mso\" --db \"$db\" --as mchen list client --view 'Near us' 2>&1 | "
	    "grep -q 'no view \"Near us\"'");
	run("\"$mso\" --db \"$db\" --as aruiz list client --view nearby 2>&1 | "
	    "grep -q 'mine, all, Near us'");
}

static void the_same_name_is_asked_about(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	find_marlow(pty);
	keep_as(pty, "Near us");
	pty_type(pty, "/ lake<Tab>");
	keep_as(pty, "near us");
	assert_shows(pty, "Replace \"near us\"?");
	assert_shows(pty, "with the words \"marl lake\"");
	/* The harmless answer keeps the old one. */
	pty_type(pty, "<Enter>v7");
	assert_shows(pty, "Find: marl ");
	assert_shows(pty, "1 of 7");
	pty_type(pty, "/ lake<Tab>");
	keep_as(pty, "near us");
	pty_type(pty, "r");
	assert_shows(pty, "Clients > near us");
	pty_type(pty, "v6v7");
	assert_shows(pty, "Find: marl lake");
	leave(pty);
}

static void a_declared_views_name_is_refused(void **state)
{
	struct pty *pty = open_office("rhaas");

	(void)state;
	find_marlow(pty);
	keep_as(pty, "former");
	assert_shows(pty, "Clients have a view \"former\" for everybody");
	pty_type(pty, "<C-u>gone<C-s>");
	assert_shows(pty, "Clients > gone");
	leave(pty);
}

static void a_view_of_ones_own_is_dropped(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	find_marlow(pty);
	keep_as(pty, "Near us");
	pty_type(pty, "v9");
	assert_shows(pty, "Drop which of your views?");
	pty_type(pty, "1");
	assert_shows(pty, "Drop \"Near us\"?");
	pty_type(pty, "d");
	assert_shows(pty, "Your view \"Near us\" is dropped.");
	pty_type(pty, "v");
	assert_not_shows(pty, "yours");
	leave(pty);
}

static void nothing_filtered_is_nothing_to_keep(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_list(pty, "clients: all");
	pty_type(pty, "v7");
	assert_shows(pty, "There is nothing to keep yet");
	leave(pty);
}

/* As after a version of the program whose list had another column. */
static void a_view_by_a_field_that_is_gone_says_so(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	find_marlow(pty);
	pty_type(pty, "scity<Enter>");
	keep_as(pty, "Near us");
	leave(pty);
	run("sqlite3 \"$db\" \"DROP TRIGGER saved_view_is_own_update; "
	    "UPDATE saved_view SET sort = 'town'\"");
	pty = open_office("aruiz");
	open_list(pty, "clients: near us");
	assert_shows(
		pty, "Your view \"Near us\" is sorted by \"town\", which this list no longer has.");
	leave(pty);
}

/* ---- orders ---- */

static void every_column_sorts_both_ways(void **state)
{
	static const char *const columns[] = {"number", "name", "specialty", "status", "city"};
	struct pty *pty = open_sized("aruiz", 24, 160);
	struct buffer text = {0};

	(void)state;
	open_list(pty, "clients: all");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		pty_type(pty, "s<Home>");
		for (size_t down = 0; down < i; down++)
			pty_type(pty, "<Down>");
		pty_type(pty, "<Enter>");
		buffer_clear(&text);
		buffer_format(&text, "sorted by %s", columns[i]);
		assert_shows(pty, buffer_text(&text));
		pty_type(pty, "s<Enter>");
		buffer_add(&text, ", downward");
		assert_shows(pty, buffer_text(&text));
	}
	buffer_free(&text);
	pty_type(pty, "s<End><Enter>");
	assert_not_shows(pty, "sorted by");
	leave(pty);
}

/* ---- the line of keys ---- */

/* The last row, blanks at its end left out. Caller frees. */
static char *keys_of(struct pty *pty, int rows)
{
	return pty_row(pty, rows - 1);
}

static void assert_ends(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	if (length < tail || strcmp(text + length - tail, end) != 0)
		fail_msg("\"%s\" does not end with \"%s\"", text, end);
}

/* Whatever a row offers, the way out and the way to help stay where they are. */
static void the_way_out_is_always_shown(void **state)
{
	static const struct {
		int rows, columns;
		const char *end;
	} sizes[] = {{24, 80, "Esc Back   ? Help"}, {12, 40, "Esc  ? Help"},
		{43, 132, "Esc Back   ? Help"}};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct pty *pty = open_sized(NULL, sizes[i].rows, sizes[i].columns);

		open_list(pty, "requests: all");
		for (int row = 0; row < 12; row++) {
			char *keys = keys_of(pty, sizes[i].rows);

			assert_ends(keys, sizes[i].end);
			assert_int_equal((int)strlen(keys), sizes[i].columns - 1);
			assert_non_null(strstr(keys, "Enter Open"));
			free(keys);
			pty_type(pty, "<Down>");
		}
		leave(pty);
	}
}

/* Over the limit the next step is the agenda; only then is there a motion to approve it by. */
static void what_only_the_board_may_decide_is_put_to_it_first(void **state)
{
	struct pty *pty;

	(void)state;
	run("\"$mso\" --db \"$db\" --as jnunez new request purpose=Scanner vendor=V-0004 "
	    "needed_by=2026-12-20 tax=exempt freight=included >/dev/null");
	run("\"$mso\" --db \"$db\" --as jnunez new request-line request=PR-2026-0131 "
	    "item=Scanner account=7020 quantity=1 unit_price=1100 >/dev/null");
	run("\"$mso\" --db \"$db\" --as jnunez do request PR-2026-0131 submit >/dev/null");
	pty = open_office("mchen");
	open_list(pty, "requests: for the board");
	assert_shows(pty, "> PR-2026-0131");
	assert_shows(pty, "Enter Open ^B To the Board");
	assert_not_shows(pty, "Approved by Board");
	pty_type(pty, "m");
	assert_shows(pty, "\"Approved by Board\" is not possible for PR-2026-0131 now");
	pty_type(pty, "<C-b>");
	assert_shows(pty, "PR-2026-0131 is on the Board's agenda of 15 Dec");
	assert_shows(pty, "m Approved by Board");
	leave(pty);
}

/* Keys that work on any row do not move when the row offers other actions. */
static void steady_keys_keep_their_places(void **state)
{
	struct pty *pty = open_office("aruiz");
	char *before, *after;

	(void)state;
	open_list(pty, "clients: all");
	before = keys_of(pty, 24);
	press_until(pty, "<Down>", "o Prospect again");
	after = keys_of(pty, 24);
	assert_string_not_equal(before, after);
	assert_int_equal(strstr(before, "/ Find") - before, strstr(after, "/ Find") - after);
	free(before);
	free(after);
	leave(pty);
}

/* ---- finding anything ---- */

static void finding_nothing_says_what_to_do(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	pty_type(pty, "/");
	assert_shows(pty, "Type a name, a number or words");
	pty_type(pty, "zzzz");
	assert_shows(pty, "Nothing has these words. Each must begin a word of a record");
	leave(pty);
}

static void anything_is_found_by_a_part_of_its_words(void **state)
{
	static const struct {
		const char *typed, *shown;
	} finds[] = {
		{"clinica pena", "Clínica Familiar Peña"},
		{"CLÍNICA", "Clínica Familiar Peña"},
		{"田中", "C-0012"},
		{"\"the", "Reyes Cardiology, \"The"},
		{"lakes fam", "C-0007"},
		{"c-0007", "Lakeside Family Medicine"},
		{"pr-2026-0128", "Toner for the front desk"},
		{"toner", "PR-2026-0128"},
		{"women's", "Cedar Hollow Women's"},
	};
	struct pty *pty = open_office("aruiz");

	(void)state;
	pty_type(pty, "/");
	for (size_t i = 0; i < sizeof finds / sizeof *finds; i++) {
		pty_type(pty, "<C-u>");
		pty_type(pty, finds[i].typed);
		assert_shows(pty, finds[i].shown);
	}
	leave(pty);
}

/* ---- counting ---- */

static void so_many_hits_that_counting_would_wait_are_more(void **state)
{
	struct pty *pty;

	(void)state;
	run("{ echo name,kind,specialty,status,city; for i in $(seq 1 10001); do "
	    "echo \"Practice $i\",PC,Pediatrics,active,Marlow; done; } >\"$dir/clients.csv\"");
	run("\"$mso\" --db \"$db\" import client \"$dir/clients.csv\" >/dev/null");
	pty = open_office("aruiz");
	open_list(pty, "clients: all");
	assert_shows(pty, "1 of 10,015");
	pty_type(pty, "/practice<Tab>");
	assert_shows(pty, "1 of more than 10,000");
	pty_type(pty, "<End>");
	assert_shows(pty, "more than 10,000");
	assert_not_shows(pty, "of more than");
	/* The numbers have a figure more by now. */
	assert_shows(pty, " C-10013 ");
	pty_type(pty, "<Home>/ 1<Tab>");
	assert_not_shows(pty, "more than");
	leave(pty);
}

/* A form that can never be saved is not begun. */
static void what_comes_with_the_program_is_never_new(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "policies");
	assert_shows(pty, "approval-limit");
	assert_shows(pty, "c Change by motion");
	assert_not_shows(pty, "n New");
	pty_type(pty, "n");
	assert_shows(pty, "The list of policies comes with the program");
	pty_type(pty, "<C-p>new policy");
	assert_shows(pty, "No command here is called that");
	pty_type(pty, "<Esc>");
	leave(pty);
}

int main(void)
{
#define LIST_TEST(name) cmocka_unit_test_setup(name, office_copy)
	const struct CMUnitTest tests[] = {
		LIST_TEST(a_filter_is_kept_and_shown_again),
		LIST_TEST(a_kept_view_is_a_command_and_the_persons_own),
		LIST_TEST(the_same_name_is_asked_about),
		LIST_TEST(a_declared_views_name_is_refused),
		LIST_TEST(a_view_of_ones_own_is_dropped),
		LIST_TEST(nothing_filtered_is_nothing_to_keep),
		LIST_TEST(a_view_by_a_field_that_is_gone_says_so),
		LIST_TEST(every_column_sorts_both_ways),
		LIST_TEST(the_way_out_is_always_shown),
		LIST_TEST(what_only_the_board_may_decide_is_put_to_it_first),
		LIST_TEST(steady_keys_keep_their_places),
		LIST_TEST(finding_nothing_says_what_to_do),
		LIST_TEST(anything_is_found_by_a_part_of_its_words),
		LIST_TEST(what_comes_with_the_program_is_never_new),
		LIST_TEST(so_many_hits_that_counting_would_wait_are_more),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
