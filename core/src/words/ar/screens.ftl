# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# شاشات هاتف الحارس: العناوين والأزرار وما تقوله إلى جانب الأحكام والأسباب وحالات الرفض.

## اسم كل شاشة: رأسها، وأول ما يقوله قارئ الشاشة.

screen-opening = يبدأ Gatehouse
screen-enrol = سجّل هذا الجهاز
screen-sign_in = الدخول
screen-start = ابدأ نوبتك
screen-camera = امسح رمزًا
screen-checking = جارٍ التحقق
screen-verdict = { $verdict }: { $who }
screen-walk_up_of = بلا رمز: { $who }
screen-leaving = { $who } في الداخل
screen-news = تغيّر الحكم
screen-reason = لماذا السماح رغم مرفوض؟
screen-photo = صورة الزائر
screen-walk_up = زائر بلا رمز
screen-expected = المنتظرون اليوم
screen-inside = في الداخل
screen-history = هذه النوبة
screen-past = قيد
screen-past_of = { $who }، { $time }
screen-type_code = اكتب الرمز
screen-report = أبلغ عن أمر مريب
screen-correct = صحّح هذا القرار
screen-status = الحالة
screen-set_pin = اختر رقمك السري
screen-end_shift = أنهِ نوبتك
screen-shift_over = انتهت نوبتك
screen-revoked = أُخرج هذا الجهاز من الخدمة
screen-enrol_anew = يجب تسجيل هذا الجهاز من جديد
screen-storage_full = التخزين ممتلئ
screen-storage_damaged = التخزين تالف
screen-salvaged = كان التخزين تالفًا وأُصلح
screen-no_camera = لا كاميرا
screen-newer = يلزم إصدار أحدث من Gatehouse
screen-elsewhere = Gatehouse مفتوح في مكان آخر
screen-failed = لا يستطيع Gatehouse المتابعة

## الأزرار.

act-back = رجوع
act-yes = نعم، هذا صحيح
act-no = لا، ارجع
act-type_code = اكتب الرمز
act-scan_code = امسحه بدلًا من ذلك
act-check = تحقق
act-send_code = أرسل إليّ رمزًا
act-send_again = أرسل رمزًا آخر
act-sign_in = ادخل
act-by_code = ادخل برمز
act-other_guard = حارس آخر
act-unlock = افتح القفل
act-start = ابدأ النوبة
act-refresh_place = ابحث عن مكاني مرة أخرى
act-torch_on = أشعل الضوء
act-torch_off = أطفئ الضوء
act-other_camera = الكاميرا الأخرى
act-walk_up = بلا رمز
act-expected = المنتظرون
act-inside = في الداخل
act-history = هذه النوبة
act-status = الحالة
act-end_shift = أنهِ النوبة
act-offline = تابع دون شبكة
act-leave = اترك دون قرار
act-deny = ارفض
act-grant = اسمح
act-grant_hold = اضغط مطولًا للسماح
act-report = أبلغ
act-put_right = صحّح
act-put_right_hold = اضغط مطوّلًا للتصحيح
act-departure = مغادرة
act-look = انظر مرة أخرى
act-take = التقط صورة
act-retake = التقط غيرها
act-use = استعمل هذه الصورة
act-skip = تخطَّ
act-register = سجّل
act-send = أرسل
act-with_photo = أضف صورة
act-muster = تفقّد
act-muster_end = أنهِ التفقّد
act-sync = أرسل الآن
act-retry = أعد محاولة العالق
act-lock = اقفل
act-set_pin = اختر الرقم السري
act-stay = ابقَ
act-settings = افتح الإعدادات
act-again = حاول مرة أخرى
act-enrol_anew = سجّل من جديد
act-go_on = تابع

## أسباب معتادة للسماح رغم الرفض. تُكتب في السجل بالإنجليزية.

why-host = المضيف كفله بنفسه
why-known = أعرف هذا الشخص
why-document = رأيت وثيقة واتصلت بالمكتب
why-emergency = خدمة طوارئ
why-fault = الخطأ في الرمز، والمكتب موافق

