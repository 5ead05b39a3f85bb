/*
 * core_buffer.c - proves growing bytes, error sentences, and the way the program ends.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/fatal.h"
#include "core/text.h"

static void buffer_is_empty_text_before_anything_was_added(void **state)
{
	struct buffer buffer = {0};

	(void)state;
	assert_string_equal(buffer_text(&buffer), "");
	assert_null(buffer.data);
	buffer_clear(&buffer);
	buffer_free(&buffer);
	buffer_free(NULL);
}

static void buffer_joins_what_is_added(void **state)
{
	struct buffer buffer = {0};

	(void)state;
	buffer_add(&buffer, "net ");
	buffer_add_char(&buffer, '3');
	buffer_add_bytes(&buffer, "0 days", 1);
	buffer_format(&buffer, ", %d of %s", 7, "nine");
	assert_string_equal(buffer_text(&buffer), "net 30, 7 of nine");
	assert_int_equal(buffer.length, strlen("net 30, 7 of nine"));
	buffer_free(&buffer);
	assert_null(buffer.data);
	assert_int_equal(buffer.length, 0);
}

static void buffer_keeps_nul_bytes(void **state)
{
	struct buffer buffer = {0};

	(void)state;
	buffer_add_bytes(&buffer, "a\0b", 3);
	assert_int_equal(buffer.length, 3);
	assert_memory_equal(buffer.data, "a\0b", 4);
	buffer_free(&buffer);
}

static void buffer_accepts_no_bytes_from_nowhere(void **state)
{
	struct buffer buffer = {0};

	(void)state;
	buffer_add_bytes(&buffer, NULL, 0);
	buffer_format(&buffer, "%s", "");
	assert_string_equal(buffer_text(&buffer), "");
	buffer_free(&buffer);
}

static void buffer_grows_over_every_capacity(void **state)
{
	struct buffer buffer = {0};

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		buffer_add_char(&buffer, (char)('a' + i % 26));
		assert_int_equal(buffer.length, i + 1);
		assert_true(buffer.capacity > buffer.length);
		assert_int_equal(buffer.data[buffer.length], '\0');
	}
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(buffer.data[i], 'a' + i % 26);
	buffer_free(&buffer);
}

static void buffer_formats_more_than_it_had_room_for(void **state)
{
	struct buffer buffer = {0};

	(void)state;
	buffer_add(&buffer, "<");
	buffer_format(&buffer, "%3000d>", 1);
	assert_int_equal(buffer.length, 3002);
	assert_int_equal(buffer.data[0], '<');
	assert_string_equal(buffer.data + 3000, "1>");
	buffer_free(&buffer);
}

static void buffer_take_hands_over_and_starts_anew(void **state)
{
	struct buffer buffer = {0};
	char *text;

	(void)state;
	text = buffer_take(&buffer);
	assert_string_equal(text, "");
	free(text);

	buffer_add(&buffer, "first");
	text = buffer_take(&buffer);
	assert_null(buffer.data);
	buffer_add(&buffer, "second");
	assert_string_equal(text, "first");
	assert_string_equal(buffer_text(&buffer), "second");
	free(text);
	buffer_free(&buffer);
}

static void buffer_clear_empties_and_keeps_the_memory(void **state)
{
	struct buffer buffer = {0};
	char *before;

	(void)state;
	buffer_add(&buffer, "some text");
	before = buffer.data;
	buffer_clear(&buffer);
	assert_string_equal(buffer_text(&buffer), "");
	assert_int_equal(buffer.length, 0);
	buffer_add(&buffer, "other");
	assert_ptr_equal(buffer.data, before);
	buffer_free(&buffer);
}

static void error_set_fills_the_sentence_and_returns_false(void **state)
{
	struct error err = {.code = "over-limit", .field = "amount", .text = "old"};

	(void)state;
	assert_false(error_set(&err, "There are %d chairs; order %s.", 3, "more"));
	assert_string_equal(err.text, "There are 3 chairs; order more.");
	assert_string_equal(err.code, "");
	assert_string_equal(err.field, "");
}

static void error_field_names_the_field(void **state)
{
	struct error err = {.code = "over-limit"};

	(void)state;
	assert_false(error_field(&err, "needed_by", "The date is %s.", "blank"));
	assert_string_equal(err.field, "needed_by");
	assert_string_equal(err.text, "The date is blank.");
	assert_string_equal(err.code, "");
}

static void error_may_be_absent(void **state)
{
	(void)state;
	error_clear(NULL);
	assert_false(error_set(NULL, "nobody %s", "listens"));
	assert_false(error_field(NULL, "amount", "nobody %s", "listens"));
}

static void error_clear_empties_everything(void **state)
{
	struct error err = {.code = "a", .field = "b", .text = "c"};

	(void)state;
	error_clear(&err);
	assert_string_equal(err.code, "");
	assert_string_equal(err.field, "");
	assert_string_equal(err.text, "");
}

static void error_may_be_wrapped_in_a_sentence_of_its_own(void **state)
{
	struct error err;

	(void)state;
	error_field(&err, "amount", "\"x\" is not an amount.");
	assert_false(error_field(&err, err.field, "Row 7: %s", err.text));
	assert_string_equal(err.field, "amount");
	assert_string_equal(err.text, "Row 7: \"x\" is not an amount.");
}

/* Every offset of a character across the end of the text, for characters of 1 to 4 bytes. */
static void error_is_cut_between_characters(void **state)
{
	static const char *const characters[] = {"x", "é", "日", "🙂"};
	struct error err;

	(void)state;
	for (size_t kind = 0; kind < 4; kind++) {
		size_t size = strlen(characters[kind]);

		for (size_t before = 0; before < size; before++) {
			struct buffer text = {0};

			for (size_t i = 0; i < before; i++)
				buffer_add_char(&text, '.');
			for (int i = 0; i < 1000; i++)
				buffer_add(&text, characters[kind]);
			error_field(&err, buffer_text(&text), "%s", buffer_text(&text));
			assert_int_equal(strlen(err.text), before + (639 - before) / size * size);
			assert_int_equal(strlen(err.field), before + (47 - before) / size * size);
			assert_true(text_check(err.text, strlen(err.text), false, NULL));
			assert_true(text_check(err.field, strlen(err.field), false, NULL));
			buffer_free(&text);
		}
	}
}

