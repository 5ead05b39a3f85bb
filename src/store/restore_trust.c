/*
 * restore_trust.c - is a file what this program wrote? A whole file with an unbroken history may
 * still have other rules, or records that another program changed: whoever is bound by the rules
 * of the office must not get past them with a backup of their own making. GPL-3.0-or-later.
 */
#include <stdio.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/failure.h"
#include "store/guards.h"
#include "store/migrate.h"
#include "store/private.h"
#include "store/replay.h"
#include "store/restore_parts.h"

/* Ends the look at the copy for who is bound; others hear of it, and it is their affair. */
static bool doubt(
	struct restoring *restoring, const char *what, const struct error *found, struct error *err)
{
	struct error phrase;

	if (failure_is_outside(found)) {
		*err = *found;
		return false;
	}
	error_set(&phrase, "%s (%.200s)", what, found->text);
	if (restoring->bound)
		return error_set(err, "%s, and only root may put it in place", phrase.text);
	restoring->doubt = memory_text(phrase.text);
	return true;
}

static void keep_first(const char *text, void *first)
{
	struct error *found = first;

	if (found->text[0] == '\0')
		error_set(found, "%s", text);
}

/* ---- the schema ---- */

/*
 * The migrations take these two tables at their word, as names of tables in SQL: none is run, nor
 * tried out, where they are not what they were in that version.
 */
static bool has_right_tables(
	struct restoring *restoring, sqlite3 *db, sqlite3 *fresh, struct error *err)
{
	struct error found = {0}, reason = {0};
	bool read = replay_fixed(db, fresh, keep_first, &found, &reason);

	if (!read && failure_is_outside(&reason)) {
		*err = reason;
		return false;
	}
	return (read && found.text[0] == '\0') ||
	       error_set(err, "it is no office of the schema that it names, number %lld (%.200s)",
		       (long long)restoring->contents.version, read ? found.text : reason.text);
}

/* What an older one lacks is run on trial: one that no migration leads on from never opens. */
static bool bring_up(struct restoring *restoring, sqlite3 *db, struct error *err)
{
	struct error reason;
	int code;

	if (migrate_within(db, restoring->files, &reason))
		return true;
	code = sqlite3_errcode(db);
	if (failure_is_outside(&reason)) {
		*err = reason;
		return false;
	}
	return error_set(err,
		"it names schema number %lld, and this program cannot bring it up to date "
		"(%.200s)",
		(long long)restoring->contents.version,
		code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE
			? reason.text
			: sqlite3_errmsg(db));
}

/* An older program may have made its guards otherwise; all are made anew with the migrations. */
static bool look_at_schema(struct restoring *restoring, sqlite3 *db, struct error *err)
{
	int64_t version = restoring->contents.version, count = 0;
	bool older = version < migrate_newest(restoring->files);
	sqlite3 *fresh = schema_fresh(restoring->files, version, &restoring->identity, err);
	struct error differs;
	bool fit =
		fresh != NULL &&
		(!older || (has_right_tables(restoring, db, fresh, err) && guards_drop(db, err)));

	if (fit && !schema_same(db, fresh, &count, &differs))
		fit = doubt(restoring, "its rules are not those of this program", &differs, err);
	sqlite3_close(fresh);
	return fit && (!older || bring_up(restoring, db, err));
}

/* ---- the records ---- */

static bool look_at_rows(struct restoring *restoring, sqlite3 *db, struct error *err)
{
	sqlite3 *fresh = schema_fresh(restoring->files, INT64_MAX, &restoring->identity, err);
	struct error found = {0};
	int64_t rows = 0;
	bool read = fresh != NULL && replay_rows(db, fresh, keep_first, &found, &rows, err);

	sqlite3_close(fresh);
	return read && (found.text[0] == '\0' ||
			       doubt(restoring, "another program changed it", &found, err));
}

/* The first record that stands against a rule, in an office that keeps the view of them. */
static bool look_at_rules(struct restoring *restoring, sqlite3 *db, struct error *err)
{
	static const char sql[] = "SELECT type || ' ' || key || ': ' || code FROM broken_rule "
				  "ORDER BY 1 LIMIT 1";
	struct error found = {0};
	sqlite3_stmt *row = NULL;
	int64_t views = 0;
	int code;

	if (!connection_integer(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'broken_rule'",
		    &views, err))
		return false;
	if (views == 0)
		return true;
	code = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(row);
	if (code == SQLITE_ROW)
		error_set(&found, "%s", (const char *)sqlite3_column_text(row, 0));
	else if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(row);
	return code == SQLITE_DONE ||
	       (code == SQLITE_ROW &&
		       doubt(restoring, "a rule of the office is broken in it", &found, err));
}

/*
 * Root is told what else the file holds. An older office is judged by the rules over its records
 * only when it is brought up to date: they may be newer than it.
 */
static bool look_at_records(struct restoring *restoring, sqlite3 *db, struct error *err)
{
	if (restoring->own || !file_is_shared(&restoring->about) || restoring->doubt != NULL)
		return true;
	return look_at_rows(restoring, db, err) &&
	       (restoring->doubt != NULL ||
		       restoring->contents.version < migrate_newest(restoring->files) ||
		       look_at_rules(restoring, db, err));
}

bool trust_copy(struct restoring *restoring, struct error *err)
{
	sqlite3 *db;
	bool fit;

	/* Not all that the rules rest on has a history: no look at a file proves that it is honest.
	 */
	if (restoring->bound && !restoring->own)
		return error_set(err, "it is none of the backups that this office has made, or was "
				      "changed since, and only root may put it in place");
	db = connection_open(restoring->copy, false, &restoring->identity, err);
	fit = db != NULL && connection_settle(db, true, err) && connection_run(db, "BEGIN", err) &&
	      look_at_schema(restoring, db, err) && look_at_records(restoring, db, err);

	/* What was tried is for the director's next sign-in to do. */
	if (db != NULL && !sqlite3_get_autocommit(db))
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(db);
	return fit;
}
