/*
 * deed.c - holds the columns that an entry of the audit changed against what each action sets.
 * GPL-3.0-or-later.
 */
#include "report/deed.h"

#include <string.h>

#include "store/audit_line.h"

static bool find_line(const char *lines, struct audit_part wanted, struct audit_part *literal)
{
	struct audit_part column;

	while (audit_line(&lines, &column, literal))
		if (audit_part_same(column, wanted))
			return true;
	return false;
}

/* What a SET assigns to the column: the text behind "column = "; NULL: it leaves it alone. */
static const char *assigned(const char *set, struct audit_part column)
{
	for (const char *at = set; at != NULL; at = strstr(at, ", ")) {
		at += at == set ? 0 : 2;
		if (strncmp(at, column.text, column.length) == 0 &&
			strncmp(at + column.length, " = ", 3) == 0)
			return at + column.length + 3;
	}
	return NULL;
}

static bool is_literal(const char *expression)
{
	return *expression == '\'' || strncmp(expression, "NULL", 4) == 0;
}

static struct audit_part literal_of(const char *expression)
{
	return (struct audit_part){expression,
		*expression == '\'' ? audit_literal_length(expression) : strlen("NULL")};
}

/* Did the state change, from one that the action is offered in? */
static bool state_fits(const struct record_type *type, const struct action *action,
	const char *before, const char *after)
{
	const char *name = type->state != NULL ? type->state : "status";
	struct audit_part state = {name, strlen(name)}, from, to;
	char word[32];

	if (assigned(action->set, state) == NULL)
		return true;
	if (!find_line(after, state, &to) || !find_line(before, state, &from) || from.length < 2 ||
		from.length - 2 >= sizeof word)
		return false;
	memcpy(word, from.text + 1, from.length - 2);
	word[from.length - 2] = '\0';
	return action_lists(action->states, word);
}

/* How many of the values are those that the action gives by name; -1: it is another's deed. */
static int fit(const struct record_type *type, const struct action *action, const char *before,
	const char *after)
{
	struct audit_part column, literal;
	int named = 0;

	if (action->set == NULL || !state_fits(type, action, before, after))
		return -1;
	while (audit_line(&after, &column, &literal)) {
		const char *value = assigned(action->set, column);

		if (value == NULL)
			return -1;
		if (!is_literal(value))
			continue;
		if (!audit_part_same(literal_of(value), literal))
			return -1;
		named++;
	}
	return named;
}

static bool is_in(struct store *store, const struct record_type *type, const char *key,
	const char *field, const char *who)
{
	struct buffer sql = {0};
	struct statement *row;
	bool is;

	buffer_format(&sql, "SELECT 1 FROM %s WHERE %s = :key AND %s = :who", type->source,
		record_type_key(type)->key, field);
	row = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (row == NULL)
		return false;
	statement_bind_text(row, ":key", key);
	statement_bind_text(row, ":who", who);
	is = statement_step(row);
	statement_end(row);
	return is;
}

const struct action *deed_find(struct store *store, const struct record_type *type, const char *key,
	const char *who, const char *before, const char *after)
{
	const struct action *action = type->actions, *found = NULL;
	int most = 0;

	for (; action != NULL && action->name != NULL && *after != '\0'; action++) {
		int named = fit(type, action, before, after);

		if (named < most || named < 0 ||
			(action->by != NULL && !is_in(store, type, key, action->by, who)))
			continue;
		if (found == NULL || named > most || action->by != NULL)
			found = action;
		most = named;
	}
	return found;
}
