/*
 * meeting_attendance.c - who is present on the page of a meeting, and when they came and left.
 * GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "office/merge.h"
#include "screens/meeting_page.h"
#include "screens/words.h"
#include "tui/loop.h"

static const struct meeting_seat *seat_of(const struct meeting_page *page, const char *member)
{
	const struct meeting *meeting = &page->meeting;

	for (int i = 0; i < meeting->seat_count; i++)
		if (strcmp(meeting->attendance[i].member, member) == 0)
			return &meeting->attendance[i];
	return NULL;
}

bool meeting_is_seen(struct meeting_page *page)
{
	int row = page->part == PART_ATTENDANCE ? meeting_page_row(page, PART_ATTENDANCE) : -1;
	const struct meeting_seat *seat = row < 0 ? NULL : &page->meeting.attendance[row];
	char *member = memory_text(seat == NULL ? "" : seat->member);
	char *presence = memory_text(seat == NULL ? "" : seat->presence);
	bool same;

	if (others_saved(page->store, &page->data_version))
		meeting_page_reload(page);
	seat = seat_of(page, member);
	same = seat == NULL || strcmp(seat->presence, presence) == 0;
	if (!same)
		message_format(ROLE_WARNING,
			"%s was just noted as %s. Press the key once more to change that.",
			seat->person, seat->presence[0] != '\0' ? seat->presence : "nothing");
	free(member);
	free(presence);
	return same;
}

/* ---- marks ---- */

/* One key per member: the focus goes on to the next, and the message says to whom. */
void meeting_mark_presence(struct meeting_page *page, const char *presence)
{
	const struct meeting *meeting = &page->meeting;
	int row = meeting_page_row(page, PART_ATTENDANCE);
	struct error err;

	if (row < 0 || !meeting_may_change(page, "attendance"))
		return;
	error_clear(&err);
	if (!meeting_mark(page->store, meeting->key, meeting->attendance[row].member, "presence",
		    presence, &err)) {
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

/* ---- times ---- */

static const char *time_in(const struct record *attendance, const char *field)
{
	return attendance == NULL ? "" : record_text(attendance, field);
}

/* Another time that was noted since is shown before it is replaced. */
static bool note_time(void *context, const char *const *answers, struct error *err)
{
	struct meeting_page *page = context;
	const char *text = answers[0];
	const struct record_type *type = record_type_find("attendance");
	const struct meeting_seat *seat = seat_of(page, page->asked_key);
	struct record *now = seat == NULL || seat->attendance[0] == '\0'
				     ? NULL
				     : record_load(page->store, type, seat->attendance, NULL);
	const char *noted = time_in(now, page->marking);
	char who[MERGE_NAME], at[MERGE_TIME];

	if (noted[0] == '\0' || strcmp(noted, text) == 0 ||
		strcmp(noted, time_in(page->asked_of, page->marking)) == 0) {
		record_free(now);
		return meeting_mark(
			page->store, page->meeting.key, page->asked_key, page->marking, text, err);
	}
	merge_last_change(page->store, type, record_key(now), who, at);
	error_field(err, page->marking,
		"%s noted %s at %s, while this was open. ^S once more puts yours in its place.",
		who, noted, time_of_day(at));
	record_free(page->asked_of);
	page->asked_of = now;
	return false;
}

void meeting_ask_time(struct meeting_page *page, const char *field)
{
	int row = meeting_page_row(page, PART_ATTENDANCE);
	const struct meeting_seat *seat = row < 0 ? NULL : &page->meeting.attendance[row];
	bool arrived = strcmp(field, "arrived_at") == 0;
	struct buffer title = {0};
	struct record *attendance;
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
	attendance = seat->attendance[0] == '\0'
			     ? NULL
			     : record_load(page->store, record_type_find("attendance"),
				       seat->attendance, NULL);
	noted = time_in(attendance, field);
	store_local_time(store_now(page->store), now);
	page->marking = field;
	memory_replace(&page->asked_key, seat->member);
	meeting_ask_for(page, "attendance", field);
	meeting_ask_present(page, 0, noted[0] != '\0' ? noted : time_of_day(now));
	buffer_format(&title, "%s %s", seat->person, arrived ? "arrived at" : "left at");
	meeting_ask_as(page, "time", seat->member, field);
	meeting_ask(page, attendance, buffer_text(&title), NULL, "Note it", note_time);
	record_free(attendance);
	buffer_free(&title);
}
