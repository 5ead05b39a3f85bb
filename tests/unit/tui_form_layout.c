/*
 * tui_form_layout.c - where the fields of a form stand at every width, with their errors, and
 * what is in sight. GPL-3.0-or-later.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "form_sample.h"

static void short_fields_share_a_line_at_home_size(void **state)
{
	struct form *form = new_form();

	(void)state;
	assert_string_equal(shown(form, 12, 80),
		">Name*        [Lakeside Family Medicine                ]\n"
		" Kind         [PLLC  ]   Specialty [                ]\n"
		" Client since [          ]             Status  active\n"
		"\n"
		" About\n"
		" Notes        [Prefers calls before 9. Fee review every]\n"
		"              [April.                                  ]\n"
		"              no patient data here\n"
		"\n"
		"\n"
		"\n"
		" Name: Required. As the practice signs.\n");
	assert_int_equal(fake.cursor_row, 0);
	assert_int_equal(fake.cursor_column, 15 + 24);
	assert_int_equal(fake.cells[0][1].role, ROLE_FOCUS);
	assert_int_equal(fake.cells[1][1].role, ROLE_HINT);
	form_free(form);
}

static void one_field_a_line_and_narrower_at_forty_columns(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_note_set(form, SINCE, "in 9 days");
	form_focus(form, KIND);
	assert_string_equal(shown(form, 14, 40), " Name*        [Lakeside Family Medicine]\n"
						 ">Kind         [PLLC  ]\n"
						 " Specialty    [                ]\n"
						 " Client since [          ] in 9 days\n"
						 " Status        active\n"
						 "\n"
						 " About\n"
						 " Notes        [Prefers calls before 9. ]\n"
						 "              [Fee review every April. ]\n"
						 "              no patient data here\n"
						 "\n"
						 "\n"
						 " Kind: One of: PLLC, PC, LLC.\n");
	form_free(form);
}

static void a_text_without_room_is_cut_behind_a_word(void **state)
{
	static const struct form_field one[] = {
		{.label = "Name", .width = 20, .hint = "The practice's legal or usual name."},
		{.label = "Kind", .width = 6},
		{.label = "City", .width = 6},
	};
	struct form *form = form_new(one, 3, NULL);

	(void)state;
	/* Two rows of fields, one for what lies below, one for the hint. */
	assert_string_equal(shown(form, 4, 40), ">Name [                    ]\n"
						" Kind [      ]\n"
						"                             more below\n"
						" Name: The practice's legal or usual…\n");
	form_free(form);
	assert_int_equal(wrap_cut("as it is", 8, 8), 8);
	assert_int_equal(wrap_cut("one two three", 13, 12), 8);
	assert_int_equal(wrap_cut("one two three", 13, 8), 8);
	assert_int_equal(wrap_cut("one two three", 13, 7), 4);
	/* A word that is too long itself is shown as far as it goes. */
	assert_int_equal(wrap_cut("unforeseeable", 13, 5), 5);
	assert_int_equal(wrap_cut("unforeseeable", 13, 1), 1);
}

static void long_labels_stand_above_where_there_is_no_room_beside(void **state)
{
	static const struct form_field wide[] = {
		{.label = "Kind", .width = 6},
		{.label = "Reason for the emergency purchase", .width = 30},
	};
	struct form *form = form_new(wide, 2, NULL);

	(void)state;
	assert_string_equal(shown(form, 8, 40), ">Kind [      ]\n"
						" Reason for the emergency purchase\n"
						"      [                              ]\n");
	form_free(form);
}

static void wide_terminals_put_more_on_a_line(void **state)
{
	struct form *form = new_form();

	(void)state;
	shown(form, 12, 132);
	assert_string_equal(fake_row(1),
		" Kind  [PLLC  ]   Specialty [                ]   Client since "
		"[          ]             Status  active");
	form_free(form);
}

static void every_size_is_drawn_and_no_text_is_lost(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_error_set(form, SPECIALTY, "There is no such specialty; F4 shows them all.");
	for (int columns = 1; columns <= 140; columns++) {
		for (int rows = 1; rows <= 30; rows += 3) {
			form_focus(form, (rows + columns) % FIELDS);
			shown(form, rows, columns);
			if (columns < 12)
				continue;
			assert_in_range(fake.cursor_row, 0, rows - 1);
			assert_in_range(fake.cursor_column, 0, columns - 1);
		}
	}
	assert_string_equal(form_text(form, NAME), "Lakeside Family Medicine");
	assert_false(form_dirty(form));
	form_free(form);
}

