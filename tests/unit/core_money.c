/*
 * core_money.c - proves what counts as an amount or a quantity, and exact arithmetic.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/money.h"

static void reads(const char *text, int64_t expected)
{
	int64_t cents = 4711;
	struct error err = {0};

	if (!money_parse(text, &cents, &err))
		fail_msg("\"%s\" was refused: %s", text, err.text);
	if (cents != expected)
		fail_msg("\"%s\" was read as %lld", text, (long long)cents);
}

static void refuses(const char *text, const char *sentence)
{
	int64_t cents = 4711;
	struct error err = {0};

	if (money_parse(text, &cents, &err))
		fail_msg("\"%s\" was read as %lld", text, (long long)cents);
	assert_string_equal(err.text, sentence);
	assert_int_equal(cents, 4711);
	assert_false(money_parse(text, &cents, NULL));
}

static void money_reads_plain_amounts(void **state)
{
	(void)state;
	reads("0", 0);
	reads("7", 700);
	reads("7.5", 750);
	reads("7.05", 705);
	reads("7.", 700);
	reads(".5", 50);
	reads("0.01", 1);
	reads("007", 700);
	reads("00000000000000000000000000000000000001.00", 100);
}

static void money_reads_thousands(void **state)
{
	(void)state;
	reads("1,234", 123400);
	reads("1,234.5", 123450);
	reads("1234.50", 123450);
	reads("12,345,678.90", 1234567890);
	reads("999,999", 99999900);
}

static void money_reads_dollars_and_blanks(void **state)
{
	(void)state;
	reads("$1,234.50", 123450);
	reads(" $ 1,234.50 ", 123450);
	reads("\t5\r\n", 500);
	reads("\u00a0$\u00a05\u00a0", 500);
}

static void money_reads_every_usual_minus(void **state)
{
	(void)state;
	reads("-7", -700);
	reads("- 7", -700);
	reads("\u22127.25", -725);
	reads("(123.45)", -12345);
	reads("( 123.45 )", -12345);
	reads("$-5", -500);
	reads("-$5", -500);
	reads("-$ 5", -500);
	reads("($5.00)", -500);
	reads("$(5.00)", -500);
	reads("\u2212$5", -500);
	reads("-0", 0);
	reads("(0.00)", 0);
	reads("+5", 500);
}

static void money_refuses_blank_text(void **state)
{
	static const char sentence[] = "The amount is blank; type one such as 1,234.50.";

	(void)state;
	refuses("", sentence);
	refuses("   ", sentence);
	refuses("\t\n\u00a0", sentence);
}

static void money_refuses_parts_of_a_cent(void **state)
{
	(void)state;
	refuses("1.005", "\"1.005\" has parts of a cent; give at most two decimals.");
	refuses("(0.001)", "\"(0.001)\" has parts of a cent; give at most two decimals.");
	/* Not 1.00: where commas are decimal points this is a thousand. */
	refuses("1.000", "\"1.000\" has parts of a cent; give at most two decimals.");
}

static void money_refuses_powers_of_ten(void **state)
{
	(void)state;
	refuses("1E+18",
		"\"1E+18\" is a spreadsheet's short form of a number; write all its digits.");
	refuses("1.5e3",
		"\"1.5e3\" is a spreadsheet's short form of a number; write all its digits.");
	refuses("1e-2",
		"\"1e-2\" is a spreadsheet's short form of a number; write all its digits.");
	refuses("1e", "\"1e\" is not an amount; type one such as 1,234.50.");
}

static void money_refuses_commas_that_separate_no_thousands(void **state)
{
	static const char *const texts[] = {"12,34", "1234,567", "1,23,456", ",123", "1,", "1,,234",
		"1,234,", "1.23,45", "1,2345", "1,234,5.00", "0,5", "0,125"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char sentence[200];

		snprintf(sentence, sizeof sentence,
			"\"%s\" has a comma that separates no thousands; write a thousand as 1,000 or "
			"1000, and cents after a point.",
			texts[i]);
		refuses(texts[i], sentence);
	}
}

/* As in the countries where a comma stands before the cents. */
static void money_refuses_points_between_thousands(void **state)
{
	static const char *const texts[] = {"1.234,50", "1.234.567,89", "1.234.567", "$1.234,5"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char sentence[200];

		snprintf(sentence, sizeof sentence,
			"\"%s\" has points between the thousands; write commas there or nothing, and "
			"a point before decimals, such as 1,234.50.",
			texts[i]);
		refuses(texts[i], sentence);
	}
}

