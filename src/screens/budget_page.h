/*
 * budget_page.h - the page of a budget, shared by budget.c (the page and its keys), budget_cells.c
 * (what stands in the grids, and typing into them), budget_lines.c and budget_draw.c.
 * GPL-3.0-or-later.
 */
#ifndef SCREENS_BUDGET_PAGE_H
#define SCREENS_BUDGET_PAGE_H

#include "office/figures.h"
#include "screens/actions.h"
#include "screens/drafting.h"
#include "tui/grid.h"
#include "tui/page.h"

enum budget_kind { KIND_REVENUE, KIND_EXPENSE, KIND_CAPITAL, BUDGET_KINDS };
enum budget_view { VIEW_MONTHS, VIEW_YEAR, BUDGET_VIEWS };

enum {
	MONTHS_YEAR = FIGURES_MONTHS + 1, /* columns of the months: account, twelve, the year */
	MONTHS_COLUMNS,
	YEAR_COLUMNS = 7,
	BUDGET_HINTS = 24,
	BUDGET_NAME_LEAST = 17, /* cells of an account's name on a home-sized screen */
	BUDGET_BAR_LEAST = 5,   /* cells of a bar there */
	BUDGET_PERCENT = 8,     /* cells of " 103 % U" behind a bar */
};

struct budget_page {
	struct page page;
	struct store *store;
	struct record *record;          /* the budget */
	struct figures figures, before; /* its own, and the adopted one of the year before */
	struct buffer route;            /* "adopted 2025-12-09 by BD-2025-12/M3" */
	bool writes;                    /* it is a draft, and the actor may write its lines */
	bool left_out;                  /* private accounts are not shown */
	int months_over;                /* whole months of its year that are over: 0 to 12 */

	enum budget_kind kind;
	enum budget_view view;
	int *rows; /* owned: of figures.rows, those of the kind */
	int row_count;
	struct grid_column months[MONTHS_COLUMNS], year[YEAR_COLUMNS];
	struct grid_calls calls[BUDGET_VIEWS];
	struct grid *grids[BUDGET_VIEWS];
	int bar_cells;
	bool exact; /* cells give their cents, for typing on from them */

	struct drafting drafting; /* of the cell that is typed */
	char *undo_key;           /* owned: the line that was saved here last, or NULL */
	struct record *removing;  /* owned: the line that is asked about, or NULL */
	int64_t data_version;
	struct offered offered;
	struct hint hints[BUDGET_HINTS];
};

/* ---- budget.c ---- */

/* Reads the budget again; the focus stays on its account. */
bool budget_page_reload(struct budget_page *page);

/* ---- budget_cells.c ---- */

/* Makes the grids; once, after the page is zeroed. */
void budget_grids_make(struct budget_page *page);

/* Takes the rows of the kind into the grids, and the widths that their figures need. */
void budget_grids_fill(struct budget_page *page);

/* Bars of so many cells in the year to date. */
void budget_bars_set(struct budget_page *page, int cells);

struct grid *budget_grid(const struct budget_page *page);

/* The figure in focus; NULL when there is none. */
const struct figure *budget_focused(const struct budget_page *page);

void budget_focus_account(struct budget_page *page, const char *account);

/* The month before goes into the focused one (^D). False with a sentence. */
bool budget_copy_month(struct budget_page *page, struct error *err);

/* Amounts with tabs between them go into the focused month and those after it. As above. */
bool budget_paste(struct budget_page *page, const char *text, struct error *err);

extern const char *const budget_kinds[BUDGET_KINDS];
extern const char *const budget_month_names[FIGURES_MONTHS];

/* ---- budget_draft.c ---- */

void budget_save_draft(struct page *page);

/* What was typed is saved or taken back. */
void budget_drop_draft(struct budget_page *page);

/* Types on in the cell of the draft; false with a sentence when there is no such cell. */
bool budget_take_draft(struct budget_page *page, const struct draft *draft, struct error *err);

/* draft_page.open of budgets (budget.c). */
bool budget_continue(struct store *store, const struct draft *draft, struct error *err);

/* ---- budget_save.c ---- */

/*
 * Saves so many months from first on (0: January) of the line with this key. base is what they
 * were when the typing began: months that others changed since are asked about, and until that is
 * decided nothing is saved (code "stale"). False with a sentence.
 */
bool budget_save_months(struct budget_page *page, const char *key, int first, int count,
	const int64_t *base, const int64_t *typed, struct error *err);

/* ---- budget_lines.c ---- */

/* Why nothing can be typed here, in the message line. */
void budget_say_locked(const struct budget_page *page);

void budget_add_account(struct budget_page *page);
void budget_remove_line(struct budget_page *page);
void budget_undo(struct budget_page *page);
void budget_export(struct budget_page *page);

/* ---- budget_draw.c ---- */

void budget_title(struct page *page, struct buffer *left, struct buffer *right);
void budget_draw(struct page *page, struct area *area);

#endif
