/*
 * test_line.c - what happens to the office when the line does: it breaks while one types, the
 * window becomes too small, the terminal is a strange one, keys come faster than pages; and how
 * few bytes a key may cost. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/buffer.h"
#include "office.h"

enum {
	HANG_UP = 0,    /* instead of a signal: the line goes down */
	AT_ONCE = 1000, /* milliseconds in which the program has to be gone */
	KEYS = 200,
	PRESSES = 21,
	LETTER_BYTES = 40,
	DOWN_BYTES = 160,
	DOWN_BYTES_EVER = 210, /* when a row scrolls in, and other actions come with it */
	PAGE_BYTES = 1600,
};

/* ---- as people do it ---- */

static void edit_name(struct pty *pty)
{
	open_record(pty, "clients: all", "C-0007");
	pty_type(pty, "<Enter> and more");
	assert_shows(pty, "Lakeside Family Medicine, PLLC and more");
	assert_shows(pty, "^S Save");
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Ends the program from outside; it has to go at once and leave the file in order. */
static void end(struct pty *pty, int signal)
{
	long started = milliseconds();

	if (signal == HANG_UP)
		pty_hang_up(pty);
	else
		pty_signal(pty, signal);
	assert_int_not_equal(pty_exit_status(pty), PTY_GONE);
	assert_in_range(milliseconds() - started, 0, AT_ONCE);
	if (signal != HANG_UP)
		assert_false(pty_alternate(pty));
	pty_free(pty);
	run("test \"$(sqlite3 \"$db\" 'PRAGMA integrity_check')\" = ok");
	run("test -z \"$(sqlite3 \"$db\" 'PRAGMA foreign_key_check')\"");
	/* Nobody holds it any more: another one may write. */
	run("sqlite3 \"$db\" 'BEGIN EXCLUSIVE; ROLLBACK'");
	run("\"$mso\" --db \"$db\" show client C-0007 | grep -q 'Medicine, PLLC$'");
}

/* ---- the line breaks ---- */

static void a_hang_up_in_a_form_ends_it_at_once(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	edit_name(pty);
	end(pty, HANG_UP);
}

static void a_hang_up_in_a_list_ends_it_at_once(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_list(pty, "requests: all");
	pty_type(pty, "<Down><Down>");
	end(pty, HANG_UP);
}

static void sigterm_in_a_form_ends_it_at_once(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	edit_name(pty);
	end(pty, SIGTERM);
}

static void sigterm_in_a_list_ends_it_at_once(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_list(pty, "requests: all");
	end(pty, SIGTERM);
}

static void sigterm_in_a_dialog_ends_it_at_once(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "requests: to decide");
	pty_type(pty, "a");
	assert_shows(pty, "> n Not now");
	end(pty, SIGTERM);
}

/* ---- the window changes ---- */

static void too_small_a_window_keeps_what_was_typed(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	edit_name(pty);
	pty_resize(pty, 2, 10);
	assert_not_shows(pty, "Lakeside");
	pty_resize(pty, 24, 80);
	assert_shows(pty, "Lakeside Family Medicine, PLLC and more");
	/* It is a form still, with the cursor where it was. */
	pty_type(pty, ", then");
	assert_shows(pty, "PLLC and more, then");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved.");
	leave(pty);
	run("\"$mso\" --db \"$db\" show client C-0007 | grep -q 'PLLC and more, then'");
}

/* ---- the terminal is a strange one ---- */

static void a_dumb_terminal_is_told_about_the_commands(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.term = "dumb"});

	(void)state;
	assert_int_equal(pty_exit_status(pty), 1);
	assert_shows(pty, "The terminal dumb cannot place its cursor, so there is no full screen.");
	assert_shows(pty, "The commands work here; see --help.");
	pty_free(pty);
}

static void an_unknown_terminal_works_as_a_plain_one(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.term = "unknown-thing"});

	(void)state;
	assert_shows(pty, "NEEDS YOU");
	open_record(pty, "clients: all", "C-0007");
	assert_shows(pty, "(555) 010-2233");
	leave(pty);
}

/* ---- keys come faster than pages ---- */

