# Marks this host as worked on by one run. Two runs must not install here at a time: the first one to put its mark there is the
# one that may, and every other one is told who that is.
$path = $request.path
if (-not (Test-Path -LiteralPath $path)) {
    # Written beside it and moved there whole: on a full disk there would be an empty mark otherwise, which is nobody's to remove.
    $mine = "$path.$($request.holder)"
    try {
        [IO.File]::WriteAllText($mine, $request.holder)
        [IO.File]::Move($mine, $path)
    } catch [IO.IOException] {
        # Somebody was first, or there is no room: only the mark itself tells them apart.
        if (-not (Test-Path -LiteralPath $path)) { throw }
    } finally {
        [IO.File]::Delete($mine)
    }
}
Write-Answer @{ holder = [IO.File]::ReadAllText($path) }
