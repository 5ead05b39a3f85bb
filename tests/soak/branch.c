/*
 * branch.c - the processes of a trunk and its branches, and who waits for whom: the trunk asks
 * before each branch and after it, and whoever has started it keeps the files. GPL-3.0-or-later.
 */
#include "branch.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "snapshot.h"

enum { PATIENCE = 120 /* seconds that a branch may take */ };

/* What the trunk tells. */
struct message {
	long point;
	bool sticky;
	bool ended;
	int status;
};

/* ---- in the trunk and its branches ---- */

static const struct branch_run *trunk; /* NULL: this is none */
static long *calls;                    /* shared with the keeper of the files */
static int keeper;
static bool counts, in_branch, all_fail;

void branch_begin(void)
{
	counts = trunk != NULL;
}

bool branch_is(void)
{
	return in_branch;
}

static void tell(const struct message *message)
{
	char answer;

	if (write(keeper, message, sizeof *message) != (ssize_t)sizeof *message ||
		read(keeper, &answer, 1) != 1)
		_exit(2);
}

/* True in the new process. */
static bool branch_off(bool sticky)
{
	struct message message = {.point = *calls, .sticky = sticky};
	pid_t child;

	tell(&message);
	child = fork();
	if (child == 0) {
		in_branch = true;
		all_fail = sticky;
		alarm(PATIENCE);
		return true;
	}
	if (child < 0 || waitpid(child, &message.status, 0) != child)
		_exit(2);
	message.ended = true;
	tell(&message);
	return false;
}

bool branch_call(void)
{
	long past;

	if (!counts)
		return false;
	if (in_branch)
		return all_fail;
	past = ++*calls - trunk->first;
	if (trunk->step == 0 || past < 0 || past % trunk->step != 0)
		return false;
	return branch_off(false) ||
	       (past / trunk->step % trunk->sticky_step == 0 && branch_off(true));
}

static _Noreturn void grow(const struct branch_run *run, int end, FILE *said)
{
	const struct rlimit none = {0, 0};

	trunk = run;
	keeper = end;
	setrlimit(RLIMIT_CORE, &none);
	if (dup2(fileno(said), STDERR_FILENO) < 0)
		_exit(2);
	_exit(run->work(run->context));
}

/* ---- who keeps the files ---- */

static void hear(FILE *said, struct outcome *outcome)
{
	ssize_t size = pread(fileno(said), outcome->said, OUTPUT - 1, 0);

	outcome->said[size > 0 ? size : 0] = '\0';
}

/* Nothing has been said yet. */
static void hush(FILE *said)
{
	if (ftruncate(fileno(said), 0) != 0 || lseek(fileno(said), 0, SEEK_SET) != 0)
		exit(2);
}

static void keep(const struct branch_run *run, int end, FILE *said)
{
	static struct outcome outcome;
	struct snapshot *files = snapshot_new();
	struct message message;

	while (read(end, &message, sizeof message) == (ssize_t)sizeof message) {
		if (!message.ended) {
			if (!message.sticky)
				snapshot_take(files);
			hush(said);
		} else {
			outcome.status = message.status;
			hear(said, &outcome);
			run->judge(run->context, message.point, message.sticky, &outcome,
				snapshot_key(files));
			snapshot_restore(files);
		}
		if (write(end, "", 1) != 1)
			break;
	}
	snapshot_free(files);
}

long branch_run(const struct branch_run *run, struct outcome *outcome)
{
	FILE *said = tmpfile();
	long count;
	int ends[2];
	pid_t child;

	/* Another one for each trunk: several may grow side by side. */
	calls = mmap(
		NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (said == NULL || calls == MAP_FAILED ||
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		exit(2);
	child = fork();
	if (child < 0)
		exit(2);
	if (child == 0) {
		close(ends[0]);
		grow(run, ends[1], said);
	}
	close(ends[1]);
	keep(run, ends[0], said);
	close(ends[0]);
	if (waitpid(child, &outcome->status, 0) != child)
		exit(2);
	hear(said, outcome);
	fclose(said);
	count = *calls;
	munmap(calls, sizeof *calls);
	return count;
}
