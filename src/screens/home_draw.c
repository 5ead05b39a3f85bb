/*
 * home_draw.c - Home on the screen: two columns, or one that scrolls. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/money.h"
#include "core/text.h"
#include "screens/home_page.h"
#include "tui/chart.h"

enum {
	TWO_COLUMNS = 76, /* cells from which the budget stands beside what waits */
	FULL_ROWS = 14,   /* below that there is no rule, and all is one column */
	HOME_ROWS = 26,   /* below that only the first groups of accounts are shown */
	FEW_GROUPS = 7,
	BACKUP_ROWS = 4,
	KEEP_CHANGES = 3, /* rows that what changed gets however much waits */
	BAR_MOST = 10,
	PERCENT = 6, /* cells of " 103 %" behind a bar */
};

static struct home_page *home_of(struct page *page)
{
	return (struct home_page *)page;
}

void home_title(struct page *base, struct buffer *left, struct buffer *right)
{
	struct home_page *page = home_of(base);
	char date[24];

	buffer_add(left, "Home");
	buffer_format(right, "%s, %s   %s", page->who, store_role(page->store),
		date_long(store_today(page->store), date));
}

/* The menu's words stand where F10 pulls them down. */
static void draw_groups(const struct home_page *page, struct area *area)
{
	int column = 1;

	for (int i = 0; i < page->group_count; i++) {
		int width = text_width(page->groups[i]);

		draw_text(area, 0, column, width, ROLE_HINT, page->groups[i]);
		column += width + 2;
	}
}

/* A row of the focus list; the mark and the cursor tell where one stands. */
static void draw_mark(const struct home_page *page, struct area *area, int row, int number)
{
	if (number != page->focus)
		return;
	draw_text(area, row, 1, 1, ROLE_FOCUS, ">");
	draw_cursor(area, row, 3);
}

/* When it was is worth more than the end of a long title. */
static void draw_draft(const struct home_draft *draft, struct area *area, int row)
{
	const char *when = draft->words + draft->title;
	char *title = memory_text_part(draft->words, draft->title);
	int used = draw_text(area, row, 3, area->columns - 3 - text_width(when), ROLE_PLAIN, title);

	draw_text(area, row, 3 + used, area->columns - 3 - used, ROLE_PLAIN, when);
	free(title);
}

/* Returns the rows they take, the blank one behind them included; area NULL only counts. */
static int draw_drafts(const struct home_page *page, struct area *area, int row)
{
	const struct home *home = &page->home;
	int more = home->draft_total - home->draft_count;

	if (home->draft_count == 0)
		return 0;
	if (area != NULL) {
		draw_text(area, row++, 1, area->columns - 1, ROLE_TITLE, "YOU WERE WRITING");
		for (int i = 0; i < home->draft_count; i++, row++) {
			draw_mark(page, area, row, i);
			draw_draft(&home->drafts[i], area, row);
		}
		if (more > 0) {
			draw_mark(page, area, row, home->draft_count);
			draw_format(
				area, row, 3, area->columns - 3, ROLE_HINT, "and %d more", more);
		}
	}
	return 1 + home->draft_count + (more > 0) + 1;
}

static int draw_needs(const struct home_page *page, struct area *area, int row)
{
	const struct home *home = &page->home;

	draw_text(area, row++, 1, area->columns - 1, ROLE_TITLE,
		home->beginning ? "BEGIN HERE" : "NEEDS YOU");
	if (home->need_count == 0)
		draw_text(area, row++, 3, area->columns - 3, ROLE_PLAIN, "Nothing waits for you.");
	for (int i = 0; i < home->need_count; i++, row++) {
		const struct home_need *need = &home->needs[i];
		char sum[MONEY_TEXT] = "";
		int room = area->columns - 3;

		if (need->has_sum)
			money_format(need->sum, sum);
		if (need->has_sum && (int)strlen(sum) + text_width(need->words) + 1 <= room) {
			draw_text_right(area, row, 3, room, ROLE_PLAIN, sum);
			room -= (int)strlen(sum) + 1;
		}
		draw_mark(page, area, row, home_first_need(page) + i);
		draw_text(area, row, 3, room, ROLE_PLAIN, need->words);
	}
	return row;
}

