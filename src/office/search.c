/*
 * search.c - the search index: one row per record, kept in the transaction that saves it, and
 * finding anything by words typed so far. Private fields and rows are never in it.
 * GPL-3.0-or-later.
 */
#include "office/search.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "office/match.h"
#include "office/record_row.h"

enum {
	NUMBER_SHIFT = 40, /* a row's number is office_table.number * 2^40 + the record's id */
	PER_TYPE = 60,     /* candidates looked at of one type: a big table hides no small one */
	CANDIDATES = 400,
};

/* ---- what stands in the index ---- */

bool search_has_field(const struct record_type *type, const struct field *field)
{
	if (field->flags & FIELD_PRIVATE)
		return false;
	if (field == record_type_key(type) || field == record_type_title(type))
		return true;
	return field_stored(field) && field->type->text;
}

struct search_range search_range_of(struct store *store, const struct record_type *type)
{
	struct statement *statement = store_prepare(
		store, "SELECT number, private = '' FROM office_table WHERE name = :name", NULL);
	struct search_range range = {0};
	bool failed;

	if (statement == NULL)
		return range;
	statement_bind_text(statement, ":name", type->table);
	if (statement_step(statement)) {
		range.first = statement_integer(statement, 0) << NUMBER_SHIFT;
		range.last = range.first + (INT64_C(1) << NUMBER_SHIFT) - 1;
		/* What others than the director see of a type is what all may see: it is all there.
		 */
		range.open = statement_integer(statement, 1) != 0;
		range.whole = range.open || strcmp(store_role(store), "director") != 0;
	}
	failed = statement_failed(statement, NULL);
	statement_end(statement);
	if (range.first == 0 && !failed)
		fatal("office_table has no row for %s", type->table);
	return range;
}

static void add_text_expression(const struct field *field, struct buffer *sql)
{
	buffer_add(sql, "coalesce(");
	row_expression(field, sql);
	buffer_add(sql, ", '')");
}

/* Appends the SELECT of index rows over the rows t of the type. */
static void select_rows(const struct record_type *type, struct buffer *sql)
{
	const struct field *key = record_type_key(type), *title = record_type_title(type);
	bool any = false;

	buffer_format(sql, "SELECT :first + t.id, t.%s, ", key->key);
	if (title != NULL && search_has_field(type, title))
		add_text_expression(title, sql);
	else
		buffer_add(sql, "''");
	buffer_add(sql, ", ");
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (field == key || field == title || !search_has_field(type, field))
			continue;
		if (any)
			buffer_add(sql, " || ' ' || ");
		add_text_expression(field, sql);
		any = true;
	}
	buffer_format(sql, "%s, '%s' FROM %s AS t", any ? "" : "''", type->name, type->source);
}

/*
 * Appends the condition that keeps private rows out. Only the director needs it: what others
 * read comes without those rows, and the condition itself is not theirs to ask.
 */
static void add_privacy(struct store *store, const struct record_type *type, struct buffer *sql)
{
	char *private;

	if (strcmp(store_role(store), "director") != 0)
		return;
	private = store_text(
		store, "SELECT private FROM office_table WHERE name = :key", type->table);
	if (private != NULL && private[0] != '\0')
		buffer_format(sql,
			" AND NOT EXISTS (SELECT 1 FROM %s AS row WHERE row.id = t.id AND (%s))",
			type->table, private);
	free(private);
}

/* Adds the rows that the condition (with :id or :key) holds for, in one statement. */
static bool add_where(struct store *store, const struct record_type *type, const char *condition,
	int64_t id, const char *key, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;

	buffer_add(&sql, "INSERT INTO search (rowid, key, title, body, type) ");
	select_rows(type, &sql);
	buffer_format(&sql, " WHERE %s", condition);
	add_privacy(store, type, &sql);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":first", search_range_of(store, type).first);
	if (key != NULL)
		statement_bind_text(statement, ":key", key);
	else
		statement_bind_integer(statement, ":id", id);
	return statement_run(statement, err);
}

bool search_remove(struct store *store, const struct record *record, struct error *err)
{
	struct statement *statement =
		store_prepare(store, "DELETE FROM search WHERE rowid = :number", err);

	if (statement == NULL)
		return false;
	statement_bind_integer(
		statement, ":number", search_range_of(store, record->type).first + record->id);
	return statement_run(statement, err);
}

bool search_update(struct store *store, const struct record *record, struct error *err)
{
	return search_remove(store, record, err) &&
	       add_where(store, record->type, "t.id = :id", record->id, NULL, err);
}

bool search_stays(struct store *store, const struct record *record)
{
	const struct field *title = record_type_title(record->type);

	/* What is computed may follow from any field, and so may privacy. */
	if (record->id == 0 || (title != NULL && !field_stored(title)) ||
		!search_range_of(store, record->type).open)
		return false;
	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		if (search_has_field(record->type, &record->type->fields[i]) &&
			!value_same(&record->values[i], &record->loaded[i]))
			return false;
	}
	return true;
}

/* ---- rows whose privacy rests on another record ---- */

