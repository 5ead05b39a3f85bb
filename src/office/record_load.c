/*
 * record_load.c - finding one record: by key in any case, by a label, by a name that only one
 * has. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "office/history.h"
#include "office/record.h"
#include "office/record_row.h"

/* The key column's value of the row whose field is text, exactly or without case. */
static bool key_where(struct store *store, const struct record_type *type,
	const struct field *field, const char *collation, const char *text, struct value *key)
{
	struct buffer sql = {0};
	char *found;

	buffer_format(
		&sql, "SELECT t.%s FROM %s AS t WHERE ", record_type_key(type)->key, type->source);
	row_expression(field, &sql);
	buffer_format(&sql, " = :key%s", collation);
	found = store_text(store, buffer_text(&sql), text);
	buffer_free(&sql);
	if (found == NULL)
		return false;
	value_set_text(key, found);
	free(found);
	return true;
}

/* A key in any case: given keys are in capitals, natural ones as people chose to write them. */
static bool find_key(
	struct store *store, const struct record_type *type, const char *text, struct value *key)
{
	const struct field *field = record_type_key(type);
	char *capitals;
	bool found;

	if (key_where(store, type, field, "", text, key))
		return true;
	if (type->key_rule == KEY_NATURAL)
		return key_where(store, type, field, " COLLATE NOCASE", text, key);
	capitals = memory_text(text);
	for (char *c = capitals; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	found = strcmp(capitals, text) != 0 && key_where(store, type, field, "", capitals, key);
	free(capitals);
	return found;
}

static char *title_of(struct store *store, const struct record_type *type, const char *key)
{
	const struct field *title = record_type_title(type);
	struct buffer sql = {0};
	char *text;

	/* A title that is the key itself (a login) would only say it twice. */
	if (title == NULL || title->flags & FIELD_KEY || !row_may_see(store, title))
		return NULL;
	buffer_add(&sql, "SELECT ");
	row_expression(title, &sql);
	buffer_format(
		&sql, " FROM %s AS t WHERE t.%s = :key", type->source, record_type_key(type)->key);
	text = store_text(store, buffer_text(&sql), key);
	buffer_free(&sql);
	return text;
}

/* "V-0003 Acme Office Supply", as labels print it; the title may be cut short. */
static bool find_label(
	struct store *store, const struct record_type *type, const char *text, struct value *key)
{
	size_t length = strcspn(text, " ");
	char *word, *title;
	bool found;

	if (text[length] == '\0')
		return false;
	word = memory_text_part(text, length);
	found = find_key(store, type, word, key);
	free(word);
	if (!found)
		return false;
	title = title_of(store, type, key->text);
	found = title != NULL && text_starts(title, text + length + strspn(text + length, " "));
	free(title);
	return found;
}

/* One row or several with this name. Returns how many (at most 3), their keys in a sentence. */
static int find_name(struct store *store, const struct record_type *type, const struct field *field,
	const char *text, struct value *key, struct buffer *keys)
{
	struct buffer sql = {0};
	struct statement *statement;
	int count = 0;

	buffer_format(
		&sql, "SELECT t.%s FROM %s AS t WHERE ", record_type_key(type)->key, type->source);
	row_expression(field, &sql);
	buffer_add(&sql, " = :name COLLATE NOCASE LIMIT 3");
	statement = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (statement == NULL)
		return 0;
	statement_bind_text(statement, ":name", text);
	while (statement_step(statement)) {
		if (count++ == 0)
			value_set_text(key, statement_text(statement, 0));
		else
			buffer_add(keys, ", ");
		buffer_add(keys, statement_text(statement, 0));
	}
	statement_end(statement);
	return count;
}

/* One that was there is not unknown: who took it away is said. */
static void say_missing(
	struct store *store, const struct record_type *type, const char *key, struct error *err)
{
	struct buffer last = {0};

	if (err != NULL && history_last(store, type, key, &last))
		error_set(err, "%s.", buffer_text(&last));
	else
		error_set(err, "There is no %s \"%s\"; give its key or its whole name.",
			type->label, key);
	buffer_free(&last);
}

bool record_resolve(struct store *store, const struct record_type *type, const char *text,
	struct value *key, struct error *err)
{
	struct value found = {.kind = VALUE_NULL};
	struct buffer keys = {0};
	int count = 0;

	if (find_key(store, type, text, &found) || find_label(store, type, text, &found))
		count = 1;
	for (const struct field *field = type->fields; field->key != NULL && count == 0; field++) {
		if (field->flags & (FIELD_UNIQUE | FIELD_TITLE) && !(field->flags & FIELD_KEY) &&
			row_may_see(store, field) && !(field->flags & FIELD_PRIVATE))
			count = find_name(store, type, field, text, &found, &keys);
	}
	if (count == 1)
		value_copy(key, &found);
	else if (count == 0)
		say_missing(store, type, text, err);
	else
		error_set(err, "\"%s\" is the name of more than one: %s%s. Give the key.", text,
			buffer_text(&keys), count > 2 ? " and perhaps others" : "");
	value_clear(&found);
	buffer_free(&keys);
	return count == 1;
}

static struct record *load_exact(
	struct store *store, const struct record_type *type, const char *key, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;
	struct record *record = NULL;

	row_select(store, type, ROW_ALL, NULL, "", &sql);
	buffer_format(&sql, " WHERE t.%s = :key", record_type_key(type)->key);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return NULL;
	statement_bind_text(statement, ":key", key);
	if (statement_step(statement)) {
		record = record_new(type);
		row_read(statement, record);
	} else {
		statement_failed(statement, err);
	}
	statement_end(statement);
	return record;
}

struct record *record_load(
	struct store *store, const struct record_type *type, const char *key, struct error *err)
{
	struct value meant = {.kind = VALUE_NULL};
	struct error failed;
	struct record *record;

	error_clear(&failed);
	record = load_exact(store, type, key, &failed);
	if (record != NULL)
		return record;
	if (failed.text[0] != '\0') {
		if (err != NULL)
			*err = failed;
		return NULL;
	}
	if (!record_resolve(store, type, key, &meant, err))
		return NULL;
	record = load_exact(store, type, meant.text, err);
	value_clear(&meant);
	return record;
}

void record_reference_label(struct store *store, const struct field *field,
	const struct value *value, struct buffer *out)
{
	const struct record_type *type;
	char *title;

	if (value_empty(value))
		return;
	type = field->refers == NULL ? NULL : record_type_find(field->refers);
	if (type != NULL && type->reads != NULL) {
		type->reads(store, value->text, out);
		return;
	}
	field_format(field, value, out);
	if (type == NULL)
		return;
	title = title_of(store, type, value->text);
	if (title != NULL && title[0] != '\0')
		buffer_format(out, " %s", title);
	free(title);
}
