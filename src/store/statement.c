/*
 * statement.c - prepared statements, kept by their text and given back after use.
 * GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "store/failure.h"
#include "store/private.h"

/* Statements nobody holds; more than any page of the program needs. */
enum { IDLE_LIMIT = 64 };

enum progress { READY, ROW, DONE, FAILED };

struct statement {
	struct store *store;
	sqlite3_stmt *handle;
	char *sql;
	uint32_t hash;
	struct statement *next; /* in the same bucket */
	bool held;              /* from store_prepare until statement_end */
	uint64_t turn;          /* when it was given back */
	enum progress progress;
	struct error *failure; /* why it FAILED; NULL before the first time */
	bool heard;            /* statement_failed told of it */
};

/* ---- keeping ---- */

static uint32_t hash_text(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

static void statement_free(struct statement *statement)
{
	sqlite3_finalize(statement->handle);
	free(statement->failure);
	free(statement->sql);
	free(statement);
}

static void forget(struct store *store, struct statement *statement)
{
	struct statement **place = &store->statements[statement->hash % STATEMENT_BUCKETS];

	while (*place != statement)
		place = &(*place)->next;
	*place = statement->next;
	statement_free(statement);
}

static void forget_oldest(struct store *store)
{
	struct statement *oldest = NULL;

	for (int i = 0; i < STATEMENT_BUCKETS; i++) {
		for (struct statement *each = store->statements[i]; each != NULL;
			each = each->next) {
			if (!each->held && (oldest == NULL || each->turn < oldest->turn))
				oldest = each;
		}
	}
	if (oldest != NULL) {
		forget(store, oldest);
		store->idle--;
	}
}

void statements_finalize(struct store *store)
{
	for (int i = 0; i < STATEMENT_BUCKETS; i++) {
		while (store->statements[i] != NULL)
			forget(store, store->statements[i]);
	}
	store->idle = 0;
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\n;")] == '\0';
}

/*
 * A failure that nobody asks about would be taken for the answer "none". A transaction ends with it
 * (store_gave_up); without one, lack of memory ends the program, as it does everywhere else.
 */
static void unheard(const struct store *store, const struct error *failure)
{
	if (store->depth == 0 && strcmp(failure->code, "memory") == 0)
		fatal("out of memory");
}

static struct statement *compile(
	struct store *store, const char *sql, uint32_t hash, struct error *err)
{
	struct statement *statement;
	sqlite3_stmt *handle = NULL;
	const char *rest = "";
	int code;

	if (strcmp(store->role, "director") != 0 && shadow_found(sql, &store->privacy.through)) {
		failure_describe(NULL, SQLITE_AUTH, err);
		return NULL;
	}
	authorizer_begin(store);
	code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &rest);
	if ((code & 0xff) == SQLITE_ERROR ||
		(code == SQLITE_OK && (handle == NULL || !is_blank(rest))))
		fatal("%s in the statement \"%s\"",
			code == SQLITE_OK ? "not one statement" : sqlite3_errmsg(store->db), sql);
	if (code != SQLITE_OK) {
		struct error reason;

		failure_describe(store->db, code, &reason);
		store_found(store, code, &reason);
		transaction_failed(store, code, &reason);
		if (err != NULL)
			*err = reason;
		else
			unheard(store, &reason);
		return NULL;
	}
	statement = memory_new(sizeof *statement);
	*statement = (struct statement){
		.store = store,
		.handle = handle,
		.sql = memory_text(sql),
		.hash = hash,
		.next = store->statements[hash % STATEMENT_BUCKETS],
		.held = true,
	};
	store->statements[hash % STATEMENT_BUCKETS] = statement;
	return statement;
}

struct statement *store_prepare(struct store *store, const char *sql, struct error *err)
{
	/* What the director may read stays apart from what others may, text by text. */
	uint32_t hash = hash_text(sql) ^ (strcmp(store->role, "director") == 0 ? 1u << 31 : 0);
	struct statement *statement = store->statements[hash % STATEMENT_BUCKETS];

