# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Ce que dit le poste d’un agent sur la ligne de commande, à côté des verdicts et des refus. Ce qu’on tape y est écrit
# tel qu’on le tape.

## Se connecter, et à qui est le serveur.

enrol-enrols = Enregistrement auprès de { $organisation } à { $server }.
enrol-anew = Nouvel enregistrement auprès de { $organisation } à { $server }.
enrol-moves = { $organisation } a déménagé de { $from } à { $server }.
enrol-changes = Le poste quitte { $from } pour { $organisation } à { $server }.
enrol-nothing = Ce code est de { $organisation } à { $server }.
enrol-open_to_others = Attention : sans HTTPS, n’importe qui en chemin peut lire et répondre à la place du serveur.
enrol-is_it_right = Est-ce juste ? [y/N]
enrol-unchanged = Rien n’a été modifié.
enrol-moved = { $organisation } se trouve désormais à { $server }.
enrol-done = Enregistré auprès de { $organisation }.
sign_in-code_sent = Un code à usage unique est en route. Connectez-vous avec --code.
sign_in-six_digits = Les six chiffres envoyés à { $email } :
sign_in-done = Connecté en tant que { $name }.
guards-nobody = Aucun agent ne s’est encore connecté sur ce poste.
guards-has_pin = PIN défini
guards-has_no_pin = sans PIN
guards-new_pin = Nouveau PIN :
guards-pin = PIN :
guards-pin_set = PIN défini.
guards-locked = Verrouillé.
guards-unlocked = Déverrouillé pour { $name }.

## Services et sites.

shift-started = Service commencé à { $site }.
shift-ended = Service terminé.
site-named = Site { $number } : { $name }
site-unassigned = (non affecté)
site-none_known = Ce poste ne connaît encore aucun site : il n’a pas de données d’entrée.

## Un scan : qui c’est, et comment continuer. Derrière chaque mot vient ce qu’on tape : une lettre, le mot à côté du
## verdict, et un motif.

scan-departure = DÉPART
scan-walk_up = SPONTANÉE
scan-unreadable = code illisible
scan-visiting = { $name }, en visite chez { $host }
scan-event = événement { $event }
scan-event_and_visit = événement { $event }, visite { $visit }
scan-compare_face = comparez le visage : { $command }
scan-type_departure = Pour enregistrer le départ, tapez :  d { $word }
scan-type_denied = Pour refuser, tapez :  d { $word } MOTIF     Pour autoriser malgré tout :  g { $word } MOTIF
scan-type_decision = Pour autoriser, tapez :  g { $word }     Pour refuser :  d { $word } MOTIF
scan-command_departure = Enregistrez-le avec : { $command }
scan-command_decision = Décidez avec : { $command } --grant (ou --deny)
scan-decide_later = Rien ne se décide par là d’où viennent les codes. Utilisez : gatehouse station decide, depart
scan-help =
    Scannez un code, ou tapez-en un. Avec le mot à côté du verdict :
      g MOT           autoriser ; malgré { $denied }, dites aussi pourquoi : g MOT MOTIF
      d MOT MOTIF     refuser ; à { $departure }, enregistrer que le visiteur est parti
      o MOT           enregistrer que le visiteur est parti
      q MOT           cesser de scanner, comme Ctrl-C deux fois ; le service continue
    On peut aussi décider ailleurs : gatehouse station undecided, decide, depart.
