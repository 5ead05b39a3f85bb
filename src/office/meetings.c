/*
 * meetings.c - reads a meeting with its agenda, attendance, motions and action items, and knows
 * which meetings come and whose minutes are owed. GPL-3.0-or-later.
 */
#include "office/meetings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "office/check.h"

/* Names and quorum as approved minutes keep them; until then as they are now. */
static const char head_sql[] =
	"SELECT g.key, g.body, coalesce(k.body_name, b.name), g.kind, g.held_on, g.starts_at, g.place,\n"
	"       g.status, g.called_at, g.adjourned_at, g.guests, g.secretary, g.circulated_on,\n"
	"       g.approved_by, g.corrected, g.version, coalesce(k.quorum, b.quorum), b.seconds,\n"
	"       EXISTS (SELECT 1 FROM motion m WHERE m.meeting = g.key AND m.attested_on IS NOT NULL)\n"
	"FROM meeting g JOIN body b ON b.code = g.body\n"
	"LEFT JOIN minutes_kept k ON k.meeting = g.key\n"
	"WHERE g.key = :key";

static const char items_sql[] =
	"SELECT key, title, advice, minutes FROM agenda_item WHERE meeting = :key ORDER BY place, id";

/* Whoever had a seat that day, and whoever has a row all the same. */
static const char seats_sql[] =
	"SELECT s.member, s.person, s.role, s.voting, a.key, a.presence, a.arrived_at, a.left_at\n"
	"FROM minutes_seat s\n"
	"LEFT JOIN attendance a ON a.meeting = s.meeting AND a.member = s.member\n"
	"WHERE s.meeting = :key\n"
	"ORDER BY s.voting DESC, s.place";

static const char motions_sql[] =
	"SELECT m.key, m.text, m.agenda_item,\n"
	"       coalesce(mover_then.person, mover.person),\n"
	"       coalesce(seconder_then.person, seconder.person),\n"
	"       m.outcome, m.voted_at, m.expires_on, m.attested_on, m.attested_how, s.attester,\n"
	"       m.votes_for, m.votes_against, m.votes_abstained, m.votes_recused,\n"
	"       s.present, s.quorum, s.standing, m.rescinded_by, m.expires_on < today()\n"
	"FROM motion m JOIN motion_standing s ON s.motion = m.key\n"
	"LEFT JOIN member mover ON mover.key = m.mover\n"
	"LEFT JOIN member seconder ON seconder.key = m.seconder\n"
	"LEFT JOIN minutes_kept_seat mover_then\n"
	"       ON mover_then.meeting = m.meeting AND mover_then.member = m.mover\n"
	"LEFT JOIN minutes_kept_seat seconder_then\n"
	"       ON seconder_then.meeting = m.meeting AND seconder_then.member = m.seconder\n"
	"WHERE m.meeting = :key ORDER BY m.id";

static const char subjects_sql[] =
	"SELECT type || ' ' || subject\n"
	"       || CASE WHEN amount IS NULL THEN '' WHEN type = 'policy' THEN ' becomes ' || money(amount)\n"
	"               ELSE ' up to ' || money(amount) END\n"
	"FROM motion_subject WHERE motion = :key ORDER BY id";

/* Those born here, and all that were still open when this meeting was called: as they are now. */
static const char actions_sql[] =
	"SELECT i.key, i.what, s.name, i.due_on, i.status, i.done_note, i.meeting,\n"
	"       i.meeting <> g.key, i.status = 'open' AND i.due_on < today()\n"
	"FROM meeting g JOIN action_item i ON i.meeting = g.key\n"
	"     OR (i.meeting IN (SELECT e.key FROM meeting e\n"
	"                       WHERE e.body = g.body AND e.held_on < g.held_on)\n"
	"         AND (i.status = 'open' OR i.done_on >= g.held_on))\n"
	"LEFT JOIN staff s ON s.key = i.owner\n"
	"WHERE g.key = :key\n"
	"ORDER BY i.meeting <> g.key, (i.due_on IS NULL), i.due_on, i.id";

