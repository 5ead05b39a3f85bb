/*
 * office_types.c - what every field type reads, shows, carries in CSV, and refuses, row by row.
 * GPL-3.0-or-later.
 */
#include "office_file.h"

struct reading {
	const struct field *field;
	const char *typed;
	const char *plain; /* what CSV carries; NULL: refused */
	const char *shown; /* what people read; NULL: the same as plain */
	const char *says;  /* refused: part of the sentence */
};

static const char *const terms[] = {"on receipt", "net 10", "net 30", "prepaid", NULL};

#define FIELD(name, ...)                   \
	static const struct field name = { \
		.key = #name, .label = "Field", .help = "Help.", __VA_ARGS__}

FIELD(text, .type = &text_type, .max = 8);
FIELD(word, .type = &text_type, .min = 2, .max = 8);
FIELD(note, .type = &note_type);
FIELD(integer, .type = &integer_type);
FIELD(ranged, .type = &integer_type, .min = -2, .max = 12);
FIELD(from_one, .type = &integer_type, .min = 1);
FIELD(quantity, .type = &quantity_type, .min = 1, .max = 1000000);
FIELD(money, .type = &money_type);
FIELD(positive, .type = &money_type, .min = 1, .max = 100000);
FIELD(percent, .type = &percent_type);
FIELD(share, .type = &percent_type, .min = 0, .max = 10000);
FIELD(date, .type = &date_type);
FIELD(time, .type = &time_type);
FIELD(moment, .type = &moment_type);
FIELD(choice, .type = &choice_type, .choices = terms);
FIELD(yes_no, .type = &yes_no_type);
FIELD(kind, .type = &record_name_type);
FIELD(phone, .type = &phone_type);
FIELD(email, .type = &email_type);
FIELD(state_, .type = &state_type);
FIELD(zip, .type = &zip_type);
FIELD(npi, .type = &npi_type);
FIELD(ein, .type = &ein_type);
FIELD(login, .type = &login_type);
FIELD(key, .type = &key_type);
FIELD(code, .type = &code_type);
FIELD(charge, .type = &charge_type);
FIELD(required, .type = &text_type, .flags = FIELD_REQUIRED);

static const struct reading readings[] = {
	{&text, "  Toner  ", "Toner", NULL, NULL},
	{&text, "", "", NULL, NULL},
	{&text, "12345678", "12345678", NULL, NULL},
	{&text, "\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251",
		"\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251", NULL, NULL},
	{&text, "123456789", NULL, NULL, "at most 8 fit"},
	{&text, "two\nlines", NULL, NULL, NULL},
	{&text, "\033[31m", NULL, NULL, NULL},
	{&text, "\377", NULL, NULL, NULL},
	{&word, "x", NULL, NULL, "at least 2"},
	{&word, "", "", NULL, NULL},
	{&note, "two\nlines\tand a tab", "two\nlines and a tab", NULL, NULL},

	{&integer, "12", "12", NULL, NULL},
	{&integer, "-12", "-12", NULL, NULL},
	{&integer, "2026", "2026", NULL, NULL},
	{&integer, "1,234", "1234", NULL, NULL},
	{&integer, "", "", NULL, NULL},
	{&integer, "12.5", NULL, NULL, "\"12.5\" is not a whole number"},
	{&integer, "1e5", NULL, NULL, "not a whole number"},
	{&integer, "99999999999999999999", NULL, NULL, NULL},
	{&ranged, "-2", "-2", NULL, NULL},
	{&ranged, "12", "12", NULL, NULL},
	{&ranged, "13", NULL, NULL, "at most 12"},
	{&ranged, "-3", NULL, NULL, "at least -2"},
	{&from_one, "1", "1", NULL, NULL},
	{&from_one, "5000000", "5000000", NULL, NULL},
	{&from_one, "0", NULL, NULL, "at least 1"},

	{&quantity, "2.5", "2.5", NULL, NULL},
	{&quantity, "0.001", "0.001", NULL, NULL},
	{&quantity, "1,000", "1000", NULL, NULL},
	{&quantity, "0", NULL, NULL, "at least 0.001"},
	{&quantity, "0.0001", NULL, NULL, "0.0001"},

	{&money, "1,234.5", "1234.50", "1,234.50", NULL},
	{&money, "$5", "5.00", NULL, NULL},
	{&money, "(123.45)", "-123.45", NULL, NULL},
	{&money, "", "", NULL, NULL},
	{&money, "1.005", NULL, NULL, "1.005"},
	{&money, "1E+18", NULL, NULL, "1E+18"},
	{&positive, "1000", "1000.00", "1,000.00", NULL},
	{&positive, "1000.01", NULL, NULL, "at most 1,000.00"},
	{&positive, "0", NULL, NULL, "at least 0.01"},

	{&percent, "12.5 %", "12.5", "12.5 %", NULL},
	{&percent, "12.5%", "12.5", "12.5 %", NULL},
	{&percent, "100", "100", "100 %", NULL},
	{&percent, "0.05", "0.05", "0.05 %", NULL},
	{&percent, "-0.5", "-0.5", "-0.5 %", NULL},
	{&percent, "0", "0", "0 %", NULL},
	{&percent, "12.345", NULL, NULL, "not a percentage"},
	{&percent, "%", NULL, NULL, "not a percentage"},
	{&percent, "$5", NULL, NULL, "not a percentage"},
	{&share, "100.01", NULL, NULL, "at most 100 %"},

	{&date, "2026-11-30", "2026-11-30", NULL, NULL},
	{&date, "t", "2026-11-21", NULL, NULL},
	{&date, "+7", "2026-11-28", NULL, NULL},
	{&date, "12/1", "2026-12-01", NULL, NULL},
	{&date, "", "", NULL, NULL},
	{&date, "02/30/2026", NULL, NULL, "02/30/2026"},

	{&time, "9", "09:00", NULL, NULL},
	{&time, "6:30 pm", "18:30", NULL, NULL},
	{&time, "25:00", NULL, NULL, "25:00"},

	{&moment, "2026-11-21T14:03:00Z", "2026-11-21T14:03:00Z", NULL, NULL},
	{&moment, "", "", NULL, NULL},
	{&moment, "yesterday", NULL, NULL, "yesterday"},
	{&moment, "2026-11-21T24:03:00Z", NULL, NULL, NULL},
	{&moment, "2026-11-31T14:03:00Z", NULL, NULL, NULL},

	{&choice, "net 30", "net 30", NULL, NULL},
	{&choice, "NET 30", "net 30", NULL, NULL},
	{&choice, "pre", "prepaid", NULL, NULL},
	{&choice, "", "", NULL, NULL},
	{&choice, "net", NULL, NULL, "net 10, net 30"},
	{&choice, "cash", NULL, NULL, "on receipt, net 10, net 30, prepaid"},

	{&yes_no, "yes", "yes", NULL, NULL},
	{&yes_no, "X", "yes", NULL, NULL},
	{&yes_no, "1", "yes", NULL, NULL},
	{&yes_no, "TRUE", "yes", NULL, NULL},
	{&yes_no, "n", "no", NULL, NULL},
	{&yes_no, "", "no", NULL, NULL},
	{&yes_no, "maybe", NULL, NULL, "neither yes nor no"},

	{&kind, "client", "client", NULL, NULL},
	{&kind, "Client", "client", NULL, NULL},
	{&kind, "elephant", NULL, NULL, "not a kind of record"},

	{&phone, "5550102233", "(555) 010-2233", NULL, NULL},
	{&phone, "555-010-2233", "(555) 010-2233", NULL, NULL},
	{&phone, "(555) 010-2233", "(555) 010-2233", NULL, NULL},
	{&phone, "+1 555 010 2233", "(555) 010-2233", NULL, NULL},
	{&phone, "1-555-010-2233", "(555) 010-2233", NULL, NULL},
	{&phone, "555.010.2233 ext. 12", "(555) 010-2233 x12", NULL, NULL},
	{&phone, "(555) 010-2233 x12", "(555) 010-2233 x12", NULL, NULL},
	{&phone, "+44 20 7946 0018", "+44 20 7946 0018", NULL, NULL},
	{&phone, "+4420794600", "+4420794600", NULL, NULL},
	{&phone, "010-2233", "010-2233", NULL, NULL},
	{&phone, "", "", NULL, NULL},
	{&phone, "call me", NULL, NULL, "not a phone number"},
	{&phone, "x12", NULL, NULL, NULL},
	{&phone, "555-010-2233 x", NULL, NULL, NULL},
	{&phone, "555-010-2233 evenings", NULL, NULL, NULL},
	{&phone, "12+3456789", NULL, NULL, NULL},
	{&phone, "123456", NULL, NULL, NULL},
	{&phone, "1234567890123456", NULL, NULL, NULL},

	{&email, "office@lakeside.example", "office@lakeside.example", NULL, NULL},
	{&email, "a.b+c@x-y.example", "a.b+c@x-y.example", NULL, NULL},
	{&email, "office", NULL, NULL, "not one e-mail address"},
	{&email, "@x.example", NULL, NULL, NULL},
	{&email, "a@b", NULL, NULL, NULL},
	{&email, "a@b@c.example", NULL, NULL, NULL},
	{&email, "a b@c.example", NULL, NULL, NULL},
	{&email, "a@c.example, d@c.example", NULL, NULL, NULL},
	{&email, "a..b@c.example", NULL, NULL, NULL},
	{&email, "a@.example", NULL, NULL, NULL},

	{&state_, "ca", "CA", NULL, NULL},
	{&state_, "DC", "DC", NULL, NULL},
	{&state_, "", "", NULL, NULL},
	{&state_, "XX", NULL, NULL, "two letters"},
	{&state_, "C", NULL, NULL, NULL},
	{&state_, "California", NULL, NULL, NULL},
	{&state_, "L A", NULL, NULL, NULL},

	{&zip, "90210", "90210", NULL, NULL},
	{&zip, "90210-1234", "90210-1234", NULL, NULL},
	{&zip, "902101234", "90210-1234", NULL, NULL},
	{&zip, "1970", NULL, NULL, "01970"},
	{&zip, "501", NULL, NULL, "00501"},
	{&zip, "12", NULL, NULL, "not a ZIP code"},
	{&zip, "1234-56789", NULL, NULL, NULL},
	{&zip, "9O210", NULL, NULL, NULL},

	{&npi, "1234567893", "1234567893", NULL, NULL},
	{&npi, "1234567890", NULL, NULL, "last digit"},
	{&npi, "123456789", NULL, NULL, "ten digits"},
	{&npi, "12345678x3", NULL, NULL, NULL},

	{&ein, "12-3456789", "12-3456789", NULL, NULL},
	{&ein, "123456789", "12-3456789", NULL, NULL},
	{&ein, "23456789", NULL, NULL, "02-3456789"},
	{&ein, "123-456789", NULL, NULL, "12-3456789"},

	{&login, "mchen", "mchen", NULL, NULL},
	{&login, "_x-9", "_x-9", NULL, NULL},
	{&login, "MChen", NULL, NULL, "small letters"},
	{&login, "9lives", NULL, NULL, NULL},
	{&login, "a b", NULL, NULL, NULL},
	{&login, "abcdefghijklmnopqrstuvwxyz0123456", NULL, NULL, NULL},

	{&key, "PR-2026-0042/2", "PR-2026-0042/2", NULL, NULL},
	{&key, "C 12", NULL, NULL, "C-0012"},
	{&code, "6120", "6120", NULL, NULL},
	{&code, "BD", "BD", NULL, NULL},
	{&code, "B D", NULL, NULL, "without blanks"},

	{&charge, "22.7", "22.70", NULL, NULL},
	{&charge, "1234", "1234.00", "1,234.00", NULL},
	{&charge, "0", "0.00", NULL, NULL},
	{&charge, "inc", "included", NULL, NULL},
	{&charge, "Exempt", "exempt", NULL, NULL},
	{&charge, "", "", NULL, NULL},
	{&charge, "-1", NULL, NULL, "below zero"},
	{&charge, "free", NULL, NULL, "included"},

	{&required, "x", "x", NULL, NULL},
	{&required, "  ", NULL, NULL, "Field is required."},
};

static struct store *store;

static void check_accepted(const struct reading *reading, const struct value *value)
{
	struct buffer plain = {0}, shown = {0};
	struct value again = {.kind = VALUE_NULL};
	struct error err;

	field_plain(reading->field, value, &plain);
	if (strcmp(buffer_text(&plain), reading->plain) != 0)
		fail_msg("\"%s\" as %s is \"%s\" in CSV, not \"%s\"", reading->typed,
			reading->field->key, buffer_text(&plain), reading->plain);
	/* A moment is shown in local time, which is the machine's. */
	field_format(reading->field, value, &shown);
	if (reading->field != &moment)
		assert_string_equal(buffer_text(&shown),
			reading->shown != NULL ? reading->shown : reading->plain);
	/* What CSV carries reads back as the same value, and so does what people see. */
	assert_true(field_parse(reading->field, store, buffer_text(&plain), &again, &err));
	assert_true(value_same(value, &again));
	if (reading->field != &moment) {
		assert_true(field_parse(reading->field, store, buffer_text(&shown), &again, &err));
		assert_true(value_same(value, &again));
	}
	value_clear(&again);
	buffer_free(&plain);
	buffer_free(&shown);
}

static void types_read_and_show(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		const struct reading *reading = &readings[i];
		struct value value = {.kind = VALUE_NULL};
		struct error err;
		bool ok;

		error_clear(&err);
		ok = field_parse(reading->field, store, reading->typed, &value, &err);
		if (ok != (reading->plain != NULL))
			fail_msg("\"%s\" as %s: %s", reading->typed, reading->field->key,
				ok ? "accepted" : err.text);
		if (ok) {
			check_accepted(reading, &value);
		} else {
			assert_string_equal(err.field, reading->field->key);
			assert_memory_equal(err.text, "Field", 5);
			if (reading->says != NULL && strstr(err.text, reading->says) == NULL)
				fail_msg("\"%s\" does not say \"%s\"", err.text, reading->says);
			assert_int_equal(value.kind, VALUE_NULL);
		}
		value_clear(&value);
	}
}

