/*
 * record.h - record types, and the one load, save, list and find that serve screens, commands
 * and CSV alike. GPL-3.0-or-later.
 */
#ifndef OFFICE_RECORD_H
#define OFFICE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "core/error.h"
#include "office/field.h"
#include "store/store.h"

/* ---- declarations ---- */

/* How the keys of a type are made. */
enum key_rule {
	KEY_NUMBER,  /* prefix and number: C-0001 */
	KEY_YEARLY,  /* prefix, year of today or of the date field key_year, number: PR-2026-0001 */
	KEY_CHILD,   /* parent's key, '/', prefix, number: PR-2026-0001/2, BD-2026-03/M1 */
	KEY_MEETING, /* body, year of the meeting, number: BD-2026-03 */
	KEY_NATURAL, /* typed by people: account code, login, policy name, body code */
};

/* A saved filter. The first view of a type is the one a list opens with. */
struct view {
	const char *name;  /* "open": --view, and the heading */
	const char *label; /* "Open requests" */
	const char *where; /* SQL over the row "t"; may use actor() and today() */
};

struct record_type;
struct record;

/* What an action is given: the record (fresh from the database) and what it asked for. */
struct action_call {
	struct store *store;
	const struct record_type *type;
	struct record *record; /* as loaded in the action's transaction */
	const struct action *action;
	const struct value *answers; /* one for each of action->asks */
	struct buffer *said;         /* the action adds one sentence about what it did */
};

struct action {
	const char *name;   /* "approve": mso do, help */
	const char *label;  /* "Approve" */
	const char *help;   /* one sentence: what it does and who may */
	const char *letter; /* key on the record and list page: "a", or "^E" */
	const char *states; /* status values it is offered in, space separated; NULL: always */
	const char *roles;  /* roles it is offered to, space separated */
	const char *when;   /* further SQL condition over the row "t" for offering it, or NULL */
	const char *warns;  /* SQL over "t": what to be asked about first, or NULL or ''; or NULL */
	bool decides;       /* decision: confirms with summary, carries the version seen, no undo */
	const struct field *asks; /* what it asks for, ends with key NULL; or NULL */
	const char *prefill;      /* SQL over "t": the first answer as it most likely is; or NULL */
	/*
	 * What it does, in one transaction: set is the SET part of an UPDATE of the record's row
	 * ("status = 'submitted', submitted_at = now()"); an answer :name is bound by its field
	 * key. run, when given, is called afterwards (or instead when set is NULL).
	 */
	const char *set;
	bool (*run)(struct action_call *call, struct error *err);
	const char *done; /* sentence when it worked: "{key} is approved.", any field in braces */
	/*
	 * What others read that somebody did: "noted {} left", the braces for the record or
	 * how many; NULL where set is. by: the field with the login of the only one who does it,
	 * which tells it from another action that sets the same; or NULL.
	 */
	const char *told, *by;
};

/*
 * When the fields and parts of a record are written at all. The rules are the triggers named
 * "..._stands" and "..._locked"; this says so before anybody types.
 */
struct lock {
	const char *open;  /* states in which they are, separated by spaces; NULL: always */
	const char *owner; /* field with the login of the only one who writes then, or NULL */
	const char *way;   /* what to do instead in the other states, a sentence */
	bool recorded;     /* by one person at a time (office/recording.h) */
};

struct record_type {
	const char *name;   /* "request-line": the command line's word */
	const char *table;  /* "request_line" */
	const char *source; /* table or view that is read; views leave out what is not for all */
	const char *label;  /* "purchase request" */
	const char *plural; /* "Purchase requests": menu, list heading, tab */
	const char *help;   /* one sentence: what a record is */
	const char *group;  /* menu heading: "Clients", "Staff", "Purchasing", "Budget", ... */
	int order;          /* place within the menu: 10, 20, ... over all groups */
	enum key_rule key_rule;
	const char *prefix;   /* "C"; for KEY_CHILD the letter before the number or "" */
	const char *key_year; /* KEY_YEARLY, KEY_MEETING: key of the date or year field, or NULL:
				 today */
	const char *private_table; /* side table of the private fields, or NULL */
	const char *state; /* key of the field that actions' states are about; NULL: "status" */
	struct lock lock;  /* when it is written; zeros: whenever the role may */
	/* Sentence: what is done with one that others refer to, as it cannot be deleted; NULL
	   where no field refers to the type. */
	const char *instead;
	/* Sentence: why nobody types any of them, as they come with the program; or NULL. */
	const char *given;
	const char *summary; /* SQL over "t": the line under the key in pickers and find; or NULL */
	const char *sort;    /* field key the list is sorted by at first; "-" before it: downward */
	/* Appends what a reference to it reads as instead of its key and title; or NULL. */
	void (*reads)(struct store *store, const char *key, struct buffer *out);
	const struct field *fields;   /* ends with key NULL */
	const struct view *views;     /* ends with name NULL; or NULL: all */
	const struct action *actions; /* ends with name NULL; or NULL */
};

