/*
 * changes.h - what others did lately, in words, from the audit: "A. Ruiz submitted PR-2026-0142".
 * GPL-3.0-or-later.
 */
#ifndef REPORT_CHANGES_H
#define REPORT_CHANGES_H

#include "office/people.h"
#include "office/record.h"

struct change {
	char words[200];                /* "M. Chen changed C-0007 Lakeside Family Medicine" */
	const struct record_type *type; /* what Enter opens: the record, or its list */
	char key[48];                   /* "" when several records are meant */
};

/*
 * What others did after the audit row since, newest first, several of a kind as one ("M. Chen
 * added 212 clients"). Looks at the newest rows audit rows only, the actor's own among them, so
 * that it costs the same in any office; *cut tells whether there were more. Never from the private
 * audit. Returns how many.
 */
int changes_since(
	struct store *store, int64_t since, int rows, struct change *out, int capacity, bool *cut);

#endif
