/*
 * home.h - the figures of Home for whoever is asking: what waits, the budget of the year, what
 * others changed, fees received. For the page and for the text that `mso` prints without a
 * terminal. GPL-3.0-or-later.
 */
#ifndef REPORT_HOME_H
#define REPORT_HOME_H

#include <time.h>

#include "office/figures.h"
#include "report/changes.h"

enum { HOME_NEEDS = 12, HOME_GROUPS = 12, HOME_CHANGES = 16, HOME_DRAFTS = 5 };

/* Something that waits for the actor, and what Enter opens: a list in a view, or one record. */
struct home_need {
	char words[80]; /* "3 requests to decide" */
	bool has_sum;
	int64_t sum; /* cents */
	const struct record_type *type;
	const char *view; /* NULL: the record with key */
	char key[32];
	bool begins; /* a first step of a new office */
};

/* What the actor was writing and had not saved. */
struct home_draft {
	int64_t number;  /* for drafts_read */
	char words[128]; /* "PR-2026-0144 New chairs, 10:42" */
	size_t title;    /* bytes of it before the comma: what may be cut where it does not fit */
};

struct home {
	struct home_draft drafts[HOME_DRAFTS]; /* newest first */
	int draft_count;
	int draft_total; /* with those that find no place here */

	struct home_need needs[HOME_NEEDS];
	int need_count;
	bool beginning; /* there is nothing among them but first steps */

	int year;
	bool adopted;    /* the year has an adopted budget */
	char budget[24]; /* its key */
	struct figure_group groups[HOME_GROUPS];
	int group_count;
	bool left_out; /* private accounts are not among them */

	int revenue_year;
	int last_month; /* the last whole one of revenue_year with anything booked: 0 to 11 */
	int64_t revenue[FIGURES_MONTHS], planned[FIGURES_MONTHS];

	bool since_known;
	char since[24]; /* local "2026-11-19 17:40"; "" on a first visit */
	int64_t since_audit;
	struct change changes[HOME_CHANGES];
	int change_count;
	bool changes_cut;

	bool loaded_more;

	char backup[700];     /* a sentence about the newest one; "" before it was looked for */
	bool backup_worrying; /* it is too old, or the file is damaged */
};

/*
 * Reads the figures; *home starts as zeros and keeps from when on changes count. Quick in any
 * office. False with a sentence when the file cannot be read.
 */
bool home_load(struct store *store, struct home *home, struct error *err);

/* Only what the actor was writing. False with a sentence. */
bool home_load_drafts(struct store *store, struct home *home, struct error *err);

/* The slower rest, after the first frame: what others changed. True when it read something. */
bool home_load_more(struct store *store, struct home *home);

/*
 * Looks when the last backup was made; after the first frame, too. True when there is something
 * else to say than before.
 */
bool home_load_backup(struct store *store, struct home *home);

/*
 * What to say of a backup made at last (0: none) at the moment now, when the office file came to
 * its place age seconds ago (-1: not known). True when that is worrying.
 */
bool home_backup_words(time_t last, time_t now, int64_t age, char *out, size_t size);

/*
 * Notes that the actor is here now, in one short transaction. Coming back within ten minutes is
 * the same visit. Call after home_load.
 */
bool home_visit(struct store *store, struct error *err);

/* Has anything been received in revenue_year up to last_month? */
bool home_received(const struct home *home);

/* "41,300.00 in Oct, 2.1 % above budget F" of last_month. Appends. */
void home_revenue_words(const struct home *home, struct buffer *out);

/* The same as text of 80 columns, ending with how to open the office full screen. */
void home_print(struct store *store, struct buffer *out);

#endif
