/*
 * office_list.c - pages, runs and counts against a copy sorted in memory: every sort field, both
 * directions, forward and backward, with empty and equal values; and that what is said to be
 * indexed is read from an index. GPL-3.0-or-later.
 */
#include "office_file.h"

#include <strings.h>
#include <time.h>

#include "office/record_query.h"

enum { ROWS = 120 };

static struct store *store;
static struct record *rows[ROWS]; /* every client, as loaded, in the order of their ids */

static unsigned chance;
static unsigned next_chance(unsigned below)
{
	chance = chance * 1664525u + 1013904223u;
	return (chance >> 16) % below;
}

/* ---- the copy in memory ---- */

static const struct field *sort_field;
static int sort_index;

static int compare_values(const struct value *left, const struct value *right)
{
	/* Names sort without case, and so do the cities; both are declared so in SQL. */
	bool caseless =
		strcmp(sort_field->key, "name") == 0 || strcmp(sort_field->key, "city") == 0;

	if (left->kind == VALUE_NULL || right->kind == VALUE_NULL)
		return (left->kind == VALUE_NULL) - (right->kind == VALUE_NULL);
	if (left->kind == VALUE_INTEGER)
		return (left->integer > right->integer) - (left->integer < right->integer);
	return caseless ? strcasecmp(left->text, right->text) : strcmp(left->text, right->text);
}

