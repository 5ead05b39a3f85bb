/*
 * model.c - the deeds in a table in memory, the office attached beside it, and the differences by
 * SQL. GPL-3.0-or-later.
 */
#include "model.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct model {
	sqlite3 *db;
	sqlite3_stmt *note;
};

/* A question that must have no row; each row is one failure, and its first column says which. */
struct question {
	const char *what;
	const char *sql;
};

/* Asked once for every table and column in which deeds left marks; {table} and {column} are theirs.
 */
static const struct question of_columns[] = {
	{"a record that was made is not there",
		"SELECT key || ' ' || text FROM deed d WHERE kind = 0 AND state = 1 AND tbl = '{table}' "
		"AND field = '{column}' AND NOT EXISTS (SELECT 1 FROM office.{table} t WHERE t.key = d.key "
		"AND t.{column} = d.text) AND NOT EXISTS (SELECT 1 FROM deed e WHERE e.kind = 3 "
		"AND e.state <> 2 AND e.tbl = d.tbl AND e.key = d.key)"},
	{"a record is there twice",
		"SELECT {column} FROM office.{table} WHERE {column} LIKE 'mark %' GROUP BY {column} "
		"HAVING count(*) > 1"},
	{"a change that was saved last does not stand",
		"SELECT key || ' ' || text FROM deed d WHERE kind = 1 AND state = 1 AND tbl = '{table}' "
		"AND field = '{column}' AND NOT EXISTS (SELECT 1 FROM deed e WHERE e.kind = 1 "
		"AND e.state = 1 AND e.tbl = d.tbl AND e.key = d.key AND e.field = d.field "
		"AND e.number > d.number) AND NOT EXISTS (SELECT 1 FROM office.{table} t "
		"WHERE t.key = d.key AND (t.{column} = d.text OR t.{column} IN (SELECT text FROM deed o "
		"WHERE o.state = 0 AND o.tbl = d.tbl AND o.key = d.key AND o.field = d.field)))"},
};

static const struct question of_refusals = {"what was refused is there",
	"SELECT key || ' ' || text FROM deed d WHERE kind <= 1 AND state = 2 AND tbl = '{table}' "
	"AND field = '{column}' AND EXISTS (SELECT 1 FROM office.{table} t WHERE t.{column} = d.text)"};

static const struct question of_all[] = {
	{"a record that was deleted is there",
		"SELECT d.key FROM deed d JOIN office.vendor t USING (key) WHERE d.kind = 3 "
		"AND d.state = 1 AND d.tbl = 'vendor'"},
	{"two people counted to the same number",
		"SELECT key || ' ' || text FROM deed WHERE kind = 2 AND state = 1 GROUP BY key, text "
		"HAVING count(*) > 1"},
	{"a count is lost",
		"SELECT d.key || ' ' || t.address FROM deed d JOIN office.client t USING (key) "
		"WHERE d.kind = 2 AND d.state <> 2 GROUP BY d.key HAVING "
		"CAST(t.address AS INTEGER) < max(CAST(text AS INTEGER)) FILTER (WHERE d.state = 1) "
		"OR CAST(t.address AS INTEGER) - min(CAST(text AS INTEGER)) + 1 > "
		"count(DISTINCT text)"},
	{"a request was decided twice",
		"SELECT key FROM deed WHERE kind IN (5, 6) AND state = 1 GROUP BY key "
		"HAVING count(*) > 1"},
	{"a request does not stand where it was left",
		"SELECT d.key || ' ' || t.status FROM (SELECT key, "
		"max(kind = 4 AND state = 1) AS submitted, max(kind = 5 AND state = 1) AS approved, "
		"max(kind = 6 AND state = 1) AS returned, max(state = 0) AS open "
		"FROM deed WHERE kind >= 4 AND state <> 2 GROUP BY key) d "
		"JOIN office.request t USING (key) WHERE t.status <> CASE WHEN approved "
		"THEN 'approved' WHEN returned THEN 'returned' WHEN open THEN t.status "
		"WHEN submitted THEN 'submitted' ELSE 'draft' END"},
};

static const struct question of_file[] = {
	{"the file is damaged", "SELECT integrity_check FROM office.pragma_integrity_check "
				"WHERE integrity_check <> 'ok'"},
	{"a reference leads nowhere",
		"SELECT \"table\" || ' ' || rowid FROM office.pragma_foreign_key_check"},
	{"a request's total is not the sum of its lines",
		"SELECT key || ' ' || total FROM office.request r WHERE total <> coalesce("
		"payments * (SELECT sum(amount) FROM office.request_line l WHERE l.request = r.key) "
		"+ iif(typeof(tax) = 'integer', tax, 0) + iif(typeof(freight) = 'integer', freight, 0) "
		"+ fees, 0)"},
};

/* The audit tells of one insert, and of every later version one update. */
static const char *const audited[] = {
	"client", "contact", "vendor", "actual", "agenda_item", "request", "request_line"};
static const struct question of_audit = {"the history does not have every version",
	"SELECT key || ' ' || version FROM office.{table} t WHERE EXISTS (SELECT 1 FROM deed d "
	"WHERE d.tbl = '{table}' AND d.key = t.key AND d.kind = 0) AND version <> "
	"(SELECT count(*) FROM office.audit a WHERE a.type = replace('{table}', '_', '-') "
	"AND a.key = t.key AND operation <> 'delete')"};

static void must(struct model *model, int code, const char *what)
{
	if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
		return;
	fprintf(stderr, "the model fails at \"%s\": %s\n", what, sqlite3_errmsg(model->db));
	exit(2);
}

static void run(struct model *model, const char *sql)
{
	must(model, sqlite3_exec(model->db, sql, NULL, NULL, NULL), sql);
}

