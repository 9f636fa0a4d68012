# The summary that setup wrote about its last run of one major version: the newest one, and only when that run began
# after ours did. A summary of last year's installation says nothing about today's.
$log = Join-Path $env:ProgramFiles "Microsoft SQL Server\$($request.folder)\Setup Bootstrap\Log"
$after = ([DateTime] $request.startedAt).ToUniversalTime()

$newest = $null
if (Test-Path -LiteralPath $log) {
    $written = @(
        Get-ChildItem -LiteralPath $log -Filter 'Summary*.txt' -Recurse |
            Where-Object { $_.LastWriteTimeUtc -ge $after } |
            Sort-Object -Property LastWriteTimeUtc -Descending
    )
    foreach ($file in $written) {
        $text = [IO.File]::ReadAllText($file.FullName)
        # Setup writes the time by the clock on this host's wall, to the second, and in this form in every culture.
        if ($text -notmatch '(?m)^\s*Start time:\s+(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)') { continue }
        if (([DateTime] $Matches[1]).ToUniversalTime() -lt $after.AddSeconds(-1)) { continue }
        $newest = $file
        break
    }
}

if (-not $newest) {
    Write-Answer @{ there = $false; looked = $log }
    exit 0
}
if ($text.Length -gt 65536) { $text = $text.Substring(0, 65536) }
Write-Answer @{ there = $true; path = $newest.FullName; writtenAt = $newest.LastWriteTimeUtc.ToString('o'); text = $text }
