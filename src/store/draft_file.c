/*
 * draft_file.c - the file of drafts: opened when it is first needed, on a connection of its own,
 * and looked at before every use, because nobody guards it as the office file is guarded. Its
 * journal is a write-ahead log: a key's draft costs one sync and never waits for a reader.
 * GPL-3.0-or-later.
 */
#include "store/drafts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/draft_parts.h"
#include "store/failure.h"
#include "store/place.h"
#include "store/private.h"
#include "store/privilege.h"

enum {
	DRAFTS_APPLICATION_ID = 0x4d534f44, /* "MSOD" */
	DRAFTS_VERSION = 2,
	PATIENCE = 1000, /* milliseconds: somebody is typing meanwhile */
	NAMES_TRIED = 100,
};

static const char schema[] = "CREATE TABLE draft ("
			     "	number INTEGER PRIMARY KEY AUTOINCREMENT,"
			     "	login TEXT NOT NULL, office TEXT NOT NULL,"
			     "	page TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL,"
			     "	title TEXT NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL,"
			     "	session TEXT NOT NULL DEFAULT ''"
			     ") STRICT;"
			     "CREATE INDEX draft_of ON draft (login, office, at);"
			     "PRAGMA application_id = 1297305412;"
			     "PRAGMA user_version = 2;";

/* From version 1, which did not know who writes. */
static const char upgrade[] = "ALTER TABLE draft ADD COLUMN session TEXT NOT NULL DEFAULT '';"
			      "PRAGMA user_version = 2;";

/* ---- the file ---- */

static struct draft_file *file_of(struct store *store)
{
	struct draft_file *file = store->drafts;
	const char *slash = strrchr(store->path, '/');

	if (file != NULL)
		return file;
	file = memory_new(sizeof *file);
	file->path = draft_beside(store, "drafts.db");
	file->office = slash != NULL ? slash + 1 : store->path;
	store->drafts = file;
	return file;
}

