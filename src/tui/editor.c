/*
 * editor.c - several lines of text, wrapped for display only. GPL-3.0-or-later.
 */
#include "tui/editor.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "tui/wrap.h"

struct editor {
	struct typing typing;
	int top;  /* first display row in sight */
	int rows; /* of the last drawing: what Page Down and Up step by */
	int columns;
	int goal; /* the column that Up and Down keep to, or -1 */
	bool hidden_above;
	bool hidden_below;
};

struct editor *editor_new(size_t maximum)
{
	struct editor *editor = memory_new(sizeof *editor);

	typing_start(&editor->typing, maximum, true);
	editor->rows = 1;
	editor->columns = 80;
	editor->goal = -1;
	return editor;
}

void editor_free(struct editor *editor)
{
	if (editor == NULL)
		return;
	typing_end(&editor->typing);
	free(editor);
}

const char *editor_text(const struct editor *editor)
{
	return editor->typing.text;
}

void editor_load(struct editor *editor, const char *text)
{
	typing_load(&editor->typing, text);
	editor->top = 0;
	editor->goal = -1;
}

void editor_set(struct editor *editor, const char *text)
{
	typing_set(&editor->typing, text);
	editor->goal = -1;
}

void editor_home(struct editor *editor)
{
	typing_move(&editor->typing, 0);
	editor->goal = -1;
}

void editor_end(struct editor *editor)
{
	typing_move(&editor->typing, editor->typing.length);
	editor->goal = -1;
}

bool editor_undo(struct editor *editor)
{
	editor->goal = -1;
	return typing_undo(&editor->typing);
}

bool editor_redo(struct editor *editor)
{
	editor->goal = -1;
	return typing_redo(&editor->typing);
}

struct typing *editor_typing(struct editor *editor)
{
	return &editor->typing;
}

int editor_height(const struct editor *editor, int columns)
{
	return wrap_rows(editor->typing.text, columns > 0 ? columns : 1);
}

/* ---- display rows ---- */

/* The row that the cursor is in; returns its number. */
static int cursor_row(const struct editor *editor, int columns, struct wrap *row)
{
	const struct typing *typing = &editor->typing;
	int number = -1;

	*row = (struct wrap){0};
	while (wrap_next(row, typing->text, typing->length, columns)) {
		number++;
		if (row->last || typing->cursor < row->next)
			break;
	}
	return number;
}

int editor_cursor_row(const struct editor *editor, int columns)
{
	struct wrap row;

	return cursor_row(editor, columns > 0 ? columns : 1, &row);
}

/* The cell of the cursor in its row; behind the edge where blanks hang over it. */
static int cursor_column(const struct typing *typing, const struct wrap *row)
{
	size_t end = typing->cursor < row->end ? typing->cursor : row->end;

	return unit_cells(typing->text, row->start, end);
}

/* The last place of the cursor that still belongs to the row. */
static size_t row_end(const struct typing *typing, const struct wrap *row)
{
	if (row->end < row->next || row->last)
		return row->end;
	return unit_before(typing->text, row->end);
}

/* The place in the row that is at, or last before, a cell. */
static size_t place_at(const struct typing *typing, const struct wrap *row, int cell)
{
	size_t end = row_end(typing, row);
	size_t at = row->start;

	while (at < end) {
		size_t next = typing_next(typing, at);

		cell -= unit_cells(typing->text, at, next);
		if (cell < 0)
			break;
		at = next;
	}
	return at;
}

/* Moves the cursor by display rows; at the text's first or last row the key is not ours. */
static enum typed move_rows(struct editor *editor, int by)
{
	struct typing *typing = &editor->typing;
	struct wrap row;
	int number = cursor_row(editor, editor->columns, &row);
	int wanted = number + by;
	int goal = editor->goal >= 0 ? editor->goal : cursor_column(typing, &row);

	if (by < 0 ? number == 0 : row.last)
		return TYPED_IGNORED;
	row = (struct wrap){0};
	for (number = -1; number < wanted && !row.last; number++)
		wrap_next(&row, typing->text, typing->length, editor->columns);
	if (number < 0) /* wanted lies above the first row */
		wrap_next(&row, typing->text, typing->length, editor->columns);
	editor->goal = goal;
	return typing_move(typing, place_at(typing, &row, goal));
}

