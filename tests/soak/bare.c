/*
 * bare.c - bare one-row committers: write-ahead log, synchronous FULL, BEGIN IMMEDIATE, one row.
 * GPL-3.0-or-later.
 */
#include "bare.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "work.h"

/* As the office waits (src/store/connection.c), so that the two are comparable. */
static int wait_for_others(void *nothing, int count)
{
	struct timespec sleep = {.tv_nsec = 500000 + random() % 7500001};

	(void)nothing;
	nanosleep(&sleep, NULL);
	return count < 5000;
}

static sqlite3 *open_file(const char *path)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		return NULL;
	sqlite3_busy_handler(db, wait_for_others, NULL);
	return sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", NULL, NULL,
		       NULL) == SQLITE_OK
		       ? db
		       : NULL;
}

bool bare_make(const char *path)
{
	sqlite3 *db = open_file(path);
	bool made = db != NULL && sqlite3_exec(db,
					  "CREATE TABLE row (id INTEGER PRIMARY KEY, who INTEGER, "
					  "text TEXT)",
					  NULL, NULL, NULL) == SQLITE_OK;

	sqlite3_close(db);
	return made;
}

int bare_do(const char *path, int rows, int pipe)
{
	sqlite3 *db = open_file(path);
	sqlite3_stmt *steps[3] = {NULL};
	static const char *const sql[] = {"BEGIN IMMEDIATE",
		"INSERT INTO row (who, text) VALUES (1, 'a row of some thirty characters')",
		"COMMIT"};

	if (db == NULL)
		return 1;
	srandom((unsigned)getpid());
	for (int i = 0; i < 3; i++) {
		if (sqlite3_prepare_v2(db, sql[i], -1, &steps[i], NULL) != SQLITE_OK)
			return 1;
	}
	for (int row = 0; row < rows; row++) {
		double ms = work_clock();

		for (int i = 0; i < 3; i++) {
			if (sqlite3_step(steps[i]) != SQLITE_DONE)
				return 1;
			sqlite3_reset(steps[i]);
		}
		ms = work_clock() - ms;
		if (write(pipe, &ms, sizeof ms) != (ssize_t)sizeof ms)
			return 1;
	}
	for (int i = 0; i < 3; i++)
		sqlite3_finalize(steps[i]);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
