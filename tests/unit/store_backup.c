/*
 * store_backup.c - proves that a backup is whole or is none, that the right ones are kept, and that
 * what goes wrong on the way leaves the older ones alone. GPL-3.0-or-later.
 */
#include "store_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "store/backup_parts.h"

enum { NOW = 1795269787 }; /* 2026-11-21T14:03:07Z */

static char place[160];

/* "…/backups/NAME", or the directory itself for "". */
static const char *in_backups(const char *name)
{
	snprintf(place, sizeof place, "%s/backups/%s", test_directory, name);
	return place;
}

static struct store_options options_at(const char *today)
{
	return (struct store_options){.path = test_path, .today = today};
}

static bool make(const char *today, struct backup_made *made)
{
	struct store_options options = options_at(today);

	memset(&test_error, 0, sizeof test_error);
	return backup_make(&options, made, &test_error);
}

static void must_make(const char *today)
{
	struct backup_made made;

	if (!make(today, &made))
		fail_msg("%s", test_error.text);
	free(made.path);
}

static void must_not_make(const char *sentence)
{
	struct backup_made made;

	assert_false(make("2026-11-21", &made));
	must_say(sentence);
	assert_null(made.path);
	assert_false(file_exists(in_backups("office.part")));
	assert_false(file_exists(in_backups("office.part-journal")));
}

static size_t count_backups(void)
{
	struct backups backups;
	size_t count;

	backups_list(test_path, NOW, &backups);
	count = backups.count;
	backups_free(&backups);
	return count;
}

static void add_things(const char *from, int count)
{
	struct store *store = open_as(NULL);
	char sql[400];

	snprintf(sql, sizeof sql,
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO thing (key, name) SELECT '%s' || i, 'a thing of ' || i FROM n",
		count, from);
	must_run(store, sql);
	store_close(store);
}

static void make_empty_file(const char *name)
{
	int file = open(in_backups(name), O_WRONLY | O_CREAT | O_EXCL, 0600);

	assert_true(file >= 0);
	close(file);
}

/* ---- names ---- */

static void name_tells_when(void **state)
{
	char *name = backup_name("/x/office.db", "2026-11-21T14:03:07Z", "0a1b2c3d4e5f");
	time_t when = 0;

	(void)state;
	assert_string_equal(name, "office-2026-11-21T140307Z-0a1b2c3d4e5f.db");
	assert_true(backup_name_read("/x/office.db", name, &when));
	assert_int_equal(when, 1795269787);
	free(name);
	name = backup_name("/x/my.office", "2026-11-21T14:03:07Z", "");
	assert_string_equal(name, "my.office-2026-11-21T140307Z.db");
	assert_true(backup_name_read("/x/my.office", name, &when));
	free(name);
}

static void other_files_are_no_backups(void **state)
{
	static const char *const names[] = {
		"office.db",
		"office.part",
		"office-.db",
		"office-2026-11-21T140307Z",
		"office-2026-11-21T140307Z.db-journal",
		"office-2026-11-21T140307Z.db.gz",
		"office-2026-02-30T140307Z.db",
		"office-2026-11-21T240307Z.db",
		"office-2026-11-21T140307Z-0a1b.db",
		"office-2026-11-21T140307Z-0A1B2C3D4E5F.db",
		"office-2026-11-21T140307Z-0a1b2c3d4e5f0.db",
		"office-schema-8-2026-11-21T140307Z.db",
		"demo-2026-11-21T140307Z.db",
		"office2-2026-11-21T140307Z.db",
		"",
	};
	time_t when;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (backup_name_read("/x/office.db", names[i], &when))
			fail_msg("\"%s\" is taken for a backup", names[i]);
}

/* ---- keeping ---- */

static void add_backup(int64_t day, int hour)
{
	char date[DATE_TEXT], instant[24], *name;

	date_from_days(day, date);
	snprintf(instant, sizeof instant, "%sT%02d:00:00Z", date, hour);
	name = backup_name(test_path, instant, "");
	make_empty_file(name);
	free(name);
}

