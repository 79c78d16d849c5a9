# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Datums, tye van die dag en tydsduur.

time-now = sopas
time-minutes_ago = { $count } min gelede
time-ago = { $length } gelede
time-clock = { $clock }
time-clock_and_age = { $clock }, { $age }
time-today = Vandag { $clock }
time-yesterday = Gister { $clock }
time-tomorrow = Môre { $clock }
time-date = { $day } { $month }, { $clock }
time-date_year = { $day } { $month } { $year }, { $clock }
time-exact = { $weekday } { $day } { $month } { $year }, { $clock } { $zone }
time-day = { $weekday } { $day } { $month }
time-day_year = { $weekday } { $day } { $month } { $year }

## In 'n ry: so kort moontlik.

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-hours_minutes = { $hours } h { $minutes } min

## In 'n sin.

length-seconds =
    { $count ->
        [one] { $count } sekonde
       *[other] { $count } sekondes
    }
length-minutes =
    { $count ->
        [one] { $count } minuut
       *[other] { $count } minute
    }
length-hours =
    { $count ->
        [one] { $count } uur
       *[other] { $count } uur
    }
length-days =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dae
    }

## Maande en weeksdae.

month-1 = Jan.
month-2 = Feb.
month-3 = Mrt.
month-4 = Apr.
month-5 = Mei
month-6 = Jun.
month-7 = Jul.
month-8 = Aug.
month-9 = Sep.
month-10 = Okt.
month-11 = Nov.
month-12 = Des.
month-long-1 = Januarie
month-long-2 = Februarie
month-long-3 = Maart
month-long-4 = April
month-long-5 = Mei
month-long-6 = Junie
month-long-7 = Julie
month-long-8 = Augustus
month-long-9 = September
month-long-10 = Oktober
month-long-11 = November
month-long-12 = Desember
weekday-1 = Ma.
weekday-2 = Di.
weekday-3 = Wo.
weekday-4 = Do.
weekday-5 = Vr.
weekday-6 = Sa.
weekday-7 = So.
weekday-long-1 = Maandag
weekday-long-2 = Dinsdag
weekday-long-3 = Woensdag
weekday-long-4 = Donderdag
weekday-long-5 = Vrydag
weekday-long-6 = Saterdag
weekday-long-7 = Sondag
