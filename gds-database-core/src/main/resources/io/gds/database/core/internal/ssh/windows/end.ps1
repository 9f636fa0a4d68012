# Ends a command whose time is over, with all that it started. Its shell holds the mark in its own command line, and sshd ends what is left
# of a session's processes with that shell.
# Given: $mark
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$found = @(Get-CimInstance -ClassName Win32_Process | Where-Object { $_.CommandLine -like "*GDS_COMMAND=*$mark*" })
foreach ($process in $found) {
    & taskkill.exe /T /F /PID $process.ProcessId | Out-Null
}
if ($found.Count -eq 0) { exit 3 }
exit 0
