/*
 * store.h - one office file: opened with checks, spoken to through tracked statements, written
 * in transactions, with an identity that SQL can see. GPL-3.0-or-later.
 *
 * Users' errors are false and a sentence in struct error. A statement of our own that does not
 * even prepare is a bug and fatal(), unless the authorizer refused it.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "core/error.h"

struct store;     /* a connection; not to be shared between threads */
struct statement; /* a prepared statement; tracked by its store */

/* ---- opening ---- */

struct store_options {
	const char *path; /* absolute; never a URI */
	const char *as;   /* --as LOGIN, or NULL: act as the real login */
	/*
	 * The clock that stands still (private files): a date, which means 12:00 UTC, or a date and
	 * UTC time "2026-11-21T09:30"; today() is that date whatever the time zone. NULL, or a file
	 * that others may write: it runs.
	 */
	const char *today;
	const char *director; /* store_create: the first director, or NULL: the real login */
	bool keeper;          /* root may open it without an account: with role "", reading only */
};

/* The login of the real uid; fatal() when the system knows none. Borrowed. */
const char *store_real_login(void);

/*
 * Opens an existing office file, migrates it when it is older and the actor is the director,
 * and returns the connection, or NULL with a sentence: no such file (says how to make one),
 * directory, zero length, network file system, not ours, newer, unwritable file or directory,
 * older and the actor no director, unknown or inactive login, --as on a file that others may
 * write. Every pragma is read back.
 */
struct store *store_open(const struct store_options *options, struct error *err);

/*
 * Makes a new office file at options->path with mode 0600 (0660 in the shared office): every
 * migration, then the first director (options->as is not looked at). Missing directories are made
 * with mode 0700; an existing file is refused. The file is built beside its place (".new", locked,
 * not synced), and only a complete one gets its name, by store_publish, so that nobody ever sees
 * half an office. Until then it is an ordinary store, and store_act_as may set who acts and when.
 */
struct store *store_create(const struct store_options *options, struct error *err);

/*
 * Only between store_create and store_publish (the demo's history): who acts, and when, in the
 * forms of store_options.today or "2026-11-21T09:30:00Z". NULL leaves either as it is. The role
 * follows; a login without an active account has role "" and may write nothing.
 */
void store_act_as(struct store *store, const char *login, const char *now);

/*
 * Writes all of it to the disk and gives the file its name, unless there is one of that name
 * meanwhile. The connection is closed by this, done or not, because its journal's name would be
 * the wrong one: only store_close may follow. Open the office with store_open.
 */
bool store_publish(struct store *store, struct error *err);

/*
 * A copy of the office as it is now, with the same actor and clock, that nobody else sees and that
 * is gone when it is closed: whatever is written there locks nobody out. Not within a transaction.
 * NULL with a sentence when there is no room for it.
 */
struct store *store_snapshot(struct store *store, struct error *err);

/* Closes; finalises what is left; an unpublished file is removed. NULL is allowed. */
void store_close(struct store *store);

/* ---- who and when ---- */

const char *store_actor(const struct store *store); /* login acting; also actor() in SQL */
/* "director", "staff", "chair", "viewer"; follows the account with store_data_version: "" when
 * that was closed meanwhile, and then nothing can be written any more. */
const char *store_role(const struct store *store);

/* One instant for all of a transaction, and in SQL for all of a statement. */
const char *store_today(const struct store *store); /* local date, ISO; also today() in SQL */
const char *store_now(const struct store *store);   /* UTC "YYYY-MM-DDTHH:MM:SSZ"; now() in SQL */
const char *store_path(const struct store *store);

/* Local "YYYY-MM-DD HH:MM" of a UTC instant as now() gives it. Returns out. */
const char *store_local_time(const char *instant, char out[20]);

/* The same as it is said: moment_said. Returns out. */
const char *store_moment_said(const struct store *store, const char *instant, char out[40]);

/* ---- statements ---- */

/*
 * Prepares sql, which is the program's own text and never a user's. The statement is kept with
 * its text: asking again gives the same one, reset and unbound, without preparing anew, unless
 * somebody still holds it (from here until statement_end or statement_run), in which case a
 * second is made. NULL only when the authorizer refuses (err says that this is not for the
 * actor's role) or the file cannot be read. Call statement_end when the rows are read: nothing
 * holds a read transaction open.
 */
struct statement *store_prepare(struct store *store, const char *sql, struct error *err);

