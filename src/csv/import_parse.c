/*
 * import_parse.c - what a cell means: as a form would take it, and as spreadsheets of all countries
 * write it. What may mean two things is refused. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/text.h"
#include "csv/import_parts.h"

/* ---- what spreadsheets make of values ---- */

/* "#REF!", "#N/A" and "Err:508" stand where a formula went wrong. */
static bool is_formula_error(const char *text)
{
	static const char *const errors[] = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!",
		"#NUM!", "#NULL!", "#SPILL!", "#CALC!", NULL};

	if (*text == 'E')
		return strncmp(text, "Err:5", 5) == 0 && strlen(text) == 7;
	for (int i = 0; *text == '#' && errors[i] != NULL; i++) {
		if (strcmp(text, errors[i]) == 0)
			return true;
	}
	return false;
}

/* "1.23457E+09": a long number in a narrow column, saved as it was shown. */
static bool is_short_number(const char *text)
{
	static const char digits[] = "0123456789";
	size_t length = strspn(text, digits);

	if (length != 1)
		return false;
	text += length;
	if (*text == '.')
		text += 1 + strspn(text + 1, digits);
	return (*text == 'E' || *text == 'e') && text[1] == '+' && text[2] != '\0' &&
	       strspn(text + 2, digits) == strlen(text + 2);
}

/* How much of the text stands before the midnight that databases write behind a date. */
static size_t without_midnight(const char *text)
{
	static const char *const midnights[] = {" 0:00", " 00:00", " 0:00:00", " 00:00:00",
		" 00:00:00.000", "T00:00:00", "T00:00:00.000", " 12:00 AM", " 12:00:00 AM", NULL};
	size_t length = strlen(text);

	for (int i = 0; midnights[i] != NULL; i++) {
		size_t end = strlen(midnights[i]);

		if (length > end && strcmp(text + length - end, midnights[i]) == 0)
			return length - end;
	}
	return 0;
}

static bool parse_without_midnight(
	struct import_run *run, const struct field *field, const char *text, struct value *value)
{
	size_t length = without_midnight(text);
	struct buffer date = {0};
	bool ok;

	if (length == 0)
		return false;
	buffer_add_bytes(&date, text, length);
	ok = field_parse(field, run->store, buffer_text(&date), value, NULL) &&
	     value->kind == VALUE_TEXT && date_valid(value->text);
	buffer_free(&date);
	return ok;
}

/* "30", "11/30" and "+7" mean another day every day: a form takes them, a file may not. */
static bool is_whole_date(const char *text, const struct value *value)
{
	char year[5];

	if (value->kind != VALUE_TEXT || !date_valid(value->text))
		return true;
	memcpy(year, value->text, 4);
	year[4] = '\0';
	return strstr(text, year) != NULL;
}

static bool refuse_cell(
	const struct field *field, const char *text, const char *why, struct error *err)
{
	char *quoted = text_quote(text, 40);

	error_field(err, field->key, "%s: \"%s\" %s", field->label, quoted, why);
	free(quoted);
	return false;
}

/*
 * What a program meant is no longer to be told: "5/6/2026" and "1,234" are other days and numbers
 * in the countries whose programs part cells with semicolons.
 */
static bool is_ambiguous(const struct import_run *run, const struct field *field, const char *text)
{
	static const char digits[] = "0123456789";
	const char *mark = strpbrk(text, "/.,");
	char *end;
	long first, second;

	if (csv_reader_delimiter(run->reader) != ';' || mark == NULL)
		return false;
	if (field->type == &date_type) {
		first = strtol(text, &end, 10);
		second = *end == '/' ? strtol(end + 1, &end, 10) : first;
		return *end == '/' && first != second && first <= 12 && second <= 12;
	}
	return (field->type->integer || field->type->mixed) && *mark != '/' &&
	       strspn(mark + 1, digits) == 3 && mark[4 + strspn(mark + 4, " )-$")] == '\0';
}

