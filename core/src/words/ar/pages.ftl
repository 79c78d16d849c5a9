# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# الصفحات في المتصفح.

## حول كل صفحة.

page-skip = انتقل إلى المحتوى
page-main = الرئيسي
page-back = رجوع
page-your_account = حسابك
page-sign_out = اخرج
page-home = الرئيسية
page-activity = النشاط
page-on_site = في الموقع
page-invitations = الدعوات
page-search = ابحث
page-search_name = ابحث بالاسم
page-all = الكل
page-clear_filters = امسح المرشحات
page-nothing_matches = لا شيء يطابق هذه المرشحات
page-create_invitation = أنشئ دعوة
page-print = اطبع
page-save = احفظ
page-any_site = أي موقع
page-site_number = الموقع { $number }
page-all_sites = كل المواقع
page-optional = اختياري
list-joined = { $list }، { $item }
page-unread = لم يقرأ هذه الترجمة بعدُ من يتقن اللغة. إن بدا شيء خاطئًا فارجع إلى الصفحة الإنجليزية وأخبر من يدير الخادم.

## الصفحات الحية: ما يقوله البرنامج.

live-connecting = جارٍ الاتصال
live-live = مباشر
live-reconnecting = إعادة الاتصال
live-signed_out = خرجت
live-new =
    { $count ->
        [zero] { $count } جديد
        [one] { $count } جديد
        [two] { $count } جديدان
        [few] { $count } جديدة
        [many] { $count } جديدًا
       *[other] { $count } جديد
    }
live-latest = { $new }. الأحدث: { $row }
live-row = { $verdict }، { $who }، { $site }، { $decision }
live-silent = الخادم لا يجيب. ما في الأسفل كما كان؛ حاول بعد لحظة.
live-too_many = طلبات كثيرة في وقت واحد. ما في الأسفل كما كان؛ انتظر لحظة ثم حاول.
live-failed = لم يستطع الخادم الإجابة. ما في الأسفل كما كان؛ حاول بعد لحظة.

## الدخول والخروج.

sign_in-title = الدخول
sign_in-button = ادخل
sign_in-email = عنوان بريدك الإلكتروني
sign_in-email_hint = تدخل برمز لمرة واحدة. لا توجد كلمة مرور.
sign_in-get_code = احصل على رمز
sign_in-enter_code = اكتب الرمز
sign_in-code_made = إن كان لـ { $email } حساب فقد أُنشئ رمز. يصلح 10 دقائق.
sign_in-digits = أرقام الرمز
sign_in-no_mail = لا يرسل هذا الخادم بريدًا بعد: يجد من يديره الرمز في سجله.
sign_in-new_code = احصل على رمز جديد
sign_in-other_address = استعمل عنوانًا آخر
sign_in-try_again_in = يمكنك المحاولة بعد { $wait }.
sign_in-another_in = يمكن إنشاء غيره بعد { $wait }.
sign_in-link_title = الدخول برابط
sign_in-link_lead = يُدخلك الرابط مرة واحدة في هذا الجهاز.
sign_in-link_field = الرابط
sign_in-link_hint = ألصق الرابط كاملًا كما أُعطيته.
sign_in-link_not_yours = ليس لك؟ أغلق هذه الصفحة، وأخبر من أرسل إليك الرابط.
sign_in-link_as = ادخل باسم { $name }
sign_in-welcome = مرحبًا بك في { $organisation }
signed_out-title = خرجت
signed_out-heading = لقد خرجت
signed_out-lead = لا يمكن لأحد فتح لوحة التحكم من هذا المتصفح حتى يدخل أحد من جديد.
signed_out-again = ادخل من جديد

## التطبيق في المتصفح: ما تقوله صفحته قبل أن يحضر برنامجها، وما يخص الجهاز.

