/*
 * grid.c - the focus, keys and typing of a grid. How it looks is grid_draw.c.
 * GPL-3.0-or-later.
 */
#include "tui/grid.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "tui/grid_parts.h"

enum { TYPED_MOST = 32 }; /* characters of a cell whose column names no maximum */

struct grid *grid_new(const struct grid_column *columns, int count, int left, int right, bool total,
	const struct grid_calls *calls)
{
	struct grid *grid = memory_new(sizeof *grid);

	grid->columns = columns;
	grid->count = count;
	grid->left = left;
	grid->right = right;
	grid->total = total;
	grid->calls = calls;
	grid->column = left;
	grid->first = left;
	grid->visible = 20;
	grid->active = true;
	return grid;
}

void grid_free(struct grid *grid)
{
	if (grid == NULL)
		return;
	entry_free(grid->entry);
	free(grid);
}

static void stop_typing(struct grid *grid)
{
	entry_free(grid->entry);
	grid->entry = NULL;
}

static int within(int value, int low, int high)
{
	if (value > high)
		value = high;
	return value < low ? low : value;
}

void grid_focus(struct grid *grid, int row, int column)
{
	stop_typing(grid);
	error_clear(&grid->refusal);
	grid->row = within(row, 0, grid->rows - 1);
	if (grid->row < 0)
		grid->row = 0;
	grid->column = within(column, grid->left, grid->count - 1);
}

void grid_rows_set(struct grid *grid, int rows)
{
	grid->rows = rows;
	if (grid->row >= rows)
		grid_focus(grid, rows - 1, grid->column);
}

int grid_focus_row(const struct grid *grid)
{
	return grid->row;
}

int grid_focus_column(const struct grid *grid)
{
	return grid->column;
}

bool grid_editing(const struct grid *grid)
{
	return grid->entry != NULL;
}

const char *grid_message(const struct grid *grid)
{
	return grid->refusal.text;
}

void grid_active_set(struct grid *grid, bool active)
{
	grid->active = active;
}

void grid_cell(const struct grid *grid, int row, int column, char out[GRID_CELL])
{
	out[0] = '\0';
	grid->calls->cell(grid->calls->context, row, column, out);
}

/* ---- typing into a cell ---- */

bool grid_editable(const struct grid *grid)
{
	const struct grid_calls *calls = grid->calls;

	return grid->row < grid->rows && calls->commit != NULL && calls->editable != NULL &&
	       calls->editable(calls->context, grid->row, grid->column);
}

/* Starts typing on the cell's text, or on nothing. */
static void start_typing(struct grid *grid, bool with_text)
{
	int maximum = grid->columns[grid->column].maximum;
	char text[GRID_CELL];

	grid->entry = entry_new(maximum > 0 ? (size_t)maximum : TYPED_MOST);
	grid_cell(grid, grid->row, grid->column, text);
	entry_load(grid->entry, with_text ? text_trim(text) : "");
	grid->from_text = with_text;
}

const char *grid_typed(const struct grid *grid, size_t *cursor)
{
	const struct typing *typing;

	if (grid->entry == NULL)
		return NULL;
	typing = entry_typing(grid->entry);
	*cursor = typing->cursor;
	return grid->from_text && typing_undo_order(typing) == 0 ? NULL : typing->text;
}

bool grid_type(struct grid *grid, const char *text, size_t cursor)
{
	struct typing *typing;

	if (!grid_editable(grid))
		return false;
	stop_typing(grid);
	/* From the cell's own text, so that undo goes back to it. */
	start_typing(grid, true);
	entry_set(grid->entry, text);
	grid->from_text = false;
	typing = entry_typing(grid->entry);
	typing_move(typing, cursor < typing->length ? cursor : typing->length);
	return true;
}

bool grid_settle(struct grid *grid)
{
	const struct grid_calls *calls = grid->calls;

	if (grid->entry == NULL)
		return true;
	error_clear(&grid->refusal);
	/* Untouched text is not handed over: shown rounded, it would overwrite the exact value. */
	if (grid->from_text && typing_undo_order(entry_typing(grid->entry)) == 0) {
		stop_typing(grid);
		return true;
	}
	if (!calls->commit(calls->context, grid->row, grid->column, entry_text(grid->entry),
		    &grid->refusal))
		return false;
	stop_typing(grid);
	return true;
}

/* The value of the cell above, as if it had been typed here. */
static void copy_above(struct grid *grid)
{
	char text[GRID_CELL];

	if (grid->row == 0) {
		error_set(&grid->refusal, "There is no cell above this one to copy.");
		return;
	}
	grid_cell(grid, grid->row - 1, grid->column, text);
	if (grid->entry == NULL)
		start_typing(grid, false);
	entry_set(grid->entry, text_trim(text));
	grid_settle(grid);
}

