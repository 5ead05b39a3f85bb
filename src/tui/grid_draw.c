/*
 * grid_draw.c - a grid on the screen: which columns and rows are in sight, and their cells.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/grid.h"
#include "tui/grid_parts.h"

enum {
	NARROW = 60,     /* columns below which the margin is a cell smaller */
	KEY_LEAST = 6,   /* cells that the first column keeps however narrow it gets */
	MARK_AND_GAP = 2 /* the mark '>' and the blank behind it */
};

/* What is in sight, and where; every column has a cell before it, for a blank or a bracket. */
struct sight {
	const struct grid *grid;
	struct area *area;
	int row, column; /* of the grid in the area */
	int columns;
	int margin;    /* cells before the first column */
	int key_width; /* of the first column, which may be narrowed */
	int right;     /* first column of those frozen at the right */
	int end;       /* column behind the last one in sight that scrolls */
};

static int at_least(int least, int value)
{
	return value < least ? least : value;
}

/* ---- columns ---- */

static int column_width(const struct sight *sight, int column)
{
	if (column == 0 && sight->grid->left > 0)
		return sight->key_width;
	return sight->grid->columns[column].width;
}

/* Cells of the columns from first to before end, with the one before each. */
static int span(const struct sight *sight, int first, int end)
{
	int cells = 0;

	for (int column = first; column < end; column++)
		cells += 1 + column_width(sight, column);
	return cells;
}

/* Cells for the columns that scroll: all but the margin, the frozen ones and the last bracket. */
static int room(const struct sight *sight)
{
	const struct grid *grid = sight->grid;

	/* The first column's cell before it is part of the margin. */
	return sight->columns - sight->margin - span(sight, 0, grid->left) + (grid->left > 0) -
	       span(sight, sight->right, grid->count) - 1;
}

/* The cells that the focused column and those beside it need at least. */
static int need(const struct sight *sight)
{
	const struct grid *grid = sight->grid;
	int column = grid->column < sight->right ? grid->column : grid->left;

	return column < sight->right ? 1 + grid->columns[column].width : 0;
}

/* Scrolls sideways so that the focused column is in sight and no room is wasted. */
static void scroll_columns(struct grid *grid, struct sight *sight)
{
	int cells = room(sight);

	if (grid->first < grid->left || grid->first > sight->right)
		grid->first = grid->left;
	if (grid->column < sight->right) {
		if (grid->column < grid->first)
			grid->first = grid->column;
		while (grid->first < grid->column &&
			span(sight, grid->first, grid->column + 1) > cells)
			grid->first++;
	}
	while (grid->first > grid->left && span(sight, grid->first - 1, sight->right) <= cells)
		grid->first--;
	sight->end = grid->first;
	while (sight->end < sight->right && span(sight, grid->first, sight->end + 1) <= cells)
		sight->end++;
	/* A column wider than all the room is shown cut rather than not at all. */
	if (sight->end == grid->first && sight->end < sight->right)
		sight->end++;
}

static void choose_columns(struct grid *grid, struct sight *sight)
{
	sight->margin = sight->columns < NARROW ? MARK_AND_GAP : MARK_AND_GAP + 1;
	sight->key_width = grid->columns[0].width;
	sight->right = grid->count - grid->right;
	if (room(sight) < need(sight))
		sight->right = grid->count;
	if (room(sight) < need(sight) && grid->left > 0)
		sight->key_width =
			at_least(KEY_LEAST, sight->key_width - (need(sight) - room(sight)));
	scroll_columns(grid, sight);
}

/* ---- cells ---- */

static void put(
	const struct sight *sight, int row, int column, int width, enum role role, const char *text)
{
	if (width > sight->columns - column)
		width = sight->columns - column;
	if (column >= 0 && width > 0)
		draw_text(sight->area, sight->row + row, sight->column + column, width, role, text);
}

/* A text aligned as its column is; returns the cell where it starts. */
static int put_aligned(
	const struct sight *sight, int row, int at, int column, enum role role, const char *text)
{
	int width = column_width(sight, column);
	int blank = sight->grid->columns[column].words ? 0 : width - text_width(text);

	blank = at_least(0, blank);
	put(sight, row, at + blank, width - blank, role, text);
	return at + blank;
}

/* The first word of the focused row is its key, and bold; the whole cell would cost more bytes. */
static void put_key(const struct sight *sight, int row, int at, const char *text)
{
	int width = column_width(sight, 0);
	char key[GRID_CELL];

	snprintf(key, sizeof key, "%.*s", (int)strcspn(text, " "), text);
	put(sight, row, at, width, ROLE_FOCUS, key);
}

static void draw_typed(const struct sight *sight, int row, int at)
{
	const struct grid *grid = sight->grid;
	int width = column_width(sight, grid->column);

	if (at + width > sight->columns)
		width = sight->columns - at;
	if (width < 1)
		return;
	entry_draw(grid->entry, sight->area, sight->row + row, sight->column + at, width,
		ROLE_FIELD, !grid->columns[grid->column].words, grid->active);
	put(sight, row, at - 1, 1, ROLE_FOCUS, entry_hidden_left(grid->entry) ? "<" : "[");
	put(sight, row, at + width, 1, ROLE_FOCUS, entry_hidden_right(grid->entry) ? ">" : "]");
}

