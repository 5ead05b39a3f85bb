/*
 * tui_grid.c - a grid: which columns and rows are in sight, typing into cells, what the page is
 * asked. GPL-3.0-or-later.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/money.h"
#include "fake_screen.h"
#include "tui/grid.h"

enum { ROWS = 8, MONTHS = 6, YEAR = MONTHS + 1, COLUMNS = MONTHS + 2 };

static const struct grid_column columns[COLUMNS] = {
	{.heading = "Account", .width = 14, .words = true},
	{.heading = "Jan", .width = 7},
	{.heading = "Feb", .width = 7},
	{.heading = "Mar", .width = 7},
	{.heading = "Apr", .width = 7},
	{.heading = "May", .width = 7},
	{.heading = "Jun", .width = 7},
	{.heading = "Year", .width = 9},
};

static const char *const accounts[ROWS] = {"6010 Payroll", "6120 Supplies", "6200 Rent",
	"6310 Equipment", "6400 Travel", "6500 IT", "6600 Insurance", "6700 Other"};

static struct {
	int64_t cents[ROWS][MONTHS];
	int commits;
} budget;

static int64_t year(int row)
{
	int64_t sum = 0;

	for (int month = 0; month < MONTHS; month++)
		sum += budget.cents[row][month];
	return sum;
}

static int64_t value(int row, int column)
{
	int64_t sum = 0;

	if (row != GRID_TOTAL)
		return column == YEAR ? year(row) : budget.cents[row][column - 1];
	for (int i = 0; i < ROWS; i++)
		sum += value(i, column);
	return sum;
}

static void cell(void *context, int row, int column, char out[GRID_CELL])
{
	(void)context;
	if (column == 0)
		strcpy(out, row == GRID_TOTAL ? "Total" : accounts[row]);
	else
		snprintf(out, GRID_CELL, "%lld", (long long)(value(row, column) / 100));
}

static bool editable(void *context, int row, int column)
{
	(void)context;
	return column != YEAR && row != 2;
}

static bool commit(void *context, int row, int column, const char *text, struct error *err)
{
	(void)context;
	budget.commits++;
	return money_parse(text, &budget.cents[row][column - 1], err);
}

static const struct grid_calls calls = {.cell = cell, .editable = editable, .commit = commit};

static struct grid *new_grid(void)
{
	struct grid *grid = grid_new(columns, COLUMNS, 1, 1, true, &calls);

	budget.commits = 0;
	for (int row = 0; row < ROWS; row++)
		for (int month = 0; month < MONTHS; month++)
			budget.cents[row][month] = (row + 1) * 10000 + month * 100 + 40;
	grid_rows_set(grid, ROWS);
	return grid;
}

static bool press(struct grid *grid, int key)
{
	struct event event = fake_key(key);

	return grid_key(grid, &event);
}

static bool command(struct grid *grid, enum command wanted)
{
	struct event event = fake_command(wanted);

	return grid_key(grid, &event);
}

static bool type(struct grid *grid, const char *text)
{
	bool handled = true;

	for (; *text != '\0'; text++) {
		struct event event = fake_char((unsigned char)*text);

		handled = grid_key(grid, &event);
	}
	return handled;
}

static const char *shown(struct grid *grid, int rows, int wide)
{
	struct area *area = fake_start(rows, wide);

	grid_draw(grid, area, 0, 0, rows, wide);
	return fake_picture();
}

/* ---- what is in sight ---- */

static void all_columns_stand_at_home_size(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	grid_focus(grid, 1, 2);
	assert_string_equal(shown(grid, 12, 80),
		"   Account            Jan     Feb     Mar     Apr     May     Jun      Year\n"
		"   6010 Payroll       100     101     102     103     104     105       617\n"
		" > 6120 Supplies      200[    201]    202     203     204     205      1217\n"
		"   6200 Rent          300     301     302     303     304     305      1817\n"
		"   6310 Equipment     400     401     402     403     404     405      2417\n"
		"   6400 Travel        500     501     502     503     504     505      3017\n"
		"   6500 IT            600     601     602     603     604     605      3617\n"
		"   6600 Insurance     700     701     702     703     704     705      4217\n"
		"   6700 Other         800     801     802     803     804     805      4817\n"
		"   Total             3603    3611    3619    3627    3635    3643     21739\n");
	assert_int_equal(fake.cursor_row, 2);
	assert_int_equal(fake.cursor_column, 30); /* on the first figure */
	assert_int_equal(fake.cells[2][3].role, ROLE_FOCUS);
	assert_int_equal(fake.cells[2][22].role, ROLE_PLAIN);
	grid_free(grid);
}

