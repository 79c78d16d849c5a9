# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Les écrans du téléphone d’un agent : titres, boutons, et ce qu’ils disent à côté des verdicts, des raisons et des refus.

## Comment s’appelle chaque écran : son en-tête, et ce qu’un lecteur d’écran dit d’abord.

screen-opening = Gatehouse démarre
screen-enrol = Enregistrer cet appareil
screen-sign_in = Se connecter
screen-start = Commencer votre service
screen-camera = Scanner un code
screen-checking = Contrôle en cours
screen-verdict = { $verdict } : { $who }
screen-walk_up_of = Sans code : { $who }
screen-leaving = { $who } est à l’intérieur
screen-news = Le verdict a changé
screen-reason = Pourquoi laisser entrer malgré REFUSÉ ?
screen-photo = Photo du visiteur
screen-walk_up = Visiteur sans code
screen-expected = Attendus aujourd’hui
screen-inside = À l’intérieur
screen-history = Ce service
screen-past = Entrée
screen-past_of = { $who }, { $time }
screen-type_code = Saisir le code
screen-report = Signaler comme suspect
screen-correct = Rectifier cette décision
screen-status = État
screen-set_pin = Choisir votre code PIN
screen-end_shift = Finir votre service
screen-shift_over = Votre service est fini
screen-revoked = Cet appareil a été mis hors service
screen-enrol_anew = Cet appareil doit être enregistré à nouveau
screen-storage_full = La mémoire est pleine
screen-storage_damaged = La mémoire est endommagée
screen-salvaged = La mémoire était endommagée et a été réparée
screen-no_camera = Pas d’appareil photo
screen-newer = Un Gatehouse plus récent est nécessaire
screen-elsewhere = Gatehouse est ouvert ailleurs
screen-failed = Gatehouse ne peut pas continuer

## Boutons.

act-back = Retour
act-yes = Oui, c’est bien cela
act-no = Non, revenir
act-type_code = Saisir le code
act-scan_code = Le scanner plutôt
act-check = Contrôler
act-send_code = M’envoyer un code
act-send_again = Envoyer un autre code
act-sign_in = Se connecter
act-by_code = Se connecter par un code
act-other_guard = Un autre agent
act-unlock = Déverrouiller
act-start = Commencer
act-refresh_place = Chercher à nouveau ma position
act-torch_on = Allumer la lampe
act-torch_off = Éteindre la lampe
act-other_camera = Autre appareil photo
act-walk_up = Sans code
act-expected = Attendus
act-inside = À l’intérieur
act-history = Ce service
act-status = État
act-end_shift = Finir le service
act-offline = Continuer hors ligne
act-leave = Ne rien décider
act-deny = Refuser
act-grant = Laisser entrer
act-grant_hold = Maintenir pour laisser entrer
act-report = Signaler
act-put_right = Rectifier
act-put_right_hold = Maintenir pour rectifier
act-departure = Départ
act-look = Regarder à nouveau
act-take = Prendre la photo
act-retake = En prendre une autre
act-use = Garder cette photo
act-skip = Passer
act-register = Inscrire
act-send = Envoyer
act-with_photo = Ajouter une photo
act-muster = Appel
act-muster_end = Finir l’appel
act-sync = Envoyer maintenant
act-retry = Réessayer ce qui est bloqué
act-lock = Verrouiller
act-set_pin = Choisir le code PIN
act-stay = Rester
act-settings = Ouvrir les réglages
act-again = Réessayer
act-enrol_anew = Enregistrer à nouveau
act-go_on = Continuer

## Raisons habituelles de laisser entrer malgré REFUSÉ. Au journal elles figurent en anglais.

why-host = L’hôte s’est porté garant en personne
why-known = Je connais cette personne
why-document = J’ai vu un document et appelé le bureau
why-emergency = Service de secours
why-fault = Le code est en faute, et le bureau est d’accord

## Champs.

field-enrolment = Code d’enregistrement
field-address = Votre adresse e-mail
field-digits = Code reçu par message
field-pin = Code PIN
field-new_pin = Nouveau code PIN, 6 à 12 chiffres
field-name = Nom du visiteur
field-host = Personne visitée, s’il y en a une
field-visit_reason = Motif de la visite
field-search = Visiteur ou hôte
field-code = Code
field-reason = Autre raison
field-note = Ce qui est suspect
field-why = Raison de la rectification

