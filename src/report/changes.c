/*
 * changes.c - reads the audit backward from its newest row and says in words what others did.
 * GPL-3.0-or-later.
 */
#include "report/changes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/people.h"
#include "report/deed.h"

enum {
	GROUPS = 24, /* kinds of deeds told apart */
	NAMED = 3,   /* so many records of a kind are named, more are counted */
	KEY_BYTES = 48
};

static const char audit_sql[] =
	"SELECT id, who, type, key, operation, before, after FROM audit_seen\n"
	"WHERE id > :since AND who <> actor() ORDER BY id DESC";
static const char newest_sql[] = "SELECT id FROM audit_seen ORDER BY id DESC LIMIT 1";

static const char ADDED[] = "added {}", CHANGED[] = "changed {}";

/* Somebody did one thing to records of one type. */
struct group {
	char who[40];
	const char *told; /* as an action's */
	const struct record_type *type;
	int64_t newest;
	int count;
	struct {
		char key[KEY_BYTES];
		int64_t newest;
	} named[NAMED];
	char last[KEY_BYTES];
	int64_t oldest; /* of all its rows */
};

/* ---- what was done ---- */

/* Sets *acted when it was an action, which belongs to the record itself and not its parent. */
static const char *find_told(
	struct store *store, const struct record_type *type, struct statement *row, bool *acted)
{
	const char *operation = statement_text(row, 4);
	const struct action *action =
		strcmp(operation, "update") != 0
			? NULL
			: deed_find(store, type, statement_text(row, 3), statement_text(row, 1),
				  statement_text(row, 5), statement_text(row, 6));

	*acted = action != NULL && action->told != NULL;
	return *acted                             ? action->told
	       : strcmp(operation, "insert") == 0 ? ADDED
	       : strcmp(operation, "delete") == 0 ? "deleted {}"
						  : CHANGED;
}

/* A part stands for the record it is a part of: PR-2026-0139/2 for PR-2026-0139. */
static const struct record_type *climb(const struct record_type *type, char key[KEY_BYTES])
{
	const struct field *parent = record_type_parent(type);
	char *slash;

	while (type->key_rule == KEY_CHILD && parent != NULL &&
		(slash = strrchr(key, '/')) != NULL && record_type_find(parent->refers) != NULL) {
		*slash = '\0';
		type = record_type_find(parent->refers);
		parent = record_type_parent(type);
	}
	return type;
}

/* ---- collecting ---- */

static int find_named(const struct group *group, const char *key)
{
	for (int i = 0; i < group->count && i < NAMED; i++)
		if (strcmp(group->named[i].key, key) == 0)
			return i;
	return -1;
}

/* An older change of a record by somebody goes without saying once a later deed is told. */
static bool is_told(const struct group *groups, int count, const char *who,
	const struct record_type *type, const char *key)
{
	for (int i = 0; i < count; i++)
		if (groups[i].type == type && strcmp(groups[i].who, who) == 0 &&
			(find_named(&groups[i], key) >= 0 || strcmp(groups[i].last, key) == 0))
			return true;
	return false;
}

static struct group *find_group(struct group *groups, int *count, const char *who,
	const struct record_type *type, const char *told)
{
	struct group *group;

	for (int i = 0; i < *count; i++)
		if (groups[i].type == type && strcmp(groups[i].who, who) == 0 &&
			strcmp(groups[i].told, told) == 0)
			return &groups[i];
	if (*count == GROUPS)
		return NULL;
	group = &groups[(*count)++];
	*group = (struct group){.type = type, .told = told};
	snprintf(group->who, sizeof group->who, "%s", who);
	return group;
}

/*
 * A record that was added and then changed was added, whatever came last: forgets the change.
 * Returns the audit row of it, or 0 for none.
 */
static int64_t forget_change(struct group *groups, int count, const char *who,
	const struct record_type *type, const char *key)
{
	for (int i = 0; i < count; i++) {
		struct group *group = &groups[i];
		int index = find_named(group, key);
		int64_t newest;

		if (index < 0 || group->type != type || strcmp(group->who, who) != 0 ||
			strcmp(group->told, CHANGED) != 0 || group->count > NAMED)
			continue;
		newest = group->named[index].newest;
		group->count--;
		memmove(&group->named[index], &group->named[index + 1],
			(size_t)(group->count - index) * sizeof *group->named);
		group->last[0] = '\0';
		return newest;
	}
	return 0;
}

/* False when no more kinds of deeds can be told apart. */
static bool add_row(struct store *store, struct group *groups, int *count, struct statement *row)
{
	const struct record_type *type = record_type_find(statement_text(row, 2));
	const char *who = statement_text(row, 1);
	int64_t id = statement_integer(row, 0);
	struct group *group;
	const char *told;
	char key[KEY_BYTES];
	bool acted;

	if (type == NULL)
		return true;
	snprintf(key, sizeof key, "%s", statement_text(row, 3));
	told = find_told(store, type, row, &acted);
	if (!acted) {
		const struct record_type *whole = climb(type, key);
		int64_t changed;

		if (whole != type)
			told = CHANGED;
		type = whole;
		changed = strcmp(told, ADDED) == 0 ? forget_change(groups, *count, who, type, key)
						   : 0;
		if (changed != 0)
			id = changed;
		else if (is_told(groups, *count, who, type, key))
			return true;
	}
	group = find_group(groups, count, who, type, told);
	if (group == NULL)
		return false;
	group->oldest = statement_integer(row, 0);
	if (group->count > 0 && (find_named(group, key) >= 0 || strcmp(group->last, key) == 0))
		return true;
	if (group->newest < id)
		group->newest = id;
	if (group->count < NAMED) {
		snprintf(group->named[group->count].key, KEY_BYTES, "%s", key);
		group->named[group->count].newest = id;
	}
	snprintf(group->last, sizeof group->last, "%s", key);
	group->count++;
	return true;
}

