/*
 * merge.h - two people changed one record: what was there before, what the other made of it, and
 * what you typed, field by field. GPL-3.0-or-later.
 *
 * What only one of the two changed merges by itself. What both changed to something different is a
 * clash, and a person decides it. Nothing here reads or writes the office but merge_blame.
 */
#ifndef OFFICE_MERGE_H
#define OFFICE_MERGE_H

#include "office/record.h"

enum merge_kind {
	MERGE_UNTOUCHED, /* nobody changed it */
	MERGE_THEIRS,    /* only they did: taken */
	MERGE_YOURS,     /* only you did: kept */
	MERGE_SAME,      /* both, to the same */
	MERGE_CLASH,     /* both, to something different */
};

/* NULL and '' are the same: empty. */
enum merge_kind merge_values(
	const struct value *base, const struct value *theirs, const struct value *yours);

enum merge_side { SIDE_OPEN, SIDE_THEIRS, SIDE_YOURS };

enum { MERGE_NAME = 64, MERGE_TIME = 24 };

struct merge_field {
	const struct field *field;
	int index;            /* of its value in a record */
	enum merge_kind kind; /* never MERGE_UNTOUCHED */
	enum merge_side side; /* SIDE_OPEN: a clash that is to be decided */
	char who[MERGE_NAME]; /* who changed it last, "" while merge_blame does not know */
	char at[MERGE_TIME];  /* local "YYYY-MM-DD HH:MM" */
};

struct merge {
	struct record *base, *theirs, *yours; /* owned */
	struct merge_field *fields;           /* those that somebody changed, in the type's order */
	int count;
	char who[MERGE_NAME], at[MERGE_TIME]; /* the last change of the record, by another or not */
};

/*
 * The three are owned by the merge from now on; they are of one type. Computed fields follow from
 * the others and are left out. Caller frees.
 */
struct merge *merge_new(struct record *base, struct record *theirs, struct record *yours);
void merge_free(struct merge *merge); /* NULL is allowed */

/* Fills in who changed what and when, out of what the actor may read of the history. */
void merge_blame(struct store *store, struct merge *merge);

/* How many clashes are still to be decided. */
int merge_open(const struct merge *merge);

/* Decides a clash; false for a field that only one of the two changed. */
bool merge_decide(struct merge *merge, int field, enum merge_side side);

/*
 * Theirs, with yours where it is kept or was decided for you: to be saved as it is. What is still
 * open is theirs. Caller frees.
 */
struct record *merge_result(const struct merge *merge);

/* Who changed the record last and when, as two texts; "" when the history does not tell. */
void merge_last_change(struct store *store, const struct record_type *type, const char *key,
	char who[MERGE_NAME], char at[MERGE_TIME]);

#endif
