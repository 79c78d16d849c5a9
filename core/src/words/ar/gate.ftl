# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# ما يُقال عند البوابة وعمّا جرى فيها.

## الأحكام. كلمة واحدة على كل شاشة.

verdict-verified = موثوق
verdict-caution = حذر
verdict-denied = مرفوض

## الفحوص: اسمها، ومعنى نجاح الفحص، وأنه لم يُجرَ.

check-format = الصيغة
check-format-passed = هذا رمز Gatehouse كامل وغير تالف.
check-format-skipped = لم تُفحص الصيغة.
check-signature = التوقيع
check-signature-passed = وقّعته مؤسستكم ولم يتغير منذ ذلك الحين.
check-signature-skipped = لم يُفحص التوقيع.
check-issuer = المؤسسة
check-issuer-passed = أصدرته مؤسستكم.
check-issuer-skipped = لم يُفحص: فشل فحص سابق.
check-time = المدة
check-time-passed = عُرض ضمن مدته.
check-time-skipped = لم يُفحص: فشل فحص سابق.
check-revocation = غير ملغى
check-revocation-passed = لم يكن مسحوبًا ولا مستبدلًا ولا ملغى.
check-revocation-skipped = لم يُفحص: لم يتوفر ما يُقارن به.
check-access = الدخول
check-access-passed = لم يكن الدخول موقوفًا، ولم يكن هناك حظر ولا إغلاق.
check-access-skipped = لم يُفحص: لم يتوفر ما يُقارن به.
check-site = الموقع
check-site-passed = كان الشخص مسجلًا لهذا الموقع.
check-site-skipped = لم يُفحص: لم يُذكر موقع.
check-uses = مرات الاستعمال
check-uses-passed = بقيت له مرات استعمال ولم يُستعمل قبل ذلك مباشرة.
check-uses-skipped = لم تُعدّ مرات الاستعمال.
check-proof = إثبات الهاتف
check-proof-passed = أنشأ هاتف العضو الرمز في تلك اللحظة.
check-proof-skipped = غير لازم: ليس هذا رمز عضو دون اتصال.
check-keys = مفاتيح التوقيع
check-keys-passed = كانت مفاتيح التوقيع في الهاتف محدّثة.
check-keys-skipped = لم يُفحص عمر مفاتيح التوقيع.
check-pack = بيانات البوابة
check-pack-passed = كانت بيانات البوابة في الهاتف محدّثة.
check-pack-skipped = غير لازم: أجاب الخادم، أو فشل فحص سابق.
check-online = الخادم
check-online-passed = سُئل الخادم ووافق.
check-online-skipped = لم يُسأل الخادم.
check-location = المكان
check-location-passed = كان الهاتف في الموقع.
check-location-skipped = لم يُفحص: هذا الموقع لا يطلب المكان.

## الأسباب: كلمتان إلى أربع، وجملة للحارس (ما حدث وما العمل)، وأخرى للمشرف.

