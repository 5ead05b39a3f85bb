/*
 * store_open.c - proves that only a sound office file opens, for somebody who may, and that each
 * refusal says why. GPL-3.0-or-later.
 */
#include "store_file.h"

#include <fcntl.h>

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int setting(struct store *store, int which)
{
	int value = -1;

	sqlite3_db_config(store->db, which, -1, &value);
	return value;
}

static int64_t pragma(struct store *store, const char *sql)
{
	int64_t value = -1;

	sqlite3_set_authorizer(store->db, NULL, NULL);
	assert_true(connection_integer(store->db, sql, &value, &test_error));
	return value;
}

/* ---- the place ---- */

static void missing_office_says_how_to_make_one(void **state)
{
	char expected[300];

	(void)state;
	snprintf(expected, sizeof expected,
		"There is no office at %s yet. Make one with `mso init`, or the made-up one with "
		"`mso init --demo`.",
		test_path);
	test_migrations(NULL, NULL);
	must_not_open(NULL, expected);
	assert_string_equal(test_error.text, expected);
	assert_false(file_exists(test_path));
}

static void missing_directory_is_a_missing_office(void **state)
{
	(void)state;
	snprintf(test_path, sizeof test_path, "%s/none/office.db", test_directory);
	must_not_open(NULL, "There is no office at");
}

static void directory_is_refused(void **state)
{
	(void)state;
	snprintf(test_path, sizeof test_path, "%s", test_directory);
	must_not_open(NULL, "is a directory, not an office file");
}

static void pipe_is_refused_without_waiting(void **state)
{
	(void)state;
	assert_int_equal(mkfifo(test_path, 0600), 0);
	must_not_open(NULL, "is not an ordinary file");
}

static void empty_file_is_refused(void **state)
{
	(void)state;
	write_file(test_path, "");
	must_not_open(NULL, "is empty");
}

static void other_files_are_refused(void **state)
{
	(void)state;
	write_file(test_path, "name,amount\n");
	must_not_open(NULL, "is not an office file of mso");
	for (int i = 0; i < 500; i++) {
		FILE *file = fopen(test_path, "a");

		fputs("some longer text that is no office\n", file);
		fclose(file);
	}
	must_not_open(NULL, "is not an office file of mso");
}

static void other_databases_are_refused(void **state)
{
	(void)state;
	change_file(test_path, "CREATE TABLE a (b)");
	must_not_open(NULL, "is not an office file of mso");
}

static void file_of_a_newer_program_is_refused(void **state)
{
	(void)state;
	change_file(test_path, "PRAGMA user_version = 3");
	must_not_open(NULL, "its schema is number 3, and this program knows up to 2");
}

/* As root the permissions do not count, so root looks as somebody else. */
static void must_not_open_unprivileged(const char *sentence)
{
	bool root = geteuid() == 0;

	identity_real_login();
	if (root)
		assert_int_equal(seteuid(65534), 0);
	must_not_open(NULL, sentence);
	if (root)
		assert_int_equal(seteuid(0), 0);
}

static void unwritable_file_is_refused(void **state)
{
	(void)state;
	assert_int_equal(chmod(test_path, 0444), 0);
	assert_int_equal(chmod(test_directory, 0777), 0);
	must_not_open_unprivileged("may not be read and written by you");
	assert_int_equal(chmod(test_path, 0000), 0);
	must_not_open_unprivileged("may not be read and written by you");
}

static void unwritable_directory_is_refused(void **state)
{
	(void)state;
	assert_int_equal(chmod(test_path, 0666), 0);
	assert_int_equal(chmod(test_directory, 0555), 0);
	must_not_open_unprivileged("may not be written by you");
	assert_non_null(strstr(test_error.text, "The directory"));
}

static void closed_directory_is_refused(void **state)
{
	(void)state;
	assert_int_equal(chmod(test_directory, 0000), 0);
	must_not_open_unprivileged("cannot be reached");
}

static void path_is_never_a_uri(void **state)
{
	struct store *store;
	char path[96];

	(void)state;
	memcpy(path, test_path, sizeof path);
	snprintf(test_path, sizeof test_path, "%s/file:office.db?mode=memory", test_directory);
	assert_int_equal(rename(path, test_path), 0);
	store = open_as(NULL);
	must_read(store, "SELECT count(*) FROM user", "5");
	store_close(store);
}

