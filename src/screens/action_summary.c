/*
 * action_summary.c - what an action is about, in the words of the question that asks for it.
 * GPL-3.0-or-later.
 */
#include "screens/actions.h"

#include <string.h>

#include "screens/record_extras.h"
#include "screens/record_rows.h"

static void add_value(struct store *store, const struct record *record, const struct field *field,
	struct buffer *out)
{
	const struct value *value = record_value(record, field->key);

	if (value_empty(value))
		return;
	buffer_format(out, "%s: ", field->label);
	record_value_text(store, field, value, out);
	buffer_add_char(out, '\n');
}

char *action_summary(struct store *store, const struct record *record)
{
	const struct field *title = record_type_title(record->type);
	const struct record_extra *extra = record_extra_of(record->type);
	struct buffer out = {0};

	buffer_add(&out, record_key(record));
	if (title != NULL && title != record_type_key(record->type)) {
		buffer_add(&out, "  ");
		record_format(record, title->key, &out);
	}
	buffer_add_char(&out, '\n');
	for (const struct field *field = record->type->fields; field->key != NULL; field++) {
		bool payee = field->type->edit == EDIT_REFERENCE && field->flags & FIELD_TAB;
		bool amount = field->type == &money_type && field->flags & FIELD_IN_LIST;

		if ((payee || amount) && !(field->flags & FIELD_PRIVATE))
			add_value(store, record, field, &out);
	}
	if (extra != NULL && extra->confirm != NULL) {
		extra->confirm(store, record, &out);
	} else if (extra != NULL && extra->explain != NULL) {
		buffer_add_char(&out, '\n');
		extra->explain(store, record, &out);
	}
	while (out.length > 0 && out.data[out.length - 1] == '\n')
		out.data[--out.length] = '\0';
	return buffer_take(&out);
}