## الحقول.

field-enrolment = رمز التسجيل
field-address = عنوان بريدك الإلكتروني
field-digits = الرمز الذي في الرسالة
field-pin = الرقم السري
field-new_pin = رقم سري جديد، من 6 إلى 12 رقمًا
field-name = اسم الزائر
field-host = من يزور، إن وُجد
field-visit_reason = سبب الزيارة
field-search = الزائر أو المضيف
field-code = الرمز
field-reason = سبب آخر
field-note = ما هو المريب
field-why = سبب التصحيح

## السطر الحاضر دائمًا.

line-site = { $site }: { $parts }
line-online = متصل
line-offline = غير متصل
line-offline_since = غير متصل منذ { $time }
line-waiting =
    { $count ->
        [zero] { $count } في الانتظار
        [one] { $count } في الانتظار
        [two] { $count } في الانتظار
        [few] { $count } في الانتظار
        [many] { $count } في الانتظار
       *[other] { $count } في الانتظار
    }
line-data_old = بيانات البوابة قديمة
line-clock = الساعة غير مؤكدة
line-storage = التخزين ممتلئ
line-battery = البطارية { $percent }٪
line-revoked = خارج الخدمة
line-and = { $list }، { $item }

## ما تقوله الشاشات.

say-enrol = ضع أمام الكاميرا رمز التسجيل الذي يريك إياه مدير.
say-sign_in_guards = من في الخدمة؟ اختر اسمك واكتب رقمك السري، أو ادخل برمز.
say-code_sent = إن كان لـ { $email } حساب فالرمز في الطريق.
say-resend_in = يمكن إرسال رمز آخر بعد { $wait }.
say-locked = هذا الجهاز مقفل. النوبة الجارية مستمرة.
say-place_good = يعرف هذا الجهاز مكانه، بدقة { $metres } م.
say-place_coarse = يعرف هذا الجهاز مكانه تقريبًا فقط، بدقة { $metres } م.
say-place_none = لا يعرف هذا الجهاز مكانه بعد. بعض المواقع تحتاج إلى ذلك.
say-no_sites = لا يعرف هذا الجهاز أي موقع بعد. صِله بالشبكة وحاول مرة أخرى.
say-site_not_yours = لست معيّنًا هنا
say-site_needs_place = يجب أن يكون الجهاز هناك
say-site_marks = تُعلَّم النوبة التي تبدأ من هنا
distance-metres = { $metres } م
distance-tenths = { $whole }.{ $tenth } كم
distance-whole = { $kilometres } كم
say-last_granted = { $who }: سُمح له { $time }
say-last_denied = { $who }: رُفض { $time }
say-last_left = { $who }: غادر { $time }
say-checking = جارٍ سؤال الخادم. يمكنك المتابعة دونه.
say-visiting = يزور { $host }
say-used_at = استُعمل من قبل، عند { $time }.
say-used_by = استُعمل من قبل، عند { $time }، في { $site }. سمح بالدخول { $guard }.
say-used_site = استُعمل من قبل، عند { $time }، في { $site }.
say-used_elsewhere = استُعمل من قبل، عند { $time }، على هاتف آخر.
say-revoked_result = أُخرج هذا الجهاز من الخدمة: لا شيء مما يجده أفضل من حذر.
say-again = مُسح من قبل ولم يُقرَّر بعد.
say-reported = أُبلغ عنه. يراه المديرون حين يصل إلى الخادم.
say-departure = اضغط مغادرة إن كان هذا الزائر يغادر الآن. وإن كان يدخل مرة أخرى فاضغط مغادرة ثم امسح الرمز من جديد.
say-news = عُرف شيء جديد وأنت تنظر، وما رأيته لم يعد صالحًا.
say-hold = اختر سببًا أو اكتب واحدًا، ثم اضغط الزر ثانية كاملة.
say-photo_required = يريد هذا الموقع صورة قبل السماح لأحد بالدخول.
say-photo_optional = الصورة مرغوبة هنا. يمكنك تخطيها.
say-photo_note = ترافق الصورة بلاغك.
say-walk_up = اكتب الاسم كما يقوله الزائر.
say-alike = رُفض شخص يشبه اسمه هذا الاسم. قد يكون غيره: اسأل وقارن قبل أن تقرر.
say-turned_away_at = { $who }: رُفض { $time }.
say-turned_away_by = { $who }: رُفض { $time } من قِبل الحارس { $guard }.
say-turned_away_why = { $who }: رُفض { $time }. { $reason }.
say-turned_away_by_why = { $who }: رُفض { $time } من قِبل الحارس { $guard }. { $reason }.
say-nobody_expected = لا أحد بهذا الاسم منتظر اليوم.
say-window = من { $from } إلى { $until }
say-nobody_inside = لا أحد في الداخل.
say-no_history = لم يُسجَّل شيء في هذه النوبة بعد.
say-past = { $time }: { $outcome }
past-granted = سُمح له
past-denied = رُفض
past-left = غادر
past-undecided = تُرك دون قرار
past-open = لم يُقرَّر بعد
past-corrected = { $outcome }، صُحّح
say-found_since = تبيّن لاحقًا: { $reason }، منذ { $time }. اتبع تعليمات موقعك.
say-found_against = تبيّن لاحقًا: { $reason }. اتبع تعليمات موقعك.
say-left = غادر { $time }.
say-inside =
    { $count ->
        [zero] لا زائر في الداخل ({ $count })
        [one] زائر واحد في الداخل ({ $count })
        [two] زائران في الداخل ({ $count })
        [few] { $count } زوار في الداخل
        [many] { $count } زائرًا في الداخل
       *[other] { $count } زائر في الداخل
    }