app-gate = Gatehouse عند البوابة
app-id = معرّف الدخول في Gatehouse
app-wait = يستغرق ذلك لحظة في المرة الأولى.
app-no_script = يحتاج Gatehouse إلى JavaScript. شغّله لهذه الصفحة ثم حمّلها من جديد.
app-insecure = لا يعطي المتصفح الكاميرا والتخزين إلا لعناوين آمنة. افتح هذه الصفحة بعنوان يبدأ بـ https.
app-too_old = ينقص هذا المتصفح ما يحتاج إليه Gatehouse. حدّثه أو استعمل غيره.
app-keeps_nothing = هذه النافذة لا تحفظ شيئًا، كالنوافذ الخاصة. افتح الصفحة في نافذة عادية.
app-not_built = برنامج التطبيق ليس على هذا الخادم
app-not_built_text = من يدير الخادم يبنيه من المصدر بالأمر { $command }، ويضع الملفات في مجلد web بجانب البرنامج، أو يسمّي مجلدها بـ --web.
app-elsewhere = أغلقه في علامة التبويب أو النافذة الأخرى، فيواصل هنا من تلقاء نفسه.
app-unloaded = تعذّر تحميل البرنامج. صِل هذا الجهاز بالشبكة وحاول مرة أخرى.
app-stopped = توقف ولم يمكن تشغيله من جديد. ما سُجّل محفوظ على هذا الجهاز.
app-look_here = انظر إلى هنا من فضلك
app-hold_here = ضع رمزك أمام الكاميرا من فضلك
app-moment = لحظة من فضلك
app-on_device = على هذا الجهاز
app-swapped = بدّل موضعي «ارفض» و«اسمح»
app-muted = بلا نغمات
app-visitor_window = افتح نافذة الزائر
app-install = ثبّت
app-save_journal = احفظ السجل في ملف
app-allow_camera = العلامة بجانب عنوان هذه الصفحة تقود إلى ما يجوز لها استعماله. اسمح بالكاميرا هناك.
app-copied = نُسخ

## المشكلات.

trouble-home = اذهب إلى الرئيسية
trouble-account = اذهب إلى صفحتك
trouble-sign_in = اذهب إلى الدخول
trouble-code = الرمز { $code }
trouble-code_and_incident = الرمز { $code }، الواقعة { $incident }
trouble-field = { $title }. { $text } { $code }

## حسابك الخاص.

account-role = { $role } في { $organisation }
account-role_and_address = { $role } في { $organisation }، يدخل بالعنوان { $email }
account-come_back = لكي تستطيع العودة
account-no_address = ليس لحسابك عنوان بريد إلكتروني. بدونه لا يمكن لأحد الدخول إليه بعد انتهاء هذه الجلسة.
account-your_name = اسمك
account-sessions = أين أنت داخل
account-here = هذا المتصفح
account-session = منذ { $since }، حتى { $until }
account-session_used = منذ { $since }، آخر استعمال { $used }، حتى { $until }
account-end = أنهِ
account-end_session = أنهِ: { $session }
account-sign_out_here = اخرج من هنا
account-sign_out_everywhere = اخرج من كل مكان
account-language = اللغة
account-language_lead = اللغة التي تخاطبك بها الصفحات أينما دخلت.
account-language_browser = كما يطلب المتصفح
account-language_unread = { $language } (لم يقرأها متقن بعد)
session-browser = متصفح
session-token = رمز API
session-named_token = رمز API «{ $name }»
session-device = هاتف أو محطة
elsewhere-guard = عملك على هاتف البوابة أو محطتها
elsewhere-guard_text = المسح والزوار بلا رمز والزوار في الموقع على هاتف أو محطة سجّلها مشرف للبوابة. ادخل هناك بهذا العنوان وابدأ نوبتك. لا تُظهر هذه الصفحة إلا حسابك.
elsewhere-member = هوية دخولك في التطبيق على هاتفك
elsewhere-member_text = افتح تطبيق Gatehouse، وامسح رمز الأعضاء في مؤسستك، وادخل بهذا العنوان: هناك هوية دخولك ودعواتك وأين استُعمل رمزك. لا تُظهر هذه الصفحة إلا حسابك.
elsewhere-open = افتحه في هذا المتصفح

