/*
 * migrate.h - brings an office file up to the program's schema. Private to the store.
 * GPL-3.0-or-later.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "store/embedded.h"
#include "store/identity.h"

/* The highest number among the migrations of a list: the schema this program knows. */
int64_t migrate_newest(const struct embedded_file *files);

/*
 * Runs the migrations the file at path still lacks, all in one exclusive transaction on a
 * connection of its own, and makes guards, audit triggers and "_seen" views anew. founder is the
 * first director of a file not yet published (which is then not synced either), else NULL.
 * False with a sentence; the file is as it was.
 */
bool migrate(const char *path, const struct embedded_file *files, struct identity *identity,
	const char *founder, struct error *err);

/* The same in the caller's transaction: an empty database gets the schema of this program. */
bool migrate_within(sqlite3 *db, const struct embedded_file *files, struct error *err);

/* The schema of a version in an empty database, without what migrate makes anew every time. */
bool migrate_bare(sqlite3 *db, const struct embedded_file *files, int64_t last, struct error *err);

#endif
