/*
 * meeting_changes.c - what is written on the page of a meeting without leaving it: items and
 * their order, who is there, votes, what a motion is about. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/money.h"
#include "screens/ask.h"
#include "screens/meeting_page.h"
#include "screens/row_keys.h"
#include "screens/session.h"
#include "tui/loop.h"
#include "tui/menu.h"

/* ---- may it be changed --------------------------------------------------------------------------- */

/* Says why not, before anybody types for nothing. */
static bool may_change(struct meeting_page *page, const char *type)
{
	const struct meeting *meeting = &page->meeting;

	if (!may_write_or_say(page->store, record_type_find(type)))
		return false;
	if (strcmp(meeting->status, "approved") == 0)
		message_format(ROLE_WARNING,
			"These minutes were approved by %s and are locked; only an amendment by motion "
			"adds to them.",
			meeting->approved_by);
	else if (strcmp(meeting->status, "cancelled") == 0)
		message_set(ROLE_WARNING, "This meeting was cancelled.");
	else
		return true;
	return false;
}

/* The focused motion, unless it was attested. */
static const struct meeting_motion *open_motion(struct meeting_page *page)
{
	int row = meeting_page_row(page, PART_MOTIONS);
	const struct meeting_motion *motion = row < 0 ? NULL : &page->meeting.motions[row];

	if (motion == NULL) {
		message_set(ROLE_PLAIN, "There is no motion yet. n adds one.");
		return NULL;
	}
	if (motion->attested_on[0] == '\0')
		return motion;
	message_format(ROLE_WARNING,
		"%s was attested by %s on %s: text, votes and subjects stand as they are.",
		motion->key, motion->attested_by, motion->attested_on);
	return NULL;
}

static void keep(char **place, const char *text)
{
	char *copy = memory_text(text);

	free(*place);
	*place = copy;
}

/* Saves so that ^Z on this page takes it back. */
static bool save(struct meeting_page *page, struct record *record, struct error *err)
{
	if (!session_save(page->store, record, err))
		return false;
	page->undo_type = record->type;
	keep(&page->undo_key, record_key(record));
	return true;
}

static void reload(void *context)
{
	meeting_page_reload(context);
}

/* ---- asking --------------------------------------------------------------------------------------- */

/* Copies fields of a type by key ("votes_for votes_against"); returns how many. */
static int ask_for(struct meeting_page *page, const char *type, const char *keys)
{
	char *words = memory_text(keys);
	int count = 0;

	for (char *key = strtok(words, " "); key != NULL && count < MEETING_ASKED - 1;
		key = strtok(NULL, " "))
		page->asked[count++] = *record_type_field(record_type_find(type), key);
	page->asked[count] = (struct field){0};
	free(words);
	return count;
}

static void ask_present(struct meeting_page *page, int index, const char *text)
{
	snprintf(page->present[index], sizeof page->present[index], "%s", text);
	page->asked[index].def = page->present[index];
}

static void open_ask(struct meeting_page *page, const char *title, const char *text,
	const char *does,
	bool (*answered)(void *context, const char *const *answers, struct error *err))
{
	ask_open(page->store,
		&(struct ask){.title = title,
			.text = text,
			.does = does,
			.fields = page->asked,
			.answered = answered,
			.done = reload,
			.context = page});
}

/* Gives the asked fields their answers and saves the record, which is freed. */
static bool take_answers(struct meeting_page *page, struct record *record,
	const char *const *answers, struct error *err)
{
	bool ok = record != NULL;

	for (int i = 0; ok && page->asked[i].key != NULL; i++)
		ok = record_set(page->store, record, page->asked[i].key, answers[i], err);
	ok = ok && save(page, record, err);
	record_free(record);
	return ok;
}

/* ---- agenda ----------------------------------------------------------------------------------------- */

static bool item_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	struct buffer key = {0};
	bool ok = meeting_add_item(page->store, page->meeting.key, answers[0], &key, err);

	buffer_free(&key);
	page->focus[PART_AGENDA] = page->meeting.item_count;
	return ok;
}

