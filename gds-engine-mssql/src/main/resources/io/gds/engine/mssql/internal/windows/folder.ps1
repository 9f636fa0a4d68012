# Makes the folder in which scripts and jobs of ours lie. Sent as it is, before there is anything on the host.
# What stands there is run as SYSTEM: so nobody but SYSTEM and the administrators may write there, and a folder that
# somebody else made before us is not trusted.
# Given: $path
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if (-not (Test-Path -LiteralPath $path)) { New-Item -ItemType Directory -Path $path | Out-Null }
$owner = (Get-Acl -LiteralPath $path).GetOwner([Security.Principal.SecurityIdentifier]).Value
$me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
if (@('S-1-5-18', 'S-1-5-32-544', $me) -notcontains $owner) { exit 4 }
# Every time: whoever made it may have been cut off right then, and it would have the rights of the folder above it for ever.
& icacls.exe $path /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { exit 3 }
exit 0
