/*
 * authorizer.c - what SQL may do on an office connection, asked by SQLite while it prepares: no
 * schema changes, no settings, an audit that only its triggers write, and reading by role. It
 * guards against mistakes in our own SQL; against people it is the file's permissions that do.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "store/failure.h"
#include "store/private.h"

/* ---- names ---- */

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool list_has(const struct name_list *list, const char *name)
{
	return list->count > 0 &&
	       bsearch(&name, list->names, list->count, sizeof *list->names, compare_names) != NULL;
}

static void list_free(struct name_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct name_list){0};
}

/* Fills a list with the first column of a query that sorts by bytes. */
static bool list_load(sqlite3 *db, const char *sql, struct name_list *list, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(statement);
		if (code != SQLITE_ROW)
			break;
		list->names = memory_resize(list->names, (list->count + 1) * sizeof *list->names);
		list->names[list->count++] =
			memory_text((const char *)sqlite3_column_text(statement, 0));
	}
	if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

static bool load_privacy(struct store *store, struct error *err)
{
	static const char closed_tables[] = "SELECT name FROM office_table WHERE private = '1' "
					    "UNION SELECT 'audit_private' ORDER BY 1";
	static const char partly_open_tables[] =
		"SELECT name FROM office_table WHERE private <> '' AND private <> '1' "
		"UNION SELECT 'audit' ORDER BY 1";
	static const char open_columns[] =
		"SELECT name || '.' || key_column FROM office_table WHERE private <> '' "
		"UNION SELECT name || '.id' FROM office_table WHERE private <> '' "
		"UNION SELECT name || '.version' FROM office_table WHERE private <> '' ORDER BY 1";
	/* SQLite looks for the rows that refer to a new or a deleted one by reading these. */
	static const char links[] =
		"SELECT DISTINCT t.name || '.' || f.\"from\" || '>' || f.\"table\" FROM office_table t "
		"JOIN pragma_foreign_key_list(t.name) f WHERE t.private <> '' ORDER BY 1";
	static const char views_and_triggers[] =
		"SELECT name FROM sqlite_schema WHERE type = 'view' OR type = 'trigger' ORDER BY 1";
	struct privacy *privacy = &store->privacy;

	privacy->loaded = true;
	return list_load(store->db, closed_tables, &privacy->closed, err) &&
	       list_load(store->db, partly_open_tables, &privacy->partly, err) &&
	       list_load(store->db, open_columns, &privacy->open, err) &&
	       list_load(store->db, links, &privacy->links, err) &&
	       list_load(store->db, views_and_triggers, &privacy->through, err);
}

/* ---- questions ---- */

