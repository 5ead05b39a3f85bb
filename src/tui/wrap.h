/*
 * wrap.h - where lines of text break when they are shown: at blanks, at newlines, beside wide
 * characters, and inside a word only when the word alone is too wide. Also the units that a
 * cursor steps over. GPL-3.0-or-later.
 */
#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One display row of a text, as byte offsets. Starts as {0}; see wrap_next. */
struct wrap {
	size_t start;
	size_t end;  /* of what is shown: without the newline and blanks that hang over the edge */
	size_t next; /* where the next row starts */
	bool begun;
	bool last; /* the row ends the text; one that ends in a newline has an empty last row */
};

/*
 * Goes on to the next display row of a valid text, to the first one from {0}; false behind the
 * last. The rows cover the whole text; an empty text has one row. width is at least 1.
 */
bool wrap_next(struct wrap *row, const char *text, size_t length, int width);

/* Display rows of a text; at least 1. */
int wrap_rows(const char *text, int width);

/* Cells for the text where there is but one row: its whole words that fit, and the sign "…". */
int wrap_cut(const char *text, size_t length, int width);

/* A zero-width character, which belongs to the base before it. */
bool unit_mark(uint32_t codepoint);

/* The end of the unit at offset: a base and the marks behind it. A newline has no marks. */
size_t unit_end(const char *text, size_t length, size_t offset);

/* offset itself where a unit starts, otherwise the end of the unit that offset lies in. */
size_t unit_boundary(const char *text, size_t length, size_t offset);

/* The start of the unit before offset; 0 at the start. */
size_t unit_before(const char *text, size_t offset);

/* Cells that the units from start to end take when they are drawn. */
int unit_cells(const char *text, size_t start, size_t end);

#endif
