/*
 * meeting.c - a meeting on one page: agenda, attendance, motions, action items, with the quorum
 * in sight. GPL-3.0-or-later.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/text.h"
#include "screens/meeting_page.h"
#include "screens/words.h"
#include "tui/keys.h"
#include "tui/loop.h"

enum {
	DETAILS = MEETING_PARTS, /* the tab behind the parts: the meeting's own fields */
	FULL_ROWS = 14,          /* below that there is no line of facts and no rule */
	WIDE = 110,              /* cells from which the details stand beside the list */
	LIST_LEAST = 4,
};

static struct meeting_page *meeting_of(struct page *page)
{
	return (struct meeting_page *)page;
}

int meeting_page_row(const struct meeting_page *page, enum meeting_part part)
{
	return page->focus[part] < meeting_rows(&page->meeting, (int)part) ? page->focus[part] : -1;
}

const char *meeting_page_key(const struct meeting_page *page)
{
	return meeting_row_key(&page->meeting, page->part, page->focus[page->part]);
}

/* ---- reading ---- */

static void forget_row(struct meeting_page *page)
{
	free(page->row_key);
	page->row_key = NULL;
}

static bool read_all(struct meeting_page *page, const char *key)
{
	struct record *record;
	struct error err;

	record = record_load(page->store, record_type_find("meeting"), key, &err);
	if (record == NULL ||
		!meeting_read(page->store, record_key(record), &page->meeting, &err)) {
		record_free(record);
		message_set(ROLE_BAD, err.text);
		return false;
	}
	record_free(page->record);
	page->record = record;
	offered_read(page->store, record, &page->offered);
	meeting_recording_read(page);
	forget_row(page);
	return true;
}

/* Where the row with this key stands now; else what took its place. */
static int find_row(const struct meeting *meeting, int part, const char *key, int otherwise)
{
	int rows = meeting_rows(meeting, part);

	for (int row = 0; row < rows; row++)
		if (strcmp(meeting_row_key(meeting, part, row), key) == 0)
			return row;
	return otherwise < rows ? otherwise : rows > 0 ? rows - 1 : 0;
}

void meeting_page_reload(struct meeting_page *page)
{
	char *keys[MEETING_PARTS];
	char *key = memory_text(page->meeting.key);

	for (int part = 0; part < MEETING_PARTS; part++)
		keys[part] = memory_text(meeting_row_key(&page->meeting, part, page->focus[part]));
	if (read_all(page, key))
		for (int part = 0; part < MEETING_PARTS; part++)
			page->focus[part] =
				find_row(&page->meeting, part, keys[part], page->focus[part]);
	for (int part = 0; part < MEETING_PARTS; part++)
		free(keys[part]);
	free(key);
}

static void meeting_resumed(struct page *page)
{
	meeting_page_reload(meeting_of(page));
}

static bool meeting_tick(struct page *base)
{
	struct meeting_page *page = meeting_of(base);

	if (!others_saved(page->store, &page->data_version) && !meeting_recording_ended(page))
		return false;
	meeting_page_reload(page);
	return true;
}

static bool rows_act(const struct meeting_page *page)
{
	return page->part == PART_MOTIONS || page->part == PART_ACTIONS;
}

/* Key of the focused motion or action item; "" for none. */
static const char *acting_key(const struct meeting_page *page)
{
	return rows_act(page) ? meeting_page_key(page) : "";
}

/* What the rows of the present part are. */
static const struct record_type *row_type(const struct meeting_page *page)
{
	static const char *const types[MEETING_PARTS] = {
		"agenda-item", "attendance", "motion", "action-item"};

	return record_type_find(types[page->part]);
}

/* The record of it, or NULL. Caller frees. */
static struct record *acting_row(const struct meeting_page *page)
{
	const char *key = acting_key(page);

	return key[0] == '\0' ? NULL : record_load(page->store, row_type(page), key, NULL);
}

/* Was what is offered read of the row that is in focus now? */
static bool row_is_read(const struct meeting_page *page)
{
	return page->row_key != NULL && strcmp(page->row_key, acting_key(page)) == 0;
}

