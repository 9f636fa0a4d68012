# Moves a role to another node, unless it has left the one that the asker saw it on: a second move is one too many.
# It does not wait for the instance to come up there. Whoever asked looks for that, also when this answer is lost.
$role = Get-ClusterGroup -Name $request.role
if (("$($role.OwnerNode)" -ne $request.from) -or ("$($role.State)" -eq 'Pending')) {
    Write-Answer @{ moving = $false; refused = ''; owner = "$($role.OwnerNode)" }
    exit 0
}
try {
    # Nodes of another build may not own it, and until now the one that it goes to was one of these.
    Set-ClusterOwnerNode -Resource $request.resource -Owners @($request.from, $request.to)
    Move-ClusterGroup -Name $request.role -Node $request.to -Wait 0 | Out-Null
} catch {
    Write-Answer @{ moving = $false; refused = "$($_.Exception.Message)"; owner = "$($role.OwnerNode)" }
    exit 0
}
Write-Answer @{ moving = $true; refused = ''; owner = "$($role.OwnerNode)" }
