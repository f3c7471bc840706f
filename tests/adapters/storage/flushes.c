/* Counts the flushes of a process that loads this before the C library: total_flushes() tells. */
#define _GNU_SOURCE
#include <dlfcn.h>

static long flushes;

long total_flushes(void) { return __atomic_load_n(&flushes, __ATOMIC_SEQ_CST); }

static int count(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    __atomic_add_fetch(&flushes, 1, __ATOMIC_SEQ_CST);
    return real(fd);
}

int fsync(int fd) { return count("fsync", fd); }
int fdatasync(int fd) { return count("fdatasync", fd); }
