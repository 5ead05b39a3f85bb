/*
 * meeting_changes.c - what is written on the page of a meeting without leaving it: items and
 * their order, who is there, action items. Motions are meeting_motions.c. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "screens/ask.h"
#include "screens/meeting_page.h"
#include "screens/row_keys.h"
#include "screens/session.h"
#include "tui/loop.h"

/* ---- may it be changed ---- */

/* Says why not, before anybody types for nothing. */
bool meeting_may_change(struct meeting_page *page, const char *type)
{
	const struct meeting *meeting = &page->meeting;

	if (!may_write_or_say(page->store, record_type_find(type)))
		return false;
	if (strcmp(meeting->status, "approved") == 0)
		message_format(ROLE_WARNING,
			"These minutes were approved by %s and are locked; to put something right, add an "
			"amendment by motion to a later meeting.",
			meeting->approved_by);
	else if (strcmp(meeting->status, "cancelled") == 0)
		message_set(ROLE_WARNING, "This meeting was cancelled.");
	else
		return meeting_recording_begin(page);
	return false;
}

/* Saves so that ^Z on this page takes it back. */
static bool save(struct meeting_page *page, struct record *record, struct error *err)
{
	if (!session_save(page->store, record, err))
		return false;
	page->undo_type = record->type;
	memory_replace(&page->undo_key, record_key(record));
	return true;
}

static void reload(void *context)
{
	meeting_page_reload(context);
}

/* ---- asking ---- */

/* Copies fields of a type by key ("votes_for votes_against"); returns how many. */
int meeting_ask_for(struct meeting_page *page, const char *type, const char *keys)
{
	char *words = memory_text(keys);
	int count = 0;

	for (char *rest, *key = strtok_r(words, " ", &rest);
		key != NULL && count < MEETING_ASKED - 1; key = strtok_r(NULL, " ", &rest))
		page->asked[count++] = *record_type_field(record_type_find(type), key);
	page->asked[count] = (struct field){0};
	free(words);
	return count;
}

void meeting_ask_present(struct meeting_page *page, int index, const char *text)
{
	snprintf(page->present[index], sizeof page->present[index], "%s", text);
	page->asked[index].def = page->present[index];
}

void meeting_ask(struct meeting_page *page, const struct record *about, const char *title,
	const char *text, const char *does,
	bool (*answered)(void *context, const char *const *answers, struct error *err))
{
	ask_open(page->store,
		&(struct ask){.title = title,
			.from = {.opener = page->asked_words[0] != NULL ? "meeting" : NULL,
				.type = "meeting",
				.key = page->meeting.key,
				.words = {page->asked_words[0], page->asked_words[1],
					page->asked_words[2]}},
			.text = text,
			.does = does,
			.fields = page->asked,
			.about = about,
			.answered = answered,
			.done = reload,
			.context = page});
	meeting_ask_as(page, NULL, NULL, NULL);
}

void meeting_ask_as(
	struct meeting_page *page, const char *name, const char *first, const char *second)
{
	page->asked_words[0] = name;
	page->asked_words[1] = first;
	page->asked_words[2] = second;
}

/* Gives the asked fields their answers and saves the record, which is freed. */
bool meeting_take_answers(struct meeting_page *page, struct record *record,
	const char *const *answers, struct error *err)
{
	bool ok = record != NULL;

	for (int i = 0; ok && page->asked[i].key != NULL; i++)
		ok = record_set(page->store, record, page->asked[i].key, answers[i], err);
	ok = ok && save(page, record, err);
	record_free(record);
	return ok;
}

/* ---- agenda ---- */

static bool item_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	struct buffer key = {0};
	bool ok = meeting_add_item(page->store, page->meeting.key, answers[0], &key, err);

	buffer_free(&key);
	page->focus[PART_AGENDA] = page->meeting.item_count;
	return ok;
}

void meeting_ask_item(struct meeting_page *page)
{
	if (!meeting_may_change(page, "agenda-item"))
		return;
	meeting_ask_for(page, "agenda-item", "title");
	meeting_ask_as(page, "item", NULL, NULL);
	meeting_ask(page, NULL, "New agenda item", NULL, "Add", item_answered);
}

