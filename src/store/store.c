/*
 * store.c - a store as a whole: who is asking, when, about what, and the end of it.
 * GPL-3.0-or-later.
 */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/date.h"
#include "core/fatal.h"
#include "store/failure.h"
#include "store/private.h"

const char *store_real_login(void)
{
	const char *login = identity_real_login();

	if (login == NULL)
		fatal("the system has no account for user number %lu", (unsigned long)getuid());
	return login;
}

const char *store_actor(const struct store *store)
{
	return store->identity.actor;
}

const char *store_role(const struct store *store)
{
	return store->role;
}

const char *store_path(const struct store *store)
{
	return store->path;
}

/* The clock stands during a transaction, so that what C and SQL write agrees. */
static const struct identity *identity_now(const struct store *store)
{
	if (store->depth == 0)
		identity_tick((struct identity *)&store->identity);
	return &store->identity;
}

const char *store_today(const struct store *store)
{
	return identity_now(store)->today;
}

const char *store_now(const struct store *store)
{
	return identity_now(store)->now;
}

const char *store_local_time(const char *instant, char out[20])
{
	struct tm time = {0};
	time_t second;

	if (!instant_read(instant, &second)) {
		snprintf(out, 20, "%s", instant);
		return out;
	}
	localtime_r(&second, &time);
	strftime(out, 20, "%Y-%m-%d %H:%M", &time);
	return out;
}

const char *store_moment_said(const struct store *store, const char *instant, char out[40])
{
	char local[20];

	return moment_said(store_local_time(instant, local), store_today(store), out);
}

bool store_read_role(struct store *store, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	const char *role = NULL;
	int code = sqlite3_prepare_v2(store->db, "SELECT role FROM me", -1, &statement, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
		role = (const char *)sqlite3_column_text(statement, 0);
	snprintf(store->role, sizeof store->role, "%s", role != NULL ? role : "");
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		failure_describe(store->db, code, err);
	sqlite3_finalize(statement);
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

void store_follow_role(struct store *store)
{
	char before[ROLE_TEXT];
	struct error err;

	memcpy(before, store->role, sizeof before);
	authorizer_begin(store);
	/* What cannot be read now is asked for again with the next change. */
	if (!store_read_role(store, &err))
		memcpy(store->role, before, sizeof before);
	if (strcmp(before, store->role) == 0)
		return;
	/* Also makes SQLite ask again about what it has prepared for the role before. */
	if (!authorizer_start(store, &err))
		store->role[0] = '\0';
}

void store_act_as(struct store *store, const char *login, const char *now)
{
	struct error err;

	if (store->built == NULL)
		fatal("store_act_as after the office was published");
	if (now != NULL && !identity_fix_clock(&store->identity, now, &err))
		fatal("%s", err.text);
	if (login == NULL || (strcmp(login, store->identity.actor) == 0 && *store->role != '\0'))
		return;
	identity_act_as(&store->identity, login);
	if (!store_read_role(store, &err))
		fatal("%s", err.text);
	/* Only once: another authorizer would make SQLite prepare every statement anew. */
	if (strcmp(store->role, "director") != 0 && !store->privacy.loaded &&
		!authorizer_start(store, &err))
		fatal("%s", err.text);
}

void store_explain(struct store *store, store_explainer *explain)
{
	store->explain = explain;
}

void store_about(struct store *store, const char *key)
{
	char *about = memory_text(key);

	free(store->about);
	store->about = about;
}

void store_disconnect(struct store *store)
{
	if (store->db == NULL)
		return;
	statements_finalize(store);
	authorizer_stop(store);
	if (sqlite3_close(store->db) != SQLITE_OK)
		fatal("the office file is closed while it is in use");
	store->db = NULL;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	drafts_close(store);
	store_disconnect(store);
	create_abandon(store);
	identity_end(&store->identity);
	free(store->about);
	free(store->path);
	free(store);
}