reason-ok = نجحت كل الفحوص
reason-ok-guard = الرمز سليم، وهذا الشخص متوقع هنا.
reason-ok-admin = كان الرمز سليمًا، والشخص مسجلًا لهذا الموقع، وأكّد الخادم ذلك.
reason-malformed = رمز غير مقروء
reason-malformed-guard = هذا ليس رمز Gatehouse أو أنه تالف. اطلب عرضه مرة أخرى، أو سجّل زائرًا بلا رمز.
reason-malformed-admin = لم يكن ما مُسح رمز Gatehouse أو كان تالفًا. لم يكن ممكنًا الوثوق بشيء مما فيه.
reason-unknown_key = مفتاح توقيع مجهول
reason-unknown_key-guard = لم يُوقّع هذا الرمز بمفتاح يعرفه هذا الجهاز. لا تعتمد عليه.
reason-unknown_key-admin = ذكر الرمز مفتاح توقيع مجهولًا أو غير مستعمل وقت إنشائه. قد يكون مزورًا أو من خادم آخر.
reason-wrong_purpose = نوع رمز خاطئ
reason-wrong_purpose-guard = أُنشئ هذا الرمز لغرض آخر ولا يفتح بوابة. اطلب رمز الدخول.
reason-wrong_purpose-admin = وُقّع الرمز لغرض غير الدخول، فلم يكن ممكنًا قبوله.
reason-bad_signature = التوقيع خاطئ
reason-bad_signature-guard = التوقيع غير مطابق. غُيّر الرمز أو زُوّر.
reason-bad_signature-admin = لم يطابق التوقيع المحتوى: غُيّر الرمز أو زُوّر بعد إنشائه.
reason-proof_invalid = إثبات الهاتف خاطئ
reason-proof_invalid-guard = لم يثبت هاتف العضو أن الرمز له. اطلب من العضو الاتصال بالشبكة وعرض رمز جديد.
reason-proof_invalid-admin = وقّع هاتف العضو هذا الرمز توقيعًا خاطئًا دون اتصال، فتعذر ربطه بذلك الهاتف.
reason-wrong_org = مؤسسة أخرى
reason-wrong_org-guard = هذا الرمز لمؤسسة أخرى ولا يصلح هنا.
reason-wrong_org-admin = أصدرت الرمز مؤسسة أخرى ولا يصلح عند بواباتكم.
reason-lifetime_too_long = صالح لمدة أطول من اللازم
reason-lifetime_too_long-guard = يدّعي هذا الرمز صلاحية أطول من المسموح. لا تعتمد عليه.
reason-lifetime_too_long-admin = ادّعى الرمز مدة أطول مما يُسمح لنوعه. انظر كيف وأين صدر.
reason-not_yet_valid = لم تبدأ صلاحيته
reason-not_yet_valid-guard = لم تبدأ صلاحية هذا الرمز بعد. راجع وقت الزيارة مع المضيف.
reason-not_yet_valid-admin = عُرض الرمز قبل بداية مدته.
reason-expired = منتهي الصلاحية
reason-expired-guard = انتهت صلاحية هذا الرمز. اطلب رمزًا جديدًا أو اتصل بالمضيف.
reason-expired-admin = عُرض الرمز بعد نهاية مدته.
reason-clock_untrusted = ساعة الهاتف غير مؤكدة
reason-clock_untrusted-guard = لم يؤكد الخادم ساعة هذا الجهاز، فقد تكون الأوقات خاطئة. اتصل بالشبكة عندما تستطيع.
reason-clock_untrusted-admin = لم يتمكن الهاتف من تأكيد ساعته، فقد تكون الأوقات التي فحص بها خاطئة.
reason-revoked = مسحوب
reason-revoked-guard = سُحب هذا الرمز. لا تُدخل حامله دون اتصال.
reason-revoked-admin = سُحب الرمز أو حق الدخول الذي وراءه.
reason-superseded = حلّ محله رمز أحدث
reason-superseded-guard = حلّ رمز أحدث محل هذا الرمز. اطلب من العضو تحديثه.
reason-superseded-admin = أبطل مشرف الرموز السابقة لهذا العضو، وكان هذا منها.
reason-cancelled = دعوة ملغاة
reason-cancelled-guard = لم تعد هذه الدعوة سارية. اتصل بالمضيف أو بالمكتب إن لم يكن الزائر يعلم.
reason-cancelled-admin = أُلغيت الدعوة قبل عرض الرمز، أو فقد مضيفها حق إدخال الناس.
reason-access_disabled = الدخول موقوف
reason-access_disabled-guard = دخول هذا الشخص موقوف.
reason-access_disabled-admin = كان دخول هذا الشخص موقوفًا، وهذا يغلب كل ما سواه.
reason-banned = في قائمة الحظر
reason-banned-guard = هذا الشخص في قائمة الحظر. لا تُدخله، واتبع تعليمات موقعك.
reason-banned-admin = كان الشخص في قائمة الحظر، وهي ترفض دائمًا.
reason-lockdown = الموقع مغلق
reason-lockdown-guard = الموقع مغلق. لا تُدخل أحدًا حتى يُرفع الإغلاق.
reason-lockdown-admin = كان الموقع مغلقًا، فرُفض كل رمز.
reason-no_access = لا دخول هنا
reason-no_access-guard = ليس لهذا الشخص حق الدخول من هذه البوابة.
reason-no_access-admin = لم تمنح أي قاعدة أو إذن هذا الشخص حق الدخول من هذه البوابة.
reason-not_assigned = غير مسجل لهذا الموقع
reason-not_assigned-guard = رمز سليم، لكن هذا الشخص غير مسجل لهذا الموقع. اسأل من ينتظره.
reason-not_assigned-admin = كان الرمز سليمًا، لكن الشخص لم يكن مسجلًا لهذا الموقع.
reason-used_up = لم تبق مرات استعمال
reason-used_up-guard = استُعمل هذا الرمز بقدر المسموح. اتصل بالمضيف للحصول على رمز جديد.
reason-used_up-admin = استُعمل الرمز بقدر ما تسمح به دعوته.
reason-already_used = استُعمل من قبل
reason-already_used-guard = استُعمل هذا الرمز من قبل. إن كان الزائر نفسه يغادر فاضغط «مغادرة».
reason-already_used-admin = استُعمل الرمز نفسه من قبل. ربما شورك، أو كان الزائر يغادر.
reason-proof_expired = رمز دون اتصال قديم جدًا
reason-proof_expired-guard = عمر هذا الرمز دون اتصال أكثر من 10 دقائق. اطلب من العضو فتح التطبيق للحصول على رمز جديد.
reason-proof_expired-admin = أنشأ هاتف العضو هذا الرمز دون اتصال قبل المسح بأكثر من 10 دقائق.
reason-proof_old = رمز دون اتصال قديم
reason-proof_old-guard = عمر هذا الرمز دون اتصال بضع دقائق. اطلب من العضو فتح التطبيق للحصول على رمز جديد.
reason-proof_old-admin = أنشأ هاتف العضو هذا الرمز دون اتصال قبل المسح بدقيقتين إلى 10 دقائق.
reason-keys_expired = مفاتيح التوقيع قديمة جدًا
reason-keys_expired-guard = مفاتيح التوقيع في هذا الجهاز قديمة جدًا. اتصل بالشبكة قبل أن تتابع.
reason-keys_expired-admin = لم يجلب الهاتف مفاتيح التوقيع منذ مدة طويلة إلى حد أن سياستكم ترفض.
reason-keys_stale = مفاتيح التوقيع غير محدّثة
reason-keys_stale-guard = رمز سليم، لكن مفاتيح التوقيع في هذا الجهاز غير محدّثة. اتصل بالشبكة عندما تستطيع.
reason-keys_stale-admin = فحص الهاتف بمفاتيح توقيع تجاوزت تاريخها.
reason-pack_expired = بيانات البوابة قديمة جدًا
reason-pack_expired-guard = بيانات البوابة في هذا الجهاز قديمة جدًا. اتصل بالشبكة قبل أن تتابع.
reason-pack_expired-admin = تجاوزت بيانات البوابة في الهاتف آخر وقت مسموح، فقد تنقصها إلغاءات وحالات حظر.
reason-pack_stale = بيانات البوابة غير محدّثة
reason-pack_stale-guard = رمز سليم، لكنه فُحص ببيانات بوابة أقدم. اتصل بالشبكة عندما تستطيع.
reason-pack_stale-admin = فحص الهاتف ببيانات بوابة حان تجديدها، فقد تنقصها أحدث التغييرات.
reason-pack_absent = لا بيانات بوابة
reason-pack_absent-guard = ليس في هذا الجهاز بيانات بوابة بعد، فلم تُفحص الإلغاءات وحالات الحظر. اتصل بالشبكة.
reason-pack_absent-admin = لم تكن في الهاتف بيانات بوابة، فتعذر فحص الإلغاءات وحالات الحظر.
reason-offline = فُحص دون اتصال
reason-offline-guard = رمز سليم، لكن تعذر سؤال الخادم. قرّر بحسب ما تراه.
reason-offline-admin = لم يصل الهاتف إلى الخادم في الوقت المناسب فقرّر بما لديه.
reason-outside_geofence = خارج الموقع
reason-outside_geofence-guard = هذا الجهاز خارج منطقة الموقع، أو لا يستطيع أن يبيّن أنه داخلها. اذهب إلى بوابتك وشغّل تحديد المكان وامسح مرة أخرى.
reason-outside_geofence-admin = كان الهاتف خارج منطقة الموقع عند المسح، أو أن الموقع يمنع من لا يتبيّن أنه داخله ولم يستطع الهاتف أن يبيّن ذلك.
reason-location_unknown = المكان غير معروف
reason-location_unknown-guard = لا يعرف هذا الجهاز مكانه. شغّل تحديد المكان، وامسح مرة أخرى إن استطعت.
reason-location_unknown-admin = لم يكن لدى الهاتف تحديد للمكان، فلا يُعرف إن كان المسح قد جرى عند البوابة.
reason-unproven = لم يُعرض رمز
reason-unproven-guard = الاسم في قائمة اليوم، لكن لا رمز يثبت من هذا. اطلب وثيقة.
reason-unproven-admin = وُجد الزائر باسمه في قائمة الزوار المتوقعين ولم يعرض رمزًا.
reason-name_banned = الاسم في قائمة الحظر
reason-name_banned-guard = شخص بهذا الاسم محظور. اقرأ البيان وقارن قبل أن تقرر.
reason-name_banned-admin = في قائمة الحظر شخص بالاسم المكتوب، والاسم وحده لا يثبت أنه هو.
reason-walk_up = لم يُعرض رمز
reason-walk_up-guard = لم يُعرض رمز. القرار لك وحدك.
reason-walk_up-admin = لم يكن لدى الزائر رمز، فلم يكن ممكنًا فحص شيء: القرار للحارس وحده.
reason-unknown = سبب آخر
reason-unknown-guard = لا يعرف هذا الجهاز هذا السبب. حدّث التطبيق، وقرّر بحسب ما تراه.
reason-unknown-admin = يأتي السبب من إصدار للتطبيق أو الخادم أحدث مما تعرفه هذه الصفحة.

