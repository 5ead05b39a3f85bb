/*
 * store_transaction.c - proves all or nothing: nesting, waiting for others, full disks, and what
 * comes after them. GPL-3.0-or-later.
 */
#include "store_office.h"

#include <sys/resource.h>
#include <time.h>

static struct store *store, *other;

static int open_office(void **state)
{
	make_test_office(state);
	store = open_as("ann");
	other = open_as("dora");
	connection_patience_ms = 50;
	return 0;
}

static int close_office(void **state)
{
	store_close(store);
	store_close(other);
	return remove_directory(state);
}

static void must_begin(struct store *of)
{
	if (!store_begin(of, &test_error))
		fail_msg("%s", test_error.text);
}

static void must_commit(struct store *of)
{
	if (!store_commit(of, &test_error))
		fail_msg("%s", test_error.text);
}

/* ---- nesting ---- */

static void committed_work_is_seen_by_others(void **state)
{
	(void)state;
	must_begin(store);
	assert_true(store_in_transaction(store));
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_read(other, "SELECT count(*) FROM thing", "0");
	must_commit(store);
	assert_false(store_in_transaction(store));
	must_read(other, "SELECT count(*) FROM thing", "1");
}

static void rolled_back_work_is_gone(void **state)
{
	(void)state;
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	store_rollback(store);
	assert_false(store_in_transaction(store));
	must_read(store, "SELECT count(*) FROM thing", "0");
}

static void inner_levels_end_by_themselves(void **state)
{
	(void)state;
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-2')");
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-3')");
	must_commit(store);
	store_rollback(store);
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-4')");
	must_commit(store);
	assert_true(store_in_transaction(store));
	must_commit(store);
	must_read(other, "SELECT group_concat(key) FROM thing", "T-1,T-4");
}

static void broken_rule_leaves_the_transaction_standing(void **state)
{
	(void)state;
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-1')", "key-taken");
	must_refuse(store, "INSERT INTO thing (key, cents) VALUES ('T-2', -1)", "check");
	must_run(store, "INSERT INTO thing (key) VALUES ('T-3')");
	must_commit(store);
	must_read(other, "SELECT group_concat(key) FROM thing", "T-1,T-3");
}

static void commit_that_breaks_a_reference_rolls_all_back(void **state)
{
	(void)state;
	must_begin(store);
	must_run(store, "INSERT INTO thing (key, later) VALUES ('T-1', 'T-9')");
	assert_false(store_commit(store, &test_error));
	assert_string_equal(test_error.code, "foreign-key");
	assert_false(store_in_transaction(store));
	must_read(store, "SELECT count(*) FROM thing", "0");
	must_begin(store);
	must_run(store, "INSERT INTO thing (key, later) VALUES ('T-1', 'T-1')");
	must_commit(store);
}

static void commit_too_many(void)
{
	store_commit(store, NULL);
}

static void rollback_too_many(void)
{
	store_rollback(store);
}

static void ending_what_was_not_begun_is_a_bug(void **state)
{
	(void)state;
	must_end_program(commit_too_many);
	must_end_program(rollback_too_many);
}

/* ---- others ---- */

static void second_writer_waits_then_says_so(void **state)
{
	struct timespec before, after;
	long waited;

	(void)state;
	must_begin(other);
	clock_gettime(CLOCK_MONOTONIC, &before);
	assert_false(store_begin(store, &test_error));
	clock_gettime(CLOCK_MONOTONIC, &after);
	waited = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
	assert_true(waited >= 40);
	assert_string_equal(test_error.code, "busy");
	assert_non_null(strstr(test_error.text, "Try again"));
	assert_false(store_in_transaction(store));
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-1')", "busy");
	store_rollback(other);
	must_begin(store);
	must_commit(store);
}

