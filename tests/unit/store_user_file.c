/*
 * store_user_file.c - proves that people's files appear whole or not at all, that none of the
 * office's is read or replaced as one, and that --restricted keeps to its folder.
 * GPL-3.0-or-later.
 */
#include "store_office.h"

#include <errno.h>
#include <fcntl.h>

#include "store/privilege.h"
#include "store/user_file.h"

static char name_text[256];

static const char *in_directory(const char *name)
{
	snprintf(name_text, sizeof name_text, "%s/%s", test_directory, name);
	return name_text;
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void must_hold(const char *path, const char *text)
{
	char found[64] = "";
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(found, 1, sizeof found - 1, file) < sizeof found);
	fclose(file);
	assert_string_equal(found, text);
}

static bool publish(struct store *store, const char *path, bool replace, const char *text)
{
	struct user_file *file = user_file_new(store, path, replace, &test_error);

	if (file == NULL)
		return false;
	assert_int_equal(write(user_file_descriptor(file), text, strlen(text)), strlen(text));
	return user_file_publish(file, 0, &test_error);
}

static void must_not_publish(struct store *store, const char *path, bool replace, const char *why)
{
	assert_false(publish(store, path, replace, "new"));
	must_say(why);
}

static void must_not_read(struct store *store, const char *path, const char *why)
{
	assert_int_equal(user_file_open(store, path, &test_error), -1);
	must_say(why);
}

static void file_appears_when_it_is_whole(void **state)
{
	const char *path = in_directory("out.csv");
	struct user_file *file = user_file_new(NULL, path, true, &test_error);
	struct stat about;

	(void)state;
	assert_non_null(file);
	assert_int_equal(write(user_file_descriptor(file), "text", 4), 4);
	assert_false(file_exists(path));
	assert_true(user_file_publish(file, 0, &test_error));
	must_hold(path, "text");
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_true(publish(NULL, path, true, "more"));
	must_hold(path, "more");
}

static void file_given_up_leaves_nothing(void **state)
{
	const char *path = in_directory("out.csv");

	(void)state;
	user_file_abandon(user_file_new(NULL, path, true, &test_error));
	assert_int_equal(rmdir(test_directory), 0);
	assert_int_equal(mkdir(test_directory, 0700), 0);
	assert_false(user_file_publish(
		user_file_new(NULL, path, true, &test_error), ENOSPC, &test_error));
	assert_non_null(strstr(test_error.text, "Nothing was left behind"));
	assert_int_equal(rmdir(test_directory), 0);
	user_file_abandon(NULL);
}

static void new_file_replaces_none(void **state)
{
	const char *path = in_directory("out.txt");
	struct user_file *late;

	(void)state;
	late = user_file_new(NULL, path, false, &test_error);
	assert_non_null(late);
	assert_true(publish(NULL, path, false, "first"));
	must_not_publish(NULL, path, false, "is there already; give another name");
	/* Also when it has come meanwhile. */
	assert_false(user_file_publish(late, 0, &test_error));
	assert_non_null(strstr(test_error.text, "is there already; give another name"));
	must_hold(path, "first");
}

static void link_stays_a_link(void **state)
{
	char link[256];
	struct stat about;

	(void)state;
	write_text(in_directory("real.csv"), "old");
	snprintf(link, sizeof link, "%s/link.csv", test_directory);
	assert_int_equal(symlink("real.csv", link), 0);
	assert_true(publish(NULL, link, true, "new"));
	assert_int_equal(lstat(link, &about), 0);
	assert_true(S_ISLNK(about.st_mode));
	must_hold(in_directory("real.csv"), "new");
}

static void office_is_no_file_of_people(void **state)
{
	static const char *const names[] = {
		"office.db", "office.db-wal", "office.db-shm", "drafts.db", "drafts.db-wal", "way"};
	struct store *store = open_as(NULL);

	(void)state;
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	write_text(in_directory("drafts.db"), "drafts");
	write_text(in_directory("drafts.db-wal"), "drafts");
	assert_int_equal(symlink("office.db-wal", in_directory("way")), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		must_not_read(store, in_directory(names[i]), "office file itself");
		must_not_publish(store, in_directory(names[i]), true, "office file itself");
	}
	assert_int_equal(link(test_path, in_directory("hard")), 0);
	must_not_read(store, in_directory("hard"), "office file itself");
	must_run(store, "INSERT INTO thing (key) VALUES ('T-2')");
	store_close(store);
}

/* A backup is not under a name that is known, but what it is can be seen. */
static void database_is_not_replaced(void **state)
{
	(void)state;
	must_not_publish(NULL, test_path, true, "is a database, perhaps a backup");
}

static void only_files_and_pipes_are_read(void **state)
{
	int file;

	(void)state;
	must_not_read(NULL, test_directory, "is a directory");
	must_not_read(NULL, "/dev/zero", "neither a file nor a pipe");
	must_not_read(NULL, in_directory("none"), "cannot be read");
	must_not_publish(NULL, "/dev/null", true, "no ordinary file");
	must_not_publish(NULL, test_directory, true, "is a directory");
	must_not_publish(NULL, in_directory("none/x.csv"), true, "cannot be written");
	write_text(in_directory("in.csv"), "text");
	file = user_file_open(NULL, in_directory("in.csv"), &test_error);
	assert_true(file >= 0);
	close(file);
	assert_false(user_file_waits(in_directory("in.csv")));
	assert_int_equal(mkfifo(in_directory("pipe"), 0600), 0);
	assert_true(user_file_waits(in_directory("pipe")));
	assert_true(user_file_waits("-"));
}

/* ---- --restricted ---- */

/* In a process of its own, because nothing undoes --restricted. */
static void restricted(void)
{
	static const char *const outside[] = {
		"../x", "/etc/passwd", "a/../../x", "", "..", "up/x", "out", "../mso-exports-2/x"};
	char whole[256];
	int file;

	setenv("HOME", test_directory, 1);
	privilege_restrict();
	assert_string_equal(user_file_folder(), in_directory("mso-exports"));
	assert_true(file_exists(user_file_folder()));
	write_text(in_directory("mine"), "outside");
	assert_int_equal(mkdir(in_directory("mso-exports-2"), 0700), 0);
	assert_int_equal(symlink("../mine", in_directory("mso-exports/out")), 0);
	assert_int_equal(symlink("..", in_directory("mso-exports/up")), 0);
	for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
		must_not_read(NULL, outside[i], "and here files are only in there");
		must_not_publish(NULL, outside[i], true, "and here files are only in there");
	}
	assert_true(publish(NULL, "a.csv", true, "text"));
	must_hold(in_directory("mso-exports/a.csv"), "text");
	snprintf(whole, sizeof whole, "%s/mso-exports/a.csv", test_directory);
	file = user_file_open(NULL, whole, &test_error);
	assert_true(file >= 0);
	assert_true(user_file_make_folder("all", &test_error));
	assert_true(publish(NULL, "all/a.csv", true, "text"));
	assert_false(user_file_make_folder("../all", &test_error));
}

static void restricted_files_stay_in_the_folder(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		restricted();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, make_test_office, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIRECTORY(file_appears_when_it_is_whole),
		IN_DIRECTORY(file_given_up_leaves_nothing),
		IN_DIRECTORY(new_file_replaces_none),
		IN_DIRECTORY(link_stays_a_link),
		IN_OFFICE(office_is_no_file_of_people),
		IN_OFFICE(database_is_not_replaced),
		IN_DIRECTORY(only_files_and_pipes_are_read),
		IN_DIRECTORY(restricted_files_stay_in_the_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