/* gone: the file is no longer at its path, so nothing at that path may be touched. */
static void close_file(struct draft_file *file, bool gone)
{
	if (file->db == NULL)
		return;
	if (gone)
		sqlite3_db_config(file->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(file->db);
	file->db = NULL;
}

void drafts_close(struct store *store)
{
	struct draft_file *file = store->drafts;

	if (file == NULL)
		return;
	close_file(file, false);
	free(file->path);
	free(file->notice);
	free(file);
	store->drafts = NULL;
}

bool drafts_cannot_keep(const struct error *reason, struct error *err)
{
	const char *why = strcmp(reason->code, "full") == 0        ? "the disk is full"
			  : strcmp(reason->code, "busy") == 0      ? "others are keeping theirs"
			  : strcmp(reason->code, "read-only") == 0 ? "drafts.db cannot be written"
								   : "the disk did not take it";

	error_set(err,
		"What you type is not kept as a draft for now: %s. Go on, but save soon: a line that "
		"drops would lose it.",
		why);
	if (err != NULL)
		snprintf(err->code, sizeof err->code, "%s", reason->code);
	return false;
}

/* ---- what is no file of drafts ---- */

/* A name that is free: drafts-damaged-2026-11-21.db, then -2.db and so on. */
static bool give_aside_name(struct store *store, const char *path, struct buffer *name)
{
	for (int number = 1; number <= NAMES_TRIED; number++) {
		char ending[48];
		char *place;
		bool given;

		if (number == 1)
			snprintf(ending, sizeof ending, "drafts-damaged-%s.db", store_today(store));
		else
			snprintf(ending, sizeof ending, "drafts-damaged-%s-%d.db",
				store_today(store), number);
		place = draft_beside(store, ending);
		given = place_give_name(path, place);
		if (given)
			buffer_add(name, place);
		free(place);
		if (given || errno != EEXIST)
			return given;
	}
	return false;
}

static void move_journal(const char *path, const char *name, const char *suffix)
{
	char *from = place_beside(path, suffix), *to = place_beside(name, suffix);

	/* A new file must not find the old one's journal. */
	if (rename(from, to) != 0)
		unlink(from);
	free(from);
	free(to);
}

bool drafts_put_aside(struct store *store, struct draft_file *file, struct error *err)
{
	struct buffer name = {0}, notice = {0};
	struct error reason = {.code = "read-only"};

	close_file(file, true);
	if (!give_aside_name(store, file->path, &name)) {
		buffer_free(&name);
		return errno == ENOENT || drafts_cannot_keep(&reason, err);
	}
	move_journal(file->path, buffer_text(&name), "-wal");
	move_journal(file->path, buffer_text(&name), "-shm");
	buffer_format(&notice,
		"The file of drafts was damaged or not one of mso's: it is %s now, and a new one is "
		"begun. What is saved in the office is not touched.",
		buffer_text(&name));
	free(file->notice);
	file->notice = buffer_take(&notice);
	buffer_free(&name);
	return true;
}

bool drafts_notice(struct store *store, struct error *notice)
{
	struct draft_file *file = file_of(store);

	if (file->notice == NULL)
		return false;
	error_set(notice, "%s", file->notice);
	free(file->notice);
	file->notice = NULL;
	return true;
}

/* ---- opening ---- */

enum found { FOUND_GOOD, FOUND_FOREIGN, FOUND_FAILED };

/* Makes what an empty or an older file lacks. Others may be doing the same. */
static bool fill(sqlite3 *db, struct error *err)
{
	int64_t version = 0;
	bool ok = connection_run(db, "BEGIN IMMEDIATE", err);

	if (!ok)
		return false;
	ok = connection_integer(db, "PRAGMA user_version", &version, err) &&
	     (version == DRAFTS_VERSION ||
		     connection_run(db, version == 0 ? schema : upgrade, err)) &&
	     connection_run(db, "COMMIT", err);
	if (!ok && sqlite3_get_autocommit(db) == 0)
		connection_run(db, "ROLLBACK", NULL);
	return ok;
}

bool drafts_damaged(const struct error *err)
{
	return strcmp(err->code, "damaged") == 0;
}

static enum found look_at(sqlite3 *db, struct error *err)
{
	int64_t application = 0, version = 0, tables = 0;
	bool read = connection_integer(db, "PRAGMA application_id", &application, err) &&
		    connection_integer(db, "PRAGMA user_version", &version, err) &&
		    connection_integer(db, "SELECT count(*) FROM sqlite_schema", &tables, err);

	if (!read)
		return drafts_damaged(err) ? FOUND_FOREIGN : FOUND_FAILED;
	if (application == DRAFTS_APPLICATION_ID && version > DRAFTS_VERSION) {
		error_set(err,
			"drafts.db was last used by a newer mso, so this one keeps no drafts. "
			"Install the newer mso.");
		return FOUND_FAILED;
	}
	if (application != DRAFTS_APPLICATION_ID && (application != 0 || tables > 0))
		return FOUND_FOREIGN;
	if (connection_settle(db, false, err) && (version == DRAFTS_VERSION || fill(db, err)))
		return FOUND_GOOD;
	return drafts_damaged(err) ? FOUND_FOREIGN : FOUND_FAILED;
}

/* Makes an empty file with the mode and group of the office, whatever the umask. */
static bool make_file(struct store *store, const char *path)
{
	int file = place_make_file(path, O_EXCL | O_NOFOLLOW);
	struct stat office, made;

	if (file < 0)
		return errno == EEXIST;
	if (stat(store->path, &office) == 0 && fstat(file, &made) == 0) {
		/* Where it cannot have the group, it must not be open to another one. */
		bool same =
			office.st_gid == made.st_gid || fchown(file, (uid_t)-1, office.st_gid) == 0;

		fchmod(file, S_IRUSR | S_IWUSR | (same ? office.st_mode & (S_IRGRP | S_IWGRP) : 0));
	}
	close(file);
	return true;
}

static bool open_once(
	struct store *store, struct draft_file *file, enum found *found, struct error *err)
{
	struct error reason = {.code = "read-only"};

	*found = FOUND_FAILED;
	if (lstat(file->path, &file->opened) == 0 && !S_ISREG(file->opened.st_mode)) {
		*found = FOUND_FOREIGN;
		return false;
	}
	file->db = connection_open(file->path, true, &store->identity, &reason);
	if (file->db == NULL)
		return drafts_cannot_keep(&reason, err);
	sqlite3_busy_timeout(file->db, PATIENCE);
	*found = look_at(file->db, &reason);
	if (*found == FOUND_GOOD && lstat(file->path, &file->opened) == 0)
		return true;
	close_file(file, false);
	if (*found == FOUND_FAILED && reason.code[0] == '\0')
		return error_set(err, "%s", reason.text);
	return drafts_cannot_keep(&reason, err);
}

/* Is the open file still the one at its path? Somebody may have removed or replaced it. */
static bool still_there(const struct draft_file *file)
{
	struct stat now;

	return lstat(file->path, &now) == 0 && now.st_ino == file->opened.st_ino &&
	       now.st_dev == file->opened.st_dev;
}

bool drafts_open(struct store *store, bool make, struct error *err)
{
	struct draft_file *file = file_of(store);
	struct error reason = {.code = "read-only"};
	enum found found;

	error_clear(err);
	if (file->db != NULL && still_there(file))
		return true;
	close_file(file, true);
	for (int turn = 0; turn < 2; turn++) {
		if (!make && eaccess(file->path, F_OK) != 0)
			return false;
		if (make && !make_file(store, file->path)) {
			if (errno == ENOSPC || errno == EDQUOT)
				snprintf(reason.code, sizeof reason.code, "full");
			return drafts_cannot_keep(&reason, err);
		}
		if (open_once(store, file, &found, err))
			return true;
		if (found != FOUND_FOREIGN || !drafts_put_aside(store, file, err))
			return false;
		error_clear(err);
	}
	return false;
}
