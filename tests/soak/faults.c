/*
 * faults.c KIND POINTS - lets one call after the other fail (tests/soak/failing.c) in saving,
 * approving, importing, migrating and founding, and looks at what is in the file afterwards: the
 * state before or the state after, never anything else; and the state after when the program said
 * so. KIND is io or memory; POINTS is how many calls of each operation fail, 0 for all of them.
 * The script faults.sh prepares a directory and starts it there. GPL-3.0-or-later.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "judge.h"

enum { WORDS_MOST = 8 };

struct operation {
	const char *name;
	const char *base; /* the office it starts from, or NULL: none */
	const char *words[WORDS_MOST];
};

static const struct operation operations[] = {
	{"save", "office.db", {"set", "client", "C-0001", "notes=What was typed", NULL}},
	{"approve", "office.db", {"do", "request", "$REQUEST", "approve", NULL}},
	{"import", "office.db", {"import", "vendor", "vendors.csv", NULL}},
	{"backup", "office.db", {"backup", NULL}},
	{"migrate", "older.db", {"list", "vendor", NULL}}, {"init", NULL, {"init", NULL}},
	{"demo", NULL, {"init", "--demo", NULL}}, /* slow: only by name, or of all points */
};

/* ---- running ---- */

static _Noreturn void become(const struct operation *operation, const char *fail, int said)
{
	const char *words[WORDS_MOST + 4] = {getenv("MSO"), "--db", OFFICE};
	int count = 3;

	for (int i = 0; operation->words[i] != NULL; i++)
		words[count++] = strcmp(operation->words[i], "$REQUEST") == 0 ? getenv("REQUEST")
									      : operation->words[i];
	dup2(said, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	close(said);
	setenv("MSO_FAIL", fail, 1);
	setenv("MSO_FAIL_COUNT", "count", 1);
	setenv("LD_PRELOAD", getenv("SHIM"), 1);
	execv(words[0], (char **)words);
	_exit(127);
}

static void run(const struct operation *operation, const char *fail, struct outcome *outcome)
{
	int ends[2];
	pid_t child;

	judge_prepare(operation->base);
	if (pipe(ends) != 0 || (child = fork()) < 0)
		exit(2);
	if (child == 0) {
		close(ends[0]);
		become(operation, fail, ends[1]);
	}
	close(ends[1]);
	judge_listen(ends[0], child, outcome);
}

static long calls_made(void)
{
	FILE *file = fopen("count", "r");
	long calls = 0;

	if (file == NULL || fscanf(file, "%ld", &calls) != 1)
		calls = 0;
	if (file != NULL)
		fclose(file);
	return calls;
}

static void try_kind(const struct operation *operation, const char *kind, long points,
	uint64_t before, uint64_t after, struct sums *sums)
{
	static struct outcome outcome;
	struct judged now;
	char fail[64];
	long calls, step, offset;

	snprintf(fail, sizeof fail, "%s 0", kind);
	run(operation, fail, &outcome);
	calls = calls_made();
	if (calls == 0 || judge_state(operation->name) != after) {
		judge_complain(
			"does not even work without faults", operation->name, fail, &outcome);
		sums->wrong++;
	}
	step = points > 0 && points < calls ? calls / points : 1;
	/* Samples of different kinds lie at different places. */
	offset = 1 + (long)(kind[0] + kind[1]) % step;
	for (int sticky = 0; sticky <= 1; sticky++) {
		for (long at = offset; at <= calls; at += step) {
			snprintf(fail, sizeof fail, "%s %ld%s", kind, at, sticky ? " sticky" : "");
			run(operation, fail, &outcome);
			/* What failed to be written may be anything; without memory nothing is. */
			now = judge_look(operation->name, kind[0] == 'm' ? before : 1);
			judge(operation->name, fail, &outcome, &now, before, after, sums);
		}
	}
	printf("  %-8s %-7s %6ld calls, every %ld\n", operation->name, kind, calls, step);
	fflush(stdout);
}

/* Is it asked for, and does the program have the command? */
static bool is_asked(const struct operation *operation, long points, const char *name)
{
	char command[256];

	if (name != NULL ? strcmp(name, operation->name) != 0
			 : points > 0 && strcmp(operation->name, "demo") == 0)
		return false;
	snprintf(command, sizeof command, "\"$MSO\" help %s >/dev/null 2>&1", operation->words[0]);
	return system(command) == 0;
}

static void try_operation(
	const struct operation *operation, bool memory, long points, struct sums *sums)
{
	static const char *const files[] = {"enospc", "eio", "short", NULL};
	static const char *const allocations[] = {"memory", NULL};
	static struct outcome outcome;
	uint64_t before, after;

	judge_prepare(operation->base);
	before = judge_state(operation->name);
	run(operation, "none 0", &outcome);
	after = judge_state(operation->name);
	if (outcome.status != 0 || before == 1 || after == 1) {
		judge_complain("does not work", operation->name, "no fault", &outcome);
		sums->wrong++;
	}
	for (const char *const *kind = memory ? allocations : files; *kind != NULL; kind++)
		try_kind(operation, *kind, points, before, after, sums);
}

int main(int count, char **words)
{
	struct sums sums = {0};
	const char *kind;
	long points;

	if (count < 3 || getenv("MSO") == NULL || getenv("SHIM") == NULL ||
		getenv("REQUEST") == NULL)
		return 2;
	kind = words[1];
	points = strtol(words[2], NULL, 10);
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
		if (is_asked(&operations[i], points, words[3]))
			try_operation(&operations[i], strcmp(kind, "memory") == 0, points, &sums);
	}
	return judge_sums(kind, points, &sums) ? 0 : 1;
}
