/*
 * record_among.c - which records a reference may name, where that depends on another field: a
 * motion's mover sits on the body of its meeting. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/record_form.h"

/* The field of that name: of the form, else of the record that the form asks about; or NULL. */
static const struct field *field_named(struct record_form *form, const char *name)
{
	const struct record *about = record_form_about(form);
	int index = record_form_index(form, name);

	if (index >= 0)
		return record_form_field(form, index);
	return about == NULL ? NULL : record_type_field(about->type, name);
}

/* The key that stands in that field. Caller frees; NULL when there is none. */
static char *key_in(struct store *store, struct record_form *form, const char *name)
{
	const struct record *about = record_form_about(form);
	int index = record_form_index(form, name);
	struct value value = {.kind = VALUE_NULL};
	char *key = NULL;

	if (index < 0 && (about == NULL || value_empty(record_value(about, name))))
		return NULL;
	if (index < 0)
		return memory_text(record_text(about, name));
	if (field_parse(record_form_field(form, index), store,
		    form_text(record_form_form(form), index), &value, NULL) &&
		!value_empty(&value))
		key = memory_text(value.text);
	value_clear(&value);
	return key;
}

/* A field of the record that a reference names. Caller frees; NULL when there is none. */
static char *text_of(
	struct store *store, const struct field *reference, const char *key, const char *name)
{
	struct record *record = record_load(store, record_type_find(reference->refers), key, NULL);
	char *text = record == NULL ? NULL : memory_text(record_text(record, name));

	record_free(record);
	return text;
}

char *record_among(struct store *store, struct record_form *form, const struct field *field)
{
	size_t length = field->among == NULL ? 0 : strcspn(field->among, ".");
	char *name = length == 0 ? NULL : memory_text_part(field->among, length);
	const struct field *named = name == NULL ? NULL : field_named(form, name);
	char *key = named == NULL ? NULL : key_in(store, form, name);
	char *shared = key;

	if (key != NULL && field->among[length] == '.') {
		shared = text_of(store, named, key, field_among(field));
		free(key);
	}
	free(name);
	return shared;
}
