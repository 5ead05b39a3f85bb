/*
 * restore_hold.c - the office that is about to be replaced: held alone, compared with the backup,
 * and marked. GPL-3.0-or-later.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/connection.h"
#include "store/failure.h"
#include "store/restore_parts.h"

/* A command that is just running is waited for, and somebody at the screen is not. */
enum { PATIENCE_MS = 2000, STEP_MS = 10 };

/* Bytes that SQLite locks, beyond any page: "pending", "reserved", and those of all readers. */
enum { LOCKED_FROM = 0x40000000, LOCKED_BYTES = 512 };

enum { MARK_AT = 68 }; /* the application id in the header of an SQLite file */

static bool refuse_open(struct error *err)
{
	return error_set(err,
		"Somebody has the office open, or a backup of it is being made, so nothing was "
		"replaced. Ask everybody to leave the office, then restore again.");
}

/*
 * Everything is in the file itself then. No journal in a file: a program that waits to open what is
 * being replaced looks for one by the path, and would undo with it, in its own file, what is
 * written to the file that has the path now. What is written here is within the first sector.
 */
static bool leave_log(sqlite3 *db, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	const char *mode = NULL;
	bool left;
	int code = sqlite3_prepare_v2(db, "PRAGMA journal_mode = MEMORY", -1, &statement, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
		mode = (const char *)sqlite3_column_text(statement, 0);
	left = mode != NULL && strcmp(mode, "memory") == 0;
	if (!left)
		failure_describe(db, code == SQLITE_ROW ? SQLITE_BUSY : code, err);
	sqlite3_finalize(statement);
	return left;
}

/*
 * Leaving the write-ahead log takes everybody else to be gone, and brings all that is in it into
 * the file; an exclusive connection then keeps its lock until it is closed.
 */
static bool hold_by_sqlite(sqlite3 *db, struct error *err)
{
	int64_t application = 0;

	if (!connection_run(db, "PRAGMA locking_mode = EXCLUSIVE", err) || !leave_log(db, err) ||
		!connection_run(db, "BEGIN EXCLUSIVE", err) || !connection_run(db, "COMMIT", err) ||
		!connection_integer(db, "PRAGMA application_id", &application, err))
		return false;
	if (application == OFFICE_APPLICATION_ID || application == OFFICE_REPLACED_ID)
		return true;
	return error_set(err,
		"What stands there is a database of another program and no office, so "
		"nothing was replaced. Check the path.");
}

/* What SQLite cannot read it cannot lock. */
static bool hold_by_locks(struct restoring *restoring, struct error *err)
{
	struct flock lock = {.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = LOCKED_FROM,
		.l_len = LOCKED_BYTES};

	restoring->holder.damaged = true;
	restoring->holder.file = open(restoring->office, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	if (restoring->holder.file < 0)
		return error_set(err,
			"The office %s cannot be opened (%s), so nothing was replaced.",
			restoring->office, strerror(errno));
	return fcntl(restoring->holder.file, F_SETLK, &lock) == 0 || refuse_open(err);
}

/*
 * A connection that has to wait is given up, and another one opened: in exclusive mode it would
 * keep what it read before others wrote.
 */
static bool try_to_hold(struct restoring *restoring, struct error *err)
{
	struct holder *holder = &restoring->holder;

	holder->db = connection_open(restoring->office, true, &restoring->identity, err);
	if (holder->db == NULL)
		return false;
	sqlite3_busy_handler(holder->db, NULL, NULL);
	if (hold_by_sqlite(holder->db, err))
		return true;
	sqlite3_close(holder->db);
	holder->db = NULL;
	return false;
}

bool hold_office(struct restoring *restoring, struct error *err)
{
	const struct timespec step = {.tv_nsec = (long)STEP_MS * 1000000};
	int patience = connection_patience_ms < PATIENCE_MS ? connection_patience_ms : PATIENCE_MS;
	struct error reason = {0};

	if (restoring->about.st_size == 0)
		return hold_by_locks(restoring, err);
	while (!try_to_hold(restoring, &reason)) {
		if (strcmp(reason.code, "damaged") == 0)
			return hold_by_locks(restoring, err);
		if (strcmp(reason.code, "disk") == 0)
			return error_set(err,
				"The disk failed while the office that stands there was read or "
				"written, so nothing was replaced. Have the disk checked, then "
				"restore again.");
		if (strcmp(reason.code, "busy") != 0)
			return error_set(err, "%s", reason.text);
		if (patience <= 0)
			return refuse_open(err);
		nanosleep(&step, NULL);
		patience -= STEP_MS;
	}
	return true;
}

void release_office(struct restoring *restoring)
{
	sqlite3_close(restoring->holder.db);
	if (restoring->holder.file >= 0)
		close(restoring->holder.file);
}

/* ---- comparing ---- */

/* Both halves of the history, each counted from the last row that the backup has of it. */
static const char newer_sql[] =
	"SELECT at, who, type, key, operation FROM (\n"
	"	SELECT at, id, who, type, key, operation FROM audit WHERE id > :audit\n"
	"	UNION ALL\n"
	"	SELECT at, id, who, type, key, operation FROM audit_private WHERE id > :private)\n"
	"ORDER BY at DESC, id DESC";

static const char last_sql[] =
	"SELECT coalesce(group_concat(entry, '|'), 'none') FROM (\n"
	"	SELECT at || who || type || key || operation || before || after AS entry\n"
	"	FROM audit WHERE id = :audit\n"
	"	UNION ALL SELECT at || who || type || key || operation || before || after\n"
	"	FROM audit_private WHERE id = :private)";

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql, const struct backup_contents *contents)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_bind_int64(
		statement, sqlite3_bind_parameter_index(statement, ":audit"), contents->last_audit);
	sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, ":private"),
		contents->last_private);
	return statement;
}