## الرئيسية.

home-today = اليوم
home-to_look_at = للنظر فيه
home-to_look_at_week = للنظر فيه من آخر 7 أيام:
home-marked = { $mark }: { $count }
home-numbers = أرقام اليوم
home-last_decisions = آخر القرارات
home-all_activity = كل النشاط
home-no_decisions = تظهر هنا آخر خمسة قرارات لحراسكم.
home-invite_first = ادعُ أول زائر
home-kind_at = { $kind }، { $site }
home-visitors = الزوار في الموقع
home-stale =
    { $count ->
        [zero] { $count } منذ أكثر من 8 س
        [one] { $count } منذ أكثر من 8 س
        [two] { $count } منذ أكثر من 8 س
        [few] { $count } منذ أكثر من 8 س
        [many] { $count } منذ أكثر من 8 س
       *[other] { $count } منذ أكثر من 8 س
    }
home-nobody = لا أحد في الداخل.
home-none_stale = الكل منذ أقل من 8 س.
home-expected = المتوقعون اليوم
home-expected_note = مدعوون ولم يصلوا بعد.
home-give_address = أعطِ عنوانًا
home-no_address = ليس لحسابك عنوان بريد إلكتروني، فلا يمكن لأحد الدخول إليه من جديد.
home-wrong_codes =
    { $count ->
        [zero] جُرّب { $count } رمز خاطئ في آخر 24 ساعة. ربما يخمّن أحد: تُبطأ المحاولات من تلقاء نفسها، ولا يُمنع أحد في محطة من العمل. وكلها في سجل التدقيق.
        [one] جُرّب رمز خاطئ واحد في آخر 24 ساعة. ربما يخمّن أحد: تُبطأ المحاولات من تلقاء نفسها، ولا يُمنع أحد في محطة من العمل. وهو في سجل التدقيق.
        [two] جُرّب رمزان خاطئان في آخر 24 ساعة. ربما يخمّن أحد: تُبطأ المحاولات من تلقاء نفسها، ولا يُمنع أحد في محطة من العمل. وهما في سجل التدقيق.
        [few] جُرّبت { $count } رموز خاطئة في آخر 24 ساعة. ربما يخمّن أحد: تُبطأ المحاولات من تلقاء نفسها، ولا يُمنع أحد في محطة من العمل. وكلها في سجل التدقيق.
        [many] جُرّب { $count } رمزًا خاطئًا في آخر 24 ساعة. ربما يخمّن أحد: تُبطأ المحاولات من تلقاء نفسها، ولا يُمنع أحد في محطة من العمل. وكلها في سجل التدقيق.
       *[other] جُرّب { $count } رمز خاطئ في آخر 24 ساعة. ربما يخمّن أحد: تُبطأ المحاولات من تلقاء نفسها، ولا يُمنع أحد في محطة من العمل. وكلها في سجل التدقيق.
    }

## ساعة الخادم مقارنةً بساعات الأجهزة.

clock-ahead = يبدو أن ساعة هذا الخادم متقدمة { $length } على { $whose }. اضبط ساعة الخادم؛ فالرموز تُحكم بها.
clock-behind = يبدو أن ساعة هذا الخادم متأخرة { $length } عن { $whose }. اضبط ساعة الخادم؛ فالرموز تُحكم بها.
clock-one_device = ساعة جهازه الوحيد
clock-all_devices =
    { $count ->
        [zero] ساعات أجهزته
        [one] ساعة جهازه الوحيد
        [two] ساعتي جهازيه
        [few] ساعات أجهزته كلها وعددها { $count }
        [many] ساعات أجهزته كلها وعددها { $count }
       *[other] ساعات أجهزته كلها وعددها { $count }
    }