static void move_item(struct meeting_page *page, int by)
{
	int row = meeting_page_row(page, PART_AGENDA);
	struct error err;

	if (row < 0 || !meeting_may_change(page, "agenda-item"))
		return;
	if (meeting_move_item(page->store, &page->meeting, row, by, &err))
		meeting_page_reload(page);
	else
		meeting_recording_refused(page, &err);
}

/* ---- attendance ---- */

static bool mark(struct meeting_page *page, const char *field, const char *text, struct error *err)
{
	int row = meeting_page_row(page, PART_ATTENDANCE);

	return row >= 0 && meeting_mark(page->store, page->meeting.key,
				   page->meeting.attendance[row].member, field, text, err);
}

/* One key per member: the focus goes on to the next, and the message says to whom. */
static void mark_presence(struct meeting_page *page, const char *presence)
{
	const struct meeting *meeting = &page->meeting;
	int row = meeting_page_row(page, PART_ATTENDANCE);
	struct error err;

	if (row < 0 || !meeting_may_change(page, "attendance"))
		return;
	error_clear(&err);
	if (!mark(page, "presence", presence, &err)) {
		meeting_recording_refused(page, &err);
		return;
	}
	meeting_page_reload(page);
	row = page->focus[PART_ATTENDANCE];
	if (row + 1 < meeting->seat_count) {
		message_format(ROLE_GOOD, "%s: %s. On to %s.", meeting->attendance[row].person,
			presence, meeting->attendance[row + 1].person);
		page->focus[PART_ATTENDANCE]++;
	} else {
		message_format(ROLE_GOOD, "%s: %s. That was the last.",
			meeting->attendance[row].person, presence);
	}
}

static bool time_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;

	return mark(page, page->marking, answers[0], err);
}

void meeting_ask_time(struct meeting_page *page, const char *field)
{
	int row = meeting_page_row(page, PART_ATTENDANCE);
	const struct meeting_seat *seat = row < 0 ? NULL : &page->meeting.attendance[row];
	bool arrived = strcmp(field, "arrived_at") == 0;
	struct buffer title = {0};
	const char *noted;
	char now[20];

	if (seat == NULL || !meeting_may_change(page, "attendance"))
		return;
	if (!page->meeting.attested && seat->presence[0] != '\0' &&
		strcmp(seat->presence, "present") != 0) {
		message_format(ROLE_WARNING,
			"%s is marked %s, so there is no time to note. p marks the member as present.",
			seat->person, seat->presence);
		return;
	}
	noted = arrived ? seat->arrived_at : seat->left_at;
	store_local_time(store_now(page->store), now);
	page->marking = field;
	meeting_ask_for(page, "attendance", field);
	meeting_ask_present(page, 0, noted[0] != '\0' ? noted : time_of_day(now));
	buffer_format(&title, "%s %s", seat->person, arrived ? "arrived at" : "left at");
	meeting_ask_as(page, "time", seat->member, field);
	meeting_ask(page, NULL, buffer_text(&title), NULL, "Note it", time_answered);
	buffer_free(&title);
}

/* ---- action items ---- */

static bool action_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	struct record *record = record_start(page->store, record_type_find("action-item"), NULL);

	if (!record_set(page->store, record, "meeting", page->meeting.key, err)) {
		record_free(record);
		return false;
	}
	if (!meeting_take_answers(page, record, answers, err))
		return false;
	/* It stands where its date puts it. */
	meeting_page_reload(page);
	meeting_page_go(page, PART_ACTIONS, page->undo_key);
	return true;
}

void meeting_ask_action(struct meeting_page *page)
{
	if (!meeting_may_change(page, "action-item"))
		return;
	meeting_ask_for(page, "action-item", "what owner due_on");
	meeting_ask_as(page, "action", NULL, NULL);
	meeting_ask(page, NULL, "New action item", NULL, "Add", action_answered);
}

static void undo(struct meeting_page *page)
{
	struct buffer said = {0};
	struct error err;

	if (page->undo_type == NULL) {
		message_set(ROLE_PLAIN, "There is nothing of yours to take back here.");
		return;
	}
	if (!meeting_recording_begin(page))
		return;
	if (session_undo(page->store, page->undo_type, page->undo_key, &said, &err)) {
		message_set(ROLE_GOOD, buffer_text(&said));
		meeting_page_reload(page);
	} else {
		meeting_recording_refused(page, &err);
	}
	buffer_free(&said);
}

/* ---- keys ---- */

struct change_key {
	int part;
	char key;
	void (*change)(struct meeting_page *page);
	const char *does; /* in the hints */
};

