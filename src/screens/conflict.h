/*
 * conflict.h - the page "somebody else was faster": what was there, theirs and yours side by side,
 * and a decision for every clash. GPL-3.0-or-later.
 */
#ifndef SCREENS_CONFLICT_H
#define SCREENS_CONFLICT_H

#include "office/merge.h"

/*
 * Opens the page over the form that was saved too late. The merge is owned by the page from now
 * on. saved is called when all is decided, after the page has gone; the record is the result, to be
 * saved as it is, and owned by saved from then on. Esc goes back without a call.
 */
void conflict_open(struct store *store, struct merge *merge,
	void (*saved)(void *context, struct record *result), void *context);

/* Appends "Saved, together with what M. Chen changed at 12:00: Fax." of what did not clash. */
void merged_said(const struct merge *merge, struct buffer *out);

#endif
