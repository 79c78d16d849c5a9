# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# ما تقوله الأوامر على بيانات الخادم نفسها عمّا فعلته ووجدته، وعمّا يُعطى لعدة أوامر.

## الملفات والصور المسماة.

file-unreadable = تعذرت قراءة { $path }: { $reason }
file-unwritable = تعذرت كتابة { $path }: { $reason }
file-too_large = { $path } أكبر من 64 ميبيبايت
picture-no_qr_code = لا رمز QR في هذه الصورة؛ هل هي كاملة وواضحة ومتساوية الإضاءة؟
picture-no_enrolment_code = لا تُظهر هذه الصورة رمز تسجيل.
picture-enrolment_codes =
    { $count ->
        [zero] لا تُظهر هذه الصورة رمز تسجيل.
        [one] تُظهر هذه الصورة رمز تسجيل واحدًا.
        [two] تُظهر هذه الصورة رمزي تسجيل. استعمل صورة لواحد.
        [few] تُظهر هذه الصورة { $count } رموز تسجيل. استعمل صورة لواحد.
        [many] تُظهر هذه الصورة { $count } رمز تسجيل. استعمل صورة لواحد.
       *[other] تُظهر هذه الصورة { $count } رمز تسجيل. استعمل صورة لواحد.
    }
picture-no_member_code = لا تُظهر هذه الصورة رمز مؤسسة.
picture-member_codes =
    { $count ->
        [zero] لا تُظهر هذه الصورة رمز مؤسسة.
        [one] تُظهر هذه الصورة رمز مؤسسة واحدًا.
        [two] تُظهر هذه الصورة رمزي مؤسسة. استعمل صورة لواحد.
        [few] تُظهر هذه الصورة { $count } رموز مؤسسات. استعمل صورة لواحد.
        [many] تُظهر هذه الصورة { $count } رمز مؤسسة. استعمل صورة لواحد.
       *[other] تُظهر هذه الصورة { $count } رمز مؤسسة. استعمل صورة لواحد.
    }

## من قُصد أو ما قُصد وليس موجودًا، وما هو موجود.

none_yet-site = لا موقع بعد. لإضافة واحد: { $command }
none_yet-guard = لا حارس بعد. لإضافة واحد: { $command }
none_yet-visit = لا زائر في الداخل بعد. لإضافة واحد: { $command }
none_yet-organisation = لا مؤسسة بعد. لإضافة واحدة: { $command }
none_yet-user = لا مستخدم بعد. لإضافة واحد: { $command }
none_yet-device = لا جهاز بعد. لإضافة واحد: { $command }
unknown-site = لا موقع باسم "{ $typed }"، أو هناك عدة بهذا الاسم. الموجود: { $there }.
unknown-guard = لا حارس باسم "{ $typed }"، أو هناك عدة بهذا الاسم. الموجود: { $there }.
unknown-visit = لا زائر في الداخل باسم "{ $typed }"، أو هناك عدة بهذا الاسم. الموجود: { $there }.
unknown-organisation = لا مؤسسة باسم "{ $typed }"، أو هناك عدة بهذا الاسم. الموجود: { $there }.
unknown-user = لا مستخدم باسم "{ $typed }"، أو هناك عدة بهذا الاسم. الموجود: { $there }.
unknown-device = لا جهاز باسم "{ $typed }"، أو هناك عدة بهذا الاسم. الموجود: { $there }.
unknown-invitation = لا دعوة باسم "{ $typed }". انظر: { $command }
unknown-and_more = وغير ذلك
data-which_organisation = اذكر أيها مع --org: { $codes }
data-closed = كان غيرك في هذا الجهاز يستطيع قراءة { $path }؛ وهو الآن مغلق دونهم.

## الأشخاص.

user-line = { $role } { $name } { $email }: { $id }
user-line_revoked = { $role } { $name } { $email }: { $id }، سُحب دخوله
user-added = { $role } { $name }: { $id }
user-token = رمز API، يُعرض مرة واحدة: { $token }
user-what_to_change = اذكر ما يُغيّر: --name أو --email أو --role
user-every_site = يجوز لـ { $name } دخول كل المواقع
user-no_site = { $name } غير مسجل لأي موقع
user-sites = { $name } مسجل للموقع { $sites }
user-invalidated = هويات دخول { $name } السابقة لـ { $time } تفشل
user-ask_revoke = هل يُسحب دخول { $name } ({ $email }) ويُخرج من كل مكان؟ اكتب yes:
user-no_address = بلا عنوان
user-unchanged = لم يتغير شيء
user-revoked = سُحب دخول { $name } في { $time }
user-restored = عاد الدخول إلى { $name }، وعليه أن يدخل من جديد
user-restored_without_address = عاد الدخول إلى { $name }، وعليه أن يدخل من جديد؛ والعنوان الآن لشخص آخر
user-signed_out = أُخرج { $name } من كل مكان؛ الجلسات والرموز المنتهية: { $count }
user-has_picture = لدى { $name } صورة الآن
user-no_picture = لم تعد لدى { $name } صورة
user-message_sent = رسالة إلى { $name }: { $id }
user-message_line = { $id } { $severity }، { $standing }: { $title }
user-message_read = قُرئت
user-message_unread = لم تُقرأ بعد
user-message_over = انتهت
user-message_ahead = تُعرض ابتداءً من { $time }
user-message_removed = حُذفت الرسالة { $id }
user-no_messages = لا رسائل لدى { $name }
admin-not_an_admin = { $name } ليس مشرفًا؛ والروابط تقود إلى لوحة التحكم، وهي للمشرفين
admin-address_needed = لم يعمل الخادم بعد؛ اذكر عنوانه مع --url
admin-none = لا مشرف، ولا يمكن إنشاء واحد
admin-first = المشرف الأول
admin-link = يُدخل { $name } مرة واحدة خلال 30 دقيقة:
token-made = الرمز { $id } لـ { $name }، حتى { $time }. يُعرض مرة واحدة:
token-ended = انتهى الرمز { $id } لـ { $name }
token-none = لا شيء
session-line = { $id } { $name }، { $what }، { $used }، حتى { $until }
session-last_used = آخر استعمال { $time }
session-use_not_noted = لم يُسجل آخر استعمال
session-never_used = لم يُستعمل قط