/* True when the condition asks for a field of the record that this save changes. */
static bool rests_on_change(const char *condition, const struct record *record)
{
	struct buffer name = {0};
	bool rests = false;

	for (int i = 0; record->type->fields[i].key != NULL && !rests; i++) {
		if (value_same(&record->values[i], &record->loaded[i]))
			continue;
		buffer_clear(&name);
		buffer_format(&name, ".%s", record->type->fields[i].key);
		rests = strstr(condition, buffer_text(&name)) != NULL;
	}
	buffer_free(&name);
	return rests;
}

/* Writes the index rows anew of all that refer to the record by this field. */
static bool renew_referring(struct store *store, const struct record *record,
	const struct record_type *from, const struct field *field, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;
	bool ok = false;

	buffer_format(&sql,
		"DELETE FROM search WHERE rowid IN "
		"(SELECT :first + t.id FROM %s AS t WHERE t.%s = :key)",
		from->table, field->key);
	statement = store_prepare(store, buffer_text(&sql), err);
	if (statement != NULL) {
		statement_bind_integer(statement, ":first", search_range_of(store, from).first);
		statement_bind_text(statement, ":key", record_key(record));
		ok = statement_run(statement, err);
	}
	buffer_clear(&sql);
	buffer_format(&sql, "t.%s = :key", field->key);
	ok = ok && add_where(store, from, buffer_text(&sql), 0, record_key(record), err);
	buffer_free(&sql);
	return ok;
}

/* True when the privacy of the type's rows rests on a field that this save changes. */
static bool follows(
	struct store *store, const struct record_type *from, const struct record *record)
{
	char *private = store_text(
		store, "SELECT private FROM office_table WHERE name = :key", from->table);
	bool rests = private != NULL && rests_on_change(private, record);

	free(private);
	return rests;
}

bool search_follow(struct store *store, const struct record *record, struct error *err)
{
	bool ok = true;

	for (int i = 0; record_types[i] != NULL && ok; i++) {
		const struct record_type *from = record_types[i];

		if (from == record->type)
			continue;
		for (const struct field *field = from->fields; field->key != NULL && ok; field++) {
			if (field->type == &reference_type && field_stored(field) &&
				record_type_find(field->refers) == record->type &&
				follows(store, from, record))
				ok = renew_referring(store, record, from, field, err);
		}
	}
	return ok;
}

/* ---- many rows ---- */

bool search_add_all_since(
	struct store *store, const struct record_type *type, int64_t id, struct error *err)
{
	return add_where(store, type, "t.id > :id", id, NULL, err);
}

bool search_rebuild(struct store *store, struct error *err)
{
	bool ok;

	if (!store_begin(store, err))
		return false;
	ok = store_run(store, "DELETE FROM search", err);
	for (int i = 0; record_types[i] != NULL && ok; i++)
		ok = search_add_all_since(store, record_types[i], 0, err);
	return store_finish(store, ok, err);
}

/* ---- looking at it again ---- */

/* Says what is wrong with the row that the statement found, if any. */
static bool tell_row(struct statement *row, const struct record_type *type, struct error *err)
{
	bool found = statement_step(row);
	struct error reason;

	if (statement_failed(row, &reason)) {
		error_set(err, "%s", reason.text);
		found = true;
	} else if (found) {
		error_set(err, "%s %s %s", type->label, statement_text(row, 0),
			statement_text(row, 1));
	}
	statement_end(row);
	return !found;
}

static struct statement *prepare_check(struct store *store, const struct record_type *type,
	const char *question, struct error *err)
{
	struct search_range range = search_range_of(store, type);
	struct buffer sql = {0};
	struct statement *row;

	buffer_add(&sql, "WITH wanted (number, key, title, body, type) AS (");
	select_rows(type, &sql);
	buffer_add(&sql, " WHERE 1");
	add_privacy(store, type, &sql);
	buffer_format(&sql, ") %s", question);
	row = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (row == NULL)
		return NULL;
	statement_bind_integer(row, ":first", range.first);
	if (statement_has(row, ":last"))
		statement_bind_integer(row, ":last", range.last);
	return row;
}

bool search_check(
	struct store *store, const struct record_type *type, int64_t *count, struct error *err)
{
	static const char otherwise[] =
		"SELECT w.key, CASE WHEN s.rowid IS NULL THEN 'is not in it' "
		"ELSE 'stands in it with other words' END FROM wanted w "
		"LEFT JOIN search s ON s.rowid = w.number WHERE s.rowid IS NULL OR s.key IS NOT w.key "
		"OR s.title IS NOT w.title OR s.body IS NOT w.body OR s.type IS NOT w.type LIMIT 1";
	/* Keys of what should not be there are not told: it may be private. */
	static const char too_many[] =
		"SELECT '', 'stands in it and should not' WHERE (SELECT count(*) FROM search "
		"WHERE rowid BETWEEN :first AND :last) > (SELECT count(*) FROM wanted)";
	struct statement *row = prepare_check(store, type, "SELECT count(*) FROM wanted", err);