	while (statement != NULL &&
		(statement->held || statement->hash != hash || strcmp(statement->sql, sql) != 0))
		statement = statement->next;
	if (statement == NULL)
		return compile(store, sql, hash, err);
	statement->held = true;
	store->idle--;
	return statement;
}

void statement_end(struct statement *statement)
{
	if (statement == NULL)
		return;
	if (statement->progress == FAILED && !statement->heard)
		unheard(statement->store, statement->failure);
	sqlite3_reset(statement->handle);
	sqlite3_clear_bindings(statement->handle);
	statement->progress = READY;
	if (!statement->held)
		return;
	statement->held = false;
	statement->turn = ++statement->store->turn;
	if (++statement->store->idle > IDLE_LIMIT)
		forget_oldest(statement->store);
}

/* ---- binding ---- */

/* The number of a parameter of a statement that is ready for it; an unknown one is a bug. */
static int parameter(struct statement *statement, const char *name)
{
	int number = sqlite3_bind_parameter_index(statement->handle, name);

	if (number == 0)
		fatal("no parameter \"%s\" in the statement \"%s\"", name, statement->sql);
	if (!statement->held)
		fatal("a statement that was given back is bound: \"%s\"", statement->sql);
	if (statement->progress == ROW)
		fatal("a statement that is being read is bound: \"%s\"", statement->sql);
	statement->progress = READY;
	return number;
}

static void check_bound(struct statement *statement, int code)
{
	if (code != SQLITE_OK)
		fatal("cannot bind a value (%s) in the statement \"%s\"", sqlite3_errstr(code),
			statement->sql);
}

void statement_bind_text(struct statement *statement, const char *name, const char *text)
{
	int number = parameter(statement, name);

	check_bound(statement,
		sqlite3_bind_text(statement->handle, number, text, -1, SQLITE_TRANSIENT));
}

void statement_bind_integer(struct statement *statement, const char *name, int64_t value)
{
	int number = parameter(statement, name);

	check_bound(statement, sqlite3_bind_int64(statement->handle, number, value));
}

void statement_bind_null(struct statement *statement, const char *name)
{
	int number = parameter(statement, name);

	check_bound(statement, sqlite3_bind_null(statement->handle, number));
}

bool statement_has(const struct statement *statement, const char *name)
{
	return sqlite3_bind_parameter_index(statement->handle, name) != 0;
}

/* ---- running ---- */

/* Lets the office room put a rule's code into words; its own queries may not do so in turn. */
static void explain(struct store *store, struct error *err)
{
	if (store->explain == NULL || store->explaining)
		return;
	store->explaining = true;
	store->explain(store, err->code, store->about != NULL ? store->about : "", err);
	store->explaining = false;
}

static struct error *failure_of(struct statement *statement)
{
	if (statement->failure == NULL)
		statement->failure = memory_new(sizeof *statement->failure);
	statement->progress = FAILED;
	statement->heard = false;
	return statement->failure;
}

static bool fail(struct statement *statement, int code)
{
	struct store *store = statement->store;
	struct error *err = failure_of(statement);

	if ((code & 0xff) == SQLITE_MISUSE)
		fatal("SQLite was misused by the statement \"%s\"", statement->sql);
	failure_describe(store->db, code, err);
	store_found(store, code, err);
	/* Reset, so that nothing of it stands in the way while the rule is explained. */
	sqlite3_reset(statement->handle);
	transaction_failed(store, code, err);
	if (failure_is_rule(code))
		explain(store, err);
	return false;
}

