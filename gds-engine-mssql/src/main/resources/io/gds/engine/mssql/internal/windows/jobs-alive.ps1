# Which jobs of one run go on. Changes nothing.
$alive = @()
if (Test-Path -LiteralPath $request.directory) {
    foreach ($job in @(Get-ChildItem -LiteralPath $request.directory -Filter "$($request.prefix)*")) {
        $name = "gds-$($job.Name)"
        $task = Get-ScheduledTask -TaskName $name -TaskPath '\gds\' -ErrorAction SilentlyContinue
        if ($task -and (("$($task.State)" -eq 'Running') -or ("$($task.State)" -eq 'Queued'))) { $alive += $name }
    }
}
Write-Answer @{ alive = @($alive) }
