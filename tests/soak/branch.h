/*
 * branch.h - one run of an operation, the trunk, from which at each call that may fail a process
 * branches off in which it does fail. The trunk waits until the branch has ended and been looked
 * at, gets the files back as they were, and goes on: every call of a run fails once, without the
 * run being begun anew for each. GPL-3.0-or-later.
 */
#ifndef SOAK_BRANCH_H
#define SOAK_BRANCH_H

#include <stdbool.h>

#include "judge.h"

struct branch_run {
	/* Does it, in a process of its own: says on stderr what fails, and returns its exit code.
	 */
	int (*work)(void *context);
	/* Looks at the files as the branch has left them: key says which bytes they are, see
	 * snapshot_key. point: the call that failed, from 1 on; sticky: and every one after it. */
	void (*judge)(void *context, long point, bool sticky, const struct outcome *outcome,
		uint64_t key);
	void *context;
	long first, step; /* of the calls, which ones fail; step 0: none */
	long sticky_step; /* of those, which ones fail with every later one, too */
};

/*
 * Runs the trunk in this directory, on the files that judge_prepare has put there; *outcome is its
 * own. Returns how many calls it made.
 */
long branch_run(const struct branch_run *run, struct outcome *outcome);

/* For work: calls count from now on. */
void branch_begin(void);

/* For every call that may fail: true when it is to. */
bool branch_call(void);

/* Is this a branch? Its trunk holds the locks that it believes to hold. */
bool branch_is(void);

#endif
