/*
 * record_list.c - pages, runs and counts of records in any order. A page starts after a record
 * and not at a number, so that its cost does not grow with the table. GPL-3.0-or-later.
 */
#include <string.h>

#include "office/record_query.h"

/* ---- pages ---- */

struct page {
	struct record **out;
	int wanted, count;
	int looked_at;
	struct buffer folded;
};

static void take_row(struct statement *row, const struct record_query *query, struct page *page)
{
	struct record *record = record_new(query->type);

	row_read(row, record);
	page->out[page->count++] = record;
}

/* Adds the row with this id when view and parent want it. */
static bool take_hit(struct store *store, const struct record_query *query,
	const struct order *order, int64_t id, struct page *page, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;
	bool ok;

	row_select(store, query->type, ROW_LISTED, order->field, "", &sql);
	buffer_add(&sql, " WHERE t.id = :id");
	query_conditions(query, &sql);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	query_bind(statement, query, NULL);
	statement_bind_integer(statement, ":id", id);
	if (statement_step(statement))
		take_row(statement, query, page);
	ok = !statement_failed(statement, err);
	statement_end(statement);
	return ok;
}

/* Adds the statement's row to the page where the words occur in it. */
static bool take_if_matching(struct store *store, const struct record_query *query,
	const struct order *order, const struct words *words, const struct part *part,
	struct statement *row, struct page *page, struct error *err)
{
	if (part->way == WAY_BITS) {
		int64_t id = statement_integer(row, 0);

		return !bits_have(&words->hits, id) || take_hit(store, query, order, id, page, err);
	}
	if (part->way != WAY_TEST || words_in_row(words, query->type, row, &page->folded))
		take_row(row, query, page);
	return true;
}

/* Adds one part's rows to the page. False when it gave up, or failed (err has a text then). */
static bool read_part(struct store *store, const struct record_query *query,
	const struct order *order, const struct words *words, struct part *part, struct page *page,
	struct error *err)
{
	bool bounded = part->way == WAY_TEST && words->bounded && part->place == PLACE_ANY;
	struct statement *statement;
	bool ok = true;

	part->limited = part->way != WAY_TEST && part->way != WAY_BITS;
	statement = part_prepare(store, query, order, words, part, ROW_LISTED, err);
	if (statement == NULL)
		return false;
	if (part->limited)
		statement_bind_integer(statement, ":wanted", page->wanted - page->count);
	while (ok && page->count < page->wanted && statement_step(statement)) {
		if (bounded && ++page->looked_at > words_looked_at)
			ok = false;
		else
			ok = take_if_matching(
				store, query, order, words, part, statement, page, err);
	}
	if (ok && statement_failed(statement, err))
		ok = false;
	statement_end(statement);
	return ok;
}

static void empty_page(struct page *page)
{
	for (int i = 0; i < page->count; i++)
		record_free(page->out[i]);
	page->count = 0;
}

static void turn_page(struct page *page)
{
	for (int i = 0, j = page->count - 1; i < j; i++, j--) {
		struct record *record = page->out[i];

		page->out[i] = page->out[j];
		page->out[j] = record;
	}
}

static bool read_page(struct store *store, const struct record_query *query,
	const struct order *order, const struct words *words, const struct record *anchor,
	bool down, struct page *page, struct error *err)
{
	struct part parts[PARTS];
	int count = parts_of(order, words, anchor, down, parts);

	for (int i = 0; i < count && page->count < page->wanted; i++) {
		if (!read_part(store, query, order, words, &parts[i], page, err)) {
			empty_page(page);
			return false;
		}
	}
	return true;
}

int record_page(struct store *store, const struct record_query *query, const struct record *anchor,
	bool backward, int wanted, struct record **out, struct error *err)
{
	struct order order = order_of(store, query);
	struct words words = words_of(store, query, &order);
	struct page page = {.out = out, .wanted = wanted};
	bool down = order.downward != backward, ok;

	error_clear(err);
	ok = read_page(store, query, &order, &words, anchor, down, &page, err);
	if (!ok && page.looked_at > words_looked_at) {
		words_look_elsewhere(store, query, &order, &words);
		ok = read_page(store, query, &order, &words, anchor, down, &page, err);
	}
	if (backward)
		turn_page(&page);
	buffer_free(&page.folded);
	words_free(&words);
	return ok ? page.count : -1;
}

void record_page_sql(struct store *store, const struct record_query *query,
	const struct record *anchor, bool backward, int part, struct buffer *sql)
{
	struct order order = order_of(store, query);
	struct words words = {.way = WAY_NONE};
	struct part parts[PARTS];
	int count = parts_of(&order, &words, anchor, order.downward != backward, parts);

	if (part >= count)
		return;
	parts[part].limited = true;
	part_sql(store, query, &order, &parts[part], ROW_LISTED, sql);
}

