# Runs one of the scripts beside it (Windows PowerShell 5.1 and later): run.ps1 instances <request>
# The request comes in, and the answer goes out, as base64 of JSON in UTF-8: what a console's code page does to text
# on its way cannot hurt either of them.
param(
    [Parameter(Mandatory = $true)] [string] $Name,
    [Parameter(Mandatory = $true)] [string] $Base64Request
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Write-Answer {
    param($Value)
    $json = ConvertTo-Json -InputObject $Value -Depth 8 -Compress
    [Console]::Out.WriteLine('gds:' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)))
}

try {
    $request = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Base64Request)))
    . "$PSScriptRoot\$Name.ps1"
} catch {
    Write-Answer @{ failed = "$($_.Exception.Message)"; at = "$($_.InvocationInfo.ScriptLineNumber)" }
    exit 1
}
exit 0
