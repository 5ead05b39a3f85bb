/*
 * record_row.c - SQL text and rows of one record type, from its field table. All text here is
 * the program's own. GPL-3.0-or-later.
 */
#include "office/record_row.h"

#include <string.h>

bool row_may_see(struct store *store, const struct field *field)
{
	return !(field->flags & FIELD_PRIVATE) || strcmp(store_role(store), "director") == 0;
}

void row_expression(const struct field *field, struct buffer *sql)
{
	if (field->sql != NULL)
		buffer_format(sql, "(%s)", field->sql);
	else if (field->flags & FIELD_PRIVATE)
		buffer_format(sql, "private_row.%s", field->key);
	else
		buffer_format(sql, "t.%s", field->key);
}

void row_select(struct store *store, const struct record_type *type, enum row_fields fields,
	const struct field *extra, const char *before, struct buffer *sql)
{
	bool private_row = false;

	buffer_add(sql, "SELECT t.id, t.version");
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		buffer_add(sql, ", ");
		if (!row_may_see(store, field) ||
			(fields == ROW_LISTED && !field_stored(field) &&
				!(field->flags & (FIELD_IN_LIST | FIELD_TITLE)) &&
				field != extra)) {
			buffer_add(sql, "NULL");
			continue;
		}
		row_expression(field, sql);
		private_row |= field_stored(field) && field->flags & FIELD_PRIVATE;
	}
	buffer_format(sql, " FROM %s%s AS t", before, type->source);
	if (private_row)
		buffer_format(sql, " LEFT JOIN %s AS private_row ON private_row.%s = t.%s",
			type->private_table, type->table, record_type_key(type)->key);
}

/* A column of type ANY: whole numbers are amounts, anything else is a word. */
static bool is_number(const char *text)
{
	size_t digits = strspn(text + (text[0] == '-'), "0123456789");

	return digits > 0 && text[digits + (text[0] == '-')] == '\0';
}

static enum value_kind column_kind(
	struct statement *statement, const struct field *field, int column)
{
	if (statement_is_null(statement, column))
		return VALUE_NULL;
	if (field->type->integer)
		return VALUE_INTEGER;
	if (field->type->mixed && is_number(statement_text(statement, column)))
		return VALUE_INTEGER;
	return VALUE_TEXT;
}

static void read_value(
	struct statement *statement, const struct field *field, int column, struct value *value)
{
	switch (column_kind(statement, field, column)) {
	case VALUE_NULL:
		value_clear(value);
		break;
	case VALUE_INTEGER:
		value_set_integer(value, statement_integer(statement, column));
		break;
	case VALUE_TEXT:
		value_set_text(value, statement_text(statement, column));
		break;
	}
}

void row_read(struct statement *statement, struct record *record)
{
	const struct field *fields = record->type->fields;

	record->id = statement_integer(statement, 0);
	record->version = statement_integer(statement, 1);
	for (int i = 0; fields[i].key != NULL; i++) {
		read_value(statement, &fields[i], i + ROW_BEFORE, &record->values[i]);
		value_copy(&record->loaded[i], &record->values[i]);
	}
}

void row_borrow(struct statement *statement, struct record *record)
{
	const struct field *fields = record->type->fields;

	record->id = statement_integer(statement, 0);
	record->version = statement_integer(statement, 1);
	for (int i = 0; fields[i].key != NULL; i++) {
		struct value *value = &record->values[i];
		int column = i + ROW_BEFORE;

		value->kind = column_kind(statement, &fields[i], column);
		value->text = NULL;
		if (value->kind == VALUE_INTEGER)
			value->integer = statement_integer(statement, column);
		else if (value->kind == VALUE_TEXT)
			value->text = (char *)statement_text(statement, column);
	}
}

void row_return(struct record *record)
{
	for (int i = 0; record->type->fields[i].key != NULL; i++)
		record->values[i] = (struct value){.kind = VALUE_NULL};
}

void row_bind(struct statement *statement, const struct field *field, const char *name,
	const struct value *value)
{
	struct buffer parameter = {0};

	buffer_format(&parameter, ":%s", name);
	if (value->kind == VALUE_INTEGER)
		statement_bind_integer(statement, buffer_text(&parameter), value->integer);
	else if (value->kind == VALUE_TEXT)
		statement_bind_text(statement, buffer_text(&parameter), value->text);
	else if (field->type->null_when_empty || field->type->integer)
		statement_bind_null(statement, buffer_text(&parameter));
	else
		statement_bind_text(statement, buffer_text(&parameter), "");
	buffer_free(&parameter);
}

bool row_load(struct store *store, struct record *record, int64_t id, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;
	bool found = false;

	row_select(store, record->type, ROW_ALL, NULL, "", &sql);
	buffer_add(&sql, " WHERE t.id = :id");
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":id", id);
	if (statement_step(statement)) {
		row_read(statement, record);
		found = true;
	} else if (!statement_failed(statement, err)) {
		error_set(err, "This %s is not there any more.", record->type->label);
	}
	statement_end(statement);
	return found;
}