/* The dates that are kept of those there are, newest first, as "2026-11-21 2026-11-20 ". */
static void kept_dates(char *out, size_t size)
{
	struct backups backups;
	size_t used = 0;

	backups_list(test_path, NOW, &backups);
	backups_keep(&backups);
	*out = '\0';
	for (size_t i = 0; i < backups.count; i++)
		if (backups.items[i].kept)
			used += (size_t)snprintf(out + used, size - used, "%.13s ",
				backups.items[i].name + strlen("office-"));
	backups_free(&backups);
}

static void days_and_months_are_kept_over_the_turn_of_the_year(void **state)
{
	int64_t last = date_days("2026-01-05");
	char kept[2000];

	(void)state;
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	/* Two on each of 500 days. */
	for (int64_t day = last - 499; day <= last; day++) {
		add_backup(day, 8);
		add_backup(day, 17);
	}
	kept_dates(kept, sizeof kept);
	assert_string_equal(kept,
		"2026-01-05T17 2026-01-04T17 2026-01-03T17 2026-01-02T17 2026-01-01T17 "
		"2025-12-31T17 2025-12-30T17 2025-12-29T17 2025-12-28T17 2025-12-27T17 "
		"2025-12-26T17 2025-12-25T17 2025-12-24T17 2025-12-23T17 "
		"2025-11-30T17 2025-10-31T17 2025-09-30T17 2025-08-31T17 2025-07-31T17 "
		"2025-06-30T17 2025-05-31T17 2025-04-30T17 2025-03-31T17 2025-02-28T17 ");
}

static void days_without_a_backup_count_for_nothing(void **state)
{
	char kept[2000];

	(void)state;
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	/* One each tenth day of a year and a half: 14 of them go back four and a half months. */
	for (int64_t day = date_days("2025-05-01"); day <= date_days("2026-11-02"); day += 10)
		add_backup(day, 12);
	kept_dates(kept, sizeof kept);
	assert_string_equal(kept,
		"2026-11-02T12 2026-10-23T12 2026-10-13T12 2026-10-03T12 2026-09-23T12 "
		"2026-09-13T12 2026-09-03T12 2026-08-24T12 2026-08-14T12 2026-08-04T12 "
		"2026-07-25T12 2026-07-15T12 2026-07-05T12 2026-06-25T12 "
		"2026-05-26T12 2026-04-26T12 2026-03-27T12 2026-02-25T12 2026-01-26T12 "
		"2025-12-27T12 ");
}

static void making_one_removes_what_need_not_be_kept(void **state)
{
	struct backup_made made;

	(void)state;
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	for (int64_t day = date_days("2026-10-01"); day <= date_days("2026-11-20"); day++)
		add_backup(day, 8);
	make_empty_file("office-schema-1-2026-01-01T000000Z.db");
	make_empty_file("demo-2026-01-01T000000Z.db");
	make_empty_file("notes.txt");
	assert_true(make("2026-11-21", &made));
	assert_int_equal(made.kept, 15); /* 14 days, and the last of October */
	assert_int_equal(made.removed, 37);
	assert_string_equal(made.oldest, "2026-10-31");
	free(made.path);
	assert_int_equal(count_backups(), 15);
	assert_true(file_exists(in_backups("office-schema-1-2026-01-01T000000Z.db")));
	assert_true(file_exists(in_backups("demo-2026-01-01T000000Z.db")));
	assert_true(file_exists(in_backups("notes.txt")));
}

