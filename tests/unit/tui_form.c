/*
 * tui_form.c - a form: focus, typing, undo, and what it tells its page. GPL-3.0-or-later.
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

#include "form_sample.h"

/* ---- errors and notes ---- */

static void refusals_are_said_until_the_next_key(void **state)
{
	static const struct form_field one[] = {{.label = "State", .width = 2, .maximum = 2}};
	struct form *form = form_new(one, 1, NULL);

	(void)state;
	type(form, "CAX");
	shown(form, 6, 60);
	assert_string_equal(fake_row(5), " ! Full: this takes at most 2 characters.");
	press(form, PRESS_LEFT);
	shown(form, 6, 60);
	assert_string_equal(fake_row(5), "");
	form_free(form);
}

/* ---- focus ---- */

static void enter_tab_and_arrows_move_and_stop_at_the_ends(void **state)
{
	struct form *form = new_form();

	(void)state;
	assert_false(press(form, PRESS_UP));
	assert_true(press(form, PRESS_ENTER));
	assert_true(press(form, PRESS_TAB));
	assert_true(press(form, PRESS_DOWN));
	assert_int_equal(form_focus_index(form), SINCE);
	assert_true(press(form, PRESS_DOWN)); /* over the read-only one */
	assert_int_equal(form_focus_index(form), NOTES);
	assert_false(press(form, PRESS_TAB));
	assert_true(press(form, PRESS_BACKTAB));
	assert_int_equal(form_focus_index(form), SINCE);
	form_free(form);
}

static void notes_take_enter_and_let_arrows_out_at_their_edges(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_set_text(form, NOTES, "");
	form_focus(form, NOTES);
	type(form, "a");
	assert_true(press(form, PRESS_ENTER));
	type(form, "b");
	assert_string_equal(form_text(form, NOTES), "a\nb");
	assert_true(press(form, PRESS_UP));
	assert_int_equal(form_focus_index(form), NOTES);
	assert_true(press(form, PRESS_UP));
	assert_int_equal(form_focus_index(form), SINCE);
	form_free(form);
}

static void pages_jump_and_reading_knows_home_and_end(void **state)
{
	struct form *form = new_form();

	(void)state;
	shown(form, 6, 40);
	press(form, PRESS_PAGE_DOWN);
	assert_int_equal(form_focus_index(form), SINCE);
	press(form, PRESS_PAGE_UP);
	assert_int_equal(form_focus_index(form), NAME);
	form_reading_set(form, true);
	assert_true(press(form, PRESS_END));
	assert_int_equal(form_focus_index(form), NOTES);
	assert_true(press(form, PRESS_HOME));
	assert_int_equal(form_focus_index(form), NAME);
	form_free(form);
}

static void reading_leaves_letters_enter_and_paste_to_the_page(void **state)
{
	struct form *form = new_form();
	struct event paste = fake_paste("x");

	(void)state;
	form_reading_set(form, true);
	assert_false(type(form, "e"));
	assert_false(press(form, PRESS_ENTER));
	assert_false(press(form, PRESS_BACKSPACE));
	assert_false(form_key(form, &paste));
	assert_false(command(form, COMMAND_LOOK_UP));
	assert_true(press(form, PRESS_DOWN));
	assert_false(form_dirty(form));
	form_free(form);
}

static void inactive_form_shows_no_mark_and_no_cursor(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_active_set(form, false);
	assert_string_equal(page.log, "leave Name");
	shown(form, 12, 80);
	assert_string_equal(fake.cells[0][0].text, " ");
	assert_int_equal(fake.cursor_row, -1);
	assert_string_equal(fake_row(11), "");
	form_free(form);
}

static void form_without_any_field_to_type_into_hands_all_on(void **state)
{
	static const struct form_field still[] = {
		{.label = "Total", .width = 10, .flags = FORM_READ_ONLY}};
	struct form *form = form_new(still, 1, NULL);
	struct form *none = form_new(still, 0, NULL);

	(void)state;
	assert_false(type(form, "x"));
	assert_false(press(form, PRESS_DOWN));
	assert_false(command(form, COMMAND_UNDO));
	assert_false(press(none, PRESS_DOWN));
	shown(none, 5, 20);
	form_free(form);
	form_free(none);
	form_free(NULL);
}

/* ---- texts, and what the page is told ---- */

