# One package on this host: whether it is there, what it is, and who signed it.
$path = $request.path
if (-not (Test-Path -LiteralPath $path -PathType Leaf)) {
    Write-Answer @{ there = $false }
    exit 0
}
$file = Get-Item -LiteralPath $path
$signature = Get-AuthenticodeSignature -LiteralPath $path
$signer = ''
if ($signature.SignerCertificate) { $signer = $signature.SignerCertificate.Subject }

Write-Answer @{
    there          = $true
    bytes          = [long] $file.Length
    sha256         = (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash.ToLowerInvariant()
    signature      = "$($signature.Status)"
    signer         = $signer
    productVersion = "$($file.VersionInfo.ProductVersion)"
}
