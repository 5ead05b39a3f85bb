/*
 * dialog.h - a question with a few answers, or a message that must be seen. GPL-3.0-or-later.
 *
 * An overlay: it returns at once and calls back when the answer is there. When the callback
 * runs the dialog is gone already; it may open the next one. Confirm only what cannot be undone.
 */
#ifndef TUI_DIALOG_H
#define TUI_DIALOG_H

#include <stddef.h>

enum { DIALOG_BUTTONS = 4 };

struct dialog_button {
	char letter;       /* the key that gives this answer, lower case */
	const char *label; /* "Save"; NULL ends the buttons */
};

struct dialog {
	const char *title; /* in the border; NULL for none */
	const char *text;  /* one or more paragraphs; wrapped; Up and Down scroll when it is long */
	struct dialog_button buttons[DIALOG_BUTTONS];
	size_t harmless; /* index of the answer that does no harm: focused at first, and Esc */
	void (*answered)(void *context, size_t button); /* may be NULL */
	void *context;                                  /* borrowed */
};

/* Opens the dialog; texts are copied. Without buttons it has one: OK. */
void dialog_open(const struct dialog *dialog);

/* A message with OK. */
void dialog_tell(const char *title, const char *text);

/*
 * Yes or no, No being the harmless default; confirmed runs only for yes. yes and no are the
 * labels ("Cancel it", "Keep it"), whose first letters are the keys; NULL: "Yes", "No".
 */
void dialog_confirm(const char *title, const char *text, const char *yes, const char *no,
	void (*confirmed)(void *context), void *context);

#endif
