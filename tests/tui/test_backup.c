/*
 * test_backup.c - the backup that the first sign-in of a day makes: it is made, Home tells of it,
 * and nobody waits for it; and what a damaged office says on the screen. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "office.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum { RUNS = 7 };

static const char *const backing_up[] = {"MSO_BACKUP=1", NULL};

static struct pty *sign_in(const char *today, const char *tick)
{
	return office_open(
		&(struct office_options){.env = backing_up, .today = today, .tick = tick});
}

/* The process that makes the backup is nobody's child, so it becomes this one's. */
static void wait_for_backup(void)
{
	int status;

	while (waitpid(-1, &status, 0) > 0)
		assert_true(WIFEXITED(status));
}

static int copy_without_backups(void **state)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	run("rm -rf \"$dir/backups\"");
	return office_copy(state);
}

static void first_sign_in_of_a_day_makes_one_and_home_tells_of_it(void **state)
{
	struct pty *pty = sign_in(NULL, "100");

	(void)state;
	assert_true(pty_wait(pty, "Backup: today 12:00, checked."));
	leave(pty);
	wait_for_backup();
	run("test $(ls \"$dir/backups\" | wc -l) -eq 1");
	pty = sign_in("2026-11-22", "100");
	assert_true(pty_wait(pty, "Backup: today 12:00, checked."));
	leave(pty);
	wait_for_backup();
	run("test $(ls \"$dir/backups\" | wc -l) -eq 2");
	leave(sign_in("2026-11-22", NULL));
	run("test $(ls \"$dir/backups\" | wc -l) -eq 2");
}

static void home_tells_how_old_the_last_one_is(void **state)
{
	struct pty *pty;

	(void)state;
	pty = open_office(NULL);
	assert_shows(pty, "Backup: none yet.");
	leave(pty);
	run("\"$mso\" --db \"$db\" backup >\"$dir/out\"");
	pty = office_open(&(struct office_options){.today = "2026-11-22"});
	assert_shows(pty, "Backup: yesterday 12:00, checked.");
	leave(pty);
	pty = office_open(&(struct office_options){.today = "2026-11-24"});
	assert_shows(pty, "Last good backup: Sat 21 Nov 2026. `mso backup` makes one");
	leave(pty);
	pty = office_open(
		&(struct office_options){.today = "2026-11-24", .rows = 12, .columns = 40});
	press_until(pty, "<Down>", "Last good backup");
	leave(pty);
}

static int by_size(const void *left, const void *right)
{
	double one = *(const double *)left, other = *(const double *)right;

	return (one > other) - (one < other);
}

/* Seconds from the start until all of Home is there and the program waits for a key. */
static double time_sign_in(void)
{
	double began = pty_now(), took;
	struct pty *pty = sign_in(NULL, NULL);

	took = pty_now() - began;
	leave(pty);
	wait_for_backup();
	return took;
}

/* How much longer it takes with the day's backup due: the quicker of medians and of leasts. */
static double ratio_of_series(void)
{
	double due[RUNS], made[RUNS], medians, leasts;

	for (int i = 0; i < RUNS; i++) {
		run("rm -rf \"$dir/backups\"");
		due[i] = time_sign_in();
		run("test $(ls \"$dir/backups\" | wc -l) -eq 1");
		made[i] = time_sign_in();
	}
	qsort(due, RUNS, sizeof *due, by_size);
	qsort(made, RUNS, sizeof *made, by_size);
	print_message("first frame with the day's backup due: median %.1f ms, least %.1f; without: "
		      "%.1f, %.1f\n",
		due[RUNS / 2] * 1e3, due[0] * 1e3, made[RUNS / 2] * 1e3, made[0] * 1e3);
	medians = due[RUNS / 2] / made[RUNS / 2];
	leasts = due[0] / made[0];
	return medians < leasts ? medians : leasts;
}

/*
 * What else the machine does falls on one side of a series or the other; a wait that is ours falls
 * on the same side of every one.
 */
static void nobody_waits_for_it(void **state)
{
	double ratio = ratio_of_series();

	(void)state;
	for (int i = 0; i < 3 && ratio > 1.2; i++)
		ratio = ratio_of_series();
	assert_true(ratio <= 1.2);
}

/* A page of the table of notes and comments is overwritten, as a failing disk does. */
static void damaged_office_says_so_and_saves_nothing(void **state)
{
	struct pty *pty;

	(void)state;
	run("\"$mso\" --db \"$db\" backup >\"$dir/out\"");
	run("page=$(sqlite3 \"$db\" \"SELECT rootpage FROM sqlite_schema WHERE name = 'vendor'\"); "
	    "head -c 512 /dev/zero | tr '\\0' '\\356' | "
	    "dd of=\"$db\" bs=4096 seek=$((page - 1)) conv=notrunc status=none");
	pty = open_office(NULL);
	open_list(pty, "vendors: all");
	assert_shows(pty, "The office file is damaged");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "nothing more is saved in it");
	assert_shows(pty, "`mso restore test-2026-11-21T120000Z-");
	open_record(pty, "clients: all", "C-0001");
	pty_type(pty, "e");
	fill(pty, "City", "Nowhere");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "The office file is damaged, and nothing more is saved in it.");
	pty_free(pty);
	run("test \"$(sqlite3 \"$db\" \"SELECT city FROM client WHERE key = 'C-0001'\")\" != Nowhere");
}

#define TEST(name) cmocka_unit_test_setup(name, copy_without_backups)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_sign_in_of_a_day_makes_one_and_home_tells_of_it),
		TEST(home_tells_how_old_the_last_one_is),
		TEST(nobody_waits_for_it),
		TEST(damaged_office_says_so_and_saves_nothing),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
