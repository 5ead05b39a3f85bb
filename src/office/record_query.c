/*
 * record_query.c - a list's order and the SQL of its parts. GPL-3.0-or-later.
 *
 * The order is (empty last, value, id). It is read in two stretches, the values and then the
 * empty ones, because each of them alone follows an index on the column.
 */
#include "office/record_query.h"

/* ---- order ---- */

static bool is_numbered(const struct record_type *type)
{
	return type->key_rule != KEY_NATURAL && type->key_rule != KEY_MEETING;
}

struct order order_of(struct store *store, const struct record_query *query)
{
	const struct record_type *type = query->type;
	struct order order = {.field = query->sort, .downward = query->downward};

	if (order.field == NULL && type->sort != NULL) {
		bool down = type->sort[0] == '-';

		order.field = record_type_field(type, type->sort + down);
		order.downward = query->downward != down;
	}
	/* To those who may not see a value, its order would tell it all the same. */
	if (order.field == NULL || !row_may_see(store, order.field))
		order.field = record_type_key(type);
	order.index = (int)(order.field - type->fields);
	order.by_id = order.field->flags & FIELD_KEY && is_numbered(type);
	order.nullable = !(order.field->flags & FIELD_KEY) &&
			 (!field_stored(order.field) || order.field->flags & FIELD_PRIVATE ||
				 order.field->type->null_when_empty);
	order.quick = order.by_id || order.field->flags & (FIELD_KEY | FIELD_INDEXED);
	return order;
}

/* ---- conditions ---- */

void query_conditions(const struct record_query *query, struct buffer *sql)
{
	if (query->view != NULL && query->view->where != NULL)
		buffer_format(sql, " AND (%s)", query->view->where);
	if (query->parent_field != NULL)
		buffer_format(sql, " AND t.%s = :parent", query->parent_field);
}

static void add_words(enum way way, struct buffer *sql)
{
	switch (way) {
	case WAY_RUN:
		buffer_add(sql,
			" AND search MATCH :match AND search.rowid BETWEEN :first AND :last "
			"AND t.id = search.rowid - :first");
		break;
	case WAY_NAMED:
		buffer_add(sql, " AND t.id IN (SELECT value FROM json_each(:ids))");
		break;
	case WAY_INDEX:
		/* The plus keeps SQLite from jumping to each of many rows instead of reading on. */
		buffer_add(sql, " AND +t.id IN (SELECT rowid - :first FROM search "
				"WHERE search MATCH :match AND rowid BETWEEN :first AND :last)");
		break;
	case WAY_NONE:
	case WAY_TEST:
	case WAY_BITS:
		break;
	}
}

void query_bind(
	struct statement *statement, const struct record_query *query, const struct words *words)
{
	if (query->parent_field != NULL && statement_has(statement, ":parent"))
		statement_bind_text(statement, ":parent", query->parent);
	if (statement_has(statement, ":match")) {
		statement_bind_text(statement, ":match", buffer_text(&words->expression));
		statement_bind_integer(statement, ":first", words->range.first);
		statement_bind_integer(statement, ":last", words->range.last);
	}
	if (statement_has(statement, ":ids"))
		statement_bind_text(statement, ":ids", buffer_text(&words->ids));
	if (statement_has(statement, ":low"))
		statement_bind_text(statement, ":low", words->low);
	if (statement_has(statement, ":high"))
		statement_bind_text(statement, ":high", words->high);
}

/* ---- parts ---- */

static int stretches_of(
	const struct order *order, const struct record *anchor, bool down, struct part out[PARTS])
{
	bool at_empty = anchor != NULL && order->nullable &&
			anchor->loaded[order->index].kind == VALUE_NULL;
	int count = 0;

	if (!order->nullable) {
		out[count++] = (struct part){.anchor = anchor, .down = down};
		return count;
	}
	/* Upward the values come first; past them only the empty ones are left. */
	if (!down && !at_empty)
		out[count++] = (struct part){.anchor = anchor, .down = down};
	if (!down || anchor == NULL || at_empty)
		out[count++] = (struct part){
			.empty = true, .anchor = at_empty ? anchor : NULL, .down = down};
	if (down)
		out[count++] = (struct part){.anchor = at_empty ? NULL : anchor, .down = down};
	return count;
}

