/*
 * home.c - Home: what needs you, the budget, what others changed, fees received. Reads nothing
 * while drawing; what others changed comes when the first frame is out. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/people.h"
#include "screens/drafting.h"
#include "screens/home_page.h"
#include "screens/words.h"
#include "tui/dialog.h"
#include "tui/loop.h"
#include "tui/menu.h"

static struct home_page *home_of(struct page *page)
{
	return (struct home_page *)page;
}

/* ---- reading ---- */

int home_first_need(const struct home_page *page)
{
	/* One row leads to the drafts that find no place. */
	return page->home.draft_count + (page->home.draft_total > page->home.draft_count);
}

int home_first_change(const struct home_page *page)
{
	return home_first_need(page) + page->home.need_count;
}

int home_rows(const struct home_page *page)
{
	return home_first_change(page) + page->home.change_count;
}

static bool is_need(const struct home_page *page, int row)
{
	return row >= home_first_need(page) && row < home_first_change(page);
}

static bool same_need(const struct home_need *left, const struct home_need *right)
{
	if (left->type != right->type || strcmp(left->key, right->key) != 0)
		return false;
	if (left->view == NULL || right->view == NULL)
		return left->view == right->view;
	return strcmp(left->view, right->view) == 0;
}

/* Puts the focus back on what it stood on, though rows came or went above it. */
static void keep_focus(struct home_page *page, const struct home_need *focused)
{
	for (int i = 0; focused != NULL && i < page->home.need_count; i++)
		if (same_need(&page->home.needs[i], focused))
			page->focus = home_first_need(page) + i;
	if (page->focus >= home_rows(page))
		page->focus = home_rows(page) - 1;
	if (page->focus < 0)
		page->focus = 0;
}

static void read_who(struct home_page *page)
{
	struct buffer who = {0};

	person_short(page->store, store_actor(page->store), &who);
	free(page->who);
	page->who = buffer_take(&who);
}

static void load(struct home_page *page)
{
	struct home_need focused = {0};
	bool first = !page->home.since_known;
	bool on_need = !first && is_need(page, page->focus);
	bool on_change = !first && page->focus >= home_first_change(page);
	int change = page->focus - home_first_change(page);
	struct error err;

	if (on_need)
		focused = page->home.needs[page->focus - home_first_need(page)];
	page->backup_seen = false;
	read_who(page);
	if (!home_load(page->store, &page->home, &err))
		message_set(ROLE_BAD, err.text);
	if (on_change)
		page->focus = home_first_change(page) + change;
	keep_focus(page, on_need ? &focused : NULL);
}

static void home_resumed(struct page *page)
{
	load(home_of(page));
}

static bool home_tick(struct page *base)
{
	struct home_page *page = home_of(base);

	if (!others_saved(page->store, &page->data_version))
		return home_load_backup(page->store, &page->home);
	load(page);
	return true;
}

static bool home_idle(struct page *base)
{
	struct home_page *page = home_of(base);

	if (home_load_more(page->store, &page->home)) {
		keep_focus(page, NULL);
		return true;
	}
	if (!page->backup_seen) {
		page->backup_seen = true;
		if (home_load_backup(page->store, &page->home))
			return true;
	}
	/* Who came is noted last: it waits for the disk. A file that refuses it still opens. */
	if (!page->visited)
		home_visit(page->store, NULL);
	page->visited = true;
	return false;
}

/* ---- what was being written ---- */

static void say_drafts(struct home_page *page)
{
	const struct home *home = &page->home;
	struct error notice, err;

	if (!home_load_drafts(page->store, &page->home, &err))
		message_set(ROLE_WARNING, err.text);
	else if (drafts_notice(page->store, &notice))
		message_set(ROLE_WARNING, notice.text);
	else if (home->draft_total == 1)
		message_set(ROLE_PLAIN, "You were writing this. Enter continues, d discards.");
	else if (home->draft_total > 1)
		message_format(ROLE_PLAIN,
			"You were writing %d things. Enter continues, d discards.",
			home->draft_total);
}

static void continue_draft(struct home_page *page)
{
	struct draft draft;
	struct error err;

	if (!drafts_read(page->store, page->home.drafts[page->focus].number, &draft)) {
		message_set(ROLE_WARNING, "This draft is gone: saved or discarded elsewhere.");
		load(page);
		return;
	}
	if (!drafting_continue(page->store, &draft, &err)) {
		message_set(ROLE_WARNING, err.text);
		load(page);
	}
	draft_clear(&draft);
}

