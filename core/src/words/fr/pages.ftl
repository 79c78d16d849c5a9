# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Les pages du navigateur.

## Autour de chaque page.

page-skip = Aller au contenu
page-main = Principal
page-back = Retour
page-your_account = Votre compte
page-sign_out = Se déconnecter
page-home = Accueil
page-activity = Activité
page-on_site = Sur site
page-invitations = Invitations
page-search = Rechercher
page-search_name = Rechercher par nom
page-all = Tout
page-clear_filters = Effacer les filtres
page-nothing_matches = Rien ne correspond à ces filtres
page-create_invitation = Créer une invitation
page-print = Imprimer
page-save = Enregistrer
page-any_site = Tout site
page-site_number = Site { $number }
page-all_sites = Tous les sites
page-optional = facultatif
list-joined = { $list }, { $item }
page-unread = Aucune personne parlant couramment cette langue n’a encore relu cette traduction. Si quelque chose semble faux, fiez-vous à la page anglaise et prévenez la personne qui gère le serveur.

## Pages en direct : ce que dit le script.

live-connecting = Connexion
live-live = En direct
live-reconnecting = Reconnexion
live-signed_out = Déconnecté
live-new =
    { $count ->
        [one] { $count } nouveau
       *[other] { $count } nouveaux
    }
live-latest = { $new }. Dernier : { $row }
live-row = { $verdict }, { $who }, { $site }, { $decision }
live-silent = Le serveur ne répond pas. Ce qui suit date d’avant ; réessayez dans un instant.
live-too_many = Trop de demandes à la fois. Ce qui suit date d’avant ; attendez un instant et réessayez.
live-failed = Le serveur n’a pas pu répondre. Ce qui suit date d’avant ; réessayez dans un instant.

## Connexion et déconnexion.

sign_in-title = Connexion
sign_in-button = Se connecter
sign_in-email = Votre adresse e-mail
sign_in-email_hint = Vous vous connectez avec un code à usage unique. Il n’y a pas de mot de passe.
sign_in-get_code = Obtenir un code
sign_in-enter_code = Saisissez le code
sign_in-code_made = Si { $email } a un compte, un code a été créé. Il est valable 10 minutes.
sign_in-digits = Les chiffres du code
sign_in-no_mail = Ce serveur n’envoie pas encore d’e-mails : la personne qui le gère trouve le code dans son journal.
sign_in-new_code = Obtenir un nouveau code
sign_in-other_address = Utiliser une autre adresse
sign_in-try_again_in = Vous pourrez réessayer dans { $wait }.
sign_in-another_in = Un autre pourra être créé dans { $wait }.
sign_in-link_title = Connexion par lien
sign_in-link_lead = Le lien vous connecte une fois, sur cet appareil.
sign_in-link_field = Le lien
sign_in-link_hint = Collez le lien complet qui vous a été donné.
sign_in-link_not_yours = Ce n’est pas le vôtre ? Fermez cette page, et prévenez la personne qui vous a envoyé le lien.
sign_in-link_as = Se connecter en tant que { $name }
sign_in-welcome = Bienvenue chez { $organisation }
signed_out-title = Déconnecté
signed_out-heading = Vous êtes déconnecté
signed_out-lead = Personne ne peut ouvrir le tableau de bord depuis ce navigateur avant une nouvelle connexion.
signed_out-again = Se reconnecter

## L’application dans un navigateur : ce que sa page dit avant que le programme soit là, et de l’appareil.

