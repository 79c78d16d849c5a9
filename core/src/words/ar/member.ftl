# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# شاشات هاتف العضو: العناوين والأزرار وما تقوله. ما تشترك فيه مع شاشات الحارس موجود في screens.ftl.

## اسم كل شاشة: رأسها، وأول ما يقوله قارئ الشاشة.

screen-locked = Gatehouse مقفل
screen-join = انضم إلى مؤسستك
screen-pass = هوية الدخول
screen-invalidate = إبطال هويات الدخول السابقة؟
screen-invitations = دعواتك
screen-invite = ادعُ زائرًا
screen-days = اختر الأيام
screen-invitation = دعوة
screen-invitation_of = دعوة { $name }
screen-cancel = إلغاء هذه الدعوة؟
screen-activity = أين استُعمل رمزك
screen-entry = استعمال واحد لرمزك
screen-messages = الرسائل
screen-message = رسالة
screen-settings = الإعدادات
screen-stored = ما يحفظه هذا الهاتف
screen-sign_out = الخروج؟
screen-access_ended = انتهى حق دخولك
screen-signed_out = أُخرجت من حسابك
screen-no_offline = لا هوية دخول دون شبكة
screen-clock_off = ساعة هذا الهاتف خاطئة

## الأزرار.

act-join_anew = امسح رمز مؤسسة
act-refresh = احصل على رمز جديد
act-invalidate = أبطل الرموز السابقة
act-invalidate_now = أبطلها
act-keep = اتركه كما هو
act-invitations = الدعوات
act-invite = ادعُ
act-create = أنشئ الدعوة
act-share = شارك
act-cancel = ألغِ الدعوة
act-cancel_now = ألغها
act-invite_again = ادعُ مرة أخرى
act-activity = النشاط
act-not_me = لم أكن أنا
act-messages = الرسائل
act-read_message = اقرأ الرسالة
act-my_settings = الإعدادات
act-stored = ما يحفظه هذا الهاتف
act-prepare = جهّز للعمل دون شبكة
act-sign_out = اخرج

## متى يأتي الزائر.

when-today = اليوم
when-tomorrow = غدًا
when-weekend = نهاية هذا الأسبوع
when-days = أيام أخرى

## بعد كم من الوقت يقفل التطبيق نفسه.

lock-always = حالما يُترك
lock-after =
    { $count ->
        [zero] فورًا ({ $count })
        [one] بعد دقيقة واحدة ({ $count })
        [two] بعد دقيقتين ({ $count })
        [few] بعد { $count } دقائق
        [many] بعد { $count } دقيقة
       *[other] بعد { $count } دقيقة
    }

## أهمية الرسالة.

severity-information = معلومة
severity-notice = تنبيه
severity-critical = عاجل

## الحقول، والسطر الحاضر دائمًا.

field-join = رمز المؤسسة
field-guard_note = ملاحظة للحارس، إن وُجدت
line-untold = الإبطال في الانتظار

## ما تقوله الشاشات.

say-join = ضع أمام الكاميرا الرمز الذي تعرضه مؤسستك على أعضائها.
say-join_offer = خادمها في { $server }. هل هذا صحيح؟
say-sign_in = يُرسل رمز إلى عنوانك المسجل لدى مؤسستك.
say-unlock = أثبت أن هذا الهاتف لك.
say-unlock_by_code = لا يستطيع هذا الهاتف أن يسأل من يحمله. ادخل بدلًا من ذلك برمز من بريدك الإلكتروني.
say-code_until = هذا الرمز صالح حتى { $time }. ويأتي التالي من تلقاء نفسه.
say-own_code = لا شبكة: يصنع هذا الهاتف الرمز بنفسه، رمزًا جديدًا كل 30 ثانية.
say-own_code_since = لا شبكة منذ { $time }: يصنع هذا الهاتف الرمز بنفسه، رمزًا جديدًا كل 30 ثانية.
say-works_offline = يعمل دون شبكة حتى { $time }.
say-not_prepared = لم يُهيأ هذا الهاتف بعد للعمل دون شبكة. افتح التطبيق مرة مع شبكة.
say-invalidate = كل رمز عرضته أو أرسلته حتى الآن يفشل، على كل هاتف. ويأتي رمز جديد فورًا.
say-no_invitations = لم تدعُ أحدًا بعد. من تدعوه يظهر هنا مع رمزه.
say-first_day = اختر اليوم الأول.
say-last_day = اختر اليوم الأخير. ويمكن أن يكون نفسه.
say-cancel = لا يفتح رمز { $name } أي بوابة بعد ذلك. لا يمكن التراجع، لكن يمكنك الدعوة مرة أخرى.
say-no_activity = لم يُستعمل رمزك بعد. أين ومتى يُستعمل يظهر هنا.
say-let_in = سُمح بالدخول
say-turned_away = رُفض الدخول
say-undecided = بلا قرار
say-check_said = قال التحقق: { $verdict }.
say-made_here = كان هاتفك قد صنع هذا الرمز بنفسه دون شبكة.
say-not_me = إن كان ذلك شخصًا آخر فأبطل رموزك: كل رمز سابق يفشل من حينها. ثم أخبر مؤسستك.
say-message = { $severity }: { $title }
say-marked = { $mark } { $word }
say-no_messages = لا رسائل لك. ما تكتبه إليك مؤسستك يظهر هنا.
say-unread = لم تُقرأ بعد
say-sent = أُرسلت: { $time }
say-shown_until = تُعرض حتى: { $time }
say-lock_after = يقفل التطبيق نفسه بعد أن تتركه:
say-stored = كل شيء مختوم بمفتاح من هذا الهاتف.
say-stored_server = خادم { $organisation }: { $server }
say-stored_name = أنك داخل باسم { $name }، وعنوان بريدك الإلكتروني
say-stored_codes = أحدث رموزك، وشهادة يصنع بها هذا الهاتف رموزًا دون شبكة
say-stored_lists = دعواتك ورسائلك، وأين استُعمل رمزك، كما قال الخادم آخر مرة
say-stored_gone = حين تخرج يُنسى كل هذا هنا ما عدا المؤسسة.
say-member_offline = لا يمكن الوصول إلى الخادم. يُعرض ما هو محفوظ على هذا الهاتف.
say-sign_out = تُنسى هوية دخولك وقوائمك على هذا الهاتف. لتعود تحتاج إلى رمز بالبريد الإلكتروني وإلى شبكة.
say-signed_out = أنهى الخادم هذه الجلسة: فعل ذلك مدير، أو فعلته أنت على هاتف آخر. ادخل من جديد لتتابع.
say-clock_ahead = إنها متقدمة بمقدار { $length }. نستعمل وقت الخادم؛ اضبط ساعة هذا الهاتف على التلقائي من فضلك.
say-clock_behind = إنها متأخرة بمقدار { $length }. نستعمل وقت الخادم؛ اضبط ساعة هذا الهاتف على التلقائي من فضلك.

## ما يُرسل إلى الزائر.

share-title = دعوة إلى { $organisation }
share-text = { $name }، أنت مدعو إلى { $organisation }: { $window }. اعرض هذا الرمز عند البوابة. المرجع: { $reference }