static void mark_present(struct meeting_page *page)
{
	mark_presence(page, "present");
}

static void mark_absent(struct meeting_page *page)
{
	mark_presence(page, "absent");
}

static void mark_excused(struct meeting_page *page)
{
	mark_presence(page, "excused");
}

static void ask_arrived(struct meeting_page *page)
{
	meeting_ask_time(page, "arrived_at");
}

static void ask_left(struct meeting_page *page)
{
	meeting_ask_time(page, "left_at");
}

static void move_down(struct meeting_page *page)
{
	move_item(page, 1);
}

static void move_up(struct meeting_page *page)
{
	move_item(page, -1);
}

static const struct change_key change_keys[] = {
	{PART_AGENDA, 'n', meeting_ask_item, "New"},
	{PART_AGENDA, 'm', meeting_add_motion, "Motion"},
	{PART_AGENDA, '+', move_down, "Lower"},
	{PART_AGENDA, '-', move_up, "Higher"},
	{PART_ATTENDANCE, 'p', mark_present, "Present"},
	{PART_ATTENDANCE, 'a', mark_absent, "Absent"},
	{PART_ATTENDANCE, 'x', mark_excused, "Excused"},
	{PART_ATTENDANCE, 'r', ask_arrived, "Arrived"},
	{PART_ATTENDANCE, 'l', ask_left, "Left"},
	{PART_MOTIONS, 'n', meeting_add_motion, "New"},
	{PART_MOTIONS, 'v', meeting_ask_votes, "Votes"},
	{PART_MOTIONS, 's', meeting_ask_subject, "Subject"},
	{PART_ACTIONS, 'n', meeting_ask_action, "New"},
};

const char *meeting_change_does(int part, char letter)
{
	for (size_t i = 0; i < sizeof change_keys / sizeof *change_keys; i++)
		if (change_keys[i].part == part && change_keys[i].key == letter)
			return change_keys[i].does;
	return NULL;
}

bool meeting_change_key(struct meeting_page *page, const struct event *event)
{
	if (event->command == COMMAND_UNDO) {
		undo(page);
		return true;
	}
	for (size_t i = 0; i < sizeof change_keys / sizeof *change_keys; i++) {
		const struct change_key *key = &change_keys[i];
		bool typed =
			event->kind == EVENT_CHAR && event->codepoint == (unsigned char)key->key;

		if (key->part != page->part ||
			(!typed && !(key->key == 'n' && event->command == COMMAND_NEW)))
			continue;
		key->change(page);
		return true;
	}
	return false;
}

/* Only what would not be refused is hinted at. */
static bool is_offered(const struct meeting_page *page, const struct change_key *key)
{
	const struct meeting *meeting = &page->meeting;
	int motion = meeting_page_row(page, PART_MOTIONS);

	if (!page->writes || meeting_recording_by_other(page) || key->part != page->part ||
		strcmp(meeting->status, "approved") == 0 ||
		strcmp(meeting->status, "cancelled") == 0)
		return false;
	if (key->part == PART_ATTENDANCE)
		return !meeting->attested;
	return key->part != PART_MOTIONS || key->key == 'n' ||
	       (motion >= 0 && meeting_motion_pending(&meeting->motions[motion]));
}

/* The letter of each row as text, for as long as the program runs. */
static const char *name_of(size_t row)
{
	static char names[sizeof change_keys / sizeof *change_keys][2];

	names[row][0] = change_keys[row].key;
	return names[row];
}

int meeting_change_hints(const struct meeting_page *page, struct hint *hints, int count)
{
	for (size_t i = 0; i < sizeof change_keys / sizeof *change_keys; i++)
		if (is_offered(page, &change_keys[i]))
			hints[count++] = (struct hint){name_of(i), change_keys[i].does};
	return count;
}

void meeting_change_commands(struct meeting_page *page, struct command_list *list,
	void (*run)(void *context, int number))
{
	for (size_t i = 0; i < sizeof change_keys / sizeof *change_keys; i++) {
		struct buffer label = {0};

		if (!is_offered(page, &change_keys[i]))
			continue;
		buffer_format(&label, "%s: %s", meeting_part_name(page->part), change_keys[i].does);
		command_add(list, buffer_text(&label), name_of(i), run, page, change_keys[i].key);
		buffer_free(&label);
	}
}