static void a_refused_text_leaves_the_value_alone(void **state)
{
	struct value value = {.kind = VALUE_NULL};
	struct error err;

	(void)state;
	value_set_integer(&value, 7);
	assert_false(field_parse(&integer, store, "seven", &value, &err));
	assert_int_equal(value.integer, 7);
	value_clear(&value);
}

static void empty_is_stored_as_the_type_says(void **state)
{
	const struct field *const fields[] = {&text, &note, &choice, &phone, &email, &state_, &zip,
		&npi, &ein, &login, &key, &code, &kind, &time};
	const struct field *const nulls[] = {
		&integer, &quantity, &money, &percent, &date, &moment, &charge};
	struct value value = {.kind = VALUE_NULL};

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		assert_true(field_parse(fields[i], store, "", &value, NULL));
		assert_int_equal(value.kind, VALUE_TEXT);
		assert_string_equal(value.text, "");
		field_empty(fields[i], &value);
		assert_int_equal(value.kind, VALUE_TEXT);
	}
	for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
		assert_true(field_parse(nulls[i], store, "", &value, NULL));
		assert_int_equal(value.kind, VALUE_NULL);
	}
	field_empty(&yes_no, &value);
	assert_int_equal(value.kind, VALUE_INTEGER);
	assert_int_equal(value.integer, 0);
	value_clear(&value);
}