app-gate = Gatehouse à l’entrée
app-id = Gatehouse, identifiant d’accès
app-wait = La première fois, cela prend un moment.
app-no_script = Gatehouse a besoin de JavaScript. Activez-le pour cette page, puis rechargez-la.
app-insecure = Un navigateur ne donne la caméra et le stockage qu’aux adresses sûres. Ouvrez cette page par une adresse qui commence par https.
app-too_old = Il manque à ce navigateur ce dont Gatehouse a besoin. Mettez-le à jour, ou prenez-en un autre.
app-keeps_nothing = Cette fenêtre ne garde rien, comme une fenêtre privée. Ouvrez la page dans une fenêtre ordinaire.
app-not_built = Le programme de l’application n’est pas sur ce serveur
app-not_built_text = Qui exploite le serveur le construit à partir des sources par { $command } et met les fichiers dans un dossier web à côté du programme, ou nomme leur dossier par --web.
app-elsewhere = Fermez-le dans l’autre onglet ou l’autre fenêtre : il continuera ici de lui-même.
app-unloaded = Le programme n’a pas pu être chargé. Connectez cet appareil au réseau et réessayez.
app-stopped = Il s’est arrêté et n’a pas pu être relancé. Ce qui a été enregistré reste sur cet appareil.
app-look_here = Veuillez regarder ici
app-hold_here = Veuillez tenir votre code devant la caméra
app-moment = Un instant, s’il vous plaît
app-on_device = Sur cet appareil
app-swapped = Échanger Refuser et Laisser entrer
app-muted = Sans sons
app-visitor_window = Ouvrir la fenêtre du visiteur
app-install = Installer
app-save_journal = Enregistrer le journal dans un fichier
app-allow_camera = Le signe à côté de l’adresse de cette page mène à ce qu’elle peut utiliser. Autorisez-y la caméra.
app-copied = Copié

## Problèmes.

trouble-home = Aller à l’accueil
trouble-account = Aller à votre page
trouble-sign_in = Aller à la connexion
trouble-code = Code { $code }
trouble-code_and_incident = Code { $code }, incident { $incident }
trouble-field = { $title }. { $text } { $code }

## Votre propre compte.

account-role = { $role }, { $organisation }
account-role_and_address = { $role }, { $organisation }, connexion avec { $email }
account-come_back = Pour pouvoir revenir
account-no_address = Votre compte n’a pas d’adresse e-mail. Sans elle, personne ne pourra s’y reconnecter après la fin de cette session.
account-your_name = Votre nom
account-sessions = Où vous êtes connecté
account-here = Ce navigateur
account-session = Depuis { $since }, jusqu’à { $until }
account-session_used = Depuis { $since }, dernier usage { $used }, jusqu’à { $until }
account-end = Terminer
account-end_session = Terminer : { $session }
account-sign_out_here = Se déconnecter ici
account-sign_out_everywhere = Se déconnecter partout
account-language = Langue
account-language_lead = Celle des pages, où que vous vous connectiez.
account-language_browser = Celle que demande le navigateur
account-language_unread = { $language } (pas encore relu par une personne parlant couramment)
session-browser = Navigateur
session-token = Jeton d’API
session-named_token = Jeton d’API « { $name } »
session-device = Téléphone ou poste
elsewhere-guard = Votre travail est sur le téléphone ou le poste de l’entrée
elsewhere-guard_text = Les scans, les visites spontanées et les visiteurs sur site se trouvent sur un téléphone ou un poste qu’un administrateur a enregistré pour l’entrée. Connectez-vous-y avec cette adresse et commencez votre service. Cette page ne montre que votre compte.
elsewhere-member = Votre identifiant d’accès est dans l’application de votre téléphone
elsewhere-member_text = Ouvrez l’application Gatehouse, scannez le code membre de votre organisation et connectez-vous avec cette adresse : vous y trouverez votre identifiant d’accès, vos invitations et les usages de votre code. Cette page ne montre que votre compte.
elsewhere-open = L’ouvrir dans ce navigateur

## Accueil.

home-today = Aujourd’hui
home-to_look_at = À examiner
home-to_look_at_week = À examiner, des 7 derniers jours :
home-marked = { $mark } : { $count }
home-numbers = Chiffres du jour
home-last_decisions = Dernières décisions
home-all_activity = Toute l’activité
home-no_decisions = Les cinq dernières décisions de vos agents apparaissent ici.
home-invite_first = Inviter le premier visiteur
home-kind_at = { $kind }, { $site }
home-visitors = Visiteurs sur site
home-stale =
    { $count ->
        [one] { $count } depuis plus de 8 h
       *[other] { $count } depuis plus de 8 h
    }
home-nobody = Personne n’est à l’intérieur.
home-none_stale = Tous depuis moins de 8 h.
home-expected = Attendus aujourd’hui
home-expected_note = Invités, pas encore arrivés.
home-give_address = Donner une adresse
home-no_address = Votre compte n’a pas d’adresse e-mail ; personne ne pourra s’y reconnecter.
home-wrong_codes =
    { $count ->
        [one] { $count } code à usage unique erroné a été essayé ces dernières 24 heures. Quelqu’un devine peut-être : les essais sont ralentis d’eux-mêmes, et personne à un poste n’est empêché de travailler. Le journal d’audit le contient.
       *[other] { $count } codes à usage unique erronés ont été essayés ces dernières 24 heures. Quelqu’un devine peut-être : les essais sont ralentis d’eux-mêmes, et personne à un poste n’est empêché de travailler. Le journal d’audit les contient tous.
    }