static void discard_confirmed(void *context)
{
	struct home_page *page = context;
	struct error err;

	if (drafts_drop(page->store, page->discarding, NULL, &err))
		message_set(ROLE_PLAIN, "Discarded.");
	else
		message_set(ROLE_WARNING, err.text);
	load(page);
}

/* In another window of the same login it is not left: there it goes on. */
static bool still_typed(struct home_page *page, int64_t number)
{
	struct draft draft;
	bool elsewhere;

	if (!drafts_read(page->store, number, &draft))
		return false;
	elsewhere = draft_elsewhere(&draft);
	draft_clear(&draft);
	return elsewhere;
}

static void discard_draft(struct home_page *page)
{
	const struct home_draft *draft = &page->home.drafts[page->focus];

	if (still_typed(page, draft->number)) {
		message_set(ROLE_WARNING,
			"Another window of yours is still writing this: discard it there, or close it.");
		return;
	}
	page->discarding = draft->number;
	dialog_confirm("Discard what you were writing?", draft->words, "Discard", "Keep it",
		discard_confirmed, page);
}

/* ---- opening ---- */

static void open_focused(struct home_page *page)
{
	const struct home *home = &page->home;
	const struct change *change;
	const struct home_need *need;

	if (page->focus < home->draft_count) {
		continue_draft(page);
		return;
	}
	if (page->focus < home_first_need(page)) {
		drafting_choose(page->store);
		return;
	}
	if (is_need(page, page->focus)) {
		need = &home->needs[page->focus - home_first_need(page)];
		if (need->view != NULL || need->begins)
			browse_open(page->store, need->type, need->view, NULL);
		else
			record_open(page->store, need->type, need->key);
		return;
	}
	change = &home->changes[page->focus - home_first_change(page)];
	if (change->key[0] != '\0')
		record_open(page->store, change->type, change->key);
	else
		browse_open(page->store, change->type,
			record_type_view(change->type, "all") != NULL ? "all" : NULL, NULL);
}

static void new_chosen(void *context, int choice)
{
	struct home_page *page = context;

	if (choice >= 0)
		record_open_new(page->store, page->new_types[choice], NULL, NULL);
}

/* n: what is written most, of what this actor may write at all. */
static void open_new(struct home_page *page)
{
	static const char *const names[] = {"request", "client", "contact", "vendor", "meeting",
		"action-item", "actual", "budget"};
	const struct home *home = &page->home;
	struct menu_choice choices[HOME_NEW_TYPES];
	size_t count = 0;

	/* On a first step there is no question what is meant. */
	if (is_need(page, page->focus) && home->needs[page->focus - home_first_need(page)].begins) {
		record_open_new(page->store, home->needs[page->focus - home_first_need(page)].type,
			NULL, NULL);
		return;
	}

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct record_type *type = record_type_find(names[i]);

		if (!record_may_write(page->store, type))
			continue;
		page->new_types[count] = type;
		choices[count++] = (struct menu_choice){type->label, NULL};
	}
	if (count == 0)
		message_format(ROLE_WARNING,
			"As %s you read the office; staff and the director write.",
			store_role(page->store));
	else
		menu_open(&(struct menu){.title = "New",
			.choices = choices,
			.count = count,
			.row = -1,
			.column = -1,
			.chosen = new_chosen,
			.context = page});
}

/* ---- keys ---- */

static enum page_answer home_char(struct home_page *page, uint32_t letter)
{
	if (letter >= '1' && letter < '1' + (uint32_t)page->group_count)
		menu_group_open(page->store, (int)(letter - '1'));
	else if (letter == '/')
		find_open(page->store, "");
	else if (letter == 'n')
		open_new(page);
	else if (letter == 'd' && page->focus < page->home.draft_count)
		discard_draft(page);
	else
		return PAGE_IGNORED;
	return PAGE_HANDLED;
}

static bool move(struct home_page *page, int to)
{
	int last = home_rows(page) - 1;

	to = to > last ? last : to;
	to = to < 0 ? 0 : to;
	page->below = 0;
	if (to == page->focus)
		return false;
	page->focus = to;
	return true;
}

/* Behind the last row that can be opened the page goes on: figures that only scroll. */
static bool scroll_below(struct home_page *page, int rows)
{
	int below = page->below + rows;

	below = below > page->below_most ? page->below_most : below;
	below = below < 0 ? 0 : below;
	if (below == page->below)
		return false;
	page->below = below;
	return true;
}

static enum page_answer answer(bool moved)
{
	return moved ? PAGE_HANDLED : PAGE_QUIET;
}

