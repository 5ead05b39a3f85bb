/*
 * identity.h - who is asking and when: what actor(), real_login(), now() and today() say.
 * Private to the store. GPL-3.0-or-later.
 */
#ifndef STORE_IDENTITY_H
#define STORE_IDENTITY_H

#include <stdbool.h>
#include <time.h>

#include "core/date.h"
#include "core/error.h"

enum { INSTANT_TEXT = 21 }; /* "YYYY-MM-DDTHH:MM:SSZ" and its NUL */

struct identity {
	const char *real_login; /* of the process; borrowed */
	char *actor;            /* owned */
	bool fixed;             /* the clock stands */
	time_t second;          /* that now and today were made from */
	char now[INSTANT_TEXT];
	char today[DATE_TEXT];
};

/* The login of the real uid, or NULL when the system knows none. Borrowed. */
const char *identity_real_login(void);

/*
 * Acts as login (NULL: the real one), at the fixed instant given (NULL: the running clock).
 * False with a sentence when instant is neither a date nor a date and time.
 */
bool identity_start(
	struct identity *identity, const char *login, const char *instant, struct error *err);

void identity_act_as(struct identity *identity, const char *login);
bool identity_fix_clock(struct identity *identity, const char *instant, struct error *err);

/*
 * Moves a running clock. It stands still in between, so that all rows of a statement, and all
 * statements of a transaction, carry one instant.
 */
void identity_tick(struct identity *identity);

void identity_end(struct identity *identity); /* frees what it owns */

#endif
