/*
 * bytes.c - goes on where a signal or a slow disk cut a call short. GPL-3.0-or-later.
 */
#include "store/bytes.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/fatal.h"

int bytes_write(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = write(file, bytes, length);

		if (count < 0 && errno != EINTR)
			return errno;
		bytes += count > 0 ? count : 0;
		length -= count > 0 ? (size_t)count : 0;
	}
	return 0;
}

int bytes_copy(int from, int to)
{
	enum { CHUNK = 262144 };
	char *bytes = memory_new(CHUNK);
	ssize_t length;
	int failure = 0;

	while (failure == 0 && (length = read(from, bytes, CHUNK)) != 0) {
		if (length > 0)
			failure = bytes_write(to, bytes, (size_t)length);
		else if (errno != EINTR)
			failure = errno;
	}
	free(bytes);
	return failure;
}
