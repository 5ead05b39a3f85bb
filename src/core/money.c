/*
 * money.c - amounts and quantities between text and integers, without rounding by stealth.
 * GPL-3.0-or-later.
 */
#include "core/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"

/* What amounts and quantities do not share. */
struct kind {
	int decimals;
	int64_t most;
	bool currency; /* "$" and parentheses are understood */
	const char *blank;
	const char *wrong; /* this and the next two follow the quoted text */
	const char *too_fine;
	const char *too_large;
};

static const struct kind money = {
	.decimals = 2,
	.most = MONEY_TYPED_MAX,
	.currency = true,
	.blank = "The amount is blank; type one such as 1,234.50.",
	.wrong = "is not an amount; type one such as 1,234.50.",
	.too_fine = "has parts of a cent; give at most two decimals.",
	.too_large = "is too large; amounts go up to 999,999,999,999.99.",
};

static const struct kind quantity = {
	.decimals = 3,
	.most = MONEY_MAX,
	.blank = "The quantity is blank; type one such as 4 or 2.5.",
	.wrong = "is not a quantity; type one such as 4 or 2.5.",
	.too_fine = "is too exact for a quantity; give at most three decimals.",
	.too_large = "is too large; quantities go up to 999,999,999,999.999.",
};

/* What stands around the digits, so far. */
struct signs {
	bool given; /* a minus, a plus or a parenthesis */
	bool negative;
	bool parenthesis;
	bool dollar;
};

