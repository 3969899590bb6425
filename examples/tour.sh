#!/bin/sh
# The main job from end to end: builds admit, then invites people from a file, registers one of them, locks her out
# with six wrong passwords, asks why, runs the command that the answer names, and proves the record.
#
# Everything happens in a folder of its own under /tmp that is removed at the end. No mail leaves the machine.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
cargo build --locked
target=$(cargo metadata --locked --no-deps --format-version 1 |
    sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')

place=$(mktemp -d "${TMPDIR:-/tmp}/admit-tour.XXXXXX")
trap 'rm -rf -- "$place"' EXIT
trap 'exit 1' HUP INT TERM
cp examples/people.csv "$place"
cd "$place"

# A store, a key and a home of its own, whatever is set up on this machine: variables are stronger than files.
export HOME="$place" PATH="$target/debug:$PATH"
export ADMIT_STORE=admit.db ADMIT_KEY_FILE=key ADMIT_MAIL_FOLDER=mail
export ADMIT_OUTPUT=table ADMIT_COLOR=never
unset ADMIT_CONFIG ADMIT_PANEL ADMIT_MAIL_SENDER ADMIT_MAIL_TEMPLATES ADMIT_LINKS_REGISTER \
    ADMIT_LINKS_RESET ADMIT_SUPPORT_CONTACT XDG_CONFIG_HOME XDG_DATA_HOME

password='eleven otters under the old bridge'
wrong='Password123'

say() { printf '\n# %s\n' "$*"; }

# Shows a command and runs it; the first argument is the exit code that it must have.
run() {
    wanted=$1
    shift
    printf '$'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9@%+=:,./_-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    code=0
    "$@" 2>&1 || code=$?
    if [ "$code" -ne "$wanted" ]; then
        printf 'tour: the exit code is %s and not %s\n' "$code" "$wanted" >&2
        exit 1
    fi
    if [ "$code" -ne 0 ]; then
        printf '(exit code %s)\n' "$code"
    fi
}

# The same for a command that asks: the second argument holds the answers, one a line.
answer() {
    wanted=$1
    answers=$2
    shift 2
    printf '%s\n' "$answers" >answers
    run "$wanted" "$@" <answers
    rm answers
}

say 'A store and its key. At their default places the first command makes them by itself.'
run 0 admit store init

say 'Invite everybody in a file: all of them, or nobody.'
run 0 cat people.csv
run 0 admit invite --from people.csv
run 0 admit list

say 'No mail server is set up, so the mail is in a file. Grace opens hers.'
mail=$(grep -l '^To:.*grace@example.com' mail/*-invitation.eml)
run 0 sed -n '/^Subject:/p; /^Hello/,/^adm_i_/p' "$mail"
token=$(sed -n 's/^.*\(adm_i_[0-9a-z]\{52\}\).*$/\1/p' "$mail" | head -n 1)

say 'She pastes the token and chooses a password. admit never takes either from the command line.'
answer 0 "$token
$password" admit self register

say 'She signs in.'
answer 0 "$password" admit self sign-in grace@example.com

say 'Her phone still has an old password saved, and tries it six times.'
for _ in 1 2 3 4 5 6; do
    answer 6 "$wrong" admit self sign-in grace@example.com
done

say 'Now the right one does not help either, and she writes to you. Why can she not get in?'
answer 6 "$password" admit self sign-in grace@example.com
run 6 admit why grace@example.com

say 'The first command that the answer names, taken from the same answer as JSON:'
remedy=$(admit why grace@example.com --output json |
    grep -o '"remedies":\[{"command":"[^"]*"' | sed -n '1s/.*"command":"\([^"]*\)"/\1/p') || true
if [ -z "$remedy" ]; then
    echo 'tour: the answer names no command' >&2
    exit 1
fi
# shellcheck disable=SC2086 # words, as they would be pasted
run 0 $remedy

say 'The password is as it was.'
answer 0 "$password" admit self sign-in grace@example.com
run 0 admit why grace@example.com

say 'All of it is on record, and the record is whole.'
run 0 admit audit list
run 0 admit audit verify

printf '\nThe tour is over, and its folder is gone.\n'
