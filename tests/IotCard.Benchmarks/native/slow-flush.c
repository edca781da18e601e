// Simulates a disk whose flush takes 5 ms: preloaded (LD_PRELOAD), it prolongs each flush to that. For benchmarks only.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int flush_slowly(const char *name, int descriptor)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += 5000000;
    if (end.tv_nsec >= 1000000000)
    {
        end.tv_nsec -= 1000000000;
        end.tv_sec++;
    }

    int result = ((int (*)(int))dlsym(RTLD_NEXT, name))(descriptor);
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, 0);
    return result;
}

int fsync(int descriptor)
{
    return flush_slowly("fsync", descriptor);
}

int fdatasync(int descriptor)
{
    return flush_slowly("fdatasync", descriptor);
}
