/*
 * draft_pages.c - the pages that go on with a draft, who asks a question again, and what is shown
 * of a draft that nobody can go on with. GPL-3.0-or-later.
 */
#include <string.h>

#include "core/fatal.h"
#include "screens/actions.h"
#include "screens/budget_page.h"
#include "screens/drafting.h"
#include "screens/meeting_page.h"
#include "screens/record_page.h"
#include "tui/dialog.h"
#include "tui/loop.h"
#include "tui/menu.h"

static const struct draft_page {
	const char *page; /* ends with NULL */
	bool (*open)(struct store *store, const struct draft *draft, struct error *err);
	void (*tell)(const struct draft *draft, struct buffer *out);
} draft_pages[] = {
	{"ask", ask_continue, ask_draft_tell},
	{"budget", budget_continue, budget_draft_tell},
	{"record", record_draft_open, record_draft_typed},
	{0},
};

const struct ask_opener ask_openers[] = {
	{"action", action_ask_again},
	{"meeting", meeting_ask_again},
	{0},
};

/* The draft that is shown to be read. */
static struct {
	struct store *store;
	int64_t number;
	char *content; /* owned */
} shown;

static void answered(void *context, size_t button)
{
	struct page *page = page_full();
	struct error err;

	(void)context;
	if (button == 0)
		return;
	if (drafts_drop(shown.store, shown.number, shown.content, &err))
		message_set(ROLE_PLAIN, "Discarded.");
	else
		message_set(ROLE_WARNING, err.text);
	if (page != NULL && page->class->resumed != NULL)
		page->class->resumed(page);
}

static void show(struct store *store, const struct draft *draft, const struct draft_page *page,
	const struct error *why)
{
	struct buffer text = {0};

	shown.store = store;
	shown.number = draft->number;
	memory_replace(&shown.content, draft->content);
	buffer_format(&text, "%s\n\nYou had typed:", why->text);
	page->tell(draft, &text);
	message_set(ROLE_PLAIN, NULL);
	dialog_open(&(struct dialog){.title = draft->title,
		.text = buffer_text(&text),
		.buttons = {{'k', "Keep it"}, {'d', "Discard"}},
		.harmless = 0,
		.answered = answered});
	buffer_free(&text);
}

bool drafting_continue(struct store *store, const struct draft *draft, struct error *err)
{
	const struct draft_page *page = draft_pages;

	while (page->page != NULL && strcmp(page->page, draft->page) != 0)
		page++;
	if (page->page == NULL)
		return error_set(err,
			"This mso does not know where \"%s\" was typed. Leave and start the newer "
			"one.",
			draft->title);
	error_clear(err);
	if (!page->open(store, draft, err))
		show(store, draft, page, err);
	return true;
}

/* ---- all of them ---- */

static void offer(void *context, const char *typed, struct picker_rows *rows)
{
	struct store *store = context;
	struct draft *drafts;
	int count = drafts_list(store, &drafts, NULL);
	char when[40];

	(void)typed;
	for (int i = 0; i < count; i++)
		picker_offer(rows, drafts[i].title, store_moment_said(store, drafts[i].at, when),
			"", drafts[i].number);
	if (count >= 0)
		drafts_free(drafts, count);
}

static void picked(void *context, const struct picker_row *row, const char *typed)
{
	struct draft draft;
	struct error err;

	(void)typed;
	if (row == NULL || !drafts_read(context, row->id, &draft))
		return;
	if (!drafting_continue(context, &draft, &err))
		message_set(ROLE_WARNING, err.text);
	draft_clear(&draft);
}

void drafting_choose(struct store *store)
{
	picker_open(&(struct picker){
		.title = "You were writing", .rows = offer, .picked = picked, .context = store});
}
