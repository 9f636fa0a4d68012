# What this host is, since when it runs, and how much room it has.
$os = Get-CimInstance -ClassName Win32_OperatingSystem
$identity = [Security.Principal.WindowsIdentity]::GetCurrent()
$administrator = ([Security.Principal.WindowsPrincipal] $identity).IsInRole(
    [Security.Principal.WindowsBuiltInRole]::Administrator)

$drives = @(
    Get-CimInstance -ClassName Win32_LogicalDisk -Filter 'DriveType = 3' | ForEach-Object {
        @{ name = $_.DeviceID; freeBytes = [long] $_.FreeSpace; sizeBytes = [long] $_.Size }
    }
)

Write-Answer @{
    name             = $env:COMPUTERNAME
    account          = $identity.Name
    isAdministrator  = $administrator
    version          = $os.Version
    caption          = $os.Caption
    bootedAt         = $os.LastBootUpTime.ToUniversalTime().ToString('o')
    now              = (Get-Date).ToUniversalTime().ToString('o')
    systemDrive      = $env:SystemDrive
    drives           = $drives
    powerShell       = "$($PSVersionTable.PSVersion)"
}
