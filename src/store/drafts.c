/*
 * drafts.c - what is kept, dropped and read in the file of drafts. GPL-3.0-or-later.
 */
#include "store/drafts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/draft_parts.h"
#include "store/failure.h"
#include "store/holder.h"
#include "store/private.h"

/* ---- statements ---- */

/* Ends a statement; false with its failure in reason. */
static bool finish(sqlite3 *db, sqlite3_stmt *statement, int code, struct error *reason)
{
	bool ok = code == SQLITE_DONE || code == SQLITE_ROW || code == SQLITE_OK;

	if (!ok)
		failure_describe(db, code, reason);
	sqlite3_finalize(statement);
	return ok;
}

static void bind_text(sqlite3_stmt *statement, const char *name, const char *text)
{
	int number = sqlite3_bind_parameter_index(statement, name);

	if (number > 0)
		sqlite3_bind_text(statement, number, text != NULL ? text : "", -1, SQLITE_STATIC);
}

static void bind_number(sqlite3_stmt *statement, const char *name, int64_t value)
{
	int number = sqlite3_bind_parameter_index(statement, name);

	if (number > 0)
		sqlite3_bind_int64(statement, number, value);
}

/* Prepares with whose drafts they are, and the draft's own texts where the SQL names them. */
static int prepare(
	struct store *store, const char *sql, const struct draft *draft, sqlite3_stmt **statement)
{
	struct draft_file *file = store->drafts;
	int code = sqlite3_prepare_v2(file->db, sql, -1, statement, NULL);

	if (code != SQLITE_OK)
		return code;
	bind_text(*statement, ":login", store_actor(store));
	bind_text(*statement, ":office", file->office);
	bind_number(*statement, ":number", draft->number);
	bind_text(*statement, ":page", draft->page);
	bind_text(*statement, ":type", draft->type);
	bind_text(*statement, ":key", draft->key);
	bind_text(*statement, ":title", draft->title);
	bind_text(*statement, ":content", draft->content);
	if (draft->known != NULL)
		bind_text(*statement, ":known", draft->known);
	bind_text(*statement, ":session", draft->session);
	bind_text(*statement, ":at", draft->at);
	return SQLITE_OK;
}

static bool run(
	struct store *store, const char *sql, const struct draft *draft, struct error *reason)
{
	sqlite3_stmt *statement = NULL;
	int code = prepare(store, sql, draft, &statement);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	return finish(store->drafts->db, statement, code, reason);
}

/* ---- keeping and dropping ---- */

#define OWN "WHERE login = :login AND office = :office "
/* Still as its writer knows it. */
#define KNOWN OWN "AND number = :number AND content = coalesce(:known, content)"

static bool write_draft(struct store *store, struct draft *draft, struct error *reason)
{
	sqlite3 *db = store->drafts->db;

	if (!run(store,
		    "UPDATE draft SET page = :page, type = :type, key = :key, title = :title, "
		    "session = :session, at = CASE content WHEN :content THEN at ELSE :at END, "
		    "content = :content " KNOWN,
		    draft, reason))
		return false;
	if (sqlite3_changes(db) > 0)
		return true;
	if (!run(store,
		    "INSERT INTO draft (login, office, page, type, key, title, content, session, at) "
		    "VALUES (:login, :office, :page, :type, :key, :title, :content, :session, :at)",
		    draft, reason))
		return false;
	draft->number = sqlite3_last_insert_rowid(db);
	return true;
}

static bool keep_once(struct store *store, struct draft *draft, struct error *reason)
{
	sqlite3 *db = store->drafts->db;
	int64_t number = draft->number;

	if (!connection_run(db, "BEGIN IMMEDIATE", reason))
		return false;
	if (write_draft(store, draft, reason) && connection_run(db, "COMMIT", reason))
		return true;
	draft->number = number;
	if (sqlite3_get_autocommit(db) == 0)
		connection_run(db, "ROLLBACK", NULL);
	return false;
}

/* A file that turns out to be damaged is put aside once, and it is tried with a new one. */
static bool with_file(struct store *store, bool make, struct draft *draft,
	bool (*act)(struct store *store, struct draft *draft, struct error *reason),
	struct error *err)
{
	struct error reason;

	if (!drafts_open(store, make, err))
		return false;
	error_clear(&reason);
	if (act(store, draft, &reason))
		return true;
	if (drafts_damaged(&reason) && drafts_put_aside(store, store->drafts, err)) {
		if (!drafts_open(store, make, err))
			return false;
		error_clear(&reason);
		if (act(store, draft, &reason))
			return true;
	}
	return drafts_cannot_keep(&reason, err);
}

bool drafts_keep(struct store *store, struct draft *draft, struct error *err)
{
	snprintf(draft->at, sizeof draft->at, "%s", store_now(store));
	return with_file(store, true, draft, keep_once, err);
}

