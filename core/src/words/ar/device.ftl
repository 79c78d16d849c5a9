# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# لماذا لم تستطع محطة حارس أو هاتف عضو فعل المطلوب: ما حدث وما العمل.

## المحطات.

station-not_enrolled = هذه المحطة غير مسجلة. اطلب رمز تسجيل من مشرف.
station-already_enrolled = هذه المحطة مسجلة بالفعل.
station-other_organisation = ما زالت في هذه المحطة قيود ليست لدى { $organisation }. سجّلها هناك من جديد ودعها ترسلها، ثم يمكن تغييرها.
station-journal_key_lost = اختفى مفتاح سجل هذه المحطة من مخزن أسرارها. على مشرف أن يسحبها ويسجلها من جديد.
station-enrolment_code = هذا ليس رمز تسجيل.
station-wrong_server = المفتاح الجذر للخادم ليس الذي في رمز التسجيل. لا تستعمل هذا الخادم.
station-address_unproven = ما يجيب في { $address } لا يثبت أنه خادم هذه المؤسسة. لا تستعمله.
station-not_signed_in = لم يدخل أحد إلى هذه المحطة. ادخل أولًا.
station-locked = هذه المحطة مقفلة. افتحها برقمك السري، أو ادخل برمز لمرة واحدة.
station-not_a_guard = دور { $name } هو { $role }، ولا يعمل عند البوابة إلا الحراس. لم يتغير شيء في هذه المحطة.
station-no_guard_any_more = لم يعد حسابك حساب حارس، فلا يسمح لك الخادم ببدء نوبة. اسأل مشرفًا، أو ادخل بحساب آخر.
station-pin_before_lock = ضع رقمًا سريًا أولًا. بدونه لا يمكن لأحد فتح هذه المحطة حين يتعذر الوصول إلى الخادم.
station-session_ended = انتهى دخولك. ادخل من جديد برمز لمرة واحدة.
station-pin_unsuitable = اختر من 6 إلى 12 رقمًا لا تكون كلها متشابهة ولا متتالية صعودًا أو نزولًا.
station-no_pin = لم يوضع رقم سري لهذا الحارس في هذا الجهاز. ادخل برمز لمرة واحدة.
station-wrong_pin =
    { $count ->
        [zero] ليس هذا هو الرقم السري. لم تبق محاولات.
        [one] ليس هذا هو الرقم السري. بقيت محاولة واحدة.
        [two] ليس هذا هو الرقم السري. بقيت محاولتان.
        [few] ليس هذا هو الرقم السري. بقيت { $count } محاولات.
        [many] ليس هذا هو الرقم السري. بقيت { $count } محاولة.
       *[other] ليس هذا هو الرقم السري. بقيت { $count } محاولة.
    }
station-pin_wait = أرقام سرية خاطئة كثيرة. حاول بعد { $count } ث، أو ادخل برمز لمرة واحدة.
station-pin_void = أرقام سرية خاطئة كثيرة. ادخل برمز لمرة واحدة.
station-guard_not_listed = لا يعرف هذا الجهاز إن كان هذا الحارس ما زال يعمل هنا. زامِن، أو ادخل برمز لمرة واحدة.
station-no_shift = لا نوبة جارية. ابدأ نوبتك أولًا.
station-shift_running = نوبة جارية في { $site }. أنهها أولًا.
station-not_assigned = أنت غير مسجل للموقع { $site }.
station-place_unknown = لا يسمح { $site } بالعمل لمن لا يقول جهازه إنه هناك. شغّل تحديد المكان وحاول مرة أخرى.
station-outside_site = هذا الجهاز ليس في { $site } بقدر ما يستطيع أن يعرف.
station-departure_open = هذا الزائر في الداخل. سجّل مغادرته بدل ذلك.
station-other_shift = مُسح هذا في نوبة سابقة. امسح مرة أخرى.
station-other_gates_visit = بدأت هذه الزيارة عند بوابة أخرى. يلزم الخادم لتسجيل مغادرتها، وقد تعذر الوصول إليه.
station-reason_required = هذا الرمز مرفوض. لتسمح مع ذلك اذكر سببًا.
station-photo_required = يطلب هذا الموقع صورة للزائر أولًا.
station-name_required = اكتب اسم الزائر.
station-name_too_long = هذا الاسم طويل جدًا: لا يزيد الاسم على 200 حرف.
station-unknown_event = لا توجد زيارة أو عملية مسح كهذه في هذه المحطة.
station-not_expected = هذه الدعوة غير متوقعة اليوم بقدر ما تعرف هذه المحطة. زامِن، أو سجّل زائرًا بلا رمز.
station-scan_again = مُسح هذا قبل مدة. امسح مرة أخرى.
station-verdict_changed = تغيّر هذا وأنت تنظر: { $now }. انظر مرة أخرى.
station-abandoned = تُرك هذا بلا قرار. امسح مرة أخرى.
station-already_decided = تقرر هذا بالفعل.
station-not_decided = لم يقرر أحد في هذا، فليس هناك ما يُصحَّح.
station-has_left = غادر هذا الزائر، فلم يعد بالإمكان تصحيح القرار. أبلغ عنه بدل ذلك.
station-inside_already = هذا الزائر في الداخل بالفعل حسب سجل آخر.
station-why_required = اكتب لماذا يُصحَّح القرار.
station-several_codes =
    { $count ->
        [zero] لا تُظهر الصورة رموزًا. امسح مرة أخرى.
        [one] تُظهر الصورة رمزًا واحدًا. امسح مرة أخرى.
        [two] تُظهر الصورة رمزين. اعرض واحدًا في كل مرة وامسح مرة أخرى.
        [few] تُظهر الصورة { $count } رموز. اعرض واحدًا في كل مرة وامسح مرة أخرى.
        [many] تُظهر الصورة { $count } رمزًا. اعرض واحدًا في كل مرة وامسح مرة أخرى.
       *[other] تُظهر الصورة { $count } رمز. اعرض واحدًا في كل مرة وامسح مرة أخرى.
    }