clock-some_devices = ساعات { $by } من أجهزته وعددها { $of }
clock-set_back = أُرجعت ساعة هذا الخادم { $length }. إن كانت صحيحة من قبل فاضبطها من جديد، وإن كانت متقدمة فالهواتف تتبعها حين تصل إلى الخادم.

## النشاط.

activity-lead = كل مسح وزائر بلا رمز ورمز مكتوب عند بواباتكم، مع ما قرره الحارس.
activity-decision = القرار
activity-verdict = الحكم
activity-who = من
activity-site = الموقع
activity-guard = الحارس
activity-time = الوقت
activity-events = الأحداث
activity-rate = نسبة السماح
activity-totals = المجاميع
filter-verdict = الحكم: { $verdict }
filter-verdict_all = الحكم: الكل
filter-all_verdicts = كل الأحكام
filter-kind = النوع: { $kind }
filter-kind_all = النوع: الكل
filter-all_kinds = كل الأنواع
filter-site = الموقع: { $site }
filter-site_all = الموقع: الكل
filter-site_unknown = الموقع: غير معروف
filter-when = متى: { $period }
filter-mark = للنظر فيه: { $mark }
filter-mark_all = للنظر فيه: الكل
filter-all_events = كل الأحداث
filter-only = فقط { $who }
period-today = اليوم
period-week = آخر 7 أيام
period-month = آخر 30 يومًا
period-all = كل الأوقات
period-today_within = اليوم
period-week_within = آخر 7 أيام
period-month_within = آخر 30 يومًا
period-all_within = كل الأوقات
mark-flagged = سُمح رغم الرفض
mark-reported = أُبلغ عنه كمشبوه
mark-judged = أُعيد الحكم عليه
mark-flagged_within = سُمح رغم الرفض
mark-reported_within = أُبلغ عنه كمشبوه
mark-judged_within = أُعيد الحكم عليه
flag-against = سُمح رغم الرفض: { $reason }
flag-no_reason = لم يُذكر سبب
flag-judged = أُعيد الحكم: ما كان ينبغي إدخاله
flag-doubted = لا يوافق ما يعرفه الخادم
flag-offline = سُجل دون اتصال ووصل بعد { $late }
row-kind_of = { $kind } لدى { $host }
row-name = { $name }
row-unknown_guard = حارس غير معروف
activity-newest = عُد إلى الأحدث
activity-up_to = حتى { $day }
activity-try_other = جرّب اسمًا آخر أو مدة أطول، أو انظر إلى كل شيء.
activity-none = لا نشاط بعد
activity-none_text = يظهر هنا كل مسح عند البوابة لحظة حدوثه. ادعُ أحدًا وامسح الرمز بهاتف حارس لترى الأول.
activity-caption = الأحداث، الأحدث أولًا
activity-showing =
    { $count ->
        [zero] معروض { $shown } من { $matching } حدث
        [one] معروض { $shown } من { $matching } حدث
        [two] معروض { $shown } من { $matching } حدثين
        [few] معروض { $shown } من { $matching } أحداث
        [many] معروض { $shown } من { $matching } حدثًا
       *[other] معروض { $shown } من { $matching } حدث
    }
activity-go_back = ارجع إلى
activity-go = اذهب
activity-older = أحداث أقدم
activity-reload = أعد تحميل الصفحة لرؤية الأحداث الجديدة.

## حدث واحد.