static void open_relative(void)
{
	struct store_options options = {.path = "office.db"};

	if (chdir(test_directory) == 0)
		store_open_with(&options, test_files, NULL);
}

static void relative_path_is_a_bug(void **state)
{
	(void)state;
	must_end_program(open_relative);
}

/* ---- settings ---- */

static void every_setting_holds(void **state)
{
	struct store *store = open_as(NULL);

	(void)state;
	assert_int_equal(setting(store, SQLITE_DBCONFIG_DEFENSIVE), 1);
	assert_int_equal(setting(store, SQLITE_DBCONFIG_ENABLE_FKEY), 1);
	assert_int_equal(setting(store, SQLITE_DBCONFIG_TRUSTED_SCHEMA), 0);
	assert_int_equal(setting(store, SQLITE_DBCONFIG_DQS_DML), 0);
	assert_int_equal(setting(store, SQLITE_DBCONFIG_DQS_DDL), 0);
	assert_int_equal(setting(store, SQLITE_DBCONFIG_ENABLE_TRIGGER), 1);
	assert_int_equal(pragma(store, "PRAGMA synchronous"), 2);
	assert_int_equal(pragma(store, "PRAGMA recursive_triggers"), 1);
	assert_int_equal(pragma(store, "PRAGMA temp_store"), 2);
	assert_int_equal(pragma(store, "PRAGMA application_id"), 0x4d534f31);
	assert_int_equal(pragma(store, "PRAGMA user_version"), 2);
	must_read(store, "PRAGMA journal_mode", "wal");
	store_close(store);
}

static void lost_write_ahead_log_is_set_again(void **state)
{
	struct store *store;

	(void)state;
	change_file(test_path, "PRAGMA journal_mode = DELETE");
	store = open_as(NULL);
	sqlite3_set_authorizer(store->db, NULL, NULL);
	must_read(store, "PRAGMA journal_mode", "wal");
	store_close(store);
}

/* ---- who and when ---- */

static void real_login_is_the_actor(void **state)
{
	struct store *store = open_as(NULL);

	(void)state;
	assert_string_equal(store_actor(store), store_real_login());
	assert_string_equal(store_role(store), "director");
	assert_string_equal(store_path(store), test_path);
	must_read(store, "SELECT actor() = real_login()", "1");
	store_close(store);
}

static void owner_may_act_as_another(void **state)
{
	struct store *store = open_as("ann");

	(void)state;
	assert_string_equal(store_actor(store), "ann");
	assert_string_equal(store_role(store), "staff");
	must_read(store, "SELECT actor()", "ann");
	must_read(store, "SELECT real_login()", store_real_login());
	must_read(store, "SELECT login || role FROM me", "annstaff");
	store_close(store);
}

static void nobody_acts_as_a_stranger(void **state)
{
	(void)state;
	must_not_open("eve", "eve has no active account in this office");
	must_not_open("bob", "bob has no active account in this office");
}

static void acting_as_another_needs_a_private_file(void **state)
{
	struct store *store;

	(void)state;
	assert_int_equal(chmod(test_path, 0660), 0);
	must_not_open("ann", "Acting as ann is only for a private file");
	store = open_as(NULL);
	store_close(store);
}

static void clock_of_a_shared_file_runs(void **state)
{
	struct store *store;

	(void)state;
	assert_int_equal(chmod(test_path, 0660), 0);
	store = open_as(NULL);
	must_read(store, "SELECT abs(julianday(now()) - julianday('now')) < 0.0001", "1");
	store_close(store);
}

static void login_without_account_is_refused(void **state)
{
	struct store *store = open_as("dora");
	struct statement *statement = store_prepare(store,
		"UPDATE user SET active = 0, version = version + 1 WHERE login = :login",
		&test_error);

	(void)state;
	statement_bind_text(statement, ":login", store_real_login());
	assert_true(statement_run(statement, &test_error));
	store_close(store);
	must_not_open(NULL, "has no active account in this office. Ask the director");
	assert_non_null(strstr(test_error.text, store_real_login()));
}