say-since = منذ { $time }
say-since_long = منذ { $time }: أطول من المعتاد
say-muster =
    { $count ->
        [zero] لم يبقَ زائر لم يُعثر عليه ({ $count })
        [one] زائر واحد لم يُعثر عليه بعد ({ $count })
        [two] زائران لم يُعثر عليهما بعد ({ $count })
        [few] { $count } زوار لم يُعثر عليهم بعد
        [many] { $count } زائرًا لم يُعثر عليهم بعد
       *[other] { $count } زائر لم يُعثر عليهم بعد
    }
say-found = عُثر عليه
say-no_name = بلا اسم
say-leaves = اضغط مغادرة لتسجيل أن { $who } يغادر.
say-type_code = اكتب نص الرمز أو امسحه.
say-report = يرى المديرون البلاغ فورًا، مع القيد الذي يخصه.
say-correct = سُجل: { $before }. يصبح: { $after }، ويبقى كلاهما مسجلًا.
say-pin = به تفتح قفل هذا الجهاز، دون شبكة أيضًا. هو لك وحدك.
say-end = تنتهي نوبتك في { $site } التي بدأت { $time }.
say-end_counts = { $scans }: سُمح { $granted }، ورُفض { $denied }.
say-end_reported =
    { $count ->
        [zero] لم يُبلغ عن أي قيد ({ $count }).
        [one] أُبلغ عن قيد واحد ({ $count }).
        [two] أُبلغ عن قيدين ({ $count }).
        [few] أُبلغ عن { $count } قيود.
        [many] أُبلغ عن { $count } قيدًا.
       *[other] أُبلغ عن { $count } قيد.
    }
say-end_inside =
    { $count ->
        [zero] لا زائر في الداخل ({ $count }).
        [one] زائر واحد لا يزال في الداخل ({ $count }).
        [two] زائران لا يزالان في الداخل ({ $count }).
        [few] { $count } زوار لا يزالون في الداخل.
        [many] { $count } زائرًا لا يزالون في الداخل.
       *[other] { $count } زائر لا يزالون في الداخل.
    }
