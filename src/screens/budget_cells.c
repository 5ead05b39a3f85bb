/*
 * budget_cells.c - the budget as cells: months and year, or the year to date; and what is typed
 * into them, saved cell by cell. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/money.h"
#include "core/text.h"
#include "screens/budget_page.h"
#include "tui/chart.h"

enum { AMOUNT_LEAST = 6 };

/* The columns of the year to date; how much is used, with its bar, stays in sight. */
enum year_column {
	YEAR_ACCOUNT,
	YEAR_BUDGET,
	YEAR_ACTUAL,
	YEAR_COMMITTED,
	YEAR_AVAILABLE,
	YEAR_VARIANCE,
	YEAR_USED
};

const char *const budget_kinds[BUDGET_KINDS] = {"revenue", "expense", "capital"};
const char *const budget_month_names[FIGURES_MONTHS] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct grid *budget_grid(const struct budget_page *page)
{
	return page->grids[page->view];
}

static const struct figure *figure_at(const struct budget_page *page, int row)
{
	return row >= 0 && row < page->row_count ? &page->figures.rows[page->rows[row]] : NULL;
}

const struct figure *budget_focused(const struct budget_page *page)
{
	return figure_at(page, grid_focus_row(budget_grid(page)));
}

void budget_focus_account(struct budget_page *page, const char *account)
{
	for (int row = 0; row < page->row_count; row++) {
		if (strcmp(figure_at(page, row)->account, account) != 0)
			continue;
		for (int view = 0; view < BUDGET_VIEWS; view++)
			grid_focus(page->grids[view], row, grid_focus_column(page->grids[view]));
	}
}

/* ---- cells ---- */

static void account_cell(const struct figure *figure, char out[GRID_CELL])
{
	snprintf(out, GRID_CELL, "%.12s %.100s", figure->account, figure->name);
}

static void put_amount(const struct budget_page *page, int64_t cents, char out[GRID_CELL])
{
	char text[MONEY_TEXT];

	snprintf(out, GRID_CELL, "%s",
		page->exact && cents % 100 != 0 ? money_format(cents, text)
						: money_format_whole(cents, text));
}

/* One figure of a row, or of all rows for the total. */
static int64_t sum_of(const struct budget_page *page, int row, int column,
	int64_t (*of)(const struct budget_page *page, const struct figure *figure, int column))
{
	int64_t sum = 0;

	if (row != GRID_TOTAL)
		return of(page, figure_at(page, row), column);
	for (int i = 0; i < page->row_count; i++)
		sum += of(page, figure_at(page, i), column);
	return sum;
}

static int64_t month_of(const struct budget_page *page, const struct figure *figure, int column)
{
	(void)page;
	return column == MONTHS_YEAR ? figure->budget : figure->plan[column - 1];
}

static void months_cell(void *context, int row, int column, char out[GRID_CELL])
{
	const struct budget_page *page = context;

	if (column > 0)
		put_amount(page, sum_of(page, row, column, month_of), out);
	else if (row == GRID_TOTAL)
		snprintf(out, GRID_CELL, "Total");
	else
		account_cell(figure_at(page, row), out);
}

static int64_t year_of(const struct budget_page *page, const struct figure *figure, int column)
{
	switch (column) {
	case YEAR_BUDGET:
		return figure->budget;
	case YEAR_ACTUAL:
		return figure->booked;
	case YEAR_COMMITTED:
		return figure->committed;
	case YEAR_AVAILABLE:
		return figure_available(figure);
	default:
		return figure_variance(figure->kind, figure_plan(figure, 0, page->months_over - 1),
			figure_actual(figure, 0, page->months_over - 1));
	}
}

static void variance_cell(int64_t variance, char out[GRID_CELL])
{
	char text[MONEY_TEXT];

	snprintf(out, GRID_CELL, "%s %s",
		money_format_whole(variance < 0 ? -variance : variance, text),
		variance < 0   ? "U"
		: variance > 0 ? "F"
			       : " ");
}

