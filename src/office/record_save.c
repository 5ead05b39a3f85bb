/*
 * record_save.c - the one way a record gets into the office: checked, keyed, written with its
 * private side and its search row in one transaction, and read back. GPL-3.0-or-later.
 */
#include <string.h>

#include "office/history.h"
#include "office/record.h"
#include "office/record_row.h"
#include "office/recording.h"
#include "office/search.h"

/* ---- checks that the database could only name badly ---- */

static bool is_changed(const struct record *record, int index)
{
	return record->id == 0 ? !value_empty(&record->values[index])
			       : !value_same(&record->values[index], &record->loaded[index]);
}

/* True for a field that this save may write. */
static bool is_written(struct store *store, const struct record *record, int index)
{
	const struct field *field = &record->type->fields[index];

	return field_stored(field) && row_may_see(store, field) &&
	       (!(field->flags & FIELD_COMPUTED) || field->flags & FIELD_KEY);
}

static bool check_required(struct store *store, const struct record *record, struct error *err)
{
	const struct record_type *type = record->type;

	for (int i = 0; type->fields[i].key != NULL; i++) {
		const struct field *field = &type->fields[i];

		if (!field_needed(field) || !is_written(store, record, i) ||
			!value_empty(&record->values[i]))
			continue;
		/* Given keys and what only actions write come later. */
		if ((field->flags & FIELD_KEY && type->key_rule != KEY_NATURAL) ||
			(field->flags & FIELD_ACTION && !(field->flags & FIELD_AT_FIRST)))
			continue;
		return field_missing(field, err);
	}
	return true;
}

static bool check_reference(struct store *store, const struct field *field,
	const struct value *value, struct error *err)
{
	const struct record_type *type = field_refers(field);
	struct buffer sql = {0};
	bool there;

	buffer_format(
		&sql, "SELECT 1 FROM %s WHERE %s = :key", type->source, record_type_key(type)->key);
	there = store_exists(store, buffer_text(&sql), value->text);
	buffer_free(&sql);
	if (!there)
		return error_field(err, field->key,
			"%s: There is no %s \"%s\". Look it up, or make it first.", field->label,
			type->label, value->text);
	return true;
}

/* Another record that already has this value in a column that is unique. */
static bool check_unique(
	struct store *store, const struct record *record, int index, struct error *err)
{
	const struct record_type *type = record->type;
	const struct field *field = &type->fields[index];
	struct buffer sql = {0};
	struct statement *statement;
	bool ok = true;

	buffer_format(&sql, "SELECT %s FROM %s WHERE %s = :value AND id <> :id LIMIT 1",
		record_type_key(type)->key, type->source, field->key);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	row_bind(statement, field, "value", &record->values[index]);
	statement_bind_integer(statement, ":id", record->id);
	if (statement_step(statement)) {
		struct buffer value = {0};

		field_format(field, &record->values[index], &value);
		ok = error_field(err, field->key,
			"%s \"%s\" is already there: %s. No two may have the same; open that "
			"one, or choose another.",
			field->label, buffer_text(&value), statement_text(statement, 0));
		if (err != NULL)
			memcpy(err->code, "unique", sizeof "unique");
		buffer_free(&value);
	}
	statement_end(statement);
	return ok;
}

static bool check_changes(struct store *store, const struct record *record, struct error *err)
{
	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		const struct field *field = &record->type->fields[i];
		const struct value *value = &record->values[i];

		if (!is_written(store, record, i) || !is_changed(record, i) || value_empty(value))
			continue;
		if (field->type == &reference_type && !check_reference(store, field, value, err))
			return false;
		if (field->flags & (FIELD_UNIQUE | FIELD_KEY) && !(field->flags & FIELD_PRIVATE) &&
			!check_unique(store, record, i, err))
			return false;
	}
	return true;
}

/* ---- stale ---- */

bool record_stale(struct store *store, const struct record *record, struct error *err)
{
	struct buffer last = {0};

	history_last(store, record->type, record_key(record), &last);
	error_set(err,
		"%s, after you opened it. Read it anew and make your change once more; what you "
		"typed is still here.",
		buffer_text(&last));
	if (err != NULL)
		memcpy(err->code, "stale", sizeof "stale");
	buffer_free(&last);
	return false;
}