event-kind_at = { $kind } في { $site }
event-kind_of_at = { $kind } لدى { $host } في { $site }
event-decided = وقت القرار
event-leaving = لم يكن هناك ما يُقرر: كان الزائر يغادر.
event-undecided = لم يُتخذ قرار.
event-reason_given = السبب المذكور
event-note = ملاحظة
event-came_in = دخل
event-left = غادر
event-doubts = لا يتوافق
event-doubts_text = يُحفظ ما كتبه الجهاز كما هو. وحيث لا يمكن أن يكون كذلك فلا يغيّر شيئًا آخر.
event-doubt = شك
event-earlier = أحكام سابقة
event-earlier_text = عُرض الرمز من جديد، أو عرف الهاتف شيئًا، قبل أن يقرر أحد. ما في الأعلى هو آخر حكم، وبه عمل الحارس.
event-later = أُضيف لاحقًا
event-later_text = يبقى ما في الأعلى كما كان عند البوابة.
event-later_corrected = القرار في الأعلى هو القرار المصحَّح. ويبقى الباقي كما كان عند البوابة.
event-report = بلاغ
event-report_photo = صورة التُقطت مع البلاغ
event-reported = { $guard }: { $note }
event-reported_bare = أبلغ { $guard } عن هذا كمشبوه ولم يكتب شيئًا آخر.
event-correction = تصحيح
event-corrected_granted = صحّحه { $guard }: من الرفض إلى السماح. { $reason }
event-corrected_granted_bare = صحّحه { $guard }: من الرفض إلى السماح.
event-corrected_denied = صحّحه { $guard }: من السماح إلى الرفض. { $reason }
event-corrected_denied_bare = صحّحه { $guard }: من السماح إلى الرفض.
event-judged_before = { $reason } كان ذلك قبل المسح بـ { $before } ولم يكن الهاتف ليعلم.
event-judged_unknown = { $reason } لم يسجل أحد منذ متى، وربما جاء بعد المسح.
event-checks = الفحوص
event-no_checks = لم يُعرض رمز، فلم يكن هناك ما يُفحص.
event-photo = صورة التُقطت عند البوابة
event-photo_of = صورة التُقطت عند البوابة لـ { $who }
event-photo_missing = التُقطت صورة. ما زالت في هاتف الحارس وتتبع حين يتسع له الوقت.
event-record = السجل
event-happened = حدث
event-clock_unconfirmed = لم تكن ساعة الهاتف مؤكدة.
event-clock_said = قالت ساعة الهاتف { $time }، أي قبل الوصول بـ { $ahead }.
event-arrived = وصل
event-late = بعد { $late }، من تخزين الهاتف
event-place = المكان
event-no_fix = لا تحديد للمكان.
event-invitation = الدعوة
event-more = المزيد
event-same_member = كل أحداث العضو نفسه
event-same_invitation = كل أحداث الدعوة نفسها
event-device = الجهاز
event-heir = يتابع { $device } سجله، وربما قال ما آل إليه هذا.
event-entry = القيد
event-number = رقم { $number }
event-fingerprint = البصمة
event-event = الحدث
event-reason_code = رمز السبب
event-erase = امحُ هذا الشخص
event-erase_text = يُمحى اسم { $who } وعناوينه وملاحظاته وصوره وأماكنه من هذا الخادم، ومن هواتفه حين تصل إليه، ومما ختمته القيود. ويبقى أن البوابة استُعملت، ويظل كل سجل صحيحًا. لا يمكن التراجع عن هذا.
event-erase_member = للعضو يمحو هذا ما في هذا الحدث. ولمحو العضو استعمل { $command }.
event-erase_yes = نعم، امحُ
fix-accurate = الدقة { $accuracy } م
fix-distance = الدقة { $accuracy } م، على بعد { $distance } م من مركز الموقع
fix-inside = الدقة { $accuracy } م، على بعد { $distance } م من مركز الموقع، داخل منطقته
fix-outside = الدقة { $accuracy } م، على بعد { $distance } م من مركز الموقع، خارج منطقته
chain-whole = وقّعه الجهاز، وهو موصول بالقيد الذي قبله.
chain-forked = يدّعي قيدان مختلفان هذا الرقم. يُحفظ كلاهما دليلًا.
doubt-of_device = { $device }: { $doubt }
doubt-guard_not_signed_in = لم يكن الحارس الذي يسميه داخلًا هنا في ذلك الوقت.
doubt-guard_revoked = كان حق دخول الحارس الذي يسميه قد سُحب من قبل.
doubt-shift_unknown = لم يبدأ الحارس الذي يسميه نوبة كهذه هنا.
doubt-site_unknown = ليس للمؤسسة موقع كهذا.
doubt-event_not_its_own = يتحدث عن مسح لجهاز آخر، أو لم يقم به أحد.
doubt-decided_before = كان القرار قبل المسح.
doubt-visit_not_theirs = فتح مغادرة زيارة ليست لهذا الزائر.
doubt-departed_elsewhere = أنهى الزيارة في موقع آخر. الزيارة مستمرة.
doubt-departed_before = أنهى الزيارة قبل أن تبدأ. الزيارة مستمرة.
doubt-departure_time = أنهى الزيارة في وقت غير ممكن. يُعتد بأقرب وقت ممكن.
doubt-shift_not_its_own = أنهى نوبة شخص آخر أو جهاز آخر. تلك النوبة مستمرة.
doubt-no_successor = يقول إنه يتابع جهازًا يعمل، أو له خلف آخر.
doubt-after_revocation = سُجل بعد سحب الجهاز، أو لا يُعلم أنه كان قبله.
doubt-shift_elsewhere = بدأت النوبة دون أن يتبيّن أن الهاتف في الموقع، وهذا ما لا يسمح به الموقع.
doubt-nothing_decided = صحّح قرارًا لم يتخذه أحد.
doubt-left_all_the_same = سُجلت مغادرة، مع أن القرار صُحّح إلى الرفض.
doubt-corrected_elsewhere = كان ليصحّح قرارًا من نوبة أخرى، أو لا يذكر سببًا. يبقى القرار كما كان.