/* "■■■■□  85 %", and behind what is above the budget the letter of a variance. */
static void used_cell(const struct budget_page *page, int row, char out[GRID_CELL])
{
	int64_t budget = sum_of(page, row, YEAR_BUDGET, year_of);
	int64_t used = sum_of(page, row, YEAR_ACTUAL, year_of) +
		       sum_of(page, row, YEAR_COMMITTED, year_of);
	struct buffer bar = {0};

	chart_bar(&bar, used, budget, page->bar_cells, draw_utf8());
	if (budget > 0)
		buffer_format(&bar, " %3d %%", chart_percent(used, budget));
	else
		buffer_add(&bar, "      ");
	if (used > budget)
		buffer_format(&bar, " %s", page->kind == KIND_REVENUE ? "F" : "U");
	snprintf(out, GRID_CELL, "%s", buffer_text(&bar));
	buffer_free(&bar);
}

static void year_cell(void *context, int row, int column, char out[GRID_CELL])
{
	const struct budget_page *page = context;

	if (column == YEAR_ACCOUNT)
		months_cell(context, row, 0, out);
	else if (column == YEAR_USED)
		used_cell(page, row, out);
	else if (column == YEAR_VARIANCE)
		variance_cell(sum_of(page, row, column, year_of), out);
	else
		put_amount(page, sum_of(page, row, column, year_of), out);
}

/* ---- typing ---- */

static bool months_editable(void *context, int row, int column)
{
	const struct budget_page *page = context;

	return page->writes && row != GRID_TOTAL && column > 0;
}

/* What was on the screen is what was changed, so it is what others' changes are held against. */
static bool save_months(struct budget_page *page, const struct figure *figure, int first, int count,
	const int64_t *amounts, struct error *err)
{
	char *key = memory_text(figure->line);
	bool ok = budget_save_months(page, key, first, count, figure->plan + first, amounts, err);

	free(key);
	return ok;
}

static bool months_commit(void *context, int row, int column, const char *text, struct error *err)
{
	struct budget_page *page = context;
	int64_t months[FIGURES_MONTHS], cents = 0;
	bool ok;

	if (text[0] != '\0' && !money_parse(text, &cents, err))
		return false;
	error_clear(err);
	figures_spread(cents, months);
	if (column == MONTHS_YEAR)
		ok = save_months(page, figure_at(page, row), 0, FIGURES_MONTHS, months, err);
	else
		ok = save_months(page, figure_at(page, row), column - 1, 1, &cents, err);
	/* After a clash the page stays as it is until it is decided. */
	if (ok)
		budget_page_reload(page);
	return ok;
}

bool budget_copy_month(struct budget_page *page, struct error *err)
{
	struct grid *grid = budget_grid(page);
	const struct figure *figure = budget_focused(page);
	int column = grid_focus_column(grid);

	if (figure == NULL || !months_editable(page, grid_focus_row(grid), column))
		return error_set(err, "There is nothing to copy to here.");
	if (column < 2 || column == MONTHS_YEAR)
		return error_set(
			err, "^D copies the month before; type here, or go to Feb to Dec.");
	if (!save_months(page, figure, column - 1, 1, &figure->plan[column - 2], err))
		return false;
	budget_page_reload(page);
	if (column < FIGURES_MONTHS)
		grid_focus(grid, grid_focus_row(grid), column + 1);
	return true;
}

/* Reads amounts with tabs between them; an empty one is none. The number of them, 0: none. */
static int read_row(const char *text, int64_t *amounts, int most, struct error *err)
{
	int count = 0;

	for (const char *cell = text; cell != NULL; count++) {
		const char *tab = strchr(cell, '\t');
		char *part =
			memory_text_part(cell, tab == NULL ? strlen(cell) : (size_t)(tab - cell));
		const char *amount = text_trim(part);
		bool ok;

		if (count == most)
			error_set(
				err, "There are more amounts in it than months from here to Dec.");
		else
			amounts[count] = 0;
		ok = count < most &&
		     (amount[0] == '\0' || money_parse(amount, &amounts[count], err));
		free(part);
		if (!ok)
			return 0;
		cell = tab == NULL ? NULL : tab + 1;
	}
	return count;
}