## L’horloge du serveur, comparée à celles des appareils.

clock-ahead = L’horloge de ce serveur semble avancer de { $length } sur { $whose }. Réglez-la ; les codes sont jugés d’après elle.
clock-behind = L’horloge de ce serveur semble retarder de { $length } sur { $whose }. Réglez-la ; les codes sont jugés d’après elle.
clock-one_device = l’horloge de son unique appareil
clock-all_devices =
    { $count ->
        [one] l’horloge de son { $count } appareil
       *[other] les horloges de ses { $count } appareils
    }
clock-some_devices = les horloges de { $by } de ses { $of } appareils
clock-set_back = L’horloge de ce serveur a été reculée de { $length }. Si elle était juste avant, réglez-la de nouveau ; si elle avançait, les téléphones suivront dès qu’ils joindront le serveur.

## Activité.

activity-lead = Chaque scan, visite spontanée et code saisi à vos entrées, avec la décision de l’agent.
activity-decision = Décision
activity-verdict = Verdict
activity-who = Qui
activity-site = Site
activity-guard = Agent
activity-time = Heure
activity-events = Événements
activity-rate = Taux d’autorisation
activity-totals = Totaux
filter-verdict = Verdict : { $verdict }
filter-verdict_all = Verdict : tous
filter-all_verdicts = Tous les verdicts
filter-kind = Type : { $kind }
filter-kind_all = Type : tous
filter-all_kinds = Tous les types
filter-site = Site : { $site }
filter-site_all = Site : tous
filter-site_unknown = Site : inconnu
filter-when = Quand : { $period }
filter-mark = À examiner : { $mark }
filter-mark_all = À examiner : tout
filter-all_events = Tous les événements
filter-only = Seulement { $who }
period-today = Aujourd’hui
period-week = 7 derniers jours
period-month = 30 derniers jours
period-all = Toujours
period-today_within = aujourd’hui
period-week_within = 7 derniers jours
period-month_within = 30 derniers jours
period-all_within = toujours
mark-flagged = Autorisé malgré REFUSÉ
mark-reported = Signalé comme suspect
mark-judged = Jugé de nouveau
mark-flagged_within = autorisé malgré REFUSÉ
mark-reported_within = signalé comme suspect
mark-judged_within = jugé de nouveau
flag-against = Autorisé malgré REFUSÉ : { $reason }
flag-no_reason = aucune raison donnée
flag-judged = Jugé de nouveau : n’aurait pas dû entrer
flag-doubted = Ne concorde pas avec ce que sait le serveur
flag-offline = Noté hors ligne, arrivé { $late } plus tard
row-kind_of = { $kind } de { $host }
row-name = { $name }
row-unknown_guard = Agent inconnu
activity-newest = Retour aux plus récents
activity-up_to = Jusqu’au { $day }
activity-try_other = Essayez un autre nom ou une période plus longue, ou regardez tout.
activity-none = Pas encore d’activité
activity-none_text = Chaque scan à une entrée apparaît ici au moment où il a lieu. Invitez quelqu’un et scannez le code avec le téléphone d’un agent pour voir le premier.
activity-caption = Événements, les plus récents d’abord
activity-showing =
    { $count ->
        [one] { $shown } événement sur { $matching }
       *[other] { $shown } événements sur { $matching }
    }
activity-go_back = Revenir au
activity-go = Aller
activity-older = Événements plus anciens
activity-reload = Rechargez la page pour voir les nouveaux événements.

## Un événement.

