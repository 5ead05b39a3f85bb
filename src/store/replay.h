/*
 * replay.h - does the audit lead to what stands in the tables? Whoever changes a row without the
 * triggers (the sqlite3 shell of the file's owner) leaves the chain of the history whole, but not
 * this. Private to the store; verify.h asks it. GPL-3.0-or-later.
 */
#ifndef STORE_REPLAY_H
#define STORE_REPLAY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/*
 * For every table of office_table, all that the history tells of each key, both audits together,
 * comes to the row that is there: no row without a history, none gone without one, and in each
 * column what it leads to. What counts:
 *
 * - Where a new office has a row of its own from a migration, such as a policy, the history goes on
 *   from that one. A migration that changes rows otherwise tells so in the audit itself
 *   (audit_entry), as the triggers would have.
 * - NULL and '' are both empty, since the audit leaves empty columns of new rows out.
 * - The audit says nothing of id, version and generated columns, nor of tables beside office_table.
 *   Columns that a later migration took away are left out.
 *
 * fresh is an office without rows, by the same migrations: it says what tables there are, and its
 * office_table and may_write are what those of db must be. wrong is called with a sentence about
 * each table that differs; it tells tables, columns and keys, of private rows not even the key.
 * *rows counts the rows looked at. False with a sentence when db cannot be read.
 */
bool replay_rows(sqlite3 *db, sqlite3 *fresh, void (*wrong)(const char *text, void *context),
	void *context, int64_t *rows, struct error *err);

/* Of that only what office_table and may_write must be, in offices of any version. */
bool replay_fixed(sqlite3 *db, sqlite3 *fresh, void (*wrong)(const char *text, void *context),
	void *context, struct error *err);

#endif
