/*
 * budget.c - a budget as a grid of accounts and months: typed into while it is a draft, read
 * against what became of it afterwards. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "csv/export.h"
#include "screens/ask.h"
#include "screens/budget_page.h"
#include "screens/row_keys.h"
#include "screens/session.h"
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

/* ---- reading ------------------------------------------------------------------------------------- */

/* Whole months of the year that are over by today. */
static int months_over(struct store *store, int year)
{
	int this_year = atoi(store_today(store)), month = atoi(store_today(store) + 5);

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
	int64_t version = store_data_version(page->store);

	/* Nothing moves under what is being typed; the next tick sees it, too. */
	if (version == page->data_version || grid_editing(budget_grid(page)))
		return false;
	page->data_version = version;
	budget_page_reload(page);
	return true;
}

/* ---- lines ---------------------------------------------------------------------------------------- */

/* Why nothing can be typed here. */
static void say_locked(const struct budget_page *page)
{
	if (page->writes && page->view == VIEW_YEAR)
		message_set(ROLE_PLAIN, "Figures are typed month by month: m goes there.");
	else if (page->writes)
		message_set(ROLE_PLAIN, "There is no account to plan for yet. n adds one.");
	else if (is_draft(page))
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
	line = record_start(
		page->store, record_type_find("budget-line"), record_key(page->record));
	if (record_set(page->store, line, "account", key, &err) &&
		session_save(page->store, line, &err)) {
		budget_page_reload(page);
		show_account(page, key);
		message_format(ROLE_GOOD, "%s is in the budget. Type its months, or the year.", key);
	} else {
		message_set(ROLE_WARNING, err.text);
	}
	record_free(line);
}

static void add_account(struct budget_page *page)
{
	if (!page->writes)
		say_locked(page);
	else
		look_up_open(page->store,
			record_type_field(record_type_find("budget-line"), "account"), "",
			account_picked, page);
}

static void reload(void *context)
{
	budget_page_reload(context);
}

static void remove_line(struct budget_page *page)
{
	const struct figure *figure = budget_focused(page);
	struct record *line;
	struct error err;

	if (!page->writes || figure == NULL) {
		say_locked(page);
		return;
	}
	line = record_load(page->store, record_type_find("budget-line"), figure->line, &err);
	if (line == NULL)
		message_set(ROLE_WARNING, err.text);
	else
		record_delete_begin(page->store, line, reload, page);
	record_free(line);
}

static void undo(struct budget_page *page)
{
	struct buffer said = {0};
	struct error err;

	if (page->undo_key == NULL) {
		message_set(ROLE_PLAIN, "There is nothing of yours to take back here.");
		return;
	}
	if (session_undo(page->store, record_type_find("budget-line"), page->undo_key, &said, &err)) {
		message_set(ROLE_GOOD, buffer_text(&said));
		budget_page_reload(page);
	} else {
		message_set(ROLE_WARNING, err.text);
	}
	buffer_free(&said);
}

/* ---- export ---------------------------------------------------------------------------------------- */

static bool file_answered(void *context, const char *const *answers, struct error *err)
{
	struct budget_page *page = context;
	const struct record_query lines = {.type = record_type_find("budget-line"),
		.parent_field = "budget",
		.parent = record_key(page->record)};

	if (!export_file(page->store, &lines, answers[0], false, err))
		return false;
	message_format(ROLE_GOOD, "The lines of %s are in %s.", record_key(page->record), answers[0]);
	return true;
}

static void ask_file(struct budget_page *page)
{
	static const struct field fields[] = {
		{.key = "file", .label = "File", .type = &text_type, .max = 400, .width = 50,
			.flags = FIELD_REQUIRED,
			.help = "The lines as CSV: for a spreadsheet, and to come back by an import."},
		{0},
	};
	char name[64];

	snprintf(name, sizeof name, "budget-line-%.40s.csv", record_key(page->record));
	ask_open(page->store,
		&(struct ask){.title = "Export the lines",
			.does = "Export",
			.fields = fields,
			.prefill = name,
			.answered = file_answered,
			.context = page});
}

