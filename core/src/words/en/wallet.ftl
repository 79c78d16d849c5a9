# What a member's wallet says on the command line, beside refusals.

wallet-joined = { $organisation } is at { $server }.
wallet-invalidated = Every earlier access ID fails from now on.
wallet-forgotten = Forgotten here. The server can't be reached; it is told first thing next time.
wallet-cancelled = { $reference } is cancelled.
wallet-signed_out = Signed out.
wallet-signed_out_here = Signed out here. The server could not be told.
wallet-site_number = A site's number is needed, not "{ $typed }".
wallet-invited = { $reference }, until { $time }
wallet-until = until { $time }
wallet-nothing = Nothing.
wallet-as_of = The server can't be reached; as of { $time }.
wallet-never_asked = The server can't be reached, and was never asked.
wallet-read = Noted as read.
wallet-read_here = Noted as read here. The server can't be reached; it is told next time.

## The code that is shown.

wallet-seconds_left = { $count } s left ({ $source })
wallet-code_new = new
wallet-code_kept = kept
wallet-code_offline = made on this device, without a network

## How the wallet stands: what it is called, and how it is.

wallet-member = Member
wallet-code_until = Code until
wallet-offline_until = Offline until
wallet-no = no
wallet-untold = The server is still to be told of an invalidation.
wallet-invalidated_before = Access IDs from before { $time } were invalidated.
