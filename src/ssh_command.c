/*
 * ssh_command.c - the command that came along with "ssh HOST mso ...". Whoever sends it could
 * type the same into a shell, so it is trusted as little as the words of a command line: the
 * options before the command are read from it with --restricted already in force.
 * GPL-3.0-or-later.
 */
#include "ssh_command.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"

enum { LONGEST = 8192 };

/*
 * Copies one word to *to and ends it; returns what follows it, or NULL where a quote does not end.
 * Single quotes keep all, double quotes all but \" and \\.
 */
static const char *take_word(const char *from, char **to)
{
	char quote = '\0';

	for (; *from != '\0' && (quote != '\0' || strchr(" \t", *from) == NULL); from++) {
		if (quote == '\0' && (*from == '\'' || *from == '"')) {
			quote = *from;
		} else if (quote != '\0' && *from == quote) {
			quote = '\0';
		} else {
			bool escapes = *from == '\\' && from[1] != '\0' &&
				       (quote == '\0' ||
					       (quote == '"' && strchr("\"\\", from[1]) != NULL));

			from += escapes;
			*(*to)++ = *from;
		}
	}
	*(*to)++ = '\0';
	return quote == '\0' ? from : NULL;
}

static bool refuse(struct error *err)
{
	return error_set(err,
		"Only mso can be used here, and what was sent is no command of it. Use it as in: "
		"ssh -t HOST, or: ssh HOST mso export client.");
}

/* All words, with the first; false where a quote does not end. text has room for all. */
static bool split(const char *command, char **words, char *text)
{
	int count = 0;

	while (command != NULL && *(command += strspn(command, " \t")) != '\0') {
		words[count++] = text;
		command = take_word(command, &text);
	}
	words[count] = NULL;
	return command != NULL;
}

char **ssh_command_words(const char *command, struct error *err)
{
	size_t length = strlen(command);
	char **words, *text;

	if (length > LONGEST || strchr(command, '\n') != NULL) {
		refuse(err);
		return NULL;
	}
	/* Every other byte may be a word; the text of all follows the list. */
	words = memory_new((length + 2) * sizeof *words + length + 2);
	text = (char *)(words + length + 2);
	if (split(command, words, text) && words[0] != NULL && strcmp(words[0], "mso") == 0) {
		memmove(words, words + 1, (length + 1) * sizeof *words);
		return words;
	}
	free(words);
	refuse(err);
	return NULL;
}
