/*
 * sqlfunctions.c - an extension that gives the sqlite3 shell the office's SQL functions, so that
 * its .import goes through the same guards and audit triggers as the program's. For tests and
 * measurements only: it acts as the real login, at the moment it was loaded. GPL-3.0-or-later.
 *
 * sqlite3 office.db ".load build/tests/sqlfunctions" "SELECT actor()"
 */
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

/* Compiled anew here, so that it calls SQLite through the table above. */
#include "store/functions.c"
#include "store/hash.c"
#include "store/identity.c"

__attribute__((visibility("default"))) int sqlite3_sqlfunctions_init(
	sqlite3 *db, char **message, const sqlite3_api_routines *routines);

int sqlite3_sqlfunctions_init(sqlite3 *db, char **message, const sqlite3_api_routines *routines)
{
	static struct identity identity;
	struct error err;

	(void)message;
	SQLITE_EXTENSION_INIT2(routines);
	/* One moment for all: between two looks at a running clock the audit would not agree. */
	if (!identity_start(&identity, NULL, NULL, &err))
		return SQLITE_ERROR;
	identity.fixed = true;
	return functions_register(db, &identity);
}
