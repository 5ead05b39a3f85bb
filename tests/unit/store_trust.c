/*
 * store_trust.c - proves that nobody who is bound by the rules of an office gets past them with a
 * backup of their own making, and that an honest one always comes back. GPL-3.0-or-later.
 */
#include "store_restoring.h"

#include <errno.h>
#include <inttypes.h>

#include "store/migrate.h"

enum { NOBODY = 65534 };

static void chown_if_there(const char *path)
{
	if (chown(path, NOBODY, NOBODY) != 0)
		assert_int_equal(errno, ENOENT);
}

/* "" or the sentence, as somebody who is not root gets it. */
static const char *restore_as_person(const char *file)
{
	static char sentence[sizeof test_error.text];
	char place[100];
	ssize_t length;
	int ends[2], status;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	if (getuid() == 0) {
		assert_int_equal(chown(test_directory, NOBODY, NOBODY), 0);
		assert_int_equal(chown(test_path, NOBODY, NOBODY), 0);
		assert_int_equal(chown(backup_path, NOBODY, NOBODY), 0);
		snprintf(place, sizeof place, "%s/backups", test_directory);
		assert_int_equal(chown(place, NOBODY, NOBODY), 0);
		snprintf(place, sizeof place, "%s/backups/.office.sha256", test_directory);
		assert_int_equal(chown(place, NOBODY, NOBODY), 0);
		chown_if_there(beside("-copy"));
	}
	child = fork();
	if (child == 0) {
		if (getuid() == 0 && (setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
					     setresuid(NOBODY, NOBODY, NOBODY) != 0))
			_exit(2);
		if (!restore(file) && write(ends[1], test_error.text, strlen(test_error.text)) < 0)
			_exit(2);
		_exit(0);
	}
	close(ends[1]);
	length = read(ends[0], sentence, sizeof sentence - 1);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	sentence[length > 0 ? length : 0] = '\0';
	return sentence;
}

static int make_whole_office(void **state)
{
	known = embedded_files;
	make_directory(state);
	make_office(embedded_files);
	return 0;
}

/* Where others may write, as in the office's program, root alone is not bound. */
static int make_shared_office(void **state)
{
	make_whole_office(state);
	return chmod(test_path, 0660);
}

static int make_shared_test_office(void **state)
{
	make_known_office(state);
	return chmod(test_path, 0660);
}

static void must_refuse_person(const char *file, const char *sentence)
{
	const char *said = restore_as_person(file);

	if (strstr(said, sentence) == NULL ||
		strstr(said, ", and only root may put it in place. Nothing was replaced.") == NULL)
		fail_msg("\"%s\" has no \"%s\"", said, sentence);
}

static void must_be_unknown(void)
{
	must_refuse_person(beside("-copy"),
		"-copy cannot be restored: it is none of the backups that this "
		"office has made, or was changed since, and only");
}

static const char *backup_name_of(void)
{
	return strrchr(backup_path, '/') + 1;
}

/* Root puts the copy in its place and is told of it; and of the backup nothing. */
static void must_be_told(const char *reason)
{
	if (getuid() != 0)
		return;
	must_restore(beside("-copy"));
	assert_non_null(restored.doubt);
	if (strstr(restored.doubt, reason) == NULL)
		fail_msg("\"%s\" has no \"%s\"", restored.doubt, reason);
	must_restore(backup_path);
	assert_null(restored.doubt);
}

static void copy_and_change(const char *sql)
{
	copy_file(backup_path, beside("-copy"));
	change_file(beside("-copy"), sql);
}

static void others_rules_are_for_root_alone(void **state)
{
	static const char *const changes[][2] = {
		{"DROP TRIGGER guard_client_update", "(trigger guard_client_update is missing)"},
		{"DROP TRIGGER guard_client_update; "
		 "CREATE TRIGGER guard_client_update AFTER UPDATE ON client BEGIN SELECT 1; END",
			"(trigger guard_client_update is not as this program makes it)"},
		{"DROP VIEW binding", "(view binding is missing)"},
		{"CREATE TRIGGER mine AFTER UPDATE ON client BEGIN SELECT 1; END",
			"(trigger mine is not one that this program makes)"},
		{"CREATE TRIGGER search_mine AFTER UPDATE ON client BEGIN SELECT 1; END",
			"(trigger search_mine is not one that this program makes)"},
		{"CREATE INDEX search_mine ON client (name)",
			"(index search_mine is not one that this program makes)"},
	};

	(void)state;
	must_make_backup();
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		copy_and_change(changes[i][0]);
		must_be_unknown();
		must_be_told(changes[i][1]);
	}
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		copy_file(backup_path, beside("-copy"));
		change_file(backup_path, changes[i][0]);
		must_refuse_person(backup_name_of(), changes[i][1]);
		copy_file(beside("-copy"), backup_path);
	}
	assert_string_equal(restore_as_person(beside("-copy")), "");
}

