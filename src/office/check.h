/*
 * check.h - looks at the whole office: the file, the history's chain, the search index, and the
 * rules again over all that was decided. For `mso check` and cron. GPL-3.0-or-later.
 */
#ifndef OFFICE_CHECK_H
#define OFFICE_CHECK_H

#include <stdint.h>

#include "core/buffer.h"
#include "core/error.h"
#include "store/store.h"

/* One thing that was looked at. */
struct check_line {
	const char *what;    /* "History" */
	int64_t count;       /* how many of them */
	const char *counted; /* "changes, each with the hash of the one before" */
	const char *wrong;   /* what is wrong first, a sentence; NULL when all is well */
};

/* How far the history had come. */
struct check_heads {
	int64_t record, private_record;
	char hash[20], private_hash[20]; /* in short groups; "" for none */
};

/* May the actor check the office? The director, and root without an account. */
bool check_allowed(struct store *store, struct error *err);

/*
 * Tells of everything that is looked at, in order, from one moment's copy of the office; others go
 * on working. *broken counts what is wrong. Nothing private is told. False with a sentence when it
 * cannot be looked at.
 */
bool check_office(struct store *store, void (*tell)(const struct check_line *line, void *context),
	void *context, struct check_heads *heads, int *broken, struct error *err);

/*
 * Does the history still have this record with this hash? hash is as printed, whole or its
 * beginning of at least 8 digits, blanks left aside. private: in the history of what is private,
 * which is for those who may check. False with a sentence when it has not.
 */
bool check_head(
	struct store *store, bool private, int64_t record, const char *hash, struct error *err);

/* Appends "Record 1662, 3f2a 9c01 77de 04b5", the last of the history or the one given (0: last).
 */
void check_print_head(struct store *store, int64_t record, struct buffer *out);

#endif
