/*
 * grid.h - rows and columns of cells, some of which can be typed into: a budget of accounts
 * by months, votes of members by motions. GPL-3.0-or-later.
 *
 * The first and last columns and the total row stay; the columns between scroll sideways when
 * not all fit, with '<' and '>' in the heading. The focused cell stands in brackets where it can
 * be typed into, and of the focused row the first word is bold. The grid keeps no values: it asks
 * for the text of the cells in sight and hands typed texts over, one cell at a time.
 *
 * Keys: arrows, Home and End (first and last column), Page Up and Page Down. On an editable
 * cell a character (in place of the text) or Enter (on the text as it is) starts typing; Enter
 * accepts and goes down, Tab goes right, Shift-Tab left, Up and Down accept and move; Esc
 * takes back what was typed. ^D copies the cell above. Up in the first row and Down in the last
 * one are not handled, so a page may move on. A save while typing first accepts the cell and is
 * then handed on to the page, unless the cell was refused.
 */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "tui/draw.h"
#include "tui/event.h"

struct grid;

enum {
	GRID_CELL = 128, /* bytes of a cell's text, NUL included */
	GRID_TOTAL = -1, /* the row number of the total row */
};

/* Strings are borrowed and must outlive the grid. */
struct grid_column {
	const char *heading;
	int width;   /* cells of the text */
	bool words;  /* aligned left; otherwise right, as numbers are */
	int maximum; /* characters that can be typed; 0: 32 */
};

/* What the grid asks of its page. cell is needed; the others may be NULL (nothing editable). */
struct grid_calls {
	void *context; /* borrowed; handed to every call */
	/* The text of a cell, of the total row for GRID_TOTAL: written to out, which comes empty.
	 * Typing starts from it, so commit must understand what cell writes. */
	void (*cell)(void *context, int row, int column, char out[GRID_CELL]);
	bool (*editable)(void *context, int row, int column);
	/*
	 * Takes what was typed, or refuses with a sentence, which grid_message then gives; the
	 * person stays in the cell. Not called when the cell's text was left as it was.
	 */
	bool (*commit)(void *context, int row, int column, const char *text, struct error *err);
};

/*
 * columns and calls are borrowed. left and right columns are frozen at the sides; the focus goes
 * through all but the left ones. total adds the frozen row. Caller frees.
 */
struct grid *grid_new(const struct grid_column *columns, int count, int left, int right, bool total,
	const struct grid_calls *calls);
void grid_free(struct grid *grid); /* NULL is allowed */

/* How many rows there are now (without the total); keeps the focus inside. */
void grid_rows_set(struct grid *grid, int rows);

void grid_focus(struct grid *grid, int row, int column); /* typing is given up */
int grid_focus_row(const struct grid *grid);
int grid_focus_column(const struct grid *grid);

bool grid_editing(const struct grid *grid);

/*
 * What is being typed into the focused cell, and the cursor in it (bytes); NULL while none is, or
 * it is still the cell's own text. And going on with such a text: false where nothing can be typed
 * into the focused cell.
 */
const char *grid_typed(const struct grid *grid, size_t *cursor);
bool grid_type(struct grid *grid, const char *text, size_t cursor);

/* Accepts a cell that is being typed; false when it was refused. True when none is. */
bool grid_settle(struct grid *grid);

/* Why the last cell or key was refused, for the page's message line; "" when all is well.
 * Borrowed until the next key. */
const char *grid_message(const struct grid *grid);

/* False while another part of the page has the keys: no mark, no cursor. A new grid is active.
 * A page that takes the keys away while a cell is typed calls grid_settle first. */
void grid_active_set(struct grid *grid, bool active);

/*
 * Draws heading, rows and total in rows x columns cells at row, column; any size. Where there
 * is no room for a scrolling column between the frozen ones, the right ones scroll too, then
 * the first column is narrowed.
 */
void grid_draw(struct grid *grid, struct area *area, int row, int column, int rows, int columns);

/* True when the grid used the event; false: the page's. */
bool grid_key(struct grid *grid, const struct event *event);

#endif
