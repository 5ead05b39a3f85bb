/*
 * recording.c - the table of who records which meeting. GPL-3.0-or-later.
 */
#include "office/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "office/people.h"
#include "store/holder.h"

const struct field *recording_field(const char *column)
{
	static const struct field fields[] = {
		{.key = "login", .label = "Recorded by", .type = &reference_type, .refers = "user"},
		{.key = "reason", .label = "Taken over", .type = &text_type},
		{0},
	};

	for (const struct field *field = fields; field->key != NULL; field++)
		if (strcmp(field->key, column) == 0)
			return field;
	return NULL;
}

bool recording_lives(const struct recording *recording)
{
	return holder_session_lives(recording->session);
}

bool recording_read(struct store *store, const char *meeting, struct recording *out)
{
	struct statement *row = store_prepare(store,
		"SELECT login, since, session, reason FROM recording WHERE meeting = :key", NULL);
	struct buffer name = {0};
	char time[20];

	*out = (struct recording){.login = ""};
	if (row == NULL)
		return false;
	statement_bind_text(row, ":key", meeting);
	if (statement_step(row)) {
		snprintf(out->login, sizeof out->login, "%s", statement_text(row, 0));
		snprintf(out->since, sizeof out->since, "%s",
			store_local_time(statement_text(row, 1), time));
		snprintf(out->session, sizeof out->session, "%s", statement_text(row, 2));
		snprintf(out->reason, sizeof out->reason, "%s", statement_text(row, 3));
		out->own = strcmp(out->login, store_actor(store)) == 0;
		out->mine = out->own && strcmp(out->session, holder_session()) == 0;
		out->left = !recording_lives(out);
	}
	statement_end(row);
	if (out->login[0] != '\0')
		person_short(store, out->login, &name);
	snprintf(out->name, sizeof out->name, "%s", buffer_text(&name));
	buffer_free(&name);
	return out->login[0] != '\0';
}

static bool run(struct store *store, const char *sql, const char *meeting, const char *reason,
	struct error *err)
{
	struct statement *statement = store_prepare(store, sql, err);
	bool ok;

	if (statement == NULL)
		return false;
	statement_bind_text(statement, ":meeting", meeting);
	if (statement_has(statement, ":session"))
		statement_bind_text(statement, ":session", holder_session());
	if (statement_has(statement, ":reason"))
		statement_bind_text(statement, ":reason", reason);
	store_about(store, meeting);
	ok = statement_run(statement, err);
	store_about(store, NULL);
	return ok;
}

static void say_other(const struct recording *now, struct buffer *out)
{
	buffer_format(out,
		"%s has been recording this meeting since %s, so it is only read here. Ask them to "
		"leave its page, or take over there (k).",
		now->name, time_of_day(now->since));
}

static bool refuse(const struct recording *now, struct error *err)
{
	struct buffer text = {0};

	say_other(now, &text);
	error_set(err, "%s", buffer_text(&text));
	buffer_free(&text);
	if (err != NULL)
		memcpy(err->code, "recorded-by-other", sizeof "recorded-by-other");
	return false;
}

static bool take(struct store *store, const char *meeting, const struct recording *now,
	const char *reason, struct error *err)
{
	if (now->login[0] == '\0')
		return run(store,
			"INSERT INTO recording (meeting, login, since, session) "
			"VALUES (:meeting, actor(), now(), :session)",
			meeting, NULL, err);
	return run(store,
		"UPDATE recording SET login = actor(), since = now(), session = :session, "
		"reason = :reason WHERE meeting = :meeting",
		meeting, reason, err);
}

/* Looks and takes in one transaction, so that of two who begin at once one is told. */
static bool take_in_turn(struct store *store, const char *meeting, const char *reason,
	bool from_others, struct error *err)
{
	struct recording now;
	bool ok;

	error_clear(err);
	if (!store_begin(store, err))
		return false;
	recording_read(store, meeting, &now);
	if (now.mine)
		ok = true;
	else if (now.login[0] != '\0' && !now.own && !now.left && !from_others)
		ok = refuse(&now, err);
	else
		ok = take(store, meeting, &now,
			reason != NULL ? reason
			: now.own      ? ""
				       : "Their session had ended without leaving the meeting.",
			err);
	return store_finish(store, ok, err);
}

bool recording_take(struct store *store, const char *meeting, struct error *err)
{
	return take_in_turn(store, meeting, NULL, false, err);
}

bool recording_take_over(
	struct store *store, const char *meeting, const char *reason, struct error *err)
{
	return take_in_turn(store, meeting, reason, true, err);
}

void recording_release(struct store *store, const char *meeting)
{
	struct recording now;

	if (recording_read(store, meeting, &now) && now.mine)
		run(store, "DELETE FROM recording WHERE meeting = :meeting", meeting, NULL, NULL);
}

static bool is_recorded(const struct record_type *type)
{
	const struct field *parent = record_type_parent(type);

	return type->lock.recorded ||
	       (parent != NULL && is_recorded(record_type_find(parent->refers)));
}

char *recording_key(struct store *store, const struct record *record)
{
	const struct field *parent = record_type_parent(record->type);
	struct record *whole;
	char *key;

	if (!is_recorded(record->type))
		return NULL;
	if (record->type->lock.recorded)
		return memory_text(record_key(record));
	whole = record_load(
		store, record_type_find(parent->refers), record_text(record, parent->key), NULL);
	key = whole == NULL ? NULL : recording_key(store, whole);
	record_free(whole);
	return key;
}

void recording_end_left(struct store *store, const struct record *record)
{
	char *key = recording_key(store, record);
	struct recording now;

	if (key != NULL && recording_read(store, key, &now) && now.left && !now.own &&
		recording_take(store, key, NULL))
		recording_release(store, key);
	free(key);
}

bool recording_by_other(struct store *store, const char *meeting, struct buffer *why)
{
	struct recording now;

	if (!recording_read(store, meeting, &now) || now.own || now.left)
		return false;
	if (why != NULL)
		say_other(&now, why);
	return true;
}
