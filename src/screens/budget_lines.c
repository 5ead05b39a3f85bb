/*
 * budget_lines.c - what is done to a budget besides typing its figures: accounts come and go, a
 * change is taken back, the lines go out as CSV. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv/export.h"
#include "screens/ask.h"
#include "screens/budget_page.h"
#include "screens/row_keys.h"
#include "screens/session.h"
#include "screens/words.h"
#include "tui/dialog.h"
#include "tui/loop.h"

/* ---- lines ---- */

/* Why nothing can be typed here. */
void budget_say_locked(const struct budget_page *page)
{
	if (page->writes && page->view == VIEW_YEAR)
		message_set(ROLE_PLAIN, "Figures are typed month by month: m goes there.");
	else if (page->writes)
		message_set(ROLE_PLAIN, "There is no account to plan for yet. n adds one.");
	else if (strcmp(record_state(page->record), "draft") == 0)
		may_write_or_say(page->store, record_type_find("budget-line"));
	else if (strcmp(record_state(page->record), "recommended") == 0)
		message_format(ROLE_WARNING,
			"%s: locked. The director takes it back to draft (b); then the Council "
			"recommends it anew.",
			buffer_text(&page->route));
	else
		message_format(ROLE_WARNING, "%s: locked; changes need the Board.",
			buffer_text(&page->route));
}

static void show_account(struct budget_page *page, const char *account)
{
	for (int i = 0; i < page->figures.count; i++) {
		if (strcmp(page->figures.rows[i].account, account) != 0)
			continue;
		for (int kind = 0; kind < BUDGET_KINDS; kind++)
			if (strcmp(page->figures.rows[i].kind, budget_kinds[kind]) == 0)
				page->kind = (enum budget_kind)kind;
	}
	budget_grids_fill(page);
	budget_focus_account(page, account);
}

static void account_picked(void *context, const char *key)
{
	struct budget_page *page = context;
	struct record *line;
	struct error err;

	if (key == NULL)
		return;
	for (int i = 0; i < page->figures.count; i++) {
		if (strcmp(page->figures.rows[i].account, key) != 0)
			continue;
		message_format(ROLE_PLAIN, "%s is in the budget already.", key);
		show_account(page, key);
		return;
	}
	line = record_start(page->store, record_type_find("budget-line"), record_key(page->record));
	if (record_set(page->store, line, "account", key, &err) &&
		session_save(page->store, line, &err)) {
		budget_page_reload(page);
		show_account(page, key);
		message_format(
			ROLE_GOOD, "%s is in the budget. Type its months, or the year.", key);
	} else {
		message_set(ROLE_WARNING, err.text);
	}
	record_free(line);
}

void budget_add_account(struct budget_page *page)
{
	const struct record_query accounts = {.type = record_type_find("account")};

	if (!page->writes)
		budget_say_locked(page);
	else if (record_count(page->store, &accounts) == 0)
		message_set(ROLE_PLAIN,
			"The office has no accounts yet; Budget > Accounts is where they are added.");
	else
		look_up_open(page->store,
			record_type_field(record_type_find("budget-line"), "account"), "",
			account_picked, page);
}

static void removal_confirmed(void *context);

static const char *account_name(const struct budget_page *page, const char *account)
{
	for (int i = 0; i < page->figures.count; i++)
		if (strcmp(page->figures.rows[i].account, account) == 0)
			return page->figures.rows[i].name;
	return account;
}

/* Asks about the line as it is in the office now; first: what to tell before it, or NULL. */
static void ask_to_remove(struct budget_page *page, const char *key, const char *first)
{
	struct buffer title = {0}, text = {0};
	struct error err;
	struct record *line = record_load(page->store, record_type_find("budget-line"), key, &err);

	if (line == NULL) {
		budget_page_reload(page);
		message_set(ROLE_WARNING, err.text);
		return;
	}
	buffer_format(&title, "Take %s out of the budget?", record_text(line, "account"));
	if (first != NULL)
		buffer_format(&text, "%s\n\n", first);
	buffer_format(&text, "%s, with ", account_name(page, record_text(line, "account")));
	record_format(line, "annual", &text);
	buffer_add(&text, " planned. This cannot be undone.");
	record_free(page->removing);
	page->removing = line;
	dialog_confirm(buffer_text(&title), buffer_text(&text), "Take it out", "Keep it",
		removal_confirmed, page);
	buffer_free(&title);
	buffer_free(&text);
}

/* The line in the question: others may change it, and move the focus below it, meanwhile. */
static void removal_confirmed(void *context)
{
	struct budget_page *page = context;
	struct record *line = page->removing;
	struct error err;

	if (record_delete(page->store, line, &err)) {
		message_format(ROLE_GOOD, "%s is out of the budget.", record_text(line, "account"));
		budget_page_reload(page);
	} else if (strcmp(err.code, "stale") == 0) {
		page->removing = NULL;
		budget_page_reload(page);
		ask_to_remove(page, record_key(line), err.text);
		record_free(line);
	} else {
		message_set(ROLE_WARNING, err.text);
	}
}

void budget_remove_line(struct budget_page *page)
{
	const struct figure *figure = budget_focused(page);

	if (!page->writes || figure == NULL)
		budget_say_locked(page);
	else
		ask_to_remove(page, figure->line, NULL);
}

void budget_undo(struct budget_page *page)
{
	struct buffer said = {0};
	struct error err;

	if (page->undo_key == NULL) {
		message_set(ROLE_PLAIN, "There is nothing of yours to take back here.");
		return;
	}
	if (session_undo(
		    page->store, record_type_find("budget-line"), page->undo_key, &said, &err)) {
		message_set(ROLE_GOOD, buffer_text(&said));
		budget_page_reload(page);
	} else {
		message_set(ROLE_WARNING, err.text);
	}
	buffer_free(&said);
}

/* ---- export ---- */

static bool file_answered(void *context, const char *const *answers, struct error *err)
{
	struct budget_page *page = context;
	const struct record_query lines = {.type = record_type_find("budget-line"),
		.parent_field = "budget",
		.parent = record_key(page->record)};
	struct buffer what = {0};

	if (!export_file(page->store, &lines, answers[0], false, err))
		return false;
	buffer_format(&what, "The lines of %s", record_key(page->record));
	say_file(buffer_text(&what), "are in", answers[0]);
	buffer_free(&what);
	return true;
}

void budget_export(struct budget_page *page)
{
	static const struct field fields[] = {
		{.key = "file",
			.label = "File",
			.type = &text_type,
			.max = 400,
			.width = 50,
			.flags = FIELD_REQUIRED,
			.help = "The lines as CSV: for a spreadsheet, and to come back by an import."},
		{0},
	};
	char name[64];

	snprintf(name, sizeof name, "budget-line-%.40s.csv", record_key(page->record));
	ask_open(page->store, &(struct ask){.title = "Export the lines",
				      .does = "Export",
				      .file = true,
				      .fields = fields,
				      .prefill = name,
				      .answered = file_answered,
				      .context = page});
}
