/*
 * record_key.c - the next key of a record type, from the sequence table, in the transaction that
 * saves. A number is never given twice, also not after a deletion. GPL-3.0-or-later.
 */
#include <inttypes.h>

#include "core/fatal.h"
#include "office/record.h"

/* Appends the year that the key carries: of the type's date or year field, or of today. */
static void add_year(struct store *store, const struct record *record, struct buffer *key)
{
	const struct value *value = NULL;

	if (record->type->key_year != NULL)
		value = record_value(record, record->type->key_year);
	if (value != NULL && value->kind == VALUE_INTEGER)
		buffer_format(key, "%" PRId64, value->integer);
	else if (value != NULL && value->kind == VALUE_TEXT)
		buffer_format(key, "%.4s", value->text);
	else
		buffer_format(key, "%.4s", store_today(store));
}

static bool add_parent(const struct record *record, struct buffer *key, struct error *err)
{
	const struct field *parent = record_type_parent(record->type);
	const char *text = parent == NULL ? "" : record_text(record, parent->key);

	if (parent == NULL)
		fatal("%s takes its keys from a parent and has no parent field",
			record->type->name);
	if (text[0] == '\0')
		return field_missing(parent, err);
	buffer_add(key, text);
	return true;
}

/* What stands before the number, which also names the sequence; digits is how wide it is. */
static bool key_start(struct store *store, const struct record *record, struct buffer *start,
	int *digits, struct error *err)
{
	const char *prefix = record->type->prefix != NULL ? record->type->prefix : "";

	*digits = 4;
	switch (record->type->key_rule) {
	case KEY_NUMBER:
		buffer_format(start, "%s-", prefix);
		return true;
	case KEY_YEARLY:
		buffer_format(start, "%s-", prefix);
		add_year(store, record, start);
		buffer_add_char(start, '-');
		return true;
	case KEY_CHILD:
		*digits = 1;
		if (!add_parent(record, start, err))
			return false;
		buffer_format(start, "/%s", prefix);
		return true;
	case KEY_MEETING:
		*digits = 2;
		if (!add_parent(record, start, err))
			return false;
		buffer_add_char(start, '-');
		add_year(store, record, start);
		buffer_add_char(start, '-');
		return true;
	case KEY_NATURAL:
		break;
	}
	fatal("the keys of %s are typed, not given", record->type->name);
}

/* Takes the next number of a sequence. */
static bool next_number(struct store *store, const char *name, int64_t *number, struct error *err)
{
	int64_t last =
		store_integer(store, "SELECT last FROM sequence WHERE name = :key", name, -1);
	struct statement *statement = store_prepare(store,
		last < 0 ? "INSERT INTO sequence (name, last) VALUES (:name, :last)"
			 : "UPDATE sequence SET last = :last WHERE name = :name",
		err);

	if (statement == NULL)
		return false;
	*number = last < 0 ? 1 : last + 1;
	statement_bind_text(statement, ":name", name);
	statement_bind_integer(statement, ":last", *number);
	return statement_run(statement, err);
}

bool record_next_key(
	struct store *store, const struct record *record, struct buffer *key, struct error *err)
{
	struct buffer start = {0};
	int64_t number;
	int digits;
	bool ok = key_start(store, record, &start, &digits, err) &&
		  next_number(store, buffer_text(&start), &number, err);

	if (ok)
		buffer_format(key, "%s%0*" PRId64, buffer_text(&start), digits, number);
	buffer_free(&start);
	return ok;
}

int record_newest_width(struct store *store, const struct record_type *type)
{
	struct buffer sql = {0};
	int width;

	if (type->key_rule == KEY_NATURAL)
		return 0;
	buffer_format(&sql,
		"SELECT length(key) FROM (SELECT %s AS key FROM %s ORDER BY id DESC LIMIT 1)",
		record_type_key(type)->key, type->source);
	width = (int)store_integer(store, buffer_text(&sql), NULL, 0);
	buffer_free(&sql);
	return width;
}
