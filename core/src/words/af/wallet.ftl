# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Wat 'n lid se beursie op die opdragreël sê, naas weierings.

wallet-joined = { $organisation } is by { $server }.
wallet-invalidated = Elke vroeëre toegangs-ID misluk van nou af.
wallet-forgotten = Hier vergeet. Die bediener kan nie bereik word nie; dit word volgende keer eerste daarvan gesê.
wallet-cancelled = { $reference } is gekanselleer.
wallet-signed_out = Afgemeld.
wallet-signed_out_here = Hier afgemeld. Die bediener kon nie daarvan gesê word nie.
wallet-site_number = 'n Terrein se nommer is nodig, nie "{ $typed }" nie.
wallet-invited = { $reference }, tot { $time }
wallet-until = tot { $time }
wallet-nothing = Niks.
wallet-as_of = Die bediener kan nie bereik word nie; soos op { $time }.
wallet-never_asked = Die bediener kan nie bereik word nie, en is nog nooit gevra nie.
wallet-read = As gelees aangeteken.
wallet-read_here = Hier as gelees aangeteken. Die bediener kan nie bereik word nie; dit word volgende keer gesê.

## Die kode wat gewys word.

wallet-seconds_left = nog { $count } s ({ $source })
wallet-code_new = nuut
wallet-code_kept = bewaar
wallet-code_offline = op hierdie toestel gemaak, sonder 'n netwerk

## Hoe die beursie staan: hoe dit genoem word, en hoe dit is.

wallet-member = Lid
wallet-code_until = Kode tot
wallet-offline_until = Vanlyn tot
wallet-no = nee
wallet-untold = Die bediener moet nog van 'n ongeldigmaking gesê word.
wallet-invalidated_before = Toegangs-ID's van voor { $time } is ongeldig gemaak.