## الزوار في الداخل.

on_site-lead = الزوار الذين أُدخلوا ولم يغادروا. لا يُذكر الأعضاء.
on_site-muster_of = قائمة الحصر: { $organisation }
on_site-print_muster = اطبع قائمة الحصر
on_site-muster_all = قائمة حصر الكل ({ $count })
on_site-say =
    { $count ->
        [zero] لا زوار في الموقع
        [one] زائر واحد في الموقع
        [two] زائران في الموقع
        [few] { $count } زوار في الموقع
        [many] { $count } زائرًا في الموقع
       *[other] { $count } زائر في الموقع
    }
on_site-inside =
    { $count ->
        [zero] الزوار في الداخل: { $number }
        [one] { $number } زائر في الداخل
        [two] { $number } زائران في الداخل
        [few] { $number } زوار في الداخل
        [many] { $number } زائرًا في الداخل
       *[other] { $number } زائر في الداخل
    }
on_site-inside_stale =
    { $count ->
        [zero] الزوار في الداخل: { $number }، منهم { $stale } منذ أكثر من 8 س
        [one] { $number } زائر في الداخل، منهم { $stale } منذ أكثر من 8 س
        [two] { $number } زائران في الداخل، منهم { $stale } منذ أكثر من 8 س
        [few] { $number } زوار في الداخل، منهم { $stale } منذ أكثر من 8 س
        [many] { $number } زائرًا في الداخل، منهم { $stale } منذ أكثر من 8 س
       *[other] { $number } زائر في الداخل، منهم { $stale } منذ أكثر من 8 س
    }
on_site-made = قائمة { $time }
on_site-nobody_named = لا أحد هنا بهذا الاسم
on_site-try_spelling = جرّب كتابة أخرى، أو انظر إلى كل من في الداخل.
on_site-show_everyone = اعرض الجميع
on_site-nobody = لا أحد في الموقع
on_site-nobody_text = يظهر الزائر هنا حين يسمح الحارس بالدخول، ويترك القائمة عند المغادرة.
on_site-inside_here = { $count } في الداخل
on_site-invited_by = دعاه { $host }
on_site-invited = مدعو
on_site-since = منذ { $time }
on_site-over_8h = أكثر من 8 س
on_site-depart = سجّل المغادرة
on_site-depart_who = سجّل المغادرة: { $who }
on_site-depart_text = يترك { $who } هذه القائمة الآن، ويعدّ { $site } زائرًا أقل. تبقى الزيارة في النشاط.
on_site-depart_yes = نعم، سجّل المغادرة
on_site-showing = معروض { $shown } من { $count }، الأطول بقاءً أولًا
on_site-first = عُد إلى الأوائل
on_site-next = الزوار التالون
on_site-reload = أعد تحميل الصفحة لترى من جاء ومن غادر. لطباعة قائمة الحصر استعمل أمر الطباعة في متصفحك.

