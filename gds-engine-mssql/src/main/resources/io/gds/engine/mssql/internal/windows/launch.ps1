# Starts a program that goes on when this session ends: not as a child of it, which would be ended with it. Sent as it is.
# Given: $line, the command line
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$made = Invoke-CimMethod -ClassName 'Win32_Process' -MethodName 'Create' -Arguments @{ CommandLine = $line }
exit $made.ReturnValue
