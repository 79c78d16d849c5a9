# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Ce qui se dit à une entrée, et de ce qui s’y est passé.

## Verdicts. Un mot, en capitales sur chaque écran.

verdict-verified = VÉRIFIÉ
verdict-caution = PRUDENCE
verdict-denied = REFUSÉ

## Contrôles : leur nom, ce que signifie qu’un contrôle a réussi, et qu’il n’a pas été fait.

check-format = Format
check-format-passed = C’est un code Gatehouse, complet et intact.
check-format-skipped = Le format n’a pas été contrôlé.
check-signature = Signature
check-signature-passed = Votre organisation l’a signé, et il n’a pas changé depuis.
check-signature-skipped = La signature n’a pas été contrôlée.
check-issuer = Organisation
check-issuer-passed = Il a été émis par votre organisation.
check-issuer-skipped = Non contrôlé : un contrôle précédent avait échoué.
check-time = Plage horaire
check-time-passed = Il a été présenté dans sa plage horaire.
check-time-skipped = Non contrôlé : un contrôle précédent avait échoué.
check-revocation = Non révoqué
check-revocation-passed = Il n’avait été ni révoqué, ni remplacé, ni annulé.
check-revocation-skipped = Non contrôlé : il n’y avait rien à quoi le comparer.
check-access = Accès
check-access-passed = L’accès n’était pas désactivé, et il n’y avait ni interdiction ni confinement.
check-access-skipped = Non contrôlé : il n’y avait rien à quoi le comparer.
check-site = Site
check-site-passed = La personne était affectée à ce site.
check-site-skipped = Non contrôlé : aucun site n’était indiqué.
check-uses = Utilisations
check-uses-passed = Il lui restait des utilisations et il n’avait pas servi juste avant.
check-uses-skipped = Les utilisations n’ont pas été comptées.
check-proof = Preuve du téléphone
check-proof-passed = Le téléphone du membre a créé le code à l’instant.
check-proof-skipped = Pas nécessaire : ce n’est pas un code hors ligne de membre.
check-keys = Clés de signature
check-keys-passed = Les clés de signature du téléphone étaient à jour.
check-keys-skipped = L’âge des clés de signature n’a pas été contrôlé.
check-pack = Données d’entrée
check-pack-passed = Les données d’entrée du téléphone étaient à jour.
check-pack-skipped = Pas nécessaire : le serveur a répondu, ou un contrôle précédent avait échoué.
check-online = Serveur
check-online-passed = Le serveur a été consulté et a confirmé.
check-online-skipped = Le serveur n’a pas été consulté.
check-location = Lieu
check-location-passed = Le téléphone était sur le site.
check-location-skipped = Non contrôlé : ce site ne demande pas le lieu.

## Motifs : deux à quatre mots, une phrase pour l’agent (ce qui s’est passé et quoi faire), une pour l’administrateur.

