# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Ce que dit le portefeuille d’un membre sur la ligne de commande, à côté des refus.

wallet-joined = { $organisation } est à { $server }.
wallet-invalidated = Tous les identifiants d’accès précédents échouent désormais.
wallet-forgotten = Oublié ici. Le serveur est injoignable ; il en sera averti en premier la prochaine fois.
wallet-cancelled = { $reference } est annulée.
wallet-signed_out = Déconnecté.
wallet-signed_out_here = Déconnecté ici. Le serveur n’a pas pu en être averti.
wallet-site_number = Il faut le numéro d’un site, pas "{ $typed }".
wallet-invited = { $reference }, jusqu’à { $time }
wallet-until = jusqu’à { $time }
wallet-nothing = Rien.
wallet-as_of = Le serveur est injoignable ; état du { $time }.
wallet-never_asked = Le serveur est injoignable, et n’a jamais été interrogé.
wallet-read = Noté comme lu.
wallet-read_here = Noté comme lu ici. Le serveur est injoignable ; il en sera averti la prochaine fois.

## Le code présenté.

wallet-seconds_left = encore { $count } s ({ $source })
wallet-code_new = nouveau
wallet-code_kept = conservé
wallet-code_offline = créé sur cet appareil, sans réseau

## Où en est le portefeuille : comment cela s’appelle, et ce qu’il en est.

wallet-member = Membre
wallet-code_until = Code jusqu’à
wallet-offline_until = Hors ligne jusqu’à
wallet-no = non
wallet-untold = Le serveur doit encore être averti d’une invalidation.
wallet-invalidated_before = Les identifiants d’accès antérieurs à { $time } ont été invalidés.
