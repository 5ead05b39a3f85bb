/*
 * pty_screen.c - what is on the screen of the test terminal, and golden screens.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/text.h"
#include "pty.h"
#include "pty_parts.h"

static void add_row(struct pty *pty, int row, struct buffer *text)
{
	size_t keep = text->length;
	VTermScreenCell cell;

	for (int column = 0; column<pty->columns; column += cell.width> 1 ? cell.width : 1) {
		VTermPos at = {row, column};
		char bytes[5];

		memset(&cell, 0, sizeof cell);
		vterm_screen_get_cell(pty->screen, at, &cell);
		if (cell.chars[0] == 0)
			buffer_add_char(text, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			buffer_add_bytes(text, bytes, text_encode(cell.chars[i], bytes));
		if (cell.chars[0] != 0 && cell.chars[0] != ' ')
			keep = text->length;
	}
	if (text->data != NULL) {
		text->length = keep;
		text->data[keep] = '\0';
	}
}

char *pty_row(struct pty *pty, int row)
{
	struct buffer text = {0};

	add_row(pty, row, &text);
	return buffer_take(&text);
}

char *pty_screen(struct pty *pty)
{
	struct buffer text = {0};

	for (int row = 0; row < pty->rows; row++) {
		add_row(pty, row, &text);
		buffer_add_char(&text, '\n');
	}
	return buffer_take(&text);
}

bool pty_shows(struct pty *pty, const char *text)
{
	char *screen = pty_screen(pty);
	bool found = strstr(screen, text) != NULL;

	free(screen);
	return found;
}

void pty_cursor(struct pty *pty, int *row, int *column)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(pty->terminal), &at);
	*row = at.row;
	*column = at.col;
}

bool pty_cursor_visible(const struct pty *pty)
{
	return pty->cursor_visible;
}

bool pty_alternate(const struct pty *pty)
{
	return pty->alternate;
}

bool pty_paste_asked(const struct pty *pty)
{
	return pty->paste_asked;
}

unsigned pty_bells(const struct pty *pty)
{
	return pty->bells;
}

unsigned pty_attributes(struct pty *pty, int row, int column)
{
	VTermPos at = {row, column};
	VTermScreenCell cell;
	unsigned attributes = 0;

	memset(&cell, 0, sizeof cell);
	vterm_screen_get_cell(pty->screen, at, &cell);
	attributes |= cell.attrs.bold ? PTY_BOLD : 0;
	attributes |= cell.attrs.underline ? PTY_UNDERLINE : 0;
	attributes |= cell.attrs.reverse ? PTY_REVERSE : 0;
	attributes |= !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ? PTY_COLOURED : 0;
	return attributes;
}

/* ---- golden screens ---- */

/* The whole file; NULL when it cannot be read. Caller frees. */
static char *read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	struct buffer text = {0};
	char bytes[4096];
	size_t got;

	if (file == NULL)
		return NULL;
	while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
		buffer_add_bytes(&text, bytes, got);
	fclose(file);
	return buffer_take(&text);
}

static bool write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
		pty_give_up(path);
	return true;
}

bool pty_golden(struct pty *pty, const char *path)
{
	struct buffer seen = {0};
	char *screen = pty_screen(pty);
	char *golden;
	int row, column;
	bool same;

	pty_cursor(pty, &row, &column);
	buffer_format(&seen, "%s-- cursor %d,%d\n", screen, row, column);
	free(screen);
	if (getenv("UPDATE_GOLDEN") != NULL) {
		write_file(path, buffer_text(&seen));
		buffer_free(&seen);
		return true;
	}
	golden = read_file(path);
	same = golden != NULL && strcmp(golden, buffer_text(&seen)) == 0;
	if (!same)
		fprintf(stderr, "---- %s\n%s++++ seen\n%s", path,
			golden != NULL ? golden : "(no such file)\n", buffer_text(&seen));
	free(golden);
	buffer_free(&seen);
	return same;
}
