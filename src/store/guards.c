/*
 * guards.c - writes the triggers and views that stand on every row of office_table alike, from
 * the columns each table really has, so that a new column is guarded and audited because it
 * exists. Called whenever migrations run. GPL-3.0-or-later.
 */
#include "store/guards.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "store/connection.h"
#include "store/failure.h"

/* The audit gives two values per column to one SQL function; some builds take only 100. */
enum { MOST_COLUMNS = 49 };

/* One row of office_table, and what is read from the schema. All owned. */
struct table {
	char *name;
	char *type;
	char *key;
	char *private;  /* "": all may read all rows; "1": only the director; else a condition */
	char **columns; /* those the audit tells of: all but id, version and generated ones */
	size_t count;
	bool has_id;
	bool has_version;
};

/* ---- reading the schema ---- */

/* A name as SQL needs it: words such as "order" in double quotes. */
static char *sql_name(const char *name)
{
	struct buffer text = {0};
	bool quoted = sqlite3_keyword_check(name, (int)strlen(name)) != 0;

	buffer_format(&text, quoted ? "\"%s\"" : "%s", name);
	return buffer_take(&text);
}

static void write_literal(struct buffer *sql, const char *text)
{
	buffer_add_char(sql, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			buffer_add_char(sql, '\'');
		buffer_add_char(sql, *text);
	}
	buffer_add_char(sql, '\'');
}

static char *column_text(sqlite3_stmt *statement, int column)
{
	return memory_text((const char *)sqlite3_column_text(statement, column));
}

static void add_column(struct table *table, const char *name)
{
	if (strcmp(name, "id") == 0) {
		table->has_id = true;
	} else if (strcmp(name, "version") == 0) {
		table->has_version = true;
	} else {
		table->columns =
			memory_resize(table->columns, (table->count + 1) * sizeof *table->columns);
		table->columns[table->count++] = memory_text(name);
	}
}

static bool read_columns(sqlite3 *db, struct table *table, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db,
		"SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid", -1,
		&statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_bind_text(statement, 1, table->name, -1, SQLITE_STATIC);
	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(statement);
		if (code == SQLITE_ROW)
			add_column(table, (const char *)sqlite3_column_text(statement, 0));
	}
	if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

static void table_free(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->columns[i]);
	free(table->columns);
	free(table->name);
	free(table->type);
	free(table->key);
	free(table->private);
}

static bool read_table(sqlite3 *db, sqlite3_stmt *row, struct table *table, struct error *err)
{
	table->name = column_text(row, 0);
	table->type = column_text(row, 1);
	table->key = sql_name((const char *)sqlite3_column_text(row, 2));
	table->private = column_text(row, 3);
	if (!read_columns(db, table, err))
		return false;
	if (table->count == 0 || table->count > MOST_COLUMNS)
		return error_set(err,
			"office_table has %s, which has %zu columns to audit and not 1 to %d.",
			table->name, table->count, MOST_COLUMNS);
	return true;
}

/* Runs the SQL that write makes for all rows of office_table. */
static bool run_for_each(sqlite3 *db, void (*write)(const struct table *table, struct buffer *sql),
	struct error *err)
{
	sqlite3_stmt *row = NULL;
	struct buffer sql = {0};
	bool done = true;
	int code = sqlite3_prepare_v2(db,
		"SELECT name, type, key_column, private FROM office_table ORDER BY number", -1,
		&row, NULL);

	if (code != SQLITE_OK)
		return failure_describe(db, code, err);
	while (done && (code = sqlite3_step(row)) == SQLITE_ROW) {
		struct table table = {0};

		done = read_table(db, row, &table, err);
		if (done)
			write(&table, &sql);
		table_free(&table);
	}
	if (done && code != SQLITE_DONE)
		done = failure_describe(db, code, err);
	sqlite3_finalize(row);
	/* In one go afterwards: the schema must not change under the statement that reads it. */
	done = done && connection_run(db, buffer_text(&sql), err);
	buffer_free(&sql);
	return done;
}

/* ---- dropping ---- */

static void write_drops(const struct table *table, struct buffer *sql)
{
	static const char *const events[] = {"insert", "update", "delete"};

	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		buffer_format(sql, "DROP TRIGGER IF EXISTS guard_%s_%s;\n", table->name, events[i]);
		buffer_format(sql, "DROP TRIGGER IF EXISTS audit_%s_%s;\n", table->name, events[i]);
	}
	buffer_format(sql, "DROP VIEW IF EXISTS %s_seen;\n", table->name);
}

bool guards_drop(sqlite3 *db, struct error *err)
{
	return run_for_each(db, write_drops, err) &&
	       connection_run(db, "DROP VIEW IF EXISTS audit_seen", err);
}

/* ---- guards ---- */

