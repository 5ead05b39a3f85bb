/*
 * types_identity.c - field types of the United States: phone, state, ZIP, NPI and EIN. Each says
 * what is right, and proposes the zeros that a spreadsheet ate. GPL-3.0-or-later.
 */
#include "office/types.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

int type_digits(const char *text, char *out, int capacity)
{
	int count = 0;

	for (; *text != '\0'; text++) {
		if (!isdigit((unsigned char)*text))
			continue;
		if (count < capacity - 1)
			out[count] = *text;
		count++;
	}
	out[count < capacity - 1 ? count : capacity - 1] = '\0';
	return count;
}

bool type_only_digits_and(const char *text, const char *others)
{
	for (; *text != '\0'; text++) {
		if (!isdigit((unsigned char)*text) && strchr(others, *text) == NULL)
			return false;
	}
	return true;
}

/* ---- phone ---- */

/* Where an extension begins ("x 12", "ext. 12"), or the end of the text. */
static size_t phone_main_length(const char *text)
{
	size_t length = strcspn(text, "xXeE");

	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == ','))
		length--;
	return length;
}

/* The digits of an extension; false when it is anything but "x12", "ext 12", "extension: 12". */
static bool phone_extension(const char *text, char *out, int capacity)
{
	static const char *const words[] = {"extension", "ext", "x", NULL};

	while (*text == ' ' || *text == ',')
		text++;
	for (int i = 0; words[i] != NULL; i++) {
		if (!text_starts(text, words[i]))
			continue;
		text += strlen(words[i]);
		break;
	}
	if (!type_only_digits_and(text, ".: "))
		return false;
	int count = type_digits(text, out, capacity);
	return count >= 1 && count < capacity;
}

static bool phone_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char number[64], digits[16], extension[9] = "", out[96];
	size_t length = phone_main_length(text);
	int count;

	(void)field;
	(void)store;
	if (text[0] == '\0')
		return type_take_text(value, "");
	if (length >= sizeof number)
		goto wrong;
	memcpy(number, text, length);
	number[length] = '\0';
	if (!type_only_digits_and(number, "+()-./ ") || strrchr(number, '+') > number)
		goto wrong;
	if (text[length] != '\0' && !phone_extension(text + length, extension, sizeof extension))
		goto wrong;
	count = type_digits(number, digits, sizeof digits);
	/* One digit behind a point is no group: "5550102233.0" was a number for some program. */
	if (count < 7 || count > 15 || number[length - 2] == '.')
		goto wrong;
	const char *local = count == 11 && digits[0] == '1' ? digits + 1 : digits;
	if (strlen(local) == 10 && (number[0] != '+' || local != digits))
		snprintf(number, sizeof number, "(%.3s) %.3s-%.4s", local, local + 3, local + 6);
	snprintf(out, sizeof out, "%s%s%s", number, extension[0] != '\0' ? " x" : "", extension);
	return type_take_text(value, out);
wrong:
	return error_set(err,
		"\"%s\" is not a phone number; write one like (555) 010-2233, 555-010-2233 x12 or "
		"+44 20 7946 0018.",
		text);
}

const struct field_type phone_type = {
	.name = "phone",
	.help = "A phone number, such as (555) 010-2233; others begin with + and the country.",
	.text = true,
	.width = 18,
	.edit = EDIT_LINE,
	.parse = phone_parse,
	.format = type_format_text,
};

/* ---- state and ZIP ---- */

static bool state_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	static const char states[] =
		" AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT "
		"NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY "
		"DC PR GU VI AS MP AA AE AP ";
	char code[5];

	(void)field;
	(void)store;
	if (text[0] == '\0')
		return type_take_text(value, "");
	if (isalpha((unsigned char)text[0]) && isalpha((unsigned char)text[1]) && text[2] == '\0') {
		snprintf(code, sizeof code, " %c%c ", toupper((unsigned char)text[0]),
			toupper((unsigned char)text[1]));
		if (strstr(states, code) != NULL) {
			code[3] = '\0';
			return type_take_text(value, code + 1);
		}
	}
	return error_set(
		err, "\"%s\" is not a state; use its two letters, such as CA or NY.", text);
}

