/*
 * migrate.c - brings an office file up to the program's schema: the numbered files of
 * data/migrations/, then the triggers that stand on every table. GPL-3.0-or-later.
 */
#include "store/migrate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/failure.h"
#include "store/guards.h"

const struct embedded_file *embedded_find(const char *path)
{
	for (const struct embedded_file *file = embedded_files; file->path != NULL; file++) {
		if (strcmp(file->path, path) == 0)
			return file;
	}
	return NULL;
}

/* The number of a migration "…/0007-name.sql"; 0 for any other file. */
static int64_t number_of(const struct embedded_file *file)
{
	const char *name = strrchr(file->path, '/');
	size_t length = strlen(file->path);

	name = name != NULL ? name + 1 : file->path;
	if (length < 4 || strcmp(file->path + length - 4, ".sql") != 0 ||
		!isdigit((unsigned char)*name))
		return 0;
	return strtoll(name, NULL, 10);
}

int64_t migrate_newest(const struct embedded_file *files)
{
	int64_t newest = 0;

	for (; files->path != NULL; files++) {
		if (number_of(files) > newest)
			newest = number_of(files);
	}
	return newest;
}

/* The migration that follows a version; NULL after the last. */
static const struct embedded_file *next_migration(
	const struct embedded_file *files, int64_t version)
{
	const struct embedded_file *next = NULL;

	for (; files->path != NULL; files++) {
		if (number_of(files) <= version)
			continue;
		if (next != NULL && number_of(files) == number_of(next))
			fatal("%s and %s have the same number", next->path, files->path);
		if (next == NULL || number_of(files) < number_of(next))
			next = files;
	}
	return next;
}

/* Those after version, up to last. */
static bool run_migrations(sqlite3 *db, const struct embedded_file *files, int64_t version,
	int64_t last, struct error *err)
{
	const struct embedded_file *file;
	struct error reason;

	while ((file = next_migration(files, version)) != NULL && number_of(file) <= last) {
		version = number_of(file);
		if (sqlite3_exec(db, file->text, NULL, NULL, NULL) == SQLITE_OK)
			continue;
		failure_describe(db, sqlite3_extended_errcode(db), &reason);
		if (strstr(reason.text, sqlite3_errmsg(db)) != NULL)
			return error_set(err,
				"The office could not be brought up to date by %s, and is as it was: %s",
				file->path, reason.text);
		return error_set(err,
			"The office could not be brought up to date by %s, and is as it was: "
			"%s (%s)",
			file->path, reason.text, sqlite3_errmsg(db));
	}
	return true;
}

static bool add_founder(sqlite3 *db, const char *founder, struct error *err)
{
	return connection_run_text(
		db, "INSERT INTO user (login, role) VALUES (?, 'director')", founder, err);
}

/* Every reference leads to a record, also where a migration rebuilt a table. */
static bool check_references(sqlite3 *db, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		error_set(err,
			"The office could not be brought up to date, and is as it was: a row of "
			"%s refers to a missing row of %s.",
			(const char *)sqlite3_column_text(statement, 0),
			(const char *)sqlite3_column_text(statement, 2));
	else if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

static bool mark(sqlite3 *db, int64_t version, struct error *err)
{
	char sql[96];

	sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id = %d; PRAGMA user_version = %lld",
		OFFICE_APPLICATION_ID, (long long)version);
	return connection_run(db, sql, err);
}

/* All that happens between BEGIN and COMMIT. */
static bool bring_up(
	sqlite3 *db, const struct embedded_file *files, const char *founder, struct error *err)
{
	int64_t newest = migrate_newest(files);
	int64_t version = 0;

	if (!connection_integer(db, "PRAGMA user_version", &version, err))
		return false;
	/* Another process may have been here since the version was read without a lock. */
	if (version >= newest)
		return true;
	/* Guards come after the founder, whom they would refuse; the audit tells of him. */
	return (version == 0 || guards_drop(db, err)) &&
	       run_migrations(db, files, version, newest, err) && guards_add_audit(db, err) &&
	       (founder == NULL || add_founder(db, founder, err)) && guards_add(db, err) &&
	       check_references(db, err) && mark(db, newest, err);
}

bool migrate(const char *path, const struct embedded_file *files, struct identity *identity,
	const char *founder, struct error *err)
{
	sqlite3 *db = connection_open(path, false, identity, err);
	bool done;

	if (db == NULL)
		return false;
	done = connection_settle(db, founder != NULL, err) &&
	       connection_run(db, "BEGIN EXCLUSIVE", err);
	if (done)
		done = bring_up(db, files, founder, err) && connection_run(db, "COMMIT", err);
	if (!sqlite3_get_autocommit(db))
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(db);
	return done;
}

bool migrate_within(sqlite3 *db, const struct embedded_file *files, struct error *err)
{
	return bring_up(db, files, NULL, err);
}

bool migrate_bare(sqlite3 *db, const struct embedded_file *files, int64_t last, struct error *err)
{
	return run_migrations(db, files, 0, last, err);
}
