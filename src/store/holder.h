/*
 * holder.h - who holds the office file for longer than a moment, told in a small file beside it:
 * the office itself tells nobody anything while it is locked. Also the name of this program's
 * session, and whether another's goes on. GPL-3.0-or-later.
 */
#ifndef STORE_HOLDER_H
#define STORE_HOLDER_H

#include "store/store.h"

struct holder {
	char doing[160]; /* "M. Chen is importing clients" */
	char since[21];  /* UTC, as store_now */
	char session[96];
};

/*
 * Says what holds the file from now on; within the transaction, so that nobody else says so at the
 * same time. Where the mark cannot be made the work goes on without it.
 */
void holder_set(struct store *store, const char *doing);
void holder_clear(struct store *store);

/* The mark beside the office at path, if its session goes on. */
bool holder_read(const char *path, struct holder *out);

/*
 * Fills err for a wait that was in vain: whose process is stopped with the file in its hands, or by
 * whom, doing what and since when, where there is a mark; otherwise it stays. Always false.
 */
bool holder_explain(const char *path, struct error *err);

/* This process as a text that no other one ever has: boot, process number, when it started. */
const char *holder_session(void);

/* Does the process of such a text still run? One that cannot be looked at is taken to. */
bool holder_session_lives(const char *session);

/* Called now and then during a wait of more than a second for a holder; NULL: nobody is told. */
extern void (*holder_waiting)(const struct holder *holder);

#endif
