/*
 * transaction.c - all or nothing: the outermost level is BEGIN IMMEDIATE, inner ones savepoints.
 *
 * After some errors (full disk, failing disk, no memory) SQLite rolls back by itself, and whatever
 * ran next would be saved row by row. Such a transaction is marked as broken: nothing more is
 * written in it, and its commit fails. GPL-3.0-or-later.
 */
#include <string.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/failure.h"
#include "store/holder.h"
#include "store/private.h"

/* Runs one of this file's statements. */
static int run(struct store *store, const char *sql, struct error *err)
{
	sqlite3_stmt *handle = NULL;
	int code = sqlite3_prepare_v2(store->db, sql, -1, &handle, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(handle);
	if (code == SQLITE_DONE)
		code = SQLITE_OK;
	if (code != SQLITE_OK) {
		failure_describe(store->db, code, err);
		store_found(store, code, err);
	}
	sqlite3_finalize(handle);
	return code;
}

static bool is_open(const struct store *store)
{
	return sqlite3_get_autocommit(store->db) == 0;
}

void transaction_failed(struct store *store, int code, const struct error *err)
{
	if (store->depth == 0 || store->broken || (code & 0xff) == SQLITE_AUTH)
		return;
	if ((code & 0xff) == SQLITE_CONSTRAINT && is_open(store))
		return;
	store->broken = true;
	store->reason = *err;
}

bool transaction_may_write(struct store *store, struct error *err)
{
	/* SQLite may have undone it while nothing was run: in giving back a row, for one. */
	if (store->depth > 0 && !store->broken && !is_open(store)) {
		store->broken = true;
		failure_describe(NULL, SQLITE_NOMEM, &store->reason);
	}
	if (store->broken && err != NULL)
		*err = store->reason;
	return !store->broken;
}

/* A program older than its file writes nothing: it may outlive the program that was installed. */
static bool check_version(struct store *store, struct error *err)
{
	int64_t version = -1;

	if (!connection_integer(store->db, "PRAGMA user_version", &version, err))
		return false;
	if (version == store->version)
		return true;
	return error_set(err, "The office was brought up to date by a newer mso while this one was "
			      "running, so nothing was saved here. Leave and start mso again.");
}

static bool begin_outermost(struct store *store, struct error *err)
{
	int code;

	if (store_damaged(store, err))
		return false;
	code = run(store, "BEGIN IMMEDIATE", err);
	if (code != SQLITE_OK) {
		/* Where somebody says what takes so long, that says more than a lock does. */
		if ((code & 0xff) == SQLITE_BUSY)
			holder_explain(store->path, err);
		return false;
	}
	identity_tick(&store->identity);
	store->changes = sqlite3_total_changes(store->db);
	if (check_version(store, err))
		return true;
	run(store, "ROLLBACK", NULL);
	return false;
}

bool store_begin(struct store *store, struct error *err)
{
	if (store->depth == 0) {
		if (!begin_outermost(store, err))
			return false;
	} else if (!transaction_may_write(store, err) ||
		   run(store, "SAVEPOINT level", err) != SQLITE_OK) {
		return false;
	}
	store->depth++;
	return true;
}

/* Leaves the outermost level, undoing whatever SQLite has not undone by itself. */
static void undo_all(struct store *store)
{
	if (is_open(store))
		run(store, "ROLLBACK", NULL);
	if (is_open(store))
		fatal("a transaction cannot be rolled back: %s", sqlite3_errmsg(store->db));
	store->depth = 0;
	store->broken = false;
}

static bool commit_outermost(struct store *store, struct error *err)
{
	bool committed =
		transaction_may_write(store, err) && run(store, "COMMIT", err) == SQLITE_OK;

	if (committed) {
		store->depth = 0;
		store->saved |= sqlite3_total_changes(store->db) != store->changes;
		store->others = 0; /* it may have been one's own account that was changed */
	} else {
		undo_all(store);
	}
	return committed;
}

/* A level that cannot end by itself takes the whole transaction with it. */
static void break_all(struct store *store, int code, const struct error *err)
{
	if (code != SQLITE_OK && !store->broken) {
		store->broken = true;
		store->reason = *err;
	}
}

bool store_commit(struct store *store, struct error *err)
{
	struct error reason;
	int code;

	if (store->depth == 0)
		fatal("a commit without a transaction");
	if (store->depth == 1)
		return commit_outermost(store, err);
	store->depth--;
	if (!store->broken) {
		code = run(store, "RELEASE level", &reason);
		break_all(store, code, &reason);
	}
	return transaction_may_write(store, err);
}

void store_rollback(struct store *store)
{
	struct error reason;
	int code;

	if (store->depth == 0)
		fatal("a rollback without a transaction");
	if (store->depth == 1) {
		undo_all(store);
		return;
	}
	store->depth--;
	if (store->broken)
		return;
	code = run(store, "ROLLBACK TO level", &reason);
	if (code == SQLITE_OK)
		code = run(store, "RELEASE level", &reason);
	break_all(store, code, &reason);
}

bool store_in_transaction(const struct store *store)
{
	return store->depth > 0;
}

bool store_has_saved(const struct store *store)
{
	return store->saved;
}

bool store_gave_up(struct store *store, struct error *err)
{
	return !transaction_may_write(store, err);
}

bool store_finish(struct store *store, bool ok, struct error *err)
{
	if (ok)
		return store_commit(store, err);
	store_gave_up(store, err);
	store_rollback(store);
	return false;
}

void store_bulk(struct store *store, bool on)
{
	struct error err;

	/* What was saved is saved, whatever the cache is like. */
	connection_cache(store->db, on ? LARGE_CACHE : SMALL_CACHE, &err);
}
