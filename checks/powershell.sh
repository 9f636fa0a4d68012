#!/usr/bin/env bash
# Parses the PowerShell that is sent to Windows hosts: no Windows runs it before a user's does, and a misspelt brace must not wait
# for that. Needs Node 18 or later and npm; the parser and the grammar come from npm as WebAssembly, so nothing is compiled.
#   checks/powershell.sh             the scripts of the engine for SQL Server
#   checks/powershell.sh FOLDER...   those of other folders
set -euo pipefail
cd "$(dirname "$0")/.."
tool=checks/powershell
[ $# -gt 0 ] || set -- gds-engine-mssql/src/main/resources

# Again only when the lock file has changed.
if ! cmp -s "$tool/package-lock.json" "$tool/node_modules/.installed"; then
    (cd "$tool" && npm ci --silent)
    cp "$tool/package-lock.json" "$tool/node_modules/.installed"
fi
# Without the optimising compiler, which would take seconds for a program that runs for less than one.
node --liftoff-only "$tool/check.mjs" "$@"
