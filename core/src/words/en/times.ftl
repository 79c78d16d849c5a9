# Dates, times of day and lengths of time.

time-now = just now
time-minutes_ago = { $count } min ago
time-ago = { $length } ago
time-clock = { $clock }
time-clock_and_age = { $clock }, { $age }
time-today = Today { $clock }
time-yesterday = Yesterday { $clock }
time-tomorrow = Tomorrow { $clock }
time-date = { $day } { $month }, { $clock }
time-date_year = { $day } { $month } { $year }, { $clock }
time-exact = { $weekday } { $day } { $month } { $year }, { $clock } { $zone }
time-day = { $weekday } { $day } { $month }
time-day_year = { $weekday } { $day } { $month } { $year }

## In a row: as short as can be.

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-hours_minutes = { $hours } h { $minutes } min

## Within a sentence.

length-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
length-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
length-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
length-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

## Months and days of the week.

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
weekday-long-1 = Monday
weekday-long-2 = Tuesday
weekday-long-3 = Wednesday
weekday-long-4 = Thursday
weekday-long-5 = Friday
weekday-long-6 = Saturday
weekday-long-7 = Sunday
