/*
 * replay.c - goes through both audits and the rows of each table side by side, key by key, and
 * keeps no more than one record's values. GPL-3.0-or-later.
 */
#include "store/replay.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "store/failure.h"
#include "store/ledger.h"

/* What is read side by side, each in the order of its keys. */
enum { OPEN, PRIVATE, FIRST, ROWS, STREAMS };
/* Their columns. FIRST and ROWS have the row's lines where the audits have those after. */
enum { KEY, AFTER, BEFORE, OPERATION, RECORD, HIDDEN = BEFORE };

struct replay {
	const char *name, *type, *columns; /* of the table; columns with blanks between */
	sqlite3 *dbs[STREAMS];
	sqlite3_stmt *streams[STREAMS];
	int codes[STREAMS];
	struct buffer key;
	struct ledger ledger;
	/* Of the key at hand: */
	bool private;
	int told;          /* how many records tell of it */
	int64_t last;      /* the number of the last of those, */
	bool hidden;       /* and whether that is of the private audit */
	struct buffer one; /* the lines of the first of them, when that was an insert */

	int64_t rows, wrong; /* of the table */
	struct buffer first; /* what is wrong first */
};

static const char *text_at(sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	return text != NULL ? text : "";
}

/* ---- what a key comes to ---- */

/* Names the columns that do not come out even; false when all do. */
static bool name_columns(const struct replay *replay, struct buffer *out)
{
	for (const char *at = replay->columns; *at != '\0';) {
		size_t length = strcspn(at, " ");

		if (ledger_has(&replay->ledger, at, length))
			buffer_format(out, "%s%.*s", out->length > 0 ? ", " : "", (int)length, at);
		at += length + (at[length] == ' ');
	}
	return out->length > 0;
}

static void say_which(struct replay *replay)
{
	struct buffer *out = &replay->first;

	if (!replay->private)
		buffer_format(out, "%s %s", replay->type, buffer_text(&replay->key));
	else if (replay->told == 0)
		buffer_format(out, "a private row of %s", replay->name);
	else
		buffer_format(out,
			"a private row of %s (%srecord %lld of the history was its last)",
			replay->name, replay->hidden ? "private " : "", (long long)replay->last);
}

/* What is wrong with the key, if anything is. */
static void judge(struct replay *replay)
{
	int rows = ledger_rows(&replay->ledger);
	struct buffer columns = {0};
	bool uneven = rows != 0 || name_columns(replay, &columns);

	if (uneven && replay->wrong++ == 0) {
		say_which(replay);
		if (rows > 0)
			buffer_add(&replay->first, " is gone without a trace in the history");
		else if (rows < 0 && replay->told == 0)
			buffer_add(&replay->first, " stands there without a history");
		else if (rows < 0)
			buffer_add(&replay->first, " stands there and by its history should not");
		else
			buffer_format(&replay->first, " is not as its history leads to: %s",
				buffer_text(&columns));
	}
	buffer_free(&columns);
}

/* ---- one key ---- */

static void take_record(struct replay *replay, sqlite3_stmt *row, bool private)
{
	const char *operation = text_at(row, OPERATION);
	bool insert = strcmp(operation, "insert") == 0;

	if (replay->told++ == 0 && insert && replay->ledger.count == 0) {
		buffer_add(&replay->one, text_at(row, AFTER));
	} else {
		ledger_lines(&replay->ledger, text_at(row, AFTER), 1);
		ledger_lines(&replay->ledger, text_at(row, BEFORE), -1);
	}
	if (strcmp(operation, "update") != 0)
		ledger_row(&replay->ledger, insert ? 1 : -1);
	/* The private audit comes after the open one, and its number stands. */
	replay->last = sqlite3_column_int64(row, RECORD);
	replay->hidden = private;
	replay->private |= private;
}

static void take_row(struct replay *replay, sqlite3_stmt *row)
{
	const char *lines = text_at(row, AFTER);

	replay->rows++;
	replay->private |= sqlite3_column_int64(row, HIDDEN) != 0;
	ledger_row(&replay->ledger, -1);
	/* Most rows are as they were entered, or as one long text. */
	if (replay->ledger.count == 0 && strcmp(buffer_text(&replay->one), lines) == 0) {
		buffer_clear(&replay->one);
		return;
	}
	ledger_lines(&replay->ledger, lines, -1);
}

