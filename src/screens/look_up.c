/*
 * look_up.c - F4: the values a field may have, to choose from: records it may refer to, or the
 * words of a choice. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/record_columns.h"
#include "screens/record_rows.h"
#include "screens/screens.h"
#include "tui/loop.h"
#include "tui/menu.h"

enum { ROWS = 60, DETAILS = 2 };

struct look_up {
	struct store *store;
	const struct field *field;
	char *shared; /* owned: what the records share in the field that among ends with, or NULL */
	void (*picked)(void *context, const char *key);
	void *context;
};

/* The second and third column of the list: what tells records of one name apart. */
static void add_detail(struct look_up *look_up, const struct record *record, struct buffer *out)
{
	const struct field *fields[RECORD_COLUMNS];
	struct list_column columns[RECORD_COLUMNS];
	int count = record_columns(record->type, NULL, false, fields, columns);

	for (int i = 1, used = 0; i < count && used < DETAILS; i++) {
		const struct value *value = record_value(record, fields[i]->key);

		if (fields[i]->flags & FIELD_TITLE || value_empty(value))
			continue;
		buffer_add(out, used++ > 0 ? ", " : "");
		record_value_text(look_up->store, fields[i], value, out);
	}
}

static bool add_record(
	struct look_up *look_up, const struct record *record, struct picker_rows *rows)
{
	const struct field *title = record_type_title(record->type);
	struct buffer text = {0}, detail = {0};
	bool more;

	buffer_format(&text, "%s", record_key(record));
	if (title != NULL && title != record_type_key(record->type)) {
		buffer_add(&text, "  ");
		record_format(record, title->key, &text);
	}
	add_detail(look_up, record, &detail);
	more = picker_add(
		rows, buffer_text(&text), buffer_text(&detail), record_key(record), record->id);
	buffer_free(&text);
	buffer_free(&detail);
	return more;
}

static bool is_among(const struct record *record, struct record *const *records, int count)
{
	for (int i = 0; i < count; i++) {
		if (records[i]->id == record->id)
			return true;
	}
	return false;
}

int look_up_records(struct store *store, const struct field *field, const char *shared,
	const char *typed, int most, struct record **records, int *named)
{
	struct record_query query = {.type = record_type_find(field->refers),
		.match = typed,
		.named = true,
		.parent_field = shared == NULL ? NULL : field_among(field),
		.parent = shared};
	struct record **others = memory_new(((size_t)most + 1) * sizeof(struct record *));
	int count = record_page(store, &query, NULL, false, most, records, NULL), more;

	*named = count = count < 0 ? 0 : count;
	query.named = false;
	more = record_page(store, &query, NULL, false, most, others, NULL);
	for (int i = 0; i < more; i++) {
		if (count == most || is_among(others[i], records, *named))
			record_free(others[i]);
		else
			records[count++] = others[i];
	}
	free(others);
	return count;
}

static void record_choices(void *context, const char *typed, struct picker_rows *rows)
{
	struct look_up *look_up = context;
	struct record *records[ROWS];
	int named, count = look_up_records(look_up->store, look_up->field, look_up->shared, typed,
			   ROWS, records, &named);
	bool more = true;

	for (int i = 0; i < count; i++) {
		more = more && add_record(look_up, records[i], rows);
		record_free(records[i]);
	}
}

static void word_choices(void *context, const char *typed, struct picker_rows *rows)
{
	static const char *const yes_no[] = {"yes", "no", NULL};
	const struct look_up *look_up = context;
	const char *const *choices =
		look_up->field->choices != NULL ? look_up->field->choices : yes_no;

	(void)typed;
	for (int i = 0; choices[i] != NULL; i++)
		picker_offer(rows, choices[i], "", choices[i], i);
}

static void picked(void *context, const struct picker_row *row, const char *typed)
{
	struct look_up *look_up = context;

	(void)typed;
	look_up->picked(look_up->context, row == NULL ? NULL : row->value);
}

static void free_look_up(void *context)
{
	struct look_up *look_up = context;

	free(look_up->shared);
	free(look_up);
}

void look_up_among(struct store *store, const struct field *field, const char *shared,
	const char *typed, void (*answer)(void *context, const char *key), void *context)
{
	struct look_up *look_up = memory_new(sizeof *look_up);
	const struct picker picker = {.title = field->label,
		.typed = typed,
		.rows = field->refers != NULL ? record_choices : word_choices,
		.picked = picked,
		.free = free_look_up,
		.context = look_up};

	*look_up = (struct look_up){.store = store,
		.field = field,
		.shared = shared == NULL ? NULL : memory_text(shared),
		.picked = answer,
		.context = context};
	picker_open(&picker);
}

void look_up_open(struct store *store, const struct field *field, const char *typed,
	void (*answer)(void *context, const char *key), void *context)
{
	look_up_among(store, field, NULL, typed, answer, context);
}
