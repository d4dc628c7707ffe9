/* Wakes once an hour, measures, stores, sends every sixth time, sleeps. */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "sensor.h"

#define HOURS_PER_REPORT 6
#define LONGEST_WAIT_S 3600u

/* A station that finds nobody doubles its patience instead of calling all night. */
static uint32_t next_attempt(unsigned failures)
{
    return failures >= 12 ? LONGEST_WAIT_S : 1u << failures;
}

static bool report(const struct reading *readings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char line[READING_TEXT];
        if (reading_format(&readings[i], line, sizeof line) < 0)
            return false;
        if (puts(line) == EOF)
            return false;
    }
    return true;
}

int main(void)
{
    struct reading readings[HOURS_PER_REPORT];
    unsigned failures = 0;

    for (uint32_t hour = 0; hour < 24; hour++) {
        readings[hour % HOURS_PER_REPORT] = sensor_measure(hour);
        if ((hour + 1) % HOURS_PER_REPORT != 0)
            continue;
        if (report(readings, HOURS_PER_REPORT)) {
            failures = 0;
        } else {
            fprintf(stderr, "again in %u s\n", (unsigned)next_attempt(failures++));
        }
    }
    return 0;
}
