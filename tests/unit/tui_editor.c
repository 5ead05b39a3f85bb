/*
 * tui_editor.c - several lines of text: wrapping for display, display rows, undo.
 * GPL-3.0-or-later.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include <cmocka.h>

#include "fake_screen.h"
#include "tui/editor.h"

static enum typed press(struct editor *editor, int key)
{
	struct event event = fake_key(key);

	return editor_key(editor, &event);
}

static enum typed type(struct editor *editor, uint32_t codepoint)
{
	struct event event = fake_char(codepoint);

	return editor_key(editor, &event);
}

static enum typed paste(struct editor *editor, const char *text)
{
	struct event event = fake_paste(text);

	return editor_key(editor, &event);
}

static const char *shown(struct editor *editor, int rows, int columns)
{
	struct area *area = fake_start(rows, columns + 1);

	editor_draw(editor, area, 0, 0, rows, columns, ROLE_FIELD, true);
	return fake_picture();
}

static void wraps_at_words_for_display_only(void **state)
{
	struct editor *editor = editor_new(0);
	static const char text[] = "Prefers calls before 9. Fee review every April.";

	(void)state;
	editor_load(editor, text);
	assert_string_equal(
		shown(editor, 3, 20), "Prefers calls before\n9. Fee review every\nApril.\n");
	assert_string_equal(editor_text(editor), text);
	assert_int_equal(editor_height(editor, 20), 3);
	assert_int_equal(editor_height(editor, 80), 1);
	editor_free(editor);
}

static void keeps_newlines_and_shows_a_last_empty_row(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	type(editor, 'a');
	press(editor, PRESS_ENTER);
	press(editor, PRESS_ENTER);
	assert_string_equal(editor_text(editor), "a\n\n");
	assert_int_equal(editor_height(editor, 10), 3);
	shown(editor, 4, 10);
	assert_int_equal(fake.cursor_row, 2);
	assert_int_equal(fake.cursor_column, 0);
	editor_free(editor);
}

static void breaks_inside_a_word_only_when_it_is_too_long(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	editor_load(editor, "a abcdefghij\u0301klm");
	assert_string_equal(shown(editor, 4, 5), "a\nabcde\nfghij\u0301\nklm\n");
	editor_free(editor);
}

static void wide_text_breaks_between_its_characters(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	editor_load(editor, "ab \u65e5\u672c\u65e5\u672c");
	assert_string_equal(shown(editor, 3, 6), "ab \u65e5\n\u672c\u65e5\u672c\n");
	editor_load(editor, "x abc\u65e5\u672c");
	assert_string_equal(shown(editor, 3, 6), "x abc\n\u65e5\u672c\n");
	editor_free(editor);
}

static void blanks_hang_over_the_edge(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	editor_load(editor, "abcde   ");
	assert_string_equal(shown(editor, 2, 5), "abcde\n");
	assert_int_equal(fake.cursor_row, 0);
	assert_int_equal(fake.cursor_column, 5);
	type(editor, 'f');
	assert_string_equal(shown(editor, 2, 5), "abcde\nf\n");
	assert_int_equal(fake.cursor_row, 1);
	assert_int_equal(fake.cursor_column, 1);
	editor_free(editor);
}

static void up_and_down_keep_their_column(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	editor_load(editor, "abcdef\nab\nabcdef");
	shown(editor, 3, 10);
	assert_int_equal(press(editor, PRESS_UP), TYPED_MOVED);
	shown(editor, 3, 10);
	assert_int_equal(fake.cursor_row, 1);
	assert_int_equal(fake.cursor_column, 2);
	press(editor, PRESS_UP);
	shown(editor, 3, 10);
	assert_int_equal(fake.cursor_row, 0);
	assert_int_equal(fake.cursor_column, 6);
	assert_int_equal(press(editor, PRESS_UP), TYPED_IGNORED); /* the form's now */
	press(editor, PRESS_PAGE_DOWN);
	assert_int_equal(press(editor, PRESS_DOWN), TYPED_IGNORED);
	editor_free(editor);
}

static void home_and_end_mean_the_display_row(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	editor_load(editor, "one two three");
	shown(editor, 3, 8);
	press(editor, PRESS_UP);
	press(editor, PRESS_END);
	shown(editor, 3, 8);
	assert_int_equal(fake.cursor_row, 0);
	assert_int_equal(fake.cursor_column, 7);
	press(editor, PRESS_DOWN);
	press(editor, PRESS_HOME);
	type(editor, 'x');
	assert_string_equal(editor_text(editor), "one two xthree");
	editor_free(editor);
}

static void scrolls_with_the_cursor(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	editor_load(editor, "1\n2\n3\n4\n5");
	assert_string_equal(shown(editor, 3, 5), "3\n4\n5\n");
	assert_true(editor_hidden_above(editor));
	assert_false(editor_hidden_below(editor));
	press(editor, PRESS_PAGE_UP);
	press(editor, PRESS_PAGE_UP);
	assert_string_equal(shown(editor, 3, 5), "1\n2\n3\n");
	assert_true(editor_hidden_below(editor));
	editor_free(editor);
}

static void paste_keeps_lines_and_fits_the_limit(void **state)
{
	struct editor *editor = editor_new(10);

	(void)state;
	assert_int_equal(paste(editor, "a\r\nb\tc\n"), TYPED_CHANGED);
	assert_string_equal(editor_text(editor), "a\nb c\n");
	assert_int_equal(paste(editor, "0123456789"), TYPED_FULL);
	assert_string_equal(editor_text(editor), "a\nb c\n0123");
	editor_undo(editor);
	assert_string_equal(editor_text(editor), "a\nb c\n");
	editor_redo(editor);
	assert_string_equal(editor_text(editor), "a\nb c\n0123");
	editor_free(editor);
}

