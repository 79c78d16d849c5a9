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
