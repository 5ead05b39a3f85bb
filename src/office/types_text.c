/*
 * types_text.c - field types that are words: text, notes, choices, keys, codes, logins, e-mail.
 * GPL-3.0-or-later.
 */
#include "office/types.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"

enum { TEXT_MOST = 200, NOTE_MOST = 10000, EMAIL_MOST = 254, KEY_MOST = 48, CODE_MOST = 16 };

void type_format_text(const struct field *field, const struct value *value, struct buffer *out)
{
	(void)field;
	if (value->kind == VALUE_TEXT)
		buffer_add(out, value->text);
}

bool type_take_text(struct value *value, const char *text)
{
	if (text[0] == '\0')
		value_clear(value);
	else
		value_set_text(value, text);
	return true;
}

bool type_fits(const struct field *field, const char *text, int64_t most, struct error *err)
{
	int64_t length = (int64_t)text_length(text);

	if (field->max > 0)
		most = field->max;
	if (length > most)
		return error_set(err,
			"%" PRId64 " characters are too many; at most %" PRId64 " fit.", length,
			most);
	if (length > 0 && length < field->min)
		return error_set(err, "\"%s\" is too short; at least %" PRId64 " characters.", text,
			field->min);
	return true;
}

/* ---- text and notes ---- */

static bool text_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	(void)store;
	return type_fits(field, text, TEXT_MOST, err) && type_take_text(value, text);
}

const struct field_type text_type = {
	.name = "text",
	.help = "One line of text.",
	.text = true,
	.width = 30,
	.edit = EDIT_LINE,
	.parse = text_parse,
	.format = type_format_text,
};

static bool note_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char *copy;

	(void)store;
	if (!type_fits(field, text, NOTE_MOST, err))
		return false;
	copy = memory_text(text);
	for (char *c = copy; *c != '\0'; c++) {
		if (*c == '\t')
			*c = ' ';
	}
	type_take_text(value, copy);
	free(copy);
	return true;
}

const struct field_type note_type = {
	.name = "note",
	.help = "Text of any number of lines.",
	.text = true,
	.width = 60,
	.edit = EDIT_LINES,
	.parse = note_parse,
	.format = type_format_text,
};

/* ---- choices ---- */

static void list_choices(const char *const *choices, const char *start, struct buffer *out)
{
	for (int i = 0; choices[i] != NULL; i++) {
		if (!text_starts(choices[i], start))
			continue;
		if (out->length > 0)
			buffer_add(out, ", ");
		buffer_add(out, choices[i]);
	}
}

const char *type_choose(const char *const *choices, const char *text, struct error *err)
{
	struct buffer list = {0};
	const char *meant = NULL;
	int meanings = 0;

	for (int i = 0; choices[i] != NULL; i++) {
		if (text_same(choices[i], text))
			return choices[i];
		if (text_starts(choices[i], text)) {
			meant = choices[i];
			meanings++;
		}
	}
	if (meanings == 1)
		return meant;
	list_choices(choices, meanings > 1 ? text : "", &list);
	if (meanings > 1)
		error_set(err, "\"%s\" may mean any of these: %s. Type more of it.", text,
			buffer_text(&list));
	else
		error_set(err, "\"%s\" is not one of these: %s.", text, buffer_text(&list));
	buffer_free(&list);
	return NULL;
}

static bool choice_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	const char *choice;

	(void)store;
	if (text[0] == '\0')
		return type_take_text(value, "");
	choice = type_choose(field->choices, text, err);
	return choice != NULL && type_take_text(value, choice);
}

const struct field_type choice_type = {
	.name = "choice",
	.help = "One of a few words; the start of a word is enough when no other starts so.",
	.width = 12,
	.edit = EDIT_CHOICE,
	.parse = choice_parse,
	.format = type_format_text,
};

/* ---- keys and names in systems ---- */

static bool key_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	(void)store;
	for (const char *c = text; *c != '\0'; c++) {
		if (!isalnum((unsigned char)*c) && strchr("-/.", *c) == NULL)
			return error_set(err,
				"\"%s\" is not a key; keys look like C-0012 or PR-2026-0042/2.",
				text);
	}
	return type_fits(field, text, KEY_MOST, err) && type_take_text(value, text);
}

const struct field_type key_type = {
	.name = "key",
	.help = "Given by the office when the record is new; never changes.",
	.width = 12,
	.edit = EDIT_LINE,
	.parse = key_parse,
	.format = type_format_text,
};

static bool code_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	(void)store;
	for (const char *c = text; *c != '\0'; c++) {
		if (!isalnum((unsigned char)*c) && *c != '-')
			return error_set(err,
				"\"%s\" is not a code; use letters, digits and \"-\" without "
				"blanks, such as 6120 or BD.",
				text);
	}
	return type_fits(field, text, CODE_MOST, err) && type_take_text(value, text);
}

const struct field_type code_type = {
	.name = "code",
	.help = "A short key that people choose: letters, digits and \"-\", no blanks.",
	.width = 10,
	.edit = EDIT_LINE,
	.parse = code_parse,
	.format = type_format_text,
};

static bool login_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	size_t length = strlen(text);
	bool ok = length <= 32 &&
		  (text[0] == '\0' || islower((unsigned char)text[0]) || text[0] == '_');

	(void)field;
	(void)store;
	for (const char *c = text; *c != '\0' && ok; c++)
		ok = islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_' ||
		     *c == '-';
	if (!ok)
		return error_set(err,
			"\"%s\" is not a login; it is up to 32 small letters, digits, \"_\" and "
			"\"-\", a letter first, such as mchen.",
			text);
	return type_take_text(value, text);
}

const struct field_type login_type = {
	.name = "login",
	.help = "The name a person signs in to the system with, such as mchen.",
	.width = 12,
	.edit = EDIT_LINE,
	.parse = login_parse,
	.format = type_format_text,
};

static bool email_looks_right(const char *text)
{
	const char *at = strchr(text, '@');
	const char *domain;

	if (at == NULL || at == text || strchr(at + 1, '@') != NULL)
		return false;
	domain = at + 1;
	if (strpbrk(text, " ,;<>()\"") != NULL || strstr(text, "..") != NULL)
		return false;
	if (text[0] == '.' || at[-1] == '.' || domain[0] == '.' || domain[0] == '-')
		return false;
	const char *dot = strrchr(domain, '.');
	return dot != NULL && strlen(dot + 1) >= 2;
}

static bool email_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	(void)store;
	if (text[0] != '\0' && !email_looks_right(text))
		return error_set(err,
			"\"%s\" is not one e-mail address; write it like office@lakeside.example.",
			text);
	return type_fits(field, text, EMAIL_MOST, err) && type_take_text(value, text);
}

const struct field_type email_type = {
	.name = "e-mail",
	.help = "One e-mail address, such as office@lakeside.example.",
	.text = true,
	.width = 30,
	.edit = EDIT_LINE,
	.parse = email_parse,
	.format = type_format_text,
};
