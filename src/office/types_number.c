/*
 * types_number.c - field types that are numbers: integers, quantities, money, percent, yes or no,
 * and charges that are money or a word. GPL-3.0-or-later.
 */
#include "office/types.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "core/text.h"

/*
 * Takes the number when it lies in the field's range: min and max both 0 mean any, a max below
 * min means no upper end.
 */
static bool take_number(
	const struct field *field, int64_t number, struct value *value, struct error *err)
{
	struct value end = {.kind = VALUE_INTEGER};
	struct buffer text = {0};

	if (field->min == 0 && field->max == 0)
		goto fits;
	if (number < field->min) {
		end.integer = field->min;
		field->type->format(field, &end, &text);
		error_set(err, "it must be at least %s.", buffer_text(&text));
	} else if (number > field->max && field->max >= field->min) {
		end.integer = field->max;
		field->type->format(field, &end, &text);
		error_set(err, "it may be at most %s.", buffer_text(&text));
	} else {
		goto fits;
	}
	buffer_free(&text);
	return false;
fits:
	value_set_integer(value, number);
	return true;
}

/* ---- how each kind is written ---- */

static bool read_whole(const char *text, int64_t *number, struct error *err)
{
	int64_t thousandths;

	/* quantity_parse knows signs and thousands separators; only its decimals are not ours. */
	if (strchr(text, '.') != NULL || !quantity_parse(text, &thousandths, NULL))
		return error_set(err, "\"%s\" is not a whole number; write one like 12.", text);
	*number = thousandths / 1000;
	return true;
}

static void write_whole(int64_t number, struct buffer *out)
{
	buffer_format(out, "%" PRId64, number);
}

static void write_quantity(int64_t thousandths, struct buffer *out)
{
	char text[MONEY_TEXT];

	buffer_add(out, quantity_format(thousandths, text));
}

static void write_quantity_plain(int64_t thousandths, struct buffer *out)
{
	char text[MONEY_TEXT];

	for (const char *c = quantity_format(thousandths, text); *c != '\0'; c++) {
		if (*c != ',')
			buffer_add_char(out, *c);
	}
}

static void write_money(int64_t cents, struct buffer *out)
{
	char text[MONEY_TEXT];

	buffer_add(out, money_format(cents, text));
}

static void write_money_plain(int64_t cents, struct buffer *out)
{
	char text[MONEY_TEXT];

	buffer_add(out, money_plain(cents, text));
}

/* An amount that is never below zero. */
static bool read_charge(const char *text, int64_t *cents, struct error *err)
{
	int64_t read;

	if (!money_parse(text, &read, err))
		return false;
	if (read < 0)
		return error_set(err,
			"\"%s\" is below zero; write an amount such as 22.70, "
			"\"included\" or \"exempt\".",
			text);
	*cents = read;
	return true;
}

/* Two decimals of a percent are written as two decimals of a dollar are. */
static bool read_percent(const char *text, int64_t *basis_points, struct error *err)
{
	char number[MONEY_TEXT];
	size_t length = strlen(text);

	if (text[length - 1] == '%')
		length--;
	while (length > 0 && text[length - 1] == ' ')
		length--;
	snprintf(number, sizeof number, "%.*s", (int)length, text);
	if (length > 0 && length < sizeof number && strpbrk(text, "$()") == NULL &&
		money_parse(number, basis_points, NULL))
		return true;
	return error_set(err,
		"\"%s\" is not a percentage; write one like 12.5 with at most two "
		"decimals.",
		text);
}

static void write_percent_plain(int64_t basis_points, struct buffer *out)
{
	int64_t whole = basis_points / 100;
	int part = abs((int)(basis_points % 100));

	if (basis_points < 0)
		buffer_add_char(out, '-');
	buffer_format(out, "%" PRId64, whole < 0 ? -whole : whole);
	if (part % 10 != 0)
		buffer_format(out, ".%02d", part);
	else if (part != 0)
		buffer_format(out, ".%d", part / 10);
}

static void write_percent(int64_t basis_points, struct buffer *out)
{
	write_percent_plain(basis_points, out);
	buffer_add(out, " %");
}

/* ---- the frame they share ---- */

