/*
 * money.h - amounts of money as integer cents, quantities as thousandths. GPL-3.0-or-later.
 *
 * Everything that is money in the office is an int64_t of cents; text exists only at the edges
 * (forms, CSV, reports). Nothing here rounds silently and nothing overflows silently.
 */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* Sums beyond this are refused: 9,999,999,999,999.99. */
#define MONEY_MAX INT64_C(999999999999999)

/* And single amounts beyond this, as by the tables that keep them: 999,999,999,999.99. */
#define MONEY_TYPED_MAX INT64_C(99999999999999)

enum { MONEY_TEXT = 40 }; /* bytes that any formatted amount fits */

/*
 * Reads an amount such as "1,234.5", "$1,234.50", "(123.45)" or "-7".
 *
 * text   UTF-8, ends at NUL; blanks around it are ignored
 * cents  receives the amount in cents; unchanged on failure
 * err    receives one sentence a person can act on
 *
 * Returns false for anything that is not exact to the cent ("1.005", "1E+18", "12,34").
 */
bool money_parse(const char *text, int64_t *cents, struct error *err);

/* "1,234.50", "-7.00": for people. Returns out. */
const char *money_format(int64_t cents, char out[MONEY_TEXT]);

/* "1,234" or "-7": whole units, rounded half away from zero, for the budget grid. */
const char *money_format_whole(int64_t cents, char out[MONEY_TEXT]);

/* "1234.50": for CSV. */
const char *money_plain(int64_t cents, char out[MONEY_TEXT]);

/* Quantities in thousandths: "4", "2.5", "0.125"; at most three decimals. */
bool quantity_parse(const char *text, int64_t *thousandths, struct error *err);
const char *quantity_format(int64_t thousandths, char out[MONEY_TEXT]);

/* Sum; false when it would pass MONEY_MAX, and *sum is unchanged. */
bool money_add(int64_t left, int64_t right, int64_t *sum);

/*
 * quantity (thousandths) x price (cents), rounded half up to the cent (-0.5 gives 0); false when
 * it would pass MONEY_MAX, and *cents is unchanged.
 */
bool money_multiply(int64_t thousandths, int64_t price, int64_t *cents);

#endif