/* Below, within and beyond the values that begin with a word. */
static int places_of(const struct record *anchor, bool down, struct part out[PARTS])
{
	static const enum part_place places[PARTS] = {PLACE_BELOW, PLACE_WITHIN, PLACE_BEYOND};

	for (int i = 0; i < PARTS; i++) {
		enum part_place place = places[down ? PARTS - 1 - i : i];

		out[i] = (struct part){.place = place,
			.way = place == PLACE_WITHIN ? WAY_TEST : WAY_NAMED,
			.anchor = anchor,
			.down = down};
	}
	return PARTS;
}

int parts_of(const struct order *order, const struct words *words, const struct record *anchor,
	bool down, struct part out[PARTS])
{
	int count;

	if (words->low != NULL)
		return places_of(anchor, down, out);
	count = stretches_of(order, anchor, down, out);
	for (int i = 0; i < count; i++)
		out[i].way = words->way;
	return count;
}

static void add_place(const struct part *part, const char *value, struct buffer *sql)
{
	if (part->place == PLACE_BELOW)
		buffer_format(sql, " AND %s < :low", value);
	else if (part->place == PLACE_WITHIN)
		buffer_format(sql, " AND %s >= :low AND %s < :high", value, value);
	else if (part->place == PLACE_BEYOND)
		buffer_format(sql, " AND %s >= :high", value);
}

static void add_order(const struct order *order, const struct part *part, struct buffer *sql)
{
	const char *beyond = part->down ? "<" : ">";
	const char *direction = part->down ? " DESC" : "";
	struct buffer value = {0};

	row_expression(order->field, &value);
	add_place(part, buffer_text(&value), sql);
	if (order->nullable)
		buffer_format(
			sql, " AND %s IS %sNULL", buffer_text(&value), part->empty ? "" : "NOT ");
	if (part->way == WAY_RUN) {
		/* The index counts its rows by type and id, and gives them in that order. */
		if (part->anchor != NULL)
			buffer_format(sql, " AND search.rowid %s :first + :id", beyond);
		buffer_format(sql, " ORDER BY search.rowid%s", direction);
	} else if (order->by_id || part->empty) {
		if (part->anchor != NULL)
			buffer_format(sql, " AND t.id %s :id", beyond);
		buffer_format(sql, " ORDER BY t.id%s", direction);
	} else {
		if (part->anchor != NULL)
			buffer_format(sql, " AND (%s, t.id) %s (:value, :id)", buffer_text(&value),
				beyond);
		buffer_format(
			sql, " ORDER BY %s%s, t.id%s", buffer_text(&value), direction, direction);
	}
	buffer_free(&value);
}

void part_sql(struct store *store, const struct record_query *query, const struct order *order,
	const struct part *part, enum row_fields fields, struct buffer *sql)
{
	if (part->way == WAY_BITS) {
		/* Ids alone come from the index on the value; the rest is asked of each hit. */
		buffer_format(sql, "SELECT t.id FROM %s AS t WHERE 1", query->type->source);
	} else {
		row_select(store, query->type, fields, order->field,
			part->way == WAY_RUN ? "search CROSS JOIN " : "", sql);
		buffer_add(sql, " WHERE 1");
		query_conditions(query, sql);
	}
	add_words(part->way, sql);
	add_order(order, part, sql);
	if (part->limited)
		buffer_add(sql, " LIMIT :wanted");
}

struct statement *part_prepare(struct store *store, const struct record_query *query,
	const struct order *order, const struct words *words, const struct part *part,
	enum row_fields fields, struct error *err)
{
	struct buffer sql = {0};
	struct statement *statement;

	part_sql(store, query, order, part, fields, &sql);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return NULL;
	query_bind(statement, query, words);
	if (part->anchor != NULL) {
		statement_bind_integer(statement, ":id", part->anchor->id);
		if (statement_has(statement, ":value"))
			row_bind(statement, order->field, "value",
				&part->anchor->loaded[order->index]);
	}
	return statement;
}