/* True for cells that say that something was lost before: any field's, notes included. */
static bool refuse_lost(const struct field *field, const char *text, struct error *err)
{
	if (is_formula_error(text))
		refuse_cell(field, text,
			"is what a spreadsheet shows where a formula went wrong; put the value "
			"there, or empty the cell.",
			err);
	else if (strncmp(text, "###", 3) == 0 && text[strspn(text, "#")] == '\0')
		refuse_cell(field, text,
			"is what a spreadsheet shows in a column that is too narrow; widen it there, "
			"and save again.",
			err);
	else if (strstr(text, "\ufffd") != NULL)
		refuse_cell(field, text,
			"has a mark where another program could not read a letter; put the letter "
			"there, and save as \"CSV UTF-8\".",
			err);
	else
		return false;
	return true;
}

/* The text with one blank where it has several, or one that does not break lines. */
static bool parse_squeezed(
	struct import_run *run, const struct field *field, const char *text, struct value *value)
{
	static const char hard[] = "\u00a0";
	struct buffer name = {0};
	bool ok;

	for (const char *at = text; *at != '\0'; at++) {
		bool is_hard = strncmp(at, hard, strlen(hard)) == 0;

		if (!is_hard && !isspace((unsigned char)*at))
			buffer_add_char(&name, *at);
		else if (name.length > 0 && name.data[name.length - 1] != ' ')
			buffer_add_char(&name, ' ');
		at += is_hard;
	}
	ok = strcmp(buffer_text(&name), text) != 0 &&
	     field_parse(field, run->store, buffer_text(&name), value, NULL);
	buffer_free(&name);
	return ok;
}

/* Other ways to say the same: the midnight behind a date, the dash of accountants for zero. */
static bool parse_otherwise(
	struct import_run *run, const struct field *field, const char *text, struct value *value)
{
	if (field->type == &date_type)
		return parse_without_midnight(run, field, text, value);
	if (field->type == &money_type && strcmp(text + strspn(text, "$ "), "-") == 0)
		return field_parse(field, run->store, "0", value, NULL);
	return field->refers != NULL && parse_squeezed(run, field, text, value);
}

static bool refuse_ambiguous(const struct field *field, const char *text, struct error *err)
{
	return refuse_cell(field, text,
		field->type == &date_type
			? "may be two days, for programs that part cells with semicolons may write "
			  "the day first; write year, month and day, such as 2026-11-30."
			: "may be two numbers, for programs that part cells with semicolons may "
			  "write decimals behind a comma; save the file with commas between the "
			  "cells, or write a thousand as 1000.",
		err);
}

/* As field_parse, and knows what spreadsheets do. */
static bool parse_cell(struct import_run *run, const struct field *field, const char *text,
	struct value *value, struct error *err)
{
	if (refuse_lost(field, text, err))
		return false;
	if (is_ambiguous(run, field, text))
		return refuse_ambiguous(field, text, err);
	if (field_parse(field, run->store, text, value, err)) {
		if (is_whole_date(text, value))
			return true;
		return refuse_cell(field, text,
			"is no whole date; in a file write year, month and day, such as "
			"2026-11-30.",
			err);
	}
	if (parse_otherwise(run, field, text, value))
		return true;
	if (is_short_number(text))
		return refuse_cell(field, text,
			"is what Excel makes of a long number, and its last digits are lost. "
			"Format the column as Text there, put the number in again, and save.",
			err);
	/* A form would propose 11/30 and t, which no file may have. */
	if (err != NULL && strcmp(err->code, "no-date") == 0)
		return refuse_cell(field, text,
			"is not a date; in a file write year, month and day, such as 2026-11-30.",
			err);
	return false;
}

/* ---- references ---- */

/* References to other types stand still during an import; those to its own rows do not. */
static bool is_remembered(const struct import_run *run, const struct field *field)
{
	return field->refers != NULL && record_type_find(field->refers) != run->type;
}

bool import_parse(
	struct import_run *run, int field, const char *text, struct value *value, struct error *err)
{
	const struct field *row = &run->type->fields[field];
	const struct name *known;
	struct buffer *name = &run->scratch;

	if (text[0] == '\0' || !is_remembered(run, row))
		return parse_cell(run, row, text, value, err);
	buffer_clear(name);
	buffer_format(name, "%s %s", row->key, text);
	known = names_find(&run->references, buffer_text(name));
	if (known != NULL) {
		value_set_text(value, known->means);
		return true;
	}
	if (!parse_cell(run, row, text, value, err))
		return false;
	names_add(&run->references, buffer_text(name), value->text, run->row.line);
	return true;
}
