/*
 * ask_draft.c - what is kept of a question while it is answered. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/ask.h"
#include "screens/drafting.h"

/* Opener, key, version, words, and what was seen, which an older program did not keep. */
enum { FROM_OLDER = 3 + ASK_WORDS, FROM_VALUES };

void ask_from_copy(struct ask_from *copy, const struct ask_from *from)
{
	*copy = (struct ask_from){.opener = memory_text(from->opener),
		.type = memory_text(from->type),
		.key = memory_text(from->key),
		.version = from->version,
		.seen = memory_text(from->seen)};
	for (int i = 0; i < ASK_WORDS; i++)
		copy->words[i] = memory_text(from->words[i]);
}

void ask_from_free(struct ask_from *from)
{
	free((char *)from->opener);
	free((char *)from->type);
	free((char *)from->key);
	free((char *)from->seen);
	for (int i = 0; i < ASK_WORDS; i++)
		free((char *)from->words[i]);
	*from = (struct ask_from){0};
}

char *ask_draft_key(const struct ask_from *from)
{
	struct buffer key = {0};

	buffer_format(&key, "%s %s", from->key, from->opener);
	for (int i = 0; i < ASK_WORDS; i++)
		if (from->words[i] != NULL && from->words[i][0] != '\0')
			buffer_format(&key, " %s", from->words[i]);
	return buffer_take(&key);
}

char *ask_draft_title(const struct ask_from *from, const char *title)
{
	struct buffer words = {0};

	if (strstr(title, from->key) == NULL)
		buffer_format(&words, "%s: ", from->key);
	buffer_add(&words, title);
	return buffer_take(&words);
}

void ask_draft_add(struct buffer *content, const struct ask_from *from, struct record_form *fields)
{
	const char *values[FROM_VALUES];
	char version[24];

	snprintf(version, sizeof version, "%lld", (long long)from->version);
	values[0] = from->opener;
	values[1] = from->key;
	values[2] = version;
	for (int i = 0; i < ASK_WORDS; i++)
		values[3 + i] = from->words[i];
	values[FROM_OLDER] = from->seen;
	draft_line(content, "from", values, FROM_VALUES);
	draft_add_form(content, fields);
}

bool ask_draft_from(const struct draft *draft, struct ask_from *from)
{
	struct buffer name = {0}, values[FROM_VALUES] = {{0}};
	const char *at = draft->content;
	int count = 0;
	bool found = draft_next(&at, &name, values, FROM_VALUES, &count) &&
		     strcmp(buffer_text(&name), "from") == 0 && count >= FROM_OLDER;
	struct ask_from read = {.opener = buffer_text(&values[0]),
		.type = draft->type,
		.key = buffer_text(&values[1]),
		.version = strtoll(buffer_text(&values[2]), NULL, 10),
		.seen = buffer_text(&values[FROM_OLDER])};

	for (int i = 0; i < ASK_WORDS; i++)
		read.words[i] = buffer_text(&values[3 + i]);
	*from = (struct ask_from){0};
	if (found)
		ask_from_copy(from, &read);
	buffer_free(&name);
	for (int i = 0; i < FROM_VALUES; i++)
		buffer_free(&values[i]);
	return found;
}

void ask_draft_tell(const struct draft *draft, struct buffer *out)
{
	struct buffer name = {0}, values[4] = {{0}};
	const char *at = draft->content;
	int count;

	/* One that an older program kept has no labels. */
	while (draft_next(&at, &name, values, 4, &count))
		if (strcmp(buffer_text(&name), "field") == 0 && count >= 3)
			draft_tell(out, buffer_text(&values[count == 4 ? 3 : 0]),
				buffer_text(&values[1]));
	buffer_free(&name);
	for (int i = 0; i < 4; i++)
		buffer_free(&values[i]);
}

/* What somebody else put there meanwhile is seen before it is typed over. */
static void say_changed(struct record_form *fields, int index, const char *was)
{
	struct form *form = record_form_form(fields);
	const char *now = form_stored(form, index);
	struct buffer text = {0};

	buffer_format(&text, "It was %s when you typed this, and is %s by now.",
		was[0] != '\0' ? was : "empty", now[0] != '\0' ? now : "empty");
	form_error_set(form, index, buffer_text(&text));
	buffer_free(&text);
}

/* Does the question show what it showed when the draft was kept? */
static bool is_same(const struct ask_from *before, const struct ask_from *now)
{
	bool told = before->seen != NULL && before->seen[0] != '\0' && now->seen != NULL;

	return before->version == now->version && (!told || strcmp(before->seen, now->seen) == 0);
}

void ask_draft_take(struct store *store, const struct draft *draft, const struct ask_from *from,
	struct record_form *fields, struct buffer *said)
{
	int others = draft_take_form(draft->content, fields, say_changed);
	struct ask_from before;
	char when[40];

	buffer_format(said, "As you left it, %s. ", store_moment_said(store, draft->at, when));
	if (ask_draft_from(draft, &before) && !is_same(&before, from))
		buffer_format(said, "%s was changed since: look at it again.", from->key);
	else if (others > 0)
		buffer_add(said, "Something was changed since: see beside the fields.");
	else
		buffer_add(said, "Esc, then d, discards it.");
	ask_from_free(&before);
}
