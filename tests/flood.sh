#!/bin/sh
# Measures what a flood of requests leaves behind in an hour: audit entries, rows, bytes and mails. SECURITY.md has the figures.
#
#   sh tests/flood.sh PROGRAM REQUESTS      for example: sh tests/flood.sh target/release/admit 5000
#
# Needs sqlite3 and faketime (the hour has to end before its tallies are written). Everything happens in a folder of its
# own under TMPDIR that is removed at the end.
set -eu

program=$(realpath "$1")
requests=$2
place=$(mktemp -d "${TMPDIR:-/tmp}/admit-flood.XXXXXX")
trap 'rm -rf -- "$place"' EXIT
trap 'exit 1' HUP INT TERM
cd "$place"
export HOME="$place" ADMIT_KEY_FILE=key ADMIT_MAIL_FOLDER=mail ADMIT_COLOR=never
unset ADMIT_CONFIG ADMIT_PANEL ADMIT_STORE XDG_CONFIG_HOME XDG_DATA_HOME

admit() { "$program" --store "$place/admit.db" "$@"; }

# A store with 150 people who registered.
admit store init >/dev/null
admit store set argon2=19456,2,1 --yes >/dev/null
seq -f 'person%.0f@example.org' 150 >people
admit invite --from people --print-link --yes -o jsonl >invited 2>/dev/null
sed -n 's/.*"token":"\([^"]*\)".*/\1/p' invited |
    sed 's/.*/{"op":"register","panel":"main","token":"&","password":"nine quiet lamps at noon"}/' |
    admit gate stream >answers
test "$(grep -c '"registered"' answers)" = 150
cp admit.db prepared.db

rows() { sqlite3 "$1" "$2"; }

# flood NAME: reads requests, and prints what they left behind once the hour has ended.
flood() {
    rm -f admit.db admit.db-wal admit.db-shm seen
    cp prepared.db admit.db
    mkfifo asked answered
    admit gate stream <asked >answered &
    exec 3>asked 4<answered
    # One after another: what finds no room is refused unseen, and would leave nothing.
    while IFS= read -r line; do
        printf '%s\n' "$line" >&3
        IFS= read -r answer <&4
        printf '%s\n' "$answer"
    done >answers
    exec 3>&- 4<&-
    wait
    rm asked answered
    faketime -f '+61m' "$program" --store "$place/admit.db" housekeep --yes >/dev/null 2>&1 || true
    entries="select count(*) from audit where seq > (select max(seq) from before.audit) and action <> 'housekept'"
    mails='select count(*) from outbox where id > (select max(id) from before.outbox)'
    printf '%-34s entries %6s  mails %4s  bytes %9s\n' "$1" \
        "$(rows admit.db "attach 'prepared.db' as before; $entries")" \
        "$(rows admit.db "attach 'prepared.db' as before; $mails")" \
        "$(($(size admit.db) - $(size prepared.db)))"
}

size() {
    rm -f packed.db
    sqlite3 "$1" "vacuum into 'packed.db'"
    wc -c <packed.db
}

numbers() { seq "$requests"; }
forgot='{"op":"forgot-password","panel":"main"'
try='{"op":"sign-in","panel":"main","password":"not the one at all"'

numbers | sed "s/.*/$forgot,\"address\":\"person1@example.org\",\"ip\":\"192.0.2.1\"}/" |
    flood 'forgotten, one address, one IP'
numbers | awk -v q="$forgot" '{printf "%s,\"address\":\"person1@example.org\",\"ip\":\"198.18.%d.%d\"}\n", q, $1/256, $1%256}' |
    flood 'forgotten, one address, many IPs'
numbers | awk -v q="$forgot" '{printf "%s,\"address\":\"person%d@example.org\",\"ip\":\"192.0.2.1\"}\n", q, $1%150+1}' |
    flood 'forgotten, 150 addresses, one IP'
numbers | awk -v q="$forgot" '{printf "%s,\"address\":\"person%d@example.org\",\"ip\":\"2001:db8:1:%x::1\"}\n", q, $1%150+1, $1}' |
    flood 'forgotten, 150, /64s of one /48'
numbers | awk -v q="$forgot" '{printf "%s,\"address\":\"nobody%d@example.org\",\"ip\":\"198.18.%d.%d\"}\n", q, $1, $1/256, $1%256}' |
    flood 'forgotten, unknown, many IPs'
numbers | awk -v q="$forgot" '{printf "%s,\"address\":\"nobody%d@example.org\",\"ip\":\"2001:db8:1:2::%x\"}\n", q, $1, $1}' |
    flood 'forgotten, unknown, one /64'
numbers | sed "s/.*/$try,\"address\":\"person1@example.org\",\"ip\":\"192.0.2.1\"}/" |
    flood 'wrong passwords, one victim'
numbers | awk -v q="$try" '{printf "%s,\"address\":\"person%d@example.org\",\"ip\":\"2001:db8:1:%x::1\"}\n", q, $1%150+1, $1}' |
    flood 'wrong passwords, /64s of one /48'
