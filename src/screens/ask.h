/*
 * ask.h - an overlay that asks for a few fields and does something with the answers: what an
 * action asks for, the name of a file. GPL-3.0-or-later.
 */
#ifndef SCREENS_ASK_H
#define SCREENS_ASK_H

#include "office/record.h"

struct ask {
	const char *title;          /* copied */
	const char *text;           /* paragraphs above the fields, or NULL; copied */
	const char *does;           /* the button: "Approve"; copied */
	const struct field *fields; /* ends with key NULL; borrowed for as long as it is open */
	const struct record *about; /* what it is asked about (record_form_asks), or NULL; copied */
	const char *prefill;        /* of the first field instead of its default, or NULL */

	/*
	 * Takes the answers, one text per field. False keeps the overlay with err beside its
	 * field. true closes it; then done runs, where other pages may be opened.
	 */
	bool (*answered)(void *context, const char *const *answers, struct error *err);
	void (*done)(void *context); /* may be NULL */
	void (*free)(void *context); /* when the overlay goes, whichever way; may be NULL */
	void *context;
};

void ask_open(struct store *store, const struct ask *ask);

#endif