/* How text becomes the integer that is kept, and the integer text: for people, and for CSV. */
static const struct number {
	const struct field_type *type;
	bool (*read)(const char *text, int64_t *number, struct error *err);
	void (*write)(int64_t number, struct buffer *out);
	void (*write_plain)(int64_t number, struct buffer *out);
} numbers[] = {
	{&integer_type, read_whole, write_whole, write_whole},
	{&quantity_type, quantity_parse, write_quantity, write_quantity_plain},
	{&money_type, money_parse, write_money, write_money_plain},
	{&percent_type, read_percent, write_percent, write_percent_plain},
	{&charge_type, read_charge, write_money, write_money_plain},
};

static const struct number *number_of(const struct field *field)
{
	const struct number *number = numbers;

	while (number->type != field->type)
		number++;
	return number;
}

static bool number_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	int64_t number;

	(void)store;
	if (text[0] == '\0') {
		value_clear(value);
		return true;
	}
	return number_of(field)->read(text, &number, err) && take_number(field, number, value, err);
}

static void number_format(const struct field *field, const struct value *value, struct buffer *out)
{
	number_of(field)->write(value->integer, out);
}

static void number_plain(const struct field *field, const struct value *value, struct buffer *out)
{
	number_of(field)->write_plain(value->integer, out);
}

#define NUMBER                                                                      \
	.integer = true, .null_when_empty = true, .right = true, .edit = EDIT_LINE, \
	.parse = number_parse, .format = number_format, .plain = number_plain

const struct field_type integer_type = {
	NUMBER,
	.name = "integer",
	.help = "A whole number, such as 12.",
	.width = 8,
};

const struct field_type quantity_type = {
	NUMBER,
	.name = "quantity",
	.help = "A number with up to three decimals, such as 2.5.",
	.width = 10,
};

const struct field_type money_type = {
	NUMBER,
	.name = "money",
	.help = "Dollars and cents, such as 1,234.50 or (123.45); CSV carries 1234.50.",
	.width = 13,
};

const struct field_type percent_type = {
	NUMBER,
	.name = "percent",
	.help = "A percentage with up to two decimals, such as 12.5; CSV carries no sign.",
	.width = 9,
};

/* ---- an amount or a word ---- */

static const char *const charge_words[] = {"included", "exempt", NULL};

static bool charge_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	const char *word;

	if (isalpha((unsigned char)text[0])) {
		word = type_choose(charge_words, text, NULL);
		if (word == NULL)
			return error_set(
				err, "\"%s\" is not an amount, \"included\" or \"exempt\".", text);
		value_set_text(value, word);
		return true;
	}
	return number_parse(field, store, text, value, err);
}

static void charge_format(const struct field *field, const struct value *value, struct buffer *out)
{
	if (value->kind == VALUE_TEXT)
		buffer_add(out, value->text);
	else
		number_format(field, value, out);
}

static void charge_plain(const struct field *field, const struct value *value, struct buffer *out)
{
	if (value->kind == VALUE_TEXT)
		buffer_add(out, value->text);
	else
		number_plain(field, value, out);
}

const struct field_type charge_type = {
	.name = "charge",
	.help = "An amount such as 22.70, or \"included\", or \"exempt\".",
	.mixed = true,
	.null_when_empty = true,
	.right = true,
	.width = 13,
	.edit = EDIT_LINE,
	.parse = charge_parse,
	.format = charge_format,
	.plain = charge_plain,
};

/* ---- yes or no ---- */

static bool yes_no_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	static const char *const yes[] = {"yes", "y", "true", "1", "x", NULL};
	static const char *const no[] = {"", "no", "n", "false", "0", NULL};

	(void)field;
	(void)store;
	for (int i = 0; yes[i] != NULL; i++) {
		if (text_same(text, yes[i])) {
			value_set_integer(value, 1);
			return true;
		}
	}
	for (int i = 0; no[i] != NULL; i++) {
		if (text_same(text, no[i])) {
			value_set_integer(value, 0);
			return true;
		}
	}
	return error_set(err, "\"%s\" is neither yes nor no; write yes or no.", text);
}

static void yes_no_format(const struct field *field, const struct value *value, struct buffer *out)
{
	(void)field;
	buffer_add(out, value->integer != 0 ? "yes" : "no");
}

const struct field_type yes_no_type = {
	.name = "yes/no",
	.help = "yes or no; empty is no.",
	.integer = true,
	.null_when_empty = true,
	.width = 3,
	.edit = EDIT_CHOICE,
	.parse = yes_no_parse,
	.format = yes_no_format,
};