/* All types, made from the files of src/office/records; ends with NULL. */
extern const struct record_type *const record_types[];

const struct record_type *record_type_find(const char *name); /* by name or table; NULL: none */
const struct field *record_type_field(const struct record_type *type, const char *key);
int record_type_field_index(const struct record_type *type, const char *key); /* -1: none */
int record_type_field_count(const struct record_type *type);
const struct field *record_type_key(const struct record_type *type);
const struct field *record_type_title(const struct record_type *type);  /* NULL: none */
const struct field *record_type_parent(const struct record_type *type); /* NULL: none */
const struct view *record_type_view(const struct record_type *type, const char *name);
const struct action *record_type_action(const struct record_type *type, const char *name);

/* The type that a reference field refers to; one that is not there is a bug. */
const struct record_type *field_refers(const struct field *field);

/* The types whose records show as tabs of this one, in menu order. Returns how many. */
struct child_list {
	const struct record_type *type;
	const struct field *reference; /* its field that refers to the parent */
};
int record_type_children(const struct record_type *type, struct child_list *out, int capacity);

/* ---- records ---- */

/* One record in memory: values in the order of the fields. Owned by who made it. */
struct record {
	const struct record_type *type;
	int64_t id;      /* 0: new */
	int64_t version; /* as loaded */
	struct value *values;
	struct value *loaded; /* as they were when loaded; new: all NULL */
};

struct record *record_new(const struct record_type *type); /* empty */
void record_free(struct record *record);

/* A copy to set and save while the original stays as it was read. Caller frees. */
struct record *record_copy(const struct record *record);

/* The same without what was set since it was loaded. Caller frees. */
struct record *record_as_loaded(const struct record *record);

/* A new record with the defaults, the creator, and parent's key where given (else NULL). */
struct record *record_start(
	struct store *store, const struct record_type *type, const char *parent);

/* Loads by key (any case) or unique name; NULL with a sentence when there is none. */
struct record *record_load(
	struct store *store, const struct record_type *type, const char *key, struct error *err);

const char *record_key(const struct record *record);   /* "" while new */
const char *record_state(const struct record *record); /* its state field's value or "" */
const struct value *record_value(const struct record *record, const char *field);
const char *record_text(const struct record *record, const char *field); /* stored text or "" */
void record_format(const struct record *record, const char *field, struct buffer *out);

/* Sets a field from typed text (field_parse); false with a sentence. */
bool record_set(struct store *store, struct record *record, const char *field, const char *text,
	struct error *err);

/* True when the actor may change this field of this record now (new or not). */
bool record_may_set(struct store *store, const struct record *record, const struct field *field);

/* True when anybody types records of this type, and the role matrix lets the actor. */
bool record_may_write(struct store *store, const struct record_type *type);

/* Appends the roles that the matrix lets write the type: "the director and staff". */
void record_writers(struct store *store, const struct record_type *type, struct buffer *out);

/*
 * Checks required fields and references, then SELECT, then INSERT or UPDATE of the changed
 * columns, private side table, and search index, in one transaction. A stale version fails with
 * code "stale". On success the record is as freshly loaded (key, version, computed fields).
 * Nothing changed: true, and nothing is written.
 */
bool record_save(struct store *store, struct record *record, struct error *err);

/* True when a save would write something. */
bool record_changed(struct store *store, const struct record *record);

/* The refusal with code "stale": who changed the record last and when. Always false. */
bool record_stale(struct store *store, const struct record *record, struct error *err);

/*
 * Deletes a record that nothing refers to; the rules say when not. One that is not as it was loaded
 * any more stays, with code "stale".
 */
bool record_delete(struct store *store, struct record *record, struct error *err);

