# Says what a file holds, by its SHA-256.
# Given: $path
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::Out.WriteLine((Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash)
exit 0