/* One cell of row number (or GRID_TOTAL) whose text starts at cell at of screen row row. */
static void draw_cell(const struct sight *sight, int row, int at, int number, int column)
{
	const struct grid *grid = sight->grid;
	bool row_focused = grid->active && number == grid->row;
	bool focused = row_focused && column == grid->column;
	bool typable = focused && grid_editable(grid);
	char text[GRID_CELL];
	int start;

	if (number == grid->row && column == grid->column && grid->entry != NULL) {
		draw_typed(sight, row, at);
		return;
	}
	grid_cell(grid, number, column, text);
	start = put_aligned(sight, row, at, column, ROLE_PLAIN, text);
	if (row_focused && column == 0)
		put_key(sight, row, at, text);
	if (!focused)
		return;
	/* Brackets promise that one can type here; where nobody can, the cursor is enough. */
	if (typable) {
		put(sight, row, at - 1, 1, ROLE_FOCUS, "[");
		put(sight, row, at + column_width(sight, column), 1, ROLE_FOCUS, "]");
	}
	if (start < sight->columns)
		draw_cursor(sight->area, sight->row + row, sight->column + start);
}

/* Calls draw for every column in sight with the cell where its text starts; returns the cell
 * behind the columns that scroll. */
static int across(const struct sight *sight, int row, int number,
	void (*draw)(const struct sight *sight, int row, int at, int number, int column))
{
	const struct grid *grid = sight->grid;
	int at = sight->margin;
	int behind;

	for (int column = 0; column < grid->left; column++) {
		draw(sight, row, at, number, column);
		at += column_width(sight, column) + 1;
	}
	if (grid->left == 0)
		at++;
	for (int column = grid->first; column < sight->end; column++) {
		draw(sight, row, at, number, column);
		at += column_width(sight, column) + 1;
	}
	behind = at - 1;
	for (int column = sight->right; column < grid->count; column++) {
		draw(sight, row, at, number, column);
		at += column_width(sight, column) + 1;
	}
	return behind;
}

/* ---- rows ---- */

static void draw_heading_cell(const struct sight *sight, int row, int at, int number, int column)
{
	(void)number;
	put_aligned(sight, row, at, column, ROLE_TITLE, sight->grid->columns[column].heading);
}

static void draw_heading(const struct sight *sight)
{
	const struct grid *grid = sight->grid;
	int behind = across(sight, 0, 0, draw_heading_cell);

	if (grid->first > grid->left)
		put(sight, 0, sight->margin + span(sight, 0, grid->left) - (grid->left > 0), 1,
			ROLE_FOCUS, "<");
	if (sight->end < sight->right)
		put(sight, 0, behind < sight->columns ? behind : sight->columns - 1, 1, ROLE_FOCUS,
			">");
	if (grid->top > 0)
		put(sight, 0, sight->margin - MARK_AND_GAP, 1, ROLE_FOCUS, "^");
}

static void draw_rows(const struct sight *sight, int first_row)
{
	const struct grid *grid = sight->grid;
	int mark = sight->margin - MARK_AND_GAP;
	int row = first_row;

	for (int number = grid->top; number < grid->rows && row < first_row + grid->visible;
		number++, row++) {
		across(sight, row, number, draw_cell);
		if (grid->active && number == grid->row)
			put(sight, row, mark, 1, ROLE_FOCUS, ">");
	}
	if (grid->top + grid->visible < grid->rows && grid->row != grid->top + grid->visible - 1)
		put(sight, row - 1, mark, 1, ROLE_FOCUS, "v");
}

/* Keeps the focused row in sight, and no empty rows below while some are hidden above. */
static void scroll_rows(struct grid *grid)
{
	if (grid->top > grid->rows - grid->visible)
		grid->top = at_least(0, grid->rows - grid->visible);
	if (grid->row < grid->top)
		grid->top = grid->row;
	if (grid->row >= grid->top + grid->visible)
		grid->top = grid->row - grid->visible + 1;
}

void grid_draw(struct grid *grid, struct area *area, int row, int column, int rows, int columns)
{
	struct sight sight = {
		.grid = grid, .area = area, .row = row, .column = column, .columns = columns};
	bool heading = rows > 1;
	bool total = grid->total && rows > 2;
	int shown;

	if (rows < 1 || columns < 1 || grid->count < 1)
		return;
	for (int i = 0; i < rows; i++)
		draw_text_padded(area, row + i, column, columns, ROLE_PLAIN, "");
	grid->visible = rows - heading - total;
	scroll_rows(grid);
	choose_columns(grid, &sight);
	if (grid->active && grid->rows == 0)
		draw_cursor(area, row, column);
	if (heading)
		draw_heading(&sight);
	draw_rows(&sight, heading);
	shown = grid->rows < grid->visible ? grid->rows : grid->visible;
	if (total)
		across(&sight, heading + shown, GRID_TOTAL, draw_cell);
}
