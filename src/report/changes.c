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

enum {
	GROUPS = 24, /* kinds of deeds told apart */
	NAMED = 3,   /* so many records of a kind are named, more are counted */
	KEY_BYTES = 48
};

static const char audit_sql[] =
	"SELECT id, who, type, key, operation, before, after FROM audit_seen\n"
	"WHERE id > :since AND who <> actor() ORDER BY id DESC";
static const char newest_sql[] = "SELECT id FROM audit_seen ORDER BY id DESC LIMIT 1";

/* Somebody did one thing to records of one type. */
struct group {
	char who[40];
	char deed[24];
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

/* "submit" becomes "submitted"; only the first word of a name such as "approve-paper" counts. */
static void past_tense(const char *action, char out[24])
{
	static const char *const irregular[][2] = {
		{"submit", "submitted"}, {"cancel", "cancelled"}, {"withdraw", "withdrew"}};
	int length = (int)strcspn(action, "-");

	for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
		if (strlen(irregular[i][0]) == (size_t)length &&
			strncmp(irregular[i][0], action, (size_t)length) == 0) {
			snprintf(out, 24, "%s", irregular[i][1]);
			return;
		}
	snprintf(out, 24, "%.*s%s", length > 20 ? 20 : length, action,
		length > 0 && action[length - 1] == 'e' ? "d" : "ed");
}

/* The text of a column in lines "column='text'"; false when it is in none of them. */
static bool find_line(const char *lines, const char *column, char out[24])
{
	size_t length = strlen(column);

	for (const char *line = lines; line != NULL && *line != '\0';) {
		const char *end = strchrnul(line, '\n');

		if (strncmp(line, column, length) == 0 && line[length] == '=') {
			const char *from = line + length + 1;
			int size = (int)(end - from);

			if (*from == '\'' && size >= 2) {
				from++;
				size -= 2;
			}
			snprintf(out, 24, "%.*s", size, from);
			return true;
		}
		line = *end == '\0' ? NULL : end + 1;
	}
	return false;
}

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = words; at != NULL && (at = strstr(at, word)) != NULL; at += length)
		if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

/* Does the action lead from one state to the other? A state that it counts out is any. */
static bool leads_to(
	const struct action *action, const char *state, const char *from, const char *to)
{
	char assigned[64];

	if (action->set == NULL || (action->states != NULL && !has_word(action->states, from)))
		return false;
	snprintf(assigned, sizeof assigned, "%s = '%s'", state, to);
	if (strstr(action->set, assigned) != NULL)
		return true;
	snprintf(assigned, sizeof assigned, "%s = (", state);
	return strstr(action->set, assigned) != NULL;
}

static bool deed_by_action(
	const struct record_type *type, const char *before, const char *after, char out[24])
{
	const char *state = type->state != NULL ? type->state : "status";
	char from[24], to[24];

	if (type->actions == NULL || !find_line(before, state, from) ||
		!find_line(after, state, to))
		return false;
	for (const struct action *action = type->actions; action->name != NULL; action++) {
		if (!leads_to(action, state, from, to))
			continue;
		past_tense(action->name, out);
		return true;
	}
	return false;
}

/* Returns true when it was an action, which belongs to the record itself and not its parent. */
static bool find_deed(const struct record_type *type, struct statement *row, char out[24])
{
	const char *operation = statement_text(row, 4);

	if (strcmp(operation, "update") == 0 &&
		deed_by_action(type, statement_text(row, 5), statement_text(row, 6), out))
		return true;
	snprintf(out, 24, "%s",
		strcmp(operation, "insert") == 0   ? "added"
		: strcmp(operation, "delete") == 0 ? "deleted"
						   : "changed");
	return false;
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
	const struct record_type *type, const char *deed)
{
	struct group *group;

	for (int i = 0; i < *count; i++)
		if (groups[i].type == type && strcmp(groups[i].who, who) == 0 &&
			strcmp(groups[i].deed, deed) == 0)
			return &groups[i];
	if (*count == GROUPS)
		return NULL;
	group = &groups[(*count)++];
	*group = (struct group){.type = type};
	snprintf(group->who, sizeof group->who, "%s", who);
	snprintf(group->deed, sizeof group->deed, "%s", deed);
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
			strcmp(group->deed, "changed") != 0 || group->count > NAMED)
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
static bool add_row(struct group *groups, int *count, struct statement *row)
{
	const struct record_type *type = record_type_find(statement_text(row, 2));
	const char *who = statement_text(row, 1);
	int64_t id = statement_integer(row, 0);
	struct group *group;
	char key[KEY_BYTES], deed[24];
	bool acted;

	if (type == NULL)
		return true;
	snprintf(key, sizeof key, "%s", statement_text(row, 3));
	acted = find_deed(type, row, deed);
	if (!acted) {
		const struct record_type *whole = climb(type, key);
		int64_t changed;

		if (whole != type)
			snprintf(deed, sizeof deed, "changed");
		type = whole;
		changed = strcmp(deed, "added") == 0 ? forget_change(groups, *count, who, type, key)
						     : 0;
		if (changed != 0)
			id = changed;
		else if (is_told(groups, *count, who, type, key))
			return true;
	}
	group = find_group(groups, count, who, type, deed);
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

static void say_named(
	struct store *store, const struct group *group, int index, struct change *change)
{
	struct field reference = {.type = &reference_type, .refers = group->type->name};
	struct value key = {.kind = VALUE_NULL};
	struct buffer words = {0};

	person_short(store, group->who, &words);
	buffer_format(&words, " %s ", group->deed);
	value_set_text(&key, group->named[index].key);
	/* A login that reads as its person would say that somebody added themselves. */
	if (group->type->reads != NULL)
		buffer_format(&words, "%s %s", group->type->label, key.text);
	else
		record_reference_label(store, &reference, &key, &words);
	value_clear(&key);
	*change = (struct change){.type = group->type};
	snprintf(change->key, sizeof change->key, "%s", group->named[index].key);
	copy_words(change, &words);
	buffer_free(&words);
}

/* "Purchase requests" is the plural of a heading; here it stands within a sentence. */
static void say_counted(
	struct store *store, const struct group *group, bool cut, struct change *change)
{
	struct buffer words = {0}, count = {0};
	char *plural = memory_text(group->type->plural);
	int rest = cut ? 0 : group->count % 1000;

	person_short(store, group->who, &words);
	if (group->count >= 1000)
		buffer_format(&count, "%d,%03d", group->count / 1000, rest);
	else
		buffer_format(&count, "%d", group->count);
	if (plural[0] >= 'A' && plural[0] <= 'Z' && plural[1] >= 'a')
		plural[0] = (char)(plural[0] - 'A' + 'a');
	buffer_format(&words, " %s %s%s %s", group->deed, cut ? "over " : "", buffer_text(&count),
		plural);
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
	while (statement_step(row) && add_row(groups, &count, row))
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
