/*
 * store_memory.c - proves that lack of memory in SQLite is never taken for an answer: a transaction
 * ends with it and says so, and without one the program ends. GPL-3.0-or-later.
 */
#include "store/failure.h"
#include "store_office.h"

static struct store *store;

/* ---- memory that fails ---- */

static sqlite3_mem_methods real;
static bool used_up;

static void *failing_malloc(int size)
{
	return used_up ? NULL : real.xMalloc(size);
}

static void *failing_realloc(void *memory, int size)
{
	return used_up ? NULL : real.xRealloc(memory, size);
}

/* Before anything else of SQLite is used; and without the small store a connection has itself. */
static void take_memory_over(void)
{
	sqlite3_mem_methods failing;

	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
	failing = real;
	failing.xMalloc = failing_malloc;
	failing.xRealloc = failing_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &failing);
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
}

static int open_office(void **state)
{
	used_up = false;
	make_test_office(state);
	store = open_as("ann");
	return 0;
}

static int close_office(void **state)
{
	used_up = false;
	store_close(store);
	return remove_directory(state);
}

/* ---- tests ---- */

static void a_reading_that_fails_ends_the_transaction(void **state)
{
	struct error err = {.code = ""};

	(void)state;
	assert_true(store_begin(store, &err));
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	assert_false(store_gave_up(store, &err));
	used_up = true;
	assert_false(store_exists(store, "SELECT 1 FROM thing WHERE key = 'T-1'", NULL));
	used_up = false;
	assert_true(store_gave_up(store, &err));
	assert_string_equal(err.code, "memory");
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-2')", "memory");
	assert_false(store_commit(store, &err));
	assert_string_equal(err.code, "memory");
	assert_false(store_gave_up(store, &err));
	must_read(store, "SELECT count(*) FROM thing", "0");
}

static void a_failure_that_is_heard_is_a_sentence(void **state)
{
	struct error err = {.code = ""};

	(void)state;
	used_up = true;
	assert_false(store_run(store, "SELECT count(*) FROM thing", &err));
	used_up = false;
	assert_string_equal(err.code, "memory");
	must_read(store, "SELECT count(*) FROM thing", "0");
}

static void read_without_memory(void)
{
	used_up = true;
	store_exists(store, "SELECT 1 FROM thing", NULL);
}

static void a_failure_that_nobody_hears_ends_the_program(void **state)
{
	(void)state;
	must_end_program(read_without_memory);
}

static void read_number_without_memory(void)
{
	struct statement *statement =
		store_prepare(store, "SELECT 12345678 + count(*) FROM thing", NULL);

	statement_step(statement);
	used_up = true;
	statement_text(statement, 0);
}

/* SQLite makes it NULL, and undoes the transaction when the row is given back. */
static void a_number_that_cannot_be_written_out_is_not_taken_for_none(void **state)
{
	(void)state;
	must_end_program(read_number_without_memory);
}

static void a_transaction_that_sqlite_has_undone_is_not_gone_on_with(void **state)
{
	struct error err = {.code = ""};

	(void)state;
	assert_true(store_begin(store, &err));
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_run(store, "ROLLBACK"); /* as it does by itself without memory */
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-2')", "memory");
	assert_true(store_gave_up(store, &err));
	assert_false(store_commit(store, &err));
	assert_string_equal(err.code, "memory");
	must_read(store, "SELECT count(*) FROM thing", "0");
}

static void a_page_that_could_not_be_got_is_no_damage(void **state)
{
	struct error err = {.code = ""};

	(void)state;
	assert_true(failure_of_check("*** in database main ***\nPage 59: unable to get the page. "
				     "error code=7",
		&err));
	assert_string_equal(err.code, "memory");
	assert_false(failure_of_check("Page 59: unable to get the page. error code=11", &err));
	assert_false(failure_of_check("Page 59: never used", &err));
	assert_string_equal(err.code, "memory");
}

static void a_small_cache_is_no_reason_to_end(void **state)
{
	(void)state;
	store_bulk(store, true);
	used_up = true;
	store_bulk(store, false);
	used_up = false;
	must_read(store, "SELECT count(*) FROM thing", "0");
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_OFFICE(a_reading_that_fails_ends_the_transaction),
		IN_OFFICE(a_failure_that_is_heard_is_a_sentence),
		IN_OFFICE(a_failure_that_nobody_hears_ends_the_program),
		IN_OFFICE(a_number_that_cannot_be_written_out_is_not_taken_for_none),
		IN_OFFICE(a_transaction_that_sqlite_has_undone_is_not_gone_on_with),
		IN_OFFICE(a_page_that_could_not_be_got_is_no_damage),
		IN_OFFICE(a_small_cache_is_no_reason_to_end),
	};

	take_memory_over();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