/* The same as the minutes tell of them: as they stood on the day of the meeting. */
static const char minuted_sql[] =
	"SELECT action_item, what, owner, due_on, CASE WHEN done THEN 'done' ELSE 'open' END,\n"
	"       done_note, born, born <> meeting, 0\n"
	"FROM minutes_action WHERE meeting = :key\n"
	"ORDER BY born <> meeting, (due_on IS NULL), due_on, place";

/* ---- reading ---- */

static char *text_of(struct statement *row, int column)
{
	return memory_text(statement_text(row, column));
}

/* Runs sql for the meeting (or motion) and hands every row to add. */
static bool each_row(struct store *store, const char *sql, const char *key,
	void (*add)(struct meeting *meeting, struct statement *row), struct meeting *meeting,
	struct error *err)
{
	struct statement *statement = store_prepare(store, sql, err);
	bool ok;

	if (statement == NULL)
		return false;
	statement_bind_text(statement, ":key", key);
	while (statement_step(statement))
		add(meeting, statement);
	ok = !statement_failed(statement, err);
	statement_end(statement);
	return ok;
}

static void add_head(struct meeting *meeting, struct statement *row)
{
	char **const texts[] = {&meeting->key, &meeting->body, &meeting->body_name, &meeting->kind,
		&meeting->held_on, &meeting->starts_at, &meeting->place, &meeting->status,
		&meeting->called_at, &meeting->adjourned_at, &meeting->guests, &meeting->secretary,
		&meeting->circulated_on, &meeting->approved_by};
	int count = sizeof texts / sizeof *texts;

	for (int i = 0; i < count; i++)
		*texts[i] = text_of(row, i);
	meeting->corrected = statement_integer(row, count) != 0;
	meeting->version = statement_integer(row, count + 1);
	meeting->quorum = (int)statement_integer(row, count + 2);
	meeting->seconds = statement_integer(row, count + 3) != 0;
	meeting->attested = statement_integer(row, count + 4) != 0;
}

static void add_item(struct meeting *meeting, struct statement *row)
{
	struct meeting_item *item;

	meeting->items = memory_resize(
		meeting->items, ((size_t)meeting->item_count + 1) * sizeof *meeting->items);
	item = &meeting->items[meeting->item_count++];
	item->key = text_of(row, 0);
	item->title = text_of(row, 1);
	item->advice = text_of(row, 2);
	item->minutes = text_of(row, 3);
}

static void add_seat(struct meeting *meeting, struct statement *row)
{
	struct meeting_seat *seat;

	meeting->attendance = memory_resize(meeting->attendance,
		((size_t)meeting->seat_count + 1) * sizeof *meeting->attendance);
	seat = &meeting->attendance[meeting->seat_count++];
	seat->member = text_of(row, 0);
	seat->person = text_of(row, 1);
	seat->role = text_of(row, 2);
	seat->voting = statement_integer(row, 3) != 0;
	seat->attendance = text_of(row, 4);
	seat->presence = text_of(row, 5);
	seat->arrived_at = text_of(row, 6);
	seat->left_at = text_of(row, 7);
	meeting->seats += seat->voting;
	meeting->present +=
		seat->voting && strcmp(seat->presence, "present") == 0 && seat->left_at[0] == '\0';
}

static char *binds_of(const struct meeting *meeting, struct statement *row)
{
	if (strcmp(statement_text(row, 5), "carried") != 0)
		return memory_text("");
	if (!statement_is_null(row, 18))
		return memory_text("no, rescinded");
	if (statement_integer(row, 19) != 0)
		return memory_text("no, expired");
	return memory_text(
		strcmp(meeting->status, "approved") == 0 ? "yes" : "yes, minutes pending");
}