/* ---- moving ---- */

/* False at the first or last row, where the key is the page's. */
static bool move_row(struct grid *grid, int by)
{
	int row = within(grid->row + by, 0, grid->rows - 1);

	if (row == grid->row || grid->rows == 0)
		return false;
	grid->row = row;
	return true;
}

static void move_column(struct grid *grid, int by)
{
	grid->column = within(grid->column + by, grid->left, grid->count - 1);
}

/* Keys while nothing is typed. */
static bool move(struct grid *grid, int key)
{
	switch (key) {
	case PRESS_UP:
		return move_row(grid, -1);
	case PRESS_DOWN:
		return move_row(grid, 1);
	case PRESS_PAGE_UP:
		return move_row(grid, -grid->visible);
	case PRESS_PAGE_DOWN:
		return move_row(grid, grid->visible);
	case PRESS_LEFT:
	case PRESS_BACKTAB:
		move_column(grid, -1);
		return true;
	case PRESS_RIGHT:
	case PRESS_TAB:
		move_column(grid, 1);
		return true;
	case PRESS_HOME:
		grid->column = grid->left;
		return true;
	case PRESS_END:
		grid->column = grid->count - 1;
		return true;
	case PRESS_ENTER:
	case PRESS_DELETE:
	case PRESS_BACKSPACE:
		if (!grid_editable(grid))
			return false;
		start_typing(grid, key == PRESS_ENTER);
		return true;
	default:
		return false;
	}
}

/* ---- keys ---- */

/* Accepts what is typed and moves on; a refused cell keeps the focus. */
static bool accept(struct grid *grid, int rows, int columns)
{
	if (!grid_settle(grid))
		return true;
	move_row(grid, rows);
	move_column(grid, columns);
	return true;
}

/* Keys that end typing, or the entry's own. */
static bool type(struct grid *grid, const struct event *event)
{
	enum typed typed;
	char words[96];

	if (event->kind == EVENT_KEY && event->command == COMMAND_LEAVE) {
		stop_typing(grid);
		return true;
	}
	if (event->kind == EVENT_KEY && event->command == COMMAND_NONE) {
		switch (event->key) {
		case PRESS_ENTER:
		case PRESS_DOWN:
			return accept(grid, 1, 0);
		case PRESS_UP:
			return accept(grid, -1, 0);
		case PRESS_TAB:
			return accept(grid, 0, 1);
		case PRESS_BACKTAB:
			return accept(grid, 0, -1);
		case PRESS_PAGE_DOWN:
			return accept(grid, grid->visible, 0);
		case PRESS_PAGE_UP:
			return accept(grid, -grid->visible, 0);
		default:
			break;
		}
	}
	typed = entry_key(grid->entry, event);
	if (typing_refusal(entry_typing(grid->entry), typed, words)[0] != '\0')
		error_set(&grid->refusal, "%s", words);
	/* Nothing left to undo in the cell: the key still belongs to it, not to the last save. */
	return typed != TYPED_IGNORED || event->command == COMMAND_UNDO;
}

/* Starts typing in place of the cell's text; what is refused starts nothing. */
static bool type_over(struct grid *grid, const struct event *event)
{
	start_typing(grid, false);
	type(grid, event);
	if (entry_text(grid->entry)[0] == '\0')
		stop_typing(grid);
	return true;
}

static bool command(struct grid *grid, enum command wanted)
{
	if (wanted == COMMAND_COPY && grid_editable(grid)) {
		copy_above(grid);
		return true;
	}
	/* The cell is saved with the rest, and a refused one holds the save back. */
	return wanted == COMMAND_SAVE && !grid_settle(grid);
}

bool grid_key(struct grid *grid, const struct event *event)
{
	if (grid->count <= grid->left)
		return false;
	if (event->kind == EVENT_KEY || event->kind == EVENT_CHAR || event->kind == EVENT_PASTE)
		error_clear(&grid->refusal);
	if (event->kind == EVENT_KEY &&
		(event->command == COMMAND_COPY || event->command == COMMAND_SAVE))
		return command(grid, event->command);
	if (grid->entry != NULL)
		return type(grid, event);
	if (event->kind == EVENT_CHAR || event->kind == EVENT_PASTE)
		return grid_editable(grid) && type_over(grid, event);
	if (event->kind != EVENT_KEY || event->command != COMMAND_NONE)
		return false;
	return move(grid, event->key);
}