/* What the focused motion or action item offers is read when no key waits. */
static bool meeting_idle(struct page *base)
{
	struct meeting_page *page = meeting_of(base);
	struct record *record;

	if (row_is_read(page))
		return false;
	forget_row(page);
	page->row_key = memory_text(acting_key(page));
	record = acting_row(page);
	offered_read(page->store, record, &page->row_offered);
	record_free(record);
	return true;
}

/* ---- drawing ---- */

static const char *status_words(const struct meeting *meeting)
{
	static const char *const words[][2] = {{"planned", "planned"},
		{"draft", "minutes in draft"}, {"circulated", "minutes circulated"},
		{"approved", "minutes approved"}, {"cancelled", "cancelled"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], meeting->status) == 0)
			return words[i][1];
	return meeting->status;
}

static void meeting_title(struct page *base, struct buffer *left, struct buffer *right)
{
	const struct meeting *meeting = &meeting_of(base)->meeting;

	buffer_format(left, "%s > %s %s%s", meeting->body_name, meeting->key, meeting->kind,
		strcmp(meeting->kind, "written consent") == 0 ? "" : " meeting");
	if (!meeting_recording_by_other(meeting_of(base)))
		buffer_add(right, status_words(meeting));
	meeting_recording_words(meeting_of(base), right);
}

static void draw_quorum(const struct meeting *meeting, struct area *area, int row)
{
	struct buffer words = {0};

	buffer_format(&words, "quorum: %d of %d present, need %d", meeting->present, meeting->seats,
		meeting->quorum);
	draw_text_right(area, row, 0, area->columns - 1,
		meeting->present >= meeting->quorum ? ROLE_GOOD : ROLE_WARNING,
		buffer_text(&words));
	buffer_free(&words);
}

/* When and where, and whether there is a quorum. */
static void draw_facts(const struct meeting *meeting, struct area *area)
{
	struct buffer words = {0};
	char date[24];

	buffer_add(&words, date_long(meeting->held_on, date));
	if (meeting->called_at[0] != '\0')
		buffer_format(&words, ", %s%s", meeting->adjourned_at[0] == '\0' ? "since " : "",
			meeting->called_at);
	else if (meeting->starts_at[0] != '\0')
		buffer_format(&words, ", %s", meeting->starts_at);
	if (meeting->adjourned_at[0] != '\0')
		buffer_format(&words, " to %s", meeting->adjourned_at);
	if (meeting->place[0] != '\0')
		buffer_format(&words, ", %s", meeting->place);
	draw_text(area, 0, 1, area->columns - 36, ROLE_PLAIN, buffer_text(&words));
	draw_quorum(meeting, area, 0);
	buffer_free(&words);
}

static void draw_tabs(const struct meeting_page *page, struct area *area, int row)
{
	bool narrow = area->columns < 60;
	int column = 0;

	for (int part = 0; part <= DETAILS; part++) {
		const char *name = part == DETAILS ? "Details" : meeting_part_name(part);
		int rows = part == DETAILS ? 0 : meeting_rows(&page->meeting, part);
		bool present = part == page->part;
		struct buffer label = {0};

		/* On a narrow screen the others are their numbers. */
		if (!narrow || present)
			buffer_format(&label, "%d %s", part + 1, name);
		else
			buffer_format(&label, "%d", part + 1);
		if (rows > 0 && part != PART_ATTENDANCE && (!narrow || present))
			buffer_format(&label, " %d", rows);
		if (present)
			draw_format(area, row, column, area->columns - column, ROLE_TITLE, "[%s]",
				buffer_text(&label));
		else
			draw_format(area, row, column, area->columns - column, ROLE_PLAIN, " %s ",
				buffer_text(&label));
		column += text_width(buffer_text(&label)) + 3;
		buffer_free(&label);
	}
}

static void draw_list(const struct meeting_page *page, struct area *area)
{
	const struct meeting *meeting = &page->meeting;
	int rows = meeting_rows(meeting, page->part), focus = page->focus[page->part];
	int top = focus >= area->rows ? focus - area->rows + 1 : 0;

	if (rows == 0) {
		draw_text(area, 0, 3, area->columns - 4, ROLE_HINT, meeting_part_empty(page->part));
		draw_cursor(area, 0, 3);
	}
	for (int at = 0; at < area->rows && top + at < rows; at++) {
		meeting_row_draw(meeting, page->part, top + at, area, at);
		if (top + at != focus)
			continue;
		draw_text(area, at, 1, 1, ROLE_FOCUS, ">");
		draw_cursor(area, at, 3);
	}
}

