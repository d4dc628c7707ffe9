#include "sensor.h"

#include <stdio.h>
#include <stdlib.h>

struct reading sensor_measure(uint32_t hour)
{
    /* Until the real sensor answers: a day as it should look. */
    static const int16_t day[24] = {
        310, 280, 250, 230, 220, 240, 300, 390, 480, 560, 630, 680,
        710, 720, 700, 650, 580, 510, 460, 420, 390, 370, 350, 330,
    };
    struct reading reading = {
        .hour = hour,
        .temperature_centi = day[hour % 24],
        .pressure_deci = (uint16_t)(10132 + hour % 7),
    };
    return reading;
}

int reading_format(const struct reading *reading, char *text, size_t size)
{
    int t = reading->temperature_centi;
    int length = snprintf(text, size, "%lu;%s%d.%02d;%u.%u", (unsigned long)reading->hour, t < 0 ? "-" : "",
                          abs(t) / 100, abs(t) % 100, reading->pressure_deci / 10u, reading->pressure_deci % 10u);
    return length >= 0 && (size_t)length < size ? length : -1;
}