static void error_that_fits_exactly_is_not_cut(void **state)
{
	struct error err;
	struct buffer text = {0};

	(void)state;
	for (int i = 0; i < 213; i++)
		buffer_add(&text, "日");
	error_set(&err, "%s", buffer_text(&text));
	assert_string_equal(err.text, buffer_text(&text));
	buffer_free(&text);
}

static void memory_is_zeroed_and_never_null(void **state)
{
	unsigned char *memory = memory_new(100);
	void *nothing = memory_new(0);

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(memory[i], 0);
	memory[99] = 7;
	memory = memory_resize(memory, 10000);
	assert_int_equal(memory[99], 7);
	memory = memory_resize(memory, 0);
	assert_non_null(memory);
	assert_non_null(nothing);
	free(nothing);
	free(memory);
}

static void memory_text_copies(void **state)
{
	const char *original = "vendor";
	char *whole = memory_text(original);
	char *part = memory_text_part(original, 3);
	char *beyond = memory_text_part(original, 99);

	(void)state;
	assert_ptr_not_equal(whole, original);
	assert_string_equal(whole, "vendor");
	assert_string_equal(part, "ven");
	assert_string_equal(beyond, "vendor");
	assert_null(memory_text(NULL));
	assert_null(memory_text_part(NULL, 3));
	free(whole);
	free(part);
	free(beyond);
}