static void letters_typed_ahead_all_arrive(void **state)
{
	struct pty *pty = open_office("aruiz");
	char letters[KEYS + 1] = "";

	(void)state;
	for (int i = 0; i < KEYS; i++)
		letters[i] = (char)('a' + i % 26);
	open_record(pty, "clients: all", "C-0007");
	pty_type(pty, "<Enter>");
	fill(pty, "Notes", letters);
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved.");
	leave(pty);
	setenv("letters", letters, 1);
	run("\"$mso\" --db \"$db\" export client | grep -q \"\\\"$letters\\\"\"");
}

/* From Home on, without ever looking: one key lost, and it ends in another field. */
static void a_way_through_pages_may_be_typed_blindly(void **state)
{
	struct pty *pty = open_office("aruiz");
	struct buffer keys = {0};

	(void)state;
	buffer_add(&keys, "<C-p>new vendor<Enter>Midway<C-s>");
	buffer_add(&keys, "<C-p>vendors: all<Enter>/Midway<Enter><Enter><Tab>");
	for (int i = 0; i < KEYS; i++)
		buffer_add(&keys, i % 2 == 0 ? "<Tab>" : "<S-Tab>");
	buffer_add(&keys, "<S-Tab><End> Paper<C-s>");
	pty_type(pty, buffer_text(&keys));
	buffer_free(&keys);
	assert_shows(pty, "Saved.");
	assert_shows(pty, "V-0013 Midway Paper");
	leave(pty);
}

/* ---- what a key costs ---- */

static size_t median_bytes(struct pty *pty, const char *key)
{
	size_t bytes[PRESSES];

	return pty_measure(pty, key, bytes, PRESSES);
}

static void a_letter_in_a_form_costs_little(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_record(pty, "clients: all", "C-0007");
	pty_type(pty, "<Enter><C-u>");
	assert_in_range(median_bytes(pty, "m"), 1, LETTER_BYTES);
	pty_free(pty);
}

/* The list of clients, long enough to scroll. */
static void a_row_and_a_page_of_a_list_cost_little(void **state)
{
	struct pty *pty;

	(void)state;
	run("{ echo name,kind,specialty,status,city; for i in $(seq 1000 1999); do "
	    "echo \"Practice $i\",PC,Pediatrics,active,Marlow; done; } >\"$dir/clients.csv\"");
	run("\"$mso\" --db \"$db\" import client \"$dir/clients.csv\" >/dev/null");
	pty = open_office("aruiz");
	open_list(pty, "clients: all");
	assert_shows(pty, "of 1,014");
	assert_in_range(median_bytes(pty, "<Down>"), 1, DOWN_BYTES);
	assert_in_range(median_bytes(pty, "<PageDown>"), 1, PAGE_BYTES);
	leave(pty);
}

/* Rows of these lists offer other actions one after the other, which the line of keys shows. */
static void a_row_costs_little_where_each_offers_other_actions(void **state)
{
	static const char *const lists[] = {"requests: all", "meetings: all", "clients: all",
		"staff: all", "vendors: all", "motions: all"};
	struct pty *pty = open_office(NULL);
	size_t bytes[PRESSES];

	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		open_list(pty, lists[i]);
		assert_in_range(pty_measure(pty, "<Down>", bytes, PRESSES), 0, DOWN_BYTES);
		assert_in_range(bytes[PRESSES - 1], 1, DOWN_BYTES_EVER);
	}
	leave(pty);
}

int main(void)
{
#define LINE_TEST(name) cmocka_unit_test_setup(name, office_copy)
	const struct CMUnitTest tests[] = {
		LINE_TEST(a_hang_up_in_a_form_ends_it_at_once),
		LINE_TEST(a_hang_up_in_a_list_ends_it_at_once),
		LINE_TEST(sigterm_in_a_form_ends_it_at_once),
		LINE_TEST(sigterm_in_a_list_ends_it_at_once),
		LINE_TEST(sigterm_in_a_dialog_ends_it_at_once),
		LINE_TEST(too_small_a_window_keeps_what_was_typed),
		LINE_TEST(a_dumb_terminal_is_told_about_the_commands),
		LINE_TEST(an_unknown_terminal_works_as_a_plain_one),
		LINE_TEST(letters_typed_ahead_all_arrive),
		LINE_TEST(a_way_through_pages_may_be_typed_blindly),
		LINE_TEST(a_letter_in_a_form_costs_little),
		LINE_TEST(a_row_and_a_page_of_a_list_cost_little),
		LINE_TEST(a_row_costs_little_where_each_offers_other_actions),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
