/*
 * backup_daily.c - the backup that the first sign-in of a day makes, in a process of its own that
 * nobody waits for. GPL-3.0-or-later.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/backup_parts.h"
#include "store/identity.h"

enum {
	A_MINUTE = 60,
	NICE = 10,
	SIGN_IN_TAKES = 300000000, /* nanoseconds */
	PRIORITY_OF_PROCESS = 1,   /* as in linux/ioprio.h, which few systems have */
	PRIORITY_WHEN_IDLE = 3 << 13,
};

static int64_t began = -A_MINUTE;

static int64_t seconds(void)
{
	struct timespec clock;

	clock_gettime(CLOCK_MONOTONIC, &clock);
	return (int64_t)clock.tv_sec;
}

bool backup_daily_runs(void)
{
	return seconds() - began < A_MINUTE;
}

/* One look into the directory: is there one of today's date? */
static bool is_due(const struct store_options *options)
{
	struct identity identity;
	bool found;

	if (!file_identity(options, &identity, NULL))
		return false;
	found = backup_is_of(options->path, identity.today);
	identity_end(&identity);
	return !found && eaccess(options->path, F_OK) == 0;
}

/* Lets go of the terminal and of whoever waits for it, and stands back behind all others. */
static void stand_back(void)
{
	int nothing = open("/dev/null", O_RDWR);

	signal(SIGHUP, SIG_IGN);
	for (int i = STDIN_FILENO; nothing >= 0 && i <= STDERR_FILENO; i++)
		dup2(nothing, i);
	if (nothing > STDERR_FILENO)
		close(nothing);
	if (chdir("/") != 0 || nice(NICE) < 0)
		return;
	syscall(SYS_ioprio_set, PRIORITY_OF_PROCESS, 0, PRIORITY_WHEN_IDLE);
}

static void make_it(const struct store_options *options)
{
	const struct timespec sign_in = {.tv_nsec = SIGN_IN_TAKES};
	struct backup_made made;

	stand_back();
	/* Until the first frame is out the machine is for whoever waits for it. */
	nanosleep(&sign_in, NULL);
	backup_make_for(options, BACKUP_OF_TODAY, 0, &made, NULL);
	free(made.path);
}

void backup_daily(const struct store_options *options)
{
	int status;
	pid_t child;

	if ((options->today != NULL && getenv("MSO_BACKUP") == NULL) || !is_due(options))
		return;
	began = seconds();
	child = fork();
	if (child == 0) {
		/* The child of a child has nobody who would have to wait for it. */
		if (setsid() >= 0 && fork() == 0)
			make_it(options);
		_exit(0);
	}
	if (child > 0)
		waitpid(child, &status, 0);
}
