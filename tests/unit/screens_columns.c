/*
 * screens_columns.c - which fields of a type make the columns of its list. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/text.h"
#include "screens/record_columns.h"
#include "tui/columns.h"

static const struct field *fields[RECORD_COLUMNS];
static struct list_column columns[RECORD_COLUMNS];

static int choose(const char *type, const char *leave_out)
{
	const struct record_type *chosen = record_type_find(type);

	return record_columns(chosen,
		leave_out == NULL ? NULL : record_type_field(chosen, leave_out), false, fields,
		columns);
}

static int column_of(const char *key, int count)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(fields[i]->key, key) == 0)
			return i;
	}
	return -1;
}

static void the_key_comes_first_and_never_goes(void **state)
{
	(void)state;
	choose("request", NULL);
	assert_string_equal(fields[0]->key, "key");
	assert_int_equal(columns[0].priority, 0);
	assert_true(columns[0].width >= text_width("PR-2026-0001"));
}

static void a_key_of_a_part_has_room_for_its_parent(void **state)
{
	(void)state;
	choose("motion", NULL);
	assert_true(columns[0].width >= text_width("BD-2026-03/M12"));
}

static void the_title_stands_first_where_keys_are_not_listed(void **state)
{
	(void)state;
	choose("request-line", "request");
	assert_string_equal(fields[0]->key, "item");
}

static void the_parent_that_all_share_is_no_column(void **state)
{
	(void)state;
	assert_true(column_of("client", choose("contact", NULL)) >= 0);
	assert_int_equal(column_of("client", choose("contact", "client")), -1);
}

static void amounts_are_aligned_right(void **state)
{
	int total = column_of("total", choose("request", NULL));

	(void)state;
	assert_true(columns[total].right);
}

static void state_and_amount_stay_longest_on_narrow_screens(void **state)
{
	struct column_span spans[RECORD_COLUMNS];
	int count = choose("request", NULL);

	(void)state;
	columns_place(columns, (size_t)count, 76, spans);
	assert_true(spans[column_of("total", count)].width > 0);
	assert_true(spans[column_of("stands", count)].width > 0);
	columns_place(columns, (size_t)count, 44, spans);
	assert_int_equal(spans[column_of("needed_by", count)].width, 0);
	assert_true(spans[column_of("stands", count)].width > 0);
}

static void every_type_has_columns_that_are_wide_enough_for_their_key(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		int count = record_columns(record_types[i], NULL, true, fields, columns);

		assert_true(count > 0);
		for (int c = 0; c < count; c++) {
			assert_true(columns[c].width > 0);
			assert_true(columns[c].wanted >= columns[c].width);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_key_comes_first_and_never_goes),
		cmocka_unit_test(a_key_of_a_part_has_room_for_its_parent),
		cmocka_unit_test(the_title_stands_first_where_keys_are_not_listed),
		cmocka_unit_test(the_parent_that_all_share_is_no_column),
		cmocka_unit_test(amounts_are_aligned_right),
		cmocka_unit_test(state_and_amount_stay_longest_on_narrow_screens),
		cmocka_unit_test(every_type_has_columns_that_are_wide_enough_for_their_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