struct model *model_new(void)
{
	static const char note[] = "INSERT OR REPLACE INTO deed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
	struct model *model = calloc(1, sizeof *model);

	if (model == NULL || sqlite3_open(":memory:", &model->db) != SQLITE_OK)
		exit(2);
	run(model,
		"CREATE TABLE deed (person INTEGER, number INTEGER, kind INTEGER, state INTEGER, "
		"tbl TEXT, key TEXT, field TEXT, text TEXT, said TEXT, "
		"PRIMARY KEY (person, number)); CREATE INDEX deed_key ON deed (tbl, key, kind);"
		"BEGIN");
	must(model, sqlite3_prepare_v2(model->db, note, -1, &model->note, NULL), note);
	return model;
}

void model_free(struct model *model)
{
	sqlite3_finalize(model->note);
	sqlite3_close(model->db);
	free(model);
}

void model_note(struct model *model, const struct deed *deed)
{
	const char *const texts[] = {deed->table, deed->key, deed->field, deed->text, deed->said};

	sqlite3_bind_int64(model->note, 1, deed->person);
	sqlite3_bind_int64(model->note, 2, deed->number);
	sqlite3_bind_int64(model->note, 3, deed->kind);
	sqlite3_bind_int64(model->note, 4, deed->state);
	for (int i = 0; i < 5; i++)
		sqlite3_bind_text(model->note, 5 + i, texts[i], -1, SQLITE_STATIC);
	must(model, sqlite3_step(model->note), "note");
	sqlite3_reset(model->note);
}

/* How many rows the SQL has; each is printed. */
static int64_t count(struct model *model, const char *what, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int64_t rows = 0;
	int code;

	must(model, sqlite3_prepare_v2(model->db, sql, -1, &statement, NULL), sql);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		const unsigned char *text = sqlite3_column_text(statement, 0);

		if (rows++ < 5)
			fprintf(stderr, "%s: %s\n", what, text != NULL ? (const char *)text : "");
	}
	must(model, code, sql);
	sqlite3_finalize(statement);
	return rows;
}

static int64_t ask(
	struct model *model, const struct question *question, const char *table, const char *column)
{
	char sql[2048] = "";
	const char *at = question->sql;

	while (*at != '\0') {
		size_t plain = strcspn(at, "{"), used = strlen(sql);

		snprintf(sql + used, sizeof sql - used, "%.*s%s", (int)plain, at,
			at[plain] == '\0'      ? ""
			: at[plain + 1] == 't' ? table
					       : column);
		at += plain + strcspn(at + plain, "}");
		at += *at == '}';
	}
	return count(model, question->what, sql);
}

static int64_t number(struct model *model, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int64_t value;

	must(model, sqlite3_prepare_v2(model->db, sql, -1, &statement, NULL), sql);
	must(model, sqlite3_step(statement), sql);
	value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

static void check_columns(struct model *model, struct verdict *verdict)
{
	sqlite3_stmt *columns = NULL;

	must(model,
		sqlite3_prepare_v2(model->db,
			"SELECT DISTINCT tbl, field FROM deed WHERE kind <= 1", -1, &columns, NULL),
		"columns");
	while (sqlite3_step(columns) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(columns, 0);
		const char *column = (const char *)sqlite3_column_text(columns, 1);

		for (size_t i = 0; i < sizeof of_columns / sizeof *of_columns; i++)
			verdict->lost += ask(model, &of_columns[i], table, column);
		verdict->unasked += ask(model, &of_refusals, table, column);
	}
	sqlite3_finalize(columns);
}

static void count_deeds(struct model *model, struct verdict *verdict)
{
	verdict->saved = number(model, "SELECT count(*) FROM deed WHERE state = 1");
	verdict->open = number(model, "SELECT count(*) FROM deed WHERE state = 0");
	verdict->refused = number(model, "SELECT count(*) FROM deed WHERE state = 2");
	verdict->stale =
		number(model, "SELECT count(*) FROM deed WHERE state = 2 AND said LIKE 'stale:%'");
	verdict->decided =
		number(model, "SELECT count(*) FROM deed WHERE state = 2 AND kind >= 5 "
			      "AND (said LIKE 'not-now:%' OR said LIKE 'over-budget:%')");
	verdict->shown = count(model, "somebody was told",
		"SELECT said || ' (' || tbl || ' ' || key || ')' FROM deed WHERE state = 2 "
		"AND said NOT LIKE 'stale:%' AND NOT (kind >= 5 AND (said LIKE 'not-now:%' "
		"OR said LIKE 'over-budget:%'))");
	verdict->open_there = number(model,
		"SELECT count(*) FROM office.audit a JOIN deed d ON d.state = 0 AND d.kind = 0 "
		"AND a.operation = 'insert' AND a.type = replace(d.tbl, '_', '-') "
		"AND instr(a.after, '''' || d.text || '''') > 0");
}

void model_check(struct model *model, const char *path, struct verdict *verdict)
{
	char *attach = sqlite3_mprintf("ATTACH %Q AS office", path);

	*verdict = (struct verdict){0};
	run(model, "COMMIT");
	run(model, attach);
	sqlite3_free(attach);
	count_deeds(model, verdict);
	check_columns(model, verdict);
	for (size_t i = 0; i < sizeof of_all / sizeof *of_all; i++)
		verdict->lost += count(model, of_all[i].what, of_all[i].sql);
	for (size_t i = 0; i < sizeof of_file / sizeof *of_file; i++)
		verdict->torn += count(model, of_file[i].what, of_file[i].sql);
	for (size_t i = 0; i < sizeof audited / sizeof *audited; i++)
		verdict->torn += ask(model, &of_audit, audited[i], "");
	run(model, "DETACH office");
	run(model, "BEGIN");
}
