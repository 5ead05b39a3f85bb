/*
 * history.c - reads the audit's lines "column=SQL literal" back into fields and values.
 * GPL-3.0-or-later.
 */
#include "office/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "office/people.h"
#include "office/recording.h"
#include "store/audit_line.h"

/* The same columns of both audits, each limited first so that an old office costs no more. */
#define ENTRIES(table, number, where)                                                  \
	"SELECT * FROM (SELECT id, " number " AS side, at, who, real_who, type, key, " \
	"operation, before, after FROM " table where " ORDER BY id DESC LIMIT :most)"
#define OF_RECORD " WHERE type = :type AND key = :key"
#define COLUMNS "at, who, real_who, type, key, operation, before, after, side, id"
#define IN_ORDER                                       \
	"SELECT " COLUMNS " FROM (SELECT * FROM (%s) " \
	"ORDER BY at DESC, side DESC, id DESC LIMIT :most) ORDER BY at, side, id"

/* ---- one side of an entry ---- */

/* Reads a literal. An amount is an integer, all else is text. */
static void read_literal(struct audit_part literal, struct value *value)
{
	char *text = memory_text_part(literal.text, literal.length);
	struct buffer out = {0};

	if (*text == '\'') {
		for (const char *at = text + 1; *at != '\0' && !(*at == '\'' && at[1] != '\'');
			at++) {
			at += *at == '\'';
			buffer_add_char(&out, *at);
		}
		value_set_text(value, buffer_text(&out));
	} else if (strcmp(text, "NULL") == 0) {
		value_clear(value);
	} else if (strspn(text, "-0123456789") == literal.length) {
		value_set_integer(value, strtoll(text, NULL, 10));
	} else {
		value_set_text(value, text);
	}
	buffer_free(&out);
	free(text);
}

static char *shown(const struct field *field, const struct value *value)
{
	struct buffer out = {0};

	if (field == NULL && value->kind == VALUE_TEXT)
		buffer_add(&out, value->text);
	/* A column that changed its kind since is told of as it was written. */
	else if (field != NULL && (value->kind == VALUE_NULL || field->type->mixed ||
					  field->type->integer == (value->kind == VALUE_INTEGER)))
		field_format(field, value, &out);
	else if (value->kind == VALUE_INTEGER)
		buffer_format(&out, "%lld", (long long)value->integer);
	else if (value->kind == VALUE_TEXT)
		buffer_add(&out, value->text);
	return buffer_take(&out);
}

/* The change of this column in the entry, made when it is new. */
static struct history_change *change_of(struct history_entry *entry, const char *column)
{
	struct history_change *change;

	for (int i = 0; i < entry->count; i++) {
		if (strcmp(entry->changes[i].column, column) == 0)
			return &entry->changes[i];
	}
	entry->changes =
		memory_resize(entry->changes, (size_t)(entry->count + 1) * sizeof *entry->changes);
	change = &entry->changes[entry->count++];
	*change = (struct history_change){.column = memory_text(column)};
	if (entry->type != NULL)
		change->field = record_type_field(entry->type, column);
	return change;
}

static void read_side(struct history_entry *entry, const char *lines, bool after)
{
	struct audit_part column, literal;

	while (audit_line(&lines, &column, &literal) && column.text[column.length] == '=') {
		struct value value = {.kind = VALUE_NULL};
		char *name = memory_text_part(column.text, column.length);
		struct history_change *change = change_of(entry, name);

		read_literal(literal, &value);
		*(after ? &change->after : &change->before) = shown(change->field, &value);
		value_clear(&value);
		free(name);
	}
}

void history_words(
	struct store *store, const struct field *field, const char *side, struct buffer *out)
{
	struct value value = {.kind = VALUE_NULL};

	if (field == NULL || field->refers == NULL) {
		buffer_add(out, side);
		return;
	}
	value_set_text(&value, side);
	record_reference_label(store, field, &value, out);
	value_clear(&value);
}

/* ---- entries ---- */

static void free_change(struct history_change *change)
{
	free(change->column);
	free(change->before);
	free(change->after);
}

