# Puts a small file where it belongs, in pieces. Sent as it is, before there is anything on the host.
# Given: $path; $part, a name of its own for what is not whole yet; $at, where the piece begins; $piece, its bytes in
# base64; $hash, with the last piece the SHA-256 of the whole, before that nothing.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$folder = Split-Path -Parent $path
if (-not (Test-Path -LiteralPath $folder)) { New-Item -ItemType Directory -Path $folder -Force | Out-Null }
$bytes = [Convert]::FromBase64String($piece)
$file = [IO.File]::Open($part, [IO.FileMode]::OpenOrCreate)
try {
    if ($file.Length -lt $at) { exit 3 }
    # A piece that was sent twice lands where it landed before.
    $file.Position = $at
    $file.Write($bytes, 0, $bytes.Length)
    $file.SetLength($at + $bytes.Length)
} finally {
    $file.Close()
}
if ($hash -ne '') {
    if ((Get-FileHash -LiteralPath $part -Algorithm SHA256).Hash -ne $hash) { exit 4 }
    Move-Item -LiteralPath $part -Destination $path -Force
}
exit 0
