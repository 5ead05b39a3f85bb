/*
 * store_drafts.c - drafts are their writer's alone, outlive every way of ending, and stand in
 * nobody's way; and an account that changes while its owner is signed in. GPL-3.0-or-later.
 */
#include "store/drafts.h"

#include <fcntl.h>
#include <time.h>

#include "core/buffer.h"
#include "store/holder.h"
#include "store_file.h"

enum { BUSY_MOST = 3000 }; /* milliseconds that keeping may wait: a second, on a slow machine */

static const char *beside(const char *name)
{
	static char path[160];

	snprintf(path, sizeof path, "%s/%s", test_directory, name);
	return path;
}

static struct draft made(const char *page, const char *key, const char *content)
{
	return (struct draft){.page = (char *)page,
		.type = (char *)"thing",
		.key = (char *)key,
		.title = (char *)"A thing",
		.content = (char *)content};
}

static int64_t keep(struct store *store, const char *key, const char *content)
{
	struct draft draft = made("record", key, content);

	if (!drafts_keep(store, &draft, &test_error))
		fail_msg("%s", test_error.text);
	assert_true(draft.number > 0);
	return draft.number;
}

/* The contents of the actor's drafts, newest first, each with a blank behind it. */
static void must_list(struct store *store, const char *expected)
{
	struct draft *drafts;
	struct buffer found = {0};
	int count = drafts_list(store, &drafts, &test_error);

	if (count < 0)
		fail_msg("%s", test_error.text);
	for (int i = 0; i < count; i++)
		buffer_format(&found, "%s ", drafts[i].content);
	assert_string_equal(buffer_text(&found), expected);
	buffer_free(&found);
	drafts_free(drafts, count);
}

static mode_t mode_of(const char *name)
{
	struct stat about;

	assert_int_equal(stat(beside(name), &about), 0);
	return about.st_mode & 0777;
}

static void write_to(const char *name, const char *bytes, off_t at)
{
	int file = open(beside(name), O_WRONLY | O_CREAT, 0600);

	assert_true(file >= 0);
	assert_int_equal(pwrite(file, bytes, strlen(bytes), at), (ssize_t)strlen(bytes));
	close(file);
}

/* ---- whose they are ---- */

static void a_draft_is_seen_by_its_writer_alone(void **state)
{
	struct store *ann = open_as("ann"), *dora = open_as("dora");
	int64_t number = keep(ann, "T-1", "anns");
	struct draft found;

	(void)state;
	must_list(ann, "anns ");
	must_list(dora, "");
	assert_false(drafts_read(dora, number, &found));
	assert_false(drafts_find(dora, "record", "thing", "T-1", false, &found));
	assert_true(drafts_drop(dora, number, NULL, &test_error));
	keep(dora, "T-1", "doras");
	must_list(ann, "anns ");
	must_list(dora, "doras ");
	store_close(ann);
	store_close(dora);
}

static void another_office_beside_has_its_own(void **state)
{
	struct store *ann = open_as("ann"), *other;
	char first[sizeof test_path];

	(void)state;
	keep(ann, "T-1", "here");
	memcpy(first, test_path, sizeof first);
	snprintf(test_path, sizeof test_path, "%s/other.db", test_directory);
	make_office(test_migrations(NULL, NULL));
	other = open_as("ann");
	must_list(other, "");
	keep(other, "T-1", "there");
	must_list(ann, "here ");
	store_close(other);
	store_close(ann);
}

/* Types on: the draft has this content now, and its writer knows it. */
static void type_on(struct store *store, struct draft *draft, const char *content)
{
	draft->content = (char *)content;
	if (!drafts_keep(store, draft, &test_error))
		fail_msg("%s", test_error.text);
	draft->known = draft->content;
}

