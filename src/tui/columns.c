/*
 * columns.c - the widths of a list's columns. GPL-3.0-or-later.
 */
#include "tui/columns.h"

enum { GAP = 2 };

/* Cells that the shown columns take, gaps included. */
static int cells_taken(const struct column_span *spans, size_t count)
{
	int taken = 0;

	for (size_t i = 0; i < count; i++)
		if (spans[i].width > 0)
			taken += spans[i].width + GAP;
	return taken - GAP;
}

/* The shown column that goes first: the last one of the highest priority. 0: none may go. */
static size_t least_needed(
	const struct list_column *columns, const struct column_span *spans, size_t count)
{
	size_t least = 0;
	int priority = 0;

	for (size_t i = 1; i < count; i++)
		if (spans[i].width > 0 && columns[i].priority > 0 &&
			columns[i].priority >= priority) {
			least = i;
			priority = columns[i].priority;
		}
	return least;
}

static void drop(
	const struct list_column *columns, size_t count, int width, struct column_span *spans)
{
	size_t least;

	while (cells_taken(spans, count) > width &&
		(least = least_needed(columns, spans, count)) != 0)
		spans[least].width = 0;
}

/* Those that never go are cut from the right when there is no room even for them. */
static void cut(size_t count, int width, struct column_span *spans)
{
	for (size_t i = count; i-- > 0 && cells_taken(spans, count) > width;) {
		int left = spans[i].width - (cells_taken(spans, count) - width);

		spans[i].width = spans[i].width == 0 || left < 1 ? 0 : left;
	}
	if (count > 0 && spans[0].width == 0)
		spans[0].width = width > 0 ? width : 0;
}

static void give_wanted(
	const struct list_column *columns, size_t count, int *spare, struct column_span *spans)
{
	for (size_t i = 0; i < count; i++) {
		int more = columns[i].wanted - spans[i].width;

		if (spans[i].width == 0 || more <= 0)
			continue;
		more = more > *spare ? *spare : more;
		spans[i].width += more;
		*spare -= more;
	}
}

static void grow(
	const struct list_column *columns, size_t count, int spare, struct column_span *spans)
{
	int shares = 0;

	for (size_t i = 0; i < count; i++)
		shares += spans[i].width > 0 ? columns[i].grow : 0;
	for (size_t i = 0; i < count && shares > 0; i++) {
		int more;

		if (spans[i].width == 0)
			continue;
		/* Of what is left each time, so that no cell is lost in rounding. */
		more = spare * columns[i].grow / shares;
		spans[i].width += more;
		spare -= more;
		shares -= columns[i].grow;
	}
}

void columns_place(
	const struct list_column *columns, size_t count, int width, struct column_span *spans)
{
	int spare;
	int at = 0;

	for (size_t i = 0; i < count; i++)
		spans[i].width = columns[i].width > 0 ? columns[i].width : 1;
	drop(columns, count, width, spans);
	cut(count, width, spans);
	spare = width - cells_taken(spans, count);
	if (spare > 0) {
		give_wanted(columns, count, &spare, spans);
		grow(columns, count, spare, spans);
	}
	for (size_t i = 0; i < count; i++) {
		spans[i].at = at;
		at += spans[i].width > 0 ? spans[i].width + GAP : 0;
	}
}