## La ligne qui est toujours là.

line-site = { $site } : { $parts }
line-online = en ligne
line-offline = hors ligne
line-offline_since = hors ligne depuis { $time }
line-waiting =
    { $count ->
        [one] { $count } en attente
       *[other] { $count } en attente
    }
line-data_old = données du portail anciennes
line-clock = horloge non confirmée
line-storage = mémoire pleine
line-battery = batterie { $percent } %
line-revoked = hors service
line-and = { $list }, { $item }

## Ce que disent les écrans.

say-enrol = Tenez devant l’appareil photo le code d’enregistrement qu’un administrateur vous montre.
say-sign_in_guards = Qui est de service ? Choisissez votre nom et saisissez votre code PIN, ou connectez-vous par un code.
say-code_sent = Si { $email } a un compte, un code est en route.
say-resend_in = Un autre code peut être envoyé dans { $wait }.
say-locked = Cet appareil est verrouillé. Un service en cours continue.
say-place_good = Cet appareil sait où il est, à { $metres } m près.
say-place_coarse = Cet appareil ne sait qu’à peu près où il est, à { $metres } m près.
say-place_none = Cet appareil ne sait pas encore où il est. Certains sites en ont besoin.
say-no_sites = Cet appareil ne connaît encore aucun site. Reliez-le au réseau, et réessayez.
say-site_not_yours = Vous n’êtes pas affecté ici
say-site_needs_place = L’appareil doit s’y trouver
say-site_marks = Un service commencé d’ici est marqué
distance-metres = { $metres } m
distance-tenths = { $whole },{ $tenth } km
distance-whole = { $kilometres } km
say-last_granted = { $who } : admis { $time }
say-last_denied = { $who } : refusé { $time }
say-last_left = { $who } : parti { $time }
say-checking = Le serveur est interrogé. Vous pouvez continuer sans lui.
say-visiting = Rend visite à { $host }
say-used_at = Déjà utilisé, à { $time }.
say-used_by = Déjà utilisé, à { $time }, sur le site { $site }. Admis par { $guard }.
say-used_site = Déjà utilisé, à { $time }, sur le site { $site }.
say-used_elsewhere = Déjà utilisé, à { $time }, sur un autre téléphone.
say-revoked_result = Cet appareil a été mis hors service : rien de ce qu’il trouve ne vaut mieux que PRUDENCE.
say-again = Scanné auparavant, sans décision.
say-reported = Signalé. Les administrateurs le voient dès que le serveur l’a.
say-departure = Touchez Départ si ce visiteur s’en va. S’il entre à nouveau, touchez Départ, puis scannez encore une fois.
say-news = Quelque chose a été appris pendant que vous regardiez, et ce que vous avez vu ne compte plus.
say-hold = Choisissez une raison ou écrivez-en une, puis maintenez le bouton une seconde.
say-photo_required = Ce site veut une photo avant de laisser entrer.
say-photo_optional = Une photo est souhaitée ici. Vous pouvez passer.
say-photo_note = La photo accompagne votre signalement.
say-walk_up = Écrivez le nom comme le visiteur le dit.
say-alike = Une personne au nom semblable a été refusée. C’est peut-être quelqu’un d’autre : demandez, et comparez avant de décider.
say-turned_away_at = { $who } : refusé { $time }.
say-turned_away_by = { $who } : refusé { $time } par { $guard }.
say-turned_away_why = { $who } : refusé { $time }. { $reason }.
say-turned_away_by_why = { $who } : refusé { $time } par { $guard }. { $reason }.
say-nobody_expected = Personne de ce nom n’est attendu aujourd’hui.
say-window = { $from } à { $until }
say-nobody_inside = Personne n’est à l’intérieur.
say-no_history = Rien n’a encore été enregistré pendant ce service.
say-past = { $time } : { $outcome }
past-granted = admis
past-denied = refusé
past-left = parti
past-undecided = laissé sans décision
past-open = pas encore décidé
past-corrected = { $outcome }, rectifié
say-found_since = Découvert ensuite : { $reason }, depuis { $time }. Suivez les consignes de votre site.
say-found_against = Découvert ensuite : { $reason }. Suivez les consignes de votre site.
say-left = Parti à { $time }.
say-inside =
    { $count ->
        [one] { $count } visiteur à l’intérieur
       *[other] { $count } visiteurs à l’intérieur
    }