static void write_head(struct buffer *sql, const char *kind, const struct table *table,
	const char *event, const char *when)
{
	char *name = sql_name(table->name);

	buffer_format(sql, "CREATE TRIGGER %s_%s_%s %s ON %s BEGIN\n", kind, table->name, event,
		when, name);
	free(name);
}

/* One look for the usual case; which of the two it is matters only to the one refused. */
static void write_role(struct buffer *sql, const struct table *table)
{
	buffer_add(sql,
		"\tSELECT CASE WHEN EXISTS (SELECT 1 FROM me) THEN RAISE (ABORT, 'not-your-role')\n"
		"\t\tELSE RAISE (ABORT, 'no-actor') END\n"
		"\tWHERE NOT EXISTS (SELECT 1 FROM me JOIN may_write USING (role)\n"
		"\t\tWHERE may_write.name = ");
	write_literal(sql, table->name);
	buffer_add(sql, ");\n");
}

/* OR REPLACE would delete the row that has the key; recursive triggers or not, this comes first. */
static void write_key_taken(struct buffer *sql, const struct table *table)
{
	char *name = sql_name(table->name);

	buffer_add(sql, "\tSELECT RAISE (ABORT, 'key-taken')\n\tWHERE ");
	if (table->has_id)
		/* Where none is given, SQLite says -1 before it gives one. */
		buffer_format(sql,
			"EXISTS (SELECT 1 FROM %s WHERE id = NEW.id AND NEW.id <> -1)\n\t   OR ",
			name);
	buffer_format(sql, "EXISTS (SELECT 1 FROM %s WHERE %s = NEW.%s);\n", name, table->key,
		table->key);
	free(name);
}

/* A key is said, printed and typed: letters, digits and signs, nothing that hides in it. */
static void write_key_plain(struct buffer *sql, const struct table *table)
{
	buffer_format(sql,
		"\tSELECT RAISE (ABORT, 'key-plain')\n\tWHERE NEW.%s = '' OR NEW.%s GLOB '*[^!-~]*'"
		" OR instr (NEW.%s, char (0)) > 0;\n",
		table->key, table->key, table->key);
}

static void write_guards(const struct table *table, struct buffer *sql)
{
	write_head(sql, "guard", table, "insert", "BEFORE INSERT");
	write_role(sql, table);
	write_key_plain(sql, table);
	write_key_taken(sql, table);
	buffer_add(sql, "END;\n");

	write_head(sql, "guard", table, "update", "BEFORE UPDATE");
	write_role(sql, table);
	if (table->has_version)
		buffer_add(sql,
			"\tSELECT RAISE (ABORT, 'stale') WHERE NEW.version IS NOT OLD.version + 1;\n");
	buffer_format(sql, "\tSELECT RAISE (ABORT, 'fixed-key') WHERE NEW.%s IS NOT OLD.%s",
		table->key, table->key);
	buffer_add(sql, table->has_id ? " OR NEW.id IS NOT OLD.id;\nEND;\n" : ";\nEND;\n");

	write_head(sql, "guard", table, "delete", "BEFORE DELETE");
	write_role(sql, table);
	buffer_add(sql, "END;\n");
}

static bool is_row_private(const struct table *table)
{
	return *table->private != '\0' && strcmp(table->private, "1") != 0;
}

static void write_seen(const struct table *table, struct buffer *sql)
{
	char *name = sql_name(table->name);

	if (is_row_private(table))
		buffer_format(sql,
			"CREATE VIEW %s_seen AS\n"
			"\tSELECT row.* FROM %s AS row\n"
			"\tWHERE NOT (%s) OR (SELECT role FROM me) = 'director';\n",
			table->name, name, table->private);
	free(name);
}

static void write_guards_and_view(const struct table *table, struct buffer *sql)
{
	write_guards(table, sql);
	write_seen(table, sql);
}

/*
 * audit_seen: what all may read of the audit. A row that was open once and is private now takes
 * its open past with it.
 */
static void write_audit_seen(const struct table *table, struct buffer *sql)
{
	char *name = sql_name(table->name);

	if (sql->length == 0)
		buffer_add(sql, "CREATE VIEW audit_seen AS\n\tSELECT a.* FROM audit a\n\tWHERE 1");
	if (is_row_private(table)) {
		buffer_add(sql, "\n\t  AND NOT (a.type = ");
		write_literal(sql, table->type);
		buffer_format(sql,
			" AND (SELECT role FROM me) IS NOT 'director'\n"
			"\t\tAND EXISTS (SELECT 1 FROM %s AS row WHERE row.%s = a.key AND (%s) IS NOT FALSE))",
			name, table->key, table->private);
	}
	free(name);
}

bool guards_add(sqlite3 *db, struct error *err)
{
	return run_for_each(db, write_guards_and_view, err) &&
	       run_for_each(db, write_audit_seen, err);
}

/* ---- audit ---- */