static void tall_form_scrolls_to_the_focus_and_its_error(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_error_set(form, SPECIALTY, "There is no such specialty; F4 shows them all.");
	form_focus(form, SPECIALTY);
	assert_string_equal(shown(form, 5, 40), ">Specialty    [                ]\n"
						" ! There is no such specialty; F4 shows\n"
						" them all.\n"
						"                   more above and below\n");
	form_free(form);
}

static void reading_has_the_same_places_without_brackets(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_set_text(form, NOTES, "One\nTwo\nThree");
	form_reading_set(form, true);
	assert_string_equal(shown(form, 12, 80),
		">Name          Lakeside Family Medicine\n"
		" Kind          PLLC      Specialty\n"
		" Client since                          Status  active\n"
		"\n"
		" About\n"
		" Notes         One\n"
		"               Two\n"
		"               Three\n"
		"              no patient data here\n"
		"\n"
		"\n"
		" Name: As the practice signs.\n");
	form_free(form);
}

static void reading_shows_long_texts_whole(void **state)
{
	static const struct form_field one[] = {{.label = "For", .width = 10}};
	struct form *form = form_new(one, 1, NULL);

	(void)state;
	form_set_text(form, 0, "Toner for the front desk printers and the copier upstairs");
	form_reading_set(form, true);
	assert_string_equal(shown(form, 6, 40), ">For  Toner for the front desk printers\n"
						"      and the copier upstairs\n");
	form_free(form);
}

static void text_taller_than_the_window_is_scrolled_through(void **state)
{
	static const struct form_field two[] = {
		{.label = "For", .width = 10}, {.label = "Notes", .width = 10, .rows = 2}};
	struct form *form = form_new(two, 2, NULL);

	(void)state;
	form_set_text(form, 1, "1\n2\n3\n4");
	form_reading_set(form, true);
	form_focus(form, 1);
	assert_string_equal(shown(form, 3, 40), ">Notes  1\n        2\n        3\n");
	assert_true(press(form, PRESS_DOWN));
	assert_string_equal(shown(form, 3, 40), "        2\n        3\n        4\n");
	assert_false(press(form, PRESS_DOWN)); /* the page's now */
	assert_true(press(form, PRESS_UP));
	assert_true(press(form, PRESS_UP));
	assert_int_equal(form_focus_index(form), 0);
	form_free(form);
}

static void error_stands_beside_or_below_in_words(void **state)
{
	struct form *form = new_form();

	(void)state;
	form_error_set(form, NAME, "Too short.");
	form_error_set(form, KIND, "Kind is empty; it is required.");
	form_error_set(form, SPECIALTY, "Not known.");
	shown(form, 16, 80);
	assert_string_equal(fake_row(0),
		">Name*        [Lakeside Family Medicine                ]  ! Too short.");
	assert_string_equal(fake_row(2), "              ! Kind is empty; it is required.");
	assert_string_equal(fake_row(1),
		" Kind         [PLLC  ]   Specialty [                ]  ! Specialty: Not known.");
	assert_int_equal(fake.cells[2][14].role, ROLE_BAD);
	assert_int_equal(form_first_error(form), NAME);
	form_errors_clear(form);
	assert_int_equal(form_first_error(form), -1);
	assert_string_equal(form_error(form, KIND), "");
	form_free(form);
}

static void height_is_what_the_drawing_takes(void **state)
{
	struct form *form = new_form();

	(void)state;
	assert_int_equal(form_height(form, 80), 10);
	shown(form, 10, 80);
	assert_string_equal(fake_row(8), "");
	assert_string_equal(fake_row(7), "              no patient data here");
	assert_string_equal(fake_row(9), " Name: Required. As the practice signs.");
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_fields_share_a_line_at_home_size),
		cmocka_unit_test(one_field_a_line_and_narrower_at_forty_columns),
		cmocka_unit_test(a_text_without_room_is_cut_behind_a_word),
		cmocka_unit_test(long_labels_stand_above_where_there_is_no_room_beside),
		cmocka_unit_test(wide_terminals_put_more_on_a_line),
		cmocka_unit_test(every_size_is_drawn_and_no_text_is_lost),
		cmocka_unit_test(tall_form_scrolls_to_the_focus_and_its_error),
		cmocka_unit_test(reading_has_the_same_places_without_brackets),
		cmocka_unit_test(reading_shows_long_texts_whole),
		cmocka_unit_test(text_taller_than_the_window_is_scrolled_through),
		cmocka_unit_test(error_stands_beside_or_below_in_words),
		cmocka_unit_test(height_is_what_the_drawing_takes),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