static void add_motion(struct meeting *meeting, struct statement *row)
{
	struct meeting_motion *motion;

	meeting->motions = memory_resize(
		meeting->motions, ((size_t)meeting->motion_count + 1) * sizeof *meeting->motions);
	motion = &meeting->motions[meeting->motion_count++];
	motion->key = text_of(row, 0);
	motion->text = text_of(row, 1);
	motion->item = text_of(row, 2);
	motion->mover = text_of(row, 3);
	motion->seconder = text_of(row, 4);
	motion->outcome = text_of(row, 5);
	motion->voted_at = text_of(row, 6);
	motion->expires_on = text_of(row, 7);
	motion->attested_on = text_of(row, 8);
	motion->attested_how = text_of(row, 9);
	motion->attested_by = text_of(row, 10);
	motion->votes_for = (int)statement_integer(row, 11);
	motion->votes_against = (int)statement_integer(row, 12);
	motion->votes_abstained = (int)statement_integer(row, 13);
	motion->votes_recused = (int)statement_integer(row, 14);
	motion->present = (int)statement_integer(row, 15);
	motion->quorum = (int)statement_integer(row, 16);
	motion->standing = text_of(row, 17);
	motion->binds = binds_of(meeting, row);
	motion->subjects = NULL;
}

static char *read_subjects(struct store *store, const char *motion)
{
	struct statement *row = store_prepare(store, subjects_sql, NULL);
	struct buffer text = {0};

	if (row != NULL) {
		statement_bind_text(row, ":key", motion);
		while (statement_step(row))
			buffer_format(
				&text, "%s%s", text.length > 0 ? "; " : "", statement_text(row, 0));
	}
	statement_end(row);
	return buffer_take(&text);
}

static void read_action(struct statement *row, struct meeting_action **actions, int *count)
{
	struct meeting_action *action;

	*actions = memory_resize(*actions, ((size_t)*count + 1) * sizeof **actions);
	action = &(*actions)[(*count)++];
	action->key = text_of(row, 0);
	action->what = text_of(row, 1);
	action->owner = text_of(row, 2);
	action->due_on = text_of(row, 3);
	action->status = text_of(row, 4);
	action->done_note = text_of(row, 5);
	action->meeting = text_of(row, 6);
	action->riding = statement_integer(row, 7) != 0;
	action->overdue = statement_integer(row, 8) != 0;
}

static void add_action(struct meeting *meeting, struct statement *row)
{
	read_action(row, &meeting->actions, &meeting->action_count);
}

static void add_minuted(struct meeting *meeting, struct statement *row)
{
	read_action(row, &meeting->minuted, &meeting->minuted_count);
}

/* Approved minutes print the same for ever. */
static char *read_record(struct store *store, const char *key)
{
	struct buffer record = {0};

	check_print_head(store,
		store_integer(
			store, "SELECT audit FROM minutes_approval WHERE meeting = :key", key, 0),
		&record);
	return buffer_take(&record);
}

bool meeting_read(struct store *store, const char *key, struct meeting *meeting, struct error *err)
{
	bool ok;

	meeting_free(meeting);
	if (!each_row(store, head_sql, key, add_head, meeting, err))
		return false;
	if (meeting->key == NULL)
		return error_set(err, "There is no meeting \"%s\".", key);
	ok = each_row(store, items_sql, key, add_item, meeting, err) &&
	     each_row(store, seats_sql, key, add_seat, meeting, err) &&
	     each_row(store, motions_sql, key, add_motion, meeting, err) &&
	     each_row(store, actions_sql, key, add_action, meeting, err) &&
	     each_row(store, minuted_sql, key, add_minuted, meeting, err);
	for (int i = 0; i < meeting->motion_count; i++)
		meeting->motions[i].subjects = read_subjects(store, meeting->motions[i].key);
	meeting->record = read_record(store, key);
	return ok;
}

/* ---- freeing ---- */

static void free_texts(char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
}

#define FREE_TEXTS(...)                                          \
	do {                                                     \
		char *const texts[] = {__VA_ARGS__};             \
		free_texts(texts, sizeof texts / sizeof *texts); \
	} while (0)

static void free_actions(struct meeting_action *actions, int count)
{
	for (struct meeting_action *action = actions; action < actions + count; action++)
		FREE_TEXTS(action->key, action->what, action->owner, action->due_on, action->status,
			action->done_note, action->meeting);
	free(actions);
}