const struct field_type state_type = {
	.name = "state",
	.help = "The two letters of a state of the United States, such as CA.",
	.width = 5,
	.edit = EDIT_LINE,
	.parse = state_parse,
	.format = type_format_text,
};

static bool zip_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char digits[10], out[11];
	int count = type_digits(text, digits, sizeof digits);

	(void)field;
	(void)store;
	if (text[0] == '\0')
		return type_take_text(value, "");
	if (strspn(text, "0123456789") == strlen(text)) {
		if (count == 5)
			return type_take_text(value, digits);
		if (count == 9) {
			snprintf(out, sizeof out, "%.5s-%.4s", digits, digits + 5);
			return type_take_text(value, out);
		}
		if (count == 3 || count == 4)
			return error_set(err,
				"\"%s\" has lost zeros at its start; it may be %s%s. A ZIP code is "
				"12345 or 12345-6789.",
				text, count == 3 ? "00" : "0", text);
	}
	if (count == 9 && strlen(text) == 10 && text[5] == '-')
		return type_take_text(value, text);
	return error_set(err, "\"%s\" is not a ZIP code; write 12345 or 12345-6789.", text);
}

const struct field_type zip_type = {
	.name = "zip",
	.help = "A ZIP code: 12345 or 12345-6789.",
	.width = 10,
	.edit = EDIT_LINE,
	.parse = zip_parse,
	.format = type_format_text,
};

/* ---- NPI and EIN ---- */

/* The check digit of a National Provider Identifier: Luhn over 80840 and its ten digits. */
static bool npi_right(const char *digits)
{
	int sum = 24; /* what the prefix 80840 adds */

	for (int i = 0; i < 10; i++) {
		int digit = digits[i] - '0';

		if (i % 2 == 0)
			digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return sum % 10 == 0;
}

static bool npi_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char digits[11];
	int count = type_digits(text, digits, sizeof digits);

	(void)field;
	(void)store;
	if (text[0] == '\0')
		return type_take_text(value, "");
	if (count != 10 || !type_only_digits_and(text, " -"))
		return error_set(
			err, "\"%s\" is not an NPI; it has ten digits, such as 1234567893.", text);
	if (!npi_right(digits))
		return error_set(err,
			"\"%s\" is not an NPI: its last digit does not fit the others, so a digit "
			"is wrong. Check it against the practice's letter.",
			text);
	return type_take_text(value, digits);
}

const struct field_type npi_type = {
	.name = "npi",
	.help = "A National Provider Identifier: ten digits, the last checks the others.",
	.text = true,
	.width = 10,
	.edit = EDIT_LINE,
	.parse = npi_parse,
	.format = type_format_text,
};

static bool ein_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err)
{
	char digits[10], out[11];
	int count = type_digits(text, digits, sizeof digits);
	size_t length = strlen(text);

	(void)field;
	(void)store;
	if (length == 0)
		return type_take_text(value, "");
	if (count == 9 && type_only_digits_and(text, "-") &&
		(length == 9 || (length == 10 && text[2] == '-'))) {
		snprintf(out, sizeof out, "%.2s-%.7s", digits, digits + 2);
		return type_take_text(value, out);
	}
	if (count == 8 && length == 8)
		return error_set(err,
			"\"%s\" has lost a zero at its start; it may be 0%.1s-%s. An EIN is "
			"12-3456789.",
			text, text, text + 1);
	return error_set(err, "\"%s\" is not an EIN; write it like 12-3456789.", text);
}

const struct field_type ein_type = {
	.name = "ein",
	.help = "An Employer Identification Number: 12-3456789.",
	.text = true,
	.width = 10,
	.edit = EDIT_LINE,
	.parse = ein_parse,
	.format = type_format_text,
};
