/*
 * record_aside.h - what a wide screen shows beside the fields of a record, of whatever type: the
 * first of its parts and of what refers to it, and who changed it lately. GPL-3.0-or-later.
 */
#ifndef SCREENS_RECORD_ASIDE_H
#define SCREENS_RECORD_ASIDE_H

#include "office/record.h"
#include "tui/draw.h"

struct aside_row {
	char *text; /* owned */
	enum role role;
	int indent;
	bool spaced; /* a blank row stands before it */
};

/* Zeros: nothing was read yet. */
struct aside {
	struct aside_row *rows; /* owned */
	int count;
	bool fresh; /* rows are of the record as it is now */
};

/* A list of what refers to the record, and how many there are. */
struct aside_list {
	struct child_list child;
	int64_t count;
};

/* Reads anew, a few rows of each list that is not empty. Not while drawing. */
void aside_read(struct store *store, const struct record *record, const struct aside_list *lists,
	int count, struct aside *aside);

void aside_draw(const struct aside *aside, struct area *area);
void aside_free(struct aside *aside);

#endif
