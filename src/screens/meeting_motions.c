/*
 * meeting_motions.c - motions on the page of a meeting: new ones, their votes, what they are
 * about. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/money.h"
#include "screens/meeting_page.h"
#include "screens/session.h"
#include "screens/words.h"
#include "tui/loop.h"
#include "tui/menu.h"

bool meeting_motion_pending(const struct meeting_motion *motion)
{
	return strcmp(motion->outcome, "pending") == 0;
}

static bool is_open(const struct meeting_motion *motion, struct error *err)
{
	if (motion->attested_on[0] != '\0')
		return error_set(err,
			"%s was attested by %s on %s: text, votes and subjects stand as they are.",
			motion->key, motion->attested_by, motion->attested_on);
	if (!meeting_motion_pending(motion))
		return error_set(err,
			"%s is %s: there is nothing to vote on. n adds a motion when it comes up again.",
			motion->key, motion->outcome);
	return true;
}

/* The focused motion while it is pending. */
static const struct meeting_motion *open_motion(struct meeting_page *page)
{
	int row = meeting_page_row(page, PART_MOTIONS);
	const struct meeting_motion *motion = row < 0 ? NULL : &page->meeting.motions[row];
	struct error err;

	if (motion == NULL)
		message_set(ROLE_PLAIN, "There is no motion yet. n adds one.");
	else if (is_open(motion, &err))
		return motion;
	else
		message_set(ROLE_WARNING, err.text);
	return NULL;
}

/* Is the motion that was asked about, as it was read for its answers, still pending? */
static bool asked_is_open(const struct meeting_page *page, struct error *err)
{
	const struct meeting *meeting = &page->meeting;

	for (int i = 0; i < meeting->motion_count; i++)
		if (strcmp(meeting->motions[i].key, page->asked_key) == 0)
			return is_open(&meeting->motions[i], err);
	return error_set(err, "%s was deleted while this was asked.", page->asked_key);
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
	struct record *motion;

	if (!meeting_may_change(page, "motion"))
		return;
	memory_replace(&page->asked_key, row < 0 ? "" : page->meeting.items[row].key);
	if (row >= 0)
		buffer_format(&text, "Under item %d: %s", row + 1, page->meeting.items[row].title);
	meeting_ask_for(
		page, "motion", page->meeting.seconds ? "text mover seconder" : "text mover");
	motion = record_start(page->store, record_type_find("motion"), page->meeting.key);
	meeting_ask_as(page, "motion", page->asked_key, NULL);
	meeting_ask(page, motion, "New motion", text.length > 0 ? buffer_text(&text) : NULL, "Add",
		motion_answered);
	record_free(motion);
	buffer_free(&text);
}

/* Says what the vote comes to, so that what is lacking is seen while the body still sits. */
static bool votes_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	const struct record_type *type = record_type_find("motion");
	struct record *motion;

	if (!asked_is_open(page, err) ||
		!meeting_take_answers(page, record_copy(page->asked_of), answers, err))
		return false;
	motion = record_load(page->store, type, page->asked_key, NULL);
	if (motion != NULL)
		message_format(ROLE_PLAIN, "%s%s %s.", buffer_text(&page->met), page->asked_key,
			record_text(motion, "standing"));
	record_free(motion);
	return true;
}

/*
 * Mover and seconder where they are not known yet, as for what came to the agenda from a request:
 * without them no vote counts. Appends those of the two that are asked for.
 */
static void ask_for_votes(struct meeting_page *page, const struct record *motion, const char *also,
	struct buffer *people)
{
	bool mover = record_text(motion, "mover")[0] == '\0' || words_hold(also, "mover");
	bool seconder = page->meeting.seconds && (record_text(motion, "seconder")[0] == '\0' ||
							 words_hold(also, "seconder"));
	struct buffer keys = {0};

	buffer_format(people, "%s%s%s", mover ? "mover" : "", mover && seconder ? " " : "",
		seconder ? "seconder" : "");
	buffer_format(&keys, "%s votes_for votes_against votes_abstained votes_recused voted_at",
		buffer_text(people));
	meeting_ask_for(page, "motion", buffer_text(&keys));
	buffer_free(&keys);
	if (mover)
		page->asked[0].flags |= FIELD_REQUIRED;
	if (seconder)
		page->asked[mover].help = "Who seconded it; without a second the motion fails.";
}

/* As the record that the answers are held against has them. */
static void present_votes(struct meeting_page *page, const struct record *motion)
{
	char now[20];
	int i;

	for (i = 0; page->asked[i].key != NULL; i++) {
		struct buffer text = {0};

		record_format(motion, page->asked[i].key, &text);
		meeting_ask_present(page, i, buffer_text(&text));
		buffer_free(&text);
	}
	/* The clock is right only while the meeting goes on. */
	store_local_time(store_now(page->store), now);
	if (page->present[i - 1][0] == '\0' && strncmp(now, page->meeting.held_on, 10) == 0)
		meeting_ask_present(page, i - 1, time_of_day(now));
}

void meeting_ask_votes_with(struct meeting_page *page, const char *people)
{
	const struct meeting_motion *motion;
	struct buffer title = {0}, asked = {0};
	struct record *record;

	if (!meeting_may_change(page, "motion") || (motion = open_motion(page)) == NULL)
		return;
	record = record_load(page->store, record_type_find("motion"), motion->key, NULL);
	if (record == NULL)
		return;
	memory_replace(&page->asked_key, motion->key);
	ask_for_votes(page, record, people, &asked);
	present_votes(page, record);
	buffer_format(&title, "Votes on %s", motion->key);
	/* A draft is found by the words it was kept with, whatever is asked besides by now. */
	meeting_ask_as(page, "votes", motion->key, people != NULL ? people : buffer_text(&asked));
	meeting_ask(page, record, buffer_text(&title), motion->text, "Note them", votes_answered);
	record_free(record);
	buffer_free(&asked);
	buffer_free(&title);
}

