/*
 * form_parts.h - the inside of a form, shared by form.c (texts and focus), form_keys.c,
 * form_layout.c (where everything stands) and form_draw.c. Not for screens.
 * GPL-3.0-or-later.
 */
#ifndef TUI_FORM_PARTS_H
#define TUI_FORM_PARTS_H

#include <stdbool.h>

#include "tui/editor.h"
#include "tui/entry.h"
#include "tui/form.h"

/* Where one field stands, in cells of the form's own sheet, which may be taller than the area
 * it is seen through. A row of -1: there is none. */
struct place {
	int first_row; /* of all that belongs to the field, heading and error included */
	int last_row;
	int heading_row;
	int label_row, label_column, label_width;
	int row, column, width, rows; /* the inside of the brackets */
	int note_row, note_column, note_width;
	int error_row, error_column, error_width, error_rows;
};

struct item {
	const struct form_field *field; /* borrowed */
	struct entry *entry;            /* owned; NULL for several rows */
	struct editor *editor;          /* owned; NULL for one row */
	char *stored;                   /* owned: the text that form_changed compares with */
	char *error;                    /* owned; NULL: none */
	char *note;                     /* owned; NULL: the declared one */
	bool read_only;
	bool shares_line; /* with a field beside it; errors name the field then */
	struct place place;
};

struct form {
	struct item *items; /* owned */
	int count;
	const struct form_calls *calls; /* borrowed; may be NULL */
	int focus;
	bool reading;
	bool active;
	bool fresh;       /* nothing was done in the focused field since the focus came */
	char refusal[96]; /* why the last key did nothing, in place of the hint */

	/* Of the last drawing, for Page Up and Page Down. */
	int columns;
	int visible; /* rows of fields in sight */
	int top;     /* the sheet's first row in sight */
};

/* True when the field is shown in brackets and can be typed into. */
bool item_editable(const struct form *form, int field);

struct typing *item_typing(const struct item *item); /* borrowed */

/* The focus goes: the beginning of the text is in sight again. */
void item_leave(struct item *item);

/* The next field in a direction (1 or -1) that takes the focus, or -1. */
int form_neighbour(const struct form *form, int field, int direction);

/* A person changed a field: tells the page, and what was undone elsewhere is forgotten. */
void form_edited(struct form *form, int field);

/* The remark behind a field, "" for none. Borrowed. */
const char *item_note(const struct item *item);

/* Sets the place of every field for a width; an editor takes at most visible rows. Returns the
 * rows of the sheet. */
int form_layout(struct form *form, int columns, int visible);

/*
 * True when the focused text is taller than the window it is read through; Up and Down then
 * scroll form->top from *first_top to *last_top before they leave it.
 */
bool form_tall(const struct form *form, int *first_top, int *last_top);

/* The error as it is shown, "! " and the label where it could be mistaken included. Caller
 * frees; NULL when there is none. */
char *item_error_line(const struct item *item);

/* The hint line of a field: label, help, how it is filled in. Caller frees. */
char *item_hint_line(const struct form *form, int field);

/* Rows that the hints take at a width, 0 to 2: the same for all fields, so nothing jumps. */
int form_hint_rows(const struct form *form, int columns);

#endif
