/*
 * record_extras.h - what the page of some record types shows besides fields and tabs: the parts
 * below the fields, what they come to, and lines worked out while one types. GPL-3.0-or-later.
 */
#ifndef SCREENS_RECORD_EXTRAS_H
#define SCREENS_RECORD_EXTRAS_H

#include "office/record.h"

struct record_extra {
	const char *type;   /* record type name */
	const char *part;   /* type whose records stand below the fields, or NULL */
	const char *hidden; /* fields that this shows elsewhere, separated by spaces, or NULL */

	/*
	 * Appends lines about the record as it stands, what is typed included, each ended by a
	 * newline; the first says the main thing. Nothing where there is nothing to say.
	 */
	void (*explain)(struct store *store, const struct record *record, struct buffer *out);

	/*
	 * Appends what a decision about it is taken on, each line ended by a newline, for the
	 * question that an action asks. NULL: what explain says.
	 */
	void (*confirm)(struct store *store, const struct record *record, struct buffer *out);

	/* Appends what the parts come to, for one line below them. May be NULL. */
	void (*sum)(struct store *store, const struct record *record, struct buffer *out);
};

/* The row of the type, or NULL. */
const struct record_extra *record_extra_of(const struct record_type *type);

/* motion_extras.c */
void motion_confirm(struct store *store, const struct record *motion, struct buffer *out);

/* request_extras.c */
void motion_approved(struct store *store, const struct record *motion, struct buffer *out);
void request_explain(struct store *store, const struct record *request, struct buffer *out);
void request_sum(struct store *store, const struct record *request, struct buffer *out);
void request_line_explain(struct store *store, const struct record *line, struct buffer *out);

#endif
