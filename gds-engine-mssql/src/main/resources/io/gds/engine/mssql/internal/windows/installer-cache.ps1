# An update of SQL Server, and even more so its removal, needs the packages that Windows Installer keeps of what is
# installed. Where somebody has tidied C:\Windows\Installer, setup fails half way.
$products = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\UserData\S-1-5-18\Products'
$missing = @()
$seen = 0

# A value of a key, or nothing: products and patches of other makers leave out what they like.
function Get-Value {
    param($Key, [string] $Name)
    if ($Key -and ($Key.PSObject.Properties.Name -contains $Name)) { return "$($Key.$Name)" }
    return ''
}

function Test-Package {
    param([string] $Path)
    return (($Path -ne '') -and (Test-Path -LiteralPath $Path))
}

if (Test-Path -LiteralPath $products) {
    foreach ($product in Get-ChildItem -LiteralPath $products) {
        $properties = Get-ItemProperty -LiteralPath "$($product.PSPath)\InstallProperties" -ErrorAction SilentlyContinue
        $name = Get-Value $properties 'DisplayName'
        if ($name -notlike '*SQL Server*') { continue }
        $seen++
        $package = Get-Value $properties 'LocalPackage'
        if (-not (Test-Package $package)) { $missing += @{ of = $name; package = $package } }
        if (-not (Test-Path -LiteralPath "$($product.PSPath)\Patches")) { continue }
        foreach ($patch in Get-ChildItem -LiteralPath "$($product.PSPath)\Patches") {
            $known = Get-ItemProperty -LiteralPath $patch.PSPath
            $file = Get-ItemProperty -ErrorAction SilentlyContinue -LiteralPath (
                'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\UserData\S-1-5-18\Patches\' +
                $patch.PSChildName)
            $package = Get-Value $file 'LocalPackage'
            if (-not (Test-Package $package)) {
                $missing += @{ of = "$name, $(Get-Value $known 'DisplayName')"; package = $package }
            }
        }
    }
}

Write-Answer @{ products = $seen; missing = @($missing) }