/* The lines about the focused row, each wrapped. */
static void draw_detail(const struct meeting_page *page, struct area *area)
{
	struct buffer detail = {0};

	meeting_row_detail(&page->meeting, page->part, page->focus[page->part], &detail);
	draw_wrapped(area, 0, 1, area->columns - 2, area->rows, ROLE_PLAIN, buffer_text(&detail));
	buffer_free(&detail);
}

static void draw_part(const struct meeting_page *page, struct area *area)
{
	int rows = meeting_rows(&page->meeting, page->part), most;
	struct area list, detail;

	if (area->columns >= WIDE) {
		list = area_part(area, 0, 0, area->rows, area->columns / 2 + 8);
		detail = area_part(
			area, 0, list.columns + 1, area->rows, area->columns - list.columns - 1);
		draw_list(page, &list);
		draw_detail(page, &detail);
		return;
	}
	/* Attendance is all list; the others tell about the focused row below theirs. */
	most = page->part == PART_ATTENDANCE ? area->rows - 2 : area->rows / 2;
	most = most < LIST_LEAST ? LIST_LEAST : most;
	rows = rows > most ? most : rows < 1 ? 1 : rows;
	list = area_part(area, 0, 0, rows < area->rows ? rows : area->rows, area->columns);
	draw_list(page, &list);
	if (rows + 2 > area->rows)
		return;
	detail = area_part(area, rows + 1, 0, area->rows - rows - 1, area->columns);
	draw_detail(page, &detail);
}

static void meeting_draw(struct page *base, struct area *area)
{
	const struct meeting_page *page = meeting_of(base);
	bool full = area->rows >= FULL_ROWS;
	int top = full ? 3 : 1;
	struct area part;

	if (full)
		draw_facts(&page->meeting, area);
	draw_tabs(page, area, full ? 1 : 0);
	if (full)
		draw_rule(area, 2, 0, area->columns);
	if (!full && page->part == PART_ATTENDANCE)
		draw_quorum(&page->meeting, area, top++);
	part = area_part(area, top, 0, area->rows - top, area->columns);
	draw_part(page, &part);
}

/* ---- keys ---- */

static void go_to_part(struct meeting_page *page, int part)
{
	if (part == DETAILS) {
		record_open_plain(page->store, page->record->type, page->meeting.key);
		return;
	}
	page->part = (part + MEETING_PARTS) % MEETING_PARTS;
	forget_row(page);
}

static enum page_answer move(struct meeting_page *page, int to)
{
	int rows = meeting_rows(&page->meeting, page->part);

	to = to >= rows ? rows - 1 : to;
	to = to < 0 ? 0 : to;
	if (to == page->focus[page->part])
		return PAGE_QUIET;
	page->focus[page->part] = to;
	return PAGE_HANDLED;
}

/* A member without a row has nothing to open yet. */
static void open_focused(struct meeting_page *page)
{
	const char *key = meeting_page_key(page);

	if (key[0] == '\0')
		return;
	if (page->part == PART_ATTENDANCE)
		key = page->meeting.attendance[page->focus[PART_ATTENDANCE]].attendance;
	if (key[0] == '\0')
		message_set(ROLE_PLAIN, "Nothing is noted yet: p present, a absent, x excused.");
	else
		record_open(page->store, row_type(page), key);
}

static enum page_answer press(struct meeting_page *page, int key)
{
	int focus = page->focus[page->part];

