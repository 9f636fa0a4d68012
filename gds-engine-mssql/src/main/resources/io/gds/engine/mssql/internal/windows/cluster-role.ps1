# The role that holds one instance, as the failover cluster of this node sees it: who owns it and what every node is doing.
# It is found by its resource, of which the instance's name is a private property: people rename roles and resources.
$resources = @(
    Get-ClusterResource |
        Where-Object { "$($_.ResourceType)" -eq 'SQL Server' } |
        Where-Object { "$(($_ | Get-ClusterParameter -Name InstanceName).Value)" -eq $request.instance } |
        Where-Object { "$(($_ | Get-ClusterParameter -Name VirtualServerName).Value)" -eq $request.networkName }
)
if ($resources.Count -ne 1) {
    Write-Answer @{ found = $resources.Count }
    exit 0
}
$role = Get-ClusterGroup -Name "$($resources[0].OwnerGroup)"

# Which nodes may own an instance is kept with its network name (KB 958734). The list of the server itself counts as well.
$networkNames = @(
    Get-ClusterResource |
        Where-Object { ("$($_.ResourceType)" -eq 'Network Name') -and ("$($_.OwnerGroup)" -eq "$($role.Name)") } |
        Where-Object { "$(($_ | Get-ClusterParameter -Name Name).Value)" -eq $request.networkName }
)
if ($networkNames.Count -ne 1) { throw "role $($role.Name) has $($networkNames.Count) resources with the name $($request.networkName)" }
$networkName = "$($networkNames[0].Name)"
$owners = @((Get-ClusterOwnerNode -Resource $networkName).OwnerNodes | ForEach-Object { "$($_.Name)" })
$ofServer = @((Get-ClusterOwnerNode -Resource $resources[0].Name).OwnerNodes | ForEach-Object { "$($_.Name)" })

$nodes = @(
    Get-ClusterNode | ForEach-Object {
        @{ name = "$($_.Name)"; state = "$($_.State)"; mayOwn = ($ofServer -contains "$($_.Name)") }
    }
)
Write-Answer @{
    found       = 1
    role        = "$($role.Name)"
    state       = "$($role.State)"
    owner       = "$($role.OwnerNode)"
    networkName = $networkName
    owners      = $owners
    nodes       = $nodes
}
