/*
 * meeting_rows.c - agenda, attendance, motions and action items of a meeting as rows, and what
 * there is to say about each. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "screens/meeting_page.h"

enum { STANDING = 96 };

static const struct {
	const char *name, *empty;
} parts[MEETING_PARTS] = {
	{"Agenda", "The agenda is empty. n adds an item."},
	{"Attendance", "The body has no members. The director adds them: Meetings, Members."},
	{"Motions", "No motion yet. n adds one."},
	{"Action items", "No action items, old or new. n adds one."},
};

const char *meeting_part_name(int part)
{
	return parts[part].name;
}

const char *meeting_part_empty(int part)
{
	return parts[part].empty;
}

int meeting_rows(const struct meeting *meeting, int part)
{
	const int counts[MEETING_PARTS] = {meeting->item_count, meeting->seat_count,
		meeting->motion_count, meeting->action_count};

	return counts[part];
}

const char *meeting_row_key(const struct meeting *meeting, int part, int row)
{
	if (row < 0 || row >= meeting_rows(meeting, part))
		return "";
	if (part == PART_AGENDA)
		return meeting->items[row].key;
	if (part == PART_ATTENDANCE)
		return meeting->attendance[row].member;
	return part == PART_MOTIONS ? meeting->motions[row].key : meeting->actions[row].key;
}

/* The part of a key behind the meeting's: "M1" of "BD-2026-01/M1". */
static const char *short_key(const char *key)
{
	const char *slash = strrchr(key, '/');

	return slash != NULL ? slash + 1 : key;
}

/* ---- rows ---- */

/* Text that fills the row up to a word that ends at its right edge. */
static void draw_between(
	struct area *area, int at, int column, const char *text, const char *right, enum role role)
{
	int room = area->columns - 1 - column;
	int cells = text_width(right);

	if (cells > 0 && room - cells >= 12) {
		draw_text_right(area, at, column, room, role, right);
		room -= cells + 2;
	}
	draw_text(area, at, column, room, ROLE_PLAIN, text);
}

static void draw_item(const struct meeting *meeting, int row, struct area *area, int at)
{
	const struct meeting_item *item = &meeting->items[row];
	bool planned = strcmp(meeting->status, "planned") == 0;
	const char *word = "";
	int motions = 0;
	char right[32];

	for (int i = 0; i < meeting->motion_count; i++)
		motions += strcmp(meeting->motions[i].item, item->key) == 0;
	if (planned)
		word = item->advice[0] == '\0' ? "no advice" : "advice";
	else
		word = item->minutes[0] == '\0' ? "no minutes" : "minutes";
	if (motions > 0)
		snprintf(right, sizeof right, "%d motion%s, %s", motions, motions == 1 ? "" : "s",
			word);
	else
		snprintf(right, sizeof right, "%s", word);
	draw_format(area, at, 3, 3, ROLE_PLAIN, "%2d", row + 1);
	draw_between(area, at, 6, item->title, right, ROLE_HINT);
}

static void draw_seat(const struct meeting *meeting, int row, struct area *area, int at)
{
	const struct meeting_seat *seat = &meeting->attendance[row];
	bool wide = area->columns >= 60;
	int name = wide ? 28 : area->columns - 14;
	char times[40] = "";

	draw_text(area, at, 3, name, ROLE_PLAIN, seat->person);
	draw_text(area, at, 3 + name + 1, 8, ROLE_PLAIN,
		seat->presence[0] == '\0' ? "_" : seat->presence);
	if (!wide)
		return;
	if (seat->arrived_at[0] != '\0')
		snprintf(times, sizeof times, "from %.5s ", seat->arrived_at);
	if (seat->left_at[0] != '\0')
		snprintf(times + strlen(times), sizeof times - strlen(times), "until %.5s",
			seat->left_at);
	draw_text(area, at, 41, 12, ROLE_PLAIN, seat->role);
	draw_text(area, at, 54, 12, ROLE_HINT, seat->voting ? "" : "no vote");
	draw_text(area, at, 62, area->columns - 63, ROLE_PLAIN, times);
}

/* The standing without its figures, which stand below the list; and as far as there is room. */
static void first_words(const char *standing, int most, char out[STANDING])
{
	int length = (int)strcspn(standing, ";");

	if (length > most)
		length = (int)strcspn(standing, ":;");
	snprintf(out, STANDING, "%.*s", length, standing);
}

static enum role role_of(const char *standing)
{
	if (strncmp(standing, "carrie", 6) == 0)
		return ROLE_GOOD;
	return strncmp(standing, "fail", 4) == 0 ? ROLE_WARNING : ROLE_PLAIN;
}

