#ifndef SENSOR_H
#define SENSOR_H

#include <stddef.h>
#include <stdint.h>

#define READING_TEXT 48

/* Integers only: the processor has no floating point. */
struct reading {
    uint32_t hour;
    int16_t temperature_centi;  /* hundredths of a degree Celsius */
    uint16_t pressure_deci;     /* tenths of a hectopascal */
};

struct reading sensor_measure(uint32_t hour);

/* Returns the length, or -1 when the text does not fit. */
int reading_format(const struct reading *reading, char *text, size_t size);

#endif