static int compare_rows(const void *left, const void *right)
{
	const struct record *a = *(struct record *const *)left, *b = *(struct record *const *)right;
	int order = sort_field->flags & FIELD_KEY
			    ? 0
			    : compare_values(&a->values[sort_index], &b->values[sort_index]);

	return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

/* The ids in the order of the query; returns how many. */
static int expected_ids(
	const struct record_query *query, bool (*holds)(const struct record *), int64_t *ids)
{
	struct record *sorted[ROWS];
	int count = 0;

	sort_field = query->sort;
	sort_index = (int)(sort_field - query->type->fields);
	for (int i = 0; i < ROWS; i++) {
		if (holds == NULL || holds(rows[i]))
			sorted[count++] = rows[i];
	}
	qsort(sorted, (size_t)count, sizeof *sorted, compare_rows);
	for (int i = 0; i < count; i++)
		ids[i] = sorted[query->downward ? count - 1 - i : i]->id;
	return count;
}

/* ---- walking ---- */

/* Walks the whole list in pages from one end; the ids come in list order. */
static int walk(const struct record_query *query, bool backward, int64_t *ids)
{
	struct record *anchor = NULL, *page[ROWS];
	struct error err;
	int count = 0, got, wanted;

	do {
		wanted = 1 + (int)next_chance(9);
		got = record_page(store, query, anchor, backward, wanted, page, &err);
		if (got < 0)
			fail_msg("%s", err.text);
		assert_true(count + got <= ROWS);
		for (int i = 0; i < got; i++) {
			if (backward)
				ids[ROWS - count - got + i] = page[i]->id;
			else
				ids[count + i] = page[i]->id;
		}
		record_free(anchor);
		anchor = NULL;
		for (int i = 0; i < got; i++) {
			if (i == (backward ? 0 : got - 1))
				anchor = page[i];
			else
				record_free(page[i]);
		}
		count += got;
	} while (got == wanted);
	record_free(anchor);
	if (backward)
		memmove(ids, ids + ROWS - count, (size_t)count * sizeof *ids);
	return count;
}

struct run {
	int64_t ids[ROWS];
	int count, most;
};

static bool take_id(const struct record *record, void *context)
{
	struct run *run = context;

	assert_non_null(record_value(record, "name")->text);
	run->ids[run->count++] = record->id;
	return run->count < run->most;
}

static void check_query(const struct record_query *query, bool (*holds)(const struct record *))
{
	int64_t expected[ROWS], ids[ROWS];
	int count = expected_ids(query, holds, expected);
	struct run run = {.most = ROWS + 1};
	struct error err;

	for (int backward = 0; backward < 2; backward++) {
		assert_int_equal(walk(query, backward, ids), count);
		for (int i = 0; i < count; i++) {
			if (ids[i] != expected[i])
				fail_msg("by %s%s, %s: place %d holds %d, not %d", query->sort->key,
					query->downward ? " downward" : "",
					backward ? "backward" : "forward", i, (int)ids[i],
					(int)expected[i]);
		}
	}
	assert_true(record_each(store, query, take_id, &run, &err));
	assert_int_equal(run.count, count);
	assert_memory_equal(run.ids, expected, (size_t)count * sizeof *expected);
	assert_int_equal(record_count(store, query), count);
	assert_int_equal(record_count_to(store, query, 5), count < 5 ? count : 5);
}

static void check_all_sorts(struct record_query *query, bool (*holds)(const struct record *))
{
	for (const struct field *field = query->type->fields; field->key != NULL; field++) {
		query->sort = field;
		for (int down = 0; down < 2; down++) {
			query->downward = down;
			check_query(query, holds);
		}
	}
}

static bool is_active(const struct record *record)
{
	return strcmp(record_state(record), "active") == 0;
}

static bool is_of_first_manager(const struct record *record)
{
	return strcmp(record_text(record, "manager"), "S-0001") == 0;
}

static bool has_oak(const struct record *record)
{
	return strcasestr(record_text(record, "name"), "Oak") != NULL ||
	       strcasestr(record_text(record, "city"), "Oak") != NULL;
}

static bool has_oak_and_ma(const struct record *record)
{
	return has_oak(record) && (strcasestr(record_text(record, "name"), "ma") != NULL ||
					  strcasestr(record_text(record, "city"), "ma") != NULL);
}

static bool is_of_first_manager_and_has_oak(const struct record *record)
{
	return is_of_first_manager(record) && has_oak(record);
}

static bool is_nobody(const struct record *record)
{
	(void)record;
	return false;
}

static void pages_follow_every_order_in_both_directions(void **state)
{
	struct record_query query = {.type = record_type_find("client")};

	(void)state;
	check_all_sorts(&query, NULL);
}

static void views_parents_and_words_narrow_the_list(void **state)
{
	const struct record_type *type = record_type_find("client");
	static const struct view active = {"active", "Active", "t.status = 'active'"};
	struct record_query query = {.type = type, .view = &active};

	(void)state;
	check_all_sorts(&query, is_active);
	query = (struct record_query){.type = type, .parent_field = "manager", .parent = "S-0001"};
	check_all_sorts(&query, is_of_first_manager);
	query = (struct record_query){.type = type, .match = "oAk"};
	check_all_sorts(&query, has_oak);
	query = (struct record_query){.type = type, .match = "  Ma oak "};
	check_all_sorts(&query, has_oak_and_ma);
	query = (struct record_query){.type = type, .match = " \" - "};
	check_all_sorts(&query, NULL);
	/* Words of the manager, whom the row only refers to. */
	query = (struct record_query){.type = type, .match = "ruiz"};
	check_all_sorts(&query, is_of_first_manager);
	query.match = "s-0001";
	check_all_sorts(&query, is_of_first_manager);
	query.match = "oak rui ada";
	check_all_sorts(&query, is_of_first_manager_and_has_oak);
	query.named = true;
	check_all_sorts(&query, is_nobody);
	query = (struct record_query){.type = type, .match = "ruiz lund"};
	check_all_sorts(&query, is_nobody);
}

static bool has_e(const struct record *record)
{
	return strcasestr(record_text(record, "name"), "\303\211clair") != NULL;
}

/* What a big table does, in a small one: many hits, few of them first in the order. */
static void every_way_to_the_words_gives_the_same(void **state)
{
	static const int limits[][2] = {
		{0, 0}, {0, 3}, {1, 7}, {20, 0}, {20, 5}, {60, 0}, {1000, 1}};
	const struct record_type *type = record_type_find("client");
	int few = words_few, looked_at = words_looked_at;

	(void)state;
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		struct record_query query = {.type = type, .match = "oak"};

		words_few = limits[i][0];
		words_looked_at = limits[i][1];
		check_all_sorts(&query, has_oak);
		query.match = "ma oa";
		check_all_sorts(&query, has_oak_and_ma);
		query.match = "ecl";
		check_all_sorts(&query, has_e);
	}
	words_few = few;
	words_looked_at = looked_at;
}

static void a_list_opens_in_the_order_of_its_type(void **state)
{
	struct record_query query = {.type = record_type_find("client")};
	struct record *page[3];
	struct error err;
	int64_t expected[ROWS];

	(void)state;
	assert_int_equal(record_page(store, &query, NULL, false, 3, page, &err), 3);
	query.sort = record_type_field(query.type, "name");
	expected_ids(&query, NULL, expected);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(page[i]->id, expected[i]);
		record_free(page[i]);
	}
}

static void a_run_stops_when_told(void **state)
{
	struct record_query query = {.type = record_type_find("client")};
	struct run run = {.most = 7};
	struct error err;

	(void)state;
	assert_true(record_each(store, &query, take_id, &run, &err));
	assert_int_equal(run.count, 7);
	assert_false(store_in_transaction(store));
}

