# Takes the mark of a run from this host, if it is that run's.
$path = $request.path
$holder = ''
if (Test-Path -LiteralPath $path) {
    $holder = [IO.File]::ReadAllText($path)
    if ($holder -eq $request.holder) {
        Remove-Item -LiteralPath $path -Force
        $holder = ''
    }
}
Write-Answer @{ holder = $holder }