static void money_refuses_two_signs(void **state)
{
	static const char *const texts[] = {
		"-(5)", "(-5)", "--5", "+-5", "-$-5", "((5))", "-\u22125", "+(5)"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char sentence[200];

		snprintf(sentence, sizeof sentence,
			"\"%s\" has more than one sign; use one minus sign or one pair of "
			"parentheses.",
			texts[i]);
		refuses(texts[i], sentence);
	}
}

static void money_refuses_half_a_pair_of_parentheses(void **state)
{
	(void)state;
	refuses("(5", "\"(5\" has one parenthesis without the other; write (5.00) or -5.00.");
	refuses("5)", "\"5)\" has one parenthesis without the other; write (5.00) or -5.00.");
}

static void money_refuses_blanks_between_digits(void **state)
{
	(void)state;
	refuses("1 234", "\"1 234\" has a blank between its digits; leave it out.");
	refuses("(1 234)", "\"(1 234)\" has a blank between its digits; leave it out.");
}

static void money_refuses_what_is_no_amount(void **state)
{
	static const char *const texts[] = {"abc", ".", "-", "$", "()", "5 dollars", "€5", "$$5",
		"1.2.3", "5-", "5%", "0x10", "NaN", "inf", "1/2", "(5)5", "=1+1", "５", "-."};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char sentence[200];

		snprintf(sentence, sizeof sentence,
			"\"%s\" is not an amount; type one such as 1,234.50.", texts[i]);
		refuses(texts[i], sentence);
	}
}

static void money_stops_at_the_limit(void **state)
{
	(void)state;
	reads("999,999,999,999.99", MONEY_TYPED_MAX);
	reads("-999999999999.99", -MONEY_TYPED_MAX);
	refuses("1,000,000,000,000",
		"\"1,000,000,000,000\" is too large; amounts go up to 999,999,999,999.99.");
	refuses("1000000000000.00",
		"\"1000000000000.00\" is too large; amounts go up to 999,999,999,999.99.");
	refuses("-9223372036854775808",
		"\"-9223372036854775808\" is too large; amounts go up to 999,999,999,999.99.");
	refuses("184467440737095516.17",
		"\"184467440737095516.17\" is too large; amounts go up to 999,999,999,999.99.");
}

static void money_quotes_long_and_hostile_text_safely(void **state)
{
	struct error err;
	char digits[10001];
	int64_t cents;

	(void)state;
	memset(digits, '9', 10000);
	digits[10000] = '\0';
	assert_false(money_parse(digits, &cents, &err));
	assert_string_equal(err.text, "\"9999999999999999999999999999999999999999…\" is too large; "
				      "amounts go up to 999,999,999,999.99.");
	assert_false(money_parse("\033[2J\xff\n\u202e5", &cents, &err));
	assert_string_equal(err.text, "\"␛[2J� �5\" is not an amount; type one such as 1,234.50.");
}

static void money_formats_for_people(void **state)
{
	char out[MONEY_TEXT];

	(void)state;
	assert_string_equal(money_format(0, out), "0.00");
	assert_string_equal(money_format(5, out), "0.05");
	assert_string_equal(money_format(-5, out), "-0.05");
	assert_string_equal(money_format(123450, out), "1,234.50");
	assert_string_equal(money_format(-700, out), "-7.00");
	assert_string_equal(money_format(99999, out), "999.99");
	assert_string_equal(money_format(100000, out), "1,000.00");
	assert_string_equal(money_format(MONEY_MAX, out), "9,999,999,999,999.99");
	assert_string_equal(money_format(INT64_MAX, out), "92,233,720,368,547,758.07");
	assert_string_equal(money_format(INT64_MIN, out), "-92,233,720,368,547,758.08");
	assert_ptr_equal(money_format(1, out), out);
}

static void money_formats_whole_units_rounded_away_from_zero(void **state)
{
	char out[MONEY_TEXT];

	(void)state;
	assert_string_equal(money_format_whole(0, out), "0");
	assert_string_equal(money_format_whole(49, out), "0");
	assert_string_equal(money_format_whole(50, out), "1");
	assert_string_equal(money_format_whole(-49, out), "0");
	assert_string_equal(money_format_whole(-50, out), "-1");
	assert_string_equal(money_format_whole(123449, out), "1,234");
	assert_string_equal(money_format_whole(99950, out), "1,000");
	assert_string_equal(money_format_whole(-700, out), "-7");
	assert_string_equal(money_format_whole(INT64_MAX, out), "92,233,720,368,547,758");
	assert_string_equal(money_format_whole(INT64_MIN, out), "-92,233,720,368,547,758");
}

