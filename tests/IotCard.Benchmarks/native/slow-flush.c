// Simulates a disk whose flush takes 5 ms: preloaded (LD_PRELOAD), it makes a process wait before each flush. For benchmarks only.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int flush_slowly(const char *name, int descriptor)
{
    struct timespec delay = {0, 5000000};
    nanosleep(&delay, 0);
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(descriptor);
}

int fsync(int descriptor)
{
    return flush_slowly("fsync", descriptor);
}

int fdatasync(int descriptor)
{
    return flush_slowly("fdatasync", descriptor);
}
