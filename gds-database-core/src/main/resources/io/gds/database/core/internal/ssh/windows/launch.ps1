# Starts a program that goes on when this session ends: a child of it would be ended with it.
# Given: $line, the command line
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$made = Invoke-CimMethod -ClassName 'Win32_Process' -MethodName 'Create' -Arguments @{ CommandLine = $line }
exit $made.ReturnValue
