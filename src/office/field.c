/*
 * field.c - values, and reading and showing them by a row of the field table. Called by forms,
 * lists, commands, CSV and the record functions. GPL-3.0-or-later.
 */
#include "office/field.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"

void value_clear(struct value *value)
{
	free(value->text);
	*value = (struct value){.kind = VALUE_NULL};
}

void value_set_integer(struct value *value, int64_t integer)
{
	value_clear(value);
	value->kind = VALUE_INTEGER;
	value->integer = integer;
}

void value_set_text(struct value *value, const char *text)
{
	/* Copied first: text may be a part of what the value holds. */
	char *copy = memory_text(text);

	value_clear(value);
	value->kind = VALUE_TEXT;
	value->text = copy;
}

void value_copy(struct value *to, const struct value *from)
{
	switch (from->kind) {
	case VALUE_NULL:
		value_clear(to);
		break;
	case VALUE_INTEGER:
		value_set_integer(to, from->integer);
		break;
	case VALUE_TEXT:
		value_set_text(to, from->text);
		break;
	}
}

bool value_same(const struct value *left, const struct value *right)
{
	if (left->kind != right->kind)
		return false;
	if (left->kind == VALUE_INTEGER)
		return left->integer == right->integer;
	return left->kind == VALUE_NULL || strcmp(left->text, right->text) == 0;
}

bool value_empty(const struct value *value)
{
	return value->kind == VALUE_NULL || (value->kind == VALUE_TEXT && value->text[0] == '\0');
}

void field_format(const struct field *field, const struct value *value, struct buffer *out)
{
	if (!value_empty(value))
		field->type->format(field, value, out);
}

void field_plain(const struct field *field, const struct value *value, struct buffer *out)
{
	if (value_empty(value))
		return;
	if (field->type->plain != NULL)
		field->type->plain(field, value, out);
	else
		field->type->format(field, value, out);
}

bool field_missing(const struct field *field, struct error *err)
{
	error_field(err, field->key, "%s is required.", field->label);
	if (err != NULL)
		memcpy(err->code, "required", sizeof "required");
	return false;
}

/* Reads text that is a copy of what was typed and may be changed. */
static bool parse_copy(const struct field *field, struct store *store, char *text,
	struct value *value, struct error *err)
{
	struct error wrong;

	error_clear(&wrong);
	text = text_trim(text);
	if (text[0] == '\0' && field_needed(field))
		return field_missing(field, err);
	if (!field->type->parse(field, store, text, value, &wrong)) {
		error_field(err, field->key, "%s: %s", field->label, wrong.text);
		if (err != NULL)
			memcpy(err->code, wrong.code, sizeof err->code);
		return false;
	}
	if (value->kind == VALUE_NULL && !field->type->null_when_empty)
		value_set_text(value, "");
	return true;
}

bool field_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	struct error wrong;
	char line[256]; /* most texts are short, and an import reads millions of them */
	size_t length = strlen(text);
	bool ok;

	error_clear(&wrong);
	if (!text_check(text, length, field->type->edit == EDIT_LINES, &wrong))
		return error_field(err, field->key, "%s: %s", field->label, wrong.text);
	if (length < sizeof line) {
		memcpy(line, text, length + 1);
		return parse_copy(field, store, line, value, err);
	}
	char *copy = memory_text(text);
	ok = parse_copy(field, store, copy, value, err);
	free(copy);
	return ok;
}

void field_empty(const struct field *field, struct value *value)
{
	value_clear(value);
	if (field->type->parse(field, NULL, "", value, NULL) && value->kind == VALUE_NULL &&
		!field->type->null_when_empty)
		value_set_text(value, "");
}

bool field_needed(const struct field *field)
{
	return field->flags & FIELD_REQUIRED || (field->choices != NULL && field->def != NULL);
}

bool field_stored(const struct field *field)
{
	return field->sql == NULL;
}

int field_width(const struct field *field)
{
	return field->width > 0 ? field->width : field->type->width;
}

const char *field_heading(const struct field *field)
{
	return field->heading != NULL ? field->heading : field->label;
}

const char *field_among(const struct field *field)
{
	const char *dot = field->among == NULL ? NULL : strchr(field->among, '.');

	return dot != NULL ? dot + 1 : field->among;
}
