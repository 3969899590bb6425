#!/bin/sh
# Makes the golden store of the schema that the admit on PATH has, in the folder SCHEMA beside this script:
#
#     PATH=target/debug:$PATH sh tests/golden/make.sh SCHEMA [postgres://ROLE@HOST/DATABASE]
#
# Run it when a schema is released, and never again for that schema: later versions must be able to upgrade what is here.
# The server's database must be empty; without one, `server.sql` is not made. Needs oathtool, jq and pg_dump.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
to=$here/$1
server=${2-}
if [ -e "$to" ]; then
    echo "$to is there already, and a golden store is made once" >&2
    exit 1
fi
place=$(mktemp -d "${TMPDIR:-/tmp}/admit-golden.XXXXXX")
trap 'rm -rf -- "$place"' EXIT
trap 'exit 1' HUP INT TERM
cd "$place"
export HOME="$place" ADMIT_STORE=store ADMIT_KEY_FILE=key ADMIT_MAIL_FOLDER=mail ADMIT_OUTPUT=jsonl ADMIT_COLOR=never
export TZ=UTC

password='eleven otters under the old bridge'

# One request to the gate; it may say no.
gate() {
    admit gate "$1" --panel main 2>/dev/null || true
}
register() {
    admit invite "$1" --print-link >invited
    jq -r .token <invited >token
    printf '{"token":"%s","password":"%s","name":"%s"}' "$(cat token)" "$password" "$2" | gate register >/dev/null
}
sign_in() {
    printf '{"address":"%s","password":"%s","ip":"192.0.2.7"%s}' "$1" "$2" "${3-}" | gate sign-in
}

admit store init >/dev/null 2>&1
admit panel set main second-factor=optional methods=app,mail trusted-ips=30d --yes >/dev/null
admit store set reset-lifetime=30m --yes >/dev/null

# Ada is in, with an authenticator, backup codes, a session and a trusted IP.
register ada@example.com Ada
session=$(sign_in ada@example.com "$password" | jq -r .session)
secret=$(printf '{"session":"%s"}' "$session" | gate set-up-2fa | jq -r .secret)
code=$(oathtool --totp --base32 "$secret")
printf '{"session":"%s","code":"%s"}' "$session" "$code" | gate set-up-2fa | jq -r '.backup_codes[0]' >backup-code
printf '%s\n' "$secret" >authenticator
admit trust add 192.0.2.0/28 --note office >/dev/null

# Bob is locked, Carol waits with her first link, Dora's access ends, Emil was removed, Fay is to be confirmed.
register bob@example.com Bob
for try in 1 2 3 4 5 6; do sign_in bob@example.com "wrong word $try" >/dev/null; done
admit invite carol@example.com --print-link | jq -r .token >carol-token
register dora@example.com Dora
admit extend dora@example.com --until 2099-12-31 >/dev/null
register emil@example.com Emil
admit remove emil@example.com --yes >/dev/null
register fay@example.com Fay
admit edit fay@example.com --address fay@example.org --phone +4915112345678 --name 'Fay Ö. Straße' >/dev/null
# Gil is forgotten, Hal is locked by hand; unknown addresses were tried, and a file of people was invited.
register gil@example.com Gil
admit remove gil@example.com --erase --yes >/dev/null
register hal@example.com Hal
admit lock hal@example.com --reason 'left the company' --yes >/dev/null
for n in 1 2 3; do sign_in "nobody$n@example.com" 'some words' >/dev/null; done
n=0
while [ $n -lt 40 ]; do n=$((n + 1)); printf 'person%02d@example.org\n' $n; done >people
admit invite --from people --yes >/dev/null
sign_in fay@example.com "$password" | jq -r .session >session

admit list >people.jsonl
admit audit verify >/dev/null
admit store backup backup >/dev/null
mkdir "$to"
if [ -n "$server" ]; then
    admit store copy --to "$server" >/dev/null
    # Lines with a backslash are psql's own.
    # shellcheck disable=SC1003 # a backslash, not an escaped quote
    pg_dump --inserts --no-owner --no-privileges --schema=admit "$server" | grep -v '^\\' | grep -v '^--' >"$to/server.sql"
fi
printf '%s\n' "$password" >password
cp store key backup people.jsonl password authenticator backup-code carol-token session "$to"
chmod 600 "$to/store" "$to/key" "$to/backup"
ls -l "$to"
