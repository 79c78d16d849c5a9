# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Pourquoi un poste d’agent ou le téléphone d’un membre n’a pas pu faire ce qui était demandé : ce qui s’est passé, et quoi faire.

## Postes.

station-not_enrolled = Ce poste n’est pas enregistré. Demandez un code d’enregistrement à un administrateur.
station-already_enrolled = Ce poste est déjà enregistré.
station-other_organisation = Ce poste contient encore des entrées que { $organisation } n’a pas. Enregistrez-le de nouveau là-bas et laissez-le les envoyer ; il pourra alors changer.
station-journal_key_lost = La clé du journal de ce poste a disparu de son coffre. Un administrateur doit le révoquer et l’enregistrer de nouveau.
station-enrolment_code = Ce n’est pas un code d’enregistrement.
station-wrong_server = La clé racine du serveur n’est pas celle du code d’enregistrement. N’utilisez pas ce serveur.
station-address_unproven = Ce qui répond à { $address } ne prouve pas être le serveur de cette organisation. Ne l’utilisez pas.
station-not_signed_in = Personne n’est connecté sur ce poste. Connectez-vous d’abord.
station-locked = Ce poste est verrouillé. Déverrouillez-le avec votre PIN, ou connectez-vous avec un code à usage unique.
station-not_a_guard = { $name } a le rôle { $role }, et seuls les agents travaillent à une entrée. Rien n’a été modifié sur ce poste.
station-no_guard_any_more = Votre compte n’est plus celui d’un agent ; le serveur ne vous laisse commencer aucun service. Demandez à un administrateur, ou connectez-vous sous un autre compte.
station-pin_before_lock = Définissez d’abord un PIN. Sans lui, personne ne peut déverrouiller ce poste quand le serveur est injoignable.
station-session_ended = Votre connexion a pris fin. Connectez-vous de nouveau avec un code à usage unique.
station-pin_unsuitable = Choisissez 6 à 12 chiffres qui ne soient ni tous identiques ni simplement croissants ou décroissants.
station-no_pin = Aucun PIN n’est défini pour cet agent sur cet appareil. Connectez-vous avec un code à usage unique.
station-wrong_pin =
    { $count ->
        [one] Ce n’est pas le PIN. Il reste { $count } essai.
       *[other] Ce n’est pas le PIN. Il reste { $count } essais.
    }
station-pin_wait = Trop de PIN erronés. Réessayez dans { $count } s, ou connectez-vous avec un code à usage unique.
station-pin_void = Trop de PIN erronés. Connectez-vous avec un code à usage unique.
station-guard_not_listed = Cet appareil ne sait pas si cet agent travaille encore ici. Synchronisez, ou connectez-vous avec un code à usage unique.
station-no_shift = Aucun service n’est en cours. Commencez d’abord votre service.
station-shift_running = Un service est en cours à { $site }. Terminez-le d’abord.
station-not_assigned = Vous n’êtes pas affecté au site { $site }.
station-place_unknown = { $site } ne laisse travailler personne dont l’appareil ne dit pas qu’il y est. Activez la localisation et réessayez.
station-outside_site = Cet appareil n’est pas à { $site }, pour autant qu’il puisse le savoir.
station-departure_open = Ce visiteur est à l’intérieur. Enregistrez plutôt son départ.
station-other_shift = Cela a été scanné pendant un service précédent. Scannez de nouveau.
station-other_gates_visit = Cette visite a commencé à une autre entrée. Le serveur est nécessaire pour enregistrer le départ, et il est injoignable.
station-reason_required = Ce code a été REFUSÉ. Pour autoriser malgré tout, indiquez une raison.
station-photo_required = Ce site demande d’abord une photo du visiteur.
station-name_required = Indiquez le nom du visiteur.
station-name_too_long = Ce nom est trop long : un nom a au plus 200 caractères.
station-unknown_event = Il n’y a ni visite ni scan de ce genre sur ce poste.
station-not_expected = Cette invitation n’est pas attendue aujourd’hui, pour autant que ce poste le sache. Synchronisez, ou inscrivez une visite spontanée.
station-scan_again = Cela a été scanné il y a un moment. Scannez de nouveau.
station-verdict_changed = Cela a changé pendant que vous regardiez : { $now }. Regardez de nouveau.
station-abandoned = Cela a été laissé sans décision. Scannez de nouveau.
station-already_decided = La décision est déjà prise.
station-not_decided = Personne n’a décidé ici : il n’y a rien à rectifier.
station-has_left = Ce visiteur est parti : la décision ne peut plus être rectifiée. Signalez-la plutôt.
station-inside_already = Ce visiteur est déjà à l’intérieur d’après une autre entrée.
station-why_required = Écrivez pourquoi la décision est rectifiée.
station-several_codes =
    { $count ->
        [one] L’image montre { $count } code. Scannez de nouveau.
       *[other] L’image montre { $count } codes. Présentez-en un à la fois, et scannez de nouveau.
    }
