/*
 * meeting_draft.c - questions of the page of a meeting asked again, with what was typed.
 * GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/meeting_page.h"
#include "tui/loop.h"

static void time_again(struct meeting_page *page, const struct ask_from *from)
{
	bool arrived = strcmp(from->words[2], "arrived_at") == 0;

	/* Another one's row must not get the time. */
	meeting_page_go(page, PART_ATTENDANCE, from->words[1]);
	if (strcmp(meeting_page_key(page), from->words[1]) == 0)
		meeting_ask_time(page, arrived ? "arrived_at" : "left_at");
}

static void votes_again(struct meeting_page *page, const struct ask_from *from)
{
	meeting_page_go(page, PART_MOTIONS, from->words[1]);
	if (strcmp(meeting_page_key(page), from->words[1]) == 0)
		meeting_ask_votes_with(page, from->words[2]);
}

static void motion_again(struct meeting_page *page, const struct ask_from *from)
{
	meeting_page_go(page, PART_AGENDA, from->words[1]);
	if (strcmp(meeting_page_key(page), from->words[1]) == 0)
		meeting_add_motion(page);
}

static void amount_again(struct meeting_page *page, const struct ask_from *from)
{
	/* The motion, then type and key of the subject. */
	const char *subject = strchr(from->words[2], ' ');
	char *type;

	if (subject == NULL)
		return;
	meeting_page_go(page, PART_MOTIONS, from->words[1]);
	type = memory_text_part(from->words[2], (size_t)(subject - from->words[2]));
	meeting_ask_amount(page, from->words[1], type, subject + 1);
	free(type);
}

static void item_again(struct meeting_page *page, const struct ask_from *from)
{
	(void)from;
	meeting_page_go(page, PART_AGENDA, "");
	meeting_ask_item(page);
}

static void action_again(struct meeting_page *page, const struct ask_from *from)
{
	(void)from;
	meeting_page_go(page, PART_ACTIONS, "");
	meeting_ask_action(page);
}

bool meeting_ask_again(struct store *store, const struct ask_from *from, struct error *err)
{
	static const struct {
		const char *name;
		void (*ask)(struct meeting_page *page, const struct ask_from *from);
	} questions[] = {{"item", item_again}, {"motion", motion_again}, {"votes", votes_again},
		{"action", action_again}, {"time", time_again}, {"amount", amount_again}};
	struct record *meeting = record_load(store, record_type_find("meeting"), from->key, err);
	struct meeting_page *page;

	if (meeting == NULL)
		return false;
	record_free(meeting);
	meeting_open(store, from->key);
	page = meeting_page_top();
	for (size_t i = 0; page != NULL && i < sizeof questions / sizeof *questions; i++)
		if (strcmp(questions[i].name, from->words[0]) == 0)
			questions[i].ask(page, from);
	if (page != NULL && meeting_recording_by_other(page))
		message_format(ROLE_WARNING,
			"%s records this meeting now. What you typed is kept on Home: take over (k), then "
			"continue it there.",
			page->recording.name);
	return true;
}
