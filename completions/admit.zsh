#compdef admit

autoload -U is-at-least

_admit() {
    typeset -A opt_args
    typeset -a _arguments_options
    local ret=1

    if is-at-least 5.2; then
        _arguments_options=(-s -S -C)
    else
        _arguments_options=(-s -C)
    fi

    local context curcontext="$curcontext" state line
    _arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'-V[Print version]' \
'--version[Print version]' \
":: :_admit_commands" \
"*::: :->admit" \
&& ret=0
    case $state in
    (admit)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-command-$line[1]:"
        case $line[1] in
            (invite)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'(--from)--name=[What people call them]:NAME:_default' \
'--role=[The role; without it the panel'\''s default, or the one they had]:ROLE:_default' \
'--for=[For so long\: 3d, 2w, 1mo, 90m (minutes are m, months mo)]:DURATION:_default' \
'--until=[Until then\: 2026-12-31 (the end of that day), '\''2026-12-31 18\:00'\'', or RFC 3339]:TIME:_default' \
'--lang=[The language of their mail\: en, pt-BR]:LANG:_default' \
'(--from)--phone=[Their telephone number, as in +442071234567]:NUMBER:_default' \
'()*--map-role=[With --from\: say which role a word of the file means, as in Subscriber=member; without a role it is the default]:THEIRS=ROLE:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'--notify[Mail also those who have registered and only get access to one more panel]' \
'(--notify)--no-mail[Send no mail]' \
'--print-link[Print the links, for those whose mail does not arrive]' \
'()--resend-pending[With --from\: mail those again who are invited and have not registered]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(resend)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'--print-link[Print the links, for those whose mail does not arrive]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(revoke)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'--status=[With this status\: active, expiring, pending, invited, expired, removed, locked, unregistered, or any reason that why gives]:STATUS:_default' \
'--role=[With this role]:ROLE:_default' \
'--expiring=[Whose access ends within this time, as in 7d]:DURATION:_default' \
'--inactive=[Who has not signed in for this long, as in 90d, and was invited, registered or given access back before that]:DURATION:_default' \
'--search=[Whose address or name has this text in it]:TEXT:_default' \
'--sort=[The order]:ORDER:((address\:"By address"
name\:"By name"
until\:"By the end of access, soonest first"
last-sign-in\:"By the last sign-in, never and longest ago first"
newest\:"By when access was given, newest first"))' \
'--limit=[At most so many rows]:NUMBER:_default' \
'--after=[Only addresses behind this one, in the order of addresses]:ADDRESS:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--never-signed-in[Who has never signed in]' \
'--no-2fa[Who has not set an authenticator app up]' \
'--cannot-2fa[Who lacks the number or the method to get a code that the panel asks for]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':address -- The address:_default' \
&& ret=0
;;
(why)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':address -- The address:_default' \
&& ret=0
;;
(unlock)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--reason=[Why\: a case number, how the caller was identified. Needed for a permanent lock]:TEXT:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'--reset[Also mail a reset link]' \
'(--reset)--keep-password[Leave the password valid when a permanent lock opens]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(lock)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--reason=[Why\: needed, and asked for at a terminal]:TEXT:_default' \
'--for=[For so long\: 3d, 2w, 1mo, 90m (minutes are m, months mo)]:DURATION:_default' \
'--until=[Until then\: 2026-12-31 (the end of that day), '\''2026-12-31 18\:00'\'', or RFC 3339]:TIME:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(extend)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--for=[For so long\: 3d, 2w, 1mo, 90m (minutes are m, months mo)]:DURATION:_default' \
'--until=[Until then\: 2026-12-31 (the end of that day), '\''2026-12-31 18\:00'\'', or RFC 3339]:TIME:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'(--for --until)--permanent[Without end]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--reason=[With --erase\: why, for the record. It stays readable there, so name nobody in it]:TEXT:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'--everywhere[Out of every panel]' \
'(--everywhere)--erase[Forget the person\: account, links, sessions, mail, and what the record knows of them. Cannot be undone. Not reached\: backups, and mail that was sent or written to files]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(role-of)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--set=[The new role; with --from the rows may name it]:ROLE:_default' \
'()*--map-role=[With --from\: say which role a word of the file means, as in Subscriber=member; without a role it is the default]:THEIRS=ROLE:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(edit)
_arguments "${_arguments_options[@]}" : \
'--name=[What people call them]:NAME:_default' \
'--phone=[Their telephone number, as in +442071234567; without a value it is asked for]::NUMBER:_default' \
'--lang=[The language of their mail\: en, pt-BR]:LANG:_default' \
'(--cancel-address)--address=[Their new address; without a value it is asked for]::NEW:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--cancel-address[Call a change of address off that waits to be confirmed]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':person -- Whom:_default' \
&& ret=0
;;
(reset)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__reset_commands" \
"*::: :->reset" \
&& ret=0

    case $state in
    (reset)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-reset-command-$line[1]:"
        case $line[1] in
            (password)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--reason=[Why, for the record]:TEXT:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'--now[Void the old password at once, and end open sessions]' \