static bool drop_once(struct store *store, struct draft *draft, struct error *reason)
{
	return run(store, "DELETE FROM draft " KNOWN, draft, reason);
}

bool drafts_drop(struct store *store, int64_t number, const char *known, struct error *err)
{
	struct draft draft = {.number = number, .known = (char *)known};
	struct error reason;

	if (number == 0 || with_file(store, false, &draft, drop_once, &reason))
		return true;
	if (reason.text[0] == '\0')
		return true;
	return error_set(err,
		"Your draft could not be removed, so Home goes on offering it. d there discards it.");
}

/* ---- reading ---- */

static char *column(sqlite3_stmt *statement, int number)
{
	const char *text = (const char *)sqlite3_column_text(statement, number);

	return memory_text(text != NULL ? text : "");
}

static void take_row(sqlite3_stmt *statement, struct draft *draft)
{
	const char *at = (const char *)sqlite3_column_text(statement, 6);

	*draft = (struct draft){.number = sqlite3_column_int64(statement, 0),
		.page = column(statement, 1),
		.type = column(statement, 2),
		.key = column(statement, 3),
		.title = column(statement, 4),
		.content = column(statement, 5),
		.session = column(statement, 7)};
	snprintf(draft->at, sizeof draft->at, "%s", at != NULL ? at : "");
}

/* The drafts that are found, and how many. */
struct reading {
	struct draft wanted; /* borrowed texts: what the SQL asks for */
	const char *sql;
	struct draft *found;
	int count;
};

static bool read_once(struct store *store, struct draft *draft, struct error *reason)
{
	struct reading *reading = (struct reading *)draft;
	sqlite3_stmt *statement = NULL;
	int code = prepare(store, reading->sql, draft, &statement);

	drafts_free(reading->found, reading->count);
	reading->found = NULL;
	reading->count = 0;
	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(statement);
		if (code != SQLITE_ROW)
			break;
		reading->found = memory_resize(
			reading->found, ((size_t)reading->count + 1) * sizeof *reading->found);
		take_row(statement, &reading->found[reading->count++]);
	}
	return finish(store->drafts->db, statement, code, reason);
}

#define COLUMNS "SELECT number, page, type, key, title, content, at, session FROM draft "

int drafts_list(struct store *store, struct draft **out, struct error *err)
{
	struct reading reading = {.sql = COLUMNS OWN "ORDER BY at DESC, number DESC"};
	struct error reason;

	*out = NULL;
	if (with_file(store, false, &reading.wanted, read_once, &reason)) {
		*out = reading.found;
		return reading.count;
	}
	drafts_free(reading.found, reading.count);
	if (reason.text[0] == '\0')
		return 0;
	error_set(err, "Your drafts cannot be read now. Come back to Home in a moment.");
	return -1;
}

bool draft_elsewhere(const struct draft *draft)
{
	return draft->session != NULL && strcmp(draft->session, holder_session()) != 0 &&
	       holder_session_lives(draft->session);
}

/* The first of what is read (left: that is written nowhere else); the others are forgotten. */
static bool read_one(struct store *store, struct reading *reading, bool left, struct draft *out)
{
	struct error reason;
	bool read = with_file(store, false, &reading->wanted, read_once, &reason);
	int at = 0;
	bool found;

	while (left && at < reading->count && draft_elsewhere(&reading->found[at]))
		at++;
	found = read && at < reading->count;
	*out = (struct draft){0};
	if (found) {
		*out = reading->found[at];
		reading->found[at] = (struct draft){0};
	}
	drafts_free(reading->found, reading->count);
	return found;
}

bool drafts_read(struct store *store, int64_t number, struct draft *out)
{
	struct reading reading = {
		.wanted = {.number = number}, .sql = COLUMNS OWN "AND number = :number"};

	return read_one(store, &reading, false, out);
}

bool drafts_find(struct store *store, const char *page, const char *type, const char *key,
	bool left, struct draft *out)
{
	struct reading reading = {
		.wanted = {.page = (char *)page, .type = (char *)type, .key = (char *)key},
		.sql = COLUMNS OWN "AND page = :page AND type = :type AND key = :key "
				   "ORDER BY at DESC, number DESC"};

	return read_one(store, &reading, left, out);
}

void draft_clear(struct draft *draft)
{
	free(draft->page);
	free(draft->type);
	free(draft->key);
	free(draft->title);
	free(draft->content);
	free(draft->known);
	free(draft->session);
	*draft = (struct draft){0};
}

void drafts_free(struct draft *drafts, int count)
{
	for (int i = 0; i < count; i++)
		draft_clear(&drafts[i]);
	free(drafts);
}