/*
 * What people read for a reference: key and title ("V-0003 Acme Office Supply"), or the type's own
 * words ("M. Chen"). Appends.
 */
void record_reference_label(struct store *store, const struct field *field,
	const struct value *value, struct buffer *out);

/*
 * Finds the key that text means for the type: a key in any case, "key title" as labels print it,
 * or a unique name. false with a sentence: unknown, or several with that name.
 */
bool record_resolve(struct store *store, const struct record_type *type, const char *text,
	struct value *key, struct error *err);

/* ---- lists ---- */

struct record_query {
	const struct record_type *type;
	const struct view *view;  /* NULL: all */
	const char *parent_field; /* with parent: only those referring to it; or NULL */
	const char *parent;
	const char *match;        /* words typed in the filter; NULL or "": all */
	bool named;               /* the words stand in the key or the title, not elsewhere */
	const struct field *sort; /* NULL: the type's own order */
	bool downward;
};

/*
 * A page of records after (or before) one in the query's order, reading only stored and listed
 * computed fields; private ones only for who may. anchor NULL: from the top (or the bottom).
 * Fills at most wanted records (caller frees each); returns how many, in list order; -1: error.
 * Keyset paging: cost does not grow with the table for sort fields that are the key or INDEXED.
 */
int record_page(struct store *store, const struct record_query *query, const struct record *anchor,
	bool backward, int wanted, struct record **out, struct error *err);

/*
 * Runs a function over all records of the query in order, every field read; stops when it returns
 * false. The record and its texts are lent for the call: value_copy what is to stay.
 */
bool record_each(struct store *store, const struct record_query *query,
	bool (*each)(const struct record *record, void *context), void *context, struct error *err);

int64_t record_count(struct store *store, const struct record_query *query);

/* The same, but stops counting at most: a big list need not know more than "many". */
int64_t record_count_to(struct store *store, const struct record_query *query, int64_t most);

/* ---- find anything ---- */

struct found {
	const struct record_type *type;
	char *key;   /* owned by the result */
	char *title; /* owned */
};

/* Best matches for words typed so far over keys, names and texts of all types. Caller frees. */
int record_find(struct store *store, const char *text, int wanted, struct found *out);
void found_free(struct found *found, int count);

/* Search index upkeep: record_save does it for one record; import for many in one statement. */
bool search_update(struct store *store, const struct record *record, struct error *err);
bool search_add_all_since(struct store *store, const struct record_type *type, int64_t id,
	struct error *err); /* rows with a greater id, in one bulk statement */
bool search_rebuild(struct store *store, struct error *err);

/* ---- actions ------------------------------------------------------------------------------------
 */

/* True when list, an action's states or roles, holds the word; NULL holds any. */
bool action_lists(const char *list, const char *word);

/* True when the action is offered to this actor for this record now (state, role, when). */
bool action_offered(struct store *store, const struct action *action, const struct record *record);

/* Appends the first answer as the action expects it for this record, in its stored form. */
void action_prefill(struct store *store, const struct action *action, const struct record *record,
	struct buffer *out);

/* Appends what the action warns of for this record; nothing when it may just be done. */
void action_warning(struct store *store, const struct action *action, const struct record *record,
	struct buffer *out);

/*
 * Does an action on the record with this key in one transaction; answers are typed texts in the
 * order of action->asks (NULL: not given, so its default; answers NULL: none is given). version is
 * the version that was seen, or 0 for any. said receives one sentence. false with a sentence;
 * nothing is changed then.
 */
bool action_do(struct store *store, const struct record_type *type, const char *key,
	const struct action *action, const char *const *answers, int64_t version,
	struct buffer *said, struct error *err);

/* Rule codes -> sentences (office/rules.c); pass to store_explain after opening. */
void rules_explain(struct store *store, const char *code, const char *key, struct error *err);

/*
 * The cells of the newest record's key where keys are given by number, which get longer with them;
 * 0 where keys are typed, or there is no record.
 */
int record_newest_width(struct store *store, const struct record_type *type);

/*
 * Appends the next key of the record's type, parent and year, taken from its sequence; for
 * KEY_NATURAL a bug. Within the transaction that saves the record. record_save calls it.
 */
bool record_next_key(
	struct store *store, const struct record *record, struct buffer *key, struct error *err);

#endif
