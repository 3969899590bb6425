
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'admit' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'admit'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'admit' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('invite', 'invite', [CompletionResultType]::ParameterValue, 'Invite people to a panel')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Mail a new invitation link to somebody who has not registered')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take a pending invitation back')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List people and their access')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything known about one person')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Tell why a person cannot sign in, and what to type now')
            [CompletionResult]::new('unlock', 'unlock', [CompletionResultType]::ParameterValue, 'Open a lock')
            [CompletionResult]::new('lock', 'lock', [CompletionResultType]::ParameterValue, 'Lock an account by hand')
            [CompletionResult]::new('extend', 'extend', [CompletionResultType]::ParameterValue, 'Move the end of people''s access')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take people out of a panel')
            [CompletionResult]::new('role-of', 'role-of', [CompletionResultType]::ParameterValue, 'Change people''s role in a panel')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is known of a person')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Let people choose anew what they have lost')
            [CompletionResult]::new('trust', 'trust', [CompletionResultType]::ParameterValue, 'Look after trusted IPs: addresses and networks from which no code is asked for')
            [CompletionResult]::new('panel', 'panel', [CompletionResultType]::ParameterValue, 'Look after panels and what they ask for')
            [CompletionResult]::new('mail', 'mail', [CompletionResultType]::ParameterValue, 'Look after the outbox')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Read the record of everything that happened, and prove that nobody tampered with it')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Look after the database and its key')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings and where they come from')
            [CompletionResult]::new('gate', 'gate', [CompletionResultType]::ParameterValue, 'Answer a panel: may this person come in?')
            [CompletionResult]::new('housekeep', 'housekeep', [CompletionResultType]::ParameterValue, 'Delete what is over')
            [CompletionResult]::new('self', 'self', [CompletionResultType]::ParameterValue, 'Register, sign in, change a password or set up a second factor as the person themselves')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a script that completes commands in a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of a command, or write all pages to a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;invite' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What people call them')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'The role; without it the panel''s default, or the one they had')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until then: 2026-12-31 (the end of that day), ''2026-12-31 18:00'', or RFC 3339')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of their mail: en, pt-BR')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Their telephone number, as in +442071234567')
            [CompletionResult]::new('--map-role', '--map-role', [CompletionResultType]::ParameterName, 'With --from: say which role a word of the file means, as in Subscriber=member; without a role it is the default')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('--notify', '--notify', [CompletionResultType]::ParameterName, 'Mail also those who have registered and only get access to one more panel')
            [CompletionResult]::new('--no-mail', '--no-mail', [CompletionResultType]::ParameterName, 'Send no mail')
            [CompletionResult]::new('--print-link', '--print-link', [CompletionResultType]::ParameterName, 'Print the links, for those whose mail does not arrive')
            [CompletionResult]::new('--resend-pending', '--resend-pending', [CompletionResultType]::ParameterName, 'With --from: mail those again who are invited and have not registered')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;resend' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('--print-link', '--print-link', [CompletionResultType]::ParameterName, 'Print the links, for those whose mail does not arrive')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;revoke' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;list' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'With this status: active, expiring, pending, invited, expired, removed, locked, unregistered, or any reason that why gives')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'With this role')
            [CompletionResult]::new('--expiring', '--expiring', [CompletionResultType]::ParameterName, 'Whose access ends within this time, as in 7d')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Who has not signed in for this long, as in 90d, and was invited, registered or given access back before that')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Whose address or name has this text in it')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'The order')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only addresses behind this one, in the order of addresses')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--never-signed-in', '--never-signed-in', [CompletionResultType]::ParameterName, 'Who has never signed in')
            [CompletionResult]::new('--no-2fa', '--no-2fa', [CompletionResultType]::ParameterName, 'Who has not set an authenticator app up')
            [CompletionResult]::new('--cannot-2fa', '--cannot-2fa', [CompletionResultType]::ParameterName, 'Who lacks the number or the method to get a code that the panel asks for')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;why' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;unlock' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why: a case number, how the caller was identified. Needed for a permanent lock')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('--reset', '--reset', [CompletionResultType]::ParameterName, 'Also mail a reset link')
            [CompletionResult]::new('--keep-password', '--keep-password', [CompletionResultType]::ParameterName, 'Leave the password valid when a permanent lock opens')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;lock' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why: needed, and asked for at a terminal')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until then: 2026-12-31 (the end of that day), ''2026-12-31 18:00'', or RFC 3339')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;extend' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until then: 2026-12-31 (the end of that day), ''2026-12-31 18:00'', or RFC 3339')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('--permanent', '--permanent', [CompletionResultType]::ParameterName, 'Without end')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;remove' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'With --erase: why, for the record. It stays readable there, so name nobody in it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('--everywhere', '--everywhere', [CompletionResultType]::ParameterName, 'Out of every panel')
            [CompletionResult]::new('--erase', '--erase', [CompletionResultType]::ParameterName, 'Forget the person: account, links, sessions, mail, and what the record knows of them. Cannot be undone. Not reached: backups, and mail that was sent or written to files')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;role-of' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'The new role; with --from the rows may name it')
            [CompletionResult]::new('--map-role', '--map-role', [CompletionResultType]::ParameterName, 'With --from: say which role a word of the file means, as in Subscriber=member; without a role it is the default')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What people call them')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Their telephone number, as in +442071234567; without a value it is asked for')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of their mail: en, pt-BR')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Their new address; without a value it is asked for')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--cancel-address', '--cancel-address', [CompletionResultType]::ParameterName, 'Call a change of address off that waits to be confirmed')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;reset' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Mail a link with which a person sets a new password')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Take the second factor off so that it can be set up anew')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;reset;password' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the record')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Void the old password at once, and end open sessions')
            [CompletionResult]::new('--print-link', '--print-link', [CompletionResultType]::ParameterName, 'Print the link, for somebody whose mail is broken; the person gets a notice in place of the link')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;reset;2fa' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input')
            [CompletionResult]::new('--results', '--results', [CompletionResultType]::ParameterName, 'With --from: write the rows as read, and what became of each, to this file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --from: say what a column of the file holds, as in ''Login=address''; without a field it is left out')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why: a case number, how the caller was identified')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'With --from: do the good rows and list the bad ones, in place of all or nothing')
            [CompletionResult]::new('--ignore-columns', '--ignore-columns', [CompletionResultType]::ParameterName, 'With --from: leave out columns that are not known')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Also mail a link to set a new password')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;reset;help' {
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Mail a link with which a person sets a new password')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Take the second factor off so that it can be set up anew')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;reset;help;password' {
            break
        }
        'admit;reset;help;2fa' {
            break
        }
        'admit;reset;help;help' {
            break
        }
        'admit;trust' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List trusted IPs, the oldest first')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Trust addresses or networks: no code is asked for from there')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove trusted IPs: codes are asked for again from the next sign-in on')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Remove all trusted IPs of a person, or of a whole panel')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;trust;list' {
            [CompletionResult]::new('--person', '--person', [CompletionResultType]::ParameterName, 'Only those for this person alone')
            [CompletionResult]::new('--ip', '--ip', [CompletionResultType]::ParameterName, 'Only those in which this IP address lies')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Also what is over, or does not count because its panel trusts no IPs')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;trust;add' {
            [CompletionResult]::new('--person', '--person', [CompletionResultType]::ParameterName, 'For this person alone')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note, shown in the list')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'For so long: 3d, 2w, 1mo, 90m (minutes are m, months mo)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Until then: 2026-12-31 (the end of that day), ''2026-12-31 18:00'', or RFC 3339')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Even if it is wider than /8 (IPv6: /32), or has loopback, link-local or multicast addresses in it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;trust;remove' {
            [CompletionResult]::new('--person', '--person', [CompletionResultType]::ParameterName, 'Those for this person alone')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;trust;purge' {
            [CompletionResult]::new('--person', '--person', [CompletionResultType]::ParameterName, 'All of this person in the panel')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--everyone', '--everyone', [CompletionResultType]::ParameterName, 'All of the panel, whoever they are for')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;trust;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List trusted IPs, the oldest first')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Trust addresses or networks: no code is asked for from there')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove trusted IPs: codes are asked for again from the next sign-in on')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Remove all trusted IPs of a person, or of a whole panel')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;trust;help;list' {
            break
        }
        'admit;trust;help;add' {
            break
        }
        'admit;trust;help;remove' {
            break
        }
        'admit;trust;help;purge' {
            break
        }
        'admit;trust;help;help' {
            break
        }
        'admit;panel' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List panels: how many people have access, whether a second factor is asked for, when a trial ends')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a panel asks for: each setting with its default, its range and what it is')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change what a panel asks for')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;panel;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;panel;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;panel;set' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;panel;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List panels: how many people have access, whether a second factor is asked for, when a trial ends')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a panel asks for: each setting with its default, its range and what it is')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change what a panel asks for')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;panel;help;list' {
            break
        }
        'admit;panel;help;show' {
            break
        }
        'admit;panel;help;set' {
            break
        }
        'admit;panel;help;help' {
            break
        }
        'admit;mail' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List mail and what became of it, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one mail''s way: to whom, when, and every word of the last reply')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send the mail that is due')
            [CompletionResult]::new('retry', 'retry', [CompletionResultType]::ParameterValue, 'Try mail again that was given up, or waits for its next try')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Send a test letter now, and show each step of the way')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show a mail as it would read, with sample values')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;mail;list' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'In this state')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;mail;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;mail;send' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Go on for ever: wait for what becomes due, and send it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;mail;retry' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'All mail in this state')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;mail;test' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;mail;preview' {
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'In this language: en, de, fr, or one that has templates of its own')
            [CompletionResult]::new('--person', '--person', [CompletionResultType]::ParameterName, 'With this person''s name, address and language')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Only the HTML part, as it is')
            [CompletionResult]::new('--text', '--text', [CompletionResultType]::ParameterName, 'Only the text part')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;mail;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List mail and what became of it, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one mail''s way: to whom, when, and every word of the last reply')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send the mail that is due')
            [CompletionResult]::new('retry', 'retry', [CompletionResultType]::ParameterValue, 'Try mail again that was given up, or waits for its next try')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Send a test letter now, and show each step of the way')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show a mail as it would read, with sample values')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;mail;help;list' {
            break
        }
        'admit;mail;help;show' {
            break
        }
        'admit;mail;help;send' {
            break
        }
        'admit;mail;help;retry' {
            break
        }
        'admit;mail;help;test' {
            break
        }
        'admit;mail;help;preview' {
            break
        }
        'admit;mail;help;help' {
            break
        }
        'admit;audit' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what happened, the oldest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that nothing in the record was changed, left out or put in')
            [CompletionResult]::new('head', 'head', [CompletionResultType]::ParameterValue, 'Print the end of the record, to be kept elsewhere')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete the oldest entries of the record')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;audit;list' {
            [CompletionResult]::new('--person', '--person', [CompletionResultType]::ParameterName, 'To this person')
            [CompletionResult]::new('--operator', '--operator', [CompletionResultType]::ParameterName, 'By this operator')
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'Of this kind, as in signed-in, locked, unlocked')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'From then on: 2026-11-01, RFC 3339, or 2d for two days ago')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Before then; a date alone is meant to its end')
            [CompletionResult]::new('--newest', '--newest', [CompletionResultType]::ParameterName, 'Only the newest so many, the newest first')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Go on and show each entry as it comes, from now on or from --since; Ctrl-C ends it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;audit;verify' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'A file with what audit head printed earlier; - is standard input')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;audit;head' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;audit;prune' {
            [CompletionResult]::new('--before', '--before', [CompletionResultType]::ParameterName, 'Entries before then: 2026-01-01 (the beginning of that day), RFC 3339, or 365d for a year ago')
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'A file with what audit head printed earlier, and that is kept elsewhere; - is standard input')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;audit;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what happened, the oldest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that nothing in the record was changed, left out or put in')
            [CompletionResult]::new('head', 'head', [CompletionResultType]::ParameterValue, 'Print the end of the record, to be kept elsewhere')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete the oldest entries of the record')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;audit;help;list' {
            break
        }
        'admit;audit;help;verify' {
            break
        }
        'admit;audit;help;head' {
            break
        }
        'admit;audit;help;prune' {
            break
        }
        'admit;audit;help;help' {
            break
        }
        'admit;store' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a new store with one panel, main, and its key unless there is one')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show where the store is and what it is')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check the database, from its structure to the record''s chain')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change settings that hold for the whole store')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Write a backup of the store to a file')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Restore a backup, or continue with an older copy of the store')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy the store to another place: from a file to a server, or back')
            [CompletionResult]::new('rekey', 'rekey', [CompletionResultType]::ParameterValue, 'Seal everything with a new key, while the store is in use')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Bring the store to the schema of this version of admit')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;store;init' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;info' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;check' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why the clock is right now; kept in the record')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--accept-clock', '--accept-clock', [CompletionResultType]::ParameterName, 'Believe the clock again, though the store has seen a later time; asks first')
            [CompletionResult]::new('--drop-helpers', '--drop-helpers', [CompletionResultType]::ParameterName, 'Drop the tables of other tools if the store has no problem')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;set' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;backup' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace an older backup, and nothing else')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;restore' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why an older copy is accepted; kept in the audit log')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--reconcile', '--reconcile', [CompletionResultType]::ParameterName, 'End whatever an older copy brings back, so that it can be used')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Use an older copy as it is, with its sessions, links and codes; needs --reason')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace the store that is there; its file is kept under another name')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;copy' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The new store: a file, or postgres://USER@HOST/DATABASE')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;rekey' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--prepare', '--prepare', [CompletionResultType]::ParameterName, 'Only make the new key, also where the store is a file')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;upgrade' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;store;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a new store with one panel, main, and its key unless there is one')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show where the store is and what it is')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check the database, from its structure to the record''s chain')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change settings that hold for the whole store')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Write a backup of the store to a file')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Restore a backup, or continue with an older copy of the store')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy the store to another place: from a file to a server, or back')
            [CompletionResult]::new('rekey', 'rekey', [CompletionResultType]::ParameterValue, 'Seal everything with a new key, while the store is in use')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Bring the store to the schema of this version of admit')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;store;help;init' {
            break
        }
        'admit;store;help;info' {
            break
        }
        'admit;store;help;check' {
            break
        }
        'admit;store;help;set' {
            break
        }
        'admit;store;help;backup' {
            break
        }
        'admit;store;help;restore' {
            break
        }
        'admit;store;help;copy' {
            break
        }
        'admit;store;help;rekey' {
            break
        }
        'admit;store;help;upgrade' {
            break
        }
        'admit;store;help;help' {
            break
        }
        'admit;config' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the effective settings, each with where it came from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print where settings are looked for, the strongest file first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;config;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;config;path' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;config;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the effective settings, each with where it came from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print where settings are looked for, the strongest file first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;config;help;show' {
            break
        }
        'admit;config;help;path' {
            break
        }
        'admit;config;help;help' {
            break
        }
        'admit;gate' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Register an invited person: token, password, and perhaps name')
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'Sign somebody in: address, password, and perhaps code, method, ticket, ip and trust_ip')
            [CompletionResult]::new('send-code', 'send-code', [CompletionResultType]::ParameterValue, 'Send a code by mail or SMS to somebody whose password is right: address, password, method, and perhaps ip')
            [CompletionResult]::new('set-up-2fa', 'set-up-2fa', [CompletionResultType]::ParameterValue, 'Set up an authenticator: ticket or session, and perhaps current_code; then the same with code')
            [CompletionResult]::new('forgot-password', 'forgot-password', [CompletionResultType]::ParameterValue, 'Mail a reset link, if that makes sense: address, and perhaps ip')
            [CompletionResult]::new('reset-password', 'reset-password', [CompletionResultType]::ParameterValue, 'Set a new password with a reset link: token, password')
            [CompletionResult]::new('change-password', 'change-password', [CompletionResultType]::ParameterValue, 'Set a new password with the old one: session or address, password, new_password, and code where one is due')
            [CompletionResult]::new('confirm-address', 'confirm-address', [CompletionResultType]::ParameterValue, 'Confirm a new address by the link that went there: token')
            [CompletionResult]::new('check-session', 'check-session', [CompletionResultType]::ParameterValue, 'Tell whether a session is live: session, and perhaps ip')
            [CompletionResult]::new('sign-out', 'sign-out', [CompletionResultType]::ParameterValue, 'End a session: session')
            [CompletionResult]::new('stream', 'stream', [CompletionResultType]::ParameterValue, 'Answer a request a line, each with op, panel and id, until the input ends')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;gate;register' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;sign-in' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;send-code' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;set-up-2fa' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;forgot-password' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;reset-password' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;change-password' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;confirm-address' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;check-session' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;sign-out' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;stream' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;gate;help' {
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Register an invited person: token, password, and perhaps name')
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'Sign somebody in: address, password, and perhaps code, method, ticket, ip and trust_ip')
            [CompletionResult]::new('send-code', 'send-code', [CompletionResultType]::ParameterValue, 'Send a code by mail or SMS to somebody whose password is right: address, password, method, and perhaps ip')
            [CompletionResult]::new('set-up-2fa', 'set-up-2fa', [CompletionResultType]::ParameterValue, 'Set up an authenticator: ticket or session, and perhaps current_code; then the same with code')
            [CompletionResult]::new('forgot-password', 'forgot-password', [CompletionResultType]::ParameterValue, 'Mail a reset link, if that makes sense: address, and perhaps ip')
            [CompletionResult]::new('reset-password', 'reset-password', [CompletionResultType]::ParameterValue, 'Set a new password with a reset link: token, password')
            [CompletionResult]::new('change-password', 'change-password', [CompletionResultType]::ParameterValue, 'Set a new password with the old one: session or address, password, new_password, and code where one is due')
            [CompletionResult]::new('confirm-address', 'confirm-address', [CompletionResultType]::ParameterValue, 'Confirm a new address by the link that went there: token')
            [CompletionResult]::new('check-session', 'check-session', [CompletionResultType]::ParameterValue, 'Tell whether a session is live: session, and perhaps ip')
            [CompletionResult]::new('sign-out', 'sign-out', [CompletionResultType]::ParameterValue, 'End a session: session')
            [CompletionResult]::new('stream', 'stream', [CompletionResultType]::ParameterValue, 'Answer a request a line, each with op, panel and id, until the input ends')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;gate;help;register' {
            break
        }
        'admit;gate;help;sign-in' {
            break
        }
        'admit;gate;help;send-code' {
            break
        }
        'admit;gate;help;set-up-2fa' {
            break
        }
        'admit;gate;help;forgot-password' {
            break
        }
        'admit;gate;help;reset-password' {
            break
        }
        'admit;gate;help;change-password' {
            break
        }
        'admit;gate;help;confirm-address' {
            break
        }
        'admit;gate;help;check-session' {
            break
        }
        'admit;gate;help;sign-out' {
            break
        }
        'admit;gate;help;stream' {
            break
        }
        'admit;gate;help;help' {
            break
        }
        'admit;housekeep' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;self' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Register with the token of an invitation')
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'Sign in to a panel, as a panel would')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Set a new password: with the token of a reset link, or knowing the old one')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Set up an authenticator app as second factor')
            [CompletionResult]::new('codes', 'codes', [CompletionResultType]::ParameterValue, 'Make ten new backup codes in place of the old')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;self;register' {
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'Read the token from this file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the new password from this file')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What people call you')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;self;sign-in' {
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file')
            [CompletionResult]::new('--ip', '--ip', [CompletionResultType]::ParameterName, 'The IP that the person comes from, as a panel would name it')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--trust-ip', '--trust-ip', [CompletionResultType]::ParameterName, 'Trust that IP: from it no code is asked for until the trust ends')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;self;password' {
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'Read the token from this file')
            [CompletionResult]::new('--old-password-file', '--old-password-file', [CompletionResultType]::ParameterName, 'Read the old password from this file')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the new password from this file')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;self;2fa' {
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file')
            [CompletionResult]::new('--qr-file', '--qr-file', [CompletionResultType]::ParameterName, 'Write the QR code into this new file, .svg or .png, readable for you alone')
            [CompletionResult]::new('--codes-file', '--codes-file', [CompletionResultType]::ParameterName, 'Write the backup codes into this new file, readable for you alone')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--show', '--show', [CompletionResultType]::ParameterName, 'Show secrets also where standard output is not a terminal')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;self;codes' {
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file')
            [CompletionResult]::new('--codes-file', '--codes-file', [CompletionResultType]::ParameterName, 'Write the backup codes into this new file, readable for you alone')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--show', '--show', [CompletionResultType]::ParameterName, 'Show secrets also where standard output is not a terminal')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;self;help' {
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Register with the token of an invitation')
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'Sign in to a panel, as a panel would')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Set a new password: with the token of a reset link, or knowing the old one')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Set up an authenticator app as second factor')
            [CompletionResult]::new('codes', 'codes', [CompletionResultType]::ParameterValue, 'Make ten new backup codes in place of the old')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;self;help;register' {
            break
        }
        'admit;self;help;sign-in' {
            break
        }
        'admit;self;help;password' {
            break
        }
        'admit;self;help;2fa' {
            break
        }
        'admit;self;help;codes' {
            break
        }
        'admit;self;help;help' {
            break
        }
        'admit;completions' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('--dynamic', '--dynamic', [CompletionResultType]::ParameterName, 'Complete people, panels and roles too, by asking admit')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;man' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Write a page for every command to this folder')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store: a file, or the URL of a database')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How results are printed')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of the user''s')
            [CompletionResult]::new('--panel', '--panel', [CompletionResultType]::ParameterName, 'The panel that is meant')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but keep it: print what would happen, change nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; a question that would be asked is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print results, warnings and errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more about what is going on (can be repeated)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'admit;help' {
            [CompletionResult]::new('invite', 'invite', [CompletionResultType]::ParameterValue, 'Invite people to a panel')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Mail a new invitation link to somebody who has not registered')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Take a pending invitation back')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List people and their access')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything known about one person')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Tell why a person cannot sign in, and what to type now')
            [CompletionResult]::new('unlock', 'unlock', [CompletionResultType]::ParameterValue, 'Open a lock')
            [CompletionResult]::new('lock', 'lock', [CompletionResultType]::ParameterValue, 'Lock an account by hand')
            [CompletionResult]::new('extend', 'extend', [CompletionResultType]::ParameterValue, 'Move the end of people''s access')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take people out of a panel')
            [CompletionResult]::new('role-of', 'role-of', [CompletionResultType]::ParameterValue, 'Change people''s role in a panel')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is known of a person')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Let people choose anew what they have lost')
            [CompletionResult]::new('trust', 'trust', [CompletionResultType]::ParameterValue, 'Look after trusted IPs: addresses and networks from which no code is asked for')
            [CompletionResult]::new('panel', 'panel', [CompletionResultType]::ParameterValue, 'Look after panels and what they ask for')
            [CompletionResult]::new('mail', 'mail', [CompletionResultType]::ParameterValue, 'Look after the outbox')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Read the record of everything that happened, and prove that nobody tampered with it')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Look after the database and its key')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings and where they come from')
            [CompletionResult]::new('gate', 'gate', [CompletionResultType]::ParameterValue, 'Answer a panel: may this person come in?')
            [CompletionResult]::new('housekeep', 'housekeep', [CompletionResultType]::ParameterValue, 'Delete what is over')
            [CompletionResult]::new('self', 'self', [CompletionResultType]::ParameterValue, 'Register, sign in, change a password or set up a second factor as the person themselves')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a script that completes commands in a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of a command, or write all pages to a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'admit;help;invite' {
            break
        }
        'admit;help;resend' {
            break
        }
        'admit;help;revoke' {
            break
        }
        'admit;help;list' {
            break
        }
        'admit;help;show' {
            break
        }
        'admit;help;why' {
            break
        }
        'admit;help;unlock' {
            break
        }
        'admit;help;lock' {
            break
        }
        'admit;help;extend' {
            break
        }
        'admit;help;remove' {
            break
        }
        'admit;help;role-of' {
            break
        }
        'admit;help;edit' {
            break
        }
        'admit;help;reset' {
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Mail a link with which a person sets a new password')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Take the second factor off so that it can be set up anew')
            break
        }
        'admit;help;reset;password' {
            break
        }
        'admit;help;reset;2fa' {
            break
        }
        'admit;help;trust' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List trusted IPs, the oldest first')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Trust addresses or networks: no code is asked for from there')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove trusted IPs: codes are asked for again from the next sign-in on')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Remove all trusted IPs of a person, or of a whole panel')
            break
        }
        'admit;help;trust;list' {
            break
        }
        'admit;help;trust;add' {
            break
        }
        'admit;help;trust;remove' {
            break
        }
        'admit;help;trust;purge' {
            break
        }
        'admit;help;panel' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List panels: how many people have access, whether a second factor is asked for, when a trial ends')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a panel asks for: each setting with its default, its range and what it is')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change what a panel asks for')
            break
        }
        'admit;help;panel;list' {
            break
        }
        'admit;help;panel;show' {
            break
        }
        'admit;help;panel;set' {
            break
        }
        'admit;help;mail' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List mail and what became of it, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one mail''s way: to whom, when, and every word of the last reply')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send the mail that is due')
            [CompletionResult]::new('retry', 'retry', [CompletionResultType]::ParameterValue, 'Try mail again that was given up, or waits for its next try')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Send a test letter now, and show each step of the way')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show a mail as it would read, with sample values')
            break
        }
        'admit;help;mail;list' {
            break
        }
        'admit;help;mail;show' {
            break
        }
        'admit;help;mail;send' {
            break
        }
        'admit;help;mail;retry' {
            break
        }
        'admit;help;mail;test' {
            break
        }
        'admit;help;mail;preview' {
            break
        }
        'admit;help;audit' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what happened, the oldest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that nothing in the record was changed, left out or put in')
            [CompletionResult]::new('head', 'head', [CompletionResultType]::ParameterValue, 'Print the end of the record, to be kept elsewhere')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Delete the oldest entries of the record')
            break
        }
        'admit;help;audit;list' {
            break
        }
        'admit;help;audit;verify' {
            break
        }
        'admit;help;audit;head' {
            break
        }
        'admit;help;audit;prune' {
            break
        }
        'admit;help;store' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a new store with one panel, main, and its key unless there is one')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show where the store is and what it is')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check the database, from its structure to the record''s chain')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change settings that hold for the whole store')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Write a backup of the store to a file')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Restore a backup, or continue with an older copy of the store')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy the store to another place: from a file to a server, or back')
            [CompletionResult]::new('rekey', 'rekey', [CompletionResultType]::ParameterValue, 'Seal everything with a new key, while the store is in use')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Bring the store to the schema of this version of admit')
            break
        }
        'admit;help;store;init' {
            break
        }
        'admit;help;store;info' {
            break
        }
        'admit;help;store;check' {
            break
        }
        'admit;help;store;set' {
            break
        }
        'admit;help;store;backup' {
            break
        }
        'admit;help;store;restore' {
            break
        }
        'admit;help;store;copy' {
            break
        }
        'admit;help;store;rekey' {
            break
        }
        'admit;help;store;upgrade' {
            break
        }
        'admit;help;config' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the effective settings, each with where it came from')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print where settings are looked for, the strongest file first')
            break
        }
        'admit;help;config;show' {
            break
        }
        'admit;help;config;path' {
            break
        }
        'admit;help;gate' {
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Register an invited person: token, password, and perhaps name')
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'Sign somebody in: address, password, and perhaps code, method, ticket, ip and trust_ip')
            [CompletionResult]::new('send-code', 'send-code', [CompletionResultType]::ParameterValue, 'Send a code by mail or SMS to somebody whose password is right: address, password, method, and perhaps ip')
            [CompletionResult]::new('set-up-2fa', 'set-up-2fa', [CompletionResultType]::ParameterValue, 'Set up an authenticator: ticket or session, and perhaps current_code; then the same with code')
            [CompletionResult]::new('forgot-password', 'forgot-password', [CompletionResultType]::ParameterValue, 'Mail a reset link, if that makes sense: address, and perhaps ip')
            [CompletionResult]::new('reset-password', 'reset-password', [CompletionResultType]::ParameterValue, 'Set a new password with a reset link: token, password')
            [CompletionResult]::new('change-password', 'change-password', [CompletionResultType]::ParameterValue, 'Set a new password with the old one: session or address, password, new_password, and code where one is due')
            [CompletionResult]::new('confirm-address', 'confirm-address', [CompletionResultType]::ParameterValue, 'Confirm a new address by the link that went there: token')
            [CompletionResult]::new('check-session', 'check-session', [CompletionResultType]::ParameterValue, 'Tell whether a session is live: session, and perhaps ip')
            [CompletionResult]::new('sign-out', 'sign-out', [CompletionResultType]::ParameterValue, 'End a session: session')
            [CompletionResult]::new('stream', 'stream', [CompletionResultType]::ParameterValue, 'Answer a request a line, each with op, panel and id, until the input ends')
            break
        }
        'admit;help;gate;register' {
            break
        }
        'admit;help;gate;sign-in' {
            break
        }
        'admit;help;gate;send-code' {
            break
        }
        'admit;help;gate;set-up-2fa' {
            break
        }
        'admit;help;gate;forgot-password' {
            break
        }
        'admit;help;gate;reset-password' {
            break
        }
        'admit;help;gate;change-password' {
            break
        }
        'admit;help;gate;confirm-address' {
            break
        }
        'admit;help;gate;check-session' {
            break
        }
        'admit;help;gate;sign-out' {
            break
        }
        'admit;help;gate;stream' {
            break
        }
        'admit;help;housekeep' {
            break
        }
        'admit;help;self' {
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Register with the token of an invitation')
            [CompletionResult]::new('sign-in', 'sign-in', [CompletionResultType]::ParameterValue, 'Sign in to a panel, as a panel would')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Set a new password: with the token of a reset link, or knowing the old one')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Set up an authenticator app as second factor')
            [CompletionResult]::new('codes', 'codes', [CompletionResultType]::ParameterValue, 'Make ten new backup codes in place of the old')
            break
        }
        'admit;help;self;register' {
            break
        }
        'admit;help;self;sign-in' {
            break
        }
        'admit;help;self;password' {
            break
        }
        'admit;help;self;2fa' {
            break
        }
        'admit;help;self;codes' {
            break
        }
        'admit;help;completions' {
            break
        }
        'admit;help;man' {
            break
        }
        'admit;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