static void money_formats_plainly_for_csv(void **state)
{
	char out[MONEY_TEXT];

	(void)state;
	assert_string_equal(money_plain(123450, out), "1234.50");
	assert_string_equal(money_plain(-5, out), "-0.05");
	assert_string_equal(money_plain(0, out), "0.00");
	assert_string_equal(money_plain(INT64_MIN, out), "-92233720368547758.08");
}

/* A fixed sequence: the same amounts in every run. */
static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Between -most and most, small ones as often as large ones. */
static int64_t random_amount(uint64_t *seed, int64_t most)
{
	int64_t magnitude = (int64_t)(next_random(seed) % ((uint64_t)most + 1));

	magnitude >>= next_random(seed) % 50;
	return next_random(seed) % 2 != 0 ? -magnitude : magnitude;
}

static void money_reads_back_what_it_formats(void **state)
{
	uint64_t seed = 20261130;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		int64_t cents = random_amount(&seed, MONEY_TYPED_MAX);
		char text[MONEY_TEXT];

		reads(money_format(cents, text), cents);
		reads(money_plain(cents, text), cents);
	}
}

static void quantity_reads_back_what_it_formats(void **state)
{
	uint64_t seed = 20261201;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		int64_t thousandths = random_amount(&seed, MONEY_MAX);
		int64_t back = 0;
		char text[MONEY_TEXT];

		assert_true(quantity_parse(quantity_format(thousandths, text), &back, NULL));
		assert_true(back == thousandths);
	}
}

static void quantity_reads_up_to_three_decimals(void **state)
{
	static const struct {
		const char *text;
		int64_t thousandths;
	} cases[] = {{"4", 4000}, {"2.5", 2500}, {"0.125", 125}, {" .5 ", 500}, {"1,000", 1000000},
		{"-1", -1000}, {"\u22121", -1000}, {"+3", 3000}, {"0", 0},
		{"999,999,999,999.999", MONEY_MAX}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t thousandths = 0;

		assert_true(quantity_parse(cases[i].text, &thousandths, NULL));
		assert_true(thousandths == cases[i].thousandths);
	}
}