scan-prompt = Scannez, ou ? pour l’aide >
scan-once_more = Appuyez encore une fois sur Ctrl-C pour terminer.
scan-too_soon = Ignoré : c’est venu trop tôt après un mot erroné. Attendez deux secondes.
scan-no_code = "{ $typed }" n’est pas un code. Rien n’a été enregistré. Tapez ? pour l’aide.
scan-word_missing = Tapez aussi le mot : { $answer }
scan-word_wrong = Ce n’est pas le mot, et rien n’a été décidé. Attendez deux secondes, puis : { $answer }
scan-nobody_inside = Ce n’est personne qui soit à l’intérieur.
scan-verdict_changed = Le verdict a changé, et rien n’a été décidé. Regardez de nouveau :
scan-take_photo = { $problem } Prenez-en une, puis : { $command }
scan-nothing_to_decide = Il n’y a encore aucun scan à décider.
scan-keyboard_unreadable = Le clavier ne peut pas être lu.
scan-choice_without_code = --grant et --deny vont avec --code ou --image.
scan-choice_missing = Indiquez --grant ou --deny.
scan-left_undecided = Laissé sans décision.
scan-reported = Signalé. Les administrateurs le verront dès que le serveur l’aura reçu.
face-none = Aucune image de cette personne n’est conservée ici.
face-written = Écrit dans { $file }. Supprimez-le une fois que vous avez regardé.

## Visiteurs.

visits-departed = Départ enregistré.
visits-nobody = Aucun visiteur n’est à l’intérieur.
visits-not_expected = Personne de ce nom n’est attendu d’ici un jour, pour autant que ce poste le sache.
visits-window = de { $from } à { $until }
visits-site = site { $number }

## L’envoi, et ce qui est bloqué.

sync-report = Envoi : { $entries } et { $photos } ; { $waiting }, { $stuck }.
sync-waiting = en attente : { $count }
sync-stuck = bloqués : { $count }
sync-photos_wait =
    { $count ->
        [one] { $count } photo attend aussi.
       *[other] { $count } photos attendent aussi.
    }
sync-next_try = Prochain essai dans { $count } s.
sync-not_due = Rien à faire avant { $count } s.
sync-waits = Cela attend que quelqu’un se connecte, enregistre le poste ou réessaie.
stuck-nothing = Rien n’est bloqué.
stuck-entry = entrée { $number }
stuck-unreadable = illisible
stuck-former = { $time }, d’un ancien journal
stuck-photo = photo { $digest }
stuck-retried = Nouvel essai : { $entries } et { $photos }.
stuck-retried_but =
    { $count ->
        [one] Nouvel essai : { $entries } et { $photos } ; { $count } reste bloquée.
       *[other] Nouvel essai : { $entries } et { $photos } ; { $count } restent bloquées.
    }

## Effacer.

erased-here = Effacement dans { $entries }, et { $photos }.
erased-later =
    { $count ->
        [one] Ce que contient { $count } d’entre elles part dès que le serveur l’a.
       *[other] Ce que contiennent { $count } d’entre elles part dès que le serveur les a.
    }
erased-copies = Des copies plus anciennes sont dans { $files } : supprimez-les aussi.

## Où en est le poste : comment cela s’appelle, et ce qu’il en est.

standing-organisation = Organisation
standing-server = Serveur
standing-guard = Agent
standing-shift = Service
standing-waiting = En attente
standing-in_step = À jour
standing-pack = Données d’entrée
standing-clock = Horloge
standing-none = aucun
standing-never = jamais
standing-locked = verrouillé ; déverrouillez-le par PIN ou connectez-vous
standing-since = { $site } depuis { $time }
standing-outbox = { $entries } et { $photos } sur { $all } ; bloqués : { $stuck }
standing-outbox_since = { $entries } et { $photos } sur { $all }, le plus ancien du { $time } ; bloqués : { $stuck }
standing-pack_of = { $age }, { $number } du { $time }
standing-clock_confirmed = celle du serveur
standing-clock_own = celle de cet appareil, non confirmée
standing-saved = Sauvé { $time } : { $entries }, dont { $apart } à part, { $events }, { $photos }. Les fichiers endommagés sont { $files }*.
pack-fresh = à jour
pack-stale = anciennes
pack-expired = périmées
pack-absent = absentes

## Ce qui est compté.

counted-entries =
    { $count ->
        [one] { $count } entrée
       *[other] { $count } entrées
    }
counted-photos =
    { $count ->
        [one] { $count } photo
       *[other] { $count } photos
    }
counted-scans =
    { $count ->
        [one] { $count } scan ou visite spontanée
       *[other] { $count } scans et visites spontanées
    }
