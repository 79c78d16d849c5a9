# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Ce que les commandes sur les données du serveur disent de ce qu’elles ont fait et trouvé, et de ce que plusieurs
# commandes reçoivent.

## Fichiers et images indiqués.

file-unreadable = impossible de lire { $path } : { $reason }
file-unwritable = impossible d’écrire { $path } : { $reason }
file-too_large = { $path } dépasse 64 Mio
picture-no_qr_code = aucun code QR dans cette image ; est-elle entière, nette et éclairée uniformément ?
picture-no_enrolment_code = Cette image ne montre aucun code d’enregistrement.
picture-enrolment_codes =
    { $count ->
        [one] Cette image montre { $count } code d’enregistrement.
       *[other] Cette image montre { $count } codes d’enregistrement. Utilisez l’image d’un seul.
    }
picture-no_member_code = Cette image ne montre aucun code d’organisation.
picture-member_codes =
    { $count ->
        [one] Cette image montre { $count } code d’organisation.
       *[other] Cette image montre { $count } codes d’organisation. Utilisez l’image d’un seul.
    }

## Qui ou quoi était visé et n’existe pas, et ce qui existe.

none_yet-site = Il n’y a encore aucun site. Pour en ajouter un : { $command }
none_yet-guard = Il n’y a encore aucun agent. Pour en ajouter un : { $command }
none_yet-visit = Il n’y a encore aucun visiteur à l’intérieur. Pour en ajouter un : { $command }
none_yet-organisation = Il n’y a encore aucune organisation. Pour en ajouter une : { $command }
none_yet-user = Il n’y a encore aucun utilisateur. Pour en ajouter un : { $command }
none_yet-device = Il n’y a encore aucun appareil. Pour en ajouter un : { $command }
unknown-site = Il n’y a aucun site "{ $typed }", ou plusieurs de ce nom. Il y a : { $there }.
unknown-guard = Il n’y a aucun agent "{ $typed }", ou plusieurs de ce nom. Il y a : { $there }.
unknown-visit = Il n’y a aucun visiteur "{ $typed }" à l’intérieur, ou plusieurs de ce nom. Il y a : { $there }.
unknown-organisation = Il n’y a aucune organisation "{ $typed }", ou plusieurs de ce nom. Il y a : { $there }.
unknown-user = Il n’y a aucun utilisateur "{ $typed }", ou plusieurs de ce nom. Il y a : { $there }.
unknown-device = Il n’y a aucun appareil "{ $typed }", ou plusieurs de ce nom. Il y a : { $there }.
unknown-invitation = Il n’y a aucune invitation "{ $typed }". Voir : { $command }
unknown-and_more = et d’autres
data-which_organisation = précisez laquelle avec --org : { $codes }
data-closed = D’autres sur cette machine pouvaient lire { $path } ; l’accès leur est maintenant fermé.

## Personnes.

user-line = { $role } { $name } { $email } : { $id }
user-line_revoked = { $role } { $name } { $email } : { $id }, accès révoqué
user-added = { $role } { $name } : { $id }
user-token = Jeton, affiché une seule fois : { $token }
user-what_to_change = précisez quoi changer : --name, --email ou --role
user-every_site = { $name } peut aller sur tous les sites
user-no_site = { $name } n’est affecté à aucun site
user-sites = { $name } est affecté au site { $sites }
user-invalidated = Les identifiants d’accès de { $name } antérieurs à { $time } échouent
user-ask_revoke = Révoquer l’accès de { $name } ({ $email }) et déconnecter cette personne partout ? Tapez yes :
user-no_address = sans adresse
user-unchanged = rien n’a été modifié
user-revoked = L’accès de { $name } a été révoqué le { $time }
user-restored = { $name } a de nouveau accès, et doit se reconnecter
user-restored_without_address = { $name } a de nouveau accès, et doit se reconnecter ; l’adresse est maintenant à quelqu’un d’autre
user-signed_out = { $name } est déconnecté partout ; sessions et jetons terminés : { $count }
user-has_picture = { $name } a maintenant une image
user-no_picture = { $name } n’a plus d’image
user-message_sent = Message pour { $name } : { $id }
user-message_line = { $id } { $severity }, { $standing } : { $title }
user-message_read = lu
user-message_unread = non lu
user-message_over = passé
user-message_ahead = affiché à partir de { $time }
user-message_removed = Le message { $id } est supprimé
user-no_messages = { $name } n’a aucun message
admin-not_an_admin = { $name } n’est pas administrateur ; les liens mènent au tableau de bord, réservé aux administrateurs
admin-address_needed = le serveur n’a pas encore tourné ; indiquez son adresse avec --url
admin-none = il n’y a aucun administrateur, et aucun ne peut être créé
admin-first = le premier administrateur
admin-link = Connecte { $name } une fois, dans les 30 minutes :
token-made = Jeton { $id } de { $name }, jusqu’à { $time }. Il est affiché une seule fois :
token-ended = Le jeton { $id } de { $name } est terminé
token-none = Aucun
session-line = { $id } { $name }, { $what }, { $used }, jusqu’à { $until }
session-last_used = dernier usage { $time }
session-use_not_noted = dernier usage non noté
session-never_used = jamais utilisé