static void heading_since(const struct home *home, char out[48])
{
	char when[40];

	if (home->since[0] == '\0') {
		snprintf(out, 48, "LATELY");
		return;
	}
	/* With its day even where that is today. */
	snprintf(out, 48, "SINCE %s", moment_said(home->since, "", when));
	for (char *c = out; *c != '\0'; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
}

static int draw_changes(const struct home_page *page, struct area *area, int row)
{
	const struct home *home = &page->home;
	char heading[48];

	if (!home->loaded_more || (home->change_count == 0 && home->since[0] == '\0'))
		return row;
	heading_since(home, heading);
	draw_text(area, row++, 1, area->columns - 1, ROLE_TITLE, heading);
	if (home->change_count == 0)
		draw_text(
			area, row++, 3, area->columns - 3, ROLE_PLAIN, "Nobody changed anything.");
	for (int i = 0; i < home->change_count; i++, row++) {
		draw_mark(page, area, row, home_first_change(page) + i);
		draw_text(area, row, 3, area->columns - 3, ROLE_PLAIN, home->changes[i].words);
	}
	return row;
}

/* An amount in at most width cells: without cents where it would not fit. */
static void draw_amount(struct area *area, int row, int column, int width, int64_t cents)
{
	char text[MONEY_TEXT];

	if ((int)strlen(money_format(cents, text)) > width)
		money_format_whole(cents, text);
	draw_text_right(area, row, column, width, cents < 0 ? ROLE_WARNING : ROLE_PLAIN, text);
}

/* Where the columns of a budget row stand in an area of so many cells. */
struct budget_columns {
	int name, bar, cells, mark, amounts, used, left;
};

static struct budget_columns budget_columns_of(int columns)
{
	bool wide = columns >= 60;
	struct budget_columns at = {.name = wide ? 18 : 13, .amounts = wide ? 14 : 12};

	at.bar = at.name + 1;
	/* The bar gets what the percentage, its letter and an amount of ten cells leave. */
	at.cells = columns - at.bar - PERCENT - 2 - 10;
	at.cells = at.cells > BAR_MOST ? BAR_MOST : at.cells < 1 ? 1 : at.cells;
	at.mark = at.bar + at.cells + PERCENT + 1;
	at.left = columns - at.amounts;
	at.used = wide ? at.left - at.amounts : -1;
	return at;
}

static void draw_group(const struct figure_group *group, struct area *area, int row,
	const struct budget_columns *at)
{
	int64_t used = group->actual + group->committed;
	struct buffer name = {0};

	name_abbreviate(&name, group->name, at->name);
	draw_text(area, row, 0, at->name, ROLE_PLAIN, buffer_text(&name));
	buffer_free(&name);
	draw_bar(area, row, at->bar, at->cells, used, group->budget);
	if (used > group->budget)
		draw_text(area, row, at->mark, 1, ROLE_WARNING, "U");
	if (at->used > at->mark)
		draw_amount(area, row, at->used, at->amounts, used);
	draw_amount(area, row, at->left, at->amounts, group->budget - used);
}

static int draw_budget(const struct home *home, struct area *area, int row, int rows)
{
	struct budget_columns at = budget_columns_of(area->columns);
	int groups = home->group_count;

	draw_format(area, row, 0, area->columns, ROLE_TITLE, "BUDGET %d", home->year);
	if (!home->adopted) {
		draw_format(area, ++row, 0, area->columns, ROLE_PLAIN,
			"No budget of %d is adopted yet.", home->year);
		return row + 1;
	}
	if (at.used > at.mark)
		draw_text_right(area, row, at.used, at.amounts, ROLE_HINT, "used");
	else
		draw_text(area, row, at.bar + at.cells + 2, 4, ROLE_HINT, "used");
	draw_text_right(area, row++, at.left, at.amounts, ROLE_HINT, "available");
	if (groups > rows - home->left_out)
		groups = rows - home->left_out;
	for (int i = 0; i < groups; i++)
		draw_group(&home->groups[i], area, row++, &at);
	if (home->left_out)
		draw_text(area, row++, 0, area->columns, ROLE_HINT, "without private accounts");
	return row;
}

static int draw_fees(const struct home *home, struct area *area, int row)
{
	static const char *const names[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct buffer words = {0};
	int used;

	draw_text(area, row++, 0, area->columns, ROLE_TITLE, "FEES RECEIVED");
	home_revenue_words(home, &words);
	if (!home_received(home)) {
		draw_text(area, row++, 0, area->columns, ROLE_PLAIN, buffer_text(&words));
		buffer_free(&words);
		return row;
	}
	draw_text(area, row, 0, 3, ROLE_HINT, names[0]);
	used = draw_spark(
		area, row, 4, FIGURES_MONTHS, home->revenue, (size_t)home->last_month + 1);
	draw_text(area, row++, 5 + used, 3, ROLE_HINT, names[home->last_month]);
	row += draw_wrapped(area, row, 0, area->columns, 2, ROLE_PLAIN, buffer_text(&words));
	buffer_free(&words);
	return row;
}

/* A new office says how to begin. Returns the rows it takes. */
static int draw_beginning(const struct home_page *page, struct area *area, int row, int columns)
{
	static const char *const words =
		"This office is new. Each line above goes when it is done. Enter opens its list: "
		"there n adds one, and i imports a CSV file, such as one kept in a spreadsheet so "
		"far.\nTo look around first: mso --db demo.db init --demo, then mso --db demo.db.";

	if (!page->home.beginning)
		return 0;
	return draw_wrapped(area, row, 1, columns - 2, 6, ROLE_HINT, words);
}

/* Returns the rows it takes; where area is NULL it is only counted. */
static int draw_backup(const struct home_page *page, struct area *area, int row, int columns)
{
	const struct home *home = &page->home;

	if (home->backup[0] == '\0')
		return 0;
	return draw_wrapped(area, row, 1, columns - 2, BACKUP_ROWS,
		home->backup_worrying ? ROLE_BAD : ROLE_HINT, home->backup);
}

static int larger(int left, int right)
{
	return left > right ? left : right;
}

static void draw_two_columns(struct home_page *page, struct area *area)
{
	const struct home *home = &page->home;
	int left_columns = (area->columns - 2) / 2 - 1;
	int groups = area->rows < HOME_ROWS && home->group_count > FEW_GROUPS ? FEW_GROUPS
									      : home->group_count;
	int drafts = draw_drafts(page, NULL, 0);
	int below = larger(drafts + larger(home->need_count, 1), groups + home->left_out);
	int most = area->rows - 2 - 2 - KEEP_CHANGES;
	struct area left = area_part(area, 0, 0, area->rows, left_columns);
	struct area right =
		area_part(area, 0, left_columns + 2, area->rows, area->columns - left_columns - 3);

	if (below > most)
		below = larger(most, drafts + home->need_count);
	draw_drafts(page, &left, 2);
	draw_needs(page, &left, 2 + drafts);
	draw_budget(
		home, &right, 2, groups + home->left_out < below ? groups + home->left_out : below);
	draw_changes(page, &left, 4 + below);
	draw_fees(home, &right, home->adopted ? 4 + below : 5);
	draw_beginning(page, area, 4 + below, area->columns);
}

/* All in one column, what waits first; it scrolls with the focus. */
static void draw_one_column(struct home_page *page, struct area *area, int first)
{
	struct area part = area_part(area, first, 0, area->rows - first, area->columns);
	struct area inner;
	int at, row, rows;

	/* The row of the sheet that the focus is in: behind a heading, or more of them. */
	at = 1 + page->focus;
	if (page->focus >= home_first_need(page) && page->home.draft_count > 0)
		at += draw_drafts(page, NULL, 0) - home_first_need(page);
	if (page->focus >= home_first_change(page))
		at += 2;
	if (page->focus == 0)
		page->top = 0;
	else if (at < page->top)
		page->top = at;
	else if (at >= page->top + part.rows)
		page->top = at - part.rows + 1;
	rows = page->top + page->below;
	row = -rows + draw_drafts(page, &part, -rows);
	row = draw_needs(page, &part, row);
	row += draw_beginning(page, &part, row + 1, part.columns);
	if (page->home.backup_worrying)
		row += draw_backup(page, &part, row + 1, part.columns) + 1;
	row = draw_changes(page, &part, row + 1);
	inner = area_part(&part, 0, 1, part.rows, part.columns - 2);
	row = draw_budget(&page->home, &inner, row + 1, HOME_GROUPS);
	row = draw_fees(&page->home, &inner, row + 1);
	if (!page->home.backup_worrying)
		row += draw_backup(page, &part, row + 1, part.columns) + 1;
	/* However far it scrolls, the last row stays at the bottom. */
	page->below_most = larger(0, row + rows - page->top - part.rows);
}

void home_draw(struct page *base, struct area *area)
{
	struct home_page *page = home_of(base);

	page->below_most = 0;
	draw_groups(page, area);
	if (home_rows(page) == 0)
		draw_cursor(area, 0, 1);
	if (area->rows >= FULL_ROWS)
		draw_rule(area, 1, 0, area->columns);
	if (area->columns >= TWO_COLUMNS && area->rows >= FULL_ROWS) {
		/* Its place is kept free from the beginning: it is looked for after the first
		 * frame. */
		int last = larger(1, draw_backup(page, NULL, 0, area->columns));
		struct area above = area_part(area, 0, 0, area->rows - last, area->columns);

		draw_two_columns(page, &above);
		draw_backup(page, area, area->rows - last, area->columns);
	} else
		draw_one_column(page, area, area->rows >= FULL_ROWS ? 2 : 1);
}