void meeting_free(struct meeting *meeting)
{
	FREE_TEXTS(meeting->key, meeting->body, meeting->body_name, meeting->kind, meeting->held_on,
		meeting->starts_at, meeting->place, meeting->status, meeting->called_at,
		meeting->adjourned_at, meeting->guests, meeting->secretary, meeting->circulated_on,
		meeting->approved_by, meeting->record);
	for (struct meeting_item *item = meeting->items;
		item < meeting->items + meeting->item_count; item++)
		FREE_TEXTS(item->key, item->title, item->advice, item->minutes);
	for (int i = 0; i < meeting->seat_count; i++) {
		struct meeting_seat *seat = &meeting->attendance[i];

		FREE_TEXTS(seat->member, seat->person, seat->role, seat->attendance, seat->presence,
			seat->arrived_at, seat->left_at);
	}
	for (int i = 0; i < meeting->motion_count; i++) {
		struct meeting_motion *motion = &meeting->motions[i];

		FREE_TEXTS(motion->key, motion->text, motion->item, motion->mover, motion->seconder,
			motion->outcome, motion->standing, motion->binds, motion->voted_at,
			motion->expires_on, motion->attested_on, motion->attested_how,
			motion->attested_by, motion->subjects);
	}
	free_actions(meeting->actions, meeting->action_count);
	free_actions(meeting->minuted, meeting->minuted_count);
	free(meeting->items);
	free(meeting->attendance);
	free(meeting->motions);
	*meeting = (struct meeting){0};
}

/* ---- changing ---- */

bool meeting_mark(struct store *store, const char *meeting, const char *member, const char *field,
	const char *text, struct error *err)
{
	const struct record_type *type = record_type_find("attendance");
	struct statement *row = store_prepare(store,
		"SELECT key FROM attendance WHERE meeting = :meeting AND member = :member", err);
	struct record *record = NULL;
	bool ok;

	if (row == NULL)
		return false;
	statement_bind_text(row, ":meeting", meeting);
	statement_bind_text(row, ":member", member);
	if (statement_step(row)) {
		char *key = text_of(row, 0);

		statement_end(row);
		record = record_load(store, type, key, err);
		free(key);
		if (record == NULL)
			return false;
	} else {
		statement_end(row);
		record = record_start(store, type, meeting);
		if (!record_set(store, record, "member", member, err)) {
			record_free(record);
			return false;
		}
	}
	ok = record_set(store, record, field, text, err);
	/* Who was not there after all neither came late nor left early. */
	if (ok && strcmp(field, "presence") == 0 && strcmp(text, "present") != 0)
		ok = record_set(store, record, "arrived_at", "", err) &&
		     record_set(store, record, "left_at", "", err);
	ok = ok && record_save(store, record, err);
	record_free(record);
	return ok;
}

static bool set_place(struct store *store, const char *item, int place, struct error *err)
{
	struct record *record = record_load(store, record_type_find("agenda-item"), item, err);
	char text[12];
	bool ok;

	if (record == NULL)
		return false;
	snprintf(text, sizeof text, "%d", place);
	ok = record_set(store, record, "place", text, err) && record_save(store, record, err);
	record_free(record);
	return ok;
}

bool meeting_move_item(
	struct store *store, const struct meeting *meeting, int item, int by, struct error *err)
{
	int target = item + by;
	bool ok = true;

	if (item < 0 || item >= meeting->item_count || target < 0 || target >= meeting->item_count)
		return error_set(err, "It stands at the %s already.", by < 0 ? "top" : "end");
	if (!store_begin(store, err))
		return false;
	for (int i = 0, place = 0; ok && i < meeting->item_count; i++) {
		/* Those between make room; the others only get their number. */
		if (i == item)
			place = target;
		else if (item < target)
			place = i > item && i <= target ? i - 1 : i;
		else
			place = i >= target && i < item ? i + 1 : i;
		ok = set_place(store, meeting->items[i].key, place + 1, err);
	}
	return store_finish(store, ok, err);
}

