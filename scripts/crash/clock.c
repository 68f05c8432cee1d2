/* Shifts the wall clock of `summa serve` by as many seconds as the file named by SUMMA_CLOCK_FILE says at that moment.
 * The sandbox that it starts inherits this library and keeps the right time: it is another company.
 *
 * Loaded with LD_PRELOAD. Only CLOCK_REALTIME is shifted, as when somebody sets the machine's clock; the monotonic clocks go on.
 * A shim of our own rather than libfaketime: it is stepped while the process runs, by writing eight bytes, and needs no package.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *offset_seconds;

__attribute__((constructor)) static void map_offset(int count, char **arguments) {
    const char *path = getenv("SUMMA_CLOCK_FILE");
    int is_serving = count > 1 && strcmp(arguments[1], "serve") == 0;
    int file = path && is_serving ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *offset_seconds, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (page != MAP_FAILED) offset_seconds = page;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && offset_seconds && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += *offset_seconds;
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}
