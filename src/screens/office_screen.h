/*
 * office_screen.h - the office, full screen. GPL-3.0-or-later.
 */
#ifndef SCREENS_OFFICE_SCREEN_H
#define SCREENS_OFFICE_SCREEN_H

#include <stdbool.h>

#include "core/error.h"
#include "store/store.h"

/*
 * Takes the terminal, opens home and runs until the person leaves or the line goes down. False
 * with a sentence when there is no terminal to take.
 */
bool office_screen(struct store *store, struct error *err);

#endif
