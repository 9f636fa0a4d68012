# Starts or stops one service and says what it is now; it does not wait.
$service = Get-Service -Name $request.service
if (($request.wanted -eq 'Running') -and ("$($service.Status)" -eq 'Stopped')) {
    # Not Start-Service, which waits until the service runs: a server that recovers may take long.
    & sc.exe start $request.service | Out-Null
}
if (($request.wanted -eq 'Stopped') -and ("$($service.Status)" -eq 'Running')) {
    Stop-Service -Name $request.service -Force -NoWait
}
Write-Answer @{ service = $request.service; state = "$((Get-Service -Name $request.service).Status)" }
