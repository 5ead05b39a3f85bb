/*
 * words.c - small questions that many pages ask. GPL-3.0-or-later.
 */
#include "screens/words.h"

#include <string.h>

#include "store/user_file.h"
#include "tui/loop.h"

bool words_hold(const char *words, const char *word)
{
	size_t length = strlen(word);
	const char *at = length == 0 ? NULL : words;

	for (; at != NULL && (at = strstr(at, word)) != NULL; at++) {
		if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

void say_file(const char *what, const char *does, const char *path)
{
	struct buffer name = {0};

	user_file_name(path, &name);
	message_format(ROLE_GOOD, "%s %s %s.", what, does, buffer_text(&name));
	buffer_free(&name);
}

bool others_saved(struct store *store, int64_t *seen)
{
	int64_t version = store_data_version(store);
	bool others = version != *seen;

	*seen = version;
	return others;
}

bool event_is(const struct event *event, char character)
{
	return event->kind == EVENT_CHAR && event->codepoint == (unsigned char)character;
}