static void list_of_all_has_those_from_before_a_migration(void **state)
{
	struct store_options options = options_at("2026-11-21");
	struct backups backups;
	char *path;

	(void)state;
	assert_true(backups_list_all(&options, &backups, &test_error));
	assert_int_equal(backups.count, 0);
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	make_empty_file("office-2026-11-20T080000Z.db");
	make_empty_file("office-schema-11-2026-11-20T090000Z-0a1b2c3d4e5f.db");
	make_empty_file("office-schema-2026-11-20T090000Z.db");
	make_empty_file("office-schema-11.db");
	assert_true(backups_list_all(&options, &backups, &test_error));
	assert_int_equal(backups.count, 2);
	assert_string_equal(
		backups.items[0].name, "office-schema-11-2026-11-20T090000Z-0a1b2c3d4e5f.db");
	assert_true(backups.items[0].before_migration);
	assert_false(backups.items[1].before_migration);
	backups_free(&backups);
	assert_int_equal(count_backups(), 1);
	path = backup_newest_path(test_path);
	assert_string_equal(
		strrchr(path, '/') + 1, "office-schema-11-2026-11-20T090000Z-0a1b2c3d4e5f.db");
	free(path);
}

/* A file stands where the directory of the backups belongs. */
static void make_file_for_directory(void)
{
	int file;

	snprintf(place, sizeof place, "%s/backups", test_directory);
	file = open(place, O_WRONLY | O_CREAT, 0600);
	assert_true(file >= 0);
	close(file);
}

static void directory_that_cannot_be_read_is_not_empty(void **state)
{
	struct store_options options = options_at("2026-11-21");
	struct backups backups;

	(void)state;
	make_file_for_directory();
	assert_false(backups_list_all(&options, &backups, &test_error));
	must_say("cannot be listed (Not a directory)");
	assert_int_equal(backups.count, 0);
}

static void must_not_found(const char *sentence)
{
	struct store_options options = options_at("2026-11-22");

	assert_null(store_create_with(&options, test_files, &test_error));
	must_say(sentence);
	assert_false(file_exists(test_path));
}

/* What is left of an office is no reason to begin anew, which is refused then. */
static void empty_office_is_told_of_its_backups(void **state)
{
	(void)state;
	assert_int_equal(truncate(test_path, 0), 0);
	must_not_open(NULL, "or remove the file and run `mso init`.");
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	make_empty_file("office-2020-11-20T080000Z.db");
	must_not_open(
		NULL, "`mso restore office-2020-11-20T080000Z.db` puts the newest in its place.");
}

/* A new one in the place of a lost one would have its backups removed in time. */
static void lost_office_is_not_made_anew(void **state)
{
	char moved[160];

	(void)state;
	assert_int_equal(unlink(test_path), 0);
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	must_not_open(NULL, "yet. Make one with `mso init`");
	make_empty_file("office-schema-1-2020-01-01T000000Z.db");
	must_not_open(NULL, "`mso restore office-schema-1-2020-01-01T000000Z.db`");
	make_empty_file("office-2020-11-20T080000Z.db");
	must_not_open(NULL, "`mso restore office-2020-11-20T080000Z.db` brings back the newest.");
	must_not_found("first move that directory away");
	snprintf(moved, sizeof moved, "%s/moved", test_directory);
	assert_int_equal(rename(in_backups(""), moved), 0);
	make_office(test_files);
	store_close(open_as(NULL));
}

/* A backup of so many days from the real clock's now; its name in the static text. */
static const char *make_days_ahead(int days)
{
	static char name[64];
	time_t when = time(NULL) + (time_t)days * 86400;

	strftime(name, sizeof name, "office-%Y-%m-%dT%H%M%SZ.db", gmtime(&when));
	make_empty_file(name);
	return name;
}

