/*
 * connection.h - an SQLite connection with the settings the office needs. Private to the store:
 * store_open, store_create and the migrations start from it. GPL-3.0-or-later.
 */
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "store/identity.h"

enum {
	OFFICE_APPLICATION_ID = 0x4d534f31, /* "MSO1" in the header of every office file */
	OFFICE_REPLACED_ID = 0x4d534f30,    /* "MSO0": a restore has put another in its place */
	SMALL_CACHE = -1200,                /* KiB of pages, as PRAGMA cache_size takes them */
	LARGE_CACHE = -262144,
};

/* How long a connection waits for other people's saves; 10,000 but in tests. */
extern int connection_patience_ms;

/*
 * Opens an existing file by absolute path ("": a temporary one without a name), reads nothing
 * yet. The connection is hardened and
 * waits for others, and SQL on it asks identity (borrowed) for actor(); defensive keeps even our
 * own SQL from the search index's inner tables. NULL with a sentence when there is no memory or no
 * such file.
 */
sqlite3 *connection_open(
	const char *path, bool defensive, struct identity *identity, struct error *err);

/*
 * Sets and reads back write-ahead log, synchronous and the like, and a small cache; reads the
 * file. unsynced is for a file nobody has seen yet. False with a sentence.
 */
bool connection_settle(sqlite3 *db, bool unsynced, struct error *err);

/* SMALL_CACHE or LARGE_CACHE from now on; the pages beyond it are let go. False with a sentence. */
bool connection_cache(sqlite3 *db, int size, struct error *err);

/* Runs SQL without parameters; false with a sentence. */
bool connection_run(sqlite3 *db, const char *sql, struct error *err);

/* Runs SQL with one parameter, a text; false with a sentence. */
bool connection_run_text(sqlite3 *db, const char *sql, const char *text, struct error *err);

/* The integer in the first column and row; false with a sentence. No row: unchanged, true. */
bool connection_integer(sqlite3 *db, const char *sql, int64_t *value, struct error *err);

#endif
