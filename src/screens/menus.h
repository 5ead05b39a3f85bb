/*
 * menus.h - what the menu bar and the palette share. GPL-3.0-or-later.
 */
#ifndef SCREENS_MENUS_H
#define SCREENS_MENUS_H

#include "office/record.h"

/* Types with a place in the menu; parts without views of their own are seen in their whole. */
bool menus_has(const struct record_type *type);

/* Leaves all pages above the first one; false when one of them stays. */
bool menus_go_home(void);

#endif