## ما يستند إليه فحص فاشل.

fact-code = الرمز نفسه
fact-server = جواب الخادم
fact-gate_pack = حزمة البوابة
fact-key_set = مجموعة المفاتيح
fact-own_records = سجلات هذه المحطة نفسها
fact-device_clock = ساعة هذا الجهاز التي لم يؤكدها أحد
fact-location = تحديد المكان
fact-guard = كلمة الحارس
fact-missing = لا شيء، فالمعلومة ناقصة

## ما فعلته لوحة المفاتيح بين الماسح والمحطة بالرمز.

misread-caps_lock = مفتاح الأحرف الكبيرة مفعّل: كتب الماسح أحرفًا صغيرة بدل الكبيرة. عطّل المفتاح وامسح مرة أخرى.
misread-keyboard_layout = يبدو أن الماسح مضبوط على لوحة مفاتيح غير لوحة هذا الحاسوب. اضبط الاثنين على التخطيط نفسه (انظر دليل الماسح) وامسح مرة أخرى.
misread-enrolment_code = هذا رمز يسجّل هاتفًا أو محطة، لا رمز يُدخل أحدًا. أعده إلى مشرف.
misread-member_code = هذا هو الرمز الذي تجد به هواتف الأعضاء المؤسسة. اطلب من العضو فتح هوية الدخول.