static void narrow_screens_scroll_the_months_between_the_frozen_sides(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	assert_string_equal(shown(grid, 5, 40), "  Account            Jan>     Year\n"
						"> 6010 Payroll  [    100]      617\n"
						"  6120 Supplies      200      1217\n"
						"v 6200 Rent          300      1817\n"
						"  Total             3603     21739\n");
	press(grid, PRESS_RIGHT);
	press(grid, PRESS_RIGHT);
	shown(grid, 5, 40);
	assert_string_equal(fake_row(0), "  Account       <    Mar>     Year");
	press(grid, PRESS_END);
	shown(grid, 5, 40);
	assert_string_equal(fake_row(1), "> 6010 Payroll       102       617");
	press(grid, PRESS_LEFT);
	shown(grid, 5, 40);
	assert_string_equal(fake_row(0), "  Account       <    Jun      Year");
	shown(grid, 5, 80); /* wider again: no room is wasted */
	assert_memory_equal(fake_row(0), "   Account            Jan     Feb", 33);
	press(grid, PRESS_HOME);
	assert_int_equal(grid_focus_column(grid), 1);
	grid_free(grid);
}

static void tiny_screens_keep_the_focused_cell(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	grid_focus(grid, 5, YEAR);
	assert_string_equal(shown(grid, 2, 22), "^ Account  <     Year\n> 6500 IT        3617\n");
	for (int wide = 1; wide < 100; wide++) {
		for (int rows = 1; rows < 14; rows++) {
			grid_focus(grid, rows % ROWS, 1 + wide % (COLUMNS - 1));
			shown(grid, rows, wide);
			if (wide < 21)
				continue;
			assert_in_range(fake.cursor_row, 0, rows - 1);
			assert_in_range(fake.cursor_column, 0, wide - 1);
		}
	}
	grid_free(grid);
}

static void rows_scroll_and_keep_heading_and_total(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	shown(grid, 5, 80);
	assert_true(press(grid, PRESS_PAGE_DOWN));
	assert_true(press(grid, PRESS_PAGE_DOWN));
	shown(grid, 5, 80);
	assert_int_equal(grid_focus_row(grid), 6);
	assert_string_equal(fake_row(0),
		" ^ Account            Jan     Feb     Mar     Apr     May     Jun      Year");
	assert_memory_equal(fake_row(3), " > 6600 Insurance[", 18);
	assert_memory_equal(fake_row(4), "   Total ", 9);
	assert_true(press(grid, PRESS_DOWN));
	assert_false(press(grid, PRESS_DOWN)); /* the page's now */
	grid_rows_set(grid, 3);
	assert_int_equal(grid_focus_row(grid), 2);
	grid_free(grid);
}

static void empty_grid_is_drawn_and_hands_keys_on(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	grid_rows_set(grid, 0);
	shown(grid, 5, 80);
	assert_int_equal(fake.cursor_row, 0);
	assert_false(press(grid, PRESS_DOWN));
	assert_false(press(grid, PRESS_ENTER));
	assert_false(type(grid, "5"));
	grid_free(grid);
	grid_free(NULL);
}

static void inactive_grid_shows_no_mark_and_no_cursor(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	grid_active_set(grid, false);
	shown(grid, 5, 80);
	assert_memory_equal(fake_row(1), "   6010 Payroll       100 ", 26);
	assert_int_equal(fake.cursor_row, -1);
	grid_free(grid);
}

/* ---- typing ---- */

