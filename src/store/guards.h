/*
 * guards.h - the triggers and views that stand on every row of office_table alike. Private to
 * the store; the migrations drop and make them. GPL-3.0-or-later.
 */
#ifndef STORE_GUARDS_H
#define STORE_GUARDS_H

#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"

/* All of them go, by the tables named now. */
bool guards_drop(sqlite3 *db, struct error *err);

/* audit_TABLE_insert, _update, _delete: every change leaves a row in audit or audit_private. */
bool guards_add_audit(sqlite3 *db, struct error *err);

/*
 * guard_TABLE_insert, _update, _delete: an active account, a role that may write the table, the
 * version that was seen, a key that is new and stays. TABLE_seen: the rows that all may read;
 * audit_seen: what they may read of the audit.
 */
bool guards_add(sqlite3 *db, struct error *err);

#endif
