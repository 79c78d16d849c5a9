# No fluent person has read this yet. Whoever corrects all of it may say so in words/language.rs.

# Wat opdragte op die bediener se eie data sê van wat hulle gedoen en gevind het, en van wat verskeie opdragte gegee word.

## Lêers en prente wat genoem word.

file-unreadable = kan { $path } nie lees nie: { $reason }
file-unwritable = kan { $path } nie skryf nie: { $reason }
file-too_large = { $path } is groter as 64 MiB
picture-no_qr_code = geen QR-kode in daardie prent nie; is dit heel, skerp en eweredig belig?
picture-no_enrolment_code = Daardie prent wys geen inskrywingskode nie.
picture-enrolment_codes =
    { $count ->
        [one] Daardie prent wys { $count } inskrywingskode.
       *[other] Daardie prent wys { $count } inskrywingskodes. Gebruik 'n prent van een.
    }
picture-no_member_code = Daardie prent wys geen organisasie se kode nie.
picture-member_codes =
    { $count ->
        [one] Daardie prent wys { $count } organisasiekode.
       *[other] Daardie prent wys { $count } organisasiekodes. Gebruik 'n prent van een.
    }

## Wie of wat bedoel is en nie daar is nie, en wat daar is.

none_yet-site = Daar is nog geen terrein nie. Om een by te voeg: { $command }
none_yet-guard = Daar is nog geen wag nie. Om een by te voeg: { $command }
none_yet-visit = Daar is nog geen besoeker binne nie. Om een by te voeg: { $command }
none_yet-organisation = Daar is nog geen organisasie nie. Om een by te voeg: { $command }
none_yet-user = Daar is nog geen gebruiker nie. Om een by te voeg: { $command }
none_yet-device = Daar is nog geen toestel nie. Om een by te voeg: { $command }
unknown-site = Daar is geen terrein "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-guard = Daar is geen wag "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-visit = Daar is geen besoeker "{ $typed }" binne nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-organisation = Daar is geen organisasie "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-user = Daar is geen gebruiker "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-device = Daar is geen toestel "{ $typed }" nie, of verskeie met daardie naam. Daar is: { $there }.
unknown-invitation = Daar is geen uitnodiging "{ $typed }" nie. Sien: { $command }
unknown-and_more = en nog meer
data-which_organisation = sê watter een met --org: { $codes }
data-closed = Ander op hierdie masjien kon { $path } lees; dit is nou vir hulle toe.
