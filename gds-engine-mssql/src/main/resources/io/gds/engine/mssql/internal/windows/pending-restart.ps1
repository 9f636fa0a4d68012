# Whatever says that Windows waits for a restart. Three of these are keys: whether the KEY is there is the question,
# and to ask for a value of that name would never see it.
$found = @()

$keys = @(
    'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'
    'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootInProgress'
    'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\PackagesPending'
    'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
)
foreach ($key in $keys) {
    if (Test-Path -LiteralPath $key) {
        $found += @{ signal = ($key -split '\\')[-1]; at = $key; detail = @() }
    }
}

# Files to be renamed at the next start. Pairs of a source and a target; an empty target stands for a deletion.
$sessionManager = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
$values = Get-ItemProperty -LiteralPath $sessionManager
foreach ($name in 'PendingFileRenameOperations', 'PendingFileRenameOperations2') {
    if ($values.PSObject.Properties.Name -contains $name) {
        $files = @($values.$name | Where-Object { $_ })
        if ($files.Count -gt 0) {
            $found += @{ signal = $name; at = $sessionManager; detail = $files }
        }
    }
}

$updates = 'HKLM:\SOFTWARE\Microsoft\Updates'
if (Test-Path -LiteralPath $updates) {
    $values = Get-ItemProperty -LiteralPath $updates
    # Of a key without values nothing comes back.
    if ($values -and ($values.PSObject.Properties.Name -contains 'UpdateExeVolatile') -and ($values.UpdateExeVolatile -ne 0)) {
        $found += @{ signal = 'UpdateExeVolatile'; at = $updates; detail = @("$($values.UpdateExeVolatile)") }
    }
}

# A new name of the computer, or a domain that it is about to join.
$computerName = 'HKLM:\SYSTEM\CurrentControlSet\Control\ComputerName'
$active = (Get-ItemProperty -LiteralPath "$computerName\ActiveComputerName").ComputerName
$next = (Get-ItemProperty -LiteralPath "$computerName\ComputerName").ComputerName
if ($active -ne $next) {
    $found += @{ signal = 'ComputerName'; at = $computerName; detail = @("$active -> $next") }
}
$netlogon = 'HKLM:\SYSTEM\CurrentControlSet\Services\Netlogon'
foreach ($name in 'JoinDomain', 'AvoidSpnSet') {
    if (Test-Path -LiteralPath "$netlogon\$name") {
        $found += @{ signal = $name; at = "$netlogon\$name"; detail = @() }
    }
}

# The agent of Configuration Manager has an opinion of its own, where it is installed.
try {
    $agent = Invoke-CimMethod -Namespace 'ROOT\ccm\ClientSDK' -ClassName 'CCM_ClientUtilities' `
        -MethodName 'DetermineIfRebootPending'
    if ($agent.RebootPending -or $agent.IsHardRebootPending) {
        $found += @{ signal = 'ConfigurationManager'; at = 'ROOT\ccm\ClientSDK'; detail = @() }
    }
} catch {
    # No such agent here.
}

Write-Answer @{ pending = @($found) }
