/*
 * motion_extras.c - the vote that a chair attests, in the question that asks for it.
 * GPL-3.0-or-later.
 */
#include <string.h>

#include "screens/meeting_page.h"
#include "screens/record_extras.h"

void motion_confirm(struct store *store, const struct record *motion, struct buffer *out)
{
	struct meeting meeting = {0};

	if (meeting_read(store, record_text(motion, "meeting"), &meeting, NULL))
		for (int i = 0; i < meeting.motion_count; i++)
			if (strcmp(meeting.motions[i].key, record_key(motion)) == 0)
				meeting_vote_words(&meeting, &meeting.motions[i], out);
	meeting_free(&meeting);
}