bool statement_step(struct statement *statement)
{
	struct store *store = statement->store;
	struct error reason;
	int code;

	if (statement->progress == DONE || statement->progress == FAILED)
		return false;
	if (statement->progress == READY) {
		/* SQLite may prepare it anew now. */
		authorizer_begin(store);
		if (store->damaged && !sqlite3_stmt_readonly(statement->handle))
			return !store_damaged(store, failure_of(statement));
		if (store->depth == 0)
			identity_tick(&store->identity);
		else if (!sqlite3_stmt_readonly(statement->handle) &&
			 !transaction_may_write(store, &reason)) {
			*failure_of(statement) = reason;
			return false;
		}
	}
	code = sqlite3_step(statement->handle);
	if (code == SQLITE_ROW) {
		statement->progress = ROW;
		return true;
	}
	if (code != SQLITE_DONE)
		return fail(statement, code);
	/* Reset at once: bound or stepped again, a finished statement must not start over. */
	sqlite3_reset(statement->handle);
	statement->progress = DONE;
	return false;
}

bool statement_failed(struct statement *statement, struct error *err)
{
	if (statement->progress != FAILED)
		return false;
	statement->heard = true;
	if (err != NULL)
		*err = *statement->failure;
	return true;
}

bool statement_run(struct statement *statement, struct error *err)
{
	bool failed;

	while (statement_step(statement))
		;
	failed = statement_failed(statement, err);
	statement_end(statement);
	return !failed;
}

/* ---- reading ---- */

bool statement_is_null(struct statement *statement, int column)
{
	return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

int64_t statement_integer(struct statement *statement, int column)
{
	return sqlite3_column_int64(statement->handle, column);
}

const char *statement_text(struct statement *statement, int column)
{
	/* Asked first: a number that there is no memory to write out is NULL afterwards. */
	bool null = statement_is_null(statement, column);
	const unsigned char *text = sqlite3_column_text(statement->handle, column);

	if (text == NULL && !null)
		fatal("out of memory");
	return text != NULL ? (const char *)text : "";
}

size_t statement_text_length(struct statement *statement, int column)
{
	statement_text(statement, column);
	return (size_t)sqlite3_column_bytes(statement->handle, column);
}

int statement_columns(struct statement *statement)
{
	return sqlite3_column_count(statement->handle);
}

const char *statement_column_name(struct statement *statement, int column)
{
	return sqlite3_column_name(statement->handle, column);
}

/* ---- one-liners ---- */

/* The statement on its first row, or NULL when there is none. */
static struct statement *first_row(struct store *store, const char *sql, const char *key)
{
	struct statement *statement = store_prepare(store, sql, NULL);

	if (statement == NULL)
		return NULL;
	if (key != NULL)
		statement_bind_text(statement, ":key", key);
	if (statement_step(statement))
		return statement;
	statement_end(statement);
	return NULL;
}

int64_t store_integer(struct store *store, const char *sql, const char *key, int64_t otherwise)
{
	struct statement *statement = first_row(store, sql, key);
	int64_t value = otherwise;

	if (statement != NULL && !statement_is_null(statement, 0))
		value = statement_integer(statement, 0);
	statement_end(statement);
	return value;
}

char *store_text(struct store *store, const char *sql, const char *key)
{
	struct statement *statement = first_row(store, sql, key);
	char *text = NULL;

	if (statement != NULL && !statement_is_null(statement, 0))
		text = memory_text(statement_text(statement, 0));
	statement_end(statement);
	return text;
}

bool store_exists(struct store *store, const char *sql, const char *key)
{
	struct statement *statement = first_row(store, sql, key);
	bool exists = statement != NULL;

	statement_end(statement);
	return exists;
}

bool store_run(struct store *store, const char *sql, struct error *err)
{
	struct statement *statement = store_prepare(store, sql, err);

	return statement != NULL && statement_run(statement, err);
}

int64_t store_changes(const struct store *store)
{
	return sqlite3_changes64(store->db);
}

int64_t store_last_id(const struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

int64_t store_data_version(struct store *store)
{
	int64_t version = store_integer(store, "PRAGMA data_version", NULL, 0);

	if (version != store->others && store->depth == 0) {
		store->others = version;
		store_follow_role(store);
	}
	return version;
}
