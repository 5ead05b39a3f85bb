/*
 * types_number.c - field types that are numbers: integers, quantities, money, percent, yes or no,
 * and charges that are money or a word. GPL-3.0-or-later.
 */
#include "office/types.h"

#include <ctype.h>
#include <inttypes.h>
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

/* ---- whole numbers ---- */

static bool integer_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	int64_t thousandths;

	(void)store;
	if (text[0] == '\0') {
		value_clear(value);
		return true;
	}
	/* quantity_parse knows signs and thousands separators; only its decimals are not ours. */
	if (strchr(text, '.') != NULL || !quantity_parse(text, &thousandths, NULL))
		return error_set(err, "\"%s\" is not a whole number; write one like 12.", text);
	return take_number(field, thousandths / 1000, value, err);
}

static void integer_format(const struct field *field, const struct value *value, struct buffer *out)
{
	(void)field;
	buffer_format(out, "%" PRId64, value->integer);
}

const struct field_type integer_type = {
	.name = "integer",
	.help = "A whole number, such as 12.",
	.integer = true,
	.null_when_empty = true,
	.right = true,
	.width = 8,
	.edit = EDIT_LINE,
	.parse = integer_parse,
	.format = integer_format,
};

static bool quantity_field_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	int64_t thousandths;

	(void)store;
	if (text[0] == '\0') {
		value_clear(value);
		return true;
	}
	return quantity_parse(text, &thousandths, err) &&
	       take_number(field, thousandths, value, err);
}

static void quantity_field_format(
	const struct field *field, const struct value *value, struct buffer *out)
{
	char text[MONEY_TEXT];

	(void)field;
	buffer_add(out, quantity_format(value->integer, text));
}

static void quantity_field_plain(
	const struct field *field, const struct value *value, struct buffer *out)
{
	char text[MONEY_TEXT];

	(void)field;
	for (const char *c = quantity_format(value->integer, text); *c != '\0'; c++) {
		if (*c != ',')
			buffer_add_char(out, *c);
	}
}

const struct field_type quantity_type = {
	.name = "quantity",
	.help = "A number with up to three decimals, such as 2.5.",
	.integer = true,
	.null_when_empty = true,
	.right = true,
	.width = 10,
	.edit = EDIT_LINE,
	.parse = quantity_field_parse,
	.format = quantity_field_format,
	.plain = quantity_field_plain,
};

/* ---- money ---- */

static bool money_field_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	int64_t cents;

	(void)store;
	if (text[0] == '\0') {
		value_clear(value);
		return true;
	}
	return money_parse(text, &cents, err) && take_number(field, cents, value, err);
}

static void money_field_format(
	const struct field *field, const struct value *value, struct buffer *out)
{
	char text[MONEY_TEXT];

	(void)field;
	buffer_add(out, money_format(value->integer, text));
}

static void money_field_plain(
	const struct field *field, const struct value *value, struct buffer *out)
{
	char text[MONEY_TEXT];

	(void)field;
	buffer_add(out, money_plain(value->integer, text));
}

const struct field_type money_type = {
	.name = "money",
	.help = "Dollars and cents, such as 1,234.50 or (123.45); CSV carries 1234.50.",
	.integer = true,
	.null_when_empty = true,
	.right = true,
	.width = 13,
	.edit = EDIT_LINE,
	.parse = money_field_parse,
	.format = money_field_format,
	.plain = money_field_plain,
};

static const char *const charge_words[] = {"included", "exempt", NULL};

static bool charge_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	const char *word;
	int64_t cents;

	(void)store;
	if (text[0] == '\0') {
		value_clear(value);
		return true;
	}
	if (isalpha((unsigned char)text[0])) {
		word = type_choose(charge_words, text, NULL);
		if (word != NULL) {
			value_set_text(value, word);
			return true;
		}
		return error_set(err, "\"%s\" is not an amount, \"included\" or \"exempt\".", text);
	}
	if (!money_parse(text, &cents, err))
		return false;
	if (cents < 0)
		return error_set(err,
			"\"%s\" is below zero; write an amount such as 22.70, "
			"\"included\" or \"exempt\".",
			text);
	return take_number(field, cents, value, err);
}

static void charge_format(const struct field *field, const struct value *value, struct buffer *out)
{
	if (value->kind == VALUE_TEXT)
		buffer_add(out, value->text);
	else
		money_field_format(field, value, out);
}

static void charge_plain(const struct field *field, const struct value *value, struct buffer *out)
{
	if (value->kind == VALUE_TEXT)
		buffer_add(out, value->text);
	else
		money_field_plain(field, value, out);
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

/* ---- percent ---- */

static bool percent_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char number[MONEY_TEXT];
	size_t length = strlen(text);
	int64_t basis_points;

	(void)store;
	if (length == 0) {
		value_clear(value);
		return true;
	}
	if (text[length - 1] == '%')
		length--;
	while (length > 0 && text[length - 1] == ' ')
		length--;
	/* Two decimals of a percent are written as two decimals of a dollar are. */
	if (length == 0 || length >= sizeof number || strpbrk(text, "$()") != NULL)
		goto wrong;
	memcpy(number, text, length);
	number[length] = '\0';
	if (!money_parse(number, &basis_points, NULL))
		goto wrong;
	return take_number(field, basis_points, value, err);
wrong:
	return error_set(err,
		"\"%s\" is not a percentage; write one like 12.5 with at most two "
		"decimals.",
		text);
}

static void percent_plain(const struct field *field, const struct value *value, struct buffer *out)
{
	int64_t whole = value->integer / 100;
	int part = (int)(value->integer % 100);

	(void)field;
	if (value->integer < 0)
		buffer_add_char(out, '-');
	buffer_format(out, "%" PRId64, whole < 0 ? -whole : whole);
	part = abs(part);
	if (part % 10 != 0)
		buffer_format(out, ".%02d", part);
	else if (part != 0)
		buffer_format(out, ".%d", part / 10);
}

static void percent_format(const struct field *field, const struct value *value, struct buffer *out)
{
	percent_plain(field, value, out);
	buffer_add(out, " %");
}

const struct field_type percent_type = {
	.name = "percent",
	.help = "A percentage with up to two decimals, such as 12.5; CSV carries no sign.",
	.integer = true,
	.null_when_empty = true,
	.right = true,
	.width = 9,
	.edit = EDIT_LINE,
	.parse = percent_parse,
	.format = percent_format,
	.plain = percent_plain,
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