static enum page_answer home_press(struct home_page *page, int key)
{
	int rows = home_rows(page);
	bool last = page->focus >= rows - 1;

	switch (key) {
	case PRESS_UP:
		return answer(scroll_below(page, -1) || move(page, page->focus - 1));
	case PRESS_DOWN:
		return answer(last ? scroll_below(page, 1) : move(page, page->focus + 1));
	case PRESS_HOME:
	case PRESS_PAGE_UP:
		return answer(move(page,
			page->focus >= home_first_change(page) ? home_first_change(page) - 1 : 0));
	case PRESS_END:
	case PRESS_PAGE_DOWN:
		return answer(last ? scroll_below(page, page->below_most) : move(page, rows - 1));
	case PRESS_LEFT:
		menu_group_open(page->store, page->group_count - 1);
		return PAGE_HANDLED;
	case PRESS_RIGHT:
		menu_group_open(page->store, 0);
		return PAGE_HANDLED;
	case PRESS_ENTER:
		/* With nothing below the cursor stands on the menu. */
		if (rows == 0)
			menu_group_open(page->store, 0);
		else
			open_focused(page);
		return PAGE_HANDLED;
	case PRESS_ESCAPE:
		/* One Esc too many must not end the day's work. */
		message_set(ROLE_HINT, "This is Home. ^X leaves the office.");
		return PAGE_HANDLED;
	default:
		return PAGE_IGNORED;
	}
}

static enum page_answer home_key(struct page *base, const struct event *event)
{
	struct home_page *page = home_of(base);

	if (event->kind == EVENT_CHAR)
		return home_char(page, event->codepoint);
	if (event->kind != EVENT_KEY)
		return PAGE_IGNORED;
	switch (event->command) {
	case COMMAND_FIND:
		find_open(page->store, "");
		return PAGE_HANDLED;
	case COMMAND_NEW:
		open_new(page);
		return PAGE_HANDLED;
	case COMMAND_REFRESH:
		load(page);
		return PAGE_HANDLED;
	default:
		return home_press(page, event->key);
	}
}

static const struct hint *home_hints(struct page *base)
{
	static const struct hint reading[] = {{"Enter", "Open"}, {"/", "Find anything"},
		{"^P", "Commands"}, {"F10", "Menu"}, {"?", "Help"}, {"^X", "Leave"}, {NULL, NULL}};
	static const struct hint writing[] = {{"Enter", "Open"}, {"/", "Find"}, {"n", "New"},
		{"^P", "Commands"}, {"F10", "Menu"}, {"?", "Help"}, {"^X", "Leave"}, {NULL, NULL}};
	static const struct hint drafting[] = {{"Enter", "Continue"}, {"d", "Discard"},
		{"/", "Find"}, {"n", "New"}, {"^P", "Commands"}, {"?", "Help"}, {"^X", "Leave"},
		{NULL, NULL}};
	struct home_page *page = home_of(base);

	if (page->focus < page->home.draft_count)
		return drafting;
	return record_may_write(page->store, record_type_find("client")) ? writing : reading;
}

static const char *home_help(struct page *page)
{
	(void)page;
	return "Home shows what waits for you, how the year's budget stands, and what others changed "
	       "since your last visit.\n\n"
	       "Up and Down go through what waits and what changed; Enter opens it. / finds anything "
	       "by its number, name or words. n writes something new. 1 to 6, Left, Right and F10 "
	       "pull down the menus.\n\n"
	       "You were writing: what was typed and not saved when the line dropped or the program "
	       "ended. Enter goes on with it as it was left; d discards it.\n\n"
	       "A bar is what is spent and committed of the year's budget. U (unfavourable) stands "
	       "where more is used than was planned, F (favourable) where a figure is better than "
	       "planned.";
}

static void home_free(struct page *base)
{
	struct home_page *page = home_of(base);

	free(page->who);
	free(page);
}

static const struct page_class home_class = {
	.title = home_title,
	.draw = home_draw,
	.key = home_key,
	.tick = home_tick,
	.idle = home_idle,
	.hints = home_hints,
	.help = home_help,
	.resumed = home_resumed,
	.free = home_free,
};

void home_open(struct store *store)
{
	struct home_page *page = memory_new(sizeof *page);

	page->page.class = &home_class;
	page->store = store;
	page->group_count = menu_groups(page->groups);
	page->data_version = store_data_version(store);
	load(page);
	say_drafts(page);
	page_push(&page->page);
}
