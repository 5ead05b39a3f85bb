/*
 * backup_check.c - is a file a sound office? Asked of every copy before it counts as a backup, and
 * of every file before it is restored. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "store/backup_parts.h"
#include "store/chain.h"
#include "store/connection.h"
#include "store/failure.h"

enum { HEAD_BYTES = (BACKUP_HEAD_TEXT - 1) / 2 };

/* Why the file was not even read through: by no fault of its own, or in SQLite's words. */
static void not_read(sqlite3 *db, int code, struct error *err)
{
	struct error reason;

	failure_describe(db, code, &reason);
	if (failure_is_outside(&reason))
		*err = reason;
	else
		error_set(err, "%s", sqlite3_errmsg(db));
}

/* The first row of a pragma must be missing, or this word in its first column. */
static bool check_pragma(
	sqlite3 *db, const char *sql, const char *good, const char *phrase, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	const char *found = "";
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	bool sound = false;

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW && (found = (const char *)sqlite3_column_text(statement, 0)) == NULL)
		found = "";
	if (code == SQLITE_DONE)
		sound = good == NULL;
	else if (code == SQLITE_ROW)
		sound = good != NULL && strcmp(found, good) == 0;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		not_read(db, code, err);
	else if (!sound && !failure_of_check(found, err))
		error_set(err, "%s%s", phrase, found);
	sqlite3_finalize(statement);
	return sound;
}

static bool check_marks(
	sqlite3 *db, int64_t newest, struct backup_contents *contents, struct error *err)
{
	struct error reason;
	int64_t application = 0;

	/* Garbage is no database to SQLite, and its sentence would say too much. */
	if (!connection_integer(db, "PRAGMA application_id", &application, &reason)) {
		*err = reason;
		if (failure_is_outside(&reason))
			return false;
		return error_set(err, (sqlite3_errcode(db) & 0xff) == SQLITE_NOTADB
					      ? "it is no office file, or its beginning is damaged"
					      : "it is cut short, or damaged otherwise");
	}
	contents->replaced = application == OFFICE_REPLACED_ID;
	if (application != OFFICE_APPLICATION_ID && !contents->replaced)
		return error_set(err, "it is no office file of mso");
	if (!connection_integer(db, "PRAGMA user_version", &contents->version, err))
		return false;
	if (contents->version < 1)
		return error_set(err, "it is no complete office");
	if (contents->version > newest)
		return error_set(err,
			"it is of a newer mso: its schema is number %lld, and this program knows up to "
			"%lld",
			(long long)contents->version, (long long)newest);
	return true;
}

/* The history is unbroken; the beginning of its last hash goes into the name of a copy. */
static bool check_chain(sqlite3 *db, char head[BACKUP_HEAD_TEXT], struct error *err)
{
	struct chain_report report;
	struct error reason;

	if (!chain_verify(db, &report, &reason)) {
		*err = reason;
		return !failure_is_outside(&reason) &&
		       error_set(err, "its history is broken: %s", reason.text);
	}
	if (report.chained && report.chains[0].head > 0)
		hash_digits(report.chains[0].hash, HEAD_BYTES, head);
	return true;
}

bool backup_check(sqlite3 *db, int64_t newest, struct backup_contents *contents, struct error *err)
{
	*contents = (struct backup_contents){0};
	if (!check_marks(db, newest, contents, err) ||
		!check_pragma(db, "PRAGMA integrity_check(1)", "ok", "it is damaged: ", err) ||
		!check_pragma(db, "PRAGMA foreign_key_check", NULL,
			"a record that is referred to is not there, from a row of ", err))
		return false;
	return connection_integer(
		       db, "SELECT coalesce(max(id), 0) FROM audit", &contents->last_audit, err) &&
	       connection_integer(db, "SELECT coalesce(max(id), 0) FROM audit_private",
		       &contents->last_private, err) &&
	       check_chain(db, contents->head, err);
}
