/*
 * test_widgets.c - lists, menus, dialogs and pages as a person sees them: the program widgets on
 * a terminal of its own. GPL-3.0-or-later.
 */
#include "widgets.h"

#include <poll.h>

#include "core/buffer.h"

/* ---- budgets ---- */

enum { PRESSES = 100 };

/* The median of the bytes that a key costs. */
static size_t median_bytes(struct pty *pty, const char *key)
{
	size_t bytes[PRESSES];

	return pty_measure(pty, key, bytes, PRESSES);
}

static void down_costs_at_most_160_bytes(void **state)
{
	struct pty *pty = start();

	(void)state;
	assert_in_range(median_bytes(pty, "<Down>"), 1, 160);
	assert_in_range(median_bytes(pty, "<Up>"), 1, 160);
	leave(pty);
}

static void a_page_costs_at_most_1600_bytes(void **state)
{
	struct pty *pty = start();

	(void)state;
	assert_in_range(median_bytes(pty, "<PageDown>"), 1, 1600);
	assert_in_range(median_bytes(pty, "<PageUp>"), 1, 1600);
	leave(pty);
}

static void memory_does_not_depend_on_the_number_of_rows(void **state)
{
	struct pty *few = start_sized(24, 80, "1000");
	struct pty *many = start();

	(void)state;
	pty_type(few, "<PageDown><PageDown><End><PageUp>");
	pty_type(many, "<PageDown><PageDown><End><PageUp>");
	assert_true(pty_memory(many) < pty_memory(few) + 512);
	leave(few);
	leave(many);
}

static void an_idle_program_does_not_wake_up(void **state)
{
	struct pty *pty = start();
	long sleeps = pty_sleeps(pty);

	(void)state;
	/* The one place where time must pass. */
	poll(NULL, 0, 1000);
	assert_int_equal(pty_sleeps(pty), sleeps);
	leave(pty);
}

/* ---- list ---- */

static void a_list_looks_as_drawn(void **state)
{
	struct pty *pty = start();

	(void)state;
	assert_true(pty_golden(pty, GOLDEN("list-80x24")));
	pty_resize(pty, 12, 40);
	assert_true(pty_golden(pty, GOLDEN("list-40x12")));
	pty_resize(pty, 43, 132);
	assert_true(pty_golden(pty, GOLDEN("list-132x43")));
	leave(pty);
}

static void focus_is_mark_bold_key_and_cursor(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "<Down>");
	assert_cursor(pty, 3, 1);
	assert_true(pty_attributes(pty, 3, 1) & PTY_BOLD);
	assert_true(pty_attributes(pty, 3, 3) & PTY_BOLD);
	assert_false(pty_attributes(pty, 3, 14) & PTY_BOLD);
	assert_false(pty_attributes(pty, 2, 3) & PTY_BOLD);
	leave(pty);
}

static void a_list_stops_at_both_ends(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "<Up><PageUp>");
	assert_shows(pty, " 1 of 1,000,000");
	pty_type(pty, "<End>");
	assert_shows(pty, "> C-1000000");
	assert_shows(pty, "1,000,000 of 1,000,000");
	pty_type(pty, "<Down><PageDown>");
	assert_shows(pty, "> C-1000000");
	assert_cursor(pty, 20, 1);
	pty_type(pty, "<PageUp>");
	assert_shows(pty, "> C-0999981");
	pty_type(pty, "<PageDown>");
	assert_shows(pty, "> C-1000000");
	pty_type(pty, "<Home>");
	assert_shows(pty, "> C-0000001");
	leave(pty);
}

static void the_last_page_is_full(void **state)
{
	struct pty *pty = start_sized(24, 80, "30");

	(void)state;
	pty_type(pty, "<PageDown><PageDown>");
	assert_shows(pty, "> C-0000030");
	assert_shows(pty, "  C-0000012");
	assert_cursor(pty, 20, 1);
	pty_type(pty, "<PageUp><PageUp>");
	assert_shows(pty, "> C-0000001");
	assert_cursor(pty, 2, 1);
	leave(pty);
}

static void typing_ahead_loses_nothing(void **state)
{
	struct pty *pty = start();
	struct buffer keys = {0};

	(void)state;
	for (int i = 0; i < 500; i++)
		buffer_add(&keys, "<Down>");
	pty_type(pty, buffer_text(&keys));
	assert_true(pty_wait(pty, "501 of 1,000,000"));
	buffer_free(&keys);
	leave(pty);
}

static void a_refreshed_list_keeps_its_place(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "<PageDown><Down><Down>");
	assert_shows(pty, "> C-0000022");
	pty_type(pty, "<F5>");
	assert_shows(pty, "> C-0000022");
	assert_cursor(pty, 4, 1);
	pty_type(pty, "x");
	assert_shows(pty, "> C-0000023");
	assert_shows(pty, "22 of 999,999");
	assert_cursor(pty, 4, 1);
	leave(pty);
}

