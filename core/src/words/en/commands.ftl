# What commands on the server's own data say of what they did and found, and of what several commands are given.

## Files and pictures that are named.

file-unreadable = can't read { $path }: { $reason }
file-unwritable = can't write { $path }: { $reason }
file-too_large = { $path } is larger than 64 MiB
picture-no_qr_code = no QR code in that picture; is it whole, sharp and evenly lit?
picture-no_enrolment_code = That picture shows no enrolment code.
picture-enrolment_codes =
    { $count ->
        [one] That picture shows { $count } enrolment code.
       *[other] That picture shows { $count } enrolment codes. Use a picture of one.
    }
picture-no_member_code = That picture shows no organisation's code.
picture-member_codes =
    { $count ->
        [one] That picture shows { $count } organisation's code.
       *[other] That picture shows { $count } organisation's codes. Use a picture of one.
    }

## Who or what was meant and is not there, and what is.

none_yet-site = There is no site yet. To add one: { $command }
none_yet-guard = There is no guard yet. To add one: { $command }
none_yet-visit = There is no visitor inside yet. To add one: { $command }
none_yet-organisation = There is no organisation yet. To add one: { $command }
none_yet-user = There is no user yet. To add one: { $command }
none_yet-device = There is no device yet. To add one: { $command }
unknown-site = There is no site "{ $typed }", or several of that name. There are: { $there }.
unknown-guard = There is no guard "{ $typed }", or several of that name. There are: { $there }.
unknown-visit = There is no visitor inside "{ $typed }", or several of that name. There are: { $there }.
unknown-organisation = There is no organisation "{ $typed }", or several of that name. There are: { $there }.
unknown-user = There is no user "{ $typed }", or several of that name. There are: { $there }.
unknown-device = There is no device "{ $typed }", or several of that name. There are: { $there }.
unknown-invitation = There is no invitation "{ $typed }". See: { $command }
unknown-and_more = and more
data-which_organisation = say which with --org: { $codes }
data-closed = Others on this machine could read { $path }; it is closed to them now.
