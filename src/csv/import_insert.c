/*
 * import_insert.c - new records by the thousand: one prepared statement bound per row, keys
 * counted here, sequence and search index brought up once at the end. Checks and rules are the
 * same as record_save's: the field types, the constraints and the triggers.
 * GPL-3.0-or-later.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "csv/import_parts.h"

/* A column of an INSERT: its field and its parameter. */
struct parameter {
	int field;
	char *name; /* ":phone"; owned */
};

struct insertion {
	struct buffer sql;
	struct parameter *list; /* owned */
	int count;
};

struct import_insert {
	struct insertion row, private_row;
	int64_t last_id; /* before the first new record */
	int64_t made;
	struct buffer start; /* KEY_NUMBER: what stands before the number, and names the sequence */
	int64_t number;      /* the last one given */
	struct buffer key;
};

static void add_column(struct insertion *insertion, const struct field *field, int index,
	struct buffer *parameters)
{
	struct buffer name = {0};

	buffer_format(&name, ":%s", field->key);
	buffer_format(&insertion->sql, "%s%s", insertion->count > 0 ? ", " : "", field->key);
	buffer_format(parameters, "%s%s", insertion->count > 0 ? ", " : "", buffer_text(&name));
	insertion->list = memory_resize(
		insertion->list, (size_t)(insertion->count + 1) * sizeof *insertion->list);
	insertion->list[insertion->count++] = (struct parameter){index, buffer_take(&name)};
}

/*
 * The columns that a new record may bring. Those that only actions write are left to the
 * database's own beginning, as are computed ones.
 */
static bool is_brought(
	struct store *store, const struct record_type *type, const struct field *field)
{
	if (field == record_type_key(type) || field->flags & FIELD_CREATOR)
		return true;
	return column_is_open(store, field) && !import_is_owned(field, type, true);
}

static void write_insertion(struct import_run *run, bool private, struct insertion *insertion)
{
	const struct record_type *type = run->type;
	struct buffer parameters = {0};

	buffer_format(
		&insertion->sql, "INSERT INTO %s (", private ? type->private_table : type->table);
	if (private) {
		buffer_format(&insertion->sql, "%s, ", type->table);
		buffer_add(&parameters, ":record_key, ");
	}
	for (int i = 0; type->fields[i].key != NULL; i++) {
		const struct field *field = &type->fields[i];

		if (((field->flags & FIELD_PRIVATE) != 0) == private &&
			is_brought(run->store, type, field))
			add_column(insertion, field, i, &parameters);
	}
	buffer_format(&insertion->sql, ") VALUES (%s)", buffer_text(&parameters));
	buffer_free(&parameters);
}

static void insertion_free(struct insertion *insertion)
{
	for (int i = 0; i < insertion->count; i++)
		free(insertion->list[i].name);
	free(insertion->list);
	buffer_free(&insertion->sql);
}

struct import_insert *import_insert_new(struct import_run *run)
{
	struct import_insert *insert = memory_new(sizeof *insert);
	struct buffer sql = {0};

	/* Of some tables others than the director read a view; max() would read all of it. */
	buffer_format(&sql, "SELECT id FROM %s ORDER BY id DESC LIMIT 1", run->type->source);
	insert->last_id = store_integer(run->store, buffer_text(&sql), NULL, 0);
	buffer_free(&sql);
	write_insertion(run, false, &insert->row);
	if (run->type->private_table != NULL)
		write_insertion(run, true, &insert->private_row);
	return insert;
}

void import_insert_free(struct import_insert *insert)
{
	if (insert == NULL)
		return;
	insertion_free(&insert->row);
	insertion_free(&insert->private_row);
	buffer_free(&insert->start);
	buffer_free(&insert->key);
	free(insert);
}

/* ---- keys ---- */

/* Numbers follow each other while this transaction holds the write lock: only the first is asked.
 */
static bool next_key(struct import_run *run, struct error *err)
{
	struct import_insert *insert = run->insert;
	struct buffer *key = &insert->key;
	size_t start;

	buffer_clear(key);
	if (insert->start.length > 0) {
		buffer_format(key, "%s%04" PRId64, buffer_text(&insert->start), ++insert->number);
		return true;
	}
	if (!record_next_key(run->store, run->fresh, key, err))
		return false;
	if (run->type->key_rule == KEY_NUMBER) {
		start = key->length;
		while (start > 0 && isdigit((unsigned char)key->data[start - 1]))
			start--;
		insert->number = strtoll(key->data + start, NULL, 10);
		buffer_add_bytes(&insert->start, key->data, start);
	}
	return true;
}

static bool save_sequence(struct import_run *run, struct error *err)
{
	struct statement *statement;

	if (run->insert->start.length == 0)
		return true;
	statement = store_prepare(
		run->store, "UPDATE sequence SET last = :last WHERE name = :name", err);
	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":last", run->insert->number);
	statement_bind_text(statement, ":name", buffer_text(&run->insert->start));
	return statement_run(statement, err);
}

static bool give_key(struct import_run *run, struct error *err)
{
	int key = (int)(record_type_key(run->type) - run->type->fields);

	if (run->type->key_rule == KEY_NATURAL)
		return true;
	if (!next_key(run, err))
		return false;
	value_set_text(&run->fresh->values[key], buffer_text(&run->insert->key));
	return true;
}

/* ---- writing ---- */

