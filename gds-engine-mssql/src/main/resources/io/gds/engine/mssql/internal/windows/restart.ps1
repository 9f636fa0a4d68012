# Restarts this host, unless it has restarted since the asker looked: a second restart is one too many.
$booted = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('o')
if ($booted -ne $request.bootedAt) {
    Write-Answer @{ restarting = $false; bootedAt = $booted }
    exit 0
}
# In five seconds, so that this answer still gets out. Planned, for an application's maintenance (p:4:1).
& shutdown.exe /r /t 5 /d p:4:1 /c $request.reason
if ($LASTEXITCODE -ne 0 -and $LASTEXITCODE -ne 1190) { throw "shutdown.exe ended with $LASTEXITCODE" } # 1190: under way
Write-Answer @{ restarting = $true; bootedAt = $booted }
