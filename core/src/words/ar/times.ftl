# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# التواريخ وأوقات اليوم والمدد.

time-now = الآن
time-minutes_ago = قبل { $count } د
time-ago = قبل { $length }
time-clock = { $clock }
time-clock_and_age = { $clock }، { $age }
time-today = اليوم { $clock }
time-yesterday = أمس { $clock }
time-tomorrow = غدًا { $clock }
time-date = { $day } { $month }، { $clock }
time-date_year = { $day } { $month } { $year }، { $clock }
time-exact = { $weekday } { $day } { $month } { $year }، { $clock } { $zone }
time-day = { $weekday } { $day } { $month }
time-day_year = { $weekday } { $day } { $month } { $year }

## في سطر: أقصر ما يمكن.

duration-seconds = { $count } ث
duration-minutes = { $count } د
duration-hours = { $count } س
duration-hours_minutes = { $hours } س { $minutes } د

## داخل جملة.

length-seconds =
    { $count ->
        [zero] { $count } ثانية
        [one] ثانية واحدة
        [two] ثانيتين
        [few] { $count } ثوانٍ
        [many] { $count } ثانية
       *[other] { $count } ثانية
    }
length-minutes =
    { $count ->
        [zero] { $count } دقيقة
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }
length-hours =
    { $count ->
        [zero] { $count } ساعة
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
length-days =
    { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومين
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }

## الأشهر وأيام الأسبوع.

month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
month-long-1 = يناير
month-long-2 = فبراير
month-long-3 = مارس
month-long-4 = أبريل
month-long-5 = مايو
month-long-6 = يونيو
month-long-7 = يوليو
month-long-8 = أغسطس
month-long-9 = سبتمبر
month-long-10 = أكتوبر
month-long-11 = نوفمبر
month-long-12 = ديسمبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
weekday-long-1 = الاثنين
weekday-long-2 = الثلاثاء
weekday-long-3 = الأربعاء
weekday-long-4 = الخميس
weekday-long-5 = الجمعة
weekday-long-6 = السبت
weekday-long-7 = الأحد
