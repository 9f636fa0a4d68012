# Copies one package from a file server to this host. It is started by the task scheduler as SYSTEM, and so the file
# server sees the account of this computer: a remote session cannot go on to a third machine with the login it came with.
param(
    [Parameter(Mandatory = $true)] [string] $From,
    [Parameter(Mandatory = $true)] [string] $To
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

try {
    $source = Get-Item -LiteralPath $From
    if (Test-Path -LiteralPath $To -PathType Leaf) {
        # A copy keeps the time of its source: one that is as long and as old is the same package, and is not sent again.
        $copy = Get-Item -LiteralPath $To
        if (($copy.Length -eq $source.Length) -and ($copy.LastWriteTimeUtc -eq $source.LastWriteTimeUtc)) { exit 0 }
    }
    $folder = Split-Path -Parent $To
    if (-not (Test-Path -LiteralPath $folder)) { New-Item -ItemType Directory -Path $folder | Out-Null }
    # Nobody may ever take half a package for a whole one.
    Copy-Item -LiteralPath $From -Destination "$To.part" -Force
    Move-Item -LiteralPath "$To.part" -Destination $To -Force
} catch {
    [Console]::Error.WriteLine("$($_.Exception.Message)")
    exit 1
}
exit 0
