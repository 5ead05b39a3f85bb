/*
 * open.c - opens an office file: looks at the place, then at the file, then at who is asking.
 * GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/migrate.h"
#include "store/place.h"
#include "store/private.h"

/* Is it an office of a version that this program knows? */
static bool check_file(
	sqlite3 *db, const char *path, int64_t newest, int64_t *version, struct error *err)
{
	int64_t application = 0;
	struct error reason;
	bool read = connection_integer(db, "PRAGMA application_id", &application, &reason);

	if (!read && strcmp(reason.code, "damaged") != 0)
		return place_is_writable(path, err) && error_set(err, "%s", reason.text);
	if (!read || application != OFFICE_APPLICATION_ID)
		return error_set(err, "%s is not an office file of mso. Check the path.", path);
	if (!connection_integer(db, "PRAGMA user_version", version, err))
		return false;
	if (*version > newest)
		return error_set(err,
			"%s was last used by a newer mso: its schema is number %lld, and this program knows "
			"up to %lld. Install the newer mso and open it with that.",
			path, (long long)*version, (long long)newest);
	return true;
}

/* --as is for the owner of a private file; where others may write, people are who they are. */
static bool check_alias(
	const char *path, const struct stat *about, const char *as, struct error *err)
{
	if (as == NULL || (about->st_mode & (S_IWGRP | S_IWOTH | S_ISGID)) == 0)
		return true;
	return error_set(err,
		"Acting as %s is only for a private file, and others may write %s. Leave out --as, or "
		"make the file private with `chmod 600`.",
		as, path);
}

static bool check_account(struct store *store, struct error *err)
{
	const char *actor = store->identity.actor;

	if (*store->role != '\0')
		return true;
	if (strcmp(actor, store->identity.real_login) != 0)
		return error_set(err,
			"%s has no active account in this office, so nobody can act as %s. `mso list "
			"user` shows the accounts; the director opens new ones.",
			actor, actor);
	return error_set(err,
		"Your login %s has no active account in this office. Ask the director to open one for "
		"you, or on your own file act as one of its people with --as.",
		actor);
}

/* An older file is brought up to date by the director's program alone. */
static bool bring_up_to_date(
	struct store *store, const struct embedded_file *files, int64_t version, struct error *err)
{
	if (version == store->version)
		return true;
	if (!store_read_role(store, err) || !check_account(store, err))
		return false;
	if (strcmp(store->role, "director") != 0)
		return error_set(err,
			"%s was made by an older mso and needs to be brought up to date by the director. "
			"Ask the director to open it once with this program.",
			store->path);
	return migrate(store->path, files, &store->identity, NULL, err);
}

static bool open_file(struct store *store, const struct store_options *options,
	const struct embedded_file *files, struct error *err)
{
	struct stat about;
	int64_t version = 0;

	if (!place_holds_file(store->path, &about, err) || !place_is_local(store->path, err) ||
		!check_alias(store->path, &about, options->as, err))
		return false;
	store->db = connection_open(store->path, true, &store->identity, err);
	if (store->db == NULL)
		return place_is_writable(store->path, err) && false;
	return check_file(store->db, store->path, store->version, &version, err) &&
	       place_is_writable(store->path, err) &&
	       bring_up_to_date(store, files, version, err) &&
	       connection_settle(store->db, false, err) && store_read_role(store, err) &&
	       check_account(store, err) && authorizer_start(store, err);
}

struct store *store_open_with(
	const struct store_options *options, const struct embedded_file *files, struct error *err)
{
	struct store *store = memory_new(sizeof *store);

	store->path = memory_text(options->path);
	store->built_file = -1;
	store->version = migrate_newest(files);
	if (identity_start(&store->identity, options->as, options->today, err) &&
		open_file(store, options, files, err))
		return store;
	store_close(store);
	return NULL;
}

struct store *store_open(const struct store_options *options, struct error *err)
{
	return store_open_with(options, embedded_files, err);
}
