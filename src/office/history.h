/*
 * history.h - what happened to a record, or in the office, out of the audit: who, when, and each
 * field before and after. GPL-3.0-or-later.
 */
#ifndef OFFICE_HISTORY_H
#define OFFICE_HISTORY_H

#include "office/record.h"

/* One field that an entry tells of. Texts are as people read them; "" for nothing. */
struct history_change {
	const struct field *field; /* NULL: a column that is no field */
	char *column;
	char *before;
	char *after;
};

/* Where an entry stands among all: by time, and in both audits by number. */
struct history_place {
	char at[24];
	int side; /* 1: of the private audit */
	int64_t id;
};

struct history_entry {
	struct history_place place;
	const char *at; /* UTC, as now() gives it */
	const char *who;
	const char *real_who; /* differs when somebody acted as another */
	const struct record_type *type;
	const char *key;
	const char *operation; /* "insert", "update", "delete" */
	struct history_change *changes;
	int count;
};

/* Appends one side of a change as people read it: who or what it names, not its key alone. */
void history_words(
	struct store *store, const struct field *field, const char *side, struct buffer *out);

/*
 * Calls tell for the last entries (at most most of them), oldest first; of one record when type
 * and key are given. The director's include private fields and rows. Stops when tell is false.
 */
bool history_each(struct store *store, const struct record_type *type, const char *key, int most,
	bool (*tell)(const struct history_entry *entry, void *context), void *context,
	struct error *err);

/*
 * The same for a record and its parts (the lines of a request), from the entry at a place on: older
 * ones, newest first, or newer ones, oldest first. from NULL: from the newest, or the oldest.
 */
bool history_walk(struct store *store, const struct record_type *type, const char *key,
	const struct history_place *from, bool older, int most,
	bool (*tell)(const struct history_entry *entry, void *context), void *context,
	struct error *err);

/*
 * How many entries of a record and its parts the actor may read: while it stays the same, nobody
 * has changed any of them. -1: they cannot be read.
 */
int64_t history_count(struct store *store, const struct record_type *type, const char *key);

/*
 * Appends what was last done to a record, and by whom, as far as the actor may read of it:
 * "C-0007 was changed by M. Chen at 14:03 (Phone)"; of nothing that may be read "C-0007 was
 * changed". True when it was deleted.
 */
bool history_last(
	struct store *store, const struct record_type *type, const char *key, struct buffer *out);

/* The same of the record or that of its parts which was changed last. */
void history_newest(
	struct store *store, const struct record_type *type, const char *key, struct buffer *out);

#endif