## الدعوات.

invitations-lead = الزوار الذين تنتظرونهم. لكل منهم رمز يمسحه الحارس.
invitations-search_label = ابحث بالمرجع أو الزائر أو المضيف
invitations-search = المرجع أو الزائر أو المضيف
invitations-status = الحالة
invitations-try_other = جرّب اسمًا أو حالة أخرى، أو انظر إلى كل شيء.
invitations-none = لا دعوات بعد
invitations-none_text = ادعُ زائرًا فتظهر الدعوة هنا برمزها ومدتها وعدد مرات استعمالها.
invitations-caption = الدعوات، الأحدث أولًا
invitations-reference = المرجع
invitations-visitor = الزائر
invitations-sites = المواقع
invitations-window = المدة
invitations-entries = مرات الدخول
invitations-host = المضيف { $host }
invitations-no_host = لا أحد بعينه
invitations-command_line = سطر الأوامر
invitations-to = إلى
invitations-used_of = { $uses } من { $max }
invitations-used_none = لا شيء بعد، بلا حد
invitations-used_any = { $uses }، بلا حد
invitations-showing =
    { $count ->
        [zero] معروض { $shown } من { $count } دعوة
        [one] معروض { $shown } من { $count } دعوة
        [two] معروض { $shown } من { $count } دعوتين
        [few] معروض { $shown } من { $count } دعوات
        [many] معروض { $shown } من { $count } دعوة
       *[other] معروض { $shown } من { $count } دعوة
    }
invitations-older = دعوات أقدم

## دعوة واحدة.

invitation-title = { $visitor }، { $reference }
invitation-invited_by = { $reference }، بدعوة من { $host }
invitation-host_stopped = { $why } يُرفض رمز هذه الدعوة عند كل بوابة ما دام الأمر كذلك. سمِّ مضيفًا آخر ليدخل الزائر، أو ألغِها.
invitation-name_banned = في قائمة الحظر من يُدعى { $visitor }. قد يكون سميًّا له: يرى الحراس «حذر» ويقارنون.
invitation-code = الرمز
invitation-code_of = رمز QR للدعوة { $reference }
invitation-download = نزّله صورة
invitation-code_text = من يملك هذا الرمز يستطيع عرضه عند البوابة. أرسله إلى الزائر وحده.
invitation-cancelled_text = هذه الدعوة ملغاة. يُرفض رمزها عند كل بوابة.
invitation-stopped_text = لم يعد المضيف يُدخل أحدًا، فيُرفض الرمز عند كل بوابة.
invitation-over_text = انتهت المدة. أنشئ دعوة جديدة إن عاد الزائر.
invitation-draft_text = يظهر الرمز هنا بعد إصدار الدعوة.
invitation-visit = الزيارة
invitation-from = من
invitation-until = حتى
invitation-email = البريد
invitation-no_email = لم يُذكر
invitation-created = أُنشئت
invitation-cancelled = أُلغيت
invitation-time_by = { $time } بواسطة { $who }
invitation-other_host = سمِّ مضيفًا آخر
invitation-other_host_text = يدخل الزائر بكلمة المضيف الجديد. والدعوة التي توقفت بسبب مضيفها تعود سارية.
invitation-host = المضيف
invitation-host_unknown = هذا المضيف غير معروف، أو لا يُدخل أحدًا. اختر مضيفًا من القائمة.
invitation-name_host = سمِّ هذا المضيف
invitation-cancel = ألغِ الدعوة
invitation-cancel_text = يُرفض رمز { $visitor } من الآن: فورًا حيث هاتف الحارس متصل، وفي غيره حين يصل إلى الخادم. لا يمكن التراجع، ويمكنك دعوة الزائر من جديد.
invitation-cancel_yes = نعم، ألغِ هذه الدعوة
invitation-erase = امحُ هذا الزائر
invitation-erase_yes = نعم، امحُ هذا الزائر
invitation-activity = نشاط هذه الدعوة
invitation-no_activity = لا شيء بعد. يظهر هنا كل مسح لهذا الرمز.
invitation-events = أحداث هذه الدعوة، الأحدث أولًا

