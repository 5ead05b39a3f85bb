/*
 * columns.h - which columns of a list fit the screen, and where they stand.
 * GPL-3.0-or-later.
 */
#ifndef TUI_COLUMNS_H
#define TUI_COLUMNS_H

#include <stddef.h>

#include "tui/list.h"

struct column_span {
	int at;    /* cells from the first column's start */
	int width; /* 0: no room for this one */
};

/*
 * Places count columns in width cells: drops those of the highest priority number until the
 * others fit, then gives each what it wants, then what is left to those that grow.
 */
void columns_place(
	const struct list_column *columns, size_t count, int width, struct column_span *spans);

#endif