reason-ok = Tous les contrôles réussis
reason-ok-guard = Le code est bon, et cette personne est attendue ici.
reason-ok-admin = Le code était bon, la personne était affectée à ce site, et le serveur l’a confirmé.
reason-malformed = Code illisible
reason-malformed-guard = Ce n’est pas un code Gatehouse, ou il est abîmé. Demandez qu’on le présente de nouveau, ou inscrivez une visite spontanée.
reason-malformed-admin = Ce qui a été scanné n’était pas un code Gatehouse, ou il était abîmé. Rien de ce qu’il contenait n’était fiable.
reason-unknown_key = Clé de signature inconnue
reason-unknown_key-guard = Ce code n’a pas été signé par une clé que cet appareil connaît. Ne vous y fiez pas.
reason-unknown_key-admin = Le code nommait une clé de signature inconnue ou hors d’usage au moment de sa création. Il peut être falsifié, ou venir d’un autre serveur.
reason-wrong_purpose = Mauvais type de code
reason-wrong_purpose-guard = Ce code a été créé pour autre chose et n’ouvre aucune entrée. Demandez le code d’accès.
reason-wrong_purpose-admin = Le code était signé pour un autre usage que l’entrée ; il ne pouvait donc pas être accepté.
reason-bad_signature = Signature incorrecte
reason-bad_signature-guard = La signature ne correspond pas. Le code a été modifié ou falsifié.
reason-bad_signature-admin = La signature ne correspondait pas au contenu : le code a été modifié ou falsifié après sa création.
reason-proof_invalid = Preuve du téléphone incorrecte
reason-proof_invalid-guard = Le téléphone du membre n’a pas prouvé que le code est le sien. Demandez au membre de se connecter au réseau et de présenter un nouveau code.
reason-proof_invalid-admin = Le téléphone du membre a mal signé ce code hors ligne, qui n’a donc pas pu être rattaché à ce téléphone.
reason-wrong_org = Autre organisation
reason-wrong_org-guard = Ce code appartient à une autre organisation et n’est pas valable ici.
reason-wrong_org-admin = Le code a été émis par une autre organisation et n’est pas valable à vos entrées.
reason-lifetime_too_long = Valable trop longtemps
reason-lifetime_too_long-guard = Ce code prétend être valable plus longtemps qu’il n’est permis. Ne vous y fiez pas.
reason-lifetime_too_long-admin = Le code prétendait à une durée plus longue que celle permise à son type. Vérifiez comment et où il a été émis.
reason-not_yet_valid = Pas encore valable
reason-not_yet_valid-guard = Ce code n’est pas encore valable. Vérifiez l’heure de la visite avec l’hôte.
reason-not_yet_valid-admin = Le code a été présenté avant le début de sa plage horaire.
reason-expired = Expiré
reason-expired-guard = Ce code a expiré. Demandez-en un nouveau, ou appelez l’hôte.
reason-expired-admin = Le code a été présenté après la fin de sa plage horaire.
reason-clock_untrusted = Horloge non confirmée
reason-clock_untrusted-guard = L’horloge de cet appareil n’est pas confirmée par le serveur ; les heures peuvent être fausses. Connectez-vous au réseau dès que possible.
reason-clock_untrusted-admin = Le téléphone n’a pas pu confirmer son horloge ; les heures de ses contrôles peuvent être fausses.
reason-revoked = Révoqué
reason-revoked-guard = Ce code a été retiré. Ne laissez pas entrer sans appeler.
reason-revoked-admin = Le code, ou l’accès qu’il représente, avait été révoqué.
reason-superseded = Remplacé par un code plus récent
reason-superseded-guard = Ce code a été remplacé par un plus récent. Demandez au membre de l’actualiser.
reason-superseded-admin = Un administrateur avait invalidé les codes antérieurs de ce membre, dont celui-ci.
reason-cancelled = Invitation annulée
reason-cancelled-guard = Cette invitation n’est plus valable. Appelez l’hôte ou le bureau si le visiteur ne le savait pas.
reason-cancelled-admin = Avant la présentation du code, l’invitation avait été annulée, ou son hôte avait perdu le droit de faire entrer quelqu’un.
reason-access_disabled = Accès désactivé
reason-access_disabled-guard = L’accès de cette personne est désactivé.
reason-access_disabled-admin = L’accès de cette personne était désactivé, ce qui prime sur tout le reste.
reason-banned = Sur la liste des interdits
reason-banned-guard = Cette personne est sur la liste des interdits. Ne la laissez pas entrer ; suivez les consignes de votre site.
reason-banned-admin = La personne était sur la liste des interdits, qui refuse toujours.
reason-lockdown = Site en confinement
reason-lockdown-guard = Le site est en confinement. Ne laissez entrer personne avant la levée.
reason-lockdown-admin = Le site était en confinement ; tous les codes étaient refusés.
reason-no_access = Pas d’accès ici
reason-no_access-guard = Cette personne n’a pas d’accès à cette entrée.
reason-no_access-admin = Aucune règle ni autorisation ne donnait à cette personne l’accès à cette entrée.
reason-not_assigned = Non affecté à ce site
reason-not_assigned-guard = Un bon code, mais cette personne n’est pas affectée à ce site. Demandez qui l’attend.
reason-not_assigned-admin = Le code était bon, mais la personne n’était pas affectée à ce site.
reason-used_up = Plus d’utilisations
reason-used_up-guard = Ce code a servi autant de fois que permis. Appelez l’hôte pour en avoir un nouveau.
reason-used_up-admin = Le code avait servi autant de fois que son invitation le permet.
reason-already_used = Déjà utilisé
reason-already_used-guard = Ce code a déjà servi. Si c’est le même visiteur qui part, touchez Départ.
reason-already_used-admin = Le même code avait déjà servi. Il a pu être partagé, ou le visiteur partait.
reason-proof_expired = Code hors ligne trop ancien
reason-proof_expired-guard = Ce code hors ligne a plus de 10 minutes. Demandez au membre d’ouvrir l’application pour en avoir un nouveau.
reason-proof_expired-admin = Le téléphone du membre a créé ce code hors ligne plus de 10 minutes avant le scan.
reason-proof_old = Code hors ligne ancien
reason-proof_old-guard = Ce code hors ligne a quelques minutes. Demandez au membre d’ouvrir l’application pour en avoir un nouveau.
reason-proof_old-admin = Le téléphone du membre a créé ce code hors ligne entre 2 et 10 minutes avant le scan.
reason-keys_expired = Clés de signature trop anciennes
reason-keys_expired-guard = Les clés de signature de cet appareil sont beaucoup trop anciennes. Connectez-vous au réseau avant de continuer.
reason-keys_expired-admin = Le téléphone n’avait pas récupéré de clés de signature depuis si longtemps que votre règlement refuse.
reason-keys_stale = Clés de signature périmées
reason-keys_stale-guard = Un bon code, mais les clés de signature de cet appareil sont périmées. Connectez-vous au réseau dès que possible.
reason-keys_stale-admin = Le téléphone a contrôlé avec des clés de signature dont la date était passée.
reason-pack_expired = Données d’entrée très périmées
reason-pack_expired-guard = Les données d’entrée de cet appareil sont très périmées. Connectez-vous au réseau avant de continuer.
reason-pack_expired-admin = Les données d’entrée du téléphone avaient dépassé leur dernier délai ; des annulations et des interdictions peuvent manquer.
reason-pack_stale = Données d’entrée périmées
reason-pack_stale-guard = Un bon code, mais contrôlé avec des données d’entrée plus anciennes. Connectez-vous au réseau dès que possible.
reason-pack_stale-admin = Le téléphone a contrôlé avec des données d’entrée à renouveler ; les derniers changements peuvent manquer.
reason-pack_absent = Pas de données d’entrée
reason-pack_absent-guard = Cet appareil n’a pas encore de données d’entrée ; les annulations et les interdictions n’ont pas été contrôlées. Connectez-vous au réseau.
reason-pack_absent-admin = Le téléphone n’avait pas de données d’entrée ; les annulations et les interdictions n’ont pas pu être contrôlées.
reason-offline = Contrôlé hors ligne
reason-offline-guard = Un bon code, mais le serveur n’a pas pu être consulté. Décidez d’après ce que vous voyez.
reason-offline-admin = Le téléphone n’a pas pu joindre le serveur à temps et a décidé avec ce qu’il avait.
reason-outside_geofence = Hors du site
reason-outside_geofence-guard = Cet appareil est hors de la zone du site, ou ne peut pas montrer qu’il y est. Allez à votre entrée, activez la localisation et scannez de nouveau.
reason-outside_geofence-admin = Le téléphone était hors de la zone du site au moment du scan, ou le site bloque quiconque ne montre pas qu’il y est et le téléphone ne pouvait pas le montrer.
reason-location_unknown = Lieu inconnu
reason-location_unknown-guard = Cet appareil ne sait pas où il se trouve. Activez la localisation, et scannez de nouveau si possible.
reason-location_unknown-admin = Le téléphone n’avait pas de position ; on ne sait donc pas si le scan a été fait à l’entrée.
reason-unproven = Aucun code présenté
reason-unproven-guard = Le nom est sur la liste du jour, mais aucun code ne prouve qui c’est. Demandez une pièce d’identité.
reason-unproven-admin = Le visiteur a été trouvé par son nom sur la liste des visiteurs attendus et n’a pas présenté de code.
reason-name_banned = Nom sur la liste des interdits
reason-name_banned-guard = Quelqu’un de ce nom est interdit. Lisez la fiche et comparez avant de décider.
reason-name_banned-admin = Une personne portant le nom saisi est sur la liste des interdits ; un nom seul ne prouve pas que c’était elle.
reason-walk_up = Aucun code présenté
reason-walk_up-guard = Aucun code n’a été présenté. La décision vous appartient.
reason-walk_up-admin = Le visiteur n’avait pas de code ; rien n’a pu être contrôlé : la décision est celle de l’agent seul.
reason-unknown = Autre motif
reason-unknown-guard = Cet appareil ne connaît pas ce motif. Mettez l’application à jour, et décidez d’après ce que vous voyez.
reason-unknown-admin = Le motif vient d’une version de l’application ou du serveur plus récente que ce que cette page connaît.

