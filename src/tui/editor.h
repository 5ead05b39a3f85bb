/*
 * editor.h - several lines of text: notes, reasons, minutes. GPL-3.0-or-later.
 *
 * Lines wrap at words to the width they are drawn in, for display only; newlines that were
 * typed are kept. Keys as in entry.h, per display row where rows matter: Home and End, and
 * Up, Down, Page Up, Page Down, which are ignored (left to the caller) at the first and last
 * row. Enter starts a new line; ^K and ^U mean the line that was typed, not the display row.
 */
#ifndef TUI_EDITOR_H
#define TUI_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/draw.h"
#include "tui/event.h"
#include "tui/typing.h"

struct editor;

/* maximum in characters, 0 for no limit. Caller frees with editor_free. */
struct editor *editor_new(size_t maximum);
void editor_free(struct editor *editor); /* NULL is allowed */

/* Borrowed, valid until the next change. Never NULL; lines end at "\n". */
const char *editor_text(const struct editor *editor);
void editor_load(struct editor *editor, const char *text); /* nothing to undo, cursor at end */
void editor_set(struct editor *editor, const char *text);  /* as one step that undo takes back */
void editor_home(struct editor *editor);                   /* to the start of the text */
void editor_end(struct editor *editor);                    /* behind the end of the text */

enum typed editor_key(struct editor *editor, const struct event *event);
bool editor_undo(struct editor *editor);
bool editor_redo(struct editor *editor);

/*
 * Draws exactly rows x columns cells and keeps the cursor's row in sight. As in an entry the
 * cursor may stand one cell right of them. columns is at least 1.
 */
void editor_draw(struct editor *editor, struct area *area, int row, int column, int rows,
	int columns, enum role role, bool focused);
bool editor_hidden_above(const struct editor *editor); /* after editor_draw */
bool editor_hidden_below(const struct editor *editor);

/* Display rows that the text takes at this width; at least 1. */
int editor_height(const struct editor *editor, int columns);

/* The display row of the cursor at this width, from 0. */
int editor_cursor_row(const struct editor *editor, int columns);

struct typing *editor_typing(struct editor *editor); /* borrowed */

#endif