event-kind_at = { $kind } à { $site }
event-kind_of_at = { $kind } de { $host } à { $site }
event-decided = Décidé
event-leaving = Il n’y avait rien à décider : le visiteur partait.
event-undecided = Aucune décision n’a été prise.
event-reason_given = Raison donnée
event-note = Note
event-came_in = Entré
event-left = Parti
event-doubts = Ne concorde pas
event-doubts_text = Ce qu’un appareil a écrit est conservé tel quel. Là où c’est impossible, cela ne change rien d’autre.
event-doubt = Doute
event-earlier = Jugé auparavant
event-earlier_text = Le code a été présenté de nouveau, ou le téléphone a appris quelque chose, avant toute décision. Ce qui figure plus haut est le dernier jugement, celui que l’agent a suivi.
event-later = Ajouté plus tard
event-later_text = Ce qui figure plus haut reste tel qu’à l’entrée.
event-later_corrected = La décision ci-dessus est celle qui a été rectifiée. Le reste demeure tel qu’à l’entrée.
event-report = Signalement
event-report_photo = Photo prise avec le signalement
event-reported = { $guard } : { $note }
event-reported_bare = { $guard } a signalé ceci comme suspect sans rien écrire de plus.
event-correction = Rectification
event-corrected_granted = Rectifié par { $guard } : refusé → autorisé. { $reason }
event-corrected_granted_bare = Rectifié par { $guard } : refusé → autorisé.
event-corrected_denied = Rectifié par { $guard } : autorisé → refusé. { $reason }
event-corrected_denied_bare = Rectifié par { $guard } : autorisé → refusé.
event-judged_before = { $reason } C’était ainsi { $before } avant le scan, et le téléphone ne pouvait pas le savoir.
event-judged_unknown = { $reason } Personne n’a noté depuis quand ; c’est peut-être venu après le scan.
event-checks = Contrôles
event-no_checks = Aucun code n’a été présenté ; il n’y avait rien à contrôler.
event-photo = Photo prise à l’entrée
event-photo_of = Photo prise à l’entrée de { $who }
event-photo_missing = Une photo a été prise. Elle est encore sur le téléphone de l’agent et suivra dès que possible.
event-record = Relevé
event-happened = Survenu
event-clock_unconfirmed = L’horloge du téléphone n’était pas confirmée.
event-clock_said = L’horloge du téléphone indiquait { $time }, en avance de { $ahead } sur l’arrivée.
event-arrived = Arrivé
event-late = { $late } plus tard, depuis le stockage du téléphone
event-place = Lieu
event-no_fix = Pas de position.
event-invitation = Invitation
event-more = Plus
event-same_member = Tous les événements du même membre
event-same_invitation = Tous les événements de la même invitation
event-device = Appareil
event-heir = { $device } poursuit son journal et a pu dire ce qu’il en est advenu.
event-entry = Entrée
event-number = Numéro { $number }
event-fingerprint = Empreinte
event-event = Événement
event-reason_code = Code du motif
event-erase = Effacer cette personne
event-erase_text = Le nom, les adresses, notes, photos et lieux de { $who } disparaissent de ce serveur, de ses téléphones dès qu’ils le joindront, et de ce que les entrées ont scellé. Le fait que l’entrée a été utilisée reste, et chaque journal se vérifie encore. C’est irréversible.
event-erase_member = Pour un membre, cela efface ce que contient cet événement. Pour effacer le membre, utilisez { $command }.
event-erase_yes = Oui, effacer
fix-accurate = Précis à { $accuracy } m
fix-distance = Précis à { $accuracy } m, à { $distance } m du centre du site
fix-inside = Précis à { $accuracy } m, à { $distance } m du centre du site, dans sa zone
fix-outside = Précis à { $accuracy } m, à { $distance } m du centre du site, hors de sa zone
chain-whole = Signée par l’appareil, et liée à l’entrée précédente.
chain-forked = Deux entrées différentes revendiquent ce numéro. Les deux sont conservées comme preuve.
doubt-of_device = { $device } : { $doubt }
doubt-guard_not_signed_in = L’agent qu’elle nomme n’était pas connecté ici à ce moment.
doubt-guard_revoked = L’accès de l’agent qu’elle nomme avait été révoqué avant.
doubt-shift_unknown = L’agent qu’elle nomme n’avait pas commencé ce service ici.
doubt-site_unknown = L’organisation n’a pas ce site.
doubt-event_not_its_own = Elle parle d’un scan qui est celui d’un autre appareil, ou que personne n’a fait.
doubt-decided_before = La décision précède le scan.
doubt-visit_not_theirs = Elle a ouvert le départ d’une visite qui n’est pas celle de ce visiteur.
doubt-departed_elsewhere = Elle a terminé la visite sur un autre site. La visite continue.
doubt-departed_before = Elle a terminé la visite avant son début. La visite continue.
doubt-departure_time = Elle a terminé la visite à une heure impossible. L’heure possible la plus proche compte.
doubt-shift_not_its_own = Elle a terminé le service de quelqu’un d’autre ou d’un autre appareil. Ce service continue.
doubt-no_successor = Elle dit poursuivre un appareil en service, ou qui a un autre successeur.
doubt-after_revocation = Elle a été enregistrée après la révocation de l’appareil, ou rien ne prouve que c’était avant.
doubt-shift_elsewhere = Le service a commencé sans que le téléphone ait montré qu’il était sur le site, ce que le site ne permet pas.
doubt-nothing_decided = Elle rectifie une décision que personne n’avait prise.
doubt-left_all_the_same = Un départ est enregistré, bien que la décision ait été rectifiée en refus.
doubt-corrected_elsewhere = Elle rectifierait une décision d’un autre service, ou ne donne pas de raison. La décision reste telle quelle.

