/*
 * store_restore.c - proves that a backup takes the place of an office only when it is sound and
 * nobody is in the office, that nothing is lost on the way, and that a damaged office is written no
 * more. GPL-3.0-or-later.
 */
#include "store_restoring.h"

#include "store/restore_parts.h"

/* ---- putting back ---- */

static void backup_takes_the_place_and_the_office_is_kept_beside(void **state)
{
	struct stat about;

	(void)state;
	add_thing("T-1");
	must_make_backup();
	add_thing("T-2");
	add_thing("T-3");
	must_restore(backup_path);
	assert_int_equal(count_things(test_path), 1);
	assert_int_equal(count_things(restored.replaced), 3);
	assert_int_equal(stat(test_path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_true(file_exists(backup_path));
	add_thing("T-2");
	assert_int_equal(count_things(test_path), 2);
}

static void what_is_newer_is_told(void **state)
{
	char key[16];

	(void)state;
	must_make_backup();
	must_restore(backup_path);
	assert_true(restored.compared && restored.same_history);
	assert_int_equal(restored.newer, 0);
	for (int i = 1; i <= 12; i++) {
		snprintf(key, sizeof key, "T-%d", i);
		add_thing(key);
	}
	must_restore(backup_path);
	assert_true(restored.compared && restored.same_history);
	assert_int_equal(restored.newer, 12);
	assert_int_equal(restored.change_count, RESTORE_TOLD);
	assert_string_equal(restored.changes[0].key, "T-12");
	assert_string_equal(restored.changes[9].key, "T-3");
	assert_string_equal(restored.changes[0].operation, "insert");
	assert_string_equal(restored.changes[0].type, "thing");
	assert_string_equal(restored.changes[0].at, "2026-11-21T12:00:00Z");
	assert_string_equal(restored.changes[0].who, store_real_login());
}

static void another_history_is_told(void **state)
{
	char replaced[200];

	(void)state;
	must_make_backup();
	add_thing("T-1");
	must_restore(backup_path);
	add_thing("T-2");
	snprintf(replaced, sizeof replaced, "%s", restored.replaced);
	must_restore(replaced);
	assert_true(restored.compared);
	assert_false(restored.same_history || restored.unused);
}

static void replaced_office_opens_only_after_it_was_restored(void **state)
{
	char replaced[sizeof test_path];

	(void)state;
	must_make_backup();
	add_thing("T-1");
	must_restore(backup_path);
	assert_true(strlen(restored.replaced) < sizeof replaced);
	memcpy(replaced, restored.replaced, strlen(restored.replaced) + 1);
	memcpy(test_path, replaced, strlen(replaced) + 1);
	must_not_open(NULL, "was replaced by a restored backup");
	snprintf(test_path, sizeof test_path, "%s/office.db", test_directory);
	must_restore(replaced);
	assert_int_equal(count_things(test_path), 1);
	assert_true(restored.same_history);
	assert_int_equal(restored.newer, 0);
	add_thing("T-2");
	assert_string_not_equal(restored.replaced, replaced);
}

static void backup_goes_by_its_name(void **state)
{
	(void)state;
	must_make_backup();
	add_thing("T-1");
	must_restore(strrchr(backup_path, '/') + 1);
	assert_int_equal(count_things(test_path), 0);
}

static void older_office_is_migrated_by_the_next_director(void **state)
{
	(void)state;
	must_make_backup();
	test_migrations("CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT;", NULL);
	store_close(open_as(NULL));
	must_restore(backup_path);
	assert_true(restored.older);
	assert_int_equal(number_in(test_path, "PRAGMA user_version"), 2);
	must_not_open("ann", "needs to be brought up to date by the director");
	store_close(open_as("dora"));
	assert_int_equal(number_in(test_path, "PRAGMA user_version"), 3);
}

static void missing_office_is_put_back_without_its_stale_journal(void **state)
{
	int file;

	(void)state;
	add_thing("T-1");
	must_make_backup();
	assert_int_equal(unlink(test_path), 0);
	file = open(beside("-wal"), O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(file, "left of another", 15), 15);
	close(file);
	must_restore(backup_path);
	assert_null(restored.replaced);
	assert_int_equal(count_things(test_path), 1);
}

/* A process that dies leaves its journal: those saves belong to the office that is replaced. */
static void journal_of_a_crash_goes_with_the_replaced_office(void **state)
{
	pid_t child;
	int status;

	(void)state;
	must_make_backup();
	child = fork();
	if (child == 0) {
		struct store *store = open_as(NULL);

		must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_true(file_exists(beside("-wal")));
	must_restore(backup_path);
	assert_int_equal(count_things(test_path), 0);
	assert_int_equal(count_things(restored.replaced), 1);
	assert_int_equal(restored.newer, 1);
}

static void damaged_office_is_replaced_and_kept(void **state)
{
	(void)state;
	add_thing("T-1");
	must_make_backup();
	assert_int_equal(truncate(test_path, 5000), 0);
	must_restore(backup_path);
	assert_false(restored.compared);
	assert_int_equal(count_things(test_path), 1);
	assert_true(file_exists(restored.replaced));
	assert_int_equal(truncate(test_path, 0), 0);
	must_restore(backup_path);
	assert_int_equal(count_things(test_path), 1);
}

/* ---- refusals ---- */

static void nothing_is_replaced_while_somebody_is_in(void **state)
{
	struct store *store;

	(void)state;
	connection_patience_ms = 50;
	must_make_backup();
	store = open_as("ann");
	must_not_restore(backup_path, "Somebody has the office open");
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_not_restore(backup_path, "Somebody has the office open");
	store_close(store);
	must_restore(backup_path);
}

static void nothing_is_replaced_while_another_is_restored(void **state)
{
	int other;

	(void)state;
	must_make_backup();
	other = directory_lock(test_directory, 0);
	assert_true(other >= 0);
	must_not_restore(backup_path, "Another backup is just being restored here.");
	close(other);
	must_restore(backup_path);
}

/* Another program's connection that only reads, in another process. */
static void reader_of_another_program_is_somebody(void **state)
{
	int to_child[2], to_parent[2], status;
	char byte = 0;
	pid_t child;

	(void)state;
	connection_patience_ms = 50;
	must_make_backup();
	assert_int_equal(pipe(to_child), 0);
	assert_int_equal(pipe(to_parent), 0);
	child = fork();
	if (child == 0) {
		sqlite3 *db;

		sqlite3_open(test_path, &db);
		sqlite3_exec(db, "BEGIN; SELECT count(*) FROM thing", NULL, NULL, NULL);
		if (write(to_parent[1], "x", 1) == 1 && read(to_child[0], &byte, 1) == 1)
			_exit(0);
		_exit(1);
	}
	assert_int_equal(read(to_parent[0], &byte, 1), 1);
	must_not_restore(backup_path, "Somebody has the office open");
	assert_int_equal(write(to_child[1], "x", 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	must_restore(backup_path);
}

static void unsound_files_are_refused(void **state)
{
	static const char *const changes[][2] = {
		{"PRAGMA user_version = 9999", "it is of a newer mso"},
		{"PRAGMA user_version = 0", "it is no complete office"},
		{"PRAGMA application_id = 7", "it is no office file of mso"},
		{"INSERT INTO thing (key, part_of) VALUES ('T-1', 'none')",
			"referred to is not there, from a row of thing"},
		{"UPDATE audit SET who = 'mallory' WHERE id = 2", "its history is broken"},
	};

	(void)state;
	must_make_backup();
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		copy_file(backup_path, beside("-copy"));
		change_file(beside("-copy"), changes[i][0]);
		must_not_restore(beside("-copy"), changes[i][1]);
	}
	copy_file(backup_path, beside("-copy"));
	damage_table(beside("-copy"), "note");
	must_not_restore(beside("-copy"), "cannot be restored: it is damaged");
	copy_file(backup_path, beside("-copy"));
	assert_int_equal(truncate(beside("-copy"), 8192), 0);
	must_not_restore(
		beside("-copy"), "cannot be restored: it is cut short, or damaged otherwise");
	copy_file("/proc/self/exe", beside("-copy"));
	must_not_restore(beside("-copy"), "it is no office file, or its beginning is damaged");
	assert_int_equal(truncate(beside("-copy"), 0), 0);
	must_not_restore(beside("-copy"), "it is no office file of mso");
	must_not_restore(beside("-none"), "cannot be read");
	must_not_restore(test_directory, "is a directory");
}

static void office_itself_and_offices_at_work_are_no_backups(void **state)
{
	int file;

	(void)state;
	must_make_backup();
	must_not_restore(test_path, "is the office itself");
	copy_file(backup_path, beside("-copy"));
	file = open(beside("-copy-wal"), O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(file, "saves", 5), 5);
	close(file);
	must_not_restore(beside("-copy"), "it is an office at work and no backup");
}

/* At once: whoever waits for the writer of a pipe is ended. */
static void only_ordinary_files_are_restored(void **state)
{
	char pipe_path[200];

	(void)state;
	must_make_backup();
	snprintf(pipe_path, sizeof pipe_path, "%s/backups/pipe", test_directory);
	assert_int_equal(mkfifo(pipe_path, 0600), 0);
	alarm(20);
	must_not_restore(pipe_path, "is no ordinary file");
	must_not_restore("pipe", "is no ordinary file");
	must_not_restore("-", "is no ordinary file");
	must_not_restore("", "There is no name of a backup");
	alarm(0);
}

static void other_database_is_never_replaced(void **state)
{
	(void)state;
	must_make_backup();
	change_file(test_path, "PRAGMA application_id = 7");
	must_not_restore(backup_path, "a database of another program");
	assert_int_equal(number_in(test_path, "PRAGMA application_id"), 7);
}

/* ---- who comes meanwhile ---- */

/* Opens and saves until told to end; every save that was taken is written to the pipe. */
static void keep_saving(int tell)
{
	struct store_options options = {.path = test_path, .today = "2026-11-21"};
	struct error err;
	char sql[80];

	for (int i = 1;; i++) {
		struct store *store = store_open_with(&options, test_files, &err);

		snprintf(sql, sizeof sql, "INSERT INTO thing (key) VALUES ('T-%d')", i);
		if (store != NULL && store_run(store, sql, &err) &&
			write(tell, &i, sizeof i) != (ssize_t)sizeof i)
			_exit(0);
		store_close(store);
	}
}

/* A taken save is in the office, or in the one that was replaced after it. */
static void saves_are_in_the_office_or_in_the_replaced_one(void **state)
{
	enum { ROUNDS = 6 };
	int ends[2], saved, done = 0;
	char replaced[ROUNDS][200], sql[100];
	bool taken[20000] = {false};
	int last = 0, status;
	pid_t child;

	(void)state;
	connection_patience_ms = 100;
	must_make_backup();
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0)
		keep_saving(ends[1]);
	close(ends[1]);
	while (done < ROUNDS) {
		/* At least one save between two restores. */
		assert_int_equal(read(ends[0], &saved, sizeof saved), sizeof saved);
		taken[last = saved] = true;
		if (restore(backup_path))
			snprintf(replaced[done++], sizeof *replaced, "%s", restored.replaced);
	}
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	while (read(ends[0], &saved, sizeof saved) == (ssize_t)sizeof saved)
		taken[last = saved] = true;
	for (int i = 1; i <= last; i++) {
		int64_t found = 0;

		if (!taken[i])
			continue;
		snprintf(sql, sizeof sql, "SELECT count(*) FROM thing WHERE key = 'T-%d'", i);
		for (int round = 0; round < ROUNDS && found == 0; round++)
			found = number_in(replaced[round], sql);
		if (found == 0 && number_in(test_path, sql) == 0)
			fail_msg("save %d of %d is in no office", i, last);
	}
	for (int round = 0; round < ROUNDS; round++)
		assert_int_equal(
			number_in(replaced[round], "SELECT count(*) FROM pragma_integrity_check "
						   "WHERE integrity_check <> 'ok'"),
			0);
}

/*
 * Who waits to open the office that is replaced would take a journal at its path for its own, and
 * undo with it what is no longer its office.
 */
static void holding_leaves_no_journal_at_the_path(void **state)
{
	struct restoring restoring = {.office = test_path, .exists = true, .holder = {.file = -1}};

	(void)state;
	assert_int_equal(stat(test_path, &restoring.about), 0);
	assert_true(identity_start(&restoring.identity, NULL, "2026-11-21", &test_error));
	assert_true(hold_office(&restoring, &test_error));
	assert_true(mark_replaced(&restoring, true, &test_error));
	assert_false(file_exists(beside("-journal")));
	assert_false(file_exists(beside("-wal")));
	release_office(&restoring);
	identity_end(&restoring.identity);
	must_not_open(NULL, "was replaced by a restored backup");
}

/* ---- a damaged office ---- */

static void damaged_office_is_written_no_more(void **state)
{
	struct store *store;

	(void)state;
	add_thing("T-1");
	must_make_backup();
	damage_table(test_path, "note");
	store = open_as(NULL);
	must_run(store, "UPDATE thing SET name = 'still good', version = 2 WHERE key = 'T-1'");
	assert_false(store_damaged(store, NULL));
	assert_int_equal(store_integer(store, "SELECT sum(arrow) FROM note", NULL, -1), -1);
	assert_true(store_damaged(store, &test_error));
	assert_string_equal(test_error.code, "damaged");
	assert_non_null(strstr(test_error.text, "`mso restore office-2026-11-21T120000Z-"));
	memset(&test_error, 0, sizeof test_error);
	assert_false(store_begin(store, &test_error));
	assert_string_equal(test_error.code, "damaged");
	assert_non_null(strstr(test_error.text, "nothing more is saved in it"));
	must_refuse(store, "UPDATE thing SET version = 3 WHERE key = 'T-1'", "damaged");
	must_read(store, "SELECT name FROM thing", "still good");
	store_close(store);
	must_restore(strrchr(backup_path, '/') + 1);
	store = open_as(NULL);
	must_run(store, "INSERT INTO note (key) VALUES ('N-1')");
	store_close(store);
}

/* What is found in the middle of a transaction ends that, too. */
static void transaction_that_meets_damage_saves_nothing(void **state)
{
	struct store *store;

	(void)state;
	must_make_backup();
	damage_table(test_path, "note");
	store = open_as(NULL);
	assert_true(store_begin(store, &test_error));
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	must_refuse(store, "INSERT INTO note (key) VALUES ('N-1')", "damaged");
	assert_false(store_commit(store, &test_error));
	must_read(store, "SELECT count(*) FROM thing", "0");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(backup_takes_the_place_and_the_office_is_kept_beside),
		TEST(what_is_newer_is_told),
		TEST(another_history_is_told),
		TEST(replaced_office_opens_only_after_it_was_restored),
		TEST(backup_goes_by_its_name),
		TEST(older_office_is_migrated_by_the_next_director),
		TEST(missing_office_is_put_back_without_its_stale_journal),
		TEST(journal_of_a_crash_goes_with_the_replaced_office),
		TEST(damaged_office_is_replaced_and_kept),
		TEST(nothing_is_replaced_while_somebody_is_in),
		TEST(nothing_is_replaced_while_another_is_restored),
		TEST(reader_of_another_program_is_somebody),
		TEST(unsound_files_are_refused),
		TEST(office_itself_and_offices_at_work_are_no_backups),
		TEST(only_ordinary_files_are_restored),
		TEST(other_database_is_never_replaced),
		TEST(saves_are_in_the_office_or_in_the_replaced_one),
		TEST(holding_leaves_no_journal_at_the_path),
		TEST(damaged_office_is_written_no_more),
		TEST(transaction_that_meets_damage_saves_nothing),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
