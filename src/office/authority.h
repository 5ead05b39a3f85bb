/*
 * authority.h - who may approve a purchase request, in words, before anybody has to ask.
 * GPL-3.0-or-later.
 *
 * The rules themselves stand in the database (data/migrations/0005-purchasing.sql); this only
 * explains them, also for a request that is still being typed.
 */
#ifndef OFFICE_AUTHORITY_H
#define OFFICE_AUTHORITY_H

#include "office/record.h"

enum { AUTHORITY_LINES = 40 };

/* One line of a request as it stands on the screen. */
struct authority_line {
	char account[16];
	int64_t amount; /* cents that count for the total: a discount is negative, a credit 0 */
};

/* A request as it stands, typed or saved. */
struct authority_request {
	char key[24];          /* "" while new */
	char requested_by[40]; /* login */
	char needed_by[11];
	char vendor[24];
	int64_t payments;
	int64_t extra;      /* tax, freight and other fees, cents */
	bool charges_known; /* tax and freight are given */
	int count;
	struct authority_line lines[AUTHORITY_LINES]; /* sums per account suffice */
};

enum authority { AUTHORITY_NOBODY_YET, AUTHORITY_DIRECTOR, AUTHORITY_CHAIR, AUTHORITY_BOARD };

/* What one account is asked for. The shares of a request add up to its total. */
struct authority_share {
	char account[16];
	int64_t amount; /* the lines of this account over the whole committed term */
	int64_t share;  /* amount and its part of the extra */
};

/*
 * Spreads extra over the accounts by amount, the odd cents on the largest (Purchasing 1), as the
 * view request_share does. shares holds AUTHORITY_LINES. Returns how many; *total their sum.
 */
int authority_shares(
	const struct authority_request *request, struct authority_share *shares, int64_t *total);

/* Reads a saved request with its lines. False when there is none. */
bool authority_read(struct store *store, const char *key, struct authority_request *request);

/* Who decides a saved request by the two tests, as the field "decides" says it. */
enum authority authority_of(struct store *store, const char *key);

/*
 * Says who may approve and why: a first line ("The director may approve this."), then one line per
 * reason, each ended by a newline, with amounts as the two tests of Purchasing 2 see them now.
 */
enum authority authority_explain(
	struct store *store, const struct authority_request *request, struct buffer *out);

/* Not decided yet: who may approve it is still a question. */
bool authority_open(const struct record *request);

/*
 * Says what became of a request: by whom and when it was decided, on what authority, why; or why
 * it was returned. Lines ended by newlines; nothing for a draft and while it waits.
 */
void authority_decided(struct store *store, const struct record *request, struct buffer *out);

/* Both of a saved request: what became of it, and who may approve it while it is open. */
void authority_tell(struct store *store, const struct record *request, struct buffer *out);

/*
 * Puts a submitted request on the agenda of the Board's next planned meeting: an agenda item, a
 * pending motion with its wording ready, and the request as its subject up to its total. Runs
 * within a transaction; said receives one sentence.
 */
bool authority_to_board(
	struct store *store, const char *key, struct buffer *said, struct error *err);

#endif
