/*
 * connection.c - opens SQLite with the settings the office needs and reads every one back.
 * GPL-3.0-or-later.
 */
#include "store/connection.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/failure.h"
#include "store/functions.h"
#include "store/holder.h"

enum { OLDEST_SQLITE = 3037000 }; /* the first one with strict tables */

#if SQLITE_VERSION_NUMBER < 3037000
#error "mso needs SQLite 3.37 or later, as in Debian 12 and Ubuntu 22.04."
#endif

int connection_patience_ms = 10000;

static int64_t milliseconds(void)
{
	struct timespec clock;

	clock_gettime(CLOCK_MONOTONIC, &clock);
	return (int64_t)clock.tv_sec * 1000 + clock.tv_nsec / 1000000;
}

enum { TELL_AFTER = 1000 }; /* milliseconds of waiting before a person is told what for */

/* Says whom the person waits for, where there is a mark and a screen to say it on. */
static void tell_waiting(const char *path)
{
	struct holder holder;

	if (holder_waiting != NULL && path != NULL && path[0] == '/' && holder_read(path, &holder))
		holder_waiting(&holder);
}

/*
 * Called while another connection writes. Short sleeps of random length: with SQLite's own
 * busy_timeout the waiting writers march in step, and the slowest of 32 waits ten times as long.
 */
static int wait_for_others(void *place, int count)
{
	static int64_t began;
	static bool told;
	static uint32_t chance;
	struct timespec sleep = {0};

	if (count == 0) {
		began = milliseconds();
		told = false;
	}
	if (!told && milliseconds() - began >= TELL_AFTER) {
		told = true;
		tell_waiting(place);
	}
	if (milliseconds() - began >= connection_patience_ms)
		return 0;
	if (chance == 0)
		chance = (uint32_t)getpid() * 2654435761u | 1;
	chance ^= chance << 13;
	chance ^= chance >> 17;
	chance ^= chance << 5;
	sleep.tv_nsec = 500000 + (long)(chance % 7500001);
	nanosleep(&sleep, NULL);
	return 1;
}

/* access() asks for the person's group, but it is the office's that opens files. */
static int may_access(const char *path, int mode)
{
	return faccessat(AT_FDCWD, path, mode, AT_EACCESS);
}

/* Otherwise SQLite would not find its directory for temporary files, and take /var/tmp. */
static void prepare_access(void)
{
	sqlite3_vfs *system = sqlite3_vfs_find(NULL);

	if (system == NULL || system->xSetSystemCall(system, "access",
				      (sqlite3_syscall_ptr)may_access) != SQLITE_OK)
		fatal("SQLite does not take a call of the system from the program");
}

/* The program has one thread and never asks SQLite how much memory it uses. */
static void configure_library(void)
{
	static bool done;

	if (!done) {
		sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
		prepare_access();
	}
	done = true;
}

static void harden(sqlite3 *db, bool defensive)
{
	const struct {
		int setting;
		int value;
	} settings[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, defensive},
		{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
		{SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
		{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_DQS_DML, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},
		{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	};
	int value;

	if (sqlite3_libversion_number() < OLDEST_SQLITE)
		fatal("SQLite %s is too old; mso needs version 3.37 or later, as in Debian 12 and "
		      "Ubuntu 22.04",
			sqlite3_libversion());
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		value = -1;
		sqlite3_db_config(db, settings[i].setting, settings[i].value, &value);
		if (value != settings[i].value)
			fatal("SQLite %s does not take the setting %d", sqlite3_libversion(),
				settings[i].setting);
	}
}

sqlite3 *connection_open(
	const char *path, bool defensive, struct identity *identity, struct error *err)
{
	sqlite3 *db = NULL;
	int code;

	/* A path that starts with "file:" would be read as a URI, with options such as nolock=1. */
	if (path[0] != '/' && path[0] != '\0')
		fatal("the office's path \"%s\" is not absolute", path);
	configure_library();
	code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK) {
		failure_describe(db, code, err);
		sqlite3_close(db);
		return NULL;
	}
	sqlite3_extended_result_codes(db, 1);
	if (functions_register(db, identity) != SQLITE_OK)
		fatal("SQLite does not take the office's functions: %s", sqlite3_errmsg(db));
	/* SQLite keeps the name for as long as the connection is open. */
	sqlite3_busy_handler(db, wait_for_others, (void *)sqlite3_db_filename(db, "main"));
	harden(db, defensive);
	return db;
}

bool connection_run(sqlite3 *db, const char *sql, struct error *err)
{
	int code = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || failure_describe(db, code, err);
}

bool connection_run_text(sqlite3 *db, const char *sql, const char *text, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

bool connection_integer(sqlite3 *db, const char *sql, int64_t *value, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
		*value = sqlite3_column_int64(statement, 0);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(statement);
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

static bool write_ahead(sqlite3 *db, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	const char *mode = "";
	bool done;
	int code = sqlite3_prepare_v2(db, "PRAGMA journal_mode = WAL", -1, &statement, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
		mode = (const char *)sqlite3_column_text(statement, 0);
	done = mode != NULL && strcmp(mode, "wal") == 0;
	if (code != SQLITE_ROW)
		failure_describe(db, code, err);
	else if (!done)
		error_set(err,
			"The office file cannot keep a write-ahead log where it is. Move it to "
			"a directory on a local disk.");
	sqlite3_finalize(statement);
	return done;
}

/* Sets a pragma and reads it back. */
static bool set_pragma(
	sqlite3 *db, const char *set, const char *get, int64_t expected, struct error *err)
{
	int64_t value = -1;

	if (!connection_run(db, set, err) || !connection_integer(db, get, &value, err))
		return false;
	if (value != expected)
		fatal("SQLite did not take \"%s\"", set);
	return true;
}

bool connection_cache(sqlite3 *db, int size, struct error *err)
{
	char sql[48];

	sqlite3_snprintf(sizeof sql, sql, "PRAGMA cache_size = %d", size);
	return connection_run(db, sql, err);
}

bool connection_settle(sqlite3 *db, bool unsynced, struct error *err)
{
	return write_ahead(db, err) &&
	       set_pragma(db, unsynced ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL",
		       "PRAGMA synchronous", unsynced ? 0 : 2, err) &&
	       set_pragma(
		       db, "PRAGMA recursive_triggers = ON", "PRAGMA recursive_triggers", 1, err) &&
	       set_pragma(db, "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", 2, err) &&
	       connection_cache(db, SMALL_CACHE, err);
}
