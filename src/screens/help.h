/*
 * help.h - help about record types, made from their tables. GPL-3.0-or-later.
 *
 * Help texts are lines: "= Heading", "name<TAB>what it means", or a paragraph.
 */
#ifndef SCREENS_HELP_H
#define SCREENS_HELP_H

#include "office/record.h"
#include "screens/actions.h"

/* Appends what a record of the type is, what may be done with it now and at other times, and
 * what each field means. */
void help_type(struct store *store, const struct record_type *type, const struct offered *offered,
	struct buffer *out);

#endif