static void typing_is_told_and_makes_the_form_dirty(void **state)
{
	struct form *form = new_form();

	(void)state;
	assert_false(form_dirty(form));
	type(form, "x");
	assert_string_equal(page.log, "change Name");
	assert_true(form_dirty(form));
	assert_true(form_changed(form, NAME));
	assert_false(form_changed(form, KIND));
	assert_string_equal(form_stored(form, NAME), "Lakeside Family Medicine");
	press(form, PRESS_BACKSPACE);
	assert_false(form_dirty(form)); /* as it was: nothing to save */
	form_free(form);
}

static void computed_fields_follow_and_do_not_count_as_changes(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_focus(form, SINCE);
	type(form, "1");
	press(form, PRESS_BACKSPACE);
	assert_string_equal(form_text(form, STATUS), "new");
	assert_false(form_dirty(form));
	form_free(form);
}

static void leaving_normalises_and_undo_gives_back_what_was_typed(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_focus(form, SINCE);
	type(form, "t");
	press(form, PRESS_TAB);
	assert_string_equal(form_text(form, SINCE), "2026-11-21");
	shown(form, 12, 80);
	assert_string_equal(fake_row(2), " Client since [2026-11-21] today       Status  active");
	assert_true(command(form, COMMAND_UNDO));
	assert_string_equal(form_text(form, SINCE), "t");
	assert_int_equal(form_focus_index(form), SINCE);
	form_free(form);
}

static void settle_normalises_without_leaving(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_focus(form, SINCE);
	type(form, "t");
	form_settle(form);
	assert_string_equal(form_text(form, SINCE), "2026-11-21");
	assert_int_equal(form_focus_index(form), SINCE);
	form_free(form);
}

static void undo_goes_back_over_fields_in_order(void **state)
{
	struct form *form = new_form();

	(void)state;
	type(form, "1");
	press(form, PRESS_TAB);
	press(form, PRESS_TAB);
	type(form, "s");
	press(form, PRESS_BACKTAB);
	press(form, PRESS_BACKTAB);
	type(form, "2");
	assert_true(command(form, COMMAND_UNDO));
	assert_string_equal(form_text(form, NAME), "Lakeside Family Medicine1");
	assert_true(command(form, COMMAND_UNDO));
	assert_string_equal(form_text(form, SPECIALTY), "");
	assert_int_equal(form_focus_index(form), SPECIALTY);
	assert_true(command(form, COMMAND_UNDO));
	assert_false(form_dirty(form));
	assert_false(command(form, COMMAND_UNDO)); /* the page's: its last save */
	press(form, KEY_CTRL('y'));
	press(form, KEY_CTRL('y'));
	assert_string_equal(form_text(form, NAME), "Lakeside Family Medicine1");
	assert_string_equal(form_text(form, SPECIALTY), "s");
	form_free(form);
}

static void new_typing_ends_redo_everywhere(void **state)
{
	struct form *form = new_form();

	(void)state;
	type(form, "1");
	command(form, COMMAND_UNDO);
	press(form, PRESS_TAB);
	press(form, PRESS_TAB);
	type(form, "s");
	press(form, KEY_CTRL('y'));
	assert_string_equal(form_text(form, NAME), "Lakeside Family Medicine");
	form_free(form);
}

static void undo_leaves_alone_what_cannot_be_typed_into(void **state)
{
	struct form *form = new_form();

	(void)state;
	type(form, "1");
	form_read_only_set(form, NAME, true);
	assert_false(command(form, COMMAND_UNDO));
	form_read_only_set(form, NAME, false);
	form_reading_set(form, true);
	assert_false(command(form, COMMAND_UNDO));
	assert_string_equal(form_text(form, NAME), "Lakeside Family Medicine1");
	form_free(form);
}

static void look_up_and_copy_are_the_pages(void **state)
{
	struct form *form = new_form();

	(void)state;
	assert_false(form_can_look_up(form));
	assert_false(command(form, COMMAND_LOOK_UP));
	form_focus(form, SPECIALTY);
	assert_true(form_can_look_up(form));
	page.log[0] = '\0';
	assert_true(command(form, COMMAND_LOOK_UP));
	assert_string_equal(form_text(form, SPECIALTY), "Family medicine");
	assert_true(command(form, COMMAND_COPY));
	page.answer = false; /* nothing chosen: no change */
	assert_true(command(form, COMMAND_LOOK_UP));
	assert_string_equal(page.log, "look up Specialty, change Specialty, copy Specialty, "
				      "change Specialty, look up Specialty");
	assert_false(command(form, COMMAND_SAVE));
	assert_false(command(form, COMMAND_LEAVE));
	form_free(form);
}