bool budget_paste(struct budget_page *page, const char *text, struct error *err)
{
	struct grid *grid = budget_grid(page);
	const struct figure *figure = budget_focused(page);
	int row = grid_focus_row(grid), column = grid_focus_column(grid);
	int64_t amounts[FIGURES_MONTHS];
	int count;

	if (figure == NULL || column == MONTHS_YEAR || !months_editable(page, row, column))
		return error_set(err, "Go to the month where the first of these amounts belongs.");
	if (text[strcspn(text, "\n")] != '\0' && text[strcspn(text, "\n") + 1] != '\0')
		return error_set(err, "This is more than one row; copy the months of one account.");
	count = read_row(text, amounts, MONTHS_YEAR - column, err);
	if (count == 0 || !save_months(page, figure, column - 1, count, amounts, err))
		return false;
	budget_page_reload(page);
	return true;
}

/* ---- grids ---- */

void budget_bars_set(struct budget_page *page, int cells)
{
	page->bar_cells = cells;
	page->year[YEAR_USED].width = cells + BUDGET_PERCENT;
}

void budget_grids_make(struct budget_page *page)
{
	static const char *const headings[YEAR_COLUMNS] = {
		"Account", "Budget", "Actual", "Committed", "Available", "Variance", "Used"};

	page->months[0] = (struct grid_column){
		.heading = "Account", .width = BUDGET_NAME_LEAST, .words = true};
	for (int month = 0; month < FIGURES_MONTHS; month++)
		page->months[month + 1].heading = budget_month_names[month];
	page->months[MONTHS_YEAR].heading = "Year";
	for (int column = 0; column < YEAR_COLUMNS; column++)
		page->year[column].heading = headings[column];
	page->year[YEAR_ACCOUNT].width = BUDGET_NAME_LEAST;
	page->year[YEAR_ACCOUNT].words = true;
	page->year[YEAR_USED].words = true;
	budget_bars_set(page, BUDGET_BAR_LEAST);
	page->calls[VIEW_MONTHS] = (struct grid_calls){.context = page,
		.cell = months_cell,
		.editable = months_editable,
		.commit = months_commit};
	page->calls[VIEW_YEAR] = (struct grid_calls){.context = page, .cell = year_cell};
	page->grids[VIEW_MONTHS] =
		grid_new(page->months, MONTHS_COLUMNS, 1, 1, true, &page->calls[VIEW_MONTHS]);
	page->grids[VIEW_YEAR] =
		grid_new(page->year, YEAR_COLUMNS, 1, 1, true, &page->calls[VIEW_YEAR]);
}

/* The cells that the widest figure of these columns needs. */
static int widest(const struct budget_page *page, enum budget_view view, int first, int last)
{
	int most = AMOUNT_LEAST;
	char text[GRID_CELL];

	for (int row = GRID_TOTAL; row < page->row_count; row++)
		for (int column = first; column <= last; column++) {
			text[0] = '\0';
			page->calls[view].cell(page->calls[view].context, row, column, text);
			most = text_width(text) > most ? text_width(text) : most;
		}
	return most;
}

static int at_least(int least, int value)
{
	return value < least ? least : value;
}

void budget_grids_fill(struct budget_page *page)
{
	int width;

	free(page->rows);
	page->rows = memory_new(((size_t)page->figures.count + 1) * sizeof *page->rows);
	page->row_count = 0;
	for (int i = 0; i < page->figures.count; i++)
		if (strcmp(page->figures.rows[i].kind, budget_kinds[page->kind]) == 0)
			page->rows[page->row_count++] = i;
	width = widest(page, VIEW_MONTHS, 1, FIGURES_MONTHS);
	for (int month = 1; month <= FIGURES_MONTHS; month++)
		page->months[month].width = width;
	page->months[MONTHS_YEAR].width = widest(page, VIEW_MONTHS, MONTHS_YEAR, MONTHS_YEAR);
	for (int column = YEAR_BUDGET; column <= YEAR_VARIANCE; column++)
		page->year[column].width = at_least(text_width(page->year[column].heading),
			widest(page, VIEW_YEAR, column, column));
	for (int view = 0; view < BUDGET_VIEWS; view++)
		grid_rows_set(page->grids[view], page->row_count);
}
