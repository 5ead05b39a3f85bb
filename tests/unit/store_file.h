/*
 * store_file.h - for tests that look into office files and change them as another program would,
 * past every rule. GPL-3.0-or-later.
 */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include "store_office.h"

/* SQL of another program, which asks no rule. */
static inline void change_file(const char *path, const char *sql)
{
	sqlite3 *db;
	char *reason = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	if (sqlite3_exec(db, sql, NULL, NULL, &reason) != SQLITE_OK)
		fail_msg("%s: %s", sql, reason);
	sqlite3_close(db);
}

static inline int64_t number_in(const char *path, const char *sql)
{
	int64_t number = -1;
	sqlite3 *db;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	if (!connection_integer(db, sql, &number, &test_error))
		fail_msg("%s: %s (%s)", path, sql, sqlite3_errmsg(db));
	sqlite3_close(db);
	return number;
}

#endif