static void two_sessions_of_one_login_lose_none_of_each_others_text(void **state)
{
	struct store *first = open_as("ann"), *second = open_as("ann");
	struct draft draft = made("record", "T-1", ""), other = made("record", "T-1", "");

	(void)state;
	type_on(first, &draft, "one");
	type_on(first, &draft, "two");
	must_list(first, "two ");
	/* The same record, begun anew. */
	type_on(second, &other, "three");
	must_list(first, "three two ");
	assert_true(drafts_drop(second, other.number, other.known, &test_error));
	must_list(first, "two ");
	/* The same draft: who goes on with it takes its place, and the other writes a new one. */
	other.number = draft.number;
	other.known = draft.known;
	type_on(second, &other, "two and four");
	must_list(first, "two and four ");
	type_on(first, &draft, "two and five");
	must_list(first, "two and five two and four ");
	assert_true(draft.number != other.number);
	type_on(second, &other, "six");
	must_list(first, "two and five six ");
	/* Saved as it was read: what was written since is another text. */
	assert_true(drafts_drop(first, other.number, "two", &test_error));
	must_list(first, "two and five six ");
	assert_true(drafts_drop(first, other.number, other.known, &test_error));
	must_list(first, "two and five ");
	store_close(first);
	store_close(second);
}

static void what_another_session_writes_is_not_taken_for_left(void **state)
{
	struct store *store = open_as("ann");
	struct draft found;
	int ready[2], end[2];
	char byte = 0;
	pid_t child;

	(void)state;
	keep(store, "T-1", "left long ago");
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	child = fork();
	if (child == 0) {
		struct draft draft = made("record", "T-1", "typed there");

		close(end[1]);
		draft.session = (char *)holder_session();
		drafts_keep(open_as("ann"), &draft, NULL);
		_exit(write(ready[1], &byte, 1) == 1 && read(end[0], &byte, 1) == 0 ? 0 : 1);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_true(drafts_find(store, "record", "thing", "T-1", false, &found));
	assert_string_equal(found.content, "typed there");
	assert_true(draft_elsewhere(&found));
	draft_clear(&found);
	assert_true(drafts_find(store, "record", "thing", "T-1", true, &found));
	assert_string_equal(found.content, "left long ago");
	assert_false(draft_elsewhere(&found));
	draft_clear(&found);
	close(end[1]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_true(drafts_find(store, "record", "thing", "T-1", true, &found));
	assert_string_equal(found.content, "typed there");
	draft_clear(&found);
	for (int i = 0; i < 2; i++)
		close(ready[i]);
	close(end[0]);
	store_close(store);
}

static void what_is_kept_unchanged_keeps_its_time(void **state)
{
	struct store *store = open_as("ann");
	struct draft draft = made("record", "T-1", "one"), found;

	(void)state;
	type_on(store, &draft, "one");
	change_file(beside("drafts.db"), "UPDATE draft SET at = '2026-11-20T12:00:00Z'");
	type_on(store, &draft, "one");
	assert_true(drafts_read(store, draft.number, &found));
	assert_string_equal(found.at, "2026-11-20T12:00:00Z");
	draft_clear(&found);
	type_on(store, &draft, "two");
	assert_true(drafts_read(store, draft.number, &found));
	assert_string_equal(found.at, "2026-11-21T12:00:00Z");
	draft_clear(&found);
	store_close(store);
}

static void a_dropped_draft_is_gone_and_kept_anew_by_who_types_on(void **state)
{
	struct store *store = open_as("ann");
	struct draft draft = made("ask", "T-1", "a\tb\nc");
	struct draft found;

	(void)state;
	assert_true(drafts_keep(store, &draft, &test_error));
	assert_true(drafts_find(store, "ask", "thing", "T-1", true, &found));
	assert_string_equal(found.content, "a\tb\nc");
	assert_string_equal(found.title, "A thing");
	assert_string_equal(found.at, "2026-11-21T12:00:00Z");
	draft_clear(&found);
	assert_true(drafts_drop(store, draft.number, NULL, &test_error));
	must_list(store, "");
	assert_true(drafts_drop(store, 4711, NULL, &test_error));
	assert_true(drafts_keep(store, &draft, &test_error));
	must_list(store, "a\tb\nc ");
	store_close(store);
}

static void without_a_draft_there_is_no_file(void **state)
{
	struct store *store = open_as("ann");

	(void)state;
	must_list(store, "");
	assert_true(drafts_drop(store, 1, NULL, &test_error));
	assert_false(file_exists(beside("drafts.db")));
	store_close(store);
}

/* ---- the file ---- */

static void the_file_has_the_modes_of_the_office_whatever_the_umask(void **state)
{
	struct store *store = open_as(NULL);
	mode_t before = umask(0);

	(void)state;
	keep(store, "T-1", "private");
	assert_int_equal(mode_of("drafts.db"), 0600);
	assert_int_equal(mode_of("drafts.db-wal"), 0600);
	store_close(store);
	unlink(beside("drafts.db"));
	chmod(test_path, 0660);
	umask(077);
	store = open_as(NULL);
	keep(store, "T-1", "shared");
	assert_int_equal(mode_of("drafts.db"), 0660);
	assert_int_equal(mode_of("drafts.db-wal"), 0660);
	assert_int_equal(mode_of("drafts.db-shm"), 0660);
	store_close(store);
	umask(before);
}

/* Put aside, told once, and a new one begun. */
static void must_begin_anew(void)
{
	struct store *store = open_as("ann");
	struct error notice;

	must_list(store, "");
	assert_true(drafts_notice(store, &notice));
	assert_non_null(strstr(notice.text, "drafts-damaged-2026-11-21.db"));
	assert_false(drafts_notice(store, &notice));
	assert_true(access(beside("drafts-damaged-2026-11-21.db"), F_OK) == 0);
	keep(store, "T-1", "new");
	must_list(store, "new ");
	assert_false(drafts_notice(store, &notice));
	store_close(store);
}

static void what_is_no_database_is_put_aside(void **state)
{
	(void)state;
	write_to("drafts.db", "this is a letter, and a long one, not a file of drafts", 0);
	must_begin_anew();
}

static void another_programs_database_is_put_aside_whole(void **state)
{
	(void)state;
	change_file(beside("drafts.db"), "CREATE TABLE mine (a); INSERT INTO mine VALUES (1)");
	must_begin_anew();
	assert_int_equal(
		number_in(beside("drafts-damaged-2026-11-21.db"), "SELECT a FROM mine"), 1);
}

static void a_link_to_the_office_is_put_aside_and_not_followed(void **state)
{
	struct stat office, now;

	(void)state;
	assert_int_equal(stat(test_path, &office), 0);
	assert_int_equal(symlink("office.db", beside("drafts.db")), 0);
	must_begin_anew();
	assert_int_equal(stat(test_path, &now), 0);
	assert_true(office.st_ino == now.st_ino);
	/* It opens, so it is an office still. */
	store_close(open_as("ann"));
}

static void a_damaged_page_is_found_when_it_is_read(void **state)
{
	struct store *store = open_as("ann");
	char junk[3 * 4096 + 1];

	(void)state;
	for (int i = 0; i < 40; i++)
		keep(store, "", "what was typed");
	store_close(store);
	memset(junk, 'x', sizeof junk - 1);
	junk[sizeof junk - 1] = '\0';
	write_to("drafts.db", junk, 4096);
	must_begin_anew();
}

static void damaged_twice_a_day_both_stay(void **state)
{
	(void)state;
	write_to("drafts-damaged-2026-11-21.db", "the first one", 0);
	write_to("drafts.db", "the second one, which is long enough to be looked at in full", 0);
	{
		struct store *store = open_as("ann");

		must_list(store, "");
		assert_true(file_exists(beside("drafts-damaged-2026-11-21-2.db")));
		store_close(store);
	}
}

static void a_newer_programs_file_stays_in_its_place(void **state)
{
	struct store *store = open_as("ann");
	struct draft draft = made("record", "T-2", "older");

	(void)state;
	keep(store, "T-1", "newer");
	store_close(store);
	change_file(beside("drafts.db"), "PRAGMA user_version = 3");
	store = open_as("ann");
	assert_false(drafts_keep(store, &draft, &test_error));
	assert_non_null(strstr(test_error.text, "newer mso"));
	assert_false(file_exists(beside("drafts-damaged-2026-11-21.db")));
	store_close(store);
}

static void an_older_programs_file_goes_on(void **state)
{
	struct store *store = open_as("ann");

	(void)state;
	keep(store, "T-1", "old");
	store_close(store);
	change_file(beside("drafts.db"),
		"ALTER TABLE draft DROP COLUMN session; PRAGMA user_version = 1");
	store = open_as("ann");
	must_list(store, "old ");
	keep(store, "T-2", "new");
	must_list(store, "new old ");
	store_close(store);
}

static void a_file_removed_while_it_is_open_is_made_anew(void **state)
{
	struct store *first = open_as("ann"), *second = open_as("dora");

	(void)state;
	keep(first, "T-1", "lost");
	unlink(beside("drafts.db"));
	unlink(beside("drafts.db-wal"));
	unlink(beside("drafts.db-shm"));
	keep(second, "T-2", "doras");
	/* The end of the one that still has the old file takes nothing from the new one. */
	keep(first, "T-1", "again");
	must_list(first, "again ");
	store_close(first);
	must_list(second, "doras ");
	store_close(second);
	second = open_as("dora");
	must_list(second, "doras ");
	store_close(second);
	first = open_as("ann");
	must_list(first, "again ");
	store_close(first);
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void others_keeping_theirs_delay_nobody_for_long(void **state)
{
	struct store *store = open_as("ann");
	struct draft draft = made("record", "T-2", "waits");
	sqlite3 *db;
	long began;

	(void)state;
	keep(store, "T-1", "first");
	assert_int_equal(sqlite3_open(beside("drafts.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", 0, 0, 0), SQLITE_OK);
	began = milliseconds();
	assert_false(drafts_keep(store, &draft, &test_error));
	assert_in_range(milliseconds() - began, 0, BUSY_MOST);
	assert_string_equal(test_error.code, "busy");
	assert_non_null(strstr(test_error.text, "save soon"));
	must_list(store, "first ");
	sqlite3_close(db);
	assert_true(drafts_keep(store, &draft, &test_error));
	must_list(store, "waits first ");
	store_close(store);
}

static void a_writing_office_delays_no_draft(void **state)
{
	struct store *writer = open_as("dora"), *store = open_as("ann");

	(void)state;
	assert_true(store_begin(writer, &test_error));
	keep(store, "T-1", "kept");
	must_list(store, "kept ");
	/* And nobody takes a draft for a change of the office. */
	store_rollback(writer);
	{
		int64_t version = store_data_version(writer);

		keep(store, "T-1", "kept again");
		assert_true(store_data_version(writer) == version);
	}
	store_close(writer);
	store_close(store);
}

/* ---- what a dying program left ---- */

/* Leaves the file that a program of ann's writes when it dies, cut to so many bytes (0: whole). */
static void leave_crashed(size_t length)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct store *store = open_as("ann");
		struct draft known = made("record", "T-1", "typed\nlast");
		struct draft fresh = made("record", "", "8:looks like a length");
		struct buffer out = {0};
		mode_t mode;
		char *path = drafts_crash_path(store, &mode);
		int file = open(path, O_WRONLY | O_CREAT | O_EXCL, mode);

		known.number = 1;
		known.known = (char *)"typed before";
		drafts_crash_add(store, &known, &out);
		drafts_crash_add(store, &fresh, &out);
		if (length == 0)
			length = out.length;
		_exit(write(file, out.data, length) == (ssize_t)length ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void what_a_dying_program_wrote_is_taken_in_once(void **state)
{
	struct store *ann = open_as("ann"), *dora = open_as("dora");

	(void)state;
	assert_int_equal(keep(ann, "T-1", "typed before"), 1);
	leave_crashed(0);
	drafts_take_crashed(dora);
	must_list(dora, "");
	drafts_take_crashed(ann);
	must_list(ann, "8:looks like a length typed\nlast ");
	drafts_take_crashed(ann);
	must_list(ann, "8:looks like a length typed\nlast ");
	store_close(ann);
	store_close(dora);
}

static void a_cut_file_gives_what_is_whole_in_it(void **state)
{
	struct store *ann = open_as("ann");

	(void)state;
	/* Bytes of the first draft are more than 30, of both less than 140. */
	leave_crashed(20);
	drafts_take_crashed(ann);
	must_list(ann, "");
	leave_crashed(80);
	drafts_take_crashed(ann);
	must_list(ann, "typed\nlast ");
	store_close(ann);
}

static void a_program_that_still_runs_keeps_its_file(void **state)
{
	struct store *ann = open_as("ann");
	mode_t mode;
	char *path = drafts_crash_path(ann, &mode);
	int file = open(path, O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_true(file >= 0);
	close(file);
	drafts_take_crashed(ann);
	assert_true(file_exists(path));
	free(path);
	store_close(ann);
}

/* ---- an account that changes ---- */

static void a_director_who_is_one_no_more_stops_reading_private_fields(void **state)
{
	struct store *store = open_as("dora"), *director = open_as(NULL);

	(void)state;
	must_run(director, "INSERT INTO pay (staff, cents) VALUES ('x', 100)");
	must_read(store, "SELECT cents FROM pay", "100");
	must_run(director, "UPDATE user SET role = 'staff', version = version + 1 "
			   "WHERE login = 'dora'");
	store_data_version(store);
	assert_string_equal(store_role(store), "staff");
	assert_null(store_text(store, "SELECT cents FROM pay", NULL));
	assert_null(store_prepare(store, "SELECT cents AS other FROM pay", &test_error));
	assert_string_equal(test_error.code, "not-your-role");
	/* And back. */
	must_run(director, "UPDATE user SET role = 'director', version = version + 1 "
			   "WHERE login = 'dora'");
	store_data_version(store);
	must_read(store, "SELECT cents FROM pay", "100");
	store_close(store);
	store_close(director);
}

static void a_closed_account_has_no_role_any_more(void **state)
{
	struct store *store = open_as("ann"), *director = open_as(NULL);

	(void)state;
	must_run(director, "UPDATE user SET active = 0, version = version + 1 WHERE login = 'ann'");
	store_data_version(store);
	assert_string_equal(store_role(store), "");
	must_refuse(store, "INSERT INTO thing (key) VALUES ('t')", "no-actor");
	assert_null(store_text(store, "SELECT cents FROM pay", NULL));
	/* What was typed can be kept all the same. */
	keep(store, "T-1", "typed");
	store_close(store);
	store_close(director);
}

static void ones_own_account_is_looked_at_too(void **state)
{
	struct store *store = open_as("dora");

	(void)state;
	store_data_version(store);
	assert_true(store_begin(store, &test_error));
	must_run(store, "UPDATE user SET role = 'viewer', version = version + 1 "
			"WHERE login = 'dora'");
	assert_true(store_commit(store, &test_error));
	store_data_version(store);
	assert_string_equal(store_role(store), "viewer");
	store_close(store);
}

#define DRAFT_TEST(f) cmocka_unit_test_setup_teardown(f, make_test_office, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DRAFT_TEST(a_draft_is_seen_by_its_writer_alone),
		DRAFT_TEST(another_office_beside_has_its_own),
		DRAFT_TEST(two_sessions_of_one_login_lose_none_of_each_others_text),
		DRAFT_TEST(what_another_session_writes_is_not_taken_for_left),
		DRAFT_TEST(what_is_kept_unchanged_keeps_its_time),
		DRAFT_TEST(a_dropped_draft_is_gone_and_kept_anew_by_who_types_on),
		DRAFT_TEST(without_a_draft_there_is_no_file),
		DRAFT_TEST(the_file_has_the_modes_of_the_office_whatever_the_umask),
		DRAFT_TEST(what_is_no_database_is_put_aside),
		DRAFT_TEST(another_programs_database_is_put_aside_whole),
		DRAFT_TEST(a_link_to_the_office_is_put_aside_and_not_followed),
		DRAFT_TEST(a_damaged_page_is_found_when_it_is_read),
		DRAFT_TEST(damaged_twice_a_day_both_stay),
		DRAFT_TEST(a_newer_programs_file_stays_in_its_place),
		DRAFT_TEST(an_older_programs_file_goes_on),
		DRAFT_TEST(a_file_removed_while_it_is_open_is_made_anew),
		DRAFT_TEST(others_keeping_theirs_delay_nobody_for_long),
		DRAFT_TEST(a_writing_office_delays_no_draft),
		DRAFT_TEST(what_a_dying_program_wrote_is_taken_in_once),
		DRAFT_TEST(a_cut_file_gives_what_is_whole_in_it),
		DRAFT_TEST(a_program_that_still_runs_keeps_its_file),
		DRAFT_TEST(a_director_who_is_one_no_more_stops_reading_private_fields),
		DRAFT_TEST(a_closed_account_has_no_role_any_more),
		DRAFT_TEST(ones_own_account_is_looked_at_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
