/*
 * tui_entry.c - one line of text while it is typed: units, limits, undo, the slice in sight.
 * GPL-3.0-or-later.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake_screen.h"
#include "tui/entry.h"

enum { ACUTE = 0x301, RIGHT_TO_LEFT = 0x202e };

static void press(struct entry *entry, int key)
{
	struct event event = fake_key(key);

	entry_key(entry, &event);
}

static enum typed type(struct entry *entry, uint32_t codepoint)
{
	struct event event = fake_char(codepoint);

	return entry_key(entry, &event);
}

static void type_text(struct entry *entry, const char *text)
{
	for (; *text != '\0'; text++)
		type(entry, (unsigned char)*text);
}

static enum typed paste(struct entry *entry, const char *text)
{
	struct event event = fake_paste(text);

	return entry_key(entry, &event);
}

/* The picture of the entry at a width, brackets included. */
static const char *shown(struct entry *entry, int width)
{
	struct area *area = fake_start(1, width + 2);

	draw_text(area, 0, 0, 1, ROLE_PLAIN, "[");
	draw_text(area, 0, width + 1, 1, ROLE_PLAIN, "]");
	entry_draw(entry, area, 0, 1, width, ROLE_FIELD, false, true);
	return fake_row(0);
}

static void cursor_steps_over_base_and_marks(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	type(entry, 'e');
	type(entry, ACUTE);
	type(entry, 'a');
	assert_string_equal(entry_text(entry), "e\u0301a");
	press(entry, PRESS_LEFT);
	press(entry, PRESS_LEFT);
	press(entry, PRESS_DELETE);
	assert_string_equal(entry_text(entry), "a");
	entry_free(entry);
}

static void backspace_takes_the_whole_unit(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	entry_load(entry, "xe\u0301\u0302");
	press(entry, PRESS_BACKSPACE);
	assert_string_equal(entry_text(entry), "x");
	press(entry, PRESS_BACKSPACE);
	press(entry, PRESS_BACKSPACE);
	assert_string_equal(entry_text(entry), "");
	entry_free(entry);
}

static void what_no_text_may_hold_is_refused(void **state)
{
	struct entry *entry = entry_new(0);
	char words[96];

	(void)state;
	assert_int_equal(type(entry, RIGHT_TO_LEFT), TYPED_REFUSED);
	assert_int_equal(type(entry, 0x200b), TYPED_REFUSED);
	assert_int_equal(type(entry, '\n'), TYPED_REFUSED);
	assert_int_equal(type(entry, 27), TYPED_REFUSED);
	assert_int_equal(type(entry, ACUTE), TYPED_REFUSED); /* nothing to sit on */
	assert_string_equal(entry_text(entry), "");
	typing_refusal(entry_typing(entry), TYPED_REFUSED, words);
	assert_string_equal(words, "This character cannot be part of a text.");
	entry_free(entry);
}

static void limit_counts_characters_and_keeps_what_fits(void **state)
{
	struct entry *entry = entry_new(4);
	char words[96];

	(void)state;
	assert_int_equal(paste(entry, "\u65e5\u672ca"), TYPED_CHANGED);
	/* The last base has no room for its mark: neither is taken. */
	assert_int_equal(paste(entry, "e\u0301"), TYPED_FULL);
	assert_string_equal(entry_text(entry), "\u65e5\u672ca");
	assert_int_equal(paste(entry, "bcd"), TYPED_FULL);
	assert_string_equal(entry_text(entry), "\u65e5\u672cab");
	assert_int_equal(type(entry, 'x'), TYPED_FULL);
	typing_refusal(entry_typing(entry), TYPED_FULL, words);
	assert_string_equal(words, "Full: this takes at most 4 characters.");
	entry_free(entry);
}

static void stored_text_beyond_the_limit_is_kept(void **state)
{
	struct entry *entry = entry_new(3);

	(void)state;
	entry_load(entry, "abcdef");
	assert_int_equal(type(entry, 'x'), TYPED_FULL);
	assert_string_equal(entry_text(entry), "abcdef");
	entry_free(entry);
}

static void paste_becomes_one_clean_line(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	paste(entry, "one\ntwo\tthree\r\n");
	assert_string_equal(entry_text(entry), "one two three");
	press(entry, KEY_CTRL('u'));
	paste(entry, "\u0301\xff\u202e"
		     "a\x1b"
		     "b");
	assert_string_equal(entry_text(entry), "ab");
	entry_free(entry);
}

static void words_ends_and_kills(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	entry_load(entry, "one two three");
	press(entry, PRESS_WORD_LEFT);
	press(entry, PRESS_WORD_LEFT);
	press(entry, KEY_CTRL('k'));
	assert_string_equal(entry_text(entry), "one ");
	press(entry, PRESS_HOME);
	press(entry, PRESS_WORD_RIGHT);
	type_text(entry, "2");
	assert_string_equal(entry_text(entry), "one 2");
	press(entry, KEY_CTRL('u'));
	assert_string_equal(entry_text(entry), "");
	entry_free(entry);
}

static void undo_goes_by_words_and_redo_comes_back(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	type_text(entry, "front desk");
	assert_true(entry_undo(entry));
	assert_string_equal(entry_text(entry), "front ");
	assert_true(entry_undo(entry));
	assert_string_equal(entry_text(entry), "");
	assert_false(entry_undo(entry));
	press(entry, KEY_CTRL('y'));
	press(entry, KEY_CTRL('y'));
	assert_string_equal(entry_text(entry), "front desk");
	assert_false(entry_redo(entry));
	entry_free(entry);
}

static void undo_puts_the_cursor_back_too(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	entry_load(entry, "desk");
	press(entry, PRESS_HOME);
	press(entry, PRESS_DELETE);
	entry_undo(entry);
	type_text(entry, "a ");
	assert_string_equal(entry_text(entry), "a desk");
	entry_free(entry);
}