static void add_item(struct meeting_page *page)
{
	if (!may_change(page, "agenda-item"))
		return;
	ask_for(page, "agenda-item", "title");
	open_ask(page, "New agenda item", NULL, "Add", item_answered);
}

static void move_item(struct meeting_page *page, int by)
{
	int row = meeting_page_row(page, PART_AGENDA);
	struct error err;

	if (row < 0 || !may_change(page, "agenda-item"))
		return;
	if (meeting_move_item(page->store, &page->meeting, row, by, &err))
		meeting_page_reload(page);
	else
		message_set(ROLE_PLAIN, err.text);
}

/* ---- attendance -------------------------------------------------------------------------------------- */

static bool mark(struct meeting_page *page, const char *field, const char *text, struct error *err)
{
	int row = meeting_page_row(page, PART_ATTENDANCE);

	return row >= 0 && meeting_mark(page->store, page->meeting.key,
				   page->meeting.attendance[row].member, field, text, err);
}

/* One key per member: the focus goes on to the next. */
static void mark_presence(struct meeting_page *page, const char *presence)
{
	struct error err;

	if (meeting_page_row(page, PART_ATTENDANCE) < 0 || !may_change(page, "attendance"))
		return;
	error_clear(&err);
	if (!mark(page, "presence", presence, &err)) {
		message_set(ROLE_WARNING, err.text);
		return;
	}
	meeting_page_reload(page);
	if (page->focus[PART_ATTENDANCE] + 1 < page->meeting.seat_count)
		page->focus[PART_ATTENDANCE]++;
}

static bool time_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;

	return mark(page, page->marking, answers[0], err);
}

static void ask_time(struct meeting_page *page, const char *field)
{
	int row = meeting_page_row(page, PART_ATTENDANCE);
	const struct meeting_seat *seat = row < 0 ? NULL : &page->meeting.attendance[row];
	bool arrived = strcmp(field, "arrived_at") == 0;
	struct buffer title = {0};
	const char *noted;
	char now[20];

	if (seat == NULL || !may_change(page, "attendance"))
		return;
	noted = arrived ? seat->arrived_at : seat->left_at;
	store_local_time(store_now(page->store), now);
	page->marking = field;
	ask_for(page, "attendance", field);
	ask_present(page, 0, noted[0] != '\0' ? noted : now + 11);
	buffer_format(&title, "%s %s", seat->person, arrived ? "arrived at" : "left at");
	open_ask(page, buffer_text(&title), NULL, "Note it", time_answered);
	buffer_free(&title);
}

/* ---- motions ------------------------------------------------------------------------------------------ */

static bool motion_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	struct record *motion = record_start(page->store, record_type_find("motion"), page->meeting.key);

	if (!record_set(page->store, motion, "agenda_item", page->asked_key, err)) {
		record_free(motion);
		return false;
	}
	if (!take_answers(page, motion, answers, err))
		return false;
	page->part = PART_MOTIONS;
	page->focus[PART_MOTIONS] = page->meeting.motion_count;
	return true;
}

/* Under the agenda item that is in focus, or was when one went to the motions. */
static void add_motion(struct meeting_page *page)
{
	int row = meeting_page_row(page, PART_AGENDA);
	struct buffer text = {0};

	if (!may_change(page, "motion"))
		return;
	keep(&page->asked_key, row < 0 ? "" : page->meeting.items[row].key);
	if (row >= 0)
		buffer_format(&text, "Under item %d: %s", row + 1, page->meeting.items[row].title);
	ask_for(page, "motion", "text mover seconder");
	open_ask(page, "New motion", text.length > 0 ? buffer_text(&text) : NULL, "Add",
		motion_answered);
	buffer_free(&text);
}

static bool votes_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;

	return take_answers(page,
		record_load(page->store, record_type_find("motion"), page->asked_key, err), answers, err);
}