/* Who records a meeting, and why that went over to another: the rest is the program's own. */
static void keep_recording(struct history_entry *entry)
{
	int kept = 0;

	for (int i = 0; i < entry->count; i++) {
		struct history_change *change = &entry->changes[i];

		change->field = recording_field(change->column);
		if (change->field != NULL)
			entry->changes[kept++] = *change;
		else
			free_change(change);
	}
	entry->count = kept;
}

static void read_entry(struct statement *row, struct history_entry *entry)
{
	*entry = (struct history_entry){
		.at = statement_text(row, 0),
		.who = statement_text(row, 1),
		.real_who = statement_text(row, 2),
		.type = record_type_find(statement_text(row, 3)),
		.key = statement_text(row, 4),
		.operation = statement_text(row, 5),
		.place = {.side = (int)statement_integer(row, 8), .id = statement_integer(row, 9)},
	};
	snprintf(entry->place.at, sizeof entry->place.at, "%s", entry->at);
	read_side(entry, statement_text(row, 6), false);
	read_side(entry, statement_text(row, 7), true);
	if (strcmp(statement_text(row, 3), "recording") == 0)
		keep_recording(entry);
	for (int i = 0; i < entry->count; i++) {
		struct history_change *change = &entry->changes[i];

		if (change->before == NULL)
			change->before = memory_text("");
		if (change->after == NULL)
			change->after = memory_text("");
	}
}

static void free_changes(struct history_entry *entry)
{
	for (int i = 0; i < entry->count; i++)
		free_change(&entry->changes[i]);
	free(entry->changes);
}

static struct statement *prepare(struct store *store, bool of_record, struct error *err)
{
	bool director = strcmp(store_role(store), "director") == 0;
	struct buffer sql = {0}, entries = {0};
	struct statement *statement;

	buffer_add(&entries,
		of_record ? ENTRIES("audit_seen", "0", OF_RECORD) : ENTRIES("audit_seen", "0", ""));
	if (director)
		buffer_format(&entries, " UNION ALL %s",
			of_record ? ENTRIES("audit_private", "1", OF_RECORD)
				  : ENTRIES("audit_private", "1", ""));
	buffer_format(&sql, IN_ORDER, buffer_text(&entries));
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	buffer_free(&entries);
	return statement;
}

static bool tell_rows(struct statement *statement,
	bool (*tell)(const struct history_entry *entry, void *context), void *context,
	struct error *err)
{
	bool more = true, failed;

	while (more && statement_step(statement)) {
		struct history_entry entry;

		read_entry(statement, &entry);
		more = tell(&entry, context);
		free_changes(&entry);
	}
	failed = more && statement_failed(statement, err);
	statement_end(statement);
	return !failed;
}

bool history_each(struct store *store, const struct record_type *type, const char *key, int most,
	bool (*tell)(const struct history_entry *entry, void *context), void *context,
	struct error *err)
{
	struct statement *statement = prepare(store, type != NULL, err);

	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":most", most);
	if (type != NULL) {
		statement_bind_text(statement, ":type", type->name);
		statement_bind_text(statement, ":key", key);
	}
	return tell_rows(statement, tell, context, err);
}

/* ---- a record and its parts ---- */

/* Is part, by its parent or the parent's, a part of the type? Then its keys begin with that key. */
static bool is_part(const struct record_type *part, const struct record_type *type)
{
	while (part->key_rule == KEY_CHILD && record_type_parent(part) != NULL) {
		part = field_refers(record_type_parent(part));
		if (part == type)
			return true;
	}
	return false;
}

/* A part's key has the record's before its '/'; '0' is what comes after that sign. */
static void add_entries_of(
	struct buffer *sql, const char *table, int side, const struct record_type *type)
{
	buffer_format(sql,
		"SELECT %d AS side, id, at, who, real_who, type, key, operation, before, after "
		"FROM %s WHERE (type = :type AND key = :key)",
		side, table);
	for (int i = 0; record_types[i] != NULL; i++) {
		if (is_part(record_types[i], type))
			buffer_format(sql,
				" OR (type = '%s' AND key > :key || '/' AND key < :key || '0')",
				record_types[i]->name);
	}
	/* When the recording of a meeting went over to another, and why. */
	if (type->lock.recorded)
		buffer_add(sql, " OR (type = 'recording' AND key = :key AND operation = 'update' "
				"AND instr(after, 'login=') = 1)");
}

