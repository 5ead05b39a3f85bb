/*
 * grid_parts.h - the inside of a grid, shared by grid.c and grid_draw.c. Not for screens.
 * GPL-3.0-or-later.
 */
#ifndef TUI_GRID_PARTS_H
#define TUI_GRID_PARTS_H

#include <stdbool.h>

#include "tui/entry.h"
#include "tui/grid.h"

struct grid {
	const struct grid_column *columns; /* borrowed */
	int count;
	int left, right; /* frozen columns at the sides */
	bool total;
	const struct grid_calls *calls; /* borrowed */
	int rows;
	int row, column;      /* the focus */
	struct entry *entry;  /* owned: what is being typed into the focused cell, or NULL */
	bool from_text;       /* typing started on the cell's own text */
	struct error refusal; /* of the last key */
	bool active;

	/* Of the last drawing. */
	int top;     /* first row in sight */
	int visible; /* rows in sight, for Page Up and Page Down */
	int first;   /* first column in sight between the frozen ones */
};

/* The text of a cell, "" when the page writes none. */
void grid_cell(const struct grid *grid, int row, int column, char out[GRID_CELL]);

/* True when something can be typed into the focused cell. */
bool grid_editable(const struct grid *grid);

#endif
