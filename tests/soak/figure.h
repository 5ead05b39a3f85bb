/*
 * figure.h - one figure of a soak test on a line of its own, as tests/run.sh counts them and
 * tests/soak/soak.sh makes a table of them. GPL-3.0-or-later.
 */
#ifndef SOAK_FIGURE_H
#define SOAK_FIGURE_H

#include <stdbool.h>
#include <stdio.h>

/* "ok NAME: MEASURED (target: TARGET)". Returns reached. */
static inline bool figure(
	const char *name, const char *target, bool reached, double measured, const char *unit)
{
	printf("%s %s: %.*f%s (target: %s)\n", reached ? "ok" : "not ok", name,
		measured == (double)(long long)measured ? 0 : 2, measured, unit, target);
	fflush(stdout);
	return reached;
}

/* A count that must be 0. */
static inline bool figure_none(const char *name, long long measured)
{
	return figure(name, "0", measured == 0, (double)measured, "");
}

#endif