static void clock_stands_where_it_is_set(void **state)
{
	struct store_options options = {.path = test_path, .today = "2026-02-28T23:05"};
	struct store *store = store_open_with(&options, test_files, &test_error);

	(void)state;
	assert_non_null(store);
	assert_string_equal(store_now(store), "2026-02-28T23:05:00Z");
	assert_string_equal(store_today(store), "2026-02-28");
	must_read(store, "SELECT now()", "2026-02-28T23:05:00Z");
	must_read(store, "SELECT today()", "2026-02-28");
	store_close(store);
	store = open_as(NULL);
	assert_string_equal(store_now(store), "2026-11-21T12:00:00Z");
	store_close(store);
}

static void clock_runs_when_it_is_not_set(void **state)
{
	struct store_options options = {.path = test_path};
	struct store *store = store_open_with(&options, test_files, &test_error);

	(void)state;
	assert_non_null(store);
	must_read(store, "SELECT abs(julianday(now()) - julianday('now')) < 0.0001", "1");
	must_read(store, "SELECT abs(julianday(today()) - julianday('now')) < 2", "1");
	must_read(store, "SELECT length(now())", "20");
	store_close(store);
}

static void impossible_moments_are_refused(void **state)
{
	static const char *const moments[] = {"", "today", "2026-02-30", "2026-11-21T24:00",
		"2026-11-21T09:60", "2026-11-21T09:30:61Z", "2026-11-21 09:30",
		"2026-11-21T09:30Z"};

	(void)state;
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		struct store_options options = {.path = test_path, .today = moments[i]};

		assert_null(store_open_with(&options, test_files, &test_error));
		assert_non_null(strstr(test_error.text, "is not a moment the clock can be set to"));
	}
}

static void local_time_follows_the_time_zone(void **state)
{
	char *before = getenv("TZ") != NULL ? strdup(getenv("TZ")) : NULL;
	char text[20];

	(void)state;
	setenv("TZ", "EST5", 1);
	tzset();
	assert_string_equal(store_local_time("2026-11-21T02:30:15Z", text), "2026-11-20 21:30");
	assert_string_equal(store_local_time("", text), "");
	assert_string_equal(
		store_local_time("some other text that is long", text), "some other text tha");
	if (before != NULL)
		setenv("TZ", before, 1);
	else
		unsetenv("TZ");
	tzset();
	free(before);
}

static void money_is_written_for_people(void **state)
{
	struct store *store = open_as(NULL);

	(void)state;
	must_read(store, "SELECT money(123450)", "1,234.50");
	must_read(store, "SELECT money(-7)", "-0.07");
	must_read(store, "SELECT money(NULL)", "");
	store_close(store);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, make_test_office, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIRECTORY(missing_office_says_how_to_make_one),
		IN_DIRECTORY(missing_directory_is_a_missing_office),
		IN_DIRECTORY(directory_is_refused),
		IN_DIRECTORY(pipe_is_refused_without_waiting),
		IN_DIRECTORY(empty_file_is_refused),
		IN_DIRECTORY(other_files_are_refused),
		IN_DIRECTORY(other_databases_are_refused),
		IN_OFFICE(file_of_a_newer_program_is_refused),
		IN_OFFICE(unwritable_file_is_refused),
		IN_OFFICE(unwritable_directory_is_refused),
		IN_OFFICE(closed_directory_is_refused),
		IN_OFFICE(path_is_never_a_uri),
		IN_OFFICE(relative_path_is_a_bug),
		IN_OFFICE(every_setting_holds),
		IN_OFFICE(lost_write_ahead_log_is_set_again),
		IN_OFFICE(real_login_is_the_actor),
		IN_OFFICE(owner_may_act_as_another),
		IN_OFFICE(nobody_acts_as_a_stranger),
		IN_OFFICE(acting_as_another_needs_a_private_file),
		IN_OFFICE(clock_of_a_shared_file_runs),
		IN_OFFICE(login_without_account_is_refused),
		IN_OFFICE(clock_stands_where_it_is_set),
		IN_OFFICE(clock_runs_when_it_is_not_set),
		IN_OFFICE(impossible_moments_are_refused),
		IN_OFFICE(local_time_follows_the_time_zone),
		IN_OFFICE(money_is_written_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
