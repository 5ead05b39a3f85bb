/*
 * draw.c - text and rules into ncurses windows, with every byte of data made safe on the way.
 * GPL-3.0-or-later.
 */
#include "tui/draw.h"

#include <langinfo.h>
#include <ncurses.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text.h"
#include "tui/screen.h"
#include "tui/wrap.h"

/* More wide characters than the widest terminal has cells, marks included. */
enum { LINE_CHARACTERS = 2048 };

static attr_t role_attributes[ROLE_FIELD + 1] = {
	[ROLE_TITLE] = A_BOLD,
	[ROLE_FOCUS] = A_BOLD,
	[ROLE_WARNING] = A_UNDERLINE,
	[ROLE_BAD] = A_REVERSE,
	[ROLE_FIELD] = A_UNDERLINE,
};
static short role_pairs[ROLE_FIELD + 1];
static struct {
	int row, column;
	bool set;
} cursor;

/* Red and green never stand for opposites: good is cyan, and bad is bold as well. */
void screen_colours(void)
{
	static const struct {
		enum role role;
		short colour;
		attr_t attributes;
	} colours[] = {
		{ROLE_HINT, COLOR_CYAN, A_NORMAL},
		{ROLE_GOOD, COLOR_CYAN, A_BOLD},
		{ROLE_WARNING, COLOR_YELLOW, A_NORMAL},
		{ROLE_BAD, COLOR_RED, A_BOLD},
		{ROLE_FIELD, -1, A_NORMAL},
	};

	for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
		enum role role = colours[i].role;

		role_attributes[role] = colours[i].attributes;
		if (colours[i].colour < 0)
			continue;
		if (init_pair((short)(i + 1), colours[i].colour, -1) == OK)
			role_pairs[role] = (short)(i + 1);
	}
}

bool draw_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int area_rows(const struct area *area)
{
	return area->rows;
}

