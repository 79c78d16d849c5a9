# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Hoekom 'n wag se stasie of 'n lid se foon nie kon doen wat gevra is nie: wat gebeur het, en wat om te doen.

## Stasies.

station-not_enrolled = Hierdie stasie is nie ingeskryf nie. Vra 'n admin vir 'n inskrywingskode.
station-already_enrolled = Hierdie stasie is reeds ingeskryf.
station-other_organisation = Hierdie stasie hou nog inskrywings wat { $organisation } nie het nie. Skryf dit weer daar in en laat dit hulle stuur; dan kan dit verander.
station-journal_key_lost = Hierdie stasie se joernaalsleutel is weg uit sy geheimstoor. 'n Admin moet dit herroep en opnuut inskryf.
station-enrolment_code = Dit is nie 'n inskrywingskode nie.
station-wrong_server = Die bediener se wortelsleutel is nie die een in die inskrywingskode nie. Moenie hierdie bediener gebruik nie.
station-address_unproven = Wat by { $address } antwoord, bewys nie dat dit hierdie organisasie se bediener is nie. Moenie dit gebruik nie.
station-not_signed_in = Niemand is op hierdie stasie aangemeld nie. Meld eers aan.
station-locked = Hierdie stasie is gesluit. Ontsluit dit met jou PIN, of meld aan met 'n eenmalige kode.
station-not_a_guard = { $name } het die rol { $role }, en net wagte werk by 'n hek. Niks is op hierdie stasie verander nie.
station-no_guard_any_more = Jou rekening is nie meer 'n wag s'n nie, so die bediener laat jou geen skof begin nie. Vra 'n admin, of meld as iemand anders aan.
station-pin_before_lock = Stel eers 'n PIN. Daarsonder kan niemand hierdie stasie ontsluit terwyl die bediener nie bereik kan word nie.
station-session_ended = Jou aanmelding is verby. Meld weer aan met 'n eenmalige kode.
station-pin_unsuitable = Kies 6 tot 12 syfers wat nie almal dieselfde is nie en nie net op of af tel nie.
station-no_pin = Geen PIN is vir hierdie wag op hierdie toestel gestel nie. Meld aan met 'n eenmalige kode.
station-wrong_pin =
    { $count ->
        [one] Dit is nie die PIN nie. { $count } poging is oor.
       *[other] Dit is nie die PIN nie. { $count } pogings is oor.
    }
station-pin_wait = Te veel verkeerde PIN's. Probeer oor { $count } s weer, of meld aan met 'n eenmalige kode.
station-pin_void = Te veel verkeerde PIN's. Meld aan met 'n eenmalige kode.
station-guard_not_listed = Hierdie toestel weet nie dat hierdie wag nog hier werk nie. Sinkroniseer, of meld aan met 'n eenmalige kode.
station-no_shift = Daar is geen aktiewe skof nie. Begin eers jou skof.
station-shift_running = 'n Skof loop by { $site }. Beëindig dit eers.
station-not_assigned = Jy is nie aan terrein { $site } toegewys nie.
station-place_unknown = { $site } laat niemand werk wie se toestel nie sê dat dit daar is nie. Skakel ligging aan en probeer weer.
station-outside_site = Hierdie toestel is nie by { $site } nie, so ver as wat dit kan weet.
station-departure_open = Hierdie besoeker is binne. Teken eerder die vertrek aan.
station-other_shift = Dit is in 'n vorige skof geskandeer. Skandeer weer.
station-other_gates_visit = Hierdie besoek het by 'n ander hek begin. Die bediener is nodig om die vertrek aan te teken, en dit kan nie bereik word nie.
station-reason_required = Hierdie kode is GEWEIER. Gee 'n rede om tog toe te laat.
station-photo_required = Hierdie terrein het eers 'n foto van die besoeker nodig.
station-name_required = Gee die besoeker se naam.
station-name_too_long = Daardie naam is te lank: 'n naam het hoogstens 200 karakters.
station-unknown_event = Daar is nie so 'n besoek of skandering op hierdie stasie nie.
station-not_expected = Hierdie uitnodiging word nie vandag verwag nie, so ver as wat hierdie stasie weet. Sinkroniseer, of teken 'n instapper aan.
station-scan_again = Dit is 'n rukkie gelede geskandeer. Skandeer weer.
station-verdict_changed = Dit het verander terwyl jy gekyk het: { $now }. Kyk weer.
station-abandoned = Dit is sonder besluit gelaat. Skandeer weer.
station-already_decided = Dit is reeds besluit.
station-not_decided = Niemand het hieroor besluit nie, dus is daar niks om reg te stel nie.
station-has_left = Hierdie besoeker het vertrek, dus kan die besluit nie meer reggestel word nie. Rapporteer dit eerder.
station-inside_already = Hierdie besoeker is reeds binne volgens 'n ander inskrywing.
station-why_required = Skryf waarom die besluit reggestel word.
station-several_codes =
    { $count ->
        [one] Die prent wys { $count } kode. Skandeer weer.
       *[other] Die prent wys { $count } kodes. Wys een op 'n slag, en skandeer weer.
    }
