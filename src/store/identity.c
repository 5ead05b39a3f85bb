/*
 * identity.c - who is asking and when. The login comes from the kernel's uid and the system's
 * list of accounts, never from the environment. GPL-3.0-or-later.
 */
#include "store/identity.h"

#include <ctype.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fatal.h"

const char *identity_real_login(void)
{
	static char *login;
	struct passwd *account;

	if (login == NULL && (account = getpwuid(getuid())) != NULL)
		login = memory_text(account->pw_name);
	return login;
}

bool identity_start(
	struct identity *identity, const char *login, const char *instant, struct error *err)
{
	*identity = (struct identity){.real_login = identity_real_login()};
	if (identity->real_login == NULL)
		fatal("the system has no account for user number %lu", (unsigned long)getuid());
	identity_act_as(identity, login != NULL ? login : identity->real_login);
	if (instant != NULL)
		return identity_fix_clock(identity, instant, err);
	identity_tick(identity);
	return true;
}

void identity_act_as(struct identity *identity, const char *login)
{
	char *actor = memory_text(login);

	free(identity->actor);
	identity->actor = actor;
}

/* Are the characters digits where the pattern has 0, and its own elsewhere? */
static bool looks_like(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; text++, pattern++) {
		if (*pattern == '0' ? !isdigit((unsigned char)*text) : *text != *pattern)
			return false;
	}
	return *text == '\0';
}

bool identity_fix_clock(struct identity *identity, const char *instant, struct error *err)
{
	bool known = looks_like(instant, "0000-00-00") || looks_like(instant, "0000-00-00T00:00") ||
		     looks_like(instant, "0000-00-00T00:00:00Z");
	const char *time = known && instant[10] == 'T' ? instant + 11 : "12:00";
	const char *seconds = time[5] == ':' ? time + 6 : "00";
	char date[DATE_TEXT];

	snprintf(date, sizeof date, "%.10s", instant);
	if (!known || !date_valid(date) || strncmp(time, "24", 2) >= 0 || time[3] > '5' ||
		seconds[0] > '5')
		return error_set(err,
			"\"%s\" is not a moment the clock can be set to. Give a date such as "
			"2026-11-21, or a date and time such as 2026-11-21T09:30.",
			instant);
	identity->fixed = true;
	memcpy(identity->today, date, sizeof date);
	snprintf(identity->now, sizeof identity->now, "%sT%.5s:%.2sZ", date, time, seconds);
	return true;
}

void identity_tick(struct identity *identity)
{
	time_t second;
	struct tm utc;

	if (identity->fixed || (second = time(NULL)) == identity->second)
		return;
	identity->second = second;
	gmtime_r(&second, &utc);
	strftime(identity->now, sizeof identity->now, "%Y-%m-%dT%H:%M:%SZ", &utc);
	date_from_time(second, identity->today);
}

void identity_end(struct identity *identity)
{
	free(identity->actor);
	identity->actor = NULL;
}
