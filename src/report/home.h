/*
 * home.h - the figures of Home for whoever is asking: what waits, the budget of the year, what
 * others changed, fees received. For the page and for the text that `mso` prints without a
 * terminal. GPL-3.0-or-later.
 */
#ifndef REPORT_HOME_H
#define REPORT_HOME_H

#include "office/figures.h"
#include "report/changes.h"

enum { HOME_NEEDS = 12, HOME_GROUPS = 12, HOME_CHANGES = 16 };

/* Something that waits for the actor, and what Enter opens: a list in a view, or one record. */
struct home_need {
	char words[80]; /* "3 requests to decide" */
	bool has_sum;
	int64_t sum; /* cents */
	const struct record_type *type;
	const char *view; /* NULL: the record with key */
	char key[32];
	bool begins; /* a first step of a new office: nothing of the type is there yet */
};

struct home {
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
	int last_month; /* the last whole month of revenue_year: 0 to 11 */
	int64_t revenue[FIGURES_MONTHS], planned[FIGURES_MONTHS];

	bool since_known;
	char since[24]; /* local "2026-11-19 17:40"; "" on a first visit */
	int64_t since_audit;
	struct change changes[HOME_CHANGES];
	int change_count;
	bool changes_cut;

	bool loaded_more;
};

/*
 * Reads the figures; *home starts as zeros and keeps from when on changes count. Quick in any
 * office. False with a sentence when the file cannot be read.
 */
bool home_load(struct store *store, struct home *home, struct error *err);

/* The slower rest, after the first frame: what others changed. True when it read something. */
bool home_load_more(struct store *store, struct home *home);

/*
 * Notes that the actor is here now, in one short transaction. Coming back within ten minutes is
 * the same visit. Call after home_load.
 */
bool home_visit(struct store *store, struct error *err);

/* Has anything been received in revenue_year up to last_month? */
bool home_received(const struct home *home);

/* "41,300.00 in Oct, 2.1 % above budget F" of the last whole month. Appends. */
void home_revenue_words(const struct home *home, struct buffer *out);

/* The same as text of 80 columns, ending with how to open the office full screen. */
void home_print(struct store *store, struct buffer *out);

#endif
