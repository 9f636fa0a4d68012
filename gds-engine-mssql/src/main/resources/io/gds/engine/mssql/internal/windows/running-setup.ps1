# Installers that run just now. The Windows Installer service keeps one msiexec alive for minutes after its last work,
# started with /V and nothing else; that one is idle, and every other one is an installation.
$running = @(
    Get-CimInstance -ClassName Win32_Process |
        Where-Object { $_.Name -match '^(msiexec|setup|SQLServer\d{4}.*-KB\d+.*)\.exe$' } |
        Where-Object { -not (($_.Name -eq 'msiexec.exe') -and ("$($_.CommandLine)" -match '/V$')) } |
        ForEach-Object {
            @{
                name        = $_.Name
                processId   = $_.ProcessId
                startedAt   = $_.CreationDate.ToUniversalTime().ToString('o')
                commandLine = "$($_.CommandLine)"
            }
        }
)
# A job of ours that still looks at its package has no installer yet, and will have one. Copies of packages install nothing.
$running += @(
    Get-ScheduledTask -TaskPath '\gds\' -ErrorAction SilentlyContinue |
        Where-Object { ("$($_.State)" -eq 'Running') -or ("$($_.State)" -eq 'Queued') } |
        Where-Object { $_.TaskName -notlike 'gds-fetch-*' } |
        ForEach-Object { @{ name = "task $($_.TaskName)"; processId = 0; startedAt = ''; commandLine = "$($_.Description)" } }
)
Write-Answer @{ running = @($running) }
