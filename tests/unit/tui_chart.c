/*
 * tui_chart.c - names beside bars: as they are where they fit, else abbreviated so that they still
 * read. GPL-3.0-or-later.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text.h"
#include "tui/chart.h"

static void assert_abbreviated(const char *name, int width, const char *expected)
{
	struct buffer out = {0};

	name_abbreviate(&out, name, width);
	assert_string_equal(buffer_text(&out), expected);
	buffer_free(&out);
}

static void a_name_that_fits_stays(void **state)
{
	(void)state;
	assert_abbreviated("", 3, "");
	assert_abbreviated("Travel", 6, "Travel");
}

static void the_longest_word_is_abbreviated(void **state)
{
	(void)state;
	assert_abbreviated("Professional fees", 16, "Profession. fees");
	assert_abbreviated("Professional fees", 13, "Profess. fees");
	assert_abbreviated("Fees, professional", 10, "Fees, pro.");
	assert_abbreviated("Überörtliche Räte", 13, "Überört. Räte");
}

static void what_would_not_read_any_more_is_left_to_be_cut(void **state)
{
	(void)state;
	assert_abbreviated("Professional fees", 8, "Professional fees");
	assert_abbreviated("A b c d e f g h", 6, "A b c d e f g h");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_that_fits_stays),
		cmocka_unit_test(the_longest_word_is_abbreviated),
		cmocka_unit_test(what_would_not_read_any_more_is_left_to_be_cut),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
