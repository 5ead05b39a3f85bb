/*
 * failure.h - SQLite's result codes as sentences. Private to the store. GPL-3.0-or-later.
 */
#ifndef STORE_FAILURE_H
#define STORE_FAILURE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"

/*
 * Fills err for the extended result code that the connection's last call gave: code, field where
 * SQLite's message tells the column, and a sentence. A rule's code (RAISE in a trigger) becomes
 * err->code with a makeshift sentence. db may be NULL. Always returns false.
 */
bool failure_describe(sqlite3 *db, int code, struct error *err);

/*
 * True when err, as described, says that a file could not be read or written just now (no memory,
 * a disk that fails or is full, a lock) and nothing about what is in it.
 */
bool failure_is_outside(const struct error *err);

/*
 * integrity_check tells of a page that it could not get in a row, with a result code in its words.
 * True when that code is no damage; err is filled by it then.
 */
bool failure_of_check(const char *row, struct error *err);

/* True when err's code came from a RAISE in a trigger. */
bool failure_is_rule(int code);

#endif