## ما قرره الحارس، ومن أو ما كان عند البوابة، وما يقوم مقام الاسم.

decision-granted = سُمح
decision-denied = رُفض
decision-undecided = بلا قرار
decision-leaving = في طريقه إلى الخروج
kind-member = عضو
kind-visitor = زائر
kind-walk_up = زائر بلا رمز
kind-unreadable = غير مقروء
nameless-member = عضو، لم يُحفظ الاسم
nameless-visitor = زائر، لم يُحفظ الاسم
nameless-walk_up = زائر بلا رمز، لم يُذكر اسم
nameless-unreadable = رمز غير مقروء

## كيف انتهى الفحص.

check-state-passed = نجح
check-state-failed = فشل
check-state-skipped = لم يُجرَ

## حال الدعوة، ولماذا لم يعد المضيف يُدخل أحدًا.

status-draft = مسودة
status-pending = قيد الانتظار
status-accepted = وصل
status-cancelled = ملغاة
status-over = انتهت الزيارة
status-expired = منتهية
status-stopped = موقوفة
host-stopped-disabled = دخول المضيف موقوف، أو لم يعد مسموحًا للمضيف بالذهاب إلى أحد مواقعها.
host-stopped-banned = المضيف في قائمة الحظر.
host-stopped-revoked = سُحب حق دخول المضيف.