/* ---- keys -------------------------------------------------------------------------------------------- */

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
		record_open(page->store, record_type_find("account"), figure->account);
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
		add_account(page);
		return true;
	case 'd':
		open_account(page);
		return true;
	case 'e':
		ask_file(page);
		return true;
	case 'f':
		record_open_plain(page->store, page->record->type, record_key(page->record));
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
		undo(page);
		return true;
	case COMMAND_NEW:
		add_account(page);
		return true;
	case COMMAND_DELETE:
		remove_line(page);
		return true;
	case COMMAND_COPY:
		if (!page->writes || page->view != VIEW_MONTHS)
			say_locked(page);
		else if (!budget_copy_month(page, &err))
			message_set(ROLE_PLAIN, err.text);
		return true;
	case COMMAND_SAVE:
		if (grid_settle(budget_grid(page)))
			message_set(ROLE_GOOD, "Saved. Every figure is saved as soon as it is typed.");
		else
			message_set(ROLE_WARNING, grid_message(budget_grid(page)));
		return true;
	case COMMAND_REFRESH:
		budget_page_reload(page);
		return true;
	default:
		return false;
	}
}

static enum page_answer budget_key(struct page *base, const struct event *event)
{
	struct budget_page *page = budget_of(base);
	bool typing = grid_editing(budget_grid(page));

	if (typing && event->command != COMMAND_SAVE)
		return grid_event(page, event) ? PAGE_HANDLED : PAGE_QUIET;
	if (event->kind == EVENT_KEY && command(page, event->command))
		return PAGE_HANDLED;
	if (event->kind == EVENT_CHAR && !starts_amount(event->codepoint)) {
		if (letter(page, event->codepoint) ||
			action_key(page->store, page->record, event, reload, page) ||
			action_refuse(page->store, page->record, event))
			return PAGE_HANDLED;
		return PAGE_IGNORED;
	}
	if (grid_event(page, event))
		return PAGE_HANDLED;
	if (event->kind == EVENT_KEY && event->key == PRESS_ENTER) {
		open_account(page);
		return PAGE_HANDLED;
	}
	if (event->kind == EVENT_CHAR || event->kind == EVENT_PASTE) {
		say_locked(page);
		return PAGE_HANDLED;
	}
	/* At the first and last row there is nothing further. */
	if (event->kind == EVENT_KEY && (event->key == PRESS_UP || event->key == PRESS_DOWN ||
						event->key == PRESS_PAGE_UP ||
						event->key == PRESS_PAGE_DOWN))
		return PAGE_QUIET;
	return PAGE_IGNORED;
}

/* ---- hints and help ---------------------------------------------------------------------------------- */

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
		page->hints[count++] = months ? (struct hint){"y", "Year to date"}
					      : (struct hint){"m", "Months"};
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
	return "A budget as accounts and months, in whole dollars; the cents stand below for the "
	       "account in focus.\n"
	       "= Looking\n"
	       "arrows\tgo from cell to cell; < and > in the heading: there is more\n"
	       "k\trevenue, expense or capital\n"
	       "m y\tmonth by month, or the year to date: actual, committed, available, variance\n"
	       "d\tthe account with the rows behind its figures\n"
	       "F U\tfavourable, unfavourable: against the plan of the months that are over\n"
	       "= Typing, while it is a draft\n"
	       "0-9\tstart typing in a month; Enter accepts, and it is saved at once\n"
	       "Year\ttyped there, an amount spreads evenly over the months, odd cents in December\n"
	       "^D\tcopies the month before\n"
	       "n\tadds an account; F8 takes the line out\n"
	       "^Z\ttakes back the last figure\n"
	       "= Its way\n"
	       "r a b\trecommended by the Council, adopted by the Board, back to draft; each by its "
	       "motion\n"
	       "f\tits fields and notes, e its lines as CSV\n";
}

static void budget_free(struct page *base)
{
	struct budget_page *page = budget_of(base);

	for (int view = 0; view < BUDGET_VIEWS; view++)
		grid_free(page->grids[view]);
	figures_free(&page->figures);
	figures_free(&page->before);
	buffer_free(&page->route);
	record_free(page->record);
	free(page->rows);
	free(page->undo_key);
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