static void typing_replaces_the_cell_and_enter_goes_down(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	assert_true(type(grid, "1250.5"));
	assert_true(grid_editing(grid));
	shown(grid, 5, 80);
	assert_memory_equal(fake_row(1), " > 6010 Payroll  [ 1250.5]    101", 33);
	assert_int_equal(fake.cursor_column, 25);
	assert_int_equal(budget.commits, 0);
	assert_true(press(grid, PRESS_ENTER));
	assert_int_equal(budget.cents[0][0], 125050);
	assert_int_equal(grid_focus_row(grid), 1);
	assert_false(grid_editing(grid));
	grid_free(grid);
}

static void tab_accepts_and_goes_right(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	type(grid, "7");
	press(grid, PRESS_TAB);
	type(grid, "8");
	press(grid, PRESS_BACKTAB);
	assert_int_equal(budget.cents[0][0], 700);
	assert_int_equal(budget.cents[0][1], 800);
	assert_int_equal(grid_focus_column(grid), 1);
	grid_free(grid);
}

static void enter_edits_the_text_as_it_is_and_untouched_is_not_handed_over(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	press(grid, PRESS_ENTER);
	assert_true(grid_editing(grid));
	press(grid, PRESS_ENTER);
	assert_int_equal(budget.commits, 0);
	assert_int_equal(budget.cents[0][0], 10040); /* the cents that are not shown are kept */
	press(grid, PRESS_ENTER);
	press(grid, PRESS_BACKSPACE);
	type(grid, "9");
	press(grid, PRESS_ENTER);
	assert_int_equal(budget.cents[1][0], 20900);
	grid_free(grid);
}

static void escape_takes_back_the_cell_only(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	type(grid, "999");
	assert_true(command(grid, COMMAND_LEAVE));
	assert_false(grid_editing(grid));
	assert_int_equal(budget.commits, 0);
	assert_false(command(grid, COMMAND_LEAVE)); /* the page's now */
	grid_free(grid);
}

static void refused_cell_keeps_the_person_and_says_why(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	type(grid, "12,34");
	assert_true(press(grid, PRESS_ENTER));
	assert_true(grid_editing(grid));
	assert_int_equal(grid_focus_row(grid), 0);
	assert_string_not_equal(grid_message(grid), "");
	assert_true(command(grid, COMMAND_SAVE)); /* held back */
	assert_false(grid_settle(grid));
	press(grid, PRESS_BACKSPACE);
	assert_string_equal(grid_message(grid), "");
	press(grid, KEY_CTRL('u'));
	type(grid, "12");
	assert_false(command(grid, COMMAND_SAVE)); /* accepted, and the page saves */
	assert_int_equal(budget.cents[0][0], 1200);
	assert_true(grid_settle(grid));
	grid_free(grid);
}

static void cells_that_cannot_be_edited_leave_letters_to_the_page(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	grid_focus(grid, 2, 1);
	assert_false(type(grid, "5"));
	assert_false(press(grid, PRESS_ENTER));
	assert_false(command(grid, COMMAND_COPY));
	grid_focus(grid, 0, YEAR);
	assert_false(type(grid, "5"));
	assert_false(grid_editing(grid));
	grid_free(grid);
}

static void copies_the_cell_above(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	assert_true(command(grid, COMMAND_COPY));
	assert_string_equal(grid_message(grid), "There is no cell above this one to copy.");
	assert_false(grid_editing(grid));
	press(grid, PRESS_DOWN);
	assert_true(command(grid, COMMAND_COPY));
	assert_int_equal(budget.cents[1][0], 10000);
	assert_false(grid_editing(grid));
	grid_free(grid);
}

static void undo_in_a_cell_stays_in_the_cell(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	type(grid, "5");
	assert_true(command(grid, COMMAND_UNDO));
	assert_true(command(grid, COMMAND_UNDO));
	assert_true(grid_editing(grid));
	command(grid, COMMAND_LEAVE);
	assert_false(command(grid, COMMAND_UNDO));
	grid_free(grid);
}