## Ce sur quoi repose un contrôle échoué.

fact-code = le code lui-même
fact-server = la réponse du serveur
fact-gate_pack = les données d’entrée
fact-key_set = le jeu de clés
fact-own_records = les propres relevés de ce poste
fact-device_clock = l’horloge de cet appareil, que personne n’a confirmée
fact-location = la position
fact-guard = la parole de l’agent
fact-missing = rien, car le fait manque

## Ce que le clavier entre lecteur et poste a fait d’un code.

misread-caps_lock = Le verrouillage des majuscules est actif : le lecteur a tapé des minuscules pour des majuscules. Désactivez-le, et scannez de nouveau.
misread-keyboard_layout = Le lecteur semble réglé sur un autre clavier que cet ordinateur. Réglez les deux sur la même disposition (voir le manuel du lecteur), et scannez de nouveau.
misread-enrolment_code = C’est un code qui enregistre un téléphone ou un poste, pas un code d’entrée. Rendez-le à un administrateur.
misread-member_code = C’est le code par lequel les téléphones des membres trouvent l’organisation. Demandez au membre d’ouvrir son identifiant d’accès.

## Ce qu’un agent a décidé, qui ou quoi était à l’entrée, et ce qui tient lieu de nom.

decision-granted = Autorisé
decision-denied = Refusé
decision-undecided = Non décidé
decision-leaving = En train de sortir
kind-member = Membre
kind-visitor = Visiteur
kind-walk_up = Visite spontanée
kind-unreadable = Illisible
nameless-member = Membre, nom non conservé
nameless-visitor = Visiteur, nom non conservé
nameless-walk_up = Visite spontanée, sans nom
nameless-unreadable = Code illisible

