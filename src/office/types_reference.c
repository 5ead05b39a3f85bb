/*
 * types_reference.c - field types that name another record or a kind of record. They are kept as
 * the key a person reads, so that lists and exports need no join. GPL-3.0-or-later.
 */
#include "office/types.h"

#include "core/text.h"
#include "office/record.h"

static bool reference_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	if (text[0] == '\0')
		return type_take_text(value, "");
	return record_resolve(store, field_refers(field), text, value, err);
}

const struct field_type reference_type = {
	.name = "reference",
	.help = "Another record, by its key or its name; F4 looks it up. CSV carries the key.",
	.null_when_empty = true,
	.width = 14,
	.edit = EDIT_REFERENCE,
	.parse = reference_parse,
	.format = type_format_text,
};

static bool record_name_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	const struct record_type *type = record_type_find(text);

	(void)field;
	(void)store;
	if (text[0] == '\0')
		return type_take_text(value, "");
	for (int i = 0; record_types[i] != NULL && type == NULL; i++) {
		if (text_same(record_types[i]->name, text) ||
			text_same(record_types[i]->label, text))
			type = record_types[i];
	}
	if (type == NULL)
		return error_set(
			err, "\"%s\" is not a kind of record; \"mso fields\" lists them.", text);
	return type_take_text(value, type->name);
}

const struct field_type record_name_type = {
	.name = "kind of record",
	.help = "The word for a kind of record, such as request; \"mso fields\" lists them.",
	.width = 16,
	.edit = EDIT_LINE,
	.parse = record_name_parse,
	.format = type_format_text,
};