/* ---- keys ---- */

static enum typed move_in_row(struct editor *editor, bool to_end)
{
	struct wrap row;

	cursor_row(editor, editor->columns, &row);
	return typing_move(&editor->typing, to_end ? row_end(&editor->typing, &row) : row.start);
}

/* To the end of the line that was typed; at its end the newline itself. */
static enum typed kill_to_end(struct typing *typing)
{
	const char *newline = strchr(typing->text + typing->cursor, '\n');
	size_t end = newline != NULL ? (size_t)(newline - typing->text) : typing->length;

	if (end == typing->cursor && newline != NULL)
		end++;
	return typing_remove(typing, typing->cursor, end);
}

static enum typed kill_line(struct typing *typing)
{
	size_t start = typing->cursor;
	size_t end = start + strcspn(typing->text + start, "\n");

	while (start > 0 && typing->text[start - 1] != '\n')
		start--;
	return typing_remove(typing, start, end);
}

/* Rows that a key moves the cursor by, or 0 when it is no such key. */
static int rows_of_key(const struct editor *editor, int key)
{
	int page = editor->rows > 1 ? editor->rows - 1 : 1;

	switch (key) {
	case PRESS_UP:
		return -1;
	case PRESS_DOWN:
		return 1;
	case PRESS_PAGE_UP:
		return -page;
	case PRESS_PAGE_DOWN:
		return page;
	default:
		return 0;
	}
}

enum typed editor_key(struct editor *editor, const struct event *event)
{
	struct typing *typing = &editor->typing;
	bool plain_key = event->kind == EVENT_KEY && event->command == COMMAND_NONE;

	if (plain_key && rows_of_key(editor, event->key) != 0)
		return move_rows(editor, rows_of_key(editor, event->key));
	editor->goal = -1;
	if (!plain_key)
		return typing_event(typing, event);
	switch (event->key) {
	case PRESS_HOME:
		return move_in_row(editor, false);
	case PRESS_END:
		return move_in_row(editor, true);
	case PRESS_ENTER:
		return typing_insert(typing, '\n');
	case KEY_CTRL('k'):
		return kill_to_end(typing);
	case KEY_CTRL('u'):
		return kill_line(typing);
	default:
		return typing_event(typing, event);
	}
}

/* ---- drawing ---- */

/* Keeps the cursor's row in sight, and no blank rows below the text while some are above. */
static void scroll(struct editor *editor, int cursor_at)
{
	int height = wrap_rows(editor->typing.text, editor->columns);

	if (editor->top > height - editor->rows)
		editor->top = height > editor->rows ? height - editor->rows : 0;
	if (cursor_at < editor->top)
		editor->top = cursor_at;
	if (cursor_at >= editor->top + editor->rows)
		editor->top = cursor_at - editor->rows + 1;
	editor->hidden_above = editor->top > 0;
	editor->hidden_below = editor->top + editor->rows < height;
}

void editor_draw(struct editor *editor, struct area *area, int row, int column, int rows,
	int columns, enum role role, bool focused)
{
	const struct typing *typing = &editor->typing;
	struct wrap line;
	int cursor_at;
	int number = 0;
	int cursor;

	if (rows < 1 || columns < 1)
		return;
	editor->rows = rows;
	editor->columns = columns;
	cursor_at = cursor_row(editor, columns, &line);
	scroll(editor, cursor_at);
	cursor = cursor_column(typing, &line);
	if (cursor > columns) /* behind a wide character in a field of one cell */
		cursor = columns;
	if (focused)
		draw_cursor(area, row + cursor_at - editor->top, column + cursor);
	line = (struct wrap){0};
	while (number < editor->top + rows) {
		bool more = wrap_next(&line, typing->text, typing->length, columns);
		char *shown =
			more ? memory_text_part(typing->text + line.start, line.end - line.start)
			     : memory_text("");

		if (number >= editor->top)
			draw_text_padded(
				area, row + number - editor->top, column, columns, role, shown);
		free(shown);
		number++;
	}
}

bool editor_hidden_above(const struct editor *editor)
{
	return editor->hidden_above;
}

bool editor_hidden_below(const struct editor *editor)
{
	return editor->hidden_below;
}