static bool check_version(struct store *store, const struct record *record, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;
	bool there;
	int64_t version = 0;

	buffer_format(&sql, "SELECT version FROM %s WHERE id = :id", record->type->source);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":id", record->id);
	there = statement_step(statement);
	if (there)
		version = statement_integer(statement, 0);
	statement_end(statement);
	if (!there) {
		error_set(err,
			"%s was deleted after you opened it; to keep what you typed, copy it to a "
			"new %s.",
			record_key(record), record->type->label);
		if (err != NULL)
			memcpy(err->code, "stale", sizeof "stale");
		return false;
	}
	return version == record->version || record_stale(store, record, err);
}

/* ---- writing ---- */

/* Binds every field that the statement has a parameter for, each by its own key. */
static void bind_fields(struct statement *statement, const struct record *record)
{
	struct buffer name = {0};

	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		const struct field *field = &record->type->fields[i];

		buffer_clear(&name);
		buffer_format(&name, ":%s", field->key);
		if (statement_has(statement, buffer_text(&name)))
			row_bind(statement, field, field->key, &record->values[i]);
	}
	buffer_free(&name);
}

/* Runs the statement about this record, so that a broken rule speaks of it by its key. */
static bool run_about(struct store *store, struct statement *statement, const struct record *record,
	struct error *err)
{
	bool ok;

	store_about(store, record_key(record));
	ok = statement_run(statement, err);
	store_about(store, NULL);
	return ok;
}

/* Appends "a, b" and ":a, :b" of the columns of one table to both. False when there are none. */
static bool list_columns(struct store *store, const struct record *record, bool private,
	struct buffer *names, struct buffer *parameters)
{
	bool any = false;

	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		const struct field *field = &record->type->fields[i];
		bool is_private = (field->flags & FIELD_PRIVATE) != 0;

		if (is_private != private || !is_written(store, record, i))
			continue;
		/* The database knows how a record begins that only actions move on. */
		if (value_empty(&record->values[i]) && (field->flags & FIELD_ACTION || is_private))
			continue;
		buffer_format(names, "%s%s", any ? ", " : "", field->key);
		buffer_format(parameters, "%s:%s", any ? ", " : "", field->key);
		any = true;
	}
	return any;
}

/* Appends "a = :a, b = :b" of the changed columns of one table. False when there are none. */
static bool list_changes(
	struct store *store, const struct record *record, bool private, struct buffer *changes)
{
	bool any = false;

	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		const struct field *field = &record->type->fields[i];

		if (((field->flags & FIELD_PRIVATE) != 0) != private ||
			!is_written(store, record, i) || !is_changed(record, i))
			continue;
		buffer_format(changes, "%s%s = :%s", any ? ", " : "", field->key, field->key);
		any = true;
	}
	return any;
}

static bool run_sql(
	struct store *store, struct buffer *sql, const struct record *record, struct error *err)
{
	struct statement *statement = store_prepare(store, buffer_text(sql), err);

	if (statement == NULL)
		return false;
	bind_fields(statement, record);
	if (statement_has(statement, ":record_id"))
		statement_bind_integer(statement, ":record_id", record->id);
	if (statement_has(statement, ":seen_version"))
		statement_bind_integer(statement, ":seen_version", record->version);
	if (statement_has(statement, ":record_key"))
		statement_bind_text(statement, ":record_key", record_key(record));
	return run_about(store, statement, record, err);
}

static bool insert_private(struct store *store, const struct record *record, struct error *err)
{
	struct buffer sql = {0}, names = {0}, parameters = {0};
	bool ok = true;

	if (list_columns(store, record, true, &names, &parameters)) {
		buffer_format(&sql, "INSERT INTO %s (%s, %s) VALUES (:record_key, %s)",
			record->type->private_table, record->type->table, buffer_text(&names),
			buffer_text(&parameters));
		ok = run_sql(store, &sql, record, err);
	}
	buffer_free(&sql);
	buffer_free(&names);
	buffer_free(&parameters);
	return ok;
}

