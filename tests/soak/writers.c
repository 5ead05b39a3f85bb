/*
 * writers.c MSO DIRECTORY PROCESSES SAVES - many people save at once, as fast as they can: nothing
 * acknowledged is lost, nobody is told of locks, and nobody waits much longer than behind as many
 * bare one-row committers. GPL-3.0-or-later.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare.h"
#include "figure.h"
#include "model.h"
#include "work.h"

enum { PROCESSES_MOST = 64, KINDS = 7, ENOUGH = 10000 };

static const char *const kind_names[] = {
	"new record", "change", "shared change", "delete", "submit", "approve", "return"};

struct times {
	double *ms;
	size_t count, room;
};

static void add_time(struct times *times, double ms)
{
	if (times->count == times->room) {
		times->room = times->room * 2 + 1024;
		times->ms = realloc(times->ms, times->room * sizeof *times->ms);
		if (times->ms == NULL)
			abort();
	}
	times->ms[times->count++] = ms;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The time that a share of all stay below; sorts. */
static double quantile(struct times *times, double share)
{
	if (times->count == 0)
		return 0;
	qsort(times->ms, times->count, sizeof *times->ms, compare);
	return times->ms[(size_t)((double)(times->count - 1) * share)];
}

static bool read_whole(int pipe, void *into, size_t size)
{
	size_t have = 0;

	while (have < size) {
		ssize_t some = read(pipe, (char *)into + have, size - have);

		if (some <= 0)
			return false;
		have += (size_t)some;
	}
	return true;
}

/* How many of the processes did not end well. */
static int wait_all(const pid_t *children, int count)
{
	int failed = 0, status;

	for (int i = 0; i < count; i++) {
		if (waitpid(children[i], &status, 0) != children[i] || status != 0)
			failed++;
	}
	return failed;
}

static int measure_bare(const char *path, int processes, int saves, struct times *times)
{
	pid_t children[PROCESSES_MOST];
	int ends[2];
	double ms;

	if (!bare_make(path) || pipe(ends) != 0)
		exit(2);
	for (int i = 0; i < processes; i++) {
		children[i] = fork();
		if (children[i] == 0) {
			close(ends[0]);
			_exit(bare_do(path, saves, ends[1]));
		}
	}
	close(ends[1]);
	while (read_whole(ends[0], &ms, sizeof ms))
		add_time(times, ms);
	close(ends[0]);
	return wait_all(children, processes);
}

static int measure_office(const char *path, int processes, int saves, struct model *model,
	struct times times[KINDS + 1])
{
	pid_t children[PROCESSES_MOST];
	struct deed deed;
	int ends[2];

	if (pipe(ends) != 0)
		exit(2);
	for (int i = 0; i < processes; i++) {
		children[i] = fork();
		if (children[i] == 0) {
			struct work work = {.path = path,
				.person = i,
				.deeds = saves,
				.pipe = ends[1],
				.seed = 7};

			close(ends[0]);
			_exit(work_do(&work));
		}
	}
	close(ends[1]);
	while (read_whole(ends[0], &deed, sizeof deed)) {
		model_note(model, &deed);
		if (deed.state != DEED_SAVED)
			continue;
		add_time(&times[deed.kind], deed.ms);
		add_time(&times[KINDS], deed.ms);
	}
	close(ends[0]);
	return wait_all(children, processes);
}

static void print_times(const char *name, struct times *times)
{
	if (times->count > 0)
		printf("  %-14s %7zu  p50 %7.2f  p99 %7.2f  longest %7.2f ms\n", name, times->count,
			quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1));
}

int main(int count, char **words)
{
	struct times bare = {0}, times[KINDS + 1] = {{0}};
	struct model *model = model_new();
	struct verdict verdict;
	char path[512], bare_path[512];
	int processes, saves, failed;
	double began, ratio;
	bool ok;

	if (count != 5)
		return 2;
	snprintf(path, sizeof path, "%s/office.db", words[2]);
	snprintf(bare_path, sizeof bare_path, "%s/bare.db", words[2]);
	processes = (int)strtol(words[3], NULL, 10);
	saves = (int)strtol(words[4], NULL, 10);
	if (processes > PROCESSES_MOST || !work_office(words[1], path))
		return 2;
	failed = measure_bare(bare_path, processes, saves, &bare);
	began = work_clock();
	failed += measure_office(path, processes, saves, model, times);
	printf("  %d processes, %d saves each, %.0f saves a second\n", processes, saves,
		(double)times[KINDS].count / (work_clock() - began) * 1e3);
	model_check(model, path, &verdict);
	verdict.torn += !work_sound(words[1], path);
	print_times("bare", &bare);
	for (int i = 0; i < KINDS; i++)
		print_times(kind_names[i], &times[i]);
	print_times("all saves", &times[KINDS]);
	printf("  %lld came too late and read again, %lld found it decided or the budget used up\n",
		(long long)verdict.stale, (long long)verdict.decided);
	ratio = quantile(&times[KINDS], 0.99) / quantile(&bare, 0.99);
	ok = figure("writers: saves acknowledged", "all",
		verdict.saved == (int64_t)processes * saves && verdict.open == 0 && failed == 0,
		(double)verdict.saved, "");
	ok &= figure_none("writers: lost", verdict.lost);
	ok &= figure_none("writers: refused and there all the same", verdict.unasked);
	ok &= figure_none("writers: torn", verdict.torn);
	ok &= figure_none("writers: told of locks or of anything else", verdict.shown);
	/* Of a few hundred saves the slowest five make the p99: a figure only of many. */
	if (verdict.saved >= ENOUGH)
		ok &= figure("writers: p99 against bare committers", "at most 3", ratio <= 3, ratio,
			" x");
	else
		printf("  p99 against bare committers: %.2f x\n", ratio);
	model_free(model);
	return ok ? 0 : 1;
}
