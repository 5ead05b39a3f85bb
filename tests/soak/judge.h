/*
 * judge.h - what is in an office after something failed on the way: the state before or the state
 * after, never anything else, and the one that the program told. GPL-3.0-or-later.
 */
#ifndef SOAK_JUDGE_H
#define SOAK_JUDGE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define OFFICE "case/office.db" /* where every run finds its office */

enum { OUTPUT = 4096 };

/* What came of one run. */
struct outcome {
	int status;        /* as waitpid gives it */
	char said[OUTPUT]; /* both outputs */
};

struct sums {
	long long points, refused, gave_up, wrong, unshown, crashed, false_saved, false_refused,
		done_before, unsound;
};

/* Removes a directory with all that is in it, if there is one. */
void judge_clear(const char *directory);

/* A fresh directory "case" with a copy of the office, or none for NULL. Ends the test if it fails.
 */
void judge_prepare(const char *base);

/*
 * Everything in OFFICE as one number, and for the operation "backup" in the backups beside it; 0
 * for no file, 1 when it or a backup is damaged.
 */
uint64_t judge_state(const char *operation);

/* What is in an office after a run. */
struct judged {
	uint64_t state; /* by judge_state */
	bool sound;
};

/*
 * Looks at OFFICE. $MSO checks it: the hashes of its history and its rows by them, which the state
 * leaves out; unless the state is trusted, which is known to be sound (1, of what is damaged:
 * none).
 */
struct judged judge_look(const char *operation, uint64_t trusted);

/* Reads all that the child says and waits for its end; closes the pipe. */
void judge_listen(int pipe, pid_t child, struct outcome *outcome);

/* Judges a run in which fail ("eio 12 sticky") was the fault, by what came of it and is there now.
 */
void judge(const char *operation, const char *fail, const struct outcome *outcome,
	const struct judged *now, uint64_t before, uint64_t after, struct sums *sums);
void judge_complain(
	const char *what, const char *operation, const char *fail, const struct outcome *outcome);

/* Adds what others have counted. */
void judge_add(struct sums *sums, const struct sums *more);

/* Prints the figures; points: how many were asked for, 0 for all. True when all are reached. */
bool judge_sums(const char *kind, long points, const struct sums *sums);

#endif