/* Whose file it is may do with it what they like, and hears what they do. */
static void owner_of_a_private_file_is_told_like_root(void **state)
{
	(void)state;
	must_make_backup();
	copy_and_change("DROP VIEW binding");
	assert_string_equal(restore_as_person(beside("-copy")), "");
	assert_int_equal(number_in(test_path, "SELECT count(*) FROM sqlite_schema "
					      "WHERE name = 'binding'"),
		0);
}

/* The triggers stand as they were, and the history is whole. */
static void records_of_another_program_are_for_root_alone(void **state)
{
	static const char *const changes[][2] = {
		{"UPDATE policy SET amount = 90000000 WHERE name = 'approval-limit'",
			"another program changed it (policy approval-limit is not as its history "
			"leads to: amount)"},
		{"DELETE FROM user WHERE login = 'bob'",
			"(user bob is gone without a trace in the history)"},
		{"INSERT INTO may_write VALUES ('user', 'staff')", "(may_write says otherwise"},
		{"UPDATE office_table SET private = '' WHERE name = 'staff_pay'",
			"(office_table says otherwise"},
	};

	(void)state;
	must_make_backup();
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		copy_and_change(changes[i][0]);
		must_be_unknown();
		must_be_told(changes[i][1]);
	}
}

static int make_office_with_rules_asked_again(void **state)
{
	known = test_migrations("CREATE VIEW broken_rule AS SELECT 'too-dear' AS code, "
				"'thing' AS type, key FROM thing WHERE cents > 100000",
		NULL);
	make_directory(state);
	make_office(known);
	return chmod(test_path, 0660);
}

/* A trigger that was away for a while lets a row pass, history and all. */
static void records_against_a_rule_are_for_root_alone(void **state)
{
	struct store *store;

	(void)state;
	add_thing("T-1");
	change_file(test_path, "DROP TRIGGER thing_is_cheap");
	chmod(test_path, 0600);
	store = open_as(NULL);
	must_run(store, "UPDATE thing SET cents = 100001, version = 2");
	store_close(store);
	chmod(test_path, 0660);
	change_file(test_path, "CREATE TRIGGER thing_is_cheap BEFORE UPDATE ON thing BEGIN"
			       "\tSELECT RAISE (ABORT, 'over-limit') WHERE NEW.cents > 100000;"
			       "END;");
	must_make_backup();
	copy_and_change("INSERT INTO sequence VALUES ('mine', 7)");
	must_be_unknown();
	must_be_told("a rule of the office is broken in it (thing T-1: too-dear)");
}

static void history_of_another_office_is_for_root_alone(void **state)
{
	(void)state;
	must_make_backup();
	add_thing("T-1");
	copy_file(test_path, beside("-copy"));
	change_file(beside("-copy"), "PRAGMA journal_mode = DELETE");
	must_restore(backup_path);
	add_thing("T-2");
	must_be_unknown();
	if (getuid() == 0) {
		must_restore(beside("-copy"));
		assert_false(restored.same_history);
	}
}

/* What has no history shows nowhere, and still is what rules rest on. */
static void changes_that_no_look_finds_are_for_root_alone(void **state)
{
	(void)state;
	must_make_backup();
	copy_and_change("INSERT INTO sequence VALUES ('mine', 7)");
	must_be_unknown();
}

/* What comes from home is the office as it was, however far it has gone on. */
static void honest_copy_comes_back_when_the_office_has_gone_on(void **state)
{
	(void)state;
	must_make_backup();
	copy_file(backup_path, beside("-copy"));
	add_thing("T-1");
	assert_string_equal(restore_as_person(beside("-copy")), "");
	assert_int_equal(count_things(test_path), 0);
	add_thing("T-1");
	assert_string_equal(restore_as_person(backup_name_of()), "");
	assert_int_equal(count_things(test_path), 0);
}

