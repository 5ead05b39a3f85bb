/*
 * deed.c - holds the columns that an entry of the audit changed against what each action sets.
 * GPL-3.0-or-later.
 */
#include "report/deed.h"

#include <string.h>

struct part {
	const char *text;
	size_t length;
};

/* The length of a literal as SQL writes it; a quoted text may hold line ends itself. */
static size_t literal_length(const char *text)
{
	const char *at = text;

	if (*at != '\'')
		return strcspn(text, "\n,");
	for (at++; *at != '\0' && (*at != '\'' || at[1] == '\''); at++)
		at += *at == '\'';
	return (size_t)(at - text) + (*at == '\'');
}

/* The next of the lines "column=literal"; false at their end. */
static bool next_line(const char **lines, struct part *column, struct part *literal)
{
	const char *at = *lines;

	*column = (struct part){at, strcspn(at, "=")};
	if (at[column->length] == '\0')
		return false;
	at += column->length + 1;
	*literal = (struct part){at, literal_length(at)};
	at += literal->length;
	*lines = at + (*at == '\n');
	return true;
}

static bool is_same(struct part left, struct part right)
{
	return left.length == right.length && memcmp(left.text, right.text, left.length) == 0;
}

static bool find_line(const char *lines, struct part wanted, struct part *literal)
{
	struct part column;

	while (next_line(&lines, &column, literal))
		if (is_same(column, wanted))
			return true;
	return false;
}

/* What a SET assigns to the column: the text behind "column = "; NULL: it leaves it alone. */
static const char *assigned(const char *set, struct part column)
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

/* Did the state change, from one that the action is offered in? */
static bool state_fits(const struct record_type *type, const struct action *action,
	const char *before, const char *after)
{
	const char *name = type->state != NULL ? type->state : "status";
	struct part state = {name, strlen(name)}, from, to;
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
	struct part column, literal;
	int named = 0;

	if (action->set == NULL || !state_fits(type, action, before, after))
		return -1;
	while (next_line(&after, &column, &literal)) {
		const char *value = assigned(action->set, column);

		if (value == NULL)
			return -1;
		if (!is_literal(value))
			continue;
		if (!is_same((struct part){value, literal_length(value)}, literal))
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
