/*
 * verify.c - looks at pages, references, history and schema of a copy of the office. The schema is
 * compared with one made anew by the same migrations, so that a trigger that somebody dropped or
 * wrote anew shows. GPL-3.0-or-later.
 */
#include "store/verify.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/failure.h"
#include "store/migrate.h"
#include "store/private.h"
#include "store/replay.h"

struct store *verify_copy(struct store *store, struct error *err)
{
	struct store *copy = store_snapshot(store, err);

	if (copy != NULL)
		authorizer_stop(copy);
	return copy;
}

/* The first column of the first row, owned; NULL with "" for none, with a sentence on failure. */
static char *first_text(sqlite3 *db, const char *sql, struct error *err)
{
	sqlite3_stmt *row = NULL;
	char *text = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &row, NULL);

	error_clear(err);
	if (code == SQLITE_OK)
		code = sqlite3_step(row);
	if (code == SQLITE_ROW)
		text = memory_text((const char *)sqlite3_column_text(row, 0));
	else if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(row);
	return text;
}

/* ---- pages and references ---- */

bool verify_pages(struct store *copy, int64_t *count, struct error *err)
{
	char *said;
	bool sound;

	if (!connection_integer(copy->db, "PRAGMA page_count", count, err))
		return false;
	said = first_text(copy->db, "PRAGMA integrity_check(1)", err);
	sound = said != NULL && strcmp(said, "ok") == 0;
	if (!sound && said != NULL && !failure_of_check(said, err))
		error_set(err, "SQLite finds the file damaged: %s", said);
	free(said);
	return sound;
}

bool verify_references(struct store *copy, int64_t *count, struct error *err)
{
	sqlite3_stmt *row = NULL;
	int code;

	if (!connection_integer(copy->db,
		    "SELECT count(DISTINCT t.name) FROM sqlite_schema t "
		    "JOIN pragma_foreign_key_list(t.name) WHERE t.type = 'table'",
		    count, err))
		return false;
	code = sqlite3_prepare_v2(copy->db, "PRAGMA foreign_key_check", -1, &row, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(row);
	if (code == SQLITE_ROW)
		error_set(err, "a row of %s (number %lld) refers to one of %s that is not there",
			(const char *)sqlite3_column_text(row, 0),
			(long long)sqlite3_column_int64(row, 1),
			(const char *)sqlite3_column_text(row, 2));
	else if (code != SQLITE_DONE)
		failure_describe(copy->db, code, err);
	sqlite3_finalize(row);
	return code == SQLITE_DONE;
}

bool verify_chain(struct store *copy, struct chain_report *report, struct error *err)
{
	if (!chain_verify(copy->db, report, err))
		return false;
	return report->chained || error_set(err, "the history has no chain");
}

bool verify_index(struct store *copy, struct error *err)
{
	if (connection_run(copy->db, "INSERT INTO search (search) VALUES ('integrity-check')", err))
		return true;
	return !failure_is_outside(err) &&
	       error_set(err, "the index of words does not agree with itself");
}

/* ---- the schema ---- */

/*
 * The tables that SQLite, its search index and Litestream keep for themselves are left out, and so
 * are indexes that come with a table. A trigger is one of ours or of somebody else, whatever its
 * name.
 */
static const char objects[] =
	"SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL AND (type <> 'table' "
	"OR (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\__%' ESCAPE '\\' "
	"AND name NOT GLOB '_litestream_*')) "
	"ORDER BY name, type";

static int compare_objects(sqlite3_stmt *left, sqlite3_stmt *right)
{
	int order = strcmp((const char *)sqlite3_column_text(left, 1),
		(const char *)sqlite3_column_text(right, 1));

	if (order == 0)
		order = strcmp((const char *)sqlite3_column_text(left, 0),
			(const char *)sqlite3_column_text(right, 0));
	return order;
}

static bool differ(sqlite3_stmt *object, const char *how, struct error *err)
{
	return error_set(err, "%s %s %s", (const char *)sqlite3_column_text(object, 0),
		(const char *)sqlite3_column_text(object, 1), how);
}

/* Compares the objects that two statements stand at; steps those that are behind. */
static bool compare_next(sqlite3_stmt *there, sqlite3_stmt *right, int *there_code, int *right_code,
	struct error *err)
{
	int order = *there_code != SQLITE_ROW   ? 1
		    : *right_code != SQLITE_ROW ? -1
						: compare_objects(there, right);

	if (order < 0)
		return differ(there, "is not one that this program makes", err);
	if (order > 0)
		return differ(right, "is missing", err);
	if (strcmp((const char *)sqlite3_column_text(there, 2),
		    (const char *)sqlite3_column_text(right, 2)) != 0)
		return differ(there, "is not as this program makes it", err);
	*there_code = sqlite3_step(there);
	*right_code = sqlite3_step(right);
	return true;
}

bool schema_same(sqlite3 *db, sqlite3 *fresh, int64_t *count, struct error *err)
{
	sqlite3_stmt *there = NULL, *right = NULL;
	int there_code = sqlite3_prepare_v2(db, objects, -1, &there, NULL);
	int right_code = sqlite3_prepare_v2(fresh, objects, -1, &right, NULL);
	bool same = there_code == SQLITE_OK && right_code == SQLITE_OK;

	if (!same)
		failure_describe(db, there_code, err);
	there_code = same ? sqlite3_step(there) : there_code;
	right_code = same ? sqlite3_step(right) : right_code;
	for (; same && (there_code == SQLITE_ROW || right_code == SQLITE_ROW); ++*count)
		same = compare_next(there, right, &there_code, &right_code, err);
	if (same && there_code != SQLITE_DONE)
		same = failure_describe(db, there_code, err);
	sqlite3_finalize(there);
	sqlite3_finalize(right);
	return same;
}

sqlite3 *schema_fresh(const struct embedded_file *files, int64_t version, struct identity *identity,
	struct error *err)
{
	sqlite3 *fresh = connection_open("", false, identity, err);

	if (fresh != NULL && connection_run(fresh, "BEGIN", err) &&
		(version < migrate_newest(files) ? migrate_bare(fresh, files, version, err)
						 : migrate_within(fresh, files, err)))
		return fresh;
	sqlite3_close(fresh);
	return NULL;
}

/* As this program makes one. */
static sqlite3 *make_fresh(struct identity *identity, struct error *err)
{
	return schema_fresh(embedded_files, INT64_MAX, identity, err);
}

bool verify_schema(struct store *copy, int64_t *count, struct error *err)
{
	sqlite3 *fresh = make_fresh(&copy->identity, err);
	bool same;

	*count = 0;
	same = fresh != NULL && schema_same(copy->db, fresh, count, err);
	sqlite3_close(fresh);
	return same;
}

bool verify_rows(struct store *copy, void (*wrong)(const char *text, void *context), void *context,
	int64_t *count, struct error *err)
{
	sqlite3 *fresh = make_fresh(&copy->identity, err);
	bool read;

	*count = 0;
	read = fresh != NULL && replay_rows(copy->db, fresh, wrong, context, count, err);
	sqlite3_close(fresh);
	return read;
}
