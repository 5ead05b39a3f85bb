/*
 * minutes.c - what was done at a meeting, not what was said: who was there, the items with their
 * minutes, motions word for word with vote and outcome, action items. GPL-3.0-or-later.
 */
#include "report/minutes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/text.h"
#include "store/bytes.h"
#include "store/user_file.h"

enum { FILE_COLUMNS = 76, LABEL = 12 };

/* ---- lines ---- */

/* Where text must break so that at most cells of it stand on a line; blanks there are skipped. */
static size_t line_end(const char *text, int cells)
{
	size_t length = strcspn(text, "\n"), fits = 0, used;
	uint32_t codepoint;
	struct buffer part = {0};

	for (size_t at = 0; at <= length; at += used) {
		if (at == length || text[at] == ' ') {
			buffer_clear(&part);
			buffer_add_bytes(&part, text, at);
			if (text_width(buffer_text(&part)) > cells && fits > 0)
				break;
			fits = at;
		}
		used = at < length ? text_decode(text + at, length - at, &codepoint) : 1;
		used = used == 0 ? 1 : used;
	}
	buffer_free(&part);
	return fits > 0 ? fits : length;
}

/* Appends text from column indent on; the first line starts where the caller left it. */
static void add_wrapped(struct buffer *out, const char *text, int indent, int columns)
{
	bool first = true;

	while (first || *text != '\0') {
		size_t end = line_end(text, columns - indent);
		char *line = memory_text_part(text, end);

		if (!first && end > 0)
			buffer_format(out, "%*s", indent, "");
		text_print(out, line);
		buffer_add_char(out, '\n');
		free(line);
		text += end;
		text += *text == '\n' || *text == ' ';
		first = false;
	}
}

static void add_paragraph(struct buffer *out, const char *text, int indent, int columns)
{
	if (text[0] == '\0')
		return;
	buffer_format(out, "%*s", indent, "");
	add_wrapped(out, text, indent, columns);
}

/* "Present:    Dr. Osei (chair), ..." */
static void add_labelled(struct buffer *out, const char *label, const char *text, int columns)
{
	char head[LABEL + 1];

	if (text[0] == '\0')
		return;
	snprintf(head, sizeof head, "%s:", label);
	buffer_format(out, "%-*s", LABEL, head);
	add_wrapped(out, text, LABEL, columns);
}

static void add_centred(struct buffer *out, const char *text, int columns)
{
	int blank = (columns - text_width(text)) / 2;

	buffer_format(out, "%*s", blank > 0 ? blank : 0, "");
	text_print(out, text);
	buffer_add_char(out, '\n');
}

/* ---- head ---- */

static bool is_consent(const struct meeting *meeting)
{
	return strcmp(meeting->kind, "written consent") == 0;
}

static void add_title(const struct meeting *meeting, int columns, struct buffer *out)
{
	struct buffer line = {0};
	char date[24];

	add_centred(out, meeting->body_name, columns);
	if (is_consent(meeting))
		buffer_format(&line, "Written consent of %s", date_long(meeting->held_on, date));
	else
		buffer_format(&line, "Minutes of the %s meeting of %s", meeting->kind,
			date_long(meeting->held_on, date));
	add_centred(out, buffer_text(&line), columns);
	buffer_clear(&line);
	buffer_add(&line, meeting->key);
	add_centred(out, buffer_text(&line), columns);
	buffer_add_char(out, '\n');
	buffer_free(&line);
}

/* "Dr. Jan Novak (secretary, until 19:05)" */
static void add_seat(const struct meeting_seat *seat, struct buffer *list)
{
	struct buffer remarks = {0};

	if (strcmp(seat->role, "member") != 0)
		buffer_format(&remarks, ", %s", seat->role);
	if (!seat->voting)
		buffer_add(&remarks, ", without vote");
	if (seat->arrived_at[0] != '\0')
		buffer_format(&remarks, ", from %s", seat->arrived_at);
	if (seat->left_at[0] != '\0')
		buffer_format(&remarks, ", until %s", seat->left_at);
	buffer_format(list, "%s%s", list->length > 0 ? ", " : "", seat->person);
	if (remarks.length > 0)
		buffer_format(list, " (%s)", buffer_text(&remarks) + 2);
	buffer_free(&remarks);
}

