/*
 * names.c - a table of texts with open places, at most half full. GPL-3.0-or-later.
 */
#include "csv/names.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"

static struct name *place_of(const struct names *names, const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t place;

	for (const char *c = text; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	place = (size_t)(hash ^ hash >> 32) & (names->room - 1);
	while (names->list[place].text != NULL && strcmp(names->list[place].text, text) != 0)
		place = (place + 1) & (names->room - 1);
	return &names->list[place];
}

const struct name *names_find(const struct names *names, const char *text)
{
	const struct name *name = names->room > 0 ? place_of(names, text) : NULL;

	return name != NULL && name->text != NULL ? name : NULL;
}

static void grow(struct names *names)
{
	struct names larger = {
		.room = names->room > 0 ? names->room * 2 : 64, .count = names->count};

	larger.list = memory_new(larger.room * sizeof *larger.list);
	for (size_t i = 0; i < names->room; i++) {
		if (names->list[i].text != NULL)
			*place_of(&larger, names->list[i].text) = names->list[i];
	}
	free(names->list);
	*names = larger;
}

void names_add(struct names *names, const char *text, const char *means, int64_t line)
{
	if (names->count * 2 >= names->room)
		grow(names);
	*place_of(names, text) = (struct name){memory_text(text), memory_text(means), line};
	names->count++;
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->room; i++) {
		free(names->list[i].text);
		free(names->list[i].means);
	}
	free(names->list);
	*names = (struct names){0};
}
