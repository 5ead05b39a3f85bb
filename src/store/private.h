/*
 * private.h - what a store is made of, for the files of this room only. GPL-3.0-or-later.
 */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include <sqlite3.h>

#include "store/embedded.h"
#include "store/identity.h"
#include "store/store.h"

enum { STATEMENT_BUCKETS = 128, ROLE_TEXT = 16 };

/* Sorted names; owned. */
struct name_list {
	char **names;
	size_t count;
};

/* What people other than the director may not read; empty while the director acts. */
struct privacy {
	bool loaded;
	struct name_list closed;  /* tables that nobody else reads at all */
	struct name_list partly;  /* tables of which others see some rows, through views */
	struct name_list open;    /* of those, "table.column": what an UPDATE's WHERE needs */
	struct name_list links;   /* "table.column>parent": what a foreign key looks through */
	struct name_list through; /* the views and triggers there are */
	char target[64];          /* the table that the statement being prepared writes, or "" */
	bool selects;             /* has that statement a SELECT of its own? */
	bool linked;              /* was it let read what only its own writing needs? */
};

struct store {
	sqlite3 *db;
	char *path;     /* the office's place, also while the file is still built beside it */
	char *built;    /* the unpublished file; NULL once published */
	int built_file; /* its descriptor, for the lock and the sync; -1 when built is NULL */
	struct identity identity;
	char role[ROLE_TEXT]; /* "" for a login without an active account */
	int64_t version;      /* of the schema this program knows */
	struct privacy privacy;

	struct statement *statements[STATEMENT_BUCKETS];
	int idle;      /* statements that nobody holds */
	uint64_t turn; /* counts statements handed back: the oldest idle one goes first */

	int depth;   /* transactions open, nested ones included */
	bool broken; /* SQLite gave the transaction up by itself, or cannot be trusted to go on */
	struct error reason; /* why */
	int64_t changes;     /* rows written before the outermost one began */
	bool saved;          /* some were committed */
	bool damaged;        /* SQLite found the file so: nothing more is written */

	store_explainer *explain;
	bool explaining;
	char *about; /* key of the record being written, or NULL */

	struct draft_file *drafts; /* of drafts.c; NULL until it is asked for */
	int64_t others;            /* data_version when the role was last looked at */
};

/* As store_open and store_create, with migrations other than the program's own. */
struct store *store_open_with(
	const struct store_options *options, const struct embedded_file *files, struct error *err);
struct store *store_create_with(
	const struct store_options *options, const struct embedded_file *files, struct error *err);

/* Reads the acting login's role anew and lets the authorizer follow. */
bool store_read_role(struct store *store, struct error *err);

/* Others have saved: is the role still the same? If not, the authorizer follows it. */
void store_follow_role(struct store *store);

/* Finalises the statements and closes the file; the store remains. */
void store_disconnect(struct store *store);

/* authorizer.c */
void authorizer_begin(struct store *store); /* before a statement is prepared, or anew */
bool authorizer_start(struct store *store, struct error *err);
void authorizer_stop(struct store *store); /* forgets all, frees the lists */

/* shadow.c: does a WITH of the SQL take one of these names? */
bool shadow_found(const char *sql, const struct name_list *names);

/* damage.c: looks at what SQLite gave; of a damaged file err says more then. NULL is allowed. */
void store_found(struct store *store, int code, struct error *err);

/* Says how to go on when the office at this path is damaged: err's code is "damaged". True. */
bool damage_explain(const char *path, struct error *err);

/* statement.c */
void statements_finalize(struct store *store);

/*
 * transaction.c: after a failed step, does the transaction still stand? err says what failed.
 * And before a step that writes: false with the sentence of what broke the transaction.
 */
void transaction_failed(struct store *store, int code, const struct error *err);
bool transaction_may_write(struct store *store, struct error *err);

/*
 * verify.c: an office without rows of a version; of an older one without the guards, which every
 * migration makes anew. NULL with a sentence. And: has db the tables, views and triggers of fresh?
 * *count is added to.
 */
sqlite3 *schema_fresh(const struct embedded_file *files, int64_t version, struct identity *identity,
	struct error *err);
bool schema_same(sqlite3 *db, sqlite3 *fresh, int64_t *count, struct error *err);

/* drafts.c: closes the file of drafts. */
void drafts_close(struct store *store);

/* create.c: removes the file that was never published. */
void create_abandon(struct store *store);

#endif
