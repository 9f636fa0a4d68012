# The instances of SQL Server on this host, by the registry, the services and the programs themselves.
# Version is what setup began with, PatchLevel what the last update left; Resume = 1 says that an update broke off.
$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
$names = "$root\Instance Names\SQL"
$instances = @()

if (Test-Path -LiteralPath $names) {
    $registered = Get-ItemProperty -LiteralPath $names
    foreach ($name in (Get-Item -LiteralPath $names).Property) {
        $id = $registered.$name
        $setup = Get-ItemProperty -LiteralPath "$root\$id\Setup"

        if ($name -eq 'MSSQLSERVER') { $serviceName = 'MSSQLSERVER' } else { $serviceName = "MSSQL`$$name" }
        $service = Get-Service -Name $serviceName -ErrorAction SilentlyContinue

        $program = Join-Path $setup.SQLBinRoot 'sqlservr.exe'
        $programVersion = $null
        if (Test-Path -LiteralPath $program) {
            $programVersion = (Get-Item -LiteralPath $program).VersionInfo.ProductVersion
        }

        $resume = 0
        if ($setup.PSObject.Properties.Name -contains 'Resume') { $resume = $setup.Resume }

        $instances += @{
            name           = $name
            id             = $id
            version        = $setup.Version
            patchLevel     = $setup.PatchLevel
            edition        = $setup.Edition
            programs       = $setup.SQLBinRoot
            programVersion = $programVersion
            halfInstalled  = ($resume -eq 1)
            service        = $serviceName
            serviceState   = $(if ($service) { "$($service.Status)" } else { 'Missing' })
            startMode      = $(if ($service) { "$($service.StartType)" } else { 'Missing' })
        }
    }
}

Write-Answer @{ instances = @($instances) }
