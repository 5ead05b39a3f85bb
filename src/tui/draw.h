/*
 * draw.h - putting words on the screen: six roles, safe text, places in cells.
 * GPL-3.0-or-later.
 *
 * All data passes text_cells on its way; nothing here sends a control character. Places are
 * in cells from 0,0; what lies outside the area is cut. Drawing goes to a struct area (a
 * window or a panel's window) and reaches the terminal when the loop asks for it.
 */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include <stdbool.h>

/* The roles of SCREENS: colour only repeats what words or marks say. */
enum role {
	ROLE_PLAIN,
	ROLE_TITLE, /* where you are, headings: bold */
	ROLE_FOCUS, /* the mark and the key of the focused thing: bold */
	ROLE_HINT,  /* hints, labels that may recede */
	ROLE_GOOD,
	ROLE_WARNING,
	ROLE_BAD,
	ROLE_FIELD, /* the inside of an entry: underlined without colour */
};

/* A rectangle of a window. A plain value: copy it, make parts of it; nothing to free. */
struct area {
	void *window;    /* ncurses' own; only the files of this room that draw look behind it */
	int row, column; /* its upper left corner within the window */
	int rows, columns;
};

int area_rows(const struct area *area);
int area_columns(const struct area *area);

/* The part of area at row, column with at most that many rows and columns; cut at the edges. */
struct area area_part(const struct area *area, int row, int column, int rows, int columns);

/* The whole screen, for tests of single widgets; pages get their area from the loop. */
struct area area_screen(void);

void draw_clear(struct area *area); /* erase, never clear: no repaint over SSH */

/*
 * Puts text at row, column in at most width cells (cut with "…"), padded with blanks to width
 * when pad is true. text is UTF-8 of any origin. Returns the cells used.
 */
int draw_text(struct area *area, int row, int column, int width, enum role role, const char *text);
int draw_text_padded(
	struct area *area, int row, int column, int width, enum role role, const char *text);
int draw_text_right(
	struct area *area, int row, int column, int width, enum role role, const char *text);
int draw_format(struct area *area, int row, int column, int width, enum role role,
	const char *format, ...) __attribute__((format(printf, 6, 7)));

/* At the right of so many cells, where they fit: "more above", "more below", both, or nothing. */
void draw_more(struct area *area, int row, int column, int width, bool above, bool below);

/* A horizontal rule of width cells: the line character, or '-' where there is no UTF-8. */
void draw_rule(struct area *area, int row, int column, int width);

/* A border along the edges of the area: lines, or '+', '-' and '|' where there is no UTF-8. */
void draw_border(struct area *area);

/*
 * Puts text into lines of at most width cells, broken at blanks (and at newlines), from row on;
 * at most rows lines, the last cut with "…" when there is more. Returns the lines it took.
 * Nothing is drawn when area is NULL: so much is counted only.
 */
int draw_wrapped(struct area *area, int row, int column, int width, int rows, enum role role,
	const char *text);

/* Where the cursor stands when the frame is shown; the last call wins. */
void draw_cursor(struct area *area, int row, int column);

/* True when the terminal shows UTF-8; false draws ASCII stand-ins. */
bool draw_utf8(void);

#endif
