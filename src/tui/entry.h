/*
 * entry.h - one line of text that is typed into: the inside of a form field, a grid cell, a
 * "Find:" line. GPL-3.0-or-later.
 *
 * The text lives here, whatever the width on the screen; a field that is too narrow scrolls
 * sideways. Keys understood: characters, paste, Left, Right, word left and right, Home, End,
 * Backspace, Delete, ^K (to the end), ^U (the whole text), ^Y (redo) and the undo command.
 */
#ifndef TUI_ENTRY_H
#define TUI_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/draw.h"
#include "tui/event.h"
#include "tui/typing.h"

struct entry;

/* maximum in characters, 0 for no limit. Caller frees with entry_free. */
struct entry *entry_new(size_t maximum);
void entry_free(struct entry *entry); /* NULL is allowed */

/* Borrowed, valid until the next change. Never NULL. */
const char *entry_text(const struct entry *entry);

/* A new beginning: cursor at the end, nothing to undo. What must not be in text is left out. */
void entry_load(struct entry *entry, const char *text);

/* Replaces the text as one step that undo takes back (a look-up's answer, "t" to a date). */
void entry_set(struct entry *entry, const char *text);

/* Cursor to the first or behind the last unit. */
void entry_home(struct entry *entry);
void entry_end(struct entry *entry);

enum typed entry_key(struct entry *entry, const struct event *event);
bool entry_undo(struct entry *entry); /* false: nothing to undo */
bool entry_redo(struct entry *entry);

/*
 * Draws exactly width cells at row, column. The cursor is set when focused is true; behind a
 * text that fills the field it stands one cell further right, so the caller keeps a cell
 * there (the closing bracket). right aligns a text that fits to the right. The text's hidden
 * ends are told by entry_hidden_left and entry_hidden_right afterwards.
 */
void entry_draw(struct entry *entry, struct area *area, int row, int column, int width,
	enum role role, bool right, bool focused);
bool entry_hidden_left(const struct entry *entry);
bool entry_hidden_right(const struct entry *entry);

/* The text below, for undo across fields and for refusals in words. Borrowed. */
struct typing *entry_typing(struct entry *entry);

#endif
