# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# ما تقوله محطة الحارس في سطر الأوامر إلى جانب الأحكام وحالات الرفض. ما يُكتب على لوحة المفاتيح يظهر كما يُكتب.

## الدخول، ولمن الخادم.

enrol-enrols = جارٍ التسجيل لدى { $organisation } في { $server }.
enrol-anew = جارٍ التسجيل من جديد لدى { $organisation } في { $server }.
enrol-moves = انتقلت { $organisation } من { $from } إلى { $server }.
enrol-changes = تترك المحطة { $from } إلى { $organisation } في { $server }.
enrol-nothing = هذا رمز { $organisation } في { $server }.
enrol-open_to_others = تحذير: من دون HTTPS يستطيع أي أحد في الطريق أن يقرأ وأن يجيب مكان الخادم.
enrol-is_it_right = هل هذا صحيح؟ [y/N]
enrol-unchanged = لم يتغير شيء.
enrol-moved = توجد { $organisation } من الآن في { $server }.
enrol-done = سُجلت لدى { $organisation }.
sign_in-code_sent = رمز لمرة واحدة في الطريق. ادخل مع --code.
sign_in-six_digits = الأرقام الستة التي أُرسلت إلى { $email }:
sign_in-done = دخل { $name }.
guards-nobody = لم يدخل حارس إلى هذه المحطة بعد.
guards-has_pin = الرقم السري موضوع
guards-has_no_pin = بلا رقم سري
guards-new_pin = الرقم السري الجديد:
guards-pin = الرقم السري:
guards-pin_set = وُضع الرقم السري.
guards-locked = أُقفلت.
guards-unlocked = فُتحت لـ { $name }.

## النوبات والمواقع.

shift-started = بدأت النوبة في { $site }.
shift-ended = انتهت النوبة.
site-named = الموقع { $number }: { $name }
site-unassigned = (غير مسجل له)
site-none_known = لا تعرف هذه المحطة موقعًا بعد: ليست لديها حزمة بوابة.

## مسح: من هو، وكيف يُتابع. بعد كل عبارة ما يُكتب: حرف، ثم الكلمة التي بجانب الحكم، ثم السبب.

scan-departure = مغادرة
scan-walk_up = بلا رمز
scan-unreadable = رمز غير مقروء
scan-visiting = { $name }، يزور { $host }
scan-event = الحدث { $event }
scan-event_and_visit = الحدث { $event }، الزيارة { $visit }
scan-compare_face = قارن الوجه: { $command }
scan-type_departure = لتسجيل المغادرة اكتب:  d { $word }
scan-type_denied = للرفض اكتب:  d { $word } السبب     للسماح مع ذلك:  g { $word } السبب
scan-type_decision = للسماح اكتب:  g { $word }     للرفض:  d { $word } السبب
scan-command_departure = سجّلها بالأمر: { $command }
scan-command_decision = قرّر بالأمر: { $command } --grant (أو --deny)
scan-decide_later = لا يقرر شيئًا ما يأتي من حيث تأتي الرموز. استعمل: gatehouse station decide, depart
scan-help =
    امسح رمزًا أو اكتبه. ومع الكلمة التي بجانب الحكم:
      g الكلمة          اسمح؛ ورغم الحكم «{ $denied }» اذكر السبب أيضًا: g الكلمة السبب
      d الكلمة السبب    ارفض؛ وعند «{ $departure }» سجّل أن الزائر غادر
      o الكلمة          سجّل أن الزائر غادر
      q الكلمة          أنهِ المسح، ومثله Ctrl-C مرتين؛ وتستمر النوبة
    ويمكن القرار في مكان آخر أيضًا: gatehouse station undecided, decide, depart.
scan-prompt = امسح، أو ? للمساعدة >
scan-once_more = اضغط Ctrl-C مرة أخرى للإنهاء.
scan-too_soon = تُجوهل: جاء هذا سريعًا بعد كلمة خاطئة. انتظر ثانيتين.
scan-no_code = "{ $typed }" ليس رمزًا. لم يُسجل شيء. اكتب ? للمساعدة.
scan-word_missing = اكتب الكلمة معه: { $answer }
scan-word_wrong = ليست هذه هي الكلمة، ولم يُقرر شيء. انتظر ثانيتين ثم: { $answer }
scan-nobody_inside = ليس هذا أحدًا في الداخل.
scan-verdict_changed = تغيّر الحكم ولم يُقرر شيء. انظر مرة أخرى:
scan-take_photo = { $problem } التقط صورة ثم: { $command }
scan-nothing_to_decide = لا مسح يُقرر فيه بعد.
scan-keyboard_unreadable = تعذرت قراءة لوحة المفاتيح.
scan-choice_without_code = --grant و--deny يأتيان مع --code أو --image.
scan-choice_missing = اذكر --grant أو --deny.
scan-left_undecided = تُرك بلا قرار.
scan-reported = أُبلغ عنه. يراه المشرفون حالما يصل إلى الخادم.
face-none = لا تُحفظ هنا صورة لهذا الشخص.
face-written = كُتبت في { $file }. احذفها بعد أن تنظر.

