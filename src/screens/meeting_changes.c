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

bool meeting_stands_open(const struct meeting *meeting, struct error *err)
{
	if (strcmp(meeting->status, "approved") == 0)
		return error_set(err,
			"These minutes were approved by %s and are locked; to put something right, add an "
			"amendment by motion to a later meeting.",
			meeting->approved_by);
	if (strcmp(meeting->status, "cancelled") == 0)
		return error_set(err, "This meeting was cancelled.");
	return true;
}

/* Says why not, before anybody types for nothing. */
bool meeting_may_change(struct meeting_page *page, const char *type)
{
	struct error err;

	if (!may_write_or_say(page->store, record_type_find(type)))
		return false;
	if (meeting_stands_open(&page->meeting, &err))
		return meeting_recording_begin(page);
	message_set(ROLE_WARNING, err.text);
	return false;
}

bool meeting_save(struct meeting_page *page, struct record *record, struct error *err)
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

/* Much may have happened since it was asked. */
static bool taken(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;

	meeting_page_reload(page);
	return meeting_stands_open(&page->meeting, err) && meeting_recording_goes_on(page, err) &&
	       page->answered(page, answers, err);
}

void meeting_ask(struct meeting_page *page, const struct record *about, const char *title,
	const char *text, const char *does,
	bool (*answered)(void *context, const char *const *answers, struct error *err))
{
	page->answered = answered;
	record_free(page->asked_of);
	page->asked_of = about == NULL ? NULL : record_copy(about);
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
			.answered = taken,
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

	buffer_clear(&page->met);
	for (int i = 0; ok && page->asked[i].key != NULL; i++)
		ok = record_set(page->store, record, page->asked[i].key, answers[i], err);
	if (ok && page->decided != NULL) {
		record_free(record);
		record = page->decided;
		page->decided = NULL;
	}
	ok = ok && meeting_save(page, record, err);
	if (!ok && strcmp(err->code, "stale") == 0)
		return meeting_meet(page, record, err);
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
	meeting_mark_presence(page, "present");
}

static void mark_absent(struct meeting_page *page)
{
	meeting_mark_presence(page, "absent");
}

static void mark_excused(struct meeting_page *page)
{
	meeting_mark_presence(page, "excused");
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
		if (meeting_is_seen(page))
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
