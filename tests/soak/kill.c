/*
 * kill.c MSO DIRECTORY ROUNDS - eight people at work are killed in the middle of it, round after
 * round: whatever was acknowledged is there, and nothing is there by half. GPL-3.0-or-later.
 */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figure.h"
#include "model.h"
#include "work.h"

/* An office serves so many rounds, and then there is a new one: the checks stay quick. */
enum { PEOPLE = 8, ROUNDS_OF_OFFICE = 40, DEEDS_OF_ROUND = 1000000, TOLD_BEFORE = 64 };

struct sums {
	long long saved, open, there, lost, unasked, torn, shown, failed;
};

/* Takes the deeds told so far; waits for the first of them at most ms. False at the end. */
static bool take(struct model *model, int pipe, int ms, int64_t *taken)
{
	struct pollfd ready = {.fd = pipe, .events = POLLIN};
	struct deed deeds[64];
	ssize_t size;

	if (poll(&ready, 1, ms) <= 0)
		return true;
	size = read(pipe, deeds, sizeof deeds);
	/* Messages are whole: each was one write, and no longer than PIPE_BUF. */
	if (size <= 0 || size % (ssize_t)sizeof *deeds != 0)
		return false;
	for (ssize_t i = 0; i < size / (ssize_t)sizeof *deeds; i++)
		model_note(model, &deeds[i]);
	*taken += size / (ssize_t)sizeof *deeds;
	return true;
}

/* Starts everybody, kills everybody while they save, and takes what they told until then. */
static int play(struct model *model, const char *path, int round)
{
	pid_t people[PEOPLE];
	int ends[2], status, failed = 0;
	int64_t taken = 0;
	double until;

	if (pipe(ends) != 0)
		exit(2);
	for (int i = 0; i < PEOPLE; i++) {
		people[i] = fork();
		if (people[i] == 0) {
			struct work work = {.path = path,
				.person = i,
				.first = (int64_t)round * DEEDS_OF_ROUND,
				.seed = (unsigned)random(),
				.pipe = ends[1]};

			close(ends[0]);
			_exit(work_do(&work));
		}
	}
	close(ends[1]);
	while (taken < TOLD_BEFORE && take(model, ends[0], 10000, &taken))
		;
	until = work_clock() + (double)(random() % 30);
	while (work_clock() < until)
		take(model, ends[0], 1, &taken);
	for (int i = 0; i < PEOPLE; i++)
		kill(people[i], SIGKILL);
	for (int i = 0; i < PEOPLE; i++) {
		if (waitpid(people[i], &status, 0) != people[i] || !WIFSIGNALED(status) ||
			WTERMSIG(status) != SIGKILL)
			failed++;
	}
	while (take(model, ends[0], -1, &taken))
		;
	close(ends[0]);
	return failed;
}

static void remove_office(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm"};
	char file[600];

	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path, suffixes[i]);
		unlink(file);
	}
}

/* Some rounds on one new office. */
static void play_some(const char *mso, const char *path, int first, int rounds, struct sums *sums)
{
	struct model *model = model_new();
	struct verdict verdict = {0};

	remove_office(path);
	if (!work_office(mso, path))
		exit(2);
	for (int i = 0; i < rounds; i++) {
		sums->failed += play(model, path, first + i);
		model_check(model, path, &verdict);
		sums->lost += verdict.lost;
		sums->unasked += verdict.unasked;
		sums->torn += verdict.torn;
	}
	sums->torn += !work_sound(mso, path);
	sums->saved += verdict.saved;
	sums->open += verdict.open;
	sums->there += verdict.open_there;
	sums->shown += verdict.shown;
	model_free(model);
}

int main(int count, char **words)
{
	struct sums sums = {0};
	char path[512];
	int rounds;
	bool ok;

	if (count != 4)
		return 2;
	snprintf(path, sizeof path, "%s/killed.db", words[2]);
	rounds = (int)strtol(words[3], NULL, 10);
	srandom(17);
	for (int done = 0; done < rounds; done += ROUNDS_OF_OFFICE)
		play_some(words[1], path, done,
			rounds - done < ROUNDS_OF_OFFICE ? rounds - done : ROUNDS_OF_OFFICE, &sums);
	printf("  %lld saves acknowledged; %lld were under way, %lld new records of those are there\n",
		sums.saved, sums.open, sums.there);
	ok = figure("killed: rounds of 8 writers", "all", sums.failed == 0 && sums.saved > rounds,
		rounds, "");
	ok &= figure_none("killed: acknowledged and lost", sums.lost);
	ok &= figure_none("killed: refused and there all the same", sums.unasked);
	ok &= figure_none("killed: torn", sums.torn);
	ok &= figure_none("killed: told of anything but others' saves", sums.shown);
	return ok ? 0 : 1;
}
