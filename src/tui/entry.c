/*
 * entry.c - one line of text that is typed into. GPL-3.0-or-later.
 */
#include "tui/entry.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "tui/wrap.h"

struct entry {
	struct typing typing;
	size_t first; /* byte offset of the first unit in sight */
	bool hidden_left;
	bool hidden_right;
};

struct entry *entry_new(size_t maximum)
{
	struct entry *entry = memory_new(sizeof *entry);

	typing_start(&entry->typing, maximum, false);
	return entry;
}

void entry_free(struct entry *entry)
{
	if (entry == NULL)
		return;
	typing_end(&entry->typing);
	free(entry);
}

const char *entry_text(const struct entry *entry)
{
	return entry->typing.text;
}

void entry_load(struct entry *entry, const char *text)
{
	typing_load(&entry->typing, text);
	entry->first = 0;
}

void entry_set(struct entry *entry, const char *text)
{
	typing_set(&entry->typing, text);
}

void entry_home(struct entry *entry)
{
	typing_move(&entry->typing, 0);
}

void entry_end(struct entry *entry)
{
	typing_move(&entry->typing, entry->typing.length);
}

bool entry_undo(struct entry *entry)
{
	return typing_undo(&entry->typing);
}

bool entry_redo(struct entry *entry)
{
	return typing_redo(&entry->typing);
}

struct typing *entry_typing(struct entry *entry)
{
	return &entry->typing;
}

enum typed entry_key(struct entry *entry, const struct event *event)
{
	struct typing *typing = &entry->typing;

	if (event->kind != EVENT_KEY || event->command != COMMAND_NONE)
		return typing_event(typing, event);
	switch (event->key) {
	case PRESS_HOME:
		return typing_move(typing, 0);
	case PRESS_END:
		return typing_move(typing, typing->length);
	case KEY_CTRL('k'):
		return typing_remove(typing, typing->cursor, typing->length);
	case KEY_CTRL('u'):
		return typing_remove(typing, 0, typing->length);
	default:
		return typing_event(typing, event);
	}
}

/* ---- drawing ---- */

/* The first unit of those that end at offset to and take at most width cells together. */
static size_t back_by_cells(const struct typing *typing, size_t to, int width)
{
	size_t from = to;

	while (from > 0) {
		size_t before = unit_before(typing->text, from);

		width -= unit_cells(typing->text, before, from);
		if (width < 0)
			break;
		from = before;
	}
	return from;
}

/* Chooses the first unit in sight so that the cursor and its unit are. */
static void scroll(struct entry *entry, int width)
{
	const struct typing *typing = &entry->typing;
	size_t cursor = typing->cursor;
	/* In jumps, not cell by cell: a scrolled line is sent whole, a typed letter alone. */
	int jump = width / 3;
	int under = unit_cells(typing->text, cursor, typing_next(typing, cursor));

	if (unit_cells(typing->text, 0, typing->length) <= width) {
		entry->first = 0;
		return;
	}
	entry->first = unit_boundary(typing->text, typing->length, entry->first);
	if (cursor <= entry->first)
		entry->first = back_by_cells(typing, cursor, jump);
	if (unit_cells(typing->text, entry->first, cursor) + under > width)
		entry->first = back_by_cells(typing, cursor, width - jump - under);
	if (unit_cells(typing->text, entry->first, typing->length) < width - 2 * jump)
		entry->first = back_by_cells(typing, typing->length, width - jump);
}

/* The end of the units from first on that fit into width cells. */
static size_t forward_by_cells(const struct typing *typing, size_t first, int width)
{
	while (first < typing->length) {
		size_t next = typing_next(typing, first);

		width -= unit_cells(typing->text, first, next);
		if (width < 0)
			break;
		first = next;
	}
	return first;
}

void entry_draw(struct entry *entry, struct area *area, int row, int column, int width,
	enum role role, bool right, bool focused)
{
	const struct typing *typing = &entry->typing;
	size_t last;
	int indent = 0;
	char *slice;

	if (width < 1)
		return;
	scroll(entry, width);
	last = forward_by_cells(typing, entry->first, width);
	if (last == entry->first) /* a wide character in one cell shows at least that it is there */
		last = typing_next(typing, last);
	entry->hidden_left = entry->first > 0;
	entry->hidden_right = last < typing->length;
	if (right && !entry->hidden_left && !entry->hidden_right)
		indent = width - unit_cells(typing->text, 0, typing->length);
	if (indent < 0)
		indent = 0;
	if (indent > 0)
		draw_text_padded(area, row, column, indent, role, "");
	slice = memory_text_part(typing->text + entry->first, last - entry->first);
	draw_text_padded(area, row, column + indent, width - indent, role, slice);
	free(slice);
	if (focused)
		draw_cursor(area, row,
			column + indent + unit_cells(typing->text, entry->first, typing->cursor));
}

bool entry_hidden_left(const struct entry *entry)
{
	return entry->hidden_left;
}

bool entry_hidden_right(const struct entry *entry)
{
	return entry->hidden_right;
}
