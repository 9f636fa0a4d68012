# Reads a small file: its bytes in base64, or nothing when there is none. Sent as it is.
# Given: $path
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if (-not (Test-Path -LiteralPath $path -PathType Leaf)) { exit 2 }
if ((Get-Item -LiteralPath $path).Length -gt 1048576) { exit 5 }
[Console]::Out.WriteLine([Convert]::ToBase64String([IO.File]::ReadAllBytes($path)))
exit 0
