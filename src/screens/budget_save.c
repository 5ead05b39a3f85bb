/*
 * budget_save.c - saves what was typed into the months of a line, and asks when somebody else
 * changed the same months meanwhile. Other months of the line merge by themselves.
 * GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/money.h"
#include "office/merge.h"
#include "screens/budget_page.h"
#include "screens/session.h"
#include "tui/dialog.h"
#include "tui/loop.h"

enum { TRIES = 5 }; /* saves between the look and the save, by others */

/* The question that is open; it lies over all, so there is one at a time. */
static struct {
	struct budget_page *page;
	char *line; /* owned key */
	int first, count;
	int64_t typed[FIGURES_MONTHS], theirs[FIGURES_MONTHS];
} asked;

static int64_t month_value(const struct record *line, int month)
{
	return record_value(line, figures_months[month])->integer;
}

/* Did somebody change one of these months to something else than is typed? */
static bool clashes(
	const struct record *line, int first, int count, const int64_t *base, const int64_t *typed)
{
	for (int i = 0; i < count; i++) {
		int64_t now = month_value(line, first + i);

		if (now != base[i] && now != typed[i])
			return true;
	}
	return false;
}

static bool save_typed(struct budget_page *page, struct record *line, int first, int count,
	const int64_t *typed, struct error *err)
{
	char text[MONEY_TEXT];
	bool ok = true;

	for (int i = 0; ok && i < count; i++)
		ok = record_set(page->store, line, figures_months[first + i],
			money_plain(typed[i], text), err);
	ok = ok && session_save(page->store, line, err);
	if (ok)
		memory_replace(&page->undo_key, record_key(line));
	return ok;
}

/* ---- the question ---- */

static void add_month(struct buffer *text, const struct record *line, int i, const int64_t *base,
	const int64_t *typed, const char *theirs)
{
	char was[MONEY_TEXT], now[MONEY_TEXT], yours[MONEY_TEXT];
	int month = asked.first + i;

	buffer_format(text, "%s\n  was     %s\n  theirs  %s%s\n  yours   %s\n",
		budget_month_names[month], money_format(base[i], was),
		money_format(month_value(line, month), now), theirs, money_format(typed[i], yours));
}

static void answered(void *context, size_t button);

static void ask(struct budget_page *page, const struct record *line, int first, int count,
	const int64_t *base, const int64_t *typed)
{
	char who[MERGE_NAME], at[MERGE_TIME];
	struct buffer text = {0}, theirs = {0};

	asked.page = page;
	memory_replace(&asked.line, record_key(line));
	asked.first = first;
	asked.count = count;
	merge_last_change(page->store, line->type, record_key(line), who, at);
	if (who[0] != '\0')
		buffer_format(&theirs, "  (%s, %s)", who, time_of_day(at));
	buffer_format(
		&text, "Account %s was changed while you typed.\n\n", record_text(line, "account"));
	for (int i = 0; i < count; i++) {
		asked.typed[i] = typed[i];
		asked.theirs[i] = month_value(line, first + i);
		if (asked.theirs[i] != base[i] && asked.theirs[i] != typed[i])
			add_month(&text, line, i, base, typed, buffer_text(&theirs));
	}
	buffer_add(&text, "\nNothing is saved yet, and nothing you typed is lost.");
	dialog_open(&(struct dialog){.title = "Somebody else was faster",
		.text = buffer_text(&text),
		.buttons = {{'t', "Take theirs"}, {'y', "Keep yours"}, {'b', "Back to the cell"}},
		.harmless = 2,
		.answered = answered});
	buffer_free(&text);
	buffer_free(&theirs);
}

/* The typing is over: what was decided stands in the cell. */
static void settle(struct budget_page *page)
{
	struct grid *grid = budget_grid(page);

	grid_focus(grid, grid_focus_row(grid), grid_focus_column(grid));
	budget_drop_draft(page);
	budget_page_reload(page);
}

static void answered(void *context, size_t button)
{
	int64_t typed[FIGURES_MONTHS], theirs[FIGURES_MONTHS];
	struct error err;
	char *line;

	(void)context;
	if (button == 2)
		return;
	if (button == 0) {
		settle(asked.page);
		message_set(ROLE_PLAIN, "Theirs stands.");
		return;
	}
	/* What was shown is what was decided about; a third change is asked about again. */
	memcpy(typed, asked.typed, sizeof typed);
	memcpy(theirs, asked.theirs, sizeof theirs);
	line = memory_text(asked.line);
	if (budget_save_months(asked.page, line, asked.first, asked.count, theirs, typed, &err)) {
		settle(asked.page);
		message_set(ROLE_GOOD, "Saved. ^Z undoes.");
	} else {
		message_set(ROLE_WARNING, err.text);
	}
	free(line);
}

/* ---- saving ---- */

bool budget_save_months(struct budget_page *page, const char *key, int first, int count,
	const int64_t *base, const int64_t *typed, struct error *err)
{
	for (int try = 1;; try++) {
		struct record *line =
			record_load(page->store, record_type_find("budget-line"), key, err);
		bool clash = line != NULL && clashes(line, first, count, base, typed);
		bool ok;

		if (clash) {
			ask(page, line, first, count, base, typed);
			error_set(err,
				"Somebody else changed this while you typed: decide which stands.");
			memcpy(err->code, "stale", sizeof "stale");
		}
		ok = line != NULL && !clash && save_typed(page, line, first, count, typed, err);
		record_free(line);
		if (ok || clash || line == NULL || strcmp(err->code, "stale") != 0 || try == TRIES)
			return ok;
	}
}