station-no_code = L’image ne montre aucun code. Essuyez l’objectif, ou allumez la lumière.
station-forked = Le serveur détient un autre journal de ce poste. Il doit être enregistré de nouveau.

## Téléphones des membres.

wallet-member_code = Ce n’est pas le code d’une organisation. Demandez-le à votre administrateur.
wallet-not_joined = Ce téléphone ne connaît encore aucune organisation. Scannez d’abord le code que votre organisation affiche.
wallet-already_signed_in = Quelqu’un est connecté sur ce téléphone. Déconnectez-vous d’abord.
wallet-wrong_server = La clé racine du serveur n’est pas celle du code. N’utilisez pas ce serveur.
wallet-address_unproven = Ce qui répond à { $address } ne prouve pas être le serveur de votre organisation. Ne l’utilisez pas.
wallet-not_signed_in = Connectez-vous d’abord.
wallet-session_ended = Vous avez été déconnecté. Connectez-vous de nouveau.
wallet-access_ended = Votre accès a pris fin. Demandez à un administrateur si c’est une erreur.
wallet-resend_too_soon =
    { $count ->
        [one] Un code vient d’être envoyé. Attendez { $count } seconde avant d’en demander un autre.
       *[other] Un code vient d’être envoyé. Attendez { $count } secondes avant d’en demander un autre.
    }
wallet-code_refused = La réponse du serveur n’est pas un identifiant d’accès valable. Rien n’est affiché.
wallet-certificate_absent = Pas d’identifiant d’accès sans réseau : ce téléphone n’y a pas été préparé ; ouvrez l’application une fois avec un réseau.
wallet-certificate_expired = Pas d’identifiant d’accès sans réseau : cela fait trop longtemps sans réseau ; ouvrez l’application une fois avec un réseau.
wallet-key_changed = Pas d’identifiant d’accès sans réseau : la clé de ce téléphone a changé ; ouvrez l’application une fois avec un réseau.
wallet-invalidation_pending = Votre identifiant d’accès est en cours d’invalidation. Un nouveau viendra dès que le serveur sera joignable.
wallet-device_key = Le coffre de ce téléphone a donné une clé inutilisable.
wallet-signature_broken = Le coffre de ce téléphone a produit une signature qui ne tient pas.
wallet-signer = Le coffre de ce téléphone a échoué : { $reason }
wallet-app_locked = L’application est verrouillée. Déverrouillez-la d’abord.
wallet-invitation_incomplete = Indiquez le nom du visiteur et une plage horaire qui finit après son début.

## Le réseau, et qui y répond.

