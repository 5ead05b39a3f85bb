/*
 * stack.h - the stack of pages as the loop and the frame see it. GPL-3.0-or-later.
 */
#ifndef TUI_STACK_H
#define TUI_STACK_H

#include <stdbool.h>

#include "tui/page.h"

/* An overlay leaves the page below it in sight. */
bool page_is_overlay(const struct page *page);

/* Frees the pages that left; to be called when no function of theirs is running. */
void stack_bury(void);

/* Takes all pages off and frees them. */
void stack_end(void);

/* Takes the windows of all overlays away, before curses changes the size of everything. */
void stack_detach(void);

/*
 * Gives every overlay its window for this size of the screen, and draws them from the lowest.
 * False when there are none.
 */
bool stack_draw_overlays(int rows, int columns);

#endif