/* One that a wrong clock dated is neither the newest nor the first of the list. */
static void newest_is_never_of_the_future(void **state)
{
	struct store_options options = options_at("2026-11-21T14:03:07Z");
	struct backups backups;
	time_t when = 0;
	char *path, newest[64];

	(void)state;
	assert_false(backup_newest(test_path, NOW, &when));
	assert_null(backup_newest_path(test_path));
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	make_empty_file("office-2026-11-20T080000Z.db");
	make_empty_file("office-2036-11-20T080000Z.db");
	make_empty_file("office-schema-11-2035-11-20T080000Z.db");
	assert_true(backup_newest(test_path, NOW, &when));
	assert_int_equal(when, 1795161600);
	assert_true(backups_list_all(&options, &backups, &test_error));
	assert_int_equal(backups.count, 3);
	assert_string_equal(backups.items[0].name, "office-2026-11-20T080000Z.db");
	assert_false(backups.items[0].future);
	assert_string_equal(backups.items[1].name, "office-2036-11-20T080000Z.db");
	assert_true(backups.items[1].future && backups.items[2].future);
	backups_free(&backups);
	make_days_ahead(400);
	snprintf(newest, sizeof newest, "%s", make_days_ahead(-1));
	path = backup_newest_path(test_path);
	assert_string_equal(strrchr(path, '/') + 1, newest);
	free(path);
}

/* Nor does it take the place of another one, or go without anybody having looked at it. */
static void those_of_the_future_are_kept_and_push_none_out(void **state)
{
	struct backup_made made;

	(void)state;
	assert_int_equal(mkdir(in_backups(""), 0700), 0);
	for (int64_t day = date_days("2035-10-01"); day <= date_days("2035-10-20"); day++)
		add_backup(day, 8);
	for (int64_t day = date_days("2026-11-01"); day <= date_days("2026-11-20"); day++)
		add_backup(day, 8);
	assert_true(make("2026-11-21", &made));
	assert_int_equal(made.removed, 7);
	assert_int_equal(made.kept, 20 + 14);
	assert_string_equal(made.oldest, "2026-11-08");
	free(made.path);
}

/* ---- making ---- */

/* The first six bytes of the last hash in the audit, in hex. */
static void read_head(const char *path, char head[13])
{
	sqlite3_stmt *row = NULL;
	sqlite3 *db;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	sqlite3_prepare_v2(db, "SELECT hash FROM audit ORDER BY id DESC LIMIT 1", -1, &row, NULL);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	for (int i = 0; i < 6; i++)
		snprintf(head + 2 * i, 3, "%02x",
			((const unsigned char *)sqlite3_column_blob(row, 0))[i]);
	sqlite3_finalize(row);
	sqlite3_close(db);
}

