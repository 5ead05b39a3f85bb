/*
 * meeting_recording.c - who records the meeting: taken with the first change on its page, shown to
 * everybody else, taken over with a reason, given back when the page goes. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "screens/ask.h"
#include "screens/meeting_page.h"
#include "tui/loop.h"

bool meeting_recording_by_other(const struct meeting_page *page)
{
	return page->recording.login[0] != '\0' && !page->recording.own && !page->recording.left;
}

bool meeting_recording_ended(const struct meeting_page *page)
{
	return meeting_recording_by_other(page) && !recording_lives(&page->recording);
}

static void say_taken_over(const struct recording *now)
{
	bool reason = now->reason[0] != '\0';

	message_format(ROLE_WARNING,
		"%s took over the recording at %s%s%s%s. From now on you read.", now->name,
		time_of_day(now->since), reason ? ": \"" : "", now->reason, reason ? "\"" : "");
}

void meeting_recording_read(struct meeting_page *page)
{
	struct recording before = page->recording;
	bool other = meeting_recording_by_other(page);

	recording_read(page->store, page->meeting.key, &page->recording);
	if (before.mine && meeting_recording_by_other(page))
		say_taken_over(&page->recording);
	else if (other && !page->recording.own && !meeting_recording_by_other(page))
		message_format(ROLE_PLAIN, "%s no longer records this meeting.", before.name);
}

void meeting_recording_words(const struct meeting_page *page, struct buffer *out)
{
	if (meeting_recording_by_other(page))
		buffer_format(out, "recorded by %s since %s", page->recording.name,
			time_of_day(page->recording.since));
	else if (page->recording.mine)
		buffer_add(out, ", you record");
}

bool meeting_recording_begin(struct meeting_page *page)
{
	struct error err;
	bool ok;

	page->just_began = false;
	if (page->recording.mine)
		return true;
	ok = recording_take(page->store, page->meeting.key, &err);
	/* The chair records nothing; what the chair may do here the rules say themselves. */
	if (!ok && strcmp(err.code, "not-your-role") == 0)
		return true;
	page->just_began = ok;
	if (!ok)
		message_set(ROLE_WARNING, err.text);
	recording_read(page->store, page->meeting.key, &page->recording);
	return ok;
}

bool meeting_recording_goes_on(struct meeting_page *page, struct error *err)
{
	char refused[sizeof err->text];
	bool ok = recording_take(page->store, page->meeting.key, err);

	recording_read(page->store, page->meeting.key, &page->recording);
	if (ok || strcmp(err->code, "not-your-role") == 0)
		return true;
	if (strcmp(err->code, "recorded-by-other") == 0) {
		snprintf(refused, sizeof refused, "%s", err->text);
		error_set(err, "%s Esc, then k, keeps what you typed here as a draft.", refused);
	}
	return false;
}

void meeting_recording_refused(struct meeting_page *page, const struct error *err)
{
	message_set(ROLE_WARNING, err->text);
	if (!page->just_began)
		return;
	recording_release(page->store, page->meeting.key);
	recording_read(page->store, page->meeting.key, &page->recording);
}

void meeting_recording_end(struct meeting_page *page)
{
	if (page->recording.mine)
		recording_release(page->store, page->meeting.key);
}

/* ---- taking over ---- */

/* Only from whom the question named, or from nobody: a reason is about somebody. */
static bool take_from(struct meeting_page *page, const char *reason, struct error *err)
{
	struct recording now;

	recording_read(page->store, page->meeting.key, &now);
	if (now.login[0] == '\0' || now.own || strcmp(now.login, page->taken_from) == 0)
		return recording_take_over(page->store, page->meeting.key, reason, err);
	snprintf(page->taken_from, sizeof page->taken_from, "%s", now.login);
	return error_set(err,
		"%s took it over at %s meanwhile%s%s%s. To take it from %s now, press ^S once more, "
		"with a reason that holds for them.",
		now.name, time_of_day(now.since), now.reason[0] != '\0' ? ": \"" : "", now.reason,
		now.reason[0] != '\0' ? "\"" : "", now.name);
}

/* Looks and takes in one transaction, so that nobody comes between. */
static bool reason_answered(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;

	if (!store_begin(page->store, err) ||
		!store_finish(page->store, take_from(page, answers[0], err), err))
		return false;
	message_set(ROLE_GOOD, "You record this meeting now. Your reason is in the history.");
	return true;
}

static void taken_over(void *context)
{
	meeting_page_reload(context);
}

bool meeting_recording_take_over(struct meeting_page *page)
{
	static const struct field fields[] = {
		{.key = "reason",
			.label = "Reason",
			.type = &text_type,
			.max = 200,
			.width = 50,
			.flags = FIELD_REQUIRED,
			.help = "Why you record from now on; they read it, and the history keeps it."},
		{0},
	};
	struct buffer text = {0};

	if (!meeting_recording_by_other(page) || !page->writes)
		return false;
	snprintf(page->taken_from, sizeof page->taken_from, "%s", page->recording.login);
	buffer_format(&text,
		"%s has been recording %s since %s. What they have saved stays; what they "
		"are typing now they can no longer save here.",
		page->recording.name, page->meeting.key, time_of_day(page->recording.since));
	ask_open(page->store, &(struct ask){.title = "Take over the recording",
				      .text = buffer_text(&text),
				      .does = "Take over",
				      .fields = fields,
				      .answered = reason_answered,
				      .done = taken_over,
				      .context = page});
	buffer_free(&text);
	return true;
}
