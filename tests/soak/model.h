/*
 * model.h - what the office must hold after the deeds that were told: kept apart from the program,
 * in plain SQL over the file. GPL-3.0-or-later.
 */
#ifndef SOAK_MODEL_H
#define SOAK_MODEL_H

#include <stdint.h>

#include "work.h"

struct model;

struct model *model_new(void);
void model_free(struct model *model);

/* Notes a message; the later of a deed's two replaces the earlier. */
void model_note(struct model *model, const struct deed *deed);

struct verdict {
	int64_t saved;      /* deeds acknowledged */
	int64_t open;       /* begun and never acknowledged */
	int64_t open_there; /* of those new records, saved all the same */
	int64_t refused;
	int64_t stale;   /* of those: somebody was faster */
	int64_t decided; /* of those: decided meanwhile, or the budget used up */
	int64_t shown;   /* of those: anything else; each is printed */
	int64_t lost;    /* acknowledged and not there; each is printed */
	int64_t unasked; /* refused, and there all the same */
	int64_t torn;    /* integrity, references, totals, audit */
};

/* Compares the office file with the deeds. Prints what is wrong to standard error. */
void model_check(struct model *model, const char *path, struct verdict *verdict);

#endif