## Invitations, codes et interdictions.

invited-for = { $reference } pour { $name }, de { $from } à { $until }
invited-short_name = Le code a de la place pour "{ $name }" ; les listes, les entrées et le journal ont le nom entier.
invited-name_banned = Quelqu’un de ce nom est sur la liste des interdits : il sera demandé aux agents de comparer.
invited-by = { $reference } est maintenant à l’invitation de { $name }
invited-cancelled = { $reference } a été annulée le { $time }
invited-line = { $reference } { $status } { $name }, jusqu’à { $until }
invited-line_stopped = { $reference } { $status } { $name }, jusqu’à { $until }. { $why }
invited-more = { $shown } invitations sur { $total } ; les suivantes : --before { $reference }
print-host = Visite : { $host }
code-good_until = Valable jusqu’à { $time }
ban-added = Interdit : { $id }
ban-lifted = N’est plus interdit : { $id }
ban-line = { $id } { $names }, depuis { $time } : { $reason }

## Appareils.

device-code_good = Mène à { $url }. Valable une fois, jusqu’à { $time }
device-is_revoked = L’appareil { $id } est révoqué
device-revoked = révoqué
device-cut_off = coupé
device-goes_on_from = continue { $name } { $id }
device-do_not_fit =
    { $count ->
        [one] { $count } entrée ne concorde pas
       *[other] { $count } entrées ne concordent pas
    }

## Ce qui vaut aux entrées.

policy-denies = refuse
policy-cautions = appelle à la prudence
policy-old_facts = Avec des données d’entrée périmées, on { $pack } ; sans données, on { $absent } ; avec un jeu de clés périmé, on { $keys }.
policy-waiting = Un scan attend le serveur pendant { $wait } ms. Un service se termine de lui-même après { $shift }.
policy-packs = Les prochaines données d’entrée sont attendues après { $next } s, et elles périment après { $expiry } s.
policy-members = L’invitation d’un membre commence au plus { $ahead } à l’avance, vaut au plus { $length } et { $uses }, et au plus { $open } sont ouvertes à la fois.

## Effacer.

erased-everywhere = Effacement : { $people }, { $invitations }, { $events }, { $entries }, { $photos }. Les téléphones les oublient dès qu’ils joignent le serveur. Les sauvegardes antérieures contiennent encore ce qui a été effacé.
erased-ban_left = Il reste une interdiction de ce nom, peut-être celle d’un homonyme ; levez-la avec : { $command }
erased-log_left = Quelqu’un lisait la base de données : son journal peut encore contenir des traces. Recommencez.

## Ce qui est compté.

counted-people =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
counted-invitations =
    { $count ->
        [one] { $count } invitation
       *[other] { $count } invitations
    }
counted-events =
    { $count ->
        [one] { $count } événement
       *[other] { $count } événements
    }
counted-uses =
    { $count ->
        [one] { $count } usage
       *[other] { $count } usages
    }
