/*
 * damage.c - a file that was found damaged is written no more, and whoever works in it hears how to
 * go on: what is saved into a damaged file is lost with it, and hides how long it has been so.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/backup.h"
#include "store/private.h"

bool damage_explain(const char *path, struct error *err)
{
	char *backup = backup_newest_path(path);

	if (backup != NULL)
		error_set(err,
			"The office file is damaged, and nothing more is saved in it. Everybody leaves "
			"the office; then `mso restore %s` puts the newest backup in its place, and "
			"keeps the damaged file beside.",
			strrchr(backup, '/') + 1);
	else
		error_set(err,
			"The office file is damaged, and nothing more is saved in it. There is no backup "
			"beside it: everybody leaves the office; keep a copy of %s and look for a backup "
			"elsewhere.",
			path);
	free(backup);
	if (err != NULL)
		snprintf(err->code, sizeof err->code, "damaged");
	return true;
}

void store_found(struct store *store, int code, struct error *err)
{
	int primary = code & 0xff;

	if (primary != SQLITE_CORRUPT && primary != SQLITE_NOTADB)
		return;
	store->damaged = true;
	damage_explain(store->path, err);
}

bool store_damaged(const struct store *store, struct error *err)
{
	return store->damaged && damage_explain(store->path, err);
}