## Visiteurs à l’intérieur.

on_site-lead = Les visiteurs entrés et pas encore partis. Les membres n’y figurent pas.
on_site-muster_of = Liste d’appel : { $organisation }
on_site-print_muster = Imprimer la liste d’appel
on_site-muster_all = Liste d’appel complète ({ $count })
on_site-say =
    { $count ->
        [one] { $count } visiteur sur site
       *[other] { $count } visiteurs sur site
    }
on_site-inside =
    { $count ->
        [one] { $number } visiteur à l’intérieur
       *[other] { $number } visiteurs à l’intérieur
    }
on_site-inside_stale =
    { $count ->
        [one] { $number } visiteur à l’intérieur, { $stale } depuis plus de 8 h
       *[other] { $number } visiteurs à l’intérieur, { $stale } depuis plus de 8 h
    }
on_site-made = Liste du { $time }
on_site-nobody_named = Personne de ce nom ici
on_site-try_spelling = Essayez une autre orthographe, ou regardez toutes les personnes à l’intérieur.
on_site-show_everyone = Afficher tout le monde
on_site-nobody = Personne n’est sur site
on_site-nobody_text = Un visiteur apparaît ici quand un agent autorise l’entrée, et quitte la liste à son départ.
on_site-inside_here = { $count } à l’intérieur
on_site-invited_by = Invité par { $host }
on_site-invited = Invité
on_site-since = depuis { $time }
on_site-over_8h = Plus de 8 h
on_site-depart = Marquer parti
on_site-depart_who = Marquer parti : { $who }
on_site-depart_text = { $who } quitte cette liste maintenant, et { $site } compte un visiteur de moins. La visite reste dans l’activité.
on_site-depart_yes = Oui, marquer parti
on_site-showing = { $shown } sur { $count }, les plus anciens d’abord
on_site-first = Retour aux premiers
on_site-next = Visiteurs suivants
on_site-reload = Rechargez la page pour voir les arrivées et départs. Pour imprimer la liste d’appel, utilisez la commande d’impression du navigateur.

## Invitations.

invitations-lead = Les visiteurs que vous attendez. Chacun reçoit un code que l’agent scanne.
invitations-search_label = Rechercher par référence, visiteur ou hôte
invitations-search = Référence, visiteur, hôte
invitations-status = État
invitations-try_other = Essayez un autre nom ou état, ou regardez tout.
invitations-none = Pas encore d’invitations
invitations-none_text = Invitez un visiteur, et l’invitation apparaît ici avec son code, sa plage horaire et son nombre d’utilisations.
invitations-caption = Invitations, les plus récentes d’abord
invitations-reference = Référence
invitations-visitor = Visiteur
invitations-sites = Sites
invitations-window = Plage
invitations-entries = Entrées
invitations-host = Hôte { $host }
invitations-no_host = personne en particulier
invitations-command_line = la ligne de commande
invitations-to = à
invitations-used_of = { $uses } sur { $max }
invitations-used_none = Aucune, nombre illimité
invitations-used_any = { $uses }, nombre illimité
invitations-showing =
    { $count ->
        [one] { $shown } invitation sur { $count }
       *[other] { $shown } invitations sur { $count }
    }
invitations-older = Invitations plus anciennes

## Une invitation.

