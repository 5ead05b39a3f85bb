/*
 * budget.c - a budget as a grid of accounts and months: typed into while it is a draft, read
 * against what became of it afterwards. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "screens/budget_page.h"
#include "screens/words.h"
#include "tui/keys.h"
#include "tui/loop.h"

static struct budget_page *budget_of(struct page *page)
{
	return (struct budget_page *)page;
}

static bool is_draft(const struct budget_page *page)
{
	return strcmp(record_state(page->record), "draft") == 0;
}

/* ---- reading ---- */

/* Whole months of the year that are over by today. */
static int months_over(struct store *store, int year)
{
	int this_year = date_year(store_today(store)), month = date_month(store_today(store));

	if (year != this_year)
		return year < this_year ? FIGURES_MONTHS : 0;
	return month - 1;
}

static void read_before(struct budget_page *page, int year)
{
	struct buffer key = {0};

	figures_free(&page->before);
	if (is_draft(page) && figures_adopted(page->store, year - 1, &key))
		figures_of_budget(page->store, buffer_text(&key), &page->before, NULL);
	buffer_free(&key);
}

static bool read_all(struct budget_page *page, const char *key)
{
	struct error err;
	struct record *record = record_load(page->store, record_type_find("budget"), key, &err);
	int year;

	if (record == NULL ||
		!figures_of_budget(page->store, record_key(record), &page->figures, &err)) {
		record_free(record);
		message_set(ROLE_BAD, err.text);
		return false;
	}
	record_free(page->record);
	page->record = record;
	year = (int)record_value(record, "fiscal_year")->integer;
	buffer_clear(&page->route);
	figures_route(page->store, record_key(record), &page->route);
	page->writes =
		is_draft(page) && record_may_write(page->store, record_type_find("budget-line"));
	page->left_out = figures_left_out(page->store);
	page->months_over = months_over(page->store, year);
	read_before(page, year);
	offered_read(page->store, record, &page->offered);
	return true;
}

bool budget_page_reload(struct budget_page *page)
{
	const struct figure *focused = budget_focused(page);
	char *account = focused == NULL ? NULL : memory_text(focused->account);
	char *key = memory_text(record_key(page->record));
	bool ok = read_all(page, key);
	bool moved;

	budget_grids_fill(page);
	focused = budget_focused(page);
	moved = account != NULL && focused != NULL && strcmp(focused->account, account) != 0;
	if (moved)
		budget_focus_account(page, account);
	free(account);
	free(key);
	return ok;
}

static void budget_resumed(struct page *page)
{
	budget_page_reload(budget_of(page));
}

static bool budget_tick(struct page *base)
{
	struct budget_page *page = budget_of(base);

	/* Nothing moves under what is being typed; the next tick sees it, too. */
	if (grid_editing(budget_grid(page)) || !others_saved(page->store, &page->data_version))
		return false;
	budget_page_reload(page);
	return true;
}

static void reload(void *context)
{
	budget_page_reload(context);
}

/* ---- keys ---- */

static void next_kind(struct budget_page *page)
{
	page->kind = (page->kind + 1) % BUDGET_KINDS;
	budget_grids_fill(page);
}

static void change_view(struct budget_page *page, enum budget_view view)
{
	int row = grid_focus_row(budget_grid(page));

	page->view = view;
	grid_focus(budget_grid(page), row, grid_focus_column(budget_grid(page)));
}

static void open_account(struct budget_page *page)
{
	const struct figure *figure = budget_focused(page);

	if (figure != NULL)
		record_open_part(
			page->store, record_type_find("account"), figure->account, "actual");
}

/* Letters of the page, where no cell is typed. */
static bool letter(struct budget_page *page, uint32_t codepoint)
{
	switch (codepoint) {
	case 'k':
		next_kind(page);
		return true;
	case 'm':
		change_view(page, VIEW_MONTHS);
		return true;
	case 'y':
		change_view(page, VIEW_YEAR);
		return true;
	case 'n':
		budget_add_account(page);
		return true;
	case 'd':
		open_account(page);
		return true;
	case 'e':
		budget_export(page);
		return true;
	case 'f':
		record_open_plain(page->store, page->record->type, record_key(page->record));
		return true;
	case 'h':
		history_open(page->store, page->record->type, record_key(page->record));
		return true;
	default:
		return false;
	}
}

static bool starts_amount(uint32_t codepoint)
{
	return codepoint < 128 && codepoint > 0 && strchr("0123456789-(.$", (int)codepoint) != NULL;
}

/* Hands the grid a key; what it refuses is said. */
static bool grid_event(struct budget_page *page, const struct event *event)
{
	struct grid *grid = budget_grid(page);
	bool used;

	/* Typing on from a cell starts with its cents, which the grid leaves out. */
	page->exact = event->kind == EVENT_KEY && event->key == PRESS_ENTER && !grid_editing(grid);
	used = grid_key(grid, event);
	page->exact = false;
	if (grid_message(grid)[0] != '\0')
		message_set(ROLE_WARNING, grid_message(grid));
	return used;
}