int area_columns(const struct area *area)
{
	return area->columns;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

struct area area_part(const struct area *area, int row, int column, int rows, int columns)
{
	struct area part = *area;
	int top = clamp(row, 0, area->rows);
	int left = clamp(column, 0, area->columns);

	part.row = area->row + top;
	part.column = area->column + left;
	part.rows = clamp(rows - (top - row), 0, area->rows - top);
	part.columns = clamp(columns - (left - column), 0, area->columns - left);
	return part;
}

struct area area_screen(void)
{
	return (struct area){.window = stdscr, .rows = LINES, .columns = COLS};
}

void draw_clear(struct area *area)
{
	WINDOW *window = area->window;

	/* erase(), not clear(): clear repaints 1,200 bytes per key over SSH. */
	if (area->row == 0 && area->column == 0 && area->rows == getmaxy(window) &&
		area->columns == getmaxx(window)) {
		werase(window);
		return;
	}
	wattrset(window, A_NORMAL);
	for (int row = 0; row < area->rows; row++)
		mvwhline(window, area->row + row, area->column, ' ', area->columns);
}

static void set_role(WINDOW *window, enum role role)
{
	wattr_set(window, role_attributes[role], role_pairs[role], NULL);
}

/* Cells of a text at column that lie within the area; 0 when nothing does. */
static int cells_left(const struct area *area, int row, int column, int width)
{
	if (row < 0 || row >= area->rows || column < 0 || column >= area->columns)
		return 0;
	return clamp(width, 0, area->columns - column);
}

static int draw_bytes(struct area *area, int row, int column, int width, enum role role,
	const char *text, size_t length)
{
	wchar_t characters[LINE_CHARACTERS];
	WINDOW *window = area->window;
	int used;

	width = cells_left(area, row, column, width);
	if (width == 0)
		return 0;
	used = text_cells(text, length, width, draw_utf8(), characters, LINE_CHARACTERS);
	set_role(window, role);
	mvwaddwstr(window, area->row + row, area->column + column, characters);
	wattrset(window, A_NORMAL);
	return used;
}

int draw_text(struct area *area, int row, int column, int width, enum role role, const char *text)
{
	return draw_bytes(area, row, column, width, role, text, strlen(text));
}

int draw_text_padded(
	struct area *area, int row, int column, int width, enum role role, const char *text)
{
	WINDOW *window = area->window;
	int used = draw_text(area, row, column, width, role, text);

	width = cells_left(area, row, column, width);
	if (used < width) {
		set_role(window, role);
		wmove(window, area->row + row, area->column + column + used);
		for (; used < width; used++)
			waddch(window, ' ');
		wattrset(window, A_NORMAL);
	}
	return used;
}

int draw_text_right(
	struct area *area, int row, int column, int width, enum role role, const char *text)
{
	int blank = width - text_width(text);

	if (blank <= 0)
		return draw_text(area, row, column, width, role, text);
	return blank + draw_text(area, row, column + blank, width - blank, role, text);
}

int draw_format(
	struct area *area, int row, int column, int width, enum role role, const char *format, ...)
{
	struct buffer text = {0};
	va_list arguments;
	int used;

	va_start(arguments, format);
	buffer_format_list(&text, format, arguments);
	va_end(arguments);
	used = draw_text(area, row, column, width, role, buffer_text(&text));
	buffer_free(&text);
	return used;
}

void draw_rule(struct area *area, int row, int column, int width)
{
	/* Not ACS_HLINE: PuTTY shows that as "q" in UTF-8. */
	cchar_t line;

	width = cells_left(area, row, column, width);
	setcchar(&line, draw_utf8() ? L"\u2500" : L"-", A_NORMAL, 0, NULL);
	if (width > 0)
		mvwhline_set(area->window, area->row + row, area->column + column, &line, width);
}

void draw_border(struct area *area)
{
	int right = area->columns - 1;
	int bottom = area->rows - 1;
	bool utf8 = draw_utf8();

	draw_rule(area, 0, 0, area->columns);
	draw_rule(area, bottom, 0, area->columns);
	for (int row = 1; row < bottom; row++) {
		draw_text(area, row, 0, 1, ROLE_PLAIN, utf8 ? "│" : "|");
		draw_text(area, row, right, 1, ROLE_PLAIN, utf8 ? "│" : "|");
	}
	draw_text(area, 0, 0, 1, ROLE_PLAIN, utf8 ? "┌" : "+");
	draw_text(area, 0, right, 1, ROLE_PLAIN, utf8 ? "┐" : "+");
	draw_text(area, bottom, 0, 1, ROLE_PLAIN, utf8 ? "└" : "+");
	draw_text(area, bottom, right, 1, ROLE_PLAIN, utf8 ? "┘" : "+");
}

int draw_wrapped(struct area *area, int row, int column, int width, int rows, enum role role,
	const char *text)
{
	size_t length = strlen(text);
	struct wrap line = {0};
	int lines = 0;

	if (width < 1)
		return 0;
	while (lines < rows && wrap_next(&line, text, length, width)) {
		/* The last line that fits gets all the rest, to be cut with its sign. */
		bool cut = lines + 1 == rows && !line.last;
		size_t end = cut ? line.end + strcspn(text + line.end, "\n") : line.end;

		if (cut)
			width = wrap_cut(text + line.start, end - line.start, width);
		if (area != NULL)
			draw_bytes(area, row + lines, column, width, role, text + line.start,
				end - line.start);
		lines++;
	}
	return lines;
}

void draw_cursor(struct area *area, int row, int column)
{
	WINDOW *window = area->window;

	if (area->rows < 1 || area->columns < 1)
		return;
	cursor.row = getbegy(window) + area->row + clamp(row, 0, area->rows - 1);
	cursor.column = getbegx(window) + area->column + clamp(column, 0, area->columns - 1);
	cursor.set = true;
}

void screen_cursor_forget(void)
{
	cursor.set = false;
}

void screen_cursor_place(void)
{
	/* On newscr, after all windows were put there: the last word before doupdate. */
	if (cursor.set)
		wmove(newscr, clamp(cursor.row, 0, LINES - 1), clamp(cursor.column, 0, COLS - 1));
	else
		wmove(newscr, LINES - 1, 0);
}
