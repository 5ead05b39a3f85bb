/*
 * snapshot.c - a private copy of the office as it is now, to try things out in while others go on
 * saving. GPL-3.0-or-later.
 */
#include "core/fatal.h"
#include "store/connection.h"
#include "store/failure.h"
#include "store/private.h"

/* Reading in one step, as any other reader: nobody who writes has to wait for it. */
static bool copy_office(sqlite3 *from, sqlite3 *to, struct error *err)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
	int code;

	if (copy == NULL)
		return failure_describe(to, sqlite3_errcode(to), err);
	sqlite3_backup_step(copy, -1);
	code = sqlite3_backup_finish(copy);
	return code == SQLITE_OK || failure_describe(to, code, err);
}

/* What goes wrong here leaves nothing behind: no journal on the disk, nothing synced. */
static bool settle(sqlite3 *db, struct error *err)
{
	return connection_run(db, "PRAGMA synchronous = OFF", err) &&
	       connection_run(db, "PRAGMA journal_mode = MEMORY", err) &&
	       connection_run(db, "PRAGMA recursive_triggers = ON", err);
}

struct store *store_snapshot(struct store *store, struct error *err)
{
	struct store *copy = memory_new(sizeof *copy);

	copy->path = memory_text(store->path);
	copy->built_file = -1;
	copy->version = store->version;
	copy->explain = store->explain;
	copy->identity = store->identity;
	copy->identity.actor = memory_text(store->identity.actor);
	/* Without a name SQLite keeps a file of its own that nobody else can open. */
	copy->db = connection_open("", true, &copy->identity, err);
	if (copy->db != NULL && copy_office(store->db, copy->db, err) && settle(copy->db, err) &&
		store_read_role(copy, err) && authorizer_start(copy, err))
		return copy;
	store_close(copy);
	return NULL;
}
