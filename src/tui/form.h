/*
 * form.h - labelled fields to read and to fill in. GPL-3.0-or-later.
 *
 * The caller describes the fields and answers a few calls; the form keeps the texts, lays them
 * out anew for every size it is drawn at, and moves the focus. Values live in the form, never
 * in the layout, so a resize loses nothing. A form knows no types: a date is text until the
 * caller's on_leave or save makes it one.
 *
 *	static const struct form_field fields[] = {
 *		{.label = "Name", .width = 40, .maximum = 80, .flags = FORM_REQUIRED,
 *			.hint = "The name on the vendor's invoices."},
 *		{.label = "Terms", .width = 12, .maximum = 20, .choices = terms},
 *		{.label = "Notes", .width = 60, .rows = 2, .maximum = 2000,
 *			.note = "no patient data here"},
 *	};
 *	form = form_new(fields, 3, &calls);
 *	form_set_text(form, 0, vendor->name);
 *	form_mark_clean(form);
 *	...
 *	form_draw(form, area, 3, 0, rows - 6, columns);
 *	if (!form_key(form, event)) ... the page's own keys
 *	...
 *	form_settle(form); before saving, so that the field being typed in is normalised too
 *
 * Keys: Enter, Down and Tab go to the next field, Up and Shift-Tab to the previous one; at
 * the ends they are not handled, so a page may move on to what stands below. Enter never
 * saves: a page must not take an unhandled Enter for one. In a field of several rows Enter
 * starts a new line, and Up and Down leave it at its first and last row. Page Up and Page Down
 * jump. Undo (^Z) goes back through the typing of all fields and is not handled when there is
 * none left, so a page may then undo its last save; ^Y redoes. In a field with choices the
 * space bar shows the next one, and a beginning that fits only one of them is completed on
 * leaving. In a field with FORM_WHOLE (a number, a date, a reference) the first thing typed
 * after the focus came replaces the value: nobody who types 4 over a 1 means 14. After any
 * other key, such as Backspace or Left, typing changes it as usual.
 */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/draw.h"
#include "tui/event.h"

struct form;

enum form_flag {
	FORM_READ_ONLY = 1, /* shown without brackets, skipped by the focus while editing */
	FORM_REQUIRED = 2,  /* '*' behind the label and "Required." in the hint */
	FORM_LOOK_UP = 4,   /* F4 calls look_up */
	FORM_NEW_LINE = 8,  /* starts a line even where it would fit beside the one before */
	FORM_WHOLE = 16,    /* a value that is replaced, not added to: see below */
};

/* One field as the caller declares it. All strings are borrowed and must outlive the form. */
struct form_field {
	const char *label;
	const char *hint;    /* one sentence for the focused field, or NULL */
	const char *note;    /* grey remark behind the field, or NULL; form_note_set replaces it */
	const char *section; /* heading above this field, which starts a line, or NULL; "" for a
				blank line only */
	int width;           /* cells of the entry at home size; narrowed where it does not fit */
	int rows;            /* 0 or 1: one line; more: an editor of so many rows */
	int note_width;      /* cells kept free for a note that comes and goes, or 0 */
	int maximum;         /* characters; 0: no limit */
	unsigned flags;      /* enum form_flag */
	/* The choice at position (from 0), NULL behind the last; NULL when typing is free. */
	const char *(*choices)(void *context, int position);
	void *choices_context; /* borrowed */
};

/* What the form asks of its page. Each may be NULL. */
struct form_calls {
	void *context; /* borrowed; handed to every call */
	/* After every edit by a person, for lines computed live; not after form_set_text. */
	void (*on_change)(struct form *form, int field, void *context);
	/*
	 * The focus leaves the field, or form_settle was called. May normalise the text with
	 * form_set_text, set or clear its error, set notes. Cannot hold the focus back.
	 */
	void (*on_leave)(struct form *form, int field, void *context);
	/* F4 in a field with FORM_LOOK_UP: runs the caller's picker, puts the choice with
	 * form_set_text; returns true when it did, which counts as an edit (on_change). */
	bool (*look_up)(struct form *form, int field, void *context);
	/* F9, ^D: puts the last record's value with form_set_text; true when it did. */
	bool (*copy_last)(struct form *form, int field, void *context);
};

/* fields and calls are borrowed (calls may be NULL). Empty texts, focus on the first field that
 * takes it. Caller frees. */
struct form *form_new(const struct form_field *fields, int count, const struct form_calls *calls);
void form_free(struct form *form); /* NULL is allowed */

int form_count(const struct form *form);

/* Borrowed, valid until the field's next change. Never NULL. */
const char *form_text(const struct form *form, int field);

/* Replaces a text: prefill, look-up, normalising. on_change is not called. Undo takes it back
 * until the next form_mark_clean. */
void form_set_text(struct form *form, int field, const char *text);

/* Changed by hand or by form_set_text since form_new or the last form_mark_clean. */
bool form_changed(const struct form *form, int field);
bool form_dirty(const struct form *form);
void form_mark_clean(struct form *form); /* the texts are the stored ones; forgets undo */

/* The stored text that form_changed compares with. Borrowed until form_mark_clean. */
const char *form_stored(const struct form *form, int field);

/* Moves the focus (calling on_leave for the field it leaves, when editing). */
void form_focus(struct form *form, int field);
int form_focus_index(const struct form *form);

/*
 * Where the cursor stands in the focused field's text, in bytes, and putting it there: typing goes
 * on with the text, also in a field with FORM_WHOLE. Out of bounds: the end.
 */
size_t form_cursor(const struct form *form);
void form_cursor_set(struct form *form, size_t offset);

/* Runs on_leave for the focused field without leaving it; before a save. */
void form_settle(struct form *form);

/* The sentence beside or below the field (copied); NULL or "" takes it away. */
void form_error_set(struct form *form, int field, const char *sentence);
const char *form_error(const struct form *form, int field); /* "" for none; borrowed */
void form_errors_clear(struct form *form);
int form_first_error(const struct form *form); /* -1: none. A save jumps there. */

/* The grey remark behind the field (copied); NULL goes back to the declared one. */
void form_note_set(struct form *form, int field, const char *note);

/* One field read-only or not from now on, whatever was declared. */
void form_read_only_set(struct form *form, int field, bool read_only);

/* The whole form for reading: no brackets, no typing; letters are not handled. */
void form_reading_set(struct form *form, bool reading);
bool form_reading(const struct form *form);

/*
 * False while another part of the page has the keys: no mark, no cursor, no hint. A new form
 * is active. Leaving it settles the focused field.
 */
void form_active_set(struct form *form, bool active);

/* True when F4 does something in the focused field: for the hint bar. */
bool form_can_look_up(const struct form *form);

/*
 * Draws in rows x columns cells at row, column; any size, also none. The hint takes the last
 * rows where there is room for it; the fields scroll to keep the focus in sight.
 */
void form_draw(struct form *form, struct area *area, int row, int column, int rows, int columns);

/* Rows that form_draw would like at this width, hint included: for pages with more below. */
int form_height(struct form *form, int columns);

/* True when the form used the event; false: the page's. */
bool form_key(struct form *form, const struct event *event);

#endif