static void bind_value(struct statement *statement, const struct field *field, const char *name,
	const struct value *value)
{
	if (value->kind == VALUE_INTEGER)
		statement_bind_integer(statement, name, value->integer);
	else if (value->kind == VALUE_TEXT)
		statement_bind_text(statement, name, value->text);
	else if (field->type->null_when_empty || field->type->integer)
		statement_bind_null(statement, name);
	else
		statement_bind_text(statement, name, "");
}

static bool run_insertion(
	struct import_run *run, struct insertion *insertion, bool private, struct error *err)
{
	struct statement *statement = store_prepare(run->store, buffer_text(&insertion->sql), err);

	if (statement == NULL)
		return false;
	for (int i = 0; i < insertion->count; i++)
		bind_value(statement, &run->type->fields[insertion->list[i].field],
			insertion->list[i].name, &run->fresh->values[insertion->list[i].field]);
	if (private)
		statement_bind_text(statement, ":record_key", record_key(run->fresh));
	return statement_run(statement, err);
}

static bool has_private(const struct import_run *run)
{
	const struct insertion *insertion = &run->insert->private_row;

	for (int i = 0; i < insertion->count; i++) {
		if (!value_empty(&run->fresh->values[insertion->list[i].field]))
			return true;
	}
	return false;
}

/* Says which record has the same value already, as record_save does. */
static void name_twin(struct import_run *run, struct error *err)
{
	int index = record_type_field_index(run->type, err->field);
	struct value key = {.kind = VALUE_NULL};
	const struct field *field;

	if (strcmp(err->code, "unique") != 0 || index < 0)
		return;
	field = &run->type->fields[index];
	if (run->fresh->values[index].kind == VALUE_TEXT &&
		record_resolve(run->store, run->type, run->fresh->values[index].text, &key, NULL))
		error_field(err, field->key, "%s is already there: %s. No two may have the same.",
			field->label, key.text);
	value_clear(&key);
}

bool import_insert_record(struct import_run *run, struct error *err)
{
	struct import_insert *insert = run->insert;
	bool stands, ok;

	if (!give_key(run, err))
		return false;
	store_about(run->store, record_key(run->fresh));
	stands = run_insertion(run, &insert->row, false, err);
	ok = stands && (!has_private(run) || run_insertion(run, &insert->private_row, true, err));
	store_about(run->store, NULL);
	/* The number of a row that is refused is the next one's, for numbers leave no gaps. */
	if (!stands && insert->start.length > 0)
		insert->number--;
	if (ok)
		insert->made++;
	else
		name_twin(run, err);
	return ok;
}

/* ---- what is there already ---- */

enum { COMPARED = 20000 }; /* more new rows than these are not compared as a whole */

/*
 * By what records that were there before are found: their name, where lists find them by it; else,
 * by an indexed field, those that are the same in all. NULL: not at all.
 */
static const struct field *twin_field(const struct record_type *type)
{
	const struct field *title = record_type_title(type);

	if (title != NULL && title->flags & FIELD_INDEXED)
		return title;
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (field->flags & FIELD_INDEXED && field_stored(field) &&
			!(field->flags & FIELD_PRIVATE))
			return field;
	}
	return NULL;
}

bool import_twins_by_name(const struct record_type *type)
{
	return twin_field(type) == record_type_title(type);
}

/* Of the same name, and of the same others; or the same in all. */
static bool counts_for_twins(
	const struct record_type *type, const struct field *by, const struct field *field)
{
	if (field == by || !field_stored(field) || field->flags & (FIELD_KEY | FIELD_PRIVATE))
		return false;
	return !import_twins_by_name(type) ||
	       (field->refers != NULL && field->flags & FIELD_REQUIRED);
}

static void write_twins(const struct record_type *type, const struct field *by, struct buffer *sql)
{
	const char *key = record_type_key(type)->key;

	buffer_format(sql,
		"SELECT t.id - :last, min(o.%s) FROM %s AS t CROSS JOIN %s AS o ON o.%s = t.%s",
		key, type->source, type->source, by->key, by->key);
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (counts_for_twins(type, by, field))
			buffer_format(sql, " AND o.%s IS t.%s", field->key, field->key);
	}
	buffer_add(sql, " WHERE t.id > :last AND o.id <= :last GROUP BY t.id ORDER BY t.id");
}

/* Two practices may have one name, and two invoices one amount: this is told and never refused. */
static void find_twins(struct import_run *run)
{
	const struct field *by = twin_field(run->type);
	struct import_plan *plan = run->plan;
	struct buffer sql = {0};
	struct statement *statement;
	int64_t seen = 0; /* new records among the rows before this one */
	int row = 0;

	if (by == NULL || run->insert->last_id == 0 ||
		(!import_twins_by_name(run->type) && run->insert->made > COMPARED))
		return;
	write_twins(run->type, by, &sql);
	statement = store_prepare(run->store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (statement == NULL)
		return;
	statement_bind_integer(statement, ":last", run->insert->last_id);
	while (statement_step(statement)) {
		plan->twins++;
		for (; row < plan->kept_count && seen < statement_integer(statement, 0); row++) {
			seen += plan->kept[row].kind == IMPORT_INSERT;
			if (seen == statement_integer(statement, 0))
				plan->kept[row].twin = memory_text(statement_text(statement, 1));
		}
	}
	statement_end(statement);
}

bool import_insert_finish(struct import_run *run, struct error *err)
{
	if (run->insert->made == 0)
		return true;
	if (import_is_clean(run->plan))
		find_twins(run);
	return save_sequence(run, err) &&
	       search_add_all_since(run->store, run->type, run->insert->last_id, err);
}