static void take(struct replay *replay, int stream)
{
	sqlite3_stmt *row = replay->streams[stream];

	if (stream == ROWS) {
		take_row(replay, row);
	} else if (stream == FIRST) {
		ledger_lines(&replay->ledger, text_at(row, AFTER), 1);
		ledger_row(&replay->ledger, 1);
	} else {
		take_record(replay, row, stream == PRIVATE);
	}
}

static int compare_key(sqlite3_stmt *row, const struct buffer *key)
{
	size_t length = (size_t)sqlite3_column_bytes(row, KEY);
	size_t least = length < key->length ? length : key->length;
	int order = memcmp(text_at(row, KEY), buffer_text(key), least);

	return order != 0 ? order : (length > key->length) - (length < key->length);
}

/* The least of the keys that the streams stand at; false when all are at their end. */
static bool next_key(struct replay *replay)
{
	bool any = false;

	for (int i = 0; i < STREAMS; i++) {
		sqlite3_stmt *row = replay->streams[i];

		if (replay->codes[i] != SQLITE_ROW || (any && compare_key(row, &replay->key) >= 0))
			continue;
		buffer_clear(&replay->key);
		buffer_add_bytes(
			&replay->key, text_at(row, KEY), (size_t)sqlite3_column_bytes(row, KEY));
		any = true;
	}
	return any;
}

static void look_at_key(struct replay *replay)
{
	replay->private = false;
	replay->told = 0;
	buffer_clear(&replay->one);
	ledger_clear(&replay->ledger);
	for (int i = 0; i < STREAMS; i++) {
		sqlite3_stmt *row = replay->streams[i];

		for (; replay->codes[i] == SQLITE_ROW && compare_key(row, &replay->key) == 0;
			replay->codes[i] = sqlite3_step(row))
			take(replay, i);
	}
	ledger_lines(&replay->ledger, buffer_text(&replay->one), 1);
	judge(replay);
}

/* ---- one table ---- */

