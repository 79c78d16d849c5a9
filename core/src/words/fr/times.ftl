# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Dates, heures et durées.

time-now = à l’instant
time-minutes_ago = il y a { $count } min
time-ago = il y a { $length }
time-clock = { $clock }
time-clock_and_age = { $clock }, { $age }
time-today = Aujourd’hui { $clock }
time-yesterday = Hier { $clock }
time-tomorrow = Demain { $clock }
time-date = { $day } { $month }, { $clock }
time-date_year = { $day } { $month } { $year }, { $clock }
time-exact = { $weekday } { $day } { $month } { $year }, { $clock } { $zone }
time-day = { $weekday } { $day } { $month }
time-day_year = { $weekday } { $day } { $month } { $year }

## Dans une ligne : aussi court que possible.

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-hours_minutes = { $hours } h { $minutes } min

## Dans une phrase.

length-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
length-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
length-hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
length-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }

## Mois et jours de la semaine.

month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juil.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.
month-long-1 = janvier
month-long-2 = février
month-long-3 = mars
month-long-4 = avril
month-long-5 = mai
month-long-6 = juin
month-long-7 = juillet
month-long-8 = août
month-long-9 = septembre
month-long-10 = octobre
month-long-11 = novembre
month-long-12 = décembre
weekday-1 = lun.
weekday-2 = mar.
weekday-3 = mer.
weekday-4 = jeu.
weekday-5 = ven.
weekday-6 = sam.
weekday-7 = dim.
weekday-long-1 = lundi
weekday-long-2 = mardi
weekday-long-3 = mercredi
weekday-long-4 = jeudi
weekday-long-5 = vendredi
weekday-long-6 = samedi
weekday-long-7 = dimanche
