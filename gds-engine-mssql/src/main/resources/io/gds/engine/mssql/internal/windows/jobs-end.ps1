# Takes away what jobs left that are over: their tasks and their directories. First the caller's own, by what their names begin
# with; with "others" those of everybody else as well, whom nobody would clean up after any more. Copies of packages are not ours to end.
# A job that still runs is not touched. A task without a directory cannot be: the directory was made first, and it goes last.
function Test-Alive {
    param([string] $Directory)
    # The task may have been ended while its program goes on. A number may be another process's by now: it counts only when it
    # was started after the job, and before its number was written down.
    if (-not (Test-Path -LiteralPath "$Directory\state.json")) { return $false }
    $state = ConvertFrom-Json ([IO.File]::ReadAllText("$Directory\state.json"))
    if ($state.processId -eq 0) { return $false }
    $process = Get-Process -Id $state.processId -ErrorAction SilentlyContinue
    if (-not $process) { return $false }
    $startedAt = $process.StartTime.ToUniversalTime()
    $writtenAt = (Get-Item -LiteralPath "$Directory\state.json").LastWriteTimeUtc
    return (($startedAt -ge ([DateTime] $state.startedAt).ToUniversalTime()) -and ($startedAt -le $writtenAt))
}

$left = @()
if (Test-Path -LiteralPath $request.directory) {
    foreach ($job in @(Get-ChildItem -LiteralPath $request.directory)) {
        $own = $job.Name.StartsWith($request.prefix)
        if (-not $own -and (-not $request.others -or ($job.Name -like 'fetch-*'))) { continue }
        $name = "gds-$($job.Name)"
        $task = Get-ScheduledTask -TaskName $name -TaskPath '\gds\' -ErrorAction SilentlyContinue
        if (($task -and (("$($task.State)" -eq 'Running') -or ("$($task.State)" -eq 'Queued'))) -or (Test-Alive $job.FullName)) {
            if ($own) { $left += $name }
            continue
        }
        if ($task) { Unregister-ScheduledTask -TaskName $name -TaskPath '\gds\' -Confirm:$false }
        Remove-Item -LiteralPath $job.FullName -Recurse -Force
    }
}
Write-Answer @{ left = @($left) }