## الدعوات والرموز والحظر.

invited-for = { $reference } لـ { $name }، من { $from } إلى { $until }
invited-short_name = يتسع الرمز لـ "{ $name }"؛ أما القوائم والبوابات والسجل ففيها الاسم كله.
invited-name_banned = في قائمة الحظر شخص بهذا الاسم: سيُطلب من الحراس أن يقارنوا.
invited-by = { $reference } الآن بدعوة من { $name }
invited-cancelled = أُلغيت { $reference } في { $time }
invited-line = { $reference } { $status } { $name }، حتى { $until }
invited-line_stopped = { $reference } { $status } { $name }، حتى { $until }. { $why }
invited-more = { $shown } من { $total } من الدعوات؛ والتالية: --before { $reference }
print-host = زيارة { $host }
code-good_until = صالح حتى { $time }
ban-added = حُظر: { $id }
ban-lifted = لم يعد محظورًا: { $id }
ban-line = { $id } { $names }، منذ { $time }: { $reason }

## الأجهزة.

device-code_good = يقود إلى { $url }. صالح مرة واحدة، حتى { $time }
device-is_revoked = سُحب الجهاز { $id }
device-revoked = مسحوب
device-cut_off = مقطوع
device-goes_on_from = يتابع من { $name } { $id }
device-do_not_fit =
    { $count ->
        [zero] كل القيود تتفق
        [one] قيد واحد لا يتفق
        [two] قيدان لا يتفقان
        [few] { $count } قيود لا تتفق
        [many] { $count } قيدًا لا تتفق
       *[other] { $count } قيد لا تتفق
    }

## ما يسري عند البوابات.

policy-denies = ترفض
policy-cautions = تدعو إلى الحذر
policy-old_facts = حزمة البوابة المنتهية { $pack }، والغائبة { $absent }، ومجموعة المفاتيح المنتهية { $keys }.
policy-waiting = ينتظر المسح الخادم { $wait } مث. وتنتهي النوبة وحدها بعد { $shift }.
policy-packs = تحين حزمة البوابة التالية بعد { $next } ث، وتنتهي الحزمة بعد { $expiry } ث.
policy-members = تبدأ دعوة العضو مقدمًا بما لا يزيد على { $ahead }، وتصلح لما لا يزيد على { $length } و{ $uses }، ولا يزيد المفتوح منها معًا على { $open }.

## المحو.

erased-everywhere = مُحي: { $people }، { $invitations }، { $events }، { $entries }، { $photos }. تنساها الهواتف حين تصل إلى الخادم. وما زال في النسخ الاحتياطية السابقة ما مُحي.
erased-ban_left = بقي حظر بهذا الاسم، وقد يكون لسميّ؛ ارفعه بالأمر: { $command }
erased-log_left = كان أحد يقرأ قاعدة البيانات: قد تبقى آثار في سجلها. نفّذ هذا مرة أخرى.

## ما يُعد.

counted-people =
    { $count ->
        [zero] لا أشخاص
        [one] شخص واحد
        [two] شخصان
        [few] { $count } أشخاص
        [many] { $count } شخصًا
       *[other] { $count } شخص
    }
counted-invitations =
    { $count ->
        [zero] لا دعوات
        [one] دعوة واحدة
        [two] دعوتان
        [few] { $count } دعوات
        [many] { $count } دعوة
       *[other] { $count } دعوة
    }
counted-events =
    { $count ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $count } أحداث
        [many] { $count } حدثًا
       *[other] { $count } حدث
    }
counted-uses =
    { $count ->
        [zero] لا استعمالات
        [one] استعمال واحد
        [two] استعمالان
        [few] { $count } استعمالات
        [many] { $count } استعمالًا
       *[other] { $count } استعمال
    }