static void add_presence(const struct meeting *meeting, const char *label, const char *presence,
	int columns, struct buffer *out)
{
	struct buffer list = {0};

	for (int i = 0; i < meeting->seat_count; i++)
		if (strcmp(meeting->attendance[i].presence, presence) == 0)
			add_seat(&meeting->attendance[i], &list);
	add_labelled(out, label, buffer_text(&list), columns);
	buffer_free(&list);
}

/* Voting members who came at all; each vote counts who was there when it was taken. */
static int came(const struct meeting *meeting)
{
	int count = 0;

	for (int i = 0; i < meeting->seat_count; i++)
		count += meeting->attendance[i].voting &&
			 strcmp(meeting->attendance[i].presence, "present") == 0;
	return count;
}

static void add_head(const struct meeting *meeting, int columns, struct buffer *out)
{
	struct buffer line = {0};
	char date[24];
	int present = came(meeting);

	buffer_add(&line, date_long(meeting->held_on, date));
	if (meeting->called_at[0] != '\0')
		buffer_format(&line, ", called to order at %s", meeting->called_at);
	else if (meeting->starts_at[0] != '\0')
		buffer_format(&line, ", %s", meeting->starts_at);
	if (meeting->adjourned_at[0] != '\0')
		buffer_format(&line, ", adjourned at %s", meeting->adjourned_at);
	add_labelled(out, "Held", buffer_text(&line), columns);
	add_labelled(out, "Place", meeting->place, columns);
	add_presence(meeting, "Present", "present", columns, out);
	add_presence(meeting, "Absent", "absent", columns, out);
	add_presence(meeting, "Excused", "excused", columns, out);
	add_labelled(out, "Guests", meeting->guests, columns);
	buffer_clear(&line);
	buffer_format(&line, "%d of %d voting members came, %d needed: %s", present, meeting->seats,
		meeting->quorum, present >= meeting->quorum ? "a quorum" : "no quorum");
	add_labelled(out, "Quorum", buffer_text(&line), columns);
	add_labelled(out, "Minutes by", meeting->secretary, columns);
	buffer_free(&line);
}

/* ---- items, motions, action items ---- */

static void add_vote(const struct meeting_motion *motion, struct buffer *line)
{
	int voted = motion->votes_for + motion->votes_against + motion->votes_abstained +
		    motion->votes_recused;

	if (voted == 0) {
		buffer_add(line, "Not voted.");
	} else {
		buffer_format(line, "For %d, against %d, abstained %d, recused %d",
			motion->votes_for, motion->votes_against, motion->votes_abstained,
			motion->votes_recused);
		if (motion->voted_at[0] != '\0')
			buffer_format(line, ", at %s", motion->voted_at);
		buffer_format(line, "; %d present, quorum %d.", motion->present, motion->quorum);
	}
	if (strcmp(motion->outcome, "pending") != 0)
		buffer_format(
			line, " %c%s.", motion->standing[0] - 'a' + 'A', motion->standing + 1);
	else if (voted > 0)
		buffer_format(line, " %c%.*s, not attested yet.", motion->standing[0] - 'a' + 'A',
			(int)strcspn(motion->standing, ";") - 1, motion->standing + 1);
}

static void add_motion(const struct meeting_motion *motion, int columns, struct buffer *out)
{
	struct buffer line = {0};

	buffer_format(&line, "Motion %s", motion->key);
	if (motion->mover[0] != '\0')
		buffer_format(&line, ", moved by %s", motion->mover);
	if (motion->seconder[0] != '\0')
		buffer_format(&line, ", seconded by %s", motion->seconder);
	buffer_add_char(&line, ':');
	buffer_add_char(out, '\n');
	add_paragraph(out, buffer_text(&line), 3, columns);
	add_paragraph(out, motion->text, 6, columns);
	buffer_clear(&line);
	add_vote(motion, &line);
	add_paragraph(out, buffer_text(&line), 3, columns);
	if (motion->subjects[0] != '\0') {
		buffer_clear(&line);
		buffer_format(&line, "About: %s.", motion->subjects);
		add_paragraph(out, buffer_text(&line), 3, columns);
	}
	if (motion->attested_on[0] != '\0') {
		buffer_clear(&line);
		buffer_format(&line, "Attested on %s by %s, %s%s.", motion->attested_on,
			motion->attested_by,
			strcmp(motion->attested_how, "signed sheet") == 0 ? "from the " : "",
			motion->attested_how);
		add_paragraph(out, buffer_text(&line), 3, columns);
	}
	buffer_free(&line);
}

