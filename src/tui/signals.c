/*
 * signals.c - signals held back except while waiting, and the end of a terminal noticed.
 * GPL-3.0-or-later.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "tui/screen.h"

static const int caught[] = {SIGWINCH, SIGHUP, SIGTERM, SIGINT};
enum { CAUGHT = sizeof caught / sizeof caught[0] };

static struct sigaction before[CAUGHT];
static struct sigaction stop_before;
static sigset_t mask_before;
static sigset_t mask_waiting;
static bool started;
static bool hung_up;
static volatile sig_atomic_t seen;

static void note(int signal)
{
	if (signal == SIGWINCH)
		seen |= SIGNAL_RESIZE;
	else if (signal == SIGHUP)
		seen |= SIGNAL_HANG_UP;
	else
		seen |= SIGNAL_STOP;
}

void signals_start(void)
{
	struct sigaction action = {.sa_handler = note};
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t held;

	if (started)
		return;
	started = true;
	seen = 0;
	sigemptyset(&held);
	sigemptyset(&action.sa_mask);
	for (int i = 0; i < CAUGHT; i++) {
		sigaddset(&held, caught[i]);
		sigaddset(&action.sa_mask, caught[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &mask_before);
	mask_waiting = mask_before;
	for (int i = 0; i < CAUGHT; i++) {
		sigdelset(&mask_waiting, caught[i]);
		sigaction(caught[i], &action, &before[i]);
	}
	/* ncurses would draw from within its handler of SIGTSTP. ^Z is a key here. */
	sigaction(SIGTSTP, &ignore, &stop_before);
}

void signals_stop(void)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	if (!started)
		return;
	started = false;
	for (int i = 0; i < CAUGHT; i++) {
		/* First ignored: one that is held back would end the program before it is done. */
		sigaction(caught[i], &ignore, NULL);
		if (caught[i] != SIGHUP || !hung_up)
			sigaction(caught[i], &before[i], NULL);
	}
	sigaction(SIGTSTP, &stop_before, NULL);
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

/* Only this tells "nothing to read" from "gone": curses returns ERR for both, at once. */
static bool terminal_gone(short events)
{
	int waiting = 0;

	if (events & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return (events & POLLIN) && (ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0);
}

unsigned signals_wait(int milliseconds, bool *ready)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
	int found = ppoll(&input, 1, milliseconds < 0 ? NULL : &limit, &mask_waiting);
	unsigned now = (unsigned)seen; /* the handlers are held back again */

	seen = 0;
	*ready = found > 0 && (input.revents & POLLIN);
	if (found > 0 && terminal_gone(input.revents))
		now |= SIGNAL_HANG_UP;
	/* Anything but a signal would fail again at once, for ever. */
	if (found < 0 && errno != EINTR)
		now |= SIGNAL_HANG_UP;
	hung_up = hung_up || (now & SIGNAL_HANG_UP);
	return now;
}
