/*
 * types_time.c - field types that are dates, times of day and moments. GPL-3.0-or-later.
 */
#include "office/types.h"

#include <ctype.h>
#include <string.h>

#include "core/date.h"
#include "store/store.h"

static bool date_field_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char date[DATE_TEXT];

	(void)field;
	if (text[0] == '\0')
		return type_take_text(value, "");
	/* Imports are ISO: today is only asked for when something else was typed. */
	if (date_valid(text))
		return type_take_text(value, text);
	if (!date_parse(text, store_today(store), date, err))
		return false;
	return type_take_text(value, date);
}

const struct field_type date_type = {
	.name = "date",
	.help = "A date: 2026-11-30, 11/30/2026, 11/30, t for today, +7 for a week from today.",
	.null_when_empty = true,
	.width = 10,
	.edit = EDIT_LINE,
	.parse = date_field_parse,
	.format = type_format_text,
};

static bool time_field_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char time[6];

	(void)field;
	(void)store;
	if (text[0] == '\0')
		return type_take_text(value, "");
	return time_parse(text, time, err) && type_take_text(value, time);
}

const struct field_type time_type = {
	.name = "time",
	.help = "A time of day: 18:30, 9, 9:05 pm.",
	.width = 5,
	.edit = EDIT_LINE,
	.parse = time_field_parse,
	.format = type_format_text,
};

/* True for "2026-11-21T14:03:00Z", the form now() gives. */
static bool moment_valid(const char *text)
{
	static const char pattern[] = "dddd-dd-ddTdd:dd:ddZ";
	char date[DATE_TEXT];

	if (strlen(text) != sizeof pattern - 1)
		return false;
	for (int i = 0; pattern[i] != '\0'; i++) {
		if (pattern[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != pattern[i])
			return false;
	}
	memcpy(date, text, sizeof date - 1);
	date[sizeof date - 1] = '\0';
	return date_valid(date) && strncmp(text + 11, "24", 2) < 0 && text[14] < '6' &&
	       text[17] < '6';
}

static bool moment_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	(void)field;
	(void)store;
	if (text[0] != '\0' && !moment_valid(text))
		return error_set(err,
			"\"%s\" is not a moment as the office writes it, such as "
			"2026-11-21T14:03:00Z.",
			text);
	return type_take_text(value, text);
}

static void moment_format(const struct field *field, const struct value *value, struct buffer *out)
{
	char text[20];

	(void)field;
	buffer_add(out, store_local_time(value->text, text));
}

const struct field_type moment_type = {
	.name = "moment",
	.help = "When something happened, kept by the program; CSV carries it in UTC.",
	.null_when_empty = true,
	.width = 16,
	.edit = EDIT_LINE,
	.parse = moment_parse,
	.format = moment_format,
	.plain = type_format_text,
};
