#!/bin/sh
# Asks `admit gate` from a shell, with jq: one process per request. Everything but exit code 0 is a no.
# `client.sh sign-in IP ADDRESS` prints the session; `client.sh check-session IP` and `client.sh sign-out IP` ask for it.
set -eu
trap '[ ! -t 0 ] || stty echo' EXIT
trap 'exit 130' HUP INT TERM

hidden() { # Reads a line into $typed; a terminal does not show it.
    printf '%s' "$1" >&2
    [ ! -t 0 ] || stty -echo
    IFS= read -r typed || [ -n "$typed" ] || exit 1
    [ ! -t 0 ] || { stty echo && echo >&2; }
}
field() { printf '%s\n' "$answer" | jq -r "$1 // empty"; }
key() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; } # a new one for every request
ask() { # OPERATION 'KEYS' VALUE...: values go through pipes, since everybody can read the arguments of a process.
    op=$1 keys=$2 && shift 2
    for _ in 1 2; do # Without an answer, again: with the same `idempotency` it is done only once.
        code=0
        answer=$(printf '%s\n' "$@" |
            jq -Rs --arg keys "$keys" '[$keys / " ", split("\n")[:-1]] | transpose | map({(.[0]): .[1]}) | add' |
            timeout -s KILL 10 admit gate "$op" --panel main) || code=$?
        [ "$code" -gt 1 ] || break
    done
    [ "$code" -ne 0 ] || [ "$(field '(.schema == 2 and .ok == true)')" = true ] || code=111
    logger -t panel "$op from $ip: $(field .cause)" || : # only for the log
    field .message.text >&2
}
ip=$2
if [ "$1" = sign-in ]; then
    hidden 'Password: '
    ask sign-in 'idempotency ip address password' "$(key)" "$ip" "$3" "$typed"
    while [ "$(field .next.ask)" = code ]; do # The ticket is all that is kept.
        hidden 'Code: ' && ask sign-in 'idempotency ip ticket code' "$(key)" "$ip" "$(field .ticket)" "$typed"
    done
    field .session
else
    hidden 'Session: ' && ask "$1" 'ip session' "$ip" "$typed"
fi
exit "$code"
