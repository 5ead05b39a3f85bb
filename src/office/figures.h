/*
 * figures.h - budget, actual, committed and available, by account, group, year and month: the
 * queries behind Home and the budget page. GPL-3.0-or-later.
 *
 * All amounts are cents in the signs of the budget: revenue and expense are both positive. What
 * the actor may not see (private accounts) is in no figure; figures_left_out says so.
 */
#ifndef OFFICE_FIGURES_H
#define OFFICE_FIGURES_H

#include "office/record.h"

enum { FIGURES_MONTHS = 12 };

/* One account in one budget. Texts are owned. */
struct figure {
	char *line;    /* key of the budget line: "B-2026-0001/3" */
	char *account; /* code */
	char *name;
	char *kind; /* "revenue", "expense", "capital" */
	char *group;
	int64_t version; /* of the budget line */
	int64_t plan[FIGURES_MONTHS];
	int64_t actual[FIGURES_MONTHS];
	int64_t budget;    /* the year as planned */
	int64_t booked;    /* actual of the whole year */
	int64_t committed; /* approved and not yet booked */
};

struct figures {
	struct figure *rows; /* by account code */
	int count;
	int year;
};

/* Reads a budget's lines with what became of them. Empties *figures first; caller frees. */
bool figures_of_budget(
	struct store *store, const char *budget, struct figures *figures, struct error *err);
void figures_free(struct figures *figures);

/* budget - actual - committed, as Purchasing 2 tests it. */
int64_t figure_available(const struct figure *figure);

/* What months first to last (0 to 11) plan and booked. */
int64_t figure_plan(const struct figure *figure, int first, int last);
int64_t figure_actual(const struct figure *figure, int first, int last);

/* Positive is favourable: revenue above its plan, or spending below it. */
int64_t figure_variance(const char *kind, int64_t plan, int64_t actual);

/* A group of accounts in the adopted budget of a year. */
struct figure_group {
	char name[64];
	int64_t budget, actual, committed;
};

/*
 * Expense and capital by group: those over their budget first, then the largest budget. Returns
 * how many were filled in.
 */
int figures_groups(struct store *store, int year, struct figure_group *out, int capacity);

/* All revenue of a year by month: the adopted plan, and what was booked. */
void figures_revenue(struct store *store, int year, int64_t plan[FIGURES_MONTHS],
	int64_t actual[FIGURES_MONTHS]);

/*
 * How far a budget has come and by which motion: "adopted 2025-12-09 by BD-2025-12/M3",
 * "recommended 2025-11-10 by CC-2025-11/M1", "draft". Appends.
 */
void figures_route(struct store *store, const char *budget, struct buffer *out);

/* The adopted budget of a year: false when there is none. key may be NULL. */
bool figures_adopted(struct store *store, int year, struct buffer *key);

/* What an account has left in the adopted budget of a year; false when it stands in none. */
bool figures_available(struct store *store, int year, const char *account, int64_t *available);

/* True when there are accounts that this actor is not shown: totals must say so. */
bool figures_left_out(struct store *store);

/*
 * Spreads an amount evenly over twelve months, odd cents in the last one: 100.00 gives eleven
 * times 8.33 and 8.37.
 */
void figures_spread(int64_t amount, int64_t months[FIGURES_MONTHS]);

/* The keys of the twelve month fields of a budget line: "jan" to "dec". */
extern const char *const figures_months[FIGURES_MONTHS];

#endif