station-no_code = Die prent wys geen kode nie. Vee die lens af, of skakel die lig aan.
station-forked = Die bediener hou 'n ander joernaal van hierdie stasie. Dit moet opnuut ingeskryf word.

## Lede se fone.

wallet-member_code = Dit is nie 'n organisasie se kode nie. Vra jou admin daarvoor.
wallet-not_joined = Hierdie foon ken nog geen organisasie nie. Skandeer eers die kode wat jou organisasie wys.
wallet-already_signed_in = Iemand is op hierdie foon aangemeld. Meld eers af.
wallet-wrong_server = Die bediener se wortelsleutel is nie die een in die kode nie. Moenie hierdie bediener gebruik nie.
wallet-address_unproven = Wat by { $address } antwoord, bewys nie dat dit jou organisasie se bediener is nie. Moenie dit gebruik nie.
wallet-not_signed_in = Meld eers aan.
wallet-session_ended = Jy is afgemeld. Meld weer aan.
wallet-access_ended = Jou toegang is verby. Vra 'n admin as dit 'n fout is.
wallet-resend_too_soon =
    { $count ->
        [one] 'n Kode is pas gestuur. Wag { $count } sekonde voor jy nog een vra.
       *[other] 'n Kode is pas gestuur. Wag { $count } sekondes voor jy nog een vra.
    }
wallet-code_refused = Die bediener se antwoord is nie 'n geldige toegangs-ID nie. Niks word gewys nie.
wallet-certificate_absent = Geen toegangs-ID sonder 'n netwerk nie: hierdie foon is nie daarvoor voorberei nie; maak die toep een keer met 'n netwerk oop.
wallet-certificate_expired = Geen toegangs-ID sonder 'n netwerk nie: dit was te lank sonder 'n netwerk; maak die toep een keer met een oop.
wallet-key_changed = Geen toegangs-ID sonder 'n netwerk nie: hierdie foon se sleutel het verander; maak die toep een keer met 'n netwerk oop.
wallet-invalidation_pending = Jou toegangs-ID word ongeldig gemaak. 'n Vars een kom sodra die bediener bereik kan word.
wallet-device_key = Hierdie foon se sleutelstoor het 'n sleutel gegee wat nie gebruik kan word nie.
wallet-signature_broken = Hierdie foon se sleutelstoor het 'n handtekening gemaak wat nie klop nie.
wallet-signer = Hierdie foon se sleutelstoor het misluk: { $reason }
wallet-app_locked = Die toep is gesluit. Ontsluit dit eers.
wallet-invitation_incomplete = Gee die besoeker se naam en 'n tydvenster wat eindig nadat dit begin.

## Die netwerk, en wie daar antwoord.