static void ask_votes(struct meeting_page *page)
{
	const struct meeting_motion *motion;
	struct buffer title = {0};
	int votes[4];
	char now[20], text[12];

	if (!may_change(page, "motion") || (motion = open_motion(page)) == NULL)
		return;
	votes[0] = motion->votes_for;
	votes[1] = motion->votes_against;
	votes[2] = motion->votes_abstained;
	votes[3] = motion->votes_recused;
	keep(&page->asked_key, motion->key);
	ask_for(page, "motion", "votes_for votes_against votes_abstained votes_recused voted_at");
	for (int i = 0; i < 4; i++) {
		snprintf(text, sizeof text, "%d", votes[i]);
		ask_present(page, i, text);
	}
	/* The clock is right only while the meeting goes on. */
	store_local_time(store_now(page->store), now);
	if (motion->voted_at[0] != '\0')
		ask_present(page, 4, motion->voted_at);
	else if (strncmp(now, page->meeting.held_on, 10) == 0)
		ask_present(page, 4, now + 11);
	buffer_format(&title, "Votes on %s", motion->key);
	open_ask(page, buffer_text(&title), motion->text, "Note them", votes_answered);
	buffer_free(&title);
}

/* ---- what a motion is about ------------------------------------------------------------------------- */

static const char *const subject_types[] = {
	"request", "budget", "position", "policy", "meeting", "motion"};
enum { SUBJECT_TYPES = sizeof subject_types / sizeof *subject_types };

static bool add_subject(struct meeting_page *page, const char *amount, struct error *err)
{
	struct record *record =
		record_start(page->store, record_type_find("motion-subject"), page->asked_key);
	bool ok = record_set(page->store, record, "type", subject_types[page->subject_type], err) &&
		record_set(page->store, record, "subject", page->subject, err) &&
		record_set(page->store, record, "amount", amount, err) &&
		session_save(page->store, record, err);

	record_free(record);
	if (ok)
		message_format(ROLE_GOOD, "%s is about %s %s.", page->asked_key,
			subject_types[page->subject_type], page->subject);
	return ok;
}

static bool amount_answered(void *context, const char *const *answers, struct error *err)
{
	return add_subject(context, answers[0], err);
}

/* A request may cost so much; a policy gets this value. */
static void ask_amount(struct meeting_page *page, const char *field, const char *label)
{
	struct record *record = record_load(page->store,
		record_type_find(subject_types[page->subject_type]), page->subject, NULL);
	char amount[MONEY_TEXT] = "";

	if (record != NULL)
		money_plain(record_value(record, field)->integer, amount);
	record_free(record);
	ask_for(page, "motion-subject", "amount");
	page->asked[0].label = label;
	page->asked[0].flags |= FIELD_REQUIRED;
	ask_present(page, 0, amount);
	open_ask(page, page->subject, NULL, "Add", amount_answered);
}

static void subject_picked(void *context, const char *key)
{
	struct meeting_page *page = context;
	const char *type = subject_types[page->subject_type];
	struct error err;

	if (key == NULL)
		return;
	keep(&page->subject, key);
	if (strcmp(type, "request") == 0) {
		ask_amount(page, "total", "Not to exceed");
	} else if (strcmp(type, "policy") == 0) {
		ask_amount(page, "amount", "New value");
	} else {
		if (!add_subject(page, "", &err))
			message_set(ROLE_WARNING, err.text);
		meeting_page_reload(page);
	}
}

static void subject_type_chosen(void *context, int choice)
{
	struct meeting_page *page = context;

	if (choice < 0)
		return;
	page->subject_type = choice;
	/* As if a field of the motion referred to records of that type. */
	page->asked[0] = (struct field){.key = "subject",
		.label = "Record",
		.help = "What the motion is about.",
		.type = &reference_type,
		.refers = subject_types[choice]};
	page->asked[1] = (struct field){0};
	look_up_open(page->store, &page->asked[0], "", subject_picked, page);
}