	switch (key) {
	case PRESS_UP:
		return move(page, focus - 1);
	case PRESS_DOWN:
		return move(page, focus + 1);
	case PRESS_PAGE_UP:
		return move(page, focus - 10);
	case PRESS_PAGE_DOWN:
		return move(page, focus + 10);
	case PRESS_HOME:
		return move(page, 0);
	case PRESS_END:
		return move(page, INT_MAX);
	case PRESS_LEFT:
	case PRESS_BACKTAB:
		go_to_part(page, page->part - 1);
		return PAGE_HANDLED;
	case PRESS_RIGHT:
	case PRESS_TAB:
		go_to_part(page, page->part + 1);
		return PAGE_HANDLED;
	case PRESS_ENTER:
		open_focused(page);
		return PAGE_HANDLED;
	default:
		return PAGE_IGNORED;
	}
}

static void acted(void *context)
{
	meeting_page_reload(context);
}

/* On motions and action items the letters are theirs; elsewhere they are the meeting's. */
static bool act(struct meeting_page *page, const struct event *event)
{
	struct record *record;
	bool used;

	if (!rows_act(page))
		return action_key(page->store, page->record, event, acted, page) ||
		       action_refuse(page->store, page->record, event);
	record = acting_row(page);
	used = record != NULL && (action_key(page->store, record, event, acted, page) ||
					 action_refuse(page->store, record, event));
	record_free(record);
	return used;
}

static enum page_answer meeting_key(struct page *base, const struct event *event)
{
	struct meeting_page *page = meeting_of(base);

	if (event->kind == EVENT_CHAR && event->codepoint >= '1' &&
		event->codepoint <= '1' + (uint32_t)DETAILS) {
		go_to_part(page, (int)(event->codepoint - '1'));
		return PAGE_HANDLED;
	}
	if (event->kind == EVENT_CHAR && event->codepoint == 'M') {
		minutes_open(page->store, page->meeting.key);
		return PAGE_HANDLED;
	}
	if (event->kind == EVENT_CHAR && event->codepoint == 'e') {
		record_open_plain(page->store, page->record->type, page->meeting.key);
		return PAGE_HANDLED;
	}
	if (event->kind == EVENT_CHAR && event->codepoint == 'h') {
		history_open(page->store, page->record->type, page->meeting.key);
		return PAGE_HANDLED;
	}
	if (event->kind == EVENT_CHAR && event->codepoint == 'k' &&
		meeting_recording_take_over(page))
		return PAGE_HANDLED;
	if (event->command == COMMAND_REFRESH) {
		meeting_page_reload(page);
		return PAGE_HANDLED;
	}
	if (meeting_change_key(page, event))
		return PAGE_HANDLED;
	if (event->kind == EVENT_KEY && event->command == COMMAND_NONE) {
		enum page_answer answer = press(page, event->key);

		if (answer != PAGE_IGNORED)
			return answer;
	}
	return act(page, event) ? PAGE_HANDLED : PAGE_IGNORED;
}

/* ---- all commands ---- */

static void run_letter(void *context, int number)
{
	struct meeting_page *page = context;
	const struct event event = {.kind = EVENT_CHAR, .codepoint = (uint32_t)number};

	meeting_key(&page->page, &event);
}

static void run_action(void *context, int number)
{
	struct meeting_page *page = context;

	action_start(page->store, page->record, page->offered.actions[number], acted, page);
}

static void run_row_action(void *context, int number)
{
	struct meeting_page *page = context;
	struct record *record = acting_row(page);

	if (record != NULL)
		action_start(page->store, record, page->row_offered.actions[number], acted, page);
	record_free(record);
}

static void meeting_offer(struct page *base, struct command_list *list)
{
	struct meeting_page *page = meeting_of(base);

	command_add(list, "Meeting: minutes as text", "M", run_letter, page, 'M');
	command_add(list, "Meeting: its own fields", "e", run_letter, page, 'e');
	command_add(list, "Meeting: history", "h", run_letter, page, 'h');
	if (page->writes && meeting_recording_by_other(page))
		command_add(list, "Meeting: take over the recording", "k", run_letter, page, 'k');
	meeting_change_commands(page, list, run_letter);
	if (row_is_read(page))
		offered_commands(&page->row_offered, list, run_row_action, page);
	offered_commands(&page->offered, list, run_action, page);
}