/* ---- words ---- */

static void copy_words(struct change *change, const struct buffer *words)
{
	snprintf(change->words, sizeof change->words, "%s", buffer_text(words));
}

/*
 * "M. Chen noted C-0005 left: Lakeside Family Medicine": a narrow column cuts the end of the
 * title, not what was done. what: length bytes for the record or how many, and behind them a title.
 */
static void add_told(struct store *store, const struct group *group, const char *what,
	size_t length, struct buffer *words)
{
	const char *braces = strstr(group->told, "{}");

	person_short(store, group->who, words);
	buffer_format(words, " %.*s%.*s%s", (int)(braces - group->told), group->told, (int)length,
		what, braces + 2);
	if (braces[2] != '\0' && what[length] != '\0')
		buffer_add_char(words, ':');
	buffer_add(words, what + length);
}

static void say_named(
	struct store *store, const struct group *group, int index, struct change *change)
{
	struct field reference = {.type = &reference_type, .refers = group->type->name};
	struct value key = {.kind = VALUE_NULL};
	struct buffer label = {0}, words = {0};
	size_t length;

	value_set_text(&key, group->named[index].key);
	/* A login that reads as its person would say that somebody added themselves. */
	if (group->type->reads != NULL)
		buffer_format(&label, "%s %s", group->type->label, key.text);
	else
		record_reference_label(store, &reference, &key, &label);
	length = strlen(key.text);
	if (strncmp(buffer_text(&label), key.text, length) != 0)
		length = label.length;
	add_told(store, group, buffer_text(&label), length, &words);
	value_clear(&key);
	*change = (struct change){.type = group->type};
	snprintf(change->key, sizeof change->key, "%s", group->named[index].key);
	copy_words(change, &words);
	buffer_free(&label);
	buffer_free(&words);
}

/* "Purchase requests" is the plural of a heading; here it stands within a sentence. */
static void say_counted(
	struct store *store, const struct group *group, bool cut, struct change *change)
{
	struct buffer words = {0}, count = {0};
	char *plural = memory_text(group->type->plural);
	int rest = cut ? 0 : group->count % 1000;

	if (plural[0] >= 'A' && plural[0] <= 'Z' && plural[1] >= 'a')
		plural[0] = (char)(plural[0] - 'A' + 'a');
	buffer_add(&count, cut ? "over " : "");
	if (group->count >= 1000)
		buffer_format(&count, "%d,%03d", group->count / 1000, rest);
	else
		buffer_format(&count, "%d", group->count);
	buffer_format(&count, " %s", plural);
	add_told(store, group, buffer_text(&count), count.length, &words);
	*change = (struct change){.type = group->type};
	copy_words(change, &words);
	free(plural);
	buffer_free(&count);
	buffer_free(&words);
}

/* The newest thing not said yet and before limit; returns its group, and *index in it (-1: all). */
static struct group *next_to_say(
	struct group *groups, int count, int64_t limit, int *index, int64_t *newest)
{
	struct group *found = NULL;

	*index = -1;
	*newest = -1;
	for (int i = 0; i < count; i++) {
		struct group *group = &groups[i];
		bool counted = group->count > NAMED;

		for (int k = 0; k < (counted ? 1 : group->count); k++) {
			int64_t at = counted ? group->newest : group->named[k].newest;

			if (at >= limit || at <= *newest)
				continue;
			*newest = at;
			*index = counted ? -1 : k;
			found = group;
		}
	}
	return found;
}

/* Where reading stopped: what goes on before its oldest row is more than was counted. */
static bool ends_last(const struct group *groups, int count, const struct group *group)
{
	for (int i = 0; i < count; i++)
		if (groups[i].oldest < group->oldest)
			return false;
	return true;
}

int changes_since(
	struct store *store, int64_t since, int rows, struct change *out, int capacity, bool *cut)
{
	/* Counted with the reader's own: somebody may have changed a million in between. */
	int64_t begin = store_integer(store, newest_sql, NULL, 0) - rows;
	struct statement *row = store_prepare(store, audit_sql, NULL);
	struct group *groups, *group;
	int64_t limit = INT64_MAX, newest;
	int count = 0, said = 0, index;

	*cut = begin > since;
	if (row == NULL)
		return 0;
	groups = memory_new(GROUPS * sizeof *groups);
	statement_bind_integer(row, ":since", *cut ? begin : since);
	while (statement_step(row) && add_row(store, groups, &count, row))
		continue;
	statement_end(row);
	while (said < capacity &&
		(group = next_to_say(groups, count, limit, &index, &newest)) != NULL) {
		if (index < 0)
			say_counted(
				store, group, *cut && ends_last(groups, count, group), &out[said]);
		else
			say_named(store, group, index, &out[said]);
		said++;
		limit = newest;
	}
	free(groups);
	return said;
}