static bool command(struct budget_page *page, enum command wanted)
{
	struct error err;

	switch (wanted) {
	case COMMAND_UNDO:
		budget_undo(page);
		return true;
	case COMMAND_NEW:
		budget_add_account(page);
		return true;
	case COMMAND_DELETE:
		budget_remove_line(page);
		return true;
	case COMMAND_COPY:
		if (!page->writes || page->view != VIEW_MONTHS)
			budget_say_locked(page);
		else if (!budget_copy_month(page, &err))
			message_set(ROLE_PLAIN, err.text);
		return true;
	case COMMAND_SAVE:
		if (grid_settle(budget_grid(page))) {
			budget_drop_draft(page);
			message_set(
				ROLE_GOOD, "Saved. Every figure is saved as soon as it is typed.");
		} else {
			message_set(ROLE_WARNING, grid_message(budget_grid(page)));
		}
		return true;
	case COMMAND_REFRESH:
		budget_page_reload(page);
		return true;
	default:
		return false;
	}
}

/* Cells side by side come from a spreadsheet with tabs between them. */
static bool is_row(const struct event *event)
{
	return event->kind == EVENT_PASTE && memchr(event->text, '\t', event->length) != NULL;
}

static void paste_row(struct budget_page *page, const struct event *event)
{
	char *text = memory_text_part(event->text, event->length);
	struct error err;

	if (budget_paste(page, text, &err))
		message_set(ROLE_GOOD, "Saved. ^Z undoes.");
	else
		message_set(ROLE_WARNING, err.text);
	free(text);
}

static enum page_answer budget_key(struct page *base, const struct event *event)
{
	struct budget_page *page = budget_of(base);
	bool typing = grid_editing(budget_grid(page));

	if (typing && event->command != COMMAND_SAVE) {
		bool used = grid_event(page, event);

		if (!grid_editing(budget_grid(page)))
			budget_drop_draft(page);
		return used ? PAGE_HANDLED : PAGE_QUIET;
	}
	if (event->kind == EVENT_KEY && command(page, event->command))
		return PAGE_HANDLED;
	if (event->kind == EVENT_CHAR && !starts_amount(event->codepoint)) {
		if (letter(page, event->codepoint) ||
			action_key(page->store, page->record, event, reload, page) ||
			action_refuse(page->store, page->record, event))
			return PAGE_HANDLED;
		return PAGE_IGNORED;
	}
	if (page->writes && page->view == VIEW_MONTHS && is_row(event)) {
		paste_row(page, event);
		return PAGE_HANDLED;
	}
	if (grid_event(page, event))
		return PAGE_HANDLED;
	if (event->kind == EVENT_KEY && event->key == PRESS_ENTER) {
		open_account(page);
		return PAGE_HANDLED;
	}
	if (event->kind == EVENT_CHAR || event->kind == EVENT_PASTE) {
		budget_say_locked(page);
		return PAGE_HANDLED;
	}
	/* At the first and last row there is nothing further. */
	if (event->kind == EVENT_KEY &&
		(event->key == PRESS_UP || event->key == PRESS_DOWN ||
			event->key == PRESS_PAGE_UP || event->key == PRESS_PAGE_DOWN))
		return PAGE_QUIET;
	return PAGE_IGNORED;
}

/* ---- all commands ---- */

static void run_letter(void *context, int number)
{
	letter(context, (uint32_t)number);
}

static void run_action(void *context, int number)
{
	struct budget_page *page = context;

	action_start(page->store, page->record, page->offered.actions[number], reload, page);
}

static void budget_offer(struct page *base, struct command_list *list)
{
	static const struct {
		char key[2];
		const char *label;
		bool writes;
	} commands[] = {
		{"m", "Budget: month by month", false},
		{"y", "Budget: year to date, with actuals", false},
		{"k", "Budget: next kind of accounts", false},
		{"n", "Budget: add an account", true},
		{"d", "Budget: rows behind the account", false},
		{"e", "Budget: export the lines", false},
		{"f", "Budget: its fields and notes", false},
		{"h", "Budget: history", false},
	};
	struct budget_page *page = budget_of(base);

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (!commands[i].writes || page->writes)
			command_add(list, commands[i].label, commands[i].key, run_letter, page,
				commands[i].key[0]);
	offered_commands(&page->offered, list, run_action, page);
}

/* ---- hints and help ---- */

static int typing_hints(struct hint *hints)
{
	int count = 0;

	hints[count++] = (struct hint){"Enter", "Accept"};
	hints[count++] = (struct hint){"Tab", "Next month"};
	hints[count++] = (struct hint){"Esc", "Take back"};
	hints[count++] = key_hint(COMMAND_UNDO, NULL);
	return count;
}

