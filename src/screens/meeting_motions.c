/*
 * meeting_motions.c - motions on the page of a meeting: new ones, their votes, what they are
 * about. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "screens/meeting_page.h"
#include "screens/session.h"
#include "tui/loop.h"
#include "tui/menu.h"

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

/* ---- motions ---- */

static bool motion_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	struct record *motion =
		record_start(page->store, record_type_find("motion"), page->meeting.key);

	if (!record_set(page->store, motion, "agenda_item", page->asked_key, err)) {
		record_free(motion);
		return false;
	}
	if (!meeting_take_answers(page, motion, answers, err))
		return false;
	page->part = PART_MOTIONS;
	page->focus[PART_MOTIONS] = page->meeting.motion_count;
	return true;
}

/* Under the agenda item that is in focus, or was when one went to the motions. */
void meeting_add_motion(struct meeting_page *page)
{
	int row = meeting_page_row(page, PART_AGENDA);
	struct buffer text = {0};

	if (!meeting_may_change(page, "motion"))
		return;
	meeting_keep(&page->asked_key, row < 0 ? "" : page->meeting.items[row].key);
	if (row >= 0)
		buffer_format(&text, "Under item %d: %s", row + 1, page->meeting.items[row].title);
	meeting_ask_for(page, "motion", "text mover seconder");
	meeting_ask(page, "New motion", text.length > 0 ? buffer_text(&text) : NULL, "Add",
		motion_answered);
	buffer_free(&text);
}

static bool votes_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;

	return meeting_take_answers(page,
		record_load(page->store, record_type_find("motion"), page->asked_key, err), answers,
		err);
}

void meeting_ask_votes(struct meeting_page *page)
{
	const struct meeting_motion *motion;
	struct buffer title = {0};
	int votes[4];
	char now[20], text[12];

	if (!meeting_may_change(page, "motion") || (motion = open_motion(page)) == NULL)
		return;
	votes[0] = motion->votes_for;
	votes[1] = motion->votes_against;
	votes[2] = motion->votes_abstained;
	votes[3] = motion->votes_recused;
	meeting_keep(&page->asked_key, motion->key);
	meeting_ask_for(
		page, "motion", "votes_for votes_against votes_abstained votes_recused voted_at");
	for (int i = 0; i < 4; i++) {
		snprintf(text, sizeof text, "%d", votes[i]);
		meeting_ask_present(page, i, text);
	}
	/* The clock is right only while the meeting goes on. */
	store_local_time(store_now(page->store), now);
	if (motion->voted_at[0] != '\0')
		meeting_ask_present(page, 4, motion->voted_at);
	else if (strncmp(now, page->meeting.held_on, 10) == 0)
		meeting_ask_present(page, 4, now + 11);
	buffer_format(&title, "Votes on %s", motion->key);
	meeting_ask(page, buffer_text(&title), motion->text, "Note them", votes_answered);
	buffer_free(&title);
}

/* ---- what a motion is about ---- */

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
	meeting_ask_for(page, "motion-subject", "amount");
	page->asked[0].label = label;
	page->asked[0].flags |= FIELD_REQUIRED;
	meeting_ask_present(page, 0, amount);
	meeting_ask(page, page->subject, NULL, "Add", amount_answered);
}

static void subject_picked(void *context, const char *key)
{
	struct meeting_page *page = context;
	const char *type = subject_types[page->subject_type];
	struct error err;

	if (key == NULL)
		return;
	meeting_keep(&page->subject, key);
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

void meeting_ask_subject(struct meeting_page *page)
{
	const struct meeting_motion *motion;
	struct menu_choice choices[SUBJECT_TYPES];

	if (!meeting_may_change(page, "motion-subject") || (motion = open_motion(page)) == NULL)
		return;
	meeting_keep(&page->asked_key, motion->key);
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