static bool starts(const char *text, const char *start)
{
	return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

static bool is_audit(const char *table)
{
	return strcmp(table, "audit") == 0 || strcmp(table, "audit_private") == 0 ||
	       strcmp(table, "audit_entry") == 0 || strcmp(table, "audit_private_entry") == 0;
}

/* Kept by the triggers of the records they are about, and by nobody's hand. */
static bool is_standing(const char *table)
{
	return strcmp(table, "login_standing") == 0 || strcmp(table, "seat_standing") == 0;
}

/* Keys and versions are open: an UPDATE's WHERE names them. */
static bool is_open_column(const struct privacy *privacy, const char *table, const char *column)
{
	struct buffer name = {0};
	bool open;

	buffer_format(&name, "%s.%s", table, column);
	open = list_has(&privacy->open, buffer_text(&name));
	buffer_free(&name);
	return open;
}

/*
 * Is the column read for the foreign keys of the table that is written? A SELECT within the
 * statement could be what reads it; SQLite asks for the columns first, and for the SELECT after.
 */
static bool is_link(struct privacy *privacy, const char *table, const char *column)
{
	struct buffer name = {0};
	bool link;

	if (privacy->target[0] == '\0' || privacy->selects)
		return false;
	buffer_format(&name, "%s.%s>%s", table, column, privacy->target);
	link = list_has(&privacy->links, buffer_text(&name));
	buffer_free(&name);
	privacy->linked |= link;
	return link;
}

/* Does the statement write this table, and read nothing but what writing takes? */
static bool is_written_only(struct privacy *privacy, const char *table)
{
	bool only = strcmp(privacy->target, table) == 0 && !privacy->selects;

	privacy->linked |= only;
	return only;
}

/* A view, a trigger; SQLite gives the name of a WITH and of a RETURNING there, too. */
static bool is_through(const struct privacy *privacy, const char *within)
{
	return within != NULL && list_has(&privacy->through, within);
}

/*
 * within is the view or trigger that reads, or NULL; SQLite also gives the name of a WITH there,
 * so it must be one that exists, and no WITH may take the name of one (shadow.c).
 */
static bool may_read(struct store *store, const char *table, const char *column, const char *within)
{
	struct privacy *privacy = &store->privacy;

	if (strcmp(store->role, "director") == 0)
		return true;
	/* The views that the audit is written through are no way to read it. */
	if (within != NULL && is_audit(within))
		return false;
	/* The trigger that keeps the private audit true looks at what anyone's save adds. */
	if (strcmp(table, "audit_private") == 0 && starts(within, "audit_private_"))
		return true;
	if (list_has(&privacy->closed, table))
		return is_link(privacy, table, column) ||
		       (is_written_only(privacy, table) && is_open_column(privacy, table, column));
	return !list_has(&privacy->partly, table) || is_through(privacy, within) ||
	       is_link(privacy, table, column) || is_open_column(privacy, table, column);
}

/* The search index has no triggers to ask; who may write no record may not write it either. */
static bool may_write(const struct store *store, const char *table)
{
	return !starts(table, "search") ||
	       (store->role[0] != '\0' && strcmp(store->role, "viewer") != 0);
}

static bool may_insert(const char *table, const char *within)
{
	if (is_audit(table))
		return starts(within, "audit_");
	return !is_standing(table) || within != NULL;
}

/* Tables that only migrations write: the schema, the list of tables, the matrix of roles. */
static bool is_fixed(const char *table)
{
	return starts(table, "sqlite_") || strcmp(table, "office_table") == 0 ||
	       strcmp(table, "may_write") == 0;
}

/*
 * SQLite asks for an update of its schema when it connects to the search index, and does not do
 * it; real ones it refuses by itself, because the connection is defensive.
 */
static bool may_update(const char *table, const char *within)
{
	return strcmp(table, "sqlite_master") == 0 ||
	       (!is_fixed(table) && !is_audit(table) && (!is_standing(table) || within != NULL));
}

static bool may_use_pragma(const char *pragma, const char *value)
{
	if (strcmp(pragma, "cache_size") == 0)
		return true;
	return value == NULL &&
	       (strcmp(pragma, "data_version") == 0 || strcmp(pragma, "user_version") == 0);
}

/* What the statement writes, and whether it asks for rows besides. */
static void note_what_it_does(
	struct privacy *privacy, int action, const char *first, const char *within)
{
	bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;

	if (writes && within == NULL)
		snprintf(privacy->target, sizeof privacy->target, "%s", first);
	if (action == SQLITE_SELECT && !is_through(privacy, within))
		privacy->selects = true;
}

static int authorize(void *context, int action, const char *first, const char *second,
	const char *database, const char *within)
{
	struct store *store = context;
	bool allowed;

	(void)database;
	note_what_it_does(&store->privacy, action, first, within);
	switch (action) {
	case SQLITE_SELECT:
		allowed = !(store->privacy.linked && store->privacy.selects);
		break;
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		allowed = true;
		break;
	case SQLITE_FUNCTION:
		allowed = strcmp(second, "load_extension") != 0;
		break;
	case SQLITE_READ:
		allowed = may_read(store, first, second, within);
		break;
	case SQLITE_INSERT:
		allowed = !is_fixed(first) && may_insert(first, within) && may_write(store, first);
		break;
	case SQLITE_UPDATE:
		allowed = may_update(first, within) && may_write(store, first);
		break;
	case SQLITE_DELETE:
		allowed = !is_fixed(first) && !is_audit(first) && !is_standing(first) &&
			  may_write(store, first);
		break;
	case SQLITE_PRAGMA:
		allowed = may_use_pragma(first, second);
		break;
	default:
		allowed = false;
		break;
	}
	return allowed ? SQLITE_OK : SQLITE_DENY;
}

void authorizer_begin(struct store *store)
{
	store->privacy.target[0] = '\0';
	store->privacy.selects = false;
	store->privacy.linked = false;
}

bool authorizer_start(struct store *store, struct error *err)
{
	/* Its own questions come first, while nobody answers for the schema. */
	sqlite3_set_authorizer(store->db, NULL, NULL);
	if (strcmp(store->role, "director") != 0 && !store->privacy.loaded &&
		!load_privacy(store, err))
		return false;
	sqlite3_set_authorizer(store->db, authorize, store);
	return true;
}

void authorizer_stop(struct store *store)
{
	struct privacy *privacy = &store->privacy;

	if (store->db != NULL)
		sqlite3_set_authorizer(store->db, NULL, NULL);
	list_free(&privacy->closed);
	list_free(&privacy->partly);
	list_free(&privacy->open);
	list_free(&privacy->links);
	list_free(&privacy->through);
	privacy->loaded = false;
}
