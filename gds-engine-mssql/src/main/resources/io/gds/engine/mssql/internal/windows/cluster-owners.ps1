# Says which nodes may own an instance: the possible owners of the resource of its network name.
Set-ClusterOwnerNode -Resource $request.resource -Owners @($request.owners)
$owners = @((Get-ClusterOwnerNode -Resource $request.resource).OwnerNodes | ForEach-Object { "$($_.Name)" })
Write-Answer @{ owners = $owners }