client-unreachable = Kan nie die bediener by { $address } bereik nie ({ $reason }).
client-untrusted = { $distrust } ({ $address })
client-leads_elsewhere = { $address } lei na { $to }. As die bediener daarheen verskuif het, vra 'n admin vir 'n nuwe kode; anders wil hierdie netwerk hê dat jy daarby aanmeld.
client-refused = { $title } ({ $code })
client-not_gatehouse = Iets anders het in die bediener se plek geantwoord. Vra hierdie netwerk dat jy aanmeld?
client-address = Die bediener se adres kan nie gebruik word nie: { $reason }
distrust-unknown_issuer = Die bediener se sertifikaat kom van 'n owerheid wat hierdie toestel nie vertrou nie. As dit julle eie is, voeg dit by hierdie toestel se vertroude owerhede, of noem sy lêer in SSL_CERT_FILE.
distrust-expired = Die bediener se sertifikaat het verval, of hierdie toestel se horlosie is voor. Gaan die horlosie na, en sê dan vir 'n admin.
distrust-not_yet_valid = Die bediener se sertifikaat geld nog nie, of hierdie toestel se horlosie is agter. Gaan die horlosie na, en sê dan vir 'n admin.
distrust-other_name = Die sertifikaat by hierdie adres is vir 'n ander naam. Gaan die adres met 'n admin na; miskien wil hierdie netwerk hê dat jy daarby aanmeld.
distrust-revoked = Die bediener se sertifikaat is herroep. Sê vir 'n admin.
distrust-unusable = Die bediener se sertifikaat kan nie gebruik word nie. Sê vir 'n admin.
distrust-nobody_trusted = Hierdie masjien het geen lys van sertifikaatowerhede nie, so HTTPS kan nie nagegaan word nie. Installeer die pakket ca-certificates, of noem 'n lêer in SSL_CERT_FILE.
distrust-no_https = Wat by hierdie adres antwoord, praat nie HTTPS nie. Gaan die adres met 'n admin na; miskien begin dit met http.

## Die toestel se berging, sleutels en horlosie.

store-full = Hierdie toestel se berging is vol. Maak plek; niks kan tot dan opgeteken word nie.
store-database = Hierdie toestel se berging het misluk, en niks is opgeteken nie ({ $reason }).
store-damaged = Hierdie toestel se berging is beskadig, en niks is opgeteken nie. Maak Gatehouse toe en weer oop: wat gelees kan word, word bewaar.
store-in_use = 'n Ander Gatehouse op hierdie toestel gebruik die data. Maak dit toe en probeer weer.
store-folder = Die datavouer kan nie gebruik word nie: { $reason }
store-newer = Die data is deur 'n nuwer weergawe van Gatehouse geskryf (formaat { $format }).
store-wrong_key = Die data op hierdie toestel behoort aan 'n ander geheimstoor. Daar is nie aan geraak nie.
device-keys_refused = Die bediener se sleutelstel is geweier ({ $reason }). Sê vir 'n admin.
device-pack_refused = Die bediener se hekpakket is geweier ({ $reason }). Sê vir 'n admin.
device-secrets = Die geheimstoor het misluk: { $reason }
device-clock = Die horlosie kan nie gelees word nie: { $reason }
device-no_randomness = Die bedryfstelsel gee geen ewekansigheid nie: { $reason }

## Prente, foto's en getekende kodes.

picture-too_large = Daardie prent is te groot ({ $megapixels } megapixels; hoogstens 64).
picture-too_heavy = So 'n soort prent het te veel geheue nodig ({ $megapixels } megapixels). Neem 'n skermskoot daarvan.
picture-too_many_bytes = Daardie prentlêer is te groot (hoogstens 64 MiB).
picture-unsupported = Daardie lêer is nie 'n prent wat hier gelees kan word nie. JPEG, PNG, WebP en GIF kan.
picture-modern = HEIC- en AVIF-prente kan nie hier gelees word nie. Neem 'n skermskoot daarvan, of stuur dit as JPEG: op 'n iPhone, Settings, Camera, Formats, Most Compatible.
picture-damaged = Daardie prent is beskadig.
photo-resize = Daardie foto kon nie kleiner gemaak word nie.
photo-encode = Daardie foto kon nie as JPEG gestoor word nie.
drawing-empty = 'n QR-kode het 'n teks nodig.
drawing-too_long = Daardie teks is te lank vir 'n QR-kode ({ $bytes } grepe).
drawing-module_size = 'n QR-kode se modules moet minstens een pixel breed wees.
drawing-png = Die QR-kode kon nie as PNG geskryf word nie.
