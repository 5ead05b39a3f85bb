/*
 * fake_screen.h - draw.h without a terminal: what is drawn goes into a matrix of cells, so that
 * a widget's test can read its picture, its cursor and its roles. Included once by a test;
 * since it defines all of draw.h, the archive's draw.o stays out. GPL-3.0-or-later.
 */
#ifndef TESTS_FAKE_SCREEN_H
#define TESTS_FAKE_SCREEN_H

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"
#include "tui/draw.h"
#include "tui/event.h"
#include "tui/wrap.h"

enum { FAKE_ROWS = 60, FAKE_COLUMNS = 200 };

struct fake_cell {
	char text[32]; /* a base and its marks; "" in the second half of a wide character */
	enum role role;
};

static struct {
	struct fake_cell cells[FAKE_ROWS][FAKE_COLUMNS];
	int cursor_row, cursor_column; /* -1: not set */
	bool plain;                    /* a terminal that does not speak UTF-8 */
} fake;

static struct area fake_area = {.rows = FAKE_ROWS, .columns = FAKE_COLUMNS};

/* An empty screen of this size. */
static inline struct area *fake_start(int rows, int columns)
{
	fake_area = (struct area){.rows = rows, .columns = columns};
	draw_clear(&fake_area);
	fake.cursor_row = -1;
	fake.cursor_column = -1;
	return &fake_area;
}

/* One row as text without the blanks at its end. Valid until the next call but three. */
static inline const char *fake_row(int row)
{
	static char lines[4][FAKE_COLUMNS * 32];
	static int next;
	char *line = lines[next++ % 4];
	size_t length;

	line[0] = '\0';
	for (int column = 0; column < fake_area.columns; column++)
		strcat(line, fake.cells[row][column].text);
	for (length = strlen(line); length > 0 && line[length - 1] == ' ';)
		line[--length] = '\0';
	return line;
}

/* All rows, each ended by a newline, without the empty ones at the end. */
static inline const char *fake_picture(void)
{
	static struct buffer picture;
	int rows = fake_area.rows;

	buffer_clear(&picture);
	while (rows > 0 && fake_row(rows - 1)[0] == '\0')
		rows--;
	for (int row = 0; row < rows; row++)
		buffer_format(&picture, "%s\n", fake_row(row));
	return buffer_text(&picture);
}

static inline struct event fake_char(uint32_t codepoint)
{
	return (struct event){.kind = EVENT_CHAR, .codepoint = codepoint};
}

static inline struct event fake_key(int key)
{
	return (struct event){.kind = EVENT_KEY, .key = key};
}

static inline struct event fake_command(enum command command)
{
	return (struct event){.kind = EVENT_KEY, .key = PRESS_F + 12, .command = command};
}

static inline struct event fake_paste(const char *text)
{
	return (struct event){.kind = EVENT_PASTE, .text = text, .length = strlen(text)};
}

/* ---- draw.h ---- */

bool draw_utf8(void)
{
	return !fake.plain;
}

int area_rows(const struct area *area)
{
	return area->rows;
}

int area_columns(const struct area *area)
{
	return area->columns;
}

struct area area_part(const struct area *area, int row, int column, int rows, int columns)
{
	return (struct area){.row = area->row + row,
		.column = area->column + column,
		.rows = rows,
		.columns = columns};
}

struct area area_screen(void)
{
	return fake_area;
}

void draw_clear(struct area *area)
{
	for (int row = 0; row < area->rows; row++)
		for (int column = 0; column < area->columns; column++)
			fake.cells[row][column] = (struct fake_cell){.text = " "};
}

int draw_text(struct area *area, int row, int column, int width, enum role role, const char *text)
{
	wchar_t wide[FAKE_COLUMNS * 6];
	struct fake_cell *cell = NULL;
	int at = column;
	int used;

	if (row < 0 || row >= area->rows || column < 0 || column >= area->columns)
		return 0;
	if (width > area->columns - column)
		width = area->columns - column;
	used = text_cells(text, strlen(text), width, !fake.plain, wide, FAKE_COLUMNS * 6);
	for (const wchar_t *c = wide; *c != L'\0'; c++) {
		int cells = wcwidth(*c);
		char bytes[5];

		text_encode((uint32_t)*c, bytes);
		if (cells == 0 && cell != NULL) {
			strcat(cell->text, bytes);
			continue;
		}
		cell = &fake.cells[area->row + row][area->column + at];
		strcpy(cell->text, bytes);
		cell->role = role;
		if (cells == 2)
			fake.cells[area->row + row][area->column + at + 1] =
				(struct fake_cell){.role = role};
		at += cells;
	}
	return used;
}

int draw_text_padded(
	struct area *area, int row, int column, int width, enum role role, const char *text)
{
	int used = draw_text(area, row, column, width, role, text);

	for (int i = used; i < width; i++)
		draw_text(area, row, column + i, 1, role, " ");
	return used;
}

int draw_text_right(
	struct area *area, int row, int column, int width, enum role role, const char *text)
{
	int blank = width - text_width(text) > 0 ? width - text_width(text) : 0;

	return blank + draw_text(area, row, column + blank, width - blank, role, text);
}

int draw_format(
	struct area *area, int row, int column, int width, enum role role, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	return draw_text(area, row, column, width, role, text);
}

void draw_rule(struct area *area, int row, int column, int width)
{
	for (int i = 0; i < width; i++)
		draw_text(area, row, column + i, 1, ROLE_PLAIN, "-");
}

int draw_wrapped(struct area *area, int row, int column, int width, int rows, enum role role,
	const char *text)
{
	struct wrap line = {0};
	int lines = 0;

	while (lines < rows && wrap_next(&line, text, strlen(text), width)) {
		char part[FAKE_COLUMNS * 32];

		snprintf(
			part, sizeof part, "%.*s", (int)(line.end - line.start), text + line.start);
		if (area != NULL)
			draw_text(area, row + lines, column, width, role, part);
		lines++;
	}
	return lines;
}

void draw_cursor(struct area *area, int row, int column)
{
	fake.cursor_row = area->row + row;
	fake.cursor_column = area->column + column;
}

#endif