/* ---- runs ---- */

struct run {
	bool (*each)(const struct record *record, void *context);
	void *context;
	struct record *record;
	struct buffer folded;
	bool more;
};

static bool run_part(struct store *store, const struct record_query *query,
	const struct order *order, const struct words *words, const struct part *part,
	struct run *run, struct error *err)
{
	struct statement *statement = part_prepare(store, query, order, words, part, ROW_ALL, err);
	bool ok = true;

	if (statement == NULL)
		return false;
	while (run->more && statement_step(statement)) {
		if (part->way == WAY_TEST &&
			!words_in_row(words, query->type, statement, &run->folded))
			continue;
		row_borrow(statement, run->record);
		run->more = run->each(run->record, run->context);
		row_return(run->record);
	}
	if (run->more && statement_failed(statement, err))
		ok = false;
	statement_end(statement);
	return ok;
}

bool record_each(struct store *store, const struct record_query *query,
	bool (*each)(const struct record *record, void *context), void *context, struct error *err)
{
	struct order order = order_of(store, query);
	struct words words = words_of(store, query, &order);
	struct run run = {each, context, record_new(query->type), {0}, true};
	struct part parts[PARTS];
	int count = parts_of(&order, &words, NULL, order.downward, parts);
	bool ok = true;

	/* The rows' texts are lent to the record, so its own empty ones go first. */
	for (int i = 0; query->type->fields[i].key != NULL; i++)
		value_clear(&run.record->values[i]);
	for (int i = 0; i < count && ok && run.more; i++)
		ok = run_part(store, query, &order, &words, &parts[i], &run, err);
	record_free(run.record);
	buffer_free(&run.folded);
	words_free(&words);
	return ok;
}

/* ---- counts ---- */

struct tally {
	int64_t count, most;
};

static bool tally_one(const struct record *record, void *context)
{
	struct tally *tally = context;

	(void)record;
	return ++tally->count < tally->most;
}

/* Appends a SELECT with a row for each record of the query. */
static void count_sql(
	const struct record_query *query, const struct words *words, struct buffer *sql)
{
	bool narrowed =
		(query->view != NULL && query->view->where != NULL) || query->parent_field != NULL;

	buffer_add(sql, "SELECT 1 FROM ");
	if (words->match.count == 0) {
		buffer_format(sql, "%s AS t WHERE 1", query->type->source);
	} else if (words->way == WAY_NAMED) {
		buffer_format(sql, "%s AS t WHERE t.id IN (SELECT value FROM json_each(:ids))",
			query->type->source);
	} else if (narrowed) {
		/* Each hit looks its row up as it comes; a set of all hits is never built. */
		buffer_format(sql,
			"search CROSS JOIN %s AS t WHERE search MATCH :match AND "
			"search.rowid BETWEEN :first AND :last AND t.id = search.rowid - :first",
			query->type->source);
	} else {
		buffer_add(
			sql, "search WHERE search MATCH :match AND rowid BETWEEN :first AND :last");
	}
	query_conditions(query, sql);
}

static bool is_whole_table(const struct record_query *query, const struct words *words)
{
	bool viewed = query->view != NULL && query->view->where != NULL &&
		      strcmp(query->view->where, "1") != 0;

	return !viewed && query->parent_field == NULL && words->match.count == 0;
}

int64_t record_count_to(struct store *store, const struct record_query *query, int64_t most)
{
	struct order order = {.by_id = true}; /* of no matter, and so the index need not be asked */
	struct words words = words_of(store, query, &order);
	struct tally tally = {.most = most};
	struct buffer sql = {0};
	struct statement *statement;

	if (words.way == WAY_TEST) {
		record_each(store, query, tally_one, &tally, NULL);
		words_free(&words);
		return tally.count;
	}
	if (is_whole_table(query, &words) && most == INT64_MAX) {
		/* This alone SQLite counts without looking at the rows. */
		buffer_format(&sql, "SELECT count(*) FROM %s", query->type->source);
	} else {
		buffer_add(&sql, "SELECT count(*) FROM (");
		count_sql(query, &words, &sql);
		buffer_add(&sql, most == INT64_MAX ? ")" : " LIMIT :most)");
	}
	statement = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (statement != NULL) {
		query_bind(statement, query, &words);
		if (most != INT64_MAX)
			statement_bind_integer(statement, ":most", most);
		if (statement_step(statement))
			tally.count = statement_integer(statement, 0);
		statement_end(statement);
	}
	words_free(&words);
	return tally.count;
}

int64_t record_count(struct store *store, const struct record_query *query)
{
	return record_count_to(store, query, INT64_MAX);
}