static void taking_the_last_row_away_focuses_the_one_before(void **state)
{
	struct pty *pty = start_sized(24, 80, "2");

	(void)state;
	pty_type(pty, "<End>x");
	assert_shows(pty, "> C-0000001");
	assert_shows(pty, "1 of 1");
	pty_type(pty, "x");
	assert_shows(pty, "No clients yet. n writes the first.");
	pty_type(pty, "<Down><Up><PageDown><End><F5>");
	assert_shows(pty, "No clients yet. n writes the first.");
	leave(pty);
}

static void a_list_goes_to_a_row(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "g");
	assert_shows(pty, "> C-0500000");
	assert_shows(pty, "500,000 of 1,000,000");
	pty_type(pty, "<Up>");
	assert_shows(pty, "> C-0499999");
	leave(pty);
}

static void columns_go_by_priority(void **state)
{
	struct pty *pty = start_sized(24, 44, "10");

	(void)state;
	assert_true(pty_shows(pty, "Fees"));
	assert_false(pty_shows(pty, "City"));
	pty_resize(pty, 24, 36);
	assert_false(pty_shows(pty, "Fees"));
	assert_true(pty_shows(pty, "Name"));
	leave(pty);
}

/* ---- resize ---- */

static void a_screen_too_small_recovers(void **state)
{
	static const int sizes[][2] = {{2, 10}, {1, 1}, {3, 200}, {60, 3}, {5, 20}, {1, 80}};
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "<Down><Down>");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		assert_true(pty_resize(pty, sizes[i][0], sizes[i][1]));
		assert_true(pty_type(pty, "z"));
	}
	pty_resize(pty, 2, 40);
	assert_shows(pty, "Too small: 40 by 12 at least is needed.");
	pty_resize(pty, 24, 80);
	assert_shows(pty, "> C-0000003");
	assert_shows(pty, "Enter Open");
	leave(pty);
}

static void overlays_survive_a_resize(void **state)
{
	static const char *const open[] = {"m", "d", "l", "<C-p>budg"};
	static const char *const seen[] = {
		"> 1 Approve", "> b Back to the form", "> o OK", "> Budget: amend"};
	struct pty *pty = start();

	(void)state;
	for (int i = 0; i < 4; i++) {
		pty_type(pty, open[i]);
		assert_true(pty_resize(pty, 2, 10));
		assert_true(pty_resize(pty, 12, 40));
		assert_shows(pty, seen[i]);
		assert_true(pty_resize(pty, 50, 140));
		assert_true(pty_resize(pty, 24, 80));
		assert_shows(pty, seen[i]);
		pty_type(pty, "<Esc>");
		assert_false(pty_shows(pty, seen[i]));
	}
	leave(pty);
}

static void a_resize_repaints_all(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_resize(pty, 30, 100);
	pty_resize(pty, 24, 80);
	assert_true(pty_golden(pty, GOLDEN("list-80x24")));
	leave(pty);
}

/* ---- overlays ---- */

static void a_menu_chooses(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "m");
	assert_true(pty_golden(pty, GOLDEN("menu")));
	pty_type(pty, "<Down><Enter>");
	assert_shows(pty, "Menu: 1");
	pty_type(pty, "m3");
	assert_shows(pty, "Menu: 2");
	pty_type(pty, "mc<Enter>");
	assert_shows(pty, "Menu: 5");
	pty_type(pty, "m<Up><Enter>");
	assert_shows(pty, "Menu: 5");
	pty_type(pty, "m<End><Home><Enter>");
	assert_shows(pty, "Menu: 0");
	pty_type(pty, "m<Esc>");
	assert_shows(pty, "Menu: -1");
	leave(pty);
}

static void a_pulled_down_menu_moves_along_its_bar(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "b");
	assert_cursor(pty, 2, 6);
	pty_type(pty, "<Left>");
	assert_shows(pty, "Menu: -2");
	pty_type(pty, "b<Right>");
	assert_shows(pty, "Menu: -3");
	leave(pty);
}

static void a_dialog_defaults_to_no_harm(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "d");
	assert_true(pty_golden(pty, GOLDEN("dialog")));
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Answer: 2");
	pty_type(pty, "d<Esc>");
	assert_shows(pty, "Answer: 2");
	pty_type(pty, "dt");
	assert_shows(pty, "Answer: 0");
	pty_type(pty, "dK");
	assert_shows(pty, "Answer: 1");
	pty_type(pty, "d<Tab><Enter>");
	assert_shows(pty, "Answer: 0");
	pty_type(pty, "y<Enter>");
	assert_false(pty_shows(pty, "Confirmed."));
	pty_type(pty, "yc");
	assert_shows(pty, "Confirmed.");
	leave(pty);
}