'--print-link[Print the link, for somebody whose mail is broken; the person gets a notice in place of the link]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(2fa)
_arguments "${_arguments_options[@]}" : \
'()--from=[Read people from a file\: CSV with a header, JSON lines, or an address a line; - is standard input]:FILE:_files' \
'()--results=[With --from\: write the rows as read, and what became of each, to this file]:FILE:_files' \
'()*--map=[With --from\: say what a column of the file holds, as in '\''Login=address'\''; without a field it is left out]:COLUMN=FIELD:_default' \
'--reason=[Why\: a case number, how the caller was identified]:TEXT:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'()--keep-going[With --from\: do the good rows and list the bad ones, in place of all or nothing]' \
'()--ignore-columns[With --from\: leave out columns that are not known]' \
'--password[Also mail a link to set a new password]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::addresses -- Addresses:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__reset__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-reset-help-command-$line[1]:"
        case $line[1] in
            (password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(2fa)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(trust)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__trust_commands" \
"*::: :->trust" \
&& ret=0

    case $state in
    (trust)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-trust-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--person=[Only those for this person alone]:ADDRESS:_default' \
'--ip=[Only those in which this IP address lies]:IP:_default' \
'--limit=[At most so many rows]:NUMBER:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--all[Also what is over, or does not count because its panel trusts no IPs]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(add)
_arguments "${_arguments_options[@]}" : \
'--person=[For this person alone]:ADDRESS:_default' \
'--note=[A note, shown in the list]:TEXT:_default' \
'--for=[For so long\: 3d, 2w, 1mo, 90m (minutes are m, months mo)]:DURATION:_default' \
'--until=[Until then\: 2026-12-31 (the end of that day), '\''2026-12-31 18\:00'\'', or RFC 3339]:TIME:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--force[Even if it is wider than /8 (IPv6\: /32), or has loopback, link-local or multicast addresses in it]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::networks -- An address such as 203.0.113.9, or a network such as 203.0.113.0/24 or 2001\:db8\:\:/32:_default' \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
'--person=[Those for this person alone]:ADDRESS:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::which -- Ids from the list, or networks:_default' \
&& ret=0
;;
(purge)
_arguments "${_arguments_options[@]}" : \
'--person=[All of this person in the panel]:ADDRESS:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--everyone[All of the panel, whoever they are for]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__trust__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-trust-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(purge)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(panel)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__panel_commands" \
"*::: :->panel" \
&& ret=0

    case $state in
    (panel)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-panel-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::name -- The panel:_default' \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::words -- Settings, as in second-factor=required; KEY= goes back to the default. The panel may stand in front:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__panel__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-panel-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(mail)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__mail_commands" \
"*::: :->mail" \
&& ret=0

    case $state in
    (mail)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-mail-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--state=[In this state]:STATE:((queued\:"Waits, or waits to be tried again"
sent\:"Was handed over"
failed\:"Was given up"
lapsed\:"Was not sent, because its link or code was over or dead"))' \
'--limit=[At most so many rows]:NUMBER:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::address -- To this person:_default' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':id -- Its number, from mail list:_default' \
&& ret=0
;;
(send)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--follow[Go on for ever\: wait for what becomes due, and send it]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(retry)
_arguments "${_arguments_options[@]}" : \
'()--state=[All mail in this state]:STATE:((failed\:"Was given up"
queued\:"Waits for its next try"))' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::ids -- Their numbers, from mail list:_default' \
&& ret=0
;;
(test)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':address -- Whom to send it to:_default' \
&& ret=0
;;
(preview)
_arguments "${_arguments_options[@]}" : \
'--lang=[In this language\: en, de, fr, or one that has templates of its own]:LANG:_default' \
'--person=[With this person'\''s name, address and language]:ADDRESS:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--html[Only the HTML part, as it is]' \
'(--html)--text[Only the text part]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::kind -- Which mail:(invitation access-added access-restored password-reset locked locked-permanently password-changed reset-by-operator-printed confirm-address address-change-requested address-changed phone-changed second-factor-set second-factor-reset wrong-codes backup-code-used backup-codes-made sign-in-code sign-in-code-sms)' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__mail__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-mail-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(send)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(retry)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(test)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(preview)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(audit)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__audit_commands" \
"*::: :->audit" \
&& ret=0

    case $state in
    (audit)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-audit-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--person=[To this person]:ADDRESS:_default' \
'--operator=[By this operator]:NAME:_default' \
'--action=[Of this kind, as in signed-in, locked, unlocked]:ACTION:_default' \
'--since=[From then on\: 2026-11-01, RFC 3339, or 2d for two days ago]:TIME:_default' \
'--until=[Before then; a date alone is meant to its end]:TIME:_default' \
'--newest=[Only the newest so many, the newest first]:NUMBER:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'(--newest --until)--follow[Go on and show each entry as it comes, from now on or from --since; Ctrl-C ends it]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
'--against=[A file with what audit head printed earlier; - is standard input]:FILE:_files' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(head)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(prune)
_arguments "${_arguments_options[@]}" : \
'--before=[Entries before then\: 2026-01-01 (the beginning of that day), RFC 3339, or 365d for a year ago]:TIME:_default' \
'--head=[A file with what audit head printed earlier, and that is kept elsewhere; - is standard input]:FILE:_files' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__audit__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-audit-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(head)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(prune)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(store)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__store_commands" \
"*::: :->store" \
&& ret=0

    case $state in
    (store)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-store-command-$line[1]:"
        case $line[1] in
            (init)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(info)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
