# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# ما تقوله محفظة العضو في سطر الأوامر إلى جانب حالات الرفض.

wallet-joined = { $organisation } في { $server }.
wallet-invalidated = كل هوية دخول سابقة تفشل من الآن.
wallet-forgotten = نُسيت هنا. تعذر الوصول إلى الخادم؛ ويُخبر بذلك أولًا في المرة القادمة.
wallet-cancelled = أُلغيت { $reference }.
wallet-signed_out = خرجت.
wallet-signed_out_here = خرجت هنا. تعذر إخبار الخادم.
wallet-site_number = يلزم رقم موقع، لا "{ $typed }".
wallet-invited = { $reference }، حتى { $time }
wallet-until = حتى { $time }
wallet-nothing = لا شيء.
wallet-as_of = تعذر الوصول إلى الخادم؛ هذا كما كان في { $time }.
wallet-never_asked = تعذر الوصول إلى الخادم، ولم يُسأل من قبل.
wallet-read = سُجلت مقروءة.
wallet-read_here = سُجلت مقروءة هنا. تعذر الوصول إلى الخادم؛ ويُخبر بذلك في المرة القادمة.

## الرمز الذي يُعرض.

wallet-seconds_left = بقي { $count } ث ({ $source })
wallet-code_new = جديد
wallet-code_kept = محفوظ
wallet-code_offline = صُنع في هذا الجهاز دون شبكة

## حال المحفظة: اسم كل شيء وحاله.

wallet-member = العضو
wallet-code_until = الرمز حتى
wallet-offline_until = دون شبكة حتى
wallet-no = لا
wallet-untold = لم يُخبر الخادم بإبطال بعد.
wallet-invalidated_before = أُبطلت هويات الدخول السابقة لـ { $time }.
