package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetException;
import io.gds.database.testkit.powershell.NetFailure;

/** The exceptions that .NET and commands throw about files, registry and paths, with their real texts. */
final class NetErrors {
    static final String AUTOMATION = "System.Management.Automation.";

    private NetErrors() {}

    static NetFailure noFile(String path) {
        return new NetFailure("System.IO.FileNotFoundException", "Could not find file '" + path + "'.");
    }

    static NetFailure noDirectory(String path) {
        return new NetFailure(
                "System.IO.DirectoryNotFoundException", "Could not find a part of the path '" + path + "'.");
    }

    static NetFailure exists(String path) {
        return new NetFailure("System.IO.IOException", "The file '" + path + "' already exists.");
    }

    static NetFailure inUse(String path) {
        return new NetFailure(
                "System.IO.IOException",
                "The process cannot access the file '" + path + "' because it is being used by another process.");
    }

    static NetFailure denied(String path) {
        return new NetFailure("System.UnauthorizedAccessException", "Access to the path '" + path + "' is denied.");
    }

    static NetFailure diskFull() {
        return new NetFailure("System.IO.IOException", "There is not enough space on the disk.\r\n");
    }

    static NetFailure closed() {
        return new NetFailure("System.ObjectDisposedException", "Cannot access a closed file.");
    }

    static NetFailure noPath(String path) {
        return new NetFailure(
                new NetException(
                        AUTOMATION + "ItemNotFoundException",
                        "Cannot find path '" + path + "' because it does not exist."),
                "ObjectNotFound",
                "PathNotFound");
    }

    static NetFailure noDrive(String name) {
        return new NetFailure(
                new NetException(
                        AUTOMATION + "DriveNotFoundException",
                        "Cannot find drive. A drive with the name '" + name + "' does not exist."),
                "ObjectNotFound",
                "DriveNotFound");
    }

    static NetFailure registryDenied() {
        return new NetFailure(
                new NetException("System.Security.SecurityException", "Requested registry access is not allowed."),
                "PermissionDenied",
                "System.Security.SecurityException");
    }

    static NetFailure cim(String message, String hresult) {
        return new NetFailure(
                new NetException("Microsoft.Management.Infrastructure.CimException", message), "NotSpecified", hresult);
    }
}