client-unreachable = Impossible de joindre le serveur à { $address } ({ $reason }).
client-untrusted = { $distrust } ({ $address })
client-leads_elsewhere = { $address } mène à { $to }. Si le serveur y a déménagé, demandez un nouveau code à un administrateur ; sinon, ce réseau veut que vous vous y connectiez.
client-refused = { $title } ({ $code })
client-not_gatehouse = Autre chose a répondu à la place du serveur. Ce réseau demande-t-il de se connecter ?
client-address = L’adresse du serveur est inutilisable : { $reason }
distrust-unknown_issuer = Le certificat du serveur vient d’une autorité à laquelle cet appareil ne se fie pas. Si c’est celle de votre maison, ajoutez-la aux autorités de confiance de cet appareil, ou indiquez son fichier dans SSL_CERT_FILE.
distrust-expired = Le certificat du serveur a expiré, ou l’horloge de cet appareil avance. Vérifiez l’horloge, puis prévenez un administrateur.
distrust-not_yet_valid = Le certificat du serveur n’est pas encore valable, ou l’horloge de cet appareil retarde. Vérifiez l’horloge, puis prévenez un administrateur.
distrust-other_name = Le certificat à cette adresse est pour un autre nom. Vérifiez l’adresse avec un administrateur ; ce réseau veut peut-être que vous vous y connectiez.
distrust-revoked = Le certificat du serveur a été révoqué. Prévenez un administrateur.
distrust-unusable = Le certificat du serveur est inutilisable. Prévenez un administrateur.
distrust-nobody_trusted = Cette machine n’a pas de liste d’autorités de certification ; HTTPS ne peut pas être contrôlé. Installez le paquet ca-certificates, ou indiquez un fichier dans SSL_CERT_FILE.
distrust-no_https = Ce qui répond à cette adresse ne parle pas HTTPS. Vérifiez l’adresse avec un administrateur ; elle commence peut-être par http.

## Stockage, clés et horloge de l’appareil.

store-full = Le stockage de cet appareil est plein. Libérez de la place ; rien ne peut être enregistré d’ici là.
store-database = Le stockage de cet appareil a échoué, et rien n’a été enregistré ({ $reason }).
store-damaged = Le stockage de cet appareil est endommagé, et rien n’a été enregistré. Fermez Gatehouse et rouvrez-le : ce qui est lisible est conservé.
store-in_use = Un autre Gatehouse sur cet appareil utilise les données. Fermez-le et réessayez.
store-folder = Le dossier des données est inutilisable : { $reason }
store-newer = Les données ont été écrites par une version plus récente de Gatehouse (format { $format }).
store-wrong_key = Les données de cet appareil appartiennent à un autre coffre. Elles n’ont pas été touchées.
device-keys_refused = Le jeu de clés du serveur a été rejeté ({ $reason }). Prévenez un administrateur.
device-pack_refused = Les données d’entrée du serveur ont été rejetées ({ $reason }). Prévenez un administrateur.
device-secrets = Le coffre a échoué : { $reason }
device-clock = L’horloge ne peut pas être lue : { $reason }
device-no_randomness = Le système d’exploitation ne fournit pas d’aléa : { $reason }

## Images, photos et codes dessinés.

picture-too_large = Cette image est trop grande ({ $megapixels } mégapixels ; au plus 64).
picture-too_heavy = Une image de ce type demande trop de mémoire ({ $megapixels } mégapixels). Faites-en une capture d’écran.
picture-too_many_bytes = Ce fichier d’image est trop grand (au plus 64 Mio).
picture-unsupported = Ce fichier n’est pas une image lisible ici. JPEG, PNG, WebP et GIF le sont.
picture-modern = Les images HEIC et AVIF ne sont pas lisibles ici. Faites-en une capture d’écran, ou envoyez-la en JPEG : sur un iPhone, Réglages, Appareil photo, Formats, Le plus compatible.
picture-damaged = Cette image est endommagée.
photo-resize = Cette photo n’a pas pu être réduite.
photo-encode = Cette photo n’a pas pu être enregistrée en JPEG.
drawing-empty = Un code QR a besoin d’un texte.
drawing-too_long = Ce texte est trop long pour un code QR ({ $bytes } octets).
drawing-module_size = Les modules d’un code QR doivent avoir au moins un pixel de large.
drawing-png = Le code QR n’a pas pu être écrit en PNG.
