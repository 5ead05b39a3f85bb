/*
 * functions.h - the SQL functions that rules and audit triggers call. Private to the store; also
 * built into the extension that gives them to the sqlite3 shell in tests. GPL-3.0-or-later.
 */
#ifndef STORE_FUNCTIONS_H
#define STORE_FUNCTIONS_H

#include <sqlite3.h>

#include "store/identity.h"

/*
 * Registers on a connection; identity is borrowed for the connection's life.
 *
 * actor()        login acting
 * real_login()   login of the process
 * now()          UTC "2026-11-21T12:00:00Z", the same for all of a transaction
 * today()        local date "2026-11-21"
 * money(cents)   "1,234.50" for the sentences of rules; NULL gives ''
 * audit_row('a b', a, b)              a line name=literal for each value but NULL and ''
 * audit_change('a b', old_a, new_a, old_b, new_b)  the same for both sides of what changed, in
 *                one text that audit_before(text) and audit_after(text) take apart; '' for nothing
 * audit_hash(previous, a, b, ...)     SHA-256 of the values as they are stored (hash.h), a BLOB
 *
 * Returns an SQLite result code.
 */
int functions_register(sqlite3 *db, struct identity *identity);

#endif
