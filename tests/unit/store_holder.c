/*
 * store_holder.c - the mark that tells who holds the office file: read by those who wait, and worth
 * nothing when whoever made it is gone. GPL-3.0-or-later.
 */
#include "store_office.h"

#include <signal.h>

#include "store/holder.h"

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
	holder_waiting = NULL;
	store_close(store);
	store_close(other);
	return remove_directory(state);
}

static void who_waits_in_vain_is_told_for_whom(void **state)
{
	(void)state;
	assert_true(store_begin(store, &test_error));
	holder_set(store, "M. Chen is importing clients");
	assert_false(store_begin(other, &test_error));
	assert_string_equal(test_error.code, "busy");
	assert_non_null(strstr(test_error.text, "M. Chen is importing clients since "));
	assert_non_null(strstr(test_error.text, "nothing of yours was saved yet"));
	store_rollback(store);
	holder_clear(store);
	assert_true(store_begin(other, &test_error));
	/* A short save without a mark is nobody's in particular. */
	assert_false(store_begin(store, &test_error));
	assert_non_null(strstr(test_error.text, "Others have been saving"));
	store_rollback(other);
}

static void a_mark_of_the_dead_counts_for_nothing(void **state)
{
	pid_t child;
	int status;
	siginfo_t ended;
	struct holder holder;

	(void)state;
	child = fork();
	if (child == 0) {
		holder_set(store, "M. Chen is importing clients");
		_exit(0);
	}
	/* Dead is dead, also while the system still lists it. */
	assert_int_equal(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT), 0);
	assert_false(holder_read(store_path(store), &holder));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(holder_read(store_path(store), &holder));
	assert_true(store_begin(store, &test_error));
	assert_false(store_begin(other, &test_error));
	assert_null(strstr(test_error.text, "M. Chen"));
	/* And whoever comes next makes a new one. */
	holder_set(store, "A. Ruiz is importing vendors");
	assert_true(holder_read(store_path(store), &holder));
	assert_string_equal(holder.doing, "A. Ruiz is importing vendors");
	assert_int_equal(strlen(holder.since), 20);
	store_rollback(store);
	holder_clear(store);
}

static void who_is_stopped_with_the_file_is_named(void **state)
{
	char expected[60];
	pid_t child;
	int status;

	(void)state;
	/* Where the system keeps its locks to itself nobody can be named. */
	if (access("/proc/locks", R_OK) != 0)
		skip();
	child = fork();
	if (child == 0) {
		struct store *mine = open_as("ann");

		if (store_begin(mine, &test_error))
			raise(SIGSTOP);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, WUNTRACED), child);
	assert_true(WIFSTOPPED(status));
	assert_false(store_begin(other, &test_error));
	assert_string_equal(test_error.code, "busy");
	snprintf(expected, sizeof expected, "is stopped (process %ld)", (long)child);
	assert_non_null(strstr(test_error.text, expected));
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(store_begin(other, &test_error));
	store_rollback(other);
}

static void the_mark_is_for_those_of_the_office(void **state)
{
	char path[200];
	struct stat office, mark;

	(void)state;
	holder_set(store, "A. Ruiz is importing vendors");
	snprintf(path, sizeof path, "%s-holder", store_path(store));
	assert_int_equal(stat(store_path(store), &office), 0);
	assert_int_equal(stat(path, &mark), 0);
	assert_int_equal(mark.st_mode & 0777, office.st_mode & 0660);
	holder_clear(store);
	assert_int_not_equal(stat(path, &mark), 0);
}

static struct holder told;
static int tellings;

static void tell(const struct holder *holder)
{
	told = *holder;
	tellings++;
}

static void a_longer_wait_tells_once_what_for(void **state)
{
	(void)state;
	tellings = 0;
	holder_waiting = tell;
	connection_patience_ms = 1100;
	assert_true(store_begin(store, &test_error));
	holder_set(store, "M. Chen is importing clients");
	assert_false(store_begin(other, &test_error));
	assert_int_equal(tellings, 1);
	assert_string_equal(told.doing, "M. Chen is importing clients");
	store_rollback(store);
	holder_clear(store);
}

static void a_session_lives_while_its_process_does(void **state)
{
	char session[96];
	pid_t child;
	int channel[2], status;

	(void)state;
	assert_true(holder_session_lives(holder_session()));
	assert_int_equal(pipe(channel), 0);
	child = fork();
	if (child == 0) {
		const char *mine = holder_session();

		_exit(write(channel[1], mine, strlen(mine) + 1) > 0 ? 0 : 1);
	}
	assert_true(read(channel[0], session, sizeof session) > 0);
	assert_string_not_equal(session, holder_session());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(holder_session_lives(session));
	assert_false(holder_session_lives(""));
	assert_false(holder_session_lives("1 1 1"));
	close(channel[0]);
	close(channel[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			who_waits_in_vain_is_told_for_whom, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_mark_of_the_dead_counts_for_nothing, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			who_is_stopped_with_the_file_is_named, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			the_mark_is_for_those_of_the_office, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_longer_wait_tells_once_what_for, open_office, close_office),
		cmocka_unit_test(a_session_lives_while_its_process_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