/* Those that the actor may read. */
static void add_entries(struct store *store, struct buffer *sql, const struct record_type *type)
{
	add_entries_of(sql, "audit_seen", 0, type);
	if (strcmp(store_role(store), "director") != 0)
		return;
	buffer_add(sql, " UNION ALL ");
	add_entries_of(sql, "audit_private", 1, type);
}

int64_t history_count(struct store *store, const struct record_type *type, const char *key)
{
	struct buffer sql = {0};
	struct statement *row;
	int64_t count = -1;

	buffer_add(&sql, "SELECT count(*) FROM (");
	add_entries(store, &sql, type);
	buffer_add_char(&sql, ')');
	row = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (row == NULL)
		return count;
	statement_bind_text(row, ":type", type->name);
	statement_bind_text(row, ":key", key);
	if (statement_step(row))
		count = statement_integer(row, 0);
	statement_end(row);
	return count;
}

bool history_walk(struct store *store, const struct record_type *type, const char *key,
	const struct history_place *from, bool older, int most,
	bool (*tell)(const struct history_entry *entry, void *context), void *context,
	struct error *err)
{
	const char *way = older ? "DESC" : "ASC";
	struct buffer sql = {0};
	struct statement *statement;

	buffer_add(&sql, "SELECT " COLUMNS " FROM (");
	add_entries(store, &sql, type);
	buffer_format(&sql, ")%s ORDER BY at %s, side %s, id %s LIMIT :most",
		from == NULL ? ""
		: older      ? " WHERE (at, side, id) <= (:at, :side, :id)"
			     : " WHERE (at, side, id) >= (:at, :side, :id)",
		way, way, way);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	statement_bind_text(statement, ":type", type->name);
	statement_bind_text(statement, ":key", key);
	statement_bind_integer(statement, ":most", most);
	if (from != NULL) {
		statement_bind_text(statement, ":at", from->at);
		statement_bind_integer(statement, ":side", from->side);
		statement_bind_integer(statement, ":id", from->id);
	}
	return tell_rows(statement, tell, context, err);
}

/* ---- the last of a record ---- */

struct last_words {
	struct store *store;
	struct buffer *out;
	bool told, gone;
};

/* "at 14:03", or "on Thu 19 Nov 14:03". */
static void add_when(struct store *store, const char *at, struct buffer *out)
{
	const char *today = store_today(store);
	char time[20], said[40];

	store_local_time(at, time);
	buffer_format(out, " %s %s", strncmp(time, today, strlen(today)) == 0 ? "at" : "on",
		moment_said(time, today, said));
}

static bool tell_last(const struct history_entry *entry, void *context)
{
	struct last_words *words = context;
	/* The first private value of a record that was there already is a change of it. */
	bool made = strcmp(entry->operation, "insert") == 0 && entry->place.side == 0;
	int named = 0;

	words->told = true;
	words->gone = strcmp(entry->operation, "delete") == 0;
	buffer_format(words->out, "%s was %s by ", entry->key,
		words->gone ? "deleted"
		: made      ? "made"
			    : "changed");
	person_short(words->store, entry->who, words->out);
	add_when(words->store, entry->at, words->out);
	if (words->gone || made)
		return true;
	for (int i = 0; i < entry->count; i++)
		if (entry->changes[i].field != NULL)
			buffer_format(words->out, "%s%s", named++ == 0 ? " (" : ", ",
				entry->changes[i].field->label);
	buffer_add(words->out, named > 0 ? ")" : "");
	return true;
}

bool history_last(
	struct store *store, const struct record_type *type, const char *key, struct buffer *out)
{
	struct last_words words = {.store = store, .out = out};

	history_each(store, type, key, 1, tell_last, &words, NULL);
	if (!words.told)
		buffer_format(out, "%s was changed", key);
	return words.gone;
}

void history_newest(
	struct store *store, const struct record_type *type, const char *key, struct buffer *out)
{
	struct last_words words = {.store = store, .out = out};

	history_walk(store, type, key, NULL, true, 1, tell_last, &words, NULL);
	if (!words.told)
		buffer_format(out, "%s was changed", key);
}
