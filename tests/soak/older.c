/*
 * older.c PATH - makes an office as a program made it that did not know the newest migration, with
 * some records in it. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/migrate.h"
#include "store/private.h"

/* The program's own files but the newest migration; ends with path NULL. */
static struct embedded_file *older_files(void)
{
	int64_t newest = migrate_newest(embedded_files);
	struct embedded_file *files, *out;
	char name[32];
	size_t count = 0;

	while (embedded_files[count].path != NULL)
		count++;
	files = out = calloc(count + 1, sizeof *files);
	snprintf(name, sizeof name, "migrations/%04lld-", (long long)newest);
	for (size_t i = 0; files != NULL && i < count; i++) {
		if (strstr(embedded_files[i].path, name) == NULL)
			*out++ = embedded_files[i];
	}
	return files;
}

static bool fill(struct store *store, struct error *err)
{
	return store_run(store,
		       "INSERT INTO client (key, name) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
		       "SELECT i + 1 FROM n WHERE i < 100) "
		       "SELECT printf('C-%04d', i), 'Practice ' || i FROM n",
		       err) &&
	       store_run(store,
		       "INSERT INTO vendor (key, name) VALUES ('V-0001', 'Acme Office Supply')",
		       err);
}

int main(int count, char **words)
{
	struct store_options options = {.path = count == 2 ? words[1] : "", .today = "2026-11-20"};
	struct error err;
	struct store *store = store_create_with(&options, older_files(), &err);

	if (store != NULL && fill(store, &err) && store_publish(store, &err)) {
		store_close(store);
		return 0;
	}
	store_close(store);
	fprintf(stderr, "%s\n", err.text);
	return 1;
}
