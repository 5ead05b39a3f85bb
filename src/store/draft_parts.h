/*
 * draft_parts.h - what the files about drafts share. Private to the store. GPL-3.0-or-later.
 */
#ifndef STORE_DRAFT_PARTS_H
#define STORE_DRAFT_PARTS_H

#include <sqlite3.h>
#include <sys/stat.h>

#include "store/store.h"

/* ---- draft_file.c ---- */

struct draft_file {
	sqlite3 *db; /* NULL: not open */
	char *path;
	const char *office; /* the last part of the office's path; borrowed from the store */
	struct stat opened; /* what was at path when it was opened */
	char *notice;       /* owned, or NULL */
};

/*
 * Opens the file as store->drafts, made new with make; looks that the open one is still the one at
 * its path. False with a sentence, or with an empty one when there is no file and none is to be
 * made.
 */
bool drafts_open(struct store *store, bool make, struct error *err);

/* Gives a damaged file, or one that is none of drafts, another name. False with a sentence. */
bool drafts_put_aside(struct store *store, struct draft_file *file, struct error *err);

/* Is it the file that is damaged? */
bool drafts_damaged(const struct error *err);

/* The sentence for whoever types: it is not the office that failed. Always false. */
bool drafts_cannot_keep(const struct error *reason, struct error *err);

/* ---- draft_crash.c ---- */

/* The path of a file of this name beside the office file; caller frees. */
char *draft_beside(const struct store *store, const char *name);

#endif