static void kills_mean_the_typed_line(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	editor_load(editor, "first line\nsecond line\nthird");
	press(editor, PRESS_UP);
	press(editor, KEY_CTRL('u'));
	assert_string_equal(editor_text(editor), "first line\n\nthird");
	press(editor, KEY_CTRL('k'));
	assert_string_equal(editor_text(editor), "first line\nthird");
	editor_free(editor);
}

static void a_mark_needs_a_base_in_its_own_line(void **state)
{
	struct editor *editor = editor_new(0);

	(void)state;
	type(editor, 'a');
	press(editor, PRESS_ENTER);
	assert_int_equal(type(editor, 0x301), TYPED_REFUSED);
	assert_string_equal(editor_text(editor), "a\n");
	editor_free(editor);
}

/* ---- random keys ---- */

enum { OPERATIONS = 60000, ROUND = 200, LIMIT = 300 };

static uint64_t random_state;

static unsigned dice(unsigned sides)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)(random_state >> 20) % sides;
}

static void random_event(struct editor *editor)
{
	static const uint32_t letters[] = {'a', 'b', ' ', '7', 0xe9, 0x301, 0x302, 0x65e5, 0x1f600,
		0x5d0, 0x202e, 0x200b, '\n', 0xfe0f, 0x1b};
	static const int keys[] = {PRESS_LEFT, PRESS_RIGHT, PRESS_UP, PRESS_DOWN, PRESS_HOME,
		PRESS_END, PRESS_PAGE_UP, PRESS_PAGE_DOWN, PRESS_ENTER, PRESS_BACKSPACE,
		PRESS_DELETE, PRESS_WORD_LEFT, PRESS_WORD_RIGHT, KEY_CTRL('k'), KEY_CTRL('y'),
		PRESS_UP, PRESS_DOWN, PRESS_BACKSPACE};
	unsigned what = dice(100);

	if (what < 55)
		type(editor, letters[dice(sizeof letters / sizeof letters[0])]);
	else if (what < 94)
		press(editor, keys[dice(sizeof keys / sizeof keys[0])]);
	else if (what < 96)
		editor_undo(editor);
	else
		paste(editor, dice(2) != 0 ? "two\nlines" : "a e\u0301 \xff\u65e5 word");
}

/* The rows cover the text without a gap, none is too wide, and the cursor is on its unit. */
static void check_rows(struct editor *editor)
{
	int columns = 1 + (int)dice(24);
	int rows = 1 + (int)dice(6);
	const struct typing *typing = editor_typing(editor);
	const char *text = editor_text(editor);
	struct wrap row = {0};
	const char *under = text + typing->cursor;
	size_t covered = 0;
	size_t end;

	while (wrap_next(&row, text, typing->length, columns)) {
		assert_int_equal(row.start, covered);
		assert_true(row.end >= row.start && row.next >= row.end);
		assert_true(row.last || row.next > row.start);
		if (unit_end(text, typing->length, row.start) < row.end)
			assert_true(unit_cells(text, row.start, row.end) <= columns);
		covered = row.next;
	}
	assert_int_equal(covered, typing->length);
	shown(editor, rows, columns);
	assert_in_range(fake.cursor_row, 0, rows - 1);
	assert_in_range(fake.cursor_column, 0, columns);
	end = typing_next(typing, typing->cursor);
	if (fake.cursor_column < columns && end == typing->cursor + 1 && *under != '\n')
		assert_memory_equal(fake.cells[fake.cursor_row][fake.cursor_column].text, under, 1);
}

static void random_keys_keep_text_and_cursor_whole(void **state)
{
	static const char start[] = "Notes:\nfee review\n\n\u65e5\u672c e\u0301";
	const char *wanted = getenv("SEED");
	uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : (uint64_t)time(NULL);
	struct editor *editor = editor_new(LIMIT);

	(void)state;
	print_message("SEED=%llu\n", (unsigned long long)seed);
	random_state = seed * 2654435761u + 88172645463325252u;
	for (int i = 0; i < OPERATIONS; i++) {
		const struct typing *typing = editor_typing(editor);

		if (i % ROUND == 0)
			editor_load(editor, start);
		random_event(editor);
		assert_true(text_check(typing->text, typing->length, true, NULL));
		assert_true(typing->count <= LIMIT);
		assert_int_equal(typing->count, text_length(typing->text));
		assert_int_equal(typing->cursor,
			unit_boundary(typing->text, typing->length, typing->cursor));
		check_rows(editor);
		if (i % ROUND == ROUND - 1) {
			while (editor_undo(editor))
				;
			assert_string_equal(editor_text(editor), start);
		}
	}
	editor_free(editor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wraps_at_words_for_display_only),
		cmocka_unit_test(keeps_newlines_and_shows_a_last_empty_row),
		cmocka_unit_test(breaks_inside_a_word_only_when_it_is_too_long),
		cmocka_unit_test(wide_text_breaks_between_its_characters),
		cmocka_unit_test(blanks_hang_over_the_edge),
		cmocka_unit_test(up_and_down_keep_their_column),
		cmocka_unit_test(home_and_end_mean_the_display_row),
		cmocka_unit_test(scrolls_with_the_cursor),
		cmocka_unit_test(paste_keeps_lines_and_fits_the_limit),
		cmocka_unit_test(kills_mean_the_typed_line),
		cmocka_unit_test(a_mark_needs_a_base_in_its_own_line),
		cmocka_unit_test(random_keys_keep_text_and_cursor_whole),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
