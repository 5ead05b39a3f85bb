/*
 * verify.h - is the office file as this program keeps it? Each question is asked of a copy of the
 * office, which locks nobody out and shows all of it, private rows included. For the check of the
 * office room (office/check.h), which decides who may ask. GPL-3.0-or-later.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "store/chain.h"
#include "store/store.h"

/*
 * A copy of the office as it is now, with nothing hidden or forbidden to SQL; store_close ends it.
 * NULL with a sentence when there is no room for it.
 */
struct store *verify_copy(struct store *store, struct error *err);

/*
 * Each is true when all is well, with how much was looked at in *count; false with what is wrong
 * first, in words that tell of tables and keys but never of what stands in a record.
 */
bool verify_pages(struct store *copy, int64_t *count, struct error *err);
bool verify_references(struct store *copy, int64_t *count, struct error *err); /* of tables */
bool verify_schema(struct store *copy, int64_t *count, struct error *err);     /* triggers, ... */
bool verify_index(struct store *copy, struct error *err); /* the search index in itself */
bool verify_chain(struct store *copy, struct chain_report *report, struct error *err);

/*
 * Is every row as its history leads to (replay.h)? wrong is called for each table where it is not;
 * *count is that of all rows. False with a sentence when they cannot be read.
 */
bool verify_rows(struct store *copy, void (*wrong)(const char *text, void *context), void *context,
	int64_t *count, struct error *err);

#endif
