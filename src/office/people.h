/*
 * people.h - how the office calls the person behind a login: "M. Chen", "Dr. Alvarez".
 * GPL-3.0-or-later.
 */
#ifndef OFFICE_PEOPLE_H
#define OFFICE_PEOPLE_H

#include "core/buffer.h"
#include "store/store.h"

/* Appends the short name of whoever has this login; the login itself when no name is known. */
void person_short(struct store *store, const char *login, struct buffer *out);

#endif