static void values_copy_and_compare(void **state)
{
	struct value left = {.kind = VALUE_NULL}, right = {.kind = VALUE_NULL};

	(void)state;
	assert_true(value_same(&left, &right));
	value_set_text(&left, "a");
	assert_false(value_same(&left, &right));
	value_copy(&right, &left);
	assert_true(value_same(&left, &right));
	assert_ptr_not_equal(left.text, right.text);
	value_set_text(&left, left.text);
	assert_string_equal(left.text, "a");
	value_set_integer(&right, 5);
	assert_false(value_same(&left, &right));
	value_copy(&left, &right);
	assert_true(value_same(&left, &right));
	value_clear(&left);
	assert_true(value_empty(&left));
	value_clear(&right);
}

static void long_texts_are_read_too(void **state)
{
	static const struct field wide = {.key = "wide", .label = "Wide", .type = &note_type};
	struct value value = {.kind = VALUE_NULL};
	char typed[600];

	(void)state;
	memset(typed, 'x', sizeof typed - 1);
	typed[sizeof typed - 1] = '\0';
	typed[0] = ' ';
	assert_true(field_parse(&wide, NULL, typed, &value, NULL));
	assert_string_equal(value.text, typed + 1);
	value_clear(&value);
}

static int open_office(void **state)
{
	(void)state;
	store = office_open();
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_read_and_show),
		cmocka_unit_test(a_refused_text_leaves_the_value_alone),
		cmocka_unit_test(empty_is_stored_as_the_type_says),
		cmocka_unit_test(values_copy_and_compare),
		cmocka_unit_test(long_texts_are_read_too),
	};

	return cmocka_run_group_tests(tests, open_office, close_office);
}
