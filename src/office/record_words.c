/*
 * record_words.c - the words of a list's filter: whether few or many rows hold them, and the
 * quickest way to those that come first in the list's order. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/record_query.h"

int words_few = 8000;
int words_looked_at = 1000;

enum {
	MOST_BITS = 1 << 27,    /* ids beyond this are not kept as bits */
	MOST_TOGETHER = 100000, /* rows of one beginning that are gone through */
};

/* ---- ids as bits ---- */

bool bits_have(const struct bits *bits, int64_t id)
{
	return id >= 0 && id < bits->size && bits->bytes[id / 8] & 1 << id % 8;
}

static void make_room(struct bits *bits, int64_t wanted)
{
	int64_t size = bits->size == 0 ? 1 << 16 : bits->size;

	if (wanted <= bits->size)
		return;
	while (size < wanted)
		size *= 2;
	bits->bytes = memory_resize(bits->bytes, (size_t)size / 8);
	memset(bits->bytes + bits->size / 8, 0, (size_t)(size - bits->size) / 8);
	bits->size = size;
}

bool bits_set(struct bits *bits, int64_t id)
{
	if (id < 0 || id >= MOST_BITS)
		return false;
	make_room(bits, id + 1);
	bits->bytes[id / 8] |= (unsigned char)(1 << id % 8);
	bits->count++;
	return true;
}

static void bits_drop(struct bits *bits, int64_t id)
{
	unsigned char bit = (unsigned char)(1 << id % 8);

	if (!bits_have(bits, id))
		return;
	bits->bytes[id / 8] &= (unsigned char)~bit;
	bits->count--;
}

void bits_list(const struct bits *bits, struct buffer *out)
{
	buffer_clear(out);
	buffer_add_char(out, '[');
	for (int64_t byte = 0; byte < bits->size / 8; byte++) {
		for (int bit = 0; bits->bytes[byte] != 0 && bit < 8; bit++) {
			if (bits->bytes[byte] & 1 << bit)
				buffer_format(out, "%s%lld", out->length > 1 ? "," : "",
					(long long)(byte * 8 + bit));
		}
	}
	buffer_add_char(out, ']');
}

/* Counts again after whole bytes were changed. */
static void count_bits(struct bits *bits)
{
	bits->count = 0;
	for (int64_t byte = 0; byte < bits->size / 8; byte++)
		bits->count += __builtin_popcount(bits->bytes[byte]);
}

void bits_join(struct bits *bits, const struct bits *others)
{
	make_room(bits, others->size);
	for (int64_t byte = 0; byte < others->size / 8; byte++)
		bits->bytes[byte] |= others->bytes[byte];
	count_bits(bits);
}

void bits_keep(struct bits *bits, const struct bits *others)
{
	for (int64_t byte = 0; byte < bits->size / 8; byte++)
		bits->bytes[byte] &= byte < others->size / 8 ? others->bytes[byte] : 0;
	count_bits(bits);
}

void bits_free(struct bits *bits)
{
	free(bits->bytes);
	*bits = (struct bits){0};
}

/* ---- the search index's answer ---- */

bool bits_search(struct store *store, const struct search_range *range, const char *expression,
	int64_t most, struct bits *bits)
{
	struct statement *statement = store_prepare(store,
		"SELECT rowid - :first FROM search "
		"WHERE search MATCH :match AND rowid BETWEEN :first AND :last LIMIT :most",
		NULL);
	bool ok = statement != NULL;

	bits->count = 0;
	if (bits->size > 0)
		memset(bits->bytes, 0, (size_t)bits->size / 8);
	if (ok) {
		statement_bind_text(statement, ":match", expression);
		statement_bind_integer(statement, ":first", range->first);
		statement_bind_integer(statement, ":last", range->last);
		statement_bind_integer(statement, ":most", most);
	}
	while (ok && statement_step(statement))
		ok = bits_set(bits, statement_integer(statement, 0));
	ok = ok && !statement_failed(statement, NULL);
	statement_end(statement);
	return ok;
}

static bool read_hits(struct store *store, struct words *words, int64_t most)
{
	return bits_search(
		store, &words->range, buffer_text(&words->expression), most, &words->hits);
}

/* ---- the way to begin with ---- */

struct words words_of(
	struct store *store, const struct record_query *query, const struct order *order)
{
	struct words words = {.match = match_of(query->match), .named = query->named};

