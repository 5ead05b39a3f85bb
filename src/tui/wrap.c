/*
 * wrap.c - units and display rows, measured exactly as text_cells draws them.
 * GPL-3.0-or-later.
 */
#include "tui/wrap.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

#include "core/text.h"
#include "tui/draw.h"

/* ---- units ---- */

bool unit_mark(uint32_t codepoint)
{
	return codepoint >= 0x80 && wcwidth((wchar_t)codepoint) == 0;
}

/* Bytes of the character at offset and what it is; an invalid byte counts as one character. */
static size_t character_at(const char *text, size_t length, size_t offset, uint32_t *codepoint)
{
	size_t used = text_decode(text + offset, length - offset, codepoint);

	if (used > 0)
		return used;
	*codepoint = 0xfffd;
	return 1;
}

/* The end of the marks that start at offset. */
static size_t marks_end(const char *text, size_t length, size_t offset)
{
	while (offset < length && (text[offset] & 0x80) != 0) {
		uint32_t codepoint;
		size_t used = character_at(text, length, offset, &codepoint);

		if (!unit_mark(codepoint))
			break;
		offset += used;
	}
	return offset;
}

size_t unit_end(const char *text, size_t length, size_t offset)
{
	uint32_t codepoint;

	if (offset >= length)
		return length;
	if (text[offset] == '\n')
		return offset + 1;
	offset += character_at(text, length, offset, &codepoint);
	return marks_end(text, length, offset);
}

size_t unit_boundary(const char *text, size_t length, size_t offset)
{
	if (offset >= length)
		return length;
	while (offset > 0 && offset < length && (text[offset] & 0xc0) == 0x80)
		offset++;
	if (offset == 0 || text[offset - 1] == '\n')
		return offset;
	return marks_end(text, length, offset);
}

size_t unit_before(const char *text, size_t offset)
{
	size_t end = offset;

	while (offset > 0) {
		uint32_t codepoint;

		do
			offset--;
		while (offset > 0 && (text[offset] & 0xc0) == 0x80);
		character_at(text, end, offset, &codepoint);
		if (!unit_mark(codepoint) || (offset > 0 && text[offset - 1] == '\n'))
			break;
	}
	return offset;
}

/* Cells of one unit. */
static int cells_of(const char *text, size_t length)
{
	/* A base and the four marks that text_cells keeps, with room to spare. */
	wchar_t drawn[16];

	if (length == 1)
		return 1;
	/* Without UTF-8 every character becomes one cell, marks too. */
	if (!draw_utf8()) {
		int cells = 0;

		for (size_t i = 0; i < length; i++)
			cells += (text[i] & 0xc0) != 0x80;
		return cells;
	}
	return text_cells(text, length, INT_MAX, true, drawn, sizeof drawn / sizeof drawn[0]);
}

int unit_cells(const char *text, size_t start, size_t end)
{
	int cells = 0;

	while (start < end) {
		size_t next = unit_end(text, end, start);

		cells += cells_of(text + start, next - start);
		start = next;
	}
	return cells;
}

/* ---- rows ---- */

/* Ends the row at the blanks that hang over the edge from offset on. */
static void end_at_blanks(struct wrap *row, const char *text, size_t length, size_t offset)
{
	row->end = offset;
	while (offset < length && text[offset] == ' ')
		offset++;
	row->last = offset == length;
	if (offset < length && text[offset] == '\n')
		offset++;
	row->next = offset;
}

static void end_at(struct wrap *row, size_t end, size_t next, bool last)
{
	row->end = end;
	row->next = next;
	row->last = last;
}

bool wrap_next(struct wrap *row, const char *text, size_t length, int width)
{
	size_t at = row->begun ? row->next : 0;
	size_t place = at; /* where the row may break; its start: nowhere yet */
	int cells = 0;

	if (row->begun && row->last)
		return false;
	row->begun = true;
	row->start = at;
	while (at < length && text[at] != '\n') {
		size_t end = unit_end(text, length, at);
		int more = unit_cells(text, at, end);

		if (more > 1 && at > row->start)
			place = at;
		if (cells + more > width) {
			if (text[at] == ' ' && at > row->start)
				end_at_blanks(row, text, length, at);
			else if (place > row->start)
				end_at(row, place, place, false);
			else if (at > row->start)
				end_at(row, at, at, false);
			else /* one unit is wider than the row: it is shown cut, but not lost */
				end_at(row, end, end, end == length);
			return true;
		}
		cells += more;
		at = end;
		if (more > 1 || text[at - 1] == ' ')
			place = at;
	}
	end_at(row, at, at < length ? at + 1 : at, at == length);
	return true;
}

int wrap_rows(const char *text, int width)
{
	size_t length = strlen(text);
	struct wrap row = {0};
	int rows = 0;

	while (wrap_next(&row, text, length, width))
		rows++;
	return rows;
}

int wrap_cut(const char *text, size_t length, int width)
{
	struct wrap row = {0};
	int cells;

	if (unit_cells(text, 0, length) <= width)
		return width;
	wrap_next(&row, text, length, width - 1);
	while (row.end > row.start && text[row.end - 1] == ' ')
		row.end--;
	cells = unit_cells(text, row.start, row.end) + 1;
	return cells < width ? cells : width;
}
