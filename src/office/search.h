/*
 * search.h - what the lists and the deletion need of the search index besides record.h.
 * GPL-3.0-or-later.
 */
#ifndef OFFICE_SEARCH_H
#define OFFICE_SEARCH_H

#include "office/record.h"

/* The numbers of a type's rows in the index are first + id, up to last. */
struct search_range {
	int64_t first, last;
	bool open;  /* no row of the type is private */
	bool whole; /* every row of the type that the actor may see is in the index */
};
struct search_range search_range_of(struct store *store, const struct record_type *type);

/* True for a field whose words can be found: key, title, and other text that is for all. */
bool search_has_field(const struct record_type *type, const struct field *field);

/* True when a save of the record (values against loaded) leaves its row in the index as it is. */
bool search_stays(struct store *store, const struct record *record);

/*
 * After a change of the record (values against loaded): writes anew what stands in the index for
 * records whose privacy rests on it, such as the bookings of an account that becomes private.
 */
bool search_follow(struct store *store, const struct record *record, struct error *err);

/*
 * Compares the index with the records of the type: *count receives how many there are. False with
 * a sentence about the first that is missing in the index, stands there otherwise, or is too many.
 */
bool search_check(
	struct store *store, const struct record_type *type, int64_t *count, struct error *err);

bool search_remove(struct store *store, const struct record *record, struct error *err);

#endif