## نموذج الدعوة.

invite-lead = يحصل الزائر على رمز. يرى الحارس الاسم والمضيف والملاحظة.
invite-faults =
    { $count ->
        [zero] لم تُنشأ بعد: لا شيء لتصحيحه
        [one] لم تُنشأ بعد: أمر واحد لتصحيحه
        [two] لم تُنشأ بعد: أمران لتصحيحهما
        [few] لم تُنشأ بعد: { $count } أمور لتصحيحها
        [many] لم تُنشأ بعد: { $count } أمرًا لتصحيحه
       *[other] لم تُنشأ بعد: { $count } أمر لتصحيحه
    }
invite-name = اسم الزائر
invite-name_hint = كما في الأوراق التي يحملها الزائر.
invite-email = بريد الزائر
invite-email_hint = للوصول إلى الزائر. لا يُرسل شيء نيابة عنك: نزّل الرمز وأرسله بنفسك.
invite-host_hint = من يتصل به الحارس إن لم يتضح شيء.
invite-host_hint_more =
    { $count ->
        [zero] من يتصل به الحارس إن لم يتضح شيء.
        [one] من يتصل به الحارس إن لم يتضح شيء. لا يُعرض هنا شخص واحد آخر؛ اكتب اسمًا أو عنوانًا كاملًا.
        [two] من يتصل به الحارس إن لم يتضح شيء. لا يُعرض هنا شخصان آخران؛ اكتب اسمًا أو عنوانًا كاملًا.
        [few] من يتصل به الحارس إن لم يتضح شيء. لا يُعرض هنا { $count } أشخاص آخرون؛ اكتب اسمًا أو عنوانًا كاملًا.
        [many] من يتصل به الحارس إن لم يتضح شيء. لا يُعرض هنا { $count } شخصًا آخر؛ اكتب اسمًا أو عنوانًا كاملًا.
       *[other] من يتصل به الحارس إن لم يتضح شيء. لا يُعرض هنا { $count } شخص آخر؛ اكتب اسمًا أو عنوانًا كاملًا.
    }
invite-times_in = الأوقات بتوقيت { $zone }.
invite-entries_hint = كم مرة يُدخل الرمز الزائر. فارغ بلا حد ضمن المدة.
invite-note = ملاحظة للحارس
invite-note_hint = مثلًا إلى أين يُرسل الزائر. لا تكتب ما لا يحتاج إليه الحارس.
invite-back = ارجع دون إنشاء

## ما فعله الإجراء.

done-invited = أُنشئت الدعوة. أرسل رمزها إلى الزائر.
done-cancelled = أُلغيت الدعوة.
done-had_cancelled = ألغى أحد هذه الدعوة قبلك. لم يتغير شيء.
done-host_changed = صار للدعوة مضيف آخر، ورمزها سارٍ.
done-erased = مُحي الشخص هنا. تتبع الهواتف حين تصل إلى الخادم، أما النسخ الاحتياطية فلا.
done-departed = سُجلت مغادرة الزائر.
done-had_departed = كان هذا الزائر قد غادر. لم يتغير شيء.
done-introduced = حُفظ. من الآن تدخل بهذا العنوان وبرمز لمرة واحدة.
done-session_ended = انتهت تلك الجلسة.
done-language_chosen = من الآن تخاطبك الصفحات بهذه اللغة.
