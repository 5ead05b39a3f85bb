/*
 * record.c - one record in memory: making it, reading and setting its fields, and who may set
 * what. GPL-3.0-or-later.
 */
#include "office/record.h"

#include <stdlib.h>

#include "core/fatal.h"
#include "office/record_row.h"

struct record *record_new(const struct record_type *type)
{
	size_t count = (size_t)record_type_field_count(type);
	struct record *record = memory_new(sizeof *record);

	record->type = type;
	record->values = memory_new(count * sizeof *record->values);
	record->loaded = memory_new(count * sizeof *record->loaded);
	for (size_t i = 0; i < count; i++)
		field_empty(&type->fields[i], &record->values[i]);
	return record;
}

void record_free(struct record *record)
{
	if (record == NULL)
		return;
	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		value_clear(&record->values[i]);
		value_clear(&record->loaded[i]);
	}
	free(record->values);
	free(record->loaded);
	free(record);
}

struct record *record_copy(const struct record *record)
{
	struct record *copy = record_new(record->type);

	copy->id = record->id;
	copy->version = record->version;
	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		value_copy(&copy->values[i], &record->values[i]);
		value_copy(&copy->loaded[i], &record->loaded[i]);
	}
	return copy;
}

struct record *record_as_loaded(const struct record *record)
{
	struct record *copy = record_copy(record);

	for (int i = 0; record->type->fields[i].key != NULL; i++)
		value_copy(&copy->values[i], &record->loaded[i]);
	return copy;
}

/* The field that receives the key of the record it is made under, or NULL. */
static const struct field *parent_field(
	struct store *store, const struct record_type *type, const char *parent)
{
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		const struct record_type *above;
		struct buffer sql = {0};
		bool there;

		if (!(field->flags & (FIELD_PARENT | FIELD_TAB)) || field->refers == NULL)
			continue;
		above = field_refers(field);
		buffer_format(&sql, "SELECT 1 FROM %s WHERE %s = :key", above->source,
			record_type_key(above)->key);
		there = store_exists(store, buffer_text(&sql), parent);
		buffer_free(&sql);
		if (there)
			return field;
	}
	return NULL;
}

struct record *record_start(struct store *store, const struct record_type *type, const char *parent)
{
	struct record *record = record_new(type);
	const struct field *under = parent == NULL ? NULL : parent_field(store, type, parent);

	for (int i = 0; type->fields[i].key != NULL; i++) {
		const struct field *field = &type->fields[i];
		struct value value = {.kind = VALUE_NULL};

		if (!row_may_see(store, field))
			continue;
		if (field->flags & FIELD_CREATOR)
			value_set_text(&record->values[i], store_actor(store));
		else if (field == under)
			value_set_text(&record->values[i], parent);
		/* A default may name a record that this office does not have: then it is empty. */
		else if (field->def != NULL && field_parse(field, store, field->def, &value, NULL))
			value_copy(&record->values[i], &value);
		value_clear(&value);
	}
	return record;
}

const struct value *record_value(const struct record *record, const char *field)
{
	int index = record_type_field_index(record->type, field);

	if (index < 0)
		fatal("%s has no field %s", record->type->name, field);
	return &record->values[index];
}

const char *record_text(const struct record *record, const char *field)
{
	const struct value *value = record_value(record, field);

	return value->kind == VALUE_TEXT ? value->text : "";
}

const char *record_key(const struct record *record)
{
	return record_text(record, record_type_key(record->type)->key);
}

const char *record_state(const struct record *record)
{
	const char *state = record->type->state == NULL ? "status" : record->type->state;

	return record_type_field(record->type, state) == NULL ? "" : record_text(record, state);
}

void record_format(const struct record *record, const char *field, struct buffer *out)
{
	field_format(record_type_field(record->type, field), record_value(record, field), out);
}

/* Whether anybody may type this field now; false with a sentence. */
static bool may_be_typed(const struct record *record, const struct field *field, struct error *err)
{
	bool new = record->id == 0;
	const char *label = field->label, *name = field->key;

	if (field->flags & FIELD_KEY && record->type->key_rule != KEY_NATURAL)
		return error_field(
			err, name, "%s is given by the office and never changes.", label);
	if (field->flags & FIELD_COMPUTED || !field_stored(field))
		return error_field(
			err, name, "%s is worked out by the office and is never typed.", label);
	if (field->flags & FIELD_CREATOR)
		return error_field(
			err, name, "%s is whoever makes the record and never changes.", label);
	if (field->flags & FIELD_ACTION && !(new && field->flags &FIELD_AT_FIRST))
		return error_field(err, name,
			"%s changes through actions, not by typing; their list shows which.",
			label);
	if (field->flags & (FIELD_KEY | FIELD_FIXED | FIELD_PARENT) && !new)
		return error_field(
			err, name, "%s is given when the record is new and never changes.", label);
	return true;
}

bool record_set(struct store *store, struct record *record, const char *field, const char *text,
	struct error *err)
{
	int index = record_type_field_index(record->type, field);
	struct value value = {.kind = VALUE_NULL};
	const struct field *row;
	bool ok;

	if (index < 0)
		return error_field(err, field,
			"%s has no field \"%s\"; \"mso fields %s\" lists what it has.",
			record->type->plural, field, record->type->name);
	row = &record->type->fields[index];
	if (!row_may_see(store, row))
		return error_field(err, field, "%s is for the director only.", row->label);
	if (!may_be_typed(record, row, err)) {
		/* Saying again what is there changes nothing and is no mistake. */
		ok = field_parse(row, store, text, &value, NULL) &&
		     value_same(&value, &record->values[index]);
	} else {
		ok = field_parse(row, store, text, &value, err);
		if (ok)
			value_copy(&record->values[index], &value);
	}
	value_clear(&value);
	if (ok)
		error_clear(err);
	return ok;
}

bool record_may_write(struct store *store, const struct record_type *type)
{
	/* A chair writes by actions alone: the matrix lets the decision through, not the typing. */
	struct statement *statement = store_prepare(store,
		"SELECT 1 FROM may_write\n"
		"WHERE name = :name AND role = :role AND role <> 'chair'",
		NULL);
	bool may;

	if (statement == NULL)
		return false;
	statement_bind_text(statement, ":name", type->table);
	statement_bind_text(statement, ":role", store_role(store));
	may = type->given == NULL && statement_step(statement);
	statement_end(statement);
	return may;
}

void record_writers(struct store *store, const struct record_type *type, struct buffer *out)
{
	struct statement *row = store_prepare(store,
		"SELECT role FROM may_write\n"
		"WHERE name = :name AND role <> 'chair' ORDER BY role",
		NULL);
	const char *before = "the ";

	if (row == NULL)
		return;
	statement_bind_text(row, ":name", type->table);
	while (statement_step(row)) {
		buffer_format(out, "%s%s", before, statement_text(row, 0));
		before = " and ";
	}
	statement_end(row);
}

bool record_may_set(struct store *store, const struct record *record, const struct field *field)
{
	return row_may_see(store, field) && may_be_typed(record, field, NULL) &&
	       record_may_write(store, record->type);
}