## الزوار.

visits-departed = سُجلت المغادرة.
visits-nobody = لا زائر في الداخل.
visits-not_expected = لا يُنتظر أحد بهذا الاسم خلال يوم، بقدر ما تعرف هذه المحطة.
visits-window = من { $from } إلى { $until }
visits-site = الموقع { $number }

## الإرسال وما علق.

sync-report = أُرسل: { $entries } و{ $photos }؛ { $waiting }، { $stuck }.
sync-waiting = في الانتظار: { $count }
sync-stuck = عالق: { $count }
sync-photos_wait =
    { $count ->
        [zero] لا صور تنتظر.
        [one] تنتظر صورة واحدة أيضًا.
        [two] تنتظر صورتان أيضًا.
        [few] تنتظر { $count } صور أيضًا.
        [many] تنتظر { $count } صورة أيضًا.
       *[other] تنتظر { $count } صورة أيضًا.
    }
sync-next_try = المحاولة التالية بعد { $count } ث.
sync-not_due = لا يحين ذلك قبل { $count } ث.
sync-waits = ينتظر أن يدخل أحد أو يسجل المحطة أو يعيد المحاولة.
stuck-nothing = لا شيء عالق.
stuck-entry = القيد { $number }
stuck-unreadable = غير مقروء
stuck-former = { $time }، من سجل سابق
stuck-photo = الصورة { $digest }
stuck-retried = تُعاد المحاولة: { $entries } و{ $photos }.
stuck-retried_but =
    { $count ->
        [zero] تُعاد المحاولة: { $entries } و{ $photos }؛ ولا يبقى شيء عالقًا.
        [one] تُعاد المحاولة: { $entries } و{ $photos }؛ ويبقى قيد واحد عالقًا.
        [two] تُعاد المحاولة: { $entries } و{ $photos }؛ ويبقى قيدان عالقين.
        [few] تُعاد المحاولة: { $entries } و{ $photos }؛ وتبقى { $count } قيود عالقة.
        [many] تُعاد المحاولة: { $entries } و{ $photos }؛ ويبقى { $count } قيدًا عالقًا.
       *[other] تُعاد المحاولة: { $entries } و{ $photos }؛ ويبقى { $count } قيد عالقًا.
    }

## المحو.

erased-here = مُحي ما في { $entries }، و{ $photos }.
erased-later =
    { $count ->
        [zero] لا شيء منها ينتظر.
        [one] ويُمحى ما في قيد واحد منها حالما يكون لدى الخادم.
        [two] ويُمحى ما في قيدين منها حالما يكونان لدى الخادم.
        [few] ويُمحى ما في { $count } قيود منها حالما تكون لدى الخادم.
        [many] ويُمحى ما في { $count } قيدًا منها حالما تكون لدى الخادم.
       *[other] ويُمحى ما في { $count } قيد منها حالما تكون لدى الخادم.
    }
erased-copies = نسخ أقدم في { $files }: احذفها أيضًا.

## حال المحطة: اسم كل شيء وحاله.

standing-organisation = المؤسسة
standing-server = الخادم
standing-guard = الحارس
standing-shift = النوبة
standing-waiting = في الانتظار
standing-in_step = آخر مزامنة
standing-pack = حزمة البوابة
standing-clock = الساعة
standing-none = لا شيء
standing-never = أبدًا
standing-locked = مقفلة؛ افتحها بالرقم السري أو ادخل
standing-since = { $site } منذ { $time }
standing-outbox = { $entries } و{ $photos } من { $all }؛ عالق: { $stuck }
standing-outbox_since = { $entries } و{ $photos } من { $all }، أقدمها من { $time }؛ عالق: { $stuck }
standing-pack_of = { $age }، { $number } بتاريخ { $time }
standing-clock_confirmed = ساعة الخادم
standing-clock_own = ساعة هذا الجهاز، غير مؤكدة
standing-saved = حُفظ في { $time }: { $entries }، منها على حدة { $apart }، و{ $events }، و{ $photos }. الملفات التالفة هي { $files }*.
pack-fresh = حديثة
pack-stale = قديمة
pack-expired = منتهية
pack-absent = غير موجودة

## ما يُعد.

counted-entries =
    { $count ->
        [zero] لا قيود
        [one] قيد واحد
        [two] قيدان
        [few] { $count } قيود
        [many] { $count } قيدًا
       *[other] { $count } قيد
    }
counted-photos =
    { $count ->
        [zero] لا صور
        [one] صورة واحدة
        [two] صورتان
        [few] { $count } صور
        [many] { $count } صورة
       *[other] { $count } صورة
    }
counted-scans =
    { $count ->
        [zero] لا عمليات مسح ولا زوار بلا رمز
        [one] عملية مسح واحدة أو زائر واحد بلا رمز
        [two] عمليتا مسح أو زائران بلا رمز
        [few] { $count } من عمليات المسح والزوار بلا رمز
        [many] { $count } من عمليات المسح والزوار بلا رمز
       *[other] { $count } من عمليات المسح والزوار بلا رمز
    }
