# Runs one job to its end and writes down how far it is, for whoever asks. It is started by the task scheduler, knows
# nothing of who asked for it, and starts its program at most once: the first one to make the mark is the one who does.
param(
    [Parameter(Mandatory = $true)]
    [string] $Directory
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Get-Now { (Get-Date).ToUniversalTime().ToString('o') }

function Write-State {
    param([hashtable] $State)
    $json = ConvertTo-Json -InputObject $State -Compress
    # Nobody may ever read half of it: a new file takes the place of the old one in one move.
    [IO.File]::WriteAllText("$Directory\state.new", $json)
    if (Test-Path -LiteralPath "$Directory\state.json") {
        [IO.File]::Replace("$Directory\state.new", "$Directory\state.json", [NullString]::Value)
    } else {
        [IO.File]::Move("$Directory\state.new", "$Directory\state.json")
    }
}

try {
    # Fails when the file is there already: then another one was first.
    $mark = [IO.File]::Open("$Directory\once", [IO.FileMode]::CreateNew)
    $mark.Close()
} catch [IO.IOException] {
    # A full disk says the same as a mark that is there: only the mark itself tells them apart.
    if (-not (Test-Path -LiteralPath "$Directory\once")) { throw }
    exit 0
}

$state = @{ phase = 'preparing'; startedAt = (Get-Now); processId = 0; bootedAt = '' }
try {
    $state.bootedAt = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('o')
    Write-State $state
    $job = ConvertFrom-Json ([IO.File]::ReadAllText("$Directory\job.json"))

    # The file is looked at where it is started, right before: between two looks it may have been changed.
    foreach ($package in $job.packages) {
        $hash = (Get-FileHash -LiteralPath $package.path -Algorithm SHA256).Hash.ToLowerInvariant()
        if ($hash -ne $package.sha256) { throw "$($package.path) has the SHA-256 $hash, not $($package.sha256)" }
    }

    foreach ($step in $job.programs) {
        # Written down before it is started: a state that does not say "setup" proves that setup was not started.
        $state.phase = $step.phase
        $state.processId = 0
        $state.Remove('exitCode')
        Write-State $state
        $process = Start-Process -FilePath $step.file -ArgumentList $step.arguments -PassThru -NoNewWindow `
            -RedirectStandardOutput "$Directory\$($step.phase).out" -RedirectStandardError "$Directory\$($step.phase).err"
        # Without its handle held, the exit code of a process that has ended is not to be had.
        $handle = $process.Handle
        $state.processId = $process.Id
        # Whatever becomes of this note, the program runs and is waited for: that it was to be started is written already.
        try { Write-State $state } catch { }
        $process.WaitForExit()
        if ($null -ne $process.ExitCode) { $state.exitCode = $process.ExitCode }
        if (($step.phase -ne 'setup') -and ($process.ExitCode -ne 0)) {
            throw "$($step.phase) ended with $($process.ExitCode)"
        }
    }
    $state.phase = 'ended'
} catch {
    $state.at = $state.phase
    $state.failed = "$($_.Exception.Message)"
    $state.phase = 'failed'
}
$state.endedAt = Get-Now
Write-State $state