station-no_code = لا تُظهر الصورة رمزًا. امسح العدسة، أو شغّل الضوء.
station-forked = لدى الخادم سجل آخر لهذه المحطة. يجب تسجيلها من جديد.

## هواتف الأعضاء.

wallet-member_code = هذا ليس رمز مؤسسة. اطلبه من مشرفك.
wallet-not_joined = لا يعرف هذا الهاتف مؤسسة بعد. امسح أولًا الرمز الذي تعرضه مؤسستك.
wallet-already_signed_in = شخص ما داخل على هذا الهاتف. اخرج أولًا.
wallet-wrong_server = المفتاح الجذر للخادم ليس الذي في الرمز. لا تستعمل هذا الخادم.
wallet-address_unproven = ما يجيب في { $address } لا يثبت أنه خادم مؤسستك. لا تستعمله.
wallet-not_signed_in = ادخل أولًا.
wallet-session_ended = أُخرجت من حسابك. ادخل من جديد.
wallet-access_ended = انتهى حق دخولك. اسأل مشرفًا إن كان هذا خطأ.
wallet-resend_too_soon =
    { $count ->
        [zero] أُرسل رمز للتو. انتظر { $count } ثانية قبل أن تطلب غيره.
        [one] أُرسل رمز للتو. انتظر ثانية واحدة قبل أن تطلب غيره.
        [two] أُرسل رمز للتو. انتظر ثانيتين قبل أن تطلب غيره.
        [few] أُرسل رمز للتو. انتظر { $count } ثوانٍ قبل أن تطلب غيره.
        [many] أُرسل رمز للتو. انتظر { $count } ثانية قبل أن تطلب غيره.
       *[other] أُرسل رمز للتو. انتظر { $count } ثانية قبل أن تطلب غيره.
    }
wallet-code_refused = جواب الخادم ليس هوية دخول صالحة. لا يُعرض شيء.
wallet-certificate_absent = لا هوية دخول دون شبكة: لم يُهيأ هذا الهاتف لذلك؛ افتح التطبيق مرة مع شبكة.
wallet-certificate_expired = لا هوية دخول دون شبكة: مضى وقت طويل دون شبكة؛ افتح التطبيق مرة مع شبكة.
wallet-key_changed = لا هوية دخول دون شبكة: تغيّر مفتاح هذا الهاتف؛ افتح التطبيق مرة مع شبكة.
wallet-invalidation_pending = يجري إبطال هوية دخولك. تأتي هوية جديدة حالما يمكن الوصول إلى الخادم.
wallet-device_key = أعطى مخزن مفاتيح هذا الهاتف مفتاحًا لا يمكن استعماله.
wallet-signature_broken = صنع مخزن مفاتيح هذا الهاتف توقيعًا لا يصح.
wallet-signer = تعطل مخزن مفاتيح هذا الهاتف: { $reason }
wallet-app_locked = التطبيق مقفل. افتحه أولًا.
wallet-invitation_incomplete = اكتب اسم الزائر ومدة تنتهي بعد بدايتها.

## الشبكة ومن يجيب فيها.