static void quantity_refuses_with_its_own_words(void **state)
{
	static const char *const cases[][2] = {
		{" ", "The quantity is blank; type one such as 4 or 2.5."},
		{"$5", "\"$5\" is not a quantity; type one such as 4 or 2.5."},
		{"(5)", "\"(5)\" is not a quantity; type one such as 4 or 2.5."},
		{"5)", "\"5)\" is not a quantity; type one such as 4 or 2.5."},
		{"two", "\"two\" is not a quantity; type one such as 4 or 2.5."},
		{"0.1255", "\"0.1255\" is too exact for a quantity; give at most three decimals."},
		{"1000000000000",
			"\"1000000000000\" is too large; quantities go up to 999,999,999,999.999."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct error err = {0};
		int64_t thousandths = 4711;

		assert_false(quantity_parse(cases[i][0], &thousandths, &err));
		assert_string_equal(err.text, cases[i][1]);
		assert_int_equal(thousandths, 4711);
	}
}

static void quantity_formats_without_idle_zeros(void **state)
{
	char out[MONEY_TEXT];

	(void)state;
	assert_string_equal(quantity_format(4000, out), "4");
	assert_string_equal(quantity_format(2500, out), "2.5");
	assert_string_equal(quantity_format(125, out), "0.125");
	assert_string_equal(quantity_format(-10, out), "-0.01");
	assert_string_equal(quantity_format(0, out), "0");
	assert_string_equal(quantity_format(100000, out), "100");
	assert_string_equal(quantity_format(INT64_MIN, out), "-9223372036854775.808");
}

static void money_adds_within_the_limit_only(void **state)
{
	int64_t sum = 4711;

	(void)state;
	assert_true(money_add(MONEY_MAX - 1, 1, &sum));
	assert_true(sum == MONEY_MAX);
	assert_true(money_add(-MONEY_MAX, 0, &sum));
	assert_true(sum == -MONEY_MAX);
	assert_true(money_add(5, -7, &sum));
	assert_int_equal(sum, -2);
	assert_false(money_add(MONEY_MAX, 1, &sum));
	assert_false(money_add(-MONEY_MAX, -1, &sum));
	assert_false(money_add(INT64_MAX, INT64_MAX, &sum));
	assert_false(money_add(INT64_MIN, INT64_MIN, &sum));
	assert_false(money_add(INT64_MIN, -1, &sum));
	assert_int_equal(sum, -2);
}

static void money_multiplies_and_rounds_half_up(void **state)
{
	static const struct {
		int64_t thousandths, price, cents;
	} cases[] = {
		{1000, 12345, 12345},
		{2500, 333, 833}, /* 832.5 */
		{1, 499, 0},      /* 0.499 */
		{1, 500, 1},      /* 0.5 */
		{1, 1499, 1},     /* 1.499 */
		{1, 1500, 2},     /* 1.5 */
		{1, -500, 0},     /* -0.5 */
		{1, -501, -1},    /* -0.501 */
		{-1, 1500, -1},   /* -1.5 */
		{-1, 1501, -2},   /* -1.501 */
		{-1, 2700, -3},   /* -2.7 */
		{-1000, -100, 100},
		{0, MONEY_MAX, 0},
		{1000, MONEY_MAX, MONEY_MAX},
		{1000, -MONEY_MAX, -MONEY_MAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t cents = 4711;

		assert_true(money_multiply(cases[i].thousandths, cases[i].price, &cents));
		if (cents != cases[i].cents)
			fail_msg("case %zu gives %lld", i, (long long)cents);
	}
}

static void money_multiplies_within_the_limit_only(void **state)
{
	int64_t cents = 4711;

	(void)state;
	assert_false(money_multiply(1001, MONEY_MAX, &cents));
	assert_false(money_multiply(2000, -MONEY_MAX, &cents));
	assert_false(money_multiply(INT64_MAX, INT64_MAX, &cents));
	assert_false(money_multiply(INT64_MIN, INT64_MIN, &cents));
	assert_false(money_multiply(INT64_MIN, INT64_MAX, &cents));
	assert_int_equal(cents, 4711);
}

int main(void)
{
	const struct CMUnitTest reading[] = {
		cmocka_unit_test(money_reads_plain_amounts),
		cmocka_unit_test(money_reads_thousands),
		cmocka_unit_test(money_reads_dollars_and_blanks),
		cmocka_unit_test(money_reads_every_usual_minus),
		cmocka_unit_test(money_refuses_blank_text),
		cmocka_unit_test(money_refuses_parts_of_a_cent),
		cmocka_unit_test(money_refuses_powers_of_ten),
		cmocka_unit_test(money_refuses_commas_that_separate_no_thousands),
		cmocka_unit_test(money_refuses_points_between_thousands),
		cmocka_unit_test(money_refuses_two_signs),
		cmocka_unit_test(money_refuses_half_a_pair_of_parentheses),
		cmocka_unit_test(money_refuses_blanks_between_digits),
		cmocka_unit_test(money_refuses_what_is_no_amount),
		cmocka_unit_test(money_stops_at_the_limit),
		cmocka_unit_test(money_quotes_long_and_hostile_text_safely),
		cmocka_unit_test(quantity_reads_up_to_three_decimals),
		cmocka_unit_test(quantity_refuses_with_its_own_words),
	};
	const struct CMUnitTest writing[] = {
		cmocka_unit_test(money_formats_for_people),
		cmocka_unit_test(money_formats_whole_units_rounded_away_from_zero),
		cmocka_unit_test(money_formats_plainly_for_csv),
		cmocka_unit_test(money_reads_back_what_it_formats),
		cmocka_unit_test(quantity_reads_back_what_it_formats),
		cmocka_unit_test(quantity_formats_without_idle_zeros),
	};
	const struct CMUnitTest calculating[] = {
		cmocka_unit_test(money_adds_within_the_limit_only),
		cmocka_unit_test(money_multiplies_and_rounds_half_up),
		cmocka_unit_test(money_multiplies_within_the_limit_only),
	};

	return cmocka_run_group_tests_name("money, reading", reading, NULL, NULL) +
	       cmocka_run_group_tests_name("money, writing", writing, NULL, NULL) +
	       cmocka_run_group_tests_name("money, calculating", calculating, NULL, NULL);
}