'--reason=[Why the clock is right now; kept in the record]:TEXT:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--accept-clock[Believe the clock again, though the store has seen a later time; asks first]' \
'(--accept-clock)--drop-helpers[Drop the tables of other tools if the store has no problem]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::settings -- Settings, as in reset-lifetime=1h; KEY= goes back to the default:_default' \
&& ret=0
;;
(backup)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--force[Replace an older backup, and nothing else]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':file -- The file to make:_files' \
&& ret=0
;;
(restore)
_arguments "${_arguments_options[@]}" : \
'(--reconcile)--reason=[Why an older copy is accepted; kept in the audit log]:TEXT:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--reconcile[End whatever an older copy brings back, so that it can be used]' \
'(--reconcile)--accept[Use an older copy as it is, with its sessions, links and codes; needs --reason]' \
'--replace[Replace the store that is there; its file is kept under another name]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::file -- The backup; without one, --reconcile and --accept are about the copy at the store'\''s place:_files' \
&& ret=0
;;
(copy)
_arguments "${_arguments_options[@]}" : \
'--to=[The new store\: a file, or postgres\://USER@HOST/DATABASE]:URL:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(rekey)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--prepare[Only make the new key, also where the store is a file]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(upgrade)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__store__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-store-help-command-$line[1]:"
        case $line[1] in
            (init)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(info)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(backup)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(restore)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(copy)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(rekey)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(upgrade)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(config)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__config_commands" \
"*::: :->config" \
&& ret=0

    case $state in
    (config)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-config-command-$line[1]:"
        case $line[1] in
            (show)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(path)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__config__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-config-help-command-$line[1]:"
        case $line[1] in
            (show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(path)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(gate)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__gate_commands" \
"*::: :->gate" \
&& ret=0

    case $state in
    (gate)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-gate-command-$line[1]:"
        case $line[1] in
            (register)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(sign-in)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(send-code)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(set-up-2fa)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(forgot-password)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(reset-password)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(change-password)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(confirm-address)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(check-session)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(sign-out)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(stream)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__gate__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-gate-help-command-$line[1]:"
        case $line[1] in
            (register)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(sign-in)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(send-code)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set-up-2fa)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(forgot-password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(reset-password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(change-password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(confirm-address)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check-session)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(sign-out)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(stream)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(housekeep)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(self)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_admit__subcmd__self_commands" \
"*::: :->self" \
&& ret=0

    case $state in
    (self)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-self-command-$line[1]:"
        case $line[1] in
            (register)
_arguments "${_arguments_options[@]}" : \
'--token-file=[Read the token from this file]:FILE:_files' \
'--password-file=[Read the new password from this file]:FILE:_files' \
'--name=[What people call you]:NAME:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(sign-in)
_arguments "${_arguments_options[@]}" : \
'--password-file=[Read the password from this file]:FILE:_files' \
'--ip=[The IP that the person comes from, as a panel would name it]:IP:_default' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--trust-ip[Trust that IP\: from it no code is asked for until the trust ends]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':address -- The address:_default' \
&& ret=0
;;
(password)
_arguments "${_arguments_options[@]}" : \
'--token-file=[Read the token from this file]:FILE:_files' \
'--old-password-file=[Read the old password from this file]:FILE:_files' \
'--password-file=[Read the new password from this file]:FILE:_files' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::address -- The address, to change a password that is known:_default' \
&& ret=0
;;
(2fa)
_arguments "${_arguments_options[@]}" : \
'--password-file=[Read the password from this file]:FILE:_files' \
'--qr-file=[Write the QR code into this new file, .svg or .png, readable for you alone]:FILE:_files' \
'--codes-file=[Write the backup codes into this new file, readable for you alone]:FILE:_files' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--show[Show secrets also where standard output is not a terminal]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':address -- The address:_default' \
&& ret=0
;;
(codes)
_arguments "${_arguments_options[@]}" : \
'--password-file=[Read the password from this file]:FILE:_files' \
'--codes-file=[Write the backup codes into this new file, readable for you alone]:FILE:_files' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--show[Show secrets also where standard output is not a terminal]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':address -- The address:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__self__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-self-help-command-$line[1]:"
        case $line[1] in
            (register)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(sign-in)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(2fa)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(codes)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(completions)
_arguments "${_arguments_options[@]}" : \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'--dynamic[Complete people, panels and roles too, by asking admit]' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':shell -- The shell:(bash elvish fish powershell zsh)' \
&& ret=0
;;
(man)
_arguments "${_arguments_options[@]}" : \
'()--dir=[Write a page for every command to this folder]:DIR:_files -/' \
'--store=[The store\: a file, or the URL of a database]:URL:_default' \
'-o+[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--output=[How results are printed]:FORMAT:((table\:"For people"
json\:"One JSON document"
jsonl\:"A JSON object a line"
csv\:"Comma-separated, with a header"
plain\:"Addresses only, one a line"))' \
'--color=[When to colour]:WHEN:((auto\:"At a terminal that can"
always\:"Even into a file"
never\:"Not at all"))' \
'--config=[Read this configuration file instead of the user'\''s]:FILE:_files' \
'--panel=[The panel that is meant]:NAME:_default' \
'-n[Do everything but keep it\: print what would happen, change nothing]' \
'--dry-run[Do everything but keep it\: print what would happen, change nothing]' \
'-y[Answer yes to every confirmation]' \
'--yes[Answer yes to every confirmation]' \
'--no-input[Never ask; a question that would be asked is an error]' \
'(-v --verbose)-q[Print results, warnings and errors only]' \
'(-v --verbose)--quiet[Print results, warnings and errors only]' \
'*-v[Print more about what is going on (can be repeated)]' \
'*--verbose[Print more about what is going on (can be repeated)]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::command -- The command; without it the page of admit itself:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-command-$line[1]:"
        case $line[1] in
            (invite)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(resend)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(revoke)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(why)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(unlock)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(lock)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(extend)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(role-of)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(edit)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(reset)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__reset_commands" \
"*::: :->reset" \
&& ret=0

    case $state in
    (reset)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-reset-command-$line[1]:"
        case $line[1] in
            (password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(2fa)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(trust)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__trust_commands" \
"*::: :->trust" \
&& ret=0

    case $state in
    (trust)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-trust-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(add)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(purge)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(panel)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__panel_commands" \
"*::: :->panel" \
&& ret=0

    case $state in
    (panel)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-panel-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(mail)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__mail_commands" \
"*::: :->mail" \
&& ret=0

    case $state in
    (mail)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-mail-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(send)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(retry)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(test)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(preview)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(audit)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__audit_commands" \
"*::: :->audit" \
&& ret=0

    case $state in
    (audit)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-audit-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(head)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(prune)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(store)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__store_commands" \
"*::: :->store" \
&& ret=0

    case $state in
    (store)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-store-command-$line[1]:"
        case $line[1] in
            (init)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(info)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(backup)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(restore)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(copy)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(rekey)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(upgrade)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(config)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__config_commands" \
"*::: :->config" \
&& ret=0

    case $state in
    (config)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-config-command-$line[1]:"
        case $line[1] in
            (show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(path)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(gate)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__gate_commands" \
"*::: :->gate" \
&& ret=0

    case $state in
    (gate)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-gate-command-$line[1]:"
        case $line[1] in
            (register)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(sign-in)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(send-code)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set-up-2fa)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(forgot-password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(reset-password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(change-password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(confirm-address)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check-session)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(sign-out)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(stream)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(housekeep)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(self)
_arguments "${_arguments_options[@]}" : \
":: :_admit__subcmd__help__subcmd__self_commands" \
"*::: :->self" \
&& ret=0

    case $state in
    (self)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:admit-help-self-command-$line[1]:"
        case $line[1] in
            (register)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(sign-in)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(password)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(2fa)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(codes)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(completions)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(man)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
}

(( $+functions[_admit_commands] )) ||
_admit_commands() {
    local commands; commands=(
'invite:Invite people to a panel' \
'resend:Mail a new invitation link to somebody who has not registered' \
'revoke:Take a pending invitation back' \
'list:List people and their access' \
'show:Show everything known about one person' \
'why:Tell why a person cannot sign in, and what to type now' \
'unlock:Open a lock' \
'lock:Lock an account by hand' \
'extend:Move the end of people'\''s access' \
'remove:Take people out of a panel' \
'role-of:Change people'\''s role in a panel' \
'edit:Change what is known of a person' \
'reset:Let people choose anew what they have lost' \
'trust:Look after trusted IPs\: addresses and networks from which no code is asked for' \
'panel:Look after panels and what they ask for' \
'mail:Look after the outbox' \
'audit:Read the record of everything that happened, and prove that nobody tampered with it' \
'store:Look after the database and its key' \
'config:Show the settings and where they come from' \
'gate:Answer a panel\: may this person come in?' \
'housekeep:Delete what is over' \
'self:Register, sign in, change a password or set up a second factor as the person themselves' \
'completions:Print a script that completes commands in a shell' \
'man:Print the manual page of a command, or write all pages to a folder' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit_commands] )) ||
_admit__subcmd__audit_commands() {
    local commands; commands=(
'list:List what happened, the oldest first' \
'verify:Check that nothing in the record was changed, left out or put in' \
'head:Print the end of the record, to be kept elsewhere' \
'prune:Delete the oldest entries of the record' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit audit commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__head_commands] )) ||
_admit__subcmd__audit__subcmd__head_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit head commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__help_commands] )) ||
_admit__subcmd__audit__subcmd__help_commands() {
    local commands; commands=(
'list:List what happened, the oldest first' \
'verify:Check that nothing in the record was changed, left out or put in' \
'head:Print the end of the record, to be kept elsewhere' \
'prune:Delete the oldest entries of the record' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit audit help commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__help__subcmd__head_commands] )) ||
_admit__subcmd__audit__subcmd__help__subcmd__head_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit help head commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__audit__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__help__subcmd__list_commands] )) ||
_admit__subcmd__audit__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit help list commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__help__subcmd__prune_commands] )) ||
_admit__subcmd__audit__subcmd__help__subcmd__prune_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit help prune commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__help__subcmd__verify_commands] )) ||
_admit__subcmd__audit__subcmd__help__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit help verify commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__list_commands] )) ||
_admit__subcmd__audit__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit list commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__prune_commands] )) ||
_admit__subcmd__audit__subcmd__prune_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit prune commands' commands "$@"
}
(( $+functions[_admit__subcmd__audit__subcmd__verify_commands] )) ||
_admit__subcmd__audit__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'admit audit verify commands' commands "$@"
}
(( $+functions[_admit__subcmd__completions_commands] )) ||
_admit__subcmd__completions_commands() {
    local commands; commands=()
    _describe -t commands 'admit completions commands' commands "$@"
}
(( $+functions[_admit__subcmd__config_commands] )) ||
_admit__subcmd__config_commands() {
    local commands; commands=(
'show:Show the effective settings, each with where it came from' \
'path:Print where settings are looked for, the strongest file first' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit config commands' commands "$@"
}
(( $+functions[_admit__subcmd__config__subcmd__help_commands] )) ||
_admit__subcmd__config__subcmd__help_commands() {
    local commands; commands=(
'show:Show the effective settings, each with where it came from' \
'path:Print where settings are looked for, the strongest file first' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit config help commands' commands "$@"
}
(( $+functions[_admit__subcmd__config__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__config__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit config help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__config__subcmd__help__subcmd__path_commands] )) ||
_admit__subcmd__config__subcmd__help__subcmd__path_commands() {
    local commands; commands=()
    _describe -t commands 'admit config help path commands' commands "$@"
}
(( $+functions[_admit__subcmd__config__subcmd__help__subcmd__show_commands] )) ||
_admit__subcmd__config__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit config help show commands' commands "$@"
}
(( $+functions[_admit__subcmd__config__subcmd__path_commands] )) ||
_admit__subcmd__config__subcmd__path_commands() {
    local commands; commands=()
    _describe -t commands 'admit config path commands' commands "$@"
}
(( $+functions[_admit__subcmd__config__subcmd__show_commands] )) ||
_admit__subcmd__config__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit config show commands' commands "$@"
}
(( $+functions[_admit__subcmd__edit_commands] )) ||
_admit__subcmd__edit_commands() {
    local commands; commands=()
    _describe -t commands 'admit edit commands' commands "$@"
}
(( $+functions[_admit__subcmd__extend_commands] )) ||
_admit__subcmd__extend_commands() {
    local commands; commands=()
    _describe -t commands 'admit extend commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate_commands] )) ||
_admit__subcmd__gate_commands() {
    local commands; commands=(
'register:Register an invited person\: token, password, and perhaps name' \
'sign-in:Sign somebody in\: address, password, and perhaps code, method, ticket, ip and trust_ip' \
'send-code:Send a code by mail or SMS to somebody whose password is right\: address, password, method, and perhaps ip' \
'set-up-2fa:Set up an authenticator\: ticket or session, and perhaps current_code; then the same with code' \
'forgot-password:Mail a reset link, if that makes sense\: address, and perhaps ip' \
'reset-password:Set a new password with a reset link\: token, password' \
'change-password:Set a new password with the old one\: session or address, password, new_password, and code where one is due' \
'confirm-address:Confirm a new address by the link that went there\: token' \
'check-session:Tell whether a session is live\: session, and perhaps ip' \
'sign-out:End a session\: session' \
'stream:Answer a request a line, each with op, panel and id, until the input ends' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit gate commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__change-password_commands] )) ||
_admit__subcmd__gate__subcmd__change-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate change-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__check-session_commands] )) ||
_admit__subcmd__gate__subcmd__check-session_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate check-session commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__confirm-address_commands] )) ||
_admit__subcmd__gate__subcmd__confirm-address_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate confirm-address commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__forgot-password_commands] )) ||
_admit__subcmd__gate__subcmd__forgot-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate forgot-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help_commands] )) ||
_admit__subcmd__gate__subcmd__help_commands() {
    local commands; commands=(
'register:Register an invited person\: token, password, and perhaps name' \
'sign-in:Sign somebody in\: address, password, and perhaps code, method, ticket, ip and trust_ip' \
'send-code:Send a code by mail or SMS to somebody whose password is right\: address, password, method, and perhaps ip' \
'set-up-2fa:Set up an authenticator\: ticket or session, and perhaps current_code; then the same with code' \
'forgot-password:Mail a reset link, if that makes sense\: address, and perhaps ip' \
'reset-password:Set a new password with a reset link\: token, password' \
'change-password:Set a new password with the old one\: session or address, password, new_password, and code where one is due' \
'confirm-address:Confirm a new address by the link that went there\: token' \
'check-session:Tell whether a session is live\: session, and perhaps ip' \
'sign-out:End a session\: session' \
'stream:Answer a request a line, each with op, panel and id, until the input ends' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit gate help commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__change-password_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__change-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help change-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__check-session_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__check-session_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help check-session commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__confirm-address_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__confirm-address_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help confirm-address commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__forgot-password_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__forgot-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help forgot-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__register_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__register_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help register commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__reset-password_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__reset-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help reset-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__send-code_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__send-code_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help send-code commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__set-up-2fa_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__set-up-2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help set-up-2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__sign-in_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__sign-in_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help sign-in commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__sign-out_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__sign-out_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help sign-out commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__help__subcmd__stream_commands] )) ||
_admit__subcmd__gate__subcmd__help__subcmd__stream_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate help stream commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__register_commands] )) ||
_admit__subcmd__gate__subcmd__register_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate register commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__reset-password_commands] )) ||
_admit__subcmd__gate__subcmd__reset-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate reset-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__send-code_commands] )) ||
_admit__subcmd__gate__subcmd__send-code_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate send-code commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__set-up-2fa_commands] )) ||
_admit__subcmd__gate__subcmd__set-up-2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate set-up-2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__sign-in_commands] )) ||
_admit__subcmd__gate__subcmd__sign-in_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate sign-in commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__sign-out_commands] )) ||
_admit__subcmd__gate__subcmd__sign-out_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate sign-out commands' commands "$@"
}
(( $+functions[_admit__subcmd__gate__subcmd__stream_commands] )) ||
_admit__subcmd__gate__subcmd__stream_commands() {
    local commands; commands=()
    _describe -t commands 'admit gate stream commands' commands "$@"
}
(( $+functions[_admit__subcmd__help_commands] )) ||
_admit__subcmd__help_commands() {
    local commands; commands=(
'invite:Invite people to a panel' \
'resend:Mail a new invitation link to somebody who has not registered' \
'revoke:Take a pending invitation back' \
'list:List people and their access' \
'show:Show everything known about one person' \
'why:Tell why a person cannot sign in, and what to type now' \
'unlock:Open a lock' \
'lock:Lock an account by hand' \
'extend:Move the end of people'\''s access' \
'remove:Take people out of a panel' \
'role-of:Change people'\''s role in a panel' \
'edit:Change what is known of a person' \
'reset:Let people choose anew what they have lost' \
'trust:Look after trusted IPs\: addresses and networks from which no code is asked for' \
'panel:Look after panels and what they ask for' \
'mail:Look after the outbox' \
'audit:Read the record of everything that happened, and prove that nobody tampered with it' \
'store:Look after the database and its key' \
'config:Show the settings and where they come from' \
'gate:Answer a panel\: may this person come in?' \
'housekeep:Delete what is over' \
'self:Register, sign in, change a password or set up a second factor as the person themselves' \
'completions:Print a script that completes commands in a shell' \
'man:Print the manual page of a command, or write all pages to a folder' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit help commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__audit_commands] )) ||
_admit__subcmd__help__subcmd__audit_commands() {
    local commands; commands=(
'list:List what happened, the oldest first' \
'verify:Check that nothing in the record was changed, left out or put in' \
'head:Print the end of the record, to be kept elsewhere' \
'prune:Delete the oldest entries of the record' \
    )
    _describe -t commands 'admit help audit commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__audit__subcmd__head_commands] )) ||
_admit__subcmd__help__subcmd__audit__subcmd__head_commands() {
    local commands; commands=()
    _describe -t commands 'admit help audit head commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__audit__subcmd__list_commands] )) ||
_admit__subcmd__help__subcmd__audit__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit help audit list commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__audit__subcmd__prune_commands] )) ||
_admit__subcmd__help__subcmd__audit__subcmd__prune_commands() {
    local commands; commands=()
    _describe -t commands 'admit help audit prune commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__audit__subcmd__verify_commands] )) ||
_admit__subcmd__help__subcmd__audit__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'admit help audit verify commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__completions_commands] )) ||
_admit__subcmd__help__subcmd__completions_commands() {
    local commands; commands=()
    _describe -t commands 'admit help completions commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__config_commands] )) ||
_admit__subcmd__help__subcmd__config_commands() {
    local commands; commands=(
'show:Show the effective settings, each with where it came from' \
'path:Print where settings are looked for, the strongest file first' \
    )
    _describe -t commands 'admit help config commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__config__subcmd__path_commands] )) ||
_admit__subcmd__help__subcmd__config__subcmd__path_commands() {
    local commands; commands=()
    _describe -t commands 'admit help config path commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__config__subcmd__show_commands] )) ||
_admit__subcmd__help__subcmd__config__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit help config show commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__edit_commands] )) ||
_admit__subcmd__help__subcmd__edit_commands() {
    local commands; commands=()
    _describe -t commands 'admit help edit commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__extend_commands] )) ||
_admit__subcmd__help__subcmd__extend_commands() {
    local commands; commands=()
    _describe -t commands 'admit help extend commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate_commands] )) ||
_admit__subcmd__help__subcmd__gate_commands() {
    local commands; commands=(
'register:Register an invited person\: token, password, and perhaps name' \
'sign-in:Sign somebody in\: address, password, and perhaps code, method, ticket, ip and trust_ip' \
'send-code:Send a code by mail or SMS to somebody whose password is right\: address, password, method, and perhaps ip' \
'set-up-2fa:Set up an authenticator\: ticket or session, and perhaps current_code; then the same with code' \
'forgot-password:Mail a reset link, if that makes sense\: address, and perhaps ip' \
'reset-password:Set a new password with a reset link\: token, password' \
'change-password:Set a new password with the old one\: session or address, password, new_password, and code where one is due' \
'confirm-address:Confirm a new address by the link that went there\: token' \
'check-session:Tell whether a session is live\: session, and perhaps ip' \
'sign-out:End a session\: session' \
'stream:Answer a request a line, each with op, panel and id, until the input ends' \
    )
    _describe -t commands 'admit help gate commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__change-password_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__change-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate change-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__check-session_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__check-session_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate check-session commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__confirm-address_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__confirm-address_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate confirm-address commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__forgot-password_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__forgot-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate forgot-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__register_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__register_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate register commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__reset-password_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__reset-password_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate reset-password commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__send-code_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__send-code_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate send-code commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__set-up-2fa_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__set-up-2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate set-up-2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__sign-in_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__sign-in_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate sign-in commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__sign-out_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__sign-out_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate sign-out commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__gate__subcmd__stream_commands] )) ||
_admit__subcmd__help__subcmd__gate__subcmd__stream_commands() {
    local commands; commands=()
    _describe -t commands 'admit help gate stream commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__housekeep_commands] )) ||
_admit__subcmd__help__subcmd__housekeep_commands() {
    local commands; commands=()
    _describe -t commands 'admit help housekeep commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__invite_commands] )) ||
_admit__subcmd__help__subcmd__invite_commands() {
    local commands; commands=()
    _describe -t commands 'admit help invite commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__list_commands] )) ||
_admit__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit help list commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__lock_commands] )) ||
_admit__subcmd__help__subcmd__lock_commands() {
    local commands; commands=()
    _describe -t commands 'admit help lock commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__mail_commands] )) ||
_admit__subcmd__help__subcmd__mail_commands() {
    local commands; commands=(
'list:List mail and what became of it, the newest first' \
'show:Show one mail'\''s way\: to whom, when, and every word of the last reply' \
'send:Send the mail that is due' \
'retry:Try mail again that was given up, or waits for its next try' \
'test:Send a test letter now, and show each step of the way' \
'preview:Show a mail as it would read, with sample values' \
    )
    _describe -t commands 'admit help mail commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__mail__subcmd__list_commands] )) ||
_admit__subcmd__help__subcmd__mail__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit help mail list commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__mail__subcmd__preview_commands] )) ||
_admit__subcmd__help__subcmd__mail__subcmd__preview_commands() {
    local commands; commands=()
    _describe -t commands 'admit help mail preview commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__mail__subcmd__retry_commands] )) ||
_admit__subcmd__help__subcmd__mail__subcmd__retry_commands() {
    local commands; commands=()
    _describe -t commands 'admit help mail retry commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__mail__subcmd__send_commands] )) ||
_admit__subcmd__help__subcmd__mail__subcmd__send_commands() {
    local commands; commands=()
    _describe -t commands 'admit help mail send commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__mail__subcmd__show_commands] )) ||
_admit__subcmd__help__subcmd__mail__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit help mail show commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__mail__subcmd__test_commands] )) ||
_admit__subcmd__help__subcmd__mail__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'admit help mail test commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__man_commands] )) ||
_admit__subcmd__help__subcmd__man_commands() {
    local commands; commands=()
    _describe -t commands 'admit help man commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__panel_commands] )) ||
_admit__subcmd__help__subcmd__panel_commands() {
    local commands; commands=(
'list:List panels\: how many people have access, whether a second factor is asked for, when a trial ends' \
'show:Show what a panel asks for\: each setting with its default, its range and what it is' \
'set:Change what a panel asks for' \
    )
    _describe -t commands 'admit help panel commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__panel__subcmd__list_commands] )) ||
_admit__subcmd__help__subcmd__panel__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit help panel list commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__panel__subcmd__set_commands] )) ||
_admit__subcmd__help__subcmd__panel__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'admit help panel set commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__panel__subcmd__show_commands] )) ||
_admit__subcmd__help__subcmd__panel__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit help panel show commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__remove_commands] )) ||
_admit__subcmd__help__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'admit help remove commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__resend_commands] )) ||
_admit__subcmd__help__subcmd__resend_commands() {
    local commands; commands=()
    _describe -t commands 'admit help resend commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__reset_commands] )) ||
_admit__subcmd__help__subcmd__reset_commands() {
    local commands; commands=(
'password:Mail a link with which a person sets a new password' \
'2fa:Take the second factor off so that it can be set up anew' \
    )
    _describe -t commands 'admit help reset commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__reset__subcmd__2fa_commands] )) ||
_admit__subcmd__help__subcmd__reset__subcmd__2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit help reset 2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__reset__subcmd__password_commands] )) ||
_admit__subcmd__help__subcmd__reset__subcmd__password_commands() {
    local commands; commands=()
    _describe -t commands 'admit help reset password commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__revoke_commands] )) ||
_admit__subcmd__help__subcmd__revoke_commands() {
    local commands; commands=()
    _describe -t commands 'admit help revoke commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__role-of_commands] )) ||
_admit__subcmd__help__subcmd__role-of_commands() {
    local commands; commands=()
    _describe -t commands 'admit help role-of commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__self_commands] )) ||
_admit__subcmd__help__subcmd__self_commands() {
    local commands; commands=(
'register:Register with the token of an invitation' \
'sign-in:Sign in to a panel, as a panel would' \
'password:Set a new password\: with the token of a reset link, or knowing the old one' \
'2fa:Set up an authenticator app as second factor' \
'codes:Make ten new backup codes in place of the old' \
    )
    _describe -t commands 'admit help self commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__self__subcmd__2fa_commands] )) ||
_admit__subcmd__help__subcmd__self__subcmd__2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit help self 2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__self__subcmd__codes_commands] )) ||
_admit__subcmd__help__subcmd__self__subcmd__codes_commands() {
    local commands; commands=()
    _describe -t commands 'admit help self codes commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__self__subcmd__password_commands] )) ||
_admit__subcmd__help__subcmd__self__subcmd__password_commands() {
    local commands; commands=()
    _describe -t commands 'admit help self password commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__self__subcmd__register_commands] )) ||
_admit__subcmd__help__subcmd__self__subcmd__register_commands() {
    local commands; commands=()
    _describe -t commands 'admit help self register commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__self__subcmd__sign-in_commands] )) ||
_admit__subcmd__help__subcmd__self__subcmd__sign-in_commands() {
    local commands; commands=()
    _describe -t commands 'admit help self sign-in commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__show_commands] )) ||
_admit__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit help show commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store_commands] )) ||
_admit__subcmd__help__subcmd__store_commands() {
    local commands; commands=(
'init:Make a new store with one panel, main, and its key unless there is one' \
'info:Show where the store is and what it is' \
'check:Check the database, from its structure to the record'\''s chain' \
'set:Change settings that hold for the whole store' \
'backup:Write a backup of the store to a file' \
'restore:Restore a backup, or continue with an older copy of the store' \
'copy:Copy the store to another place\: from a file to a server, or back' \
'rekey:Seal everything with a new key, while the store is in use' \
'upgrade:Bring the store to the schema of this version of admit' \
    )
    _describe -t commands 'admit help store commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__backup_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__backup_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store backup commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__check_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store check commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__copy_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__copy_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store copy commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__info_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__info_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store info commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__init_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store init commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__rekey_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__rekey_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store rekey commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__restore_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__restore_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store restore commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__set_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store set commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__store__subcmd__upgrade_commands] )) ||
_admit__subcmd__help__subcmd__store__subcmd__upgrade_commands() {
    local commands; commands=()
    _describe -t commands 'admit help store upgrade commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__trust_commands] )) ||
_admit__subcmd__help__subcmd__trust_commands() {
    local commands; commands=(
'list:List trusted IPs, the oldest first' \
'add:Trust addresses or networks\: no code is asked for from there' \
'remove:Remove trusted IPs\: codes are asked for again from the next sign-in on' \
'purge:Remove all trusted IPs of a person, or of a whole panel' \
    )
    _describe -t commands 'admit help trust commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__trust__subcmd__add_commands] )) ||
_admit__subcmd__help__subcmd__trust__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'admit help trust add commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__trust__subcmd__list_commands] )) ||
_admit__subcmd__help__subcmd__trust__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit help trust list commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__trust__subcmd__purge_commands] )) ||
_admit__subcmd__help__subcmd__trust__subcmd__purge_commands() {
    local commands; commands=()
    _describe -t commands 'admit help trust purge commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__trust__subcmd__remove_commands] )) ||
_admit__subcmd__help__subcmd__trust__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'admit help trust remove commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__unlock_commands] )) ||
_admit__subcmd__help__subcmd__unlock_commands() {
    local commands; commands=()
    _describe -t commands 'admit help unlock commands' commands "$@"
}
(( $+functions[_admit__subcmd__help__subcmd__why_commands] )) ||
_admit__subcmd__help__subcmd__why_commands() {
    local commands; commands=()
    _describe -t commands 'admit help why commands' commands "$@"
}
(( $+functions[_admit__subcmd__housekeep_commands] )) ||
_admit__subcmd__housekeep_commands() {
    local commands; commands=()
    _describe -t commands 'admit housekeep commands' commands "$@"
}
(( $+functions[_admit__subcmd__invite_commands] )) ||
_admit__subcmd__invite_commands() {
    local commands; commands=()
    _describe -t commands 'admit invite commands' commands "$@"
}
(( $+functions[_admit__subcmd__list_commands] )) ||
_admit__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit list commands' commands "$@"
}
(( $+functions[_admit__subcmd__lock_commands] )) ||
_admit__subcmd__lock_commands() {
    local commands; commands=()
    _describe -t commands 'admit lock commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail_commands] )) ||
_admit__subcmd__mail_commands() {
    local commands; commands=(
'list:List mail and what became of it, the newest first' \
'show:Show one mail'\''s way\: to whom, when, and every word of the last reply' \
'send:Send the mail that is due' \
'retry:Try mail again that was given up, or waits for its next try' \
'test:Send a test letter now, and show each step of the way' \
'preview:Show a mail as it would read, with sample values' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit mail commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help_commands] )) ||
_admit__subcmd__mail__subcmd__help_commands() {
    local commands; commands=(
'list:List mail and what became of it, the newest first' \
'show:Show one mail'\''s way\: to whom, when, and every word of the last reply' \
'send:Send the mail that is due' \
'retry:Try mail again that was given up, or waits for its next try' \
'test:Send a test letter now, and show each step of the way' \
'preview:Show a mail as it would read, with sample values' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit mail help commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__mail__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help__subcmd__list_commands] )) ||
_admit__subcmd__mail__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail help list commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help__subcmd__preview_commands] )) ||
_admit__subcmd__mail__subcmd__help__subcmd__preview_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail help preview commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help__subcmd__retry_commands] )) ||
_admit__subcmd__mail__subcmd__help__subcmd__retry_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail help retry commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help__subcmd__send_commands] )) ||
_admit__subcmd__mail__subcmd__help__subcmd__send_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail help send commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help__subcmd__show_commands] )) ||
_admit__subcmd__mail__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail help show commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__help__subcmd__test_commands] )) ||
_admit__subcmd__mail__subcmd__help__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail help test commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__list_commands] )) ||
_admit__subcmd__mail__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail list commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__preview_commands] )) ||
_admit__subcmd__mail__subcmd__preview_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail preview commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__retry_commands] )) ||
_admit__subcmd__mail__subcmd__retry_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail retry commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__send_commands] )) ||
_admit__subcmd__mail__subcmd__send_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail send commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__show_commands] )) ||
_admit__subcmd__mail__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail show commands' commands "$@"
}
(( $+functions[_admit__subcmd__mail__subcmd__test_commands] )) ||
_admit__subcmd__mail__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'admit mail test commands' commands "$@"
}
(( $+functions[_admit__subcmd__man_commands] )) ||
_admit__subcmd__man_commands() {
    local commands; commands=()
    _describe -t commands 'admit man commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel_commands] )) ||
_admit__subcmd__panel_commands() {
    local commands; commands=(
'list:List panels\: how many people have access, whether a second factor is asked for, when a trial ends' \
'show:Show what a panel asks for\: each setting with its default, its range and what it is' \
'set:Change what a panel asks for' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit panel commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__help_commands] )) ||
_admit__subcmd__panel__subcmd__help_commands() {
    local commands; commands=(
'list:List panels\: how many people have access, whether a second factor is asked for, when a trial ends' \
'show:Show what a panel asks for\: each setting with its default, its range and what it is' \
'set:Change what a panel asks for' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit panel help commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__panel__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit panel help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__help__subcmd__list_commands] )) ||
_admit__subcmd__panel__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit panel help list commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__help__subcmd__set_commands] )) ||
_admit__subcmd__panel__subcmd__help__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'admit panel help set commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__help__subcmd__show_commands] )) ||
_admit__subcmd__panel__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit panel help show commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__list_commands] )) ||
_admit__subcmd__panel__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit panel list commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__set_commands] )) ||
_admit__subcmd__panel__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'admit panel set commands' commands "$@"
}
(( $+functions[_admit__subcmd__panel__subcmd__show_commands] )) ||
_admit__subcmd__panel__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit panel show commands' commands "$@"
}
(( $+functions[_admit__subcmd__remove_commands] )) ||
_admit__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'admit remove commands' commands "$@"
}
(( $+functions[_admit__subcmd__resend_commands] )) ||
_admit__subcmd__resend_commands() {
    local commands; commands=()
    _describe -t commands 'admit resend commands' commands "$@"
}
(( $+functions[_admit__subcmd__reset_commands] )) ||
_admit__subcmd__reset_commands() {
    local commands; commands=(
'password:Mail a link with which a person sets a new password' \
'2fa:Take the second factor off so that it can be set up anew' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit reset commands' commands "$@"
}
(( $+functions[_admit__subcmd__reset__subcmd__2fa_commands] )) ||
_admit__subcmd__reset__subcmd__2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit reset 2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__reset__subcmd__help_commands] )) ||
_admit__subcmd__reset__subcmd__help_commands() {
    local commands; commands=(
'password:Mail a link with which a person sets a new password' \
'2fa:Take the second factor off so that it can be set up anew' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit reset help commands' commands "$@"
}
(( $+functions[_admit__subcmd__reset__subcmd__help__subcmd__2fa_commands] )) ||
_admit__subcmd__reset__subcmd__help__subcmd__2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit reset help 2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__reset__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__reset__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit reset help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__reset__subcmd__help__subcmd__password_commands] )) ||
_admit__subcmd__reset__subcmd__help__subcmd__password_commands() {
    local commands; commands=()
    _describe -t commands 'admit reset help password commands' commands "$@"
}
(( $+functions[_admit__subcmd__reset__subcmd__password_commands] )) ||
_admit__subcmd__reset__subcmd__password_commands() {
    local commands; commands=()
    _describe -t commands 'admit reset password commands' commands "$@"
}
(( $+functions[_admit__subcmd__revoke_commands] )) ||
_admit__subcmd__revoke_commands() {
    local commands; commands=()
    _describe -t commands 'admit revoke commands' commands "$@"
}
(( $+functions[_admit__subcmd__role-of_commands] )) ||
_admit__subcmd__role-of_commands() {
    local commands; commands=()
    _describe -t commands 'admit role-of commands' commands "$@"
}
(( $+functions[_admit__subcmd__self_commands] )) ||
_admit__subcmd__self_commands() {
    local commands; commands=(
'register:Register with the token of an invitation' \
'sign-in:Sign in to a panel, as a panel would' \
'password:Set a new password\: with the token of a reset link, or knowing the old one' \
'2fa:Set up an authenticator app as second factor' \
'codes:Make ten new backup codes in place of the old' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit self commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__2fa_commands] )) ||
_admit__subcmd__self__subcmd__2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit self 2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__codes_commands] )) ||
_admit__subcmd__self__subcmd__codes_commands() {
    local commands; commands=()
    _describe -t commands 'admit self codes commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__help_commands] )) ||
_admit__subcmd__self__subcmd__help_commands() {
    local commands; commands=(
'register:Register with the token of an invitation' \
'sign-in:Sign in to a panel, as a panel would' \
'password:Set a new password\: with the token of a reset link, or knowing the old one' \
'2fa:Set up an authenticator app as second factor' \
'codes:Make ten new backup codes in place of the old' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit self help commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__help__subcmd__2fa_commands] )) ||
_admit__subcmd__self__subcmd__help__subcmd__2fa_commands() {
    local commands; commands=()
    _describe -t commands 'admit self help 2fa commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__help__subcmd__codes_commands] )) ||
_admit__subcmd__self__subcmd__help__subcmd__codes_commands() {
    local commands; commands=()
    _describe -t commands 'admit self help codes commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__self__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit self help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__help__subcmd__password_commands] )) ||
_admit__subcmd__self__subcmd__help__subcmd__password_commands() {
    local commands; commands=()
    _describe -t commands 'admit self help password commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__help__subcmd__register_commands] )) ||
_admit__subcmd__self__subcmd__help__subcmd__register_commands() {
    local commands; commands=()
    _describe -t commands 'admit self help register commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__help__subcmd__sign-in_commands] )) ||
_admit__subcmd__self__subcmd__help__subcmd__sign-in_commands() {
    local commands; commands=()
    _describe -t commands 'admit self help sign-in commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__password_commands] )) ||
_admit__subcmd__self__subcmd__password_commands() {
    local commands; commands=()
    _describe -t commands 'admit self password commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__register_commands] )) ||
_admit__subcmd__self__subcmd__register_commands() {
    local commands; commands=()
    _describe -t commands 'admit self register commands' commands "$@"
}
(( $+functions[_admit__subcmd__self__subcmd__sign-in_commands] )) ||
_admit__subcmd__self__subcmd__sign-in_commands() {
    local commands; commands=()
    _describe -t commands 'admit self sign-in commands' commands "$@"
}
(( $+functions[_admit__subcmd__show_commands] )) ||
_admit__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'admit show commands' commands "$@"
}
(( $+functions[_admit__subcmd__store_commands] )) ||
_admit__subcmd__store_commands() {
    local commands; commands=(
'init:Make a new store with one panel, main, and its key unless there is one' \
'info:Show where the store is and what it is' \
'check:Check the database, from its structure to the record'\''s chain' \
'set:Change settings that hold for the whole store' \
'backup:Write a backup of the store to a file' \
'restore:Restore a backup, or continue with an older copy of the store' \
'copy:Copy the store to another place\: from a file to a server, or back' \
'rekey:Seal everything with a new key, while the store is in use' \
'upgrade:Bring the store to the schema of this version of admit' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit store commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__backup_commands] )) ||
_admit__subcmd__store__subcmd__backup_commands() {
    local commands; commands=()
    _describe -t commands 'admit store backup commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__check_commands] )) ||
_admit__subcmd__store__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'admit store check commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__copy_commands] )) ||
_admit__subcmd__store__subcmd__copy_commands() {
    local commands; commands=()
    _describe -t commands 'admit store copy commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help_commands] )) ||
_admit__subcmd__store__subcmd__help_commands() {
    local commands; commands=(
'init:Make a new store with one panel, main, and its key unless there is one' \
'info:Show where the store is and what it is' \
'check:Check the database, from its structure to the record'\''s chain' \
'set:Change settings that hold for the whole store' \
'backup:Write a backup of the store to a file' \
'restore:Restore a backup, or continue with an older copy of the store' \
'copy:Copy the store to another place\: from a file to a server, or back' \
'rekey:Seal everything with a new key, while the store is in use' \
'upgrade:Bring the store to the schema of this version of admit' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit store help commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__backup_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__backup_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help backup commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__check_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help check commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__copy_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__copy_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help copy commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__info_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__info_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help info commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__init_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help init commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__rekey_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__rekey_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help rekey commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__restore_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__restore_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help restore commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__set_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help set commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__help__subcmd__upgrade_commands] )) ||
_admit__subcmd__store__subcmd__help__subcmd__upgrade_commands() {
    local commands; commands=()
    _describe -t commands 'admit store help upgrade commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__info_commands] )) ||
_admit__subcmd__store__subcmd__info_commands() {
    local commands; commands=()
    _describe -t commands 'admit store info commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__init_commands] )) ||
_admit__subcmd__store__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'admit store init commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__rekey_commands] )) ||
_admit__subcmd__store__subcmd__rekey_commands() {
    local commands; commands=()
    _describe -t commands 'admit store rekey commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__restore_commands] )) ||
_admit__subcmd__store__subcmd__restore_commands() {
    local commands; commands=()
    _describe -t commands 'admit store restore commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__set_commands] )) ||
_admit__subcmd__store__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'admit store set commands' commands "$@"
}
(( $+functions[_admit__subcmd__store__subcmd__upgrade_commands] )) ||
_admit__subcmd__store__subcmd__upgrade_commands() {
    local commands; commands=()
    _describe -t commands 'admit store upgrade commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust_commands] )) ||
_admit__subcmd__trust_commands() {
    local commands; commands=(
'list:List trusted IPs, the oldest first' \
'add:Trust addresses or networks\: no code is asked for from there' \
'remove:Remove trusted IPs\: codes are asked for again from the next sign-in on' \
'purge:Remove all trusted IPs of a person, or of a whole panel' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit trust commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__add_commands] )) ||
_admit__subcmd__trust__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust add commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__help_commands] )) ||
_admit__subcmd__trust__subcmd__help_commands() {
    local commands; commands=(
'list:List trusted IPs, the oldest first' \
'add:Trust addresses or networks\: no code is asked for from there' \
'remove:Remove trusted IPs\: codes are asked for again from the next sign-in on' \
'purge:Remove all trusted IPs of a person, or of a whole panel' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'admit trust help commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__help__subcmd__add_commands] )) ||
_admit__subcmd__trust__subcmd__help__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust help add commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__help__subcmd__help_commands] )) ||
_admit__subcmd__trust__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust help help commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__help__subcmd__list_commands] )) ||
_admit__subcmd__trust__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust help list commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__help__subcmd__purge_commands] )) ||
_admit__subcmd__trust__subcmd__help__subcmd__purge_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust help purge commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__help__subcmd__remove_commands] )) ||
_admit__subcmd__trust__subcmd__help__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust help remove commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__list_commands] )) ||
_admit__subcmd__trust__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust list commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__purge_commands] )) ||
_admit__subcmd__trust__subcmd__purge_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust purge commands' commands "$@"
}
(( $+functions[_admit__subcmd__trust__subcmd__remove_commands] )) ||
_admit__subcmd__trust__subcmd__remove_commands() {
    local commands; commands=()
    _describe -t commands 'admit trust remove commands' commands "$@"
}
(( $+functions[_admit__subcmd__unlock_commands] )) ||
_admit__subcmd__unlock_commands() {
    local commands; commands=()
    _describe -t commands 'admit unlock commands' commands "$@"
}
(( $+functions[_admit__subcmd__why_commands] )) ||
_admit__subcmd__why_commands() {
    local commands; commands=()
    _describe -t commands 'admit why commands' commands "$@"
}

if [ "$funcstack[1]" = "_admit" ]; then
    _admit "$@"
else
    compdef _admit admit
fi