static void refused_characters_start_nothing(void **state)
{
	struct grid *grid = new_grid();
	struct event event = fake_char(0x202e);

	(void)state;
	assert_true(grid_key(grid, &event));
	assert_false(grid_editing(grid));
	assert_string_equal(grid_message(grid), "This character cannot be part of a text.");
	grid_free(grid);
}

static void long_texts_scroll_in_their_cell(void **state)
{
	struct grid *grid = new_grid();

	(void)state;
	type(grid, "1,234,567.89");
	shown(grid, 5, 80);
	assert_memory_equal(fake_row(1), " > 6010 Payroll  <67.89  ]", 26);
	grid_free(grid);
}

/* ---- random keys and sizes ---- */

static uint64_t random_state;

static unsigned dice(unsigned sides)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)(random_state >> 20) % sides;
}

static void random_keys_keep_the_focus_in_sight(void **state)
{
	static const int keys[] = {PRESS_LEFT, PRESS_RIGHT, PRESS_UP, PRESS_DOWN, PRESS_HOME,
		PRESS_END, PRESS_PAGE_UP, PRESS_PAGE_DOWN, PRESS_ENTER, PRESS_TAB, PRESS_BACKTAB,
		PRESS_BACKSPACE, PRESS_DELETE, KEY_CTRL('k')};
	static const enum command commands[] = {
		COMMAND_UNDO, COMMAND_COPY, COMMAND_SAVE, COMMAND_LEAVE};
	static const uint32_t letters[] = {'1', '2', '.', '-', 'x', 0x301, 0x65e5};
	const char *wanted = getenv("SEED");
	uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : (uint64_t)time(NULL);
	struct grid *grid = new_grid();

	(void)state;
	print_message("SEED=%llu\n", (unsigned long long)seed);
	random_state = seed * 2654435761u + 88172645463325252u;
	for (int i = 0; i < 40000; i++) {
		struct event event = fake_char(letters[dice(sizeof letters / sizeof letters[0])]);
		int rows = 1 + (int)dice(14);
		int wide = 21 + (int)dice(100);

		if (dice(2) != 0)
			event = fake_key(keys[dice(sizeof keys / sizeof keys[0])]);
		else if (dice(5) == 0)
			event = fake_command(commands[dice(sizeof commands / sizeof commands[0])]);
		else if (dice(20) == 0)
			event = fake_paste("1,000\t2,000\n");
		grid_key(grid, &event);
		if (dice(200) == 0)
			grid_rows_set(grid, (int)dice(ROWS + 1));
		shown(grid, rows, wide);
		assert_in_range(fake.cursor_row, 0, rows - 1);
		assert_in_range(fake.cursor_column, 0, wide - 1);
	}
	grid_free(grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_columns_stand_at_home_size),
		cmocka_unit_test(narrow_screens_scroll_the_months_between_the_frozen_sides),
		cmocka_unit_test(tiny_screens_keep_the_focused_cell),
		cmocka_unit_test(rows_scroll_and_keep_heading_and_total),
		cmocka_unit_test(empty_grid_is_drawn_and_hands_keys_on),
		cmocka_unit_test(inactive_grid_shows_no_mark_and_no_cursor),
		cmocka_unit_test(typing_replaces_the_cell_and_enter_goes_down),
		cmocka_unit_test(tab_accepts_and_goes_right),
		cmocka_unit_test(enter_edits_the_text_as_it_is_and_untouched_is_not_handed_over),
		cmocka_unit_test(escape_takes_back_the_cell_only),
		cmocka_unit_test(refused_cell_keeps_the_person_and_says_why),
		cmocka_unit_test(cells_that_cannot_be_edited_leave_letters_to_the_page),
		cmocka_unit_test(copies_the_cell_above),
		cmocka_unit_test(undo_in_a_cell_stays_in_the_cell),
		cmocka_unit_test(refused_characters_start_nothing),
		cmocka_unit_test(long_texts_scroll_in_their_cell),
		cmocka_unit_test(random_keys_keep_the_focus_in_sight),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