static const struct hint *budget_hints(struct page *base)
{
	struct budget_page *page = budget_of(base);
	bool months = page->view == VIEW_MONTHS;
	int count = 0;

	if (grid_editing(budget_grid(page))) {
		count = typing_hints(page->hints);
	} else {
		if (page->writes && months)
			page->hints[count++] = (struct hint){"0-9", "Type"};
		page->hints[count++] =
			months ? (struct hint){"y", "Year to date"} : (struct hint){"m", "Months"};
		page->hints[count++] = (struct hint){"k", "Kind"};
		count = offered_hints(&page->offered, page->hints, count, BUDGET_HINTS - 10);
		if (page->writes) {
			page->hints[count++] = (struct hint){"n", "Account"};
			if (months)
				page->hints[count++] = key_hint(COMMAND_COPY, "Copy");
			page->hints[count++] = key_hint(COMMAND_UNDO, NULL);
		}
		page->hints[count++] = (struct hint){"d", "Rows behind it"};
		page->hints[count++] = (struct hint){"e", "Export"};
		page->hints[count++] = (struct hint){"f", "Fields"};
		page->hints[count++] = (struct hint){"?", "Help"};
		page->hints[count++] = key_hint(COMMAND_LEAVE, NULL);
	}
	page->hints[count] = (struct hint){NULL, NULL};
	return page->hints;
}

static const char *budget_help(struct page *page)
{
	(void)page;
	return "A budget as accounts and months, in whole dollars; the year of the account in focus "
	       "stands below with its cents, and in the year to date its months.\n"
	       "= Looking\n"
	       "arrows\tgo from cell to cell; < and > in the heading: there is more\n"
	       "k\trevenue, expense or capital\n"
	       "m y\tmonth by month, or the year to date: actual, committed, available, variance\n"
	       "d\tthe rows behind the figures of the account\n"
	       "F U\tfavourable, unfavourable: against the plan of the months that are over; behind "
	       "a bar: more than the year's budget\n"
	       "= Typing, while it is a draft\n"
	       "0-9\tstart typing in a month; Enter accepts, and it is saved at once\n"
	       "Year\ttyped there, an amount spreads evenly over the months, odd cents in December\n"
	       "^D\tcopies the month before\n"
	       "paste\tamounts copied from the row of a spreadsheet go in from this month on\n"
	       "n\tadds an account; F8 takes the line out\n"
	       "^Z\ttakes back the last figure\n"
	       "= Its way\n"
	       "r a b\trecommended by the Council, adopted by the Board, back to draft; each by its "
	       "motion\n"
	       "f\tits fields and notes, h its history, e its lines as CSV\n";
}

static void budget_free(struct page *base)
{
	struct budget_page *page = budget_of(base);

	drafting_end(&page->drafting);
	for (int view = 0; view < BUDGET_VIEWS; view++)
		grid_free(page->grids[view]);
	figures_free(&page->figures);
	figures_free(&page->before);
	buffer_free(&page->route);
	record_free(page->record);
	free(page->rows);
	free(page->undo_key);
	record_free(page->removing);
	free(page);
}

static const struct page_class budget_class = {
	.title = budget_title,
	.draw = budget_draw,
	.key = budget_key,
	.tick = budget_tick,
	.hints = budget_hints,
	.help = budget_help,
	.resumed = budget_resumed,
	.save_draft = budget_save_draft,
	.free = budget_free,
};

/* Opens on the kind with most to say: expense, else what there is. */
static void choose_kind(struct budget_page *page)
{
	static const enum budget_kind order[] = {KIND_EXPENSE, KIND_REVENUE, KIND_CAPITAL};

	for (int i = 0; i < BUDGET_KINDS; i++) {
		page->kind = order[i];
		budget_grids_fill(page);
		if (page->row_count > 0)
			return;
	}
	page->kind = KIND_EXPENSE;
	budget_grids_fill(page);
}

void budget_open(struct store *store, const char *key)
{
	struct budget_page *page = memory_new(sizeof *page);

	commands_of(&budget_class, budget_offer);
	page->page.class = &budget_class;
	page->store = store;
	page->data_version = store_data_version(store);
	budget_grids_make(page);
	if (!read_all(page, key)) {
		budget_free(&page->page);
		return;
	}
	choose_kind(page);
	page->view = is_draft(page) ? VIEW_MONTHS : VIEW_YEAR;
	page_push(&page->page);
}

bool budget_continue(struct store *store, const struct draft *draft, struct error *err)
{
	char *key = memory_text_part(draft->key, strcspn(draft->key, " "));
	struct record *record = record_load(store, record_type_find("budget"), key, err);
	struct page *top;

	free(key);
	if (record == NULL)
		return false;
	budget_open(store, record_key(record));
	record_free(record);
	top = page_top();
	return top != NULL && top->class == &budget_class &&
	       budget_take_draft(budget_of(top), draft, err);
}
