/*
 * open.c - opens an office file: looks at the place, then at the file, then at who is asking.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/backup.h"
#include "store/backup_parts.h"
#include "store/connection.h"
#include "store/migrate.h"
#include "store/place.h"
#include "store/private.h"
#include "store/privilege.h"

/* What was an office may have lost its beginning. */
static bool is_no_office(const char *path, struct error *err)
{
	char *backup = backup_newest_path(path);

	if (backup == NULL)
		error_set(err, "%s is not an office file of mso. Check the path.", path);
	else
		error_set(err,
			"%s is not an office file of mso, or its beginning is damaged. Check the path; if "
			"it was the office until now, `mso restore %s` puts the newest backup in its "
			"place.",
			path, strrchr(backup, '/') + 1);
	free(backup);
	return false;
}

/* Is it an office of a version that this program knows? */
static bool check_file(
	sqlite3 *db, const char *path, int64_t newest, int64_t *version, struct error *err)
{
	int64_t application = 0;
	struct error reason;
	bool read = connection_integer(db, "PRAGMA application_id", &application, &reason);

	if (!read && strcmp(reason.code, "damaged") != 0) {
		if (place_is_writable(path, err) && err != NULL)
			*err = reason;
		return false;
	}
	if (read && application == OFFICE_REPLACED_ID)
		return error_set(err,
			"%s was replaced by a restored backup. Start mso again; if it says so again, the "
			"restoring was cut off: run `mso restore` once more.",
			path);
	if (!read || application != OFFICE_APPLICATION_ID)
		return is_no_office(path, err);
	if (!connection_integer(db, "PRAGMA user_version", version, err))
		return false;
	if (*version > newest)
		return error_set(err,
			"%s was last used by a newer mso: its schema is number %lld, and this program knows "
			"up to %lld. Install the newer mso and open it with that.",
			path, (long long)*version, (long long)newest);
	return true;
}

/* Where others may write, people are who they are, and it is as late as it is. */
static bool is_private(const struct stat *about)
{
	return !privilege_shared() && (about->st_mode & (S_IWGRP | S_IWOTH | S_ISGID)) == 0;
}

/* --as is for the owner of a private file. */
static bool check_alias(
	const char *path, const struct stat *about, const char *as, struct error *err)
{
	if (as == NULL || is_private(about))
		return true;
	return error_set(err,
		"Acting as %s is only for a private file, and others may write %s. Leave out --as, or "
		"make the file private with `chmod 600`.",
		as, path);
}

static bool check_account(struct store *store, bool keeper, struct error *err)
{
	const char *actor = store->identity.actor;

	if (*store->role != '\0' || (keeper && getuid() == 0))
		return true;
	if (strcmp(actor, store->identity.real_login) != 0)
		return error_set(err,
			"%s has no active account in this office, so nobody can act as %s. `mso list "
			"user` shows the accounts; the director opens new ones.",
			actor, actor);
	if (privilege_shared())
		return error_set(err,
			"Your login %s has no active account in this office. Ask the director to open one "
			"for you with `mso user add %s ROLE`.",
			actor, actor);
	return error_set(err,
		"Your login %s has no active account in this office. Ask the director to open one for "
		"you, or on your own file act as one of its people with --as.",
		actor);
}

/* What no program brings back is copied first. */
static bool keep_before_migration(struct store *store, struct error *err)
{
	const struct store_options options = {.path = store->path,
		.as = store->identity.actor,
		.today = store->identity.fixed ? store->identity.now : NULL};
	struct backup_made made;
	struct error reason;
	bool kept =
		backup_make_for(&options, BACKUP_BEFORE_MIGRATION, store->version, &made, &reason);

	free(made.path);
	return kept ||
	       error_set(err,
		       "The office must be brought up to date, and is copied before that; the "
		       "copy failed, so it is as it was. %.450s",
		       reason.text);
}

/* An older file is brought up to date by the director's program alone. */
static bool bring_up_to_date(
	struct store *store, const struct embedded_file *files, int64_t version, struct error *err)
{
	if (version == store->version)
		return true;
	if (!store_read_role(store, err) || !check_account(store, false, err))
		return false;
	if (strcmp(store->role, "director") != 0)
		return error_set(err,
			"%s was made by an older mso and needs to be brought up to date by the director. "
			"Ask the director to open it once with this program.",
			store->path);
	return keep_before_migration(store, err) &&
	       migrate(store->path, files, &store->identity, NULL, err);
}

/*
 * A backup may have taken the file's place since it was opened; from here on, while the file is
 * open and read, none can. The journals beside the path would be those of the other file.
 */
static bool is_in_place(struct store *store, struct error *err)
{
	int moved = 1;

	return (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) ==
			       SQLITE_OK &&
		       moved == 0) ||
	       error_set(err, "%s was just replaced by a restored backup. Start mso again.",
		       store->path);
}

static bool open_file(struct store *store, const struct store_options *options,
	const struct embedded_file *files, struct error *err)
{
	int64_t version = 0;

	store->db = connection_open(store->path, true, &store->identity, err);
	if (store->db == NULL)
		return place_is_writable(store->path, err) && false;
	return check_file(store->db, store->path, store->version, &version, err) &&
	       place_is_writable(store->path, err) &&
	       bring_up_to_date(store, files, version, err) &&
	       connection_settle(store->db, false, err) && is_in_place(store, err) &&
	       store_read_role(store, err) && check_account(store, options->keeper, err) &&
	       authorizer_start(store, err);
}

/* Nobody wanted to save anything; and the file may have been brought up to date before. */
static void say_not_opened(const char *path, struct error *err)
{
	if (err != NULL && strcmp(err->code, "damaged") == 0)
		damage_explain(path, err);
	if (err != NULL && strcmp(err->code, "memory") == 0) {
		error_set(err,
			"The computer is out of memory, so the office was not opened. Close other "
			"programs and start mso again.");
		snprintf(err->code, sizeof err->code, "memory");
	} else if (err != NULL && strcmp(err->code, "full") == 0) {
		error_set(err,
			"The disk is full or a size limit was reached, so the office was not opened: even "
			"to be read it needs a little room beside %s. Nothing in it is lost. Have "
			"whoever looks after this computer make room, and start mso again.",
			path);
		snprintf(err->code, sizeof err->code, "full");
	}
}

struct store *store_open_with(
	const struct store_options *options, const struct embedded_file *files, struct error *err)
{
	struct store *store = memory_new(sizeof *store);
	struct stat about;

	store->path = memory_text(options->path);
	store->built_file = -1;
	store->version = migrate_newest(files);
	if (place_holds_file(store->path, &about, err) && place_is_local(store->path, err) &&
		check_alias(store->path, &about, options->as, err) &&
		identity_start(&store->identity, options->as,
			is_private(&about) ? options->today : NULL, err) &&
		open_file(store, options, files, err))
		return store;
	say_not_opened(store->path, err);
	store_close(store);
	return NULL;
}

struct store *store_open(const struct store_options *options, struct error *err)
{
	return store_open_with(options, embedded_files, err);
}