/* As the oldest ones are in time. */
static void honest_copy_comes_back_when_the_backup_is_gone(void **state)
{
	(void)state;
	must_make_backup();
	copy_file(backup_path, beside("-copy"));
	add_thing("T-1");
	must_make_backup();
	assert_int_equal(unlink(backup_path), 0);
	must_make_backup();
	assert_string_equal(restore_as_person(beside("-copy")), "");
	assert_int_equal(count_things(test_path), 0);
}

static void honest_copy_comes_back_to_a_damaged_office(void **state)
{
	(void)state;
	must_make_backup();
	copy_file(backup_path, beside("-copy"));
	damage_table(test_path, "audit");
	unlink(beside("-wal"));
	unlink(beside("-shm"));
	assert_string_equal(restore_as_person(beside("-copy")), "");
}

static void older_copy_comes_back_to_a_newer_office(void **state)
{
	(void)state;
	add_thing("T-1");
	must_make_backup();
	copy_file(backup_path, beside("-copy"));
	test_migrations("ALTER TABLE thing ADD COLUMN colour TEXT NOT NULL DEFAULT ''", NULL);
	store_close(open_as(NULL));
	add_thing("T-2");
	assert_string_equal(restore_as_person(beside("-copy")), "");
	assert_int_equal(number_in(test_path, "PRAGMA user_version"), 2);
	assert_int_equal(count_things(test_path), 1);
	change_file(beside("-copy"), "UPDATE thing SET name = 'past the triggers'");
	must_be_unknown();
	must_be_told("(thing T-1 is not as its history leads to: name)");
}

/* The program's own migrations up to a version. */
static const struct embedded_file *migrations_until(int64_t last)
{
	static struct embedded_file files[64];
	size_t count = 0;
	int64_t number;

	memset(files, 0, sizeof files);
	for (const struct embedded_file *file = embedded_files; file->path != NULL; file++) {
		if (sscanf(file->path, "data/migrations/%" SCNd64, &number) != 1 || number > last)
			continue;
		files[count++] = *file;
		assert_true(count < sizeof files / sizeof *files);
	}
	return files;
}

static void must_come_back(const char *file, int64_t version)
{
	const char *sentence = restore_as_person(file);

	if (sentence[0] != '\0')
		fail_msg("%s, of schema %d: \"%s\"", file, (int)version, sentence);
	assert_int_equal(number_in(test_path, "PRAGMA user_version"), version);
}

/* Of each there was since the history has its chain. */
static void every_older_schema_is_known(void **state)
{
	enum { WITH_CHAIN = 9 };

	(void)state;
	for (int64_t version = WITH_CHAIN; version < migrate_newest(embedded_files); version++) {
		remove_directory(state);
		make_directory(state);
		known = embedded_files;
		make_office(migrations_until(version));
		chmod(test_path, 0660);
		must_make_backup();
		copy_file(backup_path, beside("-copy"));
		must_come_back(beside("-copy"), version);
		must_come_back(backup_name_of(), version);
	}
}

/* An office without records, as one was made before there was a chain. */
static void make_unchained(const char *path, int64_t version)
{
	struct identity identity;
	char mark[100];
	sqlite3 *db;

	assert_true(identity_start(&identity, NULL, "2026-11-21", &test_error));
	close(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0660));
	db = connection_open(path, false, &identity, &test_error);
	snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
		OFFICE_APPLICATION_ID, (int)version);
	assert_true(connection_run(db, "BEGIN", &test_error) &&
		    migrate_bare(db, embedded_files, version, &test_error) &&
		    connection_run(db, mark, &test_error));
	sqlite3_close(db);
	identity_end(&identity);
}

static void schema_without_a_chain_is_known(void **state)
{
	enum { BEFORE_CHAIN = 8 };

	(void)state;
	must_make_backup();
	copy_file(test_path, beside("-kept"));
	for (int64_t version = 1; version <= BEFORE_CHAIN; version++) {
		make_unchained(beside("-copy"), version);
		must_be_unknown();
		assert_int_equal(unlink(backup_path), 0);
		copy_file(beside("-copy"), backup_path);
		must_come_back(backup_name_of(), version);
		copy_file(beside("-kept"), test_path);
	}
}