static void ask_subject(struct meeting_page *page)
{
	const struct meeting_motion *motion;
	struct menu_choice choices[SUBJECT_TYPES];

	if (!may_change(page, "motion-subject") || (motion = open_motion(page)) == NULL)
		return;
	keep(&page->asked_key, motion->key);
	for (int i = 0; i < SUBJECT_TYPES; i++)
		choices[i] = (struct menu_choice){record_type_find(subject_types[i])->label, NULL};
	menu_open(&(struct menu){.title = "The motion is about a",
		.choices = choices,
		.count = SUBJECT_TYPES,
		.row = -1,
		.column = -1,
		.chosen = subject_type_chosen,
		.context = page});
}

/* ---- action items -------------------------------------------------------------------------------------- */

static bool action_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	struct record *record = record_start(page->store, record_type_find("action-item"), NULL);

	if (!record_set(page->store, record, "meeting", page->meeting.key, err)) {
		record_free(record);
		return false;
	}
	return take_answers(page, record, answers, err);
}

static void add_action(struct meeting_page *page)
{
	if (!may_change(page, "action-item"))
		return;
	ask_for(page, "action-item", "what owner due_on");
	open_ask(page, "New action item", NULL, "Add", action_answered);
}

static void undo(struct meeting_page *page)
{
	struct buffer said = {0};
	struct error err;

	if (page->undo_type == NULL) {
		message_set(ROLE_PLAIN, "There is nothing of yours to take back here.");
		return;
	}
	if (session_undo(page->store, page->undo_type, page->undo_key, &said, &err)) {
		message_set(ROLE_GOOD, buffer_text(&said));
		meeting_page_reload(page);
	} else {
		message_set(ROLE_WARNING, err.text);
	}
	buffer_free(&said);
}

/* ---- keys --------------------------------------------------------------------------------------------- */

struct change_key {
	int part;
	char key;
	void (*change)(struct meeting_page *page);
	const char *does; /* in the hints; NULL: not there */
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
	ask_time(page, "arrived_at");
}

static void ask_left(struct meeting_page *page)
{
	ask_time(page, "left_at");
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
	{PART_AGENDA, 'n', add_item, "New"},
	{PART_AGENDA, 'm', add_motion, "Motion"},
	{PART_AGENDA, '+', move_down, NULL},
	{PART_AGENDA, '-', move_up, "+ Move"},
	{PART_ATTENDANCE, 'p', mark_present, "Present"},
	{PART_ATTENDANCE, 'a', mark_absent, "Absent"},
	{PART_ATTENDANCE, 'x', mark_excused, "Excused"},
	{PART_ATTENDANCE, 'r', ask_arrived, "Arrived"},
	{PART_ATTENDANCE, 'l', ask_left, "Left"},
	{PART_MOTIONS, 'n', add_motion, "New"},
	{PART_MOTIONS, 'v', ask_votes, "Votes"},
	{PART_MOTIONS, 's', ask_subject, "Subject"},
	{PART_ACTIONS, 'n', add_action, "New"},
};

bool meeting_change_key(struct meeting_page *page, const struct event *event)
{
	if (event->command == COMMAND_UNDO) {
		undo(page);
		return true;
	}
	for (size_t i = 0; i < sizeof change_keys / sizeof *change_keys; i++) {
		const struct change_key *key = &change_keys[i];
		bool typed = event->kind == EVENT_CHAR &&
			event->codepoint == (unsigned char)key->key;

		if (key->part != page->part || (!typed && !(key->key == 'n' &&
								  event->command == COMMAND_NEW)))
			continue;
		key->change(page);
		return true;
	}
	return false;
}

int meeting_change_hints(const struct meeting_page *page, struct hint *hints, int count)
{
	static char names[sizeof change_keys / sizeof *change_keys][2];

	for (size_t i = 0; page->writes && i < sizeof change_keys / sizeof *change_keys; i++) {
		if (change_keys[i].part != page->part || change_keys[i].does == NULL)
			continue;
		names[i][0] = change_keys[i].key;
		hints[count++] = (struct hint){names[i], change_keys[i].does};
	}
	return count;
}