	if (row == NULL)
		return false;
	*count = statement_step(row) ? statement_integer(row, 0) : 0;
	statement_end(row);
	row = prepare_check(store, type, otherwise, err);
	if (row == NULL || !tell_row(row, type, err))
		return false;
	row = prepare_check(store, type, too_many, err);
	return row != NULL && tell_row(row, type, err);
}

/* ---- find anything ---- */

enum rank { RANK_KEY, RANK_TITLE, RANK_TITLE_START, RANK_KEY_START, RANK_IN_TITLE, RANK_BODY };

struct candidate {
	int64_t number;
	enum rank rank;
	int place; /* as the index gave it: keeps the order of equals */
	struct found found;
};

struct candidates {
	struct candidate list[CANDIDATES];
	int count;
};

static enum rank rank_of(const struct found *found, const char *typed, const struct match *match)
{
	struct buffer title = {0};
	enum rank rank = RANK_BODY;

	match_fold(found->title, &title);
	if (text_same(found->key, typed))
		rank = RANK_KEY;
	else if (text_same(found->title, typed))
		rank = RANK_TITLE;
	else if (text_starts(found->title, typed))
		rank = RANK_TITLE_START;
	else if (text_starts(found->key, typed))
		rank = RANK_KEY_START;
	else if (match_occurs(match, buffer_text(&title)))
		rank = RANK_IN_TITLE;
	buffer_free(&title);
	return rank;
}

static bool is_known(const struct candidates *candidates, int64_t number)
{
	for (int i = 0; i < candidates->count; i++) {
		if (candidates->list[i].number == number)
			return true;
	}
	return false;
}

/* Takes the statement's row when it is new and its type is one of ours. */
static void take_candidate(struct candidates *candidates, struct statement *row, const char *typed,
	const struct match *match)
{
	const struct record_type *type = record_type_find(statement_text(row, 3));
	int64_t number = statement_integer(row, 0);
	struct candidate *candidate;

	if (type == NULL || is_known(candidates, number))
		return;
	candidate = &candidates->list[candidates->count];
	candidate->number = number;
	candidate->place = candidates->count++;
	candidate->found = (struct found){.type = type,
		.key = memory_text(statement_text(row, 1)),
		.title = memory_text(statement_text(row, 2))};
	candidate->rank = rank_of(&candidate->found, typed, match);
}

/*
 * Gathers rows that the expression finds, at most PER_TYPE of a type. After so many of one type
 * it asks again for what comes after that type, instead of reading all of its rows.
 */
static void gather(struct store *store, const char *expression, const char *typed,
	const struct match *match, struct candidates *candidates)
{
	int64_t after = 0;
	bool more = true;

	while (more && candidates->count < CANDIDATES) {
		struct statement *statement = store_prepare(store,
			"SELECT rowid, key, title, type FROM search "
			"WHERE search MATCH :match AND rowid > :after LIMIT :most",
			NULL);
		int64_t table = -1;
		int of_table = 0;

		if (statement == NULL)
			return;
		statement_bind_text(statement, ":match", expression);
		statement_bind_integer(statement, ":after", after);
		statement_bind_integer(statement, ":most", CANDIDATES);
		more = false;
		while (candidates->count < CANDIDATES && statement_step(statement)) {
			int64_t number = statement_integer(statement, 0);

			of_table = number >> NUMBER_SHIFT == table ? of_table + 1 : 1;
			table = number >> NUMBER_SHIFT;
			take_candidate(candidates, statement, typed, match);
			if (of_table == PER_TYPE) {
				after = ((table + 1) << NUMBER_SHIFT) - 1;
				more = true;
				break;
			}
		}
		statement_end(statement);
	}
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	return a->rank != b->rank ? (int)a->rank - (int)b->rank : a->place - b->place;
}

int record_find(struct store *store, const char *text, int wanted, struct found *out)
{
	struct candidates *candidates = memory_new(sizeof *candidates);
	struct match match = match_of(text);
	struct buffer words = {0}, titles = {0};
	char *typed = text_trim(memory_text(text));
	int count = 0;

	if (match.count > 0) {
		match_expression(&match, false, &words);
		match_expression(&match, true, &titles);
		gather(store, buffer_text(&titles), typed, &match, candidates);
		/* Other texts are looked at only when names do not fill the page. */
		if (candidates->count < wanted)
			gather(store, buffer_text(&words), typed, &match, candidates);
	}
	qsort(candidates->list, (size_t)candidates->count, sizeof *candidates->list,
		compare_candidates);
	for (int i = 0; i < candidates->count; i++) {
		if (count < wanted)
			out[count++] = candidates->list[i].found;
		else
			found_free(&candidates->list[i].found, 1);
	}
	buffer_free(&words);
	buffer_free(&titles);
	match_free(&match);
	free(candidates);
	free(typed);
	return count;
}

void found_free(struct found *found, int count)
{
	for (int i = 0; i < count; i++) {
		free(found[i].key);
		free(found[i].title);
		found[i] = (struct found){0};
	}
}
