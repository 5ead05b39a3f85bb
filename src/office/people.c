/*
 * people.c - names of the people behind logins. GPL-3.0-or-later.
 */
#include "office/people.h"

#include <stdlib.h>
#include <string.h>

/* "Dr. Ana Alvarez" is "Dr. Alvarez" to everybody. */
static void shorten(const char *name, struct buffer *out)
{
	const char *last = strrchr(name, ' ');

	if (last != NULL && strncmp(name, "Dr. ", 4) == 0)
		buffer_format(out, "Dr. %s", last + 1);
	else
		buffer_add(out, name);
}

void person_short(struct store *store, const char *login, struct buffer *out)
{
	char *name = store_text(store,
		"SELECT coalesce(substr(s.first_name, 1, 1) || '. ' || s.last_name, p.person, u.login)\n"
		"FROM user u LEFT JOIN staff s ON s.key = u.staff LEFT JOIN member p ON p.key = u.member\n"
		"WHERE u.login = :key",
		login);

	shorten(name != NULL ? name : login, out);
	free(name);
}