static void a_long_dialog_scrolls(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "l");
	assert_false(pty_shows(pty, "Line 30 "));
	for (int i = 0; i < 20; i++)
		pty_type(pty, "<PageDown>");
	assert_shows(pty, "Line 60 ");
	pty_type(pty, "<Enter>");
	assert_false(pty_shows(pty, "Line"));
	leave(pty);
}

static void leaving_with_changes_asks(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "u<Esc>");
	assert_shows(pty, "Not saved");
	pty_type(pty, "<Enter>");
	assert_false(pty_shows(pty, "Not saved"));
	pty_type(pty, "<C-x>d");
	assert_int_equal(pty_exit_status(pty), 0);
	pty_free(pty);
}

static void a_picker_narrows_down(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "<C-p>");
	assert_shows(pty, "Staff: holidays");
	pty_type(pty, "budg am");
	assert_true(pty_golden(pty, GOLDEN("picker")));
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Picked 0 value");
	pty_type(pty, "<C-p>budq<Backspace>g<Down><Enter>");
	assert_shows(pty, "Picked 1 value");
	pty_type(pty, "<C-p>ü<Enter>");
	assert_shows(pty, "Picked 5 value");
	pty_type(pty, "<C-p>xyz");
	assert_shows(pty, "Nothing matches.");
	pty_type(pty, "<C-u>");
	assert_shows(pty, "Staff: holidays");
	pty_type(pty, "hol<Esc>");
	assert_shows(pty, "Nothing picked for 'hol'");
	pty_type(pty, "<C-p>");
	pty_paste(pty, "holi\ndays");
	assert_shows(pty, "holi days");
	pty_type(pty, "<Esc>");
	leave(pty);
}

static void a_message_stays_until_a_key_is_handled(void **state)
{
	struct pty *pty = start();
	unsigned bells;

	(void)state;
	pty_type(pty, "w");
	assert_shows(pty, "up to 1,000.00. Ask");
	assert_shows(pty, "the Board: link a carried motion.");
	assert_int_equal(pty_bells(pty), 1);
	bells = pty_bells(pty);
	pty_type(pty, "z"); /* no key of this page: beeps, changes nothing */
	assert_int_equal(pty_bells(pty), bells + 1);
	assert_shows(pty, "link a carried motion.");
	pty_type(pty, "<Down>");
	assert_false(pty_shows(pty, "carried motion"));
	leave(pty);
}

static void a_page_resumes_when_another_is_left(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "c");
	assert_shows(pty, " Payroll    ■■■■■■■■□□  88 %");
	assert_shows(pty, " Travel     ■■■■■■■■■■ 108 %");
	assert_shows(pty, " IT         ■□□□□□□□□□   0 %");
	assert_shows(pty, " Fees       ▃▃▃▄▄▅▅▅ ▇█");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "Back again.");
	leave(pty);
}

static void the_tick_comes_by_itself(void **state)
{
	const char *const argv[] = {program, "10", "20", NULL};
	struct pty *pty = pty_start(&(struct pty_options){.argv = argv});

	(void)state;
	assert_true(pty_wait(pty, "Tick 3"));
	leave(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(down_costs_at_most_160_bytes),
		cmocka_unit_test(a_page_costs_at_most_1600_bytes),
		cmocka_unit_test(memory_does_not_depend_on_the_number_of_rows),
		cmocka_unit_test(an_idle_program_does_not_wake_up),
		cmocka_unit_test(a_list_looks_as_drawn),
		cmocka_unit_test(focus_is_mark_bold_key_and_cursor),
		cmocka_unit_test(a_list_stops_at_both_ends),
		cmocka_unit_test(the_last_page_is_full),
		cmocka_unit_test(typing_ahead_loses_nothing),
		cmocka_unit_test(a_refreshed_list_keeps_its_place),
		cmocka_unit_test(taking_the_last_row_away_focuses_the_one_before),
		cmocka_unit_test(a_list_goes_to_a_row),
		cmocka_unit_test(columns_go_by_priority),
		cmocka_unit_test(a_screen_too_small_recovers),
		cmocka_unit_test(overlays_survive_a_resize),
		cmocka_unit_test(a_resize_repaints_all),
		cmocka_unit_test(a_menu_chooses),
		cmocka_unit_test(a_pulled_down_menu_moves_along_its_bar),
		cmocka_unit_test(a_dialog_defaults_to_no_harm),
		cmocka_unit_test(a_long_dialog_scrolls),
		cmocka_unit_test(leaving_with_changes_asks),
		cmocka_unit_test(a_picker_narrows_down),
		cmocka_unit_test(a_message_stays_until_a_key_is_handled),
		cmocka_unit_test(a_page_resumes_when_another_is_left),
		cmocka_unit_test(the_tick_comes_by_itself),
	};

	find_program();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