static void backspaces_are_undone_together(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	entry_load(entry, "paper");
	press(entry, PRESS_BACKSPACE);
	press(entry, PRESS_BACKSPACE);
	type_text(entry, "a");
	assert_string_equal(entry_text(entry), "papa");
	entry_undo(entry);
	assert_string_equal(entry_text(entry), "pap");
	entry_undo(entry);
	assert_string_equal(entry_text(entry), "paper");
	assert_false(entry_undo(entry));
	entry_free(entry);
}

static void a_set_text_is_one_step(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	type_text(entry, "t");
	entry_set(entry, "2026-11-21");
	entry_undo(entry);
	assert_string_equal(entry_text(entry), "t");
	entry_free(entry);
}

static void short_field_needs_no_scrolling_at_its_end(void **state)
{
	struct entry *entry = entry_new(2);

	(void)state;
	type_text(entry, "CA");
	assert_string_equal(shown(entry, 2), "[CA]");
	assert_int_equal(fake.cursor_column, 3); /* on the bracket */
	entry_free(entry);
}

static void long_text_scrolls_in_jumps(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	type_text(entry, "abcdefghi");
	assert_string_equal(shown(entry, 9), "[abcdefghi]");
	type_text(entry, "j");
	assert_string_equal(shown(entry, 9), "[efghij   ]");
	assert_true(entry_hidden_left(entry));
	press(entry, PRESS_HOME);
	assert_string_equal(shown(entry, 9), "[abcdefghi]");
	assert_int_equal(fake.cursor_column, 1);
	assert_true(entry_hidden_right(entry));
	assert_false(entry_hidden_left(entry));
	entry_free(entry);
}

static void text_before_the_cursor_stays_in_sight(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	entry_load(entry, "abcdefghijklmnopqrst");
	shown(entry, 9);
	for (int i = 0; i < 6; i++) {
		press(entry, PRESS_LEFT);
		shown(entry, 9);
	}
	assert_string_equal(shown(entry, 9), "[lmnopqrst]");
	assert_string_equal(fake.cells[0][fake.cursor_column].text, "o");
	entry_free(entry);
}

static void wide_characters_are_never_halved(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	entry_load(entry, "\u65e5\u672c\u65e5\u672c");
	press(entry, PRESS_HOME);
	assert_string_equal(shown(entry, 5), "[\u65e5\u672c ]");
	press(entry, PRESS_RIGHT);
	press(entry, PRESS_RIGHT);
	shown(entry, 5);
	assert_string_equal(fake.cells[0][fake.cursor_column].text, "\u65e5");
	assert_string_equal(shown(entry, 1), "[\u2026]"); /* no room for it, but it is there */
	entry_free(entry);
}

static void numbers_can_stand_at_the_right(void **state)
{
	struct entry *entry = entry_new(0);
	struct area *area = fake_start(1, 8);

	(void)state;
	entry_load(entry, "800");
	entry_draw(entry, area, 0, 1, 6, ROLE_FIELD, true, true);
	assert_string_equal(fake_row(0), "    800");
	assert_int_equal(fake.cursor_column, 7);
	assert_int_equal(fake.cells[0][1].role, ROLE_FIELD);
	entry_free(entry);
}

static void plain_terminal_measures_what_it_shows(void **state)
{
	struct entry *entry = entry_new(0);

	(void)state;
	entry_load(entry, "\u65e5e\u0301x");
	fake.plain = true;
	assert_string_equal(shown(entry, 6), "[?e?x  ]");
	assert_int_equal(fake.cursor_column, 5);
	fake.plain = false;
	assert_string_equal(entry_text(entry), "\u65e5e\u0301x");
	entry_free(entry);
}

static void other_keys_are_left_alone(void **state)
{
	struct entry *entry = entry_new(0);
	struct event save = fake_command(COMMAND_SAVE);
	struct event undo = fake_command(COMMAND_UNDO);
	struct event enter = fake_key(PRESS_ENTER);
	struct event tick = {.kind = EVENT_TICK};

	(void)state;
	assert_int_equal(entry_key(entry, &save), TYPED_IGNORED);
	assert_int_equal(entry_key(entry, &undo), TYPED_IGNORED); /* nothing left to undo */
	assert_int_equal(entry_key(entry, &enter), TYPED_IGNORED);
	assert_int_equal(entry_key(entry, &tick), TYPED_IGNORED);
	entry_free(entry);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cursor_steps_over_base_and_marks),
		cmocka_unit_test(backspace_takes_the_whole_unit),
		cmocka_unit_test(what_no_text_may_hold_is_refused),
		cmocka_unit_test(limit_counts_characters_and_keeps_what_fits),
		cmocka_unit_test(stored_text_beyond_the_limit_is_kept),
		cmocka_unit_test(paste_becomes_one_clean_line),
		cmocka_unit_test(words_ends_and_kills),
		cmocka_unit_test(undo_goes_by_words_and_redo_comes_back),
		cmocka_unit_test(undo_puts_the_cursor_back_too),
		cmocka_unit_test(backspaces_are_undone_together),
		cmocka_unit_test(a_set_text_is_one_step),
		cmocka_unit_test(short_field_needs_no_scrolling_at_its_end),
		cmocka_unit_test(long_text_scrolls_in_jumps),
		cmocka_unit_test(text_before_the_cursor_stays_in_sight),
		cmocka_unit_test(wide_characters_are_never_halved),
		cmocka_unit_test(numbers_can_stand_at_the_right),
		cmocka_unit_test(plain_terminal_measures_what_it_shows),
		cmocka_unit_test(other_keys_are_left_alone),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
