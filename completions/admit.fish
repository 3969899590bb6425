# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_admit_global_optspecs
    string join \n store= o/output= n/dry-run y/yes no-input q/quiet v/verbose color= config= panel= h/help V/version
end

function __fish_admit_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_admit_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_admit_using_subcommand
    set -l cmd (__fish_admit_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c admit -n "__fish_admit_needs_command" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_needs_command" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_needs_command" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_needs_command" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_needs_command" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_needs_command" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_needs_command" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_needs_command" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_needs_command" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_needs_command" -s V -l version -d 'Print version'
complete -c admit -n "__fish_admit_needs_command" -f -a "invite" -d 'Invite people to a panel'
complete -c admit -n "__fish_admit_needs_command" -f -a "resend" -d 'Mail a new invitation link to somebody who has not registered'
complete -c admit -n "__fish_admit_needs_command" -f -a "revoke" -d 'Take a pending invitation back'
complete -c admit -n "__fish_admit_needs_command" -f -a "list" -d 'List people and their access'
complete -c admit -n "__fish_admit_needs_command" -f -a "show" -d 'Show everything known about one person'
complete -c admit -n "__fish_admit_needs_command" -f -a "why" -d 'Tell why a person cannot sign in, and what to type now'
complete -c admit -n "__fish_admit_needs_command" -f -a "unlock" -d 'Open a lock'
complete -c admit -n "__fish_admit_needs_command" -f -a "lock" -d 'Lock an account by hand'
complete -c admit -n "__fish_admit_needs_command" -f -a "extend" -d 'Move the end of people\'s access'
complete -c admit -n "__fish_admit_needs_command" -f -a "remove" -d 'Take people out of a panel'
complete -c admit -n "__fish_admit_needs_command" -f -a "role-of" -d 'Change people\'s role in a panel'
complete -c admit -n "__fish_admit_needs_command" -f -a "edit" -d 'Change what is known of a person'
complete -c admit -n "__fish_admit_needs_command" -f -a "reset" -d 'Let people choose anew what they have lost'
complete -c admit -n "__fish_admit_needs_command" -f -a "trust" -d 'Look after trusted IPs: addresses and networks from which no code is asked for'
complete -c admit -n "__fish_admit_needs_command" -f -a "panel" -d 'Look after panels and what they ask for'
complete -c admit -n "__fish_admit_needs_command" -f -a "mail" -d 'Look after the outbox'
complete -c admit -n "__fish_admit_needs_command" -f -a "audit" -d 'Read the record of everything that happened, and prove that nobody tampered with it'
complete -c admit -n "__fish_admit_needs_command" -f -a "store" -d 'Look after the database and its key'
complete -c admit -n "__fish_admit_needs_command" -f -a "config" -d 'Show the settings and where they come from'
complete -c admit -n "__fish_admit_needs_command" -f -a "gate" -d 'Answer a panel: may this person come in?'
complete -c admit -n "__fish_admit_needs_command" -f -a "housekeep" -d 'Delete what is over'
complete -c admit -n "__fish_admit_needs_command" -f -a "self" -d 'Register, sign in, change a password or set up a second factor as the person themselves'
complete -c admit -n "__fish_admit_needs_command" -f -a "completions" -d 'Print a script that completes commands in a shell'
complete -c admit -n "__fish_admit_needs_command" -f -a "man" -d 'Print the manual page of a command, or write all pages to a folder'
complete -c admit -n "__fish_admit_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand invite" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand invite" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand invite" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l name -d 'What people call them' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l role -d 'The role; without it the panel\'s default, or the one they had' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l for -d 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l until -d 'Until then: 2026-12-31 (the end of that day), \'2026-12-31 18:00\', or RFC 3339' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l lang -d 'The language of their mail: en, pt-BR' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l phone -d 'Their telephone number, as in +442071234567' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l map-role -d 'With --from: say which role a word of the file means, as in Subscriber=member; without a role it is the default' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand invite" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand invite" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand invite" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand invite" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand invite" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand invite" -l notify -d 'Mail also those who have registered and only get access to one more panel'
complete -c admit -n "__fish_admit_using_subcommand invite" -l no-mail -d 'Send no mail'
complete -c admit -n "__fish_admit_using_subcommand invite" -l print-link -d 'Print the links, for those whose mail does not arrive'
complete -c admit -n "__fish_admit_using_subcommand invite" -l resend-pending -d 'With --from: mail those again who are invited and have not registered'
complete -c admit -n "__fish_admit_using_subcommand invite" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand invite" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand invite" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand invite" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand invite" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand invite" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand resend" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand resend" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand resend" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand resend" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand resend" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand resend" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand resend" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand resend" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand resend" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand resend" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand resend" -l print-link -d 'Print the links, for those whose mail does not arrive'
complete -c admit -n "__fish_admit_using_subcommand resend" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand resend" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand resend" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand resend" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand resend" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand resend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand revoke" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand revoke" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand revoke" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand revoke" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand revoke" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand revoke" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand revoke" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand revoke" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand revoke" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand revoke" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand revoke" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand revoke" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand revoke" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand revoke" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand revoke" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand list" -l status -d 'With this status: active, expiring, pending, invited, expired, removed, locked, unregistered, or any reason that why gives' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l role -d 'With this role' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l expiring -d 'Whose access ends within this time, as in 7d' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l inactive -d 'Who has not signed in for this long, as in 90d, and was invited, registered or given access back before that' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l search -d 'Whose address or name has this text in it' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l sort -d 'The order' -r -f -a "address\t'By address'
name\t'By name'
until\t'By the end of access, soonest first'
last-sign-in\t'By the last sign-in, never and longest ago first'
newest\t'By when access was given, newest first'"
complete -c admit -n "__fish_admit_using_subcommand list" -l limit -d 'At most so many rows' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l after -d 'Only addresses behind this one, in the order of addresses' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand list" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand list" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand list" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand list" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand list" -l never-signed-in -d 'Who has never signed in'
complete -c admit -n "__fish_admit_using_subcommand list" -l no-2fa -d 'Who has not set an authenticator app up'
complete -c admit -n "__fish_admit_using_subcommand list" -l cannot-2fa -d 'Who lacks the number or the method to get a code that the panel asks for'
complete -c admit -n "__fish_admit_using_subcommand list" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand list" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand list" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand show" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand show" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand show" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand show" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand show" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand show" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand show" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand show" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand show" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand show" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand why" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand why" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand why" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand why" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand why" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand why" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand why" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand why" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand why" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand why" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand why" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand unlock" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand unlock" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand unlock" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand unlock" -l reason -d 'Why: a case number, how the caller was identified. Needed for a permanent lock' -r
complete -c admit -n "__fish_admit_using_subcommand unlock" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand unlock" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand unlock" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand unlock" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand unlock" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand unlock" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand unlock" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand unlock" -l reset -d 'Also mail a reset link'
complete -c admit -n "__fish_admit_using_subcommand unlock" -l keep-password -d 'Leave the password valid when a permanent lock opens'
complete -c admit -n "__fish_admit_using_subcommand unlock" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand unlock" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand unlock" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand unlock" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand unlock" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand unlock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand lock" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand lock" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand lock" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand lock" -l reason -d 'Why: needed, and asked for at a terminal' -r
complete -c admit -n "__fish_admit_using_subcommand lock" -l for -d 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)' -r
complete -c admit -n "__fish_admit_using_subcommand lock" -l until -d 'Until then: 2026-12-31 (the end of that day), \'2026-12-31 18:00\', or RFC 3339' -r
complete -c admit -n "__fish_admit_using_subcommand lock" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand lock" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand lock" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand lock" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand lock" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand lock" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand lock" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand lock" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand lock" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand lock" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand lock" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand lock" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand lock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand extend" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand extend" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand extend" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand extend" -l for -d 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)' -r
complete -c admit -n "__fish_admit_using_subcommand extend" -l until -d 'Until then: 2026-12-31 (the end of that day), \'2026-12-31 18:00\', or RFC 3339' -r
complete -c admit -n "__fish_admit_using_subcommand extend" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand extend" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand extend" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand extend" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand extend" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand extend" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand extend" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand extend" -l permanent -d 'Without end'
complete -c admit -n "__fish_admit_using_subcommand extend" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand extend" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand extend" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand extend" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand extend" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand extend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand remove" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand remove" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand remove" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand remove" -l reason -d 'With --erase: why, for the record. It stays readable there, so name nobody in it' -r
complete -c admit -n "__fish_admit_using_subcommand remove" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand remove" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand remove" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand remove" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand remove" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand remove" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand remove" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand remove" -l everywhere -d 'Out of every panel'
complete -c admit -n "__fish_admit_using_subcommand remove" -l erase -d 'Forget the person: account, links, sessions, mail, and what the record knows of them. Cannot be undone. Not reached: backups, and mail that was sent or written to files'
complete -c admit -n "__fish_admit_using_subcommand remove" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand remove" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand remove" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand remove" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand remove" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand role-of" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand role-of" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand role-of" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand role-of" -l set -d 'The new role; with --from the rows may name it' -r
complete -c admit -n "__fish_admit_using_subcommand role-of" -l map-role -d 'With --from: say which role a word of the file means, as in Subscriber=member; without a role it is the default' -r
complete -c admit -n "__fish_admit_using_subcommand role-of" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand role-of" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand role-of" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand role-of" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand role-of" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand role-of" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand role-of" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand role-of" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand role-of" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand role-of" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand role-of" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand role-of" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand role-of" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand edit" -l name -d 'What people call them' -r
complete -c admit -n "__fish_admit_using_subcommand edit" -l phone -d 'Their telephone number, as in +442071234567; without a value it is asked for' -r
complete -c admit -n "__fish_admit_using_subcommand edit" -l lang -d 'The language of their mail: en, pt-BR' -r
complete -c admit -n "__fish_admit_using_subcommand edit" -l address -d 'Their new address; without a value it is asked for' -r
complete -c admit -n "__fish_admit_using_subcommand edit" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand edit" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand edit" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand edit" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand edit" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand edit" -l cancel-address -d 'Call a change of address off that waits to be confirmed'
complete -c admit -n "__fish_admit_using_subcommand edit" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand edit" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand edit" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand edit" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand edit" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -f -a "password" -d 'Mail a link with which a person sets a new password'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -f -a "2fa" -d 'Take the second factor off so that it can be set up anew'
complete -c admit -n "__fish_admit_using_subcommand reset; and not __fish_seen_subcommand_from password 2fa help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l reason -d 'Why, for the record' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l now -d 'Void the old password at once, and end open sessions'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l print-link -d 'Print the link, for somebody whose mail is broken; the person gets a notice in place of the link'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l from -d 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l results -d 'With --from: write the rows as read, and what became of each, to this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l map -d 'With --from: say what a column of the file holds, as in \'Login=address\'; without a field it is left out' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l reason -d 'Why: a case number, how the caller was identified' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l keep-going -d 'With --from: do the good rows and list the bad ones, in place of all or nothing'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l ignore-columns -d 'With --from: leave out columns that are not known'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l password -d 'Also mail a link to set a new password'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from 2fa" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from help" -f -a "password" -d 'Mail a link with which a person sets a new password'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from help" -f -a "2fa" -d 'Take the second factor off so that it can be set up anew'
complete -c admit -n "__fish_admit_using_subcommand reset; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -f -a "list" -d 'List trusted IPs, the oldest first'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -f -a "add" -d 'Trust addresses or networks: no code is asked for from there'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -f -a "remove" -d 'Remove trusted IPs: codes are asked for again from the next sign-in on'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -f -a "purge" -d 'Remove all trusted IPs of a person, or of a whole panel'
complete -c admit -n "__fish_admit_using_subcommand trust; and not __fish_seen_subcommand_from list add remove purge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l person -d 'Only those for this person alone' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l ip -d 'Only those in which this IP address lies' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l all -d 'Also what is over, or does not count because its panel trusts no IPs'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l person -d 'For this person alone' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l note -d 'A note, shown in the list' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l for -d 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l until -d 'Until then: 2026-12-31 (the end of that day), \'2026-12-31 18:00\', or RFC 3339' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l force -d 'Even if it is wider than /8 (IPv6: /32), or has loopback, link-local or multicast addresses in it'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -l person -d 'Those for this person alone' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -l person -d 'All of this person in the panel' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -l everyone -d 'All of the panel, whoever they are for'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "list" -d 'List trusted IPs, the oldest first'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "add" -d 'Trust addresses or networks: no code is asked for from there'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove trusted IPs: codes are asked for again from the next sign-in on'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "purge" -d 'Remove all trusted IPs of a person, or of a whole panel'
complete -c admit -n "__fish_admit_using_subcommand trust; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -f -a "list" -d 'List panels: how many people have access, whether a second factor is asked for, when a trial ends'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -f -a "show" -d 'Show what a panel asks for: each setting with its default, its range and what it is'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -f -a "set" -d 'Change what a panel asks for'
complete -c admit -n "__fish_admit_using_subcommand panel; and not __fish_seen_subcommand_from list show set help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from help" -f -a "list" -d 'List panels: how many people have access, whether a second factor is asked for, when a trial ends'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what a panel asks for: each setting with its default, its range and what it is'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change what a panel asks for'
complete -c admit -n "__fish_admit_using_subcommand panel; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -f -a "list" -d 'List mail and what became of it, the newest first'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -f -a "show" -d 'Show one mail\'s way: to whom, when, and every word of the last reply'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -f -a "send" -d 'Send the mail that is due'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -f -a "retry" -d 'Try mail again that was given up, or waits for its next try'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -f -a "test" -d 'Send a test letter now, and show each step of the way'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -f -a "preview" -d 'Show a mail as it would read, with sample values'
complete -c admit -n "__fish_admit_using_subcommand mail; and not __fish_seen_subcommand_from list show send retry test preview help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -l state -d 'In this state' -r -f -a "queued\t'Waits, or waits to be tried again'
sent\t'Was handed over'
failed\t'Was given up'
lapsed\t'Was not sent, because its link or code was over or dead'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -l follow -d 'Go on for ever: wait for what becomes due, and send it'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -l state -d 'All mail in this state' -r -f -a "failed\t'Was given up'
queued\t'Waits for its next try'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l lang -d 'In this language: en, de, fr, or one that has templates of its own' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l person -d 'With this person\'s name, address and language' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l html -d 'Only the HTML part, as it is'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l text -d 'Only the text part'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "list" -d 'List mail and what became of it, the newest first'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one mail\'s way: to whom, when, and every word of the last reply'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "send" -d 'Send the mail that is due'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "retry" -d 'Try mail again that was given up, or waits for its next try'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "test" -d 'Send a test letter now, and show each step of the way'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "preview" -d 'Show a mail as it would read, with sample values'
complete -c admit -n "__fish_admit_using_subcommand mail; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -f -a "list" -d 'List what happened, the oldest first'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -f -a "verify" -d 'Check that nothing in the record was changed, left out or put in'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -f -a "head" -d 'Print the end of the record, to be kept elsewhere'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -f -a "prune" -d 'Delete the oldest entries of the record'
complete -c admit -n "__fish_admit_using_subcommand audit; and not __fish_seen_subcommand_from list verify head prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l person -d 'To this person' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l operator -d 'By this operator' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l action -d 'Of this kind, as in signed-in, locked, unlocked' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'From then on: 2026-11-01, RFC 3339, or 2d for two days ago' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l until -d 'Before then; a date alone is meant to its end' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l newest -d 'Only the newest so many, the newest first' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l follow -d 'Go on and show each entry as it comes, from now on or from --since; Ctrl-C ends it'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -l against -d 'A file with what audit head printed earlier; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -l before -d 'Entries before then: 2026-01-01 (the beginning of that day), RFC 3339, or 365d for a year ago' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -l head -d 'A file with what audit head printed earlier, and that is kept elsewhere; - is standard input' -r -F
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what happened, the oldest first'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that nothing in the record was changed, left out or put in'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "head" -d 'Print the end of the record, to be kept elsewhere'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Delete the oldest entries of the record'
complete -c admit -n "__fish_admit_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "init" -d 'Make a new store with one panel, main, and its key unless there is one'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "info" -d 'Show where the store is and what it is'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "check" -d 'Check the database, from its structure to the record\'s chain'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "set" -d 'Change settings that hold for the whole store'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "backup" -d 'Write a backup of the store to a file'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "restore" -d 'Restore a backup, or continue with an older copy of the store'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "copy" -d 'Copy the store to another place: from a file to a server, or back'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "rekey" -d 'Seal everything with a new key, while the store is in use'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "upgrade" -d 'Bring the store to the schema of this version of admit'
complete -c admit -n "__fish_admit_using_subcommand store; and not __fish_seen_subcommand_from init info check set backup restore copy rekey upgrade help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l reason -d 'Why the clock is right now; kept in the record' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l accept-clock -d 'Believe the clock again, though the store has seen a later time; asks first'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l drop-helpers -d 'Drop the tables of other tools if the store has no problem'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -l force -d 'Replace an older backup, and nothing else'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l reason -d 'Why an older copy is accepted; kept in the audit log' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l reconcile -d 'End whatever an older copy brings back, so that it can be used'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l accept -d 'Use an older copy as it is, with its sessions, links and codes; needs --reason'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l replace -d 'Replace the store that is there; its file is kept under another name'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -l to -d 'The new store: a file, or postgres://USER@HOST/DATABASE' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -l prepare -d 'Only make the new key, also where the store is a file'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from rekey" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make a new store with one panel, main, and its key unless there is one'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "info" -d 'Show where the store is and what it is'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check the database, from its structure to the record\'s chain'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change settings that hold for the whole store'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "backup" -d 'Write a backup of the store to a file'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Restore a backup, or continue with an older copy of the store'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "copy" -d 'Copy the store to another place: from a file to a server, or back'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "rekey" -d 'Seal everything with a new key, while the store is in use'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "upgrade" -d 'Bring the store to the schema of this version of admit'
complete -c admit -n "__fish_admit_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "show" -d 'Show the effective settings, each with where it came from'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "path" -d 'Print where settings are looked for, the strongest file first'
complete -c admit -n "__fish_admit_using_subcommand config; and not __fish_seen_subcommand_from show path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the effective settings, each with where it came from'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print where settings are looked for, the strongest file first'
complete -c admit -n "__fish_admit_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "register" -d 'Register an invited person: token, password, and perhaps name'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "sign-in" -d 'Sign somebody in: address, password, and perhaps code, method, ticket, ip and trust_ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "send-code" -d 'Send a code by mail or SMS to somebody whose password is right: address, password, method, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "set-up-2fa" -d 'Set up an authenticator: ticket or session, and perhaps current_code; then the same with code'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "forgot-password" -d 'Mail a reset link, if that makes sense: address, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "reset-password" -d 'Set a new password with a reset link: token, password'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "change-password" -d 'Set a new password with the old one: session or address, password, new_password, and code where one is due'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "confirm-address" -d 'Confirm a new address by the link that went there: token'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "check-session" -d 'Tell whether a session is live: session, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "sign-out" -d 'End a session: session'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "stream" -d 'Answer a request a line, each with op, panel and id, until the input ends'
complete -c admit -n "__fish_admit_using_subcommand gate; and not __fish_seen_subcommand_from register sign-in send-code set-up-2fa forgot-password reset-password change-password confirm-address check-session sign-out stream help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-in" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from send-code" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from set-up-2fa" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from forgot-password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from reset-password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from change-password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from confirm-address" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from check-session" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from sign-out" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from stream" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "register" -d 'Register an invited person: token, password, and perhaps name'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "sign-in" -d 'Sign somebody in: address, password, and perhaps code, method, ticket, ip and trust_ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "send-code" -d 'Send a code by mail or SMS to somebody whose password is right: address, password, method, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "set-up-2fa" -d 'Set up an authenticator: ticket or session, and perhaps current_code; then the same with code'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "forgot-password" -d 'Mail a reset link, if that makes sense: address, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "reset-password" -d 'Set a new password with a reset link: token, password'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "change-password" -d 'Set a new password with the old one: session or address, password, new_password, and code where one is due'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "confirm-address" -d 'Confirm a new address by the link that went there: token'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "check-session" -d 'Tell whether a session is live: session, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "sign-out" -d 'End a session: session'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "stream" -d 'Answer a request a line, each with op, panel and id, until the input ends'
complete -c admit -n "__fish_admit_using_subcommand gate; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand housekeep" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand housekeep" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand housekeep" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand housekeep" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand housekeep" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand housekeep" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand housekeep" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand housekeep" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand housekeep" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand housekeep" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand housekeep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -f -a "register" -d 'Register with the token of an invitation'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -f -a "sign-in" -d 'Sign in to a panel, as a panel would'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -f -a "password" -d 'Set a new password: with the token of a reset link, or knowing the old one'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -f -a "2fa" -d 'Set up an authenticator app as second factor'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -f -a "codes" -d 'Make ten new backup codes in place of the old'
complete -c admit -n "__fish_admit_using_subcommand self; and not __fish_seen_subcommand_from register sign-in password 2fa codes help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l token-file -d 'Read the token from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l password-file -d 'Read the new password from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l name -d 'What people call you' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l password-file -d 'Read the password from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l ip -d 'The IP that the person comes from, as a panel would name it' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l trust-ip -d 'Trust that IP: from it no code is asked for until the trust ends'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from sign-in" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l token-file -d 'Read the token from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l old-password-file -d 'Read the old password from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l password-file -d 'Read the new password from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l password-file -d 'Read the password from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l qr-file -d 'Write the QR code into this new file, .svg or .png, readable for you alone' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l codes-file -d 'Write the backup codes into this new file, readable for you alone' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l show -d 'Show secrets also where standard output is not a terminal'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from 2fa" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l password-file -d 'Read the password from this file' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l codes-file -d 'Write the backup codes into this new file, readable for you alone' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l show -d 'Show secrets also where standard output is not a terminal'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from codes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from help" -f -a "register" -d 'Register with the token of an invitation'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from help" -f -a "sign-in" -d 'Sign in to a panel, as a panel would'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from help" -f -a "password" -d 'Set a new password: with the token of a reset link, or knowing the old one'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from help" -f -a "2fa" -d 'Set up an authenticator app as second factor'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from help" -f -a "codes" -d 'Make ten new backup codes in place of the old'
complete -c admit -n "__fish_admit_using_subcommand self; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand completions" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand completions" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand completions" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand completions" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand completions" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand completions" -l dynamic -d 'Complete people, panels and roles too, by asking admit'
complete -c admit -n "__fish_admit_using_subcommand completions" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand completions" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand completions" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand completions" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand completions" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand man" -l dir -d 'Write a page for every command to this folder' -r -f -a "(__fish_complete_directories)"
complete -c admit -n "__fish_admit_using_subcommand man" -l store -d 'The store: a file, or the URL of a database' -r
complete -c admit -n "__fish_admit_using_subcommand man" -s o -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'A JSON object a line'
csv\t'Comma-separated, with a header'
plain\t'Addresses only, one a line'"
complete -c admit -n "__fish_admit_using_subcommand man" -l color -d 'When to colour' -r -f -a "auto\t'At a terminal that can'
always\t'Even into a file'
never\t'Not at all'"
complete -c admit -n "__fish_admit_using_subcommand man" -l config -d 'Read this configuration file instead of the user\'s' -r -F
complete -c admit -n "__fish_admit_using_subcommand man" -l panel -d 'The panel that is meant' -r
complete -c admit -n "__fish_admit_using_subcommand man" -s n -l dry-run -d 'Do everything but keep it: print what would happen, change nothing'
complete -c admit -n "__fish_admit_using_subcommand man" -s y -l yes -d 'Answer yes to every confirmation'
complete -c admit -n "__fish_admit_using_subcommand man" -l no-input -d 'Never ask; a question that would be asked is an error'
complete -c admit -n "__fish_admit_using_subcommand man" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c admit -n "__fish_admit_using_subcommand man" -s v -l verbose -d 'Print more about what is going on (can be repeated)'
complete -c admit -n "__fish_admit_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "invite" -d 'Invite people to a panel'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "resend" -d 'Mail a new invitation link to somebody who has not registered'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "revoke" -d 'Take a pending invitation back'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "list" -d 'List people and their access'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "show" -d 'Show everything known about one person'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "why" -d 'Tell why a person cannot sign in, and what to type now'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "unlock" -d 'Open a lock'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "lock" -d 'Lock an account by hand'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "extend" -d 'Move the end of people\'s access'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "remove" -d 'Take people out of a panel'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "role-of" -d 'Change people\'s role in a panel'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "edit" -d 'Change what is known of a person'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "reset" -d 'Let people choose anew what they have lost'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "trust" -d 'Look after trusted IPs: addresses and networks from which no code is asked for'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "panel" -d 'Look after panels and what they ask for'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "mail" -d 'Look after the outbox'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "audit" -d 'Read the record of everything that happened, and prove that nobody tampered with it'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "store" -d 'Look after the database and its key'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "config" -d 'Show the settings and where they come from'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "gate" -d 'Answer a panel: may this person come in?'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "housekeep" -d 'Delete what is over'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "self" -d 'Register, sign in, change a password or set up a second factor as the person themselves'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "completions" -d 'Print a script that completes commands in a shell'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "man" -d 'Print the manual page of a command, or write all pages to a folder'
complete -c admit -n "__fish_admit_using_subcommand help; and not __fish_seen_subcommand_from invite resend revoke list show why unlock lock extend remove role-of edit reset trust panel mail audit store config gate housekeep self completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from reset" -f -a "password" -d 'Mail a link with which a person sets a new password'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from reset" -f -a "2fa" -d 'Take the second factor off so that it can be set up anew'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "list" -d 'List trusted IPs, the oldest first'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "add" -d 'Trust addresses or networks: no code is asked for from there'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "remove" -d 'Remove trusted IPs: codes are asked for again from the next sign-in on'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from trust" -f -a "purge" -d 'Remove all trusted IPs of a person, or of a whole panel'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from panel" -f -a "list" -d 'List panels: how many people have access, whether a second factor is asked for, when a trial ends'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from panel" -f -a "show" -d 'Show what a panel asks for: each setting with its default, its range and what it is'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from panel" -f -a "set" -d 'Change what a panel asks for'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "list" -d 'List mail and what became of it, the newest first'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "show" -d 'Show one mail\'s way: to whom, when, and every word of the last reply'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "send" -d 'Send the mail that is due'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "retry" -d 'Try mail again that was given up, or waits for its next try'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "test" -d 'Send a test letter now, and show each step of the way'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from mail" -f -a "preview" -d 'Show a mail as it would read, with sample values'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "list" -d 'List what happened, the oldest first'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check that nothing in the record was changed, left out or put in'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "head" -d 'Print the end of the record, to be kept elsewhere'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "prune" -d 'Delete the oldest entries of the record'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "init" -d 'Make a new store with one panel, main, and its key unless there is one'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "info" -d 'Show where the store is and what it is'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "check" -d 'Check the database, from its structure to the record\'s chain'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "set" -d 'Change settings that hold for the whole store'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "backup" -d 'Write a backup of the store to a file'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "restore" -d 'Restore a backup, or continue with an older copy of the store'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "copy" -d 'Copy the store to another place: from a file to a server, or back'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "rekey" -d 'Seal everything with a new key, while the store is in use'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "upgrade" -d 'Bring the store to the schema of this version of admit'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Show the effective settings, each with where it came from'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print where settings are looked for, the strongest file first'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "register" -d 'Register an invited person: token, password, and perhaps name'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "sign-in" -d 'Sign somebody in: address, password, and perhaps code, method, ticket, ip and trust_ip'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "send-code" -d 'Send a code by mail or SMS to somebody whose password is right: address, password, method, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "set-up-2fa" -d 'Set up an authenticator: ticket or session, and perhaps current_code; then the same with code'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "forgot-password" -d 'Mail a reset link, if that makes sense: address, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "reset-password" -d 'Set a new password with a reset link: token, password'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "change-password" -d 'Set a new password with the old one: session or address, password, new_password, and code where one is due'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "confirm-address" -d 'Confirm a new address by the link that went there: token'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "check-session" -d 'Tell whether a session is live: session, and perhaps ip'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "sign-out" -d 'End a session: session'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from gate" -f -a "stream" -d 'Answer a request a line, each with op, panel and id, until the input ends'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from self" -f -a "register" -d 'Register with the token of an invitation'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from self" -f -a "sign-in" -d 'Sign in to a panel, as a panel would'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from self" -f -a "password" -d 'Set a new password: with the token of a reset link, or knowing the old one'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from self" -f -a "2fa" -d 'Set up an authenticator app as second factor'
complete -c admit -n "__fish_admit_using_subcommand help; and __fish_seen_subcommand_from self" -f -a "codes" -d 'Make ten new backup codes in place of the old'