static void choices_complete_and_the_space_bar_shows_the_next(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_focus(form, KIND);
	type(form, " ");
	assert_string_equal(form_text(form, KIND), "PC");
	type(form, "  ");
	assert_string_equal(form_text(form, KIND), ""); /* not required: none is one of them */
	type(form, " ");
	assert_string_equal(form_text(form, KIND), "PLLC");
	press(form, KEY_CTRL('u'));
	type(form, "pl");
	press(form, PRESS_TAB);
	assert_string_equal(form_text(form, KIND), "PLLC");
	form_focus(form, KIND);
	press(form, KEY_CTRL('u'));
	type(form, "p"); /* fits two */
	press(form, PRESS_TAB);
	assert_string_equal(form_text(form, KIND), "p");
	form_free(form);
}

static void pasted_lines_become_blanks_except_in_notes(void **state)
{
	struct form *form = new_form();
	struct event paste = fake_paste("a\nb\n");

	(void)state;
	form_set_text(form, NAME, "");
	form_set_text(form, NOTES, "");
	assert_true(form_key(form, &paste));
	form_focus(form, NOTES);
	assert_true(form_key(form, &paste));
	assert_string_equal(form_text(form, NAME), "a b");
	assert_string_equal(form_text(form, NOTES), "a\nb\n");
	form_free(form);
}

static void whole_values_are_replaced_by_the_first_letter_only(void **state)
{
	static const struct form_field two[] = {{.label = "Qty", .width = 6, .flags = FORM_WHOLE},
		{.label = "Price", .width = 10, .flags = FORM_WHOLE}};
	struct form *form = form_new(two, 2, NULL);
	struct event paste = fake_paste("72.35");

	(void)state;
	form_set_text(form, 0, "1");
	form_set_text(form, 1, "0.00");
	form_mark_clean(form);
	type(form, "40"); /* not 140, and not 0 */
	assert_string_equal(form_text(form, 0), "40");
	press(form, PRESS_TAB);
	assert_true(form_key(form, &paste));
	assert_string_equal(form_text(form, 1), "72.35");
	press(form, PRESS_BACKTAB);
	press(form, PRESS_BACKSPACE);
	type(form, "2");
	assert_string_equal(form_text(form, 0), "42");
	press(form, PRESS_TAB);
	press(form, PRESS_BACKTAB);
	type(form, "\x01"); /* nothing that can be typed */
	assert_string_equal(form_text(form, 0), "42");
	while (command(form, COMMAND_UNDO))
		;
	assert_string_equal(form_text(form, 1), "0.00");
	form_free(form);
}

static void typing_over_a_value_is_one_step_of_undo(void **state)
{
	static const struct form_field two[] = {{.label = "Qty", .width = 6, .flags = FORM_WHOLE},
		{.label = "Price", .width = 10, .flags = FORM_WHOLE}};
	struct form *form = form_new(two, 2, NULL);
	struct event paste = fake_paste("72.35");

	(void)state;
	form_set_text(form, 0, "1");
	form_set_text(form, 1, "0.00");
	form_mark_clean(form);
	type(form, "405");
	press(form, PRESS_TAB);
	assert_true(form_key(form, &paste));
	assert_true(command(form, COMMAND_UNDO));
	assert_string_equal(form_text(form, 1), "0.00");
	assert_true(command(form, COMMAND_UNDO));
	assert_string_equal(form_text(form, 0), "1");
	assert_false(command(form, COMMAND_UNDO));
	press(form, KEY_CTRL('y'));
	assert_string_equal(form_text(form, 0), "405");
	form_free(form);
}

/* ---- random keys and sizes ---- */

enum { OPERATIONS = 8000 };

static uint64_t random_state;

static unsigned dice(unsigned sides)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)(random_state >> 20) % sides;
}