/* The condition of a private row, with "row." replaced by "NEW." or "OLD.". */
static void write_condition(struct buffer *sql, const char *condition, const char *side)
{
	const char *from = condition;

	while (*condition != '\0') {
		bool word_goes_on = condition > from &&
				    (isalnum((unsigned char)condition[-1]) || condition[-1] == '_');

		if (!word_goes_on && strncmp(condition, "row.", 4) == 0) {
			buffer_format(sql, "%s.", side);
			condition += 4;
		} else {
			buffer_add_char(sql, *condition++);
		}
	}
}

/*
 * Which audit a row goes to. A condition that is unknown counts as private; a change is private
 * when the row was or becomes so. sides are "NEW", "OLD" or both.
 */
static void write_privacy(
	struct buffer *sql, const struct table *table, bool private, const char *const *sides)
{
	if (!is_row_private(table))
		return;
	for (int i = 0; sides[i] != NULL; i++) {
		buffer_add(sql, i == 0 ? "(" : private ? " OR " : " AND ");
		buffer_add_char(sql, '(');
		write_condition(sql, table->private, sides[i]);
		buffer_add(sql, private ? ") IS NOT FALSE" : ") IS FALSE");
	}
	buffer_add_char(sql, ')');
}

/* audit_row ('name city', NEW.name, NEW.city); audit_change with the values of both sides. */
static void write_lines(struct buffer *sql, const struct table *table, const char *function,
	const char *const *sides)
{
	buffer_format(sql, "%s ('", function);
	for (size_t i = 0; i < table->count; i++)
		buffer_format(sql, i == 0 ? "%s" : " %s", table->columns[i]);
	buffer_add_char(sql, '\'');
	for (size_t i = 0; i < table->count; i++) {
		char *column = sql_name(table->columns[i]);

		for (int side = 0; sides[side] != NULL; side++)
			buffer_format(sql, ", %s.%s", sides[side], column);
		free(column);
	}
	buffer_add_char(sql, ')');
}

static void write_record(struct buffer *sql, const struct table *table, bool private,
	const char *side, const char *operation)
{
	buffer_format(sql,
		"\tINSERT INTO %sat, who, real_who, type, key, operation, before, after)\n"
		"\tSELECT %snow(), actor(), real_login(), ",
		private ? "audit_private_entry (salt, " : "audit_entry (",
		private ? "randomblob (16), " : "");
	write_literal(sql, table->type);
	buffer_format(sql, ", %s.%s, ", side, table->key);
	write_literal(sql, operation);
	buffer_add(sql, ",\n\t\t");
}

/* A row that came or went. */
static void write_row_audit(struct buffer *sql, const struct table *table, bool private,
	const char *side, const char *operation)
{
	const char *const sides[] = {side, NULL};
	bool came = strcmp(operation, "insert") == 0;

	write_record(sql, table, private, side, operation);
	if (came)
		buffer_add(sql, "'', ");
	write_lines(sql, table, "audit_row", sides);
	if (!came)
		buffer_add(sql, ", ''");
	if (is_row_private(table))
		buffer_add(sql, "\n\tWHERE ");
	write_privacy(sql, table, private, sides);
	buffer_add(sql, ";\n");
}

static void write_change_audit(struct buffer *sql, const struct table *table, bool private)
{
	static const char *const sides[] = {"OLD", "NEW", NULL};

	write_record(sql, table, private, "NEW", "update");
	buffer_add(sql, "audit_before (change), audit_after (change)\n\tFROM (SELECT ");
	write_lines(sql, table, "audit_change", sides);
	/* LIMIT keeps SQLite from writing the long call out once for each use of its result. */
	buffer_add(sql, " AS change LIMIT 1)\n\tWHERE change <> ''");
	if (is_row_private(table))
		buffer_add(sql, " AND ");
	write_privacy(sql, table, private, sides);
	buffer_add(sql, ";\n");
}

static void write_audit(const struct table *table, struct buffer *sql)
{
	bool public = strcmp(table->private, "1") != 0;
	bool private = *table->private != '\0';

	write_head(sql, "audit", table, "insert", "AFTER INSERT");
	if (public)
		write_row_audit(sql, table, false, "NEW", "insert");
	if (private)
		write_row_audit(sql, table, true, "NEW", "insert");
	buffer_add(sql, "END;\n");

	write_head(sql, "audit", table, "update", "AFTER UPDATE");
	if (public)
		write_change_audit(sql, table, false);
	if (private)
		write_change_audit(sql, table, true);
	buffer_add(sql, "END;\n");

	write_head(sql, "audit", table, "delete", "AFTER DELETE");
	if (public)
		write_row_audit(sql, table, false, "OLD", "delete");
	if (private)
		write_row_audit(sql, table, true, "OLD", "delete");
	buffer_add(sql, "END;\n");
}

bool guards_add_audit(sqlite3 *db, struct error *err)
{
	return run_for_each(db, write_audit, err);
}