static void private_fields_do_not_sort_for_others(void **state)
{
	struct record_query query = {.type = record_type_find("staff")};
	struct record *page[4];
	struct error err;
	int count;

	(void)state;
	query.sort = record_type_field(query.type, "pay_rate");
	count = record_page(store, &query, NULL, false, 4, page, &err);
	assert_int_equal(count, 2);
	assert_int_equal(record_value(page[0], "pay_rate")->integer, 2000);
	for (int i = 0; i < count; i++)
		record_free(page[i]);
	store_close(store);
	store = office_reopen("clerk");
	count = record_page(store, &query, NULL, false, 4, page, &err);
	assert_int_equal(count, 2);
	for (int i = 0; i < count; i++) {
		assert_int_equal(record_value(page[i], "pay_rate")->kind, VALUE_NULL);
		record_free(page[i]);
	}
	store_close(store);
	store = office_reopen(NULL);
}

/* ---- indexes ---- */

static void check_plan(const struct record_query *query, const struct record *anchor, bool backward)
{
	for (int part = 0; part < 2; part++) {
		struct buffer sql = {0};
		struct statement *statement;
		size_t empty;
		struct error err;

		buffer_add(&sql, "EXPLAIN QUERY PLAN ");
		empty = sql.length;
		record_page_sql(store, query, anchor, backward, part, &sql);
		if (sql.length > empty) {
			statement = store_prepare(store, buffer_text(&sql), &err);
			if (statement == NULL)
				fail_msg("%s", err.text);
			while (statement_step(statement)) {
				const char *step = statement_text(statement, 3);

				/* Only the page itself: a computed field may sort in its own query.
				 */
				if (statement_integer(statement, 1) == 0 &&
					strstr(step, "ORDER BY") != NULL)
					fail_msg("%s by %s: %s", query->type->name,
						query->sort->key, step);
			}
			statement_end(statement);
		}
		buffer_free(&sql);
	}
}

static void indexed_orders_are_read_from_an_index(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		struct record_query query = {.type = record_types[i]};
		struct record *anchor = record_new(query.type);

		for (const struct field *field = query.type->fields; field->key != NULL; field++) {
			if (!(field->flags & (FIELD_KEY | FIELD_INDEXED)))
				continue;
			query.sort = field;
			for (int way = 0; way < 4; way++) {
				query.downward = way & 1;
				check_plan(&query, NULL, way & 2);
				value_clear(&anchor->loaded[field - query.type->fields]);
				check_plan(&query, anchor, way & 2);
				value_set_text(&anchor->loaded[field - query.type->fields], "x");
				check_plan(&query, anchor, way & 2);
			}
		}
		record_free(anchor);
	}
}

/* ---- a small office ---- */

static void make_client(int number)
{
	static const char *const names[] = {"Lakeside", "lakeside", "Oak Hill", "Summit",
		"oakland Care", "Zebra", "\303\211clair", "Marlow Oak"};
	static const char *const cities[] = {"", "Marlow", "marlow", "Boise", "Oakley"};
	static const char *const states[] = {"active", "prospect", "former", "declined"};
	static const char *const dates[] = {"", "", "2019-04-01", "2020-01-01", "2021-12-31"};
	static const char *const physicians[] = {"", "1", "6", "6", "12"};
	static const char *const managers[] = {"", "S-0001", "S-0002"};

	rows[number] = office_make(store, "client", "name", names[next_chance(8)], "city",
		cities[next_chance(5)], "status", states[next_chance(4)], "since",
		dates[next_chance(5)], "physicians", physicians[next_chance(5)], "manager",
		managers[next_chance(3)], NULL);
}

static int open_office(void **state)
{
	const char *seed = getenv("MSO_TEST_SEED");

	(void)state;
	chance = seed != NULL ? (unsigned)strtoul(seed, NULL, 10) : (unsigned)time(NULL);
	print_message("seed %u (MSO_TEST_SEED repeats it)\n", chance);
	store = office_open();
	record_free(office_make(store, "user", "login", "clerk", "role", "staff", NULL));
	record_free(office_make(
		store, "staff", "first_name", "Ada", "last_name", "Ruiz", "pay_rate", "25", NULL));
	record_free(office_make(
		store, "staff", "first_name", "Bo", "last_name", "Lund", "pay_rate", "20", NULL));
	for (int i = 0; i < ROWS; i++)
		make_client(i);
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	for (int i = 0; i < ROWS; i++)
		record_free(rows[i]);
	office_close(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_follow_every_order_in_both_directions),
		cmocka_unit_test(views_parents_and_words_narrow_the_list),
		cmocka_unit_test(every_way_to_the_words_gives_the_same),
		cmocka_unit_test(a_list_opens_in_the_order_of_its_type),
		cmocka_unit_test(a_run_stops_when_told),
		cmocka_unit_test(private_fields_do_not_sort_for_others),
		cmocka_unit_test(indexed_orders_are_read_from_an_index),
	};

	return cmocka_run_group_tests(tests, open_office, close_office);
}
