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