say-since = Depuis { $time }
say-since_long = Depuis { $time } : plus longtemps que d’habitude
say-muster =
    { $count ->
        [one] { $count } visiteur pas encore trouvé
       *[other] { $count } visiteurs pas encore trouvés
    }
say-found = Trouvé
say-no_name = Sans nom
say-leaves = Touchez Départ pour noter que { $who } s’en va.
say-type_code = Saisissez ou scannez le texte du code.
say-report = Les administrateurs voient tout de suite un signalement, avec l’entrée dont il parle.
say-correct = Enregistré comme { $before }. Cela devient { $after }, et les deux restent consignés.
say-pin = Il déverrouille cet appareil, même sans réseau. Il n’est qu’à vous.
say-end = Votre service à { $site } depuis { $time } se termine.
say-end_counts = { $scans } : admis { $granted }, refusés { $denied }.
say-end_reported =
    { $count ->
        [one] { $count } entrée a été signalée.
       *[other] { $count } entrées ont été signalées.
    }
say-end_inside =
    { $count ->
        [one] { $count } visiteur est encore à l’intérieur.
       *[other] { $count } visiteurs sont encore à l’intérieur.
    }
say-end_waiting =
    { $count ->
        [one] { $count } entrée attend. Elle part d’elle-même, même après le service.
       *[other] { $count } entrées attendent. Elles partent d’elles-mêmes, même après le service.
    }
say-nothing_waits = Tout a été envoyé.
say-shift_over = Il a duré autant qu’un service peut durer, ou vous n’êtes plus affecté à son site. Commencez-en un autre pour continuer.
say-revoked = Un administrateur l’a décidé. Ce que vous avez noté est gardé ici et marqué. Demandez à un administrateur un code d’enregistrement et enregistrez à nouveau ; ce qui attend suit.
say-enrol_anew = On peut continuer à scanner et tout est gardé ici. Demandez à un administrateur un code d’enregistrement ; ce qui attend suit.
say-saved = { $entries } et { $photos } ont été sauvées.
say-no_camera_refused = Gatehouse n’a pas le droit d’utiliser l’appareil photo. Permettez-le dans les réglages de cet appareil.
say-no_camera_gone = L’appareil photo a été débranché ou retiré. Branchez-le, et réessayez.
say-no_camera_in_use = Autre chose utilise l’appareil photo. Fermez-le, et réessayez.
say-without_camera = Les visiteurs sans code, les visiteurs attendus et les codes saisis continuent sans lui.
say-online = Le serveur répond.
say-offline = Le serveur est injoignable. Les scans sont gardés sur cet appareil et partiront d’eux-mêmes.
say-waiting =
    { $count ->
        [one] { $count } entrée attend d’être envoyée.
       *[other] { $count } entrées attendent d’être envoyées.
    }
say-stuck =
    { $count ->
        [one] { $count } entrée est bloquée : le serveur ne la prend pas.
       *[other] { $count } entrées sont bloquées : le serveur ne les prend pas.
    }
say-last_sync = Dernier accord avec le serveur : { $time }
say-never_sync = Pas encore d’accord avec le serveur.
say-data_of = Données du portail de { $time } : { $age }
say-data_none = Il n’y a pas encore de données du portail. Reliez cet appareil au réseau.
say-clock_own = L’horloge de cet appareil n’est pas confirmée par le serveur. Reliez-le au réseau.
say-storage_low = La mémoire est pleine. Les scans vont dans la dernière place gardée pour eux : libérez-en maintenant.
say-not_kept = Ce navigateur peut effacer ce que Gatehouse garde ici si la place manque, même ce qui n’est pas encore envoyé. Installez la page et reliez cet appareil au réseau chaque jour.
say-stuck_entry = { $kind } de { $time }
say-text = { $text }

## Ce qui est en cours.

busy-opening = Ouverture
busy-asking = Le serveur est interrogé
busy-writing = Écriture en cours
busy-sending = Envoi en cours