client-unreachable = تعذر الوصول إلى الخادم في { $address } ({ $reason }).
client-untrusted = { $distrust } ({ $address })
client-leads_elsewhere = يقود { $address } إلى { $to }. إن انتقل الخادم إلى هناك فاطلب من مشرف رمزًا جديدًا، وإلا فهذه الشبكة تريد منك الدخول إليها.
client-refused = { $title } ({ $code })
client-not_gatehouse = أجاب شيء آخر مكان الخادم. هل تطلب هذه الشبكة الدخول؟
client-address = لا يمكن استعمال عنوان الخادم: { $reason }
distrust-unknown_issuer = شهادة الخادم من جهة لا يثق بها هذا الجهاز. إن كانت جهتكم الخاصة فأضفها إلى الجهات الموثوقة في هذا الجهاز، أو سمِّ ملفها في SSL_CERT_FILE.
distrust-expired = انتهت شهادة الخادم، أو ساعة هذا الجهاز متقدمة. راجع الساعة ثم أخبر مشرفًا.
distrust-not_yet_valid = لم تبدأ صلاحية شهادة الخادم، أو ساعة هذا الجهاز متأخرة. راجع الساعة ثم أخبر مشرفًا.
distrust-other_name = الشهادة في هذا العنوان لاسم آخر. راجع العنوان مع مشرف؛ ربما تريد هذه الشبكة منك الدخول إليها.
distrust-revoked = سُحبت شهادة الخادم. أخبر مشرفًا.
distrust-unusable = لا يمكن استعمال شهادة الخادم. أخبر مشرفًا.
distrust-nobody_trusted = ليس في هذا الجهاز قائمة بجهات الشهادات، فلا يمكن التحقق من HTTPS. ثبّت الحزمة ca-certificates، أو سمِّ ملفًا في SSL_CERT_FILE.
distrust-no_https = ما يجيب في هذا العنوان لا يتكلم HTTPS. راجع العنوان مع مشرف؛ ربما يبدأ بـ http.

## تخزين الجهاز ومفاتيحه وساعته.

store-full = تخزين هذا الجهاز ممتلئ. أفسح مكانًا؛ لا يمكن تسجيل شيء حتى ذلك.
store-database = تعطل تخزين هذا الجهاز ولم يُسجل شيء ({ $reason }).
store-damaged = تخزين هذا الجهاز تالف ولم يُسجل شيء. أغلق Gatehouse وافتحه من جديد: يُحفظ ما تمكن قراءته.
store-in_use = يستعمل Gatehouse آخر في هذا الجهاز البيانات. أغلقه وحاول مرة أخرى.
store-folder = لا يمكن استعمال مجلد البيانات: { $reason }
store-newer = كتب البيانات إصدار أحدث من Gatehouse (الصيغة { $format }).
store-wrong_key = البيانات في هذا الجهاز تخص مخزن أسرار آخر. لم تُمَس.
device-keys_refused = رُفضت مجموعة المفاتيح من الخادم ({ $reason }). أخبر مشرفًا.
device-pack_refused = رُفضت حزمة البوابة من الخادم ({ $reason }). أخبر مشرفًا.
device-secrets = تعطل مخزن الأسرار: { $reason }
device-clock = تعذرت قراءة الساعة: { $reason }
device-no_randomness = لا يعطي نظام التشغيل أرقامًا عشوائية: { $reason }

## الصور والرموز المرسومة.

picture-too_large = هذه الصورة كبيرة جدًا ({ $megapixels } ميغابكسل؛ الحد 64).
picture-too_heavy = صورة من هذا النوع تحتاج إلى ذاكرة كبيرة جدًا ({ $megapixels } ميغابكسل). التقط لها لقطة شاشة.
picture-too_many_bytes = ملف الصورة هذا كبير جدًا (الحد 64 ميبيبايت).
picture-unsupported = هذا الملف ليس صورة يمكن قراءتها هنا. تُقرأ JPEG وPNG وWebP وGIF.
picture-modern = لا تُقرأ صور HEIC وAVIF هنا. التقط صورة للشاشة، أو أرسلها بصيغة JPEG: في iPhone من Settings ثم Camera ثم Formats ثم Most Compatible.
picture-damaged = هذه الصورة تالفة.
photo-resize = تعذر تصغير هذه الصورة.
photo-encode = تعذر حفظ هذه الصورة بصيغة JPEG.
drawing-empty = يحتاج رمز QR إلى نص.
drawing-too_long = هذا النص أطول من أن يسعه رمز QR ({ $bytes } بايت).
drawing-module_size = يجب ألا يقل عرض وحدات رمز QR عن بكسل واحد.
drawing-png = تعذرت كتابة رمز QR بصيغة PNG.
