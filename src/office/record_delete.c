/*
 * record_delete.c - deleting a record that nothing refers to. Anything that was ever used ends or
 * is cancelled instead. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "office/history.h"
#include "office/record.h"
#include "office/record_row.h"
#include "office/recording.h"
#include "office/rules.h"
#include "office/search.h"

/* Says which record refers to this one, if any does. */
static bool check_unreferred(struct store *store, const struct record *record,
	const struct record_type *from, const struct field *field, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;
	bool free = true;

	buffer_format(&sql,
		"SELECT %s FROM %s WHERE %s = :key AND (:same = 0 OR id <> :id) LIMIT 1",
		record_type_key(from)->key, from->source, field->key);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	statement_bind_text(statement, ":key", record_key(record));
	statement_bind_integer(statement, ":same", from == record->type);
	statement_bind_integer(statement, ":id", record->id);
	if (statement_step(statement)) {
		free = error_set(err, "%s cannot be deleted: %s (%s, \"%s\") refers to it. %s",
			record_key(record), statement_text(statement, 0), from->label, field->label,
			record->type->instead);
		if (err != NULL)
			memcpy(err->code, "foreign-key", sizeof "foreign-key");
	}
	statement_end(statement);
	return free;
}

static bool check_all_unreferred(
	struct store *store, const struct record *record, struct error *err)
{
	for (int i = 0; record_types[i] != NULL; i++) {
		for (const struct field *field = record_types[i]->fields; field->key != NULL;
			field++) {
			if (field->type != &reference_type || !field_stored(field) ||
				field->flags & FIELD_PRIVATE ||
				record_type_find(field->refers) != record->type)
				continue;
			if (!check_unreferred(store, record, record_types[i], field, err))
				return false;
		}
	}
	return true;
}

static bool delete_private(struct store *store, const struct record *record, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;

	if (record->type->private_table == NULL || strcmp(store_role(store), "director") != 0)
		return true;
	buffer_format(&sql, "DELETE FROM %s WHERE %s = :key", record->type->private_table,
		record->type->table);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	statement_bind_text(statement, ":key", record_key(record));
	return statement_run(statement, err);
}

/* Somebody was faster: what nobody has seen so is not deleted. */
static bool refuse_stale(struct store *store, const struct record *record, struct error *err)
{
	struct buffer last = {0};

	if (history_last(store, record->type, record_key(record), &last))
		error_set(err, "%s.", buffer_text(&last));
	else
		error_set(err,
			"%s meanwhile, so it was not deleted. Look at it first; if it is still to "
			"go, delete it as it is now.",
			buffer_text(&last));
	if (err != NULL)
		memcpy(err->code, "stale", sizeof "stale");
	buffer_free(&last);
	return false;
}

/* What refers to it is no record: the rule "user-referred" knows what that means for a user. */
static bool refuse_referred(struct store *store, const struct record *record, struct error *err)
{
	char code[sizeof err->code];

	snprintf(code, sizeof code, "%s-referred", record->type->name);
	if (err != NULL && strcmp(err->code, "foreign-key") == 0 && rule_find(code) != NULL)
		rules_explain(store, code, record_key(record), err);
	return false;
}

static bool delete_row(struct store *store, const struct record *record, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;
	bool ok;

	buffer_format(
		&sql, "DELETE FROM %s WHERE id = :id AND version = :version", record->type->table);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":id", record->id);
	statement_bind_integer(statement, ":version", record->version);
	store_about(store, record_key(record));
	ok = statement_run(statement, err);
	store_about(store, NULL);
	if (!ok)
		return refuse_referred(store, record, err);
	return store_changes(store) > 0 || refuse_stale(store, record, err);
}

bool record_delete(struct store *store, struct record *record, struct error *err)
{
	bool ok;

	error_clear(err);
	if (!store_begin(store, err))
		return false;
	recording_end_left(store, record);
	ok = check_all_unreferred(store, record, err) && delete_private(store, record, err) &&
	     delete_row(store, record, err) && search_remove(store, record, err);
	return store_finish(store, ok, err);
}
