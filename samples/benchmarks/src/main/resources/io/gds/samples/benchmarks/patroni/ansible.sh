#!/usr/bin/env bash
# Sees to it that ansible-playbook is there: Debian's own package.
set -euo pipefail
if ! command -v ansible-playbook >/dev/null; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "missing: ansible-playbook (package ansible-core); install it, or run as root on Debian" >&2
        exit 1
    fi
    apt-get -q -q update
    DEBIAN_FRONTEND=noninteractive apt-get -q -q install -y --no-install-recommends ansible-core >/dev/null
fi
ansible-playbook --version | head -1