	if (words.match.count == 0)
		return words;
	words.range = search_range_of(store, query->type);
	match_expression(&words.match, words.named, &words.expression);
	/* What the index does not hold can only be tested row by row. */
	if (!words.named)
		words.referred = words_refer(store, query, &words);
	if (!words.range.whole) {
		words.way = WAY_TEST;
	} else if (words.referred && words_join_refers(store, &words)) {
		words.way = WAY_NAMED;
	} else if (order->by_id) {
		words.way = WAY_RUN;
	} else if (read_hits(store, &words, words_few + 1) && words.hits.count <= words_few) {
		words.way = WAY_NAMED;
		bits_list(&words.hits, &words.ids);
	} else {
		words.way = order->quick ? WAY_TEST : WAY_INDEX;
		words.bounded = true;
	}
	return words;
}

static void forget_ends(struct words *words)
{
	free(words->low);
	free(words->high);
	words->low = words->high = NULL;
}

void words_free(struct words *words)
{
	match_free(&words->match);
	buffer_free(&words->expression);
	buffer_free(&words->ids);
	bits_free(&words->hits);
	for (int i = 0; i < MATCH_WORDS; i++)
		bits_free(&words->refers[i]);
	forget_ends(words);
}

bool words_in_row(const struct words *words, const struct record_type *type, struct statement *row,
	struct buffer *folded)
{
	const struct field *key = record_type_key(type), *title = record_type_title(type);

	buffer_clear(folded);
	for (int i = 0; type->fields[i].key != NULL; i++) {
		const struct field *field = &type->fields[i];
		bool names = field == key || field == title;

		if (!search_has_field(type, field) || (words->named && !names))
			continue;
		match_fold(statement_text(row, i + ROW_BEFORE), folded);
		/* Key and title are columns of their own in the index; all others are one text. */
		if (names)
			match_gap(folded);
	}
	for (int i = 0; i < words->match.count; i++) {
		if (!match_word_occurs(&words->match, i, buffer_text(folded)) &&
			!bits_have(&words->refers[i], statement_integer(row, 0)))
			return false;
	}
	return true;
}

/* ---- many rows that stand together ---- */

/* Takes out of hits the rows whose value begins with the word. False when they are too many. */
static bool drop_beginning(struct store *store, const struct record_query *query,
	const struct order *order, const struct words *words, struct bits *hits)
{
	struct buffer sql = {0};
	struct statement *statement;
	int count = 0;
	bool ok;

	buffer_format(&sql, "SELECT t.id FROM %s AS t WHERE t.%s >= :low AND t.%s < :high",
		query->type->source, order->field->key, order->field->key);
	statement = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	query_bind(statement, query, words);
	while (count <= MOST_TOGETHER && statement_step(statement)) {
		bits_drop(hits, statement_integer(statement, 0));
		count++;
	}
	ok = count <= MOST_TOGETHER && !statement_failed(statement, NULL);
	statement_end(statement);
	return ok;
}

/* low and high of the values that begin with this folded word; false for words of other scripts. */
static bool set_ends(struct words *words, const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)word[i]) || (unsigned char)word[i] >= 0x80)
			return false;
	}
	forget_ends(words);
	words->low = memory_text(word);
	words->high = memory_text(word);
	words->high[length - 1]++;
	return true;
}

/* Fills low, high and ids; false when the matching rows do not stand together so. */
static bool stand_together(struct store *store, const struct record_query *query,
	const struct order *order, struct words *words)
{
	struct bits left = {.bytes = memory_new((size_t)words->hits.size / 8 + 1)};
	bool together = false;

	for (int i = 0; i < words->match.count && !together; i++) {
		if (!set_ends(words, words->match.words[i] + 1))
			continue;
		if (words->hits.size > 0)
			memcpy(left.bytes, words->hits.bytes, (size_t)words->hits.size / 8);
		left.size = words->hits.size;
		left.count = words->hits.count;
		together = drop_beginning(store, query, order, words, &left) &&
			   left.count <= words_few;
	}
	if (together)
		bits_list(&left, &words->ids);
	else
		forget_ends(words);
	free(left.bytes);
	return together;
}

void words_look_elsewhere(struct store *store, const struct record_query *query,
	const struct order *order, struct words *words)
{
	words->way = WAY_INDEX;
	if (!read_hits(store, words, -1))
		return;
	if (order->nullable || order->field->type->integer ||
		!stand_together(store, query, order, words))
		words->way = WAY_BITS;
}
