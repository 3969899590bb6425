#!/usr/bin/env bash
# Installs the programs that the tests use and that are not there, on Debian, as root or with sudo. Installs nothing if
# nothing is missing.
set -euo pipefail

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Each command with the package that has it.
missing=()
for pair in cc:build-essential mandoc:mandoc mount:mount \
    oathtool:oathtool zbarimg:zbar-tools Xvfb:xvfb xterm:xterm \
    keepassxc-cli:keepassxc pass:pass gpg:gnupg \
    openssl:openssl pgbouncer:pgbouncer python3:python3 postfix:postfix saslpasswd2:sasl2-bin \
    spamassassin:spamassassin systemd-analyze:systemd; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
compgen -G '/usr/lib/*/sasl2/libplain.so' >/dev/null || missing+=(libsasl2-modules)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
[ -e /usr/share/zoneinfo/Europe/Berlin ] || missing+=(tzdata)
[ -e /usr/lib/password-store/extensions/otp.bash ] || missing+=(pass-extension-otp)
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf ] || missing+=(fonts-dejavu-core)
if [ "${#missing[@]}" -gt 0 ]; then
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
fi
cargo --version
rustc --version