/* Binds by name, with the colon; an unknown name is a bug. text is copied; NULL binds NULL. */
void statement_bind_text(struct statement *statement, const char *name, const char *text);
void statement_bind_integer(struct statement *statement, const char *name, int64_t value);
void statement_bind_null(struct statement *statement, const char *name);
bool statement_has(const struct statement *statement, const char *name); /* such a parameter? */

/* Next row: true while there is one. On false look at statement_failed. */
bool statement_step(struct statement *statement);

/*
 * Runs a statement without rows to its end and ends it (to run it again, prepare it again). False
 * with a sentence and its error.code: a rule's own code, with its words through store_explain's
 * function, or "unique", "required", "check", "foreign-key" (error.field where SQLite tells the
 * column), "busy", "full", "disk", "read-only", "damaged", "memory", "too-big", "not-your-role",
 * "interrupted", "refused".
 */
bool statement_run(struct statement *statement, struct error *err);
bool statement_failed(struct statement *statement, struct error *err); /* after step gave false */

/* True when the computer or the office file failed, so that nothing else would fare better. */
bool store_error_is_final(const struct error *err);

bool statement_is_null(struct statement *statement, int column);
int64_t statement_integer(struct statement *statement, int column);
const char *statement_text(struct statement *statement, int column); /* "" for NULL; borrowed */
size_t statement_text_length(struct statement *statement, int column);
int statement_columns(struct statement *statement);
const char *statement_column_name(struct statement *statement, int column);

/* Resets, unbinds and returns the statement to the store. NULL is allowed. */
void statement_end(struct statement *statement);

/* One-liners over a statement with up to one text parameter named :key (NULL for none). */
int64_t store_integer(struct store *store, const char *sql, const char *key, int64_t otherwise);
char *store_text(
	struct store *store, const char *sql, const char *key); /* caller frees; NULL none */
bool store_exists(struct store *store, const char *sql, const char *key);
bool store_run(struct store *store, const char *sql, struct error *err);

/* Rows changed by the last INSERT, UPDATE or DELETE; id of the last INSERT. */
int64_t store_changes(const struct store *store);
int64_t store_last_id(const struct store *store);

/* Differs from the last call's value when another connection committed. Looks at the role then. */
int64_t store_data_version(struct store *store);

/* ---- transactions ---- */

/*
 * BEGIN IMMEDIATE (waiting at most 10 s for others, then a sentence naming nobody), nested calls
 * SAVEPOINT. Never open while a person thinks: the screen's loop asserts store_in_transaction is
 * false when it waits. Fails also when a newer program has migrated the file meanwhile.
 *
 * A commit that fails (full disk) has left its level, and the outermost one has rolled everything
 * back: no store_rollback after it. After an error that is no broken rule or constraint (full or
 * failing disk, no memory) nothing more is written, and all commits up to the outermost fail.
 */
bool store_begin(struct store *store, struct error *err);
bool store_commit(struct store *store, struct error *err);
void store_rollback(struct store *store); /* the innermost level */
bool store_in_transaction(const struct store *store);
bool store_has_saved(const struct store *store); /* was anything written and committed? */

/*
 * True in a transaction that such an error has ended: nothing but store_rollback is left. err gets
 * its sentence, which stands above whatever a reading that failed was taken for.
 */
bool store_gave_up(struct store *store, struct error *err);

/*
 * Ends the innermost level: commits when all was ok, else rolls back, and err has the sentence of
 * store_gave_up if there is one. True when it is committed.
 */
bool store_finish(struct store *store, bool ok, struct error *err);

/*
 * Was the file found damaged? From then on store_begin and all that writes fail with the code
 * "damaged"; err, which may be NULL, says how to go on.
 */
bool store_damaged(const struct store *store, struct error *err);

/* Room for a big import: a larger page cache; false puts the small one back. */
void store_bulk(struct store *store, bool on);

/* ---- rules ---- */

/*
 * Triggers raise a short stable code. This function (of the office room) turns it into words:
 * it gets the code and the key of the record that was being written ("" when unknown) and fills
 * err->text and err->field; err->code is there already. It may run queries. Set once after
 * opening. Codes of the standing guards: "no-actor", "not-your-role", "key-taken", "stale",
 * "fixed-key"; of the foundation: "audit-kept", "sequence-falls", "not-yours", "last-director".
 */
typedef void store_explainer(
	struct store *store, const char *code, const char *key, struct error *err);
void store_explain(struct store *store, store_explainer *explain);

/* The record whose rule texts the next failing statement is about; NULL for none. Copied. */
void store_about(struct store *store, const char *key);

#endif
