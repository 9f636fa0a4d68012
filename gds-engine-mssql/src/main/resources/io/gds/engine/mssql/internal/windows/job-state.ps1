# How far a job is. What its own file says, whether its process is alive, what the scheduler says, and since when the
# host runs: a file that says "running" from before a restart of the host is no longer true.
$directory = $request.directory

function Get-Tail {
    param([string] $Path)
    if (-not (Test-Path -LiteralPath $Path)) { return '' }
    return (@(Get-Content -LiteralPath $Path -Tail 20) -join "`n")
}

$answer = @{
    directory = (Test-Path -LiteralPath $directory)
    marked    = (Test-Path -LiteralPath "$directory\once")
    state     = $null
    alive     = $false
    task      = 'none'
    lastTaskResult = 0
    output    = ''
    error     = ''
    bootedAt  = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('o')
    now       = (Get-Date).ToUniversalTime().ToString('o')
}

# First the mark, then the task, then the file, then the process. A runner that had begun and is over by then has written its
# last word already. With the file read first, an end right afterwards would look like a job that broke off.
$task = Get-ScheduledTask -TaskName $request.task -TaskPath '\gds\' -ErrorAction SilentlyContinue
if ($task) {
    $answer.task = "$($task.State)"
    $answer.lastTaskResult = (Get-ScheduledTaskInfo -TaskName $request.task -TaskPath '\gds\').LastTaskResult
}

if ($answer.marked -and (Test-Path -LiteralPath "$directory\state.json")) {
    $state = ConvertFrom-Json ([IO.File]::ReadAllText("$directory\state.json"))
    $answer.state = $state
    if ($state.processId -ne 0) {
        # A number of a process may be another one's by now: it counts only when it was started after the job, and before its
        # number was written down.
        $process = Get-Process -Id $state.processId -ErrorAction SilentlyContinue
        if ($process) {
            $startedAt = $process.StartTime.ToUniversalTime()
            $writtenAt = (Get-Item -LiteralPath "$directory\state.json").LastWriteTimeUtc
            $answer.alive = ($startedAt -ge ([DateTime] $state.startedAt).ToUniversalTime()) -and ($startedAt -le $writtenAt)
        }
    }
    $answer.output = Get-Tail "$directory\$($state.phase).out"
    if ($answer.output -eq '') { $answer.output = Get-Tail "$directory\setup.out" }
    $answer.error = Get-Tail "$directory\setup.err"
}
Write-Answer $answer
