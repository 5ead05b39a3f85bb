/*
 * budget_draft.c - the cell of a budget that is being typed, kept as a draft. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/budget_page.h"
#include "tui/loop.h"

enum { CELL_VALUES = 5 }; /* account, column, text, cursor, what the cell showed */

/* The cell as it stands now, whatever is typed over it. */
static void cell_text(const struct budget_page *page, int row, int column, char out[GRID_CELL])
{
	const struct grid_calls *calls = &page->calls[VIEW_MONTHS];

	out[0] = '\0';
	calls->cell(calls->context, row, column, out);
}

/* "BU-2027 6100 3": each cell has a draft of its own. */
static void draft_key(
	const struct budget_page *page, const char *account, int column, struct buffer *key)
{
	buffer_format(key, "%s %s %d", record_key(page->record), account, column);
}

void budget_save_draft(struct page *base)
{
	struct budget_page *page = (struct budget_page *)base;
	struct grid *grid = budget_grid(page);
	const struct figure *figure = budget_focused(page);
	size_t offset = 0;
	const char *typed = grid_typed(grid, &offset);
	int column = grid_focus_column(grid);
	struct buffer content = {0}, title = {0}, key = {0};
	char number[12], cursor[24], shown[GRID_CELL];

	if (typed == NULL || figure == NULL || page->view != VIEW_MONTHS) {
		drafting_drop(&page->drafting, page->store);
		return;
	}
	snprintf(number, sizeof number, "%d", column);
	snprintf(cursor, sizeof cursor, "%zu", offset);
	cell_text(page, grid_focus_row(grid), column, shown);
	draft_line(&content, "cell",
		(const char *const[]){figure->account, number, typed, cursor, shown}, CELL_VALUES);
	draft_key(page, figure->account, column, &key);
	buffer_format(&title, "%s: %s %s, %s", record_key(page->record), figure->account,
		figure->name, page->months[column].heading);
	drafting_keep(&page->drafting, page->store, "budget", "budget", buffer_text(&key),
		buffer_text(&title), &content);
	buffer_free(&content);
	buffer_free(&title);
	buffer_free(&key);
}

void budget_drop_draft(struct budget_page *page)
{
	drafting_drop(&page->drafting, page->store);
}

void budget_draft_tell(const struct draft *draft, struct buffer *out)
{
	struct buffer name = {0}, values[CELL_VALUES] = {{0}};
	const char *at = draft->content;
	int count;

	if (draft_next(&at, &name, values, CELL_VALUES, &count) && count == CELL_VALUES) {
		draft_tell(out, draft->title, buffer_text(&values[2]));
		buffer_format(out, " (it was %s)", buffer_text(&values[4]));
	}
	buffer_free(&name);
	for (int i = 0; i < CELL_VALUES; i++)
		buffer_free(&values[i]);
}

/* Is there a row of the account, of whatever kind? Goes there. */
static bool go_to_account(struct budget_page *page, const char *account)
{
	for (int kind = 0; kind < BUDGET_KINDS; kind++) {
		const struct figure *figure;

		page->kind = (enum budget_kind)kind;
		budget_grids_fill(page);
		budget_focus_account(page, account);
		figure = budget_focused(page);
		if (figure != NULL && strcmp(figure->account, account) == 0)
			return true;
	}
	return false;
}

static bool type_on(struct budget_page *page, const struct draft *draft,
	const struct buffer *values, struct error *err)
{
	int column = (int)strtol(buffer_text(&values[1]), NULL, 10);
	const char *was = buffer_text(&values[4]);
	struct grid *grid;
	char now[GRID_CELL], when[40];

	page->view = VIEW_MONTHS;
	if (!go_to_account(page, buffer_text(&values[0])))
		return error_set(
			err, "%s is not in this budget any more.", buffer_text(&values[0]));
	grid = budget_grid(page);
	grid_focus(grid, grid_focus_row(grid), column);
	cell_text(page, grid_focus_row(grid), grid_focus_column(grid), now);
	if (!grid_type(grid, buffer_text(&values[2]),
		    (size_t)strtoull(buffer_text(&values[3]), NULL, 10)))
		return error_set(
			err, "This budget is not typed into any more, and it says %s.", now);
	if (strcmp(was, now) != 0)
		message_format(ROLE_WARNING,
			"It was %s when you typed this, and is %s by now. Enter takes yours, Esc "
			"leaves it.",
			was, now);
	else
		message_format(ROLE_PLAIN, "As you left it, %s. Enter takes it, Esc leaves %s.",
			store_moment_said(page->store, draft->at, when), now);
	return true;
}

bool budget_take_draft(struct budget_page *page, const struct draft *draft, struct error *err)
{
	struct buffer name = {0}, values[CELL_VALUES] = {{0}};
	const char *at = draft->content;
	int count = 0;
	bool taken;

	taken = draft_next(&at, &name, values, CELL_VALUES, &count) && count == CELL_VALUES;
	if (!taken)
		error_set(err, "What was typed into %s cannot be read.", draft->title);
	taken = taken && type_on(page, draft, values, err);
	if (taken)
		drafting_adopt(&page->drafting, page->store, draft);
	buffer_free(&name);
	for (int i = 0; i < CELL_VALUES; i++)
		buffer_free(&values[i]);
	return taken;
}