static void draw_motion(const struct meeting *meeting, int row, struct area *area, int at)
{
	const struct meeting_motion *motion = &meeting->motions[row];
	char standing[STANDING];

	/* The text of the motion comes first. */
	first_words(motion->standing, area->columns / 2, standing);
	draw_text(area, at, 3, 4, ROLE_PLAIN, short_key(motion->key));
	draw_between(area, at, 8, motion->text, standing, role_of(standing));
}

static void draw_action(const struct meeting *meeting, int row, struct area *area, int at)
{
	const struct meeting_action *action = &meeting->actions[row];
	bool open = strcmp(action->status, "open") == 0;
	char right[64];

	snprintf(right, sizeof right, "%.20s  %s%s", action->owner,
		!open                       ? "done"
		: action->due_on[0] != '\0' ? action->due_on
					    : "no date",
		action->overdue ? " overdue" : "");
	draw_text(area, at, 3, 8, ROLE_PLAIN, action->key);
	draw_between(
		area, at, 12, action->what, right, action->overdue ? ROLE_WARNING : ROLE_PLAIN);
}

void meeting_row_draw(const struct meeting *meeting, int part, int row, struct area *area, int at)
{
	static void (*const draw[MEETING_PARTS])(const struct meeting *, int, struct area *,
		int) = {draw_item, draw_seat, draw_motion, draw_action};

	draw[part](meeting, row, area, at);
}

/* ---- details ---- */

static void say_item(const struct meeting *meeting, int row, struct buffer *out)
{
	const struct meeting_item *item = &meeting->items[row];

	if (item->advice[0] != '\0')
		buffer_format(out, "Advice: %s\n", item->advice);
	if (item->minutes[0] != '\0')
		buffer_format(out, "Minutes: %s\n", item->minutes);
	for (int i = 0; i < meeting->motion_count; i++) {
		char standing[STANDING];

		if (strcmp(meeting->motions[i].item, item->key) != 0)
			continue;
		first_words(meeting->motions[i].standing, STANDING - 1, standing);
		buffer_format(out, "Motion %s (%s): %s\n", short_key(meeting->motions[i].key),
			standing, meeting->motions[i].text);
	}
}

static void say_seat(const struct meeting *meeting, int row, struct buffer *out)
{
	const struct meeting_seat *seat = &meeting->attendance[row];

	if (meeting->attested)
		buffer_add(out, "A motion is attested, so attendance is frozen.");
	else if (seat->presence[0] == '\0')
		buffer_format(out,
			"Nothing noted about %s yet. p, a and x note it and go on to the next.",
			seat->person);
}

void meeting_vote_words(
	const struct meeting *meeting, const struct meeting_motion *motion, struct buffer *out)
{
	buffer_format(out, "By %s", motion->mover[0] != '\0' ? motion->mover : "nobody yet");
	if (meeting->seconds || motion->seconder[0] != '\0')
		buffer_format(out, ", second %s",
			motion->seconder[0] != '\0' ? motion->seconder : "nobody yet");
	buffer_format(out, "\nFor %d   against %d   abstained %d   recused %d%s%s\n",
		motion->votes_for, motion->votes_against, motion->votes_abstained,
		motion->votes_recused, motion->voted_at[0] != '\0' ? "   at " : "",
		motion->voted_at);
	buffer_format(out, "Stands: %s%s%s\n", motion->standing,
		motion->binds[0] != '\0' ? "; binds: " : "", motion->binds);
	if (motion->subjects[0] != '\0')
		buffer_format(out, "About: %s\n", motion->subjects);
}

static void say_motion(const struct meeting *meeting, int row, struct buffer *out)
{
	const struct meeting_motion *motion = &meeting->motions[row];

	buffer_format(out, "%s\n", motion->text);
	meeting_vote_words(meeting, motion, out);
	if (motion->attested_on[0] != '\0')
		buffer_format(out, "Attested on %s by %s, %s%s\n", motion->attested_on,
			motion->attested_by,
			strcmp(motion->attested_how, "signed sheet") == 0 ? "from the " : "",
			motion->attested_how);
	for (int i = 0; i < meeting->item_count; i++)
		if (strcmp(meeting->items[i].key, motion->item) == 0)
			buffer_format(out, "Item %d: %s\n", i + 1, meeting->items[i].title);
}

static void say_action(const struct meeting *meeting, int row, struct buffer *out)
{
	const struct meeting_action *action = &meeting->actions[row];

	buffer_format(out, "%s\n", action->what);
	if (action->riding)
		buffer_format(out, "Rides along since %s.\n", action->meeting);
	if (action->done_note[0] != '\0')
		buffer_format(out, "Done: %s\n", action->done_note);
}

void meeting_row_detail(const struct meeting *meeting, int part, int row, struct buffer *out)
{
	static void (*const say[MEETING_PARTS])(const struct meeting *, int, struct buffer *) = {
		say_item, say_seat, say_motion, say_action};

	if (row >= 0 && row < meeting_rows(meeting, part))
		say[part](meeting, row, out);
}