void meeting_ask_votes(struct meeting_page *page)
{
	meeting_ask_votes_with(page, NULL);
}

/* ---- what a motion is about ---- */

enum { SUBJECT_TYPES = 16 };

/* What a motion may be about, by the words of its field; ends with NULL. */
static const char *const *subject_types(void)
{
	return record_type_field(record_type_find("motion-subject"), "type")->choices;
}

static const char *subject_type(const struct meeting_page *page)
{
	return subject_types()[page->subject_type];
}

/* A policy is never without a value: said while the motion can still name the one it is to have. */
static void say_added(struct meeting_page *page)
{
	char *policy = strcmp(subject_type(page), "motion") == 0
			       ? meeting_policy_by(page->store, page->subject)
			       : NULL;

	if (policy != NULL)
		message_format(ROLE_WARNING,
			"%s set the value in force of \"%s\": add that policy as a subject, too "
			"(s), with the value that is to hold instead.",
			page->subject, policy);
	else
		message_format(ROLE_GOOD, "%s is about %s %s.", page->asked_key, subject_type(page),
			page->subject);
	free(policy);
}

static bool add_subject(struct meeting_page *page, const char *amount, struct error *err)
{
	struct record *record =
		record_start(page->store, record_type_find("motion-subject"), page->asked_key);
	bool ok = record_set(page->store, record, "type", subject_type(page), err) &&
		  record_set(page->store, record, "subject", page->subject, err) &&
		  record_set(page->store, record, "amount", amount, err) &&
		  session_save(page->store, record, err);

	record_free(record);
	if (ok)
		say_added(page);
	return ok;
}

static bool amount_answered(void *context, const char *const *answers, struct error *err)
{
	return asked_is_open(context, err) && add_subject(context, answers[0], err);
}

static void ask_amount(struct meeting_page *page, const char *field, const char *label)
{
	struct record *record =
		record_load(page->store, record_type_find(subject_type(page)), page->subject, NULL);
	struct buffer subject = {0};
	char amount[MONEY_TEXT] = "";

	if (record != NULL)
		money_plain(record_value(record, field)->integer, amount);
	record_free(record);
	meeting_ask_for(page, "motion-subject", "amount");
	page->asked[0].label = label;
	page->asked[0].flags |= FIELD_REQUIRED;
	meeting_ask_present(page, 0, amount);
	buffer_format(&subject, "%s %s", subject_type(page), page->subject);
	meeting_ask_as(page, "amount", page->asked_key, buffer_text(&subject));
	meeting_ask(page, NULL, page->subject, NULL, "Add", amount_answered);
	buffer_free(&subject);
}

/* A request may cost so much; a policy gets this value. */
static void ask_amount_of(struct meeting_page *page)
{
	if (strcmp(subject_type(page), "request") == 0)
		ask_amount(page, "total", "Not to exceed");
	else
		ask_amount(page, "amount", "New value");
}

void meeting_ask_amount(
	struct meeting_page *page, const char *motion, const char *type, const char *subject)
{
	memory_replace(&page->asked_key, motion);
	memory_replace(&page->subject, subject);
	if (!meeting_may_change(page, "motion-subject") || open_motion(page) == NULL)
		return;
	for (int i = 0; subject_types()[i] != NULL; i++) {
		if (strcmp(subject_types()[i], type) != 0)
			continue;
		page->subject_type = i;
		ask_amount_of(page);
	}
}

static void subject_picked(void *context, const char *key)
{
	struct meeting_page *page = context;
	const char *type = subject_type(page);
	struct error err;

	if (key == NULL)
		return;
	memory_replace(&page->subject, key);
	if (strcmp(type, "request") == 0 || strcmp(type, "policy") == 0) {
		ask_amount_of(page);
	} else {
		meeting_page_reload(page);
		if (!asked_is_open(page, &err) || !add_subject(page, "", &err))
			message_set(ROLE_WARNING, err.text);
		meeting_page_reload(page);
	}
}

static void subject_type_chosen(void *context, int choice)
{
	struct meeting_page *page = context;
	bool minutes;

	if (choice < 0)
		return;
	page->subject_type = choice;
	minutes = strcmp(subject_type(page), "meeting") == 0;
	/* As if a field of the motion referred to records of that type. */
	page->asked[0] = (struct field){.key = "subject",
		.label = record_type_find(subject_type(page))->plural,
		.help = "What the motion is about.",
		.type = &reference_type,
		.refers = subject_type(page),
		.among = minutes ? "meeting.body" : NULL};
	page->asked[1] = (struct field){0};
	/* A body approves its own minutes. */
	look_up_among(page->store, &page->asked[0], minutes ? page->meeting.body : NULL, "",
		subject_picked, page);
}

void meeting_ask_subject(struct meeting_page *page)
{
	const struct meeting_motion *motion;
	struct menu_choice choices[SUBJECT_TYPES];
	int count = 0;

	if (!meeting_may_change(page, "motion-subject") || (motion = open_motion(page)) == NULL)
		return;
	memory_replace(&page->asked_key, motion->key);
	for (const char *const *type = subject_types(); *type != NULL && count < SUBJECT_TYPES;
		type++)
		choices[count++] = (struct menu_choice){record_type_find(*type)->label, NULL};
	menu_open(&(struct menu){.title = "The motion is about a",
		.choices = choices,
		.count = count,
		.row = -1,
		.column = -1,
		.chosen = subject_type_chosen,
		.context = page});
}