## لماذا لم تقرأ الكاميرا أي رمز، وما الذي يساعد.

sight-nothing_there = لا يظهر أي رمز QR. هل هو كله داخل الصورة؟
sight-too_dark = المكان مظلم جدًا. شغّل الضوء.
sight-glare = انعكاس الضوء يخفي الرمز. أمِله قليلًا.
sight-too_small = الرمز صغير جدًا في الصورة. اقترب أكثر.
sight-blurred = الرمز غير واضح. اثبت وابتعد قليلًا.
sight-unreadable = هناك رمز QR، لكن جزءًا كبيرًا منه مغطى أو مثني أو تالف. أمسكه مسطحًا وكاملًا.

## الأدوار.

role-member = عضو
role-guard = حارس
role-admin = مشرف
role-owner = مالك

## أنواع قيود السجل.

entry-scan = مسح
entry-decision = قرار
entry-walk_up = زائر بلا رمز
entry-arrival = وصول
entry-departure = مغادرة
entry-shift_start = بداية نوبة
entry-shift_end = نهاية نوبة
entry-code_entry = رمز أُدخل باليد
entry-amendment = بلاغ أو حكم لاحق
entry-clock_change = تغيير الساعة

## بيان من قائمة الحظر: من ولماذا.

ban-entry = قائمة الحظر: { $names } ({ $reason })

## ما يقرؤه الحارس مع الحكم وبعد القرار.

fact-gate_pack_number = حزمة البوابة { $number }
fact-key_set_number = مجموعة المفاتيح { $number }
fact-location_metres = تحديد المكان ({ $metres } م)
basis = { $reason } [{ $code }]: بحسب { $fact }
basis-at = { $reason } [{ $code }]: بحسب { $fact }، { $time }
basis-of = { $reason } [{ $code }]: بحسب { $fact } بتاريخ { $time }
basis-plain = { $reason }: بحسب { $fact }
basis-plain_at = { $reason }: بحسب { $fact }، { $time }
basis-plain_of = { $reason }: بحسب { $fact } بتاريخ { $time }
scan-used_at = { $sentence } (استُعمل في { $time })
scan-inside = هذا الزائر في الداخل: سجّل مغادرته.
scan-decide = اسمح أو ارفض.
scan-photo_required = يريد هذا الموقع صورة قبل إدخال أحد
decided-granted = سُمح.
decided-granted_inside = سُمح؛ الزائر في الموقع.
decided-against = سُمح رغم الرفض.
decided-against_inside = سُمح رغم الرفض؛ الزائر في الموقع.
decided-denied = رُفض.
look-again = انظر مرة أخرى: { $who } الآن { $verdict } [{ $code }]، الحدث { $event }.
look-no_name = بلا اسم
look-no_verdict = بلا حكم