static bool update_private(struct store *store, const struct record *record, struct error *err)
{
	struct buffer sql = {0}, changes = {0};
	bool ok = true, there;

	if (list_changes(store, record, true, &changes)) {
		buffer_format(&sql, "SELECT 1 FROM %s WHERE %s = :key", record->type->private_table,
			record->type->table);
		there = store_exists(store, buffer_text(&sql), record_key(record));
		buffer_clear(&sql);
		buffer_format(&sql, "UPDATE %s SET %s WHERE %s = :record_key",
			record->type->private_table, buffer_text(&changes), record->type->table);
		ok = there ? run_sql(store, &sql, record, err) : insert_private(store, record, err);
	}
	buffer_free(&sql);
	buffer_free(&changes);
	return ok;
}

static bool give_key(struct store *store, struct record *record, struct error *err)
{
	int index = record_type_field_index(record->type, record_type_key(record->type)->key);
	struct buffer key = {0};
	bool ok;

	if (record->type->key_rule == KEY_NATURAL)
		return true;
	ok = record_next_key(store, record, &key, err);
	if (ok)
		value_set_text(&record->values[index], buffer_text(&key));
	buffer_free(&key);
	return ok;
}

static bool insert_record(struct store *store, struct record *record, struct error *err)
{
	struct buffer sql = {0}, names = {0}, parameters = {0};
	bool ok;

	if (!give_key(store, record, err))
		return false;
	list_columns(store, record, false, &names, &parameters);
	buffer_format(&sql, "INSERT INTO %s (%s) VALUES (%s)", record->type->table,
		buffer_text(&names), buffer_text(&parameters));
	ok = run_sql(store, &sql, record, err);
	if (ok) {
		record->id = store_last_id(store);
		ok = insert_private(store, record, err);
	}
	buffer_free(&sql);
	buffer_free(&names);
	buffer_free(&parameters);
	return ok;
}

static bool update_record(struct store *store, const struct record *record, struct error *err)
{
	struct buffer sql = {0}, changes = {0};
	bool ok;

	if (!check_version(store, record, err))
		return false;
	/* A change of private fields alone still gives the record a new version. */
	if (list_changes(store, record, false, &changes))
		buffer_add(&changes, ", ");
	buffer_format(&sql,
		"UPDATE %s SET %sversion = :seen_version + 1 "
		"WHERE id = :record_id AND version = :seen_version",
		record->type->table, buffer_text(&changes));
	ok = run_sql(store, &sql, record, err);
	if (ok && store_changes(store) == 0)
		ok = record_stale(store, record, err);
	ok = ok && update_private(store, record, err);
	buffer_free(&sql);
	buffer_free(&changes);
	return ok;
}

/* ---- saving ---- */

bool record_changed(struct store *store, const struct record *record)
{
	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		if (is_written(store, record, i) && is_changed(record, i))
			return true;
	}
	return false;
}

/* What the database now holds; a row that a view hides from its own writer stays as written. */
static void read_back(struct store *store, struct record *record, struct record *fresh)
{
	if (row_load(store, fresh, record->id, NULL))
		return;
	fresh->id = record->id;
	fresh->version = record->version + 1;
	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		value_copy(&fresh->values[i], &record->values[i]);
		value_copy(&fresh->loaded[i], &record->values[i]);
	}
}

static void take_over(struct record *record, struct record *fresh)
{
	struct record old = *record;

	*record = *fresh;
	*fresh = old;
}

/* Puts a record back to new after a save that did not happen. */
static void forget_key(struct record *record)
{
	int index = record_type_field_index(record->type, record_type_key(record->type)->key);

	record->id = 0;
	if (record->type->key_rule != KEY_NATURAL)
		field_empty(&record->type->fields[index], &record->values[index]);
}

bool record_save(struct store *store, struct record *record, struct error *err)
{
	bool new = record->id == 0, stays;
	struct record *fresh;
	bool ok;

	error_clear(err);
	if (!new && !record_changed(store, record))
		return true;
	if (!check_required(store, record, err) || !store_begin(store, err))
		return false;
	recording_end_left(store, record);
	fresh = record_new(record->type);
	stays = search_stays(store, record);
	ok = check_changes(store, record, err) &&
	     (new ? insert_record(store, record, err) : update_record(store, record, err)) &&
	     (stays || search_update(store, record, err)) &&
	     (new || search_follow(store, record, err));
	if (ok)
		read_back(store, record, fresh);
	ok = store_finish(store, ok, err);
	if (ok)
		take_over(record, fresh);
	else if (new)
		forget_key(record);
	record_free(fresh);
	return ok;
}
