# Starts a job that nobody's connection can break: a task of the host's own scheduler, that runs once.
# The job's directory is its identity. Whoever makes it has the right to start the job; everybody after that finds it.
$directory = $request.directory
$task = $request.task

if (Test-Path -LiteralPath "$directory\state.json") {
    Write-Answer @{ started = $false; found = 'state' }
    exit 0
}
if (-not (Test-Path -LiteralPath "$directory\job.json") -or -not (Test-Path -LiteralPath $request.runner)) {
    throw "the job's files are not in $directory"
}
if (Get-ScheduledTask -TaskName $task -TaskPath '\gds\' -ErrorAction SilentlyContinue) {
    # Registered, and without a state yet: it may be starting just now, or nobody came to start it. To start a task that
    # runs does nothing, for the task allows one instance only.
    Start-ScheduledTask -TaskName $task -TaskPath '\gds\'
    Write-Answer @{ started = $true; found = 'task' }
    exit 0
}

$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument (
    '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "' + $request.runner + '" -Directory "' + $directory + '"')
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -ExecutionTimeLimit ([TimeSpan]::Zero) `
    -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
$principal = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType ServiceAccount -RunLevel Highest
Register-ScheduledTask -TaskName $task -TaskPath '\gds\' -Action $action -Settings $settings `
    -Principal $principal -Description $request.description | Out-Null
Start-ScheduledTask -TaskName $task -TaskPath '\gds\'
Write-Answer @{ started = $true; found = 'nothing' }
