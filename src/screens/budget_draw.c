/*
 * budget_draw.c - the page of a budget on the screen: its grid, and the focused account below.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/text.h"
#include "screens/budget_page.h"
#include "tui/chart.h"

enum {
	FULL_ROWS = 14,
	DETAIL_ROWS = 4,
	BAR_CELLS = 10,
	BAR_MOST = 20,
	MARGIN = 3,
	NAME_MOST = 34,
	NARROW = 60,
	NAME_NARROW = 12,
	WIDE = 100
};

static const struct budget_page *budget_of(const struct page *page)
{
	return (const struct budget_page *)page;
}

void budget_title(struct page *base, struct buffer *left, struct buffer *right)
{
	const struct budget_page *page = budget_of(base);
	struct buffer year = {0};

	record_format(page->record, "fiscal_year", &year);
	buffer_format(left, "Budget > %s %s > %s", buffer_text(&year), record_key(page->record),
		budget_kinds[page->kind]);
	buffer_add(right, buffer_text(&page->route));
	buffer_free(&year);
}

/* One of several, in brackets when it is the present one. Returns the cells used. */
static int draw_choice(struct area *area, int column, bool present, const char *words)
{
	return draw_format(area, 0, column, area->columns - column,
		present ? ROLE_TITLE : ROLE_PLAIN, present ? "[%s] " : " %s  ", words);
}

/* The kinds of accounts and the two views; a narrow screen names the present kind only. */
static void draw_choices(const struct budget_page *page, struct area *area)
{
	static const char *const views[BUDGET_VIEWS] = {"m months", "y to date"};
	bool narrow = area->columns < NARROW;
	int column = 0;

	for (int kind = 0; kind < BUDGET_KINDS; kind++)
		if (!narrow || kind == (int)page->kind)
			column += draw_choice(
				area, column, kind == (int)page->kind, budget_kinds[kind]);
	column += narrow ? 0 : 1;
	for (int view = 0; view < BUDGET_VIEWS; view++)
		column += draw_choice(area, column, view == (int)page->view, views[view]);
	if (page->left_out && !narrow)
		draw_text_right(area, 0, column, area->columns - column - 1, ROLE_HINT,
			"without private accounts");
}

/* "310.00 F to the end of Oct", where a month of the year is over. */
static void add_variance(const struct budget_page *page, const struct figure *figure, bool narrow,
	struct buffer *out)
{
	int last = page->months_over - 1;
	int64_t variance;
	char text[MONEY_TEXT];

	if (last < 0)
		return;
	variance = figure_variance(
		figure->kind, figure_plan(figure, 0, last), figure_actual(figure, 0, last));
	buffer_format(out, "%s %s%s %s", money_format(variance < 0 ? -variance : variance, text),
		variance < 0   ? "U "
		: variance > 0 ? "F "
			       : "",
		narrow ? "by" : "to the end of", budget_month_names[last]);
}

static const struct figure *figure_before(
	const struct budget_page *page, const struct figure *figure)
{
	for (int i = 0; i < page->before.count; i++)
		if (strcmp(page->before.rows[i].account, figure->account) == 0)
			return &page->before.rows[i];
	return NULL;
}

/* A budget that does not control yet is read beside the year before. */
static void say_planned(
	const struct budget_page *page, const struct figure *figure, struct buffer *out)
{
	const struct figure *before = figure_before(page, figure);
	char first[MONEY_TEXT], second[MONEY_TEXT];

	buffer_format(out, "planned %s", money_format(figure->budget, first));
	if (before != NULL)
		buffer_format(out, "   %d: budget %s, booked so far %s", page->before.year,
			money_format(before->budget, first), money_format(before->booked, second));
}

static void say_controlled(const struct figure *figure, struct buffer *out)
{
	char text[MONEY_TEXT];

	buffer_format(out, "budget %s", money_format(figure->budget, text));
	buffer_format(out, "   actual %s", money_format(figure->booked, text));
	if (strcmp(figure->kind, "revenue") == 0)
		return;
	buffer_format(out, "   committed %s", money_format(figure->committed, text));
	buffer_format(out, "   available %s", money_format(figure_available(figure), text));
}

/* A figure below the grid: its label, and its amount aligned right in so many cells of both. */
struct labelled {
	const char *label;
	int cells;
	int64_t amount;
};

/* At fixed places, so that from row to row only the digits differ. */
static void draw_labelled(const struct labelled *parts, int count, struct area *area, int row)
{
	int column = 1;
	char text[MONEY_TEXT];

	for (int i = 0; i < count; i++) {
		int label = text_width(parts[i].label) + 1;

		if (text_width(money_format(parts[i].amount, text)) > parts[i].cells - label)
			money_format_whole(parts[i].amount, text);
		draw_text(area, row, column, label, ROLE_PLAIN, parts[i].label);
		draw_text_right(
			area, row, column + label, parts[i].cells - label, ROLE_PLAIN, text);
		column += parts[i].cells + 1;
	}
}

static void draw_controlled(const struct figure *figure, struct area *area, int row)
{
	int64_t available = figure_available(figure);
	const struct labelled parts[] = {
		{"budget", 18, figure->budget},
		{"actual", 18, figure->booked},
		{"committed", 20, figure->committed},
		{available < 0 ? "over by" : "available", 20,
			available < 0 ? -available : available},
	};

	draw_labelled(parts, strcmp(figure->kind, "revenue") == 0 ? 2 : 4, area, row);
}

