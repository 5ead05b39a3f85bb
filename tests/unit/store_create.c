/*
 * store_create.c - proves that a new office appears complete or not at all, and that an older
 * one is brought up to date completely or stays as it was. GPL-3.0-or-later.
 */
#include "store_file.h"

#include <fcntl.h>
#include <sys/file.h>

static char beside[128];

static const char *path_beside(const char *suffix)
{
	snprintf(beside, sizeof beside, "%s%s", test_path, suffix);
	return beside;
}

static struct store *create(void)
{
	struct store_options options = {.path = test_path, .today = "2026-11-21"};

	return store_create_with(&options, test_files, &test_error);
}

static void must_not_create(const char *sentence)
{
	struct store *store = create();

	assert_null(store);
	must_say(sentence);
}

static int64_t file_version(void)
{
	return number_in(test_path, "PRAGMA user_version");
}

/* ---- making ---- */

static void new_office_appears_when_it_is_published(void **state)
{
	struct store *store;
	struct stat about;

	(void)state;
	snprintf(test_path, sizeof test_path, "%s/share/mso/office.db", test_directory);
	test_migrations(NULL, NULL);
	store = create();
	assert_non_null(store);
	assert_false(file_exists(test_path));
	assert_true(file_exists(path_beside(".new")));
	assert_string_equal(store_role(store), "director");
	assert_string_equal(store_path(store), test_path);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	assert_true(store_publish(store, &test_error));
	store_close(store);

	assert_int_equal(stat(test_path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(about.st_uid, geteuid());
	assert_false(file_exists(path_beside(".new")));
	assert_false(file_exists(path_beside(".new-wal")));
	snprintf(beside, sizeof beside, "%s/share/mso", test_directory);
	assert_int_equal(stat(beside, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0700);
	store = open_as(NULL);
	must_read(store, "SELECT count(*) FROM thing", "1");
	store_close(store);
}

static void office_that_is_not_published_leaves_nothing(void **state)
{
	(void)state;
	test_migrations(NULL, NULL);
	store_close(create());
	assert_int_equal(rmdir(test_directory), 0);
}

static void real_login_is_the_first_director_and_audited(void **state)
{
	struct store *store;

	(void)state;
	test_migrations(NULL, NULL);
	store = create();
	must_read(store, "SELECT role || active || (login = real_login()) FROM user", "director11");
	must_read(store,
		"SELECT type || ' ' || operation || ' ' || (who = real_login()) || ' ' || at FROM audit",
		"user insert 1 2026-11-21T12:00:00Z");
	store_close(store);
}

static void existing_file_is_never_replaced(void **state)
{
	struct store *first, *second;

	(void)state;
	test_migrations(NULL, NULL);
	first = create();
	assert_int_equal(symlink("/nowhere", test_path), 0);
	assert_false(store_publish(first, &test_error));
	assert_non_null(strstr(test_error.text, "Meanwhile there is something else"));
	store_close(first);
	assert_false(file_exists(path_beside(".new")));
	must_not_create("There is already something at");
	assert_int_equal(unlink(test_path), 0);
	second = create();
	assert_non_null(second);
	store_close(second);
}

static void what_a_crash_left_is_built_anew(void **state)
{
	FILE *file;
	struct store *store;

	(void)state;
	test_migrations(NULL, NULL);
	file = fopen(path_beside(".new"), "w");
	fputs("half an office", file);
	fclose(file);
	file = fopen(path_beside(".new-wal"), "w");
	fputs("its journal", file);
	fclose(file);
	store = create();
	assert_non_null(store);
	assert_true(store_publish(store, &test_error));
	store_close(store);
	store_close(open_as(NULL));
}

static void two_do_not_make_the_same_office(void **state)
{
	struct store *first;

	(void)state;
	test_migrations(NULL, NULL);
	first = create();
	assert_non_null(first);
	must_not_create("Another mso is just making an office at");
	assert_true(store_publish(first, &test_error));
	store_close(first);
	store_close(open_as(NULL));
}

static void journal_of_an_office_that_is_gone_is_not_replayed(void **state)
{
	int descriptor;

	(void)state;
	test_migrations(NULL, NULL);
	descriptor = open(path_beside("-wal"), O_CREAT | O_WRONLY, 0600);
	close(descriptor);
	must_not_create("is left of an office that is gone");
	assert_true(file_exists(path_beside("-wal")));
}

static void place_that_cannot_be_written_is_named(void **state)
{
	(void)state;
	test_migrations(NULL, NULL);
	snprintf(test_path, sizeof test_path, "/proc/mso/office.db");
	must_not_create("The directory /proc/mso cannot be made");
	snprintf(test_path, sizeof test_path, "/proc/office.db");
	must_not_create("No file can be made at /proc/office.db.new");
}

static void unpublished_office_has_a_history_of_many_people(void **state)
{
	struct store *store;

	(void)state;
	test_migrations(NULL, NULL);
	store = create();
	must_run(
		store, "INSERT INTO user (login, role) VALUES ('ann', 'staff'), ('vic', 'viewer')");
	store_act_as(store, "ann", "2026-02-03T09:30:00Z");
	assert_string_equal(store_role(store), "staff");
	assert_string_equal(store_today(store), "2026-02-03");
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_read(store,
		"SELECT who || at || (real_who = real_login()) FROM audit_seen WHERE type = 'thing'",
		"ann2026-02-03T09:30:00Z1");
	must_refuse(store, "INSERT INTO pay (staff, cents) VALUES ('S-1', 1)", "not-your-role");
	assert_null(store_prepare(store, "SELECT cents FROM pay", &test_error));
	store_act_as(store, "vic", NULL);
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-2')", "not-your-role");
	store_act_as(store, "eve", NULL);
	assert_string_equal(store_role(store), "");
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-2')", "no-actor");
	store_act_as(store, store_real_login(), "2026-11-21");
	must_run(store, "INSERT INTO pay (staff, cents) VALUES ('S-1', 1)");
	store_close(store);
}

static void published_office_keeps_its_people(void)
{
	store_act_as(open_as(NULL), "ann", NULL);
}

static void acting_as_another_ends_with_publishing(void **state)
{
	(void)state;
	make_office(test_migrations(NULL, NULL));
	must_end_program(published_office_keeps_its_people);
}

/* ---- bringing up to date ---- */

static const char add_colour[] = "ALTER TABLE thing ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';"
				 "UPDATE thing SET colour = 'blue' WHERE key = 'T-1';";

static void director_brings_the_office_up_to_date(void **state)
{
	struct store *store;

	(void)state;
	make_office(test_migrations(NULL, NULL));
	store = open_as(NULL);
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1'), ('T-2')");
	store_close(store);
	test_migrations(add_colour, "CREATE TABLE fourth (a TEXT) STRICT");
	store = open_as("dora");
	must_read(store, "SELECT group_concat(colour) FROM thing", "blue,red");
	must_read(store, "SELECT count(*) FROM fourth", "0");
	store_close(store);
	assert_int_equal(file_version(), 4);
}

static void new_column_is_guarded_and_audited(void **state)
{
	struct store *store;

	(void)state;
	make_office(test_migrations(NULL, NULL));
	test_migrations(add_colour, NULL);
	store = open_as("dora");
	must_run(store, "INSERT INTO thing (key, colour) VALUES ('T-1', 'green')");
	must_read(
		store, "SELECT after FROM audit WHERE type = 'thing'", "key='T-1'\ncolour='green'");
	must_refuse(store, "UPDATE thing SET colour = 'red'", "stale");
	store_close(store);
}

static void only_the_director_brings_the_office_up_to_date(void **state)
{
	(void)state;
	make_office(test_migrations(NULL, NULL));
	test_migrations(add_colour, NULL);
	must_not_open("ann", "needs to be brought up to date by the director");
	must_not_open("eve", "eve has no active account");
	assert_int_equal(file_version(), 2);
	store_close(open_as(NULL));
	store_close(open_as("ann"));
}

static void failing_migration_changes_nothing(void **state)
{
	struct store *store;

	(void)state;
	make_office(test_migrations(NULL, NULL));
	test_migrations("CREATE TABLE third (a TEXT) STRICT", "INSERT INTO nowhere VALUES (1)");
	must_not_open(NULL, "could not be brought up to date by data/migrations/0004-fourth.sql");
	assert_int_equal(file_version(), 2);
	test_migrations(NULL, NULL);
	store = open_as(NULL);
	must_read(store, "SELECT count(*) FROM sqlite_schema WHERE name = 'third'", "0");
	must_refuse(store, "UPDATE user SET active = 1", "stale");
	store_close(store);
}

static void migration_that_breaks_a_reference_changes_nothing(void **state)
{
	(void)state;
	make_office(test_migrations(NULL, NULL));
	test_migrations("CREATE TABLE broken (a TEXT REFERENCES staff (key) "
			"DEFERRABLE INITIALLY DEFERRED) STRICT;"
			"PRAGMA writable_schema = ON;"
			"INSERT INTO broken VALUES ('S-1');",
		NULL);
	must_not_open(NULL, "a row of broken refers to a missing row of staff");
	assert_int_equal(file_version(), 2);
}

static void full_disk_makes_no_office(void **state)
{
	(void)state;
	test_migrations("CREATE TABLE big (a TEXT) STRICT; PRAGMA max_page_count = 1;"
			"INSERT INTO big VALUES (hex(zeroblob(1000000)));",
		NULL);
	must_not_create("The disk is full");
	assert_int_equal(rmdir(test_directory), 0);
}

static void program_that_outlived_an_upgrade_writes_nothing(void **state)
{
	struct store *old, *new;

	(void)state;
	make_office(test_migrations(NULL, NULL));
	old = open_as(NULL);
	test_migrations(add_colour, NULL);
	new = open_as(NULL);
	store_close(new);
	assert_false(store_begin(old, &test_error));
	assert_non_null(strstr(test_error.text, "brought up to date by a newer mso"));
	assert_false(store_in_transaction(old));
	store_close(old);
}

static void all_migrations_of_the_program_run(void **state)
{
	struct store_options options = {.path = test_path};
	struct store *store = store_create(&options, &test_error);

	(void)state;
	if (store == NULL)
		fail_msg("%s", test_error.text);
	assert_true(store_publish(store, &test_error));
	store_close(store);
	store = store_open(&options, &test_error);
	if (store == NULL)
		fail_msg("%s", test_error.text);
	must_read(store, "SELECT role FROM me", "director");
	store_close(store);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIRECTORY(new_office_appears_when_it_is_published),
		IN_DIRECTORY(office_that_is_not_published_leaves_nothing),
		IN_DIRECTORY(real_login_is_the_first_director_and_audited),
		IN_DIRECTORY(existing_file_is_never_replaced),
		IN_DIRECTORY(what_a_crash_left_is_built_anew),
		IN_DIRECTORY(two_do_not_make_the_same_office),
		IN_DIRECTORY(journal_of_an_office_that_is_gone_is_not_replayed),
		IN_DIRECTORY(place_that_cannot_be_written_is_named),
		IN_DIRECTORY(unpublished_office_has_a_history_of_many_people),
		IN_DIRECTORY(acting_as_another_ends_with_publishing),
		IN_DIRECTORY(director_brings_the_office_up_to_date),
		IN_DIRECTORY(new_column_is_guarded_and_audited),
		IN_DIRECTORY(only_the_director_brings_the_office_up_to_date),
		IN_DIRECTORY(failing_migration_changes_nothing),
		IN_DIRECTORY(migration_that_breaks_a_reference_changes_nothing),
		IN_DIRECTORY(full_disk_makes_no_office),
		IN_DIRECTORY(program_that_outlived_an_upgrade_writes_nothing),
		IN_DIRECTORY(all_migrations_of_the_program_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