/* Litestream keeps two tables in what it copies; what acts by itself is never its own. */
static void tables_of_litestream_are_no_rules(void **state)
{
	(void)state;
	must_make_backup();
	change_file(backup_path,
		"CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER); "
		"CREATE TABLE _litestream_lock (id INTEGER)");
	assert_string_equal(restore_as_person(backup_name_of()), "");
	change_file(backup_path, "CREATE TABLE litestream_lock (id INTEGER)");
	must_refuse_person(backup_name_of(), "(table litestream_lock is not ");
	change_file(backup_path,
		"DROP TABLE litestream_lock; "
		"CREATE TRIGGER _litestream_x AFTER UPDATE ON client BEGIN SELECT 1; END");
	must_refuse_person(backup_name_of(), "(trigger _litestream_x is not ");
}

static void rules_of_an_older_schema_are_known(void **state)
{
	static const char *const changes[][2] = {
		{"DROP TRIGGER thing_is_cheap",
			"its rules are not those of this program (trigger thing_is_cheap is "
			"missing)"},
		{"CREATE TRIGGER guard_mine AFTER UPDATE ON thing BEGIN SELECT 1; END",
			"(trigger guard_mine is not one that this program makes)"},
	};

	(void)state;
	must_make_backup();
	test_migrations("CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT", NULL);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		copy_and_change(changes[i][0]);
		must_be_told(changes[i][1]);
		copy_file(backup_path, beside("-copy"));
		change_file(backup_path, changes[i][0]);
		must_refuse_person(backup_name_of(), changes[i][1]);
		copy_file(beside("-copy"), backup_path);
	}
}

/* An older program may have made its guards otherwise, and they are made anew. */
static void guards_of_an_older_schema_are_not_judged(void **state)
{
	(void)state;
	must_make_backup();
	test_migrations("CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT", NULL);
	change_file(backup_path, "DROP TRIGGER guard_thing_update");
	assert_string_equal(restore_as_person(backup_name_of()), "");
	store_close(open_as(NULL));
	assert_int_equal(number_in(test_path, "SELECT count(*) FROM sqlite_schema "
					      "WHERE name = 'guard_thing_update'"),
		1);
}

/* Root neither: the office would never open. */
static void what_no_migration_leads_on_from_is_refused_to_all(void **state)
{
	(void)state;
	must_make_backup();
	copy_and_change("PRAGMA user_version = 1");
	chmod(test_path, 0600);
	must_not_restore(beside("-copy"), "it is no office of the schema that it names, number 1 "
					  "(office_table says otherwise");
	test_migrations("CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT", NULL);
	copy_and_change("CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT");
	must_not_restore(beside("-copy"), "it names schema number 2, and this program cannot bring "
					  "it up to date (table third already exists).");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_IN(make_shared_office, others_rules_are_for_root_alone),
		TEST_IN(make_whole_office, owner_of_a_private_file_is_told_like_root),
		TEST_IN(make_shared_office, records_of_another_program_are_for_root_alone),
		TEST_IN(make_office_with_rules_asked_again,
			records_against_a_rule_are_for_root_alone),
		TEST_IN(make_shared_test_office, history_of_another_office_is_for_root_alone),
		TEST_IN(make_shared_office, changes_that_no_look_finds_are_for_root_alone),
		TEST_IN(make_shared_test_office, honest_copy_comes_back_when_the_backup_is_gone),
		TEST_IN(make_shared_test_office, honest_copy_comes_back_to_a_damaged_office),
		TEST_IN(make_shared_test_office,
			honest_copy_comes_back_when_the_office_has_gone_on),
		TEST_IN(make_shared_test_office, older_copy_comes_back_to_a_newer_office),
		TEST_IN(make_directory, every_older_schema_is_known),
		TEST_IN(make_shared_office, schema_without_a_chain_is_known),
		TEST_IN(make_shared_office, tables_of_litestream_are_no_rules),
		TEST_IN(make_shared_test_office, rules_of_an_older_schema_are_known),
		TEST_IN(make_shared_test_office, guards_of_an_older_schema_are_not_judged),
		TEST_IN(make_shared_test_office, what_no_migration_leads_on_from_is_refused_to_all),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