static bool open_stream(struct replay *replay, int stream, const char *sql, struct error *err)
{
	sqlite3 *db = replay->dbs[stream];
	int code = sqlite3_prepare_v2(db, sql, -1, &replay->streams[stream], NULL);

	if (code == SQLITE_OK && stream <= PRIVATE)
		code = sqlite3_bind_text(
			replay->streams[stream], 1, replay->type, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = replay->codes[stream] = sqlite3_step(replay->streams[stream]);
	return code == SQLITE_ROW || code == SQLITE_DONE || failure_describe(db, code, err);
}

/* Only the audits that the table's rows go to: staff and their pay are of the same type. */
static bool open_streams(struct replay *replay, sqlite3_stmt *table, struct error *err)
{
	const char *private = text_at(table, 4), *rows = text_at(table, 3);
	static const char audit[] = "SELECT key, after, before, operation, id FROM %s "
				    "WHERE type = ? ORDER BY key, id";
	struct buffer open = {0}, closed = {0};
	bool done;

	buffer_format(&open, audit, "audit");
	buffer_format(&closed, audit, "audit_private");
	done = (strcmp(private, "1") == 0 || open_stream(replay, OPEN, buffer_text(&open), err)) &&
	       (*private == '\0' || open_stream(replay, PRIVATE, buffer_text(&closed), err)) &&
	       open_stream(replay, FIRST, rows, err) && open_stream(replay, ROWS, rows, err);
	buffer_free(&open);
	buffer_free(&closed);
	return done;
}

static bool close_streams(struct replay *replay, bool done, struct error *err)
{
	for (int i = 0; i < STREAMS; i++) {
		if (done && replay->codes[i] != SQLITE_DONE)
			done = failure_describe(replay->dbs[i], replay->codes[i], err);
		sqlite3_finalize(replay->streams[i]);
	}
	buffer_free(&replay->key);
	buffer_free(&replay->one);
	ledger_free(&replay->ledger);
	return done;
}

/* The tables, with the columns that the audit tells of, and what reads their rows. */
static const char tables[] =
	"SELECT t.name, t.type, "
	"(SELECT group_concat(name, ' ') FROM pragma_table_xinfo(t.name) "
	" WHERE hidden = 0 AND name NOT IN ('id', 'version')), "
	"(SELECT printf('SELECT \"%w\", audit_row (%Q%s), (%s) IS NOT FALSE FROM \"%w\" AS row "
	"ORDER BY \"%w\" COLLATE BINARY', t.key_column, group_concat(name, ' '), "
	"group_concat(printf(', row.\"%w\"', name), ''), "
	"CASE t.private WHEN '' THEN '0' ELSE t.private END, t.name, t.key_column) "
	" FROM pragma_table_xinfo(t.name) WHERE hidden = 0 AND name NOT IN ('id', 'version')), "
	"t.private FROM office_table t ORDER BY t.number";

static bool replay_table(
	sqlite3 *db, sqlite3 *fresh, sqlite3_stmt *table, struct replay *replay, struct error *err)
{
	bool done;

	*replay = (struct replay){
		.name = text_at(table, 0),
		.type = text_at(table, 1),
		.columns = text_at(table, 2),
		.dbs = {db, db, fresh, db},
		.codes = {SQLITE_DONE, SQLITE_DONE, SQLITE_DONE, SQLITE_DONE},
	};
	done = open_streams(replay, table, err);
	while (done && next_key(replay))
		look_at_key(replay);
	return close_streams(replay, done, err);
}

static void tell(
	struct replay *replay, void (*wrong)(const char *text, void *context), void *context)
{
	if (replay->wrong > 1)
		buffer_format(&replay->first, "; so with %lld more of %s",
			(long long)replay->wrong - 1, replay->name);
	if (replay->wrong > 0)
		wrong(buffer_text(&replay->first), context);
	buffer_free(&replay->first);
}

/* ---- what only migrations write ---- */

/* All of the table's rows in one text, owned; NULL with a sentence. */
static char *whole_text(sqlite3 *db, const char *sql, struct error *err)
{
	sqlite3_stmt *row = NULL;
	struct buffer out = {0};
	int code = sqlite3_prepare_v2(db, sql, -1, &row, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(row);
		for (int i = 0; code == SQLITE_ROW && i < sqlite3_column_count(row); i++)
			buffer_format(&out, "%s\n", text_at(row, i));
	}
	if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(row);
	if (code == SQLITE_DONE)
		return buffer_take(&out);
	buffer_free(&out);
	return NULL;
}

bool replay_fixed(sqlite3 *db, sqlite3 *fresh, void (*wrong)(const char *text, void *context),
	void *context, struct error *err)
{
	static const struct {
		const char *sql, *differs;
	} fixed[] = {
		{"SELECT * FROM office_table ORDER BY name",
			"office_table says otherwise than this program which tables there are"},
		{"SELECT * FROM may_write ORDER BY name, role",
			"may_write says otherwise than this program who may write what"},
	};
	bool done = true;

	for (size_t i = 0; done && i < sizeof fixed / sizeof *fixed; i++) {
		char *there = whole_text(db, fixed[i].sql, err);
		char *right = there != NULL ? whole_text(fresh, fixed[i].sql, err) : NULL;

		done = right != NULL;
		if (done && strcmp(there, right) != 0)
			wrong(fixed[i].differs, context);
		free(there);
		free(right);
	}
	return done;
}

bool replay_rows(sqlite3 *db, sqlite3 *fresh, void (*wrong)(const char *text, void *context),
	void *context, int64_t *rows, struct error *err)
{
	sqlite3_stmt *table = NULL;
	int code = sqlite3_prepare_v2(fresh, tables, -1, &table, NULL);
	bool done = replay_fixed(db, fresh, wrong, context, err);

	*rows = 0;
	while (done && (code == SQLITE_OK || code == SQLITE_ROW)) {
		struct replay replay;

		code = sqlite3_step(table);
		if (code != SQLITE_ROW)
			break;
		done = replay_table(db, fresh, table, &replay, err);
		*rows += replay.rows;
		if (done)
			tell(&replay, wrong, context);
		buffer_free(&replay.first);
	}
	if (done && code != SQLITE_DONE)
		done = failure_describe(fresh, code, err);
	sqlite3_finalize(table);
	return done;
}