invitation-title = { $visitor }, { $reference }
invitation-invited_by = { $reference }, invité par { $host }
invitation-host_stopped = { $why } Le code de cette invitation est refusé à toutes les entrées tant que cela dure. Désignez un autre hôte pour laisser entrer le visiteur, ou annulez-la.
invitation-name_banned = Quelqu’un sur la liste des interdits s’appelle { $visitor }. C’est peut-être un homonyme : les agents voient PRUDENCE et comparent.
invitation-code = Code
invitation-code_of = Code QR de l’invitation { $reference }
invitation-download = Télécharger comme image
invitation-code_text = Qui détient ce code peut le présenter à l’entrée. Envoyez-le au visiteur seulement.
invitation-cancelled_text = Cette invitation est annulée. Son code est refusé à toutes les entrées.
invitation-stopped_text = L’hôte ne fait plus entrer personne ; le code est refusé à toutes les entrées.
invitation-over_text = La plage horaire est passée. Créez une nouvelle invitation si le visiteur revient.
invitation-draft_text = Le code apparaît ici une fois l’invitation émise.
invitation-visit = Visite
invitation-from = De
invitation-until = Jusqu’à
invitation-email = E-mail
invitation-no_email = Non indiqué
invitation-created = Créée
invitation-cancelled = Annulée
invitation-time_by = { $time } par { $who }
invitation-other_host = Désigner un autre hôte
invitation-other_host_text = Le visiteur entre sur la parole du nouvel hôte. Une invitation bloquée à cause de son hôte redevient valable.
invitation-host = Hôte
invitation-host_unknown = Cet hôte n’est pas connu, ou ne fait entrer personne. Choisissez un hôte dans la liste.
invitation-name_host = Désigner cet hôte
invitation-cancel = Annuler l’invitation
invitation-cancel_text = Le code de { $visitor } est refusé dès maintenant : aussitôt là où le téléphone d’un agent est en ligne, ailleurs dès qu’il joindra le serveur. C’est irréversible ; vous pouvez réinviter le visiteur.
invitation-cancel_yes = Oui, annuler cette invitation
invitation-erase = Effacer ce visiteur
invitation-erase_yes = Oui, effacer ce visiteur
invitation-activity = Activité de cette invitation
invitation-no_activity = Rien encore. Chaque scan de ce code apparaît ici.
invitation-events = Événements de cette invitation, les plus récents d’abord

## Le formulaire d’invitation.

invite-lead = Le visiteur reçoit un code. L’agent voit le nom, l’hôte et la note.
invite-faults =
    { $count ->
        [one] Pas encore créée : { $count } point à corriger
       *[other] Pas encore créée : { $count } points à corriger
    }
invite-name = Nom du visiteur
invite-name_hint = Comme sur les papiers que porte le visiteur.
invite-email = E-mail du visiteur
invite-email_hint = Pour joindre le visiteur. Rien n’est envoyé pour vous : téléchargez le code et envoyez-le vous-même.
invite-host_hint = La personne que l’agent appelle si quelque chose n’est pas clair.
invite-host_hint_more =
    { $count ->
        [one] La personne que l’agent appelle si quelque chose n’est pas clair. { $count } autre personne n’est pas proposée ici ; tapez un nom ou une adresse en entier.
       *[other] La personne que l’agent appelle si quelque chose n’est pas clair. { $count } autres personnes ne sont pas proposées ici ; tapez un nom ou une adresse en entier.
    }
invite-times_in = Heures de { $zone }.
invite-entries_hint = Combien de fois le code laisse entrer le visiteur. Vide pour aucune limite dans la plage horaire.
invite-note = Note pour l’agent
invite-note_hint = Par exemple où envoyer le visiteur. N’écrivez rien dont l’agent n’a pas besoin.
invite-back = Retour sans créer

## Ce qu’une action a fait.

done-invited = L’invitation est créée. Envoyez son code au visiteur.
done-cancelled = L’invitation est annulée.
done-had_cancelled = Quelqu’un a annulé cette invitation avant vous. Rien n’a été modifié.
done-host_changed = L’invitation a un autre hôte, et son code est valable.
done-erased = La personne est effacée ici. Les téléphones suivront dès qu’ils joindront le serveur ; pas les sauvegardes.
done-departed = Le visiteur est marqué parti.
done-had_departed = Ce visiteur était déjà parti. Rien n’a été modifié.
done-introduced = Enregistré. Désormais, vous vous connectez avec cette adresse et un code à usage unique.
done-session_ended = Cette session est terminée.
done-language_chosen = Les pages vous parlent désormais cette langue.
