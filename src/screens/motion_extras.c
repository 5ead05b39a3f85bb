/*
 * motion_extras.c - the vote that a chair attests, in the question that asks for it.
 * GPL-3.0-or-later.
 */
#include <string.h>

#include "screens/meeting_page.h"
#include "screens/record_extras.h"

/* Attendance stands from the first attestation on, also where nobody has marked somebody yet. */
static void add_unmarked(const struct meeting *meeting, struct buffer *out)
{
	int unmarked = 0;

	for (int i = 0; i < meeting->seat_count && !meeting->attested; i++) {
		const struct meeting_seat *seat = &meeting->attendance[i];

		if (seat->presence[0] == '\0')
			buffer_format(out, "%s%s", unmarked++ == 0 ? "Not marked yet: " : ", ",
				seat->person);
	}
	if (unmarked > 0)
		buffer_add(out, ". Attesting closes the attendance.\n");
}

void motion_confirm(struct store *store, const struct record *motion, struct buffer *out)
{
	struct meeting meeting = {0};

	if (meeting_read(store, record_text(motion, "meeting"), &meeting, NULL)) {
		for (int i = 0; i < meeting.motion_count; i++)
			if (strcmp(meeting.motions[i].key, record_key(motion)) == 0)
				meeting_vote_words(&meeting, &meeting.motions[i], out);
		add_unmarked(&meeting, out);
	}
	meeting_free(&meeting);
}
