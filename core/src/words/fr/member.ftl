# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Les écrans du téléphone d’un membre : titres, boutons, et ce qu’ils disent. Ce qu’ils partagent avec ceux d’un agent figure dans screens.ftl.

## Comment s’appelle chaque écran : son en-tête, et ce qu’un lecteur d’écran dit d’abord.

screen-locked = Gatehouse est verrouillé
screen-join = Rejoindre votre organisation
screen-pass = Identifiant d’accès
screen-invalidate = Invalider les identifiants d’accès précédents ?
screen-invitations = Vos invitations
screen-invite = Inviter un visiteur
screen-days = Choisir les jours
screen-invitation = Invitation
screen-invitation_of = Invitation de { $name }
screen-cancel = Annuler cette invitation ?
screen-activity = Où votre code a servi
screen-entry = Un usage de votre code
screen-messages = Messages
screen-message = Message
screen-settings = Réglages
screen-stored = Ce que ce téléphone garde
screen-sign_out = Se déconnecter ?
screen-access_ended = Votre accès a pris fin
screen-signed_out = Vous avez été déconnecté
screen-no_offline = Pas d’identifiant d’accès sans réseau
screen-clock_off = L’horloge de ce téléphone est fausse

## Boutons.

act-join_anew = Scanner le code d’une organisation
act-refresh = Obtenir un nouveau code
act-invalidate = Invalider les codes précédents
act-invalidate_now = Les invalider
act-keep = Ne rien changer
act-invitations = Invitations
act-invite = Inviter
act-create = Créer l’invitation
act-share = Partager
act-cancel = Annuler l’invitation
act-cancel_now = L’annuler
act-invite_again = Inviter à nouveau
act-activity = Activité
act-not_me = Ce n’était pas moi
act-messages = Messages
act-read_message = Lire le message
act-my_settings = Réglages
act-stored = Ce que ce téléphone garde
act-prepare = Préparer l’usage sans réseau
act-sign_out = Se déconnecter

## Quand un visiteur vient.

when-today = Aujourd’hui
when-tomorrow = Demain
when-weekend = Ce week-end
when-days = D’autres jours

## Après combien de temps l’application se verrouille.

lock-always = Dès qu’on la quitte
lock-after =
    { $count ->
        [one] Après { $count } minute
       *[other] Après { $count } minutes
    }

## L’importance d’un message.

severity-information = Information
severity-notice = Avis
severity-critical = Critique

## Champs, et la ligne qui est toujours là.

field-join = Code de l’organisation
field-guard_note = Note pour l’agent, s’il y en a une
line-untold = invalidation en attente

## Ce que disent les écrans.

say-join = Tenez devant l’appareil photo le code que votre organisation montre à ses membres.
say-join_offer = Son serveur est à { $server }. Est-ce juste ?
say-sign_in = Un code est envoyé à l’adresse que votre organisation a de vous.
say-unlock = Montrez que ce téléphone est à vous.
say-unlock_by_code = Ce téléphone ne peut pas demander qui le tient. Connectez-vous plutôt par un code reçu par e-mail.
say-code_until = Ce code vaut jusqu’à { $time }. Le suivant arrive de lui-même.
say-own_code = Pas de réseau : ce téléphone crée le code lui-même, un nouveau toutes les 30 secondes.
say-own_code_since = Pas de réseau depuis { $time } : ce téléphone crée le code lui-même, un nouveau toutes les 30 secondes.
say-works_offline = Fonctionne sans réseau jusqu’à { $time }.
say-not_prepared = Ce téléphone n’est pas encore préparé à fonctionner sans réseau. Ouvrez l’application une fois avec un réseau.
say-invalidate = Tous les codes que vous avez montrés ou envoyés jusqu’ici échouent, sur tous les téléphones. Un nouveau arrive aussitôt.
say-no_invitations = Vous n’avez encore invité personne. Ceux que vous invitez apparaissent ici, avec leur code.
say-first_day = Choisissez le premier jour.
say-last_day = Choisissez le dernier jour. Ce peut être le même.
say-cancel = Le code de { $name } n’ouvre plus aucun portail. C’est définitif, mais vous pouvez inviter à nouveau.
say-no_activity = Votre code n’a pas encore servi. Où et quand il sert apparaît ici.
say-let_in = Admis
say-turned_away = Refusé
say-undecided = Sans décision
say-check_said = Le contrôle a dit { $verdict }.
say-made_here = Votre téléphone avait créé ce code lui-même, sans réseau.
say-not_me = Si c’était quelqu’un d’autre, invalidez vos codes : tous les précédents échouent dès lors. Puis prévenez votre organisation.
say-message = { $severity } : { $title }
say-marked = { $mark } { $word }
say-no_messages = Aucun message pour vous. Ce que votre organisation vous écrit apparaît ici.
say-unread = non lu
say-sent = Envoyé : { $time }
say-shown_until = Affiché jusqu’à : { $time }
say-lock_after = L’application se verrouille après que vous l’avez quittée :
say-stored = Tout est scellé sous une clé de ce téléphone.
say-stored_server = Le serveur de { $organisation } : { $server }
say-stored_name = Que vous êtes connecté en tant que { $name }, et votre adresse e-mail
say-stored_codes = Votre code le plus récent, et un certificat par lequel ce téléphone crée des codes sans réseau
say-stored_lists = Vos invitations, vos messages, et où votre code a servi, selon la dernière réponse du serveur
say-stored_gone = Quand vous vous déconnectez, tout cela est oublié ici, sauf l’organisation.
say-member_offline = Le serveur est injoignable. Ce que ce téléphone garde est affiché.
say-sign_out = Votre identifiant d’accès et vos listes sont oubliés sur ce téléphone. Pour revenir, il faut un code par e-mail et un réseau.
say-signed_out = Le serveur a mis fin à cette session : un administrateur l’a décidé, ou vous sur un autre téléphone. Reconnectez-vous pour continuer.
say-clock_ahead = Elle avance de { $length }. Nous utilisons l’heure du serveur ; réglez l’horloge de ce téléphone sur automatique.
say-clock_behind = Elle retarde de { $length }. Nous utilisons l’heure du serveur ; réglez l’horloge de ce téléphone sur automatique.

## Ce qui est envoyé à un visiteur.

share-title = Invitation chez { $organisation }
share-text = { $name }, vous êtes invité chez { $organisation } : { $window }. Montrez ce code au portail. Référence : { $reference }