/* The motions under an agenda item, or those under none. */
static int add_motions(
	const struct meeting *meeting, const char *item, int columns, struct buffer *out)
{
	int count = 0;

	for (int i = 0; i < meeting->motion_count; i++) {
		if (strcmp(meeting->motions[i].item, item) != 0)
			continue;
		add_motion(&meeting->motions[i], columns, out);
		count++;
	}
	return count;
}

static void add_items(const struct meeting *meeting, int columns, struct buffer *out)
{
	for (int i = 0; i < meeting->item_count; i++) {
		const struct meeting_item *item = &meeting->items[i];

		buffer_format(out, "\n%d. ", i + 1);
		add_wrapped(out, item->title, i < 9 ? 3 : 4, columns);
		add_paragraph(out, item->minutes, 3, columns);
		add_motions(meeting, item->key, columns, out);
	}
	add_motions(meeting, "", columns, out);
}

static void add_action(const struct meeting_action *action, int columns, struct buffer *out)
{
	struct buffer line = {0};

	buffer_format(&line, "%s  %s", action->key, action->what);
	if (action->owner[0] != '\0')
		buffer_format(&line, "; %s", action->owner);
	if (action->due_on[0] != '\0')
		buffer_format(&line, ", due %s", action->due_on);
	if (strcmp(action->status, "done") == 0)
		buffer_format(&line, "; done: %s", action->done_note);
	if (action->riding)
		buffer_format(&line, " (from %s)", action->meeting);
	add_paragraph(out, buffer_text(&line), 3, columns);
	buffer_free(&line);
}

/* As they stood that day: the office's list tells what has become of them. */
static void add_actions(const struct meeting *meeting, int columns, struct buffer *out)
{
	struct buffer heading = {0};
	char date[24];

	if (meeting->minuted_count == 0)
		return;
	buffer_format(&heading, "Action items as of %s", date_long(meeting->held_on, date));
	buffer_add_char(out, '\n');
	add_paragraph(out, buffer_text(&heading), 0, columns);
	buffer_free(&heading);
	for (int i = 0; i < meeting->minuted_count; i++)
		add_action(&meeting->minuted[i], columns, out);
}

static void add_end(const struct meeting *meeting, int columns, struct buffer *out)
{
	struct buffer line = {0};

	if (strcmp(meeting->status, "approved") == 0)
		buffer_format(&line, "Approved%s by motion %s.",
			meeting->corrected ? " as corrected" : "", meeting->approved_by);
	else if (strcmp(meeting->status, "circulated") == 0)
		buffer_format(&line, "Circulated on %s, not approved yet.", meeting->circulated_on);
	else if (strcmp(meeting->status, "draft") == 0)
		buffer_add(&line, "Draft, not circulated yet.");
	else
		buffer_format(&line, "The meeting is %s.", meeting->status);
	buffer_add_char(out, '\n');
	add_paragraph(out, buffer_text(&line), 0, columns);
	if (meeting->record != NULL && meeting->record[0] != '\0')
		add_paragraph(out, meeting->record, 0, columns);
	buffer_free(&line);
}

void minutes_print(const struct meeting *meeting, int columns, struct buffer *out)
{
	add_title(meeting, columns, out);
	add_head(meeting, columns, out);
	add_items(meeting, columns, out);
	add_actions(meeting, columns, out);
	add_end(meeting, columns, out);
}

/* ---- file ---- */

bool minutes_write(
	struct store *store, const struct meeting *meeting, const char *path, struct error *err)
{
	struct user_file *file = user_file_new(store, path, false, err);
	struct buffer text = {0};
	int failure;

	if (file == NULL)
		return false;
	minutes_print(meeting, FILE_COLUMNS, &text);
	failure = bytes_write(user_file_descriptor(file), buffer_text(&text), text.length);
	buffer_free(&text);
	return user_file_publish(file, failure, err);
}