static bool take(const char **at, const char *expected)
{
	size_t length = strlen(expected);

	if (strncmp(*at, expected, length) != 0)
		return false;
	*at += length;
	return true;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Passes blanks, the no-break space of spreadsheets included. */
static void skip_blanks(const char **at)
{
	while (take(at, " ") || take(at, "\u00a0"))
		;
}

/* Reads what stands before the digits. Returns what is wrong with it, or NULL. */
static const char *read_signs(const char **at, const struct kind *kind, struct signs *signs)
{
	for (;;) {
		bool minus = take(at, "-") || take(at, "\u2212");
		bool parenthesis = !minus && kind->currency && take(at, "(");

		if (minus || parenthesis || take(at, "+")) {
			if (signs->given)
				return "has more than one sign; use one minus sign or one pair of "
				       "parentheses.";
			signs->given = true;
			signs->negative = minus || parenthesis;
			signs->parenthesis = parenthesis;
		} else if (kind->currency && !signs->dollar && take(at, "$")) {
			signs->dollar = true;
		} else {
			return NULL;
		}
		skip_blanks(at);
	}
}

/* Appends a digit; a value that grew too large stays beyond MONEY_MAX. */
static void append_digit(int64_t *value, char c)
{
	if (*value <= MONEY_MAX)
		*value = *value * 10 + (c - '0');
}

/* Reads "1234", "1,234" or nothing. Returns false when a comma separates no thousands. */
static bool read_whole(const char **at, int64_t *value)
{
	bool commas = false;
	int group = 0; /* digits since the last comma; 4 stands for more */

	for (;; (*at)++) {
		if (digit(**at)) {
			append_digit(value, **at);
			group += group < 4;
		} else if (**at == ',') {
			if (group == 0 || group == 4 || (commas ? group != 3 : *value == 0))
				return false;
			commas = true;
			group = 0;
		} else {
			return !commas || group == 3;
		}
	}
}

/* Reads ".5" or nothing, of that as many decimals as there may be. Returns how many stand there. */
static int read_decimals(const char **at, int decimals, int64_t *value)
{
	int given = 0;

	if (**at == '.')
		for ((*at)++; digit(**at); (*at)++)
			if (given++ < decimals)
				append_digit(value, **at);
	for (int i = given; i < decimals; i++)
		append_digit(value, '0');
	return given;
}

/* True at what follows the digits in "1E+18". */
static bool at_power(const char *at)
{
	if (*at != 'e' && *at != 'E')
		return false;
	at++;
	if (*at == '+' || *at == '-')
		at++;
	return digit(*at);
}

/* Reads the digits and no more. Returns what is wrong with them, or NULL. */
static const char *read_digits(const char **at, const struct kind *kind, int64_t *value)
{
	static const char comma[] = "has a comma that separates no thousands; write a thousand as "
				    "1,000 or 1000, and cents after a point.";
	static const char points[] = "has points between the thousands; write commas there or "
				     "nothing, and a point before decimals, such as 1,234.50.";
	int decimals;

	if (!digit(**at) && !(**at == '.' && digit((*at)[1])) && **at != ',')
		return kind->wrong;
	if (!read_whole(at, value))
		return comma;
	decimals = read_decimals(at, kind->decimals, value);
	if (decimals == 3 && (**at == '.' || **at == ','))
		return points;
	if (**at == ',')
		return comma;
	if (at_power(*at))
		return "is a spreadsheet's short form of a number; write all its digits.";
	if (decimals > kind->decimals)
		return kind->too_fine;
	return *value > kind->most ? kind->too_large : NULL;
}

/* Reads all of a trimmed text. Returns what is wrong with it, or NULL. */
static const char *read_all(const char *at, const struct kind *kind, int64_t *value)
{
	struct signs signs = {0};
	int64_t magnitude = 0;
	const char *wrong = read_signs(&at, kind, &signs);
	const char *end;

	if (wrong == NULL)
		wrong = read_digits(&at, kind, &magnitude);
	if (wrong != NULL)
		return wrong;
	end = at;
	skip_blanks(&at);
	if (at > end && digit(*at))
		return "has a blank between its digits; leave it out.";
	if (signs.parenthesis != take(&at, ")"))
		return kind->currency
			       ? "has one parenthesis without the other; write (5.00) or -5.00."
			       : kind->wrong;
	if (*at != '\0')
		return kind->wrong;
	*value = signs.negative ? -magnitude : magnitude;
	return NULL;
}

static bool parse(const char *text, const struct kind *kind, int64_t *value, struct error *err)
{
	char *typed = text_trim(memory_text(text));
	const char *wrong = read_all(typed, kind, value);

	if (*typed == '\0') {
		error_set(err, "%s", kind->blank);
	} else if (wrong != NULL) {
		char *quoted = text_quote(typed, 40);

		error_set(err, "\"%s\" %s", quoted, wrong);
		free(quoted);
	}
	free(typed);
	return wrong == NULL;
}

bool money_parse(const char *text, int64_t *cents, struct error *err)
{
	return parse(text, &money, cents, err);
}

bool quantity_parse(const char *text, int64_t *thousandths, struct error *err)
{
	return parse(text, &quantity, thousandths, err);
}

/* The value without its sign; INT64_MIN has no positive int64_t. */
static uint64_t magnitude_of(int64_t value)
{
	return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

/* Writes a minus when negative, the whole number with commas, and a NUL. Returns the length. */
static size_t write_grouped(bool negative, uint64_t whole, char out[MONEY_TEXT])
{
	char digits[24];
	int count = snprintf(digits, sizeof digits, "%" PRIu64, whole);
	size_t length = 0;

	if (negative)
		out[length++] = '-';
	for (int i = 0; i < count; i++) {
		if (i > 0 && (count - i) % 3 == 0)
			out[length++] = ',';
		out[length++] = digits[i];
	}
	out[length] = '\0';
	return length;
}

const char *money_format(int64_t cents, char out[MONEY_TEXT])
{
	uint64_t magnitude = magnitude_of(cents);
	size_t length = write_grouped(cents < 0, magnitude / 100, out);

	snprintf(out + length, MONEY_TEXT - length, ".%02u", (unsigned)(magnitude % 100));
	return out;
}

const char *money_format_whole(int64_t cents, char out[MONEY_TEXT])
{
	uint64_t whole = (magnitude_of(cents) + 50) / 100;

	/* -0.49 is "0": a grid full of "-0" looks like money owed. */
	write_grouped(cents < 0 && whole > 0, whole, out);
	return out;
}

const char *money_plain(int64_t cents, char out[MONEY_TEXT])
{
	uint64_t magnitude = magnitude_of(cents);

	snprintf(out, MONEY_TEXT, "%s%" PRIu64 ".%02u", cents < 0 ? "-" : "", magnitude / 100,
		(unsigned)(magnitude % 100));
	return out;
}

const char *quantity_format(int64_t thousandths, char out[MONEY_TEXT])
{
	uint64_t magnitude = magnitude_of(thousandths);
	int length = snprintf(out, MONEY_TEXT, "%s%" PRIu64 ".%03u", thousandths < 0 ? "-" : "",
		magnitude / 1000, (unsigned)(magnitude % 1000));

	while (out[length - 1] == '0')
		length--;
	if (out[length - 1] == '.')
		length--;
	out[length] = '\0';
	return out;
}

static bool within_limit(int64_t cents)
{
	return cents >= -MONEY_MAX && cents <= MONEY_MAX;
}

bool money_add(int64_t left, int64_t right, int64_t *sum)
{
	int64_t result;

	if (__builtin_add_overflow(left, right, &result) || !within_limit(result))
		return false;
	*sum = result;
	return true;
}

bool money_multiply(int64_t thousandths, int64_t price, int64_t *cents)
{
	/* 128 bits hold any product, so there is one check, at the end. */
	__int128 lifted = (__int128)thousandths * price + 500;
	__int128 result = lifted / 1000;

	/* Division cuts toward zero; half up needs the floor. */
	if (lifted % 1000 < 0)
		result--;
	if (result < -MONEY_MAX || result > MONEY_MAX)
		return false;
	*cents = (int64_t)result;
	return true;
}