## Comment un contrôle s’est terminé.

check-state-passed = Réussi
check-state-failed = Échoué
check-state-skipped = Non fait

## Où en est une invitation, et pourquoi un hôte ne fait plus entrer personne.

status-draft = Brouillon
status-pending = En attente
status-accepted = Arrivé
status-cancelled = Annulée
status-over = Visite terminée
status-expired = Expirée
status-stopped = Bloquée
host-stopped-disabled = L’accès de l’hôte est désactivé, ou l’hôte ne peut plus se rendre sur l’un de ses sites.
host-stopped-banned = L’hôte est sur la liste des interdits.
host-stopped-revoked = L’accès de l’hôte a été révoqué.

## Pourquoi une caméra n’a lu aucun code, et ce qui aide.

sight-nothing_there = Aucun code QR n’est visible. Est-il entièrement dans l’image ?
sight-too_dark = Il fait trop sombre. Allumez la lumière.
sight-glare = Un reflet cache le code. Inclinez-le un peu.
sight-too_small = Le code est trop petit dans l’image. Approchez-vous.
sight-blurred = Le code est flou. Ne bougez pas, un peu plus loin.
sight-unreadable = Il y a un code QR, mais une trop grande partie est cachée, pliée ou abîmée. Tenez-le à plat et en entier.

## Rôles.

role-member = Membre
role-guard = Agent
role-admin = Administrateur
role-owner = Propriétaire

## Types d’entrées d’un journal.

entry-scan = Scan
entry-decision = Décision
entry-walk_up = Visite spontanée
entry-arrival = Arrivée
entry-departure = Départ
entry-shift_start = Début de service
entry-shift_end = Fin de service
entry-code_entry = Code saisi à la main
entry-amendment = Signalement ou jugement ultérieur
entry-clock_change = Changement de l’horloge

## Une fiche de la liste des interdits : qui, et pourquoi.

ban-entry = liste des interdits : { $names } ({ $reason })

## Ce qu’un agent lit à côté d’un verdict, et après une décision.

fact-gate_pack_number = les données d’entrée { $number }
fact-key_set_number = le jeu de clés { $number }
fact-location_metres = la position ({ $metres } m)
basis = { $reason } [{ $code }] : d’après { $fact }
basis-at = { $reason } [{ $code }] : d’après { $fact }, { $time }
basis-of = { $reason } [{ $code }] : d’après { $fact } du { $time }
basis-plain = { $reason } : d’après { $fact }
basis-plain_at = { $reason } : d’après { $fact }, { $time }
basis-plain_of = { $reason } : d’après { $fact } du { $time }
scan-used_at = { $sentence } (utilisé à { $time })
scan-inside = Ce visiteur est à l’intérieur : enregistrez le départ.
scan-decide = Autorisez ou refusez.
scan-photo_required = ce site veut une photo avant toute entrée
decided-granted = Autorisé.
decided-granted_inside = Autorisé ; le visiteur est sur site.
decided-against = Autorisé, malgré REFUSÉ.
decided-against_inside = Autorisé, malgré REFUSÉ ; le visiteur est sur site.
decided-denied = Refusé.
look-again = Regardez de nouveau : { $who } est maintenant { $verdict } [{ $code }], événement { $event }.
look-no_name = sans nom
look-no_verdict = sans verdict
