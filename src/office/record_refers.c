/*
 * record_refers.c - words of a filter that stand in the records a row refers to: the vendor's name
 * in a list of requests, the person behind a login. GPL-3.0-or-later.
 */
#include <string.h>

#include "office/record_query.h"

enum {
	KEYS_MOST = 500,   /* a word that more records of a type have says nothing yet */
	ROWS_MOST = 20000, /* more rows than these are left to their own texts */
	SCANNED = 50000,   /* of a table this big only an index on the reference finds the rows */
};

/* Appends a SELECT of the keys of the type's records that have the word in key or title. */
static void add_keys(struct store *store, const struct record_type *type, struct buffer *sql)
{
	const struct field *key = record_type_key(type), *title = record_type_title(type);
	struct search_range range = search_range_of(store, type);

	buffer_format(sql,
		"SELECT key FROM search WHERE search MATCH :match AND rowid BETWEEN %lld AND %lld",
		(long long)range.first, (long long)range.last);
	/* What is private stands in no index. */
	if (!range.whole) {
		buffer_format(sql, " UNION SELECT t.%s FROM %s AS t WHERE instr(lower(' ' || t.%s",
			key->key, type->source, key->key);
		if (title != NULL && title != key) {
			buffer_add(sql, " || ' ' || ");
			row_expression(title, sql);
		}
		buffer_add(sql, "), :word)");
	}
	/* A login reads as the person it belongs to. */
	for (const struct field *field = type->fields; type->reads != NULL && field->key != NULL;
		field++) {
		if (field->type != &reference_type || !field_stored(field) ||
			field->flags & FIELD_PRIVATE)
			continue;
		buffer_format(sql, " UNION SELECT %s FROM %s WHERE %s IN (", key->key, type->source,
			field->key);
		add_keys(store, field_refers(field), sql);
		buffer_add_char(sql, ')');
	}
}

static void bind_word(struct statement *statement, const char *word)
{
	struct match match = {.words = {(char *)word}, .count = 1};
	struct buffer expression = {0};

	match_expression(&match, true, &expression);
	statement_bind_text(statement, ":match", buffer_text(&expression));
	if (statement_has(statement, ":word"))
		statement_bind_text(statement, ":word", word);
	buffer_free(&expression);
}

/* Is the word that of some records, and of few enough to mean them? */
static bool names_some(struct store *store, const char *keys, const char *word)
{
	struct buffer sql = {0};
	struct statement *row;
	int64_t count = 0;

	buffer_format(&sql, "SELECT count(*) FROM (%s LIMIT %d)", keys, KEYS_MOST + 1);
	row = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (row == NULL)
		return false;
	bind_word(row, word);
	if (statement_step(row))
		count = statement_integer(row, 0);
	statement_end(row);
	return count > 0 && count <= KEYS_MOST;
}

/* Adds the ids that the statement gives. False when they are more than ROWS_MOST. */
static bool take_ids(struct statement *row, struct bits *bits)
{
	bool all = true;

	while (all && statement_step(row))
		all = bits_set(bits, statement_integer(row, 0)) && bits->count <= ROWS_MOST;
	statement_end(row);
	return all;
}

static void take_referring(struct store *store, const struct record_type *type,
	const struct field *field, const char *word, struct bits *bits)
{
	struct buffer keys = {0}, sql = {0};
	struct bits found = {0};
	struct statement *row;

	add_keys(store, field_refers(field), &keys);
	if (names_some(store, buffer_text(&keys), word)) {
		buffer_format(&sql, "SELECT t.id FROM %s AS t WHERE t.%s IN (%s)", type->source,
			field->key, buffer_text(&keys));
		row = store_prepare(store, buffer_text(&sql), NULL);
		if (row != NULL) {
			bind_word(row, word);
			if (take_ids(row, &found))
				bits_join(bits, &found);
		}
	}
	bits_free(&found);
	buffer_free(&keys);
	buffer_free(&sql);
}

static bool is_big(struct store *store, const struct record_type *type)
{
	struct buffer sql = {0};
	int64_t last;

	buffer_format(&sql, "SELECT max(id) FROM %s", type->table);
	last = store_integer(store, buffer_text(&sql), NULL, 0);
	buffer_free(&sql);
	return last > SCANNED;
}

bool words_refer(struct store *store, const struct record_query *query, struct words *words)
{
	const struct record_type *type = query->type;
	bool big = is_big(store, type), any = false;

	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (field->type != &reference_type || !field_stored(field) ||
			!(field->flags & (FIELD_IN_LIST | FIELD_TAB | FIELD_PARENT)) ||
			!row_may_see(store, field) ||
			(big && !(field->flags & (FIELD_INDEXED | FIELD_TAB | FIELD_PARENT))))
			continue;
		for (int i = 0; i < words->match.count; i++) {
			/* A blank and one letter: what begins with it is too much to mean anything.
			 */
			if (words->match.words[i][2] == '\0')
				continue;
			take_referring(
				store, type, field, words->match.words[i], &words->refers[i]);
			any = any || words->refers[i].count > 0;
		}
	}
	return any;
}

/* The rows whose own texts have the word. */
static bool take_matching(
	struct store *store, const struct words *words, const char *word, struct bits *bits)
{
	struct match match = {.words = {(char *)word}, .count = 1};
	struct buffer expression = {0};
	bool all;

	match_expression(&match, false, &expression);
	all = bits_search(store, &words->range, buffer_text(&expression), ROWS_MOST + 1, bits) &&
	      bits->count <= ROWS_MOST;
	buffer_free(&expression);
	return all;
}

bool words_join_refers(struct store *store, struct words *words)
{
	bool all = true;

	for (int i = 0; i < words->match.count && all; i++) {
		struct bits found = {0};

		all = take_matching(store, words, words->match.words[i], &found);
		bits_join(&found, &words->refers[i]);
		if (i == 0)
			bits_join(&words->hits, &found);
		else
			bits_keep(&words->hits, &found);
		bits_free(&found);
	}
	if (all)
		bits_list(&words->hits, &words->ids);
	return all;
}
