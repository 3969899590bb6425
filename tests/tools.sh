#!/usr/bin/env bash
# Installs the programs that the tests and .ci/run use and that are not there, on Debian, as root or with sudo. Installs nothing if
# nothing is missing. What is still missing afterwards is a failure.
set -euo pipefail

# Where servers are, and where not everybody looks.
PATH=$PATH:/usr/sbin:/sbin

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# A server with all that the tests start, as tests/postgres/programs.rs looks for it.
has_postgres() {
    local folder program whole
    for folder in /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null || true)"; do
        whole=yes
        for program in initdb postgres pg_ctl psql pg_basebackup; do
            [ -f "$folder/$program" ] || whole=no
        done
        if [ $whole = yes ]; then return 0; fi
    done
    return 1
}

# The packages of which something is missing.
look() {
    local pair
    missing=()
    # Each command with the package that has it.
    for pair in cc:build-essential mandoc:mandoc mount:mount ps:procps setpriv:util-linux \
        oathtool:oathtool zbarimg:zbar-tools Xvfb:xvfb xterm:xterm \
        zsh:zsh fish:fish elvish:elvish sqlite3:sqlite3 strace:strace keepassxc-cli:keepassxc pass:pass gpg:gnupg \
        openssl:openssl pgbouncer:pgbouncer python3:python3 node:nodejs php:php-cli jq:jq postfix:postfix saslpasswd2:sasl2-bin \
        spamassassin:spamassassin systemd-analyze:systemd shellcheck:shellcheck; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
    done
    compgen -G '/usr/lib/*/sasl2/libplain.so' >/dev/null || missing+=(libsasl2-modules)
    has_postgres || missing+=(postgresql)
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || missing+=(tzdata)
    [ -e /usr/lib/password-store/extensions/otp.bash ] || missing+=(pass-extension-otp)
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf ] || missing+=(fonts-dejavu-core)
}

look
if [ "${#missing[@]}" -gt 0 ]; then
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
    hash -r
    look
    if [ "${#missing[@]}" -gt 0 ]; then
        echo "error: something that the tests use is missing even now; it should come with: ${missing[*]}" >&2
        exit 1
    fi
fi
cargo --version
rustc --version
