/*
 * store_privilege.c - proves what the rights of the process come to without being installed for an
 * office: the whitelist of the environment, the second wall of the kernel, and the start. What
 * needs other users is in tests/office/setgid.sh. GPL-3.0-or-later.
 */
#include "store_office.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "store/privilege.h"

/* What body returns, from a process of its own. */
static int in_child(int (*body)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(body());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* ---- environment ---- */

static bool has(const char *name, const char *value)
{
	const char *set = getenv(name);

	return value == NULL ? set == NULL : set != NULL && strcmp(set, value) == 0;
}

static int clean_good(void)
{
	static const char *const kept[][2] = {{"TERM", "xterm-256color"}, {"LANG", "de_DE.UTF-8"},
		{"LC_ALL", "sr_RS@latin"}, {"LINES", "24"}, {"COLUMNS", "132"}, {"ESCDELAY", "50"},
		{"NO_COLOR", "1"}};
	enum { KEPT = sizeof kept / sizeof *kept };
	const struct passwd *account = getpwuid(getuid());

	for (int i = 0; i < KEPT; i++)
		setenv(kept[i][0], kept[i][1], 1);
	setenv("HOME", "/elsewhere", 1);
	privilege_clean_environment();
	for (int i = 0; i < KEPT; i++) {
		if (!has(kept[i][0], kept[i][1]))
			return i + 1;
	}
	return account != NULL && has("HOME", account->pw_dir) ? 0 : 99;
}

static void harmless_variables_are_kept(void **state)
{
	(void)state;
	assert_int_equal(in_child(clean_good), 0);
}

static int clean_bad(void)
{
	static const char *const gone[][2] = {{"TERM", "../evil"}, {"LANG", "/tmp/locale"},
		{"LC_ALL", "a\nb"}, {"LC_TIME", ".hidden"}, {"LINES", "99999"}, {"COLUMNS", "-1"},
		{"ESCDELAY", ""}, {"NO_COLOR", "much too long"}, {"TZ", "AAA-24:59"},
		{"LC_CTYPE", "\xc3\xa4"}, {"TERMINFO", "/tmp"}, {"TMPDIR", "/tmp"},
		{"MSO_TODAY", "2001-01-01"}, {"MSO_TICK", "0"}, {"XDG_DATA_HOME", "/tmp"},
		{"PATH", "/tmp"}, {"LC_EVIL", "x"}, {"SSH_ORIGINAL_COMMAND", "mso"}, {"IFS", "x"}};
	enum { GONE = sizeof gone / sizeof *gone };

	setenv("SQLITE_TMPDIR", "/tmp", 1);
	for (int i = 0; i < GONE; i++)
		setenv(gone[i][0], gone[i][1], 1);
	privilege_clean_environment();
	for (int i = 0; i < GONE; i++) {
		if (!has(gone[i][0], NULL))
			return i + 1;
	}
	return has("SQLITE_TMPDIR", privilege_directory()) ? 0 : 98;
}

static void everything_else_is_gone(void **state)
{
	(void)state;
	assert_int_equal(in_child(clean_bad), 0);
}

/* ---- the second wall ---- */

enum { CREATE_RULESET = 444, VERSION_FLAG = 1 };

static bool kernel_can(void)
{
	return syscall(CREATE_RULESET, NULL, 0, VERSION_FLAG) >= 1;
}

static bool is_refused(bool done)
{
	return !done && (errno == EACCES || errno == EPERM);
}

static int confined(void)
{
	static char *const nothing[] = {(char *)"true", NULL};
	char inside[128];
	int file;

	privilege_confine(NULL);
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 1;
	snprintf(inside, sizeof inside, "%s/file", test_directory);
	file = open(inside, O_RDWR | O_CREAT, 0600);
	if (file < 0 || close(file) != 0)
		return 2;
	snprintf(inside, sizeof inside, "%s/pipe", test_directory);
	if (!is_refused(mkfifo(inside, 0600) == 0))
		return 3;
	execv("/bin/true", nothing);
	return is_refused(false) ? 0 : 4;
}

static void programs_and_pipes_are_out_of_reach(void **state)
{
	(void)state;
	if (!kernel_can())
		skip();
	assert_int_equal(in_child(confined), 0);
}

static int confined_to_folder(void)
{
	const char *const folders[] = {test_directory, "/nonexistent", NULL};
	char path[128];
	int file;

	privilege_confine(folders);
	snprintf(path, sizeof path, "%s/file", test_directory);
	file = open(path, O_RDWR | O_CREAT, 0600);
	if (file < 0 || write(file, "x", 1) != 1 || close(file) != 0)
		return 1;
	snprintf(path, sizeof path, "%s.outside", test_directory);
	file = open(path, O_RDWR | O_CREAT, 0600);
	if (!is_refused(file >= 0))
		return 2;
	if (!is_refused(mkdir(path, 0700) == 0))
		return 3;
	file = open("/etc/passwd", O_RDONLY);
	return file >= 0 ? 0 : 4;
}

static void files_are_written_in_the_folders_only(void **state)
{
	(void)state;
	if (!kernel_can())
		skip();
	assert_int_equal(in_child(confined_to_folder), 0);
}

static int confined_store(void)
{
	const char *const folders[] = {test_directory, NULL};
	struct store_options options = {.path = test_path, .today = "2026-11-21"};
	struct store *store;

	privilege_confine(folders);
	store = store_open_with(&options, test_files, &test_error);
	if (store == NULL ||
		!store_run(store, "INSERT INTO thing (key) VALUES ('T-1')", &test_error))
		return 1;
	store_close(store);
	return 0;
}

static void the_office_works_behind_the_wall(void **state)
{
	(void)state;
	assert_int_equal(in_child(confined_store), 0);
}

/* ---- start ---- */

static int start_without_descriptors(void)
{
	struct stat about;

	for (int number = 0; number <= 2; number++)
		close(number);
	privilege_start();
	for (int number = 0; number <= 2; number++) {
		if (fstat(number, &about) != 0 || !S_ISCHR(about.st_mode))
			return number + 1;
	}
	return 0;
}

static void closed_descriptors_are_opened(void **state)
{
	(void)state;
	assert_int_equal(in_child(start_without_descriptors), 0);
}

static int start_ordinary(void)
{
	static const int ignored[] = {SIGPIPE, SIGXFSZ, SIGTSTP, SIGTTOU};
	struct sigaction action;
	mode_t mask;

	setenv("MSO_TODAY", "2026-11-21", 1);
	privilege_start();
	for (int i = 0; i < (int)(sizeof ignored / sizeof *ignored); i++) {
		if (sigaction(ignored[i], NULL, &action) != 0 || action.sa_handler != SIG_IGN)
			return i + 1;
	}
	mask = umask(0);
	if (mask != 077)
		return 10;
	if (privilege_shared() || privilege_file_mode() != 0600 || !has("MSO_TODAY", "2026-11-21"))
		return 11;
	privilege_user_begin();
	privilege_user_end();
	privilege_drop();
	return 0;
}

static void an_ordinary_program_keeps_its_environment(void **state)
{
	(void)state;
	assert_int_equal(in_child(start_ordinary), 0);
}

static void lend_twice(void)
{
	privilege_user_begin();
	privilege_user_begin();
}

static void give_back_twice(void)
{
	privilege_user_end();
}

static void rights_are_lent_once(void **state)
{
	(void)state;
	must_end_program(lend_twice);
	must_end_program(give_back_twice);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, make_test_office, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harmless_variables_are_kept),
		cmocka_unit_test(everything_else_is_gone),
		IN_DIRECTORY(programs_and_pipes_are_out_of_reach),
		IN_DIRECTORY(files_are_written_in_the_folders_only),
		IN_OFFICE(the_office_works_behind_the_wall),
		cmocka_unit_test(closed_descriptors_are_opened),
		cmocka_unit_test(an_ordinary_program_keeps_its_environment),
		cmocka_unit_test(rights_are_lent_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
