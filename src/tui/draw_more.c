/*
 * draw_more.c - the sign that not all is in sight. GPL-3.0-or-later.
 */
#include "core/text.h"
#include "tui/draw.h"

void draw_more(struct area *area, int row, int column, int width, bool above, bool below)
{
	const char *words = above && below ? "more above and below"
			    : above        ? "more above"
			    : below        ? "more below"
					   : "";

	if (text_width(words) <= width)
		draw_text_right(area, row, column, width, ROLE_HINT, words);
}