static void backup_is_the_office_for_its_owner_only(void **state)
{
	mode_t mask = umask(0);
	struct backup_made made;
	struct stat about;
	char name[80], head[13];

	(void)state;
	add_things("T-", 300);
	assert_true(make("2026-11-21", &made));
	umask(mask);
	/* The head of the chain stands in the name. */
	read_head(made.path, head);
	snprintf(name, sizeof name, "office-2026-11-21T120000Z-%s.db", head);
	assert_string_equal(made.path, in_backups(name));
	assert_int_equal(stat(made.path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(about.st_size, made.bytes);
	assert_int_equal(stat(in_backups(""), &about), 0);
	assert_int_equal(about.st_mode & 07777, 0700);
	assert_int_equal(number_in(made.path, "SELECT count(*) FROM thing"), 300);
	assert_int_equal(number_in(made.path, "PRAGMA user_version"), 2);
	assert_int_equal(number_in(made.path, "PRAGMA application_id"), OFFICE_APPLICATION_ID);
	assert_false(file_exists(in_backups("office.part")));
	free(made.path);
}

static void backup_of_a_shared_office_is_for_its_group(void **state)
{
	mode_t mask = umask(077);
	struct backup_made made;
	struct stat about;

	(void)state;
	assert_int_equal(chmod(test_path, 0660), 0);
	assert_true(make(NULL, &made));
	umask(mask);
	assert_int_equal(stat(made.path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0660);
	assert_int_equal(stat(in_backups(""), &about), 0);
	assert_int_equal(about.st_mode & 07777, 02770);
	free(made.path);
}

static void backup_waits_for_nobody_who_writes(void **state)
{
	struct store *store = open_as(NULL);
	struct backup_made made;

	(void)state;
	connection_patience_ms = 0;
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	assert_true(store_begin(store, &test_error));
	must_run(store, "INSERT INTO thing (key) VALUES ('T-2')");
	assert_true(make("2026-11-21", &made));
	must_run(store, "INSERT INTO thing (key) VALUES ('T-3')");
	assert_true(store_commit(store, &test_error));
	assert_int_equal(number_in(made.path, "SELECT count(*) FROM thing"), 1);
	must_read(store, "SELECT count(*) FROM thing", "3");
	free(made.path);
	store_close(store);
}

/* Flips one letter of the file where this text stands for the last time. */
static void flip_last(const char *path, const char *text)
{
	static char bytes[4 << 20];
	int file = open(path, O_RDWR);
	ssize_t length = read(file, bytes, sizeof bytes);
	char *found = NULL, *at = bytes;

	assert_true(length > 0 && length < (ssize_t)sizeof bytes);
	while ((at = memmem(at, (size_t)(bytes + length - at), text, strlen(text))) != NULL)
		found = at++;
	assert_non_null(found);
	found[strlen(text) - 1] ^= 1;
	assert_int_equal(pwrite(file, found, strlen(text), found - bytes), strlen(text));
	close(file);
}

static void copy_that_is_not_sound_is_no_backup(void **state)
{
	struct backup_made made;

	(void)state;
	add_things("the-key-", 1);
	assert_true(make("2026-11-20", &made));
	flip_last(test_path, "the-key-1");
	must_not_make("did not pass its check");
	assert_int_equal(count_backups(), 1);
	assert_true(file_exists(made.path));
	free(made.path);
}

static void reference_into_nothing_is_no_backup(void **state)
{
	(void)state;
	change_file(test_path, "INSERT INTO thing (key, part_of) VALUES ('T-1', 'T-none')");
	must_not_make("referred to is not there, from a row of thing");
	assert_int_equal(count_backups(), 0);
}

static void replaced_office_is_no_backup(void **state)
{
	char mark[64];

	(void)state;
	snprintf(mark, sizeof mark, "PRAGMA application_id = %d", OFFICE_REPLACED_ID);
	change_file(test_path, mark);
	must_not_make("was put aside");
}

static void full_disk_leaves_the_older_ones(void **state)
{
	struct rlimit limit, before;

	(void)state;
	add_things("T-", 5000);
	must_make("2026-11-20");
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	limit = before;
	limit.rlim_cur = 100000;
	setrlimit(RLIMIT_FSIZE, &limit);
	must_not_make("The disk is full, so no backup was made");
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(count_backups(), 1);
	must_make("2026-11-21");
	assert_int_equal(count_backups(), 2);
}

static void two_at_once_are_one(void **state)
{
	struct store_options options = options_at("2026-11-21");
	struct backup_made made;
	int other;

	(void)state;
	must_make("2026-11-20");
	other = open(in_backups(""), O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(other, LOCK_EX), 0);
	must_not_make("Another backup of this office is just being made.");
	assert_true(backup_make_for(&options, BACKUP_OF_TODAY, 0, &made, &test_error));
	assert_null(made.path);
	close(other);
	must_make("2026-11-21");
}

static void what_a_crash_left_stands_in_nobodys_way(void **state)
{
	(void)state;
	must_make("2026-11-20");
	make_empty_file("office.part");
	make_empty_file("office.part-journal");
	change_file(in_backups("office.part"), "CREATE TABLE half (a)");
	must_make("2026-11-21");
	assert_false(file_exists(in_backups("office.part")));
	assert_false(file_exists(in_backups("office.part-journal")));
	assert_int_equal(count_backups(), 2);
}

/* ---- the daily one ---- */

static bool make_daily(const char *login, const char *today)
{
	struct store_options options = {.path = test_path, .as = login, .today = today};
	struct backup_made made;
	bool one;

	if (!backup_make_for(&options, BACKUP_OF_TODAY, 0, &made, &test_error))
		fail_msg("%s", test_error.text);
	one = made.path != NULL;
	free(made.path);
	return one;
}

static void daily_one_is_made_once_a_day_by_who_has_an_account(void **state)
{
	(void)state;
	assert_false(make_daily("bob", "2026-11-20"));
	assert_false(make_daily("nobody-here", "2026-11-20"));
	assert_false(file_exists(in_backups("")));
	assert_true(make_daily("vic", "2026-11-20"));
	assert_false(make_daily("ann", "2026-11-20T23:00"));
	assert_true(make_daily("ann", "2026-11-21"));
	assert_int_equal(count_backups(), 2);
}

/* Its process is nobody's child; the test adopts it to wait for its end. */
static void daily_one_is_made_by_a_process_apart(void **state)
{
	struct store_options options = options_at("2026-11-21");
	int status;

	(void)state;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	backup_daily(&options);
	assert_int_equal(waitpid(-1, &status, 0), -1); /* the clock stands still */
	setenv("MSO_BACKUP", "1", 1);
	backup_daily(&options);
	assert_true(waitpid(-1, &status, 0) > 0);
	assert_int_equal(count_backups(), 1);
	backup_daily(&options);
	assert_int_equal(waitpid(-1, &status, 0), -1);
	unsetenv("MSO_BACKUP");
	prctl(PR_SET_CHILD_SUBREAPER, 0);
}

/* ---- before a migration ---- */

static void older_office_is_copied_before_its_migration(void **state)
{
	char name[80], head[13];

	(void)state;
	read_head(test_path, head);
	snprintf(name, sizeof name, "office-schema-2-2026-11-21T120000Z-%s.db", head);
	test_migrations("CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT;", NULL);
	store_close(open_as(NULL));
	assert_int_equal(number_in(test_path, "PRAGMA user_version"), 3);
	assert_int_equal(number_in(in_backups(name), "PRAGMA user_version"), 2);
	store_close(open_as(NULL));
	assert_int_equal(count_backups(), 0);
}

static void office_that_cannot_be_copied_is_not_migrated(void **state)
{
	(void)state;
	make_file_for_directory();
	test_migrations("CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT;", NULL);
	must_not_open(NULL, "must be brought up to date, and is copied before that");
	assert_int_equal(number_in(test_path, "PRAGMA user_version"), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_test_office, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(name_tells_when),
		cmocka_unit_test(other_files_are_no_backups),
		TEST(days_and_months_are_kept_over_the_turn_of_the_year),
		TEST(days_without_a_backup_count_for_nothing),
		TEST(making_one_removes_what_need_not_be_kept),
		TEST(list_of_all_has_those_from_before_a_migration),
		TEST(directory_that_cannot_be_read_is_not_empty),
		TEST(lost_office_is_not_made_anew),
		TEST(empty_office_is_told_of_its_backups),
		TEST(newest_is_never_of_the_future),
		TEST(those_of_the_future_are_kept_and_push_none_out),
		TEST(backup_is_the_office_for_its_owner_only),
		TEST(backup_of_a_shared_office_is_for_its_group),
		TEST(backup_waits_for_nobody_who_writes),
		TEST(copy_that_is_not_sound_is_no_backup),
		TEST(reference_into_nothing_is_no_backup),
		TEST(replaced_office_is_no_backup),
		TEST(full_disk_leaves_the_older_ones),
		TEST(two_at_once_are_one),
		TEST(what_a_crash_left_stands_in_nobodys_way),
		TEST(daily_one_is_made_once_a_day_by_who_has_an_account),
		TEST(daily_one_is_made_by_a_process_apart),
		TEST(older_office_is_copied_before_its_migration),
		TEST(office_that_cannot_be_copied_is_not_migrated),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
