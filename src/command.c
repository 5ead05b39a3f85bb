/*
 * command.c - what the commands share: their options and arguments, and plain text output.
 * GPL-3.0-or-later.
 */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

enum { SEARCHED = 60, SUGGESTED = 3 };

const char *call_option(const struct call *call, const char *name)
{
	for (int i = 0; i < call->option_count; i++) {
		if (strcmp(call->options[i].name, name) == 0)
			return call->options[i].value;
	}
	return NULL;
}

int call_refuse(const struct error *err)
{
	struct buffer text = {0};

	fflush(stdout);
	text_print(&text, err->text);
	fprintf(stderr, "mso: %s\n", buffer_text(&text));
	buffer_free(&text);
	return REFUSED;
}

int call_refuse_field(const struct error *err, const struct field *fields)
{
	struct error named = *err;

	while (fields != NULL && fields->key != NULL && strcmp(fields->key, err->field) != 0)
		fields++;
	if (strcmp(err->code, "required") == 0 && fields != NULL && fields->key != NULL)
		error_set(
			&named, "%s is required: give it as %s=VALUE.", fields->label, fields->key);
	else if (strcmp(err->code, "check") == 0 && fields != NULL && fields->key != NULL)
		error_set(&named, "%s: %s", fields->label, err->text);
	return call_refuse(&named);
}

int call_misused(const struct call *call, const char *format, ...)
{
	struct buffer text = {0}, safe = {0};
	va_list arguments;

	va_start(arguments, format);
	buffer_format_list(&text, format, arguments);
	va_end(arguments);
	text_print(&safe, buffer_text(&text));
	fprintf(stderr, "mso: %s\nUsage: mso %s %s\n", buffer_text(&safe), call->command->name,
		call->command->usage);
	buffer_free(&text);
	buffer_free(&safe);
	return WRONG_USAGE;
}

const struct record_type *call_type(const struct call *call, const char *name)
{
	const struct record_type *type = record_type_find(name);
	struct buffer known = {0};

	for (int i = 0; type == NULL && record_types[i] != NULL; i++) {
		if (text_same(record_types[i]->name, name) ||
			text_same(record_types[i]->label, name) ||
			text_same(record_types[i]->plural, name))
			type = record_types[i];
		else
			buffer_format(&known, "%s%s", i > 0 ? ", " : "", record_types[i]->name);
	}
	if (type == NULL)
		call_misused(call, "\"%s\" is no type of record. There are: %s.", name,
			buffer_text(&known));
	buffer_free(&known);
	return type;
}

/*
 * "Perhaps C-0007 (Lakeside Family Medicine, PLLC)?": those of the type with these words, but for
 * those of this very name, which the refusal names itself.
 */
static void suggest(const struct call *call, const struct record_type *type, struct buffer *out)
{
	struct found found[SEARCHED];
	int count = record_find(call->store, call->arguments[1], SEARCHED, found);
	int told = 0;

	for (int i = 0; i < count && told < SUGGESTED; i++) {
		if (found[i].type == type && !text_same(found[i].title, call->arguments[1]))
			buffer_format(out, "%s%s (%s)", told++ == 0 ? " Perhaps " : " or ",
				found[i].key, found[i].title);
	}
	buffer_add(out, told > 0 ? "?" : "");
	found_free(found, count);
}

struct record *call_record(const struct call *call, const struct record_type *type)
{
	struct value key = {.kind = VALUE_NULL};
	struct record *record = NULL;
	struct buffer perhaps = {0};
	struct error err;

	error_clear(&err);
	if (record_resolve(call->store, type, call->arguments[1], &key, &err))
		record = record_load(call->store, type, key.text, &err);
	else
		suggest(call, type, &perhaps);
	value_clear(&key);
	if (record == NULL) {
		struct error refused;

		error_set(&refused, "%s%s", err.text, buffer_text(&perhaps));
		call_refuse(&refused);
	}
	buffer_free(&perhaps);
	return record;
}

bool call_pair(const struct call *call, char *argument, char **field, char **value)
{
	char *sign = strchr(argument, '=');

	if (sign == NULL || sign == argument) {
		call_misused(call, "\"%s\" is not FIELD=VALUE, such as phone=\"(555) 010-2233\".",
			argument);
		return false;
	}
	*sign = '\0';
	*field = argument;
	*value = sign + 1;
	return true;
}

int call_set_fields(struct call *call, struct record *record, int first)
{
	for (int i = first; i < call->count; i++) {
		char *field, *value;
		struct error err;

		if (!call_pair(call, call->arguments[i], &field, &value))
			return WRONG_USAGE;
		if (record_type_field(record->type, field) == NULL)
			return call_misused(call,
				"%s have no field \"%s\"; \"mso fields %s\" lists them.",
				record->type->plural, field, record->type->name);
		if (!record_set(call->store, record, field, value, &err))
			return call_refuse_field(&err, record->type->fields);
	}
	return DONE;
}

void say_buffer(struct buffer *text)
{
	say(buffer_text(text));
	buffer_free(text);
}

void say(const char *text)
{
	struct buffer safe = {0};

	text_print(&safe, text);
	puts(buffer_text(&safe));
	buffer_free(&safe);
}

/* The bytes of text that fit in so many cells; *used receives the cells. */
static size_t fitting(const char *text, int width, int *used)
{
	size_t at = 0;

	*used = 0;
	while (text[at] != '\0') {
		uint32_t codepoint;
		size_t length = text_decode(text + at, strlen(text + at), &codepoint);
		char character[5];
		int cells;

		text_encode(codepoint, character);
		cells = text_width(character);
		if (length == 0 || *used + cells > width)
			break;
		*used += cells;
		at += length;
	}
	return at;
}

void add_cell(struct buffer *line, const char *text, int width, bool right)
{
	struct buffer safe = {0};
	size_t length;
	int used;

	text_print(&safe, text);
	length = fitting(buffer_text(&safe), width, &used);
	if (length < safe.length) {
		length = fitting(buffer_text(&safe), width - 1, &used);
		used++;
	} else if (right) {
		buffer_format(line, "%*s", width - used, "");
	}
	buffer_add_bytes(line, buffer_text(&safe), length);
	if (length < safe.length)
		buffer_add(line, "…");
	if (!right || length < safe.length)
		buffer_format(line, "%*s", width - used, "");
	buffer_free(&safe);
}