static const struct hint *meeting_hints(struct page *base)
{
	struct meeting_page *page = meeting_of(base);
	const int most = MEETING_HINTS - 6;
	int count = 0;

	if (meeting_page_row(page, page->part) >= 0)
		page->hints[count++] = (struct hint){"Enter", "Open"};
	if (page->writes && meeting_recording_by_other(page))
		page->hints[count++] = (struct hint){"k", "Take over"};
	/* The next step of the minutes comes before the items' own keys. */
	if (page->part == PART_AGENDA)
		count = offered_hints(&page->offered, page->hints, count, most);
	count = meeting_change_hints(page, page->hints, count);
	if (rows_act(page))
		count = offered_hints(&page->row_offered, page->hints, count, most);
	page->hints[count++] = (struct hint){"M", "Minutes"};
	page->hints[count++] = (struct hint){"Tab", "Parts"};
	page->hints[count++] = key_hint(COMMAND_LEAVE, NULL);
	page->hints[count++] = (struct hint){"?", "Help"};
	page->hints[count] = (struct hint){NULL, NULL};
	return page->hints;
}

static const char *meeting_help(struct page *page)
{
	(void)page;
	return "A meeting with all that belongs to it. Tab or 1 to 5 go from part to part; M shows the "
	       "minutes as they stand, e the meeting's own fields, h its history.\n"
	       "= Agenda\n"
	       "Enter\topens an item: the director's advice, and the minutes of it\n"
	       "n\tadds an item at the end\n"
	       "+ -\tmove the item down or up\n"
	       "m\tadds a motion under the item\n"
	       "= Attendance\n"
	       "p a x\tpresent, absent, excused, and on to the next person; the quorum above follows\n"
	       "r l\tarrived late, left early, and when\n"
	       "= Motions\n"
	       "n\tadds a motion under the agenda item that was in focus\n"
	       "v\tnotes the votes; asks who moved and seconded where that is missing\n"
	       "s\tsays which record the motion is about, and up to what amount\n"
	       "a t\tattest: by chair or secretary here, by staff from the signed sheet\n"
	       "W T R\twithdrawn, tabled, or rescinded by a later motion; each asks first\n"
	       "= Action items\n"
	       "n\tadds one\n"
	       "d\tcloses it with a note; until then it rides on every next agenda\n"
	       "= Recording\n"
	       "Whoever makes the first change here records the meeting until they leave its page; "
	       "everybody else reads along meanwhile.\n"
	       "k\ttakes over from somebody else, with a reason\n"
	       "= Minutes\n"
	       "w c b A\topen the minutes, circulate them, take them back, note their approval by a "
	       "motion of a later meeting; approved minutes are locked\n"
	       "X\tcancels a meeting that does not take place\n";
}

static void meeting_page_free(struct page *base)
{
	struct meeting_page *page = meeting_of(base);

	meeting_recording_end(page);
	meeting_free(&page->meeting);
	record_free(page->record);
	free(page->row_key);
	free(page->asked_key);
	record_free(page->asked_of);
	record_free(page->decided);
	buffer_free(&page->met);
	free(page->subject);
	free(page->undo_key);
	free(page);
}

static const struct page_class meeting_class = {
	.title = meeting_title,
	.draw = meeting_draw,
	.key = meeting_key,
	.tick = meeting_tick,
	.idle = meeting_idle,
	.hints = meeting_hints,
	.help = meeting_help,
	.resumed = meeting_resumed,
	.free = meeting_page_free,
};

struct meeting_page *meeting_page_top(void)
{
	struct page *top = page_top();

	return top != NULL && top->class == &meeting_class ? meeting_of(top) : NULL;
}

void meeting_page_go(struct meeting_page *page, enum meeting_part part, const char *key)
{
	go_to_part(page, (int)part);
	page->focus[part] = find_row(&page->meeting, (int)part, key, page->focus[part]);
}

void meeting_open(struct store *store, const char *key)
{
	struct meeting_page *page = memory_new(sizeof *page);

	commands_of(&meeting_class, meeting_offer);
	page->page.class = &meeting_class;
	page->store = store;
	page->data_version = store_data_version(store);
	page->writes = record_may_write(store, record_type_find("agenda-item"));
	if (!read_all(page, key)) {
		meeting_page_free(&page->page);
		return;
	}
	page_push(&page->page);
}