say-end_waiting =
    { $count ->
        [zero] لا قيد ينتظر ({ $count }).
        [one] قيد واحد ينتظر ({ $count }). يُرسل من تلقاء نفسه، بعد النوبة أيضًا.
        [two] قيدان ينتظران ({ $count }). يُرسلان من تلقاء نفسهما، بعد النوبة أيضًا.
        [few] { $count } قيود تنتظر. تُرسل من تلقاء نفسها، بعد النوبة أيضًا.
        [many] { $count } قيدًا تنتظر. تُرسل من تلقاء نفسها، بعد النوبة أيضًا.
       *[other] { $count } قيد تنتظر. تُرسل من تلقاء نفسها، بعد النوبة أيضًا.
    }
say-nothing_waits = أُرسل كل شيء.
say-shift_over = دامت أطول ما تدوم نوبة، أو لم تعد معيّنًا في موقعها. ابدأ نوبة جديدة لتتابع.
say-revoked = فعل ذلك مدير. ما سجّلته محفوظ هنا وعليه علامة. اطلب من مدير رمز تسجيل وسجّل من جديد؛ وما ينتظر يأتي معك.
say-enrol_anew = المسح مستمر وكل شيء محفوظ هنا. اطلب من مدير رمز تسجيل؛ وما ينتظر يأتي معك.
say-saved = حُفظ: { $entries }، { $photos }.
say-no_camera_refused = لا يُسمح لـ Gatehouse باستعمال الكاميرا. اسمح بذلك في إعدادات هذا الجهاز.
say-no_camera_gone = فُصلت الكاميرا أو أُخذت. صِلها وحاول مرة أخرى.
say-no_camera_in_use = يستعمل الكاميرا شيء آخر. أغلقه وحاول مرة أخرى.
say-without_camera = الزوار بلا رمز والمنتظرون والرموز المكتوبة تستمر دونها.
say-online = الخادم يجيب.
say-offline = لا يمكن الوصول إلى الخادم. عمليات المسح محفوظة على هذا الجهاز وستُرسل من تلقاء نفسها.
say-waiting =
    { $count ->
        [zero] لا قيد ينتظر الإرسال ({ $count }).
        [one] قيد واحد ينتظر الإرسال ({ $count }).
        [two] قيدان ينتظران الإرسال ({ $count }).
        [few] { $count } قيود تنتظر الإرسال.
        [many] { $count } قيدًا تنتظر الإرسال.
       *[other] { $count } قيد تنتظر الإرسال.
    }
say-stuck =
    { $count ->
        [zero] لا قيد عالق ({ $count }).
        [one] قيد واحد عالق ({ $count }): الخادم لا يقبله.
        [two] قيدان عالقان ({ $count }): الخادم لا يقبلهما.
        [few] { $count } قيود عالقة: الخادم لا يقبلها.
        [many] { $count } قيدًا عالقة: الخادم لا يقبلها.
       *[other] { $count } قيد عالقة: الخادم لا يقبلها.
    }
say-last_sync = آخر توافق مع الخادم: { $time }
say-never_sync = لم يتوافق مع الخادم بعد.
say-data_of = بيانات البوابة من { $time }: { $age }
say-data_none = لا بيانات للبوابة بعد. صِل هذا الجهاز بالشبكة.
say-clock_own = ساعة هذا الجهاز لم يؤكدها الخادم. صِله بالشبكة.
say-storage_low = التخزين ممتلئ. تُكتب عمليات المسح في آخر مكان محجوز لها: أفرغ بعضه الآن.
say-not_kept = قد يمحو هذا المتصفح ما يحفظه Gatehouse إن ضاقت المساحة، حتى ما لم يُرسل بعد. ثبّت الصفحة وصِل هذا الجهاز بالشبكة كل يوم.
say-stuck_entry = { $kind } من { $time }
say-text = { $text }

## ما يجري.

busy-opening = جارٍ الفتح
busy-asking = جارٍ سؤال الخادم
busy-writing = جارٍ التدوين
busy-sending = جارٍ الإرسال