/* Runs end in a child with standard error caught; returns how the child ended. */
static int caught(void (*end)(void), char *output, size_t size)
{
	int ends[2];
	int status;
	size_t length = 0;
	ssize_t more;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
		/* The test library's own handler would turn the abort into a failed test. */
		signal(SIGABRT, SIG_DFL);
		dup2(ends[1], STDERR_FILENO);
		end();
		_exit(0);
	}
	close(ends[1]);
	while (length < size - 1 && (more = read(ends[0], output + length, size - 1 - length)) > 0)
		length += (size_t)more;
	output[length] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void restore(void)
{
	fputs("[restored]", stderr);
}

static void end_with_screen(void)
{
	fatal_before(restore);
	fatal("row %d is missing", 7);
}

static void broken_restore(void)
{
	fatal("no screen to restore");
}

static void end_in_restore(void)
{
	fatal_before(broken_restore);
	fatal("row 7 is missing");
}

static void end_with_hostile_text(void)
{
	fatal("a\033[2Jb\xc2\x9b\xff\xe2\x80\xae é");
}

static void end_without_memory(void)
{
	free(memory_resize(memory_new(1), (size_t)PTRDIFF_MAX));
}

static void fatal_restores_the_screen_then_speaks_then_aborts(void **state)
{
	char output[4096];
	int status = caught(end_with_screen, output, sizeof output);

	(void)state;
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_string_equal(output, "[restored]mso: row 7 is missing\n");
}

static void fatal_inside_the_restore_does_not_loop(void **state)
{
	char output[4096];
	int status = caught(end_in_restore, output, sizeof output);

	(void)state;
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_string_equal(output, "mso: no screen to restore\n");
}

static void fatal_sends_no_controls_to_the_terminal(void **state)
{
	char output[4096];

	(void)state;
	caught(end_with_hostile_text, output, sizeof output);
	assert_string_equal(output, "mso: a?[2Jb?????? é\n");
}

static void memory_that_cannot_be_had_is_fatal(void **state)
{
	char output[4096];
	int status = caught(end_without_memory, output, sizeof output);

	(void)state;
	/* A sanitizer ends the program in its own words, but never goes on with NULL. */
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_true(strlen(output) > 0);
}

int main(void)
{
	const struct CMUnitTest buffers[] = {
		cmocka_unit_test(buffer_is_empty_text_before_anything_was_added),
		cmocka_unit_test(buffer_joins_what_is_added),
		cmocka_unit_test(buffer_keeps_nul_bytes),
		cmocka_unit_test(buffer_accepts_no_bytes_from_nowhere),
		cmocka_unit_test(buffer_grows_over_every_capacity),
		cmocka_unit_test(buffer_formats_more_than_it_had_room_for),
		cmocka_unit_test(buffer_take_hands_over_and_starts_anew),
		cmocka_unit_test(buffer_clear_empties_and_keeps_the_memory),
	};
	const struct CMUnitTest errors[] = {
		cmocka_unit_test(error_set_fills_the_sentence_and_returns_false),
		cmocka_unit_test(error_field_names_the_field),
		cmocka_unit_test(error_may_be_absent),
		cmocka_unit_test(error_clear_empties_everything),
		cmocka_unit_test(error_may_be_wrapped_in_a_sentence_of_its_own),
		cmocka_unit_test(error_is_cut_between_characters),
		cmocka_unit_test(error_that_fits_exactly_is_not_cut),
	};
	const struct CMUnitTest ends[] = {
		cmocka_unit_test(memory_is_zeroed_and_never_null),
		cmocka_unit_test(memory_text_copies),
		cmocka_unit_test(fatal_restores_the_screen_then_speaks_then_aborts),
		cmocka_unit_test(fatal_inside_the_restore_does_not_loop),
		cmocka_unit_test(fatal_sends_no_controls_to_the_terminal),
		cmocka_unit_test(memory_that_cannot_be_had_is_fatal),
	};

	return cmocka_run_group_tests_name("buffer", buffers, NULL, NULL) +
	       cmocka_run_group_tests_name("error", errors, NULL, NULL) +
	       cmocka_run_group_tests_name("fatal and memory", ends, NULL, NULL);
}