static void read_text(sqlite3_stmt *row, int column, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	snprintf(out, size, "%s", text != NULL ? text : "");
}

static bool read_newer(
	sqlite3 *db, const struct backup_contents *contents, struct restored *restored)
{
	sqlite3_stmt *row = prepare(db, newer_sql, contents);
	int code = SQLITE_ERROR;

	while (row != NULL && (code = sqlite3_step(row)) == SQLITE_ROW) {
		struct restore_change *change = &restored->changes[restored->change_count];

		restored->newer++;
		if (restored->change_count == RESTORE_TOLD)
			continue;
		restored->change_count++;
		read_text(row, 0, change->at, sizeof change->at);
		read_text(row, 1, change->who, sizeof change->who);
		read_text(row, 2, change->type, sizeof change->type);
		read_text(row, 3, change->key, sizeof change->key);
		read_text(row, 4, change->operation, sizeof change->operation);
	}
	sqlite3_finalize(row);
	return code == SQLITE_DONE;
}

static int64_t smaller(int64_t left, int64_t right)
{
	return left < right ? left : right;
}

/* The rows that the shorter history ends with are in both, if one is a later state of the other. */
static bool same_last(sqlite3 *db, sqlite3 *copy, const struct backup_contents *contents)
{
	struct backup_contents last = *contents;
	sqlite3_stmt *here, *there;
	char left[512] = "", right[512] = "";
	int64_t audit = 0, private = 0;

	if (!connection_integer(db, "SELECT max(id) FROM audit", &audit, NULL) ||
		!connection_integer(db, "SELECT max(id) FROM audit_private", &private, NULL))
		return false;
	last.last_audit = smaller(last.last_audit, audit);
	last.last_private = smaller(last.last_private, private);
	here = prepare(db, last_sql, &last);
	there = prepare(copy, last_sql, &last);
	if (here != NULL && sqlite3_step(here) == SQLITE_ROW)
		read_text(here, 0, left, sizeof left);
	if (there != NULL && sqlite3_step(there) == SQLITE_ROW)
		read_text(there, 0, right, sizeof right);
	sqlite3_finalize(here);
	sqlite3_finalize(there);
	return left[0] != '\0' && strcmp(left, right) == 0;
}

/* Making an office saves its first director, and nothing else. */
static bool is_unused(sqlite3 *db)
{
	int64_t changes = 0;

	return connection_integer(db,
		       "SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM audit_private)",
		       &changes, NULL) &&
	       changes <= 1;
}

void compare_offices(struct restoring *restoring, struct restored *restored)
{
	const struct backup_contents *contents = &restoring->contents;
	sqlite3 *db = restoring->holder.db;
	sqlite3 *copy = NULL;

	if (db == NULL)
		return;
	copy = connection_open(restoring->copy, true, &restoring->identity, NULL);
	if (copy != NULL) {
		restored->unused = is_unused(db);
		restored->same_history = same_last(db, copy, contents);
		restored->compared = read_newer(db, contents, restored);
	}
	sqlite3_close(copy);
}

/* ---- marking ---- */

/* One that SQLite cannot read is refused to who waits for it anyway, but for a damage further on.
 */
static bool mark_by_hand(int file, bool replaced, struct error *err)
{
	const unsigned id = replaced ? OFFICE_REPLACED_ID : OFFICE_APPLICATION_ID;
	const unsigned char bytes[4] = {(unsigned char)(id >> 24), (unsigned char)(id >> 16 & 0xff),
		(unsigned char)(id >> 8 & 0xff), (unsigned char)(id & 0xff)};
	char header[16] = "";

	if (pread(file, header, sizeof header, 0) != (ssize_t)sizeof header ||
		memcmp(header, "SQLite format 3", sizeof header) != 0)
		return true;
	return pwrite(file, bytes, sizeof bytes, MARK_AT) == (ssize_t)sizeof bytes ||
	       error_set(err,
		       "The office that stands there cannot be marked as replaced (%s), so "
		       "nothing was replaced.",
		       strerror(errno));
}

bool mark_replaced(struct restoring *restoring, bool replaced, struct error *err)
{
	struct error reason;
	char sql[64];

	if (restoring->holder.db == NULL)
		return mark_by_hand(restoring->holder.file, replaced, err);
	sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id = %d",
		replaced ? OFFICE_REPLACED_ID : OFFICE_APPLICATION_ID);
	return connection_run(restoring->holder.db, sql, &reason) ||
	       error_set(err,
		       "The office that stands there cannot be marked as replaced, so nothing was "
		       "replaced. %.400s",
		       reason.text);
}