static void second_writer_goes_on_when_the_first_is_done(void **state)
{
	int status;
	pid_t child;

	(void)state;
	connection_patience_ms = 10000;
	/* A file may not be used across fork, so the child opens it for itself. */
	store_close(store);
	store_close(other);
	child = fork();
	if (child == 0) {
		store = open_as("ann");
		for (int i = 0; i < 100; i++) {
			if (!store_begin(store, NULL) ||
				!store_run(store,
					"INSERT INTO thing (key) SELECT 'A-' || count(*) FROM thing",
					NULL) ||
				!store_commit(store, NULL))
				_exit(1);
		}
		store_close(store);
		_exit(0);
	}
	store = open_as("ann");
	for (int i = 0; i < 100; i++) {
		must_begin(store);
		must_run(store, "INSERT INTO thing (key) SELECT 'B-' || count(*) FROM thing");
		must_commit(store);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	must_read(store, "SELECT count(*) FROM thing", "200");
	other = open_as("dora");
}

static void data_version_tells_of_others_only(void **state)
{
	int64_t version = store_data_version(store);

	(void)state;
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	assert_true(store_data_version(store) == version);
	must_run(other, "INSERT INTO thing (key) VALUES ('T-2')");
	assert_true(store_data_version(store) != version);
	version = store_data_version(store);
	assert_true(store_data_version(store) == version);
}

static void clock_stands_during_a_transaction(void **state)
{
	struct store_options options = {.path = test_path, .as = "ann"};
	struct store *running = store_open_with(&options, test_files, &test_error);
	char begun[32];

	(void)state;
	assert_non_null(running);
	must_begin(running);
	snprintf(begun, sizeof begun, "%s", store_now(running));
	/* As if an hour had passed since the clock was last looked at. */
	running->identity.second -= 3600;
	must_run(running, "INSERT INTO thing (key) VALUES ('T-1')");
	must_read(running, "SELECT at FROM audit_seen ORDER BY id DESC LIMIT 1", begun);
	snprintf(running->identity.now, sizeof running->identity.now, "2000-01-01T00:00:00Z");
	assert_string_equal(store_now(running), "2000-01-01T00:00:00Z");
	must_commit(running);
	assert_string_not_equal(store_now(running), "2000-01-01T00:00:00Z");
	store_close(running);
}

/* ---- full disks ---- */

static const char much[] =
	"INSERT INTO thing (key, name) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
	" SELECT i + 1 FROM n WHERE i < 5000) SELECT 'M-' || i, 'much' FROM n";

/* Lets SQLite find no room for more pages than the file has and a few. */
static void limit_pages(struct store *of, int more)
{
	char sql[64];
	int64_t pages = 0;

	sqlite3_set_authorizer(of->db, NULL, NULL);
	assert_true(connection_integer(of->db, "PRAGMA page_count", &pages, NULL));
	snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", (int)pages + more);
	assert_true(connection_run(of->db, sql, NULL));
}

static void full_disk_saves_nothing_and_says_so(void **state)
{
	(void)state;
	limit_pages(store, 5);
	must_refuse(store, much, "full");
	assert_string_equal(test_error.text,
		"The disk is full or a size limit was reached, so nothing was saved. Free some "
		"space, or have the limit raised, and save again.");
	must_read(store, "SELECT count(*) FROM thing", "0");
}

static void nothing_is_written_after_a_full_disk(void **state)
{
	(void)state;
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	limit_pages(store, 5);
	must_refuse(store, much, "full");
	limit_pages(store, 1000);
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-2')", "full");
	assert_false(store_begin(store, &test_error));
	assert_string_equal(test_error.code, "full");
	must_read(store, "SELECT count(*) FROM user", "5");
	assert_true(store_in_transaction(store));
	assert_false(store_commit(store, &test_error));
	assert_string_equal(test_error.code, "full");
	assert_false(store_in_transaction(store));
	must_read(other, "SELECT count(*) FROM thing", "0");

	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-3')");
	must_commit(store);
	must_read(other, "SELECT group_concat(key) FROM thing", "T-3");
}

static void full_disk_in_an_inner_level_fails_them_all(void **state)
{
	(void)state;
	must_begin(store);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_begin(store);
	limit_pages(store, 5);
	must_refuse(store, much, "full");
	store_rollback(store);
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-2')", "full");
	assert_false(store_commit(store, &test_error));
	must_read(other, "SELECT count(*) FROM thing", "0");
}

/* The file system itself refuses to let the journal grow. */
static void disk_that_refuses_to_write_saves_nothing(void **state)
{
	struct rlimit before, limit;
	bool committed;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 100000;
	must_begin(store);
	must_run(store, much);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	committed = store_commit(store, &test_error);
	setrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, SIG_DFL);
	assert_false(committed);
	assert_string_equal(test_error.code, "full");
	assert_false(store_in_transaction(store));
	must_read(store, "SELECT count(*) FROM thing", "0");
	must_read(other, "SELECT count(*) FROM thing", "0");
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_read(other, "SELECT count(*) FROM thing", "1");
}

static void import_has_a_larger_cache(void **state)
{
	(void)state;
	assert_int_equal(store_integer(store, "PRAGMA cache_size", NULL, 0), -1200);
	store_bulk(store, true);
	assert_int_equal(store_integer(store, "PRAGMA cache_size", NULL, 0), -262144);
	must_begin(store);
	must_run(store, much);
	must_commit(store);
	store_bulk(store, false);
	assert_int_equal(store_integer(store, "PRAGMA cache_size", NULL, 0), -1200);
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_OFFICE(committed_work_is_seen_by_others),
		IN_OFFICE(rolled_back_work_is_gone),
		IN_OFFICE(inner_levels_end_by_themselves),
		IN_OFFICE(broken_rule_leaves_the_transaction_standing),
		IN_OFFICE(commit_that_breaks_a_reference_rolls_all_back),
		IN_OFFICE(ending_what_was_not_begun_is_a_bug),
		IN_OFFICE(second_writer_waits_then_says_so),
		IN_OFFICE(second_writer_goes_on_when_the_first_is_done),
		IN_OFFICE(data_version_tells_of_others_only),
		IN_OFFICE(clock_stands_during_a_transaction),
		IN_OFFICE(full_disk_saves_nothing_and_says_so),
		IN_OFFICE(nothing_is_written_after_a_full_disk),
		IN_OFFICE(full_disk_in_an_inner_level_fails_them_all),
		IN_OFFICE(disk_that_refuses_to_write_saves_nothing),
		IN_OFFICE(import_has_a_larger_cache),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