static void draw_planned(
	const struct budget_page *page, const struct figure *figure, struct area *area, int row)
{
	const struct figure *before = figure_before(page, figure);
	struct labelled parts[3] = {{"planned", 20, figure->budget}};
	char label[32];

	if (before != NULL) {
		snprintf(label, sizeof label, "in %d", page->before.year);
		parts[1] = (struct labelled){label, 20, before->budget};
		parts[2] = (struct labelled){"booked so far", 26, before->booked};
	}
	draw_labelled(parts, before == NULL ? 1 : 3, area, row);
}

static bool controls(const struct budget_page *page)
{
	const char *status = record_state(page->record);

	return strcmp(status, "adopted") == 0 || strcmp(status, "superseded") == 0;
}

static void draw_months(const struct budget_page *page, const struct figure *figure,
	struct area *area, int row, int column)
{
	bool planned = !controls(page);
	int last = planned ? FIGURES_MONTHS : page->months_over;

	if (last == 0)
		return;
	draw_text(area, row, column, 3, ROLE_HINT, budget_month_names[0]);
	column += 4;
	column += draw_spark(area, row, column, FIGURES_MONTHS,
		planned ? figure->plan : figure->actual, (size_t)last);
	draw_text(area, row, column + 1, 3, ROLE_HINT, budget_month_names[last - 1]);
}

/* The account's figures with their cents, or what is planned beside the year before. */
static void draw_amounts(
	const struct budget_page *page, const struct figure *figure, struct area *area, int row)
{
	struct buffer words = {0};

	if (area->columns >= NARROW && controls(page))
		draw_controlled(figure, area, row);
	else if (area->columns >= NARROW)
		draw_planned(page, figure, area, row);
	else if (controls(page))
		say_controlled(figure, &words);
	else
		say_planned(page, figure, &words);
	draw_text(area, row, 1, area->columns - 2, ROLE_PLAIN, buffer_text(&words));
	buffer_free(&words);
}

/*
 * The focused account: what its row does not show. By months that is the year with its bar, in
 * the year the months; a wide screen has room for both, and both cost 220 bytes a key.
 */
static void draw_detail(const struct budget_page *page, struct area *area)
{
	const struct figure *figure = budget_focused(page);
	bool wide = area->columns >= WIDE, year = page->view == VIEW_YEAR;
	struct buffer variance = {0};
	int row = 1, column = 1;

	if (figure == NULL)
		return;
	if (controls(page) && (year || wide))
		add_variance(page, figure, area->columns < NARROW, &variance);
	draw_text_right(area, 0, 1, area->columns - 2, ROLE_PLAIN, buffer_text(&variance));
	draw_format(area, 0, 1, area->columns - text_width(buffer_text(&variance)) - 4, ROLE_PLAIN,
		"%s %s", figure->account, figure->name);
	if (!year || wide || !controls(page))
		draw_amounts(page, figure, area, row++);
	if (controls(page) && !year)
		column += 6 + draw_bar(area, row, column, BAR_CELLS,
				      figure->booked + figure->committed, figure->budget);
	if (year || wide)
		draw_months(page, figure, area, row, column);
	buffer_free(&variance);
}

/* What all columns but the names take; the names get what is left. */
static void widen_names(struct grid_column *columns, int count, int cells)
{
	int least = cells < NARROW ? NAME_NARROW : BUDGET_NAME_LEAST;
	int rest = MARGIN + 1;

	for (int column = 1; column < count; column++)
		rest += columns[column].width + 1;
	columns[0].width = cells - rest;
	if (columns[0].width < least)
		columns[0].width = least;
	if (columns[0].width > NAME_MOST)
		columns[0].width = NAME_MOST;
}

/* Where the names have all they need, the bars grow. */
static void widen_bars(struct budget_page *page, int cells)
{
	int rest = MARGIN + 1 + NAME_MOST + BUDGET_PERCENT;
	int bar;

	for (int column = 1; column < YEAR_COLUMNS - 1; column++)
		rest += page->year[column].width + 1;
	bar = cells - rest - 1;
	budget_bars_set(page, bar < BUDGET_BAR_LEAST ? BUDGET_BAR_LEAST
			      : bar > BAR_MOST       ? BAR_MOST
						     : bar);
}

void budget_draw(struct page *base, struct area *area)
{
	struct budget_page *page = (struct budget_page *)base;
	bool full = area->rows >= FULL_ROWS;
	int top = full ? 2 : 1, detail = full ? DETAIL_ROWS : area->rows > 6 ? 2 : 0;
	int rows = area->rows - top - detail;
	struct area below;

	/* No taller than it needs, so that the account stands right below it. */
	if (rows > page->row_count + 2)
		rows = page->row_count + 2;
	widen_bars(page, area->columns);
	widen_names(page->months, MONTHS_COLUMNS, area->columns);
	widen_names(page->year, YEAR_COLUMNS, area->columns);
	draw_choices(page, area);
	if (full)
		draw_rule(area, 1, 0, area->columns);
	if (page->row_count == 0) {
		draw_format(area, top, 3, area->columns - 4, ROLE_HINT, "No %s accounts in it%s",
			budget_kinds[page->kind], page->writes ? " yet. n adds one." : ".");
		draw_cursor(area, top, 3);
		return;
	}
	grid_draw(budget_grid(page), area, top, 0, rows, area->columns);
	below = area_part(area, top + rows + (full ? 1 : 0), 0, detail, area->columns);
	if (detail > 0)
		draw_detail(page, &below);
}