static void random_event(struct form *form)
{
	static const uint32_t letters[] = {'a', ' ', '7', 0xe9, 0x301, 0x65e5, 0x202e, 0x1b, 'p'};
	static const int keys[] = {PRESS_LEFT, PRESS_RIGHT, PRESS_UP, PRESS_DOWN, PRESS_HOME,
		PRESS_END, PRESS_PAGE_UP, PRESS_PAGE_DOWN, PRESS_ENTER, PRESS_TAB, PRESS_BACKTAB,
		PRESS_BACKSPACE, PRESS_DELETE, KEY_CTRL('k'), KEY_CTRL('y')};
	static const enum command commands[] = {COMMAND_UNDO, COMMAND_UNDO, COMMAND_LOOK_UP,
		COMMAND_COPY, COMMAND_SAVE, COMMAND_LEAVE};
	struct event event = fake_char(letters[dice(sizeof letters / sizeof letters[0])]);
	unsigned what = dice(100);

	if (what < 45)
		event = fake_key(keys[dice(sizeof keys / sizeof keys[0])]);
	else if (what < 55)
		event = fake_command(commands[dice(sizeof commands / sizeof commands[0])]);
	else if (what < 58)
		event = fake_paste("a\nb\tc \xff e\u0301");
	form_key(form, &event);
}

static void random_page(struct form *form)
{
	int field = (int)dice(FIELDS);

	switch (dice(12)) {
	case 0:
		form_error_set(form, field, "It is not on the list; F4 shows them all, by name.");
		break;
	case 1:
		form_errors_clear(form);
		break;
	case 2:
		form_focus(form, field);
		break;
	case 3:
		form_reading_set(form, dice(4) == 0);
		break;
	case 4:
		form_note_set(form, field, dice(2) != 0 ? "in 9 days" : NULL);
		break;
	case 5:
		form_read_only_set(form, field, dice(3) == 0);
		break;
	default:
		break;
	}
}

static void random_keys_keep_focus_in_sight_and_texts_valid(void **state)
{
	const char *wanted = getenv("SEED");
	uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : (uint64_t)time(NULL);
	struct form *form = new_form();

	(void)state;
	print_message("SEED=%llu\n", (unsigned long long)seed);
	random_state = seed * 2654435761u + 88172645463325252u;
	for (int i = 0; i < OPERATIONS; i++) {
		int rows = 1 + (int)dice(dice(2) != 0 ? 8 : 40);
		int columns = 12 + (int)dice(128);

		page.log[0] = '\0';
		random_event(form);
		random_page(form);
		shown(form, rows, columns);
		assert_in_range(fake.cursor_row, 0, rows - 1);
		assert_in_range(fake.cursor_column, 1, columns - 1);
		for (int field = 0; field < FIELDS; field++)
			assert_true(text_check(form_text(form, field),
				strlen(form_text(form, field)), field == NOTES, NULL));
	}
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals_are_said_until_the_next_key),
		cmocka_unit_test(enter_tab_and_arrows_move_and_stop_at_the_ends),
		cmocka_unit_test(notes_take_enter_and_let_arrows_out_at_their_edges),
		cmocka_unit_test(pages_jump_and_reading_knows_home_and_end),
		cmocka_unit_test(reading_leaves_letters_enter_and_paste_to_the_page),
		cmocka_unit_test(inactive_form_shows_no_mark_and_no_cursor),
		cmocka_unit_test(form_without_any_field_to_type_into_hands_all_on),
		cmocka_unit_test(typing_is_told_and_makes_the_form_dirty),
		cmocka_unit_test(computed_fields_follow_and_do_not_count_as_changes),
		cmocka_unit_test(leaving_normalises_and_undo_gives_back_what_was_typed),
		cmocka_unit_test(settle_normalises_without_leaving),
		cmocka_unit_test(undo_goes_back_over_fields_in_order),
		cmocka_unit_test(new_typing_ends_redo_everywhere),
		cmocka_unit_test(undo_leaves_alone_what_cannot_be_typed_into),
		cmocka_unit_test(look_up_and_copy_are_the_pages),
		cmocka_unit_test(choices_complete_and_the_space_bar_shows_the_next),
		cmocka_unit_test(pasted_lines_become_blanks_except_in_notes),
		cmocka_unit_test(whole_values_are_replaced_by_the_first_letter_only),
		cmocka_unit_test(typing_over_a_value_is_one_step_of_undo),
		cmocka_unit_test(random_keys_keep_focus_in_sight_and_texts_valid),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
