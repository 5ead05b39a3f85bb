/*
 * frame.h - all that is seen, drawn at once; for the loop. GPL-3.0-or-later.
 */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include <stdbool.h>

/* Draws title, page, message, rule, hints and overlays, and sends what changed. */
void frame_draw(void);

/*
 * Shows the message at once, in one row, and asks no page: for a wait in the middle of something,
 * when pages could not be drawn.
 */
void frame_message_show(void);

/* Too small to show anything but a sentence that says so. */
bool frame_too_small(void);

/* Counts the messages set; a message that is older than the last key goes with it. */
unsigned long message_number(void);

#endif