bool meeting_add_item(struct store *store, const char *meeting, const char *title,
	struct buffer *key, struct error *err)
{
	struct record *item = record_start(store, record_type_find("agenda-item"), meeting);
	char place[24];
	bool ok;

	snprintf(place, sizeof place, "%lld",
		(long long)store_integer(store,
			"SELECT min(999, coalesce(max(place), 0) + 1) FROM agenda_item "
			"WHERE meeting = :key",
			meeting, 1));
	ok = record_set(store, item, "title", title, err) &&
	     record_set(store, item, "place", place, err) && record_save(store, item, err);
	if (ok)
		buffer_add(key, record_key(item));
	record_free(item);
	return ok;
}

/* ---- coming and owed ---- */

/* Two texts of one row; false when there is none. */
static bool two_texts(
	struct store *store, const char *sql, const char *key, char first[32], char second[11])
{
	struct statement *row = store_prepare(store, sql, NULL);
	bool found;

	if (row == NULL)
		return false;
	if (key != NULL)
		statement_bind_text(row, ":key", key);
	found = statement_step(row);
	if (found) {
		snprintf(first, 32, "%s", statement_text(row, 0));
		snprintf(second, 11, "%s", statement_text(row, 1));
	}
	statement_end(row);
	return found;
}

bool meeting_next_of_board(struct store *store, char key[32], char held_on[11])
{
	return two_texts(store,
		"SELECT g.key, g.held_on FROM meeting g JOIN body b ON b.code = g.body\n"
		"WHERE b.kind = 'board' AND g.status = 'planned' AND g.held_on >= today()\n"
		"ORDER BY g.held_on, g.key LIMIT 1",
		NULL, key, held_on);
}

bool meeting_motion_about(
	struct store *store, const char *request, char motion[32], char held_on[11])
{
	return two_texts(store,
		"SELECT m.key, g.held_on " MOTIONS_ABOUT_REQUEST(
			":key") " ORDER BY g.held_on DESC, m.key LIMIT 1",
		request, motion, held_on);
}

char *meeting_policy_by(struct store *store, const char *motion)
{
	return store_text(store, "SELECT title FROM policy WHERE motion = :key", motion);
}

/* "Board of Directors" is the Board to everybody here. */
#define BODY_WORD \
	"CASE b.kind WHEN 'board' THEN 'Board' WHEN 'council' THEN 'Council' ELSE b.name END"

static void fill_due(struct statement *row, struct meeting_due *due)
{
	snprintf(due->key, sizeof due->key, "%s", statement_text(row, 0));
	snprintf(due->body, sizeof due->body, "%s", statement_text(row, 1));
	snprintf(due->due_on, sizeof due->due_on, "%s", statement_text(row, 2));
}

int meetings_due(struct store *store, struct meeting_due *first)
{
	struct statement *row = store_prepare(store,
		"SELECT g.key, " BODY_WORD
		", date(g.held_on, '+' || b.draft_days || ' days') AS due\n"
		"FROM meeting g JOIN body b ON b.code = g.body\n"
		"WHERE g.status IN ('planned', 'draft') AND g.held_on <= today()\n"
		"ORDER BY due, g.key",
		NULL);
	int count = 0;

	if (row == NULL)
		return 0;
	while (statement_step(row))
		if (count++ == 0)
			fill_due(row, first);
	statement_end(row);
	return count;
}

bool meetings_next(struct store *store, struct meeting_due *next)
{
	struct statement *row = store_prepare(store,
		"SELECT g.key, " BODY_WORD
		", g.held_on FROM meeting g JOIN body b ON b.code = g.body\n"
		"WHERE g.status = 'planned' AND g.held_on >= today() ORDER BY g.held_on, g.key LIMIT 1",
		NULL);
	bool found;

	if (row == NULL)
		return false;
	found = statement_step(row);
	if (found)
		fill_due(row, next);
	statement_end(row);
	return found;
}
